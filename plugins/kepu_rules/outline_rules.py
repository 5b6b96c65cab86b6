"""Outline: the numbers of headings, paragraphs and points, and the marks after them."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kepu_docs.plugin import N_, Check, FieldText, Finding, Subject
from kepu_rules.searching import Pattern, found, numbers_apart

_N: Final = "[一二三四五六七八九十]{1,3}"
_DIGITS: Final = "零一二三四五六七八九"
_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_numbered = Pattern(
    rf"^(?:({_N})(?:、(?![一二三四五六七八九十])|[，．.])"
    rf"|[（(]({_N})[）)]"
    r"|(\d{1,2})[.．、](?![\d%])"
    r"|[（(](\d{1,2})[）)]"
    f"|([{_CIRCLED}]))"
)
"""The number at the beginning of a text, with a group for each level: 一、 （一） 1. （1） ①."""
_BEGINS: Final = frozenset("一二三四五六七八九十（(0123456789第首其再最" + _CIRCLED)
"""The characters with which a number, or a word in its place, begins."""
_MAY_FOLLOW: Final = {(0, 2)}
"""Levels that may follow each other although a level between them is left out: 1. below 一、."""
_MARKS_OF_NUMBERS: Final = frozenset("、，．.:：,)）")
"""The marks of which one comes after each number, at most ``_FURTHEST`` characters from its begin."""
_FURTHEST: Final = 6

_counted = Pattern("[一二三四五六七八九十][是，,、]")
"""Occurs in every lead of a point."""
_point = Pattern(
    rf"(?<![^，。；：:,;\n])(?:({_N})是(?![否非])|第({_N})(?:[，,]|、(?![第一二三四五六七八九十]))|其({_N})[，,、是])"
)
"""Finds the lead of a point within a text, with a group for each style: 一是 第一， 其一，."""

_MISSING: Final = N_("a number is missing before {number}")
_AGAIN: Final = N_("{number} appears a second time")
_LEFT_OUT: Final = N_("a level of numbering is missing before {number}")


class _Label(NamedTuple):
    """The number of a heading or paragraph: its level or style, and its value."""

    level: int
    number: int
    match: re.Match[str]

    @classmethod
    def of(cls, match: re.Match[str]) -> "_Label":
        level = (match.lastindex or 1) - 1
        return cls(level, _value(match[level + 1]), match)


def _value(text: str) -> int:
    """Return the value of a counter in hanzi, digits or a circle."""
    if text.isdecimal():
        return int(text)
    if text in _CIRCLED:
        return _CIRCLED.index(text) + 1
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.index(tens[0]) if tens[:1] in _DIGITS[1:] and tens else bool(ten)) * 10 + sum(
        _DIGITS.index(digit) for digit in ones[-1:] if digit in _DIGITS
    )


class _Sequence:
    """The numbers of an outline in their order; lower levels restart below each number of a higher level."""

    def __init__(self) -> None:
        self._reached: dict[int, int] = {}

    def problem(self, label: _Label) -> str:
        """Take the next number, and return what is wrong with it."""
        last = self._reached.get(label.level)
        self._reached = {level: number for level, number in self._reached.items() if level < label.level}
        self._reached[label.level] = label.number
        if last is None or label.number == 1:
            return ""
        return _MISSING if label.number > last + 1 else _AGAIN if label.number == last else ""


def _outline(subject: Subject) -> Iterator[Finding]:
    yield from _headings(subject)
    headings = {heading.path for heading in subject.outline}
    parent: tuple[str | int, ...] = ()
    paragraphs, points = _Sequence(), [_Sequence() for _ in range(3)]
    has_points = _counted.stands_in(subject.whole)
    if not has_points and not any(_may_be_numbered(field.text) for field in subject.texts):
        return
    for field in subject.texts:
        if field.path[:-1] != parent or field.path in headings:
            parent = field.path[:-1]
            paragraphs, points = _Sequence(), [_Sequence() for _ in range(3)]
        if field.path in headings:
            continue
        match = _numbered.match(field.text) if _may_be_numbered(field.text) else None
        if match:
            points = [_Sequence() for _ in range(3)]
            label = _Label.of(match)
            yield from _finding(field, label, paragraphs.problem(label))
        for match in _point.finditer(field.text) if has_points else ():
            label = _Label.of(match)
            yield from _finding(field, label, points[label.level].problem(label._replace(level=0)))


def _may_be_numbered(text: str) -> bool:
    """Return whether a text may begin with a number, or a word in its place, and a mark: most do not."""
    return text[0] in _BEGINS and (text[0] in _CIRCLED or not _MARKS_OF_NUMBERS.isdisjoint(text[1:_FURTHEST]))


def _finding(field: FieldText, label: _Label, problem: str) -> Iterator[Finding]:
    if problem:
        yield found(field, label.match, problem, number=label.match[0])


def _headings(subject: Subject) -> Iterator[Finding]:
    """Yield the faults in the numbers of a document's headings, which are not part of their texts."""
    sequence = _Sequence()
    above: int | None = None
    for heading in subject.outline:
        match = _numbered.match(heading.number)
        if not match:
            continue
        label = _Label.of(match)
        problem = sequence.problem(label)
        if above is not None and label.level > above + 1 and (above, label.level) not in _MAY_FOLLOW:
            problem = _LEFT_OUT
        above = label.level
        if problem:
            yield Finding(heading.path, problem, (("number", heading.number),))


