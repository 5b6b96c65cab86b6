"""Joins paragraphs and headings that copying broke into two lines: within quotation marks, or after a year's number."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kepu_docs.importing.lines import Line, joint
from kepu_docs.importing.structure.numbering_marks import mark_of

_LONGEST_PIECE: Final = 200
"""The most characters before the closing mark on the next line."""
_LONGEST_BROKEN: Final = 34
_PAIRS: Final = ("“”", "（）", "《》", "()", "「」", "『』")
_STOPS: Final = ("。", "！", "？", "!", "?", "；", ";", "…", ".", "，", ",", "、")

_go_on = re.compile(r"[，,、：:—和与及的]$|[0-9]{4}年$")
_year = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}$|[一二][〇○零0九][一二三四五六七八九〇○零]{2}$")
_month = re.compile(r"年[0-9]{1,2}$")
_of_month = re.compile("月(?:份|[0-9]{1,2}[日号至—]|[上中下]旬)")
_day = re.compile(r"月[0-9]{1,2}$")
_ends_with_year = re.compile(r"(?:19|20)[0-9]{2}年$")


def joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines, with broken ones joined."""
    runs: list[list[Line]] = []
    end = ""
    for line in lines:
        if runs and _may_join(runs[-1][0], line) and _is_broken(end, line.text):
            runs[-1].append(line)
            end += joint(end, line.text) + line.text
        else:
            runs.append([line])
            end = line.text
        end = end[-_LONGEST_PIECE:]
    return [whole(run) for run in runs]


def whole(lines: Sequence[Line]) -> Line:
    """Return the line that ``lines`` are the pieces of, with the place of the first."""
    if len(lines) == 1:
        return lines[0]
    pieces = [lines[0].text]
    pieces += [joint(before.text, line.text) + line.text for before, line in pairwise(lines)]
    lead = 0
    for line, piece in zip(lines, pieces, strict=True):
        if line.lead < len(line.text):
            lead += line.lead
            break
        lead += len(piece)
    return replace(lines[0], text="".join(pieces), lead=lead)


def _may_join(before: Line, line: Line) -> bool:
    """Return whether two adjacent lines may be lines of one paragraph."""
    return (
        before.table is None
        and line.table is None
        and line.level is None
        and before.level is None
        and not line.number
        and not line.apart
        and not line.aside
        and bool(line.text and before.text)
        and mark_of(line.text) is None
    )


def _is_broken(before: str, text: str) -> bool:
    """Return whether ``text`` continues what the line that ends in ``before`` leaves open."""
    if _year.search(before[-4:]) and (text.startswith("年") or (len(before) > 4 and text.startswith("—"))):
        return True
    if (_month.search(before[-3:]) and _of_month.match(text)) or (_day.search(before[-3:]) and text[0] in "日号"):
        return True
    if _ends_with_year.search(before[-5:]) and re.search("[，。；]", before[:-5]):
        # The line of a title or a heading may end with the year; the line of a sentence continues.
        return True
    return _opened(before, text[:_LONGEST_PIECE])


def _opened(before: str, text: str) -> bool:
    """Return whether ``before`` leaves a pair of marks open that ``text`` closes before it opens one."""
    for first, last in _PAIRS:
        begin = before.rfind(first)
        if begin < 0 or last in before[begin:]:
            continue
        end = text.find(last)
        if end >= 0 and first not in text[:end]:
            return True
    return False


def goes_on(before: str, text: str) -> bool:
    """Return whether ``text`` is the second line of a heading whose first line is ``before``.

    Neither line may be long; the first must not be complete; the second must have no full stop.
    """
    return (
        len(before) <= _LONGEST_BROKEN
        and len(text) <= _LONGEST_BROKEN
        and not text.endswith(_STOPS)
        and (_go_on.search(before) is not None or _unpaired(before))
    )


def _unpaired(text: str) -> bool:
    return any(text.count(first) > text.count(last) for first, last in _PAIRS)
