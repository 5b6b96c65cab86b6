"""Deleted, moved and inserted text in a Word document: paragraphs are joined, rows removed, and losses listed."""

import pytest
from tests.importing.word_package import cell, listed, paragraph, read, row, run, shown, table

GONE = '<w:rPr><w:del w:id="1" w:author="甲"/></w:rPr>'
DELETED = '<w:del w:id="2"><w:r><w:delText>%s</w:delText></w:r></w:del>'


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (paragraph(run("全年举办"), properties=GONE) + paragraph(run("讲座。")), ["全年举办讲座。"]),
        (3 * paragraph(run("甲"), properties=GONE) + paragraph(run("乙")) + paragraph(run("丙")), ["甲甲甲乙", "丙"]),
        (paragraph(run("甲"), properties=GONE) + table(row(cell("格"))), ["甲", "格"]),
        (paragraph(run("甲"), properties=GONE), ["甲"]),
        (paragraph(run("甲"), properties="<w:rPr><w:ins/></w:rPr>") + paragraph(run("乙")), ["甲", "乙"]),
        (table(row(cell(paragraph(run("甲"), properties=GONE) + paragraph(run("乙"))))), ["甲乙"]),
    ],
)
def test_paragraphs_whose_end_was_deleted_go_on_in_the_next(body: str, lines: list[str]) -> None:
    content = read(body)
    assert (shown(content), content.notes) == (lines, [])


def test_a_box_on_a_paragraph_that_goes_on_comes_after_all_of_it() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('框内。'))}</w:txbxContent></w:pict></w:r>"
    body = paragraph(run("全年"), box, properties=GONE) + paragraph(run("举办讲座。"))
    assert shown(read(body)) == ["全年举办讲座。", "框内。"]
    assert shown(read(table(row(cell(body))))) == ["全年举办讲座。", "框内。"]


def test_a_joined_paragraph_has_the_style_and_number_of_its_end() -> None:
    numbering = '<w:numbering {ns}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        paragraph(run("甲", "<w:b/>"), properties=number + GONE)
        + paragraph(run("乙", "<w:b/>"), run("丙"), properties=number)
        + paragraph(run("丁"), properties=number)
    )
    lines = read(body, {"word/numbering.xml": ("numbering", numbering)}).lines
    assert [(line.number, line.text, line.lead) for line in lines] == [("1.", "甲乙丙", 2), ("2.", "丁", 0)]


def test_a_paragraph_that_was_deleted_as_a_whole_goes() -> None:
    body = paragraph(run("甲")) + paragraph(DELETED % "旧段。", properties=GONE) + paragraph(run("乙"))
    content = read(body)
    assert (shown(content), listed(content)) == (["甲", "乙"], [("旧段。", "deleted in the document")])


def test_what_was_moved_is_where_it_was_moved_to() -> None:
    moved = f"<w:moveFrom>{run('移动的话')}</w:moveFrom>"
    body = (
        paragraph(run("甲"), moved, properties='<w:rPr><w:moveFrom w:id="1"/></w:rPr>')
        + paragraph(run("乙"))
        + paragraph(f"<w:moveTo>{run('移动的话')}</w:moveTo>")
    )
    content = read(body)
    assert shown(content) == ["甲乙", "移动的话"]
    assert listed(content) == [("移动的话", "moved elsewhere in the document")]


@pytest.mark.parametrize("inner", ["旧话", "旧</w:delText><w:tab/><w:delText>话"])
def test_deleted_words_are_listed(inner: str) -> None:
    content = read(paragraph(run("甲"), DELETED % inner, DELETED % "又一", run("乙")))
    assert shown(content) == ["甲乙"]
    assert [text.replace(" ", "") for text, _ in listed(content)] == ["旧话又一"]


@pytest.mark.parametrize(
    ("properties", "why"), [("<w:del/>", "deleted in the document"), ("<w:hidden/>", "hidden in the document")]
)
def test_rows_that_are_gone(properties: str, why: str) -> None:
    content = read(
        table(
            row(cell("甲"), cell("乙")), row(cell("丙"), cell("丁"), properties=properties), row(cell("戊"), cell("己"))
        )
    )
    assert [line.table.rows for line in content.lines if line.table] == [(("甲", "乙"), ("戊", "己"))]
    assert listed(content) == [("丙 丁", why)]
    alone = read(table(row(cell("丙"), properties=properties)) + paragraph(run("后文。")))
    assert (shown(alone), listed(alone)) == (["后文。"], [("丙", why)])
    assert shown(read(table(row(cell("甲"), properties="<w:ins/>")))) == ["甲"]


def test_a_cell_that_was_deleted_goes() -> None:
    content = read(table(row(cell("甲"), cell("乙", "<w:cellDel/>"), cell("丙"))))
    assert [line.table.rows for line in content.lines if line.table] == [(("甲", "丙"),)]
    assert listed(content) == [("乙", "deleted in the document")]
