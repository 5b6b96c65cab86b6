"""The summaries of bodies as files: records, or documents that carry them."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

import yaml

from kepu_docs.composing.snapshots import Snapshot
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.errors import N_, OutputError, Place
from kepu_docs.locale.chain import DEFAULT_LOCALE
from kepu_docs.output.files import write_files
from kepu_docs.pipeline import Engine, NamesTaken, make_folder
from kepu_docs.pipeline.document_settings import NO_SETTINGS, DocumentSettings
from kepu_docs.pipeline.locations import locations
from kepu_docs.rollups.report import RolledUp

_USUAL: Final = "docx"
_LONGEST_STEM: Final = 180
"""The longest name of a note, in bytes, without the suffix that marks it as a note."""
_WIDEST: Final = 1_000_000
_SUFFIXES: Final = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Form:
    """The form of the output. ``formats`` are those written into a folder: of documents, ``yaml`` or ``json``."""

    RECORDS: ClassVar[tuple[str, ...]] = ("yaml", "json")

    formats: tuple[str, ...] = (_USUAL,)
    locale: str = DEFAULT_LOCALE
    options: RenderOptions = field(default_factory=RenderOptions)
    embed: bool = True
    templates: Snapshot | None = None
    convert: bool = False
    """Whether documents show the records' words in Traditional characters; records are not converted."""
    settings: DocumentSettings = NO_SETTINGS
    """How documents are worded."""


class Written(NamedTuple):
    """A file that was written: a summary, or the note that belongs to one."""

    path: Path
    is_note: bool = False


def write_results(
    engine: Engine,
    results: Sequence[RolledUp],
    output: Path,
    form: Form,
    sources: Sequence[str] = (),
    note: Path | None = None,
) -> Iterator[Written]:
    """Write the summaries and yield the files: a single file if ``output`` has a known suffix, else files in a folder.

    A summary with something to review has its note beside it; ``note`` is another path for the note of a single
    summary. Raises ``OutputError``, also if a file would replace one of the ``sources``, and the errors of composing
    and rendering.
    """
    read = [location.path for location in locations(engine, sources)]
    registry = engine.registry
    formats = {registry.renderers[name].suffix: name for name in registry.formats}
    suffixes = {**_SUFFIXES, **formats}
    suffix = output.suffix.lower()
    is_file = suffix in suffixes and not output.is_dir()
    if len(results) != 1 and (is_file or note is not None):
        text = N_("there are {count} summaries to write; name a folder, not a file")
        raise OutputError.at(Place(str(output if is_file else note)), text, count=len(results))
    if note is not None and note.suffix.lower() not in formats:
        text = N_("the file for points to check must end in one of {known}")
        raise OutputError.at(Place(str(note)), text, known=", ".join(formats))
    # The note of a summary written as a record is a document of the usual format, if that is installed.
    usual = next((each for each in (*form.formats, _USUAL) if each in formats.values()), next(iter(formats), ""))
    endings = {format_name: suffix for suffix, format_name in reversed(suffixes.items())}
    notes = _Notes(engine, form, note, endings[usual], formats)
    if is_file:
        files = [(output, _content(engine, results[0], suffixes[suffix], form))]
        yield from _write(files, notes.of(results[0], output.parent, output.stem, suffix), read)
        return
    make_folder(output)
    names = NamesTaken()
    for result in results:
        contents = [(endings[name], _content(engine, result, name, form)) for name in form.formats]
        longest = max((ending for ending, _ in contents), key=len)
        shown = engine.converted(result.summary, form.locale).summary if form.convert else result.summary
        title = engine.composer(form.locale, form.templates).title(shown)
        stem = names.take(title, longest).removesuffix(longest)
        files = [(output / (stem + each), data) for each, data in contents]
        yield from _write(files, notes.of(result, output, stem), read)


class _Notes:
    """Makes the notes that belong to summaries, each with a unique name."""

    def __init__(self, engine: Engine, form: Form, place: Path | None, suffix: str, formats: Mapping[str, str]) -> None:
        self._engine = engine
        self._form = form
        self._place = place
        self._suffix = suffix
        self._formats = formats
        self._names = NamesTaken()

    def of(self, result: RolledUp, folder: Path, stem: str, suffix: str = "") -> list[tuple[Path, bytes]]:
        """Return the note of a summary, if there is one: beside its paper ``stem``, in the format of its ``suffix``."""
        form = self._form
        shown = self._engine.converted(result.summary, form.locale).summary if form.convert else result.summary
        document = self._engine.review_note(shown, form.locale, templates=form.templates)
        if document is None:
            return []
        path = self._place
        if path is None:
            ending = self._engine.composer(form.locale, form.templates).note_ending()
            suffix = suffix if suffix in self._formats else self._suffix
            # The suffix that marks it as a note is not cut off.
            while len(stem.encode()) > _LONGEST_STEM:
                stem = stem[:-1]
            path = folder / self._names.take(stem + ending, suffix)
        options = replace(form.options, toc=False)
        return [(path, self._engine.render(document, self._formats[path.suffix.lower()], options))]


def _write(files: list[tuple[Path, bytes]], notes: list[tuple[Path, bytes]], read: Sequence[str]) -> Iterator[Written]:
    _check([path for path, _ in (*files, *notes)], read)
    write_files([*files, *notes])
    yield from (Written(path) for path, _ in files)
    yield from (Written(path, is_note=True) for path, _ in notes)


def _check(paths: Sequence[Path], read: Sequence[str]) -> None:
    """Raise ``OutputError`` for the path of a file that was read, under any name."""
    known = set()
    for source in read:
        with suppress(OSError, ValueError):
            status = os.stat(source)
            known.add((status.st_dev, status.st_ino))
    for path in paths:
        with suppress(OSError):
            status = os.stat(path)
            if (status.st_dev, status.st_ino) in known:
                raise OutputError.at(
                    Place(str(path)), "this is one of the sources; choose another name or another folder"
                )


def _content(engine: Engine, result: RolledUp, format_name: str, form: Form) -> bytes:
    if format_name == "json":
        return (json.dumps(result.data, ensure_ascii=False, indent=1) + "\n").encode()
    if format_name == "yaml":
        dumped = yaml.safe_dump(dict(result.data), allow_unicode=True, sort_keys=False, width=_WIDEST)
        return str(dumped).encode()
    document = engine.compose(
        form.settings.applied(result.summary),
        form.locale,
        embed=form.embed,
        templates=form.templates,
        convert=form.convert,
    )
    return engine.render(document, format_name, form.options)
