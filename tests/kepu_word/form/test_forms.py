"""Filled forms: values are inserted, everything else stays, and what cannot be filled is refused with its place."""

import io
import json
import re
import subprocess
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.depth import examples
from tests.kepu_word.form import libreoffice_forms
from tests.kepu_word.form import made_forms as made
from tests.kepu_word.form.made_forms import W, rows, shown
from tests.kepu_word.form.office_forms import FORMS
from tests.kepu_word.invariants import audit, broken_invariants

import kepu_docs
from kepu_docs import DocumentError, KepuError, RenderError, TemplateError
from kepu_docs.blocks import Heading

ROOT = Path(__file__).parents[3]
RICH = ROOT / "tests" / "examples" / "rich.yaml"
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.yaml"))


def record(**more: Any) -> dict[str, Any]:
    """Return the data of a record with two activities."""
    return {
        "community": {"name": "试验社区", "street": "试验街道", "residents": 8600},
        "period": 2025,
        "sections": [
            {
                "kind": "activities",
                "activities": [
                    {"name": "防灾展览", "held_on": "2025-05-12", "attendance": 120},
                    {"name": "健康讲座", "held_on": "2025-09-15", "attendance": 80, "place": "活动室"},
                ],
            }
        ],
        **more,
    }


EMPTY: dict[str, Any] = {"community": {"name": "空社区"}, "period": 2025, "sections": []}


def filled(form: bytes, data: Any = None, **options: Any) -> bytes:
    return kepu_docs.render(kepu_docs.load(record() if data is None else data), "docx", form=form, **options)


def faults(form: bytes, data: Any = None) -> list[str]:
    with pytest.raises(TemplateError) as caught:
        filled(form, data)
    return [fault.message for fault in caught.value.faults]


# Values.


VALUES = {
    "{{ 社区.名称 }}": "试验社区",
    "{{ community.name }}": "试验社区",
    "{{ 社區.名稱 }}": "试验社区",
    "{{ 时间 | 年份 }}": "2025",
    "{{ 科普活动.人次 }}": "200人次",
    "{{ 科普活动.活动 | 个数 }}项": "2项",
    "{{ 科普活动.活动[0].名称 }}和{{ 科普活动.活动[1].时间 }}": "防灾展览和2025年9月15日",
    "{{ 科普活动.活动[1]['地点'] }}": "活动室",
    "{{ 社区.居民.数值 }}": "8600",
    "{{ 标题 }}": "试验社区2025年科普工作总结",
    "{{ 科普培训.人次 }}|{{ 科普培训.场次 | 个数 }}|{{ 社区.区县 }}": "||",
    "{{ 科普活动.活动 | map(attribute=“名称”) | 并列 }}": "防灾展览和健康讲座",
    "{{ 科普活动.活动 | 筛选(“地点”) | map(attribute=“名称”) | 连接 }}": "健康讲座",
    "{{ “有” if 科普活动 else “无” }}{{ “有” if 科普培训 else “无” }}": "有无",
    "{{ 社区.层级 }}": "社区",
    "{{ 科普活动.活动 | 求和(“人次”) }}和{{ 科普活动.活动 | 求和(“人次.数值”) }}": "200人次和200",
    "{{ 科普活动.活动 | 求和(“发放资料”) }}{{ 科普培训.场次 | 求和(“人次”) }}": "",
    "{{ “多” if 科普活动.人次 > 100 else “少” }}{{ “多” if 科普培训.人次 >= 1 else “少” }}": "多少",
    "{{ 科普活动.标题接排 }}": "是",
    "{{ 开头 }}": "一句。\n又一句。",
    "{# 说明 #}{{ 科普培训.人次 | 默认(“无”) }}": "无",
}


def test_values_come_by_the_names_of_the_catalogues() -> None:
    form = made.with_texts(*(f"前{typed}后" for typed in VALUES))
    data = record(opening=["一句。", "又一句。"])
    data["sections"][0]["run_in_headings"] = True
    assert shown(filled(form, data)) == [f"前{text}后" for text in VALUES.values()]


