"""A look: everything about a document's appearance, as data read from a TOML file.

Lengths are in millimetres, type sizes and line pitch in points, indents in characters of the text's own size,
distances before and after a paragraph in lines of the page's pitch.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias

Justification: TypeAlias = Literal["left", "center", "right", "both"]

POINTS_A_MILLIMETRE: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class PageLook:
    """Paper, margins and type area (millimetres); ``line_pitch`` in points."""

    width: float
    height: float
    top: float
    left: float
    text_width: float
    text_height: float
    line_pitch: float
    footer_distance: float


@dataclass(frozen=True, slots=True)
class PageNumberLook:
    """The page number's text (``#`` is the number), its side, and its distance from that side in characters."""

    pattern: str
    position: Literal["outside", "center"]
    indent: float


@dataclass(frozen=True, slots=True)
class PunctuationLook:
    """Whether punctuation hangs over the edge, Latin text is spaced from hanzi, and punctuation is compressed."""

    hanging: bool
    space_latin: bool
    compress: bool


@dataclass(frozen=True, slots=True)
class FontLook:
    """A font by the name that is written into the document, and its substitutes, the best first.

    ``latin`` is the font for letters in documents in the Latin script.
    """

    name: str
    alternatives: tuple[str, ...]
    family: Literal["roman", "modern", "swiss"]
    latin: "FontLook | None" = None


@dataclass(frozen=True, slots=True)
class TextLook:
    """The formatting of one kind of text.

    ``line`` is an exact line height in points, 0 for the font's default; ``spacing`` is added between characters
    (points); ``colour`` is RRGGBB or ``auto``. ``letters`` is the font of letters, digits and “”—… in the text, if it
    is not ``font``.
    """

    font: FontLook
    size: float
    bold: bool = False
    colour: str = "auto"
    spacing: float = 0.0
    align: Justification = "left"
    line: float = 0.0
    first_line: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    letters: FontLook | None = None

    @property
    def advance(self) -> float:
        """Distance in points from one full-width character to the next."""
        return self.size + self.spacing


@dataclass(frozen=True, slots=True)
class Texts:
    """The kinds of text."""

    cover: TextLook
    letterhead_mark: TextLook
    issuer: TextLook
    document_number: TextLook
    signer: TextLook
    title: TextLook
    addressee: TextLook
    body: TextLook
    heading1: TextLook
    heading2: TextLook
    heading3: TextLook
    heading4: TextLook
    lead: TextLook
    list: TextLook
    caption: TextLook
    figure: TextLook
    table_head: TextLook
    table_text: TextLook
    attachment: TextLook
    signature: TextLook
    imprint: TextLook
    page_number: TextLook
    contents_title: TextLook
    contents: TextLook

    @property
    def headings(self) -> tuple[TextLook, TextLook, TextLook, TextLook]:
        """Levels 1 to 4."""
        return self.heading1, self.heading2, self.heading3, self.heading4


@dataclass(frozen=True, slots=True)
class TableLook:
    """Rules in eighths of a point (0: none), cell padding in millimetres, blank below a table in points.

    ``rule_colour`` and ``head_fill`` are RRGGBB; ``auto`` is black for rules and no fill for the header row.
    """

    outer_rule: int
    inner_rule: int
    rule_colour: str
    head_fill: str
    cell_padding: float
    gap: float


@dataclass(frozen=True, slots=True)
class FigureLook:
    """The largest size of a picture alone in its row, and of one of a pair, in millimetres."""

    width: float
    height: float
    pair_width: float
    pair_height: float


@dataclass(frozen=True, slots=True)
class ChartLook:
    """Size in millimetres, font, size of its text in points, colours (RRGGBB) and markers of the series in turn.

    ``letters`` is the font of letters and digits, if it is not ``font``.
    """

    width: float
    height: float
    font: FontLook
    size: float
    colours: tuple[str, ...]
    markers: tuple[str, ...]
    grid_colour: str
    letters: FontLook | None = None

    def colour(self, place: int) -> str:
        """Return the colour of the series or slice at ``place``, counted from 0."""
        return self.colours[place % len(self.colours)]

    def marker(self, place: int) -> str:
        """Return the marker of the line at ``place``, counted from 0."""
        return self.markers[place % len(self.markers)]


