"""阵地设施: rooms, galleries, libraries and their equipment."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition, StatedAmount
from kepu_docs.contract.rollups import (
    MOST_NAMES,
    Amount,
    Gathered,
    Mention,
    Part,
    Ratio,
    RollupRule,
    Sample,
    SurveyAnswer,
    field_parts,
    known,
    made,
)
from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import N_
from kepu_docs.schema import (
    ROLLED_UP,
    UNKNOWN,
    FactSection,
    Line,
    Many,
    MaybeCount,
    MaybeMeasure,
    Record,
    SomeCount,
    Text,
    Unit,
    WorkSummary,
)
from kepu_docs.schema.highlights import Highlight
from kepu_docs.sections.entries import ONE
from kepu_docs.sections.own_words import begins_with, begins_with_time, words
from kepu_docs.sections.ratios import ratio, residents_of
from kepu_docs.sections.table_or_list import fills_table

__all__ = ["FACILITIES", "Base", "BooksBasis", "Facilities", "Library", "Venue"]


_NAMING: Final = ("name", "number", "place")
_OF_ONE: Final = ("number", "makeup", "place", "area", "length", "open_hours", "updates", "equipment", "use")


class Venue(Record):
    """A room, gallery, square or other place."""

    name: Line
    """The kind of place: 科普活动室, 宣传橱窗."""
    number: Annotated[MaybeCount, Unit("个")] = UNKNOWN
    """How many, in 个."""
    makeup: Many[Line] = ()
    """What they are: 图书阅览室, 市民学校."""
    place: Line | None = None
    """Where."""
    area: Annotated[MaybeMeasure, Unit("平方米")] = UNKNOWN
    """Its area, in total, in 平方米."""
    length: Annotated[MaybeMeasure, Unit("米")] = UNKNOWN
    """Length of a gallery, in 米."""
    open_hours: Annotated[MaybeMeasure, Unit("小时")] = UNKNOWN
    """Opening hours each week, in 小时."""
    updates: Annotated[MaybeCount, Unit("期")] = UNKNOWN
    """Number of times the display was changed in the period, in 期."""
    equipment: Many[Line] = ()
    """What equipment it has."""
    use: Text | None = None
    """The purpose it was used for."""


class BooksBasis(Record):
    """The basis of the number of books per resident (communities that state both figures)."""

    books: Annotated[SomeCount, Unit("册")]
    """Books, in 册."""
    residents: Annotated[SomeCount, Unit("人")]
    """Residents, in 人."""


class Library(Record):
    """A library or reading room."""

    number: Annotated[MaybeCount, Unit("个"), ROLLED_UP] = UNKNOWN
    """How many, in the summary of a higher body, in 个."""
    name: Line | None = None
    """Its name; if not given, 图书室."""
    area: Annotated[MaybeMeasure, Unit("平方米")] = UNKNOWN
    """Its area, in 平方米."""
    books: Annotated[MaybeCount, Unit("册")] = UNKNOWN
    """Books, in 册."""
    new_books: Annotated[MaybeCount, Unit("册")] = UNKNOWN
    """Books added in the period, in 册."""
    periodicals: Annotated[MaybeCount, Unit("种")] = UNKNOWN
    """Newspapers and magazines, in 种."""
    subjects: Many[Line] = ()
    """The subjects of the books: 科技, 保健."""
    basis: Annotated[BooksBasis | None, ROLLED_UP] = None
    """The basis of the number of books per resident, in the summary of a higher body."""


class Base(Record):
    """A science education base."""

    name: Line
    """Its name."""
    level: Line | None = None
    """Its level: 市级."""


class Facilities(FactSection):
    """阵地设施."""

    kind: Literal["facilities"] = "facilities"
    venues: Many[Venue] = ()
    """Places, one by one."""
    library: Library | None = None
    """The library."""
    bases: Many[Base] = ()
    """Science education bases."""
    screens: Annotated[MaybeCount, Unit("块")] = UNKNOWN
    """Electronic screens, in 块."""
    equipment: Annotated[MaybeCount, Unit("件")] = UNKNOWN
    """Exhibits and pieces of equipment, in 件."""
    added: Many[Line] = ()
    """What was built or renovated in the period: 居民健身点."""

    def standing_out(self, summary: WorkSummary) -> Iterator[Highlight]:
        """Venues that were built or renewed in the period; for other venues it is unknown who built them."""
        if self.added and not summary.is_rolled_up:
            yield Highlight("facility", {"added": self.added, "added_says": begins_with(self.added[0], *_BUILDING)})

    def facts(self, summary: WorkSummary) -> Mapping[str, Any]:
        """``shape``: how the venues are shown; ``books_per_hundred``; ``base_level``: the level of all bases.

        ``shape`` is ``sentence`` for one venue and for venues of which only name, number and place are known, else
        ``table`` if they have enough in common, else ``list``. ``books_per_hundred`` is the number of books per hundred
        residents, with one decimal. ``use_says`` (用于…) and ``place_says`` (位于…) of each venue, ``added_says``
        (新建…) and ``subjects_say`` (…类) say that the writer's own words already contain the lead-in of the sentence.
        A venue ``is_renewed`` if it was built or renewed in the period, and ``renewed`` is the word for that in the
        record, if it has one (新建); ``added_elsewhere`` are the additions that are not venues, with their
        ``elsewhere_says``.
        """
        library = self.library
        books, residents = (library.books if library else None), residents_of(summary)
        if library and library.basis:
            books, residents = library.basis.books, library.basis.residents
        names = {venue.name for venue in self.venues}
        elsewhere = tuple(each for each in self.added if _bare(each) not in names)
        levels = {base.level for base in self.bases}
        return {
            "venues": tuple(_worded(venue, self.added) for venue in self.venues),
            "added_elsewhere": elsewhere,
            "elsewhere_says": begins_with(next(iter(elsewhere), None), *_BUILDING),
            "shape": self._shape(),
            "books_per_hundred": ratio(books, residents, "册", times=100, decimals=1),
            "base_level": levels.pop() if len(levels) == 1 else None,
            "added_says": begins_with(next(iter(self.added), None), *_BUILDING),
            "subjects_say": bool(library and library.subjects and library.subjects[-1].endswith(("类", "類"))),
        }

    def _shape(self) -> Literal["sentence", "list", "table"]:
        if len(self.venues) < 2 or all(venue.has_only(*_NAMING) for venue in self.venues):
            return "sentence"
        return "table" if fills_table(self.venues, _OF_ONE) else "list"


def _worded(venue: Venue, added: Sequence[str]) -> Mapping[str, Any]:
    own = next((each for each in added if _bare(each) == venue.name), None)
    return {
        **venue.__dict__,
        "is_renewed": own is not None,
        "renewed": own.removesuffix(venue.name) if own else "",
        "use_says": begins_with(venue.use, *_USES) or begins_with_time(venue.use),
        "place_says": begins_with(venue.place, *_PLACES),
    }


def _bare(added: str) -> str:
    """Return the text about what was built or renewed, without the word for that."""
    return added[2:] if added.startswith(_BUILDING) else added


_USES: Final = words(
    """
    用于 用於 用来 用來 主要 可供 可用 作为 作為 兼作 承担 承擔 为居 為居 为村 為村 为学 為學 为市 為市 供居 供村
    供学 供學 供师 供師 供群 供市 供青 供儿 供兒 供老 供公 供周 供週
    """
)
_PLACES: Final = words("位于 位於 设在 設在 设于 設於 地处 地處 坐落")
_BUILDING: Final = words(
    "新建 新增 新设 新設 改造 改建 扩建 擴建 升级 升級 翻新 修缮 修繕 更新 建成 增设 增設 整修 重建"
)

_TOTALS: Final = {"screens": "块", "equipment": "件"}
_OF_VENUES: Final = {"area": "平方米", "length": "米", "updates": "期"}
_OF_LIBRARIES: Final = {"number": "个", "area": "平方米", "books": "册", "new_books": "册", "periodicals": "种"}
_BASIS: Final = {"books": "册", "residents": "人"}


def _parts(section: Facilities, summary: WorkSummary) -> Iterator[Part]:
    yield from field_parts(section, _TOTALS, ("added",))
    for place, venue in enumerate(section.venues):
        path = f"venues[{place}]"
        number = f"{path}.number" if venue.number else path
        yield Amount("venues.number", venue.number or ONE, number, venue.name)
        for field in _OF_VENUES:
            if getattr(venue, field) is not None:
                yield Amount(f"venues.{field}", getattr(venue, field), f"{path}.{field}", venue.name)
    yield from _libraries(section, summary)
    for base in section.bases:
        data = base.model_dump(mode="json", exclude_none=True)
        yield Sample("bases", (base.name,), data, MOST_NAMES)


def _libraries(section: Facilities, summary: WorkSummary) -> Iterator[Part]:
    library = section.library
    if library is None:
        return
    yield Amount("library.number", library.number or ONE, "library.number" if library.number else "library")
    for field in tuple(_OF_LIBRARIES)[1:]:
        if getattr(library, field) is not None:
            yield Amount(f"library.{field}", getattr(library, field), f"library.{field}")
    yield from (Mention("library.subjects", subject) for subject in library.subjects)
    residents = summary.community.residents
    if library.basis:
        yield Amount("library.basis.books", library.basis.books, "library.basis.books")
        yield Amount("library.basis.residents", library.basis.residents, "library.basis.residents")
    elif not summary.is_rolled_up and library.books and residents and residents.value:
        yield Amount("library.basis.books", library.books, "library.books")
        yield Amount("library.basis.residents", residents, "community.residents")


def _make(gathered: Gathered) -> Mapping[str, Any]:
    library: dict[str, Any] = {field: gathered.total(f"library.{field}", unit) for field, unit in _OF_LIBRARIES.items()}
    library["subjects"] = gathered.names("library.subjects")
    basis = known({field: gathered.total(f"library.basis.{field}", unit) for field, unit in _BASIS.items()})
    library["basis"] = basis if len(basis) == len(_BASIS) else {}
    return known(
        {
            **made(gathered, _TOTALS, ("added",)),
            "venues": list(_venues(gathered)),
            "library": known(library),
            "bases": gathered.best("bases"),
        }
    )


def _venues(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """Yield the venues of each name; those counted in other units are separate entries."""
    others = {field: gathered.each(f"venues.{field}", unit) for field, unit in _OF_VENUES.items()}
    for unit in gathered.units("venues.number"):
        for name, number in gathered.each("venues.number", unit).items():
            if name:
                more = {field: sums.pop(name, None) for field, sums in others.items()}
                yield known({"name": name, "number": number, **more})


_COMING_AND_GOING: Final = "发放|散发|赠送|捐赠|新增|购置|购买|更新|补充|借阅"
"""Words for books that are borrowed, added or removed, which are not the stock of a library."""

FACILITIES: Final = SectionKind(
    Facilities,
    rollup=RollupRule(
        _parts,
        _make,
        (
            Ratio(
                N_("books for each 100 residents"),
                "library.basis.books",
                "library.basis.residents",
                times=100,
                decimals=1,
            ),
        ),
        (
            SurveyAnswer(
                "Rooms for science activities in urban communities",
                "venues.number",
                ("科普活动室", "科普活動室", "科技活动室", "科技活動室"),
                N_("places with 科普活动室 or 科技活动室 in their name"),
            ),
            SurveyAnswer(
                "Science galleries",
                "venues.number",
                ("科普画廊", "科普畫廊"),
                N_("places with 科普画廊 in their name"),
            ),
        ),
    ),
    recognition=Recognition(
        words="阵地|设施|场所|场馆|基地|活动室|画廊|硬件|科普(?:馆|园|长廊|广场|小屋|角)|facilit|venue",
        hints="图书|橱窗|平台|建设|展品|器材|场地|长廊",
        amounts=(
            StatedAmount("library.books", "藏书|图书|书籍", "册", gap=12, standing=True, unless=_COMING_AND_GOING),
            StatedAmount("screens", "电子屏|显示屏|电子显示屏", "块", standing=True),
        ),
    ),
)
