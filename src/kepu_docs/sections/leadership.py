"""组织领导: the people who led the work, and its place in the community's work."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition, Sentence, StatedAmount
from kepu_docs.contract.rollups import Amount, Gathered, Part, RollupRule, field_parts, known, made
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    FactSection,
    Line,
    Many,
    MaybeCount,
    MaybePeriod,
    Person,
    Record,
    Unit,
    WorkSummary,
)
from kepu_docs.schema.shapes import unit_of
from kepu_docs.sections.entries import ONE

__all__ = ["LEADERSHIP", "CommunityLeadership", "Leadership", "LeadingGroup"]


class LeadingGroup(Record):
    """The leading group (领导小组)."""

    name: Line | None = None
    """Its name; if not given, 科普工作领导小组."""
    head: Line | None = None
    """Name of the head (组长)."""
    title: Line | None = None
    """The head's post."""
    deputy: Line | None = None
    """Name of the deputy head (副组长)."""
    deputy_title: Line | None = None
    """The deputy head's post."""
    members: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """How many members, including the head, in 人."""
    makeup: Many[Line] = ()
    """Its members: 社区干部, 居民代表."""
    founded_on: MaybePeriod = UNKNOWN
    """When it was founded."""


class CommunityLeadership(Record):
    """How the work is led in the communities of a higher body."""

    in_agenda: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """Number of communities where it is on the agenda, in 个."""
    in_plan: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """Number of communities where it is in the yearly plan, in 个."""
    in_assessment: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """Number of communities where it counts in the yearly assessment, in 个."""
    groups: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """Number of leading groups, in 个."""
    members: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Number of members in all these groups, in 人."""
    associations: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """Number of science associations, in 个."""


class Leadership(FactSection):
    """组织领导."""

    kind: Literal["leadership"] = "leadership"
    guided_by: Many[Line] = ()
    """Organisations that guided the work: 区科协."""
    group: LeadingGroup | None = None
    """The leading group."""
    officer: Person | None = None
    """Who is in charge of the day-to-day work."""
    association: Line | None = None
    """Name of the community's science association (科协组织)."""
    in_agenda: bool = False
    """Whether the work is on the community's agenda (议事日程)."""
    in_plan: bool = False
    """Whether the work is in the yearly plan (年度工作计划)."""
    in_assessment: bool = False
    """Whether the work counts in the yearly assessment (年终考评)."""
    plans: Many[Line] = ()
    """Other plans that include the work: 社区发展规划."""
    meetings: Annotated[MaybeCount, Unit("次")] = UNKNOWN
    """How many meetings about the work, in 次."""
    rules: Many[Line] = ()
    """Rules that were adopted: 奖励制度."""
    communities: Annotated[CommunityLeadership | None, ROLLED_UP] = None
    """How the work is led in the communities, in the summary of a higher body."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """The rules, by the Chinese verb for making them: ``enacted`` (制定…) or ``established`` (建立…).

        Rules whose names do not show what they are (例会) are ``unnamed``.
        """
        made: dict[str, list[str]] = {"enacted": [], "established": [], "unnamed": []}
        for rule in self.rules:
            made[_how_made(rule)].append(rule)
        return {how: tuple(rules) for how, rules in made.items()}


_ESTABLISHED: Final = ("制度", "机制", "機制", "制", "体系", "體系", "清单", "清單", "台账", "臺帳")
"""Endings of the names of systems and registers that are set up (建立); papers are enacted (制定)."""
_ENACTED: Final = (
    "办法", "辦法", "规定", "規定", "细则", "細則", "方案", "条例", "條例", "公约", "公約", "民约", "民約", "规则",
    "規則", "规程", "規程", "规范", "規範", "章程", "守则", "守則", "准则", "準則", "意见", "意見",
    "通知", "计划", "計劃", "計畫", "规划", "規劃", "标准", "標準", "指南", "预案", "預案", "须知",
    "須知", "要求", "职责", "職責", "流程", "要点", "要點",
)  # fmt: skip
_MARKS: Final = frozenset(("《》", "（）", "()", "“”", "「」", "『』"))
"""Brackets in which a name may end."""


def _how_made(rule: str) -> str:
    """Return the verb for making a rule, from the end of its name without a bracket at the end."""
    name = rule.rstrip()
    opening = next((pair[0] for pair in _MARKS if name.endswith(pair[1])), "")
    if opening == "《":
        return "enacted"
    if opening and opening in name[1:]:
        inside = name[name.rindex(opening) + 1 : -1]
        name = inside if opening in "“「『" else name[: name.rindex(opening)]
    if name.endswith(_ESTABLISHED):
        return "established"
    # Rules that are not named in Chinese have other endings.
    return "enacted" if name.endswith(_ENACTED) or not "\u4e00" <= name[-1:] <= "\u9fff" else "unnamed"


_NAMES: Final = ("guided_by", "plans", "rules")
_FLAGS: Final = ("in_agenda", "in_plan", "in_assessment")
_COUNTS: Final = {
    f"communities.{field}": unit_of(CommunityLeadership, field) for field in CommunityLeadership.model_fields
}


def _parts(section: Leadership, summary: WorkSummary) -> Iterator[Part]:
    yield from field_parts(section, ("meetings",), _NAMES)
    if section.communities:
        for part in field_parts(section.communities, CommunityLeadership.model_fields):
            if isinstance(part, Amount):
                yield Amount(f"communities.{part.figure}", part.quantity, f"communities.{part.path}")
    if summary.is_rolled_up:
        return  # the members of a leading group do not include the group itself
    for flag in _FLAGS:
        if getattr(section, flag):
            yield Amount(f"communities.{flag}", ONE, flag)
    if section.group:
        yield Amount("communities.groups", ONE, "group")
        if section.group.members:
            yield Amount("communities.members", section.group.members, "group.members")
    if section.association:
        yield Amount("communities.associations", ONE, "association")


def _make(gathered: Gathered) -> Mapping[str, Any]:
    counts = {figure.partition(".")[2]: gathered.total(figure, unit) for figure, unit in _COUNTS.items()}
    fields = made(gathered, {"meetings": unit_of(Leadership, "meetings")}, _NAMES)
    return known({**fields, "communities": known(counts)})


_MADE_UP: Final = "(?:名|位|个)?(?=(?:人|成员|同志|干部|委员)?组成)人?"
_TITLES: Final = (
    "党委书记|党总支书记|党支部书记|副书记|书记|副主任|主任|副站长|站长|委员|科长|村长|里长|所长|队长|副镇长|镇长|副乡长|乡长|副区长|区长"
    "|副县长|县长|副校长|校长|园长|会长|理事长"
)
_TITLE: Final = rf"[^，。；,;、以由任为]{{0,10}}?(?:{_TITLES})"
# 由书记亲自担任组长 and 由书记主任任组长 name nobody.
_NAME: Final = (
    "(?!亲自|同志|兼任|直接|具体|负责|分管|牵头|轮流|共同|分别|担任|[^，。；、]?(?:书记|主任|镇长|委员))"
    r"[\u4e00-\u9fff]{2,3}?"
)
_HEAD: Final = (
    rf"(?:以|由)(?P<title>{_TITLE})(?P<name>{_NAME})(?:同志)?(?:为|任|担任)组长",
    rf"组长由(?P<title>{_TITLE})(?P<name>{_NAME})?(?:同志)?担任",
    rf"(?:以|由)(?P<title>{_TITLE})(?:亲自|兼)?(?:为|任|担任)组长",
    rf"(?<![^，。；,;：:了])(?P<title>{_TITLE})(?P<name>{_NAME})(?:同志)?(?:任|担任)组长",
    rf"(?<![^，。；,;：:了])(?P<title>{_TITLE})(?:亲自|兼)?(?:任|担任)组长",
)
_DEPUTY: Final = rf"(?P<title>{_TITLE})(?P<name>{_NAME})(?:同志)?(?:为|任|担任)副组长"
_GROUP: Final = r"(?:成立|组建)(?:了|由|以|有)?[^，。；,;]{0,40}?(?P<name>科[普教][^，。；,;的由以为]{0,10}领导小组)"
_TRUE: Final = {
    "in_agenda": "(?:列入|纳入|摆上)[^，。；,;]{0,14}议事日程",
    "in_plan": "(?:列入|纳入)[^，。；,;]{0,10}年度工作计划",
    "in_assessment": "(?:列入|纳入)[^，。；,;]{0,20}(?:考评|考核)",
}


def _names(sentence: Sentence) -> Iterator[tuple[str, Any]]:
    yield from ((field, True) for field, pattern in _TRUE.items() if sentence.search(pattern) is not None)
    for found, title, name in (
        (sentence.search(*_HEAD), "title", "head"),
        (sentence.search(_DEPUTY), "deputy_title", "deputy"),
        (sentence.search(_GROUP), "", "name"),
    ):
        for field, group in ((title, "title"), (name, "name")):
            if found and group in found:
                yield f"group.{field}", found[group]


LEADERSHIP: Final = SectionKind(
    Leadership,
    rollup=RollupRule(_parts, _make),
    recognition=Recognition(
        words="组织(?:领导|机构|网络|保障|建设|体系|架构)|领导(?:小组|重视|机制|班子)?|班子|责任制|(?:工作|责任|考核|管理|运行)机制|leadership|organi[sz]ation",
        hints="机制|(?:健全|建立|完善|成立)(?:了)?组织|组织(?:健全|到位|有力|严密|完善|[与和])|组织$|制度|责任|重视|网络|部署|统筹|牵头|组长|召集人|小组|挂帅|机构|认识",
        amounts=(
            StatedAmount("group.members", "小组成员|成员|由|有|共", _MADE_UP, gap=2, standing=True),
            StatedAmount("group.members", "成员|组员", "人|名", gap=2, standing=True),
            StatedAmount("meetings", "召开", "次(?=[^，。；,;]{0,12}?会)", gap=6),
            StatedAmount("meetings", "会议|专题会|例会|工作会|联席会|会", "次", verbs="召开"),
        ),
        names=_names,
    ),
)