@given(st.lists(st.integers(1, 18), max_size=6), st.booleans())
@settings(max_examples=examples(60), deadline=None)
def test_runs_may_be_split_anywhere(places: list[int], marked: bool) -> None:
    text = "前{{ 社区.名称 }}后"
    cuts = [0, *sorted(set(places)), len(text)]
    runs = [text[a:b] for a, b in pairwise(cuts)]
    form = made.with_runs(*runs)
    if marked:
        mark = f'<w:proofErr xmlns:w="{W}" w:type="spellStart"/>'.encode()
        form = made.changed(
            form, {"word/document.xml": lambda xml: xml.replace(b"</w:r><w:r>", b"</w:r>" + mark + b"<w:r>")}
        )
    assert shown(filled(form)) == ["前试验社区后"]


def test_a_value_looks_as_the_first_of_its_placeholder() -> None:
    document = docx.Document(io.BytesIO(filled(made.with_runs("前", "{{ 社区", ".名称 }}", "后"))))
    assert [(run.text, run.font.color.rgb[0]) for run in document.paragraphs[0].runs] == [
        ("前", 0),
        ("试验社区", 1),
        ("后", 3),
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=40)


@given(TEXTS)
@settings(max_examples=examples(200), deadline=None)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    try:
        summary = kepu_docs.load({**EMPTY, "opening": text})
    except KepuError:
        return  # the schema has its own tests
    form = made.with_texts("甲{{ 开头[0] }}乙", "{% for x in 开头 %}{{ x }}{% endfor %}")
    data = kepu_docs.render(summary, "docx", form=form)
    assert shown(data) == [f"甲{summary.opening[0]}乙", summary.opening[0]]


@pytest.mark.parametrize("text", ["100<100 & {{ x }} {% if %} \\0 <w:p/> ]]> 𠮷", "“引号”——…"])
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    assert shown(filled(made.with_texts("{{ 开头[0] }}"), {**EMPTY, "opening": text})) == [text]


def test_paragraphs_of_a_record_become_paragraphs_of_the_form() -> None:
    centred = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{made.run("{{ 开头 }}")}</w:p>'
    data = filled(made.with_body(centred + made.paragraph("后")), record(opening=["一句。", "又一句。"]))
    assert shown(data) == ["一句。", "又一句。", "后"]
    assert made.parts(data)["word/document.xml"].count(b'<w:jc w:val="center"/>') == 2


# Loops and conditions.


def test_a_field_for_sums_shows_what_the_entries_add_up_to() -> None:
    form = made.with_texts("{{ 经费.总额 }}", "{{ 科普活动.总人次 }}", "{{ training.sessions_total }}")
    funding = {"kind": "funding", "sources": [{"name": "区财政", "amount": 8000}, {"name": "自筹", "amount": 4000}]}
    data = record()
    data["sections"].append(funding)
    assert shown(filled(form, data)) == ["1.2万元", "200人次", ""]
    data["sections"][1] = {"kind": "funding", "total": 5000}
    assert shown(filled(form, data))[0] == "5000元"


def test_rows_repeat_and_are_numbered() -> None:
    form = made.with_table(
        ("序号", "名称", "人次"),
        ("{% for 项 in 科普活动.活动 %}{{ 序号 }}", "{{ 项.名称 }}", "{{ 项.人次 }}{% endfor %}"),
        ("合计", "", "{{ 科普活动.人次 }}"),
    )
    assert rows(filled(form)) == [
        ["序号", "名称", "人次"],
        ["1", "防灾展览", "120人次"],
        ["2", "健康讲座", "80人次"],
        ["合计", "", "200人次"],
    ]
    assert rows(filled(form, EMPTY)) == [["序号", "名称", "人次"], ["合计", "", ""]]


def test_rows_of_tags_alone_go() -> None:
    form = made.with_table(
        ("名称", "地点"),
        ("{% for 项 in 科普活动.活动 %}", ""),
        ("{% if 项.地点 %}", ""),
        ("{{ 项.名称 }}", "{{ 项.地点 }}"),
        ("{% else %}", ""),
        ("{{ 项.名称 }}", "（未定）"),
        ("{% endif %}", ""),
        ("", "{% endfor %}"),
    )
    assert rows(filled(form)) == [["名称", "地点"], ["防灾展览", "（未定）"], ["健康讲座", "活动室"]]


