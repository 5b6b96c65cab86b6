"""Repeating a command makes what is new, changed, failed or missing, and nothing else."""

import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kepu_docs
from kepu_docs.batch import read_manifest
from tests.batch.records import Record, bad, documents, record, sound, statuses, write
from tests.depth import examples


def run(source: Path, folder: Path, **options: object) -> tuple[int, int, int]:
    options.setdefault("formats", ["txt"])
    report = kepu_docs.render_batch(source, folder, jobs=1, **options)  # type: ignore[arg-type]
    return report.made, report.unchanged, report.failed


def test_a_second_run_makes_nothing(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), bad(2), record(3)]), tmp_path / "out"
    assert run(source, out) == (2, 0, 1)
    before = {path: os.stat(out / path).st_mtime_ns for path in documents(out)}
    assert run(source, out) == (0, 2, 1)
    assert before == {path: os.stat(out / path).st_mtime_ns for path in documents(out)}
    sound(out, 3)
    assert statuses(out) == ["done", "failed", "done"]


def test_what_the_manifest_says(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), bad(2)]), tmp_path / "out"
    run(source, out)
    done, failed = (json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    assert (done["place"], failed["place"]) == ("1", "2")
    assert done["name"].endswith("r.jsonl")
    assert (done["community"], done["code"], done["district"]) == ("试验1社区", "000001", "试验区")
    assert len(done["record"]) == 64
    assert set(done["made_with"]) == {"version", "plugins", "templates", "options"}
    (output,) = done["outputs"]
    assert (output["format"], output["path"]) == ("txt", "试验区/试验1街道/试验1社区-2025.txt")
    assert failed["status"] == "failed"
    assert failed["community"] == "试验2社区"
    (error,) = failed["errors"]
    assert error["place"].startswith(f"{source}:2:")


@pytest.mark.parametrize(
    ("options", "made"),
    [({"toc": True}, 2), ({"locale": "en"}, 2), ({"names": "{code}"}, 2), ({"fresh": True}, 2), ({"jobs": None}, 0)],
)
def test_another_option_makes_them_anew(options: dict[str, object], made: int, tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), record(2)]), tmp_path / "out"
    run(source, out)
    options = {"formats": ["txt"], "jobs": 1, **options}
    report = kepu_docs.render_batch(source, out, **options)  # type: ignore[arg-type]
    assert report.made == made


def test_a_changed_template_makes_them_anew(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    own = tmp_path / "templates" / "zh_Hans"
    own.mkdir(parents=True)
    (own / "title.jinja").write_text("甲", encoding="utf-8")
    assert run(source, out, templates=tmp_path / "templates") == (1, 0, 0)
    assert run(source, out, templates=tmp_path / "templates") == (0, 1, 0)
    (own / "title.jinja").write_text("乙", encoding="utf-8")
    assert run(source, out, templates=tmp_path / "templates") == (1, 0, 0)
    assert [data.decode().split()[0] for data in documents(out).values()] == ["乙"]


def test_missing_and_empty_documents_are_made_again(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), record(2), record(3)]), tmp_path / "out"
    run(source, out)
    whole = documents(out)
    first, second, _ = whole
    (out / first).unlink()
    (out / second).write_bytes(b"")
    assert run(source, out) == (2, 1, 0)
    assert documents(out) == whole


def test_what_was_changed_by_hand_stays(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), record(2)]), tmp_path / "out"
    run(source, out)
    first, _ = documents(out)
    (out / first).write_text("改过", encoding="utf-8")
    report = kepu_docs.render_batch(source, out, formats=["txt"], jobs=1)
    assert (report.made, report.unchanged, report.edited) == (0, 2, 1)
    write(source, [record(1, "新的。"), record(2)])
    assert run(source, out) == (0, 1, 1)
    assert (out / first).read_text(encoding="utf-8") == "改过"
    assert run(source, out, fresh=True) == (2, 0, 0)
    assert "新的。" in (out / first).read_text(encoding="utf-8")
    sound(out, 2)


