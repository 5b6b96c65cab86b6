"""Renderers of formats, and overrides of one section in one format."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

from kepu_docs.blocks import Block, Document
from kepu_docs.errors import N_, Place, RenderError


@runtime_checkable
class Renderer(Protocol):
    """Turns a document into the bytes of one file.

    A renderer keeps nothing between documents; the same document gives the same bytes.
    """

    @property
    def format(self) -> str:
        """Name of the format, as users write it: ``docx``."""
        ...

    @property
    def suffix(self) -> str:
        """File name suffix with its dot: ``.docx``."""
        ...

    @property
    def media_type(self) -> str:
        """Media type of the file."""
        ...

    def render(self, document: Document) -> bytes:
        """Return the finished file. Raises ``RenderError`` for what the format cannot contain."""
        ...


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a user can choose about the looks of documents, whatever their contents.

    ``look`` is the name of a look, empty for the renderer's own; ``reference`` is a Word document (its bytes) whose
    page, headers, footers, styles and numbering are to be taken; ``toc`` asks for a table of contents;
    ``pdf_standard`` names what PDF documents are to be held to, empty for PDF/A-3a: ``a-2b``, ``a-3a,ua-1``, ``none``.
    ``form`` is a document (its bytes) that is to be filled in (:mod:`kepu_docs.contract.forms`).
    """

    look: str = ""
    reference: bytes = b""
    toc: bool = False
    pdf_standard: str = ""
    form: bytes = b""


@runtime_checkable
class Configurable(Protocol):
    """A renderer with options. A renderer without them shows the same whatever the user chooses."""

    def configured(self, options: RenderOptions) -> Renderer:
        """Return a renderer that follows ``options``. Raises ``RenderError`` for those it cannot follow."""
        ...


_NO_TEXT: Final = re.compile("[^\n -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def accepted_text(returned: Any) -> str:
    """Return what an override returned, if it is text that may stand in a file.

    Raises ``RenderError`` for anything else, and for a character that no text holds: a control character other than the
    line break, half a surrogate pair.
    """
    if not isinstance(returned, str):
        raise RenderError.at(Place(), N_("it returned {found}; expected text"), found=repr(returned)[:80])
    bad = _NO_TEXT.search(returned)
    if bad:
        raise RenderError.at(
            Place(),
            N_("it returned text with the character {character} (number {position}), which is not allowed in text"),
            character=f"U+{ord(bad[0]):04X}",
            position=bad.start() + 1,
        )
    return returned


@dataclass(frozen=True, slots=True)
class SectionPart:
    """One section of a document, as an override gets it: its finished blocks, and the way that they are rendered."""

    kind: str
    """The section's kind."""
    blocks: tuple[Block, ...]
    """Its blocks, numbered, the heading first."""
    locale: str
    """The document's locale: ``zh_Hans``."""
    default: Callable[[tuple[Block, ...]], str]
    """Renders blocks as the format does; see :meth:`render_default`."""
    library: Callable[[], Any] | None = None
    """Makes an empty document of the format's own library; see :meth:`new_document`."""
    accept: Callable[[Any], str] = accepted_text
    """For renderers: looks at what the override returned and gives back what stands in the file for it.

    Raises ``RenderError`` for what cannot stand there. What it has given back it accepts again.
    """

    def render_default(self, blocks: Iterable[Block] | None = None) -> str:
        """Return the section, or other blocks instead of it, in the markup of the format.

        That is Markdown for ``md``, lines for ``txt``, elements of WordprocessingML for ``docx``. It may be returned
        with something before, after or around it, more than once, or not at all. Raises ``RenderError`` as the renderer
        does.
        """
        return self.default(self.blocks if blocks is None else tuple(blocks))

    def new_document(self) -> Any:
        """Return an empty document of the format's library, with the styles of the result, to be filled and returned.

        For ``docx`` that is a python-docx ``Document``. Raises ``RenderError`` in a format that has none.
        """
        if self.library is None:
            raise RenderError.at(Place(), N_("this format has no library of its own; return text"))
        return self.library()


OverrideFunction: TypeAlias = Callable[[SectionPart], Any]
"""Returns what stands in the file for a section: text in the format's own language, or for ``docx`` a python-docx
document, whose paragraphs, tables and pictures are taken over, or a list of both in their order. An empty text leaves
no trace of the section."""


@dataclass(frozen=True, slots=True)
class Override:
    """Another rendering of the sections of one kind in one format; other formats do not change."""

    kind: str
    """The section kind: ``training``."""
    format: str
    """The format: ``docx``."""
    render: OverrideFunction


@runtime_checkable
class Overridable(Protocol):
    """A renderer that lets overrides render sections (``Document.sections`` tells which blocks are theirs)."""

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> Renderer:
        """Return a renderer that gives each section whose kind is in ``overrides`` to that function.

        ``Document.parted`` tells those sections from other blocks. What a function returns goes through the part's
        ``accept``; in a registry it has gone there already, so that an error names the plugin.
        """
        ...


@runtime_checkable
class Paged(Protocol):
    """A renderer that can show the pages of its file as pictures: those that the live page shows as paper."""

    def pages(self, document: Document) -> Sequence[bytes]:
        """Return each page as an SVG image, in their order. Raises ``RenderError`` as ``render`` does."""
        ...
