"""The elements of a formal paper: letterhead, addressee and imprint (GB/T 9704-2012, 7.2, 7.3.2 and 7.4)."""

from math import ceil
from typing import Final

from kepu_docs.plugin import POINTS_A_MILLIMETRE, Document, Imprint, Letterhead, Look, quarters, title_lines
from kepu_word.body.markup import END, END_RUN, LINE, RUN, Markup, paragraph, styled
from kepu_word.body.picture import Extent, Pictures
from kepu_word.look.style_ids import Names
from kepu_word.look.units import EMU_A_TWIP, TWIPS_A_POINT, advance, line_twips, text_twips
from kepu_word.xml_text import escape

_COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SHAPES: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_THIN: Final = '<w:spacing w:line="20" w:lineRule="exact"/>'
# The height of the imprint's rules and of the paragraph after its table, in twips.
_RULES: Final = 80


def head(document: Document, look: Look, markup: Markup) -> list[str]:
    """Return what is above the text: the look's own line, letterhead, title."""
    pieces = [_cover(document, look, markup.names)] if look.cover.text else []
    opening = markup.title
    if document.letterhead is not None:
        pieces += letterhead(document.letterhead, look, markup.names)
        before = round(look.letterhead.title_distance * line_twips(look.page))
        after = round(look.text.title.after * line_twips(look.page))
        opening = paragraph(markup.names.title, f'<w:spacing w:before="{before}" w:after="{after}"/>') + RUN
    lines = title_lines(document.title, markup.title_quarters, document.words, quarters)
    shown = LINE.join(map(escape, lines))
    pieces.append(f"{opening}{shown}{END}")
    return pieces


def _cover(document: Document, look: Look, names: Names) -> str:
    """Return the line above the title, which the look defines, filled with the document's properties."""
    place = look.cover
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="{place.rule}" w:space="6" w:color="{place.rule_colour}"/></w:pBdr>'
        if place.rule
        else ""
    )
    shown = place.text.format(
        subject=document.subject, author=document.author, keywords=" ".join(document.keywords)
    ).strip()
    return f"{paragraph(names.cover, rule)}{RUN}{escape(shown)}{END}"


def letterhead(block: Letterhead, look: Look, names: Names) -> list[str]:
    """Return the paragraphs above the title; the last one has the red rule."""
    text, place = look.text, look.letterhead
    marks = [shown for shown in (block.copy, block.secrecy, block.urgency) if shown]
    pieces = [f"{paragraph(names.letterhead_mark)}{RUN}{escape(shown)}{END}" for shown in marks]
    # The mark of the issuing body begins at a fixed height, however much is above it.
    above = place.issuer_top * POINTS_A_MILLIMETRE - len(marks) * text.letterhead_mark.line
    size = min(text.issuer.size, text_twips(look.page) / TWIPS_A_POINT / max(quarters(block.issuer) / 4, 1))
    spacing = f'<w:spacing w:before="{round(max(above, 0) * TWIPS_A_POINT)}"/>'
    run = f'<w:r><w:rPr><w:sz w:val="{int(size * 2)}"/><w:szCs w:val="{int(size * 2)}"/></w:rPr><w:t>'
    pieces.append(f"{paragraph(names.issuer, spacing)}{run}{escape(block.issuer)}{END}")
    pieces.append(_number(block, look, names))
    return pieces


def _number(block: Letterhead, look: Look, names: Names) -> str:
    place = look.letterhead
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="{place.rule}" w:space="{round(place.rule_distance)}"'
        f' w:color="{place.rule_colour}"/></w:pBdr>'
    )
    before = f'<w:spacing w:before="{round(place.number_distance * line_twips(look.page))}"/>'
    number = f"{RUN}{escape(block.number)}{END_RUN}" if block.number else ""
    if not block.signer:
        centred = '<w:jc w:val="center"/>'
        return f"{paragraph(names.document_number, rule + before + centred)}{number}</w:p>"
    # The document number moves to the left, and the approver is at the right, each one character in.
    one = advance(look.text.document_number)
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{text_twips(look.page) - one}"/></w:tabs>'
    opening = paragraph(names.document_number, f'{rule}{tab}{before}<w:ind w:firstLine="{one}"/><w:jc w:val="left"/>')
    lead = f"<w:r><w:tab/></w:r>{RUN}{escape(block.signer_lead)}{END_RUN}"
    return f"{opening}{number}{lead}{styled(names.signer)}{escape(block.signer)}{END}"


def imprint(block: Imprint, look: Look, names: Names, pictures: Pictures) -> str:
    """Return the paragraph with the imprint: a table in a text box at the foot of the last page's type area.

    It is a text box because LibreOffice cannot place a table or a frame at the foot of a page.
    """
    place, text = look.imprint, look.text.imprint
    one, full = advance(text), text_twips(look.page)
    lines = 0
    rows: list[str] = []
    if block.copied_to:
        hanging = round(quarters(block.copied_lead) / 4 * one)
        opening = paragraph(names.imprint, f'<w:ind w:left="{hanging}" w:hanging="{hanging}"/>')
        rows.append(f"{opening}{RUN}{escape(block.copied_lead)}{escape(block.copied_to)}{END}")
        lines += ceil(quarters(block.copied_to) / 4 * one / (full - 2 * one - hanging))
    if block.printed_by or block.printed_on:
        opening = paragraph(names.imprint, f'<w:tabs><w:tab w:val="right" w:pos="{full - 2 * one}"/></w:tabs>')
        rows.append(
            f"{opening}{RUN}{escape(block.printed_by)}{END_RUN}<w:r><w:tab/></w:r>{RUN}{escape(block.printed_on)}{END}"
        )
        lines += 1
    if not rows:
        return ""
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{full}" w:type="dxa"/></w:tcPr>'
    outer, inner = (f'w:sz="{size}" w:space="0" w:color="auto"/>' for size in (place.outer_rule, place.inner_rule))
    padding = f'w:w="{one}" w:type="dxa"/>'
    table = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{names.grid}"/><w:tblW w:w="{full}" w:type="dxa"/><w:tblBorders>'
        f'<w:top w:val="single" {outer}<w:bottom w:val="single" {outer}<w:insideH w:val="single" {inner}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left {padding}<w:right {padding}</w:tblCellMar>'
        '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1"'
        f' w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="{full}"/></w:tblGrid>'
        + "".join(f"<w:tr>{cell}{row}</w:tc></w:tr>" for row in rows)
        + f"</w:tbl>{paragraph(names.table_gap, _THIN)}</w:p>"
    )
    height = round(lines * text.line * TWIPS_A_POINT) + _RULES
    size = Extent(full * EMU_A_TWIP, height * EMU_A_TWIP)
    return f"{paragraph(names.table_gap, _THIN)}<w:r>{_text_box(table, size, pictures)}</w:r></w:p>"


def _text_box(content: str, size: Extent, pictures: Pictures) -> str:
    extent = f'cx="{size.width}" cy="{size.height}"'
    return (
        f'<mc:AlternateContent xmlns:mc="{_COMPATIBILITY}"><mc:Choice xmlns:wps="{_SHAPES}" Requires="wps"><w:drawing>'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"'
        ' layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {extent}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        f'<wp:docPr {pictures.next_name("Imprint")}/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_SHAPES}">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"<a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
        "</w:drawing></mc:Choice></mc:AlternateContent>"
    )
