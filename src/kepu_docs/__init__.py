"""kepu-docs: from the facts of a community's year of science popularisation to its finished work summary.

import kepu_docs

summary = kepu_docs.load("record.yaml")
document = kepu_docs.compose(summary)
data = kepu_docs.render(summary, "docx")

report = kepu_docs.render_batch("communities.jsonl", "out")
report = kepu_docs.check("record.yaml")
district = kepu_docs.rollup("communities.jsonl", name="试验区").summary
"""

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import TYPE_CHECKING, Any

from kepu_docs.errors import (
    DocumentError,
    Fault,
    FormatError,
    KepuError,
    KepuWarning,
    OutputError,
    Place,
    PluginError,
    RecordError,
    RenderError,
    SettingsError,
    SourceError,
    TemplateError,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from sqlalchemy import Connection, Executable
    from sqlalchemy import Engine as DatabaseEngine

    from kepu_docs.batch import BatchReport, OnFault, Progress, RenderedDocuments
    from kepu_docs.blocks import Document
    from kepu_docs.checking import CheckReport
    from kepu_docs.contract.sources import Frame, Rows, Tables
    from kepu_docs.importing.documents import ImportedSummary
    from kepu_docs.pipeline import Engine
    from kepu_docs.pipeline.document_settings import DocumentSettings
    from kepu_docs.pipeline.engine import UnknownSections
    from kepu_docs.pipeline.objects import Records
    from kepu_docs.pipeline.traditional import Converted
    from kepu_docs.rollups import By, RollupReport
    from kepu_docs.schema import WorkSummary

    __version__: str

__all__ = [
    "Document",
    "DocumentError",
    "Engine",
    "Fault",
    "FormatError",
    "KepuError",
    "KepuWarning",
    "OutputError",
    "Place",
    "PluginError",
    "RecordError",
    "RenderError",
    "SettingsError",
    "SourceError",
    "TemplateError",
    "WorkSummary",
    "__version__",
    "check",
    "compose",
    "import_document",
    "iter_rendered",
    "load",
    "render",
    "render_batch",
    "rollup",
    "rows",
    "tables",
    "to_traditional",
]


def load(
    source: "str | PathLike[str] | Mapping[str, Any]",
    *,
    unknown_sections: "UnknownSections" = "refuse",
    engine: "Engine | None" = None,
) -> "WorkSummary":
    """Return the summary of a record: a path of a YAML, JSON or TOML file, or the record's data.

    The path of a Word document of ours gives the record that the document carries. With ``unknown_sections="keep"``,
    sections of kinds that no installed plugin has are kept as data and named by a ``KepuWarning``, where else they are
    faults. ``engine`` is one of your own, here as in the functions below; without it, it is that of the installed
    plugins. Raises ``RecordError`` with all faults
    of the record, each with its place.
    """
    return _used(engine).load(source, unknown_sections=unknown_sections)


def compose(
    summary: "WorkSummary",
    *,
    locale: str | None = None,
    photos: "str | PathLike[str] | None" = None,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
    convert: "bool | Converted" = False,
    earlier: "WorkSummary | None" = None,
    wording: str | None = None,
    headings: str | None = None,
    engine: "Engine | None" = None,
) -> "Document":
    """Return the document of a summary: its title and blocks, the same for all formats.

    ``locale`` is its language, ``zh_Hans`` where neither this nor the engine says another; ``photos`` is the folder
    from which the record names the files of its photographs; ``embed`` says whether the record goes into formats that
    can carry it; ``templates`` is a folder of wording templates of your own. With ``convert``, for ``zh_Hant`` alone,
    the document shows the record's own words in Traditional characters, and carries the record as it was; names should
    be reviewed then: what :func:`to_traditional` gave lists them, and may be given here too.

    ``earlier`` is the summary of last year, or of another time as long, with whose figures those of this one are
    compared. ``wording`` is ``varied`` or ``plain``, ``headings`` are ``plain`` or ``message``; they count before what
    the record says of them. The record that the document carries has the earlier figures, and these.

    Raises ``TemplateError`` when a wording template fails, ``PluginError`` when a plugin does, ``RecordError`` for a
    photograph or a time that cannot be compared, ``SettingsError`` for another wording, and what
    :func:`to_traditional` raises.
    """
    return _used(engine).compose(
        summary,
        locale,
        photos=photos,
        embed=embed,
        templates=templates,
        convert=convert,
        earlier=earlier,
        wording=wording,
        headings=headings,
    )


def to_traditional(summary: "WorkSummary", *, locale: str = "zh_Hant", engine: "Engine | None" = None) -> "Converted":
    """Return a summary with its words in Traditional characters, and the ``names`` in it that had others.

    Characters are exchanged by the phrase that they stand in, with OpenCC's tables, as Taiwan writes them (Hong Kong in
    ``zh_Hant_HK``); codes, files of photographs, choices, figures and times stay, and so does what is Traditional
    already. Each of the ``names`` has ``field``, ``written``, ``shown``, and ``several``: those of its characters that
    have several Traditional forms, of which another may be right. Raises ``SettingsError`` for a locale that is not
    written in Traditional characters, and where the extra ``traditional`` is not installed.
    """
    return _used(engine).converted(summary, locale)


def render(
    summary: "WorkSummary | Document",
    format: str,  # noqa: A002
    *,
    locale: str | None = None,
    photos: "str | PathLike[str] | None" = None,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
    convert: "bool | Converted" = False,
    earlier: "WorkSummary | None" = None,
    wording: str | None = None,
    headings: str | None = None,
    look: str | None = None,
    reference: "str | PathLike[str] | bytes | None" = None,
    toc: bool | None = None,
    pdf_standard: str | None = None,
    form: "str | PathLike[str] | bytes | None" = None,
    engine: "Engine | None" = None,
) -> bytes:
    """Return the finished file of a summary in a format: ``docx``, ``pdf``, ``md``, ``txt``, or a plugin's.

    A document that :func:`compose` made is taken as it is: so several formats of one summary are composed once, and
    ``locale``, ``photos``, ``embed``, ``templates``, ``convert``, ``earlier``, ``wording`` and ``headings``, which are
    as :func:`compose` has them, are those it was composed with. ``look``,
    ``reference`` (a Word document whose page and styles are to be taken: its path or its bytes), ``toc`` (a table of
    contents) and ``pdf_standard`` (``a-2b``, ``a-3a,ua-1``, ``none``; by itself PDF/A-3a) are obeyed by formats that
    have them. Raises what :func:`compose` raises, ``FormatError`` for an unknown
    format, and ``RenderError``.
    """
    from kepu_docs.blocks import Document

    used = _used(engine)
    if not isinstance(summary, Document):
        options = used.options_with(look, reference, toc, form=form)
        summary = used.compose(
            summary,
            locale,
            photos=photos,
            embed=embed,
            templates=templates,
            convert=convert,
            earlier=earlier,
            wording=wording,
            headings=headings,
            form=used.form_plan(options),
        )
    return used.render(summary, format, look=look, reference=reference, toc=toc, pdf_standard=pdf_standard, form=form)


def import_document(
    path: "str | PathLike[str]",
    *,
    period: str | int | None = None,
    community: str | None = None,
    full_width: bool = False,
    form: "str | PathLike[str] | bytes | None" = None,
    engine: "Engine | None" = None,
) -> "tuple[ImportedSummary, ...]":
    """Return the summaries of an existing document, .docx, .txt or .md: mostly one, each with a record that loads.

    ``period`` and ``community`` say what the document does not; ``full_width`` makes punctuation between hanzi
    full-width. ``form`` is the form that the document was filled into, with its placeholders: of a document that does
    not carry its record, what stands in their places is read. Raises ``DocumentError`` for a document that is broken or
    refused, or is not of the form, ``TemplateError`` for a form that is wrong, ``RecordError`` for a file that cannot
    be read.
    """
    from kepu_docs.importing import documents

    return documents.import_document(
        path, period=period, community=community, full_width=full_width, form=form, engine=engine
    )


def render_batch(
    sources: "Records",
    folder: "str | PathLike[str]",
    *,
    formats: str | Sequence[str] = ("docx",),
    locale: str | None = None,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
    convert: bool = False,
    earlier: "Records | None" = None,
    earlier_table: bool = False,
    wording: str | None = None,
    headings: str | None = None,
    look: str | None = None,
    reference: "str | PathLike[str] | bytes | None" = None,
    toc: bool | None = None,
    pdf_standard: str | None = None,
    form: "str | PathLike[str] | bytes | None" = None,
    names: str = "",
    jobs: int | None = None,
    executor: "Executor | None" = None,
    fresh: bool = False,
    archive: bool = False,
    source_name: str = "records",
    photos: "str | PathLike[str] | None" = None,
    expected: "str | PathLike[str] | None" = None,
    progress: "Callable[[Progress], None] | None" = None,
    engine: "Engine | None" = None,
) -> "BatchReport":
    """Make the documents of all records of ``sources`` in ``folder``, and return what was done.

    A source is a path (workbook, file of records, folder), a pattern of names, the address of a database, or ``-`` for
    standard input; ``sources`` is one or several of them. Or it is objects of your program: an iterable or asynchronous
    iterable of data and summaries, taken one after the other; a data frame (pandas, polars, pyarrow); :func:`rows` of a
    database; or :func:`tables`. Messages call them ``records[0]`` and so on, or what ``source_name`` says, by which the
    manifest knows them again; ``photos`` is the folder from which they name the files of their photographs.

    What an earlier call made of the same records is left as it is, unless ``fresh``. ``names`` is the pattern of the
    documents' names, ``archive`` packs them into a ZIP archive as well. With ``convert``, as :func:`compose` has it,
    the report's ``names()`` are to be reviewed; its workbook lists them too. The work is done by ``jobs`` processes,
    one a processor if not given, or by ``executor``. An ``engine`` of your own works in this process alone. A record
    that is wrong fails alone, and the report names it; so does a source that cannot be read to its end.

    ``earlier`` is a source, or several, of the records of last year, with whose figures those of this one are compared:
    a community is known by its code, else by its name. With ``earlier_table`` the figures of both years also stand in a
    table. ``wording`` and ``headings`` are as :func:`compose` has them.

    ``expected`` is a list of who should be among the records, as :func:`rollup` has it: the report names who of it is
    missing, and whom to ask, where the list says so.

    ``progress`` is called whenever some records, at most a few dozen, are done with. What it raises ends the run, and
    comes out of this call; the folder is in order then, and the next run goes on from there. For ``KeyboardInterrupt``
    there is a report instead, which is ``stopped``.

    Raises ``SourceError`` for a source that is not there, ``TemplateError`` for templates that cannot be read,
    ``FormatError`` for an unknown format, ``OutputError`` when the disk fails, and what an iterable of yours raises;
    what was made until then is kept.
    """
    from kepu_docs import batch

    used = _used(engine)
    return batch.render_batch(
        sources,
        folder,
        formats=[formats] if isinstance(formats, str) else formats,
        locale=used.locale if locale is None else locale,
        options=used.options_with(look, reference, toc, pdf_standard, form),
        embed=embed,
        convert=convert,
        settings=_settings(used, earlier, wording, headings, table=earlier_table),
        templates=used.own_templates if templates is None else templates,
        names=names or batch.DEFAULT_PATTERN,
        jobs=jobs,
        executor=executor,
        fresh=fresh,
        archive=archive,
        source_name=source_name,
        photos=photos,
        expected=expected,
        progress=progress or (lambda progress: None),
        engine=engine,
    )


def iter_rendered(
    records: "Records",
    formats: str | Sequence[str] = ("docx",),
    *,
    locale: str | None = None,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
    convert: bool = False,
    earlier: "Records | None" = None,
    earlier_table: bool = False,
    wording: str | None = None,
    headings: str | None = None,
    look: str | None = None,
    reference: "str | PathLike[str] | bytes | None" = None,
    toc: bool | None = None,
    pdf_standard: str | None = None,
    form: "str | PathLike[str] | bytes | None" = None,
    names: str = "",
    source_name: str = "records",
    photos: "str | PathLike[str] | None" = None,
    on_fault: "OnFault" = "raise",
    engine: "Engine | None" = None,
) -> "RenderedDocuments":
    """Return an iterator over the documents of many records: name and bytes of each, made when it is asked for.

    Nothing is written. ``records`` is whatever :func:`render_batch` takes; names are those that it gives, with ``/``
    between folders, each of them once. What is returned may be used in a ``for``, or in an ``async for``, which makes
    the documents in another thread and takes asynchronous records in its own event loop.

    The error of a record that is wrong, whose faults name it, is raised when its turn has come, and ends it. With
    ``on_fault="skip"`` the record is left out; or ``on_fault`` is a function that is called with the error, and then
    the next record has its turn. A source that cannot be read to its end raises ``SourceError`` at the end in any case.
    What sources remark is a ``KepuWarning``, and so are the names that were converted. Raises at once what
    :func:`render_batch` raises for its arguments.
    """
    from kepu_docs import batch
    from kepu_docs.pipeline.objects import as_sources

    used = _used(engine)
    return batch.RenderedDocuments(
        used,
        as_sources(records, name=source_name, photos=photos),
        [formats] if isinstance(formats, str) else formats,
        used.locale if locale is None else locale,
        used.options_with(look, reference, toc, pdf_standard, form),
        batch.NamePattern(names or batch.DEFAULT_PATTERN),
        embed=embed,
        convert=convert,
        settings=_settings(used, earlier, wording, headings, table=earlier_table),
        templates=used.own_templates if templates is None else templates,
        on_fault=on_fault,
    )


def rows(select: "Executable", bind: "DatabaseEngine | Connection") -> "Rows":
    """Return the rows that a database gives for a SELECT of SQLAlchemy, for :func:`render_batch` and the like.

    ``bind`` is an engine, or a connection, which stays open. The columns are those of the table ``communities`` of a
    workbook, in any of the languages; ``select`` may name them with ``label()``. A row is a record.
    """
    from kepu_docs.contract.sources import Rows

    return Rows(select, bind)


def tables(tables: "Mapping[str, Frame | Rows]") -> "Tables":
    """Return several tables as one source of records, for :func:`render_batch` and the like.

    They are called as the sheets of a workbook: ``communities``, with a row for each record, and ``training.sessions``
    and so on, whose column ``code`` says whose row it is. Each is a data frame, or :func:`rows` of a database.
    """
    from kepu_docs.contract.sources import Tables

    return Tables(tables)


def check(
    source: "Records",
    *,
    config: "str | PathLike[str] | None" = None,
    rules: Sequence[str] = (),
    without: Sequence[str] = (),
    against: "Records" = (),
    fix: bool = False,
    engine: "Engine | None" = None,
) -> "CheckReport":
    """Return what is wrong in records: remarks, each with rule, severity, place, what is wrong, what would be right.

    ``source`` is what :func:`render_batch` takes, a document that :func:`import_document` reads, a summary, or the data
    of one. ``config`` is a TOML file of settings; ``rules`` are the only ones wanted, ``without`` those that are not;
    ``against`` names sources of earlier records, to find what was taken over. With ``fix`` what is safe is put right in
    files of YAML, JSON, TOML and plain text. A record that cannot be loaded is a remark, too.

    Raises ``SourceError`` for a source that is not there, ``SettingsError`` or ``RecordError`` for the settings.
    """
    from contextlib import suppress
    from pathlib import Path

    from kepu_docs import checking
    from kepu_docs.importing.document_candidates import document_readers
    from kepu_docs.pipeline.objects import as_sources
    from kepu_docs.schema import WorkSummary

    used = _used(engine)
    known = checking.Checker(used, checking.Settings()).rules
    settings = checking.Settings.read(Path(config), known) if config is not None else checking.Settings()
    settings = settings.chosen(rules, without)
    is_alone = isinstance(against, tuple) and not against
    if is_alone and isinstance(source, WorkSummary | Mapping):
        # Data that is no record has its faults reported as those of any source.
        with suppress(RecordError):
            summary = source if isinstance(source, WorkSummary) else used.load(source)
            return checking.check_summary(used, summary, settings)
    documents = document_readers(used)
    earlier = as_sources(against, name="against")
    return checking.check(used, as_sources(source), settings, against=earlier, mend=fix, documents=documents)


def rollup(
    sources: "Records",
    *,
    by: "By | None" = None,
    name: str = "",
    period: "int | str | Mapping[str, Any] | None" = None,
    expected: "str | PathLike[str] | None" = None,
    against: "Records | None" = None,
    figures: "str | PathLike[str] | None" = None,
    locale: str | None = None,
    engine: "Engine | None" = None,
) -> "RollupReport":
    """Add up the records of ``sources`` to those of the bodies that their communities belong to.

    Sources are what :func:`render_batch` takes, and Word documents of ours. ``by`` makes a summary for each ``street``,
    ``district`` or ``city``; without it there is one, whose ``summary`` the report has. ``name`` is that of the body,
    and ``period`` its time, where they shall not be the records' own. ``expected`` is the list of those who should have
    sent a record, ``against`` are the records of an earlier year, ``figures`` is the workbook to write in which each
    figure can be followed to its records, in the language of ``locale``. A record that is wrong is left out, and the
    report names it.

    Raises ``SourceError`` where there is nothing to add up, or no name; ``OutputError`` for the workbook;
    ``RecordError`` or ``PluginError`` where what was added up makes no record.
    """
    from kepu_docs.rollups.rollup_run import rollup as add_up

    used = _used(engine)
    return add_up(
        sources,
        by=by,
        name=name,
        period=period,
        expected=expected,
        against=against,
        figures=figures,
        locale=used.locale if locale is None else locale,
        engine=used,
    )


def _used(engine: "Engine | None") -> "Engine":
    from kepu_docs.pipeline import default_engine

    return engine or default_engine()


def _settings(
    engine: "Engine", earlier: "Records | None", wording: str | None, headings: str | None, *, table: bool
) -> "DocumentSettings":
    from kepu_docs.pipeline.document_settings import DocumentSettings
    from kepu_docs.pipeline.earlier_records import read_earlier_years

    years = read_earlier_years(engine, earlier) if earlier is not None else None
    return DocumentSettings(wording, headings, years, table)


_CLASSES = {"Document": "kepu_docs.blocks", "Engine": "kepu_docs.pipeline", "WorkSummary": "kepu_docs.schema"}


def __dir__() -> list[str]:
    return __all__


def __getattr__(name: str) -> Any:
    """Return a class, or the version, that is looked up when it is first wanted: this package is imported quickly."""
    if name in _CLASSES:
        from importlib import import_module

        return globals().setdefault(name, getattr(import_module(_CLASSES[name]), name))
    if name == "__version__":
        from importlib.metadata import version

        return globals().setdefault(name, version("kepu-docs"))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
