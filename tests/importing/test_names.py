"""Whose summary it is: certain by signature, title, or the subject of a sentence; a mere mention does not count."""

from pathlib import Path

import pytest

import kepu_docs
from kepu_docs.importing.facts.naming import UNKNOWN

BODY = "\n\n一、组织领导\n\n书记亲自抓。\n\n二、科普活动\n\n讲座办了一场又一场。\n"


def name_of(text: str, folder: Path) -> tuple[str, bool]:
    """Return the name of the community, and whether it is sure."""
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    (found,) = kepu_docs.import_document(path)
    (fact,) = (each for each in found.facts if each.path == ("community", "name"))
    return found.record["community"]["name"], fact.guess is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("试验社区2024年科普工作总结", "试验社区"), ("2024年试验街道科普工作总结", "试验街道"), ("样板镇2023年度科普工作总结", "样板镇"), ("关于试验乡科普工作的报告", "试验乡"),
        ("試驗鎮公所112年度科普推廣工作報告", "試驗鎮"), ("样板县科协2023年工作总结", "样板县科协"), ("试验小学科普活动总结", "试验小学"),
    ],
)  # fmt: skip
def test_titles(title: str, name: str, tmp_path: Path) -> None:
    assert name_of(f"{title}{BODY}", tmp_path) == (name, True)


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("2024年试验社区在街道党工委的领导下，做好科普工作。", "试验社区"), ("2024年，试验社区围绕居民需求开展科普。", "试验社区"), ("在街道党工委的领导下，试验社区坚持科普为民。", "试验社区"),
        ("一年来，试验社区认真落实科普任务。", "试验社区"), ("近年来试验社区科普工作在办事处的指导下有了进步。", "试验社区"), ("試驗社區位於城東，居民熱心參與。", "試驗社區"),
        ("按照科协的安排，试验社区20xx年开展了科技周活动。", "试验社区"),
        ("2021年，示例街道党工委、办事处高度重视科普工作。东苑社区、西苑社区先后建成活动室，东苑社区还获了奖。", "示例街道"),
        ("示例镇党委、政府在5月举办科普周。东苑社区积极参加，东苑社区居民反映良好。", "示例镇"),
    ],
)  # fmt: skip
def test_subjects_of_sentences(opening: str, name: str, tmp_path: Path) -> None:
    assert name_of(f"科普工作总结\n\n{opening}{BODY}", tmp_path) == (name, True)


@pytest.mark.parametrize(
    "opening",
    [
        "街道在东苑社区办了讲座，东苑社区居民欢迎。各社区都做了宣传。", "我街道下辖5个社区，走进东苑社区、走进东苑社区办讲座。", "我们在甲苑社区和乙苑社区办了活动，到过甲苑社区、乙苑社区。",
        "乡镇科普要抓实，各村都要参加。", "我社区认真做好科普工作。", "为实现社区科普的目标，我们努力。", "建设和谐社区、文明社区，人人有责。",
    ],
)  # fmt: skip
def test_what_is_only_mentioned_is_no_name(opening: str, tmp_path: Path) -> None:
    assert name_of(f"科普工作总结\n\n{opening}{BODY}", tmp_path)[0] == UNKNOWN


def test_a_name_that_is_said_often_is_a_guess(tmp_path: Path) -> None:
    text = f"科普工作总结\n\n讲座办到了，试验社区的居民欢迎。大家说，试验社区的讲座好。{BODY}"
    assert name_of(text, tmp_path) == ("试验社区", False)


@pytest.mark.parametrize(
    "above", ["搜索", "范文网 >工作报告", "您的当前位置：首页正文", "2025-01-05人已围观", "试验文秘网", "• 相关推荐"]
)
def test_what_stands_above_a_title_is_no_part_of_a_name(above: str, tmp_path: Path) -> None:
    text = f"{above}\n\n发布时间：2025-01-05\n\n试验社区2024年科普工作总结{BODY}"
    assert name_of(text, tmp_path) == ("试验社区", True)
