"""The elements of a summary's text: headings, paragraphs, lists of points, tables."""

from dataclasses import dataclass
from typing import TypeAlias

from kepu_docs.errors import Place
from kepu_docs.importing.lines import Cells
from kepu_docs.importing.structure.numbering_marks import MarkStyle
from kepu_docs.schema.passages import PointStyle


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it was written: level (1 is the highest), number, text, place; ``body`` is run-in text on its line.

    ``number`` is empty if it has none; ``value`` is the counted number, for example 2 for 二、.
    """

    level: int
    number: str
    text: str
    place: Place
    body: str = ""
    value: int | None = None
    style: MarkStyle | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of points: its point style in a record, and the texts and places of the points."""

    style: PointStyle
    texts: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    cells: Cells
    place: Place
    caption: str = ""


Element: TypeAlias = Heading | Text | Listed | Grid


def shift(place: Place, characters: int) -> Place:
    """Return the place that is ``characters`` characters after another on its line."""
    if place.column is None or not characters:
        return place
    return Place(place.record, place.line, place.column + characters)
