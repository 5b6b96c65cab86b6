"""Sets texts in a Word document, and takes rows and paragraphs out: everything else stays."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import groupby
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import N_, DocumentError, FormEdits, Limits, SetText, StoppedError, isolated
from kepu_word.form import marks
from kepu_word.form.layout import PLACE, numbered, shown_parts
from kepu_word.form.marks import RUN, TEXT, nearest
from kepu_word.package import zip_archive
from kepu_word.package.parts import w
from kepu_word.template.acts import found_acting
from kepu_word.template.carried_parts import Template, refused

_WAITING: Final = "PlaceholderText"
"""The style that Word gives to the prompt of a content control."""


def edited(data: bytes, edits: FormEdits) -> bytes:
    """Return a Word document with the edits, made in a separate process.

    Raises ``DocumentError`` for a file that is not a Word document, is broken or is refused.
    """
    try:
        return isolated(make_edited, Limits.of_size(len(data)), data, edits)
    except StoppedError as error:
        text = N_("the Word document cannot be read: {reason}")
        raise DocumentError.at(PLACE, text, reason=error.reason) from None


def make_edited(data: bytes, edits: FormEdits) -> bytes:
    """Return a Word document with the edits. Raises as :func:`edited` does."""
    template = Template(data, PLACE, charts=False)
    parts = dict(template.parts)
    for name in parts:
        if name.lower().endswith((".xml", ".vml", ".rels")):
            acting = found_acting(template.tree(name))
            if acting is not None:
                raise refused(acting, name, PLACE)
    roots = {name: template.tree(name) for name in shown_parts(parts, template.main)}
    before = {name: etree.tostring(root) for name, root in roots.items()}
    _edit(roots, edits)
    for name, root in roots.items():
        if etree.tostring(root) != before[name]:
            parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    packed = [zip_archive.deflated(name, part) for name, part in parts.items()]
    return zip_archive.archive(zip_archive.start(packed), [])


def _edit(roots: Mapping[str, Any], edits: FormEdits) -> None:
    paragraphs, rows = numbered(roots.values())
    for line, texts in groupby(sorted(edits.texts, key=lambda each: (each.line, each.start)), lambda each: each.line):
        _set(paragraphs[line], list(texts))
    for number in edits.lines:
        marks.remove(paragraphs[number])
    for number in edits.rows:
        row = rows[number]
        _move_merges_on(row)
        marks.remove(row)


def _set(paragraph: Any, texts: Sequence[SetText]) -> None:
    """Set texts in a paragraph."""
    pieces = marks.texts(paragraph)
    length = sum(len(shown) for _, shown in pieces)
    within = [each for each in texts if each.start < length]
    marks.set_marks(pieces, [(each.start, each.stop, str(number)) for number, each in enumerate(within)])
    for node in list(paragraph.iter(etree.ProcessingInstruction)):
        if marks.is_mark(node):
            _write(node, within[int(node.text)].text)
    for each in texts:
        if each.start >= length:
            _append(paragraph, each.text)


def _write(node: Any, text: str) -> None:
    """Write a text in place of a mark, and clear the prompt state of the control around it."""
    for control in node.iterancestors(w("sdt")):
        properties = control.find(w("sdtPr"))
        for member in list(properties) if properties is not None else ():
            if etree.QName(member).localname in ("showingPlcHdr", "dataBinding"):
                properties.remove(member)
    run = nearest(node, RUN)
    style = run.find(f"{w('rPr')}/{w('rStyle')}")
    if style is not None and style.get(w("val")) == _WAITING:
        style.getparent().remove(style)
    node.tail = text + (node.tail or "")
    marks.remove(node)


def _append(paragraph: Any, text: str) -> None:
    """Write a text at the end of a paragraph: in the look of the text before it, or as Word would if there is none."""
    run = etree.Element(RUN)
    runs = [each for each in paragraph.iterchildren(RUN) if each.find(TEXT) is not None]
    look = runs[-1].find(w("rPr")) if runs else paragraph.find(f"{w('pPr')}/{w('rPr')}")
    if look is not None:
        run.append(deepcopy(look))
        for member in list(run[0]):
            if member.tag in map(w, ("ins", "del", "moveFrom", "moveTo", "rPrChange")):
                run[0].remove(member)
    shown = etree.SubElement(run, TEXT)
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    shown.text = text
    control = next(paragraph.iter(w("sdtContent")), None)
    if control is not None and not "".join(shown for _, shown in marks.texts(paragraph)).strip():
        control.append(run)
    else:
        paragraph.append(run)


def _move_merges_on(row: Any) -> None:
    """Make merged cells that begin in a row to be removed begin in the next row instead."""
    after = next(row.itersiblings(w("tr")), None)
    for cell in row.iterchildren(w("tc")):
        merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        if merge is None or merge.get(w("val"), "continue") != "restart" or after is None:
            continue
        place = cell.getparent().index(cell)
        below = after[place] if place < len(after) else None
        found = below.find(f"{w('tcPr')}/{w('vMerge')}") if below is not None and below.tag == w("tc") else None
        if found is not None and found.get(w("val"), "continue") == "continue":
            found.set(w("val"), "restart")
