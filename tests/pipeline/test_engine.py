import json
import re
from pathlib import Path
from typing import Any

import pytest

import kepu_docs
import kepu_sources
from kepu_docs.blocks import Document
from kepu_docs.contract.hooks import hookimpl
from kepu_docs.errors import KepuError, OutputError, RenderError, TemplateError
from kepu_docs.pipeline import Engine, NamesTaken, default_engine, starter_record
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.records import render_record, write_made
from kepu_docs.reading.records import read_text
from kepu_docs.registry import Registry, core
from kepu_docs.schema.record import is_rolled_up
from kepu_docs.schema.text import LIST_LENGTH

RECORD: dict[str, Any] = {"community": {"name": "试验社区"}, "period": 2025, "opening": "开头。"}


class Lines:
    """A renderer of a stranger."""

    format, suffix, media_type = "lines", ".lines", "text/plain"

    def render(self, document: Document) -> bytes:
        if "坏" in document.title:
            raise ZeroDivisionError("boom")
        return document.title.encode()


class Plugin:
    @hookimpl
    def kepu_renderers(self) -> list[Lines]:
        return [Lines()]


ENGINE = Engine(Registry.of(core, kepu_sources, Plugin()))


def write_record(folder: Path, name: str = "r.json", **fields: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps({**RECORD, **fields}), encoding="utf-8")
    return path


def render_file(record: Path, formats: list[str], folder: Path, names: NamesTaken) -> list[Path]:
    ((_, found),) = records(ENGINE, locations(ENGINE, [str(record)]), [])
    return write_made(render_record(ENGINE, found, formats), found, folder, names).paths


def test_a_new_format_needs_only_its_renderer(tmp_path: Path) -> None:
    (path,) = render_file(write_record(tmp_path), ["lines"], tmp_path, NamesTaken())
    assert path == tmp_path / "试验社区2025年科普工作总结.lines"
    assert path.read_bytes().decode() == "试验社区2025年科普工作总结"


def test_equal_titles_get_numbers(tmp_path: Path) -> None:
    names = NamesTaken()
    paths = [render_file(write_record(tmp_path), ["lines"], tmp_path, names)[0].name for _ in range(3)]
    assert paths == [f"试验社区2025年科普工作总结{number}.lines" for number in ("", "-2", "-3")]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "／..／etc／passwd.lines"),
        ("CON", "CON_.lines"),
        ("a/b:c", "a／b：c.lines"),
        ("总" * 200, "总" * 76),
    ],
)
def test_names_from_data_are_safe(tmp_path: Path, title: str, name: str) -> None:
    (path,) = render_file(write_record(tmp_path, title=title), ["lines"], tmp_path, NamesTaken())
    assert path.parent == tmp_path
    assert path.is_file()
    assert len(path.name.encode()) <= 255
    assert path.name.startswith(name[:70])


def test_a_failing_renderer_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    record = write_record(tmp_path, title="坏")
    with pytest.raises(RenderError, match=r"r\.json: the renderer of the format “lines” \(.*\) failed: .*boom"):
        render_file(record, ["lines"], tmp_path, NamesTaken())
    assert list(tmp_path.iterdir()) == [record]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    record = write_record(tmp_path)
    with pytest.raises(OutputError):
        render_file(record, ["lines"], record, NamesTaken())


def test_the_facade_and_a_dump_that_loads_again(tmp_path: Path) -> None:
    summary = kepu_docs.load(write_record(tmp_path))
    assert kepu_docs.load(json.loads(summary.model_dump_json(exclude_unset=True))) == summary
    assert kepu_docs.compose(summary) == kepu_docs.compose(summary)
    assert kepu_docs.render(summary, "txt") == kepu_docs.render(summary, "txt")
    with pytest.raises(KepuError, match="this field is missing"):
        kepu_docs.load({"period": 2025})


def test_a_starter_record_loads_as_it_is_and_with_its_marks_away() -> None:
    engine = default_engine()
    text = starter_record(engine.registry, list(engine.registry.kinds), engine.languages.words("en"))
    plain = engine.load(read_text(text, name="new", syntax="yaml").data)
    assert [section.kind for section in plain.sections] == list(engine.registry.kinds)
    unmarked = re.sub(r"(?m)^( *)# (?=.+  # )", r"\1", text)
    full = engine.load(read_text(unmarked, name="new", syntax="yaml").data)
    assert full.model_fields_set == set(engine.registry.model.model_fields)
    for section in full.sections:
        fields = type(section).model_fields.items()
        assert section.model_fields_set == {name for name, field in fields if not is_rolled_up(field)}
    # The files of its photographs are not there.
    with pytest.raises(KepuError, match=r"photos/lecture\.jpg"):
        engine.compose(full)


def test_a_language_in_which_nothing_is_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        TemplateError, match=r"there is no wording in the language “fr”; the languages are: en, zh_Hans, zh_Hant"
    ):
        ENGINE.composer("fr")
    (tmp_path / "fr" / "sections").mkdir(parents=True)
    (tmp_path / "fr" / "title.jinja").write_text("Bilan", encoding="utf-8")
    assert ENGINE.composer("fr", tmp_path).template("title.jinja") == tmp_path / "fr" / "title.jinja"
    assert ENGINE.composer("zh").locale == "zh"


@pytest.mark.parametrize("locale", ["zh_Hans", "en"])
def test_a_list_as_long_as_a_record_may_have_is_numbered_to_its_end(locale: str) -> None:
    written = [{"points": ["甲。"] * LIST_LENGTH, "style": style} for style in ("一是", "第一，", "①")]
    section = {"kind": "narrative", "heading": "其他", "written": written}
    engine = default_engine()
    summary = engine.load({"community": {"name": "试验社区"}, "period": 2025, "sections": [section]})
    document = engine.compose(summary, locale)
    text = engine.render(document, "txt").decode()
    assert "一万是" in text.replace("\n", "")
    assert "（10000）" in text.replace("\n", "")
    assert engine.render(document, "md")
    assert engine.render(document, "docx")
