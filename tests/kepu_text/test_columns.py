"""Columns of text on a page of fixed pitch."""

from kepu_docs.typography import columns


def test_even_text_is_measured_as_any_other() -> None:
    for code in range(0x20, 0x10000):
        char = chr(code)
        if columns._EVEN.fullmatch(char):
            expected = columns.grapheme_width(char)
            assert columns._SEPARATE.fullmatch(char), hex(code)
            assert columns.width(char) == expected, hex(code)
            assert columns.widths([char, "a", ""]) == [expected, 1, 0], hex(code)
            units, each = columns.measured(char + "a")
            assert (list(units), list(each)) == ([char, "a"], [expected, 1]), hex(code)
