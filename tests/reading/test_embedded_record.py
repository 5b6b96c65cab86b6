"""The record in a Word document is read back exactly."""

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given

import kepu_docs
from kepu_docs.testing import texts

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))
RICH = Path(__file__).parents[1] / "examples" / "rich.yaml"


@pytest.mark.parametrize("path", [*EXAMPLES, RICH], ids=lambda path: path.stem)
def test_the_record_comes_back(path: Path, tmp_path: Path) -> None:
    summary = kepu_docs.load(path)
    file = tmp_path / "summary.docx"
    file.write_bytes(kepu_docs.render(summary, "docx"))
    again = kepu_docs.load(file)
    assert again == summary
    assert again.model_dump_json(exclude_unset=True) == summary.model_dump_json(exclude_unset=True)
    assert kepu_docs.render(again, "docx") == file.read_bytes()


@given(texts())
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    summary = kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "opening": [text]})
    file = tmp_path_factory.mktemp("embedded") / "summary.docx"
    file.write_bytes(kepu_docs.render(summary, "docx"))
    assert kepu_docs.load(file) == summary


def test_it_survives_another_program_that_saves_the_document(tmp_path: Path) -> None:
    summary = kepu_docs.load(RICH)
    opened = docx.Document(io.BytesIO(kepu_docs.render(summary, "docx")))
    opened.add_paragraph("后来加的一段。")
    opened.save(str(tmp_path / "saved.docx"))
    assert kepu_docs.load(tmp_path / "saved.docx") == summary


def test_a_document_may_be_made_without_its_record(tmp_path: Path) -> None:
    file = tmp_path / "summary.docx"
    file.write_bytes(kepu_docs.render(kepu_docs.load(RICH), "docx", embed=False))
    with zipfile.ZipFile(file) as package:
        assert not any("customXml" in name for name in package.namelist())
    with pytest.raises(kepu_docs.DocumentError, match=r"summary\.docx: this Word document contains no record"):
        kepu_docs.load(file)


def test_a_document_with_charts_gives_its_record(tmp_path: Path) -> None:
    record: dict[str, Any] = {"community": {"name": "试验社区"}, "period": 2025}
    record["sections"] = [{"kind": "funding", "uses": [{"purpose": "讲座", "amount": 3}], "charts": {"by_use": "bar"}}]
    summary = kepu_docs.load(record)
    file = tmp_path / "summary.DOCX"
    file.write_bytes(kepu_docs.render(summary, "docx"))
    assert kepu_docs.load(file) == summary


def test_what_is_no_word_document_is_said(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(b"text")
    with pytest.raises(kepu_docs.DocumentError, match="this is not a Word document"):
        kepu_docs.load(file)
