"""Days and times as people write them in cells, with or without the year: 5月12日, 5.12, 5月上旬, 上半年, 45789."""

import datetime
import re
from functools import lru_cache
from typing import Any, Final, NamedTuple

from kepu_docs.plugin import N_, Period, read_day, read_period
from kepu_sources.tables.figures_in_cells import LONGEST
from kepu_sources.tables.no_values import BadCell, bad, shown

_FIRST_OF_1950: Final = 18_264
_FIRST_OF_2101: Final = 73_416
"""The first days of 1950 and 2101 as Excel counts them."""
_FIRST_SERIAL: Final = datetime.date(1899, 12, 30)
_LEAP_YEAR: Final = 2024
"""A year with all the days that a year may have."""

_NO_TIME: Final = N_("“{found}” is not a date that can be read; write it as 2025-05-12, 2025-05 or 2025")
_NO_TIME_HELD: Final = N_(
    "“{found}” is not a date that can be read; write it as 2025-05-12 or 5月12日, or several days as 5月12日-18日"
)
_NO_DAY: Final = N_("“{found}” is not a date that can be read; write it as 2025-12-20")
_NO_YEAR: Final = N_("“{found}” has no year; add the year, as in 2025-05-12 or 2025-05")
_OTHER_YEAR: Final = N_(
    "“{found}” has no year, and the period of this summary does not settle which one is meant; add "
    "the year, as in 2025-05-12"
)
_OUTSIDE: Final = N_(
    "“{found}” is outside the period of this summary ({start} to {end}); correct the year (Excel "
    "adds the current one if none is written), or delete the row if it belongs to another summary"
)
_TWO_DAYS: Final = N_(
    "“{found}” may be {month}月{first}日 or {month}月{second}日, as Excel drops a final 0; write the "
    "right one, with 月 and 日"
)
_TWO_MONTHS: Final = N_(
    "“{found}” may be {year}年1月 or {year}年10月, as Excel drops a final 0; write the right one, with 年 and 月"
)
_RECURRING: Final = N_(
    "“{found}” says how often, not when; leave this cell blank, and put the frequency into the "
    "column of times or the description"
)

_VAGUE_TIME: Final = N_("“{found}” does not say which days; write the day, or 5月上旬, or only the month, as in 5月")
_SEVERAL_TIMES: Final = N_(
    "“{found}” has several times; write one row for each, or the first and the last day, as in 5月12日-18日"
)

_CLOCK: Final = r"[0-9]{1,2}(?:[:：][0-9]{2}(?:[:：][0-9]{2})?|[时時點点](?:[0-9]{1,2}分?|半)?)"
_WEEKDAY: Final = r"[（(]?(?:周|週|星期|礼拜|禮拜)[一二三四五六日天][）)]?"
_PART_OF_DAY: Final = "(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚间|晚間)"
# After a digit a clock needs a blank: 9月3日9:00, but not 9月39:00.
_hour = re.compile(
    rf"(?:(?<=[0-9日号號])\s*+{_WEEKDAY}\s*+{_PART_OF_DAY}?|(?<=[0-9日号號])\s*+{_PART_OF_DAY}|(?<=[日号號])|(?<=[0-9])\s++)"
    rf"\s*+(?:{_CLOCK}(?:\s*+(?:[-–—~]{{1,2}}|至|到)\s*+{_CLOCK})?)?$"
)
_ends_with_day = re.compile(r"[日号號]$|[0-9][-./月][0-9]{1,2}$")
_vague = re.compile("(?:初|底|末|前后|前後|左右|前夕|期间|期間|以来|以來|前|后|後|暑假|寒假|春节|春節)$")
_parts = re.compile("[、，,；;和及]")
_part_of_year = re.compile(r"\s*[0-9一二三四五六七八九十上下第].{0,20}[0-9日号號月份季度旬]\s*|[0-9]{1,2}")
_often = re.compile("每|常年|长年|長年|长期|長期|定期|经常|經常|平时|平時|日常|随时|隨時|隔[周週月日天]|逢")
_unsure_day = re.compile(r"([0-9]{1,2})\.([123])")
_unsure_month = re.compile(r"([0-9]{4})\.1")
_figures = re.compile(r"(?<![0-9./])([0-9]{1,2})[./]([0-9]{1,2})(?![0-9./])")
_blanks = re.compile(r"\s+")
_begin = re.compile("[0-9一二三四五六七八九十上下第]")
_WIDE: Final = str.maketrans("０１２３４５６７８９．／－～", "0123456789./-~")
_WHOLE_YEAR: Final = ("全年", "全年度")


class TimeOfYear(NamedTuple):
    """A time whose cell leaves out the year."""

    rest: str
    """The text after the year and its 年: 5月12日, 上半年."""
    found: str
    """What the cell says."""

    def within(self, period: Period | None) -> Any:
        """Return the time in the only year in which it lies in ``period``, otherwise a ``BadCell``."""
        years = range(period.start.year, period.end.year + 1) if period else ()
        times = [time for year in years if period and _lies_in(time := _in_year(year, self.rest), period)]
        return times[0] if len(times) == 1 else bad(_OTHER_YEAR, self.found)


