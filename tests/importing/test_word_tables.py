"""Tables of Word documents: columns stay in place, merged cells are listed, nested tables are tables."""

import pytest
from tests.importing.word_package import cell, listed, paragraph, read, row, run, shown, table

from kepu_docs.importing.lines import Content

BEGIN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
MERGED = "merged cells; the record has their text in the first cell and leaves the others blank"


def tables(content: Content) -> list[tuple[tuple[str, ...], ...]]:
    return [line.table.rows for line in content.lines if line.table]


@pytest.mark.parametrize(
    ("properties", "wanted"),
    [
        ('<w:gridBefore w:val="1"/>', ("", "甲")),
        ('<w:gridAfter w:val="1"/>', ("甲", "")),
        ('<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>', ("", "甲", "")),
        ('<w:gridBefore w:val="x"/>', ("甲", "")),
    ],
)
def test_rows_that_begin_later_or_end_earlier(properties: str, wanted: tuple[str, ...]) -> None:
    head = [cell(f"列{at}") for at in range(len(wanted))]
    (rows,) = tables(read(table(row(*head), row(cell("甲"), properties=properties))))
    assert rows[1] == wanted


def test_rows_leave_out_no_more_columns_than_word_has() -> None:
    (rows,) = tables(read(table(row(cell("甲"), properties='<w:gridBefore w:val="999"/>'))))
    assert len(rows[0]) == 64


@pytest.mark.parametrize("goes_on", [GOES_ON, '<w:vMerge w:val="continue"/>'])
def test_cells_that_go_on_below(goes_on: str) -> None:
    content = read(
        table(
            row(cell("季度"), cell("活动")),
            row(cell("一季度", BEGIN), cell("讲座")),
            row(cell("", goes_on), cell("展览")),
            row(cell("二季度", BEGIN), cell("义诊")),
            row(cell("盖住的字", goes_on), cell("参观")),
        )
    )
    assert tables(content) == [
        (("季度", "活动"), ("一季度", "讲座"), ("", "展览"), ("二季度", "义诊"), ("", "参观")),
    ]
    assert listed(content) == [("盖住的字", "hidden in the document"), ("一季度；二季度", MERGED)]


def test_nothing_goes_on_in_a_first_row() -> None:
    content = read(table(row(cell("甲", GOES_ON), cell("乙"))))
    assert tables(content) == [(("甲", "乙"),)]


@pytest.mark.parametrize(
    "cells",
    [
        cell("合计", '<w:gridSpan w:val="2"/>') + cell("9"),
        cell("合计", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("9"),
        cell("合计", '<w:gridSpan w:val="2"/>' + BEGIN) + cell("9"),
    ],
)
def test_cells_that_take_several_columns(cells: str) -> None:
    content = read(table(row(cell("甲"), cell("乙"), cell("丙")), row(cells)))
    assert tables(content)[0][1] == ("合计", "", "9")
    assert listed(content) == [("合计", MERGED)]


def test_a_table_in_a_cell_follows_the_table() -> None:
    inner = table(row(cell("讲座"), cell("12")), row(cell("展览"), cell("3")))
    body = table(row(cell("活动"), cell(paragraph(run("如下")) + inner + paragraph(run("以上")))))
    content = read(body + paragraph(run("后文。")))
    assert tables(content) == [(("活动", "如下以上"),), (("讲座", "12"), ("展览", "3"))]
    assert shown(content)[-1] == "后文。"
    assert [why for _, why in listed(content)] == [
        "a table in a cell of another table; it follows that table in the record"
    ]
    deep = read(table(row(cell(table(row(cell(inner)))))))
    assert tables(deep) == [(("讲座", "12"), ("展览", "3"))]


def test_a_text_box_in_a_cell_is_text_once() -> None:
    box = f"<w:txbxContent>{paragraph(run('框内。'))}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    for alternatives in (
        choice + fallback,
        fallback,
        f'<mc:Choice Requires="x"/>{fallback}',
        choice + choice + fallback,
    ):
        boxed = f"<w:r><mc:AlternateContent>{alternatives}</mc:AlternateContent></w:r>"
        assert shown(read(table(row(cell(paragraph(run("格"), boxed)), cell("乙"))))) == ["格 乙", "框内。"]


def test_rows_and_cells_in_what_word_puts_around_them() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>%s</w:sdtContent></w:sdt>"
    body = table(control % row(cell("甲"), control % cell("乙"), f"<w:customXml>{cell('丙')}</w:customXml>"))
    assert tables(read(body)) == [(("甲", "乙", "丙"),)]
