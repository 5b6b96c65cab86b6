"""Readers of documents for the checker; what reads a document is imported with the first document."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kepu_docs.checking import Candidate, ReadDocument
from kepu_docs.importing.suffixes import SUFFIXES
from kepu_docs.pipeline import Engine


def document_readers(engine: Engine) -> Mapping[str, ReadDocument]:
    """Return the readers of summaries in documents, by the documents' suffixes."""

    def read(path: Path) -> Iterator[Candidate]:
        # Most runs check records only, and the importer takes longer to import than all rules together.
        from kepu_docs.importing.document_candidates import document_candidates

        yield from document_candidates(engine, path)

    return dict.fromkeys(SUFFIXES, read)
