"""Untrusted Word documents: read within limits, or refused with the reason."""

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kepu_docs import DocumentError
from kepu_docs.blocks import Document, Paragraph
from kepu_docs.errors import Place
from kepu_docs.reading import archives
from kepu_docs.reading.archives import read_archive, read_word
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_word import WordRenderer
from tests.depth import examples

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
        (b"", "this is not a Word document"),
        (b"%PDF-1.7", "this is not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "in the old format (.doc), or an encrypted one; save it as .docx"),
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
        ("attachedTemplate", "http://x.example/t.dotm", "an attached template (attach Normal instead)"),
        ("image", "http://x.example/a.png", "an address that opens automatically"),
        ("hyperlink", "file:///etc/passwd", "an address that opens automatically"),
        ("hyperlink", "javascript:alert(1)", "an address that opens automatically"),
        ("subDocument", "other.docx", "another document"),
        ("frame", "http://x.example", "another document"),
        ("oleObject", "http://x.example/o", "an embedded object (OLE)"),
    ],
)
def test_addresses_that_office_programs_open_by_themselves(kind: str, target: str, what: str) -> None:
    message = refused(packed(related(kind, target)))
    assert message == f"the document is rejected: it contains {what}, in the part “word/_rels/document.xml.rels”"


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
        refused(packed({**good(), name: b"<a/>"}))
        == f"the document is rejected: it contains {what}, in the part “{name}”"
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
    assert "“word/media/a.png” is larger than allowed (50 MiB for each part, 200 MiB in all)" in refused(bomb)
    # A directory that lies about the size does not help.
    at = bomb.rindex(b"word/media/a.png") - 46
    lying = bomb[: at + 24] + struct.pack("<I", 10) + bomb[at + 28 :]
    assert refused(lying)
    noise = __import__("random").Random(1).randbytes(3 * 1024 * 1024)
    monkeypatch.setattr(archives, "MOST_BYTES_A_PART", 2 * 1024 * 1024)
    assert "is larger than allowed" in refused(packed({**good(), "word/media/a.png": noise}))
    monkeypatch.setattr(archives, "MOST_BYTES_A_PART", 50 * 1024 * 1024)
    monkeypatch.setattr(archives, "MOST_BYTES", 4 * 1024 * 1024)
    assert "is larger than allowed" in refused(packed({**good(), "word/a.bin": noise, "word/b.bin": noise}))


