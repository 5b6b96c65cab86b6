from kepu_docs.blocks import Heading, Item, ListBlock, Paragraph, Table
from kepu_docs.composing.drafts import Labels, LooseItem, Numberer, settle
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, ORDINAL


def numbered(blocks: list[object]) -> list[object]:
    labels = Labels(OFFICIAL_OUTLINE, {"ordinal": ORDINAL, "number": NUMBER}, "表{number}", "图{number}")
    numberer = Numberer(labels)
    return [numberer.number(block) for block in blocks]  # type: ignore[arg-type]


def test_items_are_gathered_by_style() -> None:
    bullet, point = LooseItem("bullet", Item("甲")), LooseItem("ordinal", Item("乙"))
    assert settle([bullet, bullet, point, point, Paragraph("丙"), bullet]) == [
        ListBlock("bullet", (Item("甲"), Item("甲"))),
        ListBlock("ordinal", (Item("乙"), Item("乙"))),
        Paragraph("丙"),
        ListBlock("bullet", (Item("甲"),)),
    ]


def test_one_point_alone_is_a_paragraph() -> None:
    assert settle([LooseItem("ordinal", Item("办讲座。", "讲座。"))]) == [Paragraph("讲座。办讲座。")]


def test_headings_with_nothing_under_them_go() -> None:
    assert settle([Heading(1, "空")]) == []
    assert settle([Heading(1, "空"), Heading(2, "也空")]) == []
    assert settle([Heading(1, "甲"), Heading(2, "空"), Heading(2, "乙"), Paragraph("文")]) == [
        Heading(1, "甲"),
        Heading(2, "乙"),
        Paragraph("文"),
    ]
    assert settle([Heading(1, "甲"), Paragraph("文"), Heading(2, "空")]) == [Heading(1, "甲"), Paragraph("文")]


def test_a_run_in_heading_is_never_empty() -> None:
    blocks = [Heading(1, "甲"), Heading(2, "乙。", body="文。")]
    assert settle(blocks) == blocks


def test_numbers_close_up_and_lists_restart() -> None:
    items = ListBlock("ordinal", (Item("甲"), Item("乙")))
    shown = numbered([Heading(1, "一"), Heading(2, "一"), items, Heading(1, "二"), Heading(2, "一"), items])
    assert [block.number for block in shown if isinstance(block, Heading)] == ["一、", "（一）", "二、", "（一）"]
    lists = [block for block in shown if isinstance(block, ListBlock)]
    assert [[item.number for item in each.items] for each in lists] == [["一是", "二是"]] * 2


def test_only_tables_with_captions_are_numbered() -> None:
    plain, captioned = Table((), ()), Table((), (), "一览")
    assert [table.number for table in numbered([captioned, plain, captioned])] == ["表1", "", "表2"]  # type: ignore[attr-defined]
