"""What forms contain around their placeholders: it stays, is adapted for repetition, or is refused."""

import re
from typing import Any

import pytest
from lxml import etree
from tests.kepu_word.form import libreoffice_forms
from tests.kepu_word.form import made_forms as made
from tests.kepu_word.form.made_forms import W, paragraph, run, shown
from tests.kepu_word.form.test_forms import faults, filled, record

from kepu_docs import DocumentError, RenderError
from kepu_docs.pipeline import default_engine

VALUE = "{{ 社区.名称 }}"
LOOP, END = "{% for 项 in 科普活动.活动 %}", "{% endfor %}"
NAMES = ["防灾展览", "健康讲座"]


def cell(*paragraphs: str, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{more}</w:tcPr>{"".join(map(paragraph, paragraphs))}</w:tc>'


def table(*rows: str) -> str:
    grid = '<w:gridCol w:w="2000"/><w:gridCol w:w="2000"/>'
    return (
        f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl><w:p/>"
    )


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def body(xml: str, **options: Any) -> Any:
    """Return the body of a form of this body, filled."""
    return etree.fromstring(made.parts(filled(made.with_body(xml), **options))["word/document.xml"])[0]


LOOKED = "{{ 项.名称 }}"
IN_LINE = {
    "a link around both": f'<w:p><w:hyperlink w:anchor="x">{run(LOOP)}{run(LOOKED)}{run(END)}</w:hyperlink></w:p>',
    "a link that it begins with": f'<w:p><w:hyperlink w:anchor="x">{run(LOOP + LOOKED)}</w:hyperlink>{run(END)}</w:p>',
    "controls of tags alone": f"<w:p>{control(run(LOOP))}{run(LOOKED)}{control(run(END))}</w:p>",
    "words that Word knew": f'<w:p>{run(LOOP)}<w:smartTag w:uri="x" w:element="y">{run(LOOKED + END)}</w:smartTag></w:p>',
    "a change": f'<w:p><w:ins w:id="5" w:author="a">{run(LOOP)}</w:ins>{run(LOOKED)}{run(END)}</w:p>',
}


@pytest.mark.parametrize("name", list(IN_LINE))
def test_what_is_repeated_in_a_line_may_begin_in_what_surrounds_it(name: str) -> None:
    found = filled(made.with_body(IN_LINE[name]))
    assert shown(found) == ["".join(NAMES)]
    root = etree.fromstring(made.parts(found)["word/document.xml"])
    links = [len(list(each)) for each in root.iter(f"{{{W}}}hyperlink")]
    assert links == {"a link around both": [2], "a link that it begins with": [1, 1]}.get(name, [])
    assert not list(root.iter(f"{{{W}}}sdt", f"{{{W}}}smartTag", f"{{{W}}}ins"))


def test_what_begins_in_the_midst_of_a_link_is_refused() -> None:
    (fault,) = faults(
        made.with_body(f'<w:p><w:hyperlink w:anchor="x">{run("见" + LOOP)}</w:hyperlink>{run(LOOKED + END)}</w:p>')
    )
    assert "there is a link, content control or change in between" in fault


def test_of_a_loop_without_its_end_nothing_else_is_said() -> None:
    assert len(faults(made.with_texts(LOOP, *["{{ 项.名称 }}和{{ 项.人次 }}"] * 5))) == 1
    assert len(faults(made.with_texts("{% if 科普活动 %}", LOOP, "{{ 项.名称 }}"))) == 2


def test_a_page_break_within_a_placeholder_stays() -> None:
    root = body('<w:p><w:r><w:t>{{ 社区</w:t><w:br w:type="page"/><w:t>.名称 }}</w:t></w:r></w:p>')
    assert [each.tag.rpartition("}")[2] for each in root[0][0]] == ["t", "br"]
    assert root[0][0][0].text == "试验社区"


def test_controls_keep_what_is_filled_in_as_text() -> None:
    box = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'
    day = '<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="yyyy"/></w:date>'
    choice = '<w:showingPlcHdr/><w:dropDownList w:lastValue="b"/>'
    grey = f'<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{VALUE}</w:t></w:r>'
    root = body(
        f"<w:p>{control(run('{{ “☑” if 科普活动 else “☐” }}'), box)}{control(run('{{ 时间 | 年份 }}'), day)}"
        f"{control(grey, choice)}{control(run('☐'), box)}</w:p>"
    )
    text = etree.tostring(root[0], encoding="unicode")
    assert "".join(root[0].itertext()) == "☑2025试验社区☐"
    assert text.count("checked ") == 1, "the box that nothing is filled into can still be ticked"
    assert not re.search("fullDate|lastValue|showingPlcHdr|rStyle", text)
    assert "dateFormat" in text


def test_a_field_that_word_would_work_out_anew_becomes_text_and_others_stay() -> None:
    def of(name: str) -> str:
        return field("begin") + instruction(name) + field("separate") + run(VALUE) + field("end")

    simple = f'<w:fldSimple w:instr=" MERGEFIELD 名称 ">{run(VALUE)}</w:fldSimple>'
    root = body(f"<w:p>{of(' MERGEFIELD 名称 ')}{of('REF _x')}{simple}{of('PAGE')}{of('TITLE')}</w:p>")
    assert [each.text for each in root.iter(f"{{{W}}}instrText")] == ["REF _x", "PAGE"]
    assert not list(root.iter(f"{{{W}}}fldSimple"))
    assert len(list(root.iter(f"{{{W}}}fldChar"))) == 6
    assert shown(filled(made.with_body(f"<w:p>{of('MERGEFIELD x')}</w:p>"))) == ["试验社区"]
    inner = f"{field('begin')}{instruction('MERGEFIELD x')}{field('separate')}{run('旧')}{field('end')}"
    nested = field("begin") + instruction("IF ") + inner + instruction(' = "a"') + field("separate") + run(VALUE)
    assert shown(filled(made.with_body(f"<w:p>{nested}{field('end')}{run('后')}</w:p>"))) == ["试验社区后"]


def test_bookmarks_and_comments_in_what_is_repeated_go_with_both_ends() -> None:
    marked = (
        f'<w:p>{run(LOOP)}</w:p><w:p><w:bookmarkStart w:id="1" w:name="b"/><w:commentRangeStart w:id="0"/>'
        f"{run(LOOKED)}</w:p><w:p>{run(END)}</w:p>"
        '<w:p><w:bookmarkEnd w:id="1"/><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
        '<w:p><w:bookmarkStart w:id="2" w:name="c"/><w:r><w:t>后</w:t></w:r><w:bookmarkEnd w:id="2"/></w:p>'
    )
    text = etree.tostring(body(marked), encoding="unicode")
    assert re.findall(r'(?:bookmark|comment)\w+ w:id="(\d)"', text) == ["2", "2"]


def test_what_goes_over_text_keeps_both_ends_where_a_paragraph_goes() -> None:
    root = body(
        f'<w:p><w:bookmarkStart w:id="1" w:name="b"/>{run("{% if 科普活动 %}")}</w:p><w:p>{run("有")}</w:p>'
        f'<w:p>{run("{% endif %}")}<w:bookmarkEnd w:id="1"/></w:p>'
        f'<w:p><w:bookmarkStart w:id="2" w:name="c"/>{run("{{ 栏目(“科普培训”) }}")}</w:p><w:p><w:bookmarkEnd w:id="2"/></w:p>'
    )
    names = ("bookmarkStart", "bookmarkEnd")
    assert [[each.get(f"{{{W}}}id") for each in root.iter(f"{{{W}}}{name}")] for name in names] == [["1", "2"]] * 2


def test_a_bookmark_goes_over_all_that_stands_in_the_place_of_its_paragraph() -> None:
    def marked(value: str) -> str:
        return f'<w:p w14:paraId="11111111"><w:bookmarkStart w:id="1" w:name="b"/>{run(value)}<w:bookmarkEnd w:id="1"/></w:p>'

    for value in ("{{ 标题 }}", "{{ 开头 }}", "{{ 正文 }}"):
        text = etree.tostring(body(marked(value), data=record(opening=["一句。", "又一句。"])), encoding="unicode")
        before, within, after = re.split(r"<w:bookmark(?:Start|End) [^>]*/>", text)
        assert "<w:t" not in before + after.partition("<w:sectPr")[0], value
        assert ("又一句。" in within, "标题" in value) in ((True, False), (False, True))
        assert text.count("paraId") <= 1


def test_a_note_in_what_is_repeated_is_refused() -> None:
    (fault,) = faults(
        made.with_body(
            f'{paragraph(LOOP)}<w:p>{run(LOOKED)}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>{paragraph(END)}'
        )
    )
    assert "which can only appear once" in fault


def merges(root: Any) -> list[str]:
    return [each.get(f"{{{W}}}val", "continue") for each in root.iter(f"{{{W}}}vMerge")]


def test_a_cell_merged_downwards_beyond_a_loop_is_merged_over_its_turns() -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    assert merges(body(table(cell("活动", more=start) + cell(LOOP + LOOKED + END)))) == ["restart"]  # a loop in a cell
    row = cell(f"{LOOP}活动", more=start) + cell(LOOKED + END)
    assert merges(body(table(row, cell("", more=on) + cell("合计")))) == ["restart", "continue", "continue"]
    assert merges(body(table(row))) == ["restart", "restart"]
    within = (cell(f"{LOOP}活动", more=start) + cell(LOOKED), cell("", more=on) + cell(f"x{END}"))
    assert merges(body(table(*within))) == ["restart", "continue"] * 2
    outer = cell("{% for 次 in [1, 2] %}{{ 次 }}"), cell("")
    inner = cell(f"{LOOP}活动", more=start) + cell(LOOKED + END), cell("", more=on) + cell("小计{% endfor %}")
    assert merges(body(table("".join(outer), *inner))) == ["restart", "continue", "continue"] * 2


NEARLY = {
    "{ { 社区.名称 } }": "as in {{ 社区.名称 }}",
    "{社区.名称}": "as in {{ 社区.名称 }}",
    "${社区.名称 | 日期}": "as in {{ 社区.名称 | 日期 }}",
    "{社区.名称}}": "as in {{ 社区.名称 }}",
    "社区.名称}}": "}} closes nothing",
    "{# 备注 {{ 社区.名称 }}": "{# is not closed in this paragraph",
}


@pytest.mark.parametrize("typed", list(NEARLY))
def test_what_is_nearly_a_placeholder_is_a_fault(typed: str) -> None:
    (fault,) = faults(made.with_texts(f"{VALUE}{typed}"))
    assert NEARLY[typed] in fault


def test_braces_that_are_none_of_ours_are_text() -> None:
    texts = ["{甲}", "{1,2,3}", "}{", "{ 说明：见附件 }", "C:\\{x}"]
    assert shown(filled(made.with_texts(VALUE, *texts))) == ["试验社区", *texts]


UNFILLED = {
    "a formula": '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{{ x }}</m:t></m:r></m:oMath>',
    "artistic letters": '<w:r><w:pict><v:shape><v:textpath string="{{ x }}"/></v:shape></w:pict></w:r>',
    "a choice": control(run("x"), '<w:dropDownList><w:listItem w:displayText="{{ x }}" w:value="1"/></w:dropDownList>'),
}


@pytest.mark.parametrize("name", list(UNFILLED))
def test_a_placeholder_in_what_is_no_text_is_a_fault(name: str) -> None:
    (fault,) = faults(made.with_body(f"<w:p>{run(VALUE)}{UNFILLED[name]}</w:p>"))
    assert "where none is filled in" in fault


def test_a_drawings_description_says_nothing_that_is_a_placeholder() -> None:
    drawing = '<w:r><w:drawing><wp:docPr id="3" name="x" descr="{{ x }}"/></w:drawing></w:r>'
    (found,) = body(f"<w:p>{run(VALUE)}{drawing}</w:p>").iter("{*}docPr")
    assert dict(found.attrib) == {"id": "3", "name": "x", "descr": ""}


def test_a_documents_properties_say_nothing_that_is_a_placeholder() -> None:
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{{ 社区.名称 }}文件</dc:title><dc:creator>某</dc:creator>'
        "</cp:coreProperties>"
    )
    form = made.changed(
        made.with_texts(VALUE),
        {
            "[Content_Types].xml": lambda data: data.replace(
                b"</Types>", f'<Override PartName="/docProps/core.xml" ContentType="{kind}"/></Types>'.encode()
            ),
            "docProps/core.xml": lambda _: core.encode(),
        },
    )
    found = made.parts(filled(form))["docProps/core.xml"].decode()
    assert "{{" not in found
    assert "<dc:creator>某</dc:creator>" in found


