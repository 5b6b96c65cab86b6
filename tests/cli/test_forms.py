"""``kepu-docs fill``, ``form check`` and ``batch --form``: an office's own form on the command line."""

import json
import shutil
from pathlib import Path

import docx
import pytest
from tests.cli.calling import kepu
from tests.kepu_excel import made_workbooks
from tests.kepu_word.form import made_forms as made
from tests.kepu_word.form.blank_forms import pairs
from tests.kepu_word.form.test_forms import record as data_of_record

import kepu_docs

RECORDS = Path(__file__).parents[2] / "docs" / "examples"
GOOD = ("{{ 社区.名称 }}", "{{ 科普活动.活动 | 个数 }}项", "{{ 栏目(“科普培训”) }}")
BAD = ("{{ 社区.名子 }}", "{% if 科普活动 %}")


def _forms(folder: Path) -> None:
    (folder / "good.docx").write_bytes(made.with_texts(*GOOD))
    (folder / "bad.docx").write_bytes(made.with_texts(*BAD))


def test_a_form_is_checked(tmp_path: Path) -> None:
    _forms(tmp_path)
    done = kepu("form", "check", "good.docx", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    first, needed, unused, record, community, activities = done.stdout.splitlines()
    assert record == "the record itself: never shows addressee, opening, closing, attachments, signed_by, signed_on"
    assert community.startswith("community: shows name; never level, ")
    assert activities.startswith("activities: shows activities; never partners, "), "of training all is shown"
    assert first == "no errors; placeholders: 3"
    assert needed == "the form shows: training, activities"
    assert "facilities" in unused
    done = kepu("--ui-locale", "zh_Hans", "form", "check", "bad.docx", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "错误：bad.docx: 表格在“{% if 科普活动 %}”处：没有与之配对的 endif",
        "错误：bad.docx: 表格在“{{ 社区.名子 }}”处：没有叫“名子”的内容；是不是“名称”？",
    ]
    assert kepu("form", "check", "none.docx", folder=tmp_path).returncode == 1


@pytest.mark.deep
def test_a_form_that_will_surprise_is_remarked_on(tmp_path: Path) -> None:
    row = '<w:trPr><w:trHeight w:val="400" w:hRule="exact"/></w:trPr>'
    table = made.table(("{% for 项 in 科普活动.活动 %}{{ 项.名称 }}", "{{ 项.地点 }}{% endfor %}")).replace(
        "<w:tr>", f"<w:tr>{row}"
    )
    change = f'<w:p><w:ins w:id="1" w:author="a">{made.run("x")}</w:ins><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    (tmp_path / "form.docx").write_bytes(made.with_body(table + change))
    done = kepu("--ui-locale", "zh_Hans", "form", "check", "form.docx", folder=tmp_path)
    assert done.stdout.splitlines()[3:6] == [
        "提示：第 1 个表第 1 行的行高是固定值，放不下的文字 Word 会遮住",
        "提示：表格中有未接受的修订，填好的每份文档也会带有",
        "提示：表格中有批注，填好的每份文档也会带有",
    ]
    assert done.stdout.splitlines()[-1].startswith("科普活动：用到活动（名称、地点）；没有用到合作单位、活动（类别、")


def test_records_are_filled_into_a_form(tmp_path: Path) -> None:
    _forms(tmp_path)
    for record in RECORDS.glob("0[12]*.yaml"):
        shutil.copy(record, tmp_path)
    records = sorted(each.name for each in tmp_path.glob("*.yaml"))
    done = kepu("fill", "good.docx", *records, "-o", "out", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for name, path in zip(records, map(Path, done.stdout.splitlines()), strict=True):
        summary = kepu_docs.load(tmp_path / name)
        assert docx.Document(str(tmp_path / path)).paragraphs[0].text == summary.community.name
        assert kepu_docs.load(tmp_path / path) == summary
    done = kepu("fill", "bad.docx", *records, "-o", "other", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.count("bad.docx: the form, at") == 2
    assert not (tmp_path / "other").exists(), "nothing is filled into a form that is wrong"


def test_a_batch_fills_a_form_and_makes_anew_what_another_form_asks_for(tmp_path: Path) -> None:
    _forms(tmp_path)
    shutil.copy(RECORDS / "01-training-and-activities.yaml", tmp_path / "a.yaml")
    batch = ("batch", "a.yaml", "-o", "out", "-q", "--jobs", "1")
    assert kepu(*batch, "--form", "bad.docx", folder=tmp_path).returncode == 1
    assert "1 made" in kepu(*batch, "--form", "good.docx", folder=tmp_path).stdout
    assert "1 unchanged" in kepu(*batch, "--form", "good.docx", folder=tmp_path).stdout
    (made_file,) = (tmp_path / "out").rglob("*.docx")
    assert docx.Document(str(made_file)).paragraphs[0].text == "试验社区"
    (tmp_path / "good.docx").write_bytes(made.with_texts("又：{{ 社区.名称 }}"))
    assert "1 made" in kepu(*batch, "--form", "good.docx", folder=tmp_path).stdout
    assert docx.Document(str(made_file)).paragraphs[0].text == "又：试验社区"


def test_a_form_that_is_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "form.xlsx").write_bytes(made_workbooks.survey())
    (tmp_path / "forms" / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    shutil.copy(RECORDS / "01-training-and-activities.yaml", tmp_path / "a.yaml")
    done = kepu("form", "check", "forms/form.xlsx", folder=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "no errors; placeholders: 13")
    done = kepu("fill", "forms/form.xlsx", "a.yaml", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (path,) = (tmp_path / each for each in done.stdout.splitlines())
    assert kepu_docs.load(path) == kepu_docs.load(tmp_path / "a.yaml")
    # What was filled beside its record is none of its own, as with Word documents.
    again = kepu("fill", "forms/form.xlsx", "*.*", "-o", ".", folder=tmp_path)
    assert (again.returncode, again.stdout) == (0, done.stdout)
    batch = ("batch", "a.yaml", "-o", "out", "-q", "--jobs", "1", "--form", "forms/form.xlsx")
    assert "1 made" in kepu(*batch, folder=tmp_path).stdout
    assert [each.suffix for each in (tmp_path / "out").rglob("*社区*.*")] == [".xlsx"]
    refused = kepu(*batch, "-f", "docx", folder=tmp_path)
    assert "this form is for the format “xlsx”, not “docx”" in refused.stderr
    refused = kepu("render", "a.yaml", "-f", "xlsx", folder=tmp_path)
    assert (refused.returncode, "give one (--form FORM.xlsx)" in refused.stderr) == (1, True)
    refused = kepu("fill", "forms/old.xls", "a.yaml", folder=tmp_path)
    assert "save it as .xlsx" in refused.stderr


def test_a_blank_form_is_prepared_filled_and_read_back(tmp_path: Path) -> None:
    (tmp_path / "blank.docx").write_bytes(pairs())
    (tmp_path / "a.json").write_text(json.dumps(data_of_record(), ensure_ascii=False), encoding="utf-8")
    done = kepu("--ui-locale", "zh_Hans", "form", "prepare", "blank.docx", folder=tmp_path)
    assert done.stdout.splitlines()[:3] == [
        "blank（带占位符）.docx",
        "已填占位符（能确定填什么）：11 处",
        "  第 1 个表第 1 行第 2 格，“单位名称”：{{ 社区.名称 }}",
    ]
    assert "请在 Word 中选定（可能是几项之一）：1 处" in done.stdout
    assert "原样未动（记录中没有这一项）：4 处" in done.stdout
    again = kepu("form", "prepare", "blank.docx", "-o", "blank.docx", folder=tmp_path)
    assert (again.returncode, "exists already" in again.stderr) == (1, True)
    form = "blank（带占位符）.docx"
    kepu("fill", form, "a.json", "-o", "out", "--no-embed", folder=tmp_path)
    (filled,) = (tmp_path / "out").iterdir()
    done = kepu("import", filled, "--form", form, "--period", "2025", "-o", "back", folder=tmp_path)
    assert "fact: community.residents = 8600人" in done.stdout
    assert (tmp_path / "back" / f"{filled.stem}.yaml").exists()
    done = kepu("import", "a.json", filled, "--form", "a.json", folder=tmp_path)
    assert done.returncode == 1
