"""The year of a summary: certain by title, signature and its own statements; any other is marked as a guess."""

from pathlib import Path

import pytest

import kepu_docs
from kepu_docs.importing.documents import ImportedSummary

BODY = "\n\n一、组织领导\n\n书记亲自抓。\n\n二、科普活动\n\n讲座办了一场又一场。\n"


def imported(text: str, folder: Path) -> ImportedSummary:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    (found,) = kepu_docs.import_document(path)
    return found


def year_of(text: str, folder: Path) -> tuple[object, bool]:
    """Return the time of a summary, and whether it is sure."""
    found = imported(text, folder)
    (fact,) = (each for each in found.facts if each.path == ("period",))
    assert (("period",) in found.guessed) == (fact.guess is not None)
    return found.record["period"], fact.guess is None


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2024社区科普工作总结", 2024), ("2023试验社区科普总结", 2023), ("试验社区科普工作总结2022", 2022), ("试验社区2024年科普工作总结", 2024),
        ("113年社區科普工作報告", 2024), ("試驗社區112年科普推廣成果報告", 2023), ("民國110年試驗社區工作報告", 2021), ("試驗社區113年度工作總結", 2024),
        ("落实《全民科学素质行动规划纲要（2021—2035年）》2023年工作总结", 2023), ("2024年上半年科普工作小结", "2024-H1"),
        ("试验社区三年科普工作总结（2023—2025年）", {"start": "2023-01-01", "end": "2025-12-31"}),
    ],
)  # fmt: skip
def test_titles(title: str, period: object, tmp_path: Path) -> None:
    assert year_of(f"{title}{BODY}", tmp_path) == (period, True)


@pytest.mark.parametrize(
    ("opening", "period"),
    [
        ("2024年，试验社区在街道的领导下做好科普工作。", 2024), ("2023年试验社区围绕居民需求做好科普工作。", 2023), ("现将2022年科普工作总结如下：", 2022),
        ("今年（2024年），社区把讲座办到楼栋。", 2024), ("本年度（2023）社区做了以下工作。", 2023), ("自民國86年起，社區推動科普，本(113)年持續辦理。", 2024),
        ("社区成立于2008年，2012年荣获科普示范社区称号。2023年，社区做了以下工作。", 2023),
        ("为落实《全民科学素质行动规划纲要（2021—2035年）》，现将2024年工作汇报如下。", 2024),
    ],
)  # fmt: skip
def test_what_a_text_says_of_itself(opening: str, period: object, tmp_path: Path) -> None:
    assert year_of(f"科普工作总结\n\n{opening}{BODY}", tmp_path) == (period, True)


@pytest.mark.parametrize(
    "opening",
    [
        "社区成立于2008年，居民三千户。", "社区始建于1998年。", "2005年组建的社区位于城东。", "2012年荣获市级科普示范社区称号。", "2015年，社区被评为文明社区。",
        "2019年获得区级表彰，2020年获评先进。", "认真落实《全民科学素质行动规划纲要（2021—2035年）》。", "按照《科普规划(2016-2020年)》的要求开展工作。",
        "围绕2021—2035年规划纲要开展工作。", "根据国发〔2021〕9号文件开展工作。", "自民國86年起，社區推動科普。", "自2015年起，社区每年办科普节。",
        "2024年9月办了一次讲座。", "20xx年，社区做了科普工作。",
    ],
)  # fmt: skip
def test_other_years_are_no_facts(opening: str, tmp_path: Path) -> None:
    found = imported(f"科普工作总结\n\n{opening}{BODY}", tmp_path)
    (fact,) = (each for each in found.facts if each.path == ("period",))
    assert fact.guess is not None
    assert fact.value not in {"2008", "1998", "2005", "2012", "2015", "2019", "2020", "2021", "2016", "1997"}


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("2024年，社区做了工作。", "2024年12月20日", (2024, True)), ("2024年，社区做了工作。", "2025年3月1日", (2024, True)),
        ("社区做了工作。", "2024年12月20日", (2024, False)), ("社区做了工作。", "2025年1月9日", (2024, False)),
        ("社区成立于2008年。", "2023年11月30日", (2023, False)), ("2012年荣获表彰，2012年建馆。", "2024年12月1日", (2024, False)),
    ],
)  # fmt: skip
def test_the_day_of_signing(text: str, day: str, expected: tuple[object, bool], tmp_path: Path) -> None:
    assert year_of(f"科普工作总结\n\n{text}{BODY}\n试验社区居委会\n\n{day}\n", tmp_path) == expected


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("社区成立于2008年。居民热心科普。", "科普工作总结"), ("社區成立於2008年，居民熱心參與環境學習。", "科普工作總結"),
        ("试验社区在街道的领导下做好科普工作。", "试验社区科普工作总结"), ("2024年，社区做了科普工作。", "2024年科普工作总结"),
    ],
)  # fmt: skip
def test_no_title_is_made_of_a_guess(opening: str, title: str, tmp_path: Path) -> None:
    found = imported(f"{opening}{BODY}", tmp_path)
    assert found.record["title"] == title
    assert kepu_docs.compose(found.summary).title == title
    assert found.title == ""


def test_a_title_is_left_to_be_made_where_all_of_it_is_sure(tmp_path: Path) -> None:
    found = imported(f"2024年，试验社区在街道的领导下做好科普工作。{BODY}", tmp_path)
    assert "title" not in found.record
    assert found.guessed == frozenset()
