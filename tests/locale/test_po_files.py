"""Files of catalogues: their content, and all mistakes that they may have."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.po_files import CATALOG_BYTES, MOST_FORMS, MOST_LABELS, CatalogError, read_po_file

ROOT = Path(__file__).parents[2]
SHIPPED = [*(ROOT / "templates").rglob("*.po"), *(ROOT / "plugins").rglob("*.po")]


def forms(content: bytes) -> dict[tuple[str, str], tuple[str, ...]]:
    file = read_po_file(content)
    return {(entry.context, entry.identifier): entry.translations(file.count) for entry in file.entries}


@pytest.mark.parametrize("path", SHIPPED, ids=str)
def test_it_is_read_as_babel_reads_it(path: Path) -> None:
    with path.open("rb") as stream:
        expected = {}
        for message in read_po(stream):
            several = isinstance(message.string, list | tuple)
            if message.id:
                identifier = message.id if isinstance(message.id, str) else message.id[0]
                shown = tuple(map(str, message.string or ())) if several else (str(message.string),)
                expected[message.context or "", identifier] = shown
    assert forms(path.read_bytes()) == expected


def test_all_that_a_file_may_hold() -> None:
    assert forms(
        b'\xef\xbb\xbf# a comment\r\n#, c-format\r\n#| msgid "old"\r\nmsgctxt\t"c"\r\nmsgid ""\r\n  "a\\n"\r\n"b\\\\\\q"\r\n'
        b'msgstr "\\"x\\""\n#~ msgid "gone"\n#~ msgstr "gone"\n\n\nmsgid "a"\nmsgstr "1"\nmsgid "a"\nmsgstr "2"\n'
        b'msgid "n"\nmsgid_plural "ns"\nmsgstr[1] "many"\nmsgstr[0] "one"\nmsgstr[7] "beyond"'
    ) == {("c", "a\nb\\\\q"): ('"x"',), ("", "a"): ("2",), ("", "n"): ("one", "many")}
    # Of two with one name the first counts, as in catalogues of several files.
    assert Catalog.read([b'msgid "a"\nmsgstr "1"\n\nmsgid "a"\nmsgstr "2"\n']).label("", "a") == "1"
    assert forms(b"") == forms(b"\n# nothing\n") == {}
    gbk = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=GB18030\\n"\n\nmsgid "a"\nmsgstr "甲"\n'
    assert forms(gbk.encode("gb18030")) == {("", "a"): ("甲",)}


HEAD = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals={}; plural={};\\n"\n\nmsgid "n"\nmsgid_plural "ns"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'


@pytest.mark.parametrize(
    ("count", "rule", "problem"),
    [
        ("999999999", "0", f"nplurals must be a number from 1 to {MOST_FORMS}"),
        ("9" * 5000, "0", "nplurals must be a number"),
        ("0", "0", "nplurals must be a number"),
        ("-1", "0", "nplurals must be a number"),
        ("x", "0", "nplurals must be a number"),
        ("2", "(" * 400, "Plural-Forms: "),
        ("2", "(" * 400 + "n" + ")" * 400, "Plural-Forms: "),
        ("2", "1<<99999", "Plural-Forms: "),
        ("2", "9**9**9", "Plural-Forms: "),
        ("2", "n" * 2000, "Plural-Forms: "),
        ("2", "__import__('os')", "Plural-Forms: "),
        ("2", "", "Plural-Forms: "),
    ],
)
def test_wrong_plurals_are_refused(count: str, rule: str, problem: str) -> None:
    with pytest.raises(CatalogError, match=f"line 1: .*{problem}"):
        read_po_file(HEAD.format(count, rule).encode())


@pytest.mark.parametrize(
    "rule", ["n/0", "n%0", "0-9", "n*1000", "9*" * 400 + "n", "n" + "*n" * 400, "n" + "?n:n" * 240, "!" * 900 + "n"]
)
def test_a_rule_that_gives_no_form_gives_one_all_the_same(rule: str) -> None:
    catalog = Catalog.read([HEAD.format(2, rule).encode()])
    assert {catalog.plural("", "n", number) for number in (0, 1, 7, 10**30, 1.5)} <= {"a", "b"}
    assert catalog.form(("a", "b"), 7) in ("a", "b")


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b'msgid "a"\nmsgstr "b\n', 2, "quotation marks"),
        (b'msgid "a"\nmsgstr "b" "c"\n', 2, "quotation marks"),
        (b'msgid "a"\nmsgstr "b\\"\n', 2, "quotation marks"),
        (b'msgid "a"\nmsgstr b\n', 2, "expected msgctxt"),
        (b'msgid a\nmsgstr "b"\n', 1, "expected msgctxt"),
        (b'msgid "a"\nmsgstr[99999999] "b"\n', 2, "expected msgctxt"),
        (b'msgid "a"\nmsgstr[x] "b"\n', 2, "expected msgctxt"),
        (b'"goes on"\n', 1, "continues nothing"),
        (b'msgid "a"\n# b\n"goes on"\n', 3, "continues nothing"),
        (b'msgid "a"\n', 1, "without a translation"),
        (b"\x00\x01\x02", 1, "expected msgctxt"),
        (b"<<<<<<< HEAD\n", 1, "expected msgctxt"),
        (b'msgid "a"\nmsgstr "\xff"\n', 2, "not text in UTF-8"),
        (b'msgid ""\nmsgstr "charset=utf-7"\n', 1, "charset"),
        (b'msgid ""\nmsgstr "charset=zip"\n', 1, "charset"),
        (b'msgid ""\nmsgstr "charset=unicode_escape"\n', 1, "charset"),
        (b" " * (CATALOG_BYTES + 1), 1, "larger than 2048 KiB"),
        (b'msgid "a"\nmsgstr "b"\n' * (MOST_LABELS + 1), 2 * MOST_LABELS + 1, "at most 20000 texts"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line(content: bytes, line: int, problem: str) -> None:
    with pytest.raises(CatalogError, match=problem) as caught:
        read_po_file(content)
    assert caught.value.line == line


ROWS = st.sampled_from(
    ['msgid "a"', 'msgid ""', 'msgstr "b"', 'msgstr[0] "b"', 'msgstr[5] "{}"', 'msgctxt "c"', 'msgid_plural "d"', '"e"',
     "#, fuzzy", "#~ x", "", '"Plural-Forms: nplurals=2; plural=n>1;\\n"', "msgid", "msgstr", "x", '"', "\\"]
)  # fmt: skip


@given(st.lists(ROWS).map("\n".join).map(str.encode) | st.binary())
def test_anything_is_read_or_refused(content: bytes) -> None:
    try:
        catalog = Catalog.read([content])
    except CatalogError as error:
        assert error.line >= 1
    else:
        catalog.plural("", "a", 2)
