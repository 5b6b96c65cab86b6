"""A look as ``paper.typ`` takes it: all lengths in points, each kind of text with the fonts installed for it."""

from dataclasses import fields
from typing import Any, Final

from kepu_docs.plugin import POINTS_A_MILLIMETRE, RECORD_NAMESPACE, Look, TextLook, Texts
from kepu_pdf.fonts import Chosen, chosen

CONTENTS_LEVELS: Final = 3
"""Levels of headings in a table of contents."""
RECORD_NAME: Final = "record.json"
"""The name of the record among a document's attachments; its description is the record's namespace."""

_RISE: Final = 0.8
"""The share of a line's height above its baseline, as word processors set lines of exact height."""
_NATURAL: Final = 1.3
"""The natural line height of a font, as a multiple of its size."""
_EIGHTHS: Final = 8
_OUTLINE: Final = 0.03
"""The thickness of an outline that makes letters bold, as a share of their size."""
_BLACK: Final = "000000"


def look_data(look: Look, *, traditional: bool = False) -> dict[str, Any]:
    """Return a look as data for ``paper.typ``, for text in ``traditional`` characters or other text.

    Raises ``RenderError`` for a font that is not installed.
    """
    page, text = look.page, look.text
    kinds = {field.name: getattr(text, field.name) for field in fields(Texts)}
    number = look.page_number
    return {
        "page": {
            "width": _points(page.width),
            "height": _points(page.height),
            "top": _points(page.top),
            "left": _points(page.left),
            "right": _points(page.width - page.left - page.text_width),
            "bottom": _points(page.height - page.top - page.text_height),
        },
        "page-number": {
            "pattern": number.pattern,
            "center": number.position == "center",
            "indent": number.indent * text.page_number.size,
            # From the type area's lower edge to the line's upper one.
            "below": _points(page.height - page.top - page.text_height - page.footer_distance)
            - height(text.page_number),
        },
        "hanging": look.punctuation.hanging,
        "space-latin": look.punctuation.space_latin,
        "text": {
            **{name: _text(look, kind, traditional) for name, kind in kinds.items()},
            "chart": _text(look, TextLook(look.chart.font, look.chart.size, letters=look.chart.letters), traditional),
        },
        "contents": {
            "levels": CONTENTS_LEVELS,
            "indent": look.contents.indent * text.contents.advance,
            "new-page": look.contents.new_page,
        },
        "table": {
            "outer": look.table.outer_rule / _EIGHTHS,
            "inner": look.table.inner_rule / _EIGHTHS,
            "colour": _colour(look.table.rule_colour),
            "fill": "" if look.table.head_fill == "auto" else look.table.head_fill,
            "padding": _points(look.table.cell_padding),
            "gap": look.table.gap,
        },
        "pair-width": _points(look.figure.pair_width),
        "letterhead": {
            "number-distance": look.letterhead.number_distance * page.line_pitch,
            "rule": look.letterhead.rule / _EIGHTHS,
            "rule-distance": look.letterhead.rule_distance,
            "rule-colour": _colour(look.letterhead.rule_colour),
        },
        "cover": {"rule": look.cover.rule / _EIGHTHS, "colour": _colour(look.cover.rule_colour)},
        "imprint": {"outer": look.imprint.outer_rule / _EIGHTHS, "inner": look.imprint.inner_rule / _EIGHTHS},
        "record-name": RECORD_NAME,
        "record-description": RECORD_NAMESPACE,
    }


def families(data: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of all font families of a look, as :func:`look_data` returns it."""
    return tuple(dict.fromkeys(name for kind in data["text"].values() for name in kind["fonts"]))


def height(text: TextLook) -> float:
    """Return the height of a line in points."""
    return text.line or text.size * _NATURAL


def _points(millimetres: float) -> float:
    return millimetres * POINTS_A_MILLIMETRE


def _colour(colour: str) -> str:
    return _BLACK if colour == "auto" else colour


def _text(look: Look, text: TextLook, traditional: bool) -> dict[str, Any]:
    fonts: Chosen = chosen(look, text.font, text.letters, traditional=traditional)
    return {
        "fonts": fonts.names,
        "size": text.size,
        "weight": "bold" if text.bold and fonts.bold else "regular",
        "outline": text.size * _OUTLINE if text.bold and not fonts.bold else 0,
        "colour": _colour(text.colour),
        "spacing": text.spacing,
        "advance": text.advance,
        "align": text.align,
        "top": height(text) * _RISE,
        "bottom": height(text) * (1 - _RISE),
        "first": text.first_line * text.advance,
        "before": text.before * look.page.line_pitch,
        "after": text.after * look.page.line_pitch,
        "keep": text.keep_next,
    }
