"""The ways to values as messages name them: ``sections[1].sessions[0].attendance``."""

import re

_step = re.compile(r"\[([0-9]+)\]|\.?([^.\[\]]+)")


def path_of(field: str) -> tuple[str | int, ...]:
    """Return the path of a field of a record by its name in messages, where the keys in it are English ones."""
    return tuple(int(index) if index else name for index, name in _step.findall(field))
