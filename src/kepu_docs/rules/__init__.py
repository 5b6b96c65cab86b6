"""The rules of the core for summaries, one subject a module. They are offered through the hook of any plugin."""

from kepu_docs.rules import (
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

CORE_CHECKS = (
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

__all__ = ["CORE_CHECKS"]