_typed = Pattern(rf"{_N}、(?![一二三四五六七八九十])|[（(]{_N}[）)]|\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[）)]")
_typed_point = Pattern("一是|二是|三是|四是|五是|六是|第[一二三四五六]，|其[一二三四五六]，")


def _typed_numbers(subject: Subject) -> Iterator[Finding]:
    written = {heading.path for heading in subject.outline}
    for field in subject.texts:
        if field.text[0] not in _BEGINS or field.path in written:
            continue
        if field.path[-1] == "heading":
            match = _typed.match(field.text)
        elif len(field.path) > 1 and field.path[-2] == "points":
            match = _typed_point.match(field.text)
        else:
            continue
        if match:
            yield found(field, match, N_("kepu-docs adds this number itself; it would appear twice"), "")


_separated = Pattern(
    rf"^({_N})[，,．.:：](?!\d)|^(\d{{1,2}})、(?![\d一二三四五六七八九十第])|^([（(](?:{_N}|\d{{1,2}})[）)])[、，．.,:：]"
    rf"|^(第{_N})、(?!第|[一二三四五六七八九十])|^(首先|其次|再次|最后)、"
)
_separated_within = Pattern(
    rf"(?<=[。；：;])(第{_N}|首先|其次|再次|最后)、(?!第|[一二三四五六七八九十])",
    needs=("首先、", "其次、", "再次、", "最后、", *(f"第{numeral}" for numeral in "一二三四五六七八九十")),
)
_MARKS: Final = ("、", ".", "", "，", "，")
_MOST_SAFE: Final = 3
_OTHER_MARK: Final = N_("a number, or a word that counts, takes other punctuation or none")


def _marks_of_numbers(subject: Subject) -> Iterator[Finding]:
    for heading in numbers_apart(subject):
        # In a document that was imported, the number is not part of the text.
        match = _separated.match(f"{heading.number}：")
        if match and match.lastindex and match[0] != f"{heading.number}：":
            text = N_("the number {number} should be written {right}")
            right = match[match.lastindex] + _MARKS[match.lastindex - 1]
            yield Finding(heading.path, text, (("number", heading.number), ("right", right)))
    for field in subject.texts:
        match = _separated.match(field.text) if _may_be_numbered(field.text) else None
        if match and match.lastindex:
            right = match[match.lastindex] + _MARKS[match.lastindex - 1]
            yield found(field, match, _OTHER_MARK, right, safe=match.lastindex <= _MOST_SAFE)
    for field, match in _separated_within.matches(subject):
        yield found(field, match, _OTHER_MARK, f"{match[1]}，")


def _marks_of_headings(subject: Subject) -> Iterator[Finding]:
    run_in = _run_in(subject)
    for field in subject.texts:
        if field.path[-1] == "heading" and field.text.endswith(("。", "；", "，", "：")) and field.path not in run_in:
            end = len(field.text)
            text = N_("a heading on a line of its own has no punctuation at its end")
            yield Finding(field.path, text, (), end - 1, end, "", True)


def _run_in(subject: Subject) -> set[tuple[str | int, ...]]:
    """Return the paths of run-in headings, which end in a full stop."""
    found: set[tuple[str | int, ...]] = set()
    for place, section in enumerate(subject.summary.sections):
        for name in ("subsections", "written"):
            for at, part in enumerate(section.__dict__.get(name) or ()):
                if not isinstance(part, str) and part.__dict__.get("run_in"):
                    found.add(("sections", place, name, at, "heading"))
        if section.__dict__.get("run_in_headings"):
            found |= {("sections", place, "categories", at, "heading") for at in range(len(section.categories))}  # type: ignore[attr-defined]
    return found


CHECKS: Final = (
    Check(
        "outline",
        "warning",
        N_("Numbers of headings, paragraphs and points that skip or repeat (一是…三是…); missing levels."),
        N_("GB/T 9704—2012, 7.3.3: 一、 （一） 1. （1）; 1. may come directly below 一、."),
        _outline,
    ),
    Check(
        "typed-number",
        "warning",
        N_("Numbers typed into the headings and points of a record: kepu-docs adds them itself."),
        N_("The document would read 一、一、…"),
        _typed_numbers,
    ),
    Check(
        "number-mark",
        "warning",
        N_("Wrong punctuation after numbers: 一， for 一、; 1、 for 1.; （一）、 for （一）; 第一、 for 第一，."),
        N_("GB/T 15834—2011, B.3.1 to B.3.4."),
        _marks_of_numbers,
    ),
    Check(
        "heading-mark",
        "info",
        N_("A full stop or comma at the end of a heading on a line of its own."),
        N_("Usage in official documents; a heading in the same line as its paragraph does end in 。"),
        _marks_of_headings,
    ),
)