def test_a_signed_form_is_refused() -> None:
    origin = "application/vnd.openxmlformats-package.digital-signature-origin"
    form = made.changed(
        made.with_texts(VALUE),
        {
            "[Content_Types].xml": lambda data: data.replace(
                b"</Types>", f'<Default Extension="sigs" ContentType="{origin}"/></Types>'.encode()
            )
        },
    )
    with pytest.raises(DocumentError, match="a digital signature \\(save a copy without it\\)"):
        filled(form)


def test_blocks_are_as_wide_as_the_section_that_they_stand_in() -> None:
    narrow = (
        '<w:p><w:pPr><w:sectPr><w:pgSz w:w="6000" w:h="9000"/><w:pgMar w:top="500" w:right="500" w:bottom="500"'
        ' w:left="500" w:header="300" w:footer="300" w:gutter="0"/></w:sectPr></w:pPr></w:p>'
    )
    values = "".join(map(paragraph, ["{{ 标题 }}"] * 5))
    activities = [{"name": f"活动{place}", "held_on": "2025-05-12", "attendance": 60} for place in range(6)]
    root = body(
        f"{values}{paragraph('{{ 栏目(“科普活动”) }}')}{narrow}{paragraph('{{ 栏目(“科普活动”) }}')}",
        data={
            "community": {"name": "试验社区"},
            "period": 2025,
            "sections": [{"kind": "activities", "activities": activities}],
        },
    )
    widths = [sum(int(each.get(f"{{{W}}}w")) for each in grid) for grid in root.iter(f"{{{W}}}tblGrid")]
    assert len(widths) == 2
    assert widths[0] <= 5000 < widths[1]


