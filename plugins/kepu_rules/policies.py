"""Names of policies that have been superseded, by the year of the summary."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from kepu_docs.plugin import N_, Check, Finding, Subject
from kepu_rules.searching import Pattern, Words, found, is_about_one_activity

_NEW_ERA: Final = "习近平新时代"


class _Policy(NamedTuple):
    """A name, and the year from which another one is valid; it is allowed if ``unless`` is in the same text."""

    pattern: str
    since: int
    now: str
    unless: str = ""


_POLICIES: Final = (
    _Policy(
        "《?全民科学素质行动计划纲要(?![（(]2006)", 2022, "《全民科学素质行动规划纲要（2021—2035年）》", "规划纲要"
    ),
    _Policy("“?三个代表”?重要思想", 2018, "习近平新时代中国特色社会主义思想", _NEW_ERA),
    _Policy("科学发展观", 2018, "习近平新时代中国特色社会主义思想", _NEW_ERA),
    _Policy("计生(?=知识|宣传|政策|工作|办)", 2022, "人口与家庭发展、优生优育"),
    _Policy("计划生育(?=知识|宣传|工作|国策|政策)", 2022, "人口与家庭发展、优生优育"),
    _Policy("社会主义新农村", 2019, "乡村振兴、和美乡村"),
    _Policy("全面建设小康", 2021, "全面建设社会主义现代化国家"),
    _Policy("(?:学习|贯彻|落实)[^。；，]{0,8}十八大[^。；，、]{0,6}精神", 2018, "党的二十大精神", "十九大|二十大"),
    _Policy("(?:学习|贯彻|落实)[^。；，]{0,8}十九大[^。；，、]{0,6}精神", 2023, "党的二十大精神", "二十大"),
)
_policies: Final = tuple((Pattern(policy.pattern), policy) for policy in _POLICIES)
_any = Words(
    ("计划纲要", "三个代表", "科学发展观", "计生", "计划生育", "社会主义新农村", "全面建设小康", "十八大", "十九大")
)


def _superseded(subject: Subject) -> Iterator[Finding]:
    year = subject.summary.period.end.year
    if not subject.knows_time or not _any.stand_in(subject.whole):
        return
    for pattern, policy in _policies:
        if year < policy.since:
            continue
        for field in subject.texts:
            for match in pattern.finditer(field.text):
                if policy.unless and re.search(policy.unless, field.text):
                    break
                yield found(
                    field, match, N_("no longer in use in {year}; the current one is: {now}"), year=year, now=policy.now
                )


_FIRST_MONTH: Final = 2025
_day_of_science = Pattern("全国科普日", needs=("全国科普日",))


def _month_of_science(subject: Subject) -> Iterator[Finding]:
    end = subject.summary.period.end
    if not subject.knows_time or (end.year, end.month) < (_FIRST_MONTH, 9) or "科普月" in subject.whole:
        return
    if is_about_one_activity(subject.summary.title):
        return
    for field, match in _day_of_science.matches(subject):
        text = N_("since 2025, September has been 全国科普月, which this record does not mention")
        yield found(field, match, text)
        return


CHECKS: Final = (
    Check(
        "superseded-policy",
        "info",
        N_("Policies and slogans no longer in use in the year of the summary: 全民科学素质行动计划纲要 after 2021."),
        N_("国发〔2021〕9号 and later documents; an older name is not reported next to the current one."),
        _superseded,
    ),
    Check(
        "science-month",
        "info",
        N_("A summary for 2025 or later that mentions 全国科普日 but not 全国科普月."),
        N_("科学技术普及法, as revised on 25 December 2024: September of every year is 全国科普月."),
        _month_of_science,
    ),
)
