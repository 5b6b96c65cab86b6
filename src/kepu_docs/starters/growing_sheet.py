"""A sheet whose rows have a given height until somebody fills in more."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet


class GrowingSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet whose rows do not have a fixed height.

    Not every program calculates the height of a row by itself, so it is written to the file. But XlsxWriter also fixes
    it, and then text below the last line that fits is neither visible nor printed.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        kept = [each for each in attributes if tag != "row" or each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)
