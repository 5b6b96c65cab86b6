"""All rules, from the module of each subject."""

from typing import Final

from kepu_rules import (
    character_rules,
    completeness,
    copied,
    dashes,
    doubled_words,
    figures,
    name_rules,
    numeral_rules,
    outline_rules,
    paired_marks,
    particles,
    placeholders,
    policies,
    prose_figures,
    punctuation_rules,
    reuse,
    spacing_rules,
    time_rules,
)

CHECKS: Final = (
    *placeholders.CHECKS,
    *copied.CHECKS,
    *name_rules.CHECKS,
    reuse.CHECK,
    *character_rules.CHECKS,
    doubled_words.CHECK,
    particles.CHECK,
    *figures.CHECKS,
    *prose_figures.CHECKS,
    *time_rules.CHECKS,
    *punctuation_rules.CHECKS,
    paired_marks.CHECK,
    dashes.CHECK,
    *spacing_rules.CHECKS,
    *numeral_rules.CHECKS,
    *outline_rules.CHECKS,
    *policies.CHECKS,
    *completeness.CHECKS,
)
"""All rules, in the order in which they are listed."""
