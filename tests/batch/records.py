"""Small records, sources and folders for the tests of batches."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kepu_docs.batch import read_manifest
from tests.benchmarks.whole_country import check

Record = dict[str, Any]


def record(number: int, text: str = "开头。", **community: Any) -> Record:
    """Return a record that is quick to make, one of its own for each number."""
    about = {
        "name": f"试验{number}社区",
        "code": f"00{number:04}",
        "district": "试验区",
        "street": f"试验{number % 3}街道",
    }
    return {"community": {**about, **community}, "period": 2025, "opening": text}


def bad(number: int) -> Record:
    """Return a record that is wrong: its opening is a number."""
    return {**record(number), "opening": 7}


def write(path: Path, records: Iterable[Record]) -> Path:
    """Write records to a file of JSON lines."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
    return path


def documents(folder: Path) -> dict[str, bytes]:
    """Return the documents in a folder by their paths."""
    ours = {"manifest.jsonl", "report.xlsx", "report.csv"}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ours and not path.name.startswith(".kepu-docs")
    }


def sound(folder: Path, records: int) -> None:
    """Assert that manifest and disk agree, and that nothing of a run is left."""
    assert check(folder, records) == []
    left = {path.name for path in folder.rglob(".kepu-docs*")}
    assert left <= {".kepu-docs-lock"}


def statuses(folder: Path) -> list[str]:
    """Return the status of each record."""
    return [line.status for line in read_manifest(folder / "manifest.jsonl")]
