"""The command: its files, its output, and its exit status."""

import json
import subprocess
from pathlib import Path

import pytest

import kepu_docs
from tests.cli import calling
from tests.rollups.samples import community, write


def kepu(folder: Path, *arguments: str, locale: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    return calling.kepu("rollup", *arguments, folder=folder, LC_ALL=locale)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    records = [community(1, {"kind": "team", "volunteers": 5}), community(2, {"kind": "team", "volunteers": "9余"})]
    write(tmp_path / "records.jsonl", records)
    return tmp_path


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.docx"])
def test_what_is_written_is_the_summary(folder: Path, name: str) -> None:
    done = kepu(folder, "records.jsonl", "-o", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{name}\nrecords added up: 2, left out: 0\n"
    assert kepu_docs.load(folder / name) == kepu_docs.rollup(folder / "records.jsonl").summary


def test_documents_in_other_formats_and_languages(folder: Path) -> None:
    assert kepu(folder, "records.jsonl", "-o", "a.md", "--locale", "en", "--wording", "plain").returncode == 0
    assert "The subdistrict’s science popularisation team consists of more than 14 volunteers." in (
        folder / "a.md"
    ).read_text(encoding="utf-8")


def test_words_are_converted_in_documents_and_not_in_records(folder: Path) -> None:
    done = kepu(folder, "records.jsonl", "-o", "out", "-f", "txt,yaml", "--locale", "zh_Hant", "--convert")
    (document,) = (folder / "out").glob("*.txt")
    (record,) = (folder / "out").glob("*.yaml")
    assert document.stem == record.stem
    summary = kepu_docs.rollup(folder / "records.jsonl").summary
    assert kepu_docs.load(record) == summary
    text = kepu_docs.render(summary, "txt", locale="zh_Hant", convert=True).decode()
    assert document.read_text(encoding="utf-8") == text
    assert f"{summary.community.name} → " in done.stderr


def test_a_folder_of_several(folder: Path) -> None:
    write(folder / "records.jsonl", [community(1, street="甲街道"), community(2, street="乙街道")])
    done = kepu(folder, "records.jsonl", "--by", "street", "-o", "out", "-f", "yaml,txt")
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (folder / "out").iterdir())
    assert names == sorted(
        f"{place}2025年科普工作总结.{suffix}" for place in ("甲街道", "乙街道") for suffix in ("txt", "yaml")
    )
    done = kepu(folder, "records.jsonl", "--by", "street", "-o", "out.docx")
    assert done.returncode == 1
    assert "there are 2 summaries to write; name a folder" in done.stderr


def test_two_bodies_of_one_name_get_names_of_their_own(folder: Path) -> None:
    write(folder / "records.jsonl", [community(1, district="甲区"), community(1, district="乙区")])
    assert kepu(folder, "records.jsonl", "--by", "street", "-o", "out", "-f", "json").returncode == 0
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "试验街道2025年科普工作总结-2.json",
        "试验街道2025年科普工作总结.json",
    ]


def test_a_faulty_record_ends_it_with_1_and_the_others_are_there(folder: Path) -> None:
    with (folder / "records.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(community(3, {"kind": "team", "volunteers": "很多"}), ensure_ascii=False) + "\n")
    done = kepu(folder, "records.jsonl", "-o", "a.json", locale="zh_CN.UTF-8")
    assert done.returncode == 1
    assert done.stdout == "a.json\n已汇总2份记录，未计入1份\n"
    assert done.stderr.startswith("错误：records.jsonl:3:")
    assert "“很多”" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["records.jsonl", "-o", "a.txt", "--by", "village"], 2, "there is no level “village”"),
        (["records.jsonl", "-o", "out", "-f", "odt"], 2, "there is no format “odt”"),
        (["nowhere.jsonl", "-o", "a.txt"], 1, "there is no such file"),
        (
            ["records.jsonl", "-o", "out", "--by", "street", "--name", "试验街道"],
            1,
            "a name can only be given for one summary",
        ),
        (["records.jsonl", "-o", "a.txt", "--period", "2025-13"], 1, "expected a year"),
        (["records.jsonl", "-o", "a.txt", "--locale", "fr"], 1, "no wording in the language"),
        (["records.jsonl", "-o", "a.txt", "--expected", "nowhere.txt"], 1, "nowhere.txt"),
        (["records.jsonl", "-o", "a.txt", "--against", "nowhere.yaml"], 1, "nowhere.yaml"),
        (["records.jsonl", "-o", "nowhere/a.txt"], 1, "does not exist"),
        (["records.jsonl", "-o", "a.txt", "--figures", "nowhere/f.xlsx"], 1, "not written"),
        (["records.jsonl", "-o", "a.txt", "--name", "名" * 70], 1, "at most 60"),
    ],
)
def test_wrong_use(folder: Path, arguments: list[str], status: int, message: str) -> None:
    done = kepu(folder, *arguments)
    assert done.returncode == status, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "a.txt").exists()
    assert not list(folder.glob(".kepu-docs-*"))


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_source_is_not_replaced(folder: Path, suffix: str) -> None:
    source = folder / f"source.{suffix}"
    source.write_text(json.dumps(community(1, {"kind": "team", "volunteers": 5})), encoding="utf-8")
    before = source.read_bytes()
    done = kepu(folder, source.name, "-o", f"./{source.name}")
    assert done.returncode == 1
    assert "this is one of the sources" in done.stderr
    assert source.read_bytes() == before


def test_a_workbook_of_somebody_else_is_not_replaced_by_figures(folder: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.save(folder / "f.xlsx")
    before = (folder / "f.xlsx").read_bytes()
    done = kepu(folder, "records.jsonl", "-o", "a.txt", "--figures", "f.xlsx")
    assert done.returncode == 1
    assert "f.xlsx: a file with this name already exists, and rollup did not write it" in done.stderr
    assert (folder / "f.xlsx").read_bytes() == before
    assert not (folder / "a.txt").exists()
    (folder / "f.xlsx").unlink()
    assert kepu(folder, "records.jsonl", "-o", "a.txt", "--figures", "f.xlsx").returncode == 0
    assert kepu(folder, "records.jsonl", "-o", "a.txt", "--figures", "f.xlsx").returncode == 0
    openpyxl.load_workbook(folder / "f.xlsx").save(folder / "f.xlsx")
    assert kepu(folder, "records.jsonl", "-o", "a.txt", "--figures", "f.xlsx").returncode == 1
