"""The page of GB/T 9704-2012 as LibreOffice prints it, measured in its PDF.

LibreOffice differs from Word in ways that do not matter here: it hangs punctuation over the edge, because it reads
``w:overflowPunct`` the other way round, and it spaces digits from hanzi, because it does not read ``w:autoSpaceDE`` and
``w:autoSpaceDN``. So only text without punctuation and digits is measured.
"""

import pytest
from tests.kepu_word.pages import Page, pdf_by_office
from tests.official_page import DOCUMENTS, OfficialPage

from kepu_word import WordRenderer

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Page, ...]]:
    renderer = WordRenderer()
    files = {name: renderer.render(made) for name, made in DOCUMENTS.items()}
    return pdf_by_office(tmp_path_factory.mktemp("printed"), files)


class TestWordPage(OfficialPage):
    """What is measured stands in ``tests/official_page.py``."""