@dataclass(frozen=True, slots=True)
class ListLook:
    """The bullet."""

    bullet: str


@dataclass(frozen=True, slots=True)
class SignatureLook:
    """The placement of signing body and date (GB/T 9704, 7.3.5); see the look's file for the fields."""

    distance: float
    unsealed_indent: float
    date_shift: float
    sealed_indent: float


@dataclass(frozen=True, slots=True)
class AttachmentLook:
    """The placement of the attachment note (GB/T 9704, 7.3.4): lines below the text, indent in characters."""

    distance: float
    indent: float


@dataclass(frozen=True, slots=True)
class LetterheadLook:
    """The placement of the parts of a letterhead (GB/T 9704, 7.2).

    ``issuer_top`` is the distance of the issuer's mark from the type area's top in millimetres; ``number_distance`` and
    ``title_distance`` are lines above number and title; ``rule`` is in eighths of a point, ``rule_distance`` from
    number to rule in points.
    """

    issuer_top: float
    number_distance: float
    rule: int
    rule_distance: float
    rule_colour: str
    title_distance: float


@dataclass(frozen=True, slots=True)
class CoverLook:
    """The line above the title, with a rule below it.

    ``text`` may contain ``{subject}``, ``{author}`` and ``{keywords}``, the document's properties; if it is empty there
    is no such line. ``rule`` is in eighths of a point.
    """

    text: str
    rule: int
    rule_colour: str


@dataclass(frozen=True, slots=True)
class ImprintLook:
    """Rules of the imprint in eighths of a point (GB/T 9704, 7.4.1)."""

    outer_rule: int
    inner_rule: int


@dataclass(frozen=True, slots=True)
class ContentsLook:
    """The table of contents: the indent of each level relative to the one above it (characters).

    ``new_page`` says whether the text begins on a new page after it.
    """

    indent: float
    new_page: bool


@dataclass(frozen=True, slots=True)
class LatinLook:
    """The differences in documents in the Latin script: see :func:`kepu_docs.typography.latin_looks.in_latin`.

    ``first_line`` replaces the indents of first lines and of the attachment note, ``align`` replaces justified text;
    ``after`` is the space below paragraphs and entries that have none, in lines.
    """

    first_line: float
    after: float
    align: Justification


@dataclass(frozen=True, slots=True)
class Look:
    """A complete look."""

    page: PageLook
    page_number: PageNumberLook
    punctuation: PunctuationLook
    fonts: tuple[FontLook, ...]
    text: Texts
    table: TableLook
    figure: FigureLook
    chart: ChartLook
    list: ListLook
    signature: SignatureLook
    attachment_note: AttachmentLook
    cover: CoverLook
    letterhead: LetterheadLook
    imprint: ImprintLook
    contents: ContentsLook
    latin: LatinLook


def parse_look(source: str) -> Look:
    """Return the look that a TOML text describes. Raises ``KeyError`` or ``TypeError`` for an invalid field."""
    data = tomllib.loads(source)
    fonts = {key: _font(font) for key, font in data["fonts"].items()}

    def text(member: Mapping[str, Any]) -> TextLook:
        return TextLook(**{**member, "font": fonts[member["font"]]})

    chart = {
        **data["chart"],
        "font": fonts[data["chart"]["font"]],
        "colours": tuple(data["chart"]["colours"]),
        "markers": tuple(data["chart"]["markers"]),
    }
    members: dict[str, Any] = {
        "fonts": tuple(fonts.values()),
        "text": Texts(**{kind: text(member) for kind, member in data["text"].items()}),
        "chart": ChartLook(**chart),
    }
    kinds: dict[str, Any] = {each.name: each.type for each in fields(Look) if each.name not in members}
    return Look(**members, **{name: kind(**data[name]) for name, kind in kinds.items()})


def _font(member: Mapping[str, Any]) -> FontLook:
    latin = _font(member["latin"]) if "latin" in member else None
    return FontLook(**{**member, "alternatives": tuple(member["alternatives"]), "latin": latin})


def load_look(name: str) -> Look:
    """Return a built-in look by its name (``gongwen``)."""
    return parse_look(files("kepu_templates").joinpath("looks", f"{name}.toml").read_text("utf-8"))


def look_names() -> tuple[str, ...]:
    """Return the names of the built-in looks."""
    folder = files("kepu_templates").joinpath("looks")
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))
