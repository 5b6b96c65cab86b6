"""What would show something else than a value: content controls of other data, and fields that Word works out."""

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from kepu_word.form import marks
from kepu_word.form.marks import RUN
from kepu_word.package.parts import w

_DROPPED: Final = ("dataBinding", "showingPlcHdr", "checkbox")
"""Of a control's properties, in any namespace: by them Word fills it from elsewhere, clears it, or sets its own box."""
_CHOSEN: Final = (w("fullDate"), w("lastValue"))
"""Attributes with what was chosen in the form."""
_WORKED_OUT: Final = frozenset((
    "=", "AUTHOR", "COMMENTS", "COMPARE", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME", "IF", "KEYWORDS",
    "MERGEFIELD", "PRINTDATE", "QUOTE", "SAVEDATE", "SUBJECT", "TIME", "TITLE", "USERNAME",
))  # fmt: skip
"""Fields of which Word replaces what stands in them, with no regard to the text."""


def free(node: Any) -> None:
    """Let what surrounds a mark keep what is filled in."""
    for control in node.iterancestors(w("sdt")):
        properties = control.find(w("sdtPr"))
        if properties is not None:
            _free_control(control, properties)
    for field in list(node.iterancestors(w("fldSimple"))):
        if _name(str(field.get(w("instr")))) in _WORKED_OUT:
            marks.unwrap(field)
    for run in node.iterancestors(RUN):
        _unlink(run)


def _free_control(control: Any, properties: Any) -> None:
    for member in list(properties):
        name = etree.QName(member).localname
        if name == "showingPlcHdr":
            for style in list(control.iter(w("rStyle"))):  # the grey of what asks to be replaced
                marks.remove(style)
        if name in _DROPPED:
            properties.remove(member)
        for attribute in _CHOSEN:
            member.attrib.pop(attribute, None)


def _unlink(run: Any) -> None:
    """Take away the field in whose result a run stands, where Word would work that out anew."""
    for field in _fields_before(run):
        if _name("".join(text for each in field for text in each.itertext(w("instrText")))) not in _WORKED_OUT:
            continue
        end = _end_after(run)
        if end is not None:
            for each in [*field, end]:
                marks.remove(each)


def _fields_before(run: Any) -> Iterator[list[Any]]:
    """Yield the runs that begin each field that is open before a run, its siblings."""
    found: list[list[Any]] = []
    shows: list[bool] = []
    for each in run.getparent():
        if each is run:
            break
        kinds = [mark.get(w("fldCharType")) for mark in each.iterchildren(w("fldChar"))]
        if "begin" in kinds:
            found.append([])
            shows.append(False)
        if found and not shows[-1]:
            found[-1].append(each)
        if found and "separate" in kinds:
            shows[-1] = True
        if found and "end" in kinds:
            found.pop()
            shows.pop()
    yield from (field for field, shown in zip(found, shows, strict=True) if shown)


def _end_after(run: Any) -> Any:
    """Return the run that ends the field in whose result a run stands, ``None`` where it stands elsewhere."""
    depth = 0
    for each in run.itersiblings():
        for mark in each.iterchildren(w("fldChar")):
            depth += {"begin": 1, "end": -1}.get(str(mark.get(w("fldCharType"))), 0)
            if depth < 0:
                return each
    return None


def _name(instruction: str) -> str:
    words = instruction.split(None, 1)
    return words[0].upper() if words else ""
