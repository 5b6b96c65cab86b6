"""What a plugin may offer, as types. Their docstrings are the reference."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias, runtime_checkable

from kepu_docs.blocks import Block, Document
from kepu_docs.errors import Fault, Place
from kepu_docs.rollup_rule import RollupRule
from kepu_docs.schema import Section, WorkSummary
from kepu_docs.vocabulary import Vocabulary


@runtime_checkable
class Renderer(Protocol):
    """Turns a document into the bytes of one file.

    A renderer keeps nothing between documents; the same document gives the same bytes.
    """

    @property
    def format(self) -> str:
        """Name of the format, as a user asks for it: ``docx``."""
        ...

    @property
    def suffix(self) -> str:
        """File name suffix with its dot: ``.docx``."""
        ...

    @property
    def media_type(self) -> str:
        """Media type of the file."""
        ...

    def render(self, document: Document) -> bytes:
        """Return the finished file. Raises ``RenderError`` for what the format cannot hold."""
        ...


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a user may choose about the looks of documents, whatever they say.

    ``look`` is the name of a look, empty for the renderer's own; ``reference`` is a Word document (its bytes) whose
    page, headers, footers, styles and numbering are to be taken; ``toc`` asks for a table of contents.
    """

    look: str = ""
    reference: bytes = b""
    toc: bool = False


@runtime_checkable
class Configurable(Protocol):
    """A renderer that heeds options. One that has none of them shows the same whatever is chosen."""

    def configured(self, options: RenderOptions) -> Renderer:
        """Return a renderer that obeys ``options``. Raises ``RenderError`` for what it cannot obey."""
        ...


ComposeFunction = Callable[[Mapping[str, Any]], Iterable[Block]]


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A kind of section: its model, and how it is told.

    The kind's name is the model's ``kind`` literal. A section is composed by the wording template
    ``sections/KIND.jinja``, looked up by locale, or, when ``compose`` is given, by that function: it gets the
    same plain data as a template and returns blocks. ``rollup`` is how sections of the kind are added up to that of a
    street office, district or city; without it a higher body's summary says that they are left out.
    """

    model: type[Section]
    compose: ComposeFunction | None = None
    rollup: RollupRule | None = None

    @property
    def name(self) -> str:
        """The value of ``kind`` in a record."""
        return self.model.kind_name()


Syntax: TypeAlias = Literal["yaml", "json", "toml", "docx"]
"""How the bytes of a record are to be read; ``docx`` is a Word document of ours, which carries its record."""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One record as a source hands it over, not yet validated."""

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
    warnings: tuple[Fault, ...] = ()
    """What its people should know, and that stops nothing."""
    read: float = 0.0
    """How much of the source has been read with it, from 0 to 1; 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class RecordForm:
    """What a source may ask about records: their model, and the names of fields in the users' languages."""

    model: type[WorkSummary]
    vocabulary: Vocabulary


@runtime_checkable
class Source(Protocol):
    """Reads records from where they are kept, one after the other: it must not hold them all."""

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
