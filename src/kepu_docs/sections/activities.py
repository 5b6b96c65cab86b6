"""活动: events held for the residents, by category."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from kepu_docs.contract.recognition import Recognition, Sentence, StatedAmount
from kepu_docs.contract.rollups import (
    Amount,
    Gathered,
    Mention,
    Part,
    RollupRule,
    SurveyAnswer,
    field_parts,
    known,
    made,
    parts_of,
)
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import N_
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    Count,
    FactSection,
    Line,
    Many,
    MaybeCount,
    MaybePeriod,
    Name,
    Period,
    Prose,
    Record,
    SomeCount,
    Text,
    Unit,
    WorkSummary,
    in_order,
    occasions,
    total,
)
from kepu_docs.schema.highlights import Highlight
from kepu_docs.schema.quantity import ONCE, integral, total_fields
from kepu_docs.schema.summary import ChartShape
from kepu_docs.sections.entries import largest, unquoted
from kepu_docs.sections.own_words import is_plural, words
from kepu_docs.sections.table_or_list import fits_page
from kepu_docs.typography.numerals import number_of

__all__ = ["ACTIVITIES", "Activities", "Activity", "ActivityCharts", "Category", "Frequency", "Month"]


_NAMING = ("name", "category", "theme")
_NAMES_KEPT = 1024
"""The number of cached names of activities and their kinds."""
_LONGEST_YEAR = 12
"""The longest period, in months, of which all months are shown, including those without an activity."""


class Activity(Record):
    """An activity, or a series of the same activity."""

    name: Line
    """Its name: 科普知识竞赛."""
    community: Annotated[Name | None, ROLLED_UP] = None
    """The community that it belongs to, in the summary of a higher body."""
    category: Line | None = None
    """Its category, by which activities are grouped: 科普讲座, 文体活动."""
    theme: Line | None = None
    """Its theme or slogan, without quotation marks."""
    occasion: Line | None = None
    """On which occasion: 全国科技活动周, 全国科普月."""
    held_on: MaybePeriod = UNKNOWN
    """When it was held."""
    place: Line | None = None
    """Where."""
    organiser: Line | None = None
    """The organiser, if not the community itself."""
    partners: Many[Line] = ()
    """Who organised it together with the community."""
    audience: Many[Line] = ()
    """The target audience: 青少年, 老年人."""
    times: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """How often it was held, in 场; once if only its date is given."""
    attendance: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """How many came, in total, in 人次."""
    online_views: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """Online views, in 人次."""
    materials: Annotated[MaybeCount, Unit("份")] = UNKNOWN
    """Leaflets and other materials distributed, in 份."""
    boards: Annotated[MaybeCount, Unit("块")] = UNKNOWN
    """Number of display boards shown, in 块."""
    result: Text | None = None
    """Its result."""
    award: Line | None = None
    """The award it won."""


class Category(Record):
    """Texts about one category of activities."""

    name: Line
    """The category, as named in the activities."""
    heading: Line | None = None
    """Its heading, instead of its name."""
    narrative: Prose = ()
    """Paragraphs about it."""
    points: Many[Text] = ()
    """Points about it."""
    times: Annotated[MaybeCount, Unit("场"), ROLLED_UP] = UNKNOWN
    """How many of this category in all, if not all are listed, in 场."""
    attendance: Annotated[MaybeCount, Unit("人次"), ROLLED_UP] = UNKNOWN
    """How many attendances in all, if not all are listed, in 人次."""


class Month(Record):
    """What was held in one month, if not all activities are listed."""

    month: MaybePeriod = UNKNOWN
    """The month, or the year for activities over several months; left out for activities without a known date."""
    times: Annotated[SomeCount, Unit("场")]
    """Activities held, in 场."""


class Frequency(Record):
    """How often, on average."""

    times: Annotated[SomeCount, Unit("次")]
    """How many times, in 次 …"""
    months: Annotated[int, Field(ge=1, le=12), BeforeValidator(integral)]
    """… in every so many months: 2."""


class ActivityCharts(Record):
    """Charts of the activities, each drawn as bar, line or pie."""

    by_month: ChartShape | None = None
    """Activities held in each month."""
    attendance_by_category: ChartShape | None = None
    """Attendances at the activities of each category."""


class Activities(FactSection):
    """活动."""

    main_figures = (
        ("activities_held", "times_total", "held"),
        ("activity_attendance", "attendance_total", "attendance"),
    )
    kind: Literal["activities"] = "activities"
    partners: Many[Line] = ()
    """Partners of the community: 街道, 学校."""
    activities: Many[Activity] = ()
    """The activities, one by one."""
    categories: Many[Category] = ()
    """Texts about categories, in the order in which the categories appear."""
    run_in_headings: bool = False
    """Whether the text of a category continues on the line of its heading."""
    frequency: Frequency | None = None
    """How often something takes place."""
    times_total: Annotated[MaybeCount, Unit("场")] = UNKNOWN
    """How many in all, if not all are listed, in 场."""
    attendance_total: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """How many attendances in all, if not all activities are listed, in 人次."""
    online_views_total: Annotated[MaybeCount, Unit("人次"), ROLLED_UP] = UNKNOWN
    """How many watched online in all, if not all activities are listed, in 人次."""
    materials_total: Annotated[MaybeCount, Unit("份"), ROLLED_UP] = UNKNOWN
    """How many materials were distributed in all, if not all activities are listed, in 份."""
    boards_total: Annotated[MaybeCount, Unit("块"), ROLLED_UP] = UNKNOWN
    """How many display boards were shown in all, if not all activities are listed, in 块."""
    months: Annotated[Many[Month], ROLLED_UP] = ()
    """How often something was held in each month, if not all activities are listed."""
    charts: ActivityCharts | None = None
    """Charts to draw."""

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``held`` and ``attendance`` in total; ``groups``: the activities of each category; ``months``.

        ``held`` is not known unless the number or the time of each activity is known. ``frequency_fits`` says whether
        the number held fits the ``frequency``: ``"yes"``, ``"more"`` or ``"fewer"``.

        ``form`` is how the activities are shown: as a ``"list"`` for each group, as ``"tables"`` for each group, or as
        one ``"table"`` of all. The activities are in the order in which they are shown, each with its fields and with
        ``occasion_use`` (see ``kepu_docs.schema.occasions``), ``occasion_text``: its occasion as a sentence has it,
        ``day_shown``: whether that states the day, or the whole month or week, ``is_namesake``: whether another
        activity has the same name, and ``is_plural``: whether its name is an English plural. An occasion that is
        already in the name has neither use nor text. ``holding`` decides the verb for its name: an ``event`` is held,
        for a ``trip`` people are brought together, ``work`` is carried out, and a name with a verb ``given`` needs
        none; ``is_work`` says that it is carried out even if its name is apart from the verb. ``times_are`` is
        ``class`` (智能手机班), ``tour`` (巡演), or ``event`` for any other. ``is_hosted`` says that it was held at its
        only partner's place; ``award_is`` is ``prize``, ``title``, or ``given`` if the award has its own verb.
        ``selected`` says whether more activities were held than are listed.

        A group has ``name`` (``None`` for activities without a category, which come last), ``heading``, ``narrative``,
        ``points``, ``activities``, ``bare``: whether only name and theme are known of all, ``held``, ``attendance``,
        and ``stated``: whether the writer states one of these. Each of the ``months`` has ``times``, the number of
        activities; the last has no ``month`` and counts the activities that are in no month, if there are any;
        ``elsewhere`` says why: they lasted ``across`` months, their time is ``unknown``, or ``mixed``.
        ``months_stated`` says whether the writer states the months.
        """
        noted = {category.name: category for category in self.categories}
        held = self.activities
        if self.months:
            held = tuple([Activity(name="-", held_on=each.month, times=each.times) for each in self.months])
        names = Counter(activity.name for activity in self.activities)
        ordered = in_order(self.activities, lambda activity: activity.held_on, self, summary)
        one_year = summary.period.start.year == summary.period.end.year
        rows = [_row(activity, names, one_year=one_year) for activity in ordered]
        grouped: dict[str | None, list[tuple[Activity, _Row]]] = {name: [] for name in noted}
        grouped.update({activity.category: [] for activity in self.activities})
        for activity, row in zip(ordered, rows, strict=True):
            grouped[activity.category].append((activity, row))
        loose = grouped.pop(None, None)
        if loose:
            grouped[None] = loose
        groups = [_group(name, noted.get(name or ""), those) for name, those in grouped.items()]
        listed = _sum([group["held"] for group in groups], "场", is_whole=True)
        in_all = self.times_total or listed
        return {
            "months": _months(held, summary.period),
            "elsewhere": _why_elsewhere(held),
            "months_stated": bool(self.months),
            "held": in_all,
            "attendance": self.attendance_total or self._listed_attendance(groups, listed),
            "frequency_fits": _fits(self.frequency, in_all, summary.period),
            "activities": tuple(rows),
            "groups": tuple(groups),
            "selected": self._is_selected(),
            "form": _form(rows, groups, in_line=self.run_in_headings, together=summary.is_rolled_up),
        }

    def standing_out(self, summary: WorkSummary) -> Iterator[Highlight]:
        """The activities held for the first time and, of three or more, the one with the largest attendance."""
        for activity in self.activities:
            if activity.name.startswith(_FIRSTS) and _may_lie_in(activity.held_on, summary.period):
                yield Highlight("first", dict(activity), (-(activity.attendance.value if activity.attendance else 0),))
        several = sum(isinstance(section, Activities) for section in summary.sections) > 1
        largest = None if several else self._largest(summary.period)
        if largest:
            yield Highlight("largest", dict(largest))

    def _is_selected(self) -> bool:
        """Return whether it is certain that more activities were held than are listed."""
        listed, in_all = _held(self.activities), self.times_total
        if not self.activities or listed is None or in_all is None:
            return False
        return listed.approx == "exactly" and in_all.approx != "nearly" and listed.value < in_all.value

    def _may_have_others(self, within: Period) -> bool:
        """Return whether more activities may have been held than are listed."""
        if self.attendance_total:
            came = _attendance(self.activities)
            if came is None or self.attendance_total.value > came.value:
                return True
        if self.frequency and _fits(self.frequency, _held(self.activities), within) in (None, "fewer"):
            return True
        if self.times_total is None:
            return bool(self.months) or any(each.times or each.attendance for each in self.categories)
        listed = _held(self.activities)
        is_open = self.times_total.approx not in ("exactly", "nearly")
        return is_open or listed is None or self.times_total.value > listed.value

    def _largest(self, within: Period) -> Activity | None:
        """Return the activity with the largest attendance; ``None`` if that is not certain among all that were held."""
        if self._may_have_others(within):
            return None
        counts = [activity.attendance for activity in self.activities if activity.attendance]
        if not _FEWEST_COMPARED <= len(counts) == len(self.activities) or any(
            count.approx == "at_least" or count.unit != counts[0].unit for count in counts
        ):
            return None
        least, most = sorted(count.value for count in counts)[-2:]
        # Approximate numbers can be compared with certainty only if they are far apart.
        if most < least * (1 if all(count.approx == "exactly" for count in counts) else _SURELY) or most == least:
            return None
        largest = next(each for each in self.activities if each.attendance and each.attendance.value == most)
        return None if largest.times and largest.times.value > 1 else largest

    def _listed_attendance(self, groups: Sequence[Mapping[str, Any]], listed: Count | None) -> Count | None:
        """Return the attendance of the ``listed`` activities, which is only a part if more were held."""
        counts: list[Count | None] = [group["attendance"] for group in groups if group["attendance"]]
        if counts and self.times_total and listed and listed.value < self.times_total.value:
            return total([*counts, None], "人次")
        return _sum(counts, "人次")


