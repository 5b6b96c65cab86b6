"""Test tools for authors of plugins: contracts that every plugin must keep, golden files, and strategies.

Needs the extra ``testing`` (``pip install "kepu-docs[testing]"``): pytest and hypothesis. No other part of kepu_docs
imports it.
"""

try:
    import hypothesis as hypothesis
    import pytest as pytest
except ImportError as error:
    raise ImportError(
        f'kepu_docs.testing needs {error.name}, which is not installed: pip install "kepu-docs[testing]"',
        name=error.name,
    ) from error

from kepu_docs.testing.check_contract import CheckContract
from kepu_docs.testing.document_strategies import (
    NUMBER,
    OFFICIAL_OUTLINE,
    ORDINAL,
    attachment_notes,
    blocks,
    charts,
    documents,
    figures,
    headings,
    imprints,
    letterheads,
    list_blocks,
    paragraphs,
    png,
    signatures,
    tables,
)
from kepu_docs.testing.document_texts import missing, texts_of
from kepu_docs.testing.golden import golden
from kepu_docs.testing.override_contract import OverrideContract
from kepu_docs.testing.readers import READERS, Reader
from kepu_docs.testing.record_strategies import records, sections
from kepu_docs.testing.renderer_contract import RendererContract
from kepu_docs.testing.section_contract import SectionContract
from kepu_docs.testing.source_contract import SourceContract, SourceSample
from kepu_docs.testing.steps import growth, steps
from kepu_docs.testing.text_strategies import HOSTILE, short_texts, texts

__all__ = [
    "HOSTILE",
    "NUMBER",
    "OFFICIAL_OUTLINE",
    "ORDINAL",
    "READERS",
    "CheckContract",
    "OverrideContract",
    "Reader",
    "RendererContract",
    "SectionContract",
    "SourceContract",
    "SourceSample",
    "attachment_notes",
    "blocks",
    "charts",
    "documents",
    "figures",
    "golden",
    "growth",
    "headings",
    "imprints",
    "letterheads",
    "list_blocks",
    "missing",
    "paragraphs",
    "png",
    "records",
    "sections",
    "short_texts",
    "signatures",
    "steps",
    "tables",
    "texts",
    "texts_of",
]
