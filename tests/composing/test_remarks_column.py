"""Tables whose last column holds what the others have no room for."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples

import kepu_docs
from kepu_docs.blocks import Align, Column, Table
from kepu_docs.composing.remarks_column import Stack, parted
from kepu_docs.typography.columns import width


def table(*activities: dict[str, Any], locale: str = "zh_Hans") -> Table:
    section = {"kind": "activities", "activities": [{"category": "展览", **each} for each in activities]}
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [section]}
    blocks = kepu_docs.compose(kepu_docs.load(record), locale=locale).blocks
    (found,) = [block for block in blocks if isinstance(block, Table)]
    return found


def held(count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"name": f"展览{number}", "held_on": f"2025-03-0{number}", "attendance": 100 + number, **more}
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    ("locale", "head", "told"),
    [
        ("zh_Hans", "备注", "主办单位：区科协；奖项：一等奖"),
        ("zh_Hant", "備註", "主辦單位：区科协；獎項：一等奖"),
        ("en", "Remarks", "Organiser: 区科协; Award: 一等奖"),
    ],
)
def test_what_few_rows_have_is_told_as_a_remark(locale: str, head: str, told: str) -> None:
    activities = held(7)
    activities[2] |= {"organiser": "区科协", "award": "一等奖。"}
    made = table(*activities, locale=locale)
    assert made.columns[-1] == Column(head)
    assert [row[-1] for row in made.rows] == ["", "", told, "", "", "", ""]
    assert len(made.columns) == 4


def test_what_many_rows_have_stays() -> None:
    activities = held(6)
    for activity in activities[:2]:
        activity["award"] = "一等奖"
    made = table(*activities)
    assert [column.title for column in made.columns] == ["时间", "名称", "参加人次", "奖项"]


def test_a_table_with_many_columns_fits_a_page() -> None:
    texts = {
        "主题": "健康生活每一天",
        "地点": "社区文化活动中心",
        "对象": "老年人和青少年",
        "主办单位": "区科学技术协会",
    }
    figures = {"参加人次": "101人次", "发放资料": "1500份", "展板": "20块"}
    stacks = [
        Stack(Column("时间", "center"), ["3月1日"] * 5),
        Stack(Column("名称"), [f"防灾减灾展览{number}" for number in range(5)]),
        *(Stack(Column(title), [text] * 5) for title, text in texts.items()),
        *(Stack(Column(title, "right"), [text] * 5) for title, text in figures.items()),
    ]
    kept, told = parted(stacks)
    titles = [stack.column.title for stack in kept]
    assert titles[:2] == ["时间", "名称"]
    assert {"参加人次", "发放资料"} <= set(titles)
    assert set(texts) <= {stack.column.title for stack in told}
    assert sum(max(width(cell) for cell in (stack.column.title, *stack.shown)) for stack in kept) <= 60


def test_what_names_the_rows_stays_behind_their_category() -> None:
    """Also where there is no room for what follows."""
    stacks = [
        Stack(Column("类别"), ["参观走访"] * 5),
        Stack(Column("时间", "center"), ["11月28日"] * 5),
        Stack(Column("名称"), ["青少年科技创新作品展", "垃圾分类图片展", "航天展", "健康展", "生态展"]),
        Stack(Column("地点"), ["新时代文明实践站"] * 5),
        Stack(Column("主办单位"), ["社区卫生服务中心"] * 5),
        Stack(Column("合作单位"), ["社区卫生服务中心"] * 5),
        Stack(Column("参加人次", "right"), ["近300人次"] * 5),
    ]
    kept, told = parted(stacks)
    assert {"类别", "时间", "名称", "参加人次"} <= {stack.column.title for stack in kept}
    assert told


def test_a_figure_that_names_its_field_needs_no_name() -> None:
    sessions: list[dict[str, Any]] = [
        {"topic": f"课{number}", "held_on": f"2025-03-0{number}", "trainer": "甲"} for number in range(1, 6)
    ]
    sessions[1]["hours"] = 6
    record = {
        "community": {"name": "试验社区"},
        "period": 2025,
        "sections": [{"kind": "training", "sessions": sessions}],
    }
    (found,) = [block for block in kepu_docs.compose(kepu_docs.load(record)).blocks if isinstance(block, Table)]
    assert [row[-1] for row in found.rows] == ["", "6学时", "", "", ""]


CELLS = st.one_of(
    st.just(""), st.text("科学普及工作", min_size=1, max_size=12), st.from_regex("[a-z]{1,12}", fullmatch=True)
)
ALIGNS: st.SearchStrategy[Align] = st.sampled_from(("left", "left", "center", "right"))


@st.composite
def stacks(draw: st.DrawFn) -> list[Stack]:
    rows = draw(st.integers(1, 9))
    made = []
    for place in range(draw(st.integers(1, 15))):
        shown = draw(st.lists(CELLS, min_size=rows, max_size=rows).filter(any))
        made.append(Stack(Column(f"栏{place}", draw(ALIGNS)), shown))
    return made


@settings(max_examples=examples(400))
@given(stacks())
def test_each_column_stays_or_is_told(given_stacks: list[Stack]) -> None:
    kept, told = parted(given_stacks)
    assert sorted([*kept, *told], key=given_stacks.index) == given_stacks
    assert kept == [stack for stack in given_stacks if stack in kept]
    assert kept[0] is given_stacks[0]
    rows = len(given_stacks[0].shown)
    for stack in told:
        assert stack.column.align != "center"
    figures = [stack for stack in given_stacks if stack.column.align == "right"]
    assert not figures or any(stack in kept for stack in figures)
    texts = [stack for stack in given_stacks if stack.column.align == "left"]
    whole = [stack for stack in texts if stack.filled + 1 >= rows]
    names = [stack for stack in whole if len(set(stack.shown)) == rows]
    staying = [given_stacks[0], *(names[:1] or whole[:2] or texts[:1])]
    assert all(stack in kept for stack in staying)
    for stack in kept:
        # Nearly empty columns are those that may not go.
        if rows >= 4 and 4 * stack.filled <= rows and stack.column.align == "left":
            assert stack in staying


@settings(max_examples=examples(100), deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                name: st.integers(0, 2)
                for name in ("theme", "place", "organiser", "award", "occasion", "boards", "materials", "attendance")
            },
        ),
        min_size=3,
        max_size=8,
    )
)
def test_each_value_is_told_once(given_values: list[dict[str, int]]) -> None:
    figures = ("boards", "materials", "attendance")
    activities: list[dict[str, Any]] = []
    expected: list[set[str]] = []
    for number, each in enumerate(given_values, start=1):
        # No value is like another.
        own: dict[str, Any] = {
            name: 1000 * number + 10 * place
            if name in figures
            else f"值{chr(0x4E00 + 100 * number + place)}{'长' * 4 * size}"
            for place, (name, size) in enumerate(each.items(), start=1)
        }
        activities.append({"name": f"活动{number}", **own})
        expected.append({str(value) for value in own.values()})
    document = kepu_docs.compose(
        kepu_docs.load(
            {
                "community": {"name": "试验社区"},
                "period": 2025,
                "sections": [
                    {"kind": "activities", "activities": [{"category": "展览", **each} for each in activities]}
                ],
            }
        )
    )
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                (number,) = [int(cell.removeprefix("活动")) for cell in row if re.fullmatch("活动[0-9]", cell)]
                text = "\n".join(row).replace(",", "")
                assert all(text.count(value) == 1 for value in expected[number - 1])
            assert sum(min(max(width(row[place]) for row in block.rows), 8) for place in range(len(block.columns))) < 80
