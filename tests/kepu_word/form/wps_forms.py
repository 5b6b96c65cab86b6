"""Forms as WPS writes them: numeric style ids, language hints in each run, all settings in each paragraph, its data."""

import io
import zipfile
from xml.sax.saxutils import escape

from tests.kepu_word.form.made_forms import MC, WPS, W

_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_DOCUMENT}/relationships" xmlns:mc="{MC}" xmlns:wps="{WPS}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:wp14="http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"'
    ' xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" mc:Ignorable="w14 w15 wp14"'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def _look(font: str, size: int, language: str = "", more: str = "") -> str:
    """Return the properties of a run: ``size`` in half points, ``language`` as WPS marks what was typed in another."""
    written = f'<w:lang w:val="en-US" w:eastAsia="{language}"/>' if language else ""
    fonts = f'<w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
    return f'<w:rPr>{fonts}{more}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{written}</w:rPr>'


def _runs(text: str, font: str, size: int, more: str = "") -> str:
    """Return the runs of a text, split where its language changes, with a language said for every other one."""
    pieces: list[str] = []
    for char in text:
        if pieces and char.isascii() == pieces[-1][-1].isascii():
            pieces[-1] += char
        else:
            pieces.append(char)
    return "".join(
        f'<w:r>{_look(font, size, "zh-CN" if place % 2 else "", more)}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        for place, piece in enumerate(pieces)
    )


def _paragraph(
    text: str,
    font: str = "仿宋_GB2312",
    size: int = 32,
    *,
    align: str = "both",
    first: int = 0,
    more: str = "",
    runs: str = "",
) -> str:
    """Return a paragraph with all that WPS says of one; ``first`` is its first line's indent in hundredths of characters."""
    indent = f'<w:ind w:firstLine="{first * size // 10}" w:firstLineChars="{first}"/>' if first else ""
    return (
        '<w:p><w:pPr><w:keepNext w:val="0"/><w:keepLines w:val="0"/><w:pageBreakBefore w:val="0"/><w:widowControl w:val="0"/>'
        '<w:kinsoku/><w:wordWrap/><w:overflowPunct/><w:topLinePunct w:val="0"/><w:autoSpaceDE/><w:autoSpaceDN/>'
        f'<w:bidi w:val="0"/><w:adjustRightInd/><w:snapToGrid/>{indent}<w:jc w:val="{align}"/><w:textAlignment w:val="auto"/>'
        f"{_look(font, size, 'zh-CN')}</w:pPr>{runs or _runs(text, font, size, more)}</w:p>"
    )


def _cell(text: str, width: int, *, span: int = 1, merge: str = "", align: str = "center") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = {"": "", "first": '<w:vMerge w:val="restart"/>', "next": '<w:vMerge w:val="continue"/>'}[merge]
    paragraphs = "".join(_paragraph(each, "宋体", 21, align=align) for each in text.split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merged}<w:noWrap w:val="0"/><w:vAlign w:val="center"/>'
        f"</w:tcPr>{paragraphs}</w:tc>"
    )


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_BORDERS = "".join(f'<w:{side} w:val="single" w:color="auto" w:sz="4" w:space="0"/>' for side in _SIDES)
_MARGINS = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in zip(_SIDES, (0, 108, 0, 108), strict=False)
)


def _row(*cells: str, height: int = 0, rule: str = "atLeast", head: bool = False) -> str:
    tall = f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>' if height else ""
    heads = "<w:tblHeader/>" if head else ""
    return (
        f"<w:tr><w:tblPrEx><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPrEx>"
        f"<w:trPr>{tall}{heads}</w:trPr>{''.join(cells)}</w:tr>"
    )


