"""``kepu-docs import``: records of existing documents."""

from pathlib import Path

import pytest
from tests.cli.calling import kepu

import kepu_docs

DOCUMENTS = Path(__file__).parents[1] / "importing" / "documents"
TEXT = "甲乙社区2025年科普工作总结\n\n一、科普宣传\n全年发放宣传资料3000余份,效果很好.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_record_beside_the_document(folder: Path) -> None:
    done = kepu("import", "old.txt", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n") == [
        "old.yaml",
        "  title: 甲乙社区2025年科普工作总结",
        "  section: 科普宣传 (publicity)",
        "  fact: community.name = 甲乙社区",
        "  fact: period = 2025",
        "  fact: sections[0].leaflets = 3000余份",
        "",
    ]
    written = (folder / "old.yaml").read_text(encoding="utf-8")
    assert written == (
        "# Imported from old.txt.\n"
        "community:\n"
        "  # line 1, “甲乙社区2025年科普工作总结”\n"
        "  name: 甲乙社区\n"
        "# line 1, “甲乙社区2025年科普工作总结”\n"
        "period: 2025\n"
        "title: 甲乙社区2025年科普工作总结\n"
        "written: []\n"
        "sections:\n"
        "  - kind: publicity\n"
        "    heading: 科普宣传\n"
        "    # line 4, “全年发放宣传资料3000余份,效果很好.”\n"
        '    leaflets: "3000余份"\n'
        '    written: ["全年发放宣传资料3000余份,效果很好."]\n'
    )
    summary = kepu_docs.load(folder / "old.yaml")
    assert "现将" not in kepu_docs.render(summary, "txt").decode()


def test_nothing_is_overwritten(folder: Path) -> None:
    (folder / "old.yaml").write_text("mine", encoding="utf-8")
    (folder / "new.txt").write_text(TEXT, encoding="utf-8")
    done = kepu("import", "old.txt", "new.txt", folder=folder)
    assert done.returncode == 1
    assert "a file of this name exists already" in done.stderr
    assert "1 of 2 documents failed; 1 done" in done.stderr
    assert (folder / "old.yaml").read_text(encoding="utf-8") == "mine"
    assert (folder / "new.yaml").exists()


def test_options(folder: Path) -> None:
    arguments = ("import", "old.txt", "-o", "records", "--full-width", "--period", "2024-H2", "--community", "丙社区")
    done = kepu(*arguments, folder=folder)
    assert done.returncode == 0
    assert "  punctuation marks made full-width: 1" in done.stdout
    summary = kepu_docs.load(folder / "records" / "old.yaml")
    assert summary.community.name == "丙社区"
    assert str(summary.period.start) == "2024-07-01"
    done = kepu("import", "old.txt", "-o", "again", "--period", "soon", folder=folder)
    assert done.returncode == 1
    assert "period: expected a year (2025)" in done.stderr


def test_several_summaries_of_a_file(tmp_path: Path) -> None:
    pieces = "\n".join(f"社区科普工作总结{number}\n\n{TEXT.split(chr(10), 2)[2]}" for number in (1, 2))
    (tmp_path / "page.txt").write_text(pieces, encoding="utf-8")
    done = kepu("--ui-locale", "zh_Hans", "import", "page.txt", "--period", "2025", folder=tmp_path)
    assert done.returncode == 0
    assert "page-1.yaml\n  标题：社区科普工作总结1\n  栏目：科普宣传（科普宣传）\n" in done.stdout
    assert "未能读懂：第 1 行“社区科普工作总结1”：" not in done.stdout
    assert "未能读懂：第 1 行：文中没有社区名称，请补上" in done.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page-1.yaml", "page-2.yaml", "page.txt"]


def test_a_document_of_ours_that_was_changed(tmp_path: Path) -> None:
    import docx

    summary = kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "opening": "开头。"})
    path = tmp_path / "ours.docx"
    path.write_bytes(kepu_docs.render(summary, "docx"))
    document = docx.Document(str(path))
    document.paragraphs[-1].runs[0].text = "改过的开头。"
    document.save(str(path))
    done = kepu("import", "ours.docx", folder=tmp_path)
    assert done.stdout.split("\n") == [
        "ours.yaml",
        "  title: 试验社区2025年科普工作总结",
        "  the document contains its record, which is extracted unchanged",
        "  changed since it was made, paragraph 2: 开头。 -> 改过的开头。",
        "",
    ]
    assert kepu_docs.load(tmp_path / "ours.yaml") == summary


