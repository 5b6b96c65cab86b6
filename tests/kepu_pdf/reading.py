"""What a reader sees of a PDF: its texts in their order, without what stands around the type area."""

import io
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

FOOT = 90.0
"""Points from a page's lower edge, below which the page number stands."""


class _Reader(PDFLayoutAnalyzer):
    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.characters: list[str] = []
        self.left_out: list[str] = []

    def receive_layout(self, ltpage: LTPage) -> None:
        self._take(ltpage)

    def _take(self, items: Any) -> None:
        for item in items:
            if isinstance(item, LTChar):
                (self.characters if item.matrix[5] > FOOT else self.left_out).append(item.get_text())
            elif hasattr(item, "__iter__"):
                self._take(item)


def shown_text(pdf: bytes) -> str:
    """Return all text of the pages in the order in which it is drawn, without page numbers."""
    resources = PDFResourceManager()
    reader = _Reader(resources)
    interpreter = PDFPageInterpreter(resources, reader)
    for page in PDFPage.get_pages(io.BytesIO(pdf)):
        interpreter.process_page(page)
    return "".join(reader.characters)
