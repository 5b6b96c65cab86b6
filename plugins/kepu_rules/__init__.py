"""The rules of the checker for summaries, one subject a module: a plugin of kepu-docs."""

from collections.abc import Iterable
from typing import Final

from kepu_docs.plugin import Check, hookimpl
from kepu_rules import (
    characters,
    completeness,
    copied,
    figures,
    marks,
    names,
    numerals,
    outline,
    placeholders,
    policies,
    prose_figures,
    reuse,
    times,
)

CHECKS: Final = (
    placeholders.CHECK,
    *copied.CHECKS,
    *names.CHECKS,
    reuse.CHECK,
    *characters.CHECKS,
    *figures.CHECKS,
    *prose_figures.CHECKS,
    *times.CHECKS,
    *marks.CHECKS,
    *numerals.CHECKS,
    *outline.CHECKS,
    *policies.CHECKS,
    *completeness.CHECKS,
)
"""All of them, in the order in which they are listed."""

__all__ = ["CHECKS", "kepu_checks"]


@hookimpl
def kepu_checks() -> Iterable[Check]:
    """Offer all rules."""
    return CHECKS
