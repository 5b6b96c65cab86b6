"""Word documents of offices: WordArt, formulas, form fields, diagrams, pictures, links, symbols; no word is lost."""

import pytest
from tests.importing.word_package import cell, field, listed, package, paragraph, read, row, run, shown, table

from kepu_docs.importing.reading.word_reader import read_word_document

WORD_ART = '<w:r><w:pict><v:shape><v:textpath style="font-family:宋体" string="%s"/></v:shape></w:pict></w:r>'
PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1"%s/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
FRACTION = (
    "<m:oMath><m:f><m:num><m:r><m:t>%s</m:t></m:r></m:num><m:den><m:r><m:t>%s</m:t></m:r></m:den></m:f></m:oMath>"
)
CHECK_BOX = "<w:ffData><w:checkBox><w:sizeAuto/>%s</w:checkBox></w:ffData>"
DROP_DOWN = '<w:ffData><w:ddList>%s<w:listEntry w:val="请选择"/><w:listEntry w:val="试验街道"/><w:listEntry w:val="示范街道"/></w:ddList></w:ffData>'


@pytest.mark.parametrize(
    ("string", "lines"),
    [
        ("试验街道办事处文件", ["试验街道办事处文件"]),
        ("  试验区&#xA;科协  ", ["试验区", "科协"]),
        ("A &amp; B", ["A & B"]),
    ],
)
def test_word_art_is_text_after_its_paragraph(string: str, lines: list[str]) -> None:
    content = read(paragraph(WORD_ART % string, run("试街〔2025〕3号")) + paragraph(run("正文。")))
    assert shown(content) == ["试街〔2025〕3号", *lines, "正文。"]
    assert content.notes == []
    in_a_cell = read(table(row(cell(paragraph(WORD_ART % string, run("甲"))))))
    assert shown(in_a_cell) == ["甲", *lines]


def test_the_word_art_of_a_water_mark_is_listed() -> None:
    header = f"<w:hdr {{ns}}>{paragraph(WORD_ART % '内部资料')}</w:hdr>"
    content = read(paragraph(run("正文。")), {"word/header7.xml": ("header", header)})
    assert listed(content) == [("内部资料", "the page header")]