_FIRSTS: Final = ("首届", "首屆", "第一届", "第一屆", "首次", "首个", "首個", "First ", "The first ")
_SURELY: Final = 1.2
_FEWEST_COMPARED: Final = 3
"""With fewer activities none is called the largest."""
_Row: TypeAlias = Mapping[str, Any]

_INNER: Final = str.maketrans("“”「」", "‘’『』")
"""Nested quotation marks: the wording puts themes in quotation marks."""


def _row(activity: Activity, names: Mapping[str, int], *, one_year: bool) -> _Row:
    name, occasion, held_on = activity.name, activity.occasion, activity.held_on
    is_named = occasion is not None and occasions.is_named(occasion, name)
    worded = occasions.worded(occasion, held_on) if occasion and not is_named else None
    return {
        **activity.__dict__,
        "theme": unquoted(activity.theme).translate(_INNER) if activity.theme else None,
        "occasion_use": worded.use if worded else None,
        "occasion_text": worded.text if worded else None,
        "day_shown": bool(worded and (worded.shows_day or (one_year and worded.use == "during" and worded.shows_span))),
        "is_namesake": names[name] > 1,
        **_called_for(name),
        "is_hosted": activity.partners == (activity.place,),
        "award_is": _kind_of_award(activity.award) if activity.award else None,
        "times_are": _kind_of_times(activity),
    }


