"""The engine: everything that records need on their way, made once and used for many."""

from collections.abc import Mapping, Sequence
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any

from kepu_docs.blocks import Document
from kepu_docs.composing import Composer
from kepu_docs.errors import Fault, KepuError, Place, RenderError
from kepu_docs.locale.chain import DEFAULT_LOCALE
from kepu_docs.pipeline.names import NamesTaken
from kepu_docs.pipeline.reading import read_record
from kepu_docs.pipeline.validation import validate
from kepu_docs.pipeline.writing import write_files
from kepu_docs.registry import Registry
from kepu_docs.schema import WorkSummary


class Engine:
    """Loads, composes, renders and writes with the plugins of one registry. It keeps nothing of any record."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._composers: dict[str, Composer] = {}

    def load(self, source: str | PathLike[str] | Mapping[str, Any]) -> WorkSummary:
        """Return the summary of a record: a path of a YAML, JSON or TOML file, or the record's data.

        Raises ``RecordError`` with all faults of the record.
        """
        if isinstance(source, Mapping):
            return validate(source, self.registry.model)
        record = read_record(Path(source))
        return validate(record.data, self.registry.model, name=record.name, locate=record.place, known=record.faults)

    def compose(self, summary: WorkSummary, locale: str = DEFAULT_LOCALE) -> Document:
        """Return the document of a summary. Raises ``TemplateError`` or ``PluginError``."""
        composer = self._composers.get(locale)
        if composer is None:
            composer = self._composers.setdefault(locale, self.registry.composer(locale))
        return composer.compose(summary)

    def render(self, document: Document, format_name: str) -> bytes:
        """Return a document as a file of the given format. Raises ``PluginError`` or ``RenderError``."""
        renderer = self.registry.renderer(format_name)
        try:
            return renderer.render(document)
        except KepuError:
            raise
        except Exception as error:  # a stranger's renderer may raise anything
            raise RenderError.at(
                Place(),
                "the renderer of the format “{format}” ({module}) failed: {error}",
                format=format_name,
                module=type(renderer).__module__,
                error=repr(error),
            ) from error

    def render_file(
        self, record: Path, formats: Sequence[str], folder: Path, names: NamesTaken, locale: str = DEFAULT_LOCALE
    ) -> list[Path]:
        """Write the documents of one record file, all of them or none, and return their paths.

        They are named for the summary's title; ``names`` are those already given out. The faults of a
        ``KepuError`` name the record.
        """
        try:
            summary = self.load(record)
            document = self.compose(summary, locale)
            renderers = [self.registry.renderer(name) for name in formats]
            contents = [self.render(document, name) for name in formats]
        except KepuError as error:
            raise type(error)([_named(fault, str(record)) for fault in error.faults]) from error
        longest = max((renderer.suffix for renderer in renderers), key=len)
        stem = names.take(document.title, longest).removesuffix(longest)
        paths = [folder / (stem + renderer.suffix) for renderer in renderers]
        write_files(list(zip(paths, contents, strict=True)))
        return paths


@cache
def default_engine() -> Engine:
    """Return the engine of the installed plugins, made at the first call."""
    return Engine(Registry.load())


def _named(fault: Fault, record: str) -> Fault:
    if fault.place.record:
        return fault
    return Fault(Place(record, fault.place.line, fault.place.column, fault.place.field), fault.text, fault.values)
