"""Everything that the live page shows, updated after each change; the last good page of each record is kept."""

import os
import secrets
import threading
import time
import warnings
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from kepu_docs.blocks import Document
from kepu_docs.checking import OWN_RULES, Candidate, Checker, Remark, Settings, find_settings
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.errors import Fault, KepuError, KepuWarning, Message, Translate
from kepu_docs.errors.addresses import is_address
from kepu_docs.errors.visible import visible
from kepu_docs.locale.chain import canonical
from kepu_docs.locale.folders import locales
from kepu_docs.output.file_names import file_name
from kepu_docs.pipeline.document_settings import DocumentSettings
from kepu_docs.pipeline.earlier_years import EarlierYears
from kepu_docs.pipeline.engine import Engine, read_reference
from kepu_docs.pipeline.locations import SETTINGS_FILE
from kepu_docs.pipeline.records import naming
from kepu_docs.preview.choices import Choices, Offers
from kepu_docs.preview.earlier import EarlierRecords, read_earlier
from kepu_docs.preview.papers import Paper, heeded, known_looks, lay_out
from kepu_docs.preview.plugin_code import code_under_work, left_out, renewed
from kepu_docs.preview.readings import Reading, check_reading, read_held
from kepu_docs.preview.records import HeldRecord, HeldRecords, hold_records
from kepu_docs.preview.views import Listed, View
from kepu_docs.preview.watched import Watched, absolute
from kepu_docs.schema import WorkSummary

