"""Files that mean harm or are broken: refused with an error of ours that names the file, or imported without harm."""

import io
import zipfile
from pathlib import Path

import pytest
from tests.fuzzing.inputs import word

import kepu_docs

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
    assert "unpacks to more than is allowed" in refused(stream.getvalue(), tmp_path)


def test_an_xml_bomb(tmp_path: Path) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = word({"word/document.xml": (entities + DOCUMENT % "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>").encode()})
    assert "document type definition" in refused(data, tmp_path)


@pytest.mark.parametrize(
    ("kind", "target", "said"),
    [
        ("image", "http://example.org/a.png", "opened unasked"),
        ("attachedTemplate", "file:///a.dotm", "template elsewhere"),
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
    assert "fits neither UTF-8 nor GB18030" in refused(b"\xff\xfe\xfd\x80\x81"[1:], tmp_path, name)
    assert "U+0007" in refused("甲\a乙".encode(), tmp_path, name)
    assert "U+0000" in refused(b"a\0b", tmp_path, name)
    assert "holds no text" in refused(b" \n\t\n", tmp_path, name)


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


def test_an_endless_line_of_blanks_makes_no_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"试验社区2025年科普工作总结\n开头{' ' * 100_000}结尾。\n", encoding="utf-8")
    (found,) = kepu_docs.import_document(tmp_path / "a.txt")
    assert "".join("".join(found.text).split()) == "试验社区2025年科普工作总结开头结尾。"