@lru_cache(_NAMES_KEPT)
def _called_for(name: str) -> Mapping[str, Any]:
    """Return the facts about an activity's name that the wording needs; many activities have the same name."""
    return {
        "is_plural": is_plural(name),
        "holding": _holding(name),
        "is_work": name.endswith(_WORK) or name.startswith(_VISITS) or any(each in name[-4:-1] for each in _INNER_WORK),
    }


def _holding(name: str) -> Literal["given", "trip", "event", "work"]:
    if name.startswith(_HELD):
        return "given"
    if name.startswith(_TRIPS) and not name.endswith(("活动", "活動")):
        return "trip"
    return "event" if name.endswith(_EVENTS) or name[-1] < "一" else "work"


def _kind_of_award(award: str) -> Literal["given", "prize", "title"]:
    if award.startswith(_WON):
        return "given"
    return "prize" if award.rstrip("。.").endswith(_PRIZES) else "title"


def _kind_of_times(activity: Activity) -> Literal["", "class", "tour", "event"]:
    if activity.times is None or activity.times.unit != "场" or activity.times.value == 1:
        return "" if activity.times is None else "event"
    return "class" if activity.name.endswith("班") else "tour" if activity.name.endswith(_TOURS) else "event"


_TOURS: Final = words("巡演 巡讲 巡講 巡展")
_WON: Final = words("获 獲 荣 榮 被 入 当 當 夺 奪 摘 斩 斬")
_PRIZES: Final = words("奖 獎 书 書 号 號 誉 譽 名 牌 杯 军 軍 励 勵")
_HELD: Final = words("举办 舉辦 开展 開展 组织 組織 辦理")
_VISITS: Final = words("参观 參觀 观看 觀看 走访 走訪 考察")
_TRIPS: Final = (*_VISITS, "参加", "參加")
_EVENTS: Final = words(
    """
    展 会 會 赛 賽 班 课 課 节 節 日 周 週 营 營 式 演 夜 讲座 講座 展览 展覽 课堂 課堂 论坛 論壇 汇演 匯演 演出 沙龙
    沙龍
    """
)
_WORK: Final = words(
    """
    宣传 宣傳 义诊 義診 演练 演練 服务 服務 活动 活動 行动 行動 筛查 篩查 咨询 諮詢 宣讲 宣講 实践 實踐 调查 調查
    下乡 下鄉 赶场 趕場 赶集 趕集 放映 观影 觀影 制作 製作 体验 體驗 观测 觀測 种植 種植 清理 治理 巡查 走访 走訪
    慰问 慰問 帮扶 辅导 輔導 培训 培訓 宣教 研学 研學 认养 認養 领养 領養 漂流 探访 探訪 寻访 尋訪 演示 示范 示範
    检查 檢查 排查 检测 檢測 监测 監測 测量 測量 交换 交換 置换 置換 兑换 兌換 回收 采摘 採摘 采集 採集 观察 觀察
    植树 植樹 劝导 勸導 指导 指導 征集 徵集 募捐 捐赠 捐贈 入户 入戶 登记 登記 消杀 消殺
    """
)
_INNER_WORK: Final = ("进", "進", "换", "換")
"""Characters before a short ending of the name of work that is carried out: 科普进校园, 旧电池换绿植."""


