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
    KepuError,
    OutputError,
    Place,
    PluginError,
    RecordError,
    RenderError,
    SettingsError,
    SourceError,
    TemplateError,
)
from kepu_docs.locale.chain import DEFAULT_LOCALE

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from kepu_docs.batch import BatchReport, Progress
    from kepu_docs.blocks import Document
    from kepu_docs.checking import CheckReport
    from kepu_docs.importing.documents import ImportedSummary
    from kepu_docs.rollups import By, RollupReport
    from kepu_docs.schema import WorkSummary

__all__ = [
    "DocumentError",
    "Fault",
    "KepuError",
    "OutputError",
    "Place",
    "PluginError",
    "RecordError",
    "RenderError",
    "SettingsError",
    "SourceError",
    "TemplateError",
    "check",
    "compose",
    "import_document",
    "load",
    "render",
    "render_batch",
    "rollup",
]


def load(source: "str | PathLike[str] | Mapping[str, Any]") -> "WorkSummary":
    """Return the summary of a record: a path of a YAML, JSON or TOML file, or the record's data.

    The path of a Word document of ours gives the record that the document carries. Raises ``RecordError`` with all
    faults of the record, each with its place.
    """
    from kepu_docs.pipeline import default_engine

    return default_engine().load(source)


def compose(
    summary: "WorkSummary",
    *,
    locale: str = DEFAULT_LOCALE,
    photos: "str | PathLike[str] | None" = None,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
) -> "Document":
    """Return the document of a summary: its title and blocks, the same for all formats.

    ``photos`` is the folder from which the record names the files of its photographs; ``embed`` says whether the
    record goes into formats that can carry it; ``templates`` is a folder of wording templates of your own. Raises
    ``TemplateError`` when a wording template fails, ``PluginError`` when a plugin does, ``RecordError`` for a
    photograph.
    """
    from pathlib import Path

    from kepu_docs.pipeline import default_engine

    return default_engine().compose(
        summary,
        locale,
        photos=Path(photos) if photos is not None else None,
        embed=embed,
        templates=Path(templates) if templates is not None else None,
    )


def render(
    summary: "WorkSummary",
    format: str,  # noqa: A002
    *,
    locale: str = DEFAULT_LOCALE,
    photos: "str | PathLike[str] | None" = None,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
    look: str = "",
    reference: "str | PathLike[str] | bytes" = b"",
    toc: bool = False,
) -> bytes:
    """Return the finished file of a summary in a format: ``docx``, ``md``, ``txt``, or a plugin's.

    ``look``, ``reference`` (a Word document whose page and styles are to be taken: its path or its bytes) and ``toc``
    (a table of contents) are obeyed by formats that have them. Raises what :func:`compose` raises, ``PluginError`` for
    an unknown format, and ``RenderError``.
    """
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.pipeline import default_engine, read_reference

    engine = default_engine()
    document = compose(summary, locale=locale, photos=photos, embed=embed, templates=templates)
    return engine.render(document, format, RenderOptions(look, read_reference(reference), toc))


def import_document(
    path: "str | PathLike[str]",
    *,
    period: str | int | None = None,
    community: str | None = None,
    full_width: bool = False,
) -> "tuple[ImportedSummary, ...]":
    """Return the summaries of an existing document, .docx, .txt or .md: mostly one, each with a record that loads.

    ``period`` and ``community`` say what the document does not; ``full_width`` makes punctuation between hanzi
    full-width. Raises ``DocumentError`` for a document that is broken or refused, ``RecordError`` for a file that
    cannot be read.
    """
    from kepu_docs.importing import documents

    return documents.import_document(path, period=period, community=community, full_width=full_width)


