"""The command ``import``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_, InternalError, KepuError, Message, OutputError, Place
from kepu_docs.errors.visible import json_text

if TYPE_CHECKING:
    from kepu_docs.importing.documents import ImportedSummary
    from kepu_docs.pipeline import Engine

_JSON: Final = ".json"
_RECORDS: Final = (".yaml", ".yml", _JSON)
_SEVERAL: Final = N_("there are {count} summaries to write; name a folder, not a file")
_MOST_NOTES: Final = 5
"""How many words that were not understood are shown; the record contains all of them."""


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Documents: .docx, .txt or .md.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            help="Record of a single document (.yaml, .yml or .json), or a folder for records (default: next to each "
            "document).",
        ),
    ] = None,
    form: Annotated[
        Path | None,
        typer.Option(metavar="FORM.docx", help="The form with placeholders from which the documents were filled in."),
    ] = None,
    full_width: Annotated[
        bool, typer.Option("--full-width", help="Make punctuation between Chinese characters full-width.")
    ] = False,
    period: Annotated[
        str | None, typer.Option(metavar="P", help="The period of the summaries: 2025, 2025-H1, 2025-Q3.")
    ] = None,
    community: Annotated[
        str | None, typer.Option(metavar="NAME", help="The name of the community that the summaries are about.")
    ] = None,
) -> None:
    """Turn existing documents into records. No word is lost; what was not understood is listed."""
    from kepu_docs.importing.documents import import_document
    from kepu_docs.pipeline import make_folder, write_new_file

    interface: Interface = context.obj
    engine = interface.engine()
    failed = 0
    single = output if output is not None and _is_record(output, engine, interface) else None
    if single is not None and len(files) > 1:
        raise interface.wrong("-o", _SEVERAL, count=len(files))
    folder = output if single is None else single.parent
    if folder is not None:
        make_folder(folder)
    for file in files:
        try:
            summaries = import_document(
                file, period=period, community=community, full_width=full_width, form=form, engine=engine
            )
            if single is not None and len(summaries) > 1:
                raise OutputError.at(Place(str(single)), _SEVERAL, count=len(summaries))
            for number, summary in enumerate(summaries, 1):
                stem = file.stem if len(summaries) == 1 else f"{file.stem}-{number}"
                target = single or (file.parent if folder is None else folder) / f"{stem}.yaml"
                is_json = target.suffix.lower() == _JSON
                write_new_file(target, _content(summary, interface, is_json=is_json))
                interface.say("{path}", path=target)
                # Only YAML has comments, which have the rest.
                _show_report(summary, engine, interface, most=None if is_json else _MOST_NOTES)
        except KepuError as error:
            failed += 1
            interface.complain(error)
        except Exception as error:  # a fault of kepu-docs, which the next document need not have
            failed += 1
            interface.complain(InternalError.of(error, Place(str(file))))
            interface.trace(error)
    if failed:
        done = len(files) - failed
        text = N_("{failed} of {count} documents failed; {done} done")
        interface.note(text, failed=failed, count=len(files), done=done)
        raise typer.Exit(1)


def _is_record(output: Path, engine: "Engine", interface: Interface) -> bool:
    """Return whether ``output`` names a record rather than a folder; raise for a file of another kind."""
    suffix = output.suffix.lower()
    if output.is_dir() or not suffix:
        return False
    if suffix in _RECORDS:
        return True
    registry = engine.registry
    if suffix in registry.sources or suffix in {each.suffix for each in registry.renderers.values()}:
        text = N_("a document becomes a record; name a file that ends in one of {known}, or a folder")
        raise interface.wrong("-o", text, known=", ".join(_RECORDS))
    return False


def _content(summary: "ImportedSummary", interface: Interface, *, is_json: bool) -> bytes:
    from kepu_docs.importing.writing import record_text

    if is_json:
        return (json_text(summary.record, indent=2) + "\n").encode()
    return record_text(summary, interface.translate).encode()


def _show_report(summary: "ImportedSummary", engine: "Engine", interface: Interface, most: int | None) -> None:
    """Report the result in a few lines."""
    from kepu_docs.importing.documents import field_name
    from kepu_docs.importing.writing import note_text, short, where

    words = engine.languages.words(interface.locale)

    def say(text: str, **values: object) -> None:
        interface.say("  {line}", line=Message.of(text, **values))

    say(N_("title: {title}"), title=summary.title or interface.message(N_("none")))
    if summary.is_ours:
        say(N_("the document contains its record, which is extracted unchanged"))
    for section in summary.summary.sections:
        kind = words.choice(section.kind)
        say(N_("section: {heading} ({kind})"), heading=section.heading or kind, kind=kind)
    for fact in summary.facts:
        value = words.choice("true") if fact.value is True else fact.value
        text = N_("fact: {field} = {value}") if fact.guess is None else N_("guess: {field} = {value}")
        say(text, field=field_name(fact.path), value=value)
    for change in summary.changes:
        place, nothing = where(change.place, interface.translate), interface.message(N_("nothing"))
        old, new = short(change.old) or nothing, short(change.new) or nothing
        say(N_("changed since it was made, {place}: {old} -> {new}"), place=place, old=old, new=new)
    if summary.widened:
        say(N_("punctuation marks made full-width: {count}"), count=summary.widened)
    if summary.stripped:
        say(N_("lines left out around the text: {count}"), count=len(summary.stripped))
    for note in summary.unclear[:most]:
        say(N_("not understood: {note}"), note=note_text(note, interface.translate))
    if most is not None and len(summary.unclear) > most:
        say(N_("and {count} more, listed in the record"), count=len(summary.unclear) - most)
