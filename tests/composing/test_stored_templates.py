"""Installed templates are compiled once: the next run, and the next process, reads their code."""

from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

import kepu_docs
from kepu_docs.composing.composer import Composer
from kepu_docs.composing.environment import WordingEnvironment
from kepu_docs.composing.snapshots import read_folder
from kepu_docs.composing.stored_templates import StoredTemplates
from kepu_docs.output.cache_files import VARIABLE
from kepu_docs.registry import Registry

REGISTRY = Registry.load()
SUMMARY = kepu_docs.load(
    {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "training", "narrative": "一段话。"}]}
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the templates that are compiled, as that happens."""
    names: list[str] = []
    compile_ = WordingEnvironment._compile

    def counted(self: WordingEnvironment, source: str, filename: str) -> object:
        names.append(filename)
        return compile_(self, source, filename)

    monkeypatch.setattr(WordingEnvironment, "_compile", counted)
    return names


def composer(*folders: Traversable, locale: str = "zh_Hans") -> Composer:
    return Composer(REGISTRY.kinds, (*folders, *REGISTRY.folders), locale)


def test_the_second_composer_compiles_nothing(compiled: list[str]) -> None:
    first = composer().compose(SUMMARY)
    assert len(compiled) > 2
    compiled.clear()
    assert composer().compose(SUMMARY) == first
    assert compiled == []


def test_each_language_has_its_own(compiled: list[str]) -> None:
    composer().compose(SUMMARY)
    compiled.clear()
    composer(locale="en").compose(SUMMARY)
    assert compiled != []


def test_a_changed_template_is_compiled_anew(tmp_path: Path, compiled: list[str]) -> None:
    template = tmp_path / "own" / "zh_Hans" / "closing.jinja"
    template.parent.mkdir(parents=True)
    template.write_text("{% paragraph %}一。{% endparagraph %}", encoding="utf-8")
    composer(tmp_path / "own").compose(SUMMARY)
    template.write_text("{% paragraph %}二。{% endparagraph %}", encoding="utf-8")
    compiled.clear()
    document = composer(tmp_path / "own").compose(SUMMARY)
    assert compiled == [str(template)]
    assert "二。" in str(document.blocks)


def test_a_changed_catalogue_makes_all_code_anew(tmp_path: Path, compiled: list[str]) -> None:
    """Code may have been written with what a catalogue said."""
    composer().compose(SUMMARY)
    catalog = tmp_path / "own" / "zh_Hans" / "messages.po"
    catalog.parent.mkdir(parents=True)
    catalog.write_text('msgctxt "kind"\nmsgid "training"\nmsgstr "培训"\n', encoding="utf-8")
    compiled.clear()
    composer(tmp_path / "own").compose(SUMMARY)
    assert len(compiled) > 2


def test_what_extends_another_is_checked_each_time(tmp_path: Path, compiled: list[str]) -> None:
    template = tmp_path / "own" / "zh_Hans" / "closing.jinja"
    template.parent.mkdir(parents=True)
    template.write_text('{% extends "default" %}', encoding="utf-8")
    composer(tmp_path / "own").compose(SUMMARY)
    compiled.clear()
    composer(tmp_path / "own").compose(SUMMARY)
    assert compiled == [str(template)]


def test_the_folder_of_a_user_is_not_stored(tmp_path: Path, cache: Path) -> None:
    template = tmp_path / "own" / "zh_Hans" / "closing.jinja"
    template.parent.mkdir(parents=True)
    template.write_text("{% paragraph %}一。{% endparagraph %}", encoding="utf-8")
    REGISTRY.composer("zh_Hans", read_folder(tmp_path / "own")).compose(SUMMARY)
    assert not list(cache.glob("templates-*"))


def test_code_that_is_none_is_passed_over(cache: Path, compiled: list[str]) -> None:
    from hashlib import sha256
    from marshal import dumps

    first = composer().compose(SUMMARY)
    for file in cache.rglob("*"):
        if file.is_file():
            data = dumps("no code")
            file.write_bytes(sha256(data).digest() + data)
    compiled.clear()
    assert composer().compose(SUMMARY) == first
    assert len(compiled) > 2


def test_a_folder_may_have_a_name_in_any_encoding() -> None:
    stored = StoredTemplates("zh_Hans", [])
    assert stored.get_cache_key("opening.jinja", "/p\udcff/opening.jinja") != stored.get_cache_key("opening.jinja")
    assert not stored.has("opening.jinja", "/p\udcff/opening.jinja", "x")
