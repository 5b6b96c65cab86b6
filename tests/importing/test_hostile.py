"""Hostile or broken files: refused with an error that names the file, or imported without harm."""

import contextlib
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.fuzzing.inputs import word

import kepu_docs
from kepu_docs.importing.lines import Content
from kepu_docs.importing.reading import text_reader
from kepu_docs.importing.reading.word_reader import _Reader, read_word_document
from kepu_docs.importing.reading.word_text import Texts

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f'<w:document xmlns:w="{W}"><w:body>%s</w:body></w:document>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"%s/></Relationships>'
)
TEXT = "<w:p><w:r><w:t>正文。</w:t></w:r></w:p>"


def refused(data: bytes, folder: Path, name: str = "a.docx") -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(kepu_docs.KepuError) as caught:
        kepu_docs.import_document(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def document(body: str = TEXT, **parts: str) -> bytes:
    return word(
        {"word/document.xml": (DOCUMENT % body).encode(), **{name: text.encode() for name, text in parts.items()}}
    )


def test_a_zip_bomb(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    assert "is larger than allowed" in refused(stream.getvalue(), tmp_path)


def test_an_xml_bomb(tmp_path: Path) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = word({"word/document.xml": (entities + DOCUMENT % "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>").encode()})
    assert "document type definition" in refused(data, tmp_path)


@pytest.mark.parametrize(
    ("kind", "target", "said"),
    [
        ("image", "http://example.org/a.png", "opens automatically"),
        ("attachedTemplate", "file:///a.dotm", "attached template"),
        ("oleObject", "a.bin", "embedded object"),
        ("aFChunk", "a.html", "altChunk"),
    ],
)
def test_relations(kind: str, target: str, said: str, tmp_path: Path) -> None:
    relations = RELATIONS % (kind, target, ' TargetMode="External"' if "/" in target else "")
    assert said in refused(document(**{"word/_rels/document.xml.rels": relations}), tmp_path)


def test_a_macro(tmp_path: Path) -> None:
    assert "macro" in refused(document(**{"word/vbaProject.bin": "x"}), tmp_path)


def test_broken_files(tmp_path: Path) -> None:
    whole = kepu_docs.render(
        kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "opening": "甲。"}), "docx"
    )
    for data in (b"", b"PK", whole[: len(whole) // 2], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"text"):
        refused(data, tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_no_text(name: str, tmp_path: Path) -> None:
    assert "is neither UTF-8 nor GB18030" in refused(b"\xff\xfe\xfd\x80\x81"[1:], tmp_path, name)
    assert "U+0007" in refused("甲\a乙".encode(), tmp_path, name)
    assert "U+0000" in refused(b"a\0b", tmp_path, name)
    assert "has no text" in refused(b" \n\t\n", tmp_path, name)


def test_other_encodings(tmp_path: Path) -> None:
    text = "甲社区2025年科普工作总结\r\n一、组织领导\r\n书记亲自抓。\r\n"
    path = tmp_path / "a.txt"
    found = []
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        path.write_bytes(text.encode(encoding))
        found.append(kepu_docs.import_document(path)[0].record)
    assert all(record == found[0] for record in found)


def test_strange_names(tmp_path: Path) -> None:
    for name in ("a.pdf", "a", "a.doc"):
        assert "ends in" in refused(b"x", tmp_path, name)
    with pytest.raises(kepu_docs.KepuError, match="there is no such file"):
        kepu_docs.import_document(tmp_path / "none.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(kepu_docs.KepuError, match="this is a folder"):
        kepu_docs.import_document(tmp_path / "folder.txt")


def test_too_much(tmp_path: Path) -> None:
    assert "at most 8" in refused("字".encode() * 3_400_000, tmp_path, "a.txt")
    assert "too long for Markdown" in refused("字".encode() * 200_000, tmp_path, "a.md")
    assert "paragraphs" in refused("甲。\n\n".encode() * 10_001, tmp_path, "a.txt")
    assert "headings of the first level" in refused("一、甲\n乙。\n".encode() * 101, tmp_path, "a.txt")


@pytest.mark.deep
@pytest.mark.parametrize(
    "text",
    ["字。" * 1_000_000, "（" * 200_000, "一、" * 100_000, "1." * 100_000, "“" * 100_000 + "社区", " " * 100_000 + "甲", "2025年" * 50_000],
    ids=["sentences", "brackets", "marks", "figures", "quotes", "blanks", "years"],
)  # fmt: skip
def test_one_long_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (summary,) = kepu_docs.import_document(path)
    assert "".join(summary.text).replace(" ", "") == text.replace(" ", "")


def test_deep_nesting(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5_000 + TEXT + "</w:sdtContent></w:sdt>" * 5_000
    assert "broken" in refused(document(deep), tmp_path)
    path = tmp_path / "b.docx"
    path.write_bytes(document("<w:sdt><w:sdtContent>" * 100 + TEXT + "</w:sdtContent></w:sdt>" * 100))
    assert kepu_docs.import_document(path)[0].text == ("正文。",)
    table = "<w:tbl><w:tr><w:tc>%s</w:tc></w:tr></w:tbl>"
    nested = TEXT
    for _ in range(60):
        nested = table % nested
    path.write_bytes(document(nested))
    assert kepu_docs.import_document(path)[0].text == ("正文。",)
    for text in ("> " * 5_000 + "甲", "- " * 5_000 + "甲", "甲\n\n" + " " * 200 + "- 乙"):
        assert "nested" in refused(text.encode(), tmp_path, "a.md")
    allowed = (
        "> " * 20 + "甲\n\n" + "\n".join("  " * depth + "- 乙" for depth in range(20)) + "\n\n" + "[" * 20_000 + "丙"
    )
    (tmp_path / "b.md").write_text(allowed, encoding="utf-8")
    (summary,) = kepu_docs.import_document(tmp_path / "b.md")
    text = "".join(summary.text)
    assert (text.count("甲"), text.count("乙"), text.count("丙")) == (1, 20, 1)


def test_styles_that_are_based_on_each_other(tmp_path: Path) -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="a"><w:name w:val="a"/><w:basedOn w:val="b"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="b"><w:name w:val="b"/><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    path = tmp_path / "a.docx"
    body = '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>正文。</w:t></w:r></w:p>'
    path.write_bytes(document(body, **{"word/styles.xml": styles}))
    assert kepu_docs.import_document(path)[0].text == ("正文。",)


MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
BOX = (
    f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps"><w:drawing><w:txbxContent>%s</w:txbxContent>'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>%s</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
CELL = "<w:tbl><w:tr><w:tc><w:p>%s<w:r><w:t>%s</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"


def boxed(inner: str) -> str:
    return BOX % (inner, inner)


def read(data: bytes) -> Content:
    return read_word_document(data, "a.docx")


def test_a_text_box_in_a_cell_is_read_once() -> None:
    """Word writes each box twice, for itself and for what is older."""
    inner = "<w:p><w:r><w:t>框里的话。</w:t></w:r></w:p>"
    body = TEXT + CELL % (boxed(inner), "格里的话") + f"<w:p>{boxed(inner.replace('框', '段'))}</w:p>"
    content = read(document(body))
    assert [line.shown for line in content.lines] == ["正文。", "格里的话", "框里的话。", "段里的话。"]
    head = (
        f'<w:hdr xmlns:w="{W}"><w:p>{boxed(inner)}<w:r><w:t>页眉</w:t></w:r></w:p>{CELL % (boxed(inner), "格")}</w:hdr>'
    )
    content = read(document(TEXT, **{"word/header1.xml": head}))
    assert [note.text for note in content.notes] == ["页眉", "框里的话。", "格", "框里的话。"]
    gone = f"<w:p><w:r><w:t>甲</w:t></w:r><w:del>{boxed(inner)}</w:del></w:p>"
    assert [note.text for note in read(document(gone)).notes] == ["框里的话。"]


def test_boxes_in_cells_in_boxes_are_read_once_each() -> None:
    def nested(depth: int) -> str:
        inner = "<w:p><w:r><w:t>底</w:t></w:r></w:p>"
        for level in range(depth):
            # Without a fallback, which makes the file itself twice as long at each level.
            box = f"<w:r><w:drawing><w:txbxContent>{inner}</w:txbxContent></w:drawing></w:r>"
            inner = CELL % (box, f"层{level}")
        return inner

    counts = []
    for depth in (6, 12, 24):
        with counted() as calls:
            content = read(document(TEXT + nested(depth)))
        shown = [line.shown for line in content.lines]
        assert shown == ["正文。", *(f"层{level}" for level in reversed(range(depth))), "底"]
        counts.append(sum(calls.values()))
    assert counts[2] - counts[1] == 2 * (counts[1] - counts[0])


@contextlib.contextmanager
def counted() -> Iterator[dict[str, int]]:
    """Count the calls of what reads paragraphs, tables and cells."""
    calls: dict[str, int] = {}

    def count(name: str, method: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            calls[name] = calls.get(name, 0) + 1
            return method(*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in ((_Reader, "_table"), (_Reader, "_cell"), (_Reader, "_paragraph"), (Texts, "read")):
            patch.setattr(owner, name, count(name, getattr(owner, name)))
        yield calls


def test_no_table_asks_for_more_cells_than_a_record_holds(tmp_path: Path) -> None:
    wide = "<w:tr>" + "<w:tc/>" * 1_000 + "</w:tr>" + "<w:tr><w:tc/></w:tr>" * 1_000
    assert "more than 100000 cells" in refused(document(f"<w:tbl>{wide}</w:tbl>{TEXT}"), tmp_path)
    spans = '<w:tr>%s</w:tr>' % ('<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr></w:tc>' * 2_000)  # fmt: skip
    assert "more than 100000 cells" in refused(document(f"<w:tbl>{spans}</w:tbl>{TEXT}"), tmp_path)
    many = "<w:tbl><w:tr>" + "<w:tc/>" * 100 + "</w:tr>" + "<w:tr><w:tc/></w:tr>" * 99 + "</w:tbl>"
    assert "more than 100000 cells" in refused(document(many * 11 + TEXT), tmp_path)
    for span in ("99999999", "9" * 5_000, "-1", "x", "٣"):
        cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/><w:vMerge w:val="{span}"/></w:tcPr>{TEXT}</w:tc>'
        (line,) = read(document(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")).lines
        assert line.shown == "正文。"
    text = "---\n" + "a  " * 2_000 + "\n---\n" + "b\n" * 100 + "---\n"
    assert "more than 100000 cells" in refused(text.encode(), tmp_path, "a.txt")
    assert "more than 100000 cells" in refused(("a\t" * 60_000 + "b\n").encode() * 2, tmp_path, "a.txt")
    for end in ("\n", "\r", "\r\n"):
        rows = ["|" + "a|" * 400, "|" + "-|" * 400, *["|"] * 400]
        assert "more than 100000 cells" in refused(end.join(rows).encode(), tmp_path, "a.md")
    assert "too long for Markdown" in refused(b"a\r" * 10_001, tmp_path, "a.md")


def test_paragraphs_are_counted(tmp_path: Path) -> None:
    assert "more than 100000 paragraphs" in refused(document("<w:p/>" * 100_001 + TEXT), tmp_path)


@pytest.mark.parametrize("rules", [1_000, 4_000])
def test_rules_are_not_looked_for_anew_at_each(rules: int, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    class Pattern:
        def fullmatch(self, text: str) -> object:
            nonlocal looked
            looked += 1
            return original.fullmatch(text)

        def match(self, text: str) -> object:
            return original.match(text)

    original = text_reader._rule
    monkeypatch.setattr(text_reader, "_rule", Pattern())
    text_reader.read_plain_text(b"---\n" * rules, "a.txt")
    assert looked <= 3 * rules


def test_numbers_that_python_does_not_read(tmp_path: Path) -> None:
    body = '<w:p><w:pPr><w:outlineLvl w:val="%s"/><w:numPr><w:ilvl w:val="%s"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>正文。</w:t></w:r></w:p>'
    numbering = f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="%s"/><w:lvlText w:val="%s"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    for number in ("0" * 5_000, "0009999", "9" * 5_000):
        parts = {"word/numbering.xml": numbering % (number, "（%1）" * 100_000)}
        content = read(document(body % (number, number) + body % (number, "0"), **parts))
        assert [line.text for line in content.lines] == ["正文。"] * 2
        assert all(len(line.number) < 400 for line in content.lines)
        assert {line.level for line in content.lines} == {None}


@pytest.mark.parametrize(
    "target",
    ["file:///c:/甲.docx", "ftp://x.example/a", "tel:12345", "甲.docx", "http:example.org", "javascript:alert(1)", "\\\\x.example\\a", "about:blank"],
)  # fmt: skip
def test_an_ordinary_hyperlink_is_kept_and_listed(target: str, tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = f'{TEXT}<w:p><w:hyperlink xmlns:r="{space}" r:id="r"><w:r><w:t>链接的文字。</w:t></w:r></w:hyperlink></w:p>'
    relations = RELATIONS % ("hyperlink", target, ' TargetMode="External"')
    content = read(document(body, **{"word/_rels/document.xml.rels": relations}))
    assert [line.text for line in content.lines] == ["正文。", "链接的文字。"]
    assert [(note.text, note.place.line) for note in content.notes] == [(target, 2)]


@pytest.mark.parametrize(
    "part",
    [
        '<w:settings xmlns:w="{w}" xmlns:r="{r}"><w:attachedTemplate r:id="r"/></w:settings>',
        '<w:settings xmlns:w="{w}" xmlns:r="{r}"><w:mailMerge><w:dataSource r:id="r"/></w:mailMerge></w:settings>',
    ],
)
@pytest.mark.parametrize("kind", ["attachedTemplate", "mailMergeSource", "aFChunk", "subDocument", "frame"])
def test_what_settings_lead_to(part: str, kind: str, tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    settings = part.replace("{w}", W).replace("{r}", space)
    for target in (
        "http://x.example/a.xlsx",
        "file:///a.xlsx",
        "\\\\x.example\\a.xlsx",
        "mhtml:http://x.example/!a.xlsx",
    ):
        relations = RELATIONS % (kind, target, ' TargetMode="External"')
        parts = {"word/settings.xml": settings, "word/_rels/settings.xml.rels": relations}
        assert "the document is rejected" in refused(document(**parts), tmp_path)


def test_a_comment_within_a_text_takes_nothing_away(tmp_path: Path) -> None:
    (line,) = read(document("<w:p><w:r><w:t>甲<!-- x -->乙<?y?>丙</w:t></w:r></w:p>")).lines
    assert line.text == "甲乙丙"


def test_an_endless_line_of_blanks_makes_no_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"试验社区2025年科普工作总结\n开头{' ' * 100_000}结尾。\n", encoding="utf-8")
    (found,) = kepu_docs.import_document(tmp_path / "a.txt")
    assert "".join("".join(found.text).split()) == "试验社区2025年科普工作总结开头结尾。"


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 2_000 + "</w:p>" + TEXT * 2_000,
        "<w:p>" + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>" * 6_000 + "</w:p>" + TEXT,
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>" * 6_000 + TEXT,
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>EQ \\o(</w:instrText></w:r>' * 2_000 + "</w:p>" + TEXT,
        "<w:p><w:fldSimple w:instr='EQ " + "\\o(甲,乙" * 20_000 + "'/></w:p>" + TEXT,
        '<w:tbl><w:tr><w:trPr><w:del/></w:trPr>' + "<w:tc><w:tbl><w:tr><w:trPr><w:del/></w:trPr>" * 30 + TEXT + "</w:tr></w:tbl></w:tc>" * 30 + "</w:tr></w:tbl>" + TEXT,
        "<w:p>" + "<w:del><w:r><w:del><w:r>" * 50 + "<w:delText>旧</w:delText>" + "</w:r></w:del></w:r></w:del>" * 50 + "</w:p>" + TEXT,
    ],
    ids=["fields", "hidden", "joined", "open-equations", "equation", "rows", "deletions"],
)  # fmt: skip
def test_what_is_rare_costs_no_more_the_more_there_is_of_it(body: str) -> None:
    """Each of these took longer than a document may where work was done anew for all that had come before."""
    content = read(document(body))
    assert content.lines[-1].shown.endswith("正文。")


def test_a_formula_is_nested_as_deep_as_xml_may_be() -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    deep = "<m:rad><m:e>" * 120 + "<m:r><m:t>词</m:t></m:r>" + "</m:e></m:rad>" * 120
    (line,) = read(document(f'<w:p><m:oMath xmlns:m="{math}">{deep}</m:oMath></w:p>')).lines
    assert "词" in line.shown


def test_a_chart_that_stands_in_many_places_is_listed_with_its_words_once() -> None:
    chart = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    drawing = f'<w:r><w:drawing><c:chart xmlns:c="{chart}" xmlns:r="{space}" r:id="r"/></w:drawing></w:r>'
    parts = {
        "word/_rels/document.xml.rels": RELATIONS % ("chart", "chart.xml", ""),
        "word/chart.xml": f'<c:chartSpace xmlns:c="{chart}"><c:v>{"图" * 1_000}</c:v></c:chartSpace>',
    }
    content = read(document(f"<w:p>{drawing * 500}</w:p>", **parts))
    assert len(content.notes) == 500
    assert sum(len(note.text) for note in content.notes) == 1_000
