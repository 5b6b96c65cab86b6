"""Columns of text on a page of fixed pitch."""

import pytest

from kepu_docs.typography import columns
from kepu_docs.typography.columns import blank, grapheme_width, measured, width, widths
from kepu_docs.typography.graphemes import SEPARATE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        # UAX #11: Na, W, F, H, N, and A, which is wide in East Asian text.
        ("kepu", 4),
        ("科普", 4),
        ("𠮷野", 4),
        ("ＡＢ", 4),
        ("ｱ", 1),
        ("ﾀﾞ", 2),
        ("ا", 1),
        ("“——…”", 10),
        ("①é°", 6),
        ("2025年", 6),
        # What is drawn into its neighbour, or not at all, takes no column.
        ("e\u0301", 1),
        ("a\u200bb\u00ad\u202e", 2),
        # One grapheme is as wide as the widest character at most; emoji are wide.
        ("👨\u200d👩\u200d👧", 2),
        ("👍🏽", 2),
        ("🇨🇳🇨🇳", 4),
        ("❤\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("\u1100\u1161\u11a8", 2),
    ],
)
def test_width(text: str, expected: int) -> None:
    assert width(text) == expected
    assert widths([text, "a"]) == [expected, 1]
    assert sum(measured(text)[1]) == expected


def test_blank_is_full_width_as_far_as_possible() -> None:
    assert [blank(each) for each in range(4)] == ["", " ", "\u3000", "\u3000 "]


def test_even_text_is_measured_as_any_other() -> None:
    for code in range(0x20, 0x10000):
        char = chr(code)
        if columns._EVEN.fullmatch(char):
            expected = grapheme_width(char)
            assert SEPARATE.fullmatch(char), hex(code)
            assert width(char) == expected, hex(code)
            assert widths([char, "a", ""]) == [expected, 1, 0], hex(code)
            units, each = measured(char + "a")
            assert (list(units), list(each)) == ([char, "a"], [expected, 1]), hex(code)
