"""The moment at which documents state that they were made: none, or that of ``SOURCE_DATE_EPOCH``.

By default no document has a date, so the same record gives the same bytes on any day. If a date is needed, the variable
gives it (https://reproducible-builds.org/specs/source-date-epoch/): seconds since 1970 in UTC.
"""

import os
from datetime import UTC, datetime
from typing import Final

from kepu_docs.errors import Place, RenderError

VARIABLE: Final = "SOURCE_DATE_EPOCH"

_LAST: Final = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())


def source_date() -> datetime | None:
    """Return the moment that the environment states, or ``None``. Raises ``RenderError`` for an invalid one."""
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
