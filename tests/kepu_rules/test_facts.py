"""Rules about the facts of a record: figures, times, plans, what is missing."""

from typing import Any, Final

import pytest
from tests.kepu_rules.subjects import SIGNED, findings, prose, summary, words

from kepu_docs.contract.checks import WrittenHeading


def activities(**fields: Any) -> dict[str, Any]:
    return {"kind": "activities", **fields}


def test_a_total_less_than_its_parts() -> None:
    held = [{"name": "讲座", "attendance": 120}, {"name": "展览", "attendance": 80}]
    assert findings(summary(activities(attendance_total=150, activities=held)), "total")
    # More may have been held than is listed.
    assert not findings(summary(activities(attendance_total=500, activities=held)), "total")


@pytest.mark.parametrize("whole", ["300余", "约300", "近320", "312", "300以上", "近350"])
def test_what_is_not_exact_may_be_the_same(whole: str) -> None:
    held = [{"name": "讲座", "attendance": 200}, {"name": "展览", "attendance": 112}]
    assert not findings(summary(activities(attendance_total=whole, activities=held)), "total")


@pytest.mark.parametrize("whole", ["200余", "约200", "近300", "300"])
def test_what_is_not_exact_may_be_too_little(whole: str) -> None:
    held = [{"name": "讲座", "attendance": 300}, {"name": "展览", "attendance": 112}]
    assert findings(summary(activities(attendance_total=whole, activities=held)), "total")


def test_sessions_and_money() -> None:
    sessions = [{"topic": "应急救护"}, {"topic": "识别网络谣言"}]
    assert findings(summary({"kind": "training", "sessions_total": 1, "sessions": sessions}), "total")
    assert not findings(summary({"kind": "training", "sessions_total": 2, "sessions": sessions}), "total")
    money = {"kind": "funding", "sources": [{"name": "区财政", "amount": 8000}]}
    assert findings(summary({**money, "uses": [{"purpose": "展板", "amount": 9000}]}), "total")
    assert not findings(summary({**money, "uses": [{"purpose": "展板", "amount": 8000}]}), "total")
    assert findings(summary({**money, "total": 5000}), "total")


WHOLES: Final = (
    ({"kind": "team", "volunteers": 20, "registered_volunteers": 30}, True),
    ({"kind": "team", "volunteers": 30, "registered_volunteers": 30}, False),
    ({"kind": "team", "volunteers": "20余", "registered_volunteers": 22}, False),
    ({"kind": "facilities", "library": {"books": 100, "new_books": 200}}, True),
    ({"kind": "facilities", "venues": [{"name": "活动室", "number": 2, "makeup": ["甲室", "乙室", "丙室"]}]}, True),
    ({"kind": "facilities", "venues": [{"name": "活动室", "number": 3, "makeup": ["甲室", "乙室"]}]}, False),
)


@pytest.mark.parametrize(("section", "wrong"), WHOLES)
def test_a_part_larger_than_the_whole(section: dict[str, Any], wrong: bool) -> None:
    assert bool(findings(summary(section), "part-of-whole")) is wrong


def test_a_part_larger_than_the_community() -> None:
    community = {"name": "试验社区", "residents": 100, "floating": 200, "households": 300}
    reached = {"kind": "outcomes", "households_reached": 400}
    assert len(findings(summary(reached, community=community), "part-of-whole")) == 3


def test_fewer_attendances_than_times() -> None:
    held = {"name": "讲座", "times": 12, "attendance": 6}
    assert findings(summary(activities(activities=[held])), "attendance")
    assert not findings(summary(activities(activities=[{**held, "attendance": "近20"}])), "attendance")


def test_units() -> None:
    assert findings(summary(activities(attendance_total="300人")), "unit") == [("unit", "", "人次")]
    assert findings(summary({"kind": "team", "volunteers": "25人次"}), "unit") == [("unit", "", "人")]
    assert not findings(summary({"kind": "team", "volunteers": "25名"}, activities(attendance_total="300人次")), "unit")


