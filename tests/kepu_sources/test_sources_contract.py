"""The project's sources meet the contract of plugins' sources."""

import json
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

import kepu_docs
from kepu_docs.testing import SourceContract, SourceSample
from tests.depth import examples
from tests.kepu_sources.tables.test_tables import write_database
from tests.tables import Rows, write_csv, write_workbook

ONE: Final[dict[str, Any]] = {"community": {"name": "试验社区"}, "period": 2025}
OTHER: Final[dict[str, Any]] = {
    "community": {"name": "示例里社区", "code": "000102"},
    "period": "2025-H1",
    "sections": [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 30}, {"topic": "识图"}]}],
}
SESSIONS: Final = "training.sessions"


def rows(count: int = 2) -> Rows:
    """Return tables of communities, each with two sessions of training."""
    codes = [f"{number:06}" for number in range(1, count + 1)]
    return {
        "communities": [["code", "name", "period"], *([code, f"第{code}社区", 2025] for code in codes)],
        SESSIONS: [
            ["code", "topic", "attendance"],
            *([code, topic, came] for code in codes for topic, came in (("应急救护", 30), ("识图", None))),
        ],
    }


def told(count: int = 2) -> list[dict[str, Any]]:
    """Return the records of these tables."""
    sessions = [{"topic": "应急救护", "attendance": 30}, {"topic": "识图"}]
    codes = [f"{number:06}" for number in range(1, count + 1)]
    return [
        {
            "community": {"code": code, "name": f"第{code}社区"},
            "period": 2025,
            "sections": [{"kind": "training", "sessions": sessions}],
        }
        for code in codes
    ]


def as_json(*records: dict[str, Any]) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


@pytest.mark.deep
class TestJson(SourceContract):
    key = ".json"
    samples = (SourceSample(as_json(OTHER), [OTHER]), SourceSample(b"{}", [None]))
    broken = (b"{", b"\xff", b"[1]")
    examples = examples(200)


@pytest.mark.deep
class TestToml(SourceContract):
    key = ".toml"
    samples = (SourceSample('period = 2025\n[community]\nname = "试验社区"\n'.encode(), [ONE]),)
    broken = (b"period = ", b"[[")
    examples = examples(200)


def word_document(folder: Path) -> str:
    path = folder / "a.docx"
    path.write_bytes(kepu_docs.render(kepu_docs.load(OTHER), "docx"))
    return str(path)


def no_word_document(folder: Path) -> str:
    with zipfile.ZipFile(folder / "a.docx", "w") as archive:
        archive.writestr("a.txt", "甲")
    return str(folder / "a.docx")


@pytest.mark.deep
class TestWord(SourceContract):
    key = ".docx"
    samples = (SourceSample(word_document, [OTHER]),)
    broken = (no_word_document, b"PK")
    examples = examples(200)


class TestYaml(SourceContract):
    key = ".yaml"
    samples = (
        SourceSample(b"---\n".join(as_json(each) + b"\n" for each in (ONE, OTHER, ONE)), [ONE, OTHER, ONE]),
        SourceSample("community: {name: 试验社区}\nperiod: 2025\n--- # 空\n---\nperiod: 1\n".encode(), [ONE, None]),
    )
    broken = (b"a: [", b"\xff")
    examples = examples(200)

    def many(self, count: int) -> bytes:
        return b"---\n".join([as_json(OTHER) + b"\n"] * count)


@pytest.mark.deep
class TestJsonLines(SourceContract):
    key = ".jsonl"
    samples = (SourceSample(as_json(ONE, OTHER) + b"\n\n{}\n", [ONE, OTHER, None]),)
    broken = (b"{", b"\xff\xfe{\x00}\x00")
    examples = examples(200)

    def many(self, count: int) -> bytes:
        return as_json(*[OTHER] * count)


def csv_folder(count: int = 2) -> Any:
    def write(folder: Path) -> str:
        write_csv(folder / "tables", rows(count))
        return str(folder / "tables")

    return write


class TestCsv(SourceContract):
    key = ".csv"
    samples = (
        SourceSample(csv_folder(), told()),
        SourceSample("名称,时间\n试验社区,2025\n,2025\n".encode(), [ONE, None]),
    )
    broken = (b"a,b\n1,2\n", b"\xff\xfea", "名称,时间\n试验社区,二月\n".encode())
    examples = examples(200)

    def many(self, count: int) -> Any:
        return csv_folder(count)


def workbook(count: int = 2) -> Any:
    def write(folder: Path) -> str:
        write_workbook(folder / "a.xlsx", rows(count))
        return str(folder / "a.xlsx")

    return write


# Each workbook is read in a process of its own.
@pytest.mark.deep
class TestWorkbooks(SourceContract):
    key = ".xlsx"
    samples = (SourceSample(workbook(), told()),)
    broken = (b"PK", b"", no_word_document)
    examples = examples(100)

    def many(self, count: int) -> Any:
        return workbook(count)


def database(count: int = 2) -> Any:
    def write(folder: Path) -> str:
        return write_database(folder / "a.db", rows(count))

    return write


def no_database(folder: Path) -> str:
    (folder / "a.db").write_bytes(b"SQLite format 3\0" + bytes(200))
    return f"sqlite:///{folder / 'a.db'}"


@pytest.mark.deep
class TestDatabases(SourceContract):
    key = "sqlite://"
    samples = (SourceSample(database(), told()),)
    broken = (no_database, lambda folder: f"sqlite:///{folder / 'nothing.db'}", lambda folder: "sqlite://a:b/c")

    def many(self, count: int) -> Any:
        return database(count)
