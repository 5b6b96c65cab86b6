"""The page of GB/T 9704-2012, in a PDF of kepu-docs."""

import pytest
from tests.kepu_pdf.fonts import need_fonts, pages_of
from tests.kepu_word.pages import Page
from tests.official_page import DOCUMENTS, OfficialPage

from kepu_pdf import PdfRenderer


@pytest.fixture(scope="module")
def printed() -> dict[str, tuple[Page, ...]]:
    need_fonts()
    renderer = PdfRenderer()
    return pages_of({name: renderer.render(made) for name, made in DOCUMENTS.items()})


class TestPdfPage(OfficialPage):
    """What is measured stands in ``tests/official_page.py``."""
