"""Word documents from strangers: read within limits, or refused with the reason."""

import io
import struct
import zipfile

import pytest

from kepu_docs import DocumentError, archives
from kepu_docs.archives import read_archive, read_word
from kepu_docs.blocks import Document, Paragraph
from kepu_docs.errors import Place
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_word import WordRenderer

HERE = Place("template.docx")
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def good() -> dict[str, bytes]:
    data = WordRenderer().render(Document("总结", (Paragraph("文"),), "zh_Hans", OFFICIAL_OUTLINE))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


def refused(data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read_word(data, HERE)
    (fault,) = caught.value.faults
    assert fault.place == HERE
    return fault.message


def related(kind: str, target: str, mode: str = "External") -> dict[str, bytes]:
    parts = good()
    name = "word/_rels/document.xml.rels"
    relation = f'<Relationship Id="rIdX" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return {**parts, name: parts[name].replace(b"</Relationships>", f"{relation}</Relationships>".encode())}


def test_a_sound_document_is_read_whole() -> None:
    assert read_word(packed(good()), HERE) == good()
    for target in ("http://x.example", "https://x.example/a", "mailto:a@x.example"):
        assert read_word(packed(related("hyperlink", target)), HERE)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "this is no Word document"),
        (b"%PDF-1.7", "this is no Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "of the old kind (.doc), or an encrypted one; save it as .docx"),
        (b"PK\x03\x04 and nothing else", "the file is broken"),
        (packed({"xl/workbook.xml": b"<a/>"}), "it has no part word/document.xml"),
        (packed(good())[:-40], "the file is broken"),
        (packed(good())[:2000], "the file is broken"),
    ],
)
def test_what_is_no_word_document(data: bytes, reason: str) -> None:
    assert reason in refused(data)


def test_a_spoilt_part_is_noticed() -> None:
    data = bytearray(packed(good()))
    at = data.index(b"word/styles.xml") + 40
    data[at : at + 20] = bytes(20)
    assert "is broken" in refused(bytes(data))


@pytest.mark.parametrize(
    ("kind", "target", "what"),
    [
        ("attachedTemplate", "http://x.example/t.dotm", "a template elsewhere"),
        ("image", "http://x.example/a.png", "an address that is opened unasked"),
        ("hyperlink", "file:///etc/passwd", "an address that is opened unasked"),
        ("hyperlink", "javascript:alert(1)", "an address that is opened unasked"),
        ("subDocument", "other.docx", "another document"),
        ("frame", "http://x.example", "another document"),
        ("oleObject", "http://x.example/o", "an embedded object (OLE)"),
    ],
)
def test_addresses_that_office_programs_open_by_themselves(kind: str, target: str, what: str) -> None:
    message = refused(packed(related(kind, target)))
    assert message == f"the document is refused: it holds {what}, in the part “word/_rels/document.xml.rels”"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("word/vbaProject.bin", "a program (macro)"),
        ("word/activeX/activeX1.xml", "a program (ActiveX)"),
        ("word/embeddings/oleObject1.bin", "an embedded object (OLE)"),
        ("word/embeddings/a.xlsx", "an embedded file"),
    ],
)
def test_programs_and_embedded_files(name: str, what: str) -> None:
    assert (
        refused(packed({**good(), name: b"<a/>"})) == f"the document is refused: it holds {what}, in the part “{name}”"
    )
    macro = good()
    macro["[Content_Types].xml"] = macro["[Content_Types].xml"].replace(
        b"document.main+xml", b"document.macroEnabled.main+xml"
    )
    assert "a program (macro)" in refused(packed(macro))


def test_alternative_content() -> None:
    assert "altChunk" in refused(packed(related("aFChunk", "chunk.html", "Internal")))
    parts = good()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:sectPr", b"<w:altChunk/><w:sectPr", 1)
    assert "altChunk" in refused(packed(parts))


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    ],
)
def test_document_type_definitions(xml: bytes) -> None:
    assert "a document type definition, in the part “word/styles.xml”" in refused(
        packed({**good(), "word/styles.xml": xml})
    )


def test_broken_xml_is_named() -> None:
    assert refused(packed({**good(), "word/styles.xml": b"<a"})).startswith("the part “word/styles.xml” is broken")


def test_bombs_are_counted_while_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed({**good(), "word/media/a.png": bytes(20 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert "“word/media/a.png” unpacks to more than is allowed (50 MiB a part, 200 MiB in all)" in refused(bomb)
    # A directory that lies about the size does not help.
    at = bomb.rindex(b"word/media/a.png") - 46
    lying = bomb[: at + 24] + struct.pack("<I", 10) + bomb[at + 28 :]
    assert refused(lying)
    noise = __import__("random").Random(1).randbytes(3 * 1024 * 1024)
    monkeypatch.setattr(archives, "MOST_BYTES_A_PART", 2 * 1024 * 1024)
    assert "unpacks to more" in refused(packed({**good(), "word/media/a.png": noise}))
    monkeypatch.setattr(archives, "MOST_BYTES_A_PART", 50 * 1024 * 1024)
    monkeypatch.setattr(archives, "MOST_BYTES", 4 * 1024 * 1024)
    assert "unpacks to more" in refused(packed({**good(), "word/a.bin": noise, "word/b.bin": noise}))


def test_names_and_numbers_of_parts() -> None:
    many = {f"word/media/{place}.png": b"" for place in range(archives.MOST_ENTRIES)}
    assert "at most 2000 are allowed" in refused(packed({**good(), **many}))
    for name in ("/word/a.xml", "../a.xml", "word/../../a.xml"):
        assert "has a name that no Word document has" in refused(packed({**good(), name: b"<a/>"}))
    stream = io.BytesIO(packed(good()))
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/styles.xml", b"<a/>")
    assert "“word/styles.xml” has a name" in refused(stream.getvalue())


def test_an_encrypted_part_is_told_as_such() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    data[6] |= 1
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(DocumentError, match="encrypted"):
        read_archive(bytes(data), HERE)
