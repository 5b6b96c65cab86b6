"""A sheet whose rows are as high as is said, until somebody fills in more."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet


class GrowingSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet whose rows are not of a fixed height.

    Not every program finds the height of a row by itself, so it stands in the file. But XlsxWriter fixes it as well,
    and then what is filled in below the last line that fits is neither seen nor printed.
    """

    def _xml_start_tag_unencoded(self, tag: str, attributes: Sequence[tuple[str, Any]] = ()) -> None:
        kept = [each for each in attributes if tag != "row" or each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, kept)
