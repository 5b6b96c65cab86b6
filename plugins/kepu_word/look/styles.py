"""Styles (word/styles.xml) and fonts (word/fontTable.xml) of a look.

Every style names its font for all four kinds of characters, with East Asian as the hint and without theme fonts;
otherwise Word shows hanzi, or “”—… between them, in a font of its own choice (python-docx#154, #1139). In documents of
the Latin script letters and “”—… have their own font, and there is no hint.
"""

from typing import Final

from kepu_docs.plugin import FontLook, Look, TextLook
from kepu_word.language import tags
from kepu_word.look.style_ids import Names
from kepu_word.look.units import TWIPS_A_POINT, advance, em, line_twips, text_twips, twips
from kepu_word.package.parts import DECLARATION, W
from kepu_word.xml_text import quote

_GB2312_CHARSET: Final = "86"
_ANSI_CHARSET: Final = "00"
# In twips; Word accepts no less than a point.
_THINNEST_LINE: Final = 20


def indent(text: TextLook) -> str:
    """Return the first line's indent, in characters for Word and in twips for readers that do not count characters.

    Without an indent nothing is written: 0 characters would override a paragraph's own indent.
    """
    if not text.first_line:
        return ""
    return (
        f'<w:ind w:left="0" w:firstLineChars="{round(text.first_line * 100)}"'
        f' w:firstLine="{round(text.first_line * em(text))}"/>'
    )


def run_properties(text: TextLook) -> str:
    """Return the members of ``w:rPr``."""
    name, hint = quote(text.font.name), ""
    if text.letters is None:
        letters, hint = name, ' w:hint="eastAsia"'
    else:
        letters = quote(text.letters.name)
    bold = int(text.bold)
    colour = f'<w:color w:val="{text.colour}"/>' if text.colour != "auto" else ""
    spacing = f'<w:spacing w:val="{round(text.spacing * TWIPS_A_POINT)}"/>' if text.spacing else ""
    half_points = round(text.size * 2)
    return (
        f'<w:rFonts{hint} w:ascii="{letters}" w:hAnsi="{letters}" w:eastAsia="{name}" w:cs="{letters}"/>'
        f'<w:b w:val="{bold}"/><w:bCs w:val="{bold}"/>{colour}{spacing}'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    )


def styles(look: Look, names: Names, locale: str, *, more: str = "") -> str:
    """Return word/styles.xml; ``more`` are styles that only some documents have."""
    text = look.text
    levels = range(len(names.headings))
    return (
        f'{DECLARATION}<w:styles xmlns:w="{W}">{_defaults(look, locale)}{_built_in(text.body)}'
        + _paragraph(names.cover, "Cover Line", text.cover, look)
        + _paragraph(names.letterhead_mark, "Letterhead Mark", text.letterhead_mark, look)
        + _paragraph(names.issuer, "Issuer", text.issuer, look)
        + _paragraph(names.document_number, "Document Number", text.document_number, look)
        + _character(names.signer, "Signer", text.signer)
        + _paragraph(names.title, "Title", text.title, look, following=names.body)
        + _paragraph(names.addressee, "Addressee", text.addressee, look, following=names.body)
        + "".join(
            _paragraph(
                names.headings[level],
                f"heading {level + 1}",
                text.headings[level],
                look,
                following=names.body,
                linked=names.heading_runs[level],
                # Word finds the level by the outline's own link to this style.
                numbered=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>',
                outline=f'<w:outlineLvl w:val="{level}"/>',
            )
            for level in levels
        )
        + "".join(_bare_heading(names, level, text.headings[level]) for level in levels)
        + "".join(
            _character(
                names.heading_runs[level],
                f"heading {level + 1} Char",
                text.headings[level],
                linked=names.headings[level],
            )
            for level in levels
        )
        + _paragraph(names.body, "Body Text", text.body, look)
        + _character(names.lead, "Strong", text.lead)
        + _paragraph(names.numbered, "List Number", text.list, look, language=_counting_language(look, locale))
        + _paragraph(names.bullet, "List Bullet", text.list, look)
        + _paragraph(names.caption, "caption", text.caption, look)
        + _paragraph(names.figure, "Figure", text.figure, look)
        + _table(names, look)
        + _style("table", names.grid, "Photo Grid", "", "TableNormal")
        + _paragraph(names.table_head, "Table Head", text.table_head, look)
        + _paragraph(names.table_text, "Table Text", text.table_text, look)
        + _gap(names, look)
        + _paragraph(names.attachment, "Attachment Note", text.attachment, look)
        + _paragraph(names.signature, "Signature", text.signature, look, together=True)
        + _paragraph(names.date, "Date", text.signature, look)
        + _paragraph(names.imprint, "Imprint", text.imprint, look)
        + _paragraph(names.page_number, "footer", text.page_number, look)
        + more
        + "</w:styles>"
    )


def contents_styles(look: Look, names: Names) -> str:
    """Return the styles of a table of contents: its heading, and its entries by level with the page numbers' tab."""
    text = look.text.contents
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{text_twips(look.page)}"/></w:tabs>'
    entries = "".join(
        _style(
            "paragraph",
            identity,
            f"toc {level + 1}",
            f'<w:next w:val="Normal"/><w:uiPriority w:val="39"/><w:pPr>{tab}{_spacing(text, look)}'
            f'<w:ind w:left="{round(level * look.contents.indent * advance(text))}"/></w:pPr>'
            f"<w:rPr>{run_properties(text)}</w:rPr>",
        )
        for level, identity in enumerate(names.contents)
    )
    return _paragraph(names.contents_title, "TOC Heading", look.text.contents_title, look) + entries


