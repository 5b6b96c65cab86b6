"""How a contract says that it is broken."""

from collections.abc import Iterable
from typing import Final

from kepu_docs.errors import KepuError

_MOST: Final = 20


def verdict(rule: str, problems: Iterable[str]) -> None:
    """Raise ``AssertionError`` with the rule and what broke it; without problems do nothing.

    An error of kepu-docs that is raised while they are looked for is one of them.
    """
    __tracebackhide__ = True
    found: dict[str, None] = {}
    cause = None
    try:
        found.update((problem, None) for problem in problems)
    except KepuError as error:
        # What a plugin raised stands behind it.
        found[str(error)], cause = None, error.__cause__
    if found:
        told = list(found)
        rest = [f"  … and {len(told) - _MOST} more"] if len(told) > _MOST else []
        raise AssertionError("\n".join([rule, *(f"  - {each}" for each in told[:_MOST]), *rest])) from cause
