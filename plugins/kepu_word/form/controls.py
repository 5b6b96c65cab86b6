"""What would show something other than a value: content controls bound to other data, and fields that Word computes."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from kepu_word.form import marks
from kepu_word.form.marks import RUN
from kepu_word.package.parts import w

_DROPPED: Final = ("dataBinding", "showingPlcHdr", "checkbox")
"""Properties of a control, in any namespace, by which Word fills it from elsewhere, clears it, or shows its own box."""
_CHOSEN: Final = (w("fullDate"), w("lastValue"))
"""Attributes with the choice made in the form."""
_WORKED_OUT: Final = frozenset((
    "=", "AUTHOR", "COMMENTS", "COMPARE", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME", "IF", "KEYWORDS",
    "MERGEFIELD", "PRINTDATE", "QUOTE", "SAVEDATE", "SUBJECT", "TIME", "TITLE", "USERNAME",
))  # fmt: skip
"""Fields whose content Word replaces, whatever text they hold."""


def free(nodes: Sequence[Any]) -> None:
    """Keep what surrounds marks from replacing what is filled in."""
    around: dict[Any, set[Any]] = {}
    for node in nodes:
        for control in node.iterancestors(w("sdt")):
            properties = control.find(w("sdtPr"))
            if properties is not None:
                _free_control(control, properties)
        for field in list(node.iterancestors(w("fldSimple"))):
            if _name(str(field.get(w("instr")))) in _WORKED_OUT:
                marks.unwrap(field)
    for node in nodes:
        for run in node.iterancestors(RUN):
            around.setdefault(run.getparent(), set()).add(run)
    for parent, runs in around.items():
        _unlink(parent, runs)


def _free_control(control: Any, properties: Any) -> None:
    for member in list(properties):
        name = etree.QName(member).localname
        if name == "showingPlcHdr":
            for style in list(control.iter(w("rStyle"))):  # the grey of a prompt
                marks.remove(style)
        if name in _DROPPED:
            properties.remove(member)
        for attribute in _CHOSEN:
            member.attrib.pop(attribute, None)


@dataclass(slots=True)
class _Field:
    """A field that has begun: its start, the last run before its result, and whether the result has marks."""

    first: int
    last: int = -1
    is_marked: bool = False


def _unlink(parent: Any, marked: Set[Any]) -> None:
    """Remove the fields of an element with marks in their results, if Word would compute them again."""
    open_fields: list[_Field] = []
    runs = list(parent)
    for place, run in enumerate(runs):
        kinds = [mark.get(w("fldCharType")) for mark in run.iterchildren(w("fldChar"))]
        if "begin" in kinds:
            open_fields.append(_Field(place))
        if not open_fields:
            continue
        field = open_fields[-1]
        if "separate" in kinds:
            field.last = place
        elif field.last >= 0 and run in marked:
            field.is_marked = True
        if "end" in kinds:
            open_fields.pop()
            if field.is_marked and open_fields and open_fields[-1].last >= 0:
                open_fields[-1].is_marked = True
            before = runs[field.first : field.last + 1] if field.is_marked else []
            if _name("".join(_instructions(before))) in _WORKED_OUT:
                for each in (*before, run):
                    if each.getparent() is not None:  # otherwise of a field within this one
                        marks.remove(each)


def _instructions(runs: Sequence[Any]) -> Iterator[str]:
    return (text for run in runs for text in run.itertext(w("instrText")))


def _name(instruction: str) -> str:
    words = instruction.split(None, 1)
    return words[0].upper() if words else ""
