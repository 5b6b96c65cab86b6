"""Columns of text on a page of fixed pitch."""


def test_plain_text_is_measured_as_any_other() -> None:
    from kepu_text import columns

    for code in range(0x20, 0x10000):
        char = chr(code)
        if columns._PLAIN.fullmatch(char):
            assert columns.width(char) == columns.grapheme_width(char), hex(code)
            assert list(columns.widths(char)) == [columns.grapheme_width(char)]
            assert columns._SEPARATE.fullmatch(char)
