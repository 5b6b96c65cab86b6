"""Any value in any message is shown on one line, and all of it is visible."""

import json
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.errors import Fault, KepuError, KepuWarning, Message, Place, RecordError
from kepu_docs.errors.visible import MOST_SHOWN, harmless, json_text, seen, visible
from tests.depth import DEEP

JOINERS = "\u200c\u200d"
HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
# Those of Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties) that are in none of these categories.
IGNORED = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"

anything = st.text(st.characters(categories=None, exclude_categories=()), max_size=40)  # surrogates too
hostile = st.lists(
    st.one_of(
        anything,
        st.sampled_from(["\x1b[31m", "\n", "\r", "::", ":", "##[", "##vso[", "#", " ", "\u202e", "\u200d", "\ufe0f"]),
    ),
    max_size=12,
).map("".join)


def is_unseen(char: str) -> bool:
    return unicodedata.category(char) in HIDDEN and char not in JOINERS


def assert_is_harmless(text: str) -> None:
    assert not [char for char in text if is_unseen(char) or char in IGNORED]
    assert not text.lstrip().startswith("::")
    assert not re.search(r"##\w*\[", text)


def test_every_code_point() -> None:
    for number in range(0, sys.maxunicode + 1, 1 if DEEP else 7):
        char = chr(number)
        shown = visible(f"甲{char}乙")
        if is_unseen(char) or char in IGNORED or number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF:
            assert shown.isascii() or char not in shown, hex(number)
            assert shown[1] == "\\", hex(number)
            # The escape is the one that Python and others have for it.
            assert shown[1:-1].encode("ascii").decode("unicode_escape") == char
        elif unicodedata.category(char) != "Cn":
            assert shown == f"甲{char}乙", hex(number)


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d⚕\ufe0f",  # a joiner and a selector
        "❤\ufe0f\u200d🔥",
        "葛\U000e0100城",  # a variant of a hanzi
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "𠮷田、“—…”　C:\\new\\table",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert visible(text) == text


def test_rows_of_joiners_and_selectors_are_seen() -> None:
    assert visible("甲\ufe00\ufe01\U000e0101") == "甲\ufe00\\ufe01\\U000e0101"
    assert visible("甲\u200d\u200c\u200d乙") == "甲\u200d\\u200c\\u200d乙"


@given(hostile)
def test_values_of_messages(value: str) -> None:
    for text in ("about {it}", "{it}", "“{it}” and {it}", "{it}{it}"):
        told = str(Message.of(text, it=value))
        assert_is_harmless(told)
        assert str(Message.of("{inner}", inner=Message.of(text, it=value))) == told
        assert str(Message.of("{it}", it=told)) == told


@given(hostile, hostile, hostile, st.none() | st.integers(1, 9), hostile)
def test_places_faults_and_errors(record: str, field: str, cell: str, line: int | None, value: str) -> None:
    place = Place(record, line, field=field, cell=cell)
    assert_is_harmless(str(place))
    fault = Fault(place, "{it}: wrong", (("it", value),))
    assert_is_harmless(str(fault))
    assert_is_harmless(fault.message)
    assert_is_harmless(fault.translated(str))
    error = RecordError([fault, fault])
    assert str(error) == f"{fault}\n{fault}"
    assert_is_harmless(str(KepuWarning(Message.of("{fault}", fault=fault))))


@given(hostile)
def test_texts_of_strangers_keep_their_line_ends_alone(text: str) -> None:
    # A plugin may put data into what should be a text without any.
    for line in str(KepuError.at(Place(), text.replace("{", "").replace("}", ""))).split("\n"):
        assert_is_harmless(line.removesuffix("\r"))
    assert harmless(harmless(text)) == harmless(text)
    assert all(not is_unseen(char) for char in seen(text) if char not in "\r\n")


@given(st.dictionaries(anything, hostile))
def test_json_says_the_same(data: dict[str, str]) -> None:
    text = json_text(data)
    assert json.loads(text) == json.loads(json.dumps(data))
    assert_is_harmless(text)
    text.encode()


def test_texts_of_ours_keep_their_line_ends() -> None:
    assert str(Message.of("one\n{it}", it="two\nthree")) == "one\ntwo\\nthree"
    assert str(Message.of("one\n{it}", it="::error::x")) == "one\n\\x3a:error::x"


def test_long_values_are_cut() -> None:
    told = str(Message.of("“{it}” is too long", it="甲" * 100_000))
    assert told == f"“{'甲' * (MOST_SHOWN - 1)}…” is too long"
    assert len(str(Place("a" * 100_000, field="b" * 100_000))) == 2 * MOST_SHOWN + 2


def test_values_that_cannot_be_written() -> None:
    class Broken:
        def __str__(self) -> str:
            raise RecursionError

    assert str(Message.of("{it}", it=Broken())) == "Broken"
    assert str(Message.of("{it}", it=10**5000)) == "int"
    assert str(Message.of("{it:,}", it=10_000)) == "10,000"


def test_markup_is_nothing_special() -> None:
    assert str(Message.of("{it}", it="[link=http://x]甲[/link] [red]乙")) == "[link=http://x]甲[/link] [red]乙"