def render_batch(
    sources: "str | PathLike[str] | Sequence[str | PathLike[str]]",
    folder: "str | PathLike[str]",
    *,
    formats: Sequence[str] = ("docx",),
    locale: str = DEFAULT_LOCALE,
    embed: bool = True,
    templates: "str | PathLike[str] | None" = None,
    look: str = "",
    reference: "str | PathLike[str] | bytes" = b"",
    toc: bool = False,
    names: str = "",
    jobs: int | None = None,
    executor: "Executor | None" = None,
    fresh: bool = False,
    archive: bool = False,
    progress: "Callable[[Progress], None] | None" = None,
) -> "BatchReport":
    """Make the documents of all records of ``sources`` in ``folder``, and return what was done.

    A source is a path (workbook, file of records, folder), a pattern of names, the address of a database, or ``-`` for
    standard input. What an earlier call made of the same records is left as it is, unless ``fresh``. ``names`` is the
    pattern of the documents' names, ``archive`` packs them into a ZIP archive as well. The work is done by ``jobs``
    processes, one a processor if not given, or by ``executor``; ``progress`` is called now and then. A record that is
    wrong fails alone, and the report names it; so does a source that cannot be read to its end.

    Raises ``SourceError`` for a source that is not there, ``TemplateError`` for templates that cannot be read,
    ``PluginError`` for an unknown format, and ``OutputError`` when the disk fails; what was made until then is kept.
    """
    from kepu_docs import batch
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.pipeline import read_reference

    return batch.render_batch(
        sources,
        folder,
        formats=formats,
        locale=locale,
        options=RenderOptions(look, read_reference(reference), toc),
        embed=embed,
        templates=templates,
        names=names or batch.DEFAULT_PATTERN,
        jobs=jobs,
        executor=executor,
        fresh=fresh,
        archive=archive,
        progress=progress or (lambda progress: None),
    )


def check(
    source: "str | PathLike[str] | Sequence[str | PathLike[str]] | Mapping[str, Any] | WorkSummary",
    *,
    config: "str | PathLike[str] | None" = None,
    rules: Sequence[str] = (),
    without: Sequence[str] = (),
    against: "str | PathLike[str] | Sequence[str | PathLike[str]]" = (),
    fix: bool = False,
) -> "CheckReport":
    """Return what is wrong in records: remarks, each with rule, severity, place, what is wrong, what would be right.

    ``source`` is what :func:`render_batch` reads, a document that :func:`import_document` reads, a summary, or the data
    of one. ``config`` is a TOML file of settings; ``rules`` are the only ones wanted, ``without`` those that are not;
    ``against`` names sources of earlier records, to find what was taken over. With ``fix`` what is safe is put right in
    files of YAML, JSON, TOML and plain text. A record that cannot be loaded is a remark, too.

    Raises ``SourceError`` for a source that is not there, ``SettingsError`` or ``RecordError`` for the settings.
    """
    from pathlib import Path

    from kepu_docs import checking
    from kepu_docs.importing.candidates import document_readers
    from kepu_docs.pipeline import default_engine
    from kepu_docs.pipeline.locations import listed
    from kepu_docs.schema import WorkSummary

    engine = default_engine()
    known = checking.Checker(engine, checking.Settings()).rules
    settings = checking.Settings.read(Path(config), known) if config is not None else checking.Settings()
    settings = settings.chosen(rules, without)
    if isinstance(source, WorkSummary | Mapping):
        summary = source if isinstance(source, WorkSummary) else engine.load(source)
        return checking.check_summary(engine, summary, settings)
    documents = document_readers(engine)
    return checking.check(engine, listed(source), settings, against=listed(against), mend=fix, documents=documents)


def rollup(
    sources: "str | PathLike[str] | Sequence[str | PathLike[str]]",
    *,
    by: "By | None" = None,
    name: str = "",
    period: "int | str | Mapping[str, Any] | None" = None,
    expected: "str | PathLike[str] | None" = None,
    against: "str | PathLike[str] | Sequence[str | PathLike[str]] | None" = None,
    figures: "str | PathLike[str] | None" = None,
    locale: str = DEFAULT_LOCALE,
) -> "RollupReport":
    """Add up the records of ``sources`` to those of the bodies that their communities belong to.

    Sources are those of :func:`render_batch`, and Word documents of ours. ``by`` makes a summary for each ``street``,
    ``district`` or ``city``; without it there is one, whose ``summary`` the report has. ``name`` is that of the body,
    and ``period`` its time, where they shall not be the records' own. ``expected`` is the list of those who should have
    sent a record, ``against`` are the records of an earlier year, ``figures`` is the workbook to write in which each
    figure can be followed to its records, in the language of ``locale``. A record that is wrong is left out, and the
    report names it.

    Raises ``SourceError`` where there is nothing to add up, or no name; ``OutputError`` for the workbook;
    ``RecordError`` or ``PluginError`` where what was added up makes no record.
    """
    from kepu_docs.rollups.rollup_run import rollup as add_up

    return add_up(
        sources, by=by, name=name, period=period, expected=expected, against=against, figures=figures, locale=locale
    )
