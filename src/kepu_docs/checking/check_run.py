"""A run: passes the records of sources and documents through the checker one by one."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from glob import glob, has_magic
from itertools import chain, islice
from pathlib import Path
from typing import Final, TypeAlias

from kepu_docs.checking.candidates import candidate_of
from kepu_docs.checking.checker import Checker
from kepu_docs.checking.document_places import DocumentPlaces
from kepu_docs.checking.mending import Edit, MendedFile, mended
from kepu_docs.checking.places import Candidate, NamedPlaces, TextPlaces
from kepu_docs.checking.remarks import CheckReport, Remark
from kepu_docs.checking.settings import Settings
from kepu_docs.errors import N_, Fault, InternalError, KepuError, Place, RecordError, SourceError
from kepu_docs.pipeline.engine import Engine
from kepu_docs.pipeline.locations import PRINTED, Location, locations, records
from kepu_docs.pipeline.objects import Objects, Source
from kepu_docs.pipeline.own_files import own_files, passed_over
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.written import written_texts

ReadDocument: TypeAlias = Callable[[Path], Iterable[Candidate]]
"""Reads the summaries of a document that is not a record. Raises ``KepuError``."""

_MOST_KNOWN: Final = 2_000
"""The number of records whose community names are collected before the first record is checked."""
_MOST_ROUNDS: Final = 10
"""The most rounds of mending: a correction may bring up another one that is safe."""


def check(
    engine: Engine,
    paths: Sequence[Source],
    settings: Settings,
    *,
    against: Sequence[Source] = (),
    mend: bool = False,
    documents: Mapping[str, ReadDocument] | None = None,
) -> CheckReport:
    """Check the records of ``paths`` and return the report; see :func:`as_sources` for ``paths``.

    ``against`` lists sources of earlier records, matched by the community's code, or by its name if it has no code.
    ``mend`` makes the safe corrections in YAML, JSON, TOML and plain text files. ``documents`` maps suffixes to the
    readers of files that are not records.

    Raises ``SourceError`` for a path that does not exist or that nothing can read.
    """
    return _Run(engine, settings, mend=mend, documents=documents or {}).checked(paths, against)


def check_summary(engine: Engine, summary: WorkSummary, settings: Settings) -> CheckReport:
    """Check a summary and return the report; its places are the paths of fields."""
    remarks = Checker(engine, settings).check(Candidate(summary, NamedPlaces("")))
    return CheckReport(tuple(remarks), 1)


class _Run:
    """The state of one run."""

    def __init__(
        self, engine: Engine, settings: Settings, *, mend: bool, documents: Mapping[str, ReadDocument]
    ) -> None:
        self._engine = engine
        self._checker = Checker(engine, settings)
        self._mend = mend
        self._documents = documents
        self._files: dict[str, MendedFile] = {}
        self._unmended: dict[str, Fault] = {}
        self._earlier: dict[str, WorkSummary] = {}
        self._warnings: list[Fault] = []

    def checked(self, paths: Sequence[Source], against: Sequence[Source]) -> CheckReport:
        """Check everything, and write the mended files."""
        for each in self._read(against) if against else ():
            if isinstance(each, KepuError):
                raise each
            community = each.summary.community
            self._earlier[f"name {community.name}"] = each.summary
            if community.code:
                self._earlier[f"code {community.code}"] = each.summary
        stream = self._read(paths)
        first = list(islice(stream, _MOST_KNOWN))
        names = dict.fromkeys(each.summary.community.name for each in first if isinstance(each, Candidate))
        communities = tuple(names) if len(names) > 1 else ()
        remarks: list[Remark] = []
        number = 0
        for each in chain(first, stream):
            number += 1
            if isinstance(each, KepuError):
                remarks += self._checker.refused(each)
                continue
            try:
                remarks += self._remarks(each, communities)
            except Exception as error:  # an internal error, which need not affect the next record
                remarks += self._checker.refused(InternalError.of(error, _place_of(each)), each.file)
        written = tuple(self._written())
        remarks = [replace(each, fixed=each.fixed and each.file not in self._unmended) for each in remarks]
        unmended = tuple(self._unmended.values())
        return CheckReport(tuple(remarks), number, written, unmended, tuple(self._warnings))

    def _read(self, paths: Sequence[Source]) -> Iterator[Candidate | KepuError]:
        """Yield the records of ``paths``, or their errors. Raises ``SourceError`` for a path that does not exist."""
        named = [path for path in paths if isinstance(path, str)]
        for path in named:
            if path != "-" and "://" not in path and not has_magic(path) and not os.path.exists(path):
                raise SourceError.at(Place(path), "there is no such file")
        sources: list[Location] = []
        found = {path: list(_files(path)) for path in named}
        own = self._own(found)
        for path in named:
            documents = [each for each in found[path] if _suffix(each) in self._documents and each not in own]
            for each in documents:
                yield from self._document(each)
            if documents != [path]:
                sources += self._sources(path, is_needed=not documents)
        sources += locations(self._engine, [each for each in paths if isinstance(each, Objects)])
        faults: list[Fault] = []
        for location, record in records(self._engine, sources, faults):
            try:
                yield candidate_of(self._engine, location.path, record)
            except KepuError as error:
                yield error
            except Exception as error:  # an internal error, which need not affect the next record
                yield InternalError.of(error, Place(record.name, cell=record.place))
        if faults:
            yield RecordError(faults)

    def _own(self, found: Mapping[str, Sequence[str]]) -> frozenset[str]:
        """Return the files that kepu-docs itself wrote, and note that they are not checked."""
        paths = [each for path, files in found.items() for each in files if each != path]
        known = [key for key in self._engine.registry.sources if key.startswith(".") and key != PRINTED]
        own = own_files(paths, [path for path, files in found.items() if path in files], (*self._documents, *known))
        self._warnings += passed_over(own)
        return frozenset(own)

    def _sources(self, path: str, *, is_needed: bool) -> list[Location]:
        """Return the sources of records at ``path``. Raises ``SourceError`` if there is none although one is needed."""
        try:
            found = locations(self._engine, [path])
        except SourceError:
            if is_needed:
                raise
            return []
        return [location for location in found if _suffix(location.path) not in self._documents]

    def _document(self, path: str) -> Iterator[Candidate | KepuError]:
        try:
            yield from self._documents[_suffix(path)](Path(path))
        except KepuError as error:
            yield error
        except Exception as error:  # an internal error, which need not affect the next document
            yield InternalError.of(error, Place(path))

    def _remarks(self, candidate: Candidate, communities: tuple[str, ...]) -> list[Remark]:
        community = candidate.summary.community
        before = self._earlier.get(f"code {community.code}") or self._earlier.get(f"name {community.name}")

        def found(each: Candidate) -> list[Remark]:
            return self._checker.check(each, earlier=before, communities=communities)

        remarks = found(candidate)
        if self._mend and any(remark.safe for remark in remarks):
            return self._mended(candidate, remarks, found)
        return remarks

    def _mended(
        self, candidate: Candidate, remarks: list[Remark], found: Callable[[Candidate], list[Remark]]
    ) -> list[Remark]:
        """Make the safe corrections in a record; return the remarks that are mended and those that remain."""
        places = candidate.places
        if not isinstance(places, TextPlaces | DocumentPlaces) or not candidate.file or not places.can_be_mended:
            text = N_("this file cannot be fixed automatically; correct it yourself")
            self._unmended[candidate.file] = Fault(Place(candidate.file or remarks[0].place.record), text)
            return remarks
        done: list[Remark] = []
        rest, now = remarks, places
        for _ in range(_MOST_ROUNDS):
            text, made = mended(now, edits := _edits(candidate, rest))
            if not made:
                break
            done += [replace(edits[edit], fixed=True) for edit in made]
            done_now = {id(edits[edit]) for edit in made}
            rest = [remark for remark in rest if id(remark) not in done_now]
            now = now.changed(text)
            if isinstance(now, TextPlaces):
                candidate = replace(candidate, summary=now.summary(), places=now)
                rest = found(candidate)
            else:
                break  # the summary of a document is not read again
        if not done:
            return remarks
        try:
            file = self._files.get(candidate.file) or MendedFile(Path(candidate.file))
            self._files[candidate.file] = file
            file.put(places.first_line, places.text, now.text)
        except KepuError as error:
            self._unmended[candidate.file] = error.faults[0]
            return remarks
        return [*done, *rest]

    def _written(self) -> Iterator[Path]:
        for name, file in self._files.items():
            try:
                file.write()
                yield file.path
            except KepuError as error:
                self._unmended[name] = error.faults[0]


def _files(path: str) -> Iterator[str]:
    """Yield the files that ``path`` names: a file, those in a folder and below, or those that match a pattern."""
    if os.path.isdir(path):
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (os.path.join(folder, name) for name in sorted(names) if not name.startswith((".", "~$")))
    elif os.path.exists(path):  # also a pipe, which its reader refuses
        yield path
    elif has_magic(path):
        yield from (each for each in sorted(glob(path, recursive=True)) if os.path.isfile(each))


def _place_of(candidate: Candidate) -> Place:
    try:
        return candidate.places.place((), "", 0, 0)
    except Exception:  # which may be the fault itself, or the error of a foreign source
        return Place(candidate.file)


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _edits(candidate: Candidate, remarks: Iterable[Remark]) -> dict[Edit, Remark]:
    """Return the safe corrections, each with its remark."""
    texts = {field.path: field.text for field in written_texts(candidate.summary)}
    return {
        Edit(remark.path, texts[remark.path], remark.start, remark.start + len(remark.words), remark.right): remark
        for remark in remarks
        if remark.safe and remark.right is not None
    }