def _table(widths: tuple[int, ...], *rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="4"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _text_box(text: str) -> str:
    """Return a run with a text box, as WPS writes one: the shape, and for older programs one in VML."""
    inner = f"<w:txbxContent>{_paragraph(text, '黑体', 28, align='center')}</w:txbxContent>"
    return (
        '<w:r><w:rPr><w:sz w:val="32"/></w:rPr><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0"'
        ' distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264" behindDoc="0" locked="0"'
        ' layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>3600000'
        '</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>60000</wp:posOffset></wp:positionV>'
        '<wp:extent cx="1900000" cy="480000"/><wp:effectExtent l="4445" t="4445" r="8255" b="10795"/><wp:wrapNone/>'
        '<wp:docPr id="1" name="文本框 1"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/'
        'office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="1900000" cy="480000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill>'
        f'<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape id="_x0000_s1026" o:spid="_x0000_s1026" o:spt="202" type="#_x0000_t202" style="position:absolute;'
        f'left:0pt;margin-left:283pt;margin-top:5pt;height:38pt;width:150pt;z-index:251659264;" coordsize="21600,21600">'
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def _style(kind: str, identity: str, name: str, more: str = "") -> str:
    default = ' w:default="1"' if name in ("Normal", "Default Paragraph Font", "Normal Table") else ""
    return f'<w:style w:type="{kind}"{default} w:styleId="{identity}"><w:name w:val="{name}"/>{more}</w:style>'


_STYLES = (
    f'<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    ' w:eastAsia="宋体" w:cs="Times New Roman"/></w:rPr></w:rPrDefault></w:docDefaults>'
    + _style("paragraph", "1", "Normal", '<w:qFormat/><w:uiPriority w:val="0"/><w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr>')
    + _style("paragraph", "2", "heading 1", '<w:basedOn w:val="1"/><w:next w:val="1"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr>')
    + _style("character", "3", "Default Paragraph Font", '<w:semiHidden/><w:qFormat/><w:uiPriority w:val="0"/>')
    + _style("table", "4", "Normal Table", f'<w:semiHidden/><w:tblPr><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr>')
    + "</w:styles>"
)  # fmt: skip


def _package(body: str, header: str, footer: str) -> bytes:
    """Return a document with the parts that WPS writes."""
    section = (
        '<w:sectPr><w:headerReference r:id="rId3" w:type="default"/><w:footerReference r:id="rId4" w:type="default"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1558" w:bottom="1440" w:left="1558" w:header="851"'
        ' w:footer="992" w:gutter="0"/><w:pgNumType w:fmt="decimal"/><w:cols w:space="425" w:num="1"/>'
        '<w:docGrid w:type="lines" w:linePitch="312" w:charSpace="0"/></w:sectPr>'
    )
    custom = "http://www.wps.cn/officeDocument/2013/wpsCustomData"
    parts = {
        "word/document.xml": (f"{_WORD}.document.main+xml", f"<w:document {_NAMESPACES}><w:body>{body}{section}</w:body></w:document>"),
        "word/styles.xml": (f"{_WORD}.styles+xml", _STYLES),
        "word/settings.xml": (
            f"{_WORD}.settings+xml",
            f'<w:settings {_NAMESPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader w:val="0"/><w:bordersDoNotSurroundFooter'
            ' w:val="0"/><w:documentProtection w:enforcement="0"/><w:defaultTabStop w:val="420"/><w:characterSpacingControl'
            ' w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>'
            '<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/></w:compat>'
            '<w:docVars><w:docVar w:name="commondata" w:val="eyJoZGlkIjoiMDAifQ=="/></w:docVars></w:settings>',
        ),
        "word/header1.xml": (f"{_WORD}.header+xml", f"<w:hdr {_NAMESPACES}>{header}</w:hdr>"),
        "word/footer1.xml": (f"{_WORD}.footer+xml", f"<w:ftr {_NAMESPACES}>{footer}</w:ftr>"),
        "word/numbering.xml": (f"{_WORD}.numbering+xml", _NUMBERING),
        "word/fontTable.xml": (f"{_WORD}.fontTable+xml", f'<w:fonts {_NAMESPACES}><w:font w:name="仿宋_GB2312"/></w:fonts>'),
        "customXml/item1.xml": (
            "", f'<s:customData xmlns="{custom}" xmlns:s="{custom}"><customSectProps><customSectPr/></customSectProps></s:customData>'
        ),
        "customXml/itemProps1.xml": (
            f"{_OFFICE}.customXmlProperties+xml",
            '<ds:datastoreItem ds:itemID="{B1977F7D-205B-4081-913C-38D41E755F92}"'
            f' xmlns:ds="{_DOCUMENT}/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{custom}"/></ds:schemaRefs></ds:datastoreItem>',
        ),
        "docProps/app.xml": (
            f"{_OFFICE}.extended-properties+xml",
            f'<Properties xmlns="{_DOCUMENT}/extended-properties"><Application>WPS Office_12.1.0.16388_F1E327BC-269C-435d-A152-'
            "05C5408002CA</Application><DocSecurity>0</DocSecurity></Properties>",
        ),
        "docProps/custom.xml": (
            f"{_OFFICE}.custom-properties+xml",
            f'<Properties xmlns="{_DOCUMENT}/custom-properties" xmlns:vt="{_DOCUMENT}/docPropsVTypes"><property'
            ' fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer"><vt:lpwstr>2052-12.1.0.16388'
            "</vt:lpwstr></property></Properties>",
        ),
    }  # fmt: skip
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, (kind, _) in parts.items() if kind)
    main = ("styles", "settings", "header1", "footer1", "fontTable", "numbering")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f"{types}</Types>",
        )
        root = (
            ("officeDocument", "word/document.xml"),
            ("extended-properties", "docProps/app.xml"),
            ("custom-properties", "docProps/custom.xml"),
        )
        package.writestr("_rels/.rels", _relations(*root))
        targets = [(name.rstrip("1"), f"{name}.xml") for name in main]
        package.writestr("word/_rels/document.xml.rels", _relations(*targets, ("customXml", "../customXml/item1.xml")))
        package.writestr("customXml/_rels/item1.xml.rels", _relations(("customXmlProps", "itemProps1.xml")))
        for name, (_, text) in parts.items():
            package.writestr(name, _DECLARATION + text)
    return stream.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    members = "".join(
        f'<Relationship Id="rId{number}" Type="{_DOCUMENT}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{members}</Relationships>'


_NUMBERING = (
    f'<w:numbering {_NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="5B2F3C11"/><w:multiLevelType'
    ' w:val="singleLevel"/><w:tmpl w:val="5B2F3C11"/><w:lvl w:ilvl="0" w:tentative="0"><w:start w:val="1"/><w:numFmt'
    ' w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def _page_number() -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = '<w:r><w:instrText xml:space="preserve"> PAGE  \\* MERGEFORMAT </w:instrText></w:r>'
    return _paragraph(
        "",
        "宋体",
        18,
        align="center",
        runs=f"{mark('begin')}{code}{mark('separate')}{_runs('1', '宋体', 18)}{mark('end')}",
    )


def statistics() -> bytes:
    """A statistical table: heads over several rows, a cell merged down over the rows that repeat, a sum, a signing line."""
    widths = (1100, 2500, 1600, 1600, 1990)
    rows = (
        _row(_cell("单位", 1100), _cell("{{社区.名称}}", 4100, span=2), _cell("年度", 1600), _cell("{{时间｜年份}}", 1990), height=600),
        _row(_cell("类别", 1100), _cell("活动名称", 2500), _cell("时间", 1600), _cell("人次", 1600), _cell("备注", 1990), height=500, head=True),
        _row(
            _cell("{% for 项 in 科普活动。活动 %}科普活动", 1100, merge="first"),
            _cell("{{序号}}.{{项.名称}}", 2500, align="left"),
            _cell("{{项.时间｜何时}}", 1600),
            _cell("{{项.人次}}", 1600, align="right"),
            _cell("{{项.成果}}{% endfor %}", 1990),
            height=480,
        ),
        _row(_cell("", 1100, merge="next"), _cell("小计", 4100, span=2), _cell("{{科普活动。人次}}", 1600, align="right"), _cell("", 1990), height=480),
        _row(_cell("工作小结", 1100), _cell("{{栏目（“科普培训”，标题＝否）}}", 7690, span=4, align="left"), height=2000),
    )  # fmt: skip
    body = (
        _paragraph("科普工作统计表", "方正小标宋简体", 44, align="center")
        + _table(widths, *rows)
        + _paragraph("填表人：{{署名}}    日期：{{署名日期}}", "宋体", 21)
    )
    return _package(body, _paragraph("附件2", "黑体", 28), _page_number())


def report() -> bytes:
    """A letter-head paper: a text box at its head, numbered headings, conditions in a line, a table that may vanish."""
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    task = _paragraph("{{ 事.任务 }}{{ 事.责任人 | 短语(“，由{}负责”) }}。").replace(
        "<w:kinsoku/>", f"{number}<w:kinsoku/>"
    )
    body = "".join(
        (
            _paragraph("", runs=_text_box("{{ 社区.名称 }}") + _runs("编号：", "仿宋_GB2312", 32)),
            _paragraph("{{ 标题 }}", "方正小标宋简体", 44, align="center", more="<w:b/>"),
            _paragraph("{{ 主送机关 | 默认(“各有关单位”) }}："),
            _paragraph("{{ 开头 }}", first=200),
            _paragraph("{% if 科普培训 %}全年举办培训{{ 科普培训.举办场次 }}，{{ 科普培训.人次 }}参加；{% endif %}{% if 科普活动 %}开展活动{{ 科普活动.活动 | 个数 }}项。{% endif %}", first=200),
            _paragraph("{{ 栏目(“存在问题”) }}"),
            _paragraph("{% for 事 in 下一步打算.任务 %}"),
            task,
            _paragraph("{% endfor %}"),
            _table((4400, 4400), _row(_cell("{% for 奖 in 工作成效.荣誉 %}{{ 奖.名称 }}", 4400), _cell("{{ 奖.级别 }}{% endfor %}", 4400))),
            _paragraph("{{ 署名 }}", align="right"),
            _paragraph("{{ 署名日期 | 日期 }}", align="right"),
        )
    )  # fmt: skip
    return _package(body, _paragraph("{{ 社区.街道 }}", "宋体", 18, align="center"), _page_number())
