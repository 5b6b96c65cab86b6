"""Word meets the contract of formats."""

from tests.depth import examples

from kepu_docs.testing import RendererContract


class TestWord(RendererContract):
    format = "docx"
    examples = examples(60)
