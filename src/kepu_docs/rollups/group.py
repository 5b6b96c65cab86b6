"""Everything that is gathered for one higher body, and the record that is made from it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from kepu_docs.contract.rollups import Amount, Part, RollupRule, field_parts, known
from kepu_docs.errors import N_, Place, PluginError
from kepu_docs.errors.fields import path_of
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import KINDS
from kepu_docs.rollups.bodies import LEVELS, Body, Common
from kepu_docs.rollups.members import Members
from kepu_docs.rollups.stated_years import StatedYears
from kepu_docs.rollups.sums import KindGathering, Names, Range, Sum, shown
from kepu_docs.schema import Community, Period, Section, WorkSummary
from kepu_docs.schema.levels import rank
from kepu_docs.schema.main_figures import MAIN_FIGURES, MainFigure
from kepu_docs.schema.shapes import unit_of
from kepu_docs.schema.summary import UnknownSection
from kepu_docs.sections.rollup import Member, Rollup

KIND: Final = "rollup"
BASICS: Final = "community"
"""The key of the community's own figures, beside the section kinds."""
HEADING: Final = "heading"
"""The field of names that are not in a section but in the list of what communities state: headings of their own."""
_BASICS: Final = ("residents", "floating", "households", "area", "grids", "units")
_BASIC_FIGURES: Final[tuple[tuple[MainFigure, str, str], ...]] = (("residents", "residents", "residents"),)
_LONGEST: Final = 200
_MOST: Final = 10_000


class Stated(NamedTuple):
    """The parts that one section states, its kind, and its place in its record."""

    kind: str
    path: str
    parts: tuple[Part, ...]


class Reading(NamedTuple):
    """One record as it is added: the parts that its sections state."""

    summary: WorkSummary
    sections: tuple[Stated, ...]
    left_out: tuple[str, ...]

    @property
    def made_of(self) -> Rollup | None:
        """What the record itself was made from, if it was added up."""
        return next((each for each in self.summary.sections if isinstance(each, Rollup)), None)


def read(summary: WorkSummary, registry: Registry) -> Reading:
    """Return what there is to add from a record.

    Raises ``PluginError`` if the rule of a kind fails, or if no plugin has the kind of a section that is not kept as
    data alone.
    """
    sections = [Stated(BASICS, BASICS, tuple(field_parts(summary.community, _BASICS)))]
    left_out = []
    for place, section in enumerate(summary.sections):
        if isinstance(section, Rollup):
            continue
        kind = registry.kinds.get(section.kind)
        if kind is None and not isinstance(section, UnknownSection):
            raise PluginError.at(
                Place(field=f"sections[{place}]"),
                "no installed plugin provides the section kind “{kind}”; “kepu-docs plugins list” "
                "shows the installed plugins",
                path=("sections", place),
                kind=section.kind,
            )
        if kind is None or kind.rollup is None:
            left_out.append(section.kind)
        else:
            path = f"sections[{place}]"
            sections.append(Stated(section.kind, path, _parts(registry, kind.rollup, section, summary, path)))
    return Reading(summary, tuple(sections), tuple(dict.fromkeys(left_out)))


def _parts(registry: Registry, rule: RollupRule, section: Section, summary: WorkSummary, path: str) -> tuple[Part, ...]:
    try:
        return tuple(rule.tell(section, summary))
    except (Exception, SystemExit) as error:  # a plugin's rule may raise anything
        raise _failed(registry, section.kind, error, path) from error


def _failed(registry: Registry, kind: str, error: BaseException, path: str = "") -> PluginError:
    text = N_("the section kind “{kind}” (plugin {plugin}) cannot be added up: {error}")
    plugin = registry.owners[KINDS, kind]
    return PluginError.at(Place(field=path), text, path=path_of(path), kind=kind, plugin=plugin, error=repr(error))