def test_what_is_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    done = kepu("import", "a.pdf", "none.txt", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "a document to import must end in .docx, .txt, .md, .markdown; this one ends in “.pdf”" in done.stderr
    assert "none.txt: there is no such file" in done.stderr


def test_a_document_does_not_speak_to_the_terminal(tmp_path: Path) -> None:
    name = "a\n::set-output name=x::y\x1b[2J\u202e.md"
    address = "http://x/%0A::set-output%20name=x::y%1B%5B2J%E2%80%AE"
    (tmp_path / name).write_text(f"甲\u202e社区2025年总结\n\n正文。[a]({address})\n", encoding="utf-8")
    done = kepu("import", name, folder=tmp_path)
    assert done.returncode == 0
    assert not [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert not set("\x1b\u202e") & set(done.stdout)
    (written,) = tmp_path.glob("*.yaml")
    assert kepu_docs.load(written).signed_by is None
    assert len(written.read_text(encoding="utf-8").splitlines()) == written.read_bytes().count(b"\n")


@pytest.mark.parametrize("name", ["read.yaml", "read.yml", "new/Read.JSON"])
def test_a_record_by_a_name_of_its_own(name: str, folder: Path) -> None:
    done = kepu("import", "old.txt", "-o", name, folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{Path(name)}\n  title: 甲乙社区2025年科普工作总结\n")
    (imported,) = kepu_docs.import_document(folder / "old.txt")
    assert kepu_docs.load(folder / name) == imported.summary
    done = kepu("import", "old.txt", "-o", name, folder=folder)
    assert (done.returncode, "exists already" in done.stderr) == (1, True)


def test_what_is_not_understood_is_listed_where_the_record_has_no_comments(folder: Path) -> None:
    lines = "".join(f"[链接{number}](https://example.org/{number})\n\n" for number in range(8))
    (folder / "links.md").write_text(f"# {TEXT}\n{lines}", encoding="utf-8")
    done = kepu("import", "links.md", "-o", "a.json", folder=folder)
    whole = done.stdout.count("not understood: ")
    assert whole > 5
    done = kepu("import", "links.md", "-o", "a.yaml", folder=folder)
    assert f"and {whole - 5} more, listed in the record" in done.stdout


def test_a_folder_may_have_a_name_like_a_record(folder: Path) -> None:
    (folder / "read.yaml").mkdir()
    done = kepu("import", "old.txt", "-o", "read.yaml", folder=folder)
    assert (done.returncode, [path.name for path in (folder / "read.yaml").iterdir()]) == (0, ["old.yaml"])


def test_several_records_do_not_go_into_one_file(folder: Path) -> None:
    (folder / "new.txt").write_text(TEXT, encoding="utf-8")
    done = kepu("import", "old.txt", "new.txt", "-o", "read.yaml", folder=folder)
    assert done.returncode == 2
    assert "-o: there are 2 summaries to write; name a folder, not a file" in done.stderr
    pieces = "\n".join(f"社区科普工作总结{number}\n\n{TEXT.split(chr(10), 2)[2]}" for number in (1, 2))
    (folder / "page.txt").write_text(pieces, encoding="utf-8")
    done = kepu("--ui-locale", "zh_Hans", "import", "page.txt", "-o", "read.yaml", folder=folder)
    assert (done.returncode, (folder / "read.yaml").exists()) == (1, False)
    assert "read.yaml: 要写2份总结；请指定文件夹，不要指定文件" in done.stderr


@pytest.mark.parametrize("name", ["read.docx", "read.toml", "read.csv", "read.pdf"])
def test_a_document_becomes_no_file_of_another_kind(name: str, folder: Path) -> None:
    done = kepu("import", "old.txt", "-o", name, folder=folder)
    assert (done.returncode, (folder / name).exists()) == (2, False)
    assert "a document becomes a record; name a file that ends in one of .yaml, .yml, .json, or a folder" in done.stderr
