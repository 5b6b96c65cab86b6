"""The rules of the checker for summaries, one subject a module: a plugin of kepu-docs."""

from collections.abc import Iterable
from typing import Final

from kepu_docs.plugin import Check, hookimpl
from kepu_rules import (
    character_rules,
    completeness,
    copied,
    figures,
    name_rules,
    numeral_rules,
    outline_rules,
    placeholders,
    policies,
    prose_figures,
    punctuation_rules,
    reuse,
    time_rules,
)

CHECKS: Final = (
    placeholders.CHECK,
    *copied.CHECKS,
    *name_rules.CHECKS,
    reuse.CHECK,
    *character_rules.CHECKS,
    *figures.CHECKS,
    *prose_figures.CHECKS,
    *time_rules.CHECKS,
    *punctuation_rules.CHECKS,
    *numeral_rules.CHECKS,
    *outline_rules.CHECKS,
    *policies.CHECKS,
    *completeness.CHECKS,
)
"""All of them, in the order in which they are listed."""

__all__ = ["CHECKS", "kepu_checks"]


@hookimpl
def kepu_checks() -> Iterable[Check]:
    """Offer all rules."""
    return CHECKS
