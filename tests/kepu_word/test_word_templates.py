"""Word templates as people and programs make them: every one of these gave, or would give, a broken document."""

import io
import posixpath
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from lxml import etree
from tests.depth import DEEP
from tests.kepu_word.invariants import audit, broken_invariants
from tests.kepu_word.reading import W, part, shown_by_office
from tests.kepu_word.test_word_layout import png

import kepu_docs
from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    Letterhead,
    ListBlock,
    Paragraph,
    Series,
    Signature,
    Table,
)
from kepu_docs.plugin import DocumentError, KepuWarning, RenderError, RenderOptions
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE
from kepu_word import WordRenderer

CANARY = "金丝雀"
W_NAMESPACE = W[1:-1]
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
RELATED = "word/_rels/document.xml.rels"
ITEMS = (Item("甲", number="1."), Item("乙", number="2."))
BLOCKS: tuple[Block, ...] = (
    Heading(1, "第一部分", "一、"),
    Paragraph("正文。"),
    Heading(2, "接排。", "（一）", body="正文。"),
    ListBlock("number", ITEMS, NUMBER),
    ListBlock("bullet", ITEMS),
    Table((Column("主题"), Column("人次", "right")), (("防火", "60"),), "一览", "表1"),
    Figure(png(7), "image/png", 40, 30, "现场", "现场", "图1"),
    Heading(1, "没有编号"),
    AttachmentNote("附件：", ("一览表", "名册")),
    Signature("试验社区居民委员会", "2025年12月20日"),
)


def document(*blocks: Block) -> Document:
    return Document("试验社区总结", blocks or BLOCKS, "zh_Hans", OFFICIAL_OUTLINE)


def rendered(template: bytes, made: Document | None = None, look: str = "") -> bytes:
    renderer = WordRenderer().configured(RenderOptions(look, template))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KepuWarning)
        return renderer.render(made or document())


