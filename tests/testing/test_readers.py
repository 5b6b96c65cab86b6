"""The readers see what a person would see in the opened file."""

from kepu_docs.testing import READERS


def test_a_paragraph_of_markdown_that_begins_with_a_bar_is_no_row() -> None:
    source = "| # x\n\n\\# x\n\n| 主题 | 人次 |\n| :-- | --: |\n| 防火 |  |\n\n| y |\n"
    shown = READERS["md"](source.encode())
    assert [text for text in shown if text] == ["| # x", "# x", "主题", "人次", "防火", "| y |"]
