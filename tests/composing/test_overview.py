"""The overview after the opening: totals, highlights and changes of the period, and headings that state them."""

from pathlib import Path
from typing import Any

import pytest

import kepu_docs
from kepu_docs.blocks import Heading, ListBlock, Paragraph, Table

ACTIVITIES: dict[str, Any] = {
    "kind": "activities",
    "activities": [
        {"name": "甲展", "held_on": "2025-05-06", "attendance": 120},
        {"name": "乙课", "held_on": "2025-06-07", "attendance": 80},
        {"name": "首届丙节", "held_on": "2025-09-08", "attendance": 100},
    ],
}
TRAINING: dict[str, Any] = {"kind": "training", "sessions_total": 4, "attendance_total": 60}
FUNDING: dict[str, Any] = {"kind": "funding", "total": 12000}
TEAM: dict[str, Any] = {"kind": "team", "volunteers": 25}
OUTCOMES: dict[str, Any] = {"kind": "outcomes", "awards": [{"name": "科普示范社区", "level": "市级", "year": 2025}]}
FACILITIES: dict[str, Any] = {"kind": "facilities", "added": ["科普角"]}
SECTIONS = [TEAM, TRAINING, ACTIVITIES, FUNDING]


def composed(sections: list[dict[str, Any]], locale: str = "zh_Hans", **more: Any) -> kepu_docs.Document:
    record = {
        "community": {"name": "试验社区"},
        "period": 2025,
        "wording": "plain",
        "opening": ["开头。"],
        "sections": sections,
        **more,
    }
    return kepu_docs.compose(kepu_docs.load(record), locale=locale)


def overview(*sections: dict[str, Any], **more: Any) -> list[str]:
    """Return what stands between the opening and the first heading."""
    found: list[str] = []
    for block in composed([*sections], **more).blocks:
        match block:
            case Heading():
                return found[1:]
            case Paragraph(text=text):
                found.append(text)
            case ListBlock(items=items):
                found += [item.text for item in items]
            case Table(caption=caption):
                found.append(caption)
    return found[1:]


def headings(*sections: dict[str, Any], **more: Any) -> list[str]:
    return [block.text for block in composed([*sections], **more).blocks if isinstance(block, Heading)]


def test_totals_stand_in_two_sentences() -> None:
    assert overview(*SECTIONS, FACILITIES)[0] == (
        "2025年，社区有科普志愿者25人；举办科普培训4场，培训60人次；开展科普活动3场，居民300人次参加。"
        "此外，投入科普经费1.2万元。"
    )


def test_of_few_totals_there_is_no_overview() -> None:
    assert overview(TRAINING, ACTIVITIES) == []
    assert overview(TRAINING, ACTIVITIES, FUNDING) != []


def test_a_record_may_do_without() -> None:
    assert overview(*SECTIONS, overview=False) == []


def test_an_opening_as_it_was_written_stays_alone() -> None:
    assert overview(*SECTIONS, written=["原文。"]) == []


def test_a_section_as_it_was_written_adds_nothing() -> None:
    assert overview(TEAM, TRAINING, {**FUNDING, "written": ["原文。"]}) == []


def test_what_stands_out_is_chosen_by_a_rule() -> None:
    found = overview(*SECTIONS, OUTCOMES, FACILITIES)[1:]
    assert found == [
        "主要亮点如下：",
        "获市级“科普示范社区”称号。",
        "举办首届丙节，100人次参加。",
        "完成科普角的建设改造。",
        "甲展有120人次参加，为各项活动中最多。",
    ]


def test_the_writers_own_highlights_take_their_place() -> None:
    found = overview(TRAINING, OUTCOMES, highlights=["办成一件难事"])
    assert found == ["主要亮点：办成一件难事。"]
    assert overview(*SECTIONS, OUTCOMES, highlights=["甲", "乙。"])[1:] == ["主要亮点如下：", "甲。", "乙。"]


@pytest.mark.parametrize(
    "changed",
    [
        {"activities": ACTIVITIES["activities"][:2]},
        {"times_total": 12},
        {"activities": [*ACTIVITIES["activities"], {"name": "丁会"}]},
        {"activities": [*ACTIVITIES["activities"], {"name": "丁会", "attendance": 120}]},
        {"activities": [*ACTIVITIES["activities"], {"name": "丁会", "attendance": "90以上"}]},
        {"activities": [*ACTIVITIES["activities"], {"name": "丁会", "attendance": "近110"}]},
    ],
    ids=["two", "more were held", "one is not known", "two are equal", "at least", "about"],
)
def test_nothing_is_the_largest_unless_it_surely_is(changed: dict[str, Any]) -> None:
    found = overview(TEAM, TRAINING, {**ACTIVITIES, **changed}, FUNDING)
    assert not any("最多" in text for text in found)


def test_an_award_of_another_year_does_not_stand_out() -> None:
    earlier = {"kind": "outcomes", "awards": [{"name": "科普示范社区", "year": 2019}]}
    assert not any("称号" in text for text in overview(*SECTIONS, earlier))


def test_headings_are_messages_of_what_the_facts_bear() -> None:
    leadership = {"kind": "leadership", "group": {"head": "甲某"}, "meetings": 4}
    plan = {"kind": "next_year_plan", "goals": ["示范社区"]}
    assert headings(leadership, TRAINING, plan, headings="message") == [
        "健全组织网络，落实工作责任", "抓好科普培训，普及科学知识", "下一步工作计划",
    ]  # fmt: skip
    assert headings(leadership, TRAINING, plan) == ["组织领导", "科普培训", "下一步工作计划"]


