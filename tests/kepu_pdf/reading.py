"""The text of a PDF by its tags: all texts in order, without what surrounds the text."""

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage


class _Reader(PDFLayoutAnalyzer):
    """Gathers the characters of each piece of marked content, by its page and number."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.pieces: dict[tuple[int, int], list[str]] = defaultdict(list)
        self._open: list[int | None] = []
        self._page = 0

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        own = props.get("MCID") if isinstance(props, dict) else None
        self._open.append(own if own is not None or not self._open else self._open[-1])

    def end_tag(self) -> None:
        self._open.pop()

    def render_char(self, matrix: Any, font: Any, *rest: Any, **more: Any) -> float:
        piece = self._open[-1] if self._open else None
        if piece is not None:
            cid = more["cid"] if "cid" in more else rest[3]
            self.pieces[self._page, piece].append(font.to_unichr(cid))
        return super().render_char(matrix, font, *rest, **more)

    def receive_layout(self, ltpage: LTPage) -> None:
        self._page += 1


def shown_text(pdf: bytes) -> str:
    """Return all text of a tagged PDF."""
    resources = PDFResourceManager()
    reader = _Reader(resources)
    interpreter = PDFPageInterpreter(resources, reader)
    for page in PDFPage.get_pages(io.BytesIO(pdf)):
        interpreter.process_page(page)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        order = list(_content(opened.Root.StructTreeRoot.K, None, pages))
    return "".join(character for piece in order for character in reader.pieces.get(piece, ()))


def _content(element: Any, page: int | None, pages: dict[tuple[int, int], int]) -> Iterator[tuple[int, int]]:
    """Yield page and number of each piece of content below an element of the structure tree."""
    if isinstance(element, pikepdf.Array):
        for each in element:
            yield from _content(each, page, pages)
    elif isinstance(element, pikepdf.Dictionary):
        here = pages[element.Pg.objgen] if "/Pg" in element else page
        if "/MCID" in element:
            assert here is not None
            yield here, int(element.MCID)
        elif "/K" in element:
            yield from _content(element.K, here, pages)
    else:
        assert page is not None
        yield page, int(element)
