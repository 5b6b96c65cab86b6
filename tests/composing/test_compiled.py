"""Compiled templates, passed from one composer to the next."""

from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.bccache import Bucket

from kepu_docs.composing.compiled import CompiledTemplates
from kepu_docs.composing.snapshots import read_folder
from kepu_docs.pipeline import default_engine
from kepu_docs.schema import WorkSummary

SUMMARY = {"community": {"name": "试验社区"}, "period": 2025}


def composed(folder: Path, compiled: CompiledTemplates, locale: str = "zh_Hans") -> str:
    composer = default_engine().registry.composer(locale, read_folder(folder), compiled)
    return composer.compose(WorkSummary.model_validate(SUMMARY)).title


@pytest.fixture
def title(tmp_path: Path) -> Path:
    file = tmp_path / "zh_Hans" / "title.jinja"
    file.parent.mkdir()
    file.write_text("总结", encoding="utf-8")
    return file


def test_a_text_that_changed_counts_at_once(title: Path, tmp_path: Path) -> None:
    compiled = CompiledTemplates()
    for text in ("总结", "小结", "总结", "{{ community.name }}总结"):
        title.write_text(text, encoding="utf-8")
        assert composed(tmp_path, compiled) == text.replace("{{ community.name }}", "试验社区")


def test_what_did_not_change_is_not_compiled_again(
    title: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled = CompiledTemplates()
    composed(tmp_path, compiled)
    from kepu_docs.composing.environment import WordingEnvironment

    names: list[str] = []
    before = WordingEnvironment.compile

    def compile(self: WordingEnvironment, source: str, name: str, *rest: object) -> object:  # noqa: A001
        names.append(name)
        return before(self, source, name, *rest)  # type: ignore[call-overload]

    monkeypatch.setattr(WordingEnvironment, "compile", compile)
    title.write_text("小结", encoding="utf-8")
    assert composed(tmp_path, compiled) == "小结"
    assert names == ["title.jinja"]


def test_few_are_kept() -> None:
    compiled, environment = CompiledTemplates(), Environment(autoescape=True)
    code = environment.compile("总结")
    for number in range(300):
        bucket = Bucket(environment, f"{number}", "checksum")
        bucket.code = code
        compiled.dump_bytecode(bucket)
    assert len(compiled._codes) == 256
    for number, is_kept in ((299, True), (0, False)):
        bucket = Bucket(environment, f"{number}", "checksum")
        compiled.load_bytecode(bucket)
        assert (bucket.code is code) == is_kept
