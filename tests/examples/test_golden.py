"""The documents of the five records: golden files. A .docx is compared part by part, as XML.

Most parts of a .docx are its look in its language, the same in every document: these are kept once per language, as
``pack.docx``, and beside them each document's own parts.

Documents in other languages than Simplified Chinese are in folders of their own and have no .docx;
tests/kepu_word/test_word_languages.py checks what is special about these.

Rewrite them with ``pytest tests/examples --update-golden``, and read the difference before committing it.
"""

import io
import zipfile
from collections.abc import Container
from pathlib import Path
from typing import Final

import pytest
from tests.kepu_word.invariants import check_docx
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.testing import golden

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
GOLDEN = Path(__file__).with_name("golden")
OWN: Final = frozenset({"word/document.xml", "word/numbering.xml", "docProps/core.xml", "customXml/item1.xml"})
"""The parts of a .docx that are each document's own; all others are the pack's."""


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def file_of(name: str, locale: str, format_name: str) -> Path:
    folder = GOLDEN if locale == "zh_Hans" else GOLDEN / locale
    return folder / f"{name}.{format_name}"


def parts_of(data: bytes, names: Container[str]) -> bytes:
    """Return a package with those parts of another that have one of the names."""
    chosen = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(chosen, "w") as parts:
        for name in package.namelist():
            if name in names:
                parts.writestr(name, package.read(name))
    return chosen.getvalue()


def names_of(data: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return set(package.namelist())


@pytest.mark.parametrize("format_name", ["md", "txt"])
@pytest.mark.parametrize("locale", LOCALES)
def test_text_formats(example: Path, locale: str, format_name: str) -> None:
    shown = kepu_docs.render(kepu_docs.load(example), format_name, locale=locale)
    golden(file_of(example.stem, locale, format_name), shown)


@pytest.mark.parametrize("locale", LOCALES)
def test_word(example: Path, locale: str) -> None:
    data = kepu_docs.render(kepu_docs.load(example), "docx", locale=locale)
    assert data == kepu_docs.render(kepu_docs.load(example), "docx", locale=locale)
    check_docx(data)
    golden(file_of(example.stem, locale, "docx"), parts_of(data, OWN))
    golden(file_of("pack", locale, "docx"), parts_of(data, names_of(data) - OWN))