def sound(data: bytes) -> bytes:
    assert broken_invariants(data) == []
    # With the many styles of a template it takes a third of a second.
    if DEEP:
        assert audit(data) == []
    docx.Document(io.BytesIO(data))
    return data


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(contents: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return stream.getvalue()


def template(change: Callable[[docx.document.Document], None] = lambda opened: None) -> bytes:
    """Return python-docx's own document after a change."""
    opened = docx.Document()
    opened.add_paragraph(CANARY)
    change(opened)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def rewritten(data: bytes, name: str, *changes: tuple[str, str]) -> bytes:
    contents = parts(data)
    text = contents[name].decode()
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return packed({**contents, name: text.encode()})


def moved(data: bytes, old: str, new: str) -> bytes:
    """Return a document one of whose parts has another name, everywhere."""
    contents = {new if name == old else name: content for name, content in parts(data).items()}
    folder, file = posixpath.split(old)
    own = f"{folder}/_rels/{file}.rels"
    if own in contents:
        contents[f"{posixpath.dirname(new)}/_rels/{posixpath.basename(new)}.rels"] = contents.pop(own)
    for name, content in contents.items():
        if name.endswith(".rels") or name == "[Content_Types].xml":
            text = content.decode()
            for before, after in ((old, new), (old.removeprefix("word/"), new.removeprefix("word/"))):
                text = re.sub(f'(Target="(?:\\.\\./|/)?|PartName="/){re.escape(before)}"', rf'\g<1>{after}"', text)
            contents[name] = text.encode()
    return packed(contents)


def with_logo(opened: docx.document.Document) -> None:
    run = opened.sections[0].header.paragraphs[0].add_run("试验街道")
    run.add_picture(io.BytesIO(png(200)), width=Cm(1))


def texts(data: bytes) -> list[str]:
    found = ["".join(str(text.text) for text in paragraph.iter(f"{W}t")) for paragraph in part(data).iter(f"{W}p")]
    return [text for text in found if text]


def header(data: bytes) -> str:
    return "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).sections[0].header.paragraphs)


def element(xml: str) -> etree._Element:
    return etree.fromstring(xml.replace(" ", f' xmlns:w="{W_NAMESPACE}" ', 1))


def test_the_pictures_of_a_header_and_of_the_text_do_not_meet() -> None:
    data = sound(rendered(template(with_logo)))
    pictures = {content for content in parts(data).values() if content.startswith(b"\x89PNG")}
    assert pictures == {png(7), png(200)}
    assert header(data) == "试验街道"


@pytest.mark.parametrize("name", ["word/media/标志.png", "word/media/my logo.PNG", "word/media/image1.png"])
def test_parts_may_have_any_name(name: str) -> None:
    own = template(with_logo)
    old = next(each for each in parts(own) if each.startswith("word/media/"))
    data = moved(own, old, name) if old != name else own
    if name.endswith("PNG"):
        data = rewritten(data, "[Content_Types].xml", ('Extension="png"', 'Extension="PNG"'))
    made = sound(rendered(data))
    assert png(200) in parts(made).values()


def test_word_on_the_web_numbers_its_parts() -> None:
    data = template(with_logo)
    for name in ("document", "styles", "settings", "numbering"):
        data = moved(data, f"word/{name}.xml", f"word/{name}2.xml")
    made = sound(rendered(data))
    assert header(made) == "试验街道"
    assert {name for name in parts(made) if name.endswith("2.xml")} == set()


def test_a_header_of_an_earlier_section_goes_on() -> None:
    def change(opened: docx.document.Document) -> None:
        opened.sections[0].header.paragraphs[0].text = "自首节起的页眉"
        opened.add_section()

    assert header(sound(rendered(template(change)))) == "自首节起的页眉"


def test_notes_of_the_dropped_text_are_dropped() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    contents = parts(template())
    note = '<w:footnote w:id="{}"{}><w:p><w:r>{}</w:r></w:p></w:footnote>'
    notes = note.format(0, ' w:type="separator"', "<w:separator/>") + note.format(
        5, "", f'<w:t>{CANARY}</w:t></w:r><w:hyperlink r:id="rId1"><w:r><w:t>x</w:t></w:r></w:hyperlink><w:r>'
    )
    contents["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{W_NAMESPACE}" xmlns:r="{RELATIONS}">{notes}</w:footnotes>'.encode()
    )
    contents["word/_rels/footnotes.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + f'<Relationship Id="rId1" Type="{RELATIONS}/hyperlink" Target="http://x.example" TargetMode="External"/>'.encode()
        + b"</Relationships>"
    )
    for name, end, more in (
        (RELATED, "</Relationships>", f'<Relationship Id="rN" Type="{RELATIONS}/footnotes" Target="footnotes.xml"/>'),
        ("[Content_Types].xml", "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>'),
    ):
        contents[name] = contents[name].replace(end.encode(), (more + end).encode())
    made = parts(sound(rendered(packed(contents))))
    assert b"separator" in made["word/footnotes.xml"]
    assert not any(CANARY.encode() in content for content in made.values())
    assert not any(b"x.example" in content for content in made.values())


def test_nothing_of_the_dropped_text_stays() -> None:
    def change(opened: docx.document.Document) -> None:
        opened.add_picture(io.BytesIO(png(99)))
        opened.add_comment(opened.paragraphs[0].runs, CANARY, CANARY)
        opened.core_properties.author = CANARY
        opened.core_properties.comments = CANARY

    made = parts(sound(rendered(template(change))))
    assert png(99) not in made.values()
    assert not any(CANARY.encode() in content for content in made.values())


def test_columns_and_gutter_narrow_the_tables() -> None:
    def change(opened: docx.document.Document) -> None:
        section = opened.sections[0]
        section.page_width, section.left_margin, section.right_margin = Cm(21), Cm(2), Cm(2)
        section.gutter = Cm(1)
        (columns,) = section._sectPr.iter(f"{W}cols")
        columns.set(f"{W}num", "2")
        columns.set(f"{W}space", "567")

    made = part(sound(rendered(template(change))))
    (width,) = [int(each.get(f"{W}w", "")) for each in made.iter(f"{W}tblW")]
    # 21 - 2 - 2 - 1 cm are 9,072 twips.
    assert abs(width - (9072 - 567) // 2) <= 2


def test_the_form_of_page_numbers_is_kept() -> None:
    def change(opened: docx.document.Document) -> None:
        opened.sections[0]._sectPr.insert(2, element('<w:pgNumType w:fmt="numberInDash" w:start="3"/>'))

    (found,) = part(sound(rendered(template(change)))).iter(f"{W}pgNumType")
    assert found.get(f"{W}fmt") == "numberInDash"


def test_extensions_in_section_and_numbering_are_taken_off() -> None:
    extension = "http://schemas.microsoft.com/office/word/2012/wordml"

    def change(opened: docx.document.Document) -> None:
        opened.sections[0]._sectPr.append(etree.Element(f"{{{extension}}}footnoteColumns", {f"{W}val": "1"}))
        root = opened.part.numbering_part.element
        first = root.find(f"{W}abstractNum")
        first.set(f"{{{extension}}}restartNumberingAfterBreak", "0")
        level = first.find(f"{W}lvl")
        choice = etree.fromstring(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
            f' xmlns:w="{W_NAMESPACE}"><mc:Choice Requires="w14"><w:numFmt w:val="custom"/></mc:Choice>'
            '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        )
        old = level.find(f"{W}numFmt")
        level.replace(old, choice)

    made = sound(rendered(template(change)))
    assert extension not in parts(made)[NUMBERING].decode() + parts(made)[MAIN].decode()
    level = next(part(made, NUMBERING).iter(f"{W}lvl"))
    assert [etree.QName(member).localname for member in level][:2] == ["start", "numFmt"]


def test_bullets_that_are_pictures_become_characters() -> None:
    def change(opened: docx.document.Document) -> None:
        root = opened.part.numbering_part.element
        root.insert(0, element('<w:numPicBullet w:numPicBulletId="0"/>'))
        for level in list(root.iter(f"{W}lvl"))[:3]:
            place = list(level).index(level.find(f"{W}lvlText"))
            level.insert(place + 1, element('<w:lvlPicBulletId w:val="0"/>'))

    made = part(sound(rendered(template(change))), NUMBERING)
    assert not list(made.iter(f"{W}lvlPicBulletId", f"{W}numPicBullet"))


def test_numbers_that_lead_nowhere_are_not_ours() -> None:
    """A style may number by what is gone; our own definitions must not come to stand there."""

    def change(opened: docx.document.Document) -> None:
        root = opened.part.numbering_part.element
        for each in list(root):
            root.remove(each)
        for place, name in enumerate(("Heading 1", "Body Text", "Caption"), 1):
            properties = opened.styles[name].element.get_or_add_pPr()
            properties.insert(
                0, element(f'<w:numPr w:x=""><w:numId w:val="{place}"/></w:numPr>'.replace(' w:x=""', " "))
            )

    made = sound(rendered(template(change)))
    assert not list(part(made, STYLES).iter(f"{W}numId"))
    (first, *_) = [each for each in part(made).iter(f"{W}p") if "第一部分" in "".join(map(str, each.itertext()))]
    assert first.find(f"{W}pPr/{W}numPr/{W}numId") is not None


def test_our_numbers_stand_after_those_of_the_template() -> None:
    made = part(sound(rendered(template())), NUMBERING)
    own = part(template(), NUMBERING)
    kinds = [etree.QName(member).localname for member in made]
    assert kinds == sorted(kinds)  # abstractNum before num
    theirs = {str(each.get(f"{W}numId")) for each in own.iter(f"{W}num")}
    used = {str(each.get(f"{W}val")) for each in part(rendered(template())).iter(f"{W}numId")} - {"0"}
    assert theirs
    assert not theirs & used


def test_a_style_that_indents_in_characters_is_overruled() -> None:
    def change(opened: docx.document.Document) -> None:
        indent = element('<w:ind w:leftChars="2100" w:left="100" w:firstLineChars="200" w:firstLine="640"/>')
        opened.styles["Normal"].element.get_or_add_pPr().append(indent)

    made = sound(rendered(template(change)))
    signed = [each for each in part(made).iter(f"{W}p") if "居民委员会" in "".join(map(str, each.itertext()))]
    (indent,) = signed[0].iter(f"{W}ind")
    assert {indent.get(f"{W}{side}Chars") for side in ("left", "right", "firstLine")} == {"0"}
    notes = [each for each in part(made).iter(f"{W}p") if "附件：" in "".join(map(str, each.itertext()))]
    (indent,) = notes[0].iter(f"{W}ind")
    assert indent.get(f"{W}hangingChars") == "0"
    cells = {str(style.get(f"{W}val")) for cell in part(made).iter(f"{W}tc") for style in cell.iter(f"{W}pStyle")}
    for style in part(made, STYLES).iter(f"{W}style"):
        if style.get(f"{W}styleId") in cells:
            assert style.find(f"{W}pPr/{W}ind").get(f"{W}firstLineChars") == "0"  # type: ignore[union-attr]


def test_a_document_of_ours_is_a_template() -> None:
    chart = Chart("bar", "月份", ("1月",), (Series("人次", (60.0,), ("60",)),), "各月", "图2")
    own = WordRenderer().render(document(*BLOCKS, chart))
    renderer = WordRenderer().configured(RenderOptions(reference=own))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        again = sound(renderer.render(document()))
    assert texts(again) == texts(WordRenderer().render(document()))
    ids = [[str(each.get(f"{W}styleId")) for each in part(data, STYLES).iter(f"{W}style")] for data in (own, again)]
    assert ids[0] == ids[1]
    third = sound(rendered(again))
    assert texts(third) == texts(again)


@pytest.mark.deep
@pytest.mark.office
def test_numbers_in_a_document_of_ours_as_a_template(tmp_path: Path) -> None:
    plain = WordRenderer().render(document())
    shown = shown_by_office(tmp_path, {"plain": plain, "again": rendered(WordRenderer().render(document()))})
    assert shown["again"] == shown["plain"]


def test_the_line_above_the_title_is_of_the_look_alone() -> None:
    assert texts(sound(rendered(template(), look="briefing")))[0] == "试验社区总结"


def test_a_letterhead_in_a_template() -> None:
    paper = Document("总结", BLOCKS, "zh_Hans", OFFICIAL_OUTLINE, letterhead=Letterhead("试验社区", "试验〔2025〕1号"))
    shown = texts(sound(rendered(template(), paper)))
    assert shown[:2] == ["试验社区", "试验〔2025〕1号"]


def test_a_template_without_settings_theme_and_fonts() -> None:
    contents = parts(template())
    for word in ("settings", "fontTable", "theme", "webSettings", "stylesWithEffects"):
        contents[RELATED] = re.sub(rf'<Relationship [^>]*relationships/{word}"[^>]*/>'.encode(), b"", contents[RELATED])
    made, own = sound(rendered(packed(contents))), WordRenderer().render(document())
    # Without it Word would take the document for one of 2007.
    (mode,) = part(made, "word/settings.xml").iter(f"{W}compatSetting")
    assert mode.get(f"{W}val") == "15"
    for name in ("fontTable", "theme/theme1"):
        shown = [etree.tostring(part(data, f"word/{name}.xml"), method="c14n") for data in (made, own)]
        assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("xml", "field"),
    [
        ('<w:fldSimple w:instr=" DDEAUTO c:\\\\x cmd "/>', "DDEAUTO"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r>'
            '<w:r><w:instrText>PICTURE "http://x.example/a.png" \\d</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "INCLUDEPICTURE",
        ),
    ],
)
def test_a_header_that_fetches_something_is_refused(xml: str, field: str) -> None:
    def change(opened: docx.document.Document) -> None:
        paragraph = opened.sections[0].header.paragraphs[0]._p
        paragraph.extend(list(etree.fromstring(f'<w:p xmlns:w="{W_NAMESPACE}">{xml}</w:p>')))

    with pytest.raises(
        DocumentError, match=f"a field that fetches external content \\({field}\\), in the part “word/header"
    ):
        rendered(template(change))


def test_a_field_of_a_page_number_is_kept() -> None:
    def change(opened: docx.document.Document) -> None:
        opened.sections[0].footer.paragraphs[0]._p.append(element('<w:fldSimple w:instr=" PAGE "/>'))

    made = parts(sound(rendered(template(change))))
    assert any(b'w:instr=" PAGE "' in content for content in made.values())


def test_what_is_broken_is_reported() -> None:
    logo = template(with_logo)
    picture = next(name for name in parts(logo) if name.startswith("word/media/"))
    strict = packed(
        {
            name: content.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            for name, content in parts(template()).items()
        }
    )
    for data, reason in (
        (strict, "“Strict Open XML” document; save it"),
        (packed({name: content for name, content in parts(logo).items() if name != picture}), "which is not there"),
        (rewritten(logo, "[Content_Types].xml", ('Extension="png"', 'Extension="gif"')), "it has no content type"),
        (rewritten(logo, MAIN, ('r:id="rId', 'r:id="none')), "it leads to “none"),
        (rewritten(template(), NUMBERING, ('w:numId="1"', 'w:numId="2147483647"')), "it has a number 2147483647"),
    ):
        with pytest.raises(DocumentError, match=reason):
            rendered(data)


def test_embedded_fonts_are_kept() -> None:
    contents = parts(template())
    kind = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
    embedded = '<w:embedRegular r:id="rId1" w:fontKey="{00000000-0000-0000-0000-000000000000}"/></w:font>'
    fonts = contents["word/fontTable.xml"].decode()
    contents["word/fontTable.xml"] = fonts.replace("</w:font>", embedded, 1).encode()
    contents["word/fonts/font1.odttf"] = b"font"
    contents["word/_rels/fontTable.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/font" Target="fonts/font1.odttf"/></Relationships>'
    ).encode()
    data = rewritten(
        packed(contents),
        "[Content_Types].xml",
        ("<Default", f'<Default Extension="odttf" ContentType="{kind}"/><Default'),
    )
    assert b"font" in parts(sound(rendered(data))).values()


def test_a_chart_in_a_header_is_refused() -> None:
    """In the dropped text it does no harm; in a header its workbook would go from document to document."""
    chart = Chart("bar", "月份", ("1月",), (Series("人次", (60.0,), ("60",)),))
    own = parts(rendered(template(with_logo), document(chart)))
    head = next(name for name in own if name.startswith("word/header"))
    root = etree.fromstring(own[head])
    drawn = next(etree.fromstring(own[MAIN]).iter(f"{W}drawing"))
    next(root.iter(f"{W}r")).append(drawn)
    own[head] = etree.tostring(root)
    identity = next(
        str(value) for each in drawn.iter() for key, value in each.attrib.items() if str(key).endswith("}id")
    )
    relation = re.search(rf'<Relationship Id="{identity}"[^>]*/>'.encode(), own[RELATED])
    assert relation
    rels = f"word/_rels/{posixpath.basename(head)}.rels"
    own[rels] = own[rels].replace(b"</Relationships>", relation[0] + b"</Relationships>")
    with pytest.raises(DocumentError, match="an embedded file, in the part “word/embeddings"):
        rendered(packed(own))


def test_an_unknown_look_is_refused() -> None:
    with pytest.raises(RenderError, match="there is no look “schick”; the looks are: briefing, gongwen"):
        WordRenderer().configured(RenderOptions("schick"))


def test_examples_in_a_template_have_the_texts_of_those_in_a_look() -> None:
    for record in sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml")):
        made = kepu_docs.compose(kepu_docs.load(record))
        assert texts(sound(rendered(template(), made))) == texts(WordRenderer().render(made))
