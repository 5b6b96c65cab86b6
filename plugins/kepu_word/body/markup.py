"""Markup: the openings of paragraphs and runs, made once per pack and used for every block."""

from dataclasses import dataclass
from typing import Final

from kepu_docs.plugin import POINTS_A_MILLIMETRE, Look
from kepu_word.body.picture import Extent
from kepu_word.look.numbering import Numbers
from kepu_word.look.style_ids import Names
from kepu_word.look.units import EMU_A_TWIP, advance, em, text_twips, twips

TEXT: Final = '<w:t xml:space="preserve">'
RUN: Final = f"<w:r>{TEXT}"
END_RUN: Final = "</w:t></w:r>"
END: Final = "</w:t></w:r></w:p>"
LINE: Final = f"</w:t><w:br/>{TEXT}"
END_FIELD: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'

_WITH_NEXT: Final = "<w:keepNext/>"
_BREAK: Final = "<w:pageBreakBefore/>"
_BEFORE_BREAK: Final = (_WITH_NEXT, "<w:keepLines/>")
# The natural line height of a font, as a multiple of its size.
_NATURAL: Final = 1.3
_OURS: Final = Numbers()


def paragraph(style: str, properties: str = "") -> str:
    """Return the opening of a paragraph; ``properties`` are direct ones, in the schema's order.

    The style comes first as an empty element, and ``w:keepNext`` follows it: :func:`on_new_page` relies on that.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'


def field_start(instruction: str) -> str:
    """Return the opening of a field, up to its result."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field(instruction: str, result: str) -> str:
    """Return a field of Word with its ``result``, which is runs."""
    return f"{field_start(instruction)}{result}{END_FIELD}"


