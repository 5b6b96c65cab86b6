"""Days and times as summaries write them: 2025年12月20日, 二〇二五年十二月二十日, 2025.12.20, 2025年上半年."""

import datetime
import re
from typing import Final

from kepu_docs.schema.period import FIRST_YEAR, LAST_YEAR
from kepu_docs.typography.numerals import number_of

_YEAR: Final = "(?:19|20)[0-9]{2}|[０-９]{4}|[一二][〇○零０0Oo九][一二三四五六七八九〇○零０0Oo]{2}"
_Y: Final = rf"(?P<year>{_YEAR})"
_N: Final = r"[0-9０-９]{1,2}|[一二三四五六七八九十廿]{1,3}"
_day = re.compile(rf"{_Y}\s*(?:年|[-./．—])\s*(?P<month>{_N})\s*(?:月|[-./．—])\s*(?P<day>{_N})\s*[日号號]?")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_english_day = re.compile(r"(?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]{3,9}) (?P<year>(?:19|20)[0-9]{2})")
_american_day = re.compile(r"(?P<month>[A-Za-z]{3,9}) (?P<day>[0-9]{1,2}), (?P<year>(?:19|20)[0-9]{2})")
_months: Final = (
    (re.compile(rf"{_Y}\s*年(?:度)?\s*(?P<half>上|下)半年"), "half"),
    (re.compile(rf"{_Y}\s*年(?:度)?\s*第?(?P<quarter>[一二三四1-4])季度"), "quarter"),
    (
        re.compile(
            rf"{_Y}\s*+年\s*+(?P<month>{_N})(?:月(?:1日|一日)?)?\s*+(?:[—–\-~～]{{1,2}}|至|到)\s*+"
            rf"(?:(?P<last_year>{_YEAR})\s*+年\s*+)?(?P<last_month>{_N})月(?!1日|一日)"
        ),
        "months",
    ),
    (re.compile(rf"{_Y}\s*年(?P<month>{_N})月(?:份)?(?![0-9一二三四五六七八九十至—\-~～日])"), "month"),
    (re.compile(rf"{_Y}\s*(?:年|學年|学年)(?:度)?"), "year"),
    (
        re.compile(r"(?<![0-9A-Za-z])(?P<year>(?:19|20)[0-9]{2})(?![0-9A-Za-z年.\-/])(?=[^\u3400-\u9fff]{0,40}$)"),
        "year",
    ),
)
_years = re.compile(
    r"((?:19|20)[0-9]{2})\s*+(?:年\s*+)?(?:[—–\-~～]{1,2}|至|到)\s*+((?:19|20)[0-9]{2})(?:\s*+年|(?![0-9]))"
)
# Years of the Republic: 民國113年, 113年度; the first is 1912.
_republic: Final = re.compile(
    r"(?:中華|中华)?民[國国]\s*(?P<year>[0-9]{2,3}|[０-９]{2,3}|[一二三四五六七八九十百〇零]{2,5})\s*年(?:度)?"
    r"|(?<![0-9])(?P<bare>1[0-9]{2})\s*年度"
)
_republic_day: Final = re.compile(
    rf"(?:(?:中華|中华)?民[國国])?\s*(?P<year>1[0-9]{{2}}|[一二三四五六七八九十百〇零]{{3,5}})\s*年\s*(?P<month>{_N})\s*月\s*(?P<day>{_N})\s*[日號号]"
)
_BEFORE_REPUBLIC: Final = 1911
_PLACEHOLDER: Final = re.compile(r"(?:19|20)?(?:[xX×＊*＿_○Ｘ]{2}|[xX×＊*＿_Ｘ]{4})\s*年(?:度)?")


def day_of(text: str) -> datetime.date | None:
    """Return the day that all of ``text`` is; ``None`` where it is none, or none of the calendar."""
    found = _day.fullmatch(text.strip())
    if found:
        return _date(found)
    found = _republic_day.fullmatch(text.strip())
    if found:
        return _date_of(_republic_year(found["year"]), number_of(found["month"]), number_of(found["day"]))
    found = _english_day.fullmatch(text.strip()) or _american_day.fullmatch(text.strip())
    month = found["month"].lower() if found else ""
    if found is None or month not in _MONTHS:
        return None
    return _date_of(int(found["year"]), _MONTHS.index(month) + 1, int(found["day"]))


def _date(found: re.Match[str]) -> datetime.date | None:
    return _date_of(year_of(found["year"]), number_of(found["month"]), number_of(found["day"]))


def _date_of(year: int | None, month: int | None, day: int | None) -> datetime.date | None:
    try:
        return datetime.date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def year_of(written: str) -> int | None:
    """Return the year that is written in digits or hanzi; ``None`` where it is none that a record may have."""
    plain = re.sub("[○０0Oo零]", "〇", written) if not written.isdigit() else written
    year = number_of(plain)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def _republic_year(written: str) -> int | None:
    year = number_of(written)
    return None if year is None else year_of(str(year + _BEFORE_REPUBLIC))


def has_placeholder(text: str) -> bool:
    """Tell whether a year was never filled in: 20xx年, **年."""
    return _PLACEHOLDER.search(text) is not None


def period_of(text: str) -> tuple[str, int, int] | None:
    """Return the first time that ``text`` speaks of, as records write it, and where it stands.

    Several years are written ``2023-2025`` here, months that are neither a year nor a half or a quarter of one
    ``2024-03/2024-11``.
    """
    span = _years.search(text)
    if span and FIRST_YEAR <= int(span[1]) < int(span[2]) <= LAST_YEAR:
        return f"{span[1]}-{span[2]}", span.start(), span.end()
    for shape, what in _months:
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


def _span(found: re.Match[str], year: int) -> str:
    """Return the time from one month to another, as records write it; nothing for what is none."""
    last_year = year_of(found["last_year"]) if found["last_year"] else year
    first, last = number_of(found["month"]) or 0, number_of(found["last_month"]) or 0
    if last_year is None or not (1 <= first <= 12 and 1 <= last <= 12) or (year, first) >= (last_year, last):
        return ""
    if year == last_year:
        parts = {(1, 12): "", (1, 6): "-H1", (7, 12): "-H2"} | {(3 * at - 2, 3 * at): f"-Q{at}" for at in range(1, 5)}
        if (first, last) in parts:
            return f"{year}{parts[first, last]}"
    return f"{year}-{first:02}/{last_year}-{last:02}"
