"""Quantities: a value, how exact it is, and its unit; also read from what people write.

``300``, ``300+``, ``300余``, ``近1万册``, ``3,000``, ``约1.2万人次``, ``300人次以上``.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Self, TypeAlias

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from kepu_docs.schema.amounts import (
    AFTER,
    BEFORE,
    DIGIT,
    GROUPED,
    LONGEST,
    UNIT,
    WITHIN,
    Approximation,
    Scale,
    read_amount,
)
from kepu_docs.schema.record import Record
from kepu_docs.schema.refusal import refusal
from kepu_docs.schema.rounding import as_shown, borne, last_place
from kepu_docs.schema.text import TextRule

if TYPE_CHECKING:
    from kepu_docs.schema.converted import Converted

LARGEST: Final = 999_999_999_999

_OFTEN: Final = 1_000
"""Whole numbers below this are in many records."""
_REMEMBERED: Final = 4_000
"""How many quantities are remembered by their texts, and by their numbers: a quantity never changes."""

_SCALED: Final = rf"(?:{DIGIT}{{1,8}}(?:\.{DIGIT}{{1,4}})?)?[万萬]|{DIGIT}{{1,4}}(?:\.{DIGIT}{{1,8}})?[亿億]"
_WHOLE: Final = f"(?:{GROUPED}|{DIGIT}{{1,12}}|{_SCALED})"
_DECIMAL: Final = rf"(?:{GROUPED}|{DIGIT}{{1,11}}(?:\.{DIGIT}{{1,4}})?|{_SCALED})"
_PERCENT: Final = rf"(?:100(?:\.0{{1,4}})?|{DIGIT}{{1,2}}(?:\.{DIGIT}{{1,4}})?)"


def _pattern(number: str) -> str:
    """Return the pattern of a quantity: at most one mark of approximation, before, within or after the number."""
    return (
        rf"^ *(?:{BEFORE} *{number} *{UNIT}"
        rf"|{number} *(?:{WITHIN}{UNIT}|{UNIT}{AFTER}|{UNIT})) *$(?!\n)"
    )


def integral(value: Any) -> Any:
    """Convert 3.0 to 3, as JSON Schema does."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class Quantity(Record):
    """What all quantities share: how exact, in which unit, and shown in which scale."""

    pattern: ClassVar[str]
    number: ClassVar[type[int] | type[float]] = float
    most: ClassVar[int] = LARGEST

    approx: Approximation = "exactly"
    """How precise the value is: exactly, over (余), nearly (近), about (约) or at_least (以上)."""
    unit: Annotated[str, TextRule(20)] | None = None
    """The unit: 人次, 场, 册 (default: the field's own)."""
    scale: Annotated[Scale, BeforeValidator(integral)] = 1
    """Show the value in 万 or 亿: 10000 or 100000000."""
    exact_to: Annotated[float | None, Field(gt=0, le=LARGEST), BeforeValidator(integral)] = None
    """How precise a sum of approximate numbers is: 100 for hundreds. The sum is rounded to this when displayed."""

    if TYPE_CHECKING:

        @property
        def value(self) -> float:
            """The number itself, not in 万."""

    @property
    def coarsest(self) -> float | None:
        """The place to which it is exact, if it is approximate: as stated, or of the last digit that is not zero."""
        return None if self.approx == "exactly" else self.exact_to or last_place(self.value)

    @property
    def as_shown(self) -> Self:
        """The quantity as a document shows it: a sum is rounded, a given quantity is unchanged."""
        return self if self.exact_to is None else self.model_copy(update=dict(as_shown(self.__dict__)))


class Count(Quantity):
    """How many: a whole number of something."""

    pattern = _pattern(_WHOLE)
    number = int

    value: Annotated[int, Field(ge=0, le=LARGEST), BeforeValidator(integral)]
    """The number itself, not in 万."""


class Measure(Quantity):
    """How much: an area, a length, a time."""

    pattern = _pattern(_DECIMAL)

    value: Annotated[float, Field(ge=0, le=LARGEST)]
    """The number itself, not in 万."""


class Share(Quantity):
    """A percentage, at most 100."""

    pattern = _pattern(_PERCENT)
    most = 100

    value: Annotated[float, Field(ge=0, le=100)]
    """The percentage: 95.5 for 95.5 %."""


_compiled = cache(re.compile)


def _read(kind: type[Quantity], text: str, unit: str) -> dict[str, Any]:
    fits = len(text) <= LONGEST and _compiled(kind.pattern).match(text)
    amount = read_amount(text) if fits else None
    if amount is None:
        raise _refusal(unit)
    return {
        "value": kind.number(amount.value),
        "approx": amount.approximation,
        "unit": amount.unit or unit,
        "scale": amount.factor,
    }


def _refusal(unit: str) -> PydanticCustomError:
    return refusal(
        "quantity_text",
        "expected a number such as 300, or a text such as “300余{unit}”, “近300{unit}”, “约1.2万{unit}”",
        unit=unit,
    )


@lru_cache(_REMEMBERED)
def _of_text(kind: type[Quantity], text: str, unit: str) -> Quantity | dict[str, Any]:
    return _checked(kind, _read(kind, text, unit))


@lru_cache(_REMEMBERED)
def _of_number(kind: type[Quantity], value: int, unit: str) -> Quantity | dict[str, Any]:
    return _checked(kind, {"value": value, "unit": unit})


def _checked(kind: type[Quantity], fields: dict[str, Any]) -> Quantity | dict[str, Any]:
    """Return the quantity of some fields, or the fields if they do not fit: they are then validated, and refused."""
    try:
        return kind.model_validate(fields)
    except ValidationError:
        return fields


