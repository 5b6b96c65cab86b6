"""The section in every language and format."""

import pytest

import kepu_docs
from kepu_docs.testing import SectionContract

SECTION = {
    "kind": "disaster_prevention",
    "in_assessment": True,
    "documents": ["县政府办公室《关于试验的通知》"],
    "plans": ["地震应急预案", "防汛应急预案"],
    "teams": [{"name": "抢险救援队", "members": 25}, {"name": "医疗救护队", "members": 12}],
    "topics": ["地震避险", "农房抗震设防"],
    "drills": [
        {
            "name": "地震应急疏散演练",
            "held_on": "2025-05-12",
            "place": "试验小学",
            "scenario": "6.0级地震",
            "attendance": 460,
        },
        {"name": "楼道火灾疏散演练", "held_on": "2025-11-09", "times": 3, "attendance": "近300"},
    ],
    "shelters": [
        {"name": "试验广场", "category": "室外", "place": "试验路1号", "capacity": 1200, "area": 3600},
        {"name": "社区服务中心", "category": "室内", "place": "试验路8号", "capacity": 150, "area": 480},
        {"name": "试验小学操场", "category": "室外", "place": "试验路20号", "capacity": 1600, "area": 4800},
    ],
    "reinforcement": {"done": 48, "needed": 120, "funds": "96万"},
    "supplies": [{"name": "应急灯", "number": "20盏"}, {"name": "担架", "number": "5副"}],
}

SENTENCES = {
    "全年组织应急演练4场，参演居民近760人次。": {"drills_total": "4场", "attendance_total": "近760人次"},
    "需抗震加固房屋120户，已加固48户，加固投入资金96万元。": {
        "reinforcement.needed": "120户",
        "reinforcement.done": "48户",
        "reinforcement.funds": "96万元",
    },
    "制定《地震应急预案》，纳入年度考核。": {"plans.0": "地震应急预案", "in_assessment": True},
}


class TestDisasterPrevention(SectionContract):
    """The contract of every section kind."""

    kind = "disaster_prevention"
    sections = (SECTION, {"kind": "disaster_prevention", "shelters": [{"name": "试验广场", "capacity": 1200}]})
    headings = ("防震减灾", "做好防灾减灾工作", "開展地震應急演練", "Disaster prevention", "消除隐患，保障安全")
    sentences = SENTENCES


def text_of(section: dict[str, object], locale: str = "zh_Hans") -> str:
    record = {
        "community": {"name": "试验社区"},
        "period": 2025,
        "sections": [{"kind": "disaster_prevention", **section}],
    }
    shown = kepu_docs.render(kepu_docs.load(record), "txt", locale=locale).decode()
    # As people read it: without line breaks, and in Chinese without spaces too.
    return " ".join(shown.split()) if locale == "en" else "".join(shown.split())


@pytest.mark.parametrize(
    ("locale", "sentences"),
    [
        (
            "zh_Hans",
            [
                "一、防震减灾",
                "社区把防震减灾工作纳入年度目标管理考核，贯彻落实县政府办公室《关于试验的通知》。",
                "制定地震应急预案和防汛应急预案，组建抢险救援队（25人）、医疗救护队（12人），共有队员37人。",
                "组织应急演练4场，近760人次参加。",
                "设有应急避难场所3处，可容纳2950人，总面积8880平方米。",
                "需抗震加固房屋120户，已加固48户（占40%），投入资金96万元。",
                "储备应急物资，包括应急灯20盏、担架5副。",
                "5月12日在试验小学举行，以6.0级地震为情景，460人次参加。",
            ],
        ),
        (
            "zh_Hant",
            ["一、防震減災", "辦理防災演練4場，近760人次參加。", "需耐震補強房屋120戶，已補強48戶（占40%）", "20盞"],
        ),
        (
            "en",
            [
                "1 Disaster Prevention",
                "The community held 4 emergency drills, with nearly 760 attendances.",
                "Work was completed on 48 houses, or 40% of them, at a cost of 960,000 yuan.",
                "(20 pieces)",
            ],
        ),
    ],
)
def test_sentences(locale: str, sentences: list[str]) -> None:
    text = text_of(SECTION, locale)
    for sentence in sentences:
        assert sentence in text


def test_shelters_of_a_category_stand_together_above_their_sum() -> None:
    rows = text_of({"shelters": SECTION["shelters"]}).partition("表1应急避难场所一览")[2]
    places = [rows.index(word) for word in ("试验广场", "试验小学操场", "社区服务中心", "合计")]
    assert places == sorted(places)
    assert "合计2950人8880平方米" in rows


@pytest.mark.parametrize(
    ("reinforcement", "sentence"),
    [
        ({"done": 12}, "完成房屋抗震加固12户。"),
        ({"done": 1, "needed": 3}, "需抗震加固房屋3户，已加固1户（占33.3%）。"),
        ({"done": "近50", "needed": 100}, "需抗震加固房屋100户，已加固近50户（占约50%）。"),
        ({"done": 0, "needed": 100}, "需抗震加固房屋100户。"),
        ({"funds": 5000}, "投入房屋抗震加固资金5000元。"),
    ],
)
def test_houses(reinforcement: dict[str, object], sentence: str) -> None:
    assert sentence in text_of({"reinforcement": reinforcement})