def _group(name: str | None, noted: Category | None, those: Sequence[tuple[Activity, _Row]]) -> _Row:
    activities = [activity for activity, _ in those]
    stated = bool(noted and (noted.times or noted.attendance))
    return {
        "name": name,
        "category": name,
        "heading": noted.heading if noted else None,
        "narrative": noted.narrative if noted else (),
        "points": noted.points if noted else (),
        "activities": tuple([row for _, row in those]),
        "bare": all(activity.has_only(*_NAMING) for activity in activities),
        "held": (noted.times if noted else None) or _held(activities),
        "attendance": (noted.attendance if noted else None) or _attendance(activities),
        "stated": stated,
    }


_COLUMNS: Final = (
    "community", "held_on", "theme", "occasion", "place", "audience", "organiser", "partners", "times", "attendance",
    "online_views", "materials", "boards", "award",
)  # fmt: skip
"""The columns of a table of activities, beside their names."""
_cells = itemgetter(*_COLUMNS)
_FEWEST_ROWS: Final = 4
"""The least number of rows of a table."""
_FEWEST_OF_A_GROUP: Final = 3
"""The least number of rows of a group's own table beside others."""
_MOST_COLUMNS: Final = 7
"""The most columns beside the names: more leave no room for words."""
_FEWEST_SHARED: Final = 2


