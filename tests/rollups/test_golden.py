"""The rollup of the five examples as one invented street office: golden files.

Rewrite them with ``pytest tests/rollups --update-golden``, and read the difference before committing it.
"""

from pathlib import Path

import pytest
import yaml

import kepu_docs
from kepu_docs.rollups import RollupReport
from kepu_docs.testing import golden
from tests.kepu_word.invariants import check_docx
from tests.languages import LOCALES

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="module")
def street() -> RollupReport:
    return kepu_docs.rollup(EXAMPLES, name="试验街道")


@pytest.mark.parametrize("format_name", ["md", "txt"])
@pytest.mark.parametrize("locale", LOCALES)
def test_documents(street: RollupReport, locale: str, format_name: str) -> None:
    golden(GOLDEN / locale / f"street.{format_name}", kepu_docs.render(street.summary, format_name, locale=locale))


def test_the_record(street: RollupReport) -> None:
    file = GOLDEN / "street.yaml"
    golden(file, yaml.safe_dump(dict(street.results[0].data), allow_unicode=True, sort_keys=False, width=1_000))
    assert kepu_docs.load(file) == street.summary


@pytest.mark.some(3)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_word_document_is_sound(street: RollupReport, locale: str, tmp_path: Path) -> None:
    data = kepu_docs.render(street.summary, "docx", locale=locale)
    check_docx(data)
    (tmp_path / "street.docx").write_bytes(data)
    assert kepu_docs.load(tmp_path / "street.docx") == street.summary
