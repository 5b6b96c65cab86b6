"""A user's own templates compose in another process: the same documents, and an error for whatever goes wrong."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests import strange_kinds

import kepu_docs
from kepu_docs.batch.batch import render_batch
from kepu_docs.blocks import Document
from kepu_docs.errors import PluginError, TemplateError
from kepu_docs.isolation import Held, children
from kepu_docs.pipeline import Engine, default_engine, own_templates
from kepu_docs.pipeline.own_templates import MOST_STOPS
from kepu_docs.plugin import SectionKind, hookimpl
from kepu_docs.registry import Registry, core

EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "own", "closing.jinja", "{% paragraph %}完。{% endparagraph %}")
    return tmp_path / "own"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_templates, "SECONDS", 1.0)


def put(folder: Path, name: str, source: str) -> None:
    file = folder / "zh_Hans" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")


def record(*deeds: str) -> dict[str, Any]:
    sections = [{"kind": "strange", "deed": deed} for deed in deeds]
    return {"community": {"name": "试验社区"}, "period": 2025, "sections": sections}


def composed(engine: Engine, folder: Path, *deeds: str) -> Document:
    return engine.compose(engine.load(record(*deeds)), templates=folder)


@pytest.mark.some(3)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_documents_are_those_of_this_process(folder: Path, example: Path, locale: str) -> None:
    engine = default_engine()
    summary = engine.load(example)
    snapshot = engine.templates(folder)
    own, here = engine.composer(locale, snapshot), engine.registry.composer(locale, snapshot)
    assert own.compose(summary, photos=example.parent) == here.compose(summary, photos=example.parent)
    assert own.compose(summary, photos=example.parent, embed=False).record == ""
    assert own.title(summary) == here.title(summary)
    assert own.locale == here.locale
    assert own.blocks("sections/training.jinja") == here.blocks("sections/training.jinja")
    assert str(own.template("closing.jinja")) == str(here.template("closing.jinja"))


@pytest.mark.parametrize("plugin", [strange_kinds, strange_kinds.Instance()], ids=["module", "instance"])
def test_plugins_of_ones_own_go_along(folder: Path, plugin: object) -> None:
    engine = Engine(Registry.of(core, plugin))
    document = composed(engine, folder, "甲")
    assert [getattr(block, "text", "") for block in document.blocks][-3:] == ["其他", "甲", "完。"]
    with pytest.raises(PluginError, match=r"sections\[0\]: .*strange.* failed: ZeroDivisionError"):
        composed(engine, folder, "raise")


def test_plugins_that_no_other_process_finds_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Local:
        @hookimpl
        def kepu_sections(self) -> list[SectionKind]:
            return strange_kinds.kepu_sections()

    engine = Engine(Registry.of(core, Local()))
    assert engine.compose(engine.load(record("甲"))).blocks
    with pytest.raises(
        TemplateError, match="importable in another process: put Local into a module that can be imported"
    ):
        composed(engine, folder, "甲")
    monkeypatch.setattr(strange_kinds.Instance, "__module__", "__main__")
    with pytest.raises(TemplateError, match="put Instance into a module"):
        composed(Engine(Registry.of(core, strange_kinds.Instance())), folder, "甲")


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    ("deed", "problem"),
    [
        ("spin", "it takes more than 1 seconds of computing"),
        ("eat", "it needs more than 1024 MiB of memory"),
        ("odd", "the process that read it gave an unexpected answer: a child sent a tests.strange_kinds.Text"),
    ],
)
def test_what_takes_too_much_is_stopped_and_reported(folder: Path, deed: str, problem: str) -> None:
    engine = Engine(Registry.of(core, strange_kinds))
    with pytest.raises(TemplateError) as caught:
        composed(engine, folder, "甲", deed)
    assert str(caught.value).startswith(f"stopped composing with the templates in {folder}: ")
    assert problem in str(caught.value)
    assert composed(engine, folder, "甲").blocks


@pytest.mark.deep
@pytest.mark.usefixtures("short")
def test_a_folder_that_never_ends_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = 0

    class Counted(Held[Any]):
        def __init__(self, *arguments: Any) -> None:
            nonlocal begun
            begun += 1
            super().__init__(*arguments)

    engine = Engine(Registry.of(core, strange_kinds))
    engine.composer("zh_Hans", folder)
    monkeypatch.setattr(own_templates, "Held", Counted)
    told = set()
    for _ in range(MOST_STOPS - 1):
        with pytest.raises(TemplateError):
            composed(engine, folder, "spin")
    composed(engine, folder, "甲")  # those in a row count
    for _ in range(MOST_STOPS + 10):
        with pytest.raises(TemplateError) as caught:
            composed(engine, folder, "spin")
        told.add(str(caught.value))
    assert begun == MOST_STOPS - 1 + 1 + MOST_STOPS
    assert len(told) == 1


@pytest.mark.usefixtures("short")
def test_a_batch_goes_on(folder: Path, tmp_path: Path) -> None:
    deeds = ["甲", "spin", "乙", "eat", "丙"]
    source = tmp_path / "records.jsonl"
    rows = [{**record(deed), "community": {"name": f"试验{place}社区"}} for place, deed in enumerate(deeds)]
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    engine = Engine(Registry.of(core, strange_kinds, *_ours()))
    report = render_batch(str(source), tmp_path / "out", formats=["txt"], templates=folder, engine=engine)
    assert (report.made, report.failed) == (3, 2)


def _ours() -> list[object]:
    import kepu_sources
    import kepu_text

    return [kepu_sources, kepu_text]


def test_installed_wording_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(children, "_Child", fail)
    assert Engine(Registry.load()).compose(kepu_docs.load(EXAMPLES[0]), photos=EXAMPLES[0].parent).blocks
