"""Times outside the period of the summary: activities, title, plan, signature."""

import datetime
from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Period, Subject
from kepu_rules.searching import Pattern, found, is_about_one_activity

_year = Pattern(r"(?<!\d)((?:19|20)\d\d)(?=年|-\d|—\d|\s*科普|\s*年度)")
_beginning = Pattern(r"((?:19|20)\d\d)年(?:度)?，(?=[^。；]{0,40}(?:领导|指导|科普工作))")
_MONTHS_OF_GRACE: Final = 13
_SHARE_OF_PERIOD: Final = 6


def _outside(subject: Subject) -> Iterator[Finding]:
    if not subject.knows_time:
        return
    summary = subject.summary
    for place, section in enumerate(summary.sections):
        for name in ("activities", "sessions"):
            for at, part in enumerate(section.__dict__.get(name, ())):
                held = part.__dict__.get("held_on")
                if isinstance(held, Period) and (held.end < summary.period.start or held.start > summary.period.end):
                    text = N_("held on {day}, outside the period of the summary ({start} to {end})")
                    values = (("day", held.start), ("start", summary.period.start), ("end", summary.period.end))
                    yield Finding(("sections", place, name, at, "held_on"), text, values)
        for at, award in enumerate(section.__dict__.get("awards", ())):
            year = award.__dict__.get("year")
            if isinstance(year, int) and year > summary.period.end.year:
                text = N_("an award of {year}, after the period of the summary")
                yield Finding(("sections", place, "awards", at, "year"), text, (("year", year),))


def _titles(subject: Subject) -> Iterator[Finding]:
    if not subject.knows_time:
        return
    summary = subject.summary
    years = range(summary.period.start.year, summary.period.end.year + 1)
    for field in subject.texts:
        if field.path == ("title",):
            for match in _year.finditer(field.text):
                if int(match[1]) not in years:
                    text = N_("the summary is about {year}")
                    yield found(field, match, text, str(years[-1]) if len(years) == 1 else None, year=_span(years))
        elif field.path in (("opening", 0), ("written", 0)):
            begin = _beginning.match(field.text)
            if begin and int(begin[1]) not in years:
                right = begin[0].replace(begin[1], str(years[-1])) if len(years) == 1 else None
                yield found(field, begin, N_("the summary is about {year}"), right, year=_span(years))


def _span(years: range) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"


def _signatures(subject: Subject) -> Iterator[Finding]:
    if not subject.knows_time:
        return
    signed, period = subject.summary.signed_on, subject.summary.period
    title = subject.summary.title
    if signed is None:
        return
    length = (period.end - period.start).days
    if period.start <= signed < period.end and is_about_one_activity(title):
        return
    if signed < period.end - datetime.timedelta(days=length // _SHARE_OF_PERIOD):
        text = N_("signed on {day}, long before the end of the period of the summary ({end})")
        yield Finding(("signed_on",), text, (("day", signed), ("end", period.end)))
    elif (signed.year - period.end.year) * 12 + signed.month - period.end.month > _MONTHS_OF_GRACE:
        text = N_("signed on {day}, more than a year after the period of the summary ({end})")
        yield Finding(("signed_on",), text, (("day", signed), ("end", period.end)))


def _plans(subject: Subject) -> Iterator[Finding]:
    period = subject.summary.period
    for place, section in enumerate(subject.summary.sections):
        if section.kind != "next_year_plan":
            continue
        for at, task in enumerate(section.tasks):  # type: ignore[attr-defined]
            path = ("sections", place, "tasks", at)
            if task.owner is None and task.deadline is None:
                yield Finding((*path, "task"), N_("this task has neither a responsible person nor a deadline"))
            elif task.owner is None:
                yield Finding((*path, "task"), N_("this task has no responsible person"))
            elif task.deadline is None:
                yield Finding((*path, "task"), N_("this task has no deadline"))
            if subject.knows_time and task.deadline is not None and task.deadline.end <= period.end:
                text = N_("the deadline {day} is not after the period of the summary ({end})")
                yield Finding((*path, "deadline"), text, (("day", task.deadline.end), ("end", period.end)))


_plan_heading = Pattern(r"((?:19|20)\d\d)年(?:度)?(?:的)?(?:科普)?(?:大致)?(?:工作)?(?:计划|打算|思路|安排|展望|设想)")


def _years_of_plans(subject: Subject) -> Iterator[Finding]:
    if not subject.knows_time:
        return
    end = subject.summary.period.end
    for field in subject.texts:
        if field.path[-1] == "heading" and field.text[0] in "12" and end.month > 6:
            match = _plan_heading.match(field.text)
            if match and int(match[1]) <= end.year:
                right = match[0].replace(match[1], str(end.year + 1))
                yield found(field, match, N_("a plan for the year that the summary is about"), right)


CHECKS: Final = (
    Check(
        "outside-period",
        "warning",
        N_("Activities, sessions and awards outside the period of the summary."),
        N_("A summary covers its own period only; a mistyped year looks like this."),
        _outside,
    ),
    Check(
        "other-year",
        "error",
        N_("The title, or an opening that begins with a year, names a year other than the summary's."),
        N_("If last year's summary is copied, its year is easily left unchanged."),
        _titles,
    ),
    Check(
        "signing-day",
        "warning",
        N_("A date of signing long before the end of the period, or more than a year after it."),
        N_("A summary is signed near the end of its period or soon after; a mistyped year looks like this."),
        _signatures,
    ),
    Check(
        "plan-item",
        "info",
        N_("Tasks of a plan without a responsible person or a deadline; tasks due before the period has ended."),
        N_("A plan can only be followed up if it names who is responsible and by when."),
        _plans,
    ),
    Check(
        "plan-year",
        "warning",
        N_("The heading of a plan names a year other than the next: 2025年工作思路 in a summary for 2025."),
        N_("If last year's summary is copied, its year is easily left unchanged."),
        _years_of_plans,
    ),
)