def _form(
    rows: Sequence[_Row], groups: Sequence[_Row], *, in_line: bool, together: bool
) -> Literal["list", "tables", "table"]:
    """Return how activities are shown, by one rule for the whole section.

    They are tables if there are enough of them, if at least two columns are filled in two thirds of the rows, if these
    columns hold all values except at most one for every third row, if there are not too many columns, and if at most
    half have a result: results are written in sentences, since a fact of few rows reads better in a sentence than as a
    remark. Each group has its own table if none is too small for that; one table has all of them if no group has words
    of its own. If a page has no room for the columns, they are a list. With ``together`` all are in one table, whatever
    their groups.
    """
    number = len(rows)
    if number < _FEWEST_ROWS:
        return "list"
    cells = list(map(_cells, rows))
    if sum(map(any, cells)) < _FEWEST_ROWS:
        return "list"
    filled = [len(list(filter(None, column))) for column in zip(*cells, strict=True)]
    shared = [count for count in filled if count * 3 >= number * 2]
    columns = sum(count * 4 >= number for count in filled)
    results = sum(bool(row["result"]) for row in rows)
    if (
        len(shared) < _FEWEST_SHARED
        or (sum(filled) - sum(shared)) * 3 > number
        or columns > _MOST_COLUMNS
        or results * 2 > number
    ):
        return "list"
    small = [group for group in groups if len(group["activities"]) < _FEWEST_OF_A_GROUP]
    if together or not any(group["activities"] for group in small):
        return "tables" if together or _fit(group["activities"] for group in groups) else "list"
    if not in_line and not any(_has_words(group) for group in groups):
        return "table" if _fit([rows], "category") else "list"
    alike = sum(len(group["activities"]) for group in small) * 3 <= number
    return "tables" if alike and _fit(group["activities"] for group in groups if group not in small) else "list"


def _fit(tables: Iterable[Sequence[_Row]], *more: str) -> bool:
    """Return whether a page has room for the columns of each table of activities."""
    cells = itemgetter(*_COLUMNS, *more)
    return all(fits_page(list(zip(*map(cells, rows), strict=True))) for rows in tables)


def _has_words(group: _Row) -> bool:
    return bool(group["heading"] or group["narrative"] or group["points"] or group["stated"])


