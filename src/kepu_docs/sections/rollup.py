"""汇总: the members of a higher body's summary, missing records, outliers, and changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal, TypeAlias

from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import (
    UNKNOWN,
    Count,
    FactSection,
    Line,
    Many,
    MaybeCount,
    Name,
    Period,
    Record,
    SomeCount,
    SomeMeasure,
    SomePeriod,
    SomeShare,
    Unit,
    WorkSummary,
    total,
)
from kepu_docs.schema.changes import main_figures, what_changed
from kepu_docs.schema.levels import Level, level_by_name, rank
from kepu_docs.schema.main_figures import MAIN_FIGURES, FigurePair, MainFigure

__all__ = ["ROLLUP", "Apart", "Change", "Comparison", "Extent", "LeftOut", "Member", "Rollup", "Stating"]


FEWEST: Final = 8
"""With fewer values none is called an outlier."""
FARTHEST: Final = 3.5
"""A value stands out if its modified z-score is beyond this (Iglewicz and Hoaglin, How to Detect and Handle Outliers,
1993: 0.6745 times its distance from the median, in median absolute deviations)."""
_DEVIATIONS: Final = 0.6745
_MEAN_DEVIATIONS: Final = 0.7979
"""Used instead of the above if more than half of the values are equal: the mean absolute deviation replaces the median
one."""
MOST_SHOWN: Final = 30
"""The most outliers that are shown."""
_FEWEST_BODIES: Final = 2
_MOST_BODIES: Final = 20
"""The most bodies in a chart."""


MadeOf: TypeAlias = Level | Literal["mixed"]
"""The level of the members that one represents; ``mixed`` if they have different levels."""


class Member(Record):
    """A community in the summary, or all those of a street office together, with the main figures."""

    name: Name
    """Its name: 试验社区."""
    level: Level = "community"
    """Its level."""
    code: Name | None = None
    """Its administrative division code, with all zeros: "000101"."""
    street: Name | None = None
    """Its street office or township: 试验街道."""
    district: Name | None = None
    """Its district or county."""
    communities: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """How many communities it represents, if not only itself, in 个."""
    made_of: MadeOf = "community"
    """What these are, if it represents others."""
    residents: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Its residents, in 人."""
    volunteers: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Its volunteers, in 人."""
    trainings: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """Number of training sessions, in 场."""
    trained: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Attendances, in 人次."""
    activities_held: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """Its activities, in 场."""
    activity_attendance: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Attendances, in 人次."""
    funds: Annotated[MaybeCount, Unit("元")] = UNKNOWN
    """Funds, in whole 元."""


class Stating(Record):
    """Number of communities that report a figure or a name."""

    figure: Line
    """The figure: section kind and field, such as team.volunteers."""
    name: Line | None = None
    """The name, if the field holds names."""
    communities: Annotated[SomeCount, Unit("个")]
    """Number of communities, in 个."""


class Extent(Record):
    """The range of the shares that communities state; shares are not added up."""

    figure: Line
    """The figure: section kind and field, such as outcomes.coverage."""
    communities: Annotated[SomeCount, Unit("个")]
    """Number of communities that report it, in 个."""
    lowest: Annotated[SomeShare, Unit("%")]
    """The lowest share, in %."""
    highest: Annotated[SomeShare, Unit("%")]
    """The highest share, in %."""


class Apart(Record):
    """A sum in a different unit, which is not added to the usual one."""

    figure: Line
    """The figure: section kind and field, such as training.sessions_total."""
    of: Line | None = None
    """What it counts, if there are several: a category of activities."""
    amount: Annotated[SomeMeasure, Unit("个")]
    """The sum and its unit."""


class LeftOut(Record):
    """A section kind that has no rule for adding it up."""

    section: Line
    """The section kind."""
    communities: Annotated[SomeCount, Unit("个")]
    """Number of communities that have it, in 个."""


class Change(Record):
    """The change of a main figure, for the communities that state it in both years."""

    figure: MainFigure
    """The figure."""
    communities: Annotated[SomeCount, Unit("个")]
    """Number of communities that report it in both years, in 个."""
    before: Annotated[SomeCount, Unit("个")]
    """Their sum in the earlier year."""
    now: Annotated[SomeCount, Unit("个")]
    """Their sum in this year."""


class Comparison(Record):
    """Changes from an earlier year."""

    period: SomePeriod
    """The earlier period."""
    changes: Many[Change] = ()
    """How the main figures have changed."""
    new: Many[Member] = ()
    """Communities without a summary for the earlier year."""
    vanished: Many[Member] = ()
    """Communities that have a summary of the earlier year only."""


class Rollup(FactSection):
    """汇总情况."""

    rolled_up = True
    kind: Literal["rollup"] = "rollup"
    number: Annotated[SomeCount, Unit("个")]
    """How many communities are added up, in 个."""
    expected: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """How many should have sent a summary, in 个."""
    missing: Many[Member] = ()
    """Those that have not sent one."""
    failed: Many[Member] = ()
    """Those whose summary has errors and is not included."""
    members: Many[Member] = ()
    """The communities with their main figures; if there are very many, the street offices or districts."""
    stated: Many[Stating] = ()
    """Number of communities that report each figure, and each name that several of them give."""
    extents: Many[Extent] = ()
    """The ranges of the shares."""
    apart: Many[Apart] = ()
    """Sums in units other than the usual ones."""
    left_out: Many[LeftOut] = ()
    """Section kinds that are not added up."""
    compared: Comparison | None = None
    """Changes from an earlier year."""
    shortened: Many[Line] = ()
    """Lists of names too long to be kept whole, such as activities.partners."""

    @property
    def member_levels(self) -> frozenset[str]:
        """The levels of its members, with ``mixed`` if not all levels are known."""
        return frozenset(member.made_of if member.communities else member.level for member in self.members)

    @property
    def years(self) -> tuple[Period, Sequence[FigurePair]] | None:
        """The earlier period, and the sums over the communities that state a figure in both periods."""
        if self.compared is None:
            return None
        return self.compared.period, [(each.figure, each.before, each.now) for each in self.compared.changes]

    @property
    def reporting(self) -> Count:
        """The number of records that it is made of."""
        return self.number

    @property
    def partial(self) -> frozenset[str]:
        """The fields of the community that fewer state than there are."""
        stating = ((each.figure.partition("."), each.communities.value) for each in self.stated if each.name is None)
        return frozenset(
            field for (kind, _, field), count in stating if kind == "community" and count < self.number.value
        )

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``figures``, ``outliers``, ``bodies``, ``rows``, ``topics`` and ``changes``, for tables.

        Each main figure has ``sum``, the number of ``communities`` that state it, and the ``median`` of the members;
        ``stating`` is the number that state it, if that differs between figures or from the number of all. An outlier
        has ``member``, ``street``, ``figure``, ``reported`` and ``median``; ``outlying`` is the number of outliers,
        including those that are not shown. ``bodies`` are the street offices or districts with their sums, if the
        members belong to several; ``bodies_level`` is their level. ``rows`` are the members, their figures without
        units; ``whole`` says whether each represents only itself, ``rows_level`` is their level, ``streets`` says
        whether all are in subdistricts, and ``shown`` are the figures that there is room for. ``ranges`` and
        ``sums_apart`` are ``extents`` and ``apart`` with their figures' names; a range is of ``all`` if all state it.
        ``topics`` are the headings of other work with the number of communities that have it. A change has ``before``,
        ``now``, ``difference`` and ``percent``; ``both`` is the number of communities compared, if it is the same for
        all figures. ``doubts`` says whether there is anything that the body itself should review and its paper does not
        show.
        """
        stated = {each.figure: each.communities for each in self.stated if each.name is None}
        places = _PLACES.get(summary.community.level, ("street",))
        outlying = list(outliers(self.members, places))
        bodies, bodies_level = _bodies(self.members)
        compared = self.compared
        both = {change.communities.value for change in compared.changes} if compared else set()
        names = _figure_names(summary)
        return {
            "figures": tuple(_figures(summary, self, stated)),
            "outliers": tuple(outlying[:MOST_SHOWN]),
            "outlying": len(outlying),
            "bodies": bodies,
            "bodies_level": bodies_level,
            "rows": tuple(_row(member, places) for member in self.members),
            "rows_level": _together_level(member.level for member in self.members),
            "whole": not any(member.communities for member in self.members),
            "streets": all(level_by_name(member.street or "") in ("street", None) for member in self.members),
            "shown": _shown(self.members, places),
            "topics": tuple(each for each in self.stated if each.figure.partition(".")[2] == "heading" and each.name),
            "ranges": tuple(
                {
                    **each.__dict__,
                    "figure": {"figure": each.figure.rpartition(".")[2]},
                    "all": each.communities.value == self.number.value,
                }
                for each in self.extents
            ),
            "sums_apart": tuple(
                {
                    "figure": {"figure": names.get(each.figure, each.figure)},
                    "of": each.of,
                    "quantity": {**dict(each.amount), "unit": ""},
                    "unit": {"named_unit": each.amount.unit or ""},
                }
                for each in self.apart
            ),
            "changes": tuple(_change(each, one=len(both) == 1) for each in compared.changes) if compared else (),
            "both": Count(value=both.pop(), unit="个") if len(both) == 1 else None,
            "doubts": bool(outlying) or self.has_gaps,
        }

    @property
    def has_gaps(self) -> bool:
        """Whether somebody or something is not in its sums, lists or comparison."""
        compared = self.compared
        uncompared = compared is not None and bool(compared.new or compared.vanished)
        return uncompared or bool(self.missing or self.failed or self.apart or self.left_out or self.shortened)


