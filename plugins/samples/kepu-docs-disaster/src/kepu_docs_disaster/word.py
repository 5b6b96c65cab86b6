"""Tables of the section in Word: shaded heads, merged equal cells in the first column, and a merged row of sums."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from kepu_docs.plugin import SectionPart, Table

HEAD: Final = "D9E2F3"
"""The background of a table's head, as a colour of the web."""
SUM: Final = "F2F2F2"
"""The background of the row of sums."""
SUMS: Final = ("合计", "合計", "Total")
"""The first word of a row of sums, in the languages of the templates."""

_AFTER_SHADING: Final = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")


def tables_with_merged_cells(part: SectionPart) -> list[Any]:
    """Return the section: its tables as python-docx documents, and everything between them as it is by default."""
    made: list[Any] = []
    for is_table, blocks in groupby(part.blocks, lambda block: isinstance(block, Table)):
        if is_table:
            made += [_drawn(table, part) for table in blocks]
        else:
            made.append(part.render_default(blocks))
    return made


def _drawn(block: Any, part: SectionPart) -> Any:
    """Return a document with the default caption and table, which are then changed."""
    document = part.new_document()
    body = document.element.body
    for element in parse_xml(f"<w:body {nsdecls('w')}>{part.render_default([block])}</w:body>"):
        body.insert_element_before(element, "w:sectPr")
    # The elements of python-docx's cells: its own merging goes through a table again for each cell.
    (table,) = body.iterchildren(qn("w:tbl"))
    head, *rows = table.tr_lst
    _shade(head.tc_lst, HEAD)
    if rows and block.rows[-1][0] in SUMS:
        _span(rows[-1].tc_lst, block.rows[-1])
        _shade(rows[-1].tc_lst, SUM)
        rows.pop()
    for text, repeated in groupby(zip(rows, block.rows, strict=False), lambda pair: pair[1][0]):
        if text:
            _merge([row.tc_lst[0] for row, _ in repeated])
    return document


def _merge(cells: Sequence[Any]) -> None:
    """Merge cells below one another into one, with the text of the first."""
    if len(cells) < 2:
        return
    for place, cell in enumerate(cells):
        cell.vMerge = "restart" if place == 0 else "continue"
    _empty(cells[1:])


def _span(cells: Sequence[Any], texts: Sequence[str]) -> None:
    """Merge the first cell of a row with the empty ones that follow it."""
    filled = next((place for place, text in enumerate(texts) if place and text), len(texts))
    if filled > 1:
        _empty(cells[1:filled])
        cells[0].merge(cells[filled - 1])


def _empty(cells: Iterable[Any]) -> None:
    """Remove the content of the paragraphs in cells."""
    for cell in cells:
        for paragraph in cell.p_lst:
            paragraph.clear_content()


def _shade(cells: Iterable[Any], colour: str) -> None:
    """Give cells a background."""
    for cell in cells:
        shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
        cell.get_or_add_tcPr().insert_element_before(shading, *_AFTER_SHADING)
