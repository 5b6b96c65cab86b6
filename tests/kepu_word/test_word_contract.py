"""Word holds what every format must."""

from kepu_docs.testing import RendererContract


class TestWord(RendererContract):
    format = "docx"
    examples = 60
