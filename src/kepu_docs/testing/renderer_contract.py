"""The contract of every renderer: a class of tests to inherit from."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import fields, replace
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, given, settings

from kepu_docs.blocks import (
    Document,
    Heading,
    Imprint,
    Letterhead,
    Paragraph,
    SectionSpan,
    Signature,
)
from kepu_docs.contract.renderers import Overridable, OverrideFunction, Renderer, SectionPart
from kepu_docs.testing.document_strategies import documents
from kepu_docs.testing.document_texts import missing
from kepu_docs.testing.plugins import engine_of
from kepu_docs.testing.readers import reader_of
from kepu_docs.testing.sample_blocks import LONG, document_of, every_block, marking, plainly
from kepu_docs.testing.steps import LINEAR, growth
from kepu_docs.testing.text_strategies import HOSTILE
from kepu_docs.testing.verdict import holds, verdict

_SIZE: Final = 24
"""The number of blocks in the document when the growth of time is measured; the most is four times that."""
_LOCALES: Final = ("zh_Hans", "zh_Hant", "en", "zh_Hant_HK", "fr")
"""The languages of the core, a variety of one, and a language that renderers need not know."""


class RendererContract:
    """The contract of every renderer, as tests.

    Inherit from it in a test module, and return what a reader sees of a file::

        class TestHtml(RendererContract):
            format = "html"

            def text(self, data: bytes) -> list[str]:
                ...

    Documents are drawn at random, with all types of blocks and with texts that break careless formats.
    """

    format: ClassVar[str]
    """The format."""
    plugins: ClassVar[Sequence[object]] = ()
    """Plugins to test with besides kepu-docs, as modules; all installed plugins if none is named."""
    wrapped: ClassVar[bool] = False
    """Whether the cells of tables are wrapped inside their columns, so that the text of a cell is not in one piece."""
    examples: ClassVar[int] = 100
    """How many documents are drawn at random."""

    def text(self, data: bytes) -> list[str]:
        """Return what a reader sees of a finished file: its texts in order, with the numbers of headings and lists.

        White space does not count. Pictures are represented by their captions, charts by their names and figures. Known
        formats (docx, html, md, txt) have a reader; override this for others.
        """
        return reader_of(self.format)(data)

    @property
    def renderer(self) -> Renderer:
        """The renderer; override it to test a renderer that is created in another way."""
        known = engine_of(self.plugins).registry.renderers
        if not hasattr(self, "format"):
            pytest.fail(f"give {type(self).__name__} an attribute format, such as “html”", pytrace=False)
        if self.format not in known:
            pytest.fail(
                f"no plugin has the format “{self.format}”: install yours (pip install -e .), or name its module in "
                f"the attribute plugins. There are: {', '.join(known)}",
                pytrace=False,
            )
        return known[self.format]

    def holdable(self, document: Document) -> Document:
        """Return ``document`` without what the format cannot hold; by default nothing is replaced.

        For formats that depend on something outside, such as the characters that installed fonts have.
        """
        return document

    # The tests.

    @holds("format, suffix and media type are such as files and programs have")
    def test_what_it_is_called(self) -> Iterator[str]:
        """Format, suffix and media type have the form that files and programs use."""
        renderer = self.renderer
        for name, value, pattern, example in (
            ("format", renderer.format, r"[a-z][a-z0-9_]*", "html"),
            ("suffix", renderer.suffix, r"(\.[a-z0-9]+)+", ".html"),
            ("media_type", renderer.media_type, _MEDIA_TYPE, "text/html; charset=UTF-8"),
        ):
            if not (isinstance(value, str) and re.fullmatch(pattern, value)):
                yield f"{name} is {value!r}; expected one such as {example!r}"

    def test_any_document_is_shown_whole_and_in_order(self) -> None:
        """All texts, numbers and figures of any document are shown, in its order."""
        renderer = self.renderer

        @settings(max_examples=self.examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(documents())
        def check(document: Document) -> None:
            verdict("a reader sees all that the document says, in its order", self._lost(renderer, document))

        check()

    @holds("each block is shown, alone and among others")
    def test_every_block_is_shown(self) -> Iterator[str]:
        """Each type of block is shown alone, and at the beginning and the end of a document."""
        renderer = self.renderer
        blocks = list(every_block(plainly))
        for block in blocks:
            for shown in ((block,), (block, Paragraph("后文")), (Paragraph("前文"), block), (block, block)):
                yield from self._lost(renderer, document_of(*shown))
        yield from self._lost(renderer, document_of(*blocks))
        yield from self._lost(renderer, document_of())

    @holds("title, addressee, letterhead and imprint are shown")
    def test_the_frame_is_shown(self) -> Iterator[str]:
        """Title, addressee, letterhead, imprint, signature and attachments are shown, each alone and all together."""
        renderer = self.renderer
        plain = document_of(Paragraph("正文"), Signature("试验社区居民委员会", "2025年12月20日"))
        frames: dict[str, list[Any]] = {
            "addressee": ["试验街道办事处："],
            "letterhead": [
                _LETTERHEAD,
                Letterhead("试验社区文件"),
                Letterhead("试验社区文件", signer_lead="签发人：", signer="甲某某"),
            ],
            "imprint": [_IMPRINT, Imprint(printed_by="试验社区居民委员会"), Imprint(printed_on="2025年12月20日印发")],
        }
        whole = plain
        for name, values in frames.items():
            for value in values:
                yield from self._lost(renderer, replace(plain, **{name: value}))
            whole = replace(whole, **{name: values[0]})
        yield from self._lost(renderer, whole)

    @holds("texts come out as they went in")
    def test_hostile_text_survives(self) -> Iterator[str]:
        """Markup and unusual characters are shown unchanged, in every text of every block."""
        renderer = self.renderer
        for hostile in HOSTILE:
            marked = marking(hostile)
            for block in every_block(marked):
                yield from self._lost(renderer, document_of(block))
            letterhead = Letterhead(*(marked() for _ in fields(Letterhead)))
            imprint = Imprint(*(marked() for _ in fields(Imprint)))
            framed = replace(
                document_of(Paragraph(marked())),
                title=marked(),
                addressee=marked(),
                letterhead=letterhead,
                imprint=imprint,
                author=marked(),
                subject=marked(),
                keywords=(marked(), marked()),
                record=f'{{"title": {hostile!r}}}',
            )
            yield from self._lost(renderer, framed)

    def test_the_same_document_gives_the_same_bytes(self) -> None:
        """Nothing of one document is in another, and nothing depends on time or chance."""
        renderer = self.renderer

        @settings(max_examples=self.examples // 4 or 1, deadline=None, suppress_health_check=list(HealthCheck))
        @given(documents(), documents())
        def check(document: Document, other: Document) -> None:
            document, other = self.holdable(document), self.holdable(other)
            before = deepcopy(document)
            first = renderer.render(document)
            renderer.render(other)
            again = renderer.render(before)
            found = [
                *(["the file is no bytes"] if not isinstance(first, bytes) else []),
                *(["rendered again after another document, the bytes differ"] if again != first else []),
                *(["the document is another after rendering"] if before != document else []),
            ]
            verdict("the same document gives the same bytes, and stays as it is", found)

        check()

    @holds("twice as many of anything take twice the time")
    def test_time_grows_linearly(self) -> Iterator[str]:
        """Twice as many blocks, rows and entries take twice the time."""
        renderer = self.renderer
        for name, make in LONG.items():
            long = {size: document_of(*make(size)) for size in (_SIZE, 2 * _SIZE, 4 * _SIZE)}
            found = growth(_rendering(renderer, long), _SIZE)
            if found >= LINEAR:
                yield f"{name}: the last doubling costs {found:.1f} times the one before; linear is 2"

    @holds("documents of any language are shown")
    def test_every_language(self) -> Iterator[str]:
        """Documents in any language are shown, including a language that the renderer does not know."""
        for locale in _LOCALES:
            for problem in self._lost(self.renderer, replace(document_of(*every_block(plainly)), locale=locale)):
                yield f"{locale}: {problem}"

    @holds("an override that returns the default rendering changes nothing")
    def test_overrides(self) -> Iterator[str]:
        """An override receives its section's blocks; an override that returns the default rendering changes nothing."""
        renderer = self.renderer
        if not isinstance(renderer, Overridable):
            pytest.skip(f"the format {self.format} lets no override render a section")
        blocks = (
            Paragraph("前文"),
            Heading(1, "培训", "一、"),
            *every_block(plainly),
            Heading(1, "活动", "二、"),
            Paragraph("后文"),
        )
        count = len(blocks)
        spans = (SectionSpan("lectures", 1, count - 2), SectionSpan("visits", count - 2, count))
        document = replace(document_of(*blocks), sections=spans)
        blocks = document.blocks
        got: list[SectionPart] = []

        def default(part: SectionPart) -> str:
            got.append(part)
            return part.render_default()

        plain = renderer.render(document)
        for kinds in (("lectures",), ("visits",), ("lectures", "visits")):
            got.clear()
            overrides: Mapping[str, OverrideFunction] = dict.fromkeys(kinds, default)
            data = renderer.overridden(overrides).render(document)
            expected = [(span.kind, blocks[span.start : span.stop]) for span in spans if span.kind in kinds]
            if [(part.kind, part.blocks) for part in got] != expected:
                yield f"{' and '.join(kinds)}: the overrides did not get the blocks of their sections, each once"
            if data != plain:
                yield f"{' and '.join(kinds)}: the bytes differ from those without overrides"
        if renderer.overridden({}).render(document) != plain:
            yield "without any override the bytes differ"

    # Helpers.

    def _lost(self, renderer: Renderer, document: Document) -> list[str]:
        document = self.holdable(document)
        problem = missing(self.text(renderer.render(document)), document, wrapped=self.wrapped)
        return [problem] if problem else []


_MEDIA_TYPE: Final = r"[a-z]+/[a-z0-9][a-z0-9.+-]*(; ?[a-z]+=[A-Za-z0-9._-]+)*"
_LETTERHEAD: Final = Letterhead("试验社区文件", "试验〔2025〕1号", "000001", "秘密", "特急", "签发人：", "甲某某")
_IMPRINT: Final = Imprint("抄送：", "试验区科学技术协会。", "试验社区居民委员会", "2025年12月20日印发")


def _rendering(renderer: Renderer, long: Mapping[int, Document]) -> Callable[[int], object]:
    return lambda size: renderer.render(long[size])
