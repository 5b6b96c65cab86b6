"""The section in every language and format."""

import pytest

import kepu_docs
from kepu_docs.testing import SectionContract

SECTION = {
    "kind": "agriculture",
    "varieties": [
        {"name": "试验稻1号", "crop": "水稻", "source": "省农业科学院", "area": 320, "result": "抗倒伏能力较强。"},
        {"name": "试验薯2号", "crop": "甘薯", "area": "近180"},
        {"name": "试验瓜3号"},
    ],
    "techniques": [{"name": "水肥一体化", "crop": "蔬菜", "area": 200, "result": "亩均节水约三成"}],
    "demonstration_households": 36,
    "bases": [{"name": "试验村水稻示范基地", "place": "试验村", "crop": "水稻", "area": 120}],
    "audiences": ["种养大户", "农村致富能手"],
    "courses": [
        {"topic": "水稻病虫害绿色防控", "held_on": "2025-04-12", "place": "试验村村部", "attendance": 60},
        {"topic": "蔬菜水肥管理", "held_on": "2025-06", "attendance": "近50"},
    ],
    "visits": [
        {"expert": "省农业科学院专家", "held_on": "2025-05-10", "place": "试验村", "advice": "水稻育秧", "advised": 25},
        {"expert": "甲某某", "advised": 18},
    ],
    "harvests": [{"crop": "水稻", "area": 1200, "per_mu": 612.5, "growth": 8}],
    "income_gain": "1200余",
}


class TestAgriculture(SectionContract):
    """The contract of every section kind."""

    kind = "agriculture"
    sections = (SECTION, {"kind": "agriculture", "varieties_total": 2, "techniques_total": 1})


def text_of(section: dict[str, object], locale: str = "zh_Hans") -> str:
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "agriculture", **section}]}
    shown = kepu_docs.render(kepu_docs.load(record), "txt", locale=locale).decode()
    # As people read it: without line breaks, and in Chinese without spaces too.
    return " ".join(shown.split()) if locale == "en" else "".join(shown.split())


@pytest.mark.parametrize(
    ("locale", "sentences"),
    [
        (
            "zh_Hans",
            [
                "一、农业科技推广",
                "引进农业新品种3个，推广种植500亩以上。引进农业新技术1项。",
                "培育科技示范户36户，建成示范基地1个。",
                "面向种养大户和农村致富能手举办农业技术培训2期，培训农民近110人次。",
                "组织专家深入田间指导2次，服务农户43户次。农户户均增收1200余元。",
                "水稻新品种“试验稻1号”引自省农业科学院，种植320亩，抗倒伏能力较强。",
                "另引进新品种试验瓜3号。",
                "5月10日，省农业科学院专家到试验村指导水稻育秧，服务农户25户次。甲某某深入田间开展技术指导，",
                "水稻种植1200亩，平均亩产612.5公斤，比上年增长8%。",
            ],
        ),
        (
            "zh_Hant",
            ["一、農業科技推廣", "引進農業新品種3個，推廣種植500畝以上。", "平均每畝產量612.5公斤，較前一年增加8%。"],
        ),
        (
            "en",
            [
                "1 Agriculture",
                "The community introduced 3 new crop varieties, grown on at least 500 mu in all.",
                "Experts gave advice in the fields 2 times, making 43 household visits.",
                "yielded 612.5 kilograms per mu, an increase of 8% over the year before.",
            ],
        ),
    ],
)
def test_sentences(locale: str, sentences: list[str]) -> None:
    text = text_of(SECTION, locale)
    for sentence in sentences:
        assert sentence in text


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ({"varieties_total": 2, "techniques_total": 1}, "引进农业新品种2个、新技术1项。"),
        ({"varieties": [{"name": "试验稻1号", "crop": "水稻"}]}, "引进农业新品种1个，即试验稻1号（水稻）。"),
        (
            {"varieties": [{"name": "试验稻1号"}, {"name": "试验薯2号", "area": 0}]},
            "引进农业新品种2个，包括试验稻1号、试验薯2号。",
        ),
        ({"techniques": [{"name": "水肥一体化"}], "techniques_total": 3}, "引进农业新技术3项，包括水肥一体化。"),
    ],
)
def test_totals_and_names(section: dict[str, object], sentence: str) -> None:
    assert sentence in text_of(section)


def test_many_of_them_are_a_table() -> None:
    varieties = [{"name": f"试验稻{number}号", "crop": "水稻", "area": 100 * number} for number in range(1, 6)]
    text = text_of({"varieties": varieties})
    assert "引进农业新品种5个，推广种植1500亩。" in text
    assert "表1引进新品种一览" in text
    assert "名称作物面积" in text.replace("-", "")
