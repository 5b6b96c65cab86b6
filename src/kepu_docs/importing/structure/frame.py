"""The frame of a summary: letterhead, title, addressee above the text; attachments, signature, imprint below it."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kepu_docs.errors import N_, Message, Place
from kepu_docs.importing.lines import TITLE, Line, Note
from kepu_docs.importing.structure.furniture import ends_as_title, is_title
from kepu_docs.importing.structure.numbering_marks import TITLE_NUMBERS, mark_of
from kepu_docs.reading.times import day_of, period_of
from kepu_docs.typography.columns import width

_LONGEST_TITLE_LINE: Final = 60
_MOST_TITLE_LINES: Final = 4
_LONGEST_UNCLEAR: Final = 80
"""The most columns of a title that no word marks as one."""
_LONGEST_NAME: Final = 60
_LONGEST_ABOVE: Final = 20
"""The most characters of the lines above the issuer: copy number, secrecy, urgency."""
_MOST_ATTACHMENTS: Final = 50
_STOPS: Final = ("。", "！", "？", "；", ";", "：", ":", "，", ",", "、", "!", "?")

_number = re.compile(
    r"(.{1,30}?[〔\[【（(](?:19|20)[0-9]{2}[〕\]】）)]\s*第?[0-9]{1,5}\s*号)(?:[\s\u3000]*签发人[:：]\s*(.{1,40}))?"
)
_bracketed = re.compile(r"[（(【][^（()）]{2,40}[)）】]|——.{2,40}")
_addressee = re.compile(r"[^。！？；，,]{2,60}[:：]")
_BODIES: Final = re.compile(
    r"(?:科协|科协|科學技術協會|协会|協會|学会|街道|办事处|辦事處|办公室|委员会|委員會|党委|党工委|政府|局|委|办|领导|領導|各位|同志|社区|社區|镇|镇|乡|中心|公所|處|[Oo]ffice|[Aa]ssociation)"
    r"(?:[、和及].{1,30})?[:：]$"
)
_signing = re.compile(
    r"[^。！？；：，,:;!?]{2,40}(?:社区|社區|委员会|委員會|居委会|村委会|办事处|辦事處|党委|党总支|党支部|工委|科协|协会|協會|小组|小組|中心|服务站|工作站|政府|局|办公室|学校|學校|管委会|里辦公處|[Cc]ommittee|[Oo]ffice|[Aa]ssociation)"
    r"(?:[（(]盖章[)）])?(?:[\s\u3000]+[\u3400-\u9fff]{2,4})?"
)
_signed_with_day = re.compile(r"(.{2,40}?)[\s\u3000]+((?:19|20)[0-9]{2}\s*[年.\-/].{3,10}|[一二][〇○零].{6,12})")
_attachment = re.compile(r"附件[:：]\s*")
_enclosed = re.compile("附件[0-9０-９一二三四五六七八九十]{0,2}[:：]?")
"""A line of its own above enclosures."""
_copied = re.compile(r"抄送[:：]\s*+(.+)")
_printed = re.compile(r"(.{0,40}?)[\s\u3000]*((?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)印发")


@dataclass(slots=True)
class Frame:
    """The parts of the frame, with their places by their paths in the record."""

    title: str = ""
    addressee: str = ""
    attachments: list[str] = field(default_factory=list)
    signed_by: str = ""
    signed_on: datetime.date | None = None
    letterhead: dict[str, str] = field(default_factory=dict)
    imprint: dict[str, object] = field(default_factory=dict)
    places: dict[tuple[str | int, ...], Place] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    """The original words of values that were read from words: the day of signing."""
    notes: list[Note] = field(default_factory=list)


def framed(lines: Sequence[Line]) -> tuple[Frame, list[Line]]:
    """Return the frame of a summary, and the lines within it."""
    frame = Frame()
    rest = _letterhead(_called(lines), frame)
    rest = _title(rest, frame)
    rest = _addressed(rest, frame)
    rest = _imprint(rest, frame)
    rest = _signature(rest, frame)
    return frame, _attachments(rest, frame)


def _called(lines: Sequence[Line]) -> list[Line]:
    """Return the lines; the first is marked as the title if it is the only heading of level 1."""
    called = [line for line in lines if line.level]
    tops = [line for line in called if line.level == 1]
    if lines and len(tops) == 1 and lines[0] is tops[0] and mark_of(lines[0].shown) is None:
        return [replace(lines[0], level=TITLE), *lines[1:]]
    return list(lines)


def _letterhead(lines: list[Line], frame: Frame) -> list[Line]:
    for at, line in enumerate(lines[:6]):
        found = _number.fullmatch(line.text)
        if found is None or line.table is not None:
            continue
        before = [each.text for each in lines[:at]]
        issuer = before.pop() if before else ""
        # A table has no text; and a letterhead contains no table and no entry of a list.
        if not issuer or len(issuer) > _LONGEST_NAME or any(not 0 < len(text) <= _LONGEST_ABOVE for text in before):
            return lines
        if any(each.number for each in lines[: at + 1]):
            return lines
        frame.letterhead = {"issuer": issuer, "number": found[1].strip()}
        if found[2]:
            frame.letterhead["signer"] = found[2].strip()
        for text in before:
            name = "copy_number" if text.isdecimal() else "secrecy" if text[0] in "绝机秘" else "urgency"
            if name in frame.letterhead:
                frame.letterhead = {}
                return lines
            frame.letterhead[name] = text
        frame.places["letterhead",] = lines[0].place
        return lines[at + 1 :]
    return lines


def _title(lines: list[Line], frame: Frame) -> list[Line]:
    count = _title_lines(lines)
    if not count:
        return lines
    if count < len(lines) and _bracketed.fullmatch(lines[count].text) and mark_of(lines[count].shown) is None:
        count += 1
    for line in lines[:count]:
        joint = " " if frame.title and frame.title[-1].isascii() and line.text[0].isascii() else ""
        frame.title += joint + line.text
    frame.places["title",] = lines[0].place
    return lines[count:]


def _title_lines(lines: list[Line]) -> int:
    """Return how many lines the title takes."""
    if not lines or not _may_be_title(lines[0]):
        return 0
    run = 0
    for line in lines[:_MOST_TITLE_LINES]:
        if not _may_be_title(line) or (run and line.level is None and lines[0].level == TITLE):
            break
        run += 1
        if ends_as_title(line.text) and line.level is None:
            return run
    if lines[0].level == TITLE:
        return run
    centred = next((at for at, line in enumerate(lines[:run]) if not line.aside), run)
    if centred:
        return centred
    return 1 if len(lines) > 1 and width(lines[0].text) <= _LONGEST_UNCLEAR else 0


def _may_be_title(line: Line) -> bool:
    return (
        line.table is None
        and not line.number
        and len(line.text) <= _LONGEST_TITLE_LINE
        and line.level in (None, TITLE)
        and (line.level == TITLE or not line.text.endswith(_STOPS))
        and (line.level == TITLE or mark_of(line.text) is None or _is_one_of_several(line.text))
        and day_of(line.text) is None
    )


def _is_one_of_several(text: str) -> bool:
    """Return whether a title still has its number from a collection: ``3、试验社区科普工作总结``."""
    mark = mark_of(text)
    return mark is not None and mark.style in TITLE_NUMBERS and mark.number > 1 and is_title(text[mark.end :])


def _addressed(lines: list[Line], frame: Frame) -> list[Line]:
    if not lines or lines[0].table is not None or lines[0].number:
        return lines
    text = lines[0].text
    if _addressee.fullmatch(text) and _BODIES.search(text) and "如下" not in text and mark_of(text) is None:
        frame.addressee = text[:-1].strip()
        frame.places["addressee",] = lines[0].place
        return lines[1:]
    return lines


def _imprint(lines: list[Line], frame: Frame) -> list[Line]:
    imprint: dict[str, object] = {}
    begin = len(lines)
    for at in range(len(lines) - 1, max(len(lines) - 4, -1), -1):
        text = lines[at].text
        printed, copied = _printed.fullmatch(text), _copied.fullmatch(text)
        if lines[at].number:
            break
        if printed and "printed_on" not in imprint:
            day = day_of(printed[2])
            if day is None:
                break
            imprint |= {"printed_on": day.isoformat()} | ({"printed_by": printed[1].strip()} if printed[1] else {})
        elif copied and "copied_to" not in imprint:
            names = [each.strip() for each in re.split("[，,、]", copied[1].rstrip("。")) if each.strip()]
            if not names:
                break
            imprint["copied_to"] = names
        else:
            break
        begin = at
    if not imprint or begin == 0:
        return lines
    frame.imprint = imprint
    frame.places["imprint",] = lines[begin].place
    return lines[:begin]


def _signature(lines: list[Line], frame: Frame) -> list[Line]:
    """Take the signer and the day from the end of the text."""
    if not lines:
        return lines
    enclosed = next((line for line in lines if _enclosed.fullmatch(line.text)), None)
    if enclosed is not None:
        # All stays in its order.
        why = Message(N_("an enclosure follows the signature; both stay in the text"))
        frame.notes.append(Note(enclosed.place, enclosed.text, why))
    if enclosed is not None or lines[-1].table is not None:
        return lines
    last = lines[-1]
    if _is_month(last.text):
        why = Message(N_("a signature without a full date, which stays in the text"))
        frame.notes.append(Note(last.place, last.text, why))
        return lines
    both = _signed_with_day.fullmatch(last.text)
    day = day_of(last.text)
    if both and day is None and _is_signing(both[1].strip(), last) and day_of(both[2]) is not None:
        _sign(frame, both[1].strip(), last.place, day_of(both[2]), last.place, both[2])
        return lines[:-1]
    if day is not None:
        rest = lines[:-1]
        if rest and _is_signing(rest[-1].text, rest[-1]):
            _sign(frame, rest[-1].text, rest[-1].place, day, last.place, last.text)
            return rest[:-1]
        _sign(frame, "", None, day, last.place, last.text)
        return rest
    if len(lines) > 1 and _is_signing(last.text, last) and (last.aside or last.apart):
        _sign(frame, last.text, last.place, None, None, "")
        return lines[:-1]
    return lines


def _is_month(text: str) -> bool:
    """Return whether a line is a time other than a day: 2024年12月."""
    time = period_of(text)
    return time is not None and time[1:] == (0, len(text)) and day_of(text) is None


def _is_signing(text: str, line: Line) -> bool:
    if line.table is not None or line.number or line.level is not None or len(text) > _LONGEST_NAME:
        return False
    return mark_of(text) is None and (_signing.fullmatch(text) is not None or (line.aside and len(text) <= 40))


def _sign(
    frame: Frame, body: str, body_place: Place | None, day: datetime.date | None, day_place: Place | None, shown: str
) -> None:
    frame.signed_by, frame.signed_on = body, day
    if body_place is not None:
        frame.places["signed_by",] = body_place
    if day_place is not None:
        frame.places["signed_on",] = day_place
        frame.shown["signed_on"] = shown


def _attachments(lines: list[Line], frame: Frame) -> list[Line]:
    for at in range(len(lines) - 1, max(len(lines) - _MOST_ATTACHMENTS, -1), -1):
        line = lines[at]
        found = _attachment.match(line.text) if line.table is None else None
        if found:
            names = _names(lines[at:], found.end())
            if names is None:
                return lines
            for place, (name, where) in enumerate(names):
                frame.attachments.append(name)
                frame.places["attachments", place] = where
            frame.places["attachments",] = line.place
            return lines[:at]
        if line.text.endswith(_STOPS) or line.table is not None or len(line.text) > 150:
            return lines
    return lines


def _names(lines: Sequence[Line], lead: int) -> list[tuple[str, Place]] | None:
    """Return the names in a note of attachments; ``None`` if it contains anything else."""
    names: list[tuple[str, Place]] = []
    counted = False
    for at, line in enumerate(lines):
        text = line.text[lead:].strip() if at == 0 else line.shown
        mark = mark_of(text)
        if mark is not None and mark.style == "arabic" and mark.number == len(names) + 1 and (counted or not names):
            counted = True
            names.append((text[mark.end :].strip(), line.place))
        elif mark is not None or line.number:
            return None
        elif text and not names:
            names.append((text, line.place))
        elif text and line.aside:
            # The further lines of a name are below its first.
            names[-1] = (names[-1][0] + text, names[-1][1])
        elif text:
            return None
    return names if names and all(name for name, _ in names) and counted == (len(names) > 1) else None