FACTS: Final = {
    "activities": activities(times_total=12, attendance_total=600),
    "team": {"kind": "team", "volunteers": 25},
    "facilities": {"kind": "facilities", "library": {"books": "近1万"}},
    "publicity": {"kind": "publicity", "leaflets": "3000余"},
}
SAID: Final = (
    ("全年共举办科普活动10场。", True),
    ("全年共举办科普活动12场。", False),
    ("全年举办各类科普活动10余场。", False),
    ("全年共举办科普活动不少于5场。", False),
    ("全年共举办科普活动10场以上。", False),
    ("全年共举办科普活动10场左右。", True),
    ("全年共举办科普活动20场以上。", True),
    ("上半年举办科普活动5场。", False),
    ("围绕防灾举办科普活动3场。", False),
    ("辖区常住人口9000人。", True),
    ("辖区常住人口约8600人。", False),
    ("社区共有居民3000户。", True),
    ("现有科普志愿者40名。", True),
    ("现有科普志愿者20余名。", False),
    ("新增科普志愿者5名。", False),
    ("图书室藏书2万册。", True),
    ("图书室藏书9800册。", False),
    ("全年发放宣传资料5000份。", True),
    ("全年发放宣传资料3200份。", False),
    ("活动现场发放宣传资料500份。", False),
)


@pytest.mark.parametrize(("sentence", "wrong"), SAID)
def test_words_that_the_facts_contradict(sentence: str, wrong: bool) -> None:
    community = {"name": "试验社区", "residents": 8600, "households": 2800}
    record = summary(*FACTS.values(), opening=sentence, community=community)
    assert bool(findings(record, "contradiction")) is wrong


def test_money_for_each_resident() -> None:
    community = {"name": "试验社区", "residents": 8000}
    money = {"kind": "funding", "total": 32000, "narrative": "人均科普经费2元。"}
    assert words(findings(summary(money, community=community), "per-head")) == ["人均科普经费2元"]
    assert not findings(summary({**money, "narrative": "人均科普经费4元。"}, community=community), "per-head")


def test_the_same_figure_twice() -> None:
    assert words(findings(prose("全年发放科普手册300份。", "全年发放科普手册500份。"), "figure-twice")) == [
        "全年发放科普手册500份"
    ]
    assert not findings(prose("全年发放科普手册300余份。", "全年发放科普手册312份。"), "figure-twice")


def test_outside_the_period() -> None:
    held = [{"name": "讲座", "held_on": "2024-03"}, {"name": "展览", "held_on": "2025-09"}]
    record = summary(activities(activities=held), {"kind": "outcomes", "awards": [{"name": "先进社区", "year": 2026}]})
    assert len(findings(record, "outside-period")) == 2
    crossing = [{"name": "展览", "held_on": {"start": "2024-12-30", "end": "2025-01-05"}}]
    assert not findings(summary(activities(activities=crossing)), "outside-period")


@pytest.mark.parametrize(
    ("title", "right"),
    [("试验社区2024年科普工作总结", "2025"), ("试验社区2025年科普工作总结", None), ("试验社区科普工作总结", None)],
)
def test_the_year_of_the_title(title: str, right: str | None) -> None:
    assert [each[2] for each in findings(prose("一。", title=title), "other-year")] == ([right] if right else [])


def test_the_year_of_the_opening() -> None:
    assert findings(prose("一。", opening="2024年，在街道的领导下，社区开展科普工作。"), "other-year")
    assert not findings(prose("一。", opening="2025年，在街道的领导下，社区开展科普工作。"), "other-year")
    assert not findings(prose("一。", opening="2019年，社区被命名为科普示范社区。"), "other-year")


@pytest.mark.parametrize(
    ("day", "wrong"),
    [("2025-12-20", False), ("2025-11-05", False), ("2025-03-01", True), ("2026-01-15", False), ("2027-12-20", True)],
)
def test_the_day_of_signing(day: str, wrong: bool) -> None:
    assert bool(findings(prose("一。", signed_on=day), "signing-day")) is wrong


def test_plans() -> None:
    tasks = [
        {"task": "办讲座"},
        {"task": "办展览", "owner": "甲某某"},
        {"task": "建画廊", "owner": "甲某某", "deadline": "2026-06"},
        {"task": "建书屋", "owner": "甲某某", "deadline": "2025-06"},
    ]
    plan = {"kind": "next_year_plan", "heading": "2025年工作思路", "tasks": tasks}
    assert len(findings(summary(plan), "plan-item")) == 3
    assert findings(summary(plan), "plan-year") == [("plan-year", "2025年工作思路", "2026年工作思路")]
    assert not findings(summary({**plan, "heading": "2026年工作思路"}), "plan-year")


