"""How a contract reports that it is broken."""

import traceback
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, Final

from kepu_docs.errors import KepuError

_MOST: Final = 20


def verdict(rule: str, problems: Iterable[str]) -> None:
    """Raise ``AssertionError`` with the rule and the problems that break it; without problems do nothing.

    An error of kepu-docs that is raised while the problems are determined is one of them.
    """
    __tracebackhide__ = True
    found: dict[str, None] = {}
    cause = None
    try:
        found.update((problem, None) for problem in problems)
    except KepuError as error:
        # The exception of a plugin is the cause of the error.
        found[str(error)], cause = None, error.__cause__
    if found:
        problems = list(found)
        rest = [f"  … and {len(problems) - _MOST} more"] if len(problems) > _MOST else []
        raise AssertionError("\n".join([rule, *(f"  - {each}" for each in problems[:_MOST]), *rest])) from cause


def holds(rule: str) -> Callable[[Callable[[Any], Iterable[str]]], Callable[[Any], None]]:
    """Make a test of a method that yields what breaks ``rule``, which may contain ``{self.kind}``."""

    def test(problems: Callable[[Any], Iterable[str]]) -> Callable[[Any], None]:
        @wraps(problems)
        def run(self: Any) -> None:
            __tracebackhide__ = True
            verdict(rule.format(self=self), problems(self))

        return run

    return test


def raised(error: BaseException) -> str:
    """Return an error that a plugin may not raise, and the line of code that raised it."""
    where = traceback.extract_tb(error.__traceback__)[-1:]
    return f"it raised {error!r}" + "".join(f" ({Path(frame.filename).name}:{frame.lineno})" for frame in where)


def shortened(value: object, most: int = 200) -> str:
    """Return the code form of a value, shortened to its beginning if it is long."""
    shown = repr(value)
    return shown if len(shown) <= most else f"{shown[:most]}…"
