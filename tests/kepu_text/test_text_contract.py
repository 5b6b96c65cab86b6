"""Plain text meets the contract of formats, on a page of 80 columns and without a width."""

import pytest
from tests.depth import examples

from kepu_docs.plugin import Renderer
from kepu_docs.testing import RendererContract
from kepu_text import TextRenderer


class TestText(RendererContract):
    format = "txt"
    examples = examples(100)
    wrapped = True


@pytest.mark.deep
class TestTextWithoutWidth(RendererContract):
    format = "txt"

    @property
    def renderer(self) -> Renderer:
        return TextRenderer(None)
