"""成效, 问题, 计划, and what else was told: counts, awards, what several communities say."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kepu_docs.adding.entries import ONE, counted, is_made, sample
from kepu_docs.contract.rollups import Amount, Gathered, Mention, Part, Portion, RollupRule, known, made, told
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.sections import Narrative, NextYearPlan, Outcomes, Problems

_TOTALS: Final = {"households_reached": "户", "residents_reached": "人次", "awards_total": "项"}
_SHARES: Final = ("coverage", "participation", "satisfaction")
_LEVELS: Final = ("国", "省", "市", "区", "县", "街", "镇", "乡")
"""The first character of an award's level, the highest first."""
_MOST_AWARDS: Final = 20


def _tell_outcomes(section: Outcomes, summary: WorkSummary) -> Iterator[Part]:
    yield from told(section, _TOTALS)
    if section.awards and section.awards_total is None and not is_made(summary):
        yield Amount("awards_total", counted(len(section.awards), "项"), "awards")
    for field in _SHARES:
        if getattr(section, field) is not None:
            yield Portion(field, getattr(section, field), field)
    for award in section.awards:
        rank = _LEVELS.index(award.level[0]) if award.level and award.level[0] in _LEVELS else len(_LEVELS)
        yield sample("awards", award, (rank, -(award.year or 0)), summary, _MOST_AWARDS)
    for case in section.cases:
        yield sample("cases", case, (), summary)


def _make_outcomes(gathered: Gathered) -> Mapping[str, Any]:
    return known(
        {**made(gathered, _TOTALS), "awards": gathered.best("awards"), "cases": gathered.best("cases")},
    )


OUTCOMES: Final = RollupRule(_tell_outcomes, _make_outcomes)
"""Of awards those of the highest level, then the newest, are shown; examples in the order of the communities' names."""


def _tell_problems(section: Problems, summary: WorkSummary) -> Iterator[Part]:
    for place, problem in enumerate(section.problems):
        path = f"problems[{place}]"
        if problem.communities:
            yield Amount("problems", problem.communities, f"{path}.communities", problem.problem)
        else:
            yield Amount("problems", ONE, path, problem.problem)


def _make_problems(gathered: Gathered) -> Mapping[str, Any]:
    each = gathered.each("problems", "个").items()
    return known({"problems": [{"problem": text, "communities": count} for text, count in each if text]})


PROBLEMS: Final = RollupRule(_tell_problems, _make_problems)
"""Equal problems are one; causes and remedies are told in the communities' own summaries."""


def _tell_plan(section: NextYearPlan, summary: WorkSummary) -> Iterator[Part]:
    yield from told(section, (), ("goals",))
    for place, task in enumerate(section.tasks):
        path = f"tasks[{place}]"
        if task.communities:
            yield Amount("tasks", task.communities, f"{path}.communities", task.task)
        else:
            yield Amount("tasks", ONE, path, task.task)


def _make_plan(gathered: Gathered) -> Mapping[str, Any]:
    each = gathered.each("tasks", "个").items()
    tasks = [{"task": text, "communities": count} for text, count in each if text]
    return known({"goals": gathered.names("goals"), "tasks": tasks})


PLAN: Final = RollupRule(_tell_plan, _make_plan)
"""Equal tasks are one; targets, owners and deadlines are told in the communities' own summaries."""


def _tell_narrative(section: Narrative, summary: WorkSummary) -> Iterator[Part]:
    yield Mention("heading", section.heading)


NARRATIVE: Final = RollupRule(_tell_narrative, lambda gathered: {})
"""The headings stand in the section ``rollup``, with the number of communities that have them."""