def test_paragraphs_of_tags_alone_go() -> None:
    form = made.with_texts(
        "甲", "{% if 科普培训 %}", "有培训", "{% else %}", "没有培训", "{% endif %}", "{% for 项 in 科普活动.活动 %}",
        "{{ loop.index }}. {{ 项.名称 }}", "{% endfor %}", "乙",
    )  # fmt: skip
    assert shown(filled(form)) == ["甲", "没有培训", "1. 防灾展览", "2. 健康讲座", "乙"]
    assert shown(filled(form, EMPTY)) == ["甲", "没有培训", "乙"]


def test_tags_may_stand_at_both_ends_of_what_they_repeat() -> None:
    form = made.with_texts("{% for 项 in 科普活动.活动 %}{{ 项.名称 }}", "{{ 项.人次 }}{% endfor %}")
    assert shown(filled(form)) == ["防灾展览", "120人次", "健康讲座", "80人次"]


def test_within_a_line_each_run_keeps_its_look() -> None:
    form = made.with_runs(
        "有：{% for 项 in 科普活动.活动 %}", "{{ 项.名称 }}", "{% if not loop.last %}、{% endif %}{% endfor %}", "。"
    )
    document = docx.Document(io.BytesIO(filled(form)))
    assert document.paragraphs[0].text == "有：防灾展览、健康讲座。"
    assert {
        run.font.color.rgb[0] for run in document.paragraphs[0].runs if "展览" in run.text or "讲座" in run.text
    } == {1}


def test_what_no_two_may_have_is_made_anew_in_a_loop() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="3" name="x"/><a:graphic><a:graphicData'
        ' uri="x"/></a:graphic></wp:inline></w:drawing></w:r>'
    )
    form = made.with_body(
        '<w:p><w:r><w:t>{% for 项 in 科普活动.活动 %}</w:t></w:r></w:p><w:p w14:paraId="11111111"><w:bookmarkStart w:id="1"'
        f' w:name="b"/><w:r><w:t>{{{{ 项.名称 }}}}</w:t></w:r><w:bookmarkEnd w:id="1"/>{drawing}</w:p>'
        "<w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>"
    )
    xml = made.parts(filled(form))["word/document.xml"].decode()
    assert (
        xml.count("<wp:docPr") == len({each.get("id") for each in etree.fromstring(xml.encode()).iter("{*}docPr")}) == 2
    )
    assert "paraId" not in xml
    assert "bookmark" not in xml


def test_a_list_in_a_loop_within_another_begins_anew() -> None:
    def point(text: str) -> str:
        number = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        return f"<w:p>{number}{made.run(text)}</w:p>"

    body = "".join(
        (
            made.paragraph("{% for 类 in 科普活动.活动 | 分组(“类别”) %}"),
            made.paragraph("{{ 类.名称 }}"),
            made.paragraph("{% for 项 in 类.各项 %}"),
            point("{{ 项.名称 }}"),
            made.paragraph("{% endfor %}"),
            made.paragraph("{% endfor %}"),
            point("后"),
        )
    )
    whole = made.parts(made.with_body(body))["word/document.xml"]
    form = made.changed(made.saved(docx.Document()), {"word/document.xml": lambda _: whole})
    activities = [{"name": name, "category": name[0]} for name in ("甲一", "甲二", "乙一", "乙二")]
    data = filled(form, record(sections=[{"kind": "activities", "activities": activities}]))
    root = etree.fromstring(made.parts(data)["word/document.xml"])
    numbers = [each.get(f"{{{W}}}val") for each in root.iter(f"{{{W}}}numId")]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    assert numbers[4] == "1"
    assert shown(data) == ["甲", "甲一", "甲二", "乙", "乙一", "乙二", "后"]
    assert set(broken_invariants(data)) <= set(broken_invariants(form))


def test_a_cell_and_a_table_never_lose_all_that_they_hold() -> None:
    cell = "<w:tc><w:tcPr><w:tcW w:w='2000' w:type='dxa'/></w:tcPr>{}</w:tc>"
    gone = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("{% if 科普培训 %}", "有", "{% endif %}"))
    blocks = "<w:p><w:r><w:t>{{ 栏目(“科普培训”) }}</w:t></w:r></w:p>"
    loop = "<w:p><w:r><w:t>{% for 项 in 科普培训.场次 %}{{ 项.主题 }}</w:t></w:r></w:p>"
    end = "<w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>"
    grid = "<w:tblPr/><w:tblGrid><w:gridCol w:w='2000'/><w:gridCol w:w='2000'/></w:tblGrid>"
    form = made.with_body(
        f"<w:tbl>{grid}<w:tr>{cell.format(gone)}{cell.format(blocks)}</w:tr></w:tbl>"
        f"<w:p/><w:tbl>{grid}<w:tr>{cell.format(loop)}{cell.format(end)}</w:tr></w:tbl><w:p/>"
    )
    root = etree.fromstring(made.parts(filled(form))["word/document.xml"])
    assert [len(each) for each in root.iter(f"{{{W}}}tc")] == [2, 2]
    assert len(list(root.iter(f"{{{W}}}tbl"))) == 1


