"""Checks wording templates and catalogues without a record: a user's folder, or everything installed.

A user's folder, possibly a stranger's, is checked in another process, as when documents are made.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from typing import Final

from jinja2 import TemplateNotFound, TemplateSyntaxError

from kepu_docs.composing.composer import HIGHLIGHTS, OVERVIEW, REVIEW, SECTIONS, TEXTS, Composer
from kepu_docs.composing.known_facts import Known, of_model
from kepu_docs.composing.snapshots import CATALOG, Snapshot
from kepu_docs.composing.structure import NTH
from kepu_docs.composing.wording_check import OVERVIEW_FACTS, Labels, check_wording, frame_facts
from kepu_docs.errors import N_, Fault, Message, Place, TemplateError
from kepu_docs.errors.first_faults import first_faults
from kepu_docs.isolation import Held, Limits, StoppedError
from kepu_docs.locale.catalogs import CATALOGS, read_catalog, read_catalog_file
from kepu_docs.locale.chain import fallback_chain, parents
from kepu_docs.locale.folders import candidates
from kepu_docs.pipeline.own_templates import PREPARING, plugins_of, registry_of, sendable
from kepu_docs.pipeline.sample_facts import highlights_known, section_known
from kepu_docs.pipeline.template_folder import is_locale, template_names
from kepu_docs.pipeline.unknown_labels import MESSAGES, UnknownLabels
from kepu_docs.registry import Registry
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.shapes import choice_fields

SECONDS: Final = 60.0
"""Processor time for a whole folder. The templates of kepu-docs take three seconds."""


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """The faults of templates and catalogues: ``faults``, each with file and line, in the order of the files.

    ``files`` is the number of files checked. ``unchecked`` are section kinds of which no sample could be made: their
    templates may name facts that cannot be verified.
    """

    faults: tuple[Fault, ...]
    files: int
    unchecked: tuple[str, ...] = ()


def check_folder(registry: Registry, folder: Snapshot) -> TemplateReport:
    """Return the faults of a user's folder, found in another process. Raises ``TemplateError`` if the process dies."""
    try:
        with Held(_Workplace, PREPARING, plugins_of(registry), folder) as place:
            return place.ask_anew(_Workplace.report, Limits(SECONDS))
    except StoppedError as error:
        text = N_("stopped checking the templates in {folder}: {reason}")
        raise TemplateError.at(Place(), text, folder=folder.root, reason=error.reason) from None


class _Workplace:
    """Plugins and one folder, in another process."""

    def __init__(self, plugins: bytes, folder: Snapshot) -> None:
        self._registry = registry_of(plugins)
        self._folder = folder

    def report(self) -> TemplateReport:
        found = TemplateCheck(self._registry, self._folder).report()
        return replace(found, faults=tuple(map(sendable, found.faults)))


