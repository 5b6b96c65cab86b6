"""The rollup of many records, in one pass, to the records of the bodies that they belong to."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import Any, Final

from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import N_, Fault, KepuError, Place, RecordError, SourceError, internal_fault
from kepu_docs.locale.chain import DEFAULT_LOCALE
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.pipeline.earlier_figures import NOT_COMPARABLE, both_times
from kepu_docs.pipeline.expected import Reported, missing, read_expected
from kepu_docs.pipeline.locations import Location, locations, records
from kepu_docs.pipeline.objects import Objects, Records, Source, as_sources
from kepu_docs.pipeline.records import Who, guess, place_of, placed_faults, read_summary
from kepu_docs.pipeline.taken_levels import TakenLevels, taken_level
from kepu_docs.rollups.bodies import LEVELS, Body, By, body_of
from kepu_docs.rollups.group import Group, Reading, read
from kepu_docs.rollups.members import place_of_member
from kepu_docs.rollups.origins import Origins
from kepu_docs.rollups.report import RolledUp, RollupReport
from kepu_docs.rollups.year_comparison import Pairs, compared, members_of, paired
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.main_figures import can_be_compared

_STANDARD_INPUT: Final = "-"
_MOST_PERIODS: Final = 5
_NOTE: Final = "document-review-note"
"""The fault code of a note that is read as a record."""

__all__ = ["LEVELS", "Body", "By", "RolledUp", "RollupReport", "rollup"]


def rollup(
    sources: Records,
    *,
    by: By | None = None,
    name: str = "",
    period: Any = None,
    expected: "str | PathLike[str] | None" = None,
    against: Records | None = None,
    figures: "str | PathLike[str] | None" = None,
    locale: str = DEFAULT_LOCALE,
    engine: Engine | None = None,
) -> RollupReport:
    """Add up all records of ``sources``; see :func:`kepu_docs.rollup`."""
    used = engine or default_engine()
    given = as_sources(sources)
    before = as_sources(against, name="against") if against is not None else None
    whole = (*given, *(before or ()), expected)
    is_read_once = any(each.is_read_once if isinstance(each, Objects) else each == _STANDARD_INPUT for each in whole)
    for careful in (is_read_once, True):
        try:
            return _rolled_up(used, given, by, name, period, expected, before, figures, locale, careful=careful)
        except _SpoiltError as spoilt:
            error = spoilt.__cause__ or spoilt
            if careful:
                break
    raise error


class _SpoiltError(Exception):
    """Adding a record failed with an unexpected exception, and a part of it is in the sums."""


def _rolled_up(
    used: Engine,
    given: Sequence[Source],
    by: By | None,
    name: str,
    period: Any,
    expected: "str | PathLike[str] | None",
    against: Sequence[Source] | None,
    figures: "str | PathLike[str] | None",
    locale: str,
    *,
    careful: bool,
) -> RollupReport:
    """Add up; ``careful`` first tries each record alone, so that one that cannot be added leaves no part behind."""
    if by is not None and name:
        raise SourceError.at(
            Place(), N_("a name can only be given for one summary; of several, each has the name of its own body")
        )
    if figures is not None:
        from kepu_docs.rollups.figures_workbook import check_figures

        check_figures(Path(figures))
    listed = [each.who for each in read_expected(used, os.fspath(expected))] if expected is not None else []
    earlier = _Run(used, by, name, None, [], None, careful=careful).go(against) if against is not None else None
    with ExitStack() as stack:
        origins = stack.enter_context(closing(Origins())) if figures is not None else None
        run = _Run(used, by, name, period, listed, origins, careful=careful)
        report = run.go(given, earlier)
        if earlier is not None:
            # They do not affect this year's sums, but the comparison lacks them.
            wrong = (*earlier.failures, *earlier.source_faults, *earlier.warnings)
            report = replace(report, warnings=(*report.warnings, *wrong))
        if figures is not None and origins is not None:
            from kepu_docs.rollups.figures_workbook import write_figures

            words = used.languages.words(locale)
            formats = used.registry.composer(locale).formats
            write_figures(Path(figures), origins, run.numbered(report), run.pairs, used.registry.kinds, words, formats)
    return report


class _Run:
    """One pass over all records of some sources."""

    def __init__(
        self,
        engine: Engine,
        by: By | None,
        name: str,
        period: Any,
        listed: Sequence[Who],
        origins: Origins | None,
        *,
        careful: bool,
    ) -> None:
        self._engine = engine
        self._by = by
        self._name = name
        self._period = period
        self._listed = listed
        self._origins = origins
        self._careful = careful
        self._groups: dict[Body | None, Group] = {}
        self._numbers: dict[Body | None, int] = {}
        self._seen: dict[int, str] = {}
        self._reported = Reported() if listed else None
        self._failures: list[Fault] = []
        self._strays: list[Who] = []
        self._warnings: list[Fault] = []
        self._levels = TakenLevels()
        self._added = self._failed = 0
        self.pairs: dict[int, Pairs] = {}
        """The communities with records of both years, by the numbers of their bodies."""

    def go(self, given: Sequence[Source], earlier: RollupReport | None = None) -> RollupReport:
        """Add up the records; ``earlier`` is the result for those of an earlier year."""
        found = locations(self._engine, given, warnings=self._warnings)
        if self._by is None:
            self._group(None)
        faults: list[Fault] = []
        for _, record in records(self._engine, found, faults):
            self._record(record)
        if not self._added:
            self._nothing(found, faults)
        absent = list(self._missing())
        results = sorted((each for each in self._results(earlier)), key=lambda each: each.body)
        return RollupReport(
            tuple(results),
            self._added,
            tuple(self._failures),
            self._failed,
            tuple(absent),
            tuple(faults),
            (*self._warnings, *self._levels.remarks()),
        )

    def numbered(self, report: RollupReport) -> dict[int, RolledUp]:
        """Return the results by the numbers that the origins use for their bodies."""
        if self._by is None:
            return dict(enumerate(report.results))
        return {self._numbers[each.body]: each for each in report.results}

    def _nothing(self, found: Sequence[Location], faults: Sequence[Fault]) -> None:
        reasons = [*faults, *self._failures]
        if not reasons:
            reasons = [Fault(Place(found[0].given if found else ""), N_("there is no record here"))]
        raise SourceError(reasons)

    def _group(self, body: Body | None) -> Group:
        group = self._groups.get(body)
        if group is None:
            self._numbers[body] = len(self._groups)
            group = self._groups[body] = Group(self._engine.registry)
        return group

    def _record(self, record: SourceRecord) -> None:
        self._warnings += record.warnings
        body: Body | None = None
        try:
            summary = read_summary(self._engine, record)
            where = str(place_of(record))
            if self._by is not None:
                body = body_of(summary.community, self._by, where)
            reading = read(summary, self._engine.registry)
            if self._careful:
                Group(self._engine.registry).add(reading)
            self._once(reading, where)
        except KepuError as error:
            # Notes are beside the papers that they belong to.
            if error.faults[0].code != _NOTE:
                self._refuse(error.faults, record)
            return
        except Exception as error:  # a fault of kepu-docs, which the next record need not have
            self._refuse((internal_fault(error, place_of(record)),), record)
            return
        self._added += 1
        self._levels.add(taken_level(summary.community), summary.community.name)
        try:
            self._group(body).add(reading)
        except Exception as error:
            raise _SpoiltError from error
        if self._reported:
            self._reported.take(summary.community)
            for member in members_of(summary):
                self._reported.add(member.code, member.name, *place_of_member(member, summary.community))
        if self._origins:
            self._origins.add(self._numbers[body], reading, record.name, record.place)

    def _refuse(self, faults: Sequence[Fault], record: SourceRecord) -> None:
        self._failed += 1
        self._failures += placed_faults(faults, record)
        self._fail(guess(self._engine, record))

    def _once(self, reading: Reading, where: str) -> None:
        """Refuse a community that was already added: it would be counted twice."""
        community = reading.summary.community
        keys = [_key(community.level, community.code, community.name, community.street, community.district)]
        keys += [
            _key(each.level, each.code, each.name, *place_of_member(each, community))
            for each in members_of(reading.summary)
        ]
        for key in keys:
            if key in self._seen:
                text = N_(
                    "{name} is already in {first} and would be counted twice; if these are two "
                    "communities, give their codes or their streets"
                )
                raise RecordError.at(Place(where), text, name=community.name, first=self._seen[key])
        self._seen.update(dict.fromkeys(keys, where))

    def _fail(self, who: Who) -> None:
        """Record whose record is faulty, if that is known."""
        if not (who.community or who.code):
            return
        group = self._of(who)
        if group is None:
            self._strays.append(who)
        else:
            fields = {
                "name": who.community or who.code,
                "code": who.code,
                "street": who.street,
                "district": who.district,
            }
            group.fail({name: value for name, value in fields.items() if value})
        if self._reported:
            self._reported.add(who.code, who.community, who.street, who.district)

    def _of(self, who: Who) -> Group | None:
        """Return the group that a community belongs to, as far as its data show it."""
        if self._by is None:
            return self._group(None)
        name = {"street": who.street, "district": who.district}.get(self._by, "")
        found = [
            group
            for body, group in self._groups.items()
            if body and body.name == name and (self._by == "district" or who.district in ("", body.district))
        ]
        return found[0] if len(found) == 1 else None

    def _missing(self) -> Iterator[Who]:
        """Add the missing communities to their groups, and yield them all."""
        if self._reported is None:
            return
        groups = {id(who): self._of(who) for who in self._listed}
        for group in self._groups.values():
            those = [who for who in self._listed if groups[id(who)] is group]
            if those:
                absent = list(missing(those, self._reported))
                group.expect(len(those), absent)
        for who in self._listed:
            if not self._reported.has(who):
                yield who

    def _results(self, earlier: RollupReport | None) -> Iterator[RolledUp]:
        for number, (key, group) in enumerate(self._groups.items()):
            body = key or group.common.body(self._name)
            if self._period is None and len(group.periods) > 1:
                text = N_("the records of {name} are about different periods: {times}")
                times = sorted(f"{start} – {end}" for start, end in group.periods)
                shown = ", ".join(times[:_MOST_PERIODS]) + (", …" if len(times) > _MOST_PERIODS else "")
                self._warnings.append(Fault(Place(), text, (("name", body.name), ("times", shown))))
            data = group.data(body, self._period)
            summary = self._validated(data, body)
            before = _same(body, earlier, single=self._by is None)
            if before is not None and not can_be_compared(before.period, summary.period):
                values = both_times(before.period, summary.period)
                self._warnings.append(Fault(Place(), NOT_COMPARABLE, tuple(values.items())))
            elif before is not None:
                both, new, vanished = paired(list(members_of(summary)), list(members_of(before)))
                self.pairs[number] = both
                comparison = compared(both, new, vanished, before)
                data = group.data(body, self._period, comparison)
                summary = self._validated(data, body)
            yield RolledUp(body, data, summary)

    def _validated(self, data: Mapping[str, Any], body: Body) -> WorkSummary:
        return self._engine.read(data, "json", body.path)


def _key(level: str, code: str | None, name: str, street: str | None, district: str | None) -> int:
    """Return a key that distinguishes a body from all others, as short as possible: there may be very many."""
    return hash((level, code) if code else (level, district or "", street or "", name))


def _same(body: Body, earlier: RollupReport | None, *, single: bool) -> WorkSummary | None:
    """Return the earlier year's summary of a body."""
    if earlier is None:
        return None
    if single:
        return earlier.summary
    found = [each for each in earlier.results if each.body == body] or [
        each for each in earlier.results if (each.body.name, each.body.district) == (body.name, body.district)
    ]
    return found[0].summary if len(found) == 1 else None
