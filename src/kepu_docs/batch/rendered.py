"""Documents of many records one after the other, without a disk, for programs that send them on."""

import asyncio
import os
import warnings
from collections.abc import AsyncIterable, AsyncIterator, Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Literal, ParamSpec, Self, TypeAlias, TypeVar

from kepu_docs.batch.output_places import Paths
from kepu_docs.batch.patterns import NamePattern
from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import N_, Fault, KepuError, KepuWarning, Message, Place, SettingsError, SourceError
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.document_settings import DocumentSettings
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.objects import Objects, Source
from kepu_docs.pipeline.records import naming, place_of, read_summary

OnFault: TypeAlias = Literal["raise", "skip"] | Callable[[KepuError], None]
"""What is done about a faulty record: its error is raised, it is left out, or a function is called first."""

T = TypeVar("T")
P = ParamSpec("P")


class RenderedDocuments:
    """The documents of many records, each made on demand, for ``for`` and ``async for`` loops.

    An ``async for`` loop makes them in another thread, and reads asynchronous records in its own event loop.
    """

    def __init__(
        self,
        engine: Engine,
        sources: Sequence[Source],
        formats: Sequence[str],
        locale: str,
        options: RenderOptions,
        pattern: NamePattern,
        *,
        embed: bool,
        convert: bool,
        settings: DocumentSettings,
        templates: str | PathLike[str] | None,
        on_fault: OnFault,
    ) -> None:
        """Check all arguments except the records. Raises ``KepuError`` for unknown or missing things."""
        pattern.check()
        if on_fault not in ("raise", "skip") and not callable(on_fault):
            text = N_("on_fault is {found}; expected one of {expected}, or a function")
            raise SettingsError.at(Place(), text, found=str(on_fault), expected="raise, skip")
        self._engine = engine
        passed_over: list[Fault] = []
        self._found = locations(engine, sources, warnings=passed_over)
        _warn(passed_over)
        self._formats = tuple(dict.fromkeys(formats))
        self._suffixes = {name: engine.registry.renderer(name).suffix for name in self._formats}
        self._paths = Paths(renderer.suffix for renderer in engine.registry.renderers.values())
        self._locale = locale
        self._options = options
        self._pattern = pattern
        self._embed = embed
        self._convert = convert
        self._settings = settings
        self._templates = engine.templates(Path(os.path.abspath(templates))) if templates is not None else None
        self._on_fault = on_fault
        engine.composer(locale, self._templates)
        engine.require_form(options, locale, self._formats)
        if convert:
            engine.converter(locale)
        self._stream = self._documents()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[str, bytes]:
        return next(self._stream)

    def __aiter__(self) -> AsyncIterator[tuple[str, bytes]]:
        given = self._found[0].objects if self._found else None
        if given is not None and isinstance(given.items, AsyncIterable):
            return self._awaited(given, given.items)
        return self._in_a_thread()

    def close(self) -> None:
        """Close the sources of the records, if not all records were consumed."""
        self._stream.close()
        self._found = []  # a generator without other references is closed with it

    def _documents(self) -> Generator[tuple[str, bytes]]:
        faults: list[Fault] = []
        for _, record in records(self._engine, self._found, faults):
            yield from self._made(record)
        if faults:
            raise SourceError(faults)

    async def _in_a_thread(self) -> AsyncIterator[tuple[str, bytes]]:
        with _Thread() as thread:
            try:
                while (made := await thread.run(next, self._stream, None)) is not None:
                    yield made
            finally:
                await thread.run(self._stream.close)

    async def _awaited(self, given: Objects, items: AsyncIterable[object]) -> AsyncIterator[tuple[str, bytes]]:
        position = 0
        with _Thread() as thread:
            async for item in items:
                for made in await thread.run(self._made, given.record(position, item)):
                    yield made
                position += 1

    def _made(self, record: SourceRecord) -> list[tuple[str, bytes]]:
        """Return the documents of a record with their names; none if it is faulty and to be skipped."""
        _warn(record.warnings)
        try:
            with naming(record, with_field=True):
                summary = self._settings.applied(read_summary(self._engine, record))
                converted = self._engine.converted(summary, self._locale) if self._convert else None
                document = self._engine.compose(
                    summary,
                    self._locale,
                    photos=Path(record.folder) if record.folder else None,
                    embed=self._embed,
                    templates=self._templates,
                    convert=converted or False,
                    form=self._engine.form_plan(self._options),
                )
                stem = self._pattern.stem(summary, document.title)
                contents = {name: self._engine.render(document, name, self._options) for name in self._formats}
        except KepuError as error:
            if self._on_fault == "raise":
                raise
            if self._on_fault != "skip":
                self._on_fault(error)
            return []
        if converted:
            _warn(converted.remarks(place_of(record)))
        # Only documents that were made take a name, as in a batch.
        name = self._paths.take(stem, max(self._suffixes.values(), key=len, default=""))
        return [(name + self._suffixes[each], data) for each, data in contents.items()]


def _warn(faults: Sequence[Fault]) -> None:
    for fault in faults:
        warnings.warn(KepuWarning(Message.of("{fault}", fault=fault)), stacklevel=3)


class _Thread:
    """One thread for all calls of an ``async for``: a source of records may be bound to the thread that opened it."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="kepu-docs")
        self._context = copy_context()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._executor.shutdown(wait=False)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the result of a call made in that thread."""
        call = partial(self._context.run, function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._executor, call)
