"""What must hold for every form, whatever it contains: text comes out unchanged, and records share nothing."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import etree
from tests.depth import DEEP, examples
from tests.kepu_word.form import made_forms as made
from tests.kepu_word.form.made_forms import W, paragraph, run, shown
from tests.kepu_word.form.office_forms import FORMS
from tests.kepu_word.form.test_forms import EMPTY, RICH, TEXTS, filled

import kepu_docs
from kepu_docs import KepuError

VALUE = "前{{ 开头[0] }}后"
_BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
_CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
PLACES = (
    paragraph(VALUE),
    made.table((VALUE, "{% for x in 开头 %}前{{ x }}后{% endfor %}")),
    f"<w:p>{_BOX.format(paragraph(VALUE))}</w:p>",
    _CONTROL.format(paragraph(VALUE)),
    f"<w:p>{_CONTROL.format(run(VALUE))}</w:p>",
    f'<w:p><w:hyperlink w:anchor="x">{run(VALUE)}</w:hyperlink></w:p>',
    f'<w:p><w:ins w:id="1" w:author="a">{run(VALUE)}</w:ins></w:p>',
    paragraph("{% for x in 开头 %}"),
    paragraph("前{{ x }}后"),
    paragraph("{% endfor %}"),
    "<w:p>" + "".join(map(run, ("前{", "{ 开", "头[0] }", "}后"))) + "</w:p>",
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _content(xml: str, _: bytes) -> bytes:
    return xml.encode()


def everywhere() -> bytes:
    """Return a form with a value in every place that has one: those of the text, a header, a footer and the notes."""
    parts = {
        "header": f'<w:hdr xmlns:w="{W}">{paragraph(VALUE)}</w:hdr>',
        "footer": f'<w:ftr xmlns:w="{W}">{paragraph(VALUE)}</w:ftr>',
        "footnotes": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{paragraph(VALUE)}</w:footnote></w:footnotes>',
    }
    relations = "".join(f'<Relationship Id="rIdX{each}" Type="{_KINDS}/{each}" Target="{each}.xml"/>' for each in parts)
    types = "".join(f'<Override PartName="/word/{each}.xml" ContentType="{_WORD}.{each}+xml"/>' for each in parts)
    return made.changed(
        made.with_body("".join(PLACES)),
        {
            "word/_rels/document.xml.rels": lambda data: data.replace(b"</R", relations.encode() + b"</R", 1),
            "[Content_Types].xml": lambda data: data.replace(b"</T", types.encode() + b"</T", 1),
            **{f"word/{each}.xml": partial(_content, xml) for each, xml in parts.items()},
        },
    )


EVERYWHERE = everywhere()


@given(TEXTS)
@settings(max_examples=examples(100), deadline=None)
def test_any_text_comes_out_of_every_place_as_it_went_in(text: str) -> None:
    try:
        summary = kepu_docs.load({**EMPTY, "opening": text})
    except KepuError:
        return  # the schema has its own tests
    data = kepu_docs.render(summary, "docx", form=EVERYWHERE, embed=False)
    parts = ("document", "header", "footer", "footnotes")
    found = [each for part in parts for each in shown(data, f"word/{part}.xml") if each]
    assert found == [f"前{summary.opening[0]}后"] * (len(PLACES) - 2 + 4)


def canaries(name: str) -> dict[str, Any]:
    """Return a record each text of which has a name in it."""
    return {
        "community": {"name": f"{name}社区", "street": f"{name}街道"},
        "period": 2025,
        "addressee": f"{name}办公室",
        "opening": [f"{name}开头。"],
        "signed_by": f"{name}居委会",
        "sections": [
            {"kind": "training", "sessions": [{"topic": f"{name}主题{place}"} for place in range(len(name))]},
            {"kind": "activities", "activities": [{"name": f"{name}活动{place}"} for place in range(len(name))]},
            {"kind": "problems", "problems": [{"problem": f"{name}问题"}]},
        ],
    }


NAMES = ("甲", "乙乙", "丙丙丙")


@pytest.mark.some(len(FORMS))
@pytest.mark.parametrize("name", sorted(FORMS, key=lambda name: name != "statistics"))
def test_records_share_nothing_one_after_the_other_or_in_threads(name: str) -> None:
    form = FORMS[name]()
    names = NAMES if DEEP else NAMES[:2]
    records = {each: kepu_docs.load(canaries(each)) for each in names}
    # An engine takes long to begin: only where nobody waits each record has one of its own.
    alone = {
        each: kepu_docs.Engine(form=form).render(summary, "docx")
        if DEEP
        else kepu_docs.render(summary, "docx", form=form)
        for each, summary in records.items()
    }
    turns = [*names, *reversed(names), *names] if DEEP else names
    for each in turns:
        assert kepu_docs.render(records[each], "docx", form=form) == alone[each]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda each: kepu_docs.render(records[each], "docx", form=form), turns)
        assert list(found) == [alone[each] for each in turns]
    for each, data in alone.items():
        whole = b"".join(made.parts(data).values()).decode(errors="replace")
        assert not any(other in whole for other in NAMES if other not in each), each


def blank_rows(data: bytes) -> int:
    """Return how many rows of a form show nothing."""
    root = etree.fromstring(made.parts(data)["word/document.xml"])
    texts = ("".join(text.text or "" for text in row.iter(f"{{{W}}}t")) for row in root.iter(f"{{{W}}}tr"))
    return sum(not text.strip() for text in texts)


@pytest.mark.some(6)
@pytest.mark.parametrize("name", list(FORMS))
def test_an_empty_record_leaves_no_row_of_nothing(name: str) -> None:
    form = FORMS[name]()
    assert blank_rows(filled(form, EMPTY)) <= blank_rows(form)


@pytest.mark.some(6)
@pytest.mark.parametrize("name", list(FORMS))
def test_all_of_a_record_that_is_asked_for_is_there(name: str) -> None:
    whole = b"".join(made.parts(filled(FORMS[name](), RICH)).values()).decode(errors="replace")
    assert "{{" not in whole
    assert "{%" not in whole
    assert "试验社区" in whole
