"""The text around summaries, and several summaries in one file."""

import re
from pathlib import Path

import pytest
from tests.importing.words import of_document, of_record

import kepu_docs
from kepu_docs.importing.documents import ImportedSummary

BODY = "一、组织领导\n\n社区书记亲自抓。\n\n二、科普活动\n\n讲座办了一场又一场。\n"


def imported(text: str, folder: Path, name: str = "a.txt") -> tuple[ImportedSummary, ...]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    found = kepu_docs.import_document(path)
    for summary in found:
        assert of_record(summary) == of_document(summary)
    return found


def stripped(found: tuple[ImportedSummary, ...]) -> list[str]:
    return [note.text for summary in found for note in summary.stripped]


@pytest.mark.parametrize(
    "titles",
    [
        ("试验社区科普工作总结1", "试验社区科普工作总结2", "试验社区科普工作总结3"),
        ("社区科普总结范文一", "社区科普总结范文二", "社区科普总结范文三"),
        ("科普工作总结（一）", "科普工作总结（二）", "科普工作总结（三）"),
        ("篇一：甲社区科普工作总结", "篇二：乙社区科普工作总结", "篇三：丙社区科普工作总结"),
        ("【篇1】甲社区科普工作总结", "【篇2】乙社区科普工作总结", "【篇3】丙社区科普工作总结"),
        ("第一篇：甲社区科普工作总结", "第二篇：乙社区科普工作总结", "第三篇：丙社区科普工作总结"),
        ("范文1", "范文2", "范文3"),
        ("(文章一):甲社区科普工作总结", "(文章二):乙社区科普工作总结", "(文章三):丙社区科普工作总结"),
        ("范文一：\n甲社区科普工作总结", "范文二：\n乙社区科普工作总结", "范文三：\n丙社区科普工作总结"),
    ],
)
def test_several_summaries(titles: tuple[str, ...], tmp_path: Path) -> None:
    found = imported("\n\n".join(f"{title}\n\n{BODY}" for title in titles), tmp_path)
    assert [summary.title for summary in found] == [re.split("[：】:\n]", title)[-1] for title in titles]
    assert [[entry.text for entry in summary.outline] for summary in found] == [["组织领导", "科普活动"]] * 3


def test_titles_alone_part_summaries(tmp_path: Path) -> None:
    texts = [f"甲社区{year}年科普工作总结\n\n{BODY}\n甲社区居委会\n{year}年12月20日\n" for year in (2023, 2024)]
    found = imported("\n".join(texts), tmp_path)
    assert [summary.record["period"] for summary in found] == [2023, 2024]
    assert [summary.record["signed_on"] for summary in found] == ["2023-12-20", "2024-12-20"]


def test_a_web_page(tmp_path: Path) -> None:
    head = (
        "社区科普总结范文精选3篇\n发布时间：2024-05-06 来源：试验网 点击：12\n"
        "总结是回顾过去的好办法，下面是小编整理的范文，欢迎阅读。\n\n"
    )
    foot = "\n以上就是小编的全部内容，希望对大家有帮助。\n\n相关文章：\n社区工作总结05-01\n上一篇：没有了\n返回顶部\n"
    pieces = "\n".join(
        f"篇{number}：{name}社区科普工作总结\n\n{BODY}" for number, name in zip("一二三", "甲乙丙", strict=True)
    )
    found = imported(head + pieces + foot, tmp_path)
    assert [summary.title for summary in found] == [f"{name}社区科普工作总结" for name in "甲乙丙"]
    lines = [line for line in (head + foot).split("\n") if line]
    assert sorted(stripped(found)) == sorted([*lines, "篇一：", "篇二：", "篇三："])
    assert [summary.record["period"] for summary in found] == [2024] * 3


def test_a_page_with_one_summary(tmp_path: Path) -> None:
    title = "甲社区2025年科普工作总结"
    head = f"{title}\n时间：2026-01-05 10:00:00 来源：试验网 我要投稿\n{title}\n"
    (found,) = imported(head + BODY, tmp_path)
    assert found.title == title
    assert found.record["period"] == 2025
    assert stripped((found,)) == [title, "时间：2026-01-05 10:00:00 来源：试验网 我要投稿"]


