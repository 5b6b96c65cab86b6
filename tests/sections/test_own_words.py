"""What is recognised in the writer's own words, in either script."""

import pytest

from kepu_docs.schema import Count, Measure, Record
from kepu_docs.sections import Task, Venue
from kepu_docs.sections.funding import role_of
from kepu_docs.sections.own_words import counts, creates, is_act, is_plural
from kepu_docs.sections.table_or_list import fills_table


@pytest.mark.parametrize("text", ["举办科普讲座", "舉辦科普講座", "与学校联合举办", "争取社会支持", "更新科普画廊"])
def test_what_will_be_done(text: str) -> None:
    assert is_act(text)


@pytest.mark.parametrize(
    "text", ["科普讲座", "每季度举办一次", "培训经费", "宣传橱窗更新", "2026年3月举办", "", "Hold talks"]
)
def test_what_does_not_begin_with_what_will_be_done(text: str) -> None:
    assert not is_act(text)


@pytest.mark.parametrize("name", ["Health lectures", "Lectures on health", "Talks", "Lunchtime talks for parents"])
def test_english_names_of_several(name: str) -> None:
    assert is_plural(name)


@pytest.mark.parametrize(
    "name",
    ["Open day", "A day of talks", "Scientists in Schools", "Chess", "Physics", "Talk on stars", "讲座", "", " "],
)
def test_names_of_one(name: str) -> None:
    assert not is_plural(name)


@pytest.mark.parametrize(
    ("target", "task", "fits"),
    [
        ("48场以上", "举办讲座", True),
        ("不少于6场，其中线上2场", "舉辦講座。", True),
        ("20人", "招募志愿者", True),
        ("6期", "更新科普画廊", True),
        ("1500人次", "举办讲座", False),
        ("500人次", "招募志愿者", False),
        ("90%以上", "增加参与面", False),
        ("全年不少于6场", "举办讲座", False),
        ("6场", "举办讲座，邀请专家", False),
        ("6场", "举办讲座2场", False),
        ("6场", "科普讲座", False),
        ("6场。邀请专家", "举办讲座", False),
        ("六场", "举办讲座", False),
    ],
)
def test_numbers_that_can_follow_their_task(target: str, task: str, fits: bool) -> None:
    assert counts(target, task) is fits


@pytest.mark.parametrize(
    ("goal", "created"),
    [("学习型社区", True), ("科普示範村", True), ("创建学习型社区", False), ("科普经费翻番", False)],
)
def test_goals_that_can_be_created(goal: str, created: bool) -> None:
    assert creates(goal) is created


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("社区自筹", "act"),
        ("社会捐贈", "act"),
        ("区财政拨款", "act"),
        ("科普专项经费", "money"),
        ("区财政专项", "money"),
        ("区财政", "authority"),
        ("试验市科協", "authority"),
        ("街道办事处", "authority"),
        ("试验社区", "giver"),
        ("社区居委会", "giver"),
        ("试验公司", "giver"),
        ("海外基金会", "giver"),
        ("党支部", "giver"),
    ],
)
def test_what_the_name_of_a_source_says(name: str, role: str) -> None:
    assert role_of(name) == role


FULL = {"target": "每季度1期", "owner": "居委会"}


@pytest.mark.parametrize(
    ("rows", "fills"),
    [
        ([FULL] * 4, True),
        ([FULL] * 3, False),
        ([FULL, FULL, {}, {}], True),
        ([FULL, {}, {}, {}], False),
        ([{"owner": "居委会"}] * 4, False),
        ([FULL, FULL, FULL, {"target": "长" * 41}], False),
        ([{}] * 4, False),
    ],
)
def test_rows_with_enough_in_common_fill_a_table(rows: list[dict[str, str]], fills: bool) -> None:
    tasks: list[Record] = [Task(task="举办讲座", **row) for row in rows]
    assert fills_table(tasks, ("target", "owner", "deadline")) is fills


def test_nothing_is_no_cell_of_a_table() -> None:
    none, nowhere = Count(value=0, unit="个"), Measure(value=0, unit="平方米")
    venues = [Venue(name="活动室", number=none, area=nowhere, makeup=("甲",))] * 4
    assert not fills_table(venues, ("number", "area", "makeup"))