def time_of(cell: Any, *, held: bool = False) -> Any:
    """Return the time in a cell, as records write it, or a ``BadCell``.

    A time without a year is a ``TimeOfYear`` if something was ``held`` then: it lies in the period of the summary.
    """
    text = _plain(cell)
    if not isinstance(text, str):
        return text
    no_time = _NO_TIME_HELD if held else _NO_TIME
    if len(text) > LONGEST:
        return bad(no_time, text)
    if unsure := _unsure(text):
        return unsure
    time = _time_in(text)
    if time is not None:
        return time
    if _often.search(text):
        return bad(_RECURRING, text)
    rest = _rest_of_time(_without_hour(text))
    if not rest:
        return bad(_why_not(text) or no_time, text)
    return TimeOfYear(rest, text) if held else bad(_NO_YEAR, text)


def day_of(cell: Any) -> Any:
    """Return the day in a cell, as records write it, or a ``BadCell``."""
    text = _plain(cell)
    if not isinstance(text, str):
        return text
    if len(text) > LONGEST:
        return bad(_NO_DAY, text)
    day = _without_hour(text)
    return read_day(day) or read_day(_blanks.sub("", day)) or bad(_NO_YEAR if _rest_of_time(day) else _NO_DAY, text)


def _time_in(text: str) -> Any:
    """Return the time that a text with a year gives; ``None`` if it gives none."""
    time = read_period(text) or read_period(_blanks.sub("", text))
    if time is None and (day := _without_hour(text)) != text:
        time = read_period(day) or read_period(_blanks.sub("", day))
    return time


def _without_hour(text: str) -> str:
    """Return a day without the day of the week and the time of day after it, as from a cell with day and time."""
    day = _hour.sub("", text).rstrip()
    return day if _ends_with_day.search(day) else text


def _why_not(text: str) -> str:
    """Return what is wrong with a time that only people understand; empty if it is nothing known."""
    if _vague.search(text):
        return _VAGUE_TIME
    parts = _parts.split(text)
    return _SEVERAL_TIMES if len(parts) > 1 and all(map(_part_of_year.fullmatch, parts)) else ""


def outside(time: Any, period: Period) -> BadCell | None:
    """Return what is wrong with the time of an event if no day of it lies in the period of the summary."""
    if isinstance(time, datetime.date):
        first = last = time
    else:
        held = _period_of_text(time) if isinstance(time, str) else _period_of(time)
        if held is None:
            return None
        first, last = held.start, held.end
    if first <= period.end and period.start <= last:
        return None
    return BadCell(_OUTSIDE, (("found", shown(time)), ("start", period.start), ("end", period.end)))


def _plain(cell: Any) -> Any:
    """Return a cell as text, or as a day if it is one; values that only programs hold stay."""
    if isinstance(cell, str):
        text = cell.translate(_WIDE)
        return _day_of_serial(int(text)) or text if len(text) == 5 and text.isascii() and text.isdigit() else text
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, bool | datetime.time | datetime.timedelta):
        return str(cell)
    if isinstance(cell, int | float):
        return _day_of_serial(cell) or (str(cell) if isinstance(cell, int) else f"{cell:.12g}")
    return cell


def _day_of_serial(number: float) -> datetime.date | None:
    """Return the day that Excel stores as a number; a fraction is a time of that day."""
    is_one = _FIRST_OF_1950 <= number < _FIRST_OF_2101
    return _FIRST_SERIAL + datetime.timedelta(int(number)) if is_one else None


def _unsure(text: str) -> BadCell | None:
    """Return what is wrong with 5.1, which 5.10 becomes if Excel takes it for a number."""
    if found := _unsure_day.fullmatch(text):
        month, day = int(found[1]), int(found[2])
        if _is_time(f"{month}月{day}0日"):
            return BadCell(_TWO_DAYS, (("found", text), ("month", month), ("first", day), ("second", day * 10)))
    if found := _unsure_month.fullmatch(text):
        return BadCell(_TWO_MONTHS, (("found", text), ("year", found[1])))
    return None


def _rest_of_time(text: str) -> str:
    """Return what follows the year in a time without one; empty if the text is not such a time."""
    rest = _figures.sub(r"\1月\2日", _blanks.sub("", text))
    if rest in _WHOLE_YEAR:
        return "度"
    # A number alone may be anything.
    return rest if _begin.match(rest) and ("月" in rest or "季" in rest or "半年" in rest) and _is_time(rest) else ""


def _is_time(rest: str) -> bool:
    return _period_of(_in_year(_LEAP_YEAR, rest)) is not None


def _in_year(year: int, rest: str) -> Any:
    return read_period(f"{year}年{rest}")


def _lies_in(time: Any, period: Period) -> bool:
    found = _period_of(time)
    return found is not None and period.start <= found.start and found.end <= period.end


@lru_cache(2_000)
def _period_of_text(time: str) -> Period | None:
    """Return the period of a text, which is cached, since most texts are in many rows."""
    return _period_of(time)


def _period_of(time: Any) -> Period | None:
    try:
        return None if time is None else Period.model_validate(time)
    except ValueError:  # not a day of the calendar
        return None
