"""Batches of a program's own objects: data or summaries, from an iterator or an asynchronous one."""

import asyncio
import gc
import itertools
import signal
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import pytest

import kepu_docs
from kepu_docs.batch import BatchReport, read_manifest
from kepu_docs.plugin import Block, Paragraph, Section, SectionKind, hookimpl
from kepu_docs.schema import Community
from kepu_docs.sections import Training, TrainingSession
from tests.batch.records import Record, bad, documents, record, sound, statuses, write


def made(sources: Any, folder: Path, **options: Any) -> BatchReport:
    return kepu_docs.render_batch(sources, folder, **{"formats": ["txt"], "jobs": 1, **options})


async def later(items: list[Any]) -> AsyncIterator[Any]:
    for each in items:
        await asyncio.sleep(0)
        yield each


def contents(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in documents(folder)}


FORMS: dict[str, Callable[[list[Record]], Any]] = {
    "list": list,
    "tuple": tuple,
    "generator": lambda items: (each for each in items),
    "mappings": lambda items: [MappingProxyType(each) for each in items],
    "summaries": lambda items: [kepu_docs.load(each) for each in items],
    "async": later,
}


@pytest.mark.parametrize("form", FORMS)
def test_objects_give_what_their_file_gives(form: str, tmp_path: Path) -> None:
    items = [record(1), record(2), record(2), record(3)]
    made(write(tmp_path / "r.jsonl", items), tmp_path / "file")
    report = made(FORMS[form](items), tmp_path / "out")
    assert (report.made, report.failed, report.complete) == (4, 0, True)
    assert contents(tmp_path / "out") == contents(tmp_path / "file")
    sound(tmp_path / "out", 4)


class Quarrel(Section):
    kind: Literal["quarrels"] = "quarrels"
    number: int


def compose_quarrels(facts: Mapping[str, Any]) -> Iterator[Block]:
    yield Paragraph(f"调解{facts['section']['number']}次。")


class Quarrels:
    """A plugin in hand."""

    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        return [SectionKind(Quarrel, compose_quarrels)]


class Result:
    """Can be read once, and gives an iterator of its own: as what SQLAlchemy returns."""

    def __init__(self, items: list[Any]) -> None:
        self._items = iter(items)

    def __iter__(self) -> Iterator[Any]:
        yield from self._items


def test_what_can_be_read_once_is_read_once(tmp_path: Path) -> None:
    items = [record(1), record(2)]
    assert made(Result(items), tmp_path / "out").made == 2
    assert kepu_docs.rollup(Result(items), name="试验区").number == 2
    paths = [write(tmp_path / f"{number}.jsonl", [record(number)]) for number in (1, 2)]
    assert made(Result(list(paths)), tmp_path / "paths").made == 2


def test_sections_of_a_plugin_in_hand(tmp_path: Path) -> None:
    engine = kepu_docs.Engine(plugins=[Quarrels()])
    data = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "quarrels", "number": 3}]}
    for given in (data, engine.load(data)):
        ((_, text),) = kepu_docs.iter_rendered(given, "txt", engine=engine)
        assert "调解3次。" in text.decode()
        assert made(given, tmp_path / "out", engine=engine).failed == 0


def test_a_single_record_is_one(tmp_path: Path) -> None:
    assert made(record(1), tmp_path / "a").made == 1
    assert made(kepu_docs.load(record(1)), tmp_path / "b").made == 1


def test_parts_of_a_record_may_be_models(tmp_path: Path) -> None:
    section = Training(sessions=[TrainingSession(topic="急救", attendance="300余")])
    data = {"community": Community(name="试验社区"), "period": 2025, "sections": (section,)}
    made([data], tmp_path / "out")
    (text,) = contents(tmp_path / "out").values()
    assert "科普培训1场，300余人次参加。" in text.decode()