def test_headings_of_a_document_have_as_many_clauses(tmp_path: Path) -> None:
    (tmp_path / "zh_Hans" / "headings").mkdir(parents=True)
    (tmp_path / "zh_Hans" / "headings" / "training.jinja").write_text("办好培训", encoding="utf-8")
    group = {"kind": "leadership", "association": "科协小组"}
    record = {"community": {"name": "试验社区"}, "period": 2025, "headings": "message", "sections": [group, TRAINING]}
    assert headings(group, TRAINING, headings="message") == ["健全组织网络，推动科普工作", "抓好科普培训，普及科学知识"]
    found = kepu_docs.compose(kepu_docs.load(record), templates=tmp_path).blocks
    assert [block.text for block in found if isinstance(block, Heading)] == ["健全组织网络", "办好培训"]
    record["sections"] = [group, {**TRAINING, "heading": "学习"}]
    found = kepu_docs.compose(kepu_docs.load(record), templates=tmp_path).blocks
    assert [block.text for block in found if isinstance(block, Heading)] == ["健全组织网络，推动科普工作", "学习"]


def test_the_writers_own_heading_stays() -> None:
    assert headings({**TRAINING, "heading": "培训"}, headings="message") == ["培训"]


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ({"funds": 10000}, "科普经费增加2000元，增长20%"),
        ({"funds": 15000}, "科普经费减少3000元，下降20%"),
        ({"funds": 12000}, "科普经费持平"),
        ({"funds": "近1.2万"}, "科普经费大体相当"),
        ({"volunteers": 25, "trainings": 4}, "科普志愿者、科普培训场次持平"),
    ],
)
def test_changes_since_the_earlier_year(before: dict[str, Any], sentence: str) -> None:
    (text,) = overview(*SECTIONS, OUTCOMES, earlier={"period": 2024, **before})[:1]
    assert text.endswith(f"与2024年相比，{sentence}。")


def test_nothing_and_something_have_no_percentage() -> None:
    (text,) = overview(TRAINING, earlier={"period": 2024, "trainings": 0, "trained": 0})
    assert text == "2024年没有、2025年新增的有：科普培训4场、培训60人次。"
    none = {"kind": "training", "sessions_total": 0, "narrative": ["未开展。"]}
    (text,) = overview(none, earlier={"period": 2024, "trainings": 5})
    assert text == "2024年有科普培训5场，2025年没有。"


def test_what_is_not_comparable_is_not_compared() -> None:
    assert overview(TRAINING, earlier={"period": 2024, "trainings": "5以上", "funds": 3}) == []
    unknown = {"kind": "training", "sessions": [{"topic": "甲", "attendance": 20}, {"topic": "乙"}]}
    assert not any("培训人次" in text for text in overview(unknown, earlier={"period": 2024, "trained": 30}))


def test_the_figures_of_both_years_in_a_table() -> None:
    (table,) = (
        block
        for block in composed([TRAINING], earlier={"period": 2024, "trainings": 5, "trained": 60, "table": True}).blocks
        if isinstance(block, Table)
    )
    assert table.caption == "主要数据与2024年对比"
    assert [cell for row in table.rows for cell in row][1:5] == ["5场", "4场", "-1场", "-20%"]


@pytest.mark.parametrize(
    "changed",
    [
        {"attendance_total": 9000},
        {"frequency": {"times": 2, "months": 1}},
        {"times_total": "3余"},
        {"times_total": "3以上"},
        {"times_total": "约3"},
        {"categories": [{"name": "讲座", "times": 5, "attendance": 7000}]},
        {"activities": [*ACTIVITIES["activities"], {"name": "丁会", "held_on": "2025-10", "attendance": "90户"}]},
    ],
    ids=["more came", "more often", "over", "at least", "about", "more of a category", "another unit"],
)
def test_nothing_is_the_largest_where_more_may_have_been_held(changed: dict[str, Any]) -> None:
    assert not any("最多" in text for text in overview(TEAM, TRAINING, {**ACTIVITIES, **changed}, FUNDING, OUTCOMES))


def test_nothing_is_the_largest_of_one_section_of_several() -> None:
    other = {"kind": "activities", "activities": [{"name": "大集", "attendance": 5000}]}
    found = overview(TEAM, TRAINING, FUNDING, ACTIVITIES, other)
    assert not any("最多" in text or "大集" in text for text in found)


def test_what_was_held_in_another_time_is_no_first() -> None:
    old = {"kind": "activities", "activities": [{"name": "首届戊会", "held_on": 2023, "attendance": 900}]}
    assert not any("首届戊会" in text for text in overview(TEAM, TRAINING, FUNDING, old))


def test_a_kind_in_several_sections_has_no_totals() -> None:
    found = overview(TEAM, TRAINING, FUNDING, OUTCOMES, ACTIVITIES, ACTIVITIES)
    assert "科普活动" not in found[0]
    assert overview(TEAM, TEAM, TEAM) == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_section_as_it_was_written_hides_no_highlight_of_another(turned: bool) -> None:
    two = [ACTIVITIES, {"kind": "activities", "written": ["原文。"]}]
    found = overview(TEAM, TRAINING, FUNDING, *(reversed(two) if turned else two))
    assert any("首届丙节" in text for text in found)


def test_an_award_in_quotation_marks_has_them_once() -> None:
    outcomes = {"kind": "outcomes", "awards": [{"name": "“优秀奖”", "level": "市级", "year": 2025}]}
    assert "主要亮点：获得市级“优秀奖”。" in overview(TEAM, TRAINING, FUNDING, outcomes)
