"""The work of the commands ``render`` and ``fill``: the documents of a few records, one after the other."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import typer

from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_, Fault, KepuError, SourceError

if TYPE_CHECKING:
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.contract.sources import SourceRecord
    from kepu_docs.pipeline.document_settings import DocumentSettings
    from kepu_docs.pipeline.records import Made

_STANDARD_OUTPUT: Final = Path("-")


class _Goal(Protocol):
    """The destination of documents."""

    def take(self, made: "Made", record: "SourceRecord") -> None:
        """Take the documents of one record. Raises ``KepuError``, and exceptions that end the command."""

    def end(self) -> None:
        """Finish, after a run without faults."""


class _Folder:
    """Writes documents into a folder, and reports their paths."""

    def __init__(self, interface: Interface, folder: Path) -> None:
        from kepu_docs.pipeline import NamesTaken, make_folder

        make_folder(folder)
        self._interface, self._folder, self._names = interface, folder, NamesTaken()

    def take(self, made: "Made", record: "SourceRecord") -> None:
        from kepu_docs.pipeline.records import write_made

        for path in write_made(made, record, self._folder, self._names).paths:
            self._interface.say("{path}", path=path)

    def end(self) -> None:
        return


class _StandardOutput:
    """Passes one document to standard output, once it is certain that there is no other."""

    def __init__(self, interface: Interface) -> None:
        self._interface, self._content = interface, b""

    def take(self, made: "Made", record: "SourceRecord") -> None:
        if self._content:
            text = N_("standard output takes one document, but there are several records; name a folder")
            raise self._interface.wrong("-o", text)
        ((_, self._content),) = made.documents

    def end(self) -> None:
        self._interface.streams.write_bytes(self._content)


def make_documents(
    interface: Interface,
    sources: Sequence[str],
    formats: Sequence[str],
    folder: Path,
    locale: str,
    options: "RenderOptions",
    *,
    templates: Path | None,
    convert: bool,
    settings: "DocumentSettings",
    embed: bool,
) -> None:
    """Write the documents of all records, and report their paths. If a record fails, the exit status is 1.

    The folder ``-`` is standard output, which takes one document of one record, and nothing if any fault is found.
    Raises ``KepuError`` for faults that affect all of them.
    """
    from kepu_docs.pipeline.locations import locations, not_written, records
    from kepu_docs.pipeline.newcomers import Newcomers
    from kepu_docs.pipeline.records import render_record
    from kepu_docs.pipeline.taken_levels import TakenLevels

    is_printed = folder == _STANDARD_OUTPUT
    if is_printed and len(formats) != 1:
        raise interface.wrong("-o", N_("standard output takes only one format"))
    engine = interface.engine()
    own = engine.templates(templates) if templates is not None else None
    engine.composer(locale, own)
    engine.require_form(options, locale, formats)
    if convert:
        engine.converter(locale)
    levels, newcomers = TakenLevels(), Newcomers()
    goal: _Goal = _StandardOutput(interface) if is_printed else _Folder(interface, folder)
    done = failed = 0
    for given in sources:
        faults: list[Fault] = []
        try:
            warnings: list[Fault] = []
            found = locations(engine, [given], None if is_printed else folder, warnings)
            for warning in warnings:
                interface.warn(warning)
            found = found if is_printed else not_written(found, engine.registry, formats, folder)
            for _, record in records(engine, found, faults):
                for warning in record.warnings:
                    interface.warn(warning)
                try:
                    made = render_record(
                        engine,
                        record,
                        formats,
                        locale,
                        options,
                        embed=embed,
                        templates=own,
                        convert=convert,
                        settings=settings,
                        levels=levels,
                        newcomers=newcomers,
                    )
                    goal.take(made, record)
                    for remark in made.remarks:
                        interface.warn(remark)
                    done += 1
                except KepuError as error:
                    failed += 1
                    interface.complain(error)
        except KepuError as error:
            faults += error.faults
        if faults:
            failed += 1
            interface.complain(SourceError(faults))
    for remark in (*levels.remarks(), *newcomers.remarks()):
        interface.warn(remark)
    if failed:
        text = N_("{failed} of {count} records failed; {done} done")
        interface.note(text, failed=failed, count=done + failed, done=done)
        raise typer.Exit(1)
    goal.end()
