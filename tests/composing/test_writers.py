"""Documents name the body that writes, and state all given figures in the opening."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.blocks import Heading, ListBlock, Paragraph
from kepu_docs.schema.levels import Level
from kepu_docs.schema.shapes import literals

PLACES = {"street": "甲街道", "district": "乙区", "city": "丙市", "province": "丁省"}
FIGURES = {"residents": 8611, "floating": 1222, "households": 3233, "area": 12.44, "grids": 855, "units": 166}


def shown(
    community: Mapping[str, Any], *sections: Mapping[str, Any], locale: str = "zh_Hans", period: Any = 2025
) -> str:
    summary = kepu_docs.load(
        {"community": dict(community), "period": period, "wording": "plain", "sections": list(sections)}
    )
    lines: list[str] = []
    for block in kepu_docs.compose(summary, locale=locale).blocks:
        match block:
            case Heading(text=text) | Paragraph(text=text):
                lines.append(text)
            case ListBlock(items=items):
                lines += [f"{item.number}{item.lead}{item.text}" for item in items]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "opening"),
    [
        ("试验社区", "试验社区位于乙区，辖区面积2平方公里，有居民30户、常住人口800人，其中流动人口90人，有驻区单位6家，划分网格5个。"),
        ("示例村", "示例村位于乙区，村域面积2平方公里，有村民30户、常住人口800人，其中流动人口90人，有驻村单位6家，划分网格5个。"),
        ("试验小学", "试验小学位于乙区，占地面积2平方公里，有居民30户、师生800人，其中非本地户籍人员90人，有驻校单位6家，划分网格5个。"),
        ("示例镇", "示例镇位于乙区，辖区面积2平方公里，有居民30户、常住人口800人，其中流动人口90人，有驻镇单位6家，划分网格5个。"),
        ("试验医院", "试验医院位于乙区，占地面积2平方公里，服务住户30户、服务人口800人，其中流动人口90人，有入驻单位6家，划分网格5个。"),
        ("试验科协", "试验科协位于乙区，服务区域面积2平方公里，服务住户30户、服务人口800人，其中流动人口90人，有入驻单位6家，划分网格5个。"),
    ],
)  # fmt: skip
def test_the_opening_fits_the_writer(name: str, opening: str) -> None:
    figures = {"residents": 800, "floating": 90, "households": 30, "area": 2, "grids": 5, "units": 6}
    assert shown({"name": name, "district": "乙区", **figures}).startswith(opening)


@given(
    level=st.sampled_from(literals(Level)),
    chosen=st.sets(st.sampled_from([*PLACES, *FIGURES])),
    locale=st.sampled_from(LOCALES),
)
def test_the_opening_tells_each_place_and_figure_once(level: str, chosen: set[str], locale: str) -> None:
    given = {name: value for name, value in {**PLACES, **FIGURES}.items() if name in chosen}
    text = shown({"name": "甲乙丙", "level": level, **given}, locale=locale).replace(",", "").replace("，", "")
    for value in given.values():
        assert text.count(str(value)) == 1, text


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("试验小学", "学校把科普工作纳入议事日程，成立科普工作领导小组，由甲某任组长。"),
        ("试验街道", "街道把科普工作纳入议事日程，成立科普工作领导小组，由甲某任组长。"),
        ("示例村", "村里把科普工作纳入议事日程，成立科普工作领导小组，由甲某任组长。"),
        ("试验医院", "医院把科普工作纳入议事日程，成立科普工作领导小组，由甲某任组长。"),
    ],
)
def test_the_writer_is_the_subject(name: str, sentence: str) -> None:
    assert sentence in shown({"name": name}, {"kind": "leadership", "in_agenda": True, "group": {"head": "甲某"}})


@pytest.mark.parametrize(
    ("period", "sentence"),
    [(2025, "全年举办科普培训3场。"), ("2025-H1", "上半年举办科普培训3场。"), ("2025-09", "9月举办科普培训3场。")],
)
def test_all_the_year_is_said_of_a_year_alone(period: Any, sentence: str) -> None:
    assert sentence in shown({"name": "试验社区"}, {"kind": "training", "sessions_total": 3}, period=period)
