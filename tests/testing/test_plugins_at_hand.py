"""Formats that need what a machine may lack are skipped, and no other fault is."""

from collections.abc import Iterable
from typing import ClassVar

import pytest

from kepu_docs.blocks import Document
from kepu_docs.pipeline import Engine
from kepu_docs.plugin import Fault, Place, Renderer, RenderError, hookimpl
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_docs.testing.plugins import rendered_here


class Failing:
    format: ClassVar[str] = "failing"
    suffix: ClassVar[str] = ".failing"
    media_type: ClassVar[str] = "text/plain"

    def __init__(self, *codes: str) -> None:
        self.codes = codes

    def render(self, document: Document) -> bytes:
        if self.codes:
            raise RenderError([Fault(Place(), "it fails", code=code) for code in self.codes])
        return b"file"

    @hookimpl
    def kepu_renderers(self) -> Iterable[Renderer]:
        return [self]


def rendered(*codes: str) -> bytes | None:
    document = Document("总结", (), "zh_Hans", OFFICIAL_OUTLINE)
    return rendered_here(Engine(plugins=[Failing(*codes)]), document, "failing")


def test_what_a_machine_lacks_is_passed_over() -> None:
    assert rendered() == b"file"
    assert rendered("font-missing") is None
    assert rendered("font-without-character", "extra-missing") is None


@pytest.mark.parametrize("codes", [("render-failed",), ("font-missing", "render-failed"), ("other",)])
def test_no_other_fault_is(codes: tuple[str, ...]) -> None:
    with pytest.raises(RenderError, match="it fails"):
        rendered(*codes)
