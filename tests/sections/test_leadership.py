"""The text about the leadership of the work: words that go together, complete and partial."""

from typing import Any

import pytest
from tests.composing.test_writers import shown

from kepu_docs import rollup


def told(**fields: Any) -> str:
    return shown({"name": "试验社区"}, {"kind": "leadership", **fields}).partition("组织领导\n")[2]


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (["科普经费使用办法", "例会制度"], "社区制定科普经费使用办法，建立例会制度。"),
        (["例会制度", "考核机制"], "社区建立例会制度和考核机制。"),
        (["《科普管理规定》（试行）", "方案（2025年）"], "社区制定《科普管理规定》（试行）和方案（2025年）。"),
        (["“三会一课”制度", "首问负责制"], "社区建立“三会一课”制度和首问负责制。"),
        (["例会", "培训"], "社区建立例会和培训制度。"),
        (["村规民约", "例会制度"], "社区制定村规民约，建立例会制度。"),
        (["Science Corner Rules"], "社区制定Science Corner Rules。"),
    ],
)
def test_papers_are_enacted_and_systems_are_set_up(rules: list[str], sentence: str) -> None:
    assert told(rules=rules) == sentence


@pytest.mark.parametrize(
    ("group", "sentences"),
    [
        (
            {"title": "书记", "head": "甲某", "deputy": "乙某", "members": 9, "makeup": ["干部", "代表"]},
            "社区成立科普工作领导小组。领导小组共9人，由书记甲某任组长，乙某任副组长，成员包括干部和代表。",
        ),
        ({"members": 9}, "社区成立科普工作领导小组，共9人。"),
        ({"name": "科普专班", "deputy": "乙某"}, "社区成立科普专班，由乙某任副组长。"),
        ({"name": "科普专班", "head": "甲某", "members": 5}, "社区成立科普专班。该专班共5人，由甲某任组长。"),
        (
            {"name": "校社共建小组", "title": "书记", "members": 7},
            "社区成立校社共建小组。该小组共7人，由书记任组长。",
        ),
        ({"founded_on": "2025-03"}, "社区于3月成立科普工作领导小组。"),
    ],
)
def test_the_leading_group(group: dict[str, Any], sentences: str) -> None:
    assert told(group=group) == sentences


def test_who_guided_the_work_guided_all_of_it() -> None:
    assert told(guided_by=["区科协"], group={"founded_on": 2019}) == (
        "在区科协的指导下，社区开展科普工作，并于2019年成立科普工作领导小组。"
    )


def test_one_subject_for_what_is_done_one_after_another() -> None:
    assert told(association="科普协会", meetings=4, rules=["例会制度"]) == (
        "社区设有科普协会，全年围绕科普工作召开会议4次，建立例会制度。"
    )


@pytest.mark.parametrize("name", ["试验小学", "示例村", "试验医院", "试验协会", "试验街道"])
def test_each_writer_counts_as_one_in_a_rollup(name: str) -> None:
    """A school's group is one of those of the street; a street office's own one is one of the district's."""
    records = [
        {
            "community": {"name": each},
            "period": 2025,
            "sections": [{"kind": "leadership", "in_agenda": True, "group": {"members": 4}}],
        }
        for each in (name, "试验社区")
    ]
    (section, *_) = rollup(records, name="试验区").summary.sections
    data = section.model_dump(exclude_unset=True)["communities"]
    assert {field: count["value"] for field, count in data.items()} == {"in_agenda": 2, "groups": 2, "members": 8}
