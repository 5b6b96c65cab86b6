"""What the core offers through every plugin's hooks: section kinds, templates, catalogues, sources and rules."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

from kepu_docs.contract.checks import Check
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.contract.sections import SectionKind
from kepu_docs.contract.sources import Source
from kepu_docs.rules import CORE_CHECKS
from kepu_docs.sections import KINDS
from kepu_docs.sources.json_lines import JsonLines
from kepu_docs.sources.record_files import RecordFiles, YamlStream
from kepu_docs.sources.tables.csv_files import CsvFiles
from kepu_docs.sources.tables.databases import Databases
from kepu_docs.sources.tables.workbooks import Workbooks


@hookimpl
def kepu_sections() -> Iterable[SectionKind]:
    """Return the section kinds of the core."""
    return KINDS


@hookimpl
def kepu_templates() -> Iterable[Traversable]:
    """Return the folder with the built-in templates."""
    return [files("kepu_templates")]


@hookimpl
def kepu_sources() -> Iterable[Source]:
    """Return the sources of the core."""
    return [RecordFiles(), YamlStream(), JsonLines(), Workbooks(), CsvFiles(), Databases()]


@hookimpl
def kepu_checks() -> Iterable[Check]:
    """Return the rules of the core."""
    return CORE_CHECKS
