"""The engine: everything that records need on their way, made once and used for many."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any, Final

from kepu_docs.blocks import Document
from kepu_docs.composing.composer import Composer
from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.contract.renderers import Configurable, Renderer, RenderOptions
from kepu_docs.contract.sources import Syntax
from kepu_docs.errors import Fault, KepuError, Place, RecordError, RenderError, TemplateError
from kepu_docs.locale.chain import DEFAULT_LOCALE, canonical, parents
from kepu_docs.locale.files import has_words, locales
from kepu_docs.locale.words import Languages
from kepu_docs.pipeline.blame import blame
from kepu_docs.pipeline.own_templates import OwnComposer
from kepu_docs.pipeline.template_folder import read_templates
from kepu_docs.pipeline.validation import Locate, validate
from kepu_docs.reading.records import RecordData, read_content, read_record
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import FORMATS
from kepu_docs.schema import WorkSummary

_NO_OPTIONS: Final = RenderOptions()


class Engine:
    """Loads, composes, renders and writes with the plugins of one registry. It keeps nothing of any record."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.languages = Languages(registry.folders)
        self._composers: dict[tuple[str, Path | tuple[str, str] | None, str], Composer | OwnComposer] = {}
        self._renderers: dict[tuple[str, RenderOptions], Renderer] = {}

    def load(self, source: str | PathLike[str] | Mapping[str, Any]) -> WorkSummary:
        """Return the summary of a record: a path of a YAML, JSON or TOML file, or the record's data.

        Raises ``RecordError`` with all faults of the record.
        """
        if isinstance(source, Mapping):
            return self._validated(source)
        return self.validated(read_record(Path(source)))

    def read(self, content: bytes | Mapping[str, Any], syntax: Syntax, name: str, line: int = 1) -> WorkSummary:
        """Return the summary of a record's text, or of its data; the text begins on ``line`` of ``name``.

        Raises ``RecordError`` with all faults of the record.
        """
        if isinstance(content, Mapping):
            return self._validated(content, name)
        try:
            return self.validated(read_content(content, name=name, syntax=syntax))
        except RecordError as error:
            raise RecordError([lowered(fault, line - 1) for fault in error.faults]) from None

    def validated(self, record: RecordData) -> WorkSummary:
        """Return the summary of a record that has been read. Raises ``RecordError`` with all its faults."""
        return self._validated(record.data, record.name, record.place, record.faults)

    def _validated(
        self, data: object, name: str = "", locate: Locate | None = None, known: Iterable[Fault] = ()
    ) -> WorkSummary:
        """Return the summary of ``data``; ``locate`` and ``known`` are as :func:`validate` has them."""
        try:
            return validate(data, self.registry.model, name=name, locate=locate, known=known, languages=self.languages)
        except KepuError:
            raise
        except (Exception, SystemExit) as error:  # a stranger's model may raise anything
            raise blame(error, data, name, self.registry, self.languages) from error

    def compose(
        self,
        summary: WorkSummary,
        locale: str = DEFAULT_LOCALE,
        *,
        photos: Path | None = None,
        embed: bool = True,
        templates: Path | Snapshot | None = None,
        state: str = "",
    ) -> Document:
        """Return the document of a summary.

        ``photos`` is the folder from which the files of photographs are named; ``embed`` says whether the record goes
        into documents that can carry it; ``templates`` is a folder of wording templates that count first, and ``state``
        distinguishes the states of all templates, where they may change while this engine lives. Raises
        ``TemplateError``, ``PluginError``, or ``RecordError`` for a photograph.
        """
        return self.composer(locale, templates, state).compose(summary, photos=photos, embed=embed)

    def composer(
        self, locale: str, templates: Path | Snapshot | None = None, state: str = ""
    ) -> Composer | OwnComposer:
        """Return the composer of a locale, kept; ``templates`` is a folder of the user's own in a certain ``state``.

        A folder is read when its composer is made, and never again. Raises ``TemplateError`` for one that is wrong, or
        where the plugins of this engine cannot be had in the process that composes with it.
        """
        key = locale, (templates.root, templates.digest) if isinstance(templates, Snapshot) else templates, state
        composer = self._composers.get(key)
        if composer is None:
            own = self.templates(templates) if isinstance(templates, Path) else templates
            self._require_words(locale, own)
            made = self.registry.composer(locale) if own is None else OwnComposer(self.registry, own, locale)
            composer = self._composers.setdefault(key, made)
        return composer

    def templates(self, folder: Path) -> Snapshot:
        """Return a user's folder of templates as it is now. Raises ``TemplateError`` for one that is wrong."""
        return read_templates(folder, self.registry)

    def _require_words(self, locale: str, templates: Snapshot | None) -> None:
        """Refuse a language in which nobody has written anything: the documents would silently be in another."""
        folders = (*([templates] if templates is not None else ()), *self.registry.folders)
        language = canonical(locale).partition("_")[0]
        if DEFAULT_LOCALE.startswith(f"{language}_") or has_words(folders, parents(locale)):
            return
        raise TemplateError.at(
            Place(),
            "there is no wording in the language “{locale}”; there is: {known}",
            locale=locale,
            known=", ".join(locales(self.registry.folders, "messages.po")),
        )

    def render(self, document: Document, format_name: str, options: RenderOptions = _NO_OPTIONS) -> bytes:
        """Return a document as a file of the given format. Raises ``PluginError`` or ``RenderError``."""
        renderer = self.registry.renderer(format_name)
        try:
            if options != _NO_OPTIONS:
                renderer = self._configured(renderer, options)
            return renderer.render(document)
        except KepuError:
            raise
        except (Exception, SystemExit) as error:  # a stranger's renderer may raise anything
            raise RenderError.at(
                Place(),
                "the renderer of the format “{format}” (plugin {plugin}) failed: {error}",
                format=format_name,
                plugin=self.registry.owners[FORMATS, format_name],
                error=repr(error),
            ) from error

    def _configured(self, renderer: Renderer, options: RenderOptions) -> Renderer:
        """Return ``renderer`` as it obeys ``options``, kept: a Word template is not read anew for each document."""
        key = renderer.format, options
        configured = self._renderers.get(key)
        if configured is None:
            configured = renderer.configured(options) if isinstance(renderer, Configurable) else renderer
            self._renderers[key] = configured
        return configured


@cache
def default_engine() -> Engine:
    """Return the engine of the installed plugins, made at the first call."""
    return Engine(Registry.load())


def read_reference(path: str | PathLike[str] | bytes) -> bytes:
    """Return the bytes of a Word document whose styles are to be taken; bytes are those. Raises ``RenderError``."""
    if isinstance(path, bytes):
        return path
    place = Place(os.fspath(path))
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise RenderError.at(place, "the file cannot be read: {reason}", reason=error.strerror or str(error)) from None
    if not data:
        raise RenderError.at(place, "the file is empty; expected a Word document")
    return data


def lowered(fault: Fault, lines: int) -> Fault:
    """Return a fault of a text that stands so many ``lines`` below the begin of its file."""
    if fault.place.line is None or not lines:
        return fault
    return replace(fault, place=replace(fault.place, line=fault.place.line + lines))
