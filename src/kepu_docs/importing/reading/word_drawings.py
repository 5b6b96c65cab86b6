"""Drawings in a Word document.

The words of text boxes and WordArt are text; pictures, diagrams and charts are left out and listed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kepu_docs.errors import N_
from kepu_docs.importing.reading.word_elements import BOX, TEXT_PATH, A, R, W, content
from kepu_docs.importing.reading.word_parts import Related

if TYPE_CHECKING:
    from lxml.etree import _Element

_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_O: Final = "{urn:schemas-microsoft-com:office:office}"
_DGM: Final = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
DRAWINGS: Final = frozenset((W + "drawing", W + "pict", W + "object"))
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_CHART_SPACE: Final = ("drawing/2014/chartex}chart", "drawingml/2006/chart}chart")
_INK: Final = "contentPart"
_NO_WORDS: Final = frozenset(("parTrans", "sibTrans", "pres"))

PICTURE: Final = N_("a picture, which is left out")
_DESCRIPTION: Final = N_("the description of a drawing, which is not visible in print")
_DIAGRAM: Final = N_("a diagram (SmartArt), which is left out")
_CHART: Final = N_("a chart, which is left out")


@dataclass(slots=True)
class Drawn:
    """The content of a drawing: text boxes and WordArt in order, other words, addresses, and what is left out.

    For what is left out, its words and the reason are given.
    """

    boxes: "list[_Element]" = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)


class Drawings:
    """Reads the drawings of one part of a document."""

    def __init__(self, related: Related, part: str) -> None:
        """``related`` are the parts of the document; diagrams and charts have their own parts among them."""
        self._related = related
        self._part = part
        self._known: set[str] = set()

    def read(self, drawing: "_Element") -> Drawn:
        """Return the content of a drawing. Text boxes are not read here."""
        found = Drawn()
        descriptions: list[str] = []
        name = ""
        stack: list[Iterator[_Element]] = [iter((drawing,))]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            tag = str(element.tag)
            if tag == BOX:
                found.boxes += content(element)
                continue
            stack.append(content(element))
            if tag == TEXT_PATH:
                found.boxes.append(element)
            elif tag == A + "t":
                found.words.append(element.text or "")
            elif tag == _WP + "docPr" or tag.endswith("}cNvPr"):
                described = str(element.get("descr") or element.get("title") or "")
                descriptions += [described] if described else []
                name = name or str(element.get("name") or "")
            elif _is_picture(element, tag):
                title = str(element.get(_O + "title") or "")
                found.left_out.append((descriptions.pop() if descriptions else title or name, PICTURE))
            elif tag == _DGM + "relIds":
                found.left_out.append((self._diagram(str(element.get(R + "dm"))) or name, _DIAGRAM))
            elif tag.endswith(_CHART_SPACE) and element.get(R + "id"):
                found.left_out.append((self._chart(str(element.get(R + "id"))) or name, _CHART))
            if tag.startswith(_V):
                descriptions += [str(element.get("alt"))] if element.get("alt") else []
                found.links += [str(element.get("href"))] if element.get("href") else []
            elif tag.endswith(("}hlinkClick", "}hlinkHover")):
                address = self._related.links(self._part).get(str(element.get(R + "id")))
                found.links += [address] if address else []
        found.left_out += [(text, _DESCRIPTION) for text in dict.fromkeys(descriptions)]
        return found

    def _own(self, identity: str) -> str | None:
        """Return the name of the part of a diagram or chart; only once, as many drawings may lead to it."""
        name = self._related.of(self._part, identity)
        if name is None or name in self._known:
            return None
        self._known.add(name)
        return name

    def _diagram(self, identity: str) -> str:
        """Return the words of a diagram."""
        name = self._own(identity)
        if name is None:
            return ""
        texts = [
            "".join(str(each.text or "") for each in point.iter(A + "t"))
            for point in self._related.roots[name].iter(_DGM + "pt")
            if point.get("type") not in _NO_WORDS
        ]
        return " ".join([*filter(None, texts), *self._related.links(name).values()])

    def _chart(self, identity: str) -> str:
        """Return the words and figures that a chart shows, and those drawn on it."""
        name = self._own(identity)
        if name is None:
            return ""
        texts = [
            str(each.text).strip()
            for each in self._related.roots[name].iter("{*}t", "{*}v", "{*}pt")
            if each.text and each.text.strip()
        ]
        texts += [
            str(each.text)
            for drawing in self._related.all_of(name, "chartUserShapes")
            for each in self._related.roots[drawing].iter(A + "t")
            if each.text
        ]
        return " ".join(dict.fromkeys(texts))


def _is_picture(element: "_Element", tag: str) -> bool:
    if tag == _V + "fill":
        return bool(element.get(R + "id") or element.get(_O + "relid"))
    return tag in (A + "blip", _V + "imagedata") or tag.endswith("}" + _INK)
