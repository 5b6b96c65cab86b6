"""Decides what lines are: headings on their own line, headings run in or glued to their text, points, or text.

Lines with one style of mark under one heading are judged together: what most of them are, all are.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from kepu_docs.importing.structure.entries import Entry, Form
from kepu_docs.importing.structure.numbering_marks import RANKS, Mark, mark_of
from kepu_docs.importing.structure.run_in import cut, is_data, run_in, states

_LONGEST_HEADING: Final = 60
_SHORT: Final = 12
"""In characters; in a shorter line only a full stop separates a heading from its text."""
_LONGEST_SENTENCE: Final = 40
_FEWEST_LETTERS: Final = 3
_LONGEST_UNNUMBERED: Final = 22
_RUN_IN: Final = 0.5
"""The rank of highlighted leads, below unnumbered headings on their own lines."""
_STOPS: Final = ("。", "！", "？", "!", "?", "；", ";", "…", ".", "，", ",", "、")

_preface = re.compile("前言|引言|序言|导语|導語|引子|结语|結語|结束语|結束語|写在前面|寫在前面")
"""Headings without a number among numbered headings."""


def judge(group: list[Entry], below: Mapping[int, Entry]) -> None:
    """Decide what the lines of one style under one heading are; ``below`` is the line after each of them."""
    group = [entry for entry in group if entry.form == "text"]
    for entry in group:
        entry.form = _form(entry)
        after = below.get(id(entry))
        if entry.form == "long" and _is_sentence(entry.text) and after is not None and is_below(after, entry):
            # A sentence may be a heading if its text is below it.
            entry.form, entry.head = "heading", entry.text
    rank = group[0].key
    led = [entry for entry in group if entry.is_headed]
    always = rank < 1.0 or rank <= 1.0 + RANKS["hanzi"]
    if not always and 2 * len(led) < len(group):
        for entry in group:
            entry.form = "point"
        return
    for entry in group:
        if entry.form == "long" or (entry.form == "heading" and always):
            found = cut(entry.text, sure=entry.form == "heading")
            if found:
                entry.head, entry.body = found
                entry.form, entry.glued = "run-in", True
            elif entry.form == "long":
                # A whole paragraph is not a heading.
                whole = always and _is_sentence(entry.text)
                entry.form, entry.head = ("heading", entry.text) if whole else ("point", "")


def _form(entry: Entry) -> Form:
    """Return what a line with a mark looks like by itself."""
    text = entry.text
    if is_data(text):
        return "point"
    if 0 < entry.line.lead < len(entry.line.text) or len(text) > _SHORT or "。" in text[:-1]:
        parts = run_in(text, max(entry.line.lead - entry.offset, 0))
        if parts and _counts_on(entry.mark, mark_of(parts[1])):
            # A sentence that contains a count of its own: （一）高位推动。（二）部门联动。
            return "text"
        if parts:
            entry.head, entry.body = parts
            return "run-in"
    limit = _LONGEST_HEADING * (1 if not text.isascii() else 2)
    if len(text) <= limit and not text.endswith(_STOPS):
        entry.head = text
        return "heading"
    if len(text) <= 20 and text.endswith(("。", ".")) and not re.search("[，,；;。.]", text[:-1]):
        entry.head = text
        return "heading"
    return "long"


def _counts_on(mark: Mark | None, after: Mark | None) -> bool:
    return mark is not None and after is not None and (after.style, after.number) == (mark.style, mark.number + 1)


def _is_sentence(text: str) -> bool:
    """Return whether a text is one sentence that may be a heading: it is short and states no facts."""
    return (
        len(text) <= _LONGEST_SENTENCE
        and text.endswith(("。", "."))
        and re.search("[。！？!?；;]", text[:-1]) is None
        and not states(text)
    )


def is_below(after: Entry, entry: Entry) -> bool:
    """Return whether ``after``, the next line, belongs under ``entry``: it is text or of a lower level."""
    return after.key > entry.key or (not after.key and not after.line.is_listed)


def judge_prefaces(entries: Sequence[Entry]) -> None:
    """Mark lines that are certainly headings, although they have no number and others do."""
    highest = min((entry.key for entry in entries if entry.is_headed), default=0.0)
    for entry, below in pairwise(entries):
        if entry.form == "text" and entry.mark is None and below.form == "text" and _preface.fullmatch(entry.text):
            entry.form, entry.head, entry.key = "heading", entry.text, highest


def judge_unnumbered(entries: Sequence[Entry]) -> None:
    """Mark lines as headings if there are no others: distinct lines with text below them, and highlighted leads."""
    found = [
        entry
        for entry, below in pairwise(entries)
        if entry.form == "text"
        and entry.mark is None
        and not entry.line.aside
        and _looks_apart(entry)
        and not entry.text.isdigit()
        and below.form == "text"
        and below.text.endswith(("。", "！", "？", ".", "；"))
        and len(below.text) > len(entry.text)
    ]
    for entry in found if len(found) > 1 else ():
        entry.form, entry.head = "heading", entry.text
    leads = [
        entry
        for entry in entries
        if entry.form == "text"
        and entry.mark is None
        and _FEWEST_LETTERS <= entry.line.lead <= _LONGEST_SENTENCE
        and entry.line.lead < len(entry.text)
        and re.search("[。：:]", entry.text[entry.line.lead - 1 : entry.line.lead + 1])
    ]
    for entry in leads if len(leads) > 1 else ():
        parts = run_in(entry.text, entry.line.lead)
        if parts:
            (entry.head, entry.body), entry.form = parts, "run-in"
            entry.key = _RUN_IN if len(found) > 1 else 0.0


def _looks_apart(entry: Entry) -> bool:
    """Return whether a line without a number looks like a heading: short and plain, or completely highlighted."""
    if entry.line.lead >= len(entry.text) > _FEWEST_LETTERS:
        return len(entry.text) <= _LONGEST_SENTENCE and not entry.text.endswith(_STOPS)
    return (
        _FEWEST_LETTERS <= len(entry.text) <= _LONGEST_UNNUMBERED
        and re.search(r"[^\w、“”《》（）()·\s]", entry.text) is None
    )