class Unit:
    """Marks a quantity with its usual unit, and allows a number or a text in its place."""

    def __init__(self, unit: str) -> None:
        self.unit = unit

    def read(self, text: str, kind: type[Quantity]) -> dict[str, Any]:
        """Return the fields of the quantity that ``text`` states."""
        return _read(kind, text, self.unit)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        kind: type[Quantity] = getattr(source, "__args__", (source,))[0]  # for Count | None it is Count

        def spell_out(value: Any) -> Any:
            if type(value) is int and 0 <= value < _OFTEN:
                return _of_number(kind, value, self.unit)
            if isinstance(value, str):
                return _of_text(kind, value, self.unit) if len(value) <= LONGEST else _read(kind, value, self.unit)
            if isinstance(value, int | float) and not isinstance(value, bool):
                return {"value": value, "unit": self.unit}
            if isinstance(value, dict):
                return value if "unit" in value else {**value, "unit": self.unit}
            if isinstance(value, Quantity):
                return value.model_copy(update={"unit": self.unit}) if value.unit is None else value
            raise _refusal(self.unit)

        inner = handler(source)
        optional = inner["type"] == "nullable"
        made = core_schema.no_info_before_validator_function(
            spell_out,
            inner["schema"] if optional else inner,
            metadata={"pydantic_js_functions": [self._json_schema(kind)]},
        )
        return core_schema.nullable_schema(made) if optional else made

    @staticmethod
    def _json_schema(kind: type[Quantity]) -> Callable[[CoreSchema, GetJsonSchemaHandler], JsonSchemaValue]:
        def schema(core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
            number = {
                "type": "integer" if kind.number is int else "number",
                "minimum": 0,
                "maximum": kind.most,
            }
            return {"anyOf": [number, {"type": "string", "maxLength": LONGEST, "pattern": kind.pattern}, handler(core)]}

        return schema


if TYPE_CHECKING:
    MaybeCount: TypeAlias = Converted[Count | None, Count | int | str | None]
    """The type of a field that is read as a ``Count`` or ``None``; a number or a text may be given (60, 300余)."""
    MaybeMeasure: TypeAlias = Converted[Measure | None, Measure | float | str | None]
    """The type of a field that is read as a ``Measure`` or ``None``; a number or a text may be given (1.5, 约1.5万)."""
    MaybeShare: TypeAlias = Converted[Share | None, Share | float | str | None]
    """The type of a field that is read as a ``Share`` or ``None``; a number or a text may be given (95.5, 近96)."""
    SomeCount: TypeAlias = Converted[Count, Count | int | str]
    """The type of a field that is read as a ``Count``; a number or a text may be given."""
    SomeMeasure: TypeAlias = Converted[Measure, Measure | float | str]
    """The type of a field that is read as a ``Measure``; a number or a text may be given."""
    SomeShare: TypeAlias = Converted[Share, Share | float | str]
    """The type of a field that is read as a ``Share``; a number or a text may be given."""
else:
    MaybeCount, MaybeMeasure, MaybeShare = Count | None, Measure | None, Share | None
    SomeCount, SomeMeasure, SomeShare = Count, Measure, Share

ONCE: Final = Count(value=1)


def total(counts: Iterable[Count | None], unit: str) -> Count | None:
    """Return the sum of ``counts`` in ``unit``; ``None`` if there is nothing to add.

    Uncertainty is kept: an inexact part makes the sum inexact in its direction (近 and 余 together make 约), and a part
    that is not known (``None``) makes it "at least". The value is that of all parts together, with the place of the
    coarsest part: :attr:`Quantity.as_shown` is the form that is shown.
    """
    fields = total_fields(counts, unit)
    return None if fields is None else _unchecked(fields)


def _unchecked(fields: dict[str, Any]) -> Count:
    """Return a count with these fields, which are all that it has, as a copy with new fields would be.

    A sum may be larger than the limit of a single quantity in a record, so it cannot be validated as one; and a
    document has dozens, of which pydantic's own way of copying takes several times as long.
    """
    made = Count.__new__(Count)
    _set(made, "__dict__", fields)
    _set(made, "__pydantic_fields_set__", set(fields))
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


_set: Final = object.__setattr__


def total_fields(counts: Iterable[Count | None], unit: str) -> dict[str, Any] | None:
    """Return the fields of :func:`total`."""
    parts = list(counts)
    known = [part for part in parts if part is not None]
    if not known:
        return None
    value = sum([part.value for part in known])
    kinds = {part.approx for part in known}
    kinds.discard("exactly")
    approx: Approximation = "exactly"
    exact_to: float | None = None
    if len(known) < len(parts):
        approx = "at_least"
        exact_to = coarser(FINEST, *[borne(part.coarsest, part.approx, approx) for part in known])
    elif kinds:
        approx = combined(kinds)
        added = [part for part in known if part.value or part.approx != "exactly"]
        # The sum of one number is that number as it was given.
        exact_to = (
            added[0].exact_to
            if len(added) == 1
            else coarser(*[borne(part.coarsest, part.approx, approx) for part in added])
        )
    return {"approx": approx, "unit": unit, "scale": 1, "exact_to": exact_to, "value": value}


FINEST: Final = 1
"""The place of a sum for a part that is not known: it adds nothing that would make the others coarser."""


def coarser(*places: float | None) -> float | None:
    """Return the coarsest of some places; exact numbers have none."""
    return max([place for place in places if place is not None], default=None)


def combined(approximations: Iterable[Approximation]) -> Approximation:
    """Return the approximation of a sum from those of its parts; the order and grouping of the parts do not matter.

    If any part is ``at_least``, so is the sum.
    """
    kinds = set(approximations) - {"exactly"}
    if len(kinds) < 2:
        return next(iter(kinds), "exactly")
    return "at_least" if "at_least" in kinds else "about"
