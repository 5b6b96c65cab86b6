"""How a document is displayed, with whatever formats are installed."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest

from kepu_docs.contract.renderers import RenderOptions
from kepu_docs.pipeline import Engine, default_engine
from kepu_docs.plugin import Document, Place, Renderer, RenderError, hookimpl
from kepu_docs.preview.choices import Choices
from kepu_docs.preview.state import State, Subject
from kepu_docs.registry import Registry
from kepu_docs.registry.core import kepu_sections, kepu_templates
from tests.preview.asking import RECORD, ask


class _Shown:
    """A renderer of texts that a browser could take for more."""

    suffix: ClassVar[str] = ".x"
    media_type: ClassVar[str] = "application/x"

    def __init__(self, format: str) -> None:  # noqa: A002
        self.format = format

    def render(self, document: Document) -> bytes:
        return f"<!doctype html><p>{self.format}<script>alert('{document.title}')</script>".encode()


class _Paged(_Shown):
    def pages(self, document: Document) -> Sequence[bytes]:
        return [f"<svg xmlns='http://www.w3.org/2000/svg'><text>{number}</text></svg>".encode() for number in range(3)]


def state_with(record: Path, *renderers: Renderer) -> State:
    """Return the state of a live page with these formats alone; records come from the sources that are installed."""

    class Formats:
        @hookimpl
        def kepu_renderers(self) -> Iterable[Renderer]:
            return renderers

        @hookimpl
        def kepu_sources(self) -> Iterable[object]:
            return list(dict.fromkeys(default_engine().registry.sources.values()))

    core = SimpleNamespace(kepu_sections=kepu_sections, kepu_templates=kepu_templates)
    record.write_text(RECORD, encoding="utf-8")
    return State(Engine(Registry.of(core, Formats())), Subject((str(record),)), Choices())


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "record.yaml"


def test_pages_are_pictures(record: Path) -> None:
    state = state_with(record, _Paged("pdf"), _Shown("html"), _Shown("txt"))
    paper = state.view({}).paper
    assert paper
    assert (paper.form, len(paper.parts)) == ("pages", 3)
    page = ask(state).text
    assert page.count("<img ") == 3
    assert "<svg" not in page
    answer = ask(state, f"paper/{paper.digests[2]}")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.content.endswith(b"<text>2</text></svg>")


def test_a_web_page_is_framed_and_runs_nothing(record: Path) -> None:
    state = state_with(record, _Shown("html"), _Shown("pdf"), _Shown("txt"))
    paper = state.view({}).paper
    assert paper
    assert paper.form == "web"
    page = ask(state).text
    assert 'sandbox="allow-same-origin"' in page
    assert "<script>alert" not in page
    answer = ask(state, f"paper/{paper.digests[0]}")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "sandbox allow-same-origin" in answer.headers["content-security-policy"]


def test_text_is_text(record: Path) -> None:
    page = ask(state_with(record, _Shown("txt"))).text
    assert "<pre>&lt;!doctype html&gt;" in page
    assert "<script>alert" not in page


def test_without_a_format_that_can_be_shown_the_page_says_so(record: Path) -> None:
    state = state_with(record, _Shown("docx"))
    assert "needs one of the formats pdf, html, txt, md" in ask(state).section("faults")
    assert ask(state, "download/docx").status == 200


def test_a_renderer_that_fails_is_named(record: Path) -> None:
    class Failing(_Paged):
        def pages(self, document: Document) -> Sequence[bytes]:
            raise ZeroDivisionError

    state = state_with(record, Failing("pdf"))
    assert "ZeroDivisionError" in ask(state).section("faults")


def test_pages_that_are_none_are_a_fault_of_their_plugin(record: Path) -> None:
    class Failing(_Paged):
        def pages(self, document: Document) -> Sequence[bytes]:
            return ["<svg/>"]  # type: ignore[list-item]

    assert "the renderer of the format “pdf” (plugin" in ask(state_with(record, Failing("pdf"))).section("faults")


@pytest.mark.parametrize(
    ("text", "is_of_machine"),
    [
        ('PDF needs Typst, which is not installed: pip install "kepu-docs[pdf]"', True),
        ("Typst cannot set this document: {reason}", False),
    ],
)
def test_a_machine_that_cannot_make_pages_shows_a_web_page(text: str, *, is_of_machine: bool, record: Path) -> None:
    class Failing(_Paged):
        def pages(self, document: Document) -> Sequence[bytes]:
            raise RenderError.at(Place(), text, reason="it is too long")

    state = state_with(record, Failing("pdf"), _Shown("html"))
    view = state.view({})
    assert bool(view.faults) != is_of_machine
    assert (view.paper is not None and view.paper.form == "web") == is_of_machine
    page = ask(state)
    assert ("needs Typst" in page.text) == is_of_machine
    if is_of_machine:
        assert "needs Typst" in page.section("notes")
    alone = state_with(record, Failing("pdf"), _Shown("docx"))
    assert ("needs Typst" in ask(alone).section("faults")) == is_of_machine


def test_a_format_without_a_look_is_shown_in_its_own() -> None:
    from kepu_docs.preview.papers import heeded

    engine = default_engine()
    assert heeded(engine, "txt", RenderOptions("briefing")) == RenderOptions("briefing")
    assert heeded(engine, "docx", RenderOptions("briefing", toc=True)) == RenderOptions("briefing", toc=True)
    assert heeded(engine, "docx", RenderOptions("none", toc=True)) == RenderOptions("", toc=True)
