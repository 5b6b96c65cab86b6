"""Word's automatic numbers as the importer writes them out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.importing.reading.word_numbers import _numeral

FORMATS = [
    "chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand", "chineseLegalSimplified", "ideographDigital",
    "decimalEnclosedCircle", "decimalFullWidth", "decimalZero", "upperLetter", "lowerLetter", "upperRoman", "lowerRoman",
    "ordinalText", "decimal", "in a rare format",
]  # fmt: skip


@pytest.mark.parametrize("written", FORMATS)
@given(numbers=st.sets(st.integers(1, 120_000) | st.integers(1), min_size=2, max_size=100))
def test_every_number_is_written_and_no_two_alike(written: str, numbers: set[int]) -> None:
    shown = {_numeral(number, written) for number in numbers}
    assert len(shown) == len(numbers)
    assert all(shown)
    assert max(map(len, shown)) < 200


@pytest.mark.parametrize(
    ("number", "written", "shown"),
    [
        (10_000, "chineseCounting", "一万"),
        (10_000, "chineseLegalSimplified", "壹萬"),
        (28, "upperLetter", "BB"),
        (781, "upperLetter", "781"),
        (3_999, "lowerRoman", "mmmcmxcix"),
        (4_000, "upperRoman", "4000"),
    ],
)
def test_numbers_beyond_the_usual(number: int, written: str, shown: str) -> None:
    assert _numeral(number, written) == shown