class Group:
    """Everything that is gathered for one body."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._kinds = registry.kinds
        self._gathered: dict[str, KindGathering] = {BASICS: KindGathering(Community)}
        self._stated: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._apart: dict[tuple[str, str, str], Sum] = {}
        self._shortened: set[str] = set()
        self.common = Common()
        self.members = Members()
        self.periods: set[tuple[str, str]] = set()
        self.number = 0
        self.expected = 0
        self.all_expected = True
        self.missing: dict[tuple[str, ...], dict[str, Any]] = {}
        self.failed: dict[tuple[str, ...], dict[str, Any]] = {}
        self._period: Period | None = None
        self._years = StatedYears()

    def add(self, reading: Reading) -> None:
        """Add a record."""
        summary, before = reading.summary, reading.made_of
        self.common.add(summary.community)
        self._take_period(summary.period)
        weights = _Weights(before)
        figures: dict[MainFigure, Sum] = {}
        for kind in dict.fromkeys(section.kind for section in reading.sections):
            parts = [part for section in reading.sections if section.kind == kind for part in section.parts]
            if not parts:
                continue
            self._gathering(kind).add(parts, weights.names(kind))
            stating = {part.figure for part in parts if isinstance(part, Amount) and part.quantity is not None}
            # In a rolled-up record, its own counts of communities apply, also for figures stated only in other units.
            self._stated.update({f"{kind}.{figure}" for figure in stating} - weights.figures.keys())
            main = _BASIC_FIGURES if kind == BASICS else self._kinds[kind].model.main_figures
            _add_main_figures(figures, main, parts)
        self._stated.update(weights.figures)
        self._left_out.update(reading.left_out)
        if before is None:
            self.number += 1
            self.all_expected = False
            self.members.add(summary.community, figures)
            if summary.earlier is not None:
                self._years.add(summary.earlier, figures)
        else:
            self._take(before, summary.community)

    def _gathering(self, kind: str) -> KindGathering:
        gathered = self._gathered.get(kind)
        if gathered is None:
            gathered = self._gathered[kind] = KindGathering(self._kinds[kind].model)
        return gathered

    def _take(self, before: Rollup, body: Community) -> None:
        """Add what a record says about how it was added up itself."""
        self.number += before.number.value
        if before.compared is not None:
            self._years.take(before.compared)
        self.expected += before.expected.value if before.expected else 0
        self.all_expected = self.all_expected and before.expected is not None
        for member in before.members:
            self.members.take(member, body)
        for each in before.stated:
            kind, _, field = each.figure.partition(".")
            if field == HEADING and each.name and kind in self._kinds:
                names = self._gathering(kind).mentions.setdefault(field, Names())
                names.add(each.name, each.communities.value)
        for extent in before.extents:
            kind, _, figure = extent.figure.partition(".")
            if kind in self._kinds:
                lies = self._gathering(kind).ranges.setdefault(figure, Range())
                lies.add(extent.lowest, extent.highest, extent.communities.value)
        for apart in before.apart:
            key = (apart.figure, apart.of or "", apart.amount.unit or "")
            self._apart.setdefault(key, Sum()).add(apart.amount)
        for left in before.left_out:
            self._left_out[left.section] += left.communities.value
        self._shortened.update(before.shortened)
        for members, kept in ((before.missing, self.missing), (before.failed, self.failed)):
            for member in members:
                kept[member_key(member)] = member.model_dump(mode="json", exclude_unset=True)

    def _take_period(self, period: Period) -> None:
        known_period = self._period
        if known_period is None:
            self._period = period
        elif known_period != period:
            start, end = min(known_period.start, period.start), max(known_period.end, period.end)
            self._period = Period(start=start, end=end)
        if len(self.periods) < _MOST:
            self.periods.add((str(period.start), str(period.end)))

    def fail(self, member: dict[str, Any]) -> None:
        """Record a community whose record is faulty."""
        self.failed[_key(member)] = member

    def expect(self, number: int, absent: list[dict[str, Any]]) -> None:
        """Set how many communities should have sent a record, and which have not: this replaces what records say."""
        self.expected, self.all_expected = number, True
        self.missing = {_key(each): each for each in absent}

    def data(self, body: Body, period: Any, compared: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the record of the body. Raises ``PluginError`` if the rule of a kind fails."""
        basics = self._gathered[BASICS]
        sums = {field: basics.total(field, unit_of(Community, field)) for field in _BASICS}
        community = {"name": body.name, "level": body.level}
        for name in (*LEVELS, "province"):
            above = rank(body.level) < (*LEVELS, "province").index(name) + 1
            value = {"district": body.district, "city": body.city}.get(name) or self.common[name]
            if above and value:
                community[name] = value
        sections = [{"kind": kind, **fields} for kind in self._kinds if (fields := self._made(kind))]
        return {
            "community": {**community, **known(sums)},
            "period": period if period is not None else period_data(self._period),
            "sections": [*sections, {"kind": KIND, **self._own(compared)}],
        }

    def _made(self, name: str) -> Mapping[str, Any]:
        gathered, kind = self._gathered.get(name), self._kinds[name]
        if gathered is None or kind.rollup is None:
            return {}
        try:
            return kind.rollup.make(gathered)
        except (Exception, SystemExit) as error:  # a plugin's rule may raise anything
            raise _failed(self._registry, name, error) from error

    def _own(self, compared: Mapping[str, Any] | None) -> dict[str, Any]:
        return known(
            {
                "number": self.number,
                "expected": self.expected if self.expected and self.all_expected else None,
                "missing": [self.missing[key] for key in sorted(self.missing)][:_MOST],
                "failed": [self.failed[key] for key in sorted(self.failed)][:_MOST],
                "members": list(self.members.rows()),
                "stated": list(self._stating()),
                "extents": list(self._extents()),
                "apart": list(self._kept_apart()),
                "left_out": [{"section": kind, "communities": count} for kind, count in sorted(self._left_out.items())],
                "shortened": sorted(self._shortened | set(self._cut())),
                "compared": compared or self._years.compared(),
            }
        )

    def _by_kind(self) -> list[tuple[str, KindGathering]]:
        return sorted(self._gathered.items(), key=_first)

    def _stating(self) -> Iterator[dict[str, Any]]:
        yield from ({"figure": figure, "communities": count} for figure, count in sorted(self._stated.items()))
        several: list[dict[str, Any]] = []
        for kind, gathered in self._by_kind():
            for name, names in sorted(gathered.mentions.items(), key=_first):
                fewest = 1 if name == HEADING else 2
                several += (
                    {"figure": f"{kind}.{name}", "name": text, "communities": names.weights[text]}
                    for text in names.ordered()
                    if names.weights[text] >= fewest
                )
        yield from several[:_MOST]

    def _extents(self) -> Iterator[dict[str, Any]]:
        for kind, gathered in self._by_kind():
            for figure, each in sorted(gathered.ranges.items(), key=_first):
                assert each.lowest is not None  # noqa: S101
                assert each.highest is not None  # noqa: S101
                yield {
                    "figure": f"{kind}.{figure}",
                    "communities": each.communities,
                    "lowest": shown(each.lowest.value, each.lowest.approx, each.lowest.unit or "%", "%"),
                    "highest": shown(each.highest.value, each.highest.approx, each.highest.unit or "%", "%"),
                }

    def _kept_apart(self) -> Iterator[dict[str, Any]]:
        apart = {key: replace(each) for key, each in self._apart.items()}
        for kind, gathered in self._gathered.items():
            for figure, of, unit, each in gathered.apart():
                apart.setdefault((f"{kind}.{figure}", of, unit), Sum()).take(each)
        for (figure, of, unit), each in sorted(apart.items(), key=lambda entry: entry[0])[:_MOST]:
            yield known({"figure": figure, "of": of[:_LONGEST] or None, "amount": each.shown(unit, "")})

    def _cut(self) -> Iterator[str]:
        for kind, gathered in self._gathered.items():
            yield from (f"{kind}.{name}" for name in gathered.shortened())


