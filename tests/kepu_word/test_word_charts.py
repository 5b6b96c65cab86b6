"""Native charts: their parts, what they show, and the workbook behind them."""

import datetime
import io
import math
import sys
import zipfile
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from lxml import etree
from openpyxl import load_workbook
from tests.depth import examples
from tests.kepu_word.invariants import check_docx
from tests.kepu_word.reading import W, part

from kepu_docs.blocks import Block, Chart, ChartKind, Document, Figure, Series
from kepu_docs.plugin import RenderError
from kepu_docs.testing import OFFICIAL_OUTLINE, charts
from kepu_word import WordRenderer
from kepu_word.body.chart_workbook import workbook

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
HOSTILE = "=1+1<&\"'>"


def document(*blocks: Block) -> Document:
    return Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE)


def chart(kind: ChartKind = "bar", *series: Series) -> Chart:
    given = series or (Series("参加人次", (80.0, 300.0, None), ("80", "300余", "")),)
    return Chart(kind, "类别", ("文体活动", "科普讲座", HOSTILE), given, "各类活动", "图1")


def rendered(block: Chart) -> dict[str, bytes]:
    data = WordRenderer().render(document(block))
    check_docx(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def cached(xml: bytes, what: str) -> list[list[tuple[int, str]]]:
    """Return, of each series, the points that the chart shows before Word has read the workbook."""
    return [
        [(int(point.get("idx", "")), str(point.findtext(f"{C}v"))) for point in cache.iter(f"{C}pt")]
        for cache in etree.fromstring(xml).iterfind(f".//{C}{what}")
    ]


@pytest.mark.parametrize("kind", ["bar", "line", "pie"])
def test_a_chart_shows_its_figures(kind: ChartKind) -> None:
    xml = rendered(chart(kind))["word/charts/chart1.xml"]
    assert cached(xml, "cat") == [[(0, "文体活动"), (1, "科普讲座"), (2, HOSTILE)]]
    assert cached(xml, "val") == [[(0, "80"), (1, "300")]]
    assert cached(xml, "tx/{*}strRef") == [[(0, "参加人次")]]
    tree = etree.fromstring(xml)
    assert [text.text for text in tree.iterfind(f".//{C}dLbl//{{*}}t")] == ["300余"]
    assert tree.find(f".//{C}{kind}Chart") is not None
    assert (tree.find(f".//{C}legend") is not None) == (kind == "pie")


def test_the_workbook_has_the_same_figures_and_no_formula() -> None:
    parts = rendered(
        chart("bar", Series("甲", (1.0, 2.5, None), ("1", "2.5", "")), Series(HOSTILE, (0.0,) * 3, ("0",) * 3))
    )
    sheet = load_workbook(io.BytesIO(parts["word/embeddings/chart1.xlsx"]))["Sheet1"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["类别", "甲", HOSTILE], ["文体活动", 1, 0], ["科普讲座", 2.5, 0], [HOSTILE, None, 0]]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_formulas_of_the_chart_name_the_cells_of_the_workbook() -> None:
    many = tuple(Series(f"第{place}列", (1.0,) * 3, ("1",) * 3) for place in range(30))
    xml = rendered(chart("line", *many))["word/charts/chart1.xml"]
    formulas = [str(formula.text) for formula in etree.fromstring(xml).iterfind(f".//{C}val//{C}f")]
    assert formulas[0] == "Sheet1!$B$2:$B$4"
    assert formulas[24] == "Sheet1!$Z$2:$Z$4"
    assert formulas[25] == "Sheet1!$AA$2:$AA$4"


@given(charts())
@settings(max_examples=examples(25))
def test_any_chart_is_sound(block: Chart) -> None:
    parts = rendered(block)
    shown = cached(parts["word/charts/chart1.xml"], "val")
    series = block.series[:1] if block.kind == "pie" else block.series
    assert [[value for _, value in points] for points in shown] == [
        [f"{value:.15g}" for value in each.values if value is not None] for each in series
    ]


@given(charts())
@settings(max_examples=examples(25))
def test_the_workbook_is_the_one_that_xlsxwriter_makes(block: Chart) -> None:
    assert workbook(block) == by_xlsxwriter(block)


def test_any_text_of_a_workbook_is_the_one_that_xlsxwriter_makes() -> None:
    strange = ("_x0041_", "\x01", " 前", "后\n", "\ufffe", "", "𠮷" * 20_000, "文" * 40_000, HOSTILE)
    columns = (
        Series(f"第{place}列", (None,) * place + (place * 1.1e20,) + (None,) * (50 - place), ("",) * 51)
        for place in range(40)
    )
    block = Chart("bar", " 轴", (*strange, *("同",) * 42), tuple(columns))
    assert workbook(block) == by_xlsxwriter(block)


def by_xlsxwriter(block: Chart) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)})
        sheet = book.add_worksheet("Sheet1")
        for row, text in enumerate((block.axis, *block.categories)):
            sheet.write_string(row, 0, text)
        for column, series in enumerate(block.series, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return stream.getvalue()


def test_a_text_that_looks_like_the_markup_of_a_workbook_stays_text() -> None:
    block = Chart("bar", "<r><t>类别</t></r>", ("<r></r>",), (Series("甲", (1.0,), ("1",)),))
    sheet = load_workbook(io.BytesIO(workbook(block)))["Sheet1"]
    assert [sheet["A1"].value, sheet["A2"].value] == ["<r><t>类别</t></r>", "<r></r>"]


def test_a_number_that_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="nan"):
        workbook(Chart("bar", "类别", ("甲",), (Series("甲", (math.nan,), ("",)),)))


def test_xlsxwriter_makes_one_workbook_for_all_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    class Counted(xlsxwriter.Workbook):  # type: ignore[misc]  # XlsxWriter has no types
        def __init__(self, *given: Any) -> None:
            made.append(given)
            super().__init__(*given)

    monkeypatch.setattr(xlsxwriter, "Workbook", Counted)
    for _ in range(3):
        WordRenderer().render(document(chart(), chart("pie")))
    assert len(made) == 1


def test_charts_and_pictures_share_their_numbers_and_have_words(png: bytes) -> None:
    picture = Figure(png, "image/png", 4, 4, "照片")
    data = WordRenderer().render(document(chart(), picture, chart("pie"), picture))
    check_docx(data)
    about = list(part(data).iter(f"{WP}docPr"))
    assert [element.get("id") for element in about] == ["1", "2", "3", "4"]
    assert about[0].get("descr") == f"各类活动; 参加人次: 文体活动 80, 科普讲座 300余, {HOSTILE}"
    assert data == WordRenderer().render(document(chart(), picture, chart("pie"), picture))


def test_the_description_is_bounded() -> None:
    long = Chart("bar", "类别", ("很长的类别名称",) * 500, (Series("次", (1.0,) * 500, ("1",) * 500),))
    assert len(long.description) == 1000
    assert long.description.endswith("…")


def test_the_caption_is_kept_with_its_chart() -> None:
    data = WordRenderer().render(document(chart()))
    drawing, caption = list(part(data)[0].iterchildren(f"{W}p"))[1:3]
    assert drawing.find(f"{W}pPr/{W}keepNext") is not None
    assert "".join(str(text.text) for text in caption.iter(f"{W}t")) == "图1\u3000各类活动"


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(
        RenderError, match=r'^chart 图1: charts in Word need XlsxWriter.*pip install "kepu-docs\[charts\]"'
    ):
        WordRenderer().render(document(chart()))


@pytest.fixture
def png() -> bytes:
    from kepu_docs.testing import png

    return png(4, 4)
