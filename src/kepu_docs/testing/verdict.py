"""How a contract says that it is broken."""

from collections.abc import Iterable
from typing import Final

_MOST: Final = 20


def verdict(rule: str, problems: Iterable[str]) -> None:
    """Raise ``AssertionError`` with the rule and what broke it; without problems do nothing."""
    __tracebackhide__ = True
    found = list(dict.fromkeys(problems))
    if found:
        rest = [f"  … and {len(found) - _MOST} more"] if len(found) > _MOST else []
        raise AssertionError("\n".join([rule, *(f"  - {each}" for each in found[:_MOST]), *rest]))
