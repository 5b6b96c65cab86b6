"""How a look sets its paragraphs and tables: what is read from its styles, to count lines and pages.

All lengths are in twips.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import Look, PunctuationLook
from kepu_word.look.units import TWIPS_A_POINT, line_twips, text_twips, twips
from kepu_word.package.parts import W

_W: Final = f"{{{W}}}"
# The natural line height of a font, as a multiple of its size.
_NATURAL: Final = 1.3
_KEPT: Final = 256
"""For how many sets of direct properties the settings are kept: those of signatures and lists differ."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How the paragraphs of a style are set.

    ``line`` is an exact line height, or 0 if it is the font's own height times ``stretch`` / 240. ``border`` is the
    height of the rules above and below.
    """

    size: int = 0
    spacing: int = 0
    line: int = 0
    stretch: int = 240
    before: int = 0
    after: int = 0
    left: int = 0
    right: int = 0
    first: int = 0
    border: int = 0
    keep_next: bool = False
    new_page: bool = False
    numbered: bool = False

    @property
    def height(self) -> int:
        """The height of a line of text."""
        return self.line or round(self.size * _NATURAL * self.stretch / 240)


@dataclass(frozen=True, slots=True)
class Rules:
    """The measures of the tables of a style besides their text: rules around and inside, and cell margins."""

    outer: int = 0
    inner: int = 0
    padding: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The measures for counting pages: the type area, and how styles set paragraphs and tables."""

    width: int
    height: int
    paragraphs: Mapping[str, Setting]
    tables: Mapping[str, Rules]
    punctuation: PunctuationLook
    setting_of: Callable[[str], Setting] = field(init=False, repr=False, compare=False)
    rules_of: Callable[[str], Rules] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "setting_of", lru_cache(_KEPT)(self._setting_of))
        object.__setattr__(self, "rules_of", lru_cache(_KEPT)(self._rules_of))

    def _setting_of(self, properties: str) -> Setting:
        """Return how a paragraph is set that has these direct properties, its style among them."""
        element: Any = etree.fromstring(f'<w:pPr xmlns:w="{W}">{properties}</w:pPr>')
        return _set(self.paragraphs[element.find(f"{_W}pStyle").get(f"{_W}val")], element)

    def _rules_of(self, properties: str) -> Rules:
        """Return the rules of a table that has this ``w:tblPr``; its own margins override its style's."""
        element: Any = etree.fromstring(f'<w:tbl xmlns:w="{W}">{properties}</w:tbl>')
        rules = self.tables[element.find(f"{_W}tblPr/{_W}tblStyle").get(f"{_W}val")]
        return replace(rules, padding=_rules(element).padding or rules.padding)

    @classmethod
    def of(cls, look: Look, styles: bytes) -> "Sheet":
        """Return the sheet of a look; ``styles`` is its styles part."""
        paragraphs: dict[str, Setting] = {}
        tables: dict[str, Rules] = {}
        for style in etree.fromstring(styles).iter(f"{_W}style"):
            identity = style.get(f"{_W}styleId", "")
            if style.get(f"{_W}type") == "table":
                tables[identity] = _rules(style)
                continue
            base = style.find(f"{_W}basedOn")
            setting = paragraphs.get(base.get(f"{_W}val", ""), Setting()) if base is not None else Setting()
            paragraphs[identity] = _set(_set(setting, style.find(f"{_W}pPr")), style.find(f"{_W}rPr"))
        return cls(
            width=text_twips(look.page),
            # Whole lines: LibreOffice leaves the rest blank, half of it above the text.
            height=twips(look.page.text_height) // line_twips(look.page) * line_twips(look.page),
            paragraphs=paragraphs,
            tables=tables,
            punctuation=look.punctuation,
        )


def _rules(style: Any) -> Rules:
    """Return the rules of a table style or of a table."""

    def number(path: str, attribute: str) -> int:
        member = style.find("/".join(f"{_W}{name}" for name in ("tblPr", *path.split("/"))))
        return 0 if member is None else int(member.get(f"{_W}{attribute}"))

    return Rules(
        outer=number("tblBorders/top", "sz") * TWIPS_A_POINT // 8,
        inner=number("tblBorders/insideH", "sz") * TWIPS_A_POINT // 8,
        padding=number("tblCellMar/left", "w") + number("tblCellMar/right", "w"),
    )


def _set(setting: Setting, properties: Any) -> Setting:
    """Return ``setting`` with the changes of a ``w:pPr`` or ``w:rPr``."""
    changes: dict[str, Any] = {}
    for member in () if properties is None else properties:
        kind = member.tag.removeprefix(_W)
        value = member.get(f"{_W}val")
        if kind == "sz":
            changes["size"] = int(value) * TWIPS_A_POINT // 2
        elif kind == "spacing" and value is not None:
            changes["spacing"] = int(value)
        elif kind == "spacing":
            given = _numbers(member, "before", "after", "line")
            if "line" in given and member.get(f"{_W}lineRule") != "exact":
                given |= {"line": 0, "stretch": given["line"]}
            changes |= given
        elif kind == "ind":
            given = _numbers(member, "left", "right", "firstLine", "hanging")
            if not given.keys().isdisjoint(("firstLine", "hanging")):
                given["first"] = given.pop("firstLine", 0) - given.pop("hanging", 0)
            changes |= given
        elif kind == "pBdr":
            sides = [side for side in member if side.tag in (f"{_W}top", f"{_W}bottom")]
            changes["border"] = sum(
                int(side.get(f"{_W}space", 0)) * TWIPS_A_POINT + int(side.get(f"{_W}sz", 0)) * TWIPS_A_POINT // 8
                for side in sides
            )
        elif kind == "keepNext":
            changes["keep_next"] = value != "0"
        elif kind == "pageBreakBefore":
            changes["new_page"] = value != "0"
        elif kind == "numPr":
            number = member.find(f"{_W}numId")
            changes["numbered"] = number is None or number.get(f"{_W}val") != "0"
    return replace(setting, **changes) if changes else setting


def _numbers(member: Any, *names: str) -> dict[str, int]:
    """Return the numeric attributes that an element has."""
    return {name: int(value) for name in names if (value := member.get(f"{_W}{name}"))}
