"""Our three formats hold what those of strangers must, read back by our readers and, of Markdown, by another parser."""

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kepu_docs.plugin import Renderer
from kepu_docs.testing import RendererContract
from kepu_text import TextRenderer


class TestWord(RendererContract):
    format = "docx"
    examples = 60


class TestMarkdown(RendererContract):
    format = "md"


class TestMarkdownByAnotherParser(RendererContract):
    format = "md"

    def text(self, data: bytes) -> list[str]:
        shown = []
        for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode()):
            if token.type == "list_item_open" and token.info:
                shown.append(token.info + ".")
            elif token.type == "inline":
                shown.append(inline(token))
        return shown


def inline(token: Token) -> str:
    return "".join(child.content for child in token.children or [])


class TestText(RendererContract):
    format = "txt"
    wrapped = True


class TestTextWithoutWidth(RendererContract):
    format = "txt"

    @property
    def renderer(self) -> Renderer:
        return TextRenderer(None)
