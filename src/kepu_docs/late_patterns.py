"""Regular expressions that are compiled when they are first used: most runs need few of them.

Compiling one takes as long as importing a small module. Those that nearly every run uses are better compiled at once.
"""

import re
from typing import Any, cast


class LatePattern:
    """Behaves as the compiled pattern for everything that is asked of it; it cannot be passed to functions of ``re``.

    Threads may share it: compiling twice makes the same.
    """

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    @property
    def _compiled(self) -> "re.Pattern[str]":
        return re.compile(*self._source)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the compiled pattern, and keep it, so that the next use is as fast as usual."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def late_pattern(pattern: str, flags: int = 0) -> "re.Pattern[str]":
    """Return a pattern that is compiled when it is first used."""
    return cast("re.Pattern[str]", LatePattern(pattern, flags))
