"""What a paragraph's style says of it: heading level, numbering, where it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kepu_docs.importing.lines import TITLE
from kepu_docs.importing.reading.word_elements import W, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

PART: Final = "word/styles.xml"
_DEEPEST: Final = 9
_DIGITS: Final = 3
"""Of a level; Python reads no number of any length."""
_BASES: Final = 20
"""How many styles may be based on one another."""

_VAL: Final = W + "val"
_OUTLINE_LEVEL: Final = W + "outlineLvl"
_NUMBER: Final = W + "numPr"
_ALIGNMENT: Final = W + "jc"
_ASIDE: Final = ("center", "right", "end")

_heading = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.I)
_title = re.compile(r"title|标题|標題|公文标题|文件标题", re.I)
_contents = re.compile(r"(?:toc|目录|目錄)\s*\d?|toc heading", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """What is known of a paragraph; ``number`` are ``w:numId`` and level (from 0) of its automatic number."""

    level: int | None = None
    number: tuple[str, int] | None = None
    aside: bool = False
    is_contents: bool = False


_PLAIN: Final = Style()


class Styles:
    """The paragraph styles of one document."""

    def __init__(self, elements: "Mapping[str, _Element]", usual: str) -> None:
        self._elements = elements
        self._usual = usual
        self._known: dict[str, Style] = {}

    @classmethod
    def read(cls, roots: "Mapping[str, _Element]") -> "Styles":
        """Read them from the parts of a document, which may have none."""
        if PART not in roots:
            return cls({}, "")
        root = roots[PART]
        elements = {
            str(style.get(W + "styleId")): style
            for style in root.iterchildren(W + "style")
            if style.get(W + "type") == "paragraph"
        }
        usual = next((name for name, style in elements.items() if style.get(W + "default") in ("1", "true")), "")
        return cls(elements, usual)

    def of(self, paragraph: "_Element") -> Style:
        """Return what is known of a paragraph: of its style, and of itself."""
        own = paragraph.find(W + "pPr")
        if own is None:
            return self._style(self._usual)
        return _with(self._style(value_of(own, "pStyle") or self._usual), own)

    @staticmethod
    def is_lead(run: "_Element | None") -> bool:
        """Tell whether a run is set apart from the text of its paragraph: bold, or in a style of its own."""
        properties = run.find(W + "rPr") if run is not None else None
        if properties is None:
            return False
        bold = properties.find(W + "b")
        return value_of(properties, "rStyle") != "" or (bold is not None and bold.get(W + "val") not in ("0", "false"))

    def _style(self, name: str) -> Style:
        known = self._known.get(name)
        if known is None:
            chain: list[_Element] = []
            at = name
            while at in self._elements and len(chain) < _BASES:
                chain.append(self._elements[at])
                at = value_of(chain[-1], "basedOn")
            known = _PLAIN
            for element in reversed(chain):
                known = _named(known, value_of(element, "name"))
                own = element.find(W + "pPr")
                known = known if own is None else _with(known, own)
            self._known[name] = known
        return known


def _named(style: Style, name: str) -> Style:
    heading = _heading.fullmatch(name.strip())
    if heading:
        return replace(style, level=int(heading[1]))
    if _title.fullmatch(name.strip()):
        return replace(style, level=TITLE)
    return replace(style, is_contents=True) if _contents.fullmatch(name.strip()) else style


def _with(style: Style, own: "_Element") -> Style:
    """Return ``style`` with what the properties ``own`` say."""
    level, number, aside = style.level, style.number, style.aside
    for child in own:
        tag = child.tag
        if tag == _OUTLINE_LEVEL:
            written = str(child.get(_VAL) or "")
            if level is None and written.isdecimal() and len(written) <= _DIGITS and int(written) < _DEEPEST:
                level = int(written) + 1
        elif tag == _NUMBER:
            before = number or ("0", 0)
            identity, deep = value_of(child, "numId") or before[0], value_of(child, "ilvl")
            number = (identity, int(deep[:2]) if deep.isdecimal() else before[1])
        elif tag == _ALIGNMENT:
            aside = child.get(_VAL) in _ASIDE
    return Style(level, number, aside, style.is_contents)
