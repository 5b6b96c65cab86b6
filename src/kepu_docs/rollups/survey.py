"""The items of the national survey of science popularisation (全国科普统计调查), as far as records can answer them.

Its classes are staff, places, funds, media and activities; the items are those that the published reports name, with
the codes of its forms if these are public. Figures are whole numbers for a year; a figure that is 0, or rounds to 0, is
“0”, and an item that does not apply is “-”. Items that records do not answer are left blank: only the body itself can
distinguish 0 from “-”.

The figures that answer an item are listed in the rollup rule of their section kind.
"""

from typing import Final, NamedTuple

from kepu_docs.errors import N_


class Item(NamedTuple):
    """An item: class, name, unit and code."""

    group: str
    name: str
    unit: str
    code: str = ""


_STAFF: Final = N_("Staff")
_PLACES: Final = N_("Places")
_FUNDS: Final = N_("Funds")
_MEDIA: Final = N_("Media")
_ACTIVITIES: Final = N_("Activities")

ITEMS: Final = (
    Item(_STAFF, N_("Full-time staff"), "人", "KR100"),
    Item(_STAFF, N_("Full-time staff with a middle title or a degree"), "人"),
    Item(_STAFF, N_("Full-time managers"), "人", "KR110"),
    Item(_STAFF, N_("Full-time creators of contents"), "人"),
    Item(_STAFF, N_("Full-time guides and lecturers"), "人"),
    Item(_STAFF, N_("Part-time staff"), "人", "KR200"),
    Item(_STAFF, N_("Work done in the year"), "人月", "KR140+KR230"),
    Item(_STAFF, N_("Registered volunteers"), "人"),
    Item(_PLACES, N_("Science and technology halls"), "个"),
    Item(_PLACES, N_("Museums of science and technology"), "个"),
    Item(_PLACES, N_("Area of exhibition halls"), "平方米"),
    Item(_PLACES, N_("Rooms for science activities in urban communities"), "个"),
    Item(_PLACES, N_("Science galleries"), "个"),
    Item(_PLACES, N_("Places for science activities in the country"), "个"),
    Item(_FUNDS, N_("Funds raised over the year"), "元", "KJ100"),
    Item(_FUNDS, N_("Government appropriations"), "元", "KJ120"),
    Item(_FUNDS, N_("Special funds among these"), "元", "KJ121"),
    Item(_FUNDS, N_("Donations"), "元", "KJ130"),
    Item(_FUNDS, N_("Funds spent over the year"), "元"),
    Item(_FUNDS, N_("Spent on activities"), "元"),
    Item(_FUNDS, N_("Spent on building places"), "元"),
    Item(_FUNDS, N_("Spent on exhibits and facilities"), "元"),
    Item(_MEDIA, N_("Leaflets and other materials distributed"), "份"),
    Item(_MEDIA, N_("Articles in online channels"), "篇"),
    Item(_MEDIA, N_("Times these were read"), "次"),
    Item(_MEDIA, N_("Science books published"), "种"),
    Item(_MEDIA, N_("Broadcasting time of science programmes"), "小时"),
    Item(_ACTIVITIES, N_("Lectures"), "场"),
    Item(_ACTIVITIES, N_("Attendances at lectures"), "人次"),
    Item(_ACTIVITIES, N_("Exhibitions"), "场"),
    Item(_ACTIVITIES, N_("Attendances at exhibitions"), "人次"),
    Item(_ACTIVITIES, N_("Contests"), "场"),
    Item(_ACTIVITIES, N_("Attendances at contests"), "人次"),
    Item(_ACTIVITIES, N_("Online views"), "人次"),
    Item(_ACTIVITIES, N_("Science and technology week: activities"), "场"),
    Item(_ACTIVITIES, N_("Training in practical techniques"), "场"),
)
"""The items, in the survey's order."""

NOTES: Final = (
    N_("The year is from 1 January to 31 December; places are counted on 31 December at 24:00."),
    N_("Enter whole numbers; a figure that rounds to nothing is 0."),
    N_(
        "Blank means that the records do not give this figure. Fill in the figure, 0 if there was "
        "none, - if it does not apply."
    ),
)