_PAPERS: Final = 12
_PAPER_BYTES: Final = 24 * 1024 * 1024
"""The size of all papers that are kept together; the latest one is kept whatever its size."""
_TRADITIONAL: Final = "zh_Hant"
_UI_LOCALES: Final = ("zh_Hans", "zh_Hant", "en")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a live page."""

    source: tuple[str, ...]
    against: tuple[str, ...] = ()
    templates: Path | None = None
    reference: Path | None = None
    toc: bool = False
    convert: bool = False
    against_table: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    """A finished document."""

    name: str
    media_type: str
    content: bytes


@dataclass(slots=True)
class _Made:
    """The result for one record with one set of choices: the last good paper, and the faults since."""

    generation: int
    paper: Paper | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Message, ...] = ()
    photos: frozenset[str] = frozenset()
    """Paths of the photographs in its record."""


@dataclass(slots=True)
class _Looked:
    """What is known of a record in a list, for one state of the record and of the rules."""

    digest: tuple[str, int]
    name: str
    faults: int
    remarks: int | None = None


@dataclass(slots=True)
class _Now:
    """What was read after the last change."""

    records: HeldRecords = field(default_factory=HeldRecords)
    earlier: EarlierRecords = field(default_factory=EarlierRecords)
    settings: Settings = field(default_factory=Settings)
    faults: tuple[Fault, ...] = ()
    """Faults of plugins and of the settings."""


class State:
    """The present content of the page. Its methods may be called from any thread; one runs at a time."""

    def __init__(self, engine: Engine, subject: Subject, usual: Choices) -> None:
        self._engine = engine
        self._subject = subject
        self._usual = usual
        self._lock = threading.RLock()
        self._boot = secrets.token_hex(4)
        self._generation = 0
        self._rules = 0
        self._surveyed = 0
        self._now = _Now()
        self._code = code_under_work(engine.registry)
        self._plugin_faults: tuple[Fault, ...] = ()
        self._made: OrderedDict[tuple[str, Choices], _Made] = OrderedDict()
        self._looked: dict[str, _Looked] = {}
        self._reading: tuple[tuple[str, int], Reading] | None = None
        self._photos: frozenset[str] = frozenset()
        self.refresh()

    @property
    def version(self) -> str:
        """Changes with anything that the page shows."""
        return f"{self._boot}.{self._generation}.{self._surveyed}"

    def refresh(self, changed: Iterable[str] = ()) -> None:
        """Read everything again; reload code of plugins if it is among what has ``changed``."""
        paths = tuple(changed)
        with self._lock:
            watched = self.watched
            if any(watched.is_code(path) for path in paths):
                self._renew(self._code.touched(paths))
            rules = (self._now.settings, self._now.earlier.held)
            self._now = self._read(paths)
            self._rules += rules != (self._now.settings, self._now.earlier.held)
            self._generation += 1
            self._reading = None
            known = {each.key for each in self._now.records.all}
            self._looked = {key: each for key, each in self._looked.items() if key in known}

    def _renew(self, modules: tuple[str, ...]) -> None:
        """Reload the code of plugins."""
        try:
            self._engine, self._plugin_faults = renewed(modules)
        except KepuError as error:
            self._plugin_faults = error.faults
        self._code = code_under_work(self._engine.registry)
        self._rules += 1
        self._now = replace(self._now, records=self._now.records.forgotten(), earlier=self._now.earlier.forgotten())

    def _read(self, changed: tuple[str, ...]) -> _Now:
        engine, now = self._engine, self._now
        settings, faults = now.settings, self._plugin_faults
        try:
            settings = self._read_settings()
        except KepuError as error:
            faults += error.faults
        return _Now(
            hold_records(engine, self._subject.source, now.records, changed),
            read_earlier(engine, self._subject.against, now.earlier, changed),
            settings,
            faults,
        )

    def _read_settings(self) -> Settings:
        file = find_settings(self._subject.source[0])
        rules = (*self._engine.registry.checks, *(check.rule for check in OWN_RULES))
        return Settings.read(file, rules) if file else Settings()

    @property
    def watched(self) -> Watched:
        """The files and folders to watch."""
        now, subject = self._now, self._subject
        given = [each for each in (*subject.source, *subject.against) if not is_address(each)]
        read = [each for each in (*now.records.parts, *now.earlier.held.parts) if not is_address(each)]
        trees = [each for each in (*given, *read) if os.path.isdir(each)]
        files = [each for each in (*given, *read) if not os.path.isdir(each)]
        settings = find_settings(subject.source[0])
        files += [str(each) for each in (subject.reference, settings) if each]
        files += [os.path.join(os.path.dirname(os.path.abspath(each)), SETTINGS_FILE) for each in given[:1]]
        trees += [str(subject.templates)] if subject.templates else []
        code = frozenset(str(each) for each in self._code.roots)
        return Watched(absolute(files) | self._photos, absolute(trees), code)

    @property
    def is_followed(self) -> bool:
        """Whether all sources are files that can be watched; a database is read when the page is loaded."""
        return not any(is_address(each) for each in (*self._subject.source, *self._subject.against))

    def offers(self) -> Offers:
        """Return the available choices."""
        registry = self._engine.registry
        offers = Offers(_UI_LOCALES, locales(registry.folders, "messages.po"), ("", *known_looks(self._engine)))
        return offers.with_usual(self._usual)

    def translation(self, query: dict[str, str]) -> Translate:
        """Return the translation of messages for the query of an address."""
        return self._engine.languages.translation(self.offers().chosen(query, self._usual).ui)

    def view(self, query: dict[str, str]) -> View:
        """Return the page content for the query of an address."""
        with self._lock:
            return self._view(self.offers(), query)

    def _view(self, offers: Offers, query: dict[str, str]) -> View:
        choices = offers.chosen(query, self._usual)
        now = self._now
        translate = self._engine.languages.translation(choices.ui)
        faults = [*now.faults, *now.records.faults]
        view = View(
            self.version,
            choices,
            self._usual,
            offers,
            translate,
            formats=self._engine.registry.formats,
            has_earlier=bool(self._subject.against),
            more=now.records.more,
            notes=left_out(self._engine.registry),
        )
        held = now.records.find(choices.record)
        if held is None:
            last = self._last(choices.record)
            return replace(
                view,
                records=tuple(self._list("")),
                is_gone=bool(choices.record),
                faults=(*faults, *now.earlier.faults),
                paper=last,
                is_old=last is not None,
            )
        choices = replace(choices, record=held.key)
        reading = self._read_anew(held)
        made = self._paper(held, reading, choices, now.earlier.years)
        before = self._before(reading.summary)
        remarks = self._remarks(reading, before) if reading.summary else None
        self._look(held, reading, len(remarks or ()))
        earlier = now.earlier.of(reading.summary.community) if reading.summary else None
        beside = self._paper_beside(earlier, choices) if earlier and choices.beside else None
        faults += (*made.faults, *(beside.faults if beside else ()))
        return replace(
            view,
            choices=choices,
            records=tuple(self._list(held.key)),
            key=held.key,
            name=self._looked[held.key].name or _called(held),
            faults=tuple(dict.fromkeys((*faults, *now.earlier.faults))),
            remarks=remarks,
            notes=(*view.notes, *(each.as_message for each in held.record.warnings), *made.notes),
            paper=made.paper,
            is_old=bool(made.faults or self._plugin_faults) or held.is_old,
            beside=beside.paper if beside else None,
            has_no_earlier=bool(choices.beside and reading.summary and earlier is None),
        )

    def _read_anew(self, held: HeldRecord) -> Reading:
        """Return a record as it is read; it is read again when a document is downloaded."""
        key = held.digest, self._generation
        if self._reading is None or self._reading[0] != key:
            self._reading = key, read_held(self._engine, held)
        return self._reading[1]

    def _before(self, summary: WorkSummary | None) -> WorkSummary | None:
        """Return the same community's record of an earlier year."""
        earlier = self._now.earlier.of(summary.community) if summary else None
        return read_held(self._engine, earlier).summary if earlier else None

    def _remarks(self, reading: Reading, before: WorkSummary | None) -> tuple[Remark, ...]:
        return check_reading(Checker(self._engine, self._now.settings), reading, before, self._names())

    def _names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.name for each in self._looked.values() if each.name))

    def _paper(self, held: HeldRecord, reading: Reading, choices: Choices, years: EarlierYears | None) -> _Made:
        """Return the paper of a record: the present one, or the last good one with the faults.

        ``years`` has the figures that it is compared with.
        """
        key = (held.key, _of_paper(choices, is_compared=years is not None))
        made = self._made.get(key)
        if made is None or made.generation != self._generation:
            last = made.paper if made and made.paper else self._last(held.key)
            photos = made.photos if made else frozenset[str]()
            made = _Made(self._generation, last, reading.faults, photos=photos)
            if reading.candidate is not None:
                made.photos = absolute(_photos(held, reading.candidate.summary))
                try:
                    with _warned() as notes:
                        made.paper = self._laid_out(held, reading.candidate, choices, years)
                    made.notes = (*notes, *made.paper.notes)
                except KepuError as error:
                    made.faults = tuple(_on_lines(error.faults, reading.candidate))
            self._keep(key, made)
        return made

    def _paper_beside(self, held: HeldRecord, choices: Choices) -> _Made:
        """Return the paper of an earlier year, without comparisons."""
        return self._paper(held, read_held(self._engine, held), choices, None)

    def _laid_out(self, held: HeldRecord, candidate: Candidate, choices: Choices, years: EarlierYears | None) -> Paper:
        with naming(held.record, with_field=True):
            document = self._composed(held, candidate.summary, choices, years, embed=False)
            return lay_out(self._engine, document, self._options(choices))

    def _composed(
        self, held: HeldRecord, summary: WorkSummary, choices: Choices, years: EarlierYears | None, *, embed: bool
    ) -> Document:
        subject = self._subject
        settings = DocumentSettings(choices.wording or None, choices.headings or None, years, subject.against_table)
        return self._engine.compose(
            settings.applied(summary),
            choices.locale,
            photos=Path(held.record.folder) if held.record.folder else None,
            embed=embed,
            templates=subject.templates,
            convert=subject.convert and canonical(choices.locale).startswith(_TRADITIONAL),
        )

    def _options(self, choices: Choices) -> RenderOptions:
        return RenderOptions(choices.look, read_reference(self._subject.reference or b""), self._subject.toc)

    def _keep(self, key: tuple[str, Choices], made: _Made) -> None:
        self._made[key] = made
        self._made.move_to_end(key)
        while len(self._made) > 1 and (len(self._made) > _PAPERS or self._bytes() > _PAPER_BYTES):
            self._made.popitem(last=False)
        self._photos = frozenset[str]().union(*(each.photos for each in self._made.values()))

    def _bytes(self) -> int:
        return sum(each.paper.bytes for each in self._made.values() if each.paper)

    def _last(self, key: str) -> Paper | None:
        """Return the latest paper of a record, with any choices."""
        return next(
            (made.paper for (each, _), made in reversed(self._made.items()) if each == key and made.paper), None
        )

    def part(self, digest: str) -> tuple[str, bytes] | None:
        """Return the form and the content of a part of a paper that is kept."""
        with self._lock:
            papers = [made.paper for made in self._made.values()]
        paper = next((each for each in papers if each and digest in each.digests), None)
        return (paper.form, paper.parts[paper.digests.index(digest)]) if paper else None

    def download(self, query: dict[str, str], name: str) -> Download | None:
        """Return a record's document in a format; ``None`` for an unknown record or format.

        Raises ``KepuError`` with the faults of the record.
        """
        with self._lock:
            choices = self.offers().chosen(query, self._usual)
            held = self._now.records.find(choices.record)
            renderer = self._engine.registry.renderers.get(name)
            if held is None or renderer is None:
                return None
            reading = self._read_anew(held)
            if reading.summary is None:
                raise KepuError(reading.faults)
            with naming(held.record), _warned():
                document = self._composed(held, reading.summary, choices, self._now.earlier.years, embed=True)
                content = self._engine.render(document, name, heeded(self._engine, name, self._options(choices)))
            return Download(file_name(document.title, renderer.suffix), renderer.media_type, content)

    def _list(self, shown: str) -> Iterator[Listed]:
        """Yield the records of the source, each with what is known of it."""
        for held in self._now.records.all:
            looked = self._looked.get(held.key)
            is_known = looked is not None and looked.digest == (held.digest, self._rules)
            yield Listed(
                held.key,
                visible((looked.name if looked else "") or _called(held)),
                visible(held.record.place or os.path.basename(held.file)),
                faults=looked.faults if looked and is_known else None,
                remarks=looked.remarks if looked and is_known else None,
                is_old=held.is_old,
                is_shown=held.key == shown,
            )

    def _look(self, held: HeldRecord, reading: Reading, remarks: int | None) -> None:
        known = self._looked.get(held.key)
        name = reading.name or (known.name if known else "")
        self._looked[held.key] = _Looked((held.digest, self._rules), name, len(reading.faults), remarks)

    def survey(self, seconds: float) -> bool:
        """Check records of the list for at most a number of seconds. Return whether more are left."""
        end = time.monotonic() + seconds
        with self._lock:
            for held in self._waiting():
                if time.monotonic() > end:
                    return True
                known = self._looked.get(held.key)
                reading = read_held(self._engine, held)
                # The names of all are collected before the first is checked: one rule looks for names of other
                # communities.
                is_read = known is not None and known.digest == (held.digest, self._rules)
                remarks = len(self._remarks(reading, self._before(reading.summary))) if is_read else None
                self._look(held, reading, 0 if reading.summary is None else remarks)
                self._surveyed += 1
            return next(iter(self._waiting()), None) is not None

    def _waiting(self) -> list[HeldRecord]:
        """Return the records that have not been fully checked, those not yet read first."""
        unread: list[HeldRecord] = []
        unchecked: list[HeldRecord] = []
        for held in self._now.records.all:
            looked = self._looked.get(held.key)
            if looked is None or looked.digest != (held.digest, self._rules):
                unread.append(held)
            elif looked.remarks is None:
                unchecked.append(held)
        return unread or unchecked


