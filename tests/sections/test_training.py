"""The text about training: a single session in one sentence, several in a list with all of them."""

from typing import Any

import pytest
from tests.composing.test_writers import shown


def told(**fields: Any) -> str:
    return shown({"name": "试验社区"}, {"kind": "training", **fields}).partition("科普培训\n")[2]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        (
            {"sessions": [{"topic": "应急救护", "held_on": "2025-04-12", "place": "活动室", "attendance": 60}]},
            "4月12日，社区在活动室举办以“应急救护”为主题的科普培训1场，60人次参加。",
        ),
        (
            {"trainers": ["区医院"], "sessions": [{"topic": "急救", "trainer": "区医院"}]},
            "社区举办以“急救”为主题的科普培训1场，由区医院授课。",
        ),
        ({"sessions": [{"topic": "急救培训"}]}, "社区举办急救培训1场。"),
        ({"sessions": [{"topic": "急救"}], "sessions_total": 3}, "全年举办科普培训3场，内容包括急救。"),
        (
            {"sessions": [{"topic": "急救"}, {"topic": "防火", "attendance": 30}]},
            "全年举办科普培训2场，培训30人次以上。\n1.急救。\n2.防火。30人次参加。",
        ),
        ({"sessions": [{"topic": "急救"}, {"topic": "防火"}]}, "全年举办科普培训2场，内容包括急救和防火。"),
        ({"attendance_total": 30, "trainers": ["专家"]}, "全年邀请专家开展科普培训，培训30人次。"),
        ({"attendance_total": 30}, "全年培训30人次。"),
        ({"audiences": ["家长"]}, "社区面向家长开展科普培训。"),
    ],
)
def test_sentences(fields: dict[str, Any], lines: str) -> None:
    assert told(**fields) == lines


def test_sessions_for_whose_columns_there_is_no_room_are_a_list() -> None:
    session = {
        "topic": "应急救护",
        "held_on": "2025-03-15",
        "trainer": "区红十字会救护师",
        "audience": "科普志愿者和楼栋长",
        "attendance": 32,
    }
    assert told(sessions=[session] * 4) == "全年举办科普培训4场，培训128人次。"
    more = {**session, "place": "党群服务中心", "hours": 8}
    assert told(sessions=[more] * 4).splitlines()[1] == (
        "1.应急救护。3月15日在党群服务中心举办，由区红十字会救护师授课，时长8学时，科普志愿者和楼栋长32人次参加。"
    )
