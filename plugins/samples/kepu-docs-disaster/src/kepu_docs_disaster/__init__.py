"""The section kind disaster_prevention for kepu-docs: 防震减灾, with rules for it and tables of its own in Word."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from kepu_docs.plugin import Check, SectionKind, hookimpl
from kepu_docs_disaster.checks import CHECKS
from kepu_docs_disaster.section import DisasterPrevention


@hookimpl
def kepu_sections() -> Iterable[SectionKind]:
    """Add the section kind."""
    return [SectionKind(DisasterPrevention)]


@hookimpl
def kepu_templates() -> Iterable[Traversable]:
    """Add its wording and its names."""
    return [files(__name__) / "templates"]


@hookimpl
def kepu_checks() -> Iterable[Check]:
    """Add its rules."""
    return CHECKS
