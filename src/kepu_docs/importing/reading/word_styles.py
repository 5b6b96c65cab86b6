"""What the styles of a document give its paragraphs and runs: heading level, numbering, position, look."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kepu_docs.importing.lines import TITLE
from kepu_docs.importing.reading.word_elements import VAL, W, child_of, is_on, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

PART: Final = "word/styles.xml"
_DEEPEST: Final = 9
_DIGITS: Final = 3
"""The most digits of a level; Python does not read numbers of unlimited length."""
_BASES: Final = 20
"""The longest chain of styles that are based on one another."""

_PROPERTIES: Final = W + "pPr"
_RUN_PROPERTIES: Final = W + "rPr"
_STYLE: Final = W + "pStyle"
_RUN_STYLE: Final = W + "rStyle"
_BOLD: Final = W + "b"
_OUTLINE_LEVEL: Final = W + "outlineLvl"
_NUMBER: Final = W + "numPr"
_ALIGNMENT: Final = W + "jc"
_TELLING: Final = (_OUTLINE_LEVEL, _NUMBER, _ALIGNMENT)
_LOOKS: Final = (W + "vanish", W + "vertAlign")
_ASIDE: Final = ("center", "right", "end")

_heading = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.I)
_title = re.compile(r"title|标题|標題|公文标题|文件标题", re.I)
_contents = re.compile(r"(?:toc|目录|目錄)\s*\d?|toc heading", re.I)


@dataclass(frozen=True, slots=True)
class Style:
    """The properties of a paragraph; ``number`` are ``w:numId`` and level (from 0) of its automatic number."""

    level: int | None = None
    number: tuple[str, int] | None = None
    aside: bool = False
    is_contents: bool = False


_PLAIN: Final = Style()


class Styles:
    """The styles of one document."""

    def __init__(self, elements: "Mapping[str, _Element]", usual: str) -> None:
        """``elements`` are the styles by their ids, ``usual`` the id of the style of paragraphs without one."""
        self._elements = elements
        self._usual = usual
        self._known: dict[str, Style] = {}
        self.unusual = self._unusual()
        """For each style that hides, raises or lowers its words: whether it hides them, and the position it gives
        them."""

    @classmethod
    def read(cls, root: "_Element | None") -> "Styles":
        """Read the styles from the part of a document that contains them, if it has one."""
        elements = {
            str(style.get(W + "styleId")): style for style in (() if root is None else root.iterchildren(W + "style"))
        }
        usual = next(
            (
                name
                for name, style in elements.items()
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true")
            ),
            "",
        )
        return cls(elements, usual)

    def of(self, paragraph: "_Element") -> Style:
        """Return the properties of a paragraph, from its style and its own settings."""
        own = child_of(paragraph, _PROPERTIES)
        if own is None:
            return self._style(self._usual)
        named: _Element | None = None
        telling: list[_Element] = []
        for child in own.iterchildren(_STYLE, *_TELLING):
            if child.tag == _STYLE:
                named = child
            else:
                telling.append(child)
        name = self._usual if named is None else str(named.get(VAL) or self._usual)
        style = self._style(name)
        return _with(style, telling) if telling else style

    def number_of(self, name: str) -> str:
        """Return the ``w:numId`` of a list style; nothing if it has none."""
        own = child_of(self._elements[name], _PROPERTIES) if name in self._elements else None
        found = None if own is None else child_of(own, _NUMBER)
        return "" if found is None else value_of(found, "numId")

    @staticmethod
    def is_lead(properties: "_Element | None") -> bool:
        """Return whether the properties of a run highlight it: bold, or with its own style."""
        if properties is None:
            return False
        for each in properties.iterchildren(_BOLD, _RUN_STYLE):
            if is_on(each) if each.tag == _BOLD else each.get(VAL):
                return True
        return False

    def look_of(self, run: "_Element") -> tuple[bool, str]:
        """Return whether the styles of a run and of its paragraph hide it, and the position that they give it."""
        if not self.unusual:
            return False, ""
        properties = child_of(run, _RUN_PROPERTIES)
        own = self.unusual.get("" if properties is None else value_of(properties, "rStyle"), (False, ""))
        paragraph = next(run.iterancestors(W + "p"), None)
        about = None if paragraph is None else child_of(paragraph, _PROPERTIES)
        around = self.unusual.get(
            self._usual if about is None else value_of(about, "pStyle") or self._usual, (False, "")
        )
        # If both styles hide, one shows again what the other hides.
        return own[0] != around[0], own[1] or around[1]

    def _chain(self, name: str) -> "list[_Element]":
        """Return a style and the styles it is based on, beginning with the most basic one."""
        chain: list[_Element] = []
        while name in self._elements and len(chain) < _BASES:
            chain.append(self._elements[name])
            name = value_of(chain[-1], "basedOn")
        return chain[::-1]

    def _unusual(self) -> Mapping[str, tuple[bool, str]]:
        if all(next(element.iter(*_LOOKS), None) is None for element in self._elements.values()):
            return {}
        return {name: look for name in self._elements if (look := self._look(name)) != (False, "")}

    def _look(self, name: str) -> tuple[bool, str]:
        hidden, position = False, ""
        for element in self._chain(name):
            own = child_of(element, _RUN_PROPERTIES)
            if own is not None:
                vanish, raised = (child_of(own, tag) for tag in _LOOKS)
                hidden = hidden if vanish is None else is_on(vanish)
                position = position if raised is None else str(raised.get(VAL) or "")
        return hidden, "" if position == "baseline" else position

    def _style(self, name: str) -> Style:
        known = self._known.get(name)
        if known is None:
            known = _PLAIN
            for element in self._chain(name):
                known = _named(known, value_of(element, "name"))
                own = child_of(element, _PROPERTIES)
                known = known if own is None else _with(known, own.iterchildren(*_TELLING))
            self._known[name] = known
        return known


def _named(style: Style, name: str) -> Style:
    heading = _heading.fullmatch(name.strip())
    if heading:
        return replace(style, level=int(heading[1]))
    if _title.fullmatch(name.strip()):
        return replace(style, level=TITLE)
    return replace(style, is_contents=True) if _contents.fullmatch(name.strip()) else style


def _with(style: Style, own: "Iterable[_Element]") -> Style:
    """Return ``style`` with the given properties applied."""
    level, number, aside = style.level, style.number, style.aside
    for child in own:
        tag = child.tag
        if tag == _OUTLINE_LEVEL:
            written = str(child.get(VAL) or "")
            if level is None and written.isdecimal() and len(written) <= _DIGITS and int(written) < _DEEPEST:
                level = int(written) + 1
        elif tag == _NUMBER:
            before = number or ("0", 0)
            identity, deep = value_of(child, "numId") or before[0], value_of(child, "ilvl")
            number = (identity, int(deep[:2]) if deep.isdecimal() else before[1])
        elif tag == _ALIGNMENT:
            aside = child.get(VAL) in _ASIDE
    if level == style.level and number == style.number and aside == style.aside:
        return style
    return Style(level, number, aside, style.is_contents)