def _fits(frequency: Frequency | None, held: Count | None, period: Period) -> Literal["yes", "more", "fewer"] | None:
    """Return whether the number of times fits a frequency, to within half a time in each of its intervals."""
    if frequency is None or held is None:
        return None
    spans = len(list(period.months())) / frequency.months
    times = frequency.times
    if held.value < (times.value - 0.5) * spans:
        return "fewer"
    open_ended = times.approx in ("over", "at_least")
    return "more" if held.value > (times.value + 0.5) * spans and not open_ended else "yes"


def _may_lie_in(held_on: Period | None, period: Period) -> bool:
    """Return whether an event may have been held within a period, as far as its time is known."""
    return not held_on or (held_on.start <= period.end and held_on.end >= period.start)


def _held(activities: Sequence[Activity]) -> Count | None:
    times = [activity.times or (ONCE if activity.held_on else None) for activity in activities]
    return total(times, "场") if all(times) else None


def _sum(counts: Sequence[Count | None], unit: str, *, is_whole: bool = False) -> Count | None:
    """Return the sum of the known values; with ``is_whole``, only if all are known."""
    known = [count for count in counts if count]
    if is_whole and len(known) < len(counts):
        return None
    return known[0] if len(known) == 1 else total(known, unit)


def _attendance(activities: Sequence[Activity]) -> Count | None:
    return total([activity.attendance for activity in activities], "人次")


def _months(activities: Iterable[Activity], within: Period) -> tuple[Mapping[str, Any], ...]:
    """Return the months of ``within``, or for a longer period those from the first activity to the last."""
    counted: dict[tuple[int, int], list[Count]] = {}
    elsewhere: list[Count] = []
    for activity in activities:
        times, month = activity.times or ONCE, _month_within(activity.held_on)
        if month:
            counted.setdefault(month, []).append(times)
        else:
            elsewhere.append(times)
    months = list(within.months())
    if len(months) > _LONGEST_YEAR:
        months = list(Period(start=_first(min(counted)), end=_first(max(counted))).months()) if counted else []
    shown = [*months, *sorted(set(counted) - set(months))]
    rows = [_month(*month, counted.get(month, ())) for month in shown]
    if elsewhere:
        rows.append({"month": None, "times": total(elsewhere, "场")})
    return tuple(rows)


def _why_elsewhere(activities: Iterable[Activity]) -> Literal["", "across", "unknown", "mixed"]:
    """Return why events that are counted in no month are in none."""
    timeless = [activity.held_on is None for activity in activities if not _month_within(activity.held_on)]
    if not timeless:
        return ""
    return "unknown" if all(timeless) else "mixed" if any(timeless) else "across"


def _month_within(held_on: Period | None) -> tuple[int, int] | None:
    """Return year and month in which a period lies; ``None`` if it does not lie in a single month."""
    if held_on is None:
        return None
    start, end = held_on.start, held_on.end
    month = (start.year, start.month)
    return month if month == (end.year, end.month) else None


def _month(year: int, month: int, held: Sequence[Count]) -> dict[str, Any]:
    """Return the row of a month. A year has many, and most are not used: their sums are made without models."""
    if not held:
        return _empty_month(year, month)
    times = total_fields(held, "场")
    return {"month": Period.of_month(year, month), "times": times if times and times["value"] else None}


@cache
def _empty_month(year: int, month: int) -> dict[str, Any]:
    return {"month": Period.of_month(year, month), "times": 0}


def _first(month: tuple[int, int]) -> datetime.date:
    return datetime.date(*month, 1)


_TOTALS: Final = {
    "times_total": "场",
    "attendance_total": "人次",
    "online_views_total": "人次",
    "materials_total": "份",
    "boards_total": "块",
}
_OF_EACH: Final = ("online_views", "materials", "boards")
_ONCE: Final = Count(value=1, unit="场")
_AT_LEAST_ONCE: Final = Count(value=1, unit="场", approx="at_least")
"""The count of an activity of which neither number nor time is known."""
_FEWEST_SHOWN: Final = 2
"""The least number of months in a chart."""


