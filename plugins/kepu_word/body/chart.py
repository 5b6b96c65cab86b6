"""Charts: the drawing in the text, the chart's part, and its workbook, with which Word edits the data."""

from typing import Final

from kepu_docs.plugin import Chart, ChartLook, Place, RenderError, Series
from kepu_word.body.chart_workbook import SHEET, letters, workbook
from kepu_word.body.picture import Extent, Pictures
from kepu_word.package import zip_archive
from kepu_word.package.additions import Additions
from kepu_word.package.parts import DECLARATION, DRAWING, R, relationship, relationships
from kepu_word.xml_text import encode, escape, quote

_PART_TYPE: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CATEGORY_AXIS: Final = 1
_VALUE_AXIS: Final = 2


def chart(block: Chart, size: Extent, look: ChartLook, pictures: Pictures, additions: Additions) -> str:
    """Return the ``w:drawing`` of a chart; its parts go into ``additions``.

    Raises ``RenderError`` if XlsxWriter is not installed.
    """
    place = additions.count("chart")
    workbook = f"embeddings/chart{place}.xlsx"
    target = f"charts/chart{place}.xml"
    additions.add(zip_archive.deflated(f"word/{target}", encode(_chart_xml(block, look))), _PART_TYPE)
    leads_to = relationships(relationship("rId1", "package", f"../{workbook}"))
    additions.add(zip_archive.deflated(f"word/charts/_rels/chart{place}.xml.rels", leads_to))
    additions.add(zip_archive.stored(f"word/{workbook}", _workbook(block)), _WORKBOOK_TYPE)
    identity = additions.relate("chart", target)
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{size.width}" cy="{size.height}"/>'
        f'<wp:docPr {pictures.next_name("Chart")} descr="{quote(block.description)}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{DRAWING}/chart">'
        f'<c:chart xmlns:c="{DRAWING}/chart" r:id="{identity}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )


def _workbook(block: Chart) -> bytes:
    try:
        return workbook(block)
    except ImportError:
        text = 'charts in Word need XlsxWriter, which is not installed: pip install "kepu-docs[charts]"'
        raise RenderError.at(Place(field=f"chart {block.number or block.caption}".rstrip()), text) from None


def _chart_xml(block: Chart, look: ChartLook) -> str:
    drawn = {"bar": _bars, "line": _lines, "pie": _pie}[block.kind](block, look)
    legend = (
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>'
        if len(block.series) > 1 or block.kind == "pie"
        else ""
    )
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{DRAWING}/chart" xmlns:a="{DRAWING}/main" xmlns:r="{R}">'
        '<c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{drawn}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{_line('')}{_text(look)}"
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _bars(block: Chart, look: ChartLook) -> str:
    series = "".join(
        f"{_series_start(place, series)}{_fill(look.colour(place))}"
        f'<c:invertIfNegative val="0"/>{_labels(series, "outEnd", _whole(block))}{_data(place, block, series)}</c:ser>'
        for place, series in enumerate(block.series)
    )
    return (
        f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="80"/>{_axes_ids()}</c:barChart>{_axes(block, look)}'
    )


def _lines(block: Chart, look: ChartLook) -> str:
    series = "".join(
        f"{_series_start(place, series)}{_line(look.colour(place))}"
        f'<c:marker><c:symbol val="{look.marker(place)}"/><c:size val="7"/>{_fill(look.colour(place))}</c:marker>'
        f'{_labels(series, "t", _whole(block))}{_data(place, block, series)}<c:smooth val="0"/></c:ser>'
        for place, series in enumerate(block.series)
    )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        f"{_axes_ids()}</c:lineChart>{_axes(block, look)}"
    )


def _pie(block: Chart, look: ChartLook) -> str:
    (series, *_) = block.series
    slices = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/>{_fill(look.colour(place))}</c:dPt>'
        for place in range(len(block.categories))
    )
    return (
        f'<c:pieChart><c:varyColors val="1"/>{_series_start(0, series)}{slices}'
        f"{_labels(series, 'outEnd', _whole(block))}"
        f"{_data(0, block, series)}</c:ser>"
        '<c:firstSliceAng val="0"/></c:pieChart>'
    )


def _series_start(place: int, series: Series) -> str:
    column = letters(place + 2)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache>'
        "</c:strRef></c:tx>"
    )


def _data(place: int, block: Chart, series: Series) -> str:
    count = len(block.categories)
    categories = "".join(
        f'<c:pt idx="{row}"><c:v>{escape(name)}</c:v></c:pt>' for row, name in enumerate(block.categories)
    )
    values = "".join(
        f'<c:pt idx="{row}"><c:v>{value:.15g}</c:v></c:pt>'
        for row, value in enumerate(series.values)
        if value is not None
    )
    column = letters(place + 2)
    return (
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${count + 1}</c:f>"
        f'<c:strCache><c:ptCount val="{count}"/>{categories}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${count + 1}</c:f>"
        f'<c:numCache><c:formatCode>{_whole(block)}.##</c:formatCode><c:ptCount val="{count}"/>{values}</c:numCache>'
        "</c:numRef></c:val>"
    )


def _whole(block: Chart) -> str:
    """Return the format of whole numbers: with thousands separators if the labels have them."""
    return "#,##0" if any("," in label for series in block.series for label in series.labels) else "0"


def _labels(series: Series, position: str, whole_format: str) -> str:
    """Return the data labels: the figures; a figure with a word for its precision is written as text."""
    shown = (
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    own = "".join(
        f'<c:dLbl><c:idx val="{row}"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>{escape(label)}</a:t></a:r>'
        f'</a:p></c:rich></c:tx><c:dLblPos val="{position}"/>{shown}</c:dLbl>'
        for row, (value, label) in enumerate(zip(series.values, series.labels, strict=True))
        if value is not None and label and label.replace(",", "") != f"{value:.15g}"
    )
    whole = all(value is None or value.is_integer() for value in series.values)
    code = whole_format if whole else f"{whole_format}.##;-{whole_format}.##;0"
    number_format = f'<c:numFmt formatCode="{code}" sourceLinked="0"/>'
    return f'<c:dLbls>{own}{number_format}<c:dLblPos val="{position}"/>{shown}</c:dLbls>'


def _axes_ids() -> str:
    return f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/>'


def _axes(block: Chart, look: ChartLook) -> str:
    title = block.series[0].name if len(block.series) == 1 else ""
    titled = (
        '<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:lstStyle/><a:p><a:pPr>'
        f'<a:defRPr b="0"/></a:pPr><a:r><a:rPr b="0"/><a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
        if title
        else ""
    )
    grey = _line(look.grid_colour)
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        '<c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{grey}'
        f'<c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>{grey}</c:majorGridlines>{titled}'
        f'<c:numFmt formatCode="{_whole(block)}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_line("")}<c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="autoZero"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )


def _fill(colour: str) -> str:
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'


def _line(colour: str) -> str:
    """Return a line of ``colour``; no line if it is empty."""
    if not colour:
        return "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
    return f'<c:spPr><a:ln w="19050"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'


def _text(look: ChartLook) -> str:
    name, latin = quote(look.font.name), quote((look.letters or look.font).name)
    font = f'<a:latin typeface="{latin}"/><a:ea typeface="{name}"/><a:cs typeface="{latin}"/>'
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(look.size * 100)}">{font}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
