"""WordprocessingML that others have written: parsed, and refused if it would break a document.

Word does not open a document with elements in places where they are not allowed. So the structure of foreign elements
is checked (ECMA-376, part 1, 17), and properties are put in the order of the schema.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import N_, Message, Place, RenderError
from kepu_word.package.parts import DOCUMENT_START, DRAWING, R, W
from kepu_word.xml_text import encode

_NAMESPACES: Final = {
    "w": W,
    "r": R,
    "wp": f"{DRAWING}/wordprocessingDrawing",
    "a": f"{DRAWING}/main",
    "pic": f"{DRAWING}/picture",
}
_DECLARATIONS: Final = tuple(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
_W: Final = f"{{{W}}}"
_CHART: Final = f"{{{DRAWING}/chart}}chart"
_ATTRIBUTES: Final = frozenset((*_NAMESPACES.values(), "http://www.w3.org/XML/1998/namespace"))
_TEXTS: Final = ("t", "instrText")
# Extensions that Word does not need.
_DROPPED: Final = (
    "{http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing}",
    f"{{{_NAMESPACES['a']}}}extLst",
)
_DROPPED_MARKS: Final = frozenset(("proofErr", "lastRenderedPageBreak", "permStart", "permEnd"))

_MARKS: Final = frozenset(("bookmarkStart", "bookmarkEnd"))
_MEMBERS: Final = {
    "body": frozenset(("p", "tbl")),
    "tbl": frozenset(("tblPr", "tblGrid", "tr")),
    "tr": frozenset(("tblPrEx", "trPr", "tc")),
    "tc": frozenset(("tcPr", "p", "tbl")),
    "p": frozenset(("pPr", "r", "hyperlink", "fldSimple")) | _MARKS,
    "hyperlink": frozenset(("r", "fldSimple")) | _MARKS,
    "fldSimple": frozenset(("r", "hyperlink")) | _MARKS,
    "r": frozenset(
        ("rPr", "t", "tab", "br", "cr", "noBreakHyphen", "softHyphen", "sym", "ptab", "drawing", "fldChar", "instrText")
    ),
}  # fmt: skip
"""Which elements may contain which; in all others, anything of the namespaces."""
_ORDER: Final = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
        " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
        " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
        " textboxTightWrap outlineLvl divId cnfStyle rPr"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
        " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
        " lang eastAsianLayout specVanish"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd"
        " tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
    ),
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
}  # fmt: skip
_PLACES: Final = {name: {member: place for place, member in enumerate(order.split())} for name, order in _ORDER.items()}
_FIRST: Final = {"p": "pPr", "r": "rPr", "tc": "tcPr"}
_NEEDED: Final = {"tbl": ("tblPr", "tblGrid", "tr"), "tr": ("tc",), "tc": ("p",)}
_OFF: Final = ("0", "false", "off")
_SWITCHES: Final = ("keepNext", "keepLines", "pageBreakBefore")

_REFUSED: Final = {
    "altChunk": N_("another document in another format (altChunk)"),
    "object": N_("an embedded object (OLE)"),
    "control": N_("a program (ActiveX)"),
    "sectPr": N_("a section with its own page settings"),
    "footnoteReference": N_("a footnote"),
    "endnoteReference": N_("an endnote"),
    "commentReference": N_("a comment"),
    "commentRangeStart": N_("a comment"),
    "commentRangeEnd": N_("a comment"),
    "ins": N_("a tracked change"),
    "del": N_("a tracked change"),
    "pict": N_("a drawing in the old format (VML)"),
    "sdt": N_("a content control"),
}


def refused(what: str) -> RenderError:
    """Return the error of something that cannot be taken over; ``what`` is marked for the catalogues."""
    return RenderError.at(Place(), N_("it returned {what}, which the document cannot include"), what=Message(what))


def unrelated(element: Any, identity: str) -> RenderError:
    """Return the error for an element that refers to a relationship that does not exist."""
    text = N_("it returned a {element} with the relationship “{identity}”, which the document does not have")
    return RenderError.at(Place(), text, element=shown(element), identity=identity)


def parsed(xml: str) -> Any:
    """Return the ``w:body`` of block elements that use the prefixes of the main part: w, r, wp, a, pic.

    Raises ``RenderError`` for XML that is not well-formed or would break a document.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(f"{DOCUMENT_START}{xml}</w:body></w:document>", parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        text = N_("it returned WordprocessingML that is not well-formed: {reason}")
        raise RenderError.at(Place(), text, reason=str(error)) from None
    if len(root) != 1 or (root[0].tail or "").strip():
        raise RenderError.at(Place(), N_("it returned WordprocessingML with an end tag that nothing starts"))
    body = root[0]
    _check(body, "body")
    _check_fields(body)
    etree.cleanup_namespaces(root, top_nsmap=_NAMESPACES, keep_ns_prefixes=list(_NAMESPACES))
    return body


def serialized(element: Any) -> str:
    """Return an element of a body as written in the main part, whose root declares the namespaces.

    Raises ``RenderError`` for a character that XML cannot hold.
    """
    xml = str(etree.tostring(element, encoding="unicode", with_tail=False))
    end = xml.index(">")
    opening = xml[:end]
    for declaration in _DECLARATIONS:
        opening = opening.replace(declaration, "")
    return checked(opening + xml[end:])


def checked(xml: str) -> str:
    """Return XML that can be written. Raises ``RenderError`` for a character that XML cannot hold."""
    try:
        encode(xml)
    except UnicodeError:
        text = N_("it returned text with a character that a Word document cannot hold, such as a line break in w:t")
        raise RenderError.at(Place(), text) from None
    return xml


def shown(element: Any) -> str:
    """Return a name with its usual prefix: ``w:p``."""
    name = etree.QName(element)
    prefix = next((prefix for prefix, uri in _NAMESPACES.items() if uri == name.namespace), element.prefix)
    return f"{prefix}:{name.localname}" if prefix else name.localname


def word(element: Any) -> str:
    """Return the local name of an element of WordprocessingML; empty for any other element."""
    tag = str(element.tag)
    return tag.removeprefix(_W) if tag.startswith(_W) else ""


def relations(body: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield each reference to a relationship: element, attribute, id."""
    for element in body.iter():
        for name, value in element.attrib.items():
            if str(name).startswith(f"{{{R}}}"):
                yield element, str(name), str(value)


def _check(element: Any, name: str) -> None:
    """Check an element with this local name and its descendants, sort properties, and drop what has no effect."""
    if element.attrib:
        _strip_attributes(element)
    _strip_text(element, name)
    allowed, places = _MEMBERS.get(name), _PLACES.get(name)
    for member in list(element):
        kind = word(member)
        if kind in _DROPPED_MARKS or (not kind and str(member.tag).startswith(_DROPPED)):
            element.remove(member)
            continue
        if kind in _REFUSED:
            raise refused(_REFUSED[kind])
        known = kind or member.tag == _CHART or etree.QName(member).namespace in _NAMESPACES.values()
        if not known or (allowed is not None and kind not in allowed) or (places is not None and kind not in places):
            raise _misplaced(shown(member), element)
        _check(member, kind)
    if places is not None:
        put_in_order(element)
    first = element.find(_W + _FIRST[name]) if name in _FIRST else None
    if first is not None and element[0] is not first:
        element.insert(0, first)
    for needed in _NEEDED.get(name, ()):
        if element.find(_W + needed) is None:
            text = N_("it returned a {element} without {member}")
            raise RenderError.at(Place(), text, element=f"w:{name}", member=f"w:{needed}")
    if name == "tc" and word(element[-1]) != "p":
        raise RenderError.at(Place(), N_("it returned a cell (w:tc) that does not end with a paragraph (w:p)"))
    if name == "pPr":
        for switch in _SWITCHES:
            _set(element, switch)


def _check_fields(body: Any) -> None:
    """Refuse fields that end before they begin, or do not end."""
    depth = 0
    for mark in body.iter(f"{_W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(str(mark.get(f"{_W}fldCharType")), 0)
        if depth < 0:
            break
    if depth:
        text = N_("it returned WordprocessingML with a field (w:fldChar) that lacks begin or end")
        raise RenderError.at(Place(), text)


def _strip_attributes(element: Any) -> None:
    """Remove attributes of other namespaces, and those of editing sessions."""
    for name in element.attrib.keys():  # noqa: SIM118  (a list, which does not change while attributes are removed)
        namespace = etree.QName(name).namespace
        if "rsid" in name or (namespace and namespace not in _ATTRIBUTES):
            del element.attrib[name]


def _strip_text(element: Any, name: str) -> None:
    """Remove white space between elements. Raises ``RenderError`` for text where none is allowed."""
    between = [member.tail for member in element if member.tail]
    if name and name not in _TEXTS and element.text:
        between.append(element.text)
        element.text = None
    if not between:
        return
    for text in between:
        if text.strip():
            raise _misplaced(Message.of(N_("the text “{found}”"), found=text.strip()[:40]), element)
    for member in element:
        member.tail = None


def put_in_order(element: Any) -> None:
    """Put the members of properties, a table or a row in the schema's order."""
    order = _PLACES[word(element)]
    places = [order[word(member)] for member in element]
    if places != sorted(places):
        element[:] = sorted(element, key=lambda member: order[word(member)])


def _set(properties: Any, name: str) -> None:
    """Write a switch of a paragraph that is on as kepu-docs writes it, and remove one that is off."""
    switch = properties.find(_W + name)
    if switch is None:
        return
    if switch.attrib.pop(f"{_W}val", "1") in _OFF:
        properties.remove(switch)


def _misplaced(what: object, where: Any) -> RenderError:
    return RenderError.at(
        Place(), N_("it returned {what} in {where}, where it is not allowed"), what=what, where=shown(where)
    )


REFERENCE: Final = re.compile(r'((?:PAGE|NOTE)?REF|HYPERLINK\s+\\l)(\s+"?)([^\s"\\]+)', re.I)
"""Finds a bookmark in the instruction of a field."""
