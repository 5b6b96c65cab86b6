"""The closed vocabulary of blocks that every section is composed of and every format renders.

A :class:`Document` is a title and a tuple of blocks. Blocks hold text as a reader sees it: no markup, no escaping, and
the numbers of headings and list items already written out. A renderer matches exhaustively over :data:`Block` and
escapes for its own format.

All text follows the schema's text rule (no control characters, no lone surrogates, no line breaks).
"""

import json
from base64 import b64encode
from collections.abc import Container, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final, Literal, TypeAlias

from kepu_docs.default_engine import named_default_engine

RECORD_NAMESPACE: Final = "urn:kepu-docs:record:1"
"""The namespace of the XML element that holds a record in a document."""

REVIEW_NOTE: Final = '{"review note": true}'
"""The content of the note that goes with a paper, in place of a record: the note is not a source of records."""

JSON_VERSION: Final = 1
"""The version of the output of :meth:`Document.to_json`; it grows when a change breaks existing readers."""

_LONGEST_DESCRIPTION: Final = 1000

Numerals: TypeAlias = Literal["hanzi", "arabic", "ordinal"]
ListStyle: TypeAlias = Literal["ordinal", "number", "bullet"]
Align: TypeAlias = Literal["left", "center", "right"]
ChartKind: TypeAlias = Literal["bar", "line", "pie"]


@dataclass(frozen=True, slots=True)
class NumberLevel:
    """How one level of an outline or list is numbered.

    ``pattern`` is the shown text with ``%1``..``%4`` for the counters of the levels, as in Word's ``w:lvlText``:
    ``%1、``, ``（%2）``, ``%1.%2``. ``numerals`` says how the counters are written: 一, 1 or First.
    """

    pattern: str
    numerals: Numerals


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of ``level`` 1 to 4 (the title is not one).

    ``number`` is the shown number with its punctuation (``一、``, ``（二）``, ``1.1`` and a space); empty for an
    unnumbered heading. ``body``, when given, follows in the heading's own paragraph (a run-in heading); ``text`` then
    ends with the full stop that separates them, and a space in languages that use one.
    """

    level: int
    text: str
    number: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of body text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a :class:`ListBlock`: the shown ``number``, then ``lead`` (a run-in title), then ``text``.

    A lead before a text ends with the space that separates them, in languages that use one.
    """

    text: str
    lead: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, whose style is ``ordinal``, ``number`` or ``bullet``.

    ``ordinal`` lists are numbered in prose (一是…; First, …), ``number`` lists 1. 2. 3.; ``bullet`` lists have no
    numbers. Counting starts at 1 in each list. ``level`` is the numbering of ``ordinal`` and ``number`` lists and
    ``None`` for bullets.
    """

    style: ListStyle
    items: tuple[Item, ...]
    level: NumberLevel | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its heading, and the alignment of its cells."""

    title: str
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; every row has as many cells as there are columns.

    ``number`` is the shown number of the caption (``表1``); both it and ``caption`` may be empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: ``data`` is a PNG or JPEG file as stored, with its size in pixels, alternative text and caption."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int
    alt: str
    caption: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: a value for each category (``None`` if there is none), and each value as shown."""

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart. A format that cannot draw shows the same figures as a table whose first head is ``axis``."""

    kind: ChartKind
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    caption: str = ""
    number: str = ""

    @property
    def table(self) -> Table:
        """The chart's figures as a table, for formats that cannot draw."""
        columns = (Column(self.axis), *(Column(series.name, "right") for series in self.series))
        rows = tuple(zip(self.categories, *(series.labels for series in self.series), strict=True))
        return Table(columns, rows, self.caption, self.number)

    @property
    def description(self) -> str:
        """A description of the chart for people who cannot see it; at most 1,000 characters."""
        parts = [
            f"{series.name}: "
            + ", ".join(f"{name} {label}".rstrip() for name, label in zip(self.categories, series.labels, strict=True))
            for series in self.series
        ]
        shown = "; ".join([*filter(None, [self.caption]), *parts])
        return shown if len(shown) <= _LONGEST_DESCRIPTION else f"{shown[: _LONGEST_DESCRIPTION - 1]}…"


def caption_of(block: Table | Figure | Chart) -> str:
    """Return the caption of a block as one line: its number, a full-width space, its title.

    A number in Latin letters is followed by a colon. Empty if the block has neither.
    """
    return (": " if block.number.isascii() else "\u3000").join(filter(None, (block.number, block.caption)))