def test_completeness() -> None:
    bare = summary({"kind": "records", "folders": ["工作计划"]})
    assert len(findings(bare, "missing-section")) == 3
    assert len(findings(bare, "missing-signature")) == 2
    assert not findings(
        prose("一。", "试验社区居委会", "2025年12月", signed_by=None, signed_on=None), "missing-signature"
    )
    assert not findings(summary({"kind": "records"}, period="2025-09"), "missing-section")
    assert not findings(prose("今后，社区将继续努力。"), "missing-section", "missing-signature")
    assert findings(summary({"kind": "narrative", "heading": "其他工作"}), "empty-section")
    assert not findings(summary({"kind": "narrative", "heading": "其他工作", "points": ["一"]}), "empty-section")
    assert findings(summary(), "empty-section")


def test_another_signature() -> None:
    assert words(findings(prose("一。", signed_by="毗邻社区居民委员会"), "another-signature")) == ["毗邻社区"]
    assert words(findings(prose("一。", title="毗邻社区2025年科普工作总结"), "another-signature")) == ["毗邻社区"]
    assert words(findings(prose("一。", title="毗邻社区居委会2025年总结"), "another-signature")) == ["毗邻社区"]
    assert words(findings(prose("一。", signed_by="幸福社区居委会"), "another-signature")) == ["幸福社区"]
    assert words(findings(prose("一。", title="毗邻2025年社区总结"), "another-signature")) == ["毗邻2025年社区总结"]
    assert not findings(prose("一。", title="创建和谐社区工作总结"), "another-signature")
    assert not findings(
        prose("一。", signed_by="试验街道办事处", title="关于试验社区科普工作的总结"), "another-signature"
    )


def test_known_communities() -> None:
    known = ("试验社区", "毗邻社区", "幸福社区")
    text = "本年度毗邻社区投入经费3万元。大家努力建设幸福社区。"
    assert words(findings(prose(text), "another-community", communities=known)) == ["毗邻社区"]
    assert not findings(prose(text), "another-community", communities=known, neighbours=("毗邻社区",))
    assert not findings(prose("社区与毗邻社区联合举办讲座。"), "another-community", communities=known)
    assert not findings(
        prose("党群服务中心社区工作者带头学习。"), "another-community", communities=("中心社区", "试验社区")
    )
    partners = summary(activities(partners=["毗邻社区"]), **SIGNED)
    assert not findings(partners, "another-community", communities=known)


def test_a_community_without_a_name() -> None:
    assert not findings(prose("平安里社区在科普工作中成绩突出。", community={"name": "××社区"}), "another-community")


def test_a_name_within_a_longer_one() -> None:
    record = prose("试验东社区投入经费3万元。", community={"name": "试验东社区"}, signed_by="试验东社区居委会")
    assert not findings(record, "another-community", communities=("试验社区", "验东社区", "试验东社区"))


OLD: Final = "社区组织居民参观科技场馆，邀请专家讲解航天知识，全年接待居民300人次，居民反映良好，希望多办这样的活动。"


def test_what_was_taken_over() -> None:
    earlier = prose("开头不同。" + OLD)
    found = findings(prose("今年情况如下。" + OLD.replace("300", "450")), "reused-text", earlier=earlier)
    assert [len(each[1]) >= 40 for each in found] == [True]
    assert not findings(
        prose(
            "社区组织居民参观科技场馆。",
            "写法完全不同的另一段文字，说的是另一些事情，没有一处与去年相同，所以什么也不该找到。",
        ),
        "reused-text",
        earlier=earlier,
    )
    assert not findings(prose(OLD), "reused-text")


def test_numbers_typed_where_they_are_written_anyway() -> None:
    record = summary({"kind": "leadership", "heading": "一、组织领导", "points": ["一是加强领导。", "健全制度。"]})
    assert findings(record, "typed-number") == [("typed-number", "一、", ""), ("typed-number", "一是", "")]


def test_marks_of_headings() -> None:
    parts = [
        {"heading": "讲座。", "run_in": True, "paragraphs": ["一。"]},
        {"heading": "展览。", "paragraphs": ["一。"]},
    ]
    record = summary({"kind": "narrative", "heading": "活动", "subsections": parts})
    assert findings(record, "heading-mark") == [("heading-mark", "。", "")]


def test_points_of_several_paragraphs() -> None:
    assert not findings(prose("一是甲。", "二是乙。", "三是丙。", "一是甲。", "二是乙。"), "outline")
    assert words(findings(prose("一是甲。", "二是乙。", "四是丙。"), "outline")) == ["四是"]
    assert words(findings(prose("（一）甲", "1.子", "2.丑", "（二）乙", "1.子", "3.丑", "（四）丙"), "outline")) == [
        "3.",
        "（四）",
    ]


