"""The items of the national survey of science popularisation (全国科普统计调查), as far as records bear them.

Its classes are staff, places, funds, media and activities; the items are those that the published reports name, with
the codes of its forms where these are public. Figures are whole numbers of a year; what is 0, or rounds to 0, is “0”,
and what does not apply is “-”. What records do not say is left blank: only the body itself can tell 0 from “-”.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kepu_docs.errors import N_

Of = Callable[[str], bool]


def _all(of: str) -> bool:
    return True


def _with(*words: str) -> Of:
    """Tell names that have one of some words in them."""
    return lambda of: any(word in of for word in words)


@dataclass(frozen=True, slots=True)
class Item:
    """An item: class, code, name and unit, and the figures that it is the sum of; ``basis`` says which these are."""

    group: str
    name: str
    unit: str
    code: str = ""
    figures: tuple[str, ...] = ()
    of: Of = _all
    basis: str = ""


_STAFF: Final = N_("Staff")
_PLACES: Final = N_("Places")
_FUNDS: Final = N_("Funds")
_MEDIA: Final = N_("Media")
_ACTIVITIES: Final = N_("Activities")

_LECTURES: Final = N_("activities of categories whose name has 讲座 in it")
_EXHIBITIONS: Final = N_("activities of categories whose name has 展 in it")
_CONTESTS: Final = N_("activities of categories whose name has 竞赛 in it")

ITEMS: Final = (
    Item(_STAFF, N_("Full-time staff"), "人", "KR100", ("team.full_time",)),
    Item(_STAFF, N_("Full-time staff with a middle title or a degree"), "人"),
    Item(_STAFF, N_("Full-time managers"), "人", "KR110"),
    Item(_STAFF, N_("Full-time creators of contents"), "人"),
    Item(_STAFF, N_("Full-time guides and lecturers"), "人"),
    Item(_STAFF, N_("Part-time staff"), "人", "KR200", ("team.part_time",)),
    Item(
        _STAFF,
        N_("Work put in over the year"),
        "人月",
        "KR140+KR230",
        ("team.person_months",),
        basis=N_("records do not tell full-time staff from part-time staff here"),
    ),
    Item(_STAFF, N_("Registered volunteers"), "人", "", ("team.registered_volunteers",)),
    Item(_PLACES, N_("Science and technology halls"), "个"),
    Item(_PLACES, N_("Museums of science and technology"), "个"),
    Item(_PLACES, N_("Area of exhibition halls"), "平方米"),
    Item(
        _PLACES,
        N_("Rooms for science activities in urban communities"),
        "个",
        "",
        ("facilities.venues.number",),
        _with("科普活动室", "科普活動室", "科技活动室", "科技活動室"),
        N_("places whose name has 科普活动室 or 科技活动室 in it"),
    ),
    Item(
        _PLACES,
        N_("Science galleries"),
        "个",
        "",
        ("facilities.venues.number",),
        _with("科普画廊", "科普畫廊"),
        N_("places whose name has 科普画廊 in it"),
    ),
    Item(_PLACES, N_("Places for science activities in the country"), "个"),
    Item(_FUNDS, N_("Funds raised over the year"), "元", "KJ100", ("funding.total",)),
    Item(
        _FUNDS,
        N_("Government appropriations"),
        "元",
        "KJ120",
        ("funding.sources.amount",),
        _with("财政", "財政", "拨款", "撥款"),
        N_("sources whose name has 财政 or 拨款 in it"),
    ),
    Item(_FUNDS, N_("Special funds among these"), "元", "KJ121"),
    Item(
        _FUNDS,
        N_("Donations"),
        "元",
        "KJ130",
        ("funding.sources.amount",),
        _with("捐赠", "捐贈"),
        N_("sources whose name has 捐赠 in it"),
    ),
    Item(_FUNDS, N_("Funds spent over the year"), "元", "", ("funding.uses.amount",)),
    Item(_FUNDS, N_("Spent on activities"), "元"),
    Item(_FUNDS, N_("Spent on building places"), "元"),
    Item(_FUNDS, N_("Spent on exhibits and facilities"), "元"),
    Item(_MEDIA, N_("Leaflets and other materials handed out"), "份", "", ("publicity.leaflets",)),
    Item(_MEDIA, N_("Articles in online channels"), "篇", "", ("publicity.articles",)),
    Item(_MEDIA, N_("Reads of these"), "次", "", ("publicity.reads",)),
    Item(_MEDIA, N_("Science books published"), "种"),
    Item(_MEDIA, N_("Broadcasting time of science programmes"), "小时"),
    Item(
        _ACTIVITIES,
        N_("Lectures"),
        "场",
        "",
        ("activities.categories.times",),
        _with("讲座", "講座"),
        _LECTURES,
    ),
    Item(
        _ACTIVITIES,
        N_("Attendances at lectures"),
        "人次",
        "",
        ("activities.categories.attendance",),
        _with("讲座", "講座"),
        _LECTURES,
    ),
    Item(_ACTIVITIES, N_("Exhibitions"), "场", "", ("activities.categories.times",), _with("展"), _EXHIBITIONS),
    Item(
        _ACTIVITIES,
        N_("Attendances at exhibitions"),
        "人次",
        "",
        ("activities.categories.attendance",),
        _with("展"),
        _EXHIBITIONS,
    ),
    Item(_ACTIVITIES, N_("Contests"), "场", "", ("activities.categories.times",), _with("竞赛", "競賽"), _CONTESTS),
    Item(
        _ACTIVITIES,
        N_("Attendances at contests"),
        "人次",
        "",
        ("activities.categories.attendance",),
        _with("竞赛", "競賽"),
        _CONTESTS,
    ),
    Item(_ACTIVITIES, N_("Online views"), "人次", "", ("activities.online_views_total",)),
    Item(_ACTIVITIES, N_("Science and technology week: activities"), "场"),
    Item(_ACTIVITIES, N_("Training in practical techniques"), "场"),
)
"""The items, in the survey's order."""

NOTES: Final = (
    N_("The year is from 1 January to 31 December; places are counted as on 31 December, 24:00."),
    N_("Figures are whole numbers; what rounds to nothing is 0."),
    N_(
        "A blank is what the records do not say. Fill in the figure, 0 where there was none, - where it does not apply."
    ),
)