def test_paths_are_paths_still(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{number}.jsonl", [record(number)]) for number in (1, 2)]
    assert made(iter(paths), tmp_path / "out").made == 2
    assert {line.source for line in read_manifest(tmp_path / "out" / "manifest.jsonl")} == {"../1.jsonl", "../2.jsonl"}


def test_the_second_run_makes_what_is_new(tmp_path: Path) -> None:
    out = tmp_path / "out"
    made([record(1), bad(2), record(3)], out)
    report = made([record(0), record(1), record(2), record(3)], out)
    assert (report.made, report.unchanged, report.failed, report.absent) == (2, 2, 0, 0)
    report = made([record(1)], out)
    assert (report.unchanged, report.absent) == (1, 3)
    assert statuses(out) == ["done", "absent", "absent", "absent"]
    assert made([], out).absent == 4


def test_sources_have_names(tmp_path: Path) -> None:
    out = tmp_path / "out"
    made([record(1), record(2)], out, source_name="库存")
    report = made([record(3)], out, source_name="来信")
    assert (report.made, report.absent) == (1, 0)
    assert [(line.source, line.name, line.place) for line in read_manifest(report.manifest)] == [
        ("<来信>", "来信[0]", ""),
        ("<库存>", "库存[0]", ""),
        ("<库存>", "库存[1]", ""),
    ]


def test_faults_name_the_record_and_the_field(tmp_path: Path) -> None:
    circle: dict[str, Any] = record(3)
    circle["closing"] = [circle]
    wrong: list[Any] = [record(1), bad(2), circle, 7, record(4) | {5: 6}]
    report = made(wrong, tmp_path / "out")
    assert (report.made, report.failed) == (1, 4)
    errors = [line.errors[0] for line in report.failures()]
    assert [(place, message.partition("; available: ")[0]) for place, message in errors] == [
        ("records[1]: opening", "expected a list; found 7"),
        ("records[2]", "lists and mappings are nested more than 64 deep here; a record needs fewer than ten"),
        ("records[3]", "expected the data of a record, or a summary; found int"),
        ("records[4]: 5", "there is no field “5” here"),
    ]


@pytest.mark.parametrize("given", [7, b"records", None, ["r.jsonl", {}]])
def test_what_is_no_record_at_all(given: Any, tmp_path: Path) -> None:
    with pytest.raises(kepu_docs.SourceError, match="expected paths, data of records"):
        made(given, tmp_path / "out")


@pytest.mark.parametrize("raised", [RuntimeError("gone"), kepu_docs.RecordError([])])
def test_what_the_iterable_raises_comes_out(raised: Exception, tmp_path: Path) -> None:
    def broken() -> Iterator[Record]:
        for number in range(100):
            yield record(number)
        raise raised

    out = tmp_path / "out"
    with pytest.raises(type(raised)) as caught:
        made(broken(), out)
    assert caught.value is raised
    sound(out, 96)
    report = made([record(number) for number in range(100)], out)
    assert (report.made, report.unchanged) == (4, 96)


def test_a_dict_that_is_used_again_and_again(tmp_path: Path) -> None:
    def same() -> Iterator[Record]:
        data: Record = {}
        for number in range(3):
            data.clear()
            data.update(record(number))
            yield data

    made(same(), tmp_path / "out")
    assert len(set(contents(tmp_path / "out").values())) == 3


@pytest.mark.deep
def test_records_are_not_held(tmp_path: Path) -> None:
    """A hundred records of a tenth of a mebibyte are never in memory together."""

    def long() -> Iterator[Record]:
        for number in range(150):
            yield record(number) | {"opening": ["科普" * 2_000 for _ in range(8)]}

    made(long(), tmp_path / "first")
    gc.collect()
    tracemalloc.start()
    made(long(), tmp_path / "out")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * 1024 * 1024


def test_photographs_are_found_from_their_folder(tmp_path: Path) -> None:
    data = record(1) | {"sections": [{"kind": "training", "photos": [{"file": "none.jpg", "caption": "讲座"}]}]}
    report = made([data], tmp_path / "out", photos=tmp_path / "photos")
    ((place, message),) = next(report.failures()).errors
    assert place.startswith("records[0]: sections[0].photos[0]")
    assert "none.jpg" in message


def test_in_an_event_loop_it_says_what_to_do(tmp_path: Path) -> None:
    async def within() -> BatchReport:
        with pytest.raises(kepu_docs.SourceError, match=r"await asyncio\.to_thread"):
            made(later([record(1)]), tmp_path / "out")
        return await asyncio.to_thread(made, later([record(1)]), tmp_path / "out")

    assert asyncio.run(within()).made == 1


def test_an_event_loop_of_ours_is_closed_and_the_threads_own_stays(tmp_path: Path) -> None:
    """However the run ends: warnings of loops that are not closed, and of tasks that are forgotten, are errors here."""
    ended = []

    async def endless() -> AsyncIterator[Record]:
        try:
            for number in itertools.count():
                await asyncio.sleep(0)
                yield record(number)
        finally:
            ended.append(True)

    def stop(progress: object) -> None:
        raise RuntimeError("enough")

    own = asyncio.new_event_loop()
    asyncio.set_event_loop(own)
    try:
        with pytest.raises(RuntimeError, match="enough"):
            made(endless(), tmp_path / "out", progress=stop)
        assert ended == [True]
        assert asyncio.get_event_loop() is own
    finally:
        asyncio.set_event_loop(None)
        own.close()
    gc.collect()


async def interrupted() -> AsyncIterator[Record]:
    for number in range(100):
        yield record(number)
    signal.raise_signal(signal.SIGINT)
    await asyncio.sleep(30)


def test_ctrl_c_while_records_are_waited_for(tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    try:
        report = made(interrupted(), tmp_path / "out")
    finally:
        signal.signal(signal.SIGINT, before)
    assert (report.stopped, report.made) == (True, 96)


@pytest.mark.deep
def test_objects_go_to_other_processes(tmp_path: Path) -> None:
    items: list[Any] = [kepu_docs.load(record(number)) if number % 2 else record(number) for number in range(100)]
    report = made((each for each in items), tmp_path / "out", jobs=2)
    assert (report.made, report.failed) == (100, 0)
    assert made(later(items), tmp_path / "out", jobs=2).unchanged == 100


def test_rows_of_the_report(tmp_path: Path) -> None:
    report = made([record(1) | {"period": "2025-H1"}, bad(2)], tmp_path / "out")
    done, failed = report.rows()
    assert done == {
        "record": "records[0]",
        "community": "试验1社区",
        "district": "试验区",
        "street": "试验1街道",
        "code": "000001",
        "period": "2025-H1",
        "status": "done",
        "documents": ["试验区/试验1街道/试验1社区-2025-H1.txt"],
        "faults": [],
    }
    assert (failed["record"], failed["status"], failed["period"]) == ("records[1]", "failed", "")
    assert failed["faults"] == ["records[1]: opening: expected a list; found 7"]


def test_check_and_rollup_take_them_too() -> None:
    items = [record(number) | {"opening": "20xx年，社区举办讲座。"} for number in range(3)]
    for form in FORMS.values():
        report = kepu_docs.check(form(items), rules=["placeholder"])
        assert (report.records, len(report.remarks)) == (3, 3)
        assert str(report.remarks[2].place) == "records[2]: opening[0]"
        rolled = kepu_docs.rollup(form(items), name="试验区")
        assert (rolled.number, rolled.complete) == (3, True)
    (first, *_) = report.rows()
    assert (first["record"], first["field"], first["words"]) == ("records[0]", "opening[0]", "20xx年")
    (row,) = rolled.rows()
    assert (row["body"], row["communities"], row["start"].year) == ("试验区", 3, 2025)
    wrong: list[Any] = [record(1), bad(2)]
    (fault,) = kepu_docs.rollup(wrong, name="试验区").failures
    assert str(fault.place) == "records[1]: opening"
    earlier = kepu_docs.rollup(items, name="试验区", against=[each | {"period": 2024} for each in items])
    assert earlier.complete
    with pytest.raises(kepu_docs.SourceError, match="there is no record here"):
        kepu_docs.rollup([], name="试验区")