def test_names_and_numbers_of_parts() -> None:
    many = {f"word/media/{place}.png": b"" for place in range(archives.MOST_ENTRIES)}
    assert "at most 2000 are allowed" in refused(packed({**good(), **many}))
    for name in ("/word/a.xml", "../a.xml", "word/../../a.xml"):
        assert "has a name that cannot be in a Word document" in refused(packed({**good(), name: b"<a/>"}))
    stream = io.BytesIO(packed(good()))
    with zipfile.ZipFile(stream, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/styles.xml", b"<a/>")
    assert "“word/styles.xml” has a name" in refused(stream.getvalue())


def test_an_encrypted_part_is_reported_as_such() -> None:
    data = bytearray(packed({"a.xml": b"<a/>"}))
    data[6] |= 1
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(DocumentError, match="encrypted"):
        read_archive(bytes(data), HERE)


@pytest.mark.parametrize(
    "relation",
    [
        'Type="{r}/hyperlink" Target="http://x.example/" TargetMode="external"',
        'Type="{r}/Hyperlink " Target="https://x.example/" TargetMode=" External "',
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink" Target="mailto:a@x.example" TargetMode="External"',
        'Type="{r}/image" Target="../../media/none.png"',
        'Type="{r}/image" Target="NULL" TargetMode="Internal"',
        'Type="{r}/hyperlink" Target="#place"',
    ],
)
def test_what_leads_nowhere_or_waits_for_a_click(relation: str) -> None:
    assert read_word(packed(relating(relation)), HERE, charts=True)


def relating(relation: str, name: str = "word/_rels/document.xml.rels") -> dict[str, bytes]:
    """Return a document with one more relationship, written by hand."""
    parts = good()
    text = f'<Relationship Id="rIdX" {relation.replace("{r}", RELATIONS)}/></Relationships>'
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    return {**parts, name: parts.get(name, empty).replace(b"</Relationships>", text.encode())}


UNASKED = "an address that opens automatically"


@pytest.mark.some(3)
@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize(
    ("relation", "what"),
    [
        ('Type="{r}/image" Target="http://x.example/p.png?x=.xlsx" TargetMode="External"', UNASKED),
        ('Type="{r}/package" Target="http://x.example/a.xlsx" TargetMode="External"', "an embedded file"),
        ('Type="{r}/package" Target="http://x.example/a.xlsx"', "an embedded file"),
        ('Type="{r}/package" Target="embeddings/none.xlsx"', "an embedded file"),
        ('Type="{r}/attachedTemplate" Target="http://x.example/a.xlsx" TargetMode="External"', "an attached template"),
        ('Type="{r}/attachedTemplate" Target="theme/a.xlsx"', "an attached template"),
        ('Type="{r}/aFChunk" Target="theme/a.xlsx"', "altChunk"),
        ('Type="{r}/afchunk " Target="a.html"', "altChunk"),
        ('Type="http://purl.oclc.org/ooxml/officeDocument/relationships/AttachedTemplate/" Target="a"', "an attached template"),
        ('Type="{r}/oleObject" Target="theme/a.xlsx"', "an embedded object (OLE)"),
        ('Type="{r}/image" Target="http://x.example/a.png" TargetMode="external"', UNASKED),
        ('Type="{r}/image" Target="http://x.example/a.png" TargetMode="Outside"', UNASKED),
        ('Type="{r}/image" Target="http://x.example/a.png" targetMode="External"', UNASKED),
        ('Type="{r}/image" Target="http://x.example/a.png"', UNASKED),
        ('Type="{r}/image" Target="//x.example/a.png"', UNASKED),
        ('Type="{r}/image" Target="\\\\x.example\\a\\b.png"', UNASKED),
        ('Type="{r}/image" Target="..\\..\\a.png"', UNASKED),
        ('Type="{r}/image" Target="file:///a.png" TargetMode="Internal"', UNASKED),
        ('Type="{r}/image" Target=" mhtml:http://x.example/a!b"', UNASKED),
        ('Type="{r}/image" Target="a.png" xml:base="http://x.example/"', UNASKED),
        ('Type="{r}/mailMergeSource" Target="file:///a.csv" TargetMode="External"', UNASKED),
        ('Type="{r}/recipientData" Target="file:///a.csv" TargetMode="External"', UNASKED),
        ('Type="{r}/transform" Target="http://x.example/a.xslt" TargetMode="External"', UNASKED),
        ('Type="http://x.example/hyperlink" Target="http://x.example/" TargetMode="External"', UNASKED),
        ('Type="urn:what-nobody-knows" Target="http://x.example/" TargetMode="External"', UNASKED),
        ('Type="http://schemas.microsoft.com/office/2006/relationships/ui/extensibility" Target="customUI.xml"', "a program"),
        ('Type="http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes" Target="a.xml"', "a program"),
    ],
)  # fmt: skip
def test_only_a_workbook_within_the_document_may_stand_behind_a_chart(relation: str, what: str, links: bool) -> None:
    parts = {**relating(relation), "word/theme/a.xlsx": b"x"}
    for name in ("word/_rels/document.xml.rels", "word/_rels/settings.xml.rels", "word/_rels/x.xml.RELS"):
        moved = parts if name in parts else {**relating(relation, name), "word/theme/a.xlsx": b"x"}
        with pytest.raises(DocumentError) as caught:
            read_word(packed(moved), HERE, charts=True, links=links)
        assert what in str(caught.value)


def test_the_workbook_behind_a_chart() -> None:
    relation = 'Type="{r}/package" Target="../embeddings/a.xlsx"'
    parts = {**relating(relation, "word/charts/_rels/chart1.xml.rels"), "word/embeddings/a.xlsx": b"x"}
    assert read_word(packed(parts), HERE, charts=True)
    with pytest.raises(DocumentError, match="an embedded file"):
        read_word(packed(parts), HERE)


@pytest.mark.parametrize(
    "target", ["file:///a", "javascript:x", "ftp://x.example", "tel:1", "甲.docx", "http:example.org", "\\\\x\\y"]
)
def test_a_hyperlink_opens_nothing_by_itself(target: str) -> None:
    data = packed(related("hyperlink", target))
    assert archives.open_word(data, HERE, links=True).links == {"rIdX": target}
    with pytest.raises(DocumentError, match="opens automatically"):
        read_word(data, HERE)


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("application/vnd.ms-office.vbaProject", "a program (macro)"),
        ("application/vnd.ms-office.activeX", "a program (ActiveX)"),
        ("application/vnd.openxmlformats-officedocument.OLEOBJECT", "an embedded object (OLE)"),
        ("application/vnd.ms-word.document.MACROENABLED.main+xml", "a program (macro)"),
    ],
)
def test_programs_under_another_name(kind: str, what: str) -> None:
    for entry in (
        f'<Override PartName="/word/A.dat" ContentType="{kind}"/>',
        f'<Default Extension="DAT" ContentType="{kind}"/>',
    ):
        parts = {**good(), "word/a.dat": b"x"}
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", f"{entry}</Types>".encode())
        assert what in refused(packed(parts))


