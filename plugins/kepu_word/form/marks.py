"""Marks in the tree of a part that show where its tags are: processing instructions, which no part that is read has."""

from copy import deepcopy
from typing import Any, Final

from lxml import etree

from kepu_word.package.parts import w

TARGET: Final = "kepu-form"
CUT: Final = "cut"
"""Splits what stays in two without inserting anything."""
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

PARAGRAPH: Final = w("p")
RUN: Final = w("r")
TEXT: Final = w("t")
_BREAKS: Final = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "\u00ad"}
"""Elements of a run that represent a character."""
_PAGE_BREAKS: Final = ("page", "column")


def mark(word: str) -> Any:
    """Return a mark with the number of a tag, or with ``CUT``."""
    return etree.ProcessingInstruction(TARGET, word)


def is_mark(node: Any) -> bool:
    """Return whether a node is a mark."""
    return node.tag is etree.ProcessingInstruction and node.target == TARGET


def nearest(node: Any, tag: str) -> Any:
    """Return the nearest element of a name around a node, ``None`` if there is none."""
    return next(node.iterancestors(tag), None)


def texts(paragraph: Any) -> list[tuple[Any, str]]:
    """Return the elements with text in a paragraph's own runs, each with its text; those of text boxes are left out."""
    found: list[tuple[Any, str]] = []
    for element in paragraph.iter(TEXT, *_BREAKS):
        run = element.getparent()
        if element.get(w("type")) in _PAGE_BREAKS:
            continue  # stays in its place, even within a placeholder
        if run is not None and run.tag == RUN and nearest(element, PARAGRAPH) is paragraph:
            found.append((element, element.text or "" if element.tag == TEXT else _BREAKS[element.tag]))
    return found


def set_marks(pieces: list[tuple[Any, str]], spans: list[tuple[int, int, str]]) -> None:
    """Replace ``spans`` (start, stop, word of the mark) of the text that ``pieces`` form together by marks."""
    begin = 0
    waiting = list(reversed(spans))
    for element, text in pieces:
        end = begin + len(text)
        touched = False
        parts: list[str] = [""]
        words: list[str] = []
        place = begin
        while place < end:
            span = waiting[-1] if waiting else None
            if span is None or span[0] >= end:
                parts[-1] += text[place - begin :]
                break
            touched = True
            if place < span[0]:
                parts[-1] += text[place - begin : span[0] - begin]
                place = span[0]
            if place == span[0] and span[2]:
                words.append(span[2])
                parts.append("")
            if span[1] <= end:
                place = span[1]
                waiting.pop()
            else:
                waiting[-1] = (span[0], span[1], "")  # its mark is set; the rest of it is removed
                break
        begin = end
        if touched:
            _replace(element, parts, words)


def _replace(element: Any, parts: list[str], words: list[str]) -> None:
    """Replace an element's text by ``parts`` with marks between them; remove it if there is nothing to show."""
    if element.tag != TEXT:
        text = etree.Element(TEXT)
        element.addprevious(text)
        remove(element)
        element = text
    for member in list(element):
        element.remove(member)
    element.text = parts[0]
    for word, tail in zip(words, parts[1:], strict=True):
        node = mark(word)
        node.tail = tail
        element.append(node)
    if words or parts[0]:
        element.set(_XML_SPACE, "preserve")
        return
    run = element.getparent()
    remove(element)
    if all(member.tag == w("rPr") for member in run):
        remove(run)


def remove(element: Any) -> None:
    """Remove an element from the tree, but keep the text after it."""
    parent, tail = element.getparent(), element.tail
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
        element.tail = None
    parent.remove(element)


def take_out(node: Any) -> Any:
    """Take a mark out of the tree, and return it without the text after it."""
    remove(node)
    node.tail = None
    return node


def split_run(node: Any) -> None:
    """Split the run around a mark, which is then between its halves, as their sibling."""
    text = node.getparent()
    run = text.getparent()
    after = etree.Element(RUN, run.attrib)
    properties = run.find(w("rPr"))
    if properties is not None:
        after.append(deepcopy(properties))
    rest = etree.SubElement(after, TEXT)
    rest.set(_XML_SPACE, "preserve")
    rest.text = node.tail or ""
    node.tail = None
    for member in list(node.itersiblings()):
        rest.append(member)
    for member in list(text.itersiblings()):
        after.append(member)
    text.remove(node)
    run.addnext(after)
    run.addnext(node)
    for half in (run, after):
        _tidy(half)


def _tidy(run: Any) -> None:
    """Remove empty texts from a run, and the run from its paragraph if nothing is left."""
    for text in list(run.iterchildren(TEXT)):
        if not text.text and not len(text):
            run.remove(text)
    if all(member.tag == w("rPr") for member in run):
        remove(run)


def unwrap(element: Any) -> None:
    """Replace an element by its content."""
    for member in list(element):
        element.addprevious(member)
    remove(element)
