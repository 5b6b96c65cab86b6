"""Figures of a record that contradict each other."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from kepu_docs.plugin import N_, Check, Count, Finding, Record, Subject, total
from kepu_rules.amount_ranges import Amount, shown

Path = tuple[str | int, ...]


def _totals(subject: Subject) -> Iterator[Finding]:
    for path, section in _sections(subject):
        attended = section.__dict__.get("attendance_total")
        match section.kind:
            case "activities":
                parts = section.activities
                yield from _exceeds((*path, "attendance_total"), attended, [each.attendance for each in parts])
                yield from _exceeds((*path, "times_total"), section.times_total, [each.times for each in parts])
            case "training":
                parts = section.sessions
                yield from _exceeds((*path, "attendance_total"), attended, [each.attendance for each in parts])
                once = [Count(value=1) for _ in parts]
                yield from _exceeds((*path, "sessions_total"), section.sessions_total, once)
            case "funding":
                amounts = [source.amount for source in section.sources]
                yield from _exceeds((*path, "total"), section.total, amounts)
                had = section.total or total(amounts, "元")
                where = (*path, "uses")
                spent = total([use.amount for use in section.uses], "元")
                if had and spent and Amount.of(had).is_less(Amount.of(spent)):
                    text = N_("{parts} was spent, more than the {whole} available")
                    yield Finding(where, text, (("parts", shown(spent)), ("whole", shown(had))))
            case _:
                pass


def _sections(subject: Subject) -> Iterator[tuple[Path, Any]]:
    for place, section in enumerate(subject.summary.sections):
        yield ("sections", place), section


def _exceeds(path: Path, whole: Count | None, counts: Iterable[Count | None]) -> Iterator[Finding]:
    """Yield a finding for a total that is less than the listed items; it may be more, since not all need be listed."""
    parts = total([count for count in counts if count is not None], "") if whole else None
    if whole and parts and Amount.of(whole).is_less(Amount.of(parts)):
        text = N_("the parts listed add up to {parts}, more than the total of {whole}")
        yield Finding(path, text, (("parts", shown(parts)), ("whole", shown(whole))))


_WITHIN: Final = (
    ("floating", "residents"),
    ("households", "residents"),
    ("registered_volunteers", "volunteers"),
    ("new_books", "books"),
)
"""Fields of one model: which count is part of which."""


def _parts_of_wholes(subject: Subject) -> Iterator[Finding]:
    community = subject.summary.community
    yield from _within(("community",), community)
    for path, section in _sections(subject):
        yield from _within(path, section)
        if section.kind == "facilities":
            if section.library:
                yield from _within((*path, "library"), section.library)
            for place, venue in enumerate(section.venues):
                where = (*path, "venues", place)
                if venue.number and Amount.of(venue.number).most < len(venue.makeup):
                    text = N_("{parts} are named, more than {whole}")
                    values = (("parts", len(venue.makeup)), ("whole", shown(venue.number)))
                    yield Finding((*where, "number"), text, values)
        if section.kind == "outcomes":
            reached, households = section.households_reached, community.households
            if reached and households and Amount.of(households).is_less(Amount.of(reached)):
                yield _larger((*path, "households_reached"), reached, households)


def _within(path: Path, model: object) -> Iterator[Finding]:
    for name, whole in _WITHIN:
        small, large = model.__dict__.get(name), model.__dict__.get(whole)
        if isinstance(small, Count) and isinstance(large, Count) and Amount.of(large).is_less(Amount.of(small)):
            yield _larger((*path, name), small, large)


def _larger(path: Path, small: Count, large: Count) -> Finding:
    text = N_("{parts} is more than {whole}, of which it is a part")
    return Finding(path, text, (("parts", shown(small)), ("whole", shown(large))))


def _attendances(subject: Subject) -> Iterator[Finding]:
    for path, section in _sections(subject):
        if section.kind == "activities":
            for place, activity in enumerate(section.activities):
                where = (*path, "activities", place, "attendance")
                yield from _too_few(where, activity.attendance, activity.times)
            yield from _too_few((*path, "attendance_total"), section.attendance_total, section.times_total)
        elif section.kind == "training":
            yield from _too_few((*path, "attendance_total"), section.attendance_total, section.sessions_total)


def _too_few(path: Path, attendance: Count | None, times: Count | None) -> Iterator[Finding]:
    if attendance and times and Amount.of(attendance).is_less(Amount.of(times)):
        text = N_("{attendance} for {times}: less than one each time")
        yield Finding(path, text, (("attendance", shown(attendance)), ("times", shown(times))))


_OF_ATTENDANCE: Final = {"attendance", "attendance_total", "audience", "residents_reached", "online_views"}
_OF_PEOPLE: Final = {
    "members", "volunteers", "registered_volunteers", "full_time", "part_time", "experts", "informants", "residents",
}  # fmt: skip
_RIGHT_UNITS: Final = {
    **dict.fromkeys(_OF_ATTENDANCE, (frozenset({"人", "名", "位"}), "人次")),
    **dict.fromkeys(_OF_PEOPLE, (frozenset({"人次"}), "人")),
}
"""Wrong units and the right one, for fields whose unit is known."""


def _units(subject: Subject) -> Iterator[Finding]:
    for place, section in enumerate(subject.summary.sections):
        yield from _units_in(section, ("sections", place))


_PLAIN: Final = frozenset({type(None), bool, int, str})
"""Types of most values of a record; to ask whether a value is a model takes longer."""


def _units_in(model: Record, path: Path) -> Iterator[Finding]:
    for name, value in model.__dict__.items():
        if type(value) in _PLAIN:
            continue
        if isinstance(value, Count):
            wrong, right = _RIGHT_UNITS.get(name, (frozenset(), ""))
            if value.unit in wrong:
                text = N_("attendances are counted in 人次, and members of a team in 人; this is in {unit}")
                yield Finding((*path, name), text, (("unit", value.unit),), right=right)
        elif isinstance(value, Record):
            yield from _units_in(value, (*path, name))
        elif isinstance(value, tuple):
            for place, part in enumerate(value):
                if type(part) not in _PLAIN and isinstance(part, Record):
                    yield from _units_in(part, (*path, name, place))


CHECKS: Final = (
    Check(
        "total",
        "error",
        N_("Totals smaller than the sum of the parts listed, and more money spent than was available."),
        N_("A total includes its parts; it may be larger, as not all parts need to be listed. 300余 may be 312."),
        _totals,
    ),
    Check(
        "part-of-whole",
        "error",
        N_(
            "Parts larger than the whole: more registered volunteers than volunteers, more households "
            "reached than households."
        ),
        N_("A part cannot be larger than the whole."),
        _parts_of_wholes,
    ),
    Check(
        "attendance",
        "warning",
        N_("Fewer attendances than sessions."),
        N_("Attendances are added up over all sessions (全国科普统计调查)."),
        _attendances,
    ),
    Check(
        "unit",
        "warning",
        N_("人 used for attendances, or 人次 for the members of a team."),
        N_("全国科普统计调查: 人次 for participants in activities, 人 for staff."),
        _units,
    ),
)
