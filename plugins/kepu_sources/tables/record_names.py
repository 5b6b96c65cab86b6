"""The hidden names of a sheet's example, in workbooks whose parts are records: those of Excel 97, and binary ones."""

import struct
from typing import Final, NamedTuple

from kepu_sources.tables.example_marks import EXAMPLE_CELLS, EXAMPLE_ROW
from kepu_sources.tables.sheet_notes import SheetNotes

_REFERENCE: Final = 0x1A
_AREA: Final = 0x1B
_ARRAY: Final = 0
_KIND_OF_TOKEN: Final = 0x1F
"""Masks the kind of a token, without the class of its value: references and arrays come in three classes."""
_CLASSES: Final = (1, 2, 3)


class NamedFormula(NamedTuple):
    """A defined name of a sheet, and its formula."""

    name: str
    sheet: int
    """The number of the sheet, from 0; less than 0 for a name of the whole workbook."""
    tokens: bytes
    arrays: bytes
    """The values of the arrays among the tokens."""


def put_example(notes: SheetNotes, named: NamedFormula, *, is_binary: bool) -> None:
    """Store what a name says about the example of a sheet in its notes, if it is one of the hidden names."""
    try:
        if named.name == EXAMPLE_ROW:
            notes.example_row = _row(named.tokens, is_binary=is_binary)
        elif named.name == EXAMPLE_CELLS and _token(named.tokens) == _ARRAY:
            notes.example_cells = _texts(named.arrays, is_binary=is_binary)
    # The mark is optional, as in other workbooks: a name that is not understood is not one that kepu-docs wrote.
    except (struct.error, IndexError):
        return


def _token(tokens: bytes) -> int:
    """Return the kind of the first token; -1 for a token without classes."""
    return tokens[0] & _KIND_OF_TOKEN if tokens[0] >> 5 in _CLASSES else -1


def _row(tokens: bytes, *, is_binary: bool) -> int | None:
    """Return the first row, from 1, of a reference to another sheet."""
    if _token(tokens) not in (_REFERENCE, _AREA):
        return None
    (row,) = struct.unpack_from("<I" if is_binary else "<H", tokens, 3)
    return int(row) + 1


def _texts(arrays: bytes, *, is_binary: bool) -> list[str]:
    """Return the texts at the beginning of an array of constants, row after row."""
    at = 8 if is_binary else 3
    text = 1 if is_binary else 2
    found = []
    while at < len(arrays) and arrays[at] == text:
        (count,) = struct.unpack_from("<H", arrays, at + 1)
        at += 3
        is_wide = True
        if not is_binary:
            is_wide = bool(arrays[at] & 1)
            at += 1
        end = at + count * (2 if is_wide else 1)
        found.append(arrays[at:end].decode("utf-16-le" if is_wide else "latin-1", "replace"))
        at = end
    return found
