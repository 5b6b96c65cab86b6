"""The pages of a document as images, for display on a screen."""

from pathlib import Path

import pytest
from lxml import etree
from tests.kepu_pdf.fonts import need_fonts
from tests.kepu_pdf.test_pdf_documents import RENDERER, RICH, document, opened

import kepu_docs
from kepu_docs.blocks import Figure, Paragraph
from kepu_docs.contract.renderers import Paged
from kepu_docs.plugin import RenderError

pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture(scope="module")
def fonts() -> None:
    need_fonts()


def test_there_is_an_image_of_each_page() -> None:
    rich = kepu_docs.compose(kepu_docs.load(RICH))
    pages = RENDERER.pages(rich)
    assert isinstance(RENDERER, Paged)
    assert len(pages) == len(opened(RENDERER.render(rich)).pages) > 1
    assert RENDERER.pages(rich) == pages
    for page in pages:
        root = etree.fromstring(page)
        assert etree.QName(root).localname == "svg"
        assert b"<script" not in page


def test_a_single_page_is_one_image_and_its_pictures_are_in_it() -> None:
    picture = Figure((Path(__file__).parent / "grey.png").read_bytes(), "image/png", 8, 8, "图")
    (page,) = RENDERER.pages(document(Paragraph("<script>alert(1)</script>"), picture))
    assert b'href="data:image/png;' in page
    assert b"<script" not in page


def test_a_character_that_no_font_has() -> None:
    with pytest.raises(RenderError, match="no installed font has"):
        RENDERER.pages(document(Paragraph("\U0001faef\U000e0fff")))
