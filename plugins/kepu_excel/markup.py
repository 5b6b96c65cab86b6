"""XML of workbooks: elements written as in their part, texts escaped, cells taken apart."""

import re
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

S: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_declared = re.compile(r' xmlns(?::(\w+))?="([^"]*)"')
_coded = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def s(name: str) -> str:
    """Return the full name of an element of SpreadsheetML."""
    return f"{{{S}}}{name}"


def escape(text: str) -> str:
    """Return text as XML character data."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quote(text: str) -> str:
    """Return text as the value of an attribute, without the quotation marks around it."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def as_typed(text: str) -> str:
    """Return a text as a cell stores it: text that looks like an escape code of Excel is kept as text."""
    return _coded.sub("_x005F_", text)


def fragment(element: Any, root: Any) -> str:
    """Return an element as it is written within its part, whose root already declares the namespaces."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    end = text.index(">")
    known = {(prefix or "", uri) for prefix, uri in root.nsmap.items()}
    head = _declared.sub(lambda found: "" if (found[1] or "", found[2]) in known else found[0], text[:end])
    return head + text[end:]


def written(root: Any) -> bytes:
    """Return a part as bytes, from its root."""
    return (DECLARATION + etree.tostring(root, encoding="unicode")).encode()


@dataclass(frozen=True, slots=True)
class TextRun:
    """A piece of a cell's text in one look: its run properties as XML (empty for the cell's own), and its text."""

    properties: str
    text: str


def runs_of(element: Any, root: Any) -> tuple[TextRun, ...]:
    """Return the text of a shared or inline string, without phonetic readings."""
    found = []
    for child in element:
        if child.tag == s("t"):
            found.append(TextRun("", child.text or ""))
        elif child.tag == s("r"):
            properties = child.find(s("rPr"))
            text = "".join(each.text or "" for each in child.iterchildren(s("t")))
            found.append(TextRun("" if properties is None else fragment(properties, root), text))
    return tuple(found)
