"""The engine: everything that records need to become documents, made once and used for many records."""

import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from os import PathLike
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from kepu_docs.blocks import Document
from kepu_docs.composing.composer import Composer, record_text
from kepu_docs.composing.snapshots import Snapshot, read_folder
from kepu_docs.contract.fillable import Fillable, needs_form
from kepu_docs.contract.renderers import Configurable, Paged, Renderer, RenderOptions
from kepu_docs.contract.sources import Syntax
from kepu_docs.errors import (
    N_,
    DocumentError,
    Fault,
    KepuError,
    KepuWarning,
    Message,
    Place,
    RecordError,
    RenderError,
    SettingsError,
    TemplateError,
)
from kepu_docs.errors.first_faults import first_faults
from kepu_docs.locale.catalogs import read_catalog
from kepu_docs.locale.chain import DEFAULT_LOCALE, canonical, parents, require_locale
from kepu_docs.locale.folders import has_words, locales
from kepu_docs.locale.words import Languages
from kepu_docs.pipeline.blame import blame
from kepu_docs.pipeline.bounded_cache import BoundedCache
from kepu_docs.pipeline.earlier_figures import earlier_year, with_earlier
from kepu_docs.pipeline.record_format import without_format
from kepu_docs.pipeline.reworded import reworded
from kepu_docs.pipeline.validation import Locate, validate
from kepu_docs.reading.records import RecordData, read_content, read_record
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import FORMATS
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.summary import UnknownSection

if TYPE_CHECKING:
    from kepu_docs.contract.form_layout import FormLayout, Preparable
    from kepu_docs.contract.forms import FormPlan
    from kepu_docs.pipeline.forms import FormReport
    from kepu_docs.pipeline.own_templates import OwnComposer
    from kepu_docs.pipeline.preparing.prepared_form import BlankPreparer, PreparedForm
    from kepu_docs.pipeline.template_check import TemplateReport
    from kepu_docs.pipeline.traditional import Converted, Converter

NO_OPTIONS: Final = RenderOptions()
NO_TEMPLATES: Final = Snapshot("", {})
"""A folder without any templates."""

UnknownSections: TypeAlias = Literal["refuse", "keep"]
"""How to treat sections of kinds that no installed plugin has."""
_UNKNOWN_SECTIONS: Final = ("refuse", "keep")


class SummaryData(dict[str, Any]):
    """The data of a summary that is read again; sections of the kinds in ``kept`` stay data, as they were before."""

    def __init__(self, data: Mapping[str, Any], kept: Iterable[str]) -> None:
        super().__init__(data)
        self.kept = frozenset(kept)

    def __reduce__(self) -> tuple[type, tuple[dict[str, Any], frozenset[str]]]:
        return type(self), (dict(self), self.kept)