@dataclass(frozen=True, slots=True)
class Signature:
    """The signing body and the date; either may be empty. ``sealed`` decides where GB/T 9704 places them (7.3.5)."""

    body: str
    date: str
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """The note that names the attachments (GB/T 9704, 7.3.4).

    ``lead`` is ``附件：``; the names have no closing punctuation, and are numbered from ``1.`` if there are two or
    more.
    """

    lead: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page, if the format has pages."""


Block: TypeAlias = Heading | Paragraph | ListBlock | Table | Figure | Chart | Signature | AttachmentNote | PageBreak


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The block above the title of a formal document (版头; GB/T 9704, 7.2). Missing parts are empty.

    ``issuer`` is the name of the issuing body as it is shown (发文机关标志), ``number`` is the number of the paper
    (发文字号), and ``copy`` is the number of this copy (份号). ``signer_lead`` is shown before ``signer``.
    """

    issuer: str
    number: str = ""
    copy: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer_lead: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """The block at the foot of the last page of a formal document (版记; GB/T 9704, 7.4). Missing parts are empty.

    ``copied_lead`` is shown before ``copied_to``, which ends with a full stop; ``printed_on`` is the day of printing:
    ``2025年12月20日印发``.
    """

    copied_lead: str = ""
    copied_to: str = ""
    printed_by: str = ""
    printed_on: str = ""


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """The blocks that one section became: those from ``start`` up to, but not including, ``stop``."""

    kind: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Document:
    """A finished summary, the same for all formats.

    ``outline`` numbers headings of levels 1 to 4; ``locale`` is a Babel identifier (``zh_Hans``); ``author``,
    ``subject`` and ``keywords`` are the document's properties. ``addressee`` is shown below the title, with its colon.
    ``record`` is the record that the document was made from, as JSON, for formats that can carry it invisibly; empty if
    it is not to be carried. ``sections`` gives the blocks of each section, in order; sections without blocks are not
    among them. ``names`` are the names of places and bodies in the record, which are not broken across the lines of a
    title.
    """

    title: str
    blocks: tuple[Block, ...]
    locale: str
    outline: tuple[NumberLevel, ...]
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    addressee: str = ""
    letterhead: Letterhead | None = None
    imprint: Imprint | None = None
    record: str = ""
    sections: tuple[SectionSpan, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What is kept together when a title, a caption or a signing body is broken into lines."""
        return (*self.names, *self.keywords, self.subject, self.author)

    def parted(self, kinds: Container[str]) -> Iterator[tuple[Block, ...] | SectionSpan]:
        """Yield all blocks in runs as long as possible, and each section whose kind is in ``kinds`` as its span."""
        reached = 0
        for span in self.sections:
            if span.kind in kinds and reached <= span.start < span.stop:
                if span.start > reached:
                    yield self.blocks[reached : span.start]
                yield span
                reached = span.stop
        if reached < len(self.blocks):
            yield self.blocks[reached:]

    def render(self, format: str, **options: Any) -> bytes:  # noqa: A002
        """Return the finished file of this document in a format, as :func:`kepu_docs.render` does.

        ``options`` are ``look``, ``reference``, ``toc`` and ``pdf_standard``. The formats are those of the default
        engine; an engine of your own renders with ``engine.render(document, format)``.
        """
        engine: Any = named_default_engine()
        made: bytes = engine.render(self, format, **options)
        return made

    def to_json(self) -> str:
        """Return this document as JSON, for programs that lay it out themselves.

        The result is an object with the fields of this class, ``record`` as an object, and ``version``, which is
        ``JSON_VERSION``. Each block is an object with the fields of its class, and the name of the class in ``block``:
        ``Heading``, ``ListBlock``. Tuples are arrays, bytes are Base64 text.
        """
        record = json.loads(self.record) if self.record else None
        return json.dumps({"version": JSON_VERSION, **_plain(self), "record": record}, ensure_ascii=False)

    def _repr_html_(self) -> str:
        """Return this document as HTML for notebooks: a fragment whose styles do not affect the rest of the page."""
        return self.render("html", look="wechat").decode()

    def _repr_markdown_(self) -> str:
        """Return this document as Markdown, for notebooks that do not show HTML."""
        return self.render("md").decode()


def _plain(value: Any) -> Any:
    """Return the JSON form of a part of a document."""
    if is_dataclass(value):
        block = {"block": type(value).__name__} if isinstance(value, Block) else {}
        shown = fields(Document) if isinstance(value, Document) else fields(value)
        return {**block, **{each.name: _plain(getattr(value, each.name)) for each in shown}}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return b64encode(value).decode() if isinstance(value, bytes) else value
