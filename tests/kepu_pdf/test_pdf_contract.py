"""PDF meets the contract of formats, with the characters of the installed fonts."""

import dataclasses
import unicodedata
from functools import cache
from typing import Any

import pytest
from tests.depth import examples
from tests.kepu_pdf.reading import shown_text

from kepu_docs.blocks import Document
from kepu_docs.testing import RendererContract
from kepu_pdf.fonts import coverage, installed


@cache
def _plain(character: str) -> bool:
    """Whether a character is drawn as itself, from left to right, and by itself."""
    drawn = unicodedata.category(character)[0] in "LNPSZ" and unicodedata.bidirectional(character) not in (
        "R",
        "AL",
        "AN",
    )
    alone = unicodedata.normalize("NFD", character) == character and unicodedata.combining(character) == 0
    return drawn and alone and (character == " " or any(character in coverage(name) for name in installed()))


def _held(value: Any) -> Any:
    if isinstance(value, str):
        return "".join(character if _plain(character) else "文" for character in value)
    if isinstance(value, tuple):
        return tuple(map(_held, value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        kept = {"kind", "style", "align", "media_type", "locale", "record", "pattern", "numerals"}
        return type(value)(**{name: each if name in kept else _held(each) for name, each in fields.items()})
    return value


class TestPdf(RendererContract):
    format = "pdf"
    examples = examples(60)

    def text(self, data: bytes) -> list[str]:
        return [shown_text(data)]

    @pytest.mark.deep
    def test_hostile_text_survives(self) -> None:
        """It takes long; some hostile texts are always tried in test_pdf_documents.py."""
        super().test_hostile_text_survives()

    def holdable(self, document: Document) -> Document:
        held: Document = _held(document)
        return held
