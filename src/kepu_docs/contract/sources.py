"""Sources of records."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias, runtime_checkable

from kepu_docs.contract.record_tables import RecordColumn
from kepu_docs.errors import Fault, Place
from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.schema import Period, WorkSummary

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Executable

Syntax: TypeAlias = Literal["yaml", "json", "toml", "docx", "pdf", "xlsx"]
"""How the bytes of a record are to be read; ``docx``, ``pdf`` and ``xlsx`` are documents of ours, which carry it."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record from a source, not yet validated."""

    name: str
    """What messages call the file or table that it stands in."""
    content: bytes | Mapping[str, Any]
    """The record's text, or its data: dictionaries, lists, texts, numbers, booleans, dates, ``None``."""
    syntax: Syntax = "json"
    """How ``content`` is to be read, where it is text."""
    place: str = ""
    """Where in ``name`` it stands, for people: ``line 12``, ``社区!A5``; empty where it is the whole of it."""
    line: int = 1
    """The line on which the text begins."""
    folder: str = ""
    """The folder from which the files of its photographs are named."""
    find: Callable[[tuple[str | int, ...]], Place] | None = None
    """Gives the place of the value at a path of ``content``, where that is data; it is asked in the process that reads
    the source, and never sent to another."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with it before it is validated. It is refused then, with these and its other faults."""
    refused: Mapping[Place, Any] = field(default_factory=dict)
    """What stands at the places of such faults, and is no value: it goes back to its people as they wrote it."""
    warnings: tuple[Fault, ...] = ()
    """What its people should know, and that stops nothing."""
    read: float = 0.0
    """How much of the source has been read with it, from 0 to 1; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class RecordForm:
    """What a source can find out about records: their model, and the names of fields in the users' languages."""

    model: type[WorkSummary]
    vocabulary: Vocabulary


@runtime_checkable
class Source(Protocol):
    """Reads records from where they are kept, one after another, without keeping them all."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes of the files that it reads, in small letters: ``.xlsx``."""
        ...

    @property
    def schemes(self) -> tuple[str, ...]:
        """Schemes of the addresses that it reads: ``postgresql`` for ``postgresql://…``."""
        ...

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield the records at ``location``, a path or an address.

        Raises ``SourceError`` for what ends the reading; a record that alone is wrong is yielded with its ``faults``.
        """
        ...


@runtime_checkable
class CellSource(Source, Protocol):
    """A source that can also read single texts like cells of its tables; filled forms are read this way."""

    def cell_value(self, text: str, column: RecordColumn, form: RecordForm, period: Period | None) -> Any:
        """Return the value of a text in a column, as a record has it; ``None`` if it has none.

        ``period`` is the time of the summary, in which days without a year lie. Raises ``SourceError``, at no place,
        for what is no value.
        """
        ...


@runtime_checkable
class Frame(Protocol):
    """A data frame of a program: of pandas, of polars, or a table of pyarrow."""

    @property
    def columns(self) -> Any:
        """Its columns."""
        ...

    @property
    def shape(self) -> Any:
        """The numbers of its rows and columns."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows that a database returns for a SELECT of SQLAlchemy."""

    select: "Executable"
    bind: "Engine | Connection"
    """Where it is asked: an engine, or a connection, which stays open."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Tables of a program, named like the sheets of a workbook: ``communities``, ``training.sessions``."""

    tables: "Mapping[str, Frame | Rows]"


@runtime_checkable
class TableSource(Source, Protocol):
    """A source that reads the tables of a program, besides files and addresses, if it has suffixes or schemes."""

    def tables(self, tables: Tables, name: str, form: RecordForm, folder: str) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table of communities.

        ``name`` is what messages call the tables, ``folder`` is that of photographs. Raises ``SourceError`` for what
        ends the reading.
        """
        ...
