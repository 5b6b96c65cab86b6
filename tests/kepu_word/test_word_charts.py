"""Native charts: their parts, what they show, and the workbook behind them."""

import io
import sys
import zipfile

import pytest
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