BOMB = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a x="&d;">&d;</a>'


@pytest.mark.parametrize(
    "data",
    [
        BOMB.encode("utf-16"),
        BOMB.encode("utf-16-le"),
        BOMB.encode("utf-16-be"),
        b"\xef\xbb\xbf" + BOMB.encode(),
        ("<?xml version='1.0' encoding='UTF-7'?>" + BOMB).encode(),
        b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a+AD4APA-a/+AD4-",
        BOMB.encode("cp037"),
        BOMB.encode("utf-32"),
        ("<?xml version='1.0' encoding='EBCDIC-CP-US'?>" + BOMB).encode("cp037"),
        b"<!DOCTYPE a><a/>",
        b"<!DOCTYPE a PUBLIC 'x' 'http://x.example/a.dtd'><a/>",
        b"<!DOCTYPE a [<!ENTITY % b SYSTEM 'file:///dev/zero'> %b;]><a/>",
        b"<?xml version='1.0' encoding='nothing-known'?><!DOCTYPE a><a/>",
        b"<" + b"a" * 100_000 + b"/>",
        b"<a>" * 3_000 + b"</a>" * 3_000,
        b"<a>" + b"\xff" + b"</a>",
        b"",
    ],
    ids=range(17),
)
def test_encodings_and_definitions(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        archives.parse_xml(data, "word/a.xml", HERE)
    assert len(str(caught.value)) < 500


def test_comments_and_instructions_do_not_cut_a_text() -> None:
    xml = "<?xml-stylesheet href='http://x.example/a.xsl'?><a>甲<!-- x -->乙<?y?>丙<![CDATA[丁]]></a><?z?>"
    for data in (xml.encode(), xml.encode("utf-16"), b"\xef\xbb\xbf" + xml.encode()):
        root = archives.parse_xml(data, "a.xml", HERE)
        assert root.text == "甲乙丙丁"
        assert root.getprevious() is None
    included = b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="file:///etc/passwd" parse="text"/></a>'
    assert "".join(map(str, archives.parse_xml(included, "a.xml", HERE).itertext())) == ""


def test_tags_and_attributes_are_counted_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MARKS", 5_000)
    parts = good()
    for xml in (b"<a>" + b"<b/>" * 5_000 + b"</a>", b"<a " + b" ".join(b'b%d=""' % n for n in range(5_000)) + b"/>"):
        assert "too many tags" in refused(packed({**parts, "word/a.xml": xml}))
        with pytest.raises(DocumentError, match="too many tags"):
            archives.parse_xml(xml.decode().encode("utf-16"), "a.xml", HERE)
    half = {f"word/{name}.xml": b"<a>" + b"<b/>" * 2_000 + b"</a>" for name in "abc"}
    assert "too many tags" in refused(packed({**parts, **half}))


def directory(data: bytes) -> int:
    return int(struct.unpack("<I", data[-6:-2])[0])


def entry(data: bytes, number: int) -> int:
    """Return where the entry of a part stands in the directory."""
    at = directory(data)
    for _ in range(number):
        at = data.index(b"PK\x01\x02", at + 4)
    return at


def spoilt(data: bytes, at: int, *values: int, form: str = "<I") -> bytes:
    new = struct.pack(form, *values)
    return data[:at] + new + data[at + len(new) :]


def test_directories_that_lie() -> None:
    whole = packed(good())
    second = entry(whole, 1)
    first_offset = struct.unpack("<I", whole[second + 42 : second + 46])[0]
    lies = {
        "before": b"x" + whole,
        "PK before": b"PK\x03\x04" + whole,
        "two archives": whole + whole,
        "overlap": spoilt(whole, entry(whole, 2) + 42, first_offset),
        "larger than the file": spoilt(whole, second + 20, 1 << 30),
        "unpacks to less": spoilt(whole, second + 24, 1),
        "far away": spoilt(whole, second + 42, 0xFFFFFFF0),
        "beyond all numbers": spoilt(whole, second + 42, 0xFFFFFFFF),
        "odd method": spoilt(whole, second + 10, 14, form="<H"),
        "strongly encrypted": spoilt(whole, second + 8, 0x41, form="<H"),
        "odd version": spoilt(whole, second + 6, 999, form="<H"),
        "directory elsewhere": spoilt(whole, len(whole) - 6, 7),
    }
    told = {}
    for name, data in lies.items():
        try:
            read_archive(data, HERE)
        except DocumentError as error:
            told[name] = str(error)
    assert told.keys() == lies.keys()
    assert "before its first part" in told["before"]
    assert "before its first part" in told["two archives"]
    assert "overlap" in told["larger than the file"]


def test_64_bit_numbers_that_lie() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        info = zipfile.ZipInfo("a.xml")
        info.extra = struct.pack("<HHQQQ", 1, 24, 1 << 63, 1 << 63, (1 << 64) - 9)
        package.writestr(info, b"<a/>")
        package.writestr("b.xml", b"<a/>")
    whole = stream.getvalue()
    at = entry(whole, 0)
    # A size that is told too large does no harm: what is read is what is there.
    assert read_archive(spoilt(whole, at + 24, 0xFFFFFFFF), HERE)["a.xml"] == b"<a/>"
    for offset in (20, 42):
        with pytest.raises(DocumentError):
            read_archive(spoilt(whole, at + offset, 0xFFFFFFFF), HERE)
    with pytest.raises(DocumentError):
        read_archive(spoilt(spoilt(spoilt(whole, at + 20, 0xFFFFFFFF), at + 24, 0xFFFFFFFF), at + 42, 0xFFFFFFFF), HERE)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_to_pack(method: int) -> None:
    assert "packed in a way" in refused(packed(good(), method))


@pytest.mark.parametrize(
    "name", ["WORD/Styles.xml", "word/a\n.xml", "word/a\x1b.xml", "word/\u202ea.xml", "word\\a.xml", "word/a.xm_\0.xml"]
)
def test_names_that_no_part_has(name: str) -> None:
    data = packed({**good(), name.replace("\0", "0"): b"<a/>"})
    if "\0" in name:
        data = data.replace(name.replace("\0", "0").encode(), name.encode())
    assert "has a name that cannot be in a Word document" in refused(data)


def test_a_directory_is_not_read_before_it_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("it was opened"))
    assert "parts; at most 2000" in refused(b"PK" + b"PK\x01\x02" * 20_001)


@given(st.data())
@settings(max_examples=examples(200))
def test_any_spoilt_archive_is_an_error_of_ours(data: st.DataObject) -> None:
    whole = bytearray(packed({"[Content_Types].xml": b"<a/>", "word/a.xml": b"<a/>" * 9}))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.sampled_from([0, 1, 2, 8, 9, 14, 0x7F, 0xFF]))
    with contextlib.suppress(DocumentError):
        read_archive(bytes(whole), HERE)
