"""Documents one after the other, without a disk."""

import asyncio
import io
import threading
import zipfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import kepu_docs
from kepu_docs.errors import KepuError, KepuWarning
from tests.batch.records import Record, bad, record, write
from tests.batch.test_objects import FORMS, contents, later


def rendered(records: Any, *formats: str, **options: Any) -> dict[str, bytes]:
    found = list(kepu_docs.iter_rendered(records, formats or ("txt",), **options))
    assert len(dict(found)) == len(found)
    return dict(found)


@pytest.mark.parametrize("form", FORMS)
def test_they_are_those_of_a_batch(form: str, tmp_path: Path) -> None:
    items = [record(1), bad(1), record(2), record(2), record(2, name="ａ/b"), record(3, street="manifest.jsonl")]
    kepu_docs.render_batch(items, tmp_path, formats=["txt", "docx"], jobs=1)
    good = [each for each in items if each["opening"] != 7] if form == "summaries" else items
    assert rendered(FORMS[form](good), "txt", "docx", on_fault="skip") == contents(tmp_path)


def test_of_files_too(tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", [record(1), record(2)])
    assert rendered(path) == rendered([path]) == rendered([record(1), record(2)])


def test_no_format_is_no_document() -> None:
    assert list(kepu_docs.iter_rendered([record(1)], ())) == []


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert rendered([record(1)], "docx")
    assert list(tmp_path.iterdir()) == []


def test_options_are_those_of_a_batch(tmp_path: Path) -> None:
    options: dict[str, Any] = {"locale": "en", "names": "{code}-{title}", "look": "briefing", "toc": True}
    kepu_docs.render_batch([record(1)], tmp_path, **options)
    assert rendered([record(1)], "docx", **options) == contents(tmp_path)
    ((name, data),) = kepu_docs.iter_rendered(record(1), "md", engine=kepu_docs.Engine(locale="en"))
    english = kepu_docs.render(kepu_docs.load(record(1)), "md", locale="en")
    assert (name, data) == ("试验区/试验1街道/试验1社区-2025.md", english)


def test_photographs(tmp_path: Path) -> None:
    Image.new("RGB", (40, 30), "green").save(tmp_path / "讲座.jpg")
    data = record(1) | {"sections": [{"kind": "training", "photos": [{"file": "讲座.jpg"}]}]}
    made = rendered([data], "docx", photos=tmp_path)
    (document,) = made.values()
    assert any(name.startswith("word/media/") for name in zipfile.ZipFile(io.BytesIO(document)).namelist())
    out = tmp_path / "out"
    kepu_docs.render_batch([data], out, photos=tmp_path)
    assert contents(out) == made
    assert kepu_docs.render_batch([data], out, photos=tmp_path).unchanged == 1
    Image.new("RGB", (40, 30), "red").save(tmp_path / "讲座.jpg")
    assert kepu_docs.render_batch([data], out, photos=tmp_path).made == 1


def test_each_is_made_when_it_is_asked_for() -> None:
    asked = []

    def watched() -> Iterator[Record]:
        for number in range(3):
            asked.append(number)
            yield record(number)

    stream = kepu_docs.iter_rendered(watched(), ["txt", "md"])
    assert asked == [0]  # that they are no paths
    assert [name.rpartition(".")[2] for name, _ in (next(stream), next(stream))] == ["txt", "md"]
    assert asked == [0]
    next(stream)
    assert asked == [0, 1]


def test_a_wrong_record_raises_when_its_turn_has_come() -> None:
    stream = kepu_docs.iter_rendered([record(1), bad(2), record(3)], "txt")
    next(stream)
    with pytest.raises(kepu_docs.RecordError) as caught:
        next(stream)
    (fault,) = caught.value.faults
    assert (fault.place.record, fault.place.field) == ("records[1]", "opening")


def test_or_is_left_out_or_reported() -> None:
    items: list[Any] = [record(1), bad(2), record(3)]
    assert len(rendered(items, on_fault="skip")) == 2
    errors: list[KepuError] = []
    assert len(rendered(items, on_fault=errors.append)) == 2
    assert [str(each) for each in errors] == ["records[1]: opening: expected a list; found 7"]

    def stop(error: KepuError) -> None:
        raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        rendered(items, on_fault=stop)


def test_a_source_that_breaks_off_is_never_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("名称,时间\n试验社区,2025\n示例社区", encoding="utf-8")
    stream = kepu_docs.iter_rendered(path, "txt", on_fault="skip")
    assert next(stream)[0] == "试验社区-2025.txt"
    with pytest.raises(kepu_docs.SourceError, match="in the middle of this row"):
        next(stream)


def test_what_a_source_remarks_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("名称,时间,颜色\n试验社区,2025,绿\n", encoding="utf-8")
    with pytest.warns(KepuWarning, match="颜色"):
        assert len(rendered(path)) == 1


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"formats": "odt"}, kepu_docs.PluginError),
        ({"names": "{colour}"}, kepu_docs.OutputError),
        ({"templates": "none"}, kepu_docs.TemplateError),
        ({"locale": "fr"}, kepu_docs.TemplateError),
        ({"records": "none.jsonl"}, kepu_docs.SourceError),
    ],
)
def test_arguments_are_looked_at_at_once(options: dict[str, Any], error: type[Exception]) -> None:
    records = options.pop("records", [record(1)])
    if records == "none.jsonl":
        records = "none.none"
    with pytest.raises(error):
        kepu_docs.iter_rendered(records, **options)