# Blocks and photographs.


def test_sections_and_the_whole_text_are_set_in_the_forms_styles() -> None:
    form = made.with_texts("前", "{{ 栏目(“科普活动”) }}", "中", "{{ 栏目(“科普活动”, 标题=否) }}", "{{ 正文 }}", "后")
    summary = kepu_docs.load(record(signed_by="试验社区居民委员会"))
    blocks = kepu_docs.compose(summary).blocks
    document = docx.Document(io.BytesIO(kepu_docs.render(summary, "docx", form=form)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    heading = next(block.text for block in blocks if isinstance(block, Heading))
    assert texts.count(heading) == 2
    assert {p.style and p.style.name for p in document.paragraphs if p.text == heading} == {"Heading 1"}
    assert "试验社区居民委员会" not in texts  # for which a form has a place
    assert texts[0] == "前"
    assert texts[-1] == "后"


def test_lists_in_blocks_begin_anew_and_forms_numbering_stays() -> None:
    document = docx.Document()
    document.add_paragraph("自有编号", style="List Number")
    document.add_paragraph("{{ 正文 }}")
    form = made.saved(document)
    points = {"kind": "leadership", "points": ["甲", "乙"], "narrative": "说明。"}
    data = filled(form, record(sections=[points, {**points, "kind": "team"}]))
    numbering = etree.fromstring(made.parts(data)["word/numbering.xml"])
    before = etree.fromstring(made.parts(form)["word/numbering.xml"])
    ids = [each.get(f"{{{W}}}numId") for each in numbering.iter(f"{{{W}}}num")]
    assert len(set(ids)) == len(ids) > len(list(before.iter(f"{{{W}}}num")))
    for mine, kept in zip(before, numbering, strict=False):
        if mine.tag == f"{{{W}}}abstractNum":
            assert etree.tostring(mine, method="c14n") == etree.tostring(kept, method="c14n")
    assert set(broken_invariants(data)) <= set(broken_invariants(form))


def _with_photo(folder: Path) -> dict[str, Any]:
    image = pytest.importorskip("PIL.Image")
    image.new("RGB", (400, 200), "red").save(folder / "a.png")
    data = record()
    data["sections"][0]["photos"] = [{"file": "a.png", "caption": "活动现场"}]
    return data


def test_a_photograph_stands_at_its_place_in_its_size(tmp_path: Path) -> None:
    data = _with_photo(tmp_path)
    form = made.with_texts(
        "图：{{ 照片(科普活动.照片[0]，宽=“6cm”) }}。",
        "{{ 照片('a.png', 高='20mm') }}",
        "{{ 照片(科普培训.照片 | 第一个) }}",
    )
    out = filled(form, data, photos=tmp_path)
    root = etree.fromstring(made.parts(out)["word/document.xml"])
    sizes = [(each.get("cx"), each.get("cy")) for each in root.iter("{*}extent")]
    assert sizes == [("2160000", "1080000"), ("1440000", "720000")]
    assert shown(out) == ["图：。", "", ""]
    assert [name for name in made.parts(out) if "media" in name] != []
    survey = made.survey()
    whole = filled(survey, data, photos=tmp_path)
    assert len([name for name in made.parts(whole) if "media" in name]) == 1
    assert set(broken_invariants(whole)) <= set(broken_invariants(survey))


# What stays.


@pytest.mark.some(4)
@pytest.mark.parametrize("name", list(FORMS))
def test_all_that_is_no_placeholder_stays_as_it_is(name: str) -> None:
    form = FORMS[name]()
    before, after = made.parts(form), made.parts(filled(form))
    may_change = {
        "word/document.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "word/styles.xml",
        "word/numbering.xml",
    }
    may_change |= {part for part in before if b"{{" in before[part] or b"{%" in before[part]}
    assert {part for part in before if before[part] != after[part]} <= may_change
    assert {part.partition("/")[0] for part in after.keys() - before.keys()} <= {"customXml", "word"}


def test_of_a_part_with_placeholders_all_else_is_the_same_xml() -> None:
    form = made.with_body(
        '<w:p w14:paraId="0A0A0A0A"><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>甲 &amp; {{ 社区.名称 }}</w:t></w:r></w:p>'
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:tab/><w:t>x</w:t></w:r></w:p>'
        "</w:tc></w:tr></w:tbl><w:p/>"
    )
    expected = etree.fromstring(
        made.parts(form)["word/document.xml"].replace("{{ 社区.名称 }}".encode(), "试验社区".encode())
    )
    found = etree.fromstring(made.parts(filled(form))["word/document.xml"])
    for tree in (expected, found):
        for text in tree.iter(f"{{{W}}}t"):
            text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", "")
        etree.cleanup_namespaces(tree)
    assert etree.tostring(found, method="c14n") == etree.tostring(expected, method="c14n")


def test_headers_text_boxes_and_controls_are_filled() -> None:
    out = made.parts(filled(made.booklet()))
    header = next(name for name in out if name.startswith("word/header") and "社区".encode() in out[name])
    assert "试验社区 · 2025年科普工作总结".encode() in out[header]
    assert shown(filled(made.booklet())).count("单位：试验社区") == 2  # the shape, and its fallback
    control = made.parts(filled(made.red_head()))["word/document.xml"].decode()
    assert "showingPlcHdr" not in control
    assert 'w:val="单位名称"' in control


@pytest.mark.some(4)
@pytest.mark.parametrize("name", list(FORMS))
def test_an_empty_record_leaves_nothing(name: str) -> None:
    data = filled(FORMS[name](), EMPTY)
    for part, content in made.parts(data).items():
        assert b"{{" not in content, part
        assert b"{%" not in content, part
    texts = "".join(shown(data))
    assert "0场" not in texts
    assert "None" not in texts
    if name == "survey":
        assert rows(data, 1) == [["序号", "活动名称", "时间", "地点", "参加人次"]]


@pytest.mark.some(4)
@pytest.mark.parametrize("name", list(FORMS))
def test_a_filled_form_carries_its_record_and_can_be_filled_again(name: str, tmp_path: Path) -> None:
    summary = kepu_docs.load(record())
    data = kepu_docs.render(summary, "docx", form=FORMS[name]())
    (tmp_path / "a.docx").write_bytes(data)
    assert kepu_docs.load(tmp_path / "a.docx") == summary
    assert set(broken_invariants(data)) <= set(broken_invariants(FORMS[name]()))


def test_a_form_that_carries_a_record_gets_another(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(filled(made.with_texts("{{ 社区.名称 }}"))))
    document.add_paragraph("{{ 社区.名称 }}")
    again = made.saved(document)
    data = filled(again, EMPTY)
    (tmp_path / "a.docx").write_bytes(data)
    assert kepu_docs.load(tmp_path / "a.docx").community.name == "空社区"
    assert "试验街道".encode() not in b"".join(made.parts(filled(again, EMPTY, embed=False)).values())


def test_what_stands_in_links_notes_rows_and_controls_is_filled() -> None:
    control = "<w:sdt><w:sdtPr><w:dataBinding w:xpath='/x' w:storeItemID='y'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    loop = made.paragraph("{% for 项 in 科普活动.活动 %}{{ 项.名称 }}"), made.paragraph("{{ 序号 }}{% endfor %}")
    form = made.with_body(
        f'<w:p><w:hyperlink w:anchor="x">{made.run("见{{ 社区.名称 }}")}</w:hyperlink></w:p>'
        + control.format(made.paragraph("{{ 社区.街道 }}"))
        + f"<w:tbl><w:tblPr/><w:tblGrid/>{control.format(row.format(*loop))}</w:tbl>"
        + control.format(made.paragraph("{{ 栏目(“科普培训”) }}"))
        + f'<w:p><w:ins w:id="5" w:author="a">{made.run("{{ 时间 | 年份 }}")}</w:ins><w:del w:id="6" w:author="a"><w:r>'
        "<w:delText>{{ 旧 }}</w:delText></w:r></w:del></w:p>"
    )
    data = filled(form)
    assert shown(data) == ["见试验社区", "试验街道", "防灾展览", "1", "健康讲座", "2", "", "2025"]
    assert b"dataBinding" not in made.parts(data)["word/document.xml"]


@pytest.mark.deep
def test_words_of_the_record_in_traditional_characters() -> None:
    pytest.importorskip("opencc")
    summary = kepu_docs.load(record())
    form = made.with_texts("{{ 社區.名稱 }}", "{{ 科普活动.活动[0].名称 }}{{ 科普活动.活动[1].时间 }}")
    data = kepu_docs.render(summary, "docx", form=form, locale="zh_Hant", convert=True)
    assert shown(data) == ["試驗社區", "防災展覽2025年9月15日"]


# What is wrong.


def test_all_faults_are_found_at_once_with_their_places() -> None:
    document = docx.Document()
    document.add_paragraph("单位：{{ 社区.名子 }}")
    made.add_table(document, ("甲", "乙"), ("{{ 科普陪训.人次 }}", "{{ 社区.名称 | 数自 }}"))
    document.sections[0].header.paragraphs[0].text = "{{ x || y }}"
    document.add_paragraph("{% if 科普活动 %}没有完")
    document.add_paragraph("{{ 没关")
    found = faults(made.saved(document))
    assert len(found) == 6
    whole = "\n".join(found)
    assert "at “单位：{{ 社区.名子 }}”: unknown name “名子”; did you mean “名称”?" in whole
    assert "in table 1, row 2, column 1, at “{{ 科普陪训.人次 }}”" in whole
    assert "did you mean “科普培训”?" in whole
    assert "unknown name “数自”; did you mean “数" in whole
    assert "in a header, at “{{ x || y }}”" in whole
    assert "there is no matching endif" in whole
    assert "is not closed in this paragraph" in whole


WRONG = {
    "前{{ 正文 }}后": "a paragraph of their own",
    "{{ 科普活动.活动 }}": "a list of entries",
    "{{ 社区 }}": "consists of several facts",
    "{{ 栏目(“科谱活动”) }}": "did you mean “科普活动”?",
    "{{ 栏目(社区.名称) }}": "takes the name of a section kind",
    "{{ 照片(“x.png”, 宽度长=“1cm”) }}": "unknown name “宽度长”",
    "{{ 社区.名称(1) }}": "can be called with brackets",
    "{{ 社区名称 | 默认(“无”) }}": "unknown name “社区名称”; did you mean “社区.名称”?",
    "{% endfor %}": "there is no matching for",
    "{% else %}": "there is no matching if",
    "{% include 'x' %}": "“include” is not a tag of forms",
    "{% import 'x' as y %}": "“import” is not a tag of forms",
    "{% macro x() %}": "“macro” is not a tag of forms",
    "{{ }}": "the braces are empty",
    "{{ a | | b }}": "this cannot be understood from “|” on",
    "{{ a + }}": "this is not complete",
    "{% for a in %}": "this is not complete",
    "前{% if 科普活动 %}": "a paragraph of its own",
    "{% endif %}{% endfor %}": "",
}


def test_what_is_wrong_is_said_before_anything_is_filled() -> None:
    found = faults(made.with_texts(*WRONG))
    for typed, part in WRONG.items():
        assert not part or any(f"“{typed}”" in each and part in each for each in found), typed
    assert faults(made.with_texts("无占位符")) == ["this form has no placeholders: nothing would be filled in"]


def test_a_placeholder_where_none_is_filled_in_is_a_fault() -> None:
    shape = "<w:p><w:r><w:drawing><a:t>{{ 社区.名称 }}</a:t></w:drawing></w:r></w:p>"
    (fault,) = faults(made.with_body(shape + made.paragraph("{{ 标题 }}")))
    assert "where none is filled in" in fault


def test_what_does_not_fit_is_an_error_and_never_cut() -> None:
    assert faults(made.with_texts("{{ 开头[0] | 限字(3) }}"), {**EMPTY, "opening": "四个字呀"}) == [
        "the form, at “{{ 开头[0] | 限字(3) }}”: the text has 4 characters, 1 more than the 3 that the form allows"
    ]
    assert "more than the 5 that the form allows" in faults(made.with_texts("{{ 正文 | 限字(5) }}"))[0]
    assert "2 entries, 1 more than the form's 1 rows" in faults(made.with_texts("{{ 科普活动.活动[0].名称 }}"))[0]
    form = made.with_table(
        ("名称",), ("{% for 项 in 科普活动.活动 | 固定行(3) %}",), ("{{ 项.名称 }}",), ("{% endfor %}",)
    )
    assert rows(filled(form)) == [["名称"], ["防灾展览"], ["健康讲座"], [""]]
    assert rows(filled(form, EMPTY)) == [["名称"], [""], [""], [""]]
    many = record()
    many["sections"][0]["activities"] *= 2
    for number, each in enumerate(many["sections"][0]["activities"]):
        many["sections"][0]["activities"][number] = {**each, "name": f"活动{number}"}
    assert "4 entries, 1 more than the form's 3 rows" in faults(form, many)[0]


HOSTILE = (
    "{{ ''.__class__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ 栏目.__globals__ }}",
    "{{ 照片.__init__ }}",
    "{{ '%s' | format(1) }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ 社区.名称.upper() }}",
    "{{ " + "(" * 200 + "1" + ")" * 200 + " }}",
    "{{ '" + "x" * 3_000 + "' }}",
    "{{ '\\x00c0\\x00' }}",
    "{{ self }}",
    "{{ 99999999999999999999999999999999999999999 }}",
)
COSTLY = (
    "{{ 正文.__class__ }}",
    "{{ 开头.__class__ }}",
    "{{ range(100000) | 连接 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 'a' * 100000000 }}",
    "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
    "{{ ('x' ~ '\\x01') ~ 1 }}",
)


def test_hostile_placeholders_are_refused() -> None:
    found = faults(made.with_texts(*HOSTILE))
    for text in HOSTILE:
        assert any(f"“{text[:20]}" in each or f"{text[-8:]}”" in each for each in found), text


@pytest.mark.some(3)
@pytest.mark.parametrize("text", COSTLY)
def test_what_a_placeholder_may_cost_is_bounded(text: str) -> None:
    assert faults(made.with_texts(text))


@pytest.mark.deep
def test_a_loop_cannot_grow_without_end() -> None:
    big = "x" * 100_000
    form = made.with_texts("{% for a in range(9999) %}", big, "{{ a }}", "{% endfor %}")
    with pytest.raises(RenderError) as caught:
        filled(form)
    assert "characters of markup" in str(caught.value)


RELATION = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"'
    ' Target="{}" {}/></Relationships>'
)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", "</w:body>", '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>INCLUDETEXT '
         '"c:\\x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:body>'),
        ("word/document.xml", "</w:body>", '<w:p><w:fldSimple w:instr="DDEAUTO c:\\x y"/></w:p></w:body>'),
        ("word/document.xml", "</w:body>", '<w:altChunk/></w:body>'),
        ("word/_rels/document.xml.rels", "</Relationships>", RELATION.format("oleObject", "embeddings/x.bin", "")),
        ("word/_rels/document.xml.rels", "</Relationships>", RELATION.format("attachedTemplate", "file:///x.dotm", 'TargetMode="External"')),
        ("word/_rels/document.xml.rels", "</Relationships>", RELATION.format("image", "http://x/y.png", 'TargetMode="External"')),
        ("[Content_Types].xml", "</Types>", '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'),
    ],
)  # fmt: skip
def test_what_acts_by_itself_is_refused_at_the_door(part: str, old: str, new: str) -> None:
    form = made.changed(
        made.with_texts("{{ 社区.名称 }}"), {part: lambda data: data.replace(old.encode(), new.encode())}
    )
    with pytest.raises(DocumentError) as caught:
        filled(form)
    assert {fault.code for fault in caught.value.faults} == {"document-refused"}
    assert caught.value.faults[0].place.record == "form"


