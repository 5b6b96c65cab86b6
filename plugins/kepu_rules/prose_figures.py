"""Figures in free text that are impossible, or that the facts of the same record contradict."""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from kepu_docs.plugin import N_, Check, Count, Finding, Subject, WorkSummary, amount_pattern
from kepu_rules.amount_ranges import Amount, shown
from kepu_rules.searching import Pattern, found

_share = Pattern(
    r"(?:覆盖率|参与率|参加率|满意率|满意度|知晓率|合格率|普及率|达标率|到课率|入户率|完成率|好评率|占比)(?:为|达|达到|达到了|约|约为|在|超|超过|高达|提高到|提升到|提升至){0,2}"
    r"(?P<number>\d+(?:\.\d+)?)[%％]",
    needs=("%", "％"),
)


def _shares(subject: Subject) -> Iterator[Finding]:
    for field, match in _share.matches(subject):
        if float(match["number"]) > 100:
            yield found(field, match, N_("a share above 100 %"))


_OF_ALL: Final = "(?:全年|本年度|年内|一年来|今年以来)(?:共|累计|先后|总共)?"


class _Claim(NamedTuple):
    """A phrase that can only refer to one fact, and that fact."""

    needs: tuple[str, ...]
    words: str
    """A regular expression for the words before the number."""
    units: str
    """The units that may follow it."""
    fact: Callable[[WorkSummary], Count | None]


def _sum(kind: str, name: str) -> Callable[[WorkSummary], Count | None]:
    """Return a function that gives the fact ``name`` of the only section of a kind; ``None`` if there are several."""

    def fact(summary: WorkSummary) -> Count | None:
        sections = [section for section in summary.sections if section.kind == kind]
        if len(sections) != 1:
            return None
        facts: Any = {**sections[0].__dict__, **sections[0].facts(summary)}
        value = facts.get(name)
        return value if isinstance(value, Count) else None

    return fact


def _books(summary: WorkSummary) -> Count | None:
    libraries = [section.library for section in summary.sections if section.kind == "facilities"]  # type: ignore[attr-defined]
    return libraries[0].books if len(libraries) == 1 and libraries[0] else None


_CLAIMS: Final = (
    _Claim(
        tuple(f"{before}科普活动" for before in "办展织了类种项"),
        f"{_OF_ALL}(?:举办|开展|组织)了?(?:各类|各种|各项)?科普活动",
        "场次|场|次",
        _sum("activities", "held"),
    ),
    _Claim(
        ("科普培训",),
        f"{_OF_ALL}(?:举办|开展|组织)了?(?:各类|各种)?科普培训班?",
        "场次|场|次|期|班次",
        _sum("training", "held"),
    ),
    _Claim(
        ("常住人口", "总人口"),
        "(?:常住人口|总人口)(?:共有|共|约为|为|有|达)?",
        "人",
        lambda summary: summary.community.residents,
    ),
    _Claim(("共有", "现有"), "(?:辖区|社区)(?:共有|现有)(?:居民)?", "户", lambda summary: summary.community.households),
    _Claim(
        ("现有科普志愿者", "共有科普志愿者", "拥有科普志愿者"),
        "(?:现有|共有|拥有)科普志愿者",
        "人|名",
        _sum("team", "volunteers"),
    ),
    _Claim(
        tuple(f"科普志愿者{of}{have}" for of in ("", "队伍") for have in ("现有", "共有", "共计")),
        "科普志愿者(?:队伍)?(?:现有|共有|共计)",
        "人|名",
        _sum("team", "volunteers"),
    ),
    _Claim(
        ("藏书", "图书室现有图书"), "(?:藏书|图书室现有图书)(?:共|共计|累计|合计|总计|一共)?(?:达|有)?", "册", _books
    ),
    _Claim(
        ("宣传资料", "宣传单", "宣传材料"),
        f"{_OF_ALL}(?:发放|印发|散发)(?:各类|各种)?(?:科普)?宣传(?:资料|单|材料)",
        "份",
        _sum("publicity", "leaflets"),
    ),
)
_claims: Final = tuple(
    (Pattern(f"{claim.words}(?P<number>{amount_pattern(claim.units)})", needs=claim.needs), claim.fact)
    for claim in _CLAIMS
)


def _contradictions(subject: Subject) -> Iterator[Finding]:
    for pattern, fact in _claims:
        known: Count | None = None
        for field, match in pattern.matches(subject):
            # The facts are computed only if there is something to compare.
            known = known or fact(subject.summary)
            if known is None:
                break
            if not Amount.read(match["number"]).may_be(Amount.of(known)):
                text = N_("the facts of this record give {fact}")
                yield found(field, match, text, fact=shown(known))


_per_head = Pattern(
    r"人均(?:科普)?(?:专项)?经费(?:为|达|达到|约|约为|超|超过)?(?P<number>\d+(?:\.\d+)?)元", needs=("人均",)
)
_MOST_OFF: Final = 0.1


