"""The moment at which documents say that they were made: none, or that of ``SOURCE_DATE_EPOCH``.

By default no document has a date, so the same record gives the same bytes on every day. Where one is wanted, the
variable gives it (https://reproducible-builds.org/specs/source-date-epoch/): seconds since 1970 in UTC.
"""

import os
from datetime import UTC, datetime
from struct import Struct
from typing import Final

from kepu_docs.plugin import Place, RenderError

VARIABLE: Final = "SOURCE_DATE_EPOCH"

_LAST: Final = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())
# What ZIP can hold, in MS-DOS's form: time and date of two bytes each, even seconds, years from 1980 to 2107.
_EARLIEST: Final = datetime(1980, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2107, 12, 31, 23, 59, 58, tzinfo=UTC)
_DOS: Final = Struct("<2H")


def moment() -> datetime | None:
    """Return the moment that the environment gives, or ``None``. Raises ``RenderError`` for what is none."""
    given = os.environ.get(VARIABLE, "")
    if not given:
        return None
    seconds = int(given) if given.isascii() and given.isdigit() and len(given) <= len(str(_LAST)) else -1
    if not 0 <= seconds <= _LAST:
        raise RenderError.at(
            Place(field=VARIABLE),
            "“{value}”; a whole number of seconds since 1970-01-01 is expected, at most {last}",
            value=given,
            last=_LAST,
        )
    return datetime.fromtimestamp(seconds, UTC)


def dos(when: datetime) -> bytes:
    """Return a moment as the four bytes that a record of a ZIP archive has, or the nearest that it can hold."""
    held = min(max(when, _EARLIEST), _LATEST)
    return _DOS.pack(
        held.hour << 11 | held.minute << 5 | held.second // 2,
        (held.year - _EARLIEST.year) << 9 | held.month << 5 | held.day,
    )


def w3c(when: datetime) -> str:
    """Return a moment as the core properties have it: ``2025-12-20T08:30:00Z``."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
