"""成效: the results of the work."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field

from kepu_docs.contract.recognition import Recognition, Sentence, StatedAmount
from kepu_docs.contract.rollups import Amount, Gathered, Part, Portion, RollupRule, field_parts, known, made
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    FactSection,
    Line,
    Many,
    MaybeCount,
    MaybeShare,
    Name,
    Record,
    Text,
    Unit,
    WorkSummary,
    in_order,
)
from kepu_docs.schema.highlights import Highlight
from kepu_docs.schema.quantity import integral
from kepu_docs.sections.entries import counted, sample, unquoted
from kepu_docs.sections.own_words import words
from kepu_docs.sections.table_or_list import fills_table

__all__ = ["OUTCOMES", "Award", "Case", "KnowledgeTest", "Outcomes"]


class Award(Record):
    """An award or honour."""

    name: Line
    """The award: 科普示范社区."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """The community that it belongs to, in the summary of a higher body."""
    level: Line | None = None
    """Its level: 市级."""
    giver: Line | None = None
    """Who gave it."""
    year: Annotated[int, Field(ge=1950, le=2100), BeforeValidator(integral)] | None = None
    """In which year."""


class Case(Record):
    """An example worth describing."""

    title: Line
    """Its title."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """The community that it belongs to, in the summary of a higher body."""
    text: Text
    """What happened."""


class KnowledgeTest(Record):
    """A test of what people know, with the share of right answers (正确率)."""

    name: Line
    """Its name: 用药安全知识测试."""
    participants: Annotated[MaybeCount, Unit("人")] = UNKNOWN
    """Number of people who took the test, in 人."""
    before: Annotated[MaybeShare, Unit("%")] = UNKNOWN
    """Share of right answers before the work began, in %."""
    after: Annotated[MaybeShare, Unit("%")] = UNKNOWN
    """Share of right answers afterwards, in %."""


class Outcomes(FactSection):
    """成效."""

    kind: Literal["outcomes"] = "outcomes"
    households_reached: Annotated[MaybeCount, Unit("户")] = UNKNOWN
    """Households reached by the work, in 户."""
    residents_reached: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Attendances of residents, in 人次."""
    coverage: Annotated[MaybeShare, Unit("%")] = UNKNOWN
    """Share of households reached by the work, in %."""
    participation: Annotated[MaybeShare, Unit("%")] = UNKNOWN
    """Share of residents who took part, in %."""
    satisfaction: Annotated[MaybeShare, Unit("%")] = UNKNOWN
    """Share of residents who are satisfied, in %."""
    tests: Many[KnowledgeTest] = ()
    """Tests of what people know."""
    awards: Many[Award] = ()
    """Awards and honours."""
    cases: Many[Case] = ()
    """Examples worth describing."""
    awards_total: Annotated[MaybeCount, Unit("项"), ROLLED_UP] = UNKNOWN
    """How many awards and honours in all, if not all are listed, in 项."""

    def standing_out(self, summary: WorkSummary) -> Iterator[Highlight]:
        """The awards of the summary's period, those of the highest level first."""
        years = range(summary.period.start.year, summary.period.end.year + 1)
        for award in self.awards:
            if award.year is None or award.year in years:
                yield Highlight("award", _with_title(award), (_rank_of(award),))

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``honours``: the awards for a table, with the year as text; ``shape``, ``award_years``, ``more_awards``.

        For each of the ``tests``, ``says`` is whether its name says that it is a test, and ``change`` is ``up``,
        ``same``, or ``other``, if both shares are known.

        ``shape`` is ``table`` if the awards have enough in common, else ``sentence``. ``award_years`` has each year
        with its ``awards``; for each, ``title`` says whether it is a title (称号) or an object that is presented, and
        ``level`` is left out if the name of the giver shows it (市科协). ``more_awards`` says whether there may be more
        awards than those. The ``awards`` are in the order in which they are shown.
        """
        awards = in_order(self.awards, lambda award: award.year, self, summary)
        years: dict[int | None, list[Mapping[str, Any]]] = {}
        for award in awards:
            years.setdefault(award.year, []).append(_with_title(award))
        count = self.awards_total
        return {
            "tests": tuple(
                {**test.__dict__, "says": _says_test(test.name), "change": _change(test)} for test in self.tests
            ),
            "awards": awards,
            "honours": tuple({**award.__dict__, "year": str(award.year or "")} for award in awards),
            "shape": "table" if fills_table(self.awards, ("community", "level", "giver", "year")) else "sentence",
            "award_years": tuple({"year": year, "awards": tuple(those)} for year, those in years.items()),
            "more_awards": count is not None and (count.approx != "exactly" or count.value > len(self.awards)),
        }


def _says_test(name: str) -> bool:
    """Return whether a name itself says that it is a test; an English name always does."""
    return name.endswith(_TESTS) or name[-1] < "一"


def _change(test: KnowledgeTest) -> Literal["", "up", "same", "other"]:
    before, after = test.before, test.after
    if before is None or after is None:
        return ""
    if before == after:
        return "same"
    return "up" if after.value > before.value else "other"


def _with_title(award: Award) -> Mapping[str, Any]:
    level = None if _shows(award.giver, award.level) else award.level
    name = unquoted(award.name)
    return {**award.__dict__, "name": name, "level": level, "title": not name.endswith(_NO_TITLES)}


def _shows(giver: str | None, level: str | None) -> bool:
    """Return whether the name of a giver shows a level: its division, the last one named, is of that level."""
    if not giver or not level:
        return False
    if level.startswith(("国", "國", "全")):
        return giver.startswith(_OF_THE_NATION)
    divisions = _DIVISION.findall(giver)
    return bool(divisions) and level.startswith(divisions[-1])


_OF_THE_NATION: Final = words("中国 中國 全国 全國 国家 國家")
_DIVISION: Final = re.compile("省|(?<!城)市(?![场場民政容])|(?<![社小园園校辖轄片城山])[区區]|县|縣|街道|镇|鎮|乡|鄉")
_TESTS: Final = words(
    """
    测试 測試 测验 測驗 测评 測評 测 測 问卷 問卷 调查 調查 竞赛 競賽 竞答 競答 问答 問答 答题 答題 考试 考試 考核
    抽查
    """
)


def _rank_of(award: Award) -> int:
    """Return the rank of an award's level, the highest first; awards without a level come last."""
    return _LEVELS.index(award.level[0]) if award.level and award.level[0] in _LEVELS else len(_LEVELS)


