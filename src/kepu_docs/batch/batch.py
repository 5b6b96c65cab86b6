"""Documents of many records in one call: what the command line and other programs call."""

import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Final

from kepu_docs.batch.batch_run import Progress, Run
from kepu_docs.batch.manifest import Line, read_manifest
from kepu_docs.batch.patterns import DEFAULT_PATTERN, NamePattern
from kepu_docs.batch.report_file import write_report
from kepu_docs.batch.report_rows import missing_of
from kepu_docs.batch.reserved_names import MANIFEST
from kepu_docs.batch.work import Job
from kepu_docs.batch.workers import GivenExecutor, Pool, ThisProcess, Workers, start_early
from kepu_docs.batch.zip_archive import write_archive
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.errors import Fault, KepuError, Place, Translate
from kepu_docs.locale.chain import DEFAULT_LOCALE
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.pipeline.document_settings import NO_SETTINGS, DocumentSettings
from kepu_docs.pipeline.expected import Listed, read_expected
from kepu_docs.pipeline.objects import DEFAULT_NAME, Records, as_sources
from kepu_docs.pipeline.records import Who
from kepu_docs.pipeline.traditional import ConvertedName

_logger = logging.getLogger(__name__)
_LARGE: Final = 1024 * 1024
"""The size of a file in bytes whose records, hundreds of them, are worth other processes."""


@dataclass(frozen=True, slots=True)
class BatchReport:
    """The result of a run."""

    folder: Path
    """The folder of the documents."""
    made: int
    """Records whose documents were made."""
    unchanged: int
    """Records whose documents already existed."""
    failed: int
    """Records that failed; :meth:`failures` yields them."""
    absent: int
    """Records that are no longer in their sources, or fail now, but whose documents still exist."""
    edited: int
    """Documents that somebody has changed by hand since they were made; they were left unchanged."""
    seconds: float
    """The duration of the run in seconds."""
    stopped: bool
    """Whether it was stopped (Ctrl-C) before the end."""
    source_faults: tuple[Fault, ...]
    """Why a source could not be read to its end, if that happened."""
    warnings: tuple[Fault, ...]
    """Warnings of the sources, and the levels that were inferred from names when documents were made."""
    report: Path | None
    """The path of the workbook for the operator."""
    archive: Path | None
    """The path of the ZIP archive, if one was requested."""
    sources: frozenset[str]
    """The names of this run's sources in the manifest."""
    missing: tuple[Who, ...]
    """The expected communities that have no record."""

    @property
    def manifest(self) -> Path:
        """The path of the manifest, with a line of JSON for each record."""
        return self.folder / MANIFEST

    @property
    def complete(self) -> bool:
        """Whether every record of every source has its documents."""
        return not (self.failed or self.stopped or self.source_faults)

    def failures(self) -> Iterator[Line]:
        """Yield the lines of the manifest for failed records of this run's sources."""
        return (line for line in self._lines() if line.status == "failed")

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield a plain dict for each record of this run's sources, suitable for a data frame.

        ``record`` (its name in messages), ``community``, ``district``, ``street``, ``code`` and ``period`` (texts,
        empty if not known), ``status`` (``done``, ``failed`` or ``absent``), ``documents`` (a list of paths below
        ``folder``) and ``faults`` (a list of texts with their places).
        """
        for line in self._lines():
            yield {
                "record": str(Place(line.name, cell=line.place)),
                "community": line.who.community,
                "district": line.who.district,
                "street": line.who.street,
                "code": line.who.code,
                "period": line.period,
                "status": line.status,
                "documents": [output.path for output in line.outputs],
                "faults": [": ".join(filter(None, error)) for error in line.errors],
            }

    def names(self) -> Iterator[tuple[Line, ConvertedName]]:
        """Yield the names that were converted for documents of this run's sources, each with the line of its record."""
        return ((line, name) for line in self._lines() if line.status == "done" for name in line.names)

    def _lines(self) -> Iterator[Line]:
        return (line for line in read_manifest(self.manifest) if line.source in self.sources)


