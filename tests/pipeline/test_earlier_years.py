"""Comparison with an earlier period: matching communities, and what can be compared, in library and command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.calling import kepu

import kepu_docs
from kepu_docs.errors import RecordError, SettingsError
from kepu_docs.pipeline.earlier_years import EarlierYears


def data(name: str = "试验社区", period: Any = 2025, sessions: Any = 4, **community: Any) -> dict[str, Any]:
    return {
        "community": {"name": name, **community},
        "period": period,
        "wording": "plain",
        "sections": [{"kind": "training", "sessions_total": sessions}],
    }


def record(*given: Any, **community: Any) -> kepu_docs.WorkSummary:
    return kepu_docs.load(data(*given, **community))


def test_a_summary_beside_that_of_last_year() -> None:
    text = kepu_docs.render(record(), "txt", earlier=record("试验社区", 2024, 3)).decode()
    assert "与2024年相比，科普培训场次增加1场，增长33.3%。" in text
    assert "相比" not in kepu_docs.render(record(), "txt").decode()


def test_the_document_carries_what_it_was_made_of(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(kepu_docs.render(record(), "docx", earlier=record("试验社区", 2024, 3), headings="message"))
    again = kepu_docs.load(file)
    assert again.headings == "message"
    assert again.earlier
    assert kepu_docs.render(again, "docx") == file.read_bytes()


@pytest.mark.parametrize("period", [2025, 2026, "2024-H1", {"start": "2024-02-01", "end": "2024-12-31"}])
def test_another_time_is_refused(period: Any) -> None:
    with pytest.raises(RecordError, match="cannot be compared") as error:
        kepu_docs.compose(record(), earlier=record("试验社区", period, 3))
    assert error.value.faults[0].path == ("earlier", "period")


def test_half_years_are_compared() -> None:
    found = kepu_docs.render(record("试验社区", "2025-H1", 4), "txt", earlier=record("试验社区", "2024-H1", 3)).decode()
    assert "与2024年上半年相比，" in found


@pytest.mark.parametrize(("name", "value"), [("wording", "free"), ("headings", "long")])
def test_other_ways_of_wording_are_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is {value}; expected one of"):
        kepu_docs.compose(record(), **{name: value})  # type: ignore[arg-type]


def test_communities_are_known_by_code_then_place_then_name() -> None:
    years = EarlierYears.of(
        [
            record("旧名社区", 2024, 1, code="000001"),
            record("甲社区", 2024, 2, street="试验街道"),
            record("甲社区", 2024, 3, street="别的街道"),
            record("乙社区", 2024, 4),
        ]
    )

    def sessions(**community: Any) -> int | None:
        found = years.find(record(**community).community)
        return found.trainings.value if found and found.trainings else None

    assert sessions(name="新名社区", code="000001") == 1
    assert sessions(name="甲社区", street="别的街道") == 3
    assert sessions(name="甲社区", street="又一街道") is None
    assert sessions(name="乙社区", street="试验街道") == 4
    assert sessions(name="丙社区") is None


def lines(folder: Path, name: str, *records: dict[str, Any]) -> str:
    file = folder / name
    file.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in records), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("command", ["render", "batch"])
def test_commands_compare(command: str, tmp_path: Path) -> None:
    now = lines(tmp_path, "now.jsonl", data("甲社区"), data("乙社区"), data("丙社区"))
    before = lines(tmp_path, "before.jsonl", data("甲社区", 2024, 3), data("乙社区", "2024-H1", 3))
    options = [
        "--against",
        before,
        "--against-table",
        "--headings",
        "message",
        "-f",
        "txt",
        "-o",
        str(tmp_path / "out"),
    ]
    done = kepu("--ui-locale", "en", command, now, *options, folder=tmp_path)
    assert done.returncode == 1
    assert "without earlier figures for comparison: 1 (丙社区)" in done.stderr
    assert "cannot be compared" in done.stderr
    texts = {file.name[:3]: file.read_text(encoding="utf-8") for file in (tmp_path / "out").rglob("*.txt")}
    assert set(texts) == {"甲社区", "丙社区"}
    assert "科普培训场次增加1场" in texts["甲社区"]
    assert "主要数据与2024年对比" in texts["甲社区"]
    assert all("抓好科普培训，普及科学知识" in text for text in texts.values())


def test_a_batch_is_made_anew_when_the_earlier_year_changes(tmp_path: Path) -> None:
    now = lines(tmp_path, "now.jsonl", data("甲社区"))
    for sessions, made in ((3, 1), (3, 0), (2, 1)):
        before = lines(tmp_path, "before.jsonl", data("甲社区", 2024, sessions))
        report = kepu_docs.render_batch(now, tmp_path / "out", formats="txt", earlier=before, jobs=1)
        assert (report.made, report.failed) == (made, 0)


def test_documents_one_by_one_are_compared_too(tmp_path: Path) -> None:
    before = lines(tmp_path, "before.jsonl", data("甲社区", 2024, 3))
    ((_, content),) = kepu_docs.iter_rendered([data("甲社区")], "txt", earlier=before)
    assert "增加1场" in content.decode()


def test_a_namesake_of_another_place_is_not_compared() -> None:
    years = EarlierYears.of(
        [record("甲社区", 2024, 2, street="试验街道"), record("乙社区", 2024, 3, code="000001", street="试验街道")]
    )
    assert years.find(record("甲社区", street="别的街道").community) is None
    assert years.find(record("甲社区").community)
    assert years.find(record("乙社区", street="别的街道", code="000001").community)


@pytest.mark.parametrize("period", [2025, 2026, "2024-H1"])
def test_a_record_has_no_figures_of_a_time_that_cannot_be_compared(period: Any) -> None:
    with pytest.raises(RecordError, match="an earlier period of the same length") as error:
        kepu_docs.load({**data(), "earlier": {"period": period, "trainings": 3}})
    (fault,) = error.value.faults
    assert (fault.code, fault.path) == ("comparison-times", ("earlier",))
