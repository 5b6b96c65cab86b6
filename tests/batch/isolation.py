"""Give every record a canary in every field, and look for it in the documents of all others.

python -m tests.batch.isolation [--records 10000] [--jobs 2] [--format txt]
"""

import argparse
import io
import re
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import kepu_docs
from kepu_docs.batch import read_manifest
from tests.batch.records import Record, write


def main() -> None:
    """Make, look and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--format", default="docx")
    given = parser.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        canaries = look(Path(folder), given.records, given.jobs, given.format)
    print(
        f"{given.records:,} {given.format} documents by {given.jobs} processes: {canaries:,} canaries, each in its own "
        f"document alone ({time.perf_counter() - start:,.0f} s)"
    )


def look(folder: Path, records: int, jobs: int, format_: str) -> int:
    """Return how many canaries were seen. Raises ``SystemExit`` for one that is not where it belongs."""
    source, out = write(folder / "r.jsonl", map(caged, range(records))), folder / "out"
    report = kepu_docs.render_batch(source, out, formats=[format_], jobs=jobs)
    if report.made != records:
        raise SystemExit(f"{report.made} of {records} were made")
    seen = 0
    for number, line in enumerate(read_manifest(out / "manifest.jsonl")):
        found = re.findall(r"canary(\d+)x", _text((out / line.outputs[0].path).read_bytes()))
        if set(found) != {str(number)}:
            raise SystemExit(f"{line.outputs[0].path} has canaries of {sorted(set(found))[:5]}, not of {number}")
        seen += len(found)
    return seen


def caged(number: int) -> Record:
    """Return a record whose texts all have the canary of its number."""
    canary = f"canary{number}x"

    def text(what: str) -> str:
        return f"{what}{canary}"

    sections: list[dict[str, Any]] = [
        {"kind": "leadership", "heading": text("领导"), "rules": [text("制度")], "narrative": [text("正文")]},
        {
            "kind": "training",
            "sessions": [{"topic": text("主题"), "place": text("地点"), "trainer": text("讲师")} for _ in range(5)],
        },
        {"kind": "activities", "activities": [{"name": text("活动"), "theme": text("主题"), "attendance": 30}]},
        {"kind": "next_year_plan", "goals": [text("目标")], "tasks": [{"task": text("任务"), "owner": text("人")}]},
    ]
    community = {"name": text("社区"), "street": text("街道"), "district": text("区"), "code": canary}
    return {
        "community": community,
        "period": 2025,
        "title": text("标题"),
        "addressee": text("主送"),
        "opening": text("开头"),
        "closing": text("结尾"),
        "sections": sections,
        "signed_by": text("署名"),
    }


def _text(data: bytes) -> str:
    """Return all that a document holds; of a Word document every part."""
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


if __name__ == "__main__":
    main()
