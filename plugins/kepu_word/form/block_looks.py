"""The look of text that replaces a paragraph: that of the paragraph, if the form gave it one of its own.

Offices rarely define styles: they set the font, size and indent of each paragraph. Headings, tables and pictures keep
their own look.
"""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from kepu_word.look.style_ids import Names
from kepu_word.package.parts import DRAWING, R, W, w

NAMESPACES: Final = {
    "w": W, "r": R, "wp": f"{DRAWING}/wordprocessingDrawing", "a": f"{DRAWING}/main", "pic": f"{DRAWING}/picture",
}  # fmt: skip
"""The namespaces of blocks and photographs, by prefix."""
_ORDER: Final = tuple(map(w, (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl",
)))  # fmt: skip
"""The order of a paragraph's properties; others are not taken over."""
_NOT_OURS: Final = frozenset(
    map(w, ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "numPr", "outlineLvl"))
)
"""Properties of the form's paragraph that the many paragraphs of blocks cannot share."""
_OF_LISTS: Final = frozenset(map(w, ("snapToGrid", "spacing")))
_NOT_OF_RUNS: Final = frozenset(map(w, ("rStyle", "lang", "rPrChange", "ins", "del", "moveFrom", "moveTo")))
_SIZES: Final = frozenset(map(w, ("sz", "szCs", "color")))
"""Properties that a run with a style of its own takes over; its font is the style's."""


@dataclass(frozen=True, slots=True)
class BlockLook:
    """The look of a paragraph: its style (empty for the default), and further properties of it and its text as XML."""

    style: str
    paragraph: str
    run: str


def look_of(paragraph: Any, run: Any) -> BlockLook | None:
    """Return the look of a paragraph and a run in it, ``None`` if both follow their style."""
    given = paragraph.find(w("pPr"))
    style = given.find(w("pStyle")) if given is not None else None
    members = [each for each in (() if given is None else given) if each.tag in _ORDER and each.tag not in _NOT_OURS]
    own = run.find(w("rPr"))
    looks = [each for each in (() if own is None else own) if each.tag not in _NOT_OF_RUNS]
    if not looks and not members and style is None:
        return None
    return BlockLook("" if style is None else str(style.get(w("val"))), _text(members), _text(looks))


def in_look(xml: str, look: BlockLook, names: Names) -> str:
    """Return blocks with the look of the text that they replace."""
    namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    root: Any = etree.fromstring(f"<r {namespaces}>{xml}</r>")
    of_paragraph, of_run = _members(look.paragraph), _members(look.run)
    lists = {names.bullet, names.numbered}
    own_style = "" if look.style in (names.title, *names.headings, *names.bare_headings) else look.style
    for paragraph in root.iterchildren(w("p")):
        given = paragraph.find(w("pPr"))
        style = given.find(w("pStyle")) if given is not None else None
        named = str(style.get(w("val"))) if style is not None else ""
        if named not in lists and named != names.body:
            continue
        taken = of_paragraph if named == names.body else [each for each in of_paragraph if each.tag in _OF_LISTS]
        there = {each.tag for each in given}
        merged = [*given, *(deepcopy(each) for each in taken if each.tag not in there)]
        given[:] = sorted(merged, key=lambda each: _ORDER.index(each.tag) if each.tag in _ORDER else len(_ORDER))
        if of_run:  # numbers look like the end of their paragraph
            etree.SubElement(given, w("rPr")).extend(deepcopy(of_run))
        if own_style and style is not None and named == names.body:
            style.set(w("val"), own_style)
        for run in paragraph.iter(w("r")):
            _set_run(run, of_run)
    text = etree.tostring(root, encoding="unicode")
    return text[text.index(">") + 1 : text.rindex("</")]


def _set_run(run: Any, look: list[Any]) -> None:
    given = run.find(w("rPr"))
    if given is None:
        given = etree.Element(w("rPr"))
        run.insert(0, given)
        run[0].extend(deepcopy(look))
        return
    there = {each.tag for each in given}
    given.extend(deepcopy(each) for each in look if each.tag in _SIZES and each.tag not in there)


def _text(members: list[Any]) -> str:
    """Return elements as XML."""
    return "".join(etree.tostring(each, encoding="unicode", with_tail=False) for each in members)


def _members(xml: str) -> list[Any]:
    return list(etree.fromstring(f"<r>{xml}</r>"))
