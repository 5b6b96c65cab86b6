"""JSON records: the message about each mistake."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.errors import RecordError
from kepu_docs.reading.records import RecordData, read_text


def read(text: str) -> RecordData:
    return read_text(text, name="r.json", syntax="json")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('{"a": 1,}', "1:8", "a comma before the closing bracket"),
        ('{"a": [1,\n]}', "1:9", "a comma before the closing bracket"),
        ("{a: 1}", "1:2", "expected a key in double quotes, found “a”"),
        ("{'a': 1}", "1:2", "expected a key in double quotes, found “'”"),
        ('{"a" 1}', "1:6", "expected a colon after the key, found “1”"),
        ('{"a": }', "1:7", "expected a value"),
        ('{"a": True}', "1:7", "expected a value"),
        ('{"a": 1\n"b": 2}', "2:1", "expected a comma or the closing bracket"),
        ('{"a": "x', "1:7", "the quotation mark opened here is never closed"),
        ('{"a": "x\ny"}', "1:9", "a line break or tab inside quotes"),
        ('{"a": "\\q"}', "1:8", "a backslash in text begins a special character"),
        ("{} x", "1:4", "the record is complete before this point; found “x”"),
        ('{"a"：1}', "1:5", "“：” is a full-width sign"),
        ("{“a”: 1}", "1:2", "is a full-width sign"),
        ('{"a": 1，"b": 2}', "1:8", "“，” is a full-width sign"),
        ('{"a": 1', "1:8", "found the end of the file"),
        ('{"a": NaN}', "1:7", "“NaN” is not a number"),
        ('{\r\n"a": -Infinity}', "2:6", "“-Infinity” is not a number"),
        ('{"a": 1e999}', "1:7", "“1e999” is not a number"),
        ('{"a": ' + "9" * 5000 + "}", "1:7", "is not a number"),
        ('{"a": -' + "9" * 641 + "}", "1:7", "is not a number"),
        ('{"a": ' + "[" * 100_000, "1:70", "nested more than 64 deep"),
        ('{"a": [' + "[]," * 400_000 + "1]}", "1:", "more than 300000 keys and values"),
        ("", "1:1", "the record is empty"),
        (" \n", "1:1", "the record is empty"),
        ("null", "1:1", "the record is empty"),
        ("\n [1]", "2:2", "found a list at the top level"),
        ('"x"', "1:1", "found text at the top level"),
        ('{"a": "x\0"}', "1:9", "character U+0000"),
    ],
)
def test_mistakes_are_reported_with_place(text: str, place: str, words: str) -> None:
    with pytest.raises(RecordError) as caught:
        read(text)
    (fault,) = caught.value.faults
    assert str(fault).startswith(f"r.json:{place}")
    assert words in str(fault)


def test_repeated_keys_are_all_found_and_the_first_value_stays() -> None:
    record = read('{"a": 1, "b": {"c": 1, "\\u0063": 2},\n "a": 2, "a": 3}')
    assert [str(fault).split(". ")[0] for fault in record.faults] == [
        "r.json:1:24: the key “c” is written a second time; the first is on line 1",
        "r.json:2:2: the key “a” is written a second time; the first is on line 1",
        "r.json:2:10: the key “a” is written a second time; the first is on line 1",
    ]
    assert record.data == {"a": 1, "b": {"c": 1}}


def test_brackets_and_literals_within_text_are_text() -> None:
    assert read('{"a": "' + "[" * 1000 + ' NaN \\" 1e999"}').data == {"a": "[" * 1000 + ' NaN " 1e999'}


def test_lone_surrogates_stay_for_the_schema_to_name() -> None:
    assert read('{"a": "\\ud800"}').data == {"a": "\ud800"}


_TOKENS = (
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"b"',
    '"a":',
    '"\x01"',
    "1",
    "-2.5",
    "1e9",
    "1e999",
    "NaN",
    "true",
    " ",
    "\n",
    "\ufeff",
)
_values = st.recursive(
    st.sampled_from(
        ("1", "-0.5", "1e5", "1e999", "Infinity", "null", '"x"', '"[\\u0061:{"', '"\\ud800"', "9" * 641, "9" * 640)
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.lists(st.tuples(st.sampled_from(('"a"', '"b" ', '"\\u0061"')), inner), max_size=3).map(
            lambda pairs: "{" + ",".join(f"{key}: {value}" for key, value in pairs) + "}"
        ),
    ),
)


@given(st.one_of(_values, st.lists(st.sampled_from(_TOKENS), max_size=12).map("".join)))
def test_who_reads_at_once_sees_what_a_look_at_each_token_shows(text: str) -> None:
    with patch("kepu_docs.reading.json_reader._faultless", return_value=None):
        slowly = outcome(text)
    assert outcome(text) == slowly


def test_limits_hold_for_records_in_which_nothing_else_is_wrong() -> None:
    deepest = '{"a": ' + "[" * 63 + "]" * 63 + "}"
    assert read(deepest).data
    assert "lists and mappings are nested" in str(outcome(deepest.replace("[]", "[[]]")))
    fullest = '{"a": [' + "1," * (300_000 - 4) + "1]}"
    assert len(read(fullest).data["a"]) == 300_000 - 3
    assert "keys and values" in str(outcome(fullest.replace("[", "[1,")))


def outcome(text: str) -> object:
    """Return what is read, as text that tells 1 from 1.0, or what is said against it."""
    try:
        record = read(text)
    except RecordError as error:
        return error.faults
    return repr(record.data), record.faults