class Engine:
    """Loads, composes and renders with the plugins of one registry and with its own defaults.

    It keeps nothing of any record. It may be used from several threads at once. What only forms, own templates and
    Traditional characters need is imported when they are first used: most runs have none of them.
    """

    def __init__(
        self,
        registry: Registry | None = None,
        *,
        plugins: Iterable[object] = (),
        locale: str = DEFAULT_LOCALE,
        templates: str | PathLike[str] | None = None,
        look: str = "",
        reference: str | PathLike[str] | bytes = b"",
        toc: bool = False,
        pdf_standard: str = "",
        form: str | PathLike[str] | bytes = b"",
        keep: int = 32,
    ) -> None:
        """Take the installed plugins, and ``plugins``: modules or objects with hook implementations.

        A ``registry`` replaces both. ``locale``, ``templates``, ``look``, ``reference``, ``toc``, ``pdf_standard`` and
        ``form`` are the defaults for documents, with the meaning that they have in :func:`kepu_docs.render`. ``keep``
        says how many composers (one for each locale and state of a folder of templates) and how many renderers (one for
        each look, reference and form) are kept ready; the Word template of a reference takes about its own size in
        memory.

        Raises ``PluginError`` for a broken plugin in ``plugins``, ``RenderError`` for a reference that cannot be read.
        """
        self.registry = Registry.load(plugins=plugins) if registry is None else registry
        self.languages = Languages(self.registry.folders)
        self.locale = locale
        self.own_templates = Path(templates) if templates is not None else None
        self.options = RenderOptions(look, read_reference(reference), toc, pdf_standard, read_reference(form))
        self._composers: BoundedCache[tuple[str, tuple[str, str] | None, str], Composer | OwnComposer] = BoundedCache(
            keep
        )
        self._renderers: BoundedCache[tuple[str, RenderOptions], Renderer] = BoundedCache(keep)
        self._converters: BoundedCache[str, Converter] = BoundedCache(keep)

    def load(
        self,
        source: str | PathLike[str] | Mapping[str, Any],
        *,
        unknown_sections: UnknownSections = "refuse",
    ) -> WorkSummary:
        """Return the summary of a record: a path of a YAML, JSON or TOML file, or the record's data.

        With ``unknown_sections="keep"``, sections of kinds that no installed plugin has are kept as data, and a
        ``KepuWarning`` names each; documents leave them out of their text but carry them in their record. Raises
        ``RecordError`` with all faults of the record.
        """
        if unknown_sections not in _UNKNOWN_SECTIONS:
            text = N_("unknown_sections is {found}; expected one of {expected}")
            known = ", ".join(_UNKNOWN_SECTIONS)
            raise SettingsError.at(Place(), text, found=str(unknown_sections), expected=known)
        keep = unknown_sections == "keep"
        if isinstance(source, Mapping):
            summary = self._validated(source, keep=keep)
        else:
            read = read_record(_record_path(source))
            summary = self._validated(read.data, read.name, read.place, read.faults, keep=keep)
        if keep:
            _warn_of_unknown(summary)
        return summary

    def read(self, content: bytes | Mapping[str, Any], syntax: Syntax, name: str, line: int = 1) -> WorkSummary:
        """Return the summary of a record's text, or of its data; the text begins on ``line`` of ``name``.

        Raises ``RecordError`` with all faults of the record.
        """
        if isinstance(content, SummaryData):
            summary = self._validated(content, name, keep=True)
            # Sections that were not kept as data had a known kind; a kind that is unknown now is a fault.
            if all(each.kind in content.kept for each in summary.sections if isinstance(each, UnknownSection)):
                return summary
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
        self,
        data: object,
        name: str = "",
        locate: Locate | None = None,
        known: Iterable[Fault] = (),
        *,
        keep: bool = False,
    ) -> WorkSummary:
        """Return the summary of ``data``; ``locate`` and ``known`` have the meaning that they have in :func:`validate`.

        With ``keep``, sections of kinds that no plugin has are kept as data.
        """
        form = self.registry.keeping_model if keep else self.registry.model
        try:
            data, wrong = without_format(data, name, locate)
            return validate(data, form, name=name, locate=locate, known=(*wrong, *known), languages=self.languages)
        except KepuError:
            raise
        except (Exception, SystemExit) as error:  # a foreign model may raise anything
            raise blame(error, data, name, self.registry, self.languages) from error

    def compose(
        self,
        summary: WorkSummary,
        locale: str | None = None,
        *,
        photos: str | PathLike[str] | None = None,
        embed: bool = True,
        templates: str | PathLike[str] | Snapshot | None = None,
        convert: "bool | Converted" = False,
        earlier: WorkSummary | None = None,
        wording: str | None = None,
        headings: str | None = None,
        state: str = "",
        form: "FormPlan | None" = None,
    ) -> Document:
        """Return the document of a summary.

        ``photos`` is the folder that the file names of photographs are relative to. ``embed`` says whether the record
        goes into documents that can carry it. ``templates`` is a folder of wording templates that take precedence, and
        ``state`` distinguishes the states of all templates if they may change during the life of this engine. With
        ``convert`` the document shows the record's own words in Traditional characters and carries the record
        unchanged; it may also be the result of :meth:`converted`. ``earlier`` is the summary of an earlier time, whose
        figures are compared. ``wording`` (``varied`` or ``plain``) and ``headings`` (``plain`` or ``message``) take
        precedence over the record. The record that the document carries includes all of this. With a ``form``, a result
        of :meth:`form_plan`, the document includes the content for the form.

        Raises ``TemplateError``, ``PluginError``, ``RecordError`` for a photograph or for a time that cannot be
        compared, ``SettingsError``, and the errors of :meth:`converted`.
        """
        if not isinstance(summary, WorkSummary):
            text = N_("only a summary returned by load can be made into a document; found {found}")
            raise RecordError.at(Place(), text, found=type(summary).__name__)
        folder = Path(photos) if photos is not None else None

        def adapted(given: WorkSummary) -> WorkSummary:
            figures = earlier_year(earlier) if earlier is not None else None
            return with_earlier(reworded(given, wording=wording, headings=headings), figures)

        summary = adapted(summary)
        composer = self.composer(locale, templates if form is None else self._own(templates), state)

        def composed(given: WorkSummary, *, embed: bool) -> Document:
            if isinstance(composer, Composer):
                return composer.compose(given, photos=folder, embed=embed)
            return composer.compose(given, photos=folder, embed=embed, form=form)

        if convert is False:
            return composed(summary, embed=embed)
        shown = self.converted(summary, locale).summary if convert is True else adapted(convert.summary)
        document = composed(shown, embed=False)
        return replace(document, record=record_text(summary) if embed else "")

    def converted(self, summary: WorkSummary, locale: str | None = None) -> "Converted":
        """Return a summary in the Traditional characters of a locale, with the names that were changed.

        Raises ``SettingsError`` for a locale that does not use these characters, or if OpenCC is missing.
        """
        return self.converter(self.locale if locale is None else locale).converted(summary)

    def converter(self, locale: str = "zh_Hant") -> "Converter":
        """Return the converter of a locale, from a cache. Raises the errors of :meth:`converted`."""
        from kepu_docs.pipeline.traditional import Converter

        require_locale(locale)

        def make() -> Converter:
            return Converter(locale, read_catalog(self.registry.folders, parents(locale), "messages.po"))

        return self._converters.get(canonical(locale), make)

    def review_note(
        self,
        summary: WorkSummary,
        locale: str | None = None,
        *,
        templates: str | PathLike[str] | Snapshot | None = None,
    ) -> Document | None:
        """Return the note (核对说明) to the paper of a rolled-up summary, for the office that made the summary.

        It names the communities that are missing, the faulty summaries, the figures to check, and what the totals leave
        out: what the record contains but the paper does not say. Returns ``None`` if there is nothing to note. Raises
        ``TemplateError``.
        """
        composer = self.composer(locale, templates)
        return composer.review_note(summary, composer.title(summary))

    def composer(
        self, locale: str | None = None, templates: str | PathLike[str] | Snapshot | None = None, state: str = ""
    ) -> "Composer | OwnComposer":
        """Return the composer of a locale, from a cache; ``templates`` is a user's folder in a certain ``state``.

        A folder is read again each time, so that edits take effect at once. Raises ``TemplateError`` for a faulty
        folder, or if the plugins of this engine are not available in the process that composes with it.
        """
        locale = self.locale if locale is None else locale
        require_locale(locale)
        templates = self.own_templates if templates is None else templates
        own = templates if templates is None or isinstance(templates, Snapshot) else self.templates(Path(templates))

        def make() -> "Composer | OwnComposer":
            self._require_words(locale, own)
            if own is None:
                return self.registry.composer(locale)
            from kepu_docs.pipeline.own_templates import OwnComposer

            return OwnComposer(self.registry, own, locale)

        return self._composers.get((locale, (own.root, own.digest) if own is not None else None, state), make)

    def templates(self, folder: Path) -> Snapshot:
        """Return a user's folder of templates as it is now. Raises ``TemplateError`` for a faulty folder."""
        from kepu_docs.pipeline.template_folder import read_templates

        return read_templates(folder, self.registry)

    def check_templates(self, folder: str | PathLike[str] | None = None) -> "TemplateReport":
        """Return the faults of the templates and catalogues of a user's folder that can be seen without a record.

        Without ``folder``, check the folder of this engine, or else everything that is installed. Faults are: files
        that are not templates or catalogues; facts that do not exist; phrases that lose their value; columns and
        choices in tables without a label; labels that nothing looks up. Faults that depend on a record are not found,
        nor those in what a template gets from facts that no sample has.

        Raises ``TemplateError`` for a folder that is not safe, or takes too much time or memory.
        """
        from kepu_docs.pipeline.template_check import TemplateCheck, check_folder
        from kepu_docs.pipeline.template_folder import misplaced

        own = self.own_templates if folder is None else Path(folder)
        if own is None:
            return TemplateCheck(self.registry).report()
        snapshot = read_folder(own)
        found = check_folder(self.registry, snapshot)
        return replace(found, faults=(*first_faults(misplaced(snapshot, self.registry)), *found.faults))

    def form_plan(self, options: RenderOptions) -> "FormPlan | None":
        """Return the plan of the form into which documents are filled; ``None`` if ``options`` have no form.

        Raises ``DocumentError`` for a form that is broken or refused.
        """
        if not options.form:
            return None
        configured = self._configured(self.registry.renderer(self.form_format(options.form)), options)
        return configured.form_plan() if isinstance(configured, Fillable) else None

    def form_format(self, form: bytes) -> str:
        """Return the format in which a form is filled. Raises ``RenderError`` for a form that no format takes."""
        fillable = [each for each in self.registry.renderers.values() if isinstance(each, Fillable)]
        if not fillable:
            raise RenderError.at(Place(), N_("no installed format can fill in forms"))
        found = next((each.format for each in fillable if isinstance(each, Fillable) and each.takes_form(form)), None)
        if found is None:
            text = N_("this is not a form: none of the formats {known} can fill in such a file")
            raise RenderError.at(Place("form"), text, known=", ".join(each.format for each in fillable))
        return found

    def check_form(self, form: str | PathLike[str] | bytes, locale: str | None = None) -> "FormReport":
        """Return the faults of a form that can be seen without a record, and the section kinds that it shows.

        Raises ``DocumentError`` for a form that is broken or refused, ``RenderError`` for a file that cannot be read.
        """
        plan = self.form_plan(RenderOptions(form=read_reference(form)))
        if plan is None:
            raise RenderError.at(Place(), "the file is empty; expected a Word document")
        return self._looked_at(plan, locale)

    def prepare_form(self, form: str | PathLike[str] | bytes, locale: str | None = None) -> "PreparedForm":
        """Return a copy of a form with placeholders in its blanks, found by the labels around them, and a report.

        A placeholder is set where the content is certain; where several facts are possible, a remark lists them.
        Placeholders are in the words of ``locale``; placeholders already in the form stay. Raises ``DocumentError`` for
        a form that is broken, refused, or has nothing to fill in, ``RenderError`` for a file that cannot be read.
        """
        from kepu_docs.pipeline.preparing.prepared_form import PreparedForm

        locale = self.locale if locale is None else locale
        require_locale(locale)
        data = read_reference(form)
        renderer = self._preparing(data)
        found = self._blanks.prepare(renderer.form_layout(data), canonical(locale))
        if not found.blanks:
            raise DocumentError.at(Place("form"), N_("this form has no blanks: no blank cell, line or box"))
        made = renderer.edited_form(data, found.edits)
        if not any(blank.state == "matched" for blank in found.blanks):
            return PreparedForm(made, found.blanks, ())
        return PreparedForm(made, found.blanks, self.check_form(made, locale).faults)

    def form_layout(self, document: bytes) -> "FormLayout":
        """Return the layout of a form, blank or filled: its lines and tables, with placeholders and blanks.

        Raises ``DocumentError`` for a form that is broken or refused.
        """
        return self._preparing(document).form_layout(document)

    def _preparing(self, form: bytes) -> "Preparable":
        """Return the renderer that finds blanks in a form."""
        from kepu_docs.contract.form_layout import Preparable

        renderer = self.registry.renderers[self.form_format(form)]
        if isinstance(renderer, Preparable):
            return renderer
        raise RenderError.at(Place(), N_("no installed format can fill in forms"))

    @cached_property
    def _blanks(self) -> "BlankPreparer":
        from kepu_docs.pipeline.forms import FormPreparer

        return FormPreparer(self.registry).blanks

    def require_form(
        self, options: RenderOptions, locale: str | None = None, formats: Iterable[str] | None = None
    ) -> None:
        """Raise ``TemplateError`` with all faults of the form of ``options``, if they have one.

        Raises ``DocumentError`` for a form that is broken or refused, and ``RenderError`` if one of the ``formats``
        requires a form and there is none, or one of another kind.
        """
        for name in formats or ():
            self._require_form_of(name, options)
        plan = self.form_plan(options)
        faults = self._looked_at(plan, locale).faults if plan is not None else ()
        if faults:
            raise TemplateError(faults)

    def _require_form_of(self, name: str, options: RenderOptions) -> None:
        renderer = self.registry.renderer(name)
        if not options.form:
            if needs_form(renderer):
                text = N_("the format “{format}” needs a form to fill in; give one (--form FORM{suffix})")
                raise RenderError.at(Place("form"), text, format=name, suffix=renderer.suffix)
            return
        found = self.form_format(options.form)
        if isinstance(renderer, Fillable) and found != name:
            text = N_("this form is for the format “{found}”, not “{format}”")
            raise RenderError.at(Place("form"), text, found=found, format=name)

    def _looked_at(self, plan: "FormPlan", locale: str | None) -> "FormReport":
        composer = self.composer(locale, self._own(None))
        assert not isinstance(composer, Composer)  # noqa: S101  (of a folder)
        return composer.check_form(plan)

    def _own(self, templates: str | PathLike[str] | Snapshot | None) -> str | PathLike[str] | Snapshot:
        """Return a folder of templates in every case: text in a foreign form runs where foreign templates run."""
        templates = self.own_templates if templates is None else templates
        return NO_TEMPLATES if templates is None else templates

    def _require_words(self, locale: str, templates: Snapshot | None) -> None:
        """Refuse a language without any translation: the documents would silently be in another language."""
        folders = (*([templates] if templates is not None else ()), *self.registry.folders)
        language = canonical(locale).partition("_")[0]
        if DEFAULT_LOCALE.startswith(f"{language}_") or has_words(folders, parents(locale)):
            return
        raise TemplateError.at(
            Place(),
            "there is no wording in the language “{locale}”; the languages are: {known}",
            locale=locale,
            known=", ".join(locales(self.registry.folders, "messages.po")),
        )

    def render(
        self,
        document: Document | WorkSummary,
        format: str,  # noqa: A002
        options: RenderOptions | None = None,
        *,
        look: str | None = None,
        reference: str | PathLike[str] | bytes | None = None,
        toc: bool | None = None,
        pdf_standard: str | None = None,
        form: str | PathLike[str] | bytes | None = None,
    ) -> bytes:
        """Return a document, or the document of a summary, as a file of the given format.

        ``options`` combine ``look``, ``reference``, ``toc``, ``pdf_standard`` and ``form``. Options that are not given
        are those of this engine. Raises ``FormatError`` for an unknown format, ``PluginError`` for a broken plugin,
        ``RenderError``, and the errors of :meth:`compose`.
        """
        used = self.options_with(look, reference, toc, pdf_standard, form) if options is None else options
        self._require_form_of(format, used)
        if isinstance(document, WorkSummary):
            document = self.compose(document, form=self.form_plan(used))
        with self._renderer(format, used) as renderer:
            return _as_bytes(renderer.render(document))

    def pages(self, document: Document, format: str, options: RenderOptions = NO_OPTIONS) -> tuple[bytes, ...]:  # noqa: A002
        """Return the pages of a document in a format, each an SVG image; none if the renderer cannot show pages.

        Raises the errors of :meth:`render`.
        """
        with self._renderer(format, options) as renderer:
            return tuple(map(_as_bytes, renderer.pages(document))) if isinstance(renderer, Paged) else ()

    @contextmanager
    def _renderer(self, name: str, options: RenderOptions) -> Iterator[Renderer]:
        """Give the renderer of a format with the options applied; an error not from kepu-docs names its plugin."""
        renderer = self.registry.renderer(name)
        try:
            yield renderer if options == NO_OPTIONS else self._configured(renderer, options)
        except KepuError:
            raise
        except (Exception, SystemExit) as error:  # a foreign renderer may raise anything
            raise RenderError.at(
                Place(),
                "the renderer of the format “{format}” (plugin {plugin}) failed: {error}",
                format=name,
                plugin=self.registry.owners[FORMATS, name],
                error=repr(error),
            ) from error

    def options_with(
        self,
        look: str | None,
        reference: str | PathLike[str] | bytes | None,
        toc: bool | None,
        pdf_standard: str | None = None,
        form: str | PathLike[str] | bytes | None = None,
    ) -> RenderOptions:
        """Return the options for rendering; those not given are those of this engine. Raises ``RenderError``."""
        return RenderOptions(
            self.options.look if look is None else look,
            self.options.reference if reference is None else read_reference(reference),
            self.options.toc if toc is None else toc,
            self.options.pdf_standard if pdf_standard is None else pdf_standard,
            self.options.form if form is None else read_reference(form),
        )

    def _configured(self, renderer: Renderer, options: RenderOptions) -> Renderer:
        """Return ``renderer`` with the options applied, from a cache: a Word template is not read for each document."""
        return self._renderers.get(
            (renderer.format, options),
            lambda: renderer.configured(options) if isinstance(renderer, Configurable) else renderer,
        )


