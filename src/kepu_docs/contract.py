"""What a plugin may offer, as types. Their docstrings are the reference."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final, Literal, Protocol, TypeAlias, runtime_checkable

from kepu_docs.blocks import Block, Document
from kepu_docs.errors import N_, Fault, Place, RenderError
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


_NO_TEXT: Final = re.compile("[^\n -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def accepted_text(returned: Any) -> str:
    """Return what an override returned, if it is text that may stand in a file.

    Raises ``RenderError`` for anything else, and for a character that no text holds: a control character other than the
    line break, half a surrogate pair.
    """
    if not isinstance(returned, str):
        raise RenderError.at(Place(), N_("it returned {found}; expected text"), found=repr(returned)[:80])
    bad = _NO_TEXT.search(returned)
    if bad:
        raise RenderError.at(
            Place(),
            N_("it returned a text with the character {character} (the {position}th), which no text holds"),
            character=f"U+{ord(bad[0]):04X}",
            position=bad.start() + 1,
        )
    return returned


@dataclass(frozen=True, slots=True)
class SectionPart:
    """One section of a document, as an override gets it: its finished blocks, and the way that they are rendered."""

    kind: str
    """The section's kind."""
    blocks: tuple[Block, ...]
    """Its blocks, numbered, the heading first."""
    locale: str
    """The document's locale: ``zh_Hans``."""
    default: Callable[[tuple[Block, ...]], str]
    """Renders blocks as the format does; see :meth:`render_default`."""
    library: Callable[[], Any] | None = None
    """Makes an empty document of the format's own library; see :meth:`new_document`."""
    accept: Callable[[Any], str] = accepted_text
    """For renderers: looks at what the override returned and gives back what stands in the file for it.

    Raises ``RenderError`` for what cannot stand there. What it has given back it accepts again.
    """

    def render_default(self, blocks: Iterable[Block] | None = None) -> str:
        """Return the section, or other blocks in its place, in the format's own language.

        That is Markdown for ``md``, lines for ``txt``, elements of WordprocessingML for ``docx``. It may be returned
        with something before, after or around it, more than once, or not at all. Raises ``RenderError`` as the renderer
        does.
        """
        return self.default(self.blocks if blocks is None else tuple(blocks))

    def new_document(self) -> Any:
        """Return an empty document of the format's library, with the styles of the result, to fill and to return.

        For ``docx`` that is a python-docx ``Document``. Raises ``RenderError`` in a format that has none.
        """
        if self.library is None:
            raise RenderError.at(Place(), N_("this format has no library of its own; return text"))
        return self.library()


OverrideFunction: TypeAlias = Callable[[SectionPart], Any]
"""Returns what stands in the file for a section: text in the format's own language, or for ``docx`` a python-docx
document, whose paragraphs, tables and pictures are taken over, or a list of both in their order. An empty text leaves
no trace of the section."""


@dataclass(frozen=True, slots=True)
class Override:
    """Another rendering of the sections of one kind in one format; all other formats show them as ever."""

    kind: str
    """The section kind: ``training``."""
    format: str
    """The format: ``docx``."""
    render: OverrideFunction


@runtime_checkable
class Overridable(Protocol):
    """A renderer that lets overrides render sections (``Document.sections`` tells which blocks are theirs)."""

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> Renderer:
        """Return a renderer that gives each section whose kind is in ``overrides`` to that function.

        ``Document.parted`` tells those sections from other blocks. What a function returns goes through the part's
        ``accept``; in a registry it has gone there already, so that an error names the plugin.
        """
        ...


Severity: TypeAlias = Literal["error", "warning", "info"]
"""How grave a finding is: it must be mended, it should be looked at, it is worth knowing."""


@dataclass(frozen=True, slots=True)
class FieldText:
    """A text of a record, and the way to it: ``("sections", 0, "narrative", 1)``."""

    path: tuple[str | int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class WrittenHeading:
    """A heading as it stands in a document that was read."""

    path: tuple[str | int, ...]
    """The way to the field that has its text."""
    level: int
    """1 for the highest."""
    number: str
    """Its number with all its marks, as written: ``（二）``; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a check looks at."""

    summary: WorkSummary
    texts: tuple[FieldText, ...]
    """All texts that people wrote into the record, in the order in which they are read."""
    earlier: WorkSummary | None = None
    """The same community's record of an earlier time, where there is one to compare with."""
    outline: tuple[WrittenHeading, ...] = ()
    """The headings of the document that the record was read from, in their order; none for a record that is written as
    one, whose headings are numbered when they are shown."""
    communities: tuple[str, ...] = ()
    """Names of other communities, as far as they are known: those that are checked together, and those named in the
    configuration."""
    neighbours: tuple[str, ...] = ()
    """Names of communities that may be spoken of."""
    whole: str = field(init=False, repr=False)
    """All texts, a line each: what is not in it is in none of them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", "\n".join([field.text for field in self.texts]))

    def texts_at(self, places: Iterable[int]) -> list[FieldText]:
        """Return the texts in which some places of :attr:`whole` are, in their order."""
        ends = list(accumulate(len(field.text) + 1 for field in self.texts))
        return [self.texts[number] for number in sorted({bisect_right(ends, place) for place in places})]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found at one field of a record."""

    path: tuple[str | int, ...]
    """The way to the field."""
    text: str
    """What is wrong, in English, with ``{names}`` that ``values`` fill; marked with ``N_``."""
    values: tuple[tuple[str, object], ...] = ()
    start: int = 0
    """Where in the field's text the words stand that are meant: from ``start`` up to ``end``, without it."""
    end: int = 0
    """0 where the field as a whole is meant."""
    right: str | None = None
    """What would be right in place of these words, where that is known."""
    safe: bool = False
    """Whether ``right`` may be put there unseen."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule for summaries."""

    rule: str
    """Its name, in small letters with hyphens: ``shelter-capacity``."""
    severity: Severity
    about: str
    """What it finds, in one sentence in English."""
    source: str
    """Where the rule comes from: a clause of a standard, or the reason for it."""
    find: Callable[[Subject], Iterable[Finding]]
    """Yields what it finds; each call sees one summary alone."""


ComposeFunction = Callable[[Mapping[str, Any]], Iterable[Block]]
"""Returns the blocks of a section, from the plain data that its wording template would see."""


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
