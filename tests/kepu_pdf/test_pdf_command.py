"""PDF documents on the command line, one by one and in a batch."""

import json
from pathlib import Path

import docx
import pikepdf
import pytest
from tests.cli.calling import kepu
from tests.kepu_pdf.fonts import need_fonts
from tests.kepu_word.form import made_forms

RECORD = {"community": {"name": "试验社区"}, "period": 2025, "opening": "全年工作如下。", "signed_on": "2025-12-20"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    need_fonts()
    (tmp_path / "r.json").write_text(json.dumps(RECORD, ensure_ascii=False), "utf-8")
    return tmp_path


def test_render_and_render_again_from_the_pdf(folder: Path) -> None:
    done = kepu("render", "r.json", "-f", "docx,pdf", "-o", "out", folder=folder)
    name = "试验社区2025年科普工作总结"
    assert (done.returncode, done.stdout.split()) == (0, [f"out/{name}.docx", f"out/{name}.pdf"])
    again = kepu("render", f"out/{name}.pdf", "-f", "docx", "-o", "again", folder=folder)
    assert (again.returncode, again.stderr) == (0, "")
    assert (folder / "again" / f"{name}.docx").read_bytes() == (folder / "out" / f"{name}.docx").read_bytes()


def test_a_batch_by_a_standard(folder: Path) -> None:
    command = ("batch", "r.json", "-f", "pdf", "--pdf-standard", "a-2b", "-o", "out", "-j", "1", "-q")
    assert kepu(*command, folder=folder).returncode == 0
    (file,) = (folder / "out").rglob("*.pdf")
    with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"
    assert "0 made, 1 unchanged" in kepu(*command, folder=folder).stdout
    # Another standard makes it anew.
    command = (*command[:5], "none", *command[6:])
    assert "1 made, 0 unchanged" in kepu(*command, folder=folder).stdout


def test_a_form_is_filled_beside_a_pdf_by_a_standard(folder: Path) -> None:
    (folder / "form.docx").write_bytes(made_forms.with_texts("{{ 社区.名称 }}"))
    command = ("batch", "r.json", "--pdf-standard", "a-2b", "-j", "1", "-q")
    assert kepu(*command, "-f", "docx,pdf", "--form", "form.docx", "-o", "both", folder=folder).returncode == 0
    assert kepu(*command, "-f", "pdf", "-o", "alone", folder=folder).returncode == 0
    (filled,), (pdf,), (alone,) = (folder.glob(each) for each in ("both/**/*.docx", "both/**/*.pdf", "alone/**/*.pdf"))
    assert [each.text for each in docx.Document(str(filled)).paragraphs] == ["试验社区"]
    assert pdf.read_bytes() == alone.read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--reference", "r.json"), "a PDF cannot use the page or styles of a Word template (--reference)"),
        (("--pdf-standard", "pdf/x"), "there is no PDF standard “pdf/x”"),
    ],
)
def test_what_is_refused(folder: Path, options: tuple[str, ...], said: str) -> None:
    done = kepu("render", "r.json", "-f", "pdf", *options, folder=folder)
    assert done.returncode == 1
    assert said in done.stderr
    assert list(folder.glob("*.pdf")) == []
