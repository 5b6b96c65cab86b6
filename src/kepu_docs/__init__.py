"""kepu-docs turns the facts of a community's year of science popularisation into its work summary.

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
    """Return the summary of a record: the path of a YAML, JSON or TOML file, or the record's data.

    The path of a Word document that kepu-docs wrote gives the record that the document carries. Sections of kinds that
    no installed plugin defines are faults; with ``unknown_sections="keep"`` they are kept as data, and a
    ``KepuWarning`` names each of them. ``engine`` is an engine of your own, here as in the functions below; the default
    is the engine of the installed plugins. Raises ``RecordError`` with all faults of the record, each with its place.
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

    ``locale`` is the language of the document; the default is that of the engine, or else ``zh_Hans``. ``photos`` is
    the folder that the file names of the record's photographs are relative to. ``embed`` says whether formats that can
    carry the record do so. ``templates`` is a folder of your own wording templates. With ``convert``, which is for
    ``zh_Hant`` alone, the document shows the record's own words in Traditional characters, and carries the record
    unchanged. Review the names then: the result of :func:`to_traditional` lists them, and may be passed to this
    function too.

    ``earlier`` is the summary of last year, or of another period of the same length; its figures are compared with
    those of this summary. ``wording`` is ``varied`` or ``plain``, ``headings`` is ``plain`` or ``message``; both take
    precedence over the settings in the record. The record that the document carries includes the earlier figures and
    these settings.

    Raises ``TemplateError`` when a wording template fails, ``PluginError`` when a plugin fails, ``RecordError`` for a
    faulty photograph or a period that cannot be compared, ``SettingsError`` for an unknown ``wording`` or ``headings``,
    and the errors of :func:`to_traditional`.
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
    """Return a summary with its words in Traditional characters, and the ``names`` in it that were converted.

    Characters are converted phrase by phrase with OpenCC's tables, to the forms used in Taiwan (in Hong Kong for
    ``zh_Hant_HK``). Codes, file names of photographs, choices, figures and times are not changed, nor is text that is
    already Traditional. Each of the ``names`` has ``field``, ``written``, ``shown`` and ``several``: the characters in
    it that have several Traditional forms, so that another form may be the right one. Raises ``SettingsError`` for a
    locale that is not written in Traditional characters, and when the extra ``traditional`` is not installed.
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

    A document that :func:`compose` returned is rendered as it is, so a summary is composed once for several formats;
    ``locale``, ``photos``, ``embed``, ``templates``, ``convert``, ``earlier``, ``wording`` and ``headings``, which have
    the same meaning as in :func:`compose`, are then those that it was composed with. ``look``, ``reference`` (the path
    or the bytes of a Word document that gives page layout and styles), ``toc`` (a table of contents) and
    ``pdf_standard`` (``a-2b``, ``a-3a,ua-1``, ``none``; the default is PDF/A-3a) apply to formats that support them.
    Raises the errors of :func:`compose`, ``FormatError`` for an unknown format, and ``RenderError``.
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

    ``period`` and ``community`` supply what the document does not state; ``full_width`` makes punctuation between hanzi
    full-width. ``form`` is the form that the document was filled into, with its placeholders: if the document does not
    carry its record, the values are read from the places of the placeholders. Raises ``DocumentError`` for a document
    that is broken, refused, or not made from the form, ``TemplateError`` for a faulty form, and ``RecordError`` for a
    file that cannot be read.
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
    """Make the documents of all records of ``sources`` in ``folder``, and return a report.

    A source is a path (workbook, file of records, folder), a file name pattern, the address of a database, or ``-`` for
    standard input; ``sources`` is one or several of them. It may also be objects of your program: an iterable or
    asynchronous iterable of data and summaries, consumed one at a time; a data frame (pandas, polars, pyarrow); the
    :func:`rows` of a database; or :func:`tables`. Messages call their records ``records[0]`` and so on, or use
    ``source_name`` instead, which also identifies them in the manifest of a later run; ``photos`` is the folder that
    their file names of photographs are relative to.

    Documents that an earlier call made of the same records are left as they are, unless ``fresh`` is set. ``names`` is
    the pattern of the documents' file names; ``archive`` also packs them into a ZIP archive. With ``convert``, as in
    :func:`compose`, review the report's ``names()``; its workbook lists them too. The work is done by ``jobs``
    processes, by default one for each processor, or by ``executor``. With an ``engine`` of your own, all work is done
    in this process. A faulty record fails alone, and the report names it; the same holds for a source that cannot be
    read to its end.

    ``earlier`` is one or several sources of last year's records; their figures are compared with those of this year. A
    community is matched by its code, or by its name if it has none. With ``earlier_table`` the figures of both years
    are also shown in a table. ``wording`` and ``headings`` are as in :func:`compose`.

    ``expected`` is a list of the communities that should be among the records, as in :func:`rollup`: the report names
    those that are missing, and the contact person if the list states one.

    ``progress`` is called each time a few records, at most a few dozen, are done. An exception that it raises ends the
    run and is raised from this call; the folder is left consistent, and the next run continues from there. After a
    ``KeyboardInterrupt`` a report is returned instead, with ``stopped`` set.

    Raises ``SourceError`` for a source that does not exist, ``TemplateError`` for templates that cannot be read,
    ``FormatError`` for an unknown format, ``OutputError`` when writing fails, and any exception of an iterable of
    yours; documents made until then are kept.
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
    """Return an iterator over the documents of many records: the name and bytes of each, made on demand.

    Nothing is written. ``records`` is anything that :func:`render_batch` accepts; names are the same as there, with
    ``/`` between folders, and unique. The iterator works in a ``for`` loop and in an ``async for`` loop; the latter
    makes the documents in another thread and reads asynchronous records in its own event loop.

    The error of a faulty record, with its faults, is raised when its turn comes, and ends the iteration. With
    ``on_fault="skip"`` the record is left out; if ``on_fault`` is a function, it is called with the error, and
    iteration continues with the next record. A source that cannot be read to its end always raises ``SourceError`` at
    the end. Remarks of sources and converted names are issued as ``KepuWarning``. The errors that :func:`render_batch`
    raises for its arguments are raised at once.
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
    """Return the rows that a database gives for a SELECT of SQLAlchemy, as a source for :func:`render_batch`.

    ``bind`` is an engine, or a connection, which stays open. The columns are those of the table ``communities`` of a
    workbook, in any of the languages; ``select`` may name them with ``label()``. Each row is one record.
    """
    from kepu_docs.contract.sources import Rows

    return Rows(select, bind)


def tables(tables: "Mapping[str, Frame | Rows]") -> "Tables":
    """Return several tables as one source of records for :func:`render_batch`.

    The tables have the names of a workbook's sheets: ``communities``, with a row for each record, and
    ``training.sessions`` and so on, whose column ``code`` names the record that a row belongs to. Each is a data frame,
    or the :func:`rows` of a database.
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
    """Check records, and return remarks, each with its rule, severity, place, fault and correction.

    ``source`` is anything that :func:`render_batch` accepts, a document that :func:`import_document` reads, a summary,
    or the data of one. ``config`` is a TOML file of settings; ``rules`` names the only rules to apply, ``without``
    those to leave out; ``against`` names sources of earlier records, to find passages that were copied from them. With
    ``fix``, safe corrections are made in YAML, JSON, TOML and plain text files. A record that cannot be loaded is a
    remark, too.

    Raises ``SourceError`` for a source that does not exist, ``SettingsError`` or ``RecordError`` for the settings.
    """
    from contextlib import suppress
    from pathlib import Path

    from kepu_docs import checking
    from kepu_docs.importing.document_readers import document_readers
    from kepu_docs.pipeline.objects import as_sources
    from kepu_docs.schema import WorkSummary

    used = _used(engine)
    known = checking.Checker(used, checking.Settings()).rules
    settings = checking.Settings.read(Path(config), known) if config is not None else checking.Settings()
    settings = settings.chosen(rules, without)
    is_alone = isinstance(against, tuple) and not against
    if is_alone and isinstance(source, WorkSummary | Mapping):
        # Data that is not a record is reported in the same way as a faulty record of any source.
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
    """Add up the records of ``sources`` to records of the higher bodies that their communities belong to.

    Sources are anything that :func:`render_batch` accepts, and Word documents that kepu-docs wrote. ``by`` makes a
    summary for each ``street``, ``district`` or ``city``; without it there is one, which the report has as ``summary``.
    ``name`` is the name of the body and ``period`` its period, where they differ from those of the records.
    ``expected`` is the list of the communities that should have sent a record, ``against`` gives the records of an
    earlier year, and ``figures`` is the workbook to write, in the language of ``locale``, in which each figure can be
    traced to its records. A faulty record is left out, and the report names it.

    Raises ``SourceError`` when there is nothing to add up or no name, ``OutputError`` for the workbook, ``RecordError``
    or ``PluginError`` when the sums do not make a valid record.
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
    """Return a class, or the version, on first use, so that importing this package is fast."""
    if name in _CLASSES:
        from importlib import import_module

        return globals().setdefault(name, getattr(import_module(_CLASSES[name]), name))
    if name == "__version__":
        from importlib.metadata import version

        return globals().setdefault(name, version("kepu-docs"))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
