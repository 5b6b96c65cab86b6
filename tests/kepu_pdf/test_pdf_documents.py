"""The contents of a PDF besides its pages: properties, tags, bookmarks, the record, standards; and text stays text."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from tests.kepu_pdf.fonts import need_fonts
from tests.kepu_pdf.reading import shown_text

import kepu_docs
from kepu_docs.blocks import (
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    Series,
    Table,
)
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.locations import locations
from kepu_docs.plugin import RECORD_NAMESPACE, RenderError, RenderOptions
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_pdf import PdfRenderer

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
RICH = Path(__file__).parents[1] / "examples" / "rich.yaml"
RENDERER = PdfRenderer()
RECORD = '{"community": {"name": "试验社区"}, "period": 2025, "signed_on": "2025-12-20"}'

pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture(scope="module")
def fonts() -> None:
    need_fonts()


def document(*blocks: Any, **more: Any) -> Document:
    return Document("试验社区科普工作总结", blocks, "zh_Hans", OFFICIAL_OUTLINE, **more)


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def tags(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Return all elements of the structure tree, in their order."""

    def below(element: Any) -> Iterator[Any]:
        if isinstance(element, pikepdf.Array):
            for each in element:
                yield from below(each)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element and element.get("/Type") != pikepdf.Name("/OBJR"):
                yield element
            if "/K" in element:
                yield from below(element["/K"])

    return list(below(pdf.Root.StructTreeRoot["/K"]))


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(tag.S).removeprefix("/") for tag in tags(pdf)]


def test_properties_and_language() -> None:
    made = document(Paragraph("正文"), author="试验社区居民委员会", subject="科普", keywords=("总结", "2025年"))
    with opened(RENDERER.render(made)) as pdf:
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == made.title
            assert metadata["dc:creator"] == [made.author]
            assert metadata["dc:description"] == made.subject
            assert metadata.pdfa_status == "3A"


@pytest.mark.parametrize(("locale", "language"), [("zh_Hant", "zh-TW"), ("zh_Hant_HK", "zh-HK"), ("en", "en-GB")])
def test_languages(locale: str, language: str) -> None:
    with opened(RENDERER.render(replace(document(Paragraph("text")), locale=locale))) as pdf:
        assert str(pdf.Root.Lang) == language


def test_tags() -> None:
    made = document(
        Heading(1, "培训", "一、"),
        Paragraph("正文"),
        Heading(2, "讲座。", "（一）", "接着的话"),
        Table((Column("时间"), Column("人次")), (("4月", "60"), ("5月", "80"))),
        Chart("bar", "月", ("4月",), (Series("人次", (60.0,), ("60",)),), "人次", "图1"),
    )
    with opened(RENDERER.render(made)) as pdf:
        found = kinds(pdf)
        assert [kind for kind in found if kind in ("H1", "H2", "Table", "Figure")] == ["H1", "H2", "Table", "Figure"]
        assert (found.count("TR"), found.count("TH"), found.count("TD")) == (3, 2, 4)
        (figure,) = [tag for tag in tags(pdf) if pikepdf.Name("/Figure") == tag.S]
        assert str(figure.Alt) == "人次; 人次: 4月 60"


def test_lists_are_lists() -> None:
    items = (Item("做好宣传。", number="一是"), Item("做好培训。", "讲座。", "二是"))
    made = document(ListBlock("ordinal", items), Paragraph("正文"), ListBlock("bullet", (Item("一项"),)))
    with opened(RENDERER.render(made)) as pdf:
        assert [kind for kind in kinds(pdf) if kind in ("L", "LI", "LBody")] == [
            "L",
            *["LI", "LBody"] * 2,
            "L",
            "LI",
            "LBody",
        ]
    assert "一是做好宣传。二是讲座。做好培训。正文• 一项" in shown_text(RENDERER.render(made))


def test_pictures_have_their_alternative_text_and_stand_once() -> None:
    data = (Path(__file__).parents[1] / "kepu_pdf" / "grey.png").read_bytes()
    figure = Figure(data, "image/png", 8, 8, "一张照片", "说明", "图1")
    with opened(RENDERER.render(document(figure, Paragraph("中间"), figure, figure))) as pdf:
        assert [str(tag.Alt) for tag in tags(pdf) if pikepdf.Name("/Figure") == tag.S] == ["一张照片"] * 3
        images = {image.objgen for page in pdf.pages for image in page.get_images().values()}
        assert len(images) == 1


def test_bookmarks() -> None:
    headings = (Heading(1, "培训", "一、"), Heading(2, "讲座", "（一）"), Heading(1, "活动", "二、"))
    with opened(RENDERER.render(document(*headings))) as pdf, pdf.open_outline() as outline:
        assert [(item.title, [child.title for child in item.children]) for item in outline.root] == [
            ("一、培训", ["（一）讲座"]),
            ("二、活动", []),
        ]


def test_the_table_of_contents_has_the_pages_of_its_headings() -> None:
    blocks = [
        block
        for number in range(1, 9)
        for block in (Heading(1, f"第{number}部分", f"{number}、"), Paragraph("社区科普工作全年开展" * 40))
    ]
    data = PdfRenderer(toc=True).render(document(*blocks))
    with opened(data) as pdf:
        links = {str(each.Contents) for page in pdf.pages for each in page.get("/Annots", [])}
        assert len(links) == 8
        assert kinds(pdf).count("TOCI") == 8
        with pdf.open_outline() as outline:
            targets = [pdf.pages.index(pikepdf.Page(_page(pdf, item))) + 1 for item in outline.root]
    contents = shown_text(data).partition("目录")[2].replace(" ", "")
    for number, page in enumerate(targets, 1):
        assert f"{number}、第{number}部分" in contents
        _, _, rest = contents.partition(f"{number}、第{number}部分")
        assert rest.lstrip(".").startswith(str(page))
    assert targets == sorted(targets)
    assert targets[-1] > 3


