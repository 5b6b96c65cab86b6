"""How a language writes days and spans of days.

Catalogues use CLDR patterns (``d MMMM y``: https://www.unicode.org/reports/tr35/tr35-dates.html), which Babel fills in;
in the pattern of a span, the part before ``|`` is filled with the first day and the part after it with the last:
``y年M月d日|至d日``. Half-years and quarters are texts around ``{of_year}``.
"""

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Final

from babel import Locale
from babel.dates import format_date

_KEPT: Final = 1024
"""The number of cached days in a pattern, and of written spans."""


class Dates:
    """The dates of one locale. A period is a mapping with ``start`` and ``end``."""

    def __init__(self, locale: Locale, pattern: Callable[[str], str]) -> None:
        """``pattern`` returns a pattern by its name."""
        self._pattern = pattern
        # The documents of one year mention the same days again and again.
        self._filled = lru_cache(_KEPT)(partial(format_date, locale=locale))
        self._kept_period = lru_cache(_KEPT)(self._made_period)
        self._kept_time = lru_cache(_KEPT)(self._made_time)

    def date(self, day: datetime.date) -> str:
        """Return a day in full: ``2025年4月12日``, ``12 April 2025``."""
        return self._written("date", day, day)

    def period(self, period: Mapping[str, datetime.date], within: Mapping[str, datetime.date] | None = None) -> str:
        """Return a period (``2025年上半年``, ``9月15日至21日``), without its year if that is the year of ``within``.

        ``within`` is the period of the whole summary; the year is left out if ``within`` lies in that one year.
        """
        start, end = period["start"], period["end"]
        return self._kept_period(start, end, _lies_in_year(start, end, within))

    def _made_period(self, start: datetime.date, end: datetime.date, known: bool) -> str:
        first, last = _months(start, end)
        if not first:
            return self._days(start, end, known=known)
        if start.year != end.year:
            return self._written("years" if (first, last) == (1, 12) else "months of years", start, end)
        if (first, last) == (1, 12):
            return self._written("year", start, end)
        part = _part(first, last)
        if part:
            of_year = "of the known year" if known else "of the year"
            return self._pattern(part).format(of_year=self._pattern(of_year).format(year=start.year))
        return self._written("month" if first == last else "months of a year", start, end, known=known)

    def when(self, period: Mapping[str, datetime.date], within: Mapping[str, datetime.date] | None = None) -> str:
        """Return when something took place, as a sentence has it: ``9月15日``, ``on 15 September``, ``in March``."""
        start, end = period["start"], period["end"]
        return self._kept_time(start, end, _lies_in_year(start, end, within))

    def _made_time(self, start: datetime.date, end: datetime.date, known: bool) -> str:
        first, last = _months(start, end)
        whole = first and start.year == end.year and (first == last or (first, last) == (1, 12) or _part(first, last))
        name = "on a day" if start == end else "in a time" if whole else "from day to day"
        return self._pattern(name).replace("{}", self._kept_period(start, end, known))

    def span(self, period: Mapping[str, datetime.date]) -> str:
        """Return the period of a whole summary, as a sentence has it: ``全年``, ``上半年``, ``over the year``."""
        start, end = period["start"], period["end"]
        if start.year == end.year and _months(start, end) == (1, 12):
            return self._pattern("all the year")
        return self.when(period, within=period)

    def by(self, period: Mapping[str, datetime.date]) -> str:
        """Return a deadline, including its last day: ``2026年4月底前``, ``by the end of April 2026``.

        A span of days that is not a month, a quarter, a half-year or a year is written as a span.
        """
        start, end = period["start"], period["end"]
        first, last = _months(start, end)
        if start == end:
            name = "by a day"
        elif start.year != end.year or not first:
            return self.when(period)
        elif first == last or (first, last) == (1, 12):
            name = "by the end"
        elif _part(first, last):
            name = "by the end of a part"
        else:
            return self.when(period)
        return self._pattern(name).replace("{}", self.period(period))

    def _days(self, start: datetime.date, end: datetime.date, *, known: bool) -> str:
        if start == end:
            return self._written("date", start, end, known=known)
        if start.year != end.year:
            return self._written("days of years", start, end)
        return self._written(
            "days of a month" if start.month == end.month else "days of a year", start, end, known=known
        )

    def _written(self, name: str, start: datetime.date, end: datetime.date, *, known: bool = False) -> str:
        """Return the days in a pattern, or in its variant without the year if the year is known."""
        before, _, behind = self._pattern(f"{name}, year known" if known else name).partition("|")
        shown = self._filled(start, before)
        return shown + self._filled(end, behind) if behind else shown


def _lies_in_year(start: datetime.date, end: datetime.date, within: Mapping[str, datetime.date] | None) -> bool:
    """Return whether a span lies in the same single year as ``within``."""
    return within is not None and within["start"].year == within["end"].year == start.year == end.year


def _months(start: datetime.date, end: datetime.date) -> tuple[int, int]:
    """Return the first and last month of a span of whole months, or zeros."""
    whole = start.day == 1 and (end + datetime.timedelta(days=1)).day == 1
    return (start.month, end.month) if whole else (0, 0)


def _part(first: int, last: int) -> str:
    """Return the name of the half or quarter of a year between two months; empty for other spans."""
    if (first, last) in ((1, 6), (7, 12)):
        return "first half" if first == 1 else "second half"
    return f"quarter {last // 3}" if last - first == 2 and last % 3 == 0 else ""