def number(level: int, identity: int) -> str:
    """Return the direct numbering of a paragraph; ``level`` counts from 0."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>'


def on_new_page(xml: str) -> str:
    """Make the first paragraph of ``xml`` begin a page.

    A paragraph with only a page break would leave a blank page if it came at the end of a page.
    """
    place = xml.index("/>") + 2
    for before in _BEFORE_BREAK:
        if xml.startswith(before, place):
            place += len(before)
    return xml if xml.startswith(_BREAK, place) else f"{xml[:place]}{_BREAK}{xml[place:]}"


def with_next(xml: str) -> str:
    """Keep the last paragraph of a block on one page with what follows; for a table, its last row."""
    start = max(xml.rfind("<w:tr>"), 0)
    # A table is long: only its end is parsed.
    end = xml[start:]
    if start:
        end = _kept(end, 0)
    return xml[:start] + _kept(end, end.rfind("<w:p>"))


def _kept(xml: str, start: int) -> str:
    """Keep the first paragraph from ``start`` on, and each later one of its style, with what follows it."""
    begin = xml.index("<w:pStyle ", start)
    end = xml.index("/>", begin) + 2
    if xml.startswith(_WITH_NEXT, end):
        return xml
    style = xml[begin:end]
    return xml[:begin] + xml[begin:].replace(style, style + _WITH_NEXT)


@dataclass(frozen=True, slots=True)
class Markup:
    """The openings by their purpose; those of headings are for levels 1 to 4.

    ``numbered``, ``attachment``, ``signature`` and ``date`` are names of styles, because their paragraphs differ.
    """

    names: Names
    title: str
    addressee: str
    title_quarters: int
    caption_quarters: int
    pair_caption_quarters: int
    body: str
    headings: tuple[str, ...]
    bare_headings: tuple[str, ...]
    run_ins: tuple[str, ...]
    unnumbered_run_in: str
    heading_runs: tuple[str, ...]
    lead: str
    bullet: str
    numbered: str
    unnumbered: str
    caption: str
    caption_above: str
    figure: str
    figure_above: str
    table: str
    table_head: str
    table_cells: dict[str, str]
    kept_table_cells: dict[str, str]
    low_table_lines: int
    table_gap: str
    attachment: str
    signature: str
    date: str
    flush: str
    standing_out: str
    to_the_right: str
    text_twips: int
    cell_padding_twips: int
    cell_quarter_twips: int
    grid: str
    figure_emu: Extent
    pair_emu: Extent
    chart_emu: Extent

    @classmethod
    def of(cls, look: Look, names: Names, numbers: Numbers = _OURS) -> "Markup":
        """Return the markup of a look; ``names`` are the ids of its styles."""
        levels = range(len(names.headings))
        direct = ["" if numbers.by_style else number(level, numbers.outline) for level in levels]
        return cls(
            names=names,
            title=paragraph(names.title) + RUN,
            addressee=paragraph(names.addressee) + RUN,
            title_quarters=4 * text_twips(look.page) // advance(look.text.title),
            caption_quarters=4 * text_twips(look.page) // advance(look.text.caption),
            pair_caption_quarters=4 * twips(look.figure.pair_width) // advance(look.text.caption),
            body=paragraph(names.body) + RUN,
            headings=tuple(paragraph(names.headings[level], direct[level]) + RUN for level in levels),
            bare_headings=tuple(paragraph(style) + RUN for style in names.bare_headings),
            run_ins=tuple(paragraph(names.body, number(*numbers.of_heading(level))) for level in levels),
            unnumbered_run_in=paragraph(names.body),
            heading_runs=tuple(styled(style) for style in names.heading_runs),
            lead=styled(names.lead),
            bullet=paragraph(names.bullet, number(0, numbers.bullet)),
            numbered=names.numbered,
            unnumbered=paragraph(names.numbered, "" if numbers.linked else number(0, 0)),
            caption=paragraph(names.caption),
            caption_above=paragraph(names.caption, _WITH_NEXT),
            figure=paragraph(names.figure),
            figure_above=paragraph(names.figure, _WITH_NEXT),
            table=table_start(names.table, look, '<w:tblLayout w:type="fixed"/>', head=True),
            table_head=paragraph(names.table_head) + RUN,
            table_cells=_cells(names),
            kept_table_cells=_cells(names, _WITH_NEXT),
            low_table_lines=_low_table(look),
            table_gap=paragraph(names.table_gap) + "</w:p>",
            attachment=names.attachment,
            signature=names.signature,
            date=names.date,
            # The styles of a user's template may have any indent, and an indent in characters takes precedence over one
            # in twips.
            flush="" if numbers.linked else 'w:leftChars="0" w:rightChars="0" w:firstLineChars="0" w:firstLine="0" ',
            standing_out="" if numbers.linked else 'w:leftChars="0" w:rightChars="0" w:right="0" w:hangingChars="0" ',
            to_the_right="" if numbers.linked else '<w:jc w:val="right"/>',
            text_twips=text_twips(look.page),
            cell_padding_twips=2 * twips(look.table.cell_padding),
            cell_quarter_twips=em(look.text.table_text) // 4,
            # The part of the type area that a pair leaves blank keeps the captions apart.
            grid=table_start(names.grid, look, f'<w:tblLayout w:type="fixed"/>{_margins(look)}'),
            figure_emu=_room(look.figure.width, look.figure.height),
            pair_emu=_room(look.figure.pair_width, look.figure.pair_height),
            chart_emu=_room(look.chart.width, look.chart.height),
        )


def _cells(names: Names, keep: str = "") -> dict[str, str]:
    """Return the openings of cells by alignment; ``keep`` keeps their row on one page with the next."""
    return {
        "left": paragraph(names.table_text, keep) + RUN,
        "center": paragraph(names.table_text, f'{keep}<w:jc w:val="center"/>') + RUN,
        "right": paragraph(names.table_text, f'{keep}<w:jc w:val="right"/>') + RUN,
    }


def _low_table(look: Look) -> int:
    """Return how many lines of text a table has that takes up a quarter of the type area."""
    pitch = look.text.table_text.line or look.text.table_text.size * _NATURAL
    return int(look.page.text_height * POINTS_A_MILLIMETRE / 4 / pitch)


def styled(style: str) -> str:
    """Return the opening of a run in a character style."""
    return f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>{TEXT}'


def table_start(style: str, look: Look, properties: str, *, head: bool = False) -> str:
    """Return the opening of a table as wide as the text, up to the widths of its columns.

    ``head`` says that the style sets the first row apart.
    """
    width = text_twips(look.page)
    shown = f'w:val="{"0420" if head else "0000"}" w:firstRow="{int(head)}" w:lastRow="0" w:firstColumn="0"'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:jc w:val="center"/>{properties}<w:tblLook {shown} w:lastColumn="0" w:noHBand="{int(not head)}"'
        ' w:noVBand="1"/></w:tblPr><w:tblGrid>'
    )


def _margins(look: Look) -> str:
    side = max((text_twips(look.page) // 2 - twips(look.figure.pair_width)) // 2, 0)
    return f'<w:tblCellMar><w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/></w:tblCellMar>'


def _room(width: float, height: float) -> Extent:
    return Extent(twips(width) * EMU_A_TWIP, twips(height) * EMU_A_TWIP)
