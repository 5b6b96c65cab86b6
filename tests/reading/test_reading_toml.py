"""TOML records: data, places, and the message about each mistake."""

import datetime

import pytest

from kepu_docs.errors import RecordError
from kepu_docs.reading.records import RecordData, read_text

RECORD = '''\
# 试验
period = 2025
community.name = "试验社区"
"community".code = '000101'

[signing]
signed_on = 2025-12-20   # a date
"签署 人" = """
一行 [x] = 1
"""

[[sections]]
kind = "training"
sessions = [
  {topic = "应急救护", attendance = 60},
  {topic = "识别\\"网络\\"谣言", place.room = [1.5, 2]},
]

[[sections]]
kind = "narrative"
[sections.more]
deep = 2025-01-01 08:00:00
'''


def read(text: str) -> RecordData:
    return read_text(text, name="r.toml", syntax="toml")


def test_data_and_dates() -> None:
    data = read(RECORD).data
    assert data["community"] == {"name": "试验社区", "code": "000101"}
    assert data["signing"] == {"signed_on": datetime.date(2025, 12, 20), "签署 人": "一行 [x] = 1\n"}
    assert data["sections"][0]["sessions"][1] == {"topic": '识别"网络"谣言', "place": {"room": [1.5, 2]}}
    assert data["sections"][1]["more"]["deep"] == datetime.datetime(2025, 1, 1, 8)


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("period",), "2:1", "2:10"),
        (("community", "name"), "3:11", "3:18"),
        (("community", "code"), "4:13", "4:20"),
        (("signing",), "6:2", "6:2"),
        (("signing", "签署 人"), "8:1", "8:10"),
        (("sections", 0, "kind"), "13:1", "13:8"),
        (("sections", 0, "sessions", 0, "attendance"), "15:20", "15:33"),
        (("sections", 0, "sessions", 1, "place", "room", 1), "16:45", "16:45"),
        (("sections", 1), "19:3", "19:1"),
        (("sections", 1, "kind"), "20:1", "20:8"),
        (("sections", 1, "more", "deep"), "22:1", "22:8"),
        (("sections", 1, "missing", "x"), "19:1", "19:1"),
        ((), "1:1", "1:1"),
        (("nothing",), "1:1", "1:1"),
    ],
)
def test_places(path: tuple[str | int, ...], key: str, value: str) -> None:
    record = read(RECORD)
    assert str(record.place(path)) == f"r.toml:{value}"
    assert str(record.place(path, key=True)) == f"r.toml:{key}"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a：1\n", "1:2", "“：” is not allowed here; TOML needs half-width signs, and “=”"),
        ("a: 1\n", "1:2", "“=” between key and value"),
        ("a = “x”\n", "1:5", "half-width signs"),
        ("a = 试验\n", "1:5", "expected a value, found “试”; text must be in quotes"),
        ("a = yes\n", "1:5", "text must be in quotes"),
        ("a =\n", "1:4", "expected a value, found the end of the line"),
        ("名 = 1\n", "1:1", "keys other than a-z need quotes"),
        ("a\n", "1:2", "expected “=” after the key"),
        ('a = "x\n', "1:7", "a line break or tab inside quotes"),
        ("a = 'x\n'\n", "1:7", "a line break or tab inside quotes"),
        ("a = '''x", "1:9", "opened but not closed"),
        ('a = """x', "1:9", "opened but not closed"),
        ("a = [1, 2\nb = 3\n", "2:1", "a “[” is not closed, or a comma is missing"),
        ("a = {b = 1\n", "1:11", "a “{” is not closed, or a comma is missing"),
        ("[a\n", "1:3", "a “[” is not closed"),
        ("a = 'x' y\n", "1:9", "complete before this point, found “y” after it"),
        ('a = "C:\\日"\n', "1:", "a backslash"),
        ("a = 1\nb = 2\na = 2\n", "3:1", "the key “a” is written a second time; the first is on line 1"),
        ("[a]\nb = 1\n[a]\n", "3:2", "the key “a” is written a second time; the first is on line 1"),
        ("a = {b = 1, b = 2}\n", "1:13", "the key “b” is written a second time"),
        ("[[a]]\n[a]\n", "2:3", "a table is written a second time"),
        ("a = inf\n", "1:5", "is not a number"),
        ("b = [1, {a = nan}]\n", "1:14", "is not a number"),
        ("a = " + "9" * 5000 + "\n", "1:5", "is not a number"),
        ("a = " + "[" * 100_000, "1:69", "nested more than 64 deep"),
        (".".join("a" * 100_000) + " = 1", "1:", "nested more than 64 deep"),
        ("".join(f"[{'.'.join('a' * 60)}]\n{'.'.join('b' * 60)} = 1\n"), "", "nested more than 64 deep"),
        pytest.param("a = [" + "1," * 300_001 + "]", "1:", "more than 300000 keys and values", marks=pytest.mark.deep),
        ("", "1:1", "the record is empty"),
        ("# x\n", "1:1", "the record is empty"),
        ("a = '\0'\n", "1:6", "character U+0000"),
    ],
)
def test_mistakes_are_reported_with_place(text: str, place: str, words: str) -> None:
    with pytest.raises(RecordError) as caught:
        read(text)
    (fault,) = caught.value.faults
    assert str(fault).startswith(f"r.toml:{place}")
    assert words in str(fault)


def test_line_ends_of_windows() -> None:
    record = read(RECORD.replace("\n", "\r\n"))
    assert str(record.place(("sections", 1, "kind"))) == "r.toml:20:8"
