"""A document as the live page shows it: pages of paper, a web page, or text, depending on what is installed."""

import re
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final, Literal, TypeAlias

from kepu_docs.blocks import Document
from kepu_docs.contract.renderers import Configurable, RenderOptions
from kepu_docs.errors import N_, Message, Place, RenderError
from kepu_docs.pipeline.engine import Engine

Form: TypeAlias = Literal["pages", "web", "text"]

PAGES: Final = "pdf"
WEB: Final = "html"
_TEXTS: Final = ("txt", "md")
_OF_MACHINE: Final = frozenset({"extra-missing", "font-missing"})
"""Codes of what this machine lacks for pages, whatever the document: it is then shown as a web page."""
_size = re.compile(rb"[^<>]*+<svg[^<>]*?\bviewBox=[\"'][\d.]++ [\d.]++ (\d++(?:\.\d++)?) (\d++(?:\.\d++)?)[\"']")
LOOKS: Final = ("gongwen", "briefing")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it is shown."""

    form: Form
    parts: tuple[bytes, ...]
    """SVG images of the pages, or a single web page, or a single text in UTF-8."""
    title: str
    digests: tuple[str, ...]
    """Of each part; an unchanged page keeps its digest, and need not be loaded again."""
    notes: tuple[Message, ...] = ()
    """Why it is not shown in the preferred form."""

    @property
    def digest(self) -> str:
        """The digest of the whole."""
        return _digest(self.form.encode(), *(each.encode() for each in self.digests))

    @property
    def text(self) -> str:
        """The content, if it is shown as text."""
        return self.parts[0].decode("utf-8", "replace") if self.form == "text" else ""

    @property
    def pages(self) -> tuple[tuple[str, str], ...]:
        """The digest of each page, and its size as HTML attributes, which reserve its space until it is loaded."""
        return tuple((digest, _room(part)) for digest, part in zip(self.digests, self.parts, strict=True))

    @property
    def bytes(self) -> int:
        """The size in bytes."""
        return sum(map(len, self.parts))


def lay_out(engine: Engine, document: Document, options: RenderOptions) -> Paper:
    """Return a document as it is shown. Raises the errors of rendering, and ``RenderError`` if nothing can show it."""
    renderers = engine.registry.renderers
    if PAGES not in renderers:
        return _without_pages(engine, document, options)
    try:
        pages = engine.pages(document, PAGES, heeded(engine, PAGES, options))
    except RenderError as error:
        if not all(fault.code in _OF_MACHINE for fault in error.faults) or not {WEB, *_TEXTS} & set(renderers):
            raise
        notes = tuple(fault.as_message for fault in error.faults)
        return replace(_without_pages(engine, document, options), notes=notes)
    return _paper("pages", pages, document) if pages else _without_pages(engine, document, options)


def _without_pages(engine: Engine, document: Document, options: RenderOptions) -> Paper:
    renderers = engine.registry.renderers
    if WEB in renderers:
        return _paper("web", (engine.render(document, WEB, heeded(engine, WEB, options)),), document)
    for name in _TEXTS:
        if name in renderers:
            return _paper("text", (engine.render(document, name, heeded(engine, name, options)),), document)
    text = N_("the live page needs one of the formats {known}; see “kepu-docs plugins list”")
    raise RenderError.at(Place(), text, known=", ".join((PAGES, WEB, *_TEXTS)))


def _paper(form: Form, parts: tuple[bytes, ...], document: Document) -> Paper:
    return Paper(form, parts, document.title, tuple(_digest(form.encode(), part) for part in parts))


def _digest(*values: bytes) -> str:
    digest = blake2b(digest_size=12)
    for value in values:
        digest.update(len(value).to_bytes(8, "big") + value)
    return digest.hexdigest()


def _room(page: bytes) -> str:
    """Return the attributes of an image with the proportions of a page; empty if the SVG does not state them."""
    found = _size.match(page, 0, 2_000)
    return f'width="{float(found[1]):.0f}" height="{float(found[2]):.0f}"' if found else ""


def heeded(engine: Engine, name: str, options: RenderOptions) -> RenderOptions:
    """Return the options that the renderer of a format supports: the page shows the looks of all formats together."""
    renderer = engine.registry.renderer(name)
    if not isinstance(renderer, Configurable):
        return options
    for tried in (options, replace(options, reference=b""), replace(options, look=""), RenderOptions(toc=options.toc)):
        try:
            renderer.configured(tried)
        except RenderError:
            continue
        return tried
    return options


def known_looks(engine: Engine) -> tuple[str, ...]:
    """Return the looks that some format has."""
    return tuple(look for look in LOOKS if any(_has(engine, name, look) for name in engine.registry.formats))


def _has(engine: Engine, name: str, look: str) -> bool:
    renderer = engine.registry.renderer(name)
    try:
        return isinstance(renderer, Configurable) and renderer.configured(RenderOptions(look)) is not None
    except RenderError:
        return False