def _called(held: HeldRecord) -> str:
    """Return the name of a record whose community is unknown."""
    return os.path.basename(held.file) or held.record.name


def _of_paper(choices: Choices, *, is_compared: bool) -> Choices:
    """Return the choices that affect the paper; beside another one it is shown without comparisons."""
    return replace(choices, record="", ui="", beside="" if is_compared else "1")


def _on_lines(faults: Iterable[Fault], candidate: Candidate) -> Iterator[Fault]:
    """Yield faults of composing, which only know the field, with the line of the field."""
    for fault in faults:
        if fault.path and fault.place.line is None and not fault.place.cell:
            place = candidate.places.place(fault.path, "", 0, 0)
            fault = replace(fault, place=replace(place, field=fault.place.field))
        yield fault


def _photos(held: HeldRecord, summary: WorkSummary) -> Iterator[str]:
    """Yield the paths of a record's photographs."""
    for section in summary.sections:
        for photo in section.photos:
            yield os.path.join(held.record.folder, *photo.file.split("/"))


@contextmanager
def _warned() -> Iterator[list[Message]]:
    """Collect the warnings issued in the block in a list."""
    notes: list[Message] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", KepuWarning)
        yield notes
    notes += [each.message.message for each in caught if isinstance(each.message, KepuWarning)]
