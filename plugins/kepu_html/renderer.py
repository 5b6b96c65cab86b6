"""The renderer of web pages: applies the options and chooses who writes what."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Final

from kepu_docs.plugin import (
    N_,
    Document,
    Figure,
    OverrideFunction,
    Place,
    RenderError,
    RenderOptions,
    SectionPart,
    SectionSpan,
)

if TYPE_CHECKING:
    from kepu_html.headings import Headings
    from kepu_html.markup import Layout

PAGE: Final = "gongwen"
"""The look of the page: that of a paper document, as in Word."""
FRAGMENT: Final = "wechat"
"""The look of the fragment for the editor of WeChat's official accounts."""
MOST_PICTURES: Final = 64 * 1024 * 1024
"""The most bytes of all pictures of a page together: they are embedded in it, which makes them a third longer, and
browsers and mail programs read a page as a whole."""

_LOOKS: Final = (PAGE, FRAGMENT)


@dataclass(frozen=True, slots=True)
class HtmlRenderer:
    """Renders a document as UTF-8 HTML in one file: a page, or a fragment to be pasted, depending on ``look``.

    With ``toc`` there is a table of contents below the title. ``overrides`` render the sections of some kinds.
    """

    format: ClassVar[str] = "html"
    suffix: ClassVar[str] = ".html"
    media_type: ClassVar[str] = "text/html; charset=UTF-8"

    look: str = PAGE
    toc: bool = field(default=False, kw_only=True)
    overrides: Mapping[str, OverrideFunction] = field(default_factory=lambda: MappingProxyType({}), kw_only=True)

    def configured(self, options: RenderOptions) -> "HtmlRenderer":
        """Return a renderer with ``options``. Raises ``RenderError`` for another look, and for a reference."""
        if options.look and options.look not in _LOOKS:
            text = N_("the format {format} has no look “{look}”; its looks are: {known}")
            raise RenderError.at(Place(), text, format=self.format, look=options.look, known=", ".join(_LOOKS))
        if options.reference:
            text = N_("a Word template (--reference) is for Word documents only; the format {format} cannot use it")
            raise RenderError.at(Place(), text, format=self.format)
        return replace(self, look=options.look or self.look, toc=options.toc)

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> "HtmlRenderer":
        """Return a renderer that calls these functions for the sections of these kinds."""
        return replace(self, overrides=overrides)

    def render(self, document: Document) -> bytes:
        """Return the page. Raises ``RenderError`` for pictures that are too large for one page."""
        from kepu_html.headings import Headings

        _look_at_pictures(document)
        layout = _layout(self.look)
        headings = Headings()
        parts: list[str] = []
        for each in document.parted(self.overrides):
            if isinstance(each, SectionSpan):
                parts += self._section(each, document, headings)
            else:
                parts += layout.blocks(each, document.locale, headings)
        lines = layout.whole(document, parts, headings.listed if self.toc else [])
        return ("\n".join(lines) + "\n").encode()

    def _section(self, span: SectionSpan, document: Document, headings: "Headings") -> list[str]:
        """Return what an override makes of its section, as lines."""
        from kepu_html.overriding import accepted

        layout = _layout(self.look)
        before = len(headings.listed)
        part = SectionPart(
            span.kind,
            document.blocks[span.start : span.stop],
            document.locale,
            lambda blocks: "\n".join(layout.blocks(blocks, document.locale, headings)),
            accept=accepted,
        )
        text = part.accept(self.overrides[span.kind](part))
        text = headings.settle(text, before, layout.traces, layout.trace)
        return [text] if text else []


def _layout(look: str) -> "Layout":
    """Return who writes pages of a look: only programs that render web pages wait for its import."""
    if look == FRAGMENT:
        from kepu_html import fragment

        return fragment.LAYOUT
    from kepu_html import page

    return page.LAYOUT


def _look_at_pictures(document: Document) -> None:
    """Raise ``RenderError`` if the pictures of a document are too large for a page."""
    size = sum(len(block.data) for block in document.blocks if isinstance(block, Figure))
    if size > MOST_PICTURES:
        text = N_("the pictures have {size} MiB together; a page can hold {limit} MiB")
        raise RenderError.at(Place(), text, size=-(-size // 1024**2), limit=MOST_PICTURES // 1024**2)
