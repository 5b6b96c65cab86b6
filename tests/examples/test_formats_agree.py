"""The same text in all three formats, read back by programs that are not ours."""

import io
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import mammoth
import pytest
from markdown_it import MarkdownIt
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.plugin import (
    AttachmentNote,
    Chart,
    Document,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
RICH = Path(__file__).with_name("rich.yaml")
RECORDS = [*EXAMPLES, RICH]


def texts(document: Document, *, numbers: bool) -> Iterator[str]:
    """Yield what a reader sees of a document, piece by piece."""
    yield document.title
    for block in document.blocks:
        match block:
            case Heading():
                yield (block.number if numbers else "") + block.text + block.body
            case Paragraph():
                yield block.text
            case ListBlock():
                for item in block.items:
                    yield (item.number if numbers else "") + item.lead + item.text
            case Table():
                yield block.number
                yield block.caption
                yield from (column.title for column in block.columns)
                for row in block.rows:
                    yield from row
            case Signature():
                yield block.body
                yield block.date
            case AttachmentNote():
                yield block.lead
                yield from block.names
            case Figure() | Chart() | PageBreak():
                pytest.fail("no example has one yet; say here what a reader sees of it")


def squeezed(text: str) -> str:
    """Return ``text`` without white space: formats differ in lines, columns and indentation."""
    return re.sub(r"\s", "", text)


def assert_says(shown: str, document: Document, *, numbers: bool) -> None:
    """Assert that ``shown`` says what ``document`` says: all of it, in its order."""
    shown = squeezed(shown)
    position = 0
    for text in texts(document, numbers=numbers):
        position = shown.index(squeezed(text), position) + len(squeezed(text))


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=RECORDS, ids=lambda path: path.stem)
def document(request: pytest.FixtureRequest, locale: str) -> Document:
    return kepu_docs.compose(kepu_docs.load(request.param), locale=locale)


def rendered(document: Document, format_name: str) -> bytes:
    from kepu_docs.pipeline import default_engine

    return default_engine().render(document, format_name)


def test_plain_text(document: Document) -> None:
    assert_says(rendered(document, "txt").decode(), document, numbers=True)


def test_markdown(document: Document) -> None:
    parts = []
    for token in MarkdownIt("commonmark").enable("table").parse(rendered(document, "md").decode()):
        if token.type == "list_item_open" and token.info:
            parts.append(token.info + token.markup)
        if token.type == "inline":
            parts.append("".join(child.content for child in token.children or ()))
    assert_says("\n".join(parts), document, numbers=True)


def test_word_by_mammoth(document: Document) -> None:
    shown = mammoth.extract_raw_text(io.BytesIO(rendered(document, "docx"))).value
    assert_says(shown, document, numbers=False)


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
        assert_says((tmp_path / f"{number}.txt").read_text(encoding="utf-8-sig"), document, numbers=True)
