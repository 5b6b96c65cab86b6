"""The section kind disaster_prevention for kepu-docs: 防震减灾, with rules for it and tables of its own in Word."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kepu_docs.plugin import Check, Override, SectionKind, SectionPart, hookimpl
from kepu_docs_disaster.adding import RULE
from kepu_docs_disaster.checks import CHECKS
from kepu_docs_disaster.section import DisasterPrevention

kepu_hooks_version = 1
"""The version of the hooks for which this is written."""


@hookimpl
def kepu_sections() -> Iterable[SectionKind]:
    """Add the section kind."""
    return [SectionKind(DisasterPrevention, rollup=RULE)]


@hookimpl
def kepu_templates() -> Iterable[Traversable]:
    """Add its wording and its names."""
    return [files(__name__) / "templates"]


@hookimpl
def kepu_checks() -> Iterable[Check]:
    """Add its rules."""
    return CHECKS


@hookimpl
def kepu_overrides() -> Iterable[Override]:
    """Draw its tables in another way in Word; all other formats show them as ever."""
    return [Override("disaster_prevention", "docx", _in_word)]


def _in_word(part: SectionPart) -> list[Any]:
    """Return the section as it stands in Word."""
    # python-docx is imported with it, for which no start of kepu-docs is to wait.
    from kepu_docs_disaster.word import tables_with_merged_cells

    return tables_with_merged_cells(part)
