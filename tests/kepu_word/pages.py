"""Finished pages as LibreOffice prints them, read from its PDF; lengths are in millimetres from the upper left."""

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pytest
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTImage, LTItem, LTPage
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import dict_value, stream_value
from tests.kepu_word.office import converted, missing_stand_ins
from tests.kepu_word.outlines import Outlines

POINT: Final = 25.4 / 72
# Glyphs whose baselines are nearer to each other than this stand in one line.
_ONE_LINE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as printed: from where to where it advances, on which baseline, and its ink (``None``: blank).

    ``font`` is the name inside the font's file, ``size`` in points; ``missing``: a box or a gap stands in its place.
    """

    text: str
    left: float
    right: float
    baseline: float
    font: str
    size: float
    ink: Box | None
    missing: bool


@dataclass(frozen=True)
class Line:
    """Glyphs on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]

    @cached_property
    def text(self) -> str:
        """What the line says."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """Where the first glyph begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where the last glyph ends."""
        return self.glyphs[-1].right

    @property
    def baseline(self) -> float:
        """The first glyph's baseline."""
        return self.glyphs[0].baseline

    @property
    def fonts(self) -> set[str]:
        """The fonts of all glyphs."""
        return {glyph.font for glyph in self.glyphs}


@dataclass(frozen=True)
class Page:
    """A page: its text, its pictures, and what else is drawn (rules of tables, shapes of charts)."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    pictures: tuple[Box, ...]
    drawn: tuple[Box, ...] = field(repr=False)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines from the top, the page number's last."""
        lines: list[list[Glyph]] = []
        for glyph in sorted(self.glyphs, key=lambda one: one.baseline):
            if lines and glyph.baseline - lines[-1][-1].baseline < _ONE_LINE:
                lines[-1].append(glyph)
            else:
                lines.append([glyph])
        return tuple(Line(tuple(sorted(line, key=lambda one: one.left))) for line in lines)

    @property
    def body(self) -> tuple[Line, ...]:
        """The lines of the type area."""
        return self.lines[:-1]

    @property
    def foot(self) -> Line:
        """The page number's line."""
        return self.lines[-1]


def pdf_by_office(folder: Path, files: Mapping[str, bytes]) -> dict[str, tuple[Page, ...]]:
    """Return the pages that LibreOffice makes of each .docx; ``folder`` as for :func:`converted`.

    Where the fonts are not installed that pages are measured with, the test is skipped; in CI it goes on, and fails.
    """
    if not os.environ.get("CI") and (missing := missing_stand_ins()):
        pytest.skip(f"fonts are not installed: {', '.join(sorted(missing))}")
    return {name: read(data) for name, data in converted(folder, files, "pdf").items()}


def read(pdf: bytes) -> tuple[Page, ...]:
    """Return the pages of a PDF file."""
    resources = PDFResourceManager()
    reader = _Reader(resources)
    interpreter = PDFPageInterpreter(resources, reader)
    for page in PDFPage.get_pages(io.BytesIO(pdf)):
        interpreter.process_page(page)
    return tuple(reader.pages)


class _Reader(PDFLayoutAnalyzer):
    """pdfminer's layout, which knows no glyph numbers, with the glyph's shape beside each of its characters."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.pages: list[Page] = []
        self._shown: list[tuple[Outlines, int]] = []
        self._outlines: dict[int, Outlines] = {}

    def render_char(self, matrix: Any, font: PDFFont, *rest: Any, **more: Any) -> float:
        cid = more["cid"] if "cid" in more else rest[3]
        self._shown.append((self._outlines_of(font), cid))
        return super().render_char(matrix, font, *rest, **more)

    def _outlines_of(self, font: PDFFont) -> Outlines:
        if id(font) not in self._outlines:
            self._outlines[id(font)] = Outlines.of(stream_value(dict_value(font.descriptor)["FontFile2"]).get_data())
        return self._outlines[id(font)]

    def receive_layout(self, ltpage: LTPage) -> None:
        shown = iter(self._shown)
        items = list(_leaves(ltpage))
        height = ltpage.height
        glyphs = tuple(_glyph(item, height, *next(shown)) for item in items if isinstance(item, LTChar))
        assert next(shown, None) is None
        pictures = tuple(_box(item, height) for item in items if isinstance(item, LTImage))
        drawn = tuple(_box(item, height) for item in items if isinstance(item, LTCurve) and (item.stroke or item.fill))
        self.pages.append(Page(ltpage.width * POINT, height * POINT, glyphs, pictures, drawn))
        self._shown = []


def _leaves(item: LTItem) -> list[LTItem]:
    if isinstance(item, LTContainer):
        return [leaf for member in item for leaf in _leaves(member)]
    return [item]


def _box(item: LTComponent, height: float) -> Box:
    return Box(item.x0 * POINT, (height - item.y1) * POINT, item.x1 * POINT, (height - item.y0) * POINT)


def _glyph(character: LTChar, height: float, outlines: Outlines, cid: int) -> Glyph:
    left, up = character.matrix[4:]
    baseline = (height - up) * POINT
    size = character.size
    millimetres = size * POINT
    ink = outlines.ink(cid)
    return Glyph(
        text=character.get_text(),
        left=left * POINT,
        right=(left + character.adv) * POINT,
        baseline=baseline,
        font=character.fontname.partition("+")[2],
        size=size,
        ink=ink
        and Box(
            left * POINT + ink[0] * millimetres,
            baseline - ink[3] * millimetres,
            left * POINT + ink[2] * millimetres,
            baseline - ink[1] * millimetres,
        ),
        missing=outlines.is_missing(cid) and not character.get_text().isspace(),
    )
