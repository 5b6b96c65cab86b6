"""Forms of a stranger, at ``fill``: what their placeholders may cost and see, and what their package may hold."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from tests.attacks.frame import Attack, Expected, Run
from tests.attacks.material import ESCAPES, lay, record
from tests.attacks.templates import ESCAPES_OUT, EXPENSIVE, LOOKS
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
    for command in (
        ("form", "check", "form.docx"),
        ("batch", "a.json", "-o", "out", "-q", "-j", "1", "--form", "form.docx"),
    ):
        data = made.with_texts("{{ ''.__class__ }}", "{{ 9 ** 9 ** 9 }}")
        yield Attack("form.docx: two placeholders", command[0], partial(_laid, data, command=command), REFUSED)


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
    form: bytes, folder: Path, command: Sequence[str] = ("fill", "form.docx", "a.json", "-o", "out")
) -> Sequence[str]:
    """Lay a form and a record, and return how they are used."""
    sections = [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 60}, {"topic": "识谣"}]}]
    lay(folder, "a.json", json.dumps(record(sections=sections), ensure_ascii=False))
    lay(folder, "form.docx", form)
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
