"""How a language writes numbers, counts, dates and lists.

The functions take plain data, as wording templates have it: a quantity is a mapping with ``value``, ``approx``,
``unit`` and ``scale``; a period is a mapping with ``start`` and ``end``. Symbols and date patterns are Babel's;
the patterns around them come from the catalogue.
"""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

from kepu_docs.locale.catalog import Catalog

_SCALE_NAMES = {1: "", 10_000: "ten thousand", 100_000_000: "hundred million"}


class Formats:
    """The formats of one locale."""

    def __init__(self, locale: str, catalog: Catalog) -> None:
        self._locale = Locale.parse(locale)
        self._catalog = catalog
        symbols = self._locale.number_symbols["latn"]
        self._group = str(symbols["group"])
        self._decimal = str(symbols["decimal"])
        self._series = self.pattern("list")
        self._comma = self.pattern("comma")
        self._stop = self.pattern("stop")
        self._terminals = tuple(self.pattern("terminals"))
        self._quotes = self.pattern("quotes")
        self.line_joint = "" if (joint := self.pattern("line joint")) == "nothing" else joint
        self._scales = {scale: self.pattern(name) if name else "" for scale, name in _SCALE_NAMES.items()}

    def pattern(self, name: str) -> str:
        """Return a pattern of the catalogue."""
        return self._catalog.label("pattern", name)

    def kind(self, name: str) -> str:
        """Return the usual heading of a section kind."""
        return self._catalog.label("kind", name)

    def field(self, name: str) -> str:
        """Return the label of a field, as the head of a table's column."""
        return self._catalog.label("field", name)

    def unit(self, name: str) -> str:
        """Return the name of a unit."""
        return self._catalog.label("unit", name)

    def quote(self, text: str) -> str:
        """Return ``text`` in quotation marks."""
        return f"{self._quotes[0]}{text}{self._quotes[1]}"

    def number(self, value: float | Decimal) -> str:
        """Return a number with grouping, not rounded: ``1,200``, ``0.67``."""
        if isinstance(value, int):
            return f"{value:,}".replace(",", self._group)
        whole, _, decimals = f"{Decimal(str(value)):,f}".partition(".")
        decimals = decimals.rstrip("0")
        return whole.replace(",", self._group) + (self._decimal + decimals if decimals else "")

    def count(self, quantity: Mapping[str, Any]) -> str:
        """Return a quantity with its unit, as exact as it is: ``300余人次``, ``近1万册``, ``95%以上``."""
        value, scale, approx = quantity["value"], quantity["scale"], quantity["approx"]
        shown = value if scale == 1 else Decimal(str(value)) / scale
        number = self.number(shown) + self._scales[scale]
        if value == scale != 1 and approx in ("nearly", "over"):
            number = self._scales[scale]  # 近万册, 万余册
        unit = self._catalog.label("unit", quantity["unit"] or "")
        # 余 follows round numbers only: 300余人, but 超过325人.
        if approx == "over" and (unit in ("%", "％") or (scale == 1 and (value < 10 or value % 10))):
            approx = "over, not round"
        if approx == "exactly":
            return number + unit
        return self.pattern(approx).format(number=number, unit=unit)

    def date(self, day: datetime.date) -> str:
        """Return a day in full: ``2025年4月12日``."""
        return format_date(day, "long", locale=self._locale)

    def period(self, period: Mapping[str, datetime.date], within: Mapping[str, datetime.date] | None = None) -> str:
        """Return a span of days: ``2025年``, ``2025年上半年``, ``2025年第三季度``, ``9月15日至21日``.

        The year is left out when ``within``, the time of the whole summary, lies in that one year.
        """
        start, end = period["start"], period["end"]
        known = within is not None and within["start"].year == within["end"].year == start.year == end.year
        year = "" if known else self.pattern("of the year").format(year=start.year)
        first, last = _months(start, end)
        if not first:
            if start == end:
                return format_skeleton("MMMd", start, locale=self._locale) if known else self.date(start)
            return str(format_interval(start, end, "MMMd" if known else "yMMMd", locale=self._locale))
        if start.year != end.year:
            if (first, last) == (1, 12):
                return self.pattern("years").format(first=start.year, last=end.year)
            return str(format_interval(start, end, "yMMM", locale=self._locale))
        if (first, last) == (1, 12):
            return self.pattern("year").format(year=start.year)
        if first == last:
            return self.pattern("month").format(of_year=year, month=first)
        if (first, last) in ((1, 6), (7, 12)):
            return self.pattern("first half" if first == 1 else "second half").format(of_year=year)
        if last - first == 2 and last % 3 == 0:
            return self.pattern(f"quarter {last // 3}").format(of_year=year)
        return self.pattern("months").format(of_year=year, first=first, last=last)

    def money(self, amount: float) -> str:
        """Return an amount of yuan: ``2.33元``."""
        return self.number(amount) + self._catalog.label("unit", "元")

    def percent(self, value: float) -> str:
        """Return a percentage: ``95.5%``."""
        return self.number(value) + "%"

    def join_list(self, parts: Iterable[Any]) -> str:
        """Return what is there, joined as the language does: ``甲、乙和丙``."""
        shown = self.told(parts)
        if len(shown) < 2:
            return "".join(shown)
        joint = self.pattern("list, before the last")
        if shown[-1].startswith(joint):
            joint = self._series  # 学习型社区、和谐型社区, not 和和谐型社区
        return joint.join((self._series.join(shown[:-1]), shown[-1]))

    def series(self, parts: Iterable[Any]) -> str:
        """Return what is there as an open series: ``甲、乙、丙``."""
        return self._series.join(self.told(parts))

    def told(self, parts: Iterable[Any]) -> list[str]:
        """Return what is there, as texts."""
        return [self.show(part) for part in parts if part not in (None, "", ())]

    def phrase(self, value: Any, pattern: str) -> str:
        """Return ``pattern`` with the value in place of ``{}``; nothing when there is no value."""
        if value is True:
            return pattern
        shown = self.show(value)
        return pattern.replace("{}", shown) if shown else ""

    def sentence(self, clauses: Iterable[str | None]) -> str:
        """Return the clauses that are there, joined by commas and closed by a full stop; nothing when none is."""
        there = [clause for clause in clauses if clause]
        return self.stop(self._comma.join(there)) if there else ""

    def stop(self, text: str) -> str:
        """Return ``text`` with a full stop, unless it ends with a mark of its own."""
        return text if not text or text.endswith(self._terminals) else text + self._stop

    def clause(self, text: str) -> str:
        """Return ``text`` without a full stop at its end, to stand inside a sentence."""
        return text.removesuffix(self._stop)

    def show(self, value: Any, within: Mapping[str, datetime.date] | None = None) -> str:
        """Return any value of a record as a reader sees it; nothing for ``None``.

        ``within`` is the time of the summary, for periods.
        """
        match value:
            case None | bool():
                return ""
            case str():
                return value
            case {"value": _}:
                return self.count(value)
            case {"start": _}:
                return self.period(value, within)
            case datetime.date():
                return self.date(value)
            case int() | float():
                return self.number(value)
            case tuple():
                return self.join_list(value)
            case _:
                raise TypeError(f"no text for {type(value).__name__}")


def _months(start: datetime.date, end: datetime.date) -> tuple[int, int]:
    """Return the first and last month of a span of whole months, or zeros."""
    whole = start.day == 1 and (end + datetime.timedelta(days=1)).day == 1
    return (start.month, end.month) if whole else (0, 0)