_one_at_a_time: Final = RLock()


@cache
def _of_installed_plugins() -> Engine:
    return Engine()


def default_engine() -> Engine:
    """Return the engine of the installed plugins, made at the first call and shared by all threads."""
    with _one_at_a_time:
        return _of_installed_plugins()


def renew_default_engine() -> Engine:
    """Replace and return the default engine after the code of plugins has changed; their modules are read again."""
    with _one_at_a_time:
        _of_installed_plugins.cache_clear()
        return _of_installed_plugins()


def has_default_engine() -> bool:
    """Return whether the default engine has been made."""
    return _of_installed_plugins.cache_info().currsize > 0


def read_reference(path: str | PathLike[str] | bytes) -> bytes:
    """Return the bytes of a Word document that styles are taken from; bytes are returned. Raises ``RenderError``."""
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


def _record_path(source: object) -> Path:
    """Return ``source`` as a path. Raises ``RecordError`` if it cannot be one."""
    if isinstance(source, str | PathLike) and source:
        path: str | bytes = os.fspath(source)
        if isinstance(path, str):
            return Path(path)
    expected = Message(N_("the path of a record's file, or a mapping of its data"))
    is_blank = isinstance(source, str) and not source  # pandas.NA has no truth value
    found: Message | str = Message(N_("an empty text")) if is_blank else type(source).__name__
    text = N_("a record must be loaded from {expected}; found {found}")
    if isinstance(source, bytes | bytearray):
        text = N_("a record must be loaded from {expected}; found {found}: use Engine.read for the bytes of a text")
    raise RecordError.at(Place(), text, expected=expected, found=found)


def _warn_of_unknown(summary: WorkSummary) -> None:
    """Warn of each section that is only kept as data."""
    for position, section in enumerate(summary.sections):
        if isinstance(section, UnknownSection):
            warning = N_(
                "sections[{position}]: no installed plugin provides the section kind “{kind}”; it is "
                "kept as data, but left out of the documents"
            )
            warnings.warn(KepuWarning(Message.of(warning, position=position, kind=section.kind)), stacklevel=4)


def lowered(fault: Fault, lines: int) -> Fault:
    """Return a fault of a text that begins ``lines`` lines below the beginning of its file."""
    if fault.place.line is None or not lines:
        return fault
    return replace(fault, place=replace(fault.place, line=fault.place.line + lines))


def _as_bytes(made: object) -> bytes:
    """Return the output of a renderer; a foreign renderer may return something else, which is reported as its fault."""
    if not isinstance(made, bytes):
        raise TypeError(f"expected bytes, found {type(made).__name__}")
    return made
