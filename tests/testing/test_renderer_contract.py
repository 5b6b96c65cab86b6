"""A renderer that meets the contract, and one broken in each way: the check for it reports it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest
from tests.testing.breaking import broken

from kepu_docs.blocks import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Signature,
    Table,
)
from kepu_docs.contract.renderers import OverrideFunction, Renderer, SectionPart
from kepu_docs.plugin import hookimpl
from kepu_docs.testing import RendererContract


def lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.number + block.text + block.body
        case Paragraph():
            yield block.text
        case ListBlock():
            yield from (item.number + item.lead + item.text for item in block.items)
        case Table():
            yield block.number + block.caption
            yield from (column.title for column in block.columns)
            yield from (cell for row in block.rows for cell in row)
        case Figure():
            yield block.number + block.caption
        case Chart():
            yield from (block.number, block.caption, *block.categories)
            yield from (text for series in block.series for text in (series.name, *series.labels))
        case Signature():
            yield from (block.body, block.date)
        case AttachmentNote():
            yield from (block.lead, *block.names)
        case PageBreak():
            pass


@dataclass(frozen=True)
class Plain:
    """One text a line; what is ``changed`` is wrong with it."""

    format: str = "plain"
    suffix: str = ".plain"
    media_type: str = "text/plain"
    change: Callable[[Document], Document] = lambda document: document
    write: Callable[[str], str] = lambda text: text
    overrides: Mapping[str, OverrideFunction] | None = None

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> "Plain":
        return replace(self, overrides=overrides)

    def render(self, document: Document) -> bytes:
        document = self.change(document)
        head, foot = document.letterhead, document.imprint
        shown = []
        if head:
            shown += [head.copy, head.secrecy, head.urgency, head.issuer, head.number, head.signer_lead + head.signer]
        shown += [document.title, document.addressee, *self._parts(document)]
        if foot:
            shown += [foot.copied_lead + foot.copied_to, foot.printed_by, foot.printed_on]
        return self.write("\n".join(filter(None, shown))).encode()

    def _parts(self, document: Document) -> Iterator[str]:
        at = 0
        for span in document.sections:
            yield self._default(document.blocks[at : span.start])
            blocks, override = document.blocks[span.start : span.stop], (self.overrides or {}).get(span.kind)
            part = SectionPart(span.kind, blocks, document.locale, self._default)
            yield override(part) if override else self._default(blocks)
            at = span.stop
        yield self._default(document.blocks[at:])

    @staticmethod
    def _default(blocks: Iterable[Block]) -> str:
        return "\n".join(text for block in blocks for text in lines(block) if text)


def contract(renderer: Renderer, **changed: Any) -> RendererContract:
    class Plugin:
        @hookimpl
        def kepu_renderers(self) -> list[Renderer]:
            return [renderer]

    attributes = {
        "format": renderer.format,
        "plugins": [Plugin()],
        "examples": 20,
        "text": lambda self, data: data.decode().split("\n"),
        **changed,
    }
    made: type[RendererContract] = type("TestPlain", (RendererContract,), attributes)
    return made()


def test_a_sound_renderer_keeps_it() -> None:
    assert broken(contract(Plain())) == {}


def without(kind: type[Block]) -> Callable[[Document], Document]:
    def change(document: Document) -> Document:
        blocks = tuple(block for block in document.blocks if not isinstance(block, kind))
        return replace(document, blocks=blocks, sections=())

    return change


COUNTER = count()


class Twice(Plain):
    """Its override gets the blocks twice."""

    def _parts(self, document: Document) -> Iterator[str]:
        if self.overrides:
            list(super()._parts(document))
        yield from super()._parts(document)


class Slow(Plain):
    """Looks at each block once for each other one."""

    def _parts(self, document: Document) -> Iterator[str]:
        for one in document.blocks:
            for other in document.blocks:
                if one is other:
                    yield self._default([one])


BROKEN: dict[str, tuple[Renderer, dict[str, str]]] = {
    "names that are none": (
        Plain(suffix="plain", media_type="plain"),
        {"what_it_is_called": r"suffix is 'plain'; expected one such as '\.html'\n  - media_type is 'plain'"},
    ),
    "blocks in another order": (
        Plain(change=lambda document: replace(document, blocks=document.blocks[::-1], sections=())),
        {"every_block_is_shown": "is not shown after", "any_document_is_shown_whole_and_in_order": "is not shown"},
    ),
    "no signature": (Plain(change=without(Signature)), {"every_block_is_shown": r"\(Signature\)"}),
    "no attachments": (Plain(change=without(AttachmentNote)), {"every_block_is_shown": r"\(AttachmentNote\)"}),
    "no charts": (Plain(change=without(Chart)), {"every_block_is_shown": r"\(Chart\)"}),
    "no addressee": (
        Plain(change=lambda document: replace(document, addressee="")),
        {"the_frame_is_shown": "addressee: “试验街道办事处：” is not shown"},
    ),
    "no imprint": (
        Plain(change=lambda document: replace(document, imprint=None)),
        {"the_frame_is_shown": "imprint: .* is not shown"},
    ),
    "no letterhead": (
        Plain(change=lambda document: replace(document, letterhead=None)),
        {"the_frame_is_shown": "letterhead: .* is not shown"},
    ),
    "markup that vanishes": (
        Plain(write=lambda text: re.sub("<[a-z]+>", "", text)),
        {"hostile_text_survives": "is not shown"},
    ),
    "bytes that differ": (
        Plain(write=lambda text: f"{text}\n{next(COUNTER)}"),
        {"the_same_document_gives_the_same_bytes": "the bytes differ"},
    ),
    "an override too often": (Twice(), {"overrides": "did not get the blocks of their sections, each once"}),
    "time that grows faster": (Slow(), {"time_grows_linearly": "paragraphs: the last doubling costs [34]"}),
    "one language alone": (
        Plain(change=lambda document: document if document.locale == "zh_Hans" else replace(document, blocks=())),
        {"every_language": "en: "},
    ),
}


# To find the smallest document of those whose bytes differ takes a quarter of a minute.
@pytest.mark.some(3)
@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.deep) if case == "bytes that differ" else case for case in BROKEN]
)
def test_what_is_broken_is_reported(case: str) -> None:
    renderer, expected = BROKEN[case]
    found = broken(contract(renderer), [f"test_{check}" for check in expected])
    for check, told in expected.items():
        assert re.search(told, found.get(check, "")), found


def test_a_format_that_nobody_has_is_reported() -> None:
    class TestNothing(RendererContract):
        format = "nothing"

    with pytest.raises(pytest.fail.Exception, match="no plugin has the format “nothing”"):
        TestNothing().test_every_block_is_shown()


def test_a_format_is_asked_for() -> None:
    class TestNameless(RendererContract):
        pass

    with pytest.raises(pytest.fail.Exception, match="give TestNameless an attribute format"):
        TestNameless().test_every_block_is_shown()


def test_a_reader_is_asked_for() -> None:
    made = type("TestPlain", (RendererContract,), {"format": "plain"})()
    with pytest.raises(pytest.fail.Exception, match="say what a reader sees of plain: override the method text"):
        made.text(b"")
