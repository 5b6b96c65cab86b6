"""The text about a team: a list stays whole, and a complete one is not described as partial."""

from typing import Any

import pytest
from tests.composing.test_writers import shown


def told(**fields: Any) -> str:
    return shown({"name": "试验社区"}, {"kind": "team", **fields}).partition("队伍建设\n")[2]


@pytest.mark.parametrize(
    ("groups", "lines"),
    [
        ([{"name": "书画协会"}, {"name": "秧歌队"}], "社区有书画协会、秧歌队等科普队伍2支。"),
        ([{"name": "秧歌队"}], "社区有科普队伍1支，为秧歌队。"),
        (
            [{"name": "书画协会"}, {"name": "宣讲队", "members": 20, "work": "防骗宣讲"}],
            "社区有科普队伍2支。\n1.书画协会。\n2.宣讲队。队员20人，负责防骗宣讲。",
        ),
        ([{"name": "秧歌队", "work": "每月到居民小组演出。"}], "社区有科普队伍1支，为秧歌队，每月到居民小组演出。"),
        ([{"name": "秧歌队", "work": "负责文艺宣传"}], "社区有科普队伍1支，为秧歌队，负责文艺宣传。"),
        (
            [{"name": "讲解员队", "work": "周末在活动室讲解展品"}],
            "社区有科普队伍1支，为讲解员队，周末在活动室讲解展品。",
        ),
    ],
)
def test_groups(groups: list[dict[str, Any]], lines: str) -> None:
    assert told(groups=groups) == lines


def test_those_who_are_registered_stand_beside_all_of_them() -> None:
    assert told(volunteers=60, registered_volunteers=45) == "社区科普工作队伍现有科普志愿者60人（其中注册志愿者45人）。"
    assert told(registered_volunteers=45) == "社区科普工作队伍现有注册科普志愿者45人。"