def _parts(section: Activities, summary: WorkSummary) -> Iterator[Part]:
    yield from field_parts(section, _TOTALS, ("partners",))
    held = () if summary.is_rolled_up else section.activities
    listed = [(f"activities[{place}]", activity) for place, activity in enumerate(held)]
    yield from _all_held(section, listed)
    yield from _by_category(section, listed)
    if section.attendance_total is None:
        yield from _in_all(section, "attendance")
        others = _not_stated(section, "attendance", listed)
        yield from parts_of("attendance_total", "", _came(others))
    for field in _OF_EACH:
        if getattr(section, f"{field}_total") is None:
            for path, activity in listed:
                if getattr(activity, field) is not None:
                    yield Amount(f"{field}_total", getattr(activity, field), f"{path}.{field}")
    for activity in section.activities:
        yield from (Mention("partners", partner) for partner in activity.partners)
        yield from largest("activities", activity, activity.attendance, summary)


def _all_held(section: Activities, listed: list[tuple[str, Activity]]) -> Iterator[Part]:
    """Yield the number of activities, in total and in each month."""
    if section.times_total is None:
        yield from _in_all(section, "times")
        for path, activity in _not_stated(section, "times", listed):
            times = activity.times or (_ONCE if activity.held_on else _AT_LEAST_ONCE)
            yield Amount("times_total", times, f"{path}.times" if activity.times else path)
    for path, activity in listed:
        times = activity.times or (_ONCE if activity.held_on else _AT_LEAST_ONCE)
        path = f"{path}.times" if activity.times else path
        if not section.months:
            yield Amount("months.times", times, path, _month_of(activity.held_on))
    for place, month in enumerate(section.months):
        yield Amount("months.times", month.times, f"months[{place}].times", _month_of(month.month))


def _in_all(section: Activities, field: Literal["times", "attendance"]) -> Iterator[Part]:
    """Yield the totals stated for whole categories, as parts of the overall total."""
    for place, category in enumerate(section.categories):
        quantity = getattr(category, field)
        if quantity:
            yield Amount(f"{field}_total", quantity, f"categories[{place}].{field}")


def _not_stated(
    section: Activities, field: Literal["times", "attendance"], listed: list[tuple[str, Activity]]
) -> list[tuple[str, Activity]]:
    """Return the activities of categories without a stated total."""
    stated = {category.name for category in section.categories if getattr(category, field)}
    return [(path, activity) for path, activity in listed if activity.category not in stated]


def _by_category(section: Activities, listed: list[tuple[str, Activity]]) -> Iterator[Part]:
    """Yield the number of activities of each category, and their attendance."""
    known_times = {category.name for category in section.categories if category.times}
    known_attendance = {category.name for category in section.categories if category.attendance}
    for place, category in enumerate(section.categories):
        for field in ("times", "attendance"):
            quantity = getattr(category, field)
            if quantity is not None:
                yield Amount(f"categories.{field}", quantity, f"categories[{place}].{field}", category.name)
    named: dict[str, list[tuple[str, Activity]]] = {}
    for path, activity in listed:
        if activity.category:
            named.setdefault(activity.category, []).append((path, activity))
    for name, those in named.items():
        if name not in known_times:
            for path, activity in those:
                times = activity.times or (_ONCE if activity.held_on else _AT_LEAST_ONCE)
                yield Amount("categories.times", times, f"{path}.times" if activity.times else path, name)
        if name not in known_attendance:
            yield from parts_of("categories.attendance", name, _came(those))


def _came(listed: list[tuple[str, Activity]]) -> Iterator[tuple[str, Count | None]]:
    return ((f"{path}.attendance", activity.attendance) for path, activity in listed)


def _month_of(period: Period | None) -> str:
    """Return the month that a period lies in, with its year if there are several; ``""`` if it is not known."""
    if period is None:
        return ""
    if (period.start.year, period.start.month) != (period.end.year, period.end.month):
        return str(period.start.year)
    return f"{period.start.year}-{period.start.month:02}"


