"""The headers of a user's template are in every document: nothing in them acts, or opens an address."""

import io
import zipfile

import pytest
from lxml import etree
from tests.kepu_word.invariants import broken_invariants
from tests.kepu_word.test_word_reference import changed, plain, rendered

from kepu_docs.plugin import DocumentError
from kepu_word.template.acts import FIELDS, found_acting

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:x="urn:x" '
    'xmlns:s="http://purl.oclc.org/ooxml/wordprocessingml/main" xmlns:wp15="http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing"'
)
BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def instr(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def field(*pieces: str) -> str:
    return BEGIN + "".join(map(instr, pieces)) + SEPARATE + "<w:r><w:t>1</w:t></w:r>" + END


def simple(text: str) -> str:
    return f'<w:fldSimple w:instr="{text}"/>'


def header(xml: str, relations: str = "", **parts: bytes) -> bytes:
    """Return a template whose header holds ``xml`` in its paragraph."""
    data = changed(plain(), "word/header1.xml", ("<w:p>", f"<w:p {NAMES}>"), ("</w:p>", f"{xml}</w:p>"))
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
        if relations:
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            package.writestr(
                "word/_rels/header1.xml.rels", f'<Relationships xmlns="{space}">{relations}</Relationships>'
            )
    return stream.getvalue()


def related(kind: str, target: str, mode: str = "") -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="rIdX" Type="{space}/{kind}" Target="{target}"{mode}/>'


ACTING = [
    'MACROBUTTON Evil 按此', "macrobutton Evil", 'HYPERLINK "javascript:alert(1)"', "HYPERLINK file:///c:/a.exe", 'HYPERLINK "http://x.example" "javascript:x"',
    'HYPERLINK \\l "a" "file:///a"', 'HYPERLINK \\n file:///a', "HYPERLINK “javascript:x”", 'HYPERLINK "\\\\x.example\\a"', "HYPERLINK \\\\x.example\\a", "HYPERLINK1",
    'INCLUDEPICTURE "http://x.example/a.png" \\d', 'INCLUDETEXT "a.docx"', 'DDE a b', 'DDEAUTO a b', "LINK Excel.Sheet a", "IMPORT a", "DATABASE \\c a", "AUTOTEXT a",
    "AUTOTEXTLIST a", "GLOSSARY a", "FILLIN a", "ASK a b", "PRINT 27", "GOTOBUTTON a b", "EMBED a", "CONTROL a", "HTMLCONTROL a", "ADDIN a", "BARCODE a", "a", "\"PAGE\"", "PAGEX", "甲",
]  # fmt: skip
HARMLESS = ["PAGE", " page \\* MERGEFORMAT ", 'STYLEREF "标题 1" \\n', "NUMPAGES", 'DATE \\@ "yyyy年M月d日"', "= 1 + 1", "=SUM(1,2)", "IF 1 = 1 a b", "FILENAME \\p",
            'HYPERLINK "https://x.example/a" \\o "提示：甲" \\t "_blank"', "HYPERLINK mailto:a@x.example", 'HYPERLINK \\l "_Toc1"', "", "  "]  # fmt: skip


@pytest.mark.parametrize("instruction", [each.replace('"', "&quot;") for each in ACTING])
def test_fields_that_act_are_refused(instruction: str) -> None:
    ways = (
        simple(instruction),
        field(instruction),
        field(*instruction.replace("&quot;", '"')),
        f"<w:del>{field(instruction)}</w:del>",
        BEGIN + instr(instruction),
        instr(instruction),
        field("IF 1 = 1 ") [: -len(END)] + field(instruction) + END,
        f"<w:r><mc:AlternateContent><mc:Fallback><w:p>{field(instruction)}</w:p></mc:Fallback></mc:AlternateContent></w:r>",
        f"<s:fldSimple s:instr=\"{instruction}\"/>",
    )  # fmt: skip
    for xml in ways:
        assert found_acting(etree.fromstring(f"<w:hdr {NAMES}><w:p>{xml}</w:p></w:hdr>")) is not None, xml


@pytest.mark.some(4)
@pytest.mark.parametrize("instruction", [each.replace('"', "&quot;") for each in HARMLESS])
def test_fields_that_show_something_are_kept(instruction: str) -> None:
    for xml in (
        simple(instruction),
        field(instruction),
        field(*instruction.replace("&quot;", '"')),
        field("= ")[: -len(END)] + field(instruction) + END,
    ):
        assert found_acting(etree.fromstring(f"<w:hdr {NAMES}><w:p>{xml}</w:p></w:hdr>")) is None, xml
    made = rendered(header(field(instruction)))
    assert broken_invariants(made) == []


@pytest.mark.some(4)
@pytest.mark.parametrize(
    "xml",
    [
        # What a program does not see of an instruction, it may not read as a part of it.
        BEGIN + "<w:r><mc:AlternateContent><mc:Fallback><w:instrText>PAGE </w:instrText></mc:Fallback></mc:AlternateContent></w:r>" + instr("DDEAUTO a b") + END,
        BEGIN + "<w:del><w:r><w:delInstrText>PAGE </w:delInstrText></w:r></w:del>" + instr("DDEAUTO a b") + END,
        BEGIN + "<x:y><w:r><w:instrText>PAGE </w:instrText></w:r></x:y>" + instr("DDEAUTO a b") + END,
        BEGIN + instr("DDE") + "<w:del><w:r><w:delInstrText>X</w:delInstrText></w:r></w:del>" + instr("AUTO a b") + END,
        BEGIN + instr("DDE") + "</w:p><w:p>" + instr("AUTO a b") + END,
        BEGIN + "</w:p><w:p>" + instr("DDEAUTO a b") + END,
        BEGIN + instr("PAGE") + '<w:r><w:fldChar w:fldCharType="Begin"/></w:r>' + instr("DDEAUTO a b") + END,
        BEGIN + field("QUOTE DDEAUTO") + instr(" a b") + END,
        BEGIN + instr("HYPERLINK ") + field("QUOTE javascript:x") + END,
        BEGIN + instr("IF 1 = 1 { DDE") + instr(" a b }") + END,
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="Evil"/></w:ffData></w:fldChar></w:r>' + instr("FORMTEXT") + END,
        '<w:r><w:object><o:OLEObject Type="Link"/></w:object></w:r>',
        "<w:r><w:control/></w:r>", "<w:subDoc/>", "<w:altChunk/>", "<s:altChunk/>",
        '<w:r><w:pict><v:shape href="javascript:x"/></w:pict></w:r>',
        '<w:r><w:pict><v:shape href="file:///a"/></w:pict></w:r>',
        '<w:r><w:pict><v:shape><v:imagedata src="http://x.example/a.png"/></v:shape></w:pict></w:r>',
        '<w:r><w:pict><v:shape><v:imagedata o:href="http://x.example/a.png"/></v:shape></w:pict></w:r>',
        '<w:r><w:pict><v:shape><v:fill src="\\\\x.example\\a.png"/></v:shape></w:pict></w:r>',
        '<w:r><w:pict><v:shape><v:fill o:althref="a.png"/></v:shape></w:pict></w:r>',
        '<w:r><w:drawing><a:hlinkClick action="ppaction://program"/></w:drawing></w:r>',
        '<w:r><w:drawing><wp15:webVideoPr embeddedHtml="&lt;iframe&gt;"/></w:drawing></w:r>',
        '<w:r xml:base="http://x.example/"><w:t>甲</w:t></w:r>',
    ],
)  # fmt: skip
def test_what_acts_in_a_header_is_refused(xml: str) -> None:
    with pytest.raises(DocumentError, match="the document is rejected: it contains"):
        rendered(header(xml))


@pytest.mark.some(3)
@pytest.mark.parametrize(
    ("relation", "message"),
    [
        (related("hyperlink", "javascript:alert(1)", ' TargetMode="External"'), "opens automatically"),
        (related("hyperlink", "file:///a", ' TargetMode="External"'), "opens automatically"),
        (related("hyperlink", "javascript:a//.xlsx", ' TargetMode="External"'), "opens automatically"),
        (related("image", "http://x.example/p.png?x=.xlsx", ' TargetMode="External"'), "opens automatically"),
        (related("image", "http://x.example/p.png?x=.xlsx"), "opens automatically"),
        (related("video", "media/a.mp4"), "of an unknown kind"),
        (related("customXml", "media/a.xml"), "of an unknown kind"),
        (related("image", "media/a.html"), "of an unknown kind"),
        (related("image", "media/evil.svg"), "runs by itself"),
        (related("image", "media/far.svg"), "opens automatically"),
        (related("image", "media/styled.svg"), "opens automatically"),
    ],
)
def test_what_a_header_is_related_to(relation: str, message: str) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink">%s</svg>'
    pictures = {
        "word/media/evil.svg": svg % "<script>x</script>",
        "word/media/far.svg": svg % '<image l:href="http://x.example/a.png"/>',
        "word/media/styled.svg": svg % "<style>a { fill: url( 'http://x.example/a') }</style>",
        "word/media/a.html": "<p/>",
        "word/media/a.mp4": "x",
        "word/media/a.xml": "<a/>",
    }
    data = header(
        '<w:r><w:drawing><a:blip r:embed="rIdX"/></w:drawing></w:r>',
        relation,
        **{name: text.encode() for name, text in pictures.items()},
    )
    types = "".join(
        f'<Default Extension="{suffix}" ContentType="{kind}"/>'
        for suffix, kind in (("svg", "image/svg+xml"), ("html", "text/html"), ("mp4", "video/mp4"))
    )
    data = changed(data, "[Content_Types].xml", ("</Types>", f"{types}</Types>"))
    with pytest.raises(DocumentError, match=message):
        rendered(data)


def test_a_plain_picture_of_lines_is_kept() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><style>a { fill: url(#b) }</style><use href="#b"/></svg>'
    data = header(
        '<w:r><w:drawing><a:blip r:embed="rIdX"/></w:drawing></w:r>',
        related("image", "media/a.svg"),
        **{"word/media/a.svg": svg},
    )
    data = changed(
        data, "[Content_Types].xml", ("</Types>", '<Default Extension="svg" ContentType="image/svg+xml"/></Types>')
    )
    with zipfile.ZipFile(io.BytesIO(rendered(data))) as package:
        assert any(b"url(#b)" in package.read(name) for name in package.namelist())


def test_settings_that_lead_elsewhere_are_left_out() -> None:
    evil = (
        '<w:mailMerge><w:connectString w:val="x"/></w:mailMerge><w:saveThroughXslt/><w:attachedSchema w:val="urn:x"/>'
    )
    xml = f'<mc:AlternateContent xmlns:mc="urn:mc">{evil}</mc:AlternateContent>{evil}</w:settings>'
    made = rendered(changed(plain(), "word/settings.xml", ("</w:settings>", xml)))
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        settings = package.read("word/settings.xml")
    assert not any(word in settings for word in (b"mailMerge", b"connectString", b"saveThroughXslt", b"attachedSchema"))


def test_no_field_fetches() -> None:
    assert not FIELDS & {
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "DDE",
        "DDEAUTO",
        "LINK",
        "MACROBUTTON",
        "HYPERLINK \\\\x.example\\a",
        "AUTOTEXT",
    }