def test_files_of_others_are_not_overwritten(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    place = out / "试验区/试验1街道/试验1社区-2025.txt"
    place.parent.mkdir(parents=True)
    place.write_text("别人的", encoding="utf-8")
    report = kepu_docs.render_batch(source, out, formats=["txt"], jobs=1)
    assert report.failed == 1
    (line,) = report.failures()
    assert "did not write it" in line.errors[0][1]
    assert place.read_text(encoding="utf-8") == "别人的"
    assert run(source, out, fresh=True) == (1, 0, 0)


def test_a_format_more_makes_that_alone(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1)]), tmp_path / "out"
    run(source, out, formats=["txt"])
    (text,) = documents(out)
    before = os.stat(out / text).st_mtime_ns
    assert run(source, out, formats=["txt", "md"]) == (1, 0, 0)
    assert os.stat(out / text).st_mtime_ns == before
    assert len(documents(out)) == 2
    sound(out, 1)


def test_a_record_that_has_left_its_source(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), record(2)]), tmp_path / "out"
    run(source, out)
    write(source, [record(2)])
    report = kepu_docs.render_batch(source, out, formats=["txt"], jobs=1)
    assert (report.made, report.unchanged, report.absent) == (0, 1, 1)
    assert sorted(statuses(out)) == ["absent", "done"]
    assert len(documents(out)) == 2


def test_two_sources_in_one_folder_keep_their_names(tmp_path: Path) -> None:
    first = write(tmp_path / "a.jsonl", [record(1, "甲。")])
    second = write(tmp_path / "b.jsonl", [record(1, "乙。", code="009999")])
    out = tmp_path / "out"
    assert run(first, out) == (1, 0, 0)
    assert run(second, out) == (1, 0, 0)
    assert run(first, out) == (0, 1, 0)
    assert run(second, out) == (0, 1, 0)
    texts = [data.decode() for data in documents(out).values()]
    assert len(texts) == 2
    assert {"甲。" in text for text in texts} == {True, False}


def test_records_of_one_name_get_numbers(tmp_path: Path) -> None:
    records = [
        record(1, f"{place}。", name=name) for place, name in enumerate(("甲", "甲", "É社区", "é社区", "e\u0301社区"))
    ]
    source, out = write(tmp_path / "r.jsonl", records), tmp_path / "out"
    assert run(source, out) == (5, 0, 0)
    assert run(source, out) == (0, 5, 0)
    paths = [line.outputs[0].path for line in read_manifest(out / "manifest.jsonl")]
    folded = {path.casefold() for path in paths}
    assert len(folded) == 5
    sound(out, 5)


def test_a_manifest_cut_short_by_a_crash(tmp_path: Path) -> None:
    source, out = write(tmp_path / "r.jsonl", [record(1), record(2)]), tmp_path / "out"
    run(source, out)
    manifest = out / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20])
    made, unchanged, failed = run(source, out)
    assert made + unchanged + failed == 2


@settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(st.lists(st.integers(0, 11), max_size=6), min_size=1, max_size=4),
    choice=st.randoms(use_true_random=False),
)
def test_after_any_edits_all_is_as_if_made_at_once(
    edits: list[list[int]], choice: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each edit is a list of records: numbers of a kind share a name, so that names are fought over."""
    folder = tmp_path_factory.mktemp("edits")
    source, out = folder / "r.jsonl", folder / "out"
    records: list[Record] = []
    for edit in edits:
        records = [record(number, f"{number // 4}。", name=f"试验{number % 4}社区", code="0") for number in edit]
        choice.shuffle(records)
        write(source, records)
        run(source, out)
        for path in list(documents(out)):
            if choice.random() < 0.1:
                (out / path).unlink()
    made, unchanged, failed = run(source, out)
    assert (made + unchanged, failed) == (len(records), 0)
    run(source, folder / "fresh")
    told = {
        output.path
        for line in read_manifest(out / "manifest.jsonl")
        if line.status == "absent"
        for output in line.outputs
    }
    assert {path: data for path, data in documents(out).items() if path not in told} == documents(folder / "fresh")