def test_other_pages(tmp_path: Path) -> None:
    title = "甲社区2025年科普工作总结"
    head = [
        f"{title}-试验文库",
        "首页 范文 总结 计划 体会",
        "您现在的位置：试验文库 > 总结 > 正文",
        title,
        "编辑：佚名 时间：2026/01/05 收藏本文",
        "【导语】下面是小编选的总结，供大家参考。",
    ]
    contents = ["目  录", "一、组织领导", "二、科普活动……2"]
    foot = ["本文来源：http://example.com/1.html", "以上内容转载请注明出处。", "相关文章：", "社区计划"]
    (found,) = imported("\n".join([*head, *contents, BODY, *foot]), tmp_path)
    assert found.title == title
    assert [entry.text for entry in found.outline] == ["组织领导", "科普活动"]
    assert sorted(stripped((found,))) == sorted([line for line in [*head, *contents, *foot] if line != title])
    assert found.unclear == ()


def test_what_is_called_contents_is_kept_where_the_text_has_other_words(tmp_path: Path) -> None:
    (found,) = imported(f"甲社区2025年科普工作总结\n目录\n甲项\n乙项\n{BODY}", tmp_path)
    assert stripped((found,)) == []


def test_a_name_of_a_file_above_its_text(tmp_path: Path) -> None:
    (found,) = imported(f"甲社区总结.docx\n甲社区2025年科普工作总结\n{BODY}", tmp_path)
    assert (found.title, stripped((found,))) == ("甲社区2025年科普工作总结", ["甲社区总结.docx"])


def test_page_numbers(tmp_path: Path) -> None:
    (found,) = imported(
        "甲社区2025年科普工作总结\n一、组织领导\n书记亲自抓。\n— 1 —\n接着再抓。\n第 2 页 共 2 页\n", tmp_path
    )
    assert found.record["sections"][0]["written"] == ["书记亲自抓。", "接着再抓。"]
    assert stripped((found,)) == ["— 1 —", "第 2 页 共 2 页"]


@pytest.mark.parametrize(
    "line",
    [
        "时间紧、任务重，社区没有叫苦。",
        "欢迎大家参考我们的做法。",
        "相关文章在报纸上刊登了三篇。",
        "来源：居民自发捐款。",
        "2025",
        "1",
    ],
)
def test_text_is_no_furniture(line: str, tmp_path: Path) -> None:
    (found,) = imported(f"甲社区2025年科普工作总结\n{line}\n{BODY}{line}\n", tmp_path)
    assert stripped((found,)) == []
    assert found.record["opening"] == [line]


def test_numbers_that_skip_are_reported(tmp_path: Path) -> None:
    (found,) = imported("甲社区2025年科普工作总结\n一、组织领导\n甲。\n三、科普活动\n乙。\n", tmp_path)
    assert [(entry.number, entry.value) for entry in found.outline] == [("一、", 1), ("三、", 3)]
    assert [note.text for note in found.unclear] == ["三、科普活动"]


def test_the_head_of_a_file_in_markdown_and_tags(tmp_path: Path) -> None:
    text = (
        "---\ntitle: 总结\ntags:\n  - 科普\n---\n\n# 甲社区2025年科普工作总结\n\n**一、组织领导**\n\n书记亲自抓。\n\n"
        '**二、科普活动**\n\n讲座<b>一场</b>又一场。\n\n<p align="right">甲乙社区</p>\n<p align="right">2025年12月1日</p>\n'
    )
    (found,) = imported(text, tmp_path, "a.md")
    assert (found.title, found.record["signed_by"], found.record["signed_on"]) == (
        "甲社区2025年科普工作总结", "甲乙社区", "2025-12-01",
    )  # fmt: skip
    assert [section["written"] for section in found.record["sections"]] == [["书记亲自抓。"], ["讲座一场又一场。"]]
    assert [note.text for note in found.unclear] == ["title: 总结", "tags:", "- 科普"]
    (found,) = imported("---\n甲社区总结\n---\n\n一、组织领导\n\n书记亲自抓。\n", tmp_path, "a.md")
    assert "甲社区总结" in "".join(found.text)


def test_a_day_that_only_a_table_has(tmp_path: Path) -> None:
    (found,) = imported("甲社区科普工作表\n\n| 年度 | 2024年 |\n| --- | --- |\n| 活动 | 讲座 |\n", tmp_path, "a.md")
    assert found.record["period"] == 2024
