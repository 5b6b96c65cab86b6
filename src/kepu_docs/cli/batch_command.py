"""The command ``batch``."""

import signal
from typing import TYPE_CHECKING, Annotated

import typer

from kepu_docs.cli import options as option
from kepu_docs.cli.choices import known_formats
from kepu_docs.cli.document_options import document_settings
from kepu_docs.cli.form_command import named
from kepu_docs.cli.interface import Interface
from kepu_docs.cli.progress import clock, shown_progress
from kepu_docs.errors import N_, KepuError
from kepu_docs.locale.chain import DEFAULT_LOCALE

if TYPE_CHECKING:
    from kepu_docs.batch import BatchReport

_MOST_SHOWN = 20


def batch(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Workbook, record file, folder, file name pattern, database address, or - for standard input.",
        ),
    ],
    folder: option.Folder,
    formats: option.Formats = "docx",
    locale: option.DocumentLocale = DEFAULT_LOCALE,
    look: option.Look = "",
    reference: option.Reference = None,
    toc: option.Toc = False,
    pdf_standard: option.PdfStandard = "",
    form: option.Form = None,
    templates: option.Templates = None,
    convert: option.Convert = False,
    against: option.Against = None,
    against_table: option.AgainstTable = False,
    wording: option.Wording = None,
    headings: option.Headings = None,
    no_embed: option.NoEmbed = False,
    names: Annotated[
        str,
        typer.Option(
            "--names",
            metavar="PATTERN",
            help="Names of the documents (default: {district}/{street}/{community}-{period}); also "
            "{province}, {city}, {code}, {year}, {title}.",
        ),
    ] = "",
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", metavar="N", min=1, help="Number of processes (default: one for each processor)."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Make all documents again, overwriting changes made by hand.")
    ] = False,
    expected: Annotated[
        str,
        typer.Option(
            "--expected",
            metavar="LIST",
            help="Communities expected to report, and their contacts, for the report: a text file "
            "with one name or code on each line, or a workbook or other source.",
        ),
    ] = "",
    archive: Annotated[bool, typer.Option("--zip", help="Also pack the documents into DIR.zip.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not show progress.")] = False,
) -> None:
    """Make the documents of many records. Run it again to make only what is new, changed or missing."""
    from kepu_docs.batch import DEFAULT_PATTERN, render_batch
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.pipeline import read_reference

    interface: Interface = context.obj
    options = RenderOptions(look, read_reference(reference or b""), toc, pdf_standard, read_reference(form or b""))
    engine = interface.engine()
    wanted = known_formats(engine.registry, formats, interface)
    if form is not None:
        try:
            source = context.get_parameter_source("formats")
            if source is not None and source.name == "DEFAULT":
                wanted = [engine.form_format(options.form)]
            engine.require_form(options, locale, wanted)
        except KepuError as error:
            raise named(error, form) from None
    settings = document_settings(interface.engine(), against, wording, headings, table=against_table)
    # A scheduler that ends the run should find it in the same order as a user who presses Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with shown_progress(interface, quiet=quiet) as progress:
        report = render_batch(
            sources,
            folder,
            formats=wanted,
            locale=locale,
            options=options,
            embed=not no_embed,
            convert=convert,
            settings=settings,
            templates=templates,
            names=names or DEFAULT_PATTERN,
            jobs=jobs,
            fresh=fresh,
            archive=archive,
            expected=expected or None,
            progress=progress,
            translate=interface.translate,
        )
    _show_report(report, interface)
    if report.stopped:
        raise typer.Exit(130)
    if not report.complete:
        raise typer.Exit(1)


def _show_report(report: "BatchReport", interface: Interface) -> None:
    """Report what was done, what is wrong, and what to do about it."""
    for warning in report.warnings[:_MOST_SHOWN]:
        interface.warn(warning)
    faults = [fault for line in report.failures() for fault in line.errors]
    for place, message in faults[:_MOST_SHOWN]:
        interface.fail(": ".join(filter(None, (place, message))))
    more = len(faults) - _MOST_SHOWN
    if more > 0:
        interface.note(N_("and {count} more; all of them are in {report}"), count=more, report=report.report)
    for fault in report.source_faults:
        interface.fail(fault)
    interface.say(
        N_("{made} made, {unchanged} unchanged, {failed} failed, in {time} ({rate} a second)"),
        made=f"{report.made:,}",
        unchanged=f"{report.unchanged:,}",
        failed=f"{report.failed:,}",
        time=clock(report.seconds),
        rate=f"{(report.made + report.unchanged + report.failed) / max(report.seconds, 0.001):,.0f}",
    )
    if report.edited:
        interface.say(N_("documents changed by hand, and left as they are: {count}"), count=report.edited)
    if report.absent:
        text = N_("documents whose records are no longer in the source: {count}; see the report")
        interface.say(text, count=report.absent)
    if report.missing:
        text = N_("nothing received, though expected: {count}; see the report")
        interface.note(text, count=len(report.missing))
    names = sum(1 for _ in report.names())
    if names:
        interface.note(
            N_("names that were converted: {count}; review them in {report}"), count=names, report=report.report
        )
    interface.say(N_("documents: {folder}; report: {report}"), folder=report.folder, report=report.report)
    if report.archive:
        interface.say(N_("all documents: {archive}"), archive=report.archive)
    if report.stopped:
        interface.note(N_("stopped; run the same command again to make the rest"))
    elif report.source_faults:
        interface.note(
            N_("the source could not be read to the end; correct it and run the same command again to make the rest")
        )
    elif report.failed:
        interface.note(N_("correct these records and run the same command again to make what is missing"))