class TemplateCheck:
    """Checks the templates and catalogues of folders; ``own`` is a user's folder, which takes precedence."""

    def __init__(self, registry: Registry, own: Snapshot | None = None) -> None:
        self._registry = registry
        self._own = own
        self._summary = of_model(WorkSummary)
        self._sections: dict[str, Known] = {}
        self._unchecked: set[str] = set()
        self._composers: dict[str, Composer] = {}
        self._labels: dict[tuple[str, str], Labels] = {}
        self._unknown = UnknownLabels(registry, own)

    def report(self) -> TemplateReport:
        """Return the faults of the user's folder, or of everything installed if there is none."""
        folders = (self._own,) if self._own is not None else self._registry.folders
        faults: list[Fault] = []
        files = 0
        for folder in folders:
            for locale in sorted(each.name for each in folder.iterdir() if each.is_dir() and is_locale(each.name)):
                for name in (*CATALOGS, *template_names(self._registry)):
                    if folder.joinpath(locale, *name.split("/")).is_file():
                        files += 1
                        faults += self.of(folder, locale, name)
        return TemplateReport(tuple(first_faults(faults)), files, tuple(sorted(self._unchecked)))

    def of(self, folder: Traversable, locale: str, name: str) -> Iterator[Fault]:
        """Yield the faults of one file."""
        file = folder.joinpath(locale, *name.split("/"))
        if name == MESSAGES:
            yield from self._catalog(file)
        elif name in CATALOGS:
            yield from _unreadable(file)
        else:
            yield from self._template(file, locale, name)

    def know(self, kind: str, records: Iterable[Mapping[str, object]]) -> None:
        """Use ``records`` with one section of a kind as samples of it, in addition to those made from its model."""
        self._sections[kind], is_whole = section_known(self._registry, self._registry.kinds[kind], records)
        if not is_whole:
            self._unchecked.add(kind)

    def _catalog(self, file: Traversable) -> Iterator[Fault]:
        try:
            yield from self._unknown.of(file)
        except TemplateError as error:
            yield from error.faults

    def _template(self, file: Traversable, locale: str, name: str) -> Iterator[Fault]:
        composer = self._composer(locale)
        found = candidates(self._folders(), fallback_chain(locale), name)
        place = next((place for place, each in enumerate(found) if str(each) == str(file)), 0)
        try:
            trees = composer.parsed(f"{name}{NTH}{place}" if place else name)
        except TemplateSyntaxError as error:
            problem = getattr(error, "problem", None)
            if not isinstance(problem, Message):
                problem = Message.of(N_("this is not a template: {problem}"), problem=error.message or "")
            yield Fault(Place(error.filename or str(file), error.lineno), problem.text, problem.values)
            return
        except TemplateNotFound:
            yield Fault(Place(str(file), 1), N_("there is no other template of this name to extend"))
            return
        folder, _, file_name = name.rpartition("/")
        kind = file_name.removesuffix(".jinja") if f"{folder}/" in (SECTIONS, *TEXTS) else ""
        if name == REVIEW:  # it describes what the summary is made of
            kind = next((each for each, known in self._registry.kinds.items() if known.model.rolled_up), "")
        known: dict[tuple[int, str], Fault] = {}

        def report(line: int, problem: Message) -> None:
            known.setdefault((line, str(problem)), Fault(Place(str(file), line), problem.text, problem.values))

        more = {**(OVERVIEW_FACTS if name == OVERVIEW else {}), **self._section_facts(kind)}
        if name.startswith(HIGHLIGHTS):
            more["highlight"] = highlights_known(self._registry, self._registry.kinds[kind])
        check_wording(trees, frame_facts(self._summary, more), self._labels_of(locale, kind), report)
        yield from sorted(known.values(), key=lambda fault: fault.place.line or 0)

    def _folders(self) -> tuple[Traversable, ...]:
        return (*((self._own,) if self._own is not None else ()), *self._registry.folders)

    def _composer(self, locale: str) -> Composer:
        if locale not in self._composers:
            try:
                made = self._registry.composer(locale, self._own)
            except TemplateError:  # a faulty catalogue is reported separately
                made = self._registry.composer(locale, _without_catalogs(self._own))
            self._composers[locale] = made
        return self._composers[locale]

    def _section_facts(self, kind: str) -> dict[str, Known]:
        """Return what the templates of a section kind see in addition to the facts of the summary."""
        if not kind:
            return {}
        if kind not in self._sections:
            self.know(kind, ())
        return {"section": self._sections[kind]}

    def _labels_of(self, locale: str, kind: str) -> Labels:
        if (locale, kind) not in self._labels:
            own = _without_catalogs(self._own) if self._own is not None and self._is_unreadable(locale) else self._own
            folders = (*((own,) if own is not None else ()), *self._registry.folders)
            messages = read_catalog(folders, parents(locale), MESSAGES)
            names = read_catalog(folders, parents(locale), "keys.po")
            self._labels[locale, kind] = Labels(
                locale,
                lambda name: messages.find("field", name) is not None,
                lambda word: (messages.find("choice", word) or names.find("choice", word)) is not None,
                choice_fields(self._registry.kinds[kind].model) if kind else {},
            )
        return self._labels[locale, kind]

    def _is_unreadable(self, locale: str) -> bool:
        return any(
            any(_unreadable(file))
            for name in (MESSAGES, "keys.po")
            for file in candidates((self._own,) if self._own is not None else (), parents(locale), name)
        )


def _unreadable(file: Traversable) -> Iterator[Fault]:
    try:
        read_catalog_file(file)
    except TemplateError as error:
        yield from error.faults


def _without_catalogs(folder: Snapshot | None) -> Snapshot | None:
    if folder is None:
        return None
    return replace(folder, files={path: data for path, data in folder.files.items() if not path.endswith(CATALOG)})
