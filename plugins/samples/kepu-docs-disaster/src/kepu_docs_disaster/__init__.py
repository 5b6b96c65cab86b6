"""The section kind disaster_prevention for kepu-docs: 防震减灾, with its own rules and its own tables in Word."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kepu_docs.plugin import Check, Override, SectionKind, SectionPart, hookimpl
from kepu_docs_disaster.checks import CHECKS
from kepu_docs_disaster.recognition import RECOGNITION
from kepu_docs_disaster.rollup import RULE
from kepu_docs_disaster.section import DisasterPrevention

kepu_hooks_version = 1
"""The version of the hooks for which this plugin is written."""


@hookimpl
def kepu_sections() -> Iterable[SectionKind]:
    """Add the section kind."""
    return [SectionKind(DisasterPrevention, rollup=RULE, recognition=RECOGNITION)]


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
    """Draw its tables differently in Word; all other formats show them as usual."""
    return [Override("disaster_prevention", "docx", _in_word)]


def _in_word(part: SectionPart) -> list[Any]:
    """Return the section for Word."""
    # It imports python-docx, for which the start of kepu-docs must not wait.
    from kepu_docs_disaster.word import tables_with_merged_cells

    return tables_with_merged_cells(part)
