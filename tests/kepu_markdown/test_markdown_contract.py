"""Markdown meets the contract of formats, read back by the project's reader and by another parser."""

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.depth import examples

from kepu_docs.testing import RendererContract


class TestMarkdown(RendererContract):
    format = "md"
    examples = examples(100)


@pytest.mark.deep
class TestMarkdownByAnotherParser(RendererContract):
    format = "md"

    def text(self, data: bytes) -> list[str]:
        shown = []
        for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode()):
            if token.type == "list_item_open" and token.info:
                shown.append(f"{token.info}.")
            elif token.type == "inline":
                shown.append(inline(token))
        return shown


def inline(token: Token) -> str:
    return "".join(child.content for child in token.children or [])
