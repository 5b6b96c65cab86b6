"""The writer of a summary: its level (层级), and its word for itself, both derived from the end of its name.

Divisions have the names of article 30 of the Constitution (宪法), the committees of residents and villagers those of
article 111; the other endings are those of the names of schools, associations and institutions.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple, TypeAlias

Level: TypeAlias = Literal[
    "community", "village", "school", "street", "town", "township", "district", "county", "city", "association",
    "institution",
]  # fmt: skip
"""The sort of body that a summary is about."""

_RANKS: Final[dict[Level, int]] = {"street": 1, "town": 1, "township": 1, "district": 2, "county": 2, "city": 3}


class _End(NamedTuple):
    level: Level
    noun: str


_NAMES: Final[tuple[tuple[Level, str, str], ...]] = (
    # The last group has the endings, in simplified and traditional characters and in English.
    ("community", "community", "社区 社區 小区 小區 居委会 居委會 居民委员会 居民委員會 community"),
    ("village", "village", "村 村委会 村委會 村民委员会 村民委員會 village"),
    ("school", "kindergarten", "幼儿园 幼兒園 kindergarten"),
    ("school", "university", "大学 大學 university"),
    ("school", "college", "学院 學院 college"),
    ("school", "school", "小学 小學 中学 中學 学校 學校 一中 二中 三中 附中 附小 校区 校區 school academy"),
    ("street", "street", "街道 街道办 街道辦 街道办事处 街道辦事處 街办 subdistrict"),
    ("town", "town", "镇 鎮 镇政府 镇人民政府 鎮人民政府 town"),
    ("township", "township", "乡 鄉 苏木 乡政府 乡人民政府 鄉人民政府 township"),
    ("district", "district", "区 區 区政府 区人民政府 區人民政府 district"),
    ("county", "county", "县 縣 旗 县政府 县人民政府 縣人民政府 county"),
    ("city", "city", "市 自治州 市政府 市人民政府 city"),
    ("association", "science association", "科协 科協 科学技术协会 科學技術協會"),
    ("association", "society", "学会 學會 研究会 研究會 society"),
    ("association", "association", "协会 協會 联合会 聯合會 促进会 促進會 association"),
    ("institution", "hospital", "医院 醫院 hospital"),
    ("institution", "township hospital", "卫生院 衛生院"),
    ("institution", "health centre", "卫生服务中心 衛生服務中心 社康中心"),
    ("institution", "health station", "卫生服务站 衛生服務站"),
    ("institution", "centre", "中心 centre center"),
    ("institution", "science museum", "科技馆 科技館 科学馆 科學館"),
    ("institution", "museum", "博物馆 博物館 纪念馆 紀念館 展览馆 展覽館 museum"),
    ("institution", "library", "图书馆 圖書館 library"),
    ("institution", "base", "基地 base"),
    ("institution", "company", "公司 集团 集團 企业 企業 厂 廠 company ltd"),
    ("institution", "institute", "研究所 研究院 institute"),
    ("institution", "cooperative", "合作社 cooperative"),
    ("institution", "institution", (
        "院 馆 館 所 站 局 大队 大隊 农场 農場 超市 景区 景區 园区 園區 院区 院區 公园 公園 "
        "植物园 植物園 动物园 動物園 科技园 科技園 产业园 產業園 station"
    )),
)  # fmt: skip
"""Endings of names; if several match, the longest is used."""


def _ends(names: Iterable[tuple[Level, str, str]]) -> Iterator[tuple[str, _End]]:
    for level, noun, ends in names:
        yield from ((end, _End(level, noun)) for end in ends.split())


_ENDS: Final = dict(_ends(_NAMES))
_LENGTHS: Final = sorted({len(end) for end in _ENDS}, reverse=True)
_NAMES_KEPT: Final = 1024
"""The number of cached names. Each is looked up when its record is read, and when it is composed."""
_BRACKETS: Final = {"）": "（", ")": "("}


def level_of(name: str) -> Level:
    """Return the level of a body from the end of its name; a community if that does not show it."""
    found = _end_of(name)
    return found.level if found else "community"


def level_by_name(name: str) -> Level | None:
    """Return the level of a body from the end of its name; ``None`` if that does not show it."""
    found = _end_of(name)
    return found.level if found else None


def noun_of(name: str, level: Level) -> str:
    """Return the English noun for a body of a level: ``hospital`` if its name shows that, else its level."""
    found = _end_of(name)
    return found.noun if found and found.level == level else level


def rank(level: Level) -> int:
    """Return the rank of a level among divisions: 1 for a street office or township, 0 for other bodies."""
    return _RANKS.get(level, 0)


@lru_cache(_NAMES_KEPT)
def _end_of(name: str) -> _End | None:
    name = name.rstrip()
    opening = _BRACKETS.get(name[-1:])
    if opening and opening in name[1:]:
        name = name[: name.rindex(opening)].rstrip()  # 试验小学（东校区）
    for length in _LENGTHS:
        found = _ENDS.get(name[-length:].lower())
        if found and not (name[-1].isascii() and name[-length - 1 : -length].isalpha()):
            return found
    return None
