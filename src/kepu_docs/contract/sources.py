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
"""How the bytes of a record are read; ``docx``, ``pdf`` and ``xlsx`` are documents that kepu-docs wrote, which carry
it."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record from a source, not yet validated."""

    name: str
    """The name that messages use for the file or table that contains it."""
    content: bytes | Mapping[str, Any]
    """The record's text, or its data: dictionaries, lists, texts, numbers, booleans, dates, ``None``."""
    syntax: Syntax = "json"
    """How ``content`` is read, if it is text."""
    place: str = ""
    """Where in ``name`` the record is, for people: ``line 12``, ``社区!A5``; empty if it is the whole file."""
    line: int = 1
    """The line on which the text begins, counted from 1."""
    folder: str = ""
    """The folder that the file names of its photographs are relative to."""
    find: Callable[[tuple[str | int, ...]], Place] | None = None
    """A function that returns the place of the value at a path of ``content``, if that is data; it is called in the
    process that reads the source, and never sent to another."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the record before it is validated. It is then refused, with these and its other faults."""
    refused: Mapping[Place, Any] = field(default_factory=dict)
    """The invalid input at the places of such faults, as people wrote it, so that it can be returned to them."""
    warnings: tuple[Fault, ...] = ()
    """Warnings for the people who wrote it; they do not stop anything."""
    read: float = 0.0
    """How much of the source has been read so far, from 0 to 1; 0 if that is not known."""


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
        """Suffixes of the files that it reads, in lower case: ``.xlsx``."""
        ...

    @property
    def schemes(self) -> tuple[str, ...]:
        """Schemes of the addresses that it reads: ``postgresql`` for ``postgresql://…``."""
        ...

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield the records at ``location``, a path or an address.

        Raises ``SourceError`` for anything that ends the reading; a record that is faulty by itself is yielded with its
        ``faults``.
        """
        ...


@runtime_checkable
class CellSource(Source, Protocol):
    """A source that can also read single texts like cells of its tables; filled forms are read this way."""

    def cell_value(self, text: str, column: RecordColumn, form: RecordForm, period: Period | None) -> Any:
        """Return the value of a text in a column, as a record has it; ``None`` if it has none.

        ``period`` is the period of the summary, which supplies the year of days written without one. Raises
        ``SourceError``, without a place, for a text that is not a valid value.
        """
        ...


@runtime_checkable
class Frame(Protocol):
    """A data frame of a program: of pandas or polars, or a table of pyarrow."""

    @property
    def columns(self) -> Any:
        """Its columns."""
        ...

    @property
    def shape(self) -> Any:
        """The number of rows and the number of columns."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows that a database returns for a SELECT of SQLAlchemy."""

    select: "Executable"
    bind: "Engine | Connection"
    """Where the SELECT is executed: an engine, or a connection, which stays open."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Tables of a program, named like the sheets of a workbook: ``communities``, ``training.sessions``."""

    tables: "Mapping[str, Frame | Rows]"


@runtime_checkable
class TableSource(Source, Protocol):
    """A source that reads the tables of a program, besides files and addresses, if it has suffixes or schemes."""

    def tables(self, tables: Tables, name: str, form: RecordForm, folder: str) -> Iterator[SourceRecord]:
        """Yield a record for each row of the table of communities.

        ``name`` is the name of the tables in messages, ``folder`` is the folder of photographs. Raises ``SourceError``
        for anything that ends the reading.
        """
        ...
