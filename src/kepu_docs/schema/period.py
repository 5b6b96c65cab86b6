"""Spans of days: a year, a half-year, a quarter, a month, a day, or from one day to another."""

import calendar
import datetime
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Self, TypeAlias

from pydantic import BeforeValidator, GetJsonSchemaHandler, ModelWrapValidatorHandler, WithJsonSchema, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from kepu_docs.schema.quantity import integral
from kepu_docs.schema.record import Record
from kepu_docs.schema.refusal import refusal

if TYPE_CHECKING:
    from kepu_docs.schema.converted import Converted

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2100

_YEAR: Final = "(?:19[5-9][0-9]|20[0-9]{2}|2100)"
_DAY_PATTERN: Final = rf"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}$(?!\n)"
_SPAN_PATTERN: Final = rf"^{_YEAR}(?:-(?:H[12]|Q[1-4]|0[1-9]|1[0-2]))?$(?!\n)"
_LONGEST: Final = 10
"""The longest text that is a period, in characters."""
_PERIODS: Final = 4_000
"""How many periods are remembered by their texts: the days of ten years."""
_DAY_SCHEMA: Final = {"type": "string", "format": "date", "pattern": _DAY_PATTERN}


_day = re.compile(_DAY_PATTERN)
_span = re.compile(_SPAN_PATTERN)


def _read_day(value: Any) -> Any:
    """Convert ``2025-04-12`` to a date."""
    if type(value) is datetime.date and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    if isinstance(value, str) and _day.match(value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise refusal("day_impossible", "this date does not exist") from None
    raise refusal(
        "day_text", "expected a date such as 2025-04-12, from {first} to {last}", first=FIRST_YEAR, last=LAST_YEAR
    )


Day = Annotated[datetime.date, BeforeValidator(_read_day), WithJsonSchema(_DAY_SCHEMA)]
"""A day, written 2025-04-12."""


def _last_of_month(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


class Period(Record):
    """A range of days, including the first and the last.

    Read from ``2025``, ``2025-H1``, ``2025-Q3``, ``2025-09``, ``2025-09-20`` or ``{start: …, end: …}``.
    """

    start: Day
    """The first day."""
    end: Day
    """The last day."""

    @staticmethod
    @cache
    def of_month(year: int, month: int) -> "Period":
        """Return a whole month."""
        return Period(start=datetime.date(year, month, 1), end=_last_of_month(year, month))

    def months(self) -> Iterator[tuple[int, int]]:
        """Yield year and month of each month that has a day in this period."""
        first, last = self.start.year * 12 + self.start.month - 1, self.end.year * 12 + self.end.month - 1
        yield from ((count // 12, count % 12 + 1) for count in range(first, last + 1))

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, value: Any, validate: ModelWrapValidatorHandler[Self]) -> "Period":
        # Most periods are short texts, and many records have the same.
        if cls is Period:
            if type(value) is str and len(value) <= _LONGEST:
                return _of_text(value)
            if type(value) is int and FIRST_YEAR <= value <= LAST_YEAR:
                return _of_text(str(value))
        period = validate(cls._ends(value))
        if period.end < period.start:
            raise refusal("period_order", "the end is before the start")
        return period

    @staticmethod
    def _ends(value: Any) -> Any:
        """Return the first and the last day of a time that is not given by them. Raises for what is not a time."""
        value = integral(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LAST_YEAR:
            value = str(value)
        if isinstance(value, str) and _span.match(value):
            year, part = int(value[:4]), value[5:]
            first, last = 1, 12
            if part.startswith("H"):
                first, last = int(part[1]) * 6 - 5, int(part[1]) * 6
            elif part.startswith("Q"):
                first, last = int(part[1]) * 3 - 2, int(part[1]) * 3
            elif part:
                first = last = int(part)
            return {"start": datetime.date(year, first, 1), "end": _last_of_month(year, last)}
        if type(value) is datetime.date or (isinstance(value, str) and _day.match(value)):
            day = _read_day(value)
            return {"start": day, "end": day}
        if isinstance(value, str | int | float):
            raise refusal(
                "period_text",
                "expected a year (2025), half-year (2025-H1), quarter (2025-Q3), month (2025-09), day (2025-09-20)"
                " or {both_ends}, from {first} to {last}",
                both_ends="{start: …, end: …}",
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        reference = super().__get_pydantic_json_schema__(schema, handler)
        definition = handler.resolve_ref_schema(reference)
        ends = dict(definition)
        definition.clear()
        definition["anyOf"] = [
            {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
            {"type": "string", "pattern": _SPAN_PATTERN},
            _DAY_SCHEMA,
            ends,
        ]
        return reference


@lru_cache(_PERIODS)
def _of_text(value: str) -> Period:
    return Period.model_validate(Period._ends(value))


if TYPE_CHECKING:
    MaybePeriod: TypeAlias = Converted[Period | None, Period | datetime.date | int | str | None]
    """The type of a field that is read as a ``Period`` or ``None``; a year, a day or a text may be given."""
    SomePeriod: TypeAlias = Converted[Period, Period | datetime.date | int | str]
    """The type of a field that is read as a ``Period``; a year, a day or a text may be given."""
else:
    MaybePeriod, SomePeriod = Period | None, Period
