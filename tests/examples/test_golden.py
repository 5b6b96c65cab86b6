"""What people see of the five records: golden files. A .docx is compared part by part, as XML.

Those of languages other than Simplified Chinese stand in folders of their own, and have no .docx: what is theirs in one
tests/kepu_word/test_word_languages.py looks at.

Rewrite them with ``pytest tests/examples --update-golden``, and read the difference before committing it.
"""

from pathlib import Path

import pytest
from tests.kepu_word.invariants import check_docx
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.testing import golden

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def file_of(example: Path, locale: str, format_name: str) -> Path:
    folder = GOLDEN if locale == "zh_Hans" else GOLDEN / locale
    return folder / f"{example.stem}.{format_name}"


@pytest.mark.parametrize("format_name", ["md", "txt"])
@pytest.mark.parametrize("locale", LOCALES)
def test_text_formats(example: Path, locale: str, format_name: str) -> None:
    shown = kepu_docs.render(kepu_docs.load(example), format_name, locale=locale)
    golden(file_of(example, locale, format_name), shown)


@pytest.mark.parametrize("locale", LOCALES)
def test_word(example: Path, locale: str) -> None:
    data = kepu_docs.render(kepu_docs.load(example), "docx", locale=locale)
    assert data == kepu_docs.render(kepu_docs.load(example), "docx", locale=locale)
    check_docx(data)
    golden(file_of(example, locale, "docx"), data)