def test_a_word_template_becomes_a_document() -> None:
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml."
    form = made.changed(
        made.with_texts("{{ 社区.名称 }}"),
        {"[Content_Types].xml": lambda data: data.replace(kind + b"document.main", kind + b"template.main")},
    )
    assert kind + b"template.main" in made.parts(form)["[Content_Types].xml"]
    assert kind + b"document.main" in made.parts(filled(form))["[Content_Types].xml"]


def test_many_records_are_filled_by_the_library(tmp_path: Path) -> None:
    form = made.with_texts("{{ 社区.名称 }}：{{ 科普活动.人次 }}")
    records = [record(), {**EMPTY, "community": {"name": "空社区"}}]
    found = {name: shown(data) for name, data in kepu_docs.iter_rendered(records, form=form)}
    assert list(found.values()) == [["试验社区：200人次"], ["空社区："]]
    report = kepu_docs.render_batch(records, tmp_path, form=form, jobs=1)
    assert (report.made, report.failed) == (2, 0)
    with pytest.raises(TemplateError):
        kepu_docs.render_batch(records, tmp_path, form=made.with_texts("{{ 社区.名子 }}"))
    engine = kepu_docs.Engine(form=form)
    summary = engine.load(record())
    assert shown(engine.render(summary, "docx")) == ["试验社区：200人次"]
    assert json.loads(engine.compose(summary, form=engine.form_plan(engine.options)).to_json())["title"]
    assert "试验社区" in engine.render(summary, "txt").decode()


