"""Renderers of formats, and overrides of one section in one format."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

from kepu_docs.blocks import Block, Document
from kepu_docs.errors import N_, Place, RenderError
from kepu_docs.late_patterns import late_pattern


@runtime_checkable
class Renderer(Protocol):
    """A renderer turns a document into the bytes of one file.

    It keeps no state between documents; the same document gives the same bytes.
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

    ``look`` is the name of a look, empty for the renderer's default; ``reference`` is a Word document (its bytes) that
    gives page layout, headers, footers, styles and numbering; ``toc`` asks for a table of contents; ``pdf_standard``
    names the standard that PDF documents follow, empty for PDF/A-3a: ``a-2b``, ``a-3a,ua-1``, ``none``. ``form`` is a
    document (its bytes) to be filled in (:mod:`kepu_docs.contract.forms`).
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


_NO_TEXT: Final = late_pattern("[^\n -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def accepted_text(returned: Any) -> str:
    """Return the result of an override, if it is text that may be in a file.

    Raises ``RenderError`` for anything else, and for a character that no text may have: a control character other than
    the line break, or half a surrogate pair.
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
    """One section of a document, as an override receives it: its finished blocks, and functions to render them."""

    kind: str
    """The section's kind."""
    blocks: tuple[Block, ...]
    """Its blocks, numbered, the heading first."""
    locale: str
    """The document's locale: ``zh_Hans``."""
    default: Callable[[tuple[Block, ...]], str]
    """A function that renders blocks as the format does by default; see :meth:`render_default`."""
    library: Callable[[], Any] | None = None
    """A function that makes an empty document of the format's own library; see :meth:`new_document`."""
    accept: Callable[[Any], str] = accepted_text
    """For renderers: a function that checks the result of the override and returns what is put in the file.

    Raises ``RenderError`` for an invalid result. It accepts its own results again.
    """

    def render_default(self, blocks: Iterable[Block] | None = None) -> str:
        """Return the section, or other blocks instead of it, in the markup of the format.

        The result is Markdown for ``md``, lines for ``txt``, elements of WordprocessingML for ``docx``. An override may
        return it with something before, after or around it, more than once, or not at all. Raises ``RenderError`` in
        the same cases as the renderer.
        """
        return self.default(self.blocks if blocks is None else tuple(blocks))

    def new_document(self) -> Any:
        """Return an empty document of the format's library, with the styles of the result, to be filled and returned.

        For ``docx`` that is a python-docx ``Document``. Raises ``RenderError`` in a format without such a library.
        """
        if self.library is None:
            raise RenderError.at(Place(), N_("this format has no library of its own; return text"))
        return self.library()


OverrideFunction: TypeAlias = Callable[[SectionPart], Any]
"""Returns the content of the file for a section: text in the format's own language, or for ``docx`` a python-docx
document, whose paragraphs, tables and pictures are used, or a list of both in their order. An empty text leaves no
trace of the section."""


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
    """A renderer that lets overrides render sections (``Document.sections`` says which blocks belong to them)."""

    def overridden(self, overrides: Mapping[str, OverrideFunction]) -> Renderer:
        """Return a renderer that passes each section whose kind is in ``overrides`` to that function.

        ``Document.parted`` separates those sections from other blocks. The result of a function goes through the part's
        ``accept``; in a registry that has already happened, so that an error names the plugin.
        """
        ...


@runtime_checkable
class Paged(Protocol):
    """A renderer that can show the pages of its file as pictures; the live page shows them as paper."""

    def pages(self, document: Document) -> Sequence[bytes]:
        """Return each page as an SVG image, in order. Raises ``RenderError`` as ``render`` does."""
        ...
