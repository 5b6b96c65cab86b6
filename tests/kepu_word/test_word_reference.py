"""Documents with page, styles and numbering of a user's Word template."""

import io
import os
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from tests.depth import DEEP, examples
from tests.kepu_word.invariants import audit, broken_invariants
from tests.kepu_word.office import converted
from tests.kepu_word.reading import W, part, shown_by_office, texts_of

import kepu_docs
from kepu_docs.blocks import Block, Document, Heading, Item, ListBlock, Paragraph, Signature
from kepu_docs.plugin import DocumentError, KepuWarning, RenderOptions
from kepu_docs.testing import NUMBER, OFFICIAL_OUTLINE, documents
from kepu_word import WordRenderer
from kepu_word.look.style_ids import Names
from kepu_word.look.style_names import ROLES

RICH = Path(__file__).parents[1] / "examples" / "rich.yaml"
HEADER = "试验街道统一页眉"
RENAMED = {
    "heading 1": ("1", "标题 1"), "heading 2": ("2", "标题 2"), "Body Text": ("a3", "正文文本"), "Title": ("a7", "标题"),
    "caption": ("a9", "题注"), "Table Grid": ("ab", "网格型"), "List Number": ("ac", "列表编号"),
}  # fmt: skip


def plain() -> bytes:
    """Return python-docx's own default document, with a header."""
    opened = docx.Document()
    opened.sections[0].header.paragraphs[0].text = HEADER
    opened.add_paragraph("模板里的文字，不该留下。")
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def changed(data: bytes, name: str, *replacements: tuple[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            content = old.read(each)
            if each == name:
                text = content.decode()
                for before, after in replacements:
                    assert before in text, before
                    text = text.replace(before, after)
                content = text.encode()
            new.writestr(each, content)
    return stream.getvalue()


def chinese() -> bytes:
    """Return a template whose styles have Chinese names, and ids as a Chinese Word writes them."""
    opened = docx.Document(io.BytesIO(plain()))
    for name, (identity, chinese_name) in RENAMED.items():
        element = opened.styles[name if name != "heading 1" else "Heading 1"].element
        old = element.get(f"{W}styleId")
        element.set(f"{W}styleId", identity)
        element.find(f"{W}name").set(f"{W}val", chinese_name)
        numbering = opened.part.numbering_part.element
        for other in (
            *opened.styles.element.iter(f"{W}basedOn", f"{W}next", f"{W}link"),
            *numbering.iter(f"{W}pStyle"),
        ):
            if other.get(f"{W}val") == old:
                other.set(f"{W}val", identity)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def rendered(reference: bytes, document: Document | None = None, *, toc: bool = False) -> bytes:
    if document is None:
        document = kepu_docs.compose(kepu_docs.load(RICH))
    renderer = WordRenderer().configured(RenderOptions(reference=reference, toc=toc))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KepuWarning)
        return renderer.render(document)


def texts(data: bytes) -> list[str]:
    """Return the texts of all paragraphs that have any."""
    found = ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in part(data).iter(f"{W}p")]
    return [text for text in found if text]


def check(reference: bytes, data: bytes) -> None:
    assert broken_invariants(data) == []
    # With the many styles of a template each takes a third of a second.
    if DEEP:
        assert len(audit(data)) <= len(audit(reference))