def render_batch(
    sources: Records,
    folder: "str | PathLike[str]",
    *,
    formats: Sequence[str] = ("docx",),
    locale: str = DEFAULT_LOCALE,
    options: RenderOptions | None = None,
    embed: bool = True,
    convert: bool = False,
    settings: DocumentSettings = NO_SETTINGS,
    templates: "str | PathLike[str] | None" = None,
    names: str = DEFAULT_PATTERN,
    jobs: int | None = None,
    executor: Executor | None = None,
    fresh: bool = False,
    archive: bool = False,
    source_name: str = DEFAULT_NAME,
    photos: "str | PathLike[str] | None" = None,
    expected: "str | PathLike[str] | None" = None,
    progress: Callable[[Progress], None] = lambda progress: None,
    translate: Translate = str,
    engine: Engine | None = None,
) -> BatchReport:
    """Make the documents of all records of ``sources``; see :func:`kepu_docs.render_batch`.

    ``engine`` is for your own registries: it cannot be sent to other processes, so all work is done in this one.
    """
    begin = time.monotonic()
    pattern = NamePattern(names)
    pattern.check()
    count = _number_of_workers(jobs, executor)
    may_start = engine is None and executor is None and not multiprocessing.current_process().daemon
    if may_start and count > 1 and (fresh or not (Path(folder) / MANIFEST).exists()) and _is_large(sources):
        # The server loads what its workers need while this process does so.
        start_early(locale, formats)
    used = engine or default_engine()
    job = Job(
        "",
        pattern,
        locale,
        options or RenderOptions(),
        embed,
        used.templates(Path(os.path.abspath(templates))) if templates is not None else None,
        convert=convert,
        settings=settings,
    )
    listed = read_expected(used, os.fspath(expected)) if expected is not None else []
    used.composer(locale, job.templates)
    used.require_form(job.options, locale, formats)
    if convert:
        used.converter(locale)
    run = Run(
        used,
        as_sources(sources, name=source_name, photos=photos),
        Path(folder),
        job,
        tuple(dict.fromkeys(formats)),
        fresh=fresh,
        archive=archive,
        translate=translate,
        progress=progress,
    )
    _logger.info("batch into %s as %s, with %d workers at most", folder, ", ".join(formats), count)

    def start_workers(few: bool) -> Workers:
        # A daemonic process, such as a Celery worker, may not have child processes.
        if engine is not None or multiprocessing.current_process().daemon:
            return ThisProcess(used, run.job)
        if executor is not None:
            return GivenExecutor(executor, run.job, 2 * count + 1)
        # A few records take less time than starting another process. But a record that kills its process must run in
        # another.
        if (few or count == 1) and not run.follows_killed:
            return ThisProcess(used, run.job)
        return Pool(run.job, count, run.formats)

    stopped = False
    with run.opened():
        try:
            run.go(start_workers)
        except KeyboardInterrupt:
            stopped = True
        return _reported(run, Path(folder), begin, listed, stopped=stopped, archive=archive, translate=translate)


def _reported(
    run: Run,
    folder: Path,
    begin: float,
    listed: Sequence[Listed],
    *,
    stopped: bool,
    archive: bool,
    translate: Translate,
) -> BatchReport:
    tally = run.tally
    missing = tuple(missing_of(listed, folder / MANIFEST))
    report, kept = write_report(folder, Path(run.job.room), run.source_faults, listed, missing, translate)
    packed = write_archive(folder, [report]) if archive and not stopped else None
    _logger.info("batch ends: %d made, %d unchanged, %d failed", tally.made, tally.unchanged, tally.failed)
    return BatchReport(
        folder,
        tally.made,
        tally.unchanged,
        tally.failed,
        run.absent,
        tally.edited,
        time.monotonic() - begin,
        stopped,
        tuple(run.source_faults),
        (*tally.warnings, *tally.levels.remarks(), *tally.newcomers.remarks(), *kept),
        report,
        packed,
        run.sources,
        missing,
    )


def _is_large(sources: Records) -> bool:
    """Return whether a file among the sources certainly takes several processes."""
    given = [sources] if isinstance(sources, str | PathLike) else sources
    paths = [each for each in given if isinstance(each, str | PathLike)] if isinstance(given, Sequence) else []
    try:
        return any(os.path.isfile(path) and os.path.getsize(path) > _LARGE for path in paths)
    except (OSError, ValueError):  # an address may be no path
        return False


def _number_of_workers(jobs: int | None, executor: Executor | None) -> int:
    if jobs is not None:
        return max(jobs, 1)
    if executor is not None:
        return max(int(getattr(executor, "_max_workers", 0)), 4)
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


__all__ = ["BatchReport", "KepuError", "Progress", "render_batch"]