def _page(pdf: pikepdf.Pdf, item: pikepdf.OutlineItem) -> Any:
    destination: Any = item.destination
    if destination is None:
        assert item.action is not None
        destination = item.action.D
    if isinstance(destination, pikepdf.String):
        destination = pikepdf.NameTree(pdf.Root.Names.Dests)[str(destination)]
    return destination.D[0] if isinstance(destination, pikepdf.Dictionary) else destination[0]


@pytest.mark.parametrize("path", [RICH, EXAMPLES[0]], ids=lambda path: path.stem)
def test_the_record_comes_back(path: Path, tmp_path: Path) -> None:
    summary = kepu_docs.load(path)
    file = tmp_path / "summary.pdf"
    file.write_bytes(kepu_docs.render(summary, "pdf"))
    again = kepu_docs.load(file)
    assert again == summary
    assert kepu_docs.render(again, "pdf") == file.read_bytes()


def test_how_the_record_is_attached() -> None:
    with opened(RENDERER.render(document(Paragraph("正文"), record=RECORD))) as pdf:
        (attached,) = pdf.attachments.values()
        assert attached.filename == "record.json"
        assert attached.description == RECORD_NAMESPACE
        assert attached.relationship == pikepdf.Name("/Source")
        assert attached.get_file().read_bytes() == RECORD.encode()
        assert attached.get_file().mime_type == "application/json"
        assert [entry.objgen for entry in pdf.Root.AF] == [attached.obj.objgen]
        # The day on which the record is signed.
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20251220")


def test_a_document_may_be_made_without_its_record(tmp_path: Path) -> None:
    summary = kepu_docs.load(RICH)
    file = tmp_path / "summary.pdf"
    for data in (
        kepu_docs.render(summary, "pdf", embed=False),
        # PDF/A-2 allows no attachments.
        kepu_docs.render(summary, "pdf", pdf_standard="a-2b"),
    ):
        file.write_bytes(data)
        with pytest.raises(kepu_docs.DocumentError, match=r"summary\.pdf: this PDF contains no record"):
            kepu_docs.load(file)


@pytest.mark.parametrize(
    ("standard", "archive", "accessible"),
    [
        ("", "3A", ""),
        ("a-2b", "2B", ""),
        ("A-3B", "3B", ""),
        ("ua-1", "", "1"),
        ("a-3a,ua-1", "3A", "1"),
        ("none", "", ""),
    ],
)
def test_standards(standard: str, archive: str, accessible: str) -> None:
    renderer = RENDERER.configured(RenderOptions(pdf_standard=standard))
    made = document(Heading(1, "培训", "一、"), Paragraph("正文"), Heading(2, "讲座。", "（一）", "话"), record=RECORD)
    with opened(renderer.render(made)) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == archive
        assert metadata.get("pdfuaid:part", "") == accessible
        assert len(pdf.attachments) == (0 if archive.startswith("2") else 1)
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("standard", ["a-9z", "pdf/a", "a-2b,a-3a", "none,ua-1", ","])
def test_there_is_no_such_standard(standard: str) -> None:
    with pytest.raises(RenderError, match="there is no PDF standard") as raised:
        RENDERER.configured(RenderOptions(pdf_standard=standard))
    assert raised.value.faults[0].code == "pdf-standard-unknown"


def test_a_reference_is_for_word_alone() -> None:
    with pytest.raises(RenderError, match="--reference"):
        RENDERER.configured(RenderOptions(reference=b"a Word document"))


def test_an_unknown_look() -> None:
    with pytest.raises(RenderError, match="there is no look “plain”"):
        RENDERER.configured(RenderOptions(look="plain"))


HOSTILE = (
    '#eval("1+1")',
    '#read("/etc/passwd")',
    '#import "@preview/example:0.1.0"',
    "*粗* _斜_ $x^2$ `码` \\ @名 <标签> = 题 - 项 + 项 / 词: 义",
    "#set page(width: 1pt) // 注 /* 注 */ ~ -- --- ... ' \"",
    "https://example.org/#sys.inputs",
    "\\u{41} \\# #{1}",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_stays_text(hostile: str) -> None:
    shown = "".join(shown_text(RENDERER.render(document(Paragraph(hostile), Heading(1, hostile, "一、")))).split())
    assert shown.count("".join(hostile.split())) == 2


def test_two_runs_give_the_same_bytes() -> None:
    made = kepu_docs.compose(kepu_docs.load(RICH))
    assert PdfRenderer().render(made) == PdfRenderer().render(made)


def test_a_folder_with_both_documents_of_a_record_has_it_once(tmp_path: Path) -> None:
    summary = kepu_docs.load(EXAMPLES[0])
    for format_name in ("docx", "pdf"):
        (tmp_path / f"summary.{format_name}").write_bytes(kepu_docs.render(summary, format_name))
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 a letter")
    engine = default_engine()

    def found(given: str) -> list[str]:
        return [Path(each.path).name for each in locations(engine, [given])]

    assert found(str(tmp_path)) == ["summary.docx"]
    assert found(str(tmp_path / "s*")) == ["summary.docx"]
    assert found(str(tmp_path / "s*.pdf")) == ["summary.pdf"]
    assert found(str(tmp_path / "summary.pdf")) == ["summary.pdf"]
