"""Active content in the parts taken over from a user's Word template, which would be in every document.

Allowed are fields and addresses that are known only to show something, or to wait for a click that leads to a page or a
mailbox. Everything else is refused, known or unknown.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from kepu_docs.plugin import N_, Message
from kepu_word.package.parts import LINKS

FIELDS: Final = frozenset((
    "=", "ADVANCE", "AUTHOR", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "COMMENTS", "COMPARE", "CREATEDATE", "DATE",
    "DOCPROPERTY", "EDITTIME", "EQ", "FILENAME", "FILESIZE", "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "IF", "INFO",
    "KEYWORDS", "LASTSAVEDBY", "LISTNUM", "MERGEFIELD", "NOTEREF", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE",
    "PAGEREF", "PRINTDATE", "QUOTE", "REF", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES", "SEQ", "SET", "STYLEREF",
    "SUBJECT", "SYMBOL", "TC", "TEMPLATE", "TIME", "TITLE", "TOC", "USERADDRESS", "USERINITIALS", "USERNAME", "XE",
))  # fmt: skip
"""Fields that show what Word itself knows. They fetch, run, ask and print nothing."""
RELATIONS: Final = frozenset((
    "image", "hyperlink", "font", "package", "hdphoto", "themeoverride", "chart", "chartstyle", "chartcolorstyle",
    "chartusershapes", "diagramdata", "diagramlayout", "diagramquickstyle", "diagramcolors", "diagramdrawing",
))  # fmt: skip
"""The types of relationships that a part may have, by the last word, in lower case; others are refused by name."""
_FETCHING: Final = frozenset((
    "DDE", "DDEAUTO", "INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "DATABASE", "LINK",
))  # fmt: skip
_ELEMENTS: Final = frozenset((
    "altchunk", "subdoc", "oleobject", "control", "attachedtemplate", "datasource", "mailmerge", "savethroughxslt",
    "entrymacro", "exitmacro", "webvideopr", "movie", "frameset", "script", "foreignobject", "iframe",
))  # fmt: skip
_PICTURES: Final = ("imagedata", "fill", "stroke")
_ADDRESSES: Final = ("href", "src", "althref")
_SVG: Final = "{http://www.w3.org/2000/svg}"
_DATA: Final = ("#", "data:image/png;", "data:image/jpeg;", "data:image/gif;")
_LONGEST: Final = 30
"""How many characters of a field's name messages show."""

_name = re.compile(r'=|[A-Za-z]+(?=[\s"\\]|$)')
_word = re.compile(r"[A-Za-z]+")
_token = re.compile(r'"[^"]*"?|“[^”]*”?|[^\s"“]+')
_switch = re.compile(r"\\[A-Za-z*@#!]")
_fetched = re.compile(r"@import|url\(\s*+(?:[\"']\s*+)?+(?!#)|expression\(", re.I)
_NESTED: Final = "\0"
"""Represents a nested field in an instruction."""
_BRACE: Final = "{"
_NAMES_KEPT: Final = 1024
"""How many names of elements and attributes are cached: a document has some hundreds."""


def found_acting(tree: Any) -> Message | None:
    """Return what acts or fetches something in a part; ``None`` if nothing does."""
    for element in tree.iter():
        found = _element(element)
        if found is not None:
            return found
    for instruction in _instructions(tree):
        found = _field(instruction)
        if found is not None:
            return found
    return None


@lru_cache(_NAMES_KEPT)
def _last(name: object) -> str:
    return str(name).rpartition("}")[2].lower()


def _element(element: Any) -> Message | None:
    name = _last(element.tag)
    drawn = str(element.tag).startswith(_SVG)
    if name == "mailmerge":
        return Message(N_("a mail merge (change it back to a normal Word document: Mailings, Start Mail Merge)"))
    if name in _ELEMENTS:
        return Message.of(N_("something that runs by itself ({name})"), name=name)
    if drawn and name == "style" and _fetched.search("".join(element.itertext())):
        return Message(N_("an address that opens automatically"))
    for attribute, value in element.attrib.items():
        word, address = _last(attribute), str(value).strip()
        if word == "base" and str(attribute).startswith("{http://www.w3.org/XML"):
            return Message(N_("an address that opens automatically"))
        if word == "action" and name.startswith("hlink") and address:
            return Message.of(N_("something that runs by itself ({name})"), name=name)
        if drawn and word.startswith("on"):
            return Message.of(N_("something that runs by itself ({name})"), name="script")
        if drawn and _fetched.search(address):
            return Message(N_("an address that opens automatically"))
        if word in _ADDRESSES and address and not _is_harmless(name, address, drawn=drawn):
            return Message(N_("an address that opens automatically"))
    return None


def _is_harmless(name: str, address: str, *, drawn: bool) -> bool:
    """Return whether an address in an attribute is within the part, or belongs to a link to click on."""
    address = address.lower()
    if drawn:
        return address.startswith(_DATA)
    return address.startswith("#") or (name not in _PICTURES and address.startswith(LINKS))


def _instructions(tree: Any) -> Iterator[str]:
    """Yield the instructions of all fields.

    An instruction may be split over several runs. Only runs with one parent are joined: a program may ignore text in an
    alternative, in deleted text or in an extension, and then read a different instruction.
    """
    contexts: dict[Any, list[list[str]]] = {}
    for element in tree.iter():
        name = _last(element.tag)
        if name == "fldsimple":
            yield "".join(str(value) for key, value in element.attrib.items() if _last(key) == "instr")
        if name not in ("instrtext", "delinstrtext", "fldchar"):
            continue
        run = element.getparent()
        parent = run.getparent() if run is not None and _last(run.tag) == "r" else run
        fields = contexts.setdefault(parent, [[]])
        if name != "fldchar":
            fields[-1].append("".join(element.itertext()))
            continue
        kind = next((str(value) for key, value in element.attrib.items() if _last(key) == "fldchartype"), "")
        if kind == "end" and len(fields) > 1:
            yield "".join(fields.pop())
        elif kind not in ("separate", "end"):
            fields[-1].append(_NESTED)
            fields.append([])
    for begun, *fields in contexts.values():
        # Text outside any field of this parent may belong to the instruction of a field that began elsewhere.
        yield "".join(begun).replace(_NESTED, " ")
        yield from map("".join, fields)


def _field(instruction: str) -> Message | None:
    text = instruction.strip()
    found = _name.match(text)
    name = found[0].upper() if found else ""
    # In Word, typed braces are not a nested field; it is unknown what other programs make of them.
    if _BRACE not in text and (not text or name in FIELDS or (name == "HYPERLINK" and _is_link(text))):
        return None
    word = _word.search(text.partition(_BRACE)[2] or text)
    shown = (word[0] if word else text).upper()[:_LONGEST]
    if shown in _FETCHING:
        return Message.of(N_("a field that fetches external content ({field})"), field=shown)
    return Message.of(N_("a field that may do more than display something ({field})"), field=shown)


def _is_link(text: str) -> bool:
    """Return whether a hyperlink field names only pages, mailboxes, and places in the document itself."""
    if _NESTED in text:
        return False
    switch = ""
    for token in _token.findall(text)[1:]:
        if _switch.fullmatch(token):
            switch = token.lower()
        elif switch in ("\\l", "\\o", "\\t"):
            switch = ""
        elif not token.strip('"“” ').lower().startswith(LINKS):
            return False
    return True
