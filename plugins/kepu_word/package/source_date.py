"""The time at which documents were made, in the forms of a .docx: in its archive and in its properties."""

from datetime import UTC, datetime
from struct import Struct
from typing import Final

# What ZIP can hold, in the form of MS-DOS: time and date of two bytes each, even seconds, years from 1980 to 2107.
_EARLIEST: Final = datetime(1980, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
_DOS: Final = Struct("<2H")


def dos(when: datetime) -> bytes:
    """Return a time as the four bytes in a record of a ZIP archive, or the nearest one that they can hold."""
    held = min(max(when, _EARLIEST), _LATEST)
    return _DOS.pack(
        held.hour << 11 | held.minute << 5 | held.second // 2,
        (held.year - _EARLIEST.year) << 9 | held.month << 5 | held.day,
    )


def w3c(when: datetime) -> str:
    """Return a time in the form of the core properties: ``2025-12-20T08:30:00Z``."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
