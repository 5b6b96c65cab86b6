"""A separate engine: plugins without installation, defaults, bounded caches, threads, daemonic processes."""

import gc
import io
import json
import multiprocessing
import pickle
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any, Literal

import docx
import pytest
from tests.depth import DEEP

import kepu_docs
from kepu_docs import Engine
from kepu_docs.blocks import Block, Document, Heading, Paragraph
from kepu_docs.plugin import FactSection, KepuWarning, SectionKind, hookimpl
from kepu_docs.schema import Community, WorkSummary
from kepu_docs.sections import Training, TrainingSession

RECORD: dict[str, Any] = {
    "community": {"name": "试验社区"},
    "period": 2025,
    "sections": [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 60}]}],
}


class Drills(FactSection):
    """Drills."""

    kind: Literal["drills"] = "drills"


def compose_drills(facts: Mapping[str, Any]) -> Iterable[Block]:
    yield Heading(1, "应急演练")
    yield from (Paragraph(text) for text in facts["section"]["narrative"])


class Plugin:
    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        return [SectionKind(Drills, compose_drills)]


WITH_DRILLS = {**RECORD, "sections": [{"kind": "drills", "narrative": "全年演练三次。"}]}


def test_a_plugin_without_installation() -> None:
    engine = Engine(plugins=[Plugin()])
    summary = engine.load(WITH_DRILLS)
    assert "全年演练三次。" in engine.render(summary, "txt").decode()
    assert kepu_docs.render(summary, "md", engine=engine) == engine.render(summary, "md")
    assert kepu_docs.load(WITH_DRILLS, engine=engine) == summary
    # The library's own functions do not know it.
    with pytest.raises(kepu_docs.RecordError, match="drills"):
        kepu_docs.load(WITH_DRILLS)


def test_a_section_of_its_own_kinds_is_built_in_python() -> None:
    engine = Engine(plugins=[Plugin()])
    summary = WorkSummary(community=Community(name="试验社区"), period=2025, sections=[Drills(narrative="演练三次。")])
    assert "演练三次。" in kepu_docs.render(summary, "txt", engine=engine).decode()
    assert engine.load(json.loads(summary.model_dump_json(exclude_unset=True))) == summary
    with pytest.raises(kepu_docs.PluginError, match="drills"):
        kepu_docs.render(summary, "txt")


def test_its_plugins_go_along_to_the_process_of_own_templates(tmp_path: Path) -> None:
    (tmp_path / "zh_Hans").mkdir()
    (tmp_path / "zh_Hans" / "title.jinja").write_text("自拟标题", encoding="utf-8")
    engine = Engine(plugins=[Plugin()], templates=tmp_path)
    document = engine.compose(engine.load(WITH_DRILLS))
    assert document.title == "自拟标题"
    assert Paragraph("全年演练三次。") in document.blocks


def test_a_broken_plugin_is_an_error() -> None:
    class Misspelt:
        @hookimpl
        def kepu_sektions(self) -> list[SectionKind]:
            return []

    with pytest.raises(kepu_docs.PluginError):
        Engine(plugins=[Misspelt()])


@pytest.mark.parametrize("plugins", [[None], [json], "x", [Plugin(), object()], Plugin()])
def test_what_is_no_plugin_is_an_error(plugins: Any) -> None:
    with pytest.raises(kepu_docs.PluginError, match=r"implements no hook|is broken"):
        Engine(plugins=plugins)


def test_defaults_hold_where_nothing_else_is_said(tmp_path: Path) -> None:
    engine = Engine(locale="en", look="briefing", toc=True)
    summary = engine.load(RECORD)
    assert engine.compose(summary).locale == "en"
    assert engine.compose(summary, "zh_Hant").locale == "zh_Hant"
    document = kepu_docs.compose(summary, locale="en")
    assert engine.render(summary, "docx") == kepu_docs.render(document, "docx", look="briefing", toc=True)
    assert engine.render(document, "docx", look="gongwen", toc=False) == document.render("docx")
    (tmp_path / "r.json").write_text(json.dumps(RECORD), encoding="utf-8")
    kepu_docs.render_batch(tmp_path / "r.json", tmp_path / "out", formats=["md"], engine=engine)
    (made,) = (tmp_path / "out").rglob("*.md")
    assert made.read_bytes() == engine.render(summary, "md")


def test_an_edited_folder_of_templates_is_seen(tmp_path: Path) -> None:
    engine = Engine()
    summary = engine.load(RECORD)
    (tmp_path / "zh_Hans").mkdir()
    for title in ("甲标题", "乙标题"):  # as long as each other, and within the resolution of a clock
        (tmp_path / "zh_Hans" / "title.jinja").write_text(title, encoding="utf-8")
        assert engine.compose(summary, templates=tmp_path).title == title


def reference() -> bytes:
    saved = io.BytesIO()
    docx.Document().save(saved)
    return saved.getvalue()


@pytest.mark.deep
def test_memory_is_bounded() -> None:
    """However many references and looks a long-lived process has seen."""
    engine = Engine(keep=4)
    document = engine.compose(engine.load(RECORD))
    base = reference()

    def used(numbers: Iterable[int]) -> int:
        for number in numbers:
            with pytest.warns(KepuWarning):
                engine.render(
                    document, "docx", reference=base + b"\0" * number if number < 0 else changed(base, number)
                )
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        after_some = used(range(1, 11))
        after_many = used(range(11, 311))
    finally:
        tracemalloc.stop()
    # Less than a quarter of a kilobyte for each of 300: neither a reference stays nor what is known of it.
    assert after_many - after_some < 2 * len(base)