@pytest.mark.parametrize("form", FORMS)
def test_asynchronously(form: str) -> None:
    items = [record(number) for number in range(5)]
    main = threading.get_ident()

    async def collect() -> dict[str, bytes]:
        return {name: data async for name, data in kepu_docs.iter_rendered(FORMS[form](items), "txt")}

    assert asyncio.run(collect()) == rendered(items)
    assert threading.get_ident() == main


def test_asynchronous_records_come_in_the_loop_that_is_there() -> None:
    async def within() -> int:
        here = asyncio.get_running_loop()
        seen = 0

        async def stream() -> AsyncIterator[Record]:
            for number in range(3):
                assert asyncio.get_running_loop() is here
                await asyncio.sleep(0)
                yield record(number)

        async for _ in kepu_docs.iter_rendered(stream(), "txt"):
            seen += 1
        return seen

    assert asyncio.run(within()) == 3


def test_an_async_for_may_be_left(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("名称,时间\n" + "".join(f"试验{number}社区,2025\n" for number in range(9)), encoding="utf-8")

    async def first() -> str:
        async for name, _ in kepu_docs.iter_rendered(path, "txt"):
            return name
        return ""

    async def cancelled() -> None:
        async def all_of_them() -> None:
            async for _ in kepu_docs.iter_rendered(path, "txt"):
                started.set()
                await asyncio.sleep(0)

        started = asyncio.Event()
        task = asyncio.create_task(all_of_them())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert asyncio.run(first()) == "试验0社区-2025.txt"
    asyncio.run(cancelled())


def test_each_may_be_asked_for_in_another_thread(tmp_path: Path) -> None:
    """As a web server does that sends them on."""
    path = tmp_path / "r.csv"
    path.write_text("名称,时间\n试验社区,2025\n示例社区,2025\n", encoding="utf-8")
    stream = kepu_docs.iter_rendered(path, "txt")
    names: list[str] = []
    for _ in range(2):
        thread = threading.Thread(target=lambda: names.append(next(stream)[0]))
        thread.start()
        thread.join()
    assert names == ["试验社区-2025.txt", "示例社区-2025.txt"]
    stream.close()
    assert list(stream) == []


def test_async_items_in_a_plain_for() -> None:
    assert rendered(later([record(1)])) == rendered([record(1)])


def test_to_close_it_closes_what_it_reads_from() -> None:
    closed = []

    def items() -> Iterator[Record]:
        try:
            yield from (record(number) for number in range(3))
        finally:
            closed.append(True)

    documents = kepu_docs.iter_rendered(items(), "txt")
    next(documents)
    documents.close()
    assert closed
    assert list(documents) == []


def test_what_is_to_be_done_about_faults_is_looked_at_at_once() -> None:
    wrong: Any = "ignore"
    with pytest.raises(kepu_docs.SettingsError) as caught:
        kepu_docs.iter_rendered([record(1)], "txt", on_fault=wrong)
    assert caught.value.faults[0].code == "settings-wrong"