def test_text_set_for_a_paragraph_looks_as_that_paragraph_and_headings_do_not() -> None:
    look = '<w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr>'
    given = '<w:pPr><w:spacing w:line="560"/><w:ind w:firstLine="640"/></w:pPr>'
    root = body(f"<w:p>{given}{run('{{ 正文 }}', look)}</w:p>", data=record(opening="开头。"))
    paragraphs = [each for each in root.iterchildren(f"{{{W}}}p") if "".join(each.itertext())]
    styles = [each.find(f"{{{W}}}pPr/{{{W}}}pStyle").get(f"{{{W}}}val") for each in paragraphs]
    assert {"BodyText", "heading1"} <= set(styles)
    text, heading = paragraphs[styles.index("BodyText")], paragraphs[styles.index("heading1")]
    assert [member.tag.rpartition("}")[2] for member in text[0]] == ["pStyle", "spacing", "ind", "rPr"]
    assert [size.get(f"{{{W}}}val") for size in text.iter(f"{{{W}}}sz")] == ["32", "32"]
    assert not list(heading.iter(f"{{{W}}}sz", f"{{{W}}}spacing"))
    styled = body(
        '<w:p><w:pPr><w:pStyle w:val="heading1"/></w:pPr>' + run("{{ 正文 }}") + "</w:p>", data=record(opening="开头。")
    )
    assert styled[0].find(f"{{{W}}}pPr/{{{W}}}pStyle").get(f"{{{W}}}val") == "BodyText"


