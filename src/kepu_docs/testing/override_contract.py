"""The contract of every override of a section in a format: a class of tests to inherit from."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kepu_docs.blocks import Block, Document, Heading, Paragraph, SectionSpan
from kepu_docs.contract.renderers import Overridable, Renderer
from kepu_docs.errors import KepuError
from kepu_docs.pipeline import Engine
from kepu_docs.registry.offers import override_key
from kepu_docs.testing.document_strategies import documents, numbered
from kepu_docs.testing.document_texts import missing, squeezed
from kepu_docs.testing.plugins import engine_of
from kepu_docs.testing.readers import reader_of
from kepu_docs.testing.sample_blocks import LONG, Text, document_of, every_block, marking, plainly
from kepu_docs.testing.steps import LINEAR, growth
from kepu_docs.testing.text_strategies import HOSTILE
from kepu_docs.testing.translations import document_locales
from kepu_docs.testing.verdict import holds, raised, shortened, verdict
from kepu_docs.testing.wording import words_of

_SIZE: Final = 24
"""The number of blocks in the section when the growth of time is measured; the most is four times that."""


class OverrideContract:
    """The contract of every override, as tests.

    Inherit from it in a test module, and give examples of the section::

        class TestInABox(OverrideContract):
            kind = "problems"
            format = "md"
            sections = [{"kind": "problems", "problems": [{"problem": "活动形式不够多样"}]}]

    The tests also use sections with random blocks: the wording decides which blocks there are, and users may have their
    own templates. The section's heading always comes first.
    """

    kind: ClassVar[str]
    """The section kind."""
    format: ClassVar[str]
    """The format."""
    plugins: ClassVar[Sequence[object]] = ()
    """Plugins to test with besides kepu-docs, as modules; all installed plugins if none is named."""
    sections: ClassVar[Sequence[Mapping[str, Any]]] = ()
    """Examples: sections as a record has them."""
    left_out: ClassVar[tuple[type[Block], ...]] = ()
    """Types of blocks whose texts need not be shown in order, since they are left out or drawn differently:
    ``(Table,)``."""
    adds: ClassVar[Sequence[str]] = ()
    """Texts that must be shown with each of the examples, besides those of its blocks."""
    wrapped: ClassVar[bool] = False
    """Whether the cells of tables are wrapped inside their columns, as in plain text."""
    examples: ClassVar[int] = 50
    """How many documents are drawn at random."""

    def text(self, data: bytes) -> list[str]:
        """Return what a reader sees of a finished file, as :meth:`RendererContract.text` does."""
        return reader_of(self.format)(data)

    @cached_property
    def _engine(self) -> Engine:
        return engine_of(self.plugins)

    @property
    def renderer(self) -> Renderer:
        """The renderer with all overrides; override this property to test one that is created in another way."""
        registry = self._engine.registry
        key = override_key(self.kind, self.format)
        known = [each for info in registry.plugins for each in info.overrides]
        if key not in known:
            pytest.fail(
                f"no plugin overrides “{self.kind}” in the format “{self.format}”: install yours (pip install -e .), "
                f"or name its module in the attribute plugins. There are: {', '.join(known) or 'none'}",
                pytrace=False,
            )
        if self.format not in registry.renderers:
            pytest.fail(f"there is no format “{self.format}”", pytrace=False)
        return registry.renderers[self.format]

    # The tests.

    @holds("“{self.kind}” and the format {self.format} are there, and go together")
    def test_kind_and_format_are_there(self) -> Iterator[str]:
        """The kind and the format exist, and the format lets overrides render sections."""
        registry = self._engine.registry
        key = override_key(self.kind, self.format)
        if not any(key in info.overrides for info in registry.plugins):
            yield f"no plugin offers it; there are: {', '.join(key for i in registry.plugins for key in i.overrides)}"
        if self.kind not in registry.kinds:
            yield f"there is no section kind “{self.kind}”; there are: {', '.join(registry.kinds)}"
        if self.format not in registry.renderers:
            yield f"there is no format “{self.format}”; there are: {', '.join(registry.renderers)}"
        elif not isinstance(registry.renderers[self.format], Overridable):
            yield f"the format “{self.format}” lets no override render a section: its renderer has no method overridden"

    @holds("the examples of “{self.kind}” are shown in the format {self.format}, and nothing else is lost")
    def test_the_examples_are_shown(self) -> Iterator[str]:
        """Each example is shown in every language, with what the override adds; other sections are unchanged."""
        if not self.sections:
            yield "give an example in the attribute sections"
        for locale in document_locales(self._engine.registry, self.kind):
            words = words_of(locale)
            around = [{"kind": "narrative", "heading": each, "paragraphs": [words.opening]} for each in words.names[:2]]
            for at, section in enumerate(self.sections):
                name = f"{locale}, sections[{at}]"
                record = {
                    "community": {"name": words.community},
                    "period": 2025,
                    "sections": [around[0], section, around[1]],
                }
                document = self._engine.compose(self._engine.load(record), locale)
                if self.kind not in [span.kind for span in document.sections]:
                    yield f"{name} shows nothing, so that there is nothing to override"
                    continue
                yield from self._lost(name, document, self.adds)

    @holds("each block is shown, in a section of it alone and among others")
    def test_every_block_is_shown(self) -> Iterator[str]:
        """Each type of block that is not left out is shown, with plain and with hostile texts."""
        texts: list[Text] = [plainly, *map(marking, HOSTILE)]
        for text in texts:
            blocks = list(every_block(text))
            for block in blocks:
                yield from self._lost(f"a section of a heading and {shortened(block)}", self._around(block))
            yield from self._lost("a section of every block", self._around(*blocks))
        yield from self._lost("a section of a heading alone", self._around())

    def test_any_section_is_accepted(self) -> None:
        """Any section is accepted: no exception, nothing that the format refuses, and the document is complete."""

        @settings(max_examples=self.examples, deadline=None, suppress_health_check=list(HealthCheck))
        @given(self._documents())
        def check(document: Document) -> None:
            verdict("any section is accepted, and the document stays whole", self._lost("the document", document))

        check()

    def test_the_same_section_gives_the_same_bytes(self) -> None:
        """Nothing of one section is in another, and nothing depends on time or chance."""
        renderer = self.renderer

        @settings(max_examples=self.examples // 4 or 1, deadline=None, suppress_health_check=list(HealthCheck))
        @given(self._documents(), self._documents())
        def check(document: Document, other: Document) -> None:
            before = deepcopy(document)
            first = renderer.render(document)
            renderer.render(other)
            found = [
                *(["rendered again after another one, the bytes differ"] if renderer.render(before) != first else []),
                *(["the document is another after rendering"] if before != document else []),
            ]
            verdict("the same section gives the same bytes, and stays as it is", found)

        check()

    @holds("twice as many blocks, rows or entries take twice the time")
    def test_time_grows_linearly(self) -> Iterator[str]:
        """Twice as many blocks, rows and entries take twice the time."""
        renderer = self.renderer
        for name, make in LONG.items():
            long = {size: self._around(*make(size)) for size in (_SIZE, 2 * _SIZE, 4 * _SIZE)}
            try:
                found = growth(lambda size, long=long: renderer.render(long[size]), _SIZE)  # type: ignore[misc]
            except KepuError as error:
                yield f"{name}: {_failure(error)}"
                continue
            if found >= LINEAR:
                yield f"{name}: the last doubling costs {found:.1f} times the one before; linear is 2"

    # Helpers.

    def _around(self, *blocks: Block, like: Document | None = None) -> Document:
        """Return a document with a section of the kind (a heading and ``blocks``) between others."""
        plain = document_of(
            Paragraph("前文。"),
            Heading(1, "本节", "…"),
            *blocks,
            Heading(1, "下节", "…"),
            Paragraph("后文。"),
        )
        span = SectionSpan(self.kind, 1, 2 + len(blocks))
        return replace(like or plain, blocks=plain.blocks, outline=plain.outline, sections=(span,))

    def _documents(self) -> st.SearchStrategy[Document]:
        return documents().map(lambda drawn: self._around(*drawn.blocks, like=drawn))

    def _lost(self, name: str, document: Document, added: Sequence[str] = ()) -> Iterator[str]:
        """Yield the texts of a document that a reader does not see, or why the reader sees nothing."""
        try:
            shown = self.text(self.renderer.render(document))
        except KepuError as error:
            yield f"{name}: {_failure(error)}"
            return
        problem = missing(shown, self._expected(document), wrapped=self.wrapped)
        if problem:
            yield f"{name}: {problem}; a reader sees: {shortened(' | '.join(shown), 600)}"
        seen = squeezed("\n".join(shown))
        yield from (f"{name}: “{text}” is not added" for text in added if squeezed(text) not in seen)

    def _expected(self, document: Document) -> Document:
        """Return the document without the blocks that the override leaves out."""
        ours = {at for span in document.sections if span.kind == self.kind for at in range(span.start, span.stop)}
        kept = [
            block for at, block in enumerate(document.blocks) if at not in ours or not isinstance(block, self.left_out)
        ]
        # Word counts headings itself: those that are left out do not count.
        counted = self.format == "docx" and Heading in self.left_out
        blocks = numbered(kept, document.outline) if counted else tuple(kept)
        return replace(document, blocks=blocks, sections=())


def _failure(error: KepuError) -> str:
    cause = error.__cause__
    return f"{error}{f'; {raised(cause)}' if cause and not isinstance(cause, KepuError) else ''}"