def _make(gathered: Gathered) -> Mapping[str, Any]:
    times, came = gathered.each("categories.times", "场"), gathered.each("categories.attendance", "人次")
    categories = [
        known({"name": name, "times": times.get(name), "attendance": came.get(name)})
        for name in dict.fromkeys((*times, *came))
        if name
    ]
    months = sorted(gathered.each("months.times", "场").items(), key=lambda each: (not each[0], each[0]))
    charts = {"by_month": "bar"} if sum("-" in month for month, _ in months) >= _FEWEST_SHOWN else {}
    return known(
        {
            **made(gathered, _TOTALS, ("partners",)),
            "categories": categories,
            "months": [known({"month": month or None, "times": held}) for month, held in months],
            "activities": gathered.best("activities"),
            "charts": charts,
        }
    )


_FREQUENCY: Final = (
    r"平均(?:每)?(?P<months>[一二两三四五六七八九十]{1,2}|1?[0-9])?个?月(?:举办|开展|组织)?[^，。；,;0-9]{0,8}?"
    r"(?P<times>[0-9]{1,3}|[一二两三四五六七八九十])次"
)


def _names(sentence: Sentence) -> Iterator[tuple[str, Any]]:
    found = sentence.search(_FREQUENCY)
    if found:
        months, times = number_of(found.get("months", "一")), number_of(found["times"])
        if months and times:
            yield "frequency", {"times": times, "months": months}


_WAS_HELD: Final = "(?:举办|开展|组织安排|组织|安排|举行|办理)(?:了|过)?(?:共计?|累计)?"
_ALL_ACTIVITIES: Final = (
    "(?:各类|各种|各项|各式|大小|大型|系列|形式多样的|丰富多彩的|群众性|线上线下|科普宣传|科普|主题|宣传|类|的"
    "|(?:讲座|展览|培训|咨询|竞赛|义诊|体验)[及和与、]){0,5}+活动"
)
"""Activities of all sorts: beside 健康义诊活动3次 there may be activities of other sorts."""
_CAME: Final = (
    "(?:参与|参加)(?:活动)?的?(?:居民|群众|民众|市民|村民|人次|人数)?"
    "|(?:吸引|服务)了?(?:辖区)?(?:居民|群众|民众|市民|村民)?"
)
_FEW_CAME: Final = "青少年|学生|党员|老人|老年|儿童|志愿者|培训|讲座|座谈|会议|竞赛|答题"
"""Groups and events to which an attendance of only some people refers."""

_LECTURES: Final = (("讲座", "講座"), N_("activities of categories with 讲座 in their name"))
_EXHIBITIONS: Final = (("展",), N_("activities of categories with 展 in their name"))
_CONTESTS: Final = (("竞赛", "競賽"), N_("activities of categories with 竞赛 in their name"))

_SURVEY: Final = (
    SurveyAnswer("Lectures", "categories.times", *_LECTURES),
    SurveyAnswer("Attendances at lectures", "categories.attendance", *_LECTURES),
    SurveyAnswer("Exhibitions", "categories.times", *_EXHIBITIONS),
    SurveyAnswer("Attendances at exhibitions", "categories.attendance", *_EXHIBITIONS),
    SurveyAnswer("Contests", "categories.times", *_CONTESTS),
    SurveyAnswer("Attendances at contests", "categories.attendance", *_CONTESTS),
    SurveyAnswer("Online views", "online_views_total"),
)

ACTIVITIES: Final = SectionKind(
    Activities,
    rollup=RollupRule(_parts, _make, survey=_SURVEY),
    recognition=Recognition(
        words="活动|科技周|科普日|科普月|赛事|讲座|activit|events",
        hints="竞赛|展览|演练|义诊|参观|丰富|文体|节日|主题",
        amounts=(
            StatedAmount("times_total", _ALL_ACTIVITIES, "场次|场|次|期", verbs=_WAS_HELD, gap=3, reach=0, summed=True),
            StatedAmount("attendance_total", _CAME, "人次|人|名", gap=8, summed=True, unless=_FEW_CAME),
        ),
        names=_names,
    ),
)