_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "street": (),
    "town": (),
    "township": (),
    "city": ("district", "street"),
}
"""Fields that identify a member's place in the summary of a body: a street office has only its own."""


_NARROW: Final[Mapping[str, str]] = {"residents": "people", "volunteers": "helpers", "funds": "yuan"}
"""Figures whose columns have shorter headings if there are many rows: a row stays on one line."""


_IMPORTANT: Final[tuple[MainFigure, ...]] = (
    "residents", "volunteers", "activity_attendance", "funds", "trained", "activities_held", "trainings",
)  # fmt: skip
"""The main figures, in the order of their importance for tables."""
_MANY_COLUMNS: Final = 6
_FEW_COLUMNS: Final = 4
"""The most figures beside a member's name alone, or beside its place too: a row stays on one line."""


def _row(member: Member, places: Sequence[str]) -> Mapping[str, Any]:
    row: dict[str, Any] = dict.fromkeys(("name", "member", "body"), member.name)
    row["communities"] = member.communities
    row["street_name"] = row["street"] = member.street if "street" in places else None
    row["district"] = member.district if "district" in places else None
    return {**row, **_bared({figure: getattr(member, figure) for figure in MAIN_FIGURES})}


def _shown(members: Sequence[Member], places: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of the main figures that members state; the more important ones if there is little room."""
    others = any(getattr(member, name) for member in members for name in (*places, "communities"))
    room = _FEW_COLUMNS if others else _MANY_COLUMNS
    stated = [figure for figure in _IMPORTANT if any(getattr(member, figure) for member in members)][:room]
    return tuple(_NARROW.get(figure, figure) for figure in MAIN_FIGURES if figure in stated)


def _bared(counts: Mapping[MainFigure, Count | None]) -> dict[str, Any]:
    """Return the figures of a row without their units, under the short names of narrow columns."""
    return {_NARROW.get(figure, figure): _bare(count) for figure, count in counts.items()}


def _bare(count: Count | None) -> Mapping[str, Any] | None:
    """Return a count without its unit, which is in the heading of its column."""
    return {**count.__dict__, "unit": ""} if count is not None and count.value else None


def _figure_names(summary: WorkSummary) -> dict[str, str]:
    """Return the names of the main figures, by the section kinds and fields that have them."""
    names = {"community.residents": "residents"}
    for section in summary.sections:
        names |= {f"{section.kind}.{field}": figure for figure, field, _ in section.main_figures}
    return names


def _figures(summary: WorkSummary, rollup: Rollup, stated: Mapping[str, Count]) -> Iterator[Mapping[str, Any]]:
    found = main_figures(summary)
    known = [stated.get(field) for field, _ in found.values()]
    is_same = all(count is not None and count.value == rollup.number.value for count in known)
    for figure, (field, amount) in found.items():
        counts = [count for member in rollup.members if (count := getattr(member, figure)) is not None]
        yield {
            "figure": {"figure": figure},
            "sum": amount,
            "communities": stated.get(field),
            "stating": None if is_same else stated.get(field),
            "median": dict(middle(counts)) if counts else None,
        }


def middle(counts: Sequence[Count]) -> Count:
    """Return the median, for an even number of values the lower one: it is a value that some body states."""
    ordered = sorted((count.as_shown for count in counts), key=lambda count: (count.value, count.approx))
    return ordered[(len(ordered) - 1) // 2]


def outliers(members: Sequence[Member], places: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the outliers, the most extreme first.

    Each has ``member``, ``street`` and ``district`` (of ``places`` alone), ``figure``, ``reported`` and ``median``.
    """
    found = []
    for place, figure in enumerate(MAIN_FIGURES):
        known = [(member, count) for member in members if (count := getattr(member, figure)) is not None]
        scores = modified_scores([count.value for _, count in known])
        median = dict(middle([count for _, count in known])) if known else None
        for (member, count), score in zip(known, scores, strict=True):
            if score > FARTHEST:
                row = {
                    "member": member.name,
                    "body": member.name,
                    "street": member.street if "street" in places else None,
                    "district": member.district if "district" in places else None,
                    "figure": {"figure": figure},
                    "reported": count,
                    "median": median,
                }
                found.append((-score, place, member.district or "", member.street or "", member.name, row))
    yield from (row for *_, row in sorted(found, key=lambda each: each[:-1]))


def modified_scores(values: Sequence[int]) -> list[float]:
    """Return the distance of each value from the median, in robust deviations; all 0 for too few or equal values."""
    if len(values) < FEWEST:
        return [0.0] * len(values)
    import statistics  # it imports much, and only summaries of higher bodies need it

    middle = statistics.median(values)
    distances = [abs(value - middle) for value in values]
    deviation, weight = statistics.median(distances), _DEVIATIONS
    if not deviation:
        deviation, weight = sum(distances) / len(distances), _MEAN_DEVIATIONS
    return [weight * distance / deviation if deviation else 0.0 for distance in distances]


def _bodies(members: Iterable[Member]) -> tuple[tuple[Mapping[str, Any], ...], str]:
    """Return the sums of the next lower bodies, and their level: streets, or districts if there are too many."""
    rows = list(members)
    levels: tuple[Level, ...] = ("street", "district")
    for name in levels:
        names = [getattr(member, name) for member in rows]
        if all(names) and len(set(zip((row.district for row in rows), names, strict=True))) >= _FEWEST_BODIES:
            bodies: dict[tuple[str | None, str], list[Member]] = {}
            for member, body in zip(rows, names, strict=True):
                bodies.setdefault((member.district, body), []).append(member)
            if len(bodies) <= _MOST_BODIES:
                level = _together_level(level_by_name(body) or name for _, body in bodies)
                return tuple(_together(body, level_rows) for (_, body), level_rows in bodies.items()), level
    return (), "mixed"


def _together_level(levels: Iterable[Level]) -> str:
    """Return the level that all have, if it is a division above communities; else ``mixed``."""
    found = set(levels)
    return found.pop() if len(found) == 1 and rank(next(iter(found))) else "mixed"


def _together(name: str, members: Sequence[Member]) -> Mapping[str, Any]:
    stand_for = [each.communities or Count(value=1, unit="个") for each in members]
    sums = {
        figure: total([count for each in members if (count := getattr(each, figure)) is not None], unit)
        for figure, unit in MAIN_FIGURES.items()
    }
    return {"body": name, "street_name": name, "communities": total(stand_for, "个"), **_bared(sums)}


def _change(change: Change, *, one: bool) -> Mapping[str, Any]:
    """Return a change with its differences; a difference of zero is left out, and so is a percentage of zero.

    The number of communities compared is beside it unless it is the same for all figures (``one``).
    """
    changed = what_changed(change.before, change.now)
    rest = {"approx": changed.approx, "scale": 1}
    difference, percent = changed.difference, changed.percent
    return {
        "figure": {"figure": change.figure},
        "communities": change.communities,
        "stating": None if one else change.communities,
        "before": change.before,
        "now": change.now,
        "difference": {"value": difference, "unit": MAIN_FIGURES[change.figure], **rest} if difference else None,
        "percent": {"value": percent, "unit": "%", **rest} if percent else None,
    }


ROLLUP: Final = SectionKind(Rollup)
