"""The words of a document and of its record, to be compared: without numbers of headings, punctuation and white space."""

import re
from collections.abc import Iterator

import kepu_docs
from kepu_docs.blocks import AttachmentNote, Document, Heading, ListBlock, Paragraph, Signature, Table
from kepu_docs.importing import ImportedSummary


def bare(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text)


def of_document(summary: ImportedSummary) -> str:
    """Return the words that a document shows, with the day of signing as records have it."""
    texts: list[str] = []
    headings = list(summary.outline)
    signed_on = next((fact.sentence for fact in summary.facts if fact.path == ("signed_on",)), "")
    for line, place in zip(summary.text, summary.text_places, strict=True):
        if headings and headings[0].place == place:
            line = line.removeprefix(headings.pop(0).number)
        if signed_on and line.endswith(signed_on):
            line = line.removesuffix(signed_on) + str(summary.summary.signed_on)
        texts.append(line)
    assert not headings
    return bare("".join(texts))


def of_record(summary: ImportedSummary) -> str:
    """Return the words that the record's document shows."""
    document = kepu_docs.compose(summary.summary)
    return bare("".join(_told(document, summary)))


def _told(document: Document, summary: ImportedSummary) -> Iterator[str]:
    if summary.title:
        yield document.title
    yield document.addressee
    for block in document.blocks:
        match block:
            case Heading():
                yield block.text + block.body
            case Paragraph():
                yield block.text
            case ListBlock():
                yield from (item.number + item.lead + item.text for item in block.items)
            case Table():
                yield block.number + block.caption
                yield from (column.title for column in block.columns)
                yield from (cell for row in block.rows for cell in row)
            case AttachmentNote():
                several = len(block.names) > 1
                yield block.lead
                yield from (f"{place}{name}" if several else name for place, name in enumerate(block.names, 1))
            case Signature():
                yield block.body
                yield str(summary.summary.signed_on or "")
            case _:
                raise TypeError(block)