def test_a_document_composed_without_the_form_is_not_filled() -> None:
    document = kepu_docs.compose(kepu_docs.load(record()))
    with pytest.raises(RenderError):
        kepu_docs.render(document, "docx", form=made.with_texts("{{ 社区.名称 }}"))


def test_a_form_and_a_reference_exclude_each_other() -> None:
    with pytest.raises(RenderError):
        filled(made.with_texts("{{ 社区.名称 }}"), reference=made.with_texts("x"))


# Whole forms.


@pytest.mark.deep
@pytest.mark.parametrize("path", [*EXAMPLES, RICH], ids=lambda path: path.stem)
@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant", "en"])
@pytest.mark.parametrize("name", list(FORMS))
def test_examples_fill_the_forms_and_validators_find_nothing_new(name: str, locale: str, path: Path) -> None:
    form = FORMS[name]()
    data = kepu_docs.render(kepu_docs.load(path), "docx", form=form, locale=locale)
    # python-docx's own template has a stale list of its styles; it says so of each that is added.
    found = {each for each in audit(data) if "stylesWithEffects" not in each}
    assert _kinds(found) <= _remarks(name)
    assert set(broken_invariants(data)) <= set(broken_invariants(form))


@cache
def _remarks(name: str) -> set[str]:
    """Return what a validator says of a form itself."""
    return _kinds(audit(FORMS[name]()))