_NO_TITLES: Final = words(
    """
    奖 獎 奖项 獎項 奖励 獎勵 奖状 獎狀 奖牌 獎牌 奖杯 獎盃 证 證 证书 證書 称号 稱號 锦旗 錦旗 表彰 表扬 表揚
    嘉奖 嘉獎 荣誉 榮譽 名 冠军 冠軍 亚军 亞軍 季军 季軍 金牌 银牌 銀牌 铜牌 銅牌
    """
)
"""Endings of the names of awards that are not titles, or that already contain the word for it."""
_TOTALS: Final = {"households_reached": "户", "residents_reached": "人次", "awards_total": "项"}
_SHARES: Final = ("coverage", "participation", "satisfaction")
_LEVELS: Final = ("国", "省", "市", "区", "县", "街", "镇", "乡")
"""The first characters of the levels of awards, the highest first."""
_MOST_AWARDS: Final = 20


def _parts(section: Outcomes, summary: WorkSummary) -> Iterator[Part]:
    yield from field_parts(section, _TOTALS)
    if section.awards and section.awards_total is None and not summary.is_rolled_up:
        yield Amount("awards_total", counted(len(section.awards), "项"), "awards")
    for field in _SHARES:
        if getattr(section, field) is not None:
            yield Portion(field, getattr(section, field), field)
    for award in section.awards:
        yield sample("awards", award, (_rank_of(award), -(award.year or 0)), summary, _MOST_AWARDS)
    for case in section.cases:
        yield sample("cases", case, (), summary)


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({**made(gathered, _TOTALS), "awards": gathered.best("awards"), "cases": gathered.best("cases")})


_AWARD: Final = (
    r"(?:荣获|获得|被评为|获评|被授予|荣膺|评为)(?:了)?(?:[^，。；,;“”]{0,16}?(?:授予|颁发)的)?"
    r"(?P<level>国家级|省级|市级|区级|县级|街道级|全国|省|市|区|县)?"
    r"(?:(?P<quoted>“[^”]{2,30}”)|(?P<name>[^，。；,;“”]{2,24}?)(?:荣誉)?(?:称号|奖励?(?=[，。；,;])))"
)


def _names(sentence: Sentence) -> Iterator[tuple[str, Any]]:
    found = sentence.search(_AWARD)
    if found:
        name = (found.get("quoted") or found["name"]).strip("“”")
        yield "awards", known({"name": name, "level": found.get("level")})


OUTCOMES: Final = SectionKind(
    Outcomes,
    rollup=RollupRule(_parts, _make),
    recognition=Recognition(
        words="成效|成果|成绩|效果|荣誉|(?<!注重|讲求|突出|务求|力求)实效|亮点|反响|评价|outcome|result|achievement",
        hints="收获|满意|提高|提升|好评|受益|荣获|获评|表彰",
        amounts=(
            StatedAmount("households_reached", "惠及|覆盖|受益|受惠", "户", gap=8),
            StatedAmount("residents_reached", "惠及|覆盖|受益|受惠", "人次|人|名", gap=10),
            StatedAmount("satisfaction", "满意度|满意率", "%|％", gap=6, standing=True),
            StatedAmount("coverage", "覆盖率|知晓率|普及率", "%|％", gap=6, standing=True),
            StatedAmount("participation", "参与率", "%|％", gap=6, standing=True),
        ),
        names=_names,
    ),
)
"""The awards of the highest level, then the newest, are shown; examples in the order of the communities' names."""
