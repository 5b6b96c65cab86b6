"""How sections of one kind are added up to the section of a higher body: the functions of a rule, and their data.

A rule is two functions without state. ``tell`` takes one section and yields what there is to add: amounts, names,
samples, shares. kepu-docs gathers all of these in one pass and in bounded memory, in any order. ``make`` takes what was
gathered and returns the fields of the section of the higher body. Such a section is added up again when street offices
are added up to districts: what ``tell`` yields for it must be what it was made from.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from pydantic import BaseModel

from kepu_docs.schema import Count, Measure, Section, Share, WorkSummary
from kepu_docs.schema.shapes import unit_of

if TYPE_CHECKING:
    from kepu_docs.schema import Quantity

BEST: Final = 5
"""The number of samples that are kept."""
MOST_NAMES: Final = 1_000
"""The largest number of names of one field, and of parts of one figure, that are kept: the first in character order;
amounts of the others are kept together."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that is added to those of other sections.

    ``figure`` is where the sum goes in the section of the higher body: a field, or a list and a field in its entries
    (``categories.times``); ``of`` then names the entry. ``quantity`` is ``None`` for a part that is not known, which
    makes the sum "at least". ``path`` is the place of the amount in this section: ``sessions[0].attendance``.
    """

    figure: str
    quantity: Count | Measure | None
    path: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the list ``field``. Equal names are merged, and the communities that state them are counted."""

    field: str
    name: str


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry of the list ``field`` worth showing, with the fields ``data``; the ``most`` of lowest ``rank`` are kept.

    Equal entries are counted as one.
    """

    field: str
    rank: tuple[Any, ...]
    data: Mapping[str, Any]
    most: int = BEST


@dataclass(frozen=True, slots=True)
class Portion:
    """A share. Shares are not added: the summary states the lowest and the highest."""

    figure: str
    share: Share
    path: str


Part: TypeAlias = Amount | Mention | Sample | Portion


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure per resident, which the workbook of figures computes with a formula.

    It is the sum of ``part`` for each ``times`` of the sum of ``residents``, with ``decimals`` decimals. Both are
    figures of the kind, added up only over the sections that state both. ``label`` describes it in English.
    """

    label: str
    part: str
    residents: str
    times: int = 1
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class SurveyAnswer:
    """A figure that answers an item of the national survey of science popularisation (全国科普统计调查).

    ``item`` is the item's English name in the workbook of figures. ``figure`` is a figure of the kind, stated in the
    item's unit. If the figure has several parts, those whose name contains one of ``words`` count, or all if there are
    none. ``basis`` says in English which parts count.
    """

    item: str
    figure: str
    words: tuple[str, ...] = ()
    basis: str = ""

    def counts(self, of: str) -> bool:
        """Return whether a part of the figure with the name ``of`` counts."""
        return not self.words or any(word in of for word in self.words)


class Gathered(Protocol):
    """Everything that was gathered from the sections of one kind."""

    def total(self, figure: str, unit: str) -> dict[str, Any] | None:
        """Return the sum of a figure in a unit, as in a record; ``None`` if no section states it.

        Amounts that are never requested, including those in other units, are listed as kept apart.
        """
        ...

    def each(self, figure: str, unit: str) -> dict[str, dict[str, Any]]:
        """Return the sums of a figure by the names of its parts, the largest first; ``""`` is a part without a name."""
        ...

    def units(self, figure: str) -> tuple[str, ...]:
        """Return the units in which sections stated a figure."""
        ...

    def names(self, field: str) -> list[str]:
        """Return the names of a field, the most frequent first."""
        ...

    def best(self, field: str) -> list[dict[str, Any]]:
        """Return the samples with the lowest rank."""
        ...


Tell: TypeAlias = Callable[[Any, WorkSummary], Iterable[Part]]
Make: TypeAlias = Callable[[Gathered], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class RollupRule:
    """How sections of a kind are added up; see the module. ``make`` returns nothing if there is nothing to write."""

    tell: Tell
    make: Make
    ratios: tuple[Ratio, ...] = ()
    survey: tuple[SurveyAnswer, ...] = ()

    @classmethod
    def of(
        cls,
        model: type[Section],
        *,
        totals: Iterable[str] = (),
        names: Iterable[str] = (),
        survey: Iterable[SurveyAnswer] = (),
    ) -> "RollupRule":
        """Return a rule for a kind whose fields ``totals`` are quantities to add, and ``names`` lists of names."""
        added = {field: unit_of(model, field) for field in totals}
        listed = tuple(names)

        def tell(section: Section, summary: WorkSummary) -> Iterator[Part]:
            yield from field_parts(section, added, listed)

        return cls(tell, lambda gathered: made(gathered, added, listed), survey=tuple(survey))


def field_parts(section: BaseModel, totals: Iterable[str], names: Iterable[str] = ()) -> Iterator[Part]:
    """Yield the amounts and names in the fields of a section."""
    for field in totals:
        quantity = getattr(section, field)
        if quantity is not None:
            yield Amount(field, quantity, field)
    for field in names:
        for name in getattr(section, field):
            yield Mention(field, name)


def made(gathered: Gathered, totals: Mapping[str, str], names: Iterable[str] = ()) -> dict[str, Any]:
    """Return the fields of a section that has values for ``totals`` (fields and their units) and ``names``."""
    sums = {field: gathered.total(field, unit) for field, unit in totals.items()}
    return known({**sums, **{field: gathered.names(field) for field in names}})


def known(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value."""
    return {name: value for name, value in fields.items() if value is not None and value not in ([], {})}


def parts_of(figure: str, of: str, values: Iterable[tuple[str, "Quantity | None"]]) -> Iterator[Amount]:
    """Yield the amounts of a figure at the given paths; if only some are known, also that there are others."""
    given = [(path, value) for path, value in values if isinstance(value, Count | Measure | None)]
    if all(value is None for _, value in given):
        return
    for path, value in given:
        yield Amount(figure, value, path, of)