def _per_heads(subject: Subject) -> Iterator[Finding]:
    funding = _sum("funding", "amount")
    for field, match in _per_head.matches(subject):
        amount, residents = funding(subject.summary), subject.summary.community.residents
        if amount and residents and residents.value:
            right = amount.value / residents.value
            if abs(float(match["number"]) - right) > max(right * _MOST_OFF, 0.01):
                text = N_("the funds and the residents of this record give {right} 元 for each resident")
                shown = f"{right:.2f}"
                # The message names the value too.
                yield Finding(field.path, text, (("right", shown),), *match.span(), shown)


_maybe_people = Pattern("[0-9０-９余餘多万萬亿億]人(?=[，。；、）]|$)", needs=("累计", "全年", "共计", "总计", "合计"))
"""Matches in all that ``_people`` matches, and is compiled in a tenth of the time."""
_people = Pattern(
    r"(?:累计|全年|共计|总计|合计)[^，。；：、\d]{0,10}(?:参加|参与|参观|接待|受益|培训|惠及|服务)[^，。；：、\d]{0,6}"
    rf"(?P<number>{amount_pattern()})人(?=[，。；、）]|$)"
)


_both = Pattern(
    r"人[数數](?:累计|累計|共计|共計|总计|總計|合计|合計|共|约|約|近|已|超过|超過|突破|为|為|有|达到|達到|达|達|了|多|到){0,4}"
    rf"{amount_pattern()}人次",
    needs=("人数", "人數"),
)


def _attendances(subject: Subject) -> Iterator[Finding]:
    for field, match in _people.matches(subject) if _maybe_people.stands_in(subject.whole) else ():
        start, end = match.start("number"), match.end()
        text = N_("people who came to several activities are counted each time, in 人次")
        yield Finding(field.path, text, (), start, end, f"{match['number']}人次")
    for field, match in _both.matches(subject):
        text = N_("人数 counts people and 人次 attendances; one of them is wrong")
        yield found(field, match, text, match[0][2:])


_UNITS: Final = "人次|场次|人|场|次|册|份|户|元|名|个"
_BEGINS: Final = ("全年", "年内", "本年度", "现有")
_FEWEST: Final = 4
"""The fewest characters between the begin of such a phrase and its number."""
_repeated = Pattern(rf"(?:{'|'.join(_BEGINS)})[^，。；：、\d]{{{_FEWEST},16}}?(?P<number>{amount_pattern(_UNITS)})")


def _begins_twice(whole: str) -> bool:
    """Return whether any two phrases begin with the same words: only then may their numbers differ."""
    known: set[str] = set()
    for begin in _BEGINS:
        at = whole.find(begin)
        while at >= 0:
            words = whole[at : at + len(begin) + _FEWEST]
            if words in known:
                return True
            known.add(words)
            at = whole.find(begin, at + 1)
    return False


def _twice(subject: Subject) -> Iterator[Finding]:
    if not _begins_twice(subject.whole):
        return
    first: dict[tuple[str, str], str] = {}
    for field, match in _repeated.matches(subject):
        key = field.text[match.start() : match.start("number")], match["unit"]
        before = first.setdefault(key, match["number"])
        if not Amount.read(before).may_be(Amount.read(match["number"])):
            text = N_("elsewhere this record has {number} for the same thing")
            yield found(field, match, text, number=before)


CHECKS: Final = (
    Check(
        "share",
        "error",
        N_("Rates of coverage, attendance, satisfaction and the like above 100 %."),
        N_("A share is at most the whole; growth may be more than 100 % and is not reported."),
        _shares,
    ),
    Check(
        "contradiction",
        "error",
        N_(
            "Figures in your own text that contradict the facts of the record; 300余 and 312 do not "
            "contradict each other."
        ),
        N_(
            "Figures in a summary must agree with its facts; a sentence is compared only if it "
            "clearly refers to the same fact."
        ),
        _contradictions,
    ),
    Check(
        "per-head",
        "warning",
        N_("Funds for each resident (人均科普经费) that do not equal the funds divided by the residents."),
        N_(
            "Criteria of 科普示范社区 require an amount for each resident; it is computed from two figures "
            "of the record."
        ),
        _per_heads,
    ),
    Check(
        "person-times",
        "warning",
        N_(
            "人 used for 人次 in a total of attendances: 全年参加居民2000人; 人数 together with 人次: 参加人数40余人次."
        ),
        N_("全国科普统计调查: participants in activities are counted in 人次; for a single activity, 人 is right."),
        _attendances,
    ),
    Check(
        "figure-twice",
        "warning",
        N_("The same figure given twice with different values."),
        N_("The summary contradicts itself; only identical wording is compared."),
        _twice,
    ),
)
