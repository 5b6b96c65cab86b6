"""Page and fragment meet the contract of formats, read back by the project's reader and as a browser reads them."""

import pytest
from tests.depth import examples
from tests.kepu_html.pages import parsed, parsed_fragment, texts

from kepu_docs.plugin import Renderer
from kepu_docs.testing import RendererContract
from kepu_html import HtmlRenderer


class TestPage(RendererContract):
    format = "html"
    examples = examples(100)


@pytest.mark.deep
class TestPageAsABrowserReadsIt(RendererContract):
    format = "html"

    def text(self, data: bytes) -> list[str]:
        return texts(parsed(data))


@pytest.mark.deep
class TestPageWithContents(RendererContract):
    format = "html"

    @property
    def renderer(self) -> Renderer:
        return HtmlRenderer(toc=True)


class TestFragment(RendererContract):
    format = "html"
    examples = examples(40)

    @property
    def renderer(self) -> Renderer:
        return HtmlRenderer("wechat", toc=True)

    def text(self, data: bytes) -> list[str]:
        return texts(parsed_fragment(data))