def font_table(look: Look) -> str:
    """Return word/fontTable.xml: each font with its substitutes."""
    letters = dict.fromkeys(font.latin for font in look.fonts if font.latin) if look.text.body.letters else ()
    fonts = "".join(map(_font, look.fonts)) + "".join(_font(font, _ANSI_CHARSET) for font in letters)
    return f'{DECLARATION}<w:fonts xmlns:w="{W}">{fonts}</w:fonts>'


def _font(font: FontLook, charset: str = _GB2312_CHARSET) -> str:
    return (
        f'<w:font w:name="{quote(font.name)}"><w:altName w:val="{quote(",".join(font.alternatives))}"/>'
        f'<w:charset w:val="{charset}"/><w:family w:val="{font.family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )


def _defaults(look: Look, locale: str) -> str:
    latin, east_asian = tags(locale)
    rules = look.punctuation
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run_properties(look.text.body)}"
        f'<w:lang w:val="{quote(latin)}" w:eastAsia="{quote(east_asian)}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/><w:kinsoku/><w:wordWrap/>"
        f'<w:overflowPunct w:val="{int(rules.hanging)}"/><w:topLinePunct w:val="0"/>'
        f'<w:autoSpaceDE w:val="{int(rules.space_latin)}"/><w:autoSpaceDN w:val="{int(rules.space_latin)}"/>'
        '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        "</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _built_in(body: TextLook) -> str:
    """Return the four styles that Word expects in every document."""
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{run_properties(body)}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
    )


def _style(kind: str, identity: str, name: str, members: str, based_on: str = "Normal") -> str:
    return (
        f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>'
        f"{members}</w:style>"
    )


def _paragraph(
    identity: str,
    name: str,
    text: TextLook,
    look: Look,
    *,
    following: str = "",
    linked: str = "",
    numbered: str = "",
    outline: str = "",
    together: bool = False,
    language: str = "",
) -> str:
    after = f'<w:next w:val="{following}"/>' if following else ""
    link = f'<w:link w:val="{linked}"/>' if linked else ""
    keep = "<w:keepNext/>" if text.keep_next or together else ""
    members = (
        f"{after}{link}<w:qFormat/><w:pPr>{keep}{numbered}{_spacing(text, look)}"
        f'{indent(text)}<w:jc w:val="{text.align}"/>{outline}</w:pPr><w:rPr>{run_properties(text)}{language}</w:rPr>'
    )
    return _style("paragraph", identity, name, members)


def _counting_language(look: Look, locale: str) -> str:
    """Return the language of lists: First, Second would become 第一, 第二 before an entry that begins with a hanzi."""
    if look.text.list.letters is None:
        return ""
    own, _ = tags(locale)
    return f'<w:lang w:val="{quote(own)}" w:eastAsia="{quote(own)}"/>'


def _spacing(text: TextLook, look: Look) -> str:
    line, rule = (round(text.line * TWIPS_A_POINT), "exact") if text.line else (240, "auto")
    before, after = (round(lines * line_twips(look.page)) for lines in (text.before, text.after))
    return (
        f'<w:spacing w:beforeLines="{round(text.before * 100)}" w:before="{before}"'
        f' w:afterLines="{round(text.after * 100)}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'
    )


def _character(identity: str, name: str, text: TextLook, *, linked: str = "") -> str:
    link = f'<w:link w:val="{linked}"/>' if linked else ""
    members = f"{link}<w:qFormat/><w:rPr>{run_properties(text)}</w:rPr>"
    return _style("character", identity, name, members, "DefaultParagraphFont")


def _bare_heading(names: Names, level: int, text: TextLook) -> str:
    """Return the style of a heading that has no number and is not counted."""
    # LibreOffice drops the indent together with the numbering.
    properties = f'<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr>{indent(text)}</w:pPr>'
    members = f'<w:next w:val="{names.body}"/><w:qFormat/>{properties}'
    return _style(
        "paragraph", names.bare_headings[level], f"Heading {level + 1} Unnumbered", members, names.headings[level]
    )


def _gap(names: Names, look: Look) -> str:
    """Return the style of the thin paragraph after a table; without it, two consecutive tables would be joined.

    Its height is mostly space below it, which may be lost at the end of a page: a full line would begin the next page,
    or take a page of its own.
    """
    after = round(look.table.gap * TWIPS_A_POINT) - _THINNEST_LINE
    spacing = f'<w:spacing w:after="{max(after, 0)}" w:line="{_THINNEST_LINE}" w:lineRule="exact"/>'
    members = f'<w:pPr>{spacing}</w:pPr><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>'
    return _style("paragraph", names.table_gap, "Table Gap", members)


def _table(names: Names, look: Look) -> str:
    outer, inner = look.table.outer_rule, look.table.inner_rule
    padding = twips(look.table.cell_padding)
    colour = look.table.rule_colour
    sides = {"top": outer, "left": outer, "bottom": outer, "right": outer, "insideH": inner, "insideV": inner}
    rules = "".join(
        f'<w:{side} w:val="{"single" if size else "nil"}" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size in sides.items()
    )
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.table.head_fill}"/>'
    head = f'<w:tblStylePr w:type="firstRow"><w:tcPr>{fill}</w:tcPr></w:tblStylePr>'
    members = (
        f'<w:tblPr><w:tblBorders>{rules}</w:tblBorders><w:tblCellMar><w:left w:w="{padding}" w:type="dxa"/>'
        f'<w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        f"{head if look.table.head_fill != 'auto' else ''}"
    )
    return _style("table", names.table, "Table Grid", members, "TableNormal")