@pytest.fixture(scope="module")
def from_office(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("template")
    return converted(folder, {"template": plain()}, "docx:MS Word 2007 XML")["template"]


@pytest.fixture(scope="module")
def from_pandoc() -> bytes:
    program = shutil.which("pandoc")
    if program is None:
        assert not os.environ.get("CI"), "pandoc is not installed"
        pytest.skip("pandoc is not installed")
    done = subprocess.run([program, "--print-default-data-file", "reference.docx"], check=True, capture_output=True)
    return done.stdout


@pytest.fixture(
    params=[
        "plain",
        "chinese",
        pytest.param("from_office", marks=[pytest.mark.office, pytest.mark.deep]),
        "from_pandoc",
    ]
)
def reference(request: pytest.FixtureRequest) -> bytes:
    made = {"plain": plain, "chinese": chinese}.get(request.param)
    return made() if made else bytes(request.getfixturevalue(request.param))


def test_a_template_never_seen_before_is_used(reference: bytes) -> None:
    document = kepu_docs.compose(kepu_docs.load(RICH))
    data = rendered(reference, document)
    check(reference, data)
    assert texts(data) == [text for text in texts_of(document) if text]
    assert data == rendered(reference, document)
    docx.Document(io.BytesIO(data))


@pytest.mark.some(3)
def test_a_table_of_contents_in_a_template(reference: bytes) -> None:
    data = rendered(reference, toc=True)
    check(reference, data)
    assert "目录" in texts(data)


def test_page_and_header_are_those_of_the_template() -> None:
    opened = docx.Document(io.BytesIO(rendered(plain())))
    section, own = opened.sections[0], docx.Document(io.BytesIO(plain())).sections[0]
    assert (section.page_width, section.left_margin, section.top_margin) == (
        own.page_width,
        own.left_margin,
        own.top_margin,
    )
    assert [paragraph.text for paragraph in section.header.paragraphs] == [HEADER]
    assert not any("不该留下" in paragraph.text for paragraph in opened.paragraphs)
    room = (own.page_width or 0) - (own.left_margin or 0) - (own.right_margin or 0)
    assert all(abs(sum(column.width for column in table.columns) - room) < 1000 for table in opened.tables)


def test_blocks_take_the_styles_of_the_template_by_name() -> None:
    used = {str(style.get(f"{W}val")) for style in part(rendered(chinese())).iter(f"{W}pStyle", f"{W}tblStyle")}
    assert {identity for identity, _ in RENAMED.values()} - {"ac"} <= used
    assert "BodyText" not in used


def test_missing_styles_are_reported_once_and_made() -> None:
    renderer = WordRenderer().configured(RenderOptions(reference=plain()))
    document = kepu_docs.compose(kepu_docs.load(RICH))
    with pytest.warns(KepuWarning) as told_of:
        data = renderer.render(document)
    (message,) = told_of
    assert "Attachment Note, Signature, Date" in str(message.message)
    assert "Title" not in str(message.message)
    names = {str(name.get(f"{W}val")) for name in part(data, "word/styles.xml").iter(f"{W}name")}
    assert {"Attachment Note", "Signature", "Date"} <= names
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        renderer.render(document)


@pytest.mark.deep
@pytest.mark.office
def test_numbers_are_ours_and_lists_restart(tmp_path: Path) -> None:
    entries = tuple(Item(text, number=f"{place}.") for place, text in enumerate(("甲", "乙"), 1))
    blocks: tuple[Block, ...] = (
        Heading(1, "第一部分", "一、"), ListBlock("number", entries, NUMBER), Paragraph("文"),
        ListBlock("number", entries, NUMBER), Heading(2, "其中", "（一）"), Heading(1, "第二部分", "二、"),
        Heading(2, "接排。", "（一）", body="正文。"), ListBlock("number", entries, NUMBER), Heading(1, "没有编号"),
        Signature("试验社区", "2025年12月20日"),
    )  # fmt: skip
    document = Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE)
    for name, template in (("plain", plain()), ("chinese", chinese())):
        shown = shown_by_office(tmp_path, {name: rendered(template, document)})[name]
        lines = [line.replace(" ", "") for line in shown if line]
        assert lines == [
            "总结", "一、第一部分", "1.甲", "2.乙", "文", "1.甲", "2.乙", "（一）其中", "二、第二部分", "（一）接排。正文。",
            "1.甲", "2.乙", "没有编号", "试验社区", "2025年12月20日",
        ]  # fmt: skip


