"""YAML records: how values are read, and the message about each mistake."""

from typing import Any

import pytest
import yaml

from kepu_docs.errors import RecordError
from kepu_docs.reading import yaml_reader
from kepu_docs.reading.records import read_text


@pytest.fixture(autouse=True, params=["CSafeLoader", "SafeLoader"])
def _both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = getattr(yaml, request.param, None)
    if loader is None:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml_reader, "_LOADER", loader)


def read(text: str) -> dict[str, Any]:
    record = read_text(text, name="r.yaml", syntax="yaml")
    assert not record.faults
    return record.data


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", "Null"),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("tRUE", "tRUE"),
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off"), ("y", "y"),
        ("0", 0), ("8600", 8600), ("-5", -5), ("+5", 5),
        ("0001", "0001"), ("000101", "000101"), ("-01", "-01"), ("0o17", "0o17"), ("0x1F", "0x1F"),
        ("1_000", "1_000"), ("3,000", "3,000"), ("300+", "300+"), ("近1万", "近1万"), ("１２", "１２"),
        ("13:30", "13:30"), ("2025-04-12", "2025-04-12"), ("2025-H1", "2025-H1"),
        ("1.5", 1.5), ("-0.25", -0.25), ("1.0e3", 1000.0), ("1e5", "1e5"), (".5", ".5"), ("5.", "5."), ("01.5", "01.5"),
        (".inf", ".inf"), ("-.INF", "-.INF"), (".nan", ".nan"), ("1.0e999", "1.0e999"),
        ("9" * 640, int("9" * 640)), ("9" * 641, "9" * 641), ("9" * 5000, "9" * 5000),
        ("'5'", "5"), ('"true"', "true"), ('""', ""), ("!!str 5", "5"), ("'~'", "~"),
        ("“全角引号”", "“全角引号”"), ("时间：上午", "时间：上午"), ("C# 编程", "C# 编程"), ("http://a.b/c", "http://a.b/c"),
        ("<<", "<<"), ("=", "="), ("𠮷😀", "𠮷😀"), ("-5%", "-5%"), ("x\ufeffy", "x\ufeffy"),
    ],
)  # fmt: skip
def test_scalars_without_guesses(scalar: str, value: object) -> None:
    found = read(f"a: {scalar}\n")["a"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_the_strings_written() -> None:
    text = "2025: a\n0001: b\ntrue: c\nnull: d\n1.50: e\n<<: {x: 1}\n'é': f\n'e\u0301': g\n"
    assert list(read(text)) == ["2025", "0001", "true", "null", "1.50", "<<", "é", "e\u0301"]


def test_structures() -> None:
    text = "a:\n  - {b: [1, x], c: }\n  - |\n    一\n    二\n  -\n  - []\nd: {}\ne: >-\n  一\n  二\n"
    assert read(text) == {"a": [{"b": [1, "x"], "c": None}, "一\n二\n", None, []], "d": {}, "e": "一 二"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    text = f"a: 1{end}b: |{end}  x{end}  y{end}c: {{{end}"
    with pytest.raises(RecordError, match=r"^r\.yaml:6:1: the record ends here, but .* not closed$"):
        read(text)
    assert read(text.replace("{", "z")) == {"a": 1, "b": "x\ny\n", "c": "z"}


COLON = "full-width colon “：”"
SPACE = "a space is missing after the colon"
MISTAKES = [
    # the most common mistake of all
    ("period：2025\nb: 2\n", "1:7", COLON),
    ("period: 2025\ncommunity：x\nb: 2\n", "2:10", COLON),
    ("period: 2025\ncommunity：\n  name: x\n", "2:10", COLON),
    ("sections:\n  - kind：training\n    x: 1\n", "2:9", COLON),
    ("a: {name：试验社区, b: 2}\n", "1:9", COLON),
    ("period：2025\n", "1:7", COLON),
    ("community:\n  name：试验社区\n  code：x\n", "2:7", COLON),
    ("a:1\nb: 2\n", "1:2", SPACE),
    ("x: 1\na:1\nb: 2\n", "2:2", SPACE),
    ("x: 1\na:1", "2:2", SPACE),
    ("a:1\n", "1:2", SPACE),
    ("a: {b:1, c: 2}\n", "1:6", SPACE),
    ("a:\n  -b\n  -c\n", "2:3", "a space is missing after the dash"),
    ("a:\n\tb: 1\n", "2:1", "this line is indented with a tab"),
    ("a:\n  b: 1\n\tc: 1\n", "3:1", "this line is indented with a tab"),
    ('a: "abc\nb: 2\n', "1:4", "the quotation mark opened here is never closed"),
    ("x: 1\na: 'abc", "2:4", "the quotation mark opened here is never closed"),
    ('a: "x" y\n', "1:8", "there must be nothing after the closing “\"”"),
    ("a: [1] x\n", "1:8", "there must be nothing after the closing “]”"),
    ("a: b: c\n", "1:5", "a second colon on this line"),
    ("a: 1\n  b: 2\n", "2:4", "indented more than its neighbours"),
    ("a:\n  b: 1\n c: 2\n", "3:2", "“c” is not aligned"),
    ("a:\n- b\nc: 1\n- d\n", "4:1", "“-” is not aligned"),
    ("a:\n  - 时间：上午\n b: 1\n", "3:2", "“b” is not aligned"),
    ("a: 1\nfoo bar\nb: 1\n", "2:1", "“foo bar” is neither a key"),
    ("a: {b: 1\nc: 2\n", "2:2", "the “{” opened on line 1 is not closed"),
    ("a: [1, 2\nc: 2\n", "2:2", "the “[” opened on line 1 is not closed"),
    ("a: [", "1:5", "not closed"),
    ("a: - b\n", "1:4", "begin each entry on a line of its own"),
    ("a: @b\n", "1:4", "text cannot begin with “@”"),
    ("a: `b`\n", "1:4", "text cannot begin with “`”"),
    ("a: %b\n", "1:4", "text cannot begin with “%”"),
    ("a: **粗体**\n", "1:4", "text cannot begin with “*”"),
    ("a: & b\n", "1:4", "text cannot begin with “&”"),
    ("a: !重要\n", "1:4", "text cannot begin with “!”"),
    ("a: ]\n", "1:4", "text cannot begin with “]”"),
    ("a: |x\n  b\n", "1:5", "must begin on the next line"),
    ("a: &x 1\nb: 2\n", "1:4", "“&x” would name the value"),
    ("a: *x\n", "1:4", "“*x” would repeat a value from elsewhere; write the value out here"),
    ("*x : 1\n", "1:1", "“*x” would repeat"),
    ("a: !!python/object:os.system x\n", "1:4", "a type tag “!!python/object:os.system”"),
    ("a: !!int 5\n", "1:4", "a type tag “!!int”"),
    ("a: ! 5\n", "1:4", "a type tag “!”"),
    ("a: !!map {b: 1}\n", "1:4", "a type tag “!!map”"),
    ("? [a, b]\n: 1\n", "1:3", "a list or mapping where a key is expected"),
    ("? {a: {b: 1}}\n: 1\n", "1:3", "a list or mapping where a key is expected"),
    ("a: 1\n---\nb: 2\n---\nc: 3\n", "2:1", "the file contains 3 records"),
    ("", "1:1", "the record is empty"),
    ("# nur\n\n", "1:1", "the record is empty"),
    ("---\n", ":", "the record is empty"),
    ("- a\n- b\n", "1:1", "found a list at the top level"),
    ("试验社区\n", "1:1", "found text at the top level"),
    ("5\n", "1:1", "found a number at the top level"),
    ("true\n", "1:1", "found yes or no at the top level"),
    ("a: b\x07c\x08\n", "1:5", "character U+0007, which no document can show (2"),
    ("a: 1\nb\0: 1\n", "2:2", "character U+0000"),
    ("a: \ud800\n", "1:4", "character U+D800"),
    ("a: x\u2028y\n", "1:5", "character U+2028"),
    ("a: x\x85y\n", "1:5", "character U+0085"),
    ("a: \uffff\n", "1:4", "character U+FFFF"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "words"), MISTAKES)
def test_mistakes_are_reported_once_with_place(text: str, place: str, words: str) -> None:
    with pytest.raises(RecordError) as caught:
        read(text)
    (fault,) = caught.value.faults
    assert words in str(fault)
    assert str(fault).startswith(f"r.yaml:{place}" if place != ":" else "r.yaml:")


def test_a_backslash_in_double_quotes() -> None:
    with pytest.raises(RecordError, match=r"^r\.yaml:1:[78]: a backslash in \"double quotes\""):
        read('a: "C:\\日"\n')


def test_all_repeated_keys_are_found_and_the_first_value_stays() -> None:
    text = "a: 1\nb: {c: 1, c: 2}\na: 2\nd:\n  - x: 1\n    x: 2\na: 3\n"
    record = read_text(text, name="r.yaml", syntax="yaml")
    assert [str(fault).split(". ")[0] for fault in record.faults] == [
        "r.yaml:2:11: the key “c” is written a second time; the first is on line 2",
        "r.yaml:3:1: the key “a” is written a second time; the first is on line 1",
        "r.yaml:6:5: the key “x” is written a second time; the first is on line 5",
        "r.yaml:7:1: the key “a” is written a second time; the first is on line 1",
    ]
    assert record.data == {"a": 1, "b": {"c": 1}, "d": [{"x": 1}]}
    assert record.place(("a",)).line == 1


def test_faults_of_several_kinds_are_reported_together() -> None:
    with pytest.raises(RecordError) as caught:
        read("a: &x 1\na: *x\nb: !y z\nc: [\n")
    assert [fault.place.line for fault in caught.value.faults][:4] == [1, 2, 2, 3]
    assert len(caught.value.faults) == 5


def test_a_key_in_a_message_is_short_and_harmless() -> None:
    key = '"\\e[31m' + "长" * 500 + '"'
    record = read_text(f"? {key}\n: 1\n? {key}\n: 2\n", name="r.yaml", syntax="yaml")
    (fault,) = record.faults
    assert "\x1b" not in fault.message
    assert len(fault.message) < 250


def test_limits() -> None:
    assert read("a: " + "[" * 63 + "]" * 63)
    with pytest.raises(RecordError, match=r":1:67: lists and mappings are nested more than 64 deep"):
        read("a: " + "[" * 100_000)
    with pytest.raises(RecordError, match="nested more than 64 deep"):
        read("- " * 100_000)


def test_a_bomb_of_aliases_does_not_expand() -> None:
    text = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    with pytest.raises(RecordError, match="write the value out"):
        read(text)
