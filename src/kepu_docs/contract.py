"""What a plugin may offer, as types. Their docstrings are the reference."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from kepu_docs.blocks import Block, Document
from kepu_docs.schema import Section


@runtime_checkable
class Renderer(Protocol):
    """Turns a document into the bytes of one file.

    A renderer keeps nothing between documents; the same document gives the same bytes.
    """

    @property
    def format(self) -> str:
        """Name of the format, as a user asks for it: ``docx``."""
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
        """Return the finished file. Raises ``RenderError`` for what the format cannot hold."""
        ...


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a user may choose about the looks of documents, whatever they say.

    ``look`` is the name of a look, empty for the renderer's own; ``reference`` is a Word document (its bytes) whose
    page, headers, footers, styles and numbering are to be taken; ``toc`` asks for a table of contents.
    """

    look: str = ""
    reference: bytes = b""
    toc: bool = False


@runtime_checkable
class Configurable(Protocol):
    """A renderer that heeds options. One that has none of them shows the same whatever is chosen."""

    def configured(self, options: RenderOptions) -> Renderer:
        """Return a renderer that obeys ``options``. Raises ``RenderError`` for what it cannot obey."""
        ...


ComposeFunction = Callable[[Mapping[str, Any]], Iterable[Block]]


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A kind of section: its model, and how it is told.

    The kind's name is the model's ``kind`` literal. A section is composed by the wording template
    ``sections/KIND.jinja``, looked up by locale, or, when ``compose`` is given, by that function: it gets the
    same plain data as a template and returns blocks.
    """

    model: type[Section]
    compose: ComposeFunction | None = None

    @property
    def name(self) -> str:
        """The value of ``kind`` in a record."""
        return self.model.kind_name()