@pytest.mark.parametrize(
    ("codes", "text", "left_out"),
    [
        ((r" eq \o\ac(○,1) ",), "①", []),
        ((r"eq \o\ac(", "○", r",\s\do2(", "12", "))"), "⑫", []),
        ((r"EQ \o\ac(○,秘)",), "㊙", []),
        ((r"eq \o\ac(○,甲)",), "甲", ["○甲"]),
        ((r"eq \o\ac(□,\s\up1(优))",), "优", ["□优"]),
        ((r"EQ \o(伏,必)",), "〔伏必〕", ["伏必"]),
        ((r"EQ \o\al(\s\up 5(宀),\s\do 5(必))",), "〔宀必〕", ["宀必"]),
        ((r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(fú),宓)',), "宓", ["fú"]),
        ((r" EQ \F(1,2) ",), "1/2", []),
        ((r"eq \f(甲＋乙, 2)",), "甲＋乙/2", []),
        ((r"eq \f(a+b,c)",), "(a+b)/c", []),
        ((r"eq \s\up6(2)",), "²", []),
        ((r"eq \s\up6(注)",), "注", ["注"]),
        ((r"eq \r(3,x)",), "³√x", []),
        ((r"eq \x(盖章)",), "盖章", []),
        ((r"eq \b\bc\[(\a(甲,乙))",), "[甲 乙]", ["[甲 乙]"]),
        ((r"eq \i\su(1,5,3x)",), "∑₁⁵3x", []),
        ((r"eq \l(甲,乙)",), "甲,乙", []),
        ((r"eq 甲\,乙\(丙\)",), "甲,乙(丙)", []),
        ((r"eq \o\ac(○",), "○", []),
    ],
)
def test_formula_fields(codes: tuple[str, ...], text: str, left_out: list[str]) -> None:
    content = read(paragraph(run("前"), field(*codes), run("后")))
    assert shown(content) == [f"前{text}后"]
    assert [note.text for note in content.notes] == left_out


@pytest.mark.parametrize(
    ("code", "text"), [(r"eq \o\ac(○,3)", "③"), (r"eq \f(3,4)", "3/4"), (r"eq \o(木,奇)", "〔木奇〕")]
)
def test_formulas_in_simple_fields_and_with_results(code: str, text: str) -> None:
    assert shown(read(paragraph(f'<w:fldSimple w:instr="{code}"/>', run("后")))) == [f"{text}后"]
    assert shown(read(paragraph(field(code, result=""), run("后")))) == [f"{text}后"]
    assert shown(read(paragraph(field(code, result=run("成")), run("后")))) == ["成后"]
    nested = read(paragraph(run("前"), field(r"eq \f(", field(code), ",2)")))
    assert shown(nested)[0].startswith("前")


@pytest.mark.parametrize(
    ("state", "shows"),
    [('<w:default w:val="0"/><w:checked/>', "☑"), ('<w:default w:val="1"/>', "☑"), ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"), ("", "☐")],
)  # fmt: skip
def test_check_boxes(state: str, shows: str) -> None:
    content = read(paragraph(run("是"), field(" FORMCHECKBOX ", result="", form=CHECK_BOX % state), run("否")))
    assert (shown(content), content.notes) == ([f"是{shows}否"], [])


@pytest.mark.parametrize(
    ("state", "shows"),
    [('<w:result w:val="2"/>', "示范街道"), ('<w:default w:val="1"/>', "试验街道"), ("", "请选择"), ('<w:result w:val="99"/>', "")],
)  # fmt: skip
def test_lists_to_choose_from(state: str, shows: str) -> None:
    content = read(paragraph(run("街道："), field(" FORMDROPDOWN ", form=DROP_DOWN % state)))
    assert (shown(content), content.notes) == ([f"街道：{shows}"], [])
    chosen = read(paragraph(field(" FORMDROPDOWN ", form=DROP_DOWN % state, result=run("试验街道"))))
    assert shown(chosen) == ["试验街道"]


@pytest.mark.parametrize(
    ("code", "result", "text", "left_out"),
    [
        (" FORMTEXT ", run("二十人"), "填二十人", []),
        (" MACROBUTTON NoMacro [单击此处键入姓名]", None, "填", ["[单击此处键入姓名]"]),
        (r' SYMBOL 254 \f "Wingdings" \s 12', None, "填☑", []),
        (r" SYMBOL 0x2103 ", None, "填℃", []),
        (r" SYMBOL 3 \f Webdings", None, "填", ["Webdings 0003"]),
        (" AUTONUM ", None, "填", ["AUTONUM"]),
        (' PAGE  \\* "MERGEFORMAT" ', run("3"), "填3", []),
        (" MERGEFIELD 姓名 ", run("«姓名»"), "填«姓名»", []),
        (' XE "科普" ', None, "填", []),
    ],
)
def test_other_fields(code: str, result: str | None, text: str, left_out: list[str]) -> None:
    content = read(paragraph(run("填"), field(code, result=result)))
    assert shown(content) == [text]
    assert [note.text for note in content.notes] == left_out


def test_a_field_that_never_ends_takes_no_text_away() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    content = read(paragraph(run("甲"), begin, run("乙")) + paragraph(run("丙")))
    assert shown(content) == ["甲乙", "丙"]
    over = field('TOC \\o "1-3"', result=run("甲") + "</w:p><w:p>" + run("乙"))
    assert shown(read(paragraph(over) + paragraph(run("丙")))) == ["甲", "乙", "丙"]


@pytest.mark.parametrize(
    ("target", "text", "is_listed"),
    [
        ("https://x.example/kepu", "科普平台", True),
        ("https://x.example/kepu/", "见x.example/kepu", False),
        ("mailto:kepu@x.example", "kepu@x.example", False),
        ("mailto:kepu@x.example", "来信", True),
        ("附件.docx", "附件", True),
    ],
)
def test_addresses_of_links(target: str, text: str, is_listed: bool) -> None:
    left_out = [(target, "an address")] if is_listed else []
    link = f'<w:hyperlink r:id="rId5">{run(text)}</w:hyperlink>'
    assert listed(read(paragraph(link), links={"rId5": target})) == left_out
    assert listed(read(paragraph(field(f' HYPERLINK "{target}" ', result=run(text))))) == left_out
    assert listed(read(paragraph(field(f' HYPERLINK "{target}" \\l "a" \\o "b"', result=run(text))))) == left_out
    shape = f'<w:r><w:pict><v:shape href="{target}"/></w:pict></w:r>'
    assert listed(read(paragraph(shape, run(text)))) == left_out


def test_addresses_of_many_links_are_listed_whatever_the_text_says() -> None:
    links = [field(f" HYPERLINK x.example/{at} ", result=run(f"x.example/{at}")) for at in range(101)]
    assert len(listed(read(paragraph(*links)))) == 101
    assert listed(read(paragraph(*links[:100]))) == []


def test_what_leads_within_the_document_is_no_address() -> None:
    link = f'<w:hyperlink w:anchor="a">{run("甲")}</w:hyperlink>' + field(' HYPERLINK \\l "_Toc1" ', result=run("乙"))
    assert listed(read(paragraph(link))) == []


def test_addresses_beside_the_text() -> None:
    notes = f'<w:footnotes {{ns}}><w:footnote w:id="2">{paragraph(field("HYPERLINK x.example", result=run("见此")))}</w:footnote></w:footnotes>'
    content = read(paragraph(run("正文。")), {"word/footnotes.xml": ("footnotes", notes)})
    assert listed(content) == [("见此", "a footnote"), ("x.example", "an address")]


@pytest.mark.parametrize(
    ("about", "text"),
    [("", "图片 1"), (' descr="活动现场"', "活动现场"), (' title="合影"', "合影")],
)
def test_pictures(about: str, text: str) -> None:
    content = read(paragraph(run("正文。"), PICTURE % about) + table(row(cell(paragraph(PICTURE % about)))))
    assert shown(content) == ["正文。"]
    assert listed(content) == [(text, "a picture")] * 2
    old = '<w:r><w:pict><v:shape><v:imagedata r:id="rId9"%s/></v:shape></w:pict></w:r>'
    assert listed(read(paragraph(old % ""))) == [("", "a picture")]
    assert listed(read(paragraph(old % ' o:title="合影"'))) == [("合影", "a picture")]


def test_text_boxes_and_lines_are_no_pictures() -> None:
    box = f'<w:r><w:drawing><wp:anchor><wp:docPr id="3" name="文本框 3"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{paragraph(run("框内。"))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
    line = '<w:r><w:pict><v:line from="0,0" to="9,0" strokecolor="red"/></w:pict></w:r>'
    content = read(paragraph(run("框外。"), box, line))
    assert (shown(content), content.notes) == (["框外。", "框内。"], [])


def test_diagrams() -> None:
    point = '<dgm:pt modelId="%s"%s><dgm:t><a:p><a:r><a:t>%s</a:t></a:r></a:p></dgm:t></dgm:pt>'
    points = point % (1, "", "组长") + point % (2, ' type="node"', "组员") + point % (3, ' type="pres"', "组长")
    diagram = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图示 1"/><a:graphic><a:graphicData><dgm:relIds r:dm="%s"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    parts = {
        "word/diagrams/data1.xml": (
            "diagramData",
            f"<dgm:dataModel {{ns}}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>",
        )
    }
    content = read(paragraph(run("机构如下。"), diagram % "data1"), parts)
    assert (shown(content), listed(content)) == (["机构如下。"], [("组长 组员", "a diagram (SmartArt)")])
    assert listed(read(paragraph(diagram % "none"), parts)) == [("图示 1", "a diagram (SmartArt)")]
    assert listed(read(table(row(cell(paragraph(diagram % "data1")))), parts)) == [
        ("组长 组员", "a diagram (SmartArt)")
    ]


def test_charts() -> None:
    chart = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图表 1"/><a:graphic><a:graphicData><c:chart r:id="chart1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    text = "<c:chartSpace {ns}><c:title><a:t>全年讲座</a:t></c:title><c:ser><c:cat><c:strRef><c:strCache><c:pt><c:v>上半年</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:pt><c:v>12</c:v></c:pt></c:val></c:ser></c:chartSpace>"
    content = read(paragraph(chart), {"word/charts/chart1.xml": ("chart", text)})
    assert listed(content) == [("全年讲座 上半年 12", "a chart")]


@pytest.mark.parametrize(
    ("above", "below", "text"), [("1", "2", "占1/2强"), ("甲", "乙", "占甲/乙强"), ("a+b", "c", "占(a+b)/c强")]
)
def test_fractions(above: str, below: str, text: str) -> None:
    content = read(paragraph(run("占"), FRACTION % (above, below), run("强")))
    assert (shown(content), content.notes) == ([text], [])
    assert shown(read(paragraph(run("2"), FRACTION % (1, 3)))) == ["2 1/3"]


@pytest.mark.parametrize(
    ("inner", "text", "is_exact"),
    [
        ("<m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "m²", True),
        ("<m:sSub><m:e><m:r><m:t>CO</m:t></m:r></m:e><m:sub><m:r><m:t>2</m:t></m:r></m:sub></m:sSub>", "CO₂", True),
        ("<m:rad><m:deg/><m:e><m:r><m:t>2</m:t></m:r></m:e></m:rad>", "√2", True),
        ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e><m:r><m:t>x</m:t></m:r></m:e><m:e><m:r><m:t>y</m:t></m:r></m:e></m:d>', "[x|y]", True),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary>', "∑_(i=1)ⁿx", True),
        ("<m:m><m:mr><m:e><m:r><m:t>1</m:t></m:r></m:e><m:e><m:r><m:t>2</m:t></m:r></m:e></m:mr><m:mr><m:e><m:r><m:t>3</m:t></m:r></m:e></m:mr></m:m>", "1 2; 3", False),
        ("<m:acc><m:e><m:r><m:t>x</m:t></m:r></m:e></m:acc>", "x\u0302", False),
    ],
)  # fmt: skip
def test_formulas(inner: str, text: str, is_exact: bool) -> None:
    content = read(paragraph(f"<m:oMathPara><m:oMath>{inner}</m:oMath></m:oMathPara>"))
    assert shown(content) == [text]
    assert bool(content.notes) is not is_exact


@pytest.mark.parametrize(
    ("position", "words", "text", "left_out"),
    [
        ("superscript", "2", "300m2".replace("m2", "m²"), []),
        ("superscript", "TM", "300m™", []),
        ("superscript", "[3]", "300m[3]", ["[3]"]),
        ("subscript", "2", "300m₂", []),
        ("subscript", "总", "300m总", ["总"]),
        ("baseline", "2", "300m2", []),
    ],
)
def test_raised_and_lowered_characters(position: str, words: str, text: str, left_out: list[str]) -> None:
    content = read(paragraph(run("300m"), run(words, f'<w:vertAlign w:val="{position}"/>')))
    assert (shown(content), [note.text for note in content.notes]) == ([text], left_out)
    style = f'<w:styles {{ns}}><w:style w:type="character" w:styleId="a9"><w:rPr><w:vertAlign w:val="{position}"/></w:rPr></w:style></w:styles>'
    styled = read(paragraph(run("300m"), run(words, '<w:rStyle w:val="a9"/>')), {"word/styles.xml": ("styles", style)})
    assert (shown(styled), [note.text for note in styled.notes]) == ([text], left_out)


@pytest.mark.parametrize(
    ("element", "text", "left_out"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑", []),
        ('<w:sym w:font="Wingdings 2" w:char="F0A3"/>', "☐", []),
        ('<w:sym w:font="Symbol" w:char="F0B0"/>', "°", []),
        ('<w:sym w:font="宋体" w:char="2103"/>', "℃", []),
        ('<w:sym w:font="Wingdings" w:char="F0FF"/>', "", ["Wingdings F0FF"]),
        ('<w:sym w:font="某字体" w:char="F041"/>', "", ["某字体 F041"]),
        ('<w:sym w:font="Wingdings" w:char="x"/>', "", ["Wingdings x"]),
    ],
)
def test_signs_of_fonts(element: str, text: str, left_out: list[str]) -> None:
    content = read(paragraph(run("甲"), f"<w:r>{element}</w:r>"))
    assert (shown(content), [note.text for note in content.notes]) == ([f"甲{text}"], left_out)


@pytest.mark.parametrize(
    ("words", "text", "left_out"), [("þ", "☑", []), ("\uf0fc", "✓", []), ("\u00ff", "", ["Wingdings 00FF"])]
)
def test_letters_in_a_font_of_signs(words: str, text: str, left_out: list[str]) -> None:
    content = read(paragraph(run(words, '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), run("甲")))
    assert (shown(content), [note.text for note in content.notes]) == ([f"{text}甲"], left_out)


@pytest.mark.parametrize(
    ("properties", "why"),
    [("<w:vanish/>", "hidden in the document"), ("<w:strike/>", "struck out in the document"), ('<w:dstrike w:val="1"/>', "struck out in the document")],
)  # fmt: skip
def test_hidden_and_struck_out_text_is_listed(properties: str, why: str) -> None:
    content = read(paragraph(run("甲"), run("乙", properties), run("丙", properties), run("丁")))
    assert (shown(content), listed(content)) == (["甲丁"], [("乙丙", why)])
    off = properties.partition("/>")[0].partition(" ")[0] + ' w:val="0"/>'
    assert shown(read(paragraph(run("甲"), run("乙", off)))) == ["甲乙"]


def test_text_that_a_style_hides() -> None:
    style = '<w:style w:type="%s" w:styleId="%s">%s<w:rPr>%s</w:rPr></w:style>'
    styles = "<w:styles {ns}>%s</w:styles>" % (
        style % ("character", "a1", "", "<w:vanish/>")
        + style % ("character", "a2", '<w:basedOn w:val="a1"/>', "")
        + style % ("paragraph", "p1", "", "<w:vanish/>")
    )
    body = (
        paragraph(run("甲"), run("乙", '<w:rStyle w:val="a2"/>'))
        + paragraph(run("丙"), properties='<w:pStyle w:val="p1"/>')
        + paragraph(run("丁", '<w:vanish w:val="0"/>'), properties='<w:pStyle w:val="p1"/>')
    )
    content = read(body, {"word/styles2.xml": ("styles", styles)})
    assert shown(content) == ["甲", "丁"]
    assert listed(content) == [("乙", "hidden in the document"), ("丙", "hidden in the document")]


@pytest.mark.parametrize("prompt", ["单击或点击此处输入文字。", "选择一项。", "Click or tap here to enter text."])
def test_prompts_of_content_controls_are_no_text(prompt: str) -> None:
    control = "<w:sdt><w:sdtPr>%s</w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>"
    asks, filled = "<w:showingPlcHdr/>", '<w:showingPlcHdr w:val="0"/>'
    content = read(
        paragraph(run("社区："), control % (asks, run(prompt)))
        + control % (asks, paragraph(run(prompt)))
        + table(row(cell("甲"), control % (asks, cell(prompt)), cell(control % (asks, paragraph(run(prompt))))))
        + paragraph(control % (filled, run("乙")))
    )
    assert shown(content) == ["社区：", "甲", "乙"]
    assert listed(content) == [(prompt, "a prompt of the form; nothing was filled in")] * 4


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("全年举办\n        讲座", "全年举办讲座"),
        ("health\nlecture", "health lecture"),
        ("\n  甲\r\n", "甲"),
        ("乙\n3", "乙3"),
    ],
)
def test_a_raw_line_break_splits_nothing(words: str, text: str) -> None:
    assert shown(read(paragraph(run(words)))) == [text]


def test_readings_and_directions_and_tags() -> None:
    inner = (
        f"<w:dir>{run('甲')}</w:dir><w:bdo>{run('乙')}</w:bdo><w:smartTag>{run('丙')}</w:smartTag>"
        f"<w:customXml>{run('丁')}</w:customXml><w:r><w:ruby><w:rt>{run('wù')}</w:rt><w:rubyBase>{run('戊')}</w:rubyBase></w:ruby></w:r>"
    )
    content = read(f"<w:customXml>{paragraph(inner)}</w:customXml>")
    assert (shown(content), listed(content)) == (["甲乙丙丁戊"], [("wù", "a reading aid above a word")])


@pytest.mark.parametrize("kind", ["drop", "margin"])
def test_a_large_first_letter_belongs_to_its_paragraph(kind: str) -> None:
    frame = f'<w:framePr w:dropCap="{kind}" w:lines="3"/>'
    assert shown(read(paragraph(run("全"), properties=frame) + paragraph(run("年举办讲座。")))) == ["全年举办讲座。"]


STRICT = "http://purl.oclc.org/ooxml"
OFFICE = "http://schemas.openxmlformats.org"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_strict_document_is_read(encoding: str) -> None:
    import io
    import zipfile

    body = paragraph(run("组织领导"), properties='<w:pStyle w:val="a"/><w:jc w:val="end"/>') + paragraph(
        FRACTION % (1, 2), f'<w:hyperlink r:id="rId5">{run("链接")}</w:hyperlink>'
    )
    styles = '<w:styles {ns}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/></w:style></w:styles>'
    plain = package(body, {"word/styles2.xml": ("styles", styles)}, {"rId5": "https://x.example/a"})
    names = {
        f"{OFFICE}/wordprocessingml/2006/main": f"{STRICT}/wordprocessingml/main",
        f"{OFFICE}/officeDocument/2006/relationships": f"{STRICT}/officeDocument/relationships",
        f"{OFFICE}/officeDocument/2006/math": f"{STRICT}/officeDocument/math",
    }
    strict = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(strict, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for usual, other in names.items():
                text = text.replace(usual, other)
            new.writestr(name, text.encode(encoding if name.startswith("word/") else "utf-8"))
    found, wanted = read_word_document(strict.getvalue(), "a.docx"), read_word_document(plain, "a.docx")
    assert shown(found) == ["组织领导", "1/2链接"]
    assert found == wanted
    assert [line.level for line in found.lines] == [1, None]
