"""Paths of values as messages write them: ``sections[1].sessions[0].attendance``."""

import re

_step = re.compile(r"\[([0-9]+)\]|\.?([^.\[\]]+)")


def path_of(field: str) -> tuple[str | int, ...]:
    """Return the path of a field of a record from its name in messages, if the keys in it are English."""
    return tuple(int(index) if index else name for index, name in _step.findall(field))
