"""The format of a record: a number that records carry once there is more than one format.

It is no field of a summary: nothing shows it, and what is written without it has format 1.
"""

from typing import Any, Final

READ_UP_TO: Final = 1
"""The largest format that this version reads."""
ENGLISH: Final = "format"
CHINESE: Final = "格式版本"
"""The same in simplified and traditional characters."""
NAMES: Final = (ENGLISH, CHINESE)
"""The keys at the top of a record under which it may stand."""
JSON_SCHEMA: Final[dict[str, Any]] = {"type": "integer", "minimum": 1, "maximum": READ_UP_TO}
