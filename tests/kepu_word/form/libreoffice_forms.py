"""Forms that LibreOffice saved as .docx: written here as its flat documents, and kept as it saves them.

python -m tests.kepu_word.form.libreoffice_forms (in the project folder, with LibreOffice) saves them again.
"""

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

SAVED = Path(__file__).with_name("libreoffice")
"""The folder of what LibreOffice saved."""

_NAMES = (
    ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
    ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
)  # fmt: skip
_NAMESPACES = " ".join(f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in _NAMES)


def _flat(body: str, header: str = "", footer: str = "", *, wide: bool = False) -> str:
    """Return a flat document of LibreOffice's."""
    width, height = ("29.7cm", "21cm") if wide else ("21cm", "29.7cm")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMESPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="S" svg:font-family="仿宋_GB2312"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name-asian="S" fo:font-size="12pt"
 style:font-size-asian="12pt" fo:language="en" fo:country="US" style:language-asian="zh" style:country-asian="CN"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:parent-style-name="Standard"
 style:default-outline-level="1"><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}"
 fo:margin="2cm"/><style:header-style/><style:footer-style/></style:page-layout>
<style:style style:name="C" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties
 fo:text-align="center"/><style:text-properties fo:font-size="18pt" style:font-size-asian="18pt"/></style:style>
<style:style style:name="R" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties
 fo:text-align="end"/></style:style>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"
 fo:padding="0.1cm"/></style:style>
<style:style style:name="Frame" style:family="graphic"><style:graphic-properties fo:border="0.5pt solid #000000"
 style:wrap="none" style:horizontal-pos="center" style:horizontal-rel="paragraph"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/></text:list-style>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P"><style:header>{header or _p("")}</style:header>
<style:footer>{footer or _p("")}</style:footer></style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body>
</office:document>"""


def _p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def _bold(text: str) -> str:
    return f'<text:span text:style-name="B">{escape(text)}</text:span>'


def _table(name: str, *rows: tuple[str, ...], heads: int = 0) -> str:
    """Return a table; of each row the last text goes over the columns that it lacks."""
    columns = max(map(len, rows))

    def row(texts: tuple[str, ...]) -> str:
        cells = "".join(
            f'<table:table-cell table:style-name="Cell">{_p(text)}</table:table-cell>' for text in texts[:-1]
        )
        span = columns - len(texts) + 1
        cells += f'<table:table-cell table:style-name="Cell" table:number-columns-spanned="{span}">{_p(texts[-1])}</table:table-cell>'
        return f"<table:table-row>{cells}{'<table:covered-table-cell/>' * (span - 1)}</table:table-row>"

    head = "".join(map(row, rows[:heads]))
    return (
        f'<table:table table:name="{name}"><table:table-column table:number-columns-repeated="{columns}"/>'
        f"{f'<table:table-header-rows>{head}</table:table-header-rows>' if head else ''}{''.join(map(row, rows[heads:]))}</table:table>"
    )


def register() -> str:
    """A register across: a head that repeats, rows of sessions, what has no place of its own in one cell."""
    return _flat(
        _p("{{ 社区.名称 }}科普工作登记表", "C")
        + _p("填报时间：{{ 署名日期 | 日期 }}", "R")
        + _table(
            "Sessions",
            ("序号", "主题", "时间", "授课人", "人次"),
            ("{% for 场 in 科普培训.场次 %}{{ 序号 }}", "{{ 场.主题 }}", "{{ 场.时间 }}", "{{ 场.授课人 }}", "{{ 场.人次 }}{% endfor %}"),
            ("合计", "{{ 科普培训.举办场次 }}，{{ 科普培训.人次 }}"),
            ("活动", "{{ 科普活动.活动 | map(attribute=“名称”) | 连接 }}"),
            ("小结", "{{ 栏目(“工作成效”) }}"),
            heads=1,
        )
        + f'<text:p>填表人：{_bold("{{ 署")}{escape("名 }}")}</text:p>',
        header=_p("{{ 社区.街道 }}"),
        footer="<text:p>第<text:page-number/>页</text:p>",
        wide=True,
    )  # fmt: skip


def briefing() -> str:
    """A briefing: a frame with who made it, headings, a numbered list that repeats, a section with the text."""
    frame = (
        '<text:p><draw:frame draw:style-name="Frame" draw:name="F" text:anchor-type="paragraph" svg:width="12cm" svg:height="2cm">'
        f"<draw:text-box>{_p('{{ 社区.名称 }}科普简报', 'C')}{_p('{{ 时间 | 年份 }}年', 'R')}</draw:text-box></draw:frame></text:p>"
    )
    points = f'<text:list text:style-name="L"><text:list-item>{_p("{{ 项.名称 }}{{ 项.地点 | 短语(“（{}）”) }}")}</text:list-item></text:list>'
    heading = '<text:h text:style-name="Heading_20_1" text:outline-level="1">{}</text:h>'
    return _flat(
        frame
        + heading.format("活动")
        + _p("{% for 项 in 科普活动.活动 %}")
        + points
        + _p("{% endfor %}")
        + "".join(
            map(
                _p,
                (
                    "{% if 科普活动.人次 %}",
                    "全年参加{{ 科普活动.人次 }}。",
                    "{% else %}",
                    "全年活动情况待报。",
                    "{% endif %}",
                ),
            )
        )
        + heading.format("正文")
        + f'<text:section text:name="S">{_p("{{ 正文 }}")}</text:section>'
        + _p("{{ 署名 }}", "R"),
        footer=_p("{{ 标题 }}"),
    )


FLAT = {"register": register, "briefing": briefing}


def save(folder: Path) -> Mapping[str, bytes]:
    """Return what LibreOffice makes of the flat documents; ``folder`` is empty, and the caller's to delete."""
    for name, form in FLAT.items():
        (folder / f"{name}.fodt").write_text(form(), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.fodt") for name in FLAT]
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (folder / f"{name}.docx").read_bytes() for name in FLAT}


def kept(name: str) -> bytes:
    """Return a form as LibreOffice once saved it."""
    return (SAVED / f"{name}.docx").read_bytes()


if __name__ == "__main__":
    SAVED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for each, data in save(Path(scratch)).items():
            (SAVED / f"{each}.docx").write_bytes(data)
