"""The command ``rollup``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kepu_docs.cli import options as option
from kepu_docs.cli.choices import known_formats
from kepu_docs.cli.document_options import document_settings
from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_, Place
from kepu_docs.locale.chain import DEFAULT_LOCALE

if TYPE_CHECKING:
    from kepu_docs.rollups import RollupReport

_MOST_SHOWN = 20


def rollup(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Workbook, record file, folder, file name pattern, database address, Word document "
            "made by kepu-docs, or -.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Record (.yaml, .json) or document (.docx, .pdf, .html, .md, .txt) to write; "
            "or a folder, for one or more.",
        ),
    ],
    by: Annotated[
        str, typer.Option("--by", metavar="LEVEL", help="Make a summary for each: street, district or city.")
    ] = "",
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Name of the body (default: taken from the records).")
    ] = "",
    period: Annotated[
        str, typer.Option("--period", metavar="P", help="Period of the summary (default: taken from the records).")
    ] = "",
    expected: Annotated[
        str,
        typer.Option(
            "--expected",
            metavar="FILE",
            help="Communities that should have sent a summary: a text file with one name or code on "
            "each line, or a workbook or other source.",
        ),
    ] = "",
    against: Annotated[
        str, typer.Option("--against", metavar="SOURCE", help="Records of an earlier year, for comparison.")
    ] = "",
    figures: Annotated[
        Path | None,
        typer.Option(
            "--figures",
            metavar="FILE.xlsx",
            help="Workbook to write, with the origin of each figure and the national survey.",
        ),
    ] = None,
    note: Annotated[
        Path | None,
        typer.Option(
            "--note", metavar="FILE", help="File for what the office has to check (default: next to the summary)."
        ),
    ] = None,
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="F,F",
            help="Formats to write into a folder, separated by commas; yaml is possible too.",
        ),
    ] = "docx",
    locale: option.DocumentLocale = DEFAULT_LOCALE,
    look: option.Look = "",
    reference: option.Reference = None,
    toc: option.Toc = False,
    pdf_standard: option.PdfStandard = "",
    templates: option.Templates = None,
    convert: option.Convert = False,
    wording: option.Wording = None,
    headings: option.Headings = None,
    no_embed: option.NoEmbed = False,
) -> None:
    """Add up communities' summaries for a street, district or city."""
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.pipeline import read_reference
    from kepu_docs.reading.times import record_period
    from kepu_docs.rollups import LEVELS, Form, write_results
    from kepu_docs.rollups import rollup as add_up

    interface: Interface = context.obj
    engine = interface.engine()
    level = next((each for each in LEVELS if each == by), None)
    if by and level is None:
        text = N_("there is no level “{level}”; the levels are: {known}")
        raise interface.wrong("--by", text, level=by, known=", ".join(LEVELS))
    wanted = [each.strip() for each in formats.split(",")]
    documents = [each for each in wanted if each not in Form.RECORDS]
    if documents or not wanted:
        known_formats(engine.registry, ",".join(documents), interface)
    options = RenderOptions(look, read_reference(reference or b""), toc, pdf_standard)
    settings = document_settings(engine, None, wording, headings)
    own = engine.templates(templates) if templates is not None else None
    form = Form(tuple(wanted), locale, options, embed=not no_embed, templates=own, convert=convert, settings=settings)
    engine.composer(locale, own)
    if convert:
        engine.converter(locale)
    report = add_up(
        sources,
        by=level,
        name=name,
        period=record_period(period) if period else None,
        expected=expected or None,
        against=against or None,
        figures=figures,
        locale=locale,
    )
    notes: list[Path] = []
    for path, is_note in write_results(engine, report.results, output, form, sources, note):
        if is_note:
            notes.append(path)
        else:
            interface.say("{path}", path=path)
    if figures:
        interface.say("{path}", path=figures)
    if convert:
        for result in report.results:
            for remark in engine.converted(result.summary, locale).remarks(Place(result.body.path)):
                interface.warn(remark)
    _show_report(report, interface)
    for path in notes:
        interface.note(N_("points to check: {path}"), path=path)
    if not report.complete:
        raise typer.Exit(1)


def _show_report(report: "RollupReport", interface: Interface) -> None:
    """Report what was added, what was not, and who is missing."""
    for warning in report.warnings[:_MOST_SHOWN]:
        interface.warn(warning)
    for fault in report.failures[:_MOST_SHOWN]:
        interface.fail(fault)
    if len(report.failures) > _MOST_SHOWN:
        interface.note(N_("and {count} more"), count=len(report.failures) - _MOST_SHOWN)
    for fault in report.source_faults:
        interface.fail(fault)
    interface.say(N_("records added up: {number}, left out: {failed}"), number=report.number, failed=report.failed)
    if report.missing:
        names = [who.community or who.code for who in report.missing[:_MOST_SHOWN]]
        more = len(report.missing) - len(names)
        interface.say(N_("not received: {names}"), names=", ".join(names))
        if more:
            interface.say(N_("and {count} more"), count=more)
