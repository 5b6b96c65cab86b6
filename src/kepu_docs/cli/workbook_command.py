"""The command ``workbook``."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kepu_docs.cli.choices import complete_kinds, known_kinds
from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_

if TYPE_CHECKING:
    from kepu_docs.errors import Fault
    from kepu_docs.pipeline.records import Who
    from kepu_docs.starters.filled_in import FilledIn

_SUFFIX: Final = ".xlsx"
_LOCKED: Final = (("code", "code"), ("community", "name"), ("street", "street"), ("district", "district"))
"""The facts about a community in a list, and the record fields for them."""


def _complete_kinds(context: typer.Context, incomplete: str) -> list[str]:
    """Return the names of section kinds where they stand: after the name of the file, which is not completed."""
    given = context.params
    return complete_kinds(context, incomplete) if given.get("names") or given.get("output") else []


def workbook(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE.xlsx] [KIND]...",
            help="The file to write, which must not exist yet; then the section kinds to include "
            "(default: all). With -o, section kinds only.",
            autocompletion=_complete_kinds,
        ),
    ] = None,
    kinds: Annotated[
        list[str] | None,
        typer.Option(
            "--kind",
            "-k",
            metavar="KIND",
            help="Section kind to include; may be repeated.",
            autocompletion=complete_kinds,
        ),
    ] = None,
    short: Annotated[bool, typer.Option("--short", help="Only ask for items that most summaries use.")] = False,
    single: Annotated[
        bool, typer.Option("--single", help="For a single community: labels below one another, no codes.")
    ] = False,
    expected: Annotated[
        str,
        typer.Option(
            "--for",
            metavar="LIST",
            help="Make one for each community of a list: a text file with one name or code on each "
            "line, or a workbook or other source.",
        ),
    ] = "",
    report: Annotated[
        Path | None,
        typer.Option(
            "--return",
            metavar="REPORT",
            help="A workbook for each community with errors in a batch, with the errors marked in "
            "its cells: report.xlsx.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FOLDER", help="Folder to write to, with --for and --return."),
    ] = None,
    locale: Annotated[
        str | None, typer.Option(metavar="L", help="Language of the headings (default: as for messages).")
    ] = None,
) -> None:
    """Make workbooks for communities to fill in. One empty workbook for a whole district, or one for each community."""
    from kepu_docs.pipeline import empty_workbook, write_new_file
    from kepu_docs.starters.filled_in import FilledIn

    interface: Interface = context.obj
    engine = interface.engine()
    words = engine.languages.words(interface.locale if locale is None else locale)
    given = list(names or ())
    if (bool(expected) + (report is not None)) != (output is not None):
        raise interface.wrong("-o", N_("-o FOLDER needs either --for LIST or --return REPORT"))
    if output is None:
        if not given:
            raise interface.wrong("FILE.xlsx", N_("expected the name of the workbook to write"))
        file = Path(given.pop(0))
        chosen = known_kinds(engine, [*given, *(kinds or ())], interface)
        filled = FilledIn() if single else None
        write_new_file(file, empty_workbook(engine.registry, chosen, words, short=short, filled=filled))
        interface.say("{path}", path=file)
        return
    asked = [*given, *(kinds or ())]
    faults: list[Fault] = []
    books: Iterable[tuple[Who, bytes]]
    if report is not None:
        from kepu_docs.batch.returned_workbooks import returned_workbooks

        chosen = known_kinds(engine, asked, interface) if asked else []
        books = returned_workbooks(engine, report, words, chosen, faults)
    else:
        from kepu_docs.pipeline.expected import read_expected

        chosen = known_kinds(engine, asked, interface)
        communities = read_expected(engine, expected)
        books = (
            (who, empty_workbook(engine.registry, chosen, words, short=short, filled=_named(who)))
            for who, _ in communities
        )
    for path in write_copies(output, books):
        interface.say("{path}", path=path)
    for fault in faults:
        interface.fail(fault)
    if faults:
        raise typer.Exit(1)


def write_copies(folder: Path, books: "Iterable[tuple[Who, bytes]]") -> "Iterable[Path]":
    """Write the workbook of each community, named by its street and name, and yield the paths; no file is replaced."""
    from kepu_docs.pipeline import NamesTaken, make_folder, write_new_file

    make_folder(folder)
    taken = NamesTaken()
    for who, data in books:
        stem = "-".join(filter(None, (who.street, who.community or who.code)))
        path = folder / taken.take(stem, _SUFFIX)
        write_new_file(path, data)
        yield path


def _named(who: "Who") -> "FilledIn":
    """Return the known facts of a community, which are filled in and locked in its workbook."""
    from kepu_docs.contract.record_tables import COMMUNITIES
    from kepu_docs.starters.filled_in import ColumnPath, FilledIn, FilledRow

    known: dict[ColumnPath, str] = {
        ("community", field): value for name, field in _LOCKED if (value := str(getattr(who, name)))
    }
    return FilledIn({COMMUNITIES: [FilledRow(known)]}, frozenset(known))