def changed(data: bytes, number: int) -> bytes:
    """Return the same Word document with another comment of the archive."""
    saved = io.BytesIO(data)
    with zipfile.ZipFile(saved, "a") as package:
        package.comment = str(number).encode()
    return saved.getvalue()


@pytest.mark.deep
def test_threads_that_begin_at_once_have_one_engine() -> None:
    code = """
import threading
from kepu_docs import registry
made = []
load = registry.Registry.load.__func__
registry.Registry.load = classmethod(lambda cls, **named: made.append(1) or load(cls, **named))
import kepu_docs
barrier = threading.Barrier(8)
found = []
def work():
    barrier.wait()
    found.append(kepu_docs.render(kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025}), "docx"))
threads = [threading.Thread(target=work) for _ in range(8)]
[each.start() for each in threads]
[each.join() for each in threads]
print(len(made), len(found), len(set(found)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "1 8 1\n"


def test_what_threads_render_is_equal_byte_for_byte() -> None:
    """The first render of each locale and format among them, which all threads begin at once."""
    jobs = [(locale, name) for locale in ("zh_Hans", "zh_Hant", "en") for name in ("docx", "md", "txt")]
    summaries = [kepu_docs.load({**RECORD, "community": {"name": f"试验{n}社区"}}) for n in range(5)]
    one, engine = Engine(), Engine()
    expected = [[one.render(one.compose(summary, locale), name) for locale, name in jobs] for summary in summaries]
    times = 1_000 // len(jobs) if DEEP else 5
    barrier = Barrier(8)

    def work(begin: int) -> bool:
        barrier.wait()
        for turn in range(times):
            summary, right = summaries[(begin + turn) % 5], expected[(begin + turn) % 5]
            if [engine.render(engine.compose(summary, locale), name) for locale, name in jobs] != right:
                return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(work, range(8)))


def _batch(folder: str) -> None:
    report = kepu_docs.render_batch(f"{folder}/r.jsonl", f"{folder}/out", formats=["txt"], jobs=2)
    Path(folder, "report").write_text(f"{report.made} {report.failed} {report.complete}", encoding="utf-8")


@pytest.mark.parametrize("method", ["fork", pytest.param("spawn", marks=pytest.mark.deep)])
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_daemonic_process_does_the_work_itself(method: str, tmp_path: Path) -> None:
    lines = [json.dumps({**RECORD, "community": {"name": f"试验{n}社区"}}) for n in range(40)]
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    context: Any = multiprocessing.get_context(method)
    process = context.Process(target=_batch, args=(str(tmp_path),), daemon=True)
    process.start()
    process.join()
    assert (tmp_path / "report").read_text(encoding="utf-8") == "40 0 True"


def test_a_summary_goes_to_other_processes_and_comes_back_from_word(tmp_path: Path) -> None:
    summary = WorkSummary(
        community=Community(name="试验社区"),
        period="2025",
        sections=[Training(sessions=[TrainingSession(topic="应急救护", attendance=60)])],
    )
    assert pickle.loads(pickle.dumps(summary)) == summary  # noqa: S301
    assert kepu_docs.load(RECORD) == summary
    (tmp_path / "a.docx").write_bytes(kepu_docs.render(summary, "docx"))
    assert kepu_docs.load(tmp_path / "a.docx") == summary
    assert json.loads(summary.model_dump_json(exclude_unset=True))["sections"][0]["kind"] == "training"


@pytest.mark.deep
def test_a_pool_of_processes_renders_summaries() -> None:
    summaries = [kepu_docs.load({**RECORD, "community": {"name": f"试验{n}社区"}}) for n in range(4)]
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        made = list(pool.map(_text, summaries))
    assert made == list(map(_text, summaries))


def _text(summary: WorkSummary) -> bytes:
    return kepu_docs.render(summary, "txt")


def test_a_document_is_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    document = kepu_docs.compose(kepu_docs.load(RECORD))
    for name in ("docx", "html", "md", "txt"):
        assert (
            document.render(name) == kepu_docs.render(document, name) == kepu_docs.render(kepu_docs.load(RECORD), name)
        )
    assert document.render("docx", look="briefing", toc=True) == kepu_docs.render(
        document, "docx", look="briefing", toc=True
    )
    shown = document._repr_html_()
    assert shown == document.render("html", look="wechat").decode()
    assert "科普培训" in shown
    assert "<style" not in shown
    assert document._repr_markdown_() == document.render("md").decode()
    plain = json.loads(document.to_json())
    assert (plain["version"], plain["title"]) == (1, document.title)
    assert plain["record"]["community"] == {"name": "试验社区"}
    assert [each["block"] for each in plain["blocks"]] == [type(block).__name__ for block in document.blocks]
    assert plain["blocks"][1] == {"block": "Heading", "level": 1, "text": "科普培训", "number": "一、", "body": ""}
    assert isinstance(document, Document)


def test_objects_with_sections_of_its_own_are_never_made_without_them(tmp_path: Path) -> None:
    engine = Engine(plugins=[Plugin()])
    summary = engine.load(WITH_DRILLS)
    report = kepu_docs.render_batch([summary], tmp_path / "out", formats="txt")
    (line,) = report.failures()
    assert report.made == 0
    assert "A plugin may be missing" in line.errors[0][1]
    with pytest.raises(kepu_docs.RecordError, match="drills"):
        next(kepu_docs.iter_rendered([summary]))
    with pytest.raises(kepu_docs.SourceError, match="drills"):
        kepu_docs.rollup([summary], name="试验区")
    assert kepu_docs.render_batch([summary], tmp_path / "own", formats="txt", engine=engine).made == 1
