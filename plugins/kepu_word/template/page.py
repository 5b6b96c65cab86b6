"""The page of a user's Word template: the properties of its last section, and those that determine widths."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import PageLook
from kepu_word.look.units import TWIPS_A_POINT
from kepu_word.package.parts import DOCUMENT_START, R, W, plain, w

_MILLIMETRES_A_TWIP: Final = 25.4 / 1440
_NARROWEST: Final = 20.0
# The space that Word leaves between columns by default, in twips.
_BETWEEN_COLUMNS: Final = 720
# Traces of changes and of a printer, places of notes, and how the section began in the dropped text.
_LEFT_OUT: Final = ("sectPrChange", "printerSettings", "footnotePr", "endnotePr", "type")
_REFERENCES: Final = (w("headerReference"), w("footerReference"))


def section(main: Any) -> Any:
    """Return the properties of a main part's last section as a new element.

    A header or footer that a section does not name is inherited from the section before it; it is named here.
    """
    sections = [each for each in main.iter(w("sectPr")) if each.getparent().tag != w("sectPrChange")]
    if not sections:
        return etree.fromstring(f'<w:sectPr xmlns:w="{W}" xmlns:r="{R}"/>')
    inherited = {(each.tag, each.get(w("type"))): each for one in sections for each in one if each.tag in _REFERENCES}
    found = deepcopy(sections[-1])
    for member in [each for each in found if each.tag in _REFERENCES]:
        found.remove(member)
    for place, member in enumerate(inherited.values()):
        found.insert(place, deepcopy(member))
    for name in _LEFT_OUT:
        for member in found.findall(w(name)):
            found.remove(member)
    return plain(found)


def page(ground: PageLook, properties: Any) -> PageLook:
    """Return the page of a section; values that it does not give are taken from ``ground``.

    The text's width is that of the narrowest column.
    """
    size, margins, grid, columns = (properties.find(w(name)) for name in ("pgSz", "pgMar", "docGrid", "cols"))
    width, height = _length(size, "w", ground.width), _length(size, "h", ground.height)
    gutter = _length(margins, "gutter", 0.0)
    left, right = _length(margins, "left", ground.left), _length(margins, "right", ground.left)
    top, bottom = _length(margins, "top", ground.top), _length(margins, "bottom", ground.top)
    pitch = _length(grid, "linePitch", 0.0) / _MILLIMETRES_A_TWIP
    return replace(
        ground,
        width=width,
        height=height,
        left=left,
        top=top,
        text_width=max(_column(columns, width - left - right - gutter), _NARROWEST),
        text_height=max(height - top - bottom, _NARROWEST),
        line_pitch=pitch / TWIPS_A_POINT if pitch else ground.line_pitch,
    )


def bare(section: Any) -> str:
    """Return a ``w:sectPr`` without the namespace declarations, which are in the main part's root."""
    for name in [name for name in section.attrib if "rsid" in name]:
        del section.attrib[name]
    root = etree.fromstring(f"{DOCUMENT_START}</w:body></w:document>")
    root[0].append(section)
    for blank in section.iter():
        blank.tail = blank.text = None
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r", "wp", "a", "pic"])
    xml = etree.tostring(root, encoding="unicode")
    start = xml.index("<w:sectPr")
    return xml[start : xml.index("</w:body>")]


def _column(columns: Any, width: float) -> float:
    if columns is None:
        return width
    widths = [_length(column, "w", width) for column in columns.iterchildren(w("col"))]
    if widths and columns.get(w("equalWidth")) in ("0", "false", "off"):
        return min(widths)
    number = _number(columns.attrib, "num", 1)
    between = _number(columns.attrib, "space", _BETWEEN_COLUMNS) * _MILLIMETRES_A_TWIP
    return (width - (number - 1) * between) / number if number > 1 else width


def _length(element: Any, name: str, otherwise: float) -> float:
    """Return a length in millimetres; a negative margin is a fixed one that headers do not move."""
    value = "" if element is None else str(element.get(w(name), "")).removeprefix("-")
    return int(value) * _MILLIMETRES_A_TWIP if value.isdecimal() else otherwise


def _number(attributes: Mapping[str, str], name: str, otherwise: int) -> int:
    value = attributes.get(w(name), "")
    return int(value) if value.isdecimal() else otherwise