def _first(entry: tuple[str, object]) -> str:
    return entry[0]


class _Weights:
    """The number of communities that the figures and names of a record represent."""

    def __init__(self, before: Rollup | None) -> None:
        self.figures: dict[str, int] = {}
        self._names: dict[str, dict[tuple[str, str], int]] = {}
        for each in before.stated if before else ():
            kind, _, field = each.figure.partition(".")
            if each.name is None:
                self.figures[each.figure] = each.communities.value
            elif field != HEADING:
                self._names.setdefault(kind, {})[field, each.name] = each.communities.value

    def names(self, kind: str) -> Mapping[tuple[str, str], int]:
        return self._names.get(kind, {})


def _add_main_figures(
    figures: dict[MainFigure, Sum], main: Iterable[tuple[MainFigure, str, str]], parts: Iterable[Part]
) -> None:
    """Add the amounts in ``parts`` for the ``main`` figures."""
    figure_of = {field: figure for figure, field, _ in main}
    stated: set[MainFigure] = set()
    doubtful: set[MainFigure] = set()
    for part in parts:
        if not isinstance(part, Amount) or part.figure not in figure_of:
            continue
        figure = figure_of[part.figure]
        if part.quantity is None:
            doubtful.add(figure)
        elif part.quantity.unit == MAIN_FIGURES[figure]:
            figures.setdefault(figure, Sum()).add(part.quantity)
            stated.add(figure)
    for figure in stated & doubtful:
        figures[figure].lack()


def _key(member: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple([str(member.get(name, "")) for name in ("district", "street", "code", "name")])


def member_key(member: Member) -> tuple[str, ...]:
    """Return the key that distinguishes a community from others."""
    return (member.district or "", member.street or "", member.code or "", member.name)


def period_data(period: Period | None) -> Any:
    """Return a period as a record writes it."""
    assert period is not None  # noqa: S101
    start, end = period.start, period.end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return start.year
    return {"start": str(start), "end": str(end)}
