"""Days and times as people write them: 二〇二五年十二月二十日, 2025.12.20, 2025年上半年, 2025年9月15日至21日."""

import calendar
import datetime
import re
from typing import Any, Final

from kepu_docs.late_patterns import late_pattern
from kepu_docs.schema.period import FIRST_YEAR, LAST_YEAR, Period
from kepu_docs.typography.numerals import number_of

# The range that records may have; 2100 is the last.
_PLAIN_YEAR: Final = "(?:19[0-9]{2}|20[0-9]{2}|2100)"
_YEAR: Final = _PLAIN_YEAR + "|[０-９]{4}|[一二][〇○零０0Oo九一][一二三四五六七八九〇○零０0Oo]{2}"
_Y: Final = rf"(?P<year>{_YEAR})"
_N: Final = r"[0-9０-９]{1,2}|[一二三四五六七八九十廿]{1,3}"
# Two signs are the same: 2025.3-5 may be two months.
_day = late_pattern(
    rf"{_Y}\s*+(?:年|(?P<sign>[-./．—]))\s*+(?P<month>{_N})\s*+(?(sign)(?P=sign)|(?:月|[-./．—]))\s*+(?P<day>{_N})\s*+[日号號]?"
)
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_english_day = late_pattern(rf"(?P<day>[0-9]{{1,2}}) (?P<month>[A-Za-z]{{3,9}}) (?P<year>{_PLAIN_YEAR})")
_american_day = late_pattern(rf"(?P<month>[A-Za-z]{{3,9}}) (?P<day>[0-9]{{1,2}}), (?P<year>{_PLAIN_YEAR})")
_TO: Final = r"\s*+(?:[—–\-~～]{1,2}|至|到|to)\s*+"
_shapes: Final = (
    (late_pattern(rf"{_Y}\s*+(?:年(?:度)?\s*+)?(?P<half>上|下)半年"), "half"),
    (late_pattern(rf"{_Y}\s*+(?:年(?:度)?\s*+)?第?(?P<quarter>[一二三四1-4])季度"), "quarter"),
    (
        late_pattern(
            rf"{_Y}\s*+年\s*+(?P<month>{_N})(?:\s*+月(?:1日|一日)?)?{_TO}"
            rf"(?:(?P<last_year>{_YEAR})\s*+年\s*+)?(?P<last_month>{_N})(?:\s*+月(?!1日|一日)|$)"
        ),
        "months",
    ),
    (late_pattern(rf"{_Y}\s*年(?P<month>{_N})月(?:份)?(?![0-9一二三四五六七八九十至—\-~～日])"), "month"),
    (late_pattern(rf"{_Y}\s*(?:年|學年|学年)(?:度)?"), "year"),
    (
        late_pattern(rf"(?<![0-9A-Za-z])(?P<year>{_PLAIN_YEAR})(?![0-9A-Za-z年.\-/])(?=[^\u3400-\u9fff]{{0,40}}$)"),
        "year",
    ),
)
# These count only as the whole text; within a text only the year counts.
_days = late_pattern(
    rf"{_Y}\s*+年\s*+(?P<month>{_N})\s*+月\s*+(?P<day>{_N})(?:\s*+[日号號])?{_TO}"
    rf"(?:(?:(?P<last_year>{_YEAR})\s*+年\s*+)?(?P<last_month>{_N})\s*+月\s*+)?(?P<last_day>{_N})(?:\s*+[日号號])?"
)
_figures = late_pattern(
    r"(?<![0-9])([0-9]{4})\s*+(?:年|([-/.]))\s*+([0-9]{1,2})(?![0-9]|\s*+季)"
    r"(?:\s*+(?(2)\2|[-/.月])\s*+([0-9]{1,2})(?![0-9月年])\s*+[日号號]?|\s*+月)?"
)
_second_day = late_pattern(
    rf"(?<=日)({_TO})([0-9]{{1,2}})\s*+[./]\s*+([0-9]{{1,2}})\s*+[日号號]?$"
    r"|(?<=日)(\s*+(?:[—–~～]{1,2}|至|到|to)\s*+)([0-9]{1,2})-([0-9]{1,2})$"
)
"""The last of several days, without its year: 2025/5/1-5/7, 2025-05-01至05-07."""
_thirds = late_pattern(rf"{_Y}\s*+年\s*+(?P<month>{_N})\s*+月\s*+(?P<third>[上中下])旬")
_THIRDS: Final = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
"""The days of the thirds of a month; the last third ends with the month."""
_digits = late_pattern("(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_midnight = late_pattern(r"\s0?0:00(?::00(?:\.0{1,6})?)?")
"""The time that programs write after a day; only at the end of a text."""
_WIDE: Final = str.maketrans("０１２３４５６７８９．／－～", "0123456789./-~")
_years = late_pattern(
    rf"({_PLAIN_YEAR})\s*+(?:年\s*+)?(?:[—–\-~～]{{1,2}}|至|到)\s*+({_PLAIN_YEAR})(?:\s*+年|(?![0-9]))"
)
# Years of the Republic: 民國113年, 113年度; the first is 1912.
_republic: Final = late_pattern(
    r"(?:中華|中华)?民[國国]\s*(?P<year>[0-9]{2,3}|[０-９]{2,3}|[一二三四五六七八九十百〇零]{2,5})\s*年(?:度)?"
    r"|(?<![0-9])(?P<bare>1[0-9]{2})\s*年度"
)
_republic_day: Final = late_pattern(
    rf"(?:(?:中華|中华)?民[國国])?\s*(?P<year>1[0-9]{{2}}|[一二三四五六七八九十百〇零]{{3,5}})\s*年\s*(?P<month>{_N})\s*月\s*(?P<day>{_N})\s*[日號号]"
)
_BEFORE_REPUBLIC: Final = 1911
_PLACEHOLDER: Final = late_pattern(r"(?:19|20)?(?:[xX×＊*＿_○Ｘ]{2}|[xX×＊*＿_Ｘ]{4})\s*年(?:度)?")


def day_of(text: str) -> datetime.date | None:
    """Return the day that the whole ``text`` gives; ``None`` if it is not a day of the calendar."""
    written = read_day(text)
    try:
        return datetime.date.fromisoformat(written) if written else None
    except ValueError:
        return None


def read_day(text: str) -> str | None:
    """Return the day that the whole ``text`` gives, as records write it, even an impossible one; else ``None``."""
    text = _narrow(text)
    year: int | None
    if found := _digits.fullmatch(text) or _day.fullmatch(text):
        year, month, day = year_of(found["year"]), number_of(found["month"]), number_of(found["day"])
    elif found := _republic_day.fullmatch(text):
        year, month, day = _republic_year(found["year"]), number_of(found["month"]), number_of(found["day"])
    elif found := _english_day.fullmatch(text) or _american_day.fullmatch(text):
        name = found["month"].lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else None
        year, day = int(found["year"]), int(found["day"])
    else:
        return None
    return _written(year, month, day) if year and month and day else None


def _narrow(text: str) -> str:
    """Return a time with ASCII digits and signs, without the midnight that programs put after days."""
    text = text.strip()
    if not text.isascii():
        return text.translate(_WIDE)
    day, blank, rest = text.rpartition(" ")
    return day if blank and _midnight.fullmatch(blank + rest) else text


def _written(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02}-{day:02}"


def year_of(written: str) -> int | None:
    """Return the year that is written in digits or hanzi; ``None`` if records may not have it."""
    plain = re.sub("[○０0Oo零]", "〇", written) if not written.isdigit() else written
    year = number_of(plain)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def _republic_year(written: str) -> int | None:
    year = number_of(written)
    return None if year is None else year_of(str(year + _BEFORE_REPUBLIC))


def has_placeholder(text: str) -> bool:
    """Return whether a text has a year that was never filled in: 20xx年, **年."""
    return _PLACEHOLDER.search(text) is not None


def period_of(text: str) -> tuple[str, int, int] | None:
    """Return the first time in ``text``, as records write it, and its start and end in the text.

    Several years are written ``2023-2025`` here; months that are not a year, a half or a quarter are written
    ``2024-03/2024-11``.
    """
    span = _years.search(text)
    if span and FIRST_YEAR <= int(span[1]) < int(span[2]) <= LAST_YEAR:
        return f"{span[1]}-{span[2]}", span.start(), span.end()
    for shape, what in _shapes:
        found = shape.search(text)
        year = year_of(found["year"]) if found else None
        if found is None or year is None:
            continue
        period = str(year)
        if what == "half":
            period += "-H1" if found["half"] == "上" else "-H2"
        elif what == "quarter":
            period += f"-Q{number_of(found['quarter'])}"
        elif what == "month":
            month = number_of(found["month"]) or 0
            if not 1 <= month <= 12:
                continue
            period += f"-{month:02}"
        elif what == "months":
            months = _span(found, year)
            if not months:
                continue
            period = months
        return period, found.start(), found.end()
    found = _republic.search(text)
    year = _republic_year(found["year"] or found["bare"]) if found else None
    return (str(year), found.start(), found.end()) if found and year else None


def read_period(text: str) -> Any:
    """Return the time that the whole ``text`` gives, in the form of records; ``None`` if it is not a time."""
    day = read_day(text)
    if day:
        return day
    # 2025.9 and 2025/9/15 for 2025年9月 and 2025年9月15日 are certain only as the whole text.
    plain = _second_day.sub(_second_with_units, _figures.sub(_with_units, _narrow(text)))
    if found := _thirds.fullmatch(plain):
        return _third(year_of(found["year"]), number_of(found["month"]), found["third"])
    if found := _days.fullmatch(plain):
        year, month, first = year_of(found["year"]), number_of(found["month"]), number_of(found["day"])
        last_year = year_of(found["last_year"]) if found["last_year"] else year
        last_month = number_of(found["last_month"]) if found["last_month"] else month
        last = number_of(found["last_day"])
        if not (year and month and first and last_year and last_month and last):
            return None
        return {"start": _written(year, month, first), "end": _written(last_year, last_month, last)}
    time = period_of(plain)
    return record_period(time[0]) if time and time[1:] == (0, len(plain)) else None


def _third(year: int | None, month: int | None, third: str) -> Any:
    """Return the first, middle or last ten days of a month, in the form of records."""
    if not (year and month and month <= 12):
        return None
    first, last = _THIRDS[third]
    return {
        "start": _written(year, month, first),
        "end": _written(year, month, min(last, calendar.monthrange(year, month)[1])),
    }


def _with_units(found: re.Match[str]) -> str:
    return f"{found[1]}年{found[3]}月" + (f"{found[4]}日" if found[4] else "")


def _second_with_units(found: re.Match[str]) -> str:
    between, month, day = filter(None, found.groups())
    return f"{between}{month}月{day}日"


def record_period(written: str) -> Any:
    """Return a time in the form of records; ``2023-2025`` are several years, ``2024-03/2024-11`` are months."""
    ends = re.fullmatch("([0-9]{4})-([0-9]{4})|([0-9]{4}-[0-9]{2})/([0-9]{4}-[0-9]{2})", written)
    if ends:
        try:
            first, last = (Period.model_validate(end) for end in ends.groups() if end)
        except ValueError:  # not a month of the calendar
            return written
        return {"start": first.start.isoformat(), "end": last.end.isoformat()}
    return int(written) if re.fullmatch("[0-9]{4}", written) else written


def _span(found: re.Match[str], year: int) -> str:
    """Return the time from one month to another, as records write it; nothing if the months are not in order."""
    last_year = year_of(found["last_year"]) if found["last_year"] else year
    first, last = number_of(found["month"]) or 0, number_of(found["last_month"]) or 0
    if last_year is None or not (1 <= first <= 12 and 1 <= last <= 12) or (year, first) >= (last_year, last):
        return ""
    if year == last_year:
        parts = {(1, 12): "", (1, 6): "-H1", (7, 12): "-H2"} | {(3 * at - 2, 3 * at): f"-Q{at}" for at in range(1, 5)}
        if (first, last) in parts:
            return f"{year}{parts[first, last]}"
    return f"{year}-{first:02}/{last_year}-{last:02}"