def test_headings_are_numbered_by_ours_where_the_forms_numbers_show_nothing() -> None:
    form = libreoffice_forms.kept("briefing")
    own = {
        each.get(f"{{{W}}}numId")
        for each in etree.fromstring(made.parts(form)["word/numbering.xml"]).iter(f"{{{W}}}num")
    }
    root = etree.fromstring(made.parts(filled(form))["word/document.xml"])
    styles = (each for each in root.iter(f"{{{W}}}pStyle") if each.get(f"{{{W}}}val") == "Heading1")
    numbers = [next(each.itersiblings(f"{{{W}}}numPr"), None) for each in styles]
    assert [None if each is None else each[1].get(f"{{{W}}}val") not in own for each in numbers] == [None, None, True]


def test_a_report_says_which_facts_a_form_shows_and_which_never() -> None:
    exact = '<w:trPr><w:trHeight w:val="400" w:hRule="exact"/></w:trPr>'
    row = table(exact + cell(LOOP + LOOKED) + cell(f"{{{{ 项.时间 }}}}{END}"))
    form = made.with_body(f"{row}{paragraph('{{ 科普培训.人次 }}')}{paragraph('{{ 栏目(“经费”) }}')}{paragraph(VALUE)}")
    report = default_engine().check_form(form)
    facts = {each.kind: each for each in report.facts}
    assert facts.keys() == {"", "community", "training", "activities"}
    assert facts["community"].shown == ("name",)
    assert facts["activities"].shown == ("activities.name", "activities.held_on")
    assert {"activities.place", "photos", "attendance_total"} <= set(facts["activities"].unshown)
    assert facts["training"].shown == ("attendance_total",), "the sum of what is shown nowhere else"
    assert "sessions" in facts["training"].unshown
    assert "signed_by" in facts[""].unshown
    assert "rollup" not in report.unused
    assert [str(each) for each in report.remarks] == [
        "table 1, row 1 has a fixed height, and Word hides text that does not fit"
    ]
    assert default_engine().check_form(made.with_texts("{{ 正文 }}", VALUE)).facts == ()


def test_a_form_of_nothing_is_refused() -> None:
    with pytest.raises(RenderError, match="the file is empty"):
        default_engine().check_form(b"")