def test_headings_of_documents() -> None:
    record = prose("甲。", "乙。", "丙。", "丁。")
    paths = [("sections", 0, "paragraphs", place) for place in range(4)]

    def numbers(*written: str) -> int:
        outline = tuple(WrittenHeading(path, 1, number) for path, number in zip(paths, written, strict=True))
        return len(findings(record, "outline", outline=outline))

    assert numbers("一、", "1.", "2.", "二、") == 0
    assert numbers("一、", "（一）", "（二）", "二、") == 0
    assert numbers("一、", "（一）", "1.", "1.") == 0
    assert numbers("一、", "二、", "四、", "五、") == 1
    assert numbers("一、", "（1）", "（2）", "二、") == 1


def test_replaced_words_in_company_only() -> None:
    assert not findings(prose("用心打造品牌。"), "maybe-replaced-word")
    assert words(findings(prose("用心打造品牌。", "精神礼貌素质提高。"), "maybe-replaced-word")) == ["用心"]


def test_policies_by_year() -> None:
    text = "落实《全民科学素质行动计划纲要》，学习贯彻党的十九大精神。全国科普日期间举办展览。"
    assert not findings(prose(text, period=2020, signed_on="2020-12-20"), "superseded-policy", "science-month")
    assert len(findings(prose(text), "superseded-policy", "science-month")) == 3
    assert not findings(prose("全国科普日期间举办展览。", "全国科普月期间举办讲座。"), "science-month")
    assert not findings(prose("全国科普日期间举办展览。", period="2025-H1"), "science-month")


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("一、", False),
        ("（一）", False),
        ("1.", False),
        ("（1）", False),
        ("①", False),
        ("", False),
        ("1、", True),
        ("一，", True),
        ("（一）、", True),
    ],
)
def test_marks_of_numbers_of_documents(number: str, wrong: bool) -> None:
    outline = (WrittenHeading(("sections", 0, "heading"), 1, number),)
    assert bool(findings(prose("甲。"), "number-mark", outline=outline)) is wrong


def test_one_grouping_of_thousands() -> None:
    assert not findings(prose("发放资料3,000份。", "接待居民12,000人次，2025年8月15日。"), "mixed-grouping")
    assert not findings(prose("发放资料3000份，接待居民12000人次。"), "mixed-grouping")
    assert not findings(prose("发放资料3,000份，2025家庭科学素质竞赛。"), "mixed-grouping")


def test_facts_are_written_without_grouping() -> None:
    library = {"kind": "facilities", "library": {"books": 2300}, "narrative": "另有光盘1,200张。"}
    assert findings(summary(library), "mixed-grouping") == [("mixed-grouping", "1,200", "1200")]
    assert not findings(summary({**library, "library": {"books": 230}}), "mixed-grouping")
    written = (WrittenHeading(("sections", 0, "heading"), 1, "一、"),)
    assert not findings(summary(library), "mixed-grouping", outline=written), "a document has numerals of its own"


def test_one_scale_of_large_numbers() -> None:
    money = {"kind": "funding", "total": 50000, "narrative": "其中街道拨款30,000元。"}
    assert findings(summary(money), "mixed-scale") == [("mixed-scale", "30,000", "3万")]
    assert not findings(summary({**money, "narrative": "其中街道拨款28935元。"}), "mixed-scale"), (
        "two decimals lose some"
    )
    assert not findings(summary({**money, "total": 28935}), "mixed-scale")
    assert not findings(prose("发放资料3万份，接待居民12000人次。"), "mixed-scale"), "of other things"
    assert not findings(prose("投入经费3万元。", "近50000元"), "mixed-scale"), "a cell of a table"


def test_a_summary_of_one_activity() -> None:
    data = {"kind": "narrative", "heading": "活动内容", "paragraphs": ["展出展板。"]}
    for title, count in (
        ("2025年“全国科普日”活动的总结", 0),
        ("2025年度科普讲座工作总结", 2),
        ("2025年科普工作总结", 2),
    ):
        found = findings(summary(data, title=title, signed_on="2025-06-21"), "missing-section", "signing-day")
        assert len({each[0] for each in found}) == count, title
    wrong = summary(data, title="2025年“全国科普日”活动的总结", signed_on="2024-09-21")
    assert findings(wrong, "signing-day")
