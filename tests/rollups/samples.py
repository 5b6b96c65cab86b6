"""Districts to add up: records of invented communities, and helpers to roll them up."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.rollups import RollupReport, rollup
from kepu_docs.schema import WorkSummary
from kepu_docs.sections import Rollup
from tests.benchmarks import country


def write(path: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """Write records as JSON lines."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
    return path


def rolled(folder: Path, records: Sequence[Mapping[str, Any]], **options: Any) -> RollupReport:
    """Add records up."""
    return rollup(write(folder / "records.jsonl", records), **options)


def as_records(report: RollupReport) -> list[dict[str, Any]]:
    """Return the records of the bodies as they are written to files."""
    return [json.loads(json.dumps(each.data)) for each in report.results]


def about(summary: WorkSummary) -> Rollup:
    """Return the section about the rollup itself."""
    return next(section for section in summary.sections if isinstance(section, Rollup))


def section(summary: WorkSummary, kind: str) -> Any:
    """Return the section of a kind."""
    return next(each for each in summary.sections if each.kind == kind)


def community(number: int, *sections: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    """Return a record of a few words."""
    place = {"name": f"试验{number}社区", "street": "试验街道", "district": "试验区", **fields}
    return {"community": place, "period": 2025, "sections": list(sections)}


def engine() -> Engine:
    """Return the engine of the installed plugins."""
    return default_engine()


_UNITS = ("次", "期")


@st.composite
def districts(draw: st.DrawFn, most: int = 5) -> list[dict[str, Any]]:
    """Draw communities of two districts and some streets: sections left out, figures in other units, not known."""
    records = []
    for number in draw(st.lists(st.integers(0, 400), min_size=2, max_size=most, unique=True)):
        record = country.record(number)
        place = record["community"]
        place["district"] = "甲区" if number % 2 else "乙区"
        place["street"] = f"{'甲乙丙丁'[number % 4]}街道"
        place["city"], place["province"] = "试验市", "试验省"
        if draw(st.booleans()):
            del place["residents"]
        kept = draw(st.sets(st.sampled_from([each["kind"] for each in record["sections"]])))
        record["sections"] = [each for each in record["sections"] if each["kind"] in kept]
        for each in record["sections"]:
            _spoil(draw, each)
        records.append(record)
    return records


def _spoil(draw: st.DrawFn, section: dict[str, Any]) -> None:
    match section["kind"]:
        case "activities":
            for activity in section["activities"]:
                change = draw(st.integers(0, 6))
                if change == 0:
                    del activity["attendance"]
                elif change == 1:
                    del activity["held_on"]
                elif change == 2:
                    activity["times"] = f"{draw(st.integers(1, 9))}{draw(st.sampled_from(_UNITS))}"
        case "training":
            if draw(st.booleans()):
                section["sessions_total"] = draw(st.integers(5, 40))
            if draw(st.booleans()):
                section["attendance_total"] = draw(st.sampled_from(["近900", "400余", 77, "120人"]))
        case "team":
            section["volunteers"] = draw(st.sampled_from(["近300", "300余", "约50", 25, "30人次", "至少9"]))
        case _:
            pass
