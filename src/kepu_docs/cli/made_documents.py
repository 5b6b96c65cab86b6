"""What the commands ``render`` and ``fill`` do: the documents of a few records, one after the other."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_, Fault, KepuError, SourceError

if TYPE_CHECKING:
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.pipeline.document_settings import DocumentSettings


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
    """Write the documents of all records, and say where. A record that fails is reported; then the exit status is 1.

    Raises ``KepuError`` for what is wrong with all of them.
    """
    from kepu_docs.pipeline import NamesTaken, make_folder
    from kepu_docs.pipeline.locations import locations, not_written, records
    from kepu_docs.pipeline.newcomers import Newcomers
    from kepu_docs.pipeline.records import render_record
    from kepu_docs.pipeline.taken_levels import TakenLevels

    engine = interface.engine()
    own = engine.templates(templates) if templates is not None else None
    engine.composer(locale, own)
    engine.require_form(options, locale, formats)
    if convert:
        engine.converter(locale)
    make_folder(folder)
    names, levels, newcomers = NamesTaken(), TakenLevels(), Newcomers()
    done = failed = 0
    for given in sources:
        faults: list[Fault] = []
        try:
            found = not_written(locations(engine, [given], folder), engine.registry, formats, folder)
            for _, record in records(engine, found, faults):
                for warning in record.warnings:
                    interface.warn(warning)
                try:
                    paths, remarks = render_record(
                        engine,
                        record,
                        formats,
                        folder,
                        names,
                        locale,
                        options,
                        embed=embed,
                        templates=own,
                        convert=convert,
                        settings=settings,
                        levels=levels,
                        newcomers=newcomers,
                    )
                    for path in paths:
                        interface.say("{path}", path=path)
                    for remark in remarks:
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
