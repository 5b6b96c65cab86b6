"""The same text in all formats, read back by the project's readers and by independent programs."""

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import mammoth
import pytest
from markdown_it import MarkdownIt
from tests.kepu_pdf.fonts import need_fonts
from tests.kepu_pdf.reading import shown_text
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.blocks import Block, Heading, ListBlock
from kepu_docs.plugin import Document
from kepu_docs.testing import READERS, missing

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
RICH = Path(__file__).with_name("rich.yaml")
RECORDS = [*EXAMPLES, RICH]


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=RECORDS, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest, locale: str) -> Document:
    return kepu_docs.compose(kepu_docs.load(request.param), locale=locale)


def rendered(document: Document, format_name: str) -> bytes:
    from kepu_docs.pipeline import default_engine

    return default_engine().render(document, format_name)


@pytest.mark.pairwise
@pytest.mark.parametrize("format_name", ["docx", "html", "md", "txt"])
def test_each_format_says_what_the_document_says(document: Document, format_name: str) -> None:
    shown = READERS[format_name](rendered(document, format_name))
    assert missing(shown, document, wrapped=format_name == "txt") == ""


@pytest.mark.some(5)
def test_pdf_says_what_the_document_says(document: Document) -> None:
    need_fonts()
    assert missing(shown_text(rendered(document, "pdf")), document) == ""


@pytest.mark.some(5)
def test_markdown_by_another_parser(document: Document) -> None:
    parts = []
    for token in MarkdownIt("commonmark").enable("table").parse(rendered(document, "md").decode()):
        if token.type == "list_item_open" and token.info:
            parts.append(token.info + token.markup)
        if token.type == "inline":
            parts.append("".join(child.content for child in token.children or ()))
    assert missing(parts, document) == ""


@pytest.mark.some(5)
def test_word_by_mammoth(document: Document) -> None:
    shown = mammoth.extract_raw_text(io.BytesIO(rendered(document, "docx"))).value
    assert missing(shown, without_numbers(document)) == ""


def without_numbers(document: Document) -> Document:
    """Return what programs show that do not count as Word does."""
    return replace(document, blocks=tuple(map(_without_numbers, document.blocks)))


def _without_numbers(block: Block) -> Block:
    match block:
        case Heading():
            return replace(block, number="")
        case ListBlock():
            return replace(block, items=tuple(replace(item, number="") for item in block.items))
        case _:
            return block


@pytest.mark.deep
@pytest.mark.office
def test_word_by_libreoffice(tmp_path: Path) -> None:
    documents = [kepu_docs.compose(kepu_docs.load(record), locale=locale) for record in RECORDS for locale in LOCALES]
    for number, document in enumerate(documents):
        (tmp_path / f"{number}.docx").write_bytes(rendered(document, "docx"))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(tmp_path),
            *[str(tmp_path / f"{number}.docx") for number in range(len(documents))],
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    for number, document in enumerate(documents):
        # LibreOffice shows the numbers that Word's own numbering makes.
        assert missing((tmp_path / f"{number}.txt").read_text(encoding="utf-8-sig"), document) == ""
