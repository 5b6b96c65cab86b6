"""What people see of the five examples as one invented street office: golden files.

Rewrite them with ``pytest tests/rollups --update-golden``, and read the difference before committing it.
"""

from pathlib import Path

import pytest
import yaml

import kepu_docs
from kepu_docs.rollups import RollupReport
from tests.kepu_word.invariants import check_docx
from tests.languages import LOCALES

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture(scope="module")
def street() -> RollupReport:
    return kepu_docs.rollup(EXAMPLES, name="试验街道")


@pytest.mark.parametrize("format_name", ["md", "txt"])
@pytest.mark.parametrize("locale", LOCALES)
def test_documents(street: RollupReport, locale: str, format_name: str, update_golden: bool) -> None:
    shown = kepu_docs.render(street.summary, format_name, locale=locale)
    golden = GOLDEN / locale / f"street.{format_name}"
    if update_golden:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(shown)
    assert shown.decode() == golden.read_text(encoding="utf-8")


def test_the_record(street: RollupReport, update_golden: bool) -> None:
    shown = yaml.safe_dump(dict(street.results[0].data), allow_unicode=True, sort_keys=False, width=1_000)
    golden = GOLDEN / "street.yaml"
    if update_golden:
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
    assert kepu_docs.load(golden) == street.summary


@pytest.mark.parametrize("locale", LOCALES)
def test_the_word_document_is_sound(street: RollupReport, locale: str, tmp_path: Path) -> None:
    data = kepu_docs.render(street.summary, "docx", locale=locale)
    check_docx(data)
    (tmp_path / "street.docx").write_bytes(data)
    assert kepu_docs.load(tmp_path / "street.docx") == street.summary