@pytest.mark.deep
@pytest.mark.office
def test_forms_that_libreoffice_saves_anew_are_filled_as_those_that_are_kept(tmp_path: Path) -> None:
    for name, form in libreoffice_forms.save(tmp_path).items():
        for given_record in (record(), EMPTY):
            kept = filled(libreoffice_forms.kept(name), given_record)
            assert shown(filled(form, given_record)) == shown(kept)


@pytest.mark.deep
@pytest.mark.office
def test_forms_that_libreoffice_saved_are_filled_alike(tmp_path: Path) -> None:
    # LibreOffice itself says the text of a content control in a line several times.
    forms = {name: FORMS[name]() for name in ("survey", "booklet")}
    for name, data in forms.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(tmp_path / f"{name}.docx") for name in forms]
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "saved"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name, form in forms.items():
        saved = (tmp_path / "saved" / f"{name}.docx").read_bytes()
        for given_record in (record(), EMPTY):
            ours, theirs = filled(form, given_record), filled(saved, given_record)
            assert [text for text in shown(theirs) if text] == [text for text in shown(ours) if text]
            assert _kinds(audit(theirs)) <= _kinds(audit(saved))


def _kinds(remarks: Iterable[str]) -> set[str]:
    """Return what a validator says, wherever: what other programs write stands elsewhere once a form is filled."""
    return {re.sub(r"\[\d+\]", "", each) for each in remarks}


@pytest.mark.parametrize("name", ["survey", "statistics"])
def test_the_forms_of_the_documentation_are_what_its_program_makes(name: str) -> None:
    there = (ROOT / "docs" / "examples" / "forms" / f"{name}.docx").read_bytes()
    assert made.parts(there) == made.parts(FORMS[name]()), "run: python docs/form.py"
