"""The names by which styles of a user's Word template are found: those of kepu-docs, Word, WPS, LibreOffice and pandoc.

Names count, not ids: a Chinese Word gives the style “heading 1” the id ``1``. Upper and lower case are not
distinguished.
"""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Role:
    """The purpose of a style: the member of ``Names`` (with the level, counted from 0), and its names, best first.

    ``properties`` and ``run`` are the members of ``w:pPr`` and ``w:rPr`` with which a missing style is made, based on
    the template's default.
    """

    member: str
    names: tuple[str, ...]
    level: int | None = None
    kind: Literal["paragraph", "character", "table"] = "paragraph"
    properties: str = ""
    run: str = ""


# A template's default style may be indented, as body text is in Chinese.
_FLUSH: Final = '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
_CENTRED: Final = f'{_FLUSH}<w:jc w:val="center"/>'
_CLOSE: Final = '<w:spacing w:before="0" w:after="0"/>'
_RIGHT: Final = '<w:jc w:val="right"/>'
_BOLD: Final = "<w:b/><w:bCs/>"


def _heading(level: int) -> tuple[Role, ...]:
    number = level + 1
    outline = f'<w:keepNext/><w:outlineLvl w:val="{level}"/>'
    return (
        Role("headings", (f"heading {number}", f"标题 {number}"), level, properties=outline, run=_BOLD),
        Role(
            "heading_runs",
            (f"heading {number} Char", f"标题 {number} 字符", f"标题 {number} Char"),
            level,
            "character",
            run=_BOLD,
        ),
    )


ROLES: Final = (
    Role("title", ("Title", "标题"), properties=_CENTRED, run=_BOLD),
    Role("body", ("Body Text", "正文文本", "正文文字", "First Paragraph", "Normal", "正文")),
    *(role for level in range(4) for role in _heading(level)),
    Role("lead", ("Strong", "要点", "强调"), kind="character", run=_BOLD),
    Role("numbered", ("List Number", "列表编号", "List Paragraph", "列出段落", "列表段落", "Compact")),
    Role("bullet", ("List Bullet", "列表项目符号", "项目符号", "List Paragraph", "列出段落", "列表段落", "Compact")),
    Role("caption", ("caption", "题注", "Image Caption", "Table Caption"), properties=_CENTRED),
    Role("figure", ("Figure", "图", "图片", "Captioned Figure"), properties=_CENTRED),
    Role("table", ("Table Grid", "网格型", "表格网格", "Table"), kind="table"),
    Role("table_head", ("Table Head", "Table Heading", "表头", "表格标题"), properties=_CLOSE + _CENTRED, run=_BOLD),
    Role("table_text", ("Table Text", "Table Contents", "表格文字", "表格内容", "Compact"), properties=_CLOSE + _FLUSH),
    Role("attachment", ("Attachment Note", "附件说明")),
    Role("signature", ("Signature", "签名", "落款"), properties=f"<w:keepNext/>{_RIGHT}"),
    Role("date", ("Date", "日期"), properties=_RIGHT),
    Role("addressee", ("Addressee", "主送机关", "Salutation", "称呼"), properties=_FLUSH),
    Role("letterhead_mark", ("Letterhead Mark", "版头"), properties=_FLUSH),
    Role(
        "issuer",
        ("Issuer", "发文机关标志"),
        properties=_CENTRED,
        run=f'{_BOLD}<w:color w:val="FF0000"/><w:sz w:val="52"/><w:szCs w:val="52"/>',
    ),
    Role("document_number", ("Document Number", "发文字号"), properties=_FLUSH),
    Role("signer", ("Signer", "签发人"), kind="character"),
    Role("imprint", ("Imprint", "版记"), properties=_FLUSH),
    Role("contents_title", ("TOC Heading", "目录标题", "TOC 标题"), properties=_CENTRED, run=_BOLD),
    *(
        Role("contents", (f"toc {level + 1}", f"目录 {level + 1}", f"Contents {level + 1}"), level)
        for level in range(3)
    ),
)
"""In the order in which missing ones are reported."""

OWN_ROLES: Final = (
    Role(
        "table_gap", ("Table Gap",), properties='<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
    ),
    Role("grid", ("Photo Grid",), kind="table"),
)
"""Styles that do not concern the author of a template: if missing, they are added without a warning."""

BUILT_IN: Final = frozenset(
    (
        *("Title", "Body Text", "Strong", "List Number", "List Bullet", "caption", "Table Grid", "Signature", "Date"),
        *("TOC Heading", *(f"heading {level}" for level in range(1, 5)), *(f"toc {level}" for level in range(1, 4))),
    )
)
"""Names that Word itself defines."""
