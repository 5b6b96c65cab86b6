"""队伍: the people who do the work."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition, StatedAmount
from kepu_docs.contract.rollups import Amount, Gathered, Part, RollupRule, SurveyAnswer, field_parts, known, made
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import N_
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    FactSection,
    Line,
    Many,
    MaybeCount,
    Name,
    Record,
    Text,
    Unit,
    WorkSummary,
)
from kepu_docs.schema.shapes import unit_of
from kepu_docs.sections.entries import counted, largest
from kepu_docs.sections.own_words import begins_with_time, words

__all__ = ["TEAM", "Team", "TeamGroup"]


class TeamGroup(Record):
    """One group of the team."""

    name: Line
    """Its name: 夕阳红宣讲队."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """The community that it belongs to, in the summary of a higher body."""
    members: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """How many members, in 人."""
    work: Text | None = None
    """What it does."""


class Team(FactSection):
    """队伍: cadres, volunteers, experts."""

    main_figures = (("volunteers", "volunteers", "volunteers"),)
    kind: Literal["team"] = "team"
    full_time: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Full-time workers (专职), in 人."""
    part_time: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Part-time workers (兼职), in 人."""
    volunteers: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Volunteers, in 人."""
    registered_volunteers: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Registered volunteers among them, in 人."""
    makeup: Many[Line] = ()
    """Who the volunteers are: 退休教师, 医务工作者."""
    experts: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Experts and lecturers, in 人."""
    informants: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Science information officers (科普信息员), in 人."""
    person_months: Annotated[MaybeCount, Unit("人月")] = UNKNOWN
    """Work done in the period, in 人月."""
    groups: Many[TeamGroup] = ()
    """Groups of the team."""
    groups_total: Annotated[MaybeCount, Unit("支"), ROLLED_UP] = UNKNOWN
    """How many groups in all, if not all are listed, in 支."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``number``: the number of groups; ``named``: their names, if nothing else is known; otherwise ``listed``.

        For each of these, ``stands`` says whether its work is a phrase by itself (每月演出) or needs a verb (防骗宣讲).
        """
        bare = all(group.has_only("name") for group in self.groups)
        listed = counted(len(self.groups), _TOTALS["groups_total"]) if self.groups else None
        return {
            "number": self.groups_total or listed,
            "named": tuple(group.name for group in self.groups) if bare else (),
            "listed": () if bare else tuple({**group.__dict__, "stands": _stands(group.work)} for group in self.groups),
        }


_BEGINNINGS: Final = words(
    """
    负责 負責 主要 承担 承擔 担任 擔任 开展 開展 组织 組織 协助 協助 参与 參與 参加 參加 配合 定期 不定期 每 经常 經常
    常年 长期 長期 平时 平時 利用 通过 透過 深入 面向 全年 先后 先後 累计 累計 专门 專門 重点 重點 轮流 輪流 坚持 堅持
    为 為 以 在 由 向 对 對 已 将 將 走 进 進 到 上门 上門 帮 幫
    """
)
"""Beginnings of texts that say what a group does; other texts name its subject."""


def _stands(work: str | None) -> bool:
    """Return whether the work of a group is a phrase by itself: it has its own verb, or is more than a clause."""
    return work is not None and (work.startswith(_BEGINNINGS) or begins_with_time(work) or "。" in work[:-1])


_TOTALS: Final = {
    field: unit_of(Team, field)
    for field in (
        "full_time", "part_time", "volunteers", "registered_volunteers", "experts", "informants", "person_months",
        "groups_total",
    )
}  # fmt: skip


def _parts(section: Team, summary: WorkSummary) -> Iterator[Part]:
    yield from field_parts(section, _TOTALS, ("makeup",))
    if section.groups and section.groups_total is None and not summary.is_rolled_up:
        yield Amount("groups_total", counted(len(section.groups), _TOTALS["groups_total"]), "groups")
    for group in section.groups:
        yield from largest("groups", group, group.members, summary)


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({**made(gathered, _TOTALS, ("makeup",)), "groups": gathered.best("groups")})


_VOLUNTEERS: Final = "(?:志愿者|志工)(?:服务队|队伍?)?[，,]?(?:目前|现)?(?:有|共有|共|达到?)?"

_HAS: Final = "(?:现有|共有|拥有|有|招募|发展|吸纳|登记)(?:了)?"
_SENT: Final = "组织|发动|派出|安排|邀请|参加|参与|培训|注册"
"""Words for volunteers and experts who are only some of all."""

TEAM: Final = SectionKind(
    Team,
    rollup=RollupRule(
        _parts,
        _make,
        survey=(
            SurveyAnswer("Full-time staff", "full_time"),
            SurveyAnswer("Part-time staff", "part_time"),
            SurveyAnswer(
                "Work done in the year",
                "person_months",
                basis=N_("records do not separate the work of full-time and part-time staff"),
            ),
            SurveyAnswer("Registered volunteers", "registered_volunteers"),
        ),
    ),
    recognition=Recognition(
        words="队伍|[小分]队|服务队|宣传队|志愿者?|志工|义工|骨干|人才|volunteer|team",
        hints="人员|干部|专家|师资|宣传员|信息员|联络员|讲师团",
        amounts=(
            StatedAmount("volunteers", _VOLUNTEERS, "人|名", gap=6, standing=True, unless=_SENT),
            StatedAmount("volunteers", "志愿者|志工", "人|名", verbs=_HAS, reach=6, standing=True, unless=_SENT),
            StatedAmount("registered_volunteers", "(?:其中)?注册(?:科普)?(?:志愿者|志工)", "人|名", standing=True),
            StatedAmount("full_time", "(?:其中)?专职(?!、?兼)", "人|名", gap=8, standing=True),
            StatedAmount("part_time", "(?:其中)?兼职", "人|名", gap=8, standing=True),
            StatedAmount("informants", "信息员", "人|名", standing=True),
            StatedAmount("experts", "专家", "人|名", standing=True, unless=_SENT),
        ),
    ),
)
