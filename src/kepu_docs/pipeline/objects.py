"""Records that are objects of a program: dictionaries and summaries in sequence, data frames, queries."""

import os
from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, replace
from itertools import chain
from os import PathLike
from typing import Any, Final, TypeAlias, cast

from pydantic import BaseModel

from kepu_docs.contract.record_tables import COMMUNITIES
from kepu_docs.contract.sources import Frame, RecordForm, Rows, SourceRecord, Tables
from kepu_docs.errors import N_, Fault, Place, SourceError
from kepu_docs.pipeline.engine import SummaryData
from kepu_docs.reading.spots import too_deep
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.program_data import days_of
from kepu_docs.schema.summary import UnknownSection

Item: TypeAlias = Mapping[str, Any] | WorkSummary
"""One record: its data as in a file, or its summary."""

Records: TypeAlias = (
    str | PathLike[str] | Iterable[str | PathLike[str] | Item] | AsyncIterable[Item] | Item | Frame | Rows | Tables
)
"""Accepted forms of records: paths, name patterns and addresses, one or several; or objects of a program."""

DEFAULT_NAME: Final = "records"
"""The name of records that are objects, in messages: the fourth is ``records[3]``."""

_EXPECTED: Final = N_("expected paths, data of records, summaries, a data frame or rows of a database; found {found}")

Source: TypeAlias = "str | Objects"
"""A path, a name pattern or an address; or objects."""


@dataclass(frozen=True, slots=True, eq=False)
class Objects:
    """Records that are objects of a program. Errors of the program's own iterable are not caught."""

    items: Iterable[object] | AsyncIterable[object] | Tables
    name: str
    folder: str
    """The folder that the file names of their photographs are relative to."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Return no suffixes: objects are not files."""
        return ()

    @property
    def schemes(self) -> tuple[str, ...]:
        """Return no schemes: objects have no address."""
        return ()

    @property
    def address(self) -> str:
        """The name used in lists of sources, such as the manifest of a batch."""
        return f"<{self.name}>"

    @property
    def is_read_once(self) -> bool:
        """Whether the objects can only be read once."""
        return isinstance(self.items, Iterator | AsyncIterable)

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield the records. Raises ``SourceError`` for asynchronous objects while an event loop is running."""
        items = self.items
        assert not isinstance(items, Tables)  # noqa: S101  (a plugin reads those)
        total = len(items) if isinstance(items, Sized) else 0
        stream = _awaited(items, self.name) if isinstance(items, AsyncIterable) else items
        for position, item in enumerate(stream):
            record = self.record(position, item)
            yield replace(record, read=min((position + 1) / total, 1.0)) if total else record

    def record(self, position: int, item: object) -> SourceRecord:
        """Return the record of an item; it is a copy, as the program may change the item later."""
        name = f"{self.name}[{position}]"
        if not isinstance(item, Mapping | WorkSummary):
            text = N_("expected the data of a record, or a summary; found {found}")
            return SourceRecord(name, {}, faults=(Fault(Place(name), text, (("found", type(item).__name__),)),))
        try:
            data = cast("dict[str, Any]", _plain(item))
            sections = item.sections if isinstance(item, WorkSummary) else ()
            kept = [each.kind for each in sections if isinstance(each, UnknownSection)]
            return SourceRecord(name, SummaryData(data, kept) if kept else data, folder=self.folder)
        except RecursionError:
            return SourceRecord(name, {}, faults=(too_deep(Place(name)),))


def as_sources(given: Records, *, name: str = DEFAULT_NAME, photos: str | PathLike[str] | None = None) -> list[Source]:
    """Return records as a caller gives them: paths, name patterns and addresses; or objects under a ``name``.

    The first item of an iterable decides which of the two they are. ``photos`` is the folder that the file names of the
    objects' photographs are relative to. Raises ``SourceError`` for anything else.
    """
    folder = os.path.abspath(photos) if photos is not None else ""
    if isinstance(given, str | PathLike):
        return [os.fspath(given)]
    if isinstance(given, Mapping | WorkSummary):
        return [Objects((given,), name, folder)]
    if isinstance(given, Rows | Frame):
        return [Objects(Tables({COMMUNITIES: given}), name, folder)]
    if isinstance(given, Tables | AsyncIterable):
        return [Objects(given, name, folder)]
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise SourceError.at(Place(name), _EXPECTED, found=type(given).__name__)
    items = iter(given)
    first = next(items, None)
    # An iterable that is not a collection, such as the result of a query, may lose its first item.
    whole = given if isinstance(given, Collection) else chain(() if first is None else (first,), items)
    if isinstance(first, str | PathLike):
        return [_path(each, f"{name}[{position}]") for position, each in enumerate(whole)]
    return [Objects(whole, name, folder)]


def _path(given: object, place: str) -> str:
    if not isinstance(given, str | PathLike):
        raise SourceError.at(Place(place), _EXPECTED, found=type(given).__name__)
    return os.fspath(given)


def _plain(value: object) -> object:
    """Return a copy of the parts of a record; values other than lists and mappings are left to validation."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_unset=True)
    if isinstance(value, Mapping):
        return {key if isinstance(key, str) else repr(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    # Numbers and arrays of numpy; a long array does not show all its values.
    return days_of(value).tolist() if hasattr(value, "tolist") else value


def _awaited(items: AsyncIterable[object], name: str) -> Iterator[object]:
    """Yield the items of an asynchronous iterable, in a separate event loop."""
    import asyncio  # it takes long, and few programs need it here

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        pass
    else:
        text = N_(
            "an event loop is already running in this thread; call this in another one: await asyncio.to_thread(…)"
        )
        raise SourceError.at(Place(name), text)
    # With its own factory it leaves the thread's event loop alone.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        stream = aiter(items)
        while (item := runner.run(_next(stream))) is not _END:
            yield item


_END: Final = object()


async def _next(stream: AsyncIterator[object]) -> object:
    return await anext(stream, _END)