@pytest.mark.deep
@pytest.mark.office
def test_a_template_that_numbers_its_headings_goes_on_doing_so(tmp_path: Path) -> None:
    numbered = changed(
        plain(),
        "word/styles.xml",
        (
            '<w:name w:val="heading 1"/>',
            '<w:name w:val="heading 1"/>',
        ),
    )
    opened = docx.Document(io.BytesIO(numbered))
    numbering = opened.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{level + 1}"/>'
        f'<w:suff w:val="space"/><w:lvlText w:val="第{"".join(f".%{n}" for n in range(1, level + 2))[1:]}节"/></w:lvl>'
        for level in range(4)
    )
    own = etree.fromstring(
        f'<w:abstractNum xmlns:w="{W[1:-1]}" w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    numbering.insert(0, own)
    numbering.append(etree.fromstring(f'<w:num xmlns:w="{W[1:-1]}" w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for level in range(4):
        properties = opened.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        properties.insert(
            0,
            etree.fromstring(f'<w:numPr xmlns:w="{W[1:-1]}"><w:ilvl w:val="{level}"/><w:numId w:val="88"/></w:numPr>'),
        )
    saved = io.BytesIO()
    opened.save(saved)
    blocks: tuple[Block, ...] = (
        Heading(1, "甲", "一、"), Heading(2, "乙", "（一）"), Heading(1, "丙", "二、"), Heading(2, "丁。", "（一）", body="文。"),
        Heading(1, "戊"),
    )  # fmt: skip
    data = rendered(saved.getvalue(), Document("总结", blocks, "zh_Hans", OFFICIAL_OUTLINE))
    assert broken_invariants(data) == []
    shown = shown_by_office(tmp_path, {"own": data})["own"]
    assert [line for line in shown if line] == ["总结", "第1节 甲", "第1.1节 乙", "第2节 丙", "第2.1节 丁。文。", "戊"]


IN_A_TEMPLATE = WordRenderer().configured(RenderOptions(reference=plain()))


@given(documents(max_blocks=6))
@settings(max_examples=examples(10), suppress_health_check=[HealthCheck.too_slow])
def test_any_document_fits_into_a_template(document: Document) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KepuWarning)
        data = IN_A_TEMPLATE.render(document)
    assert broken_invariants(data) == []
    if DEEP:
        assert audit(data) == []


def test_what_makes_a_template_special_is_left_out() -> None:
    special = changed(
        plain(),
        "word/settings.xml",
        ("</w:settings>", '<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'),
    )
    assert b"documentProtection" not in zipfile.ZipFile(io.BytesIO(rendered(special))).read("word/settings.xml")
    dotx = changed(
        plain(), "[Content_Types].xml", ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")
    )
    assert b"template.main" not in zipfile.ZipFile(io.BytesIO(rendered(dotx))).read("[Content_Types].xml")


def broken(data: bytes) -> Iterator[tuple[bytes, str]]:
    yield b"no document", "this is not a Word document"
    without = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(without, "w") as new:
        for name in old.namelist():
            if name != "word/styles.xml":
                new.writestr(name, old.read(name))
    yield without.getvalue(), "has no part word/styles.xml"
    yield changed(data, "word/styles.xml", ("<w:styles", "<w:styles<")), "the part “word/styles.xml” is broken"
    yield (
        changed(
            data,
            "word/_rels/document.xml.rels",
            (
                "</Relationships>",
                '<Relationship Id="x" Type="a/attachedTemplate" Target="http://x.example" TargetMode="External"/></Relationships>',
            ),
        ),
        "an attached template",
    )


def test_a_broken_or_hostile_template_is_refused() -> None:
    for data, reason in broken(plain()):
        with pytest.raises(DocumentError, match=reason):
            rendered(data)


def test_every_role_has_a_name_and_every_name_a_role() -> None:
    members = {role.member for role in ROLES}
    unasked = {"cover", "bare_headings", "table_gap", "grid", "page_number"}
    assert members | unasked == set(Names.__slots__)
    assert all(role.names for role in ROLES)
