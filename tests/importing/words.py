"""The words of a document and of its record, for comparison: without heading numbers, punctuation and white space."""

import re
from collections.abc import Iterator

import kepu_docs
from kepu_docs.blocks import AttachmentNote, Document, Heading, ListBlock, Paragraph, Signature, Table
from kepu_docs.importing.documents import ImportedSummary


def bare(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]+", "", text)


def of_document(summary: ImportedSummary) -> str:
    """Return the words that a document shows, with the days of signing and of printing as records have them."""
    texts: list[str] = []
    headings = list(summary.outline)
    signed_on = next((fact.sentence for fact in summary.facts if fact.path == ("signed_on",)), "")
    imprint = summary.summary.imprint
    below = summary.place(("imprint",)).line if imprint is not None and imprint.printed_on is not None else None
    for line, place in zip(summary.text, summary.text_places, strict=True):
        if headings and headings[0].place == place:
            line = line.removeprefix(headings.pop(0).number)
        if signed_on and line.endswith(signed_on) and place == summary.place(("signed_on",)):
            line = line.removesuffix(signed_on) + str(summary.summary.signed_on)
        is_below = below is not None and place.line is not None and place.line >= below
        texts.append(_PRINTED.sub(_day, line) if is_below else line)
    assert not headings
    return bare("".join(texts))


def of_record(summary: ImportedSummary) -> str:
    """Return the words that the record's document shows."""
    document = kepu_docs.compose(summary.summary)
    return bare("".join(_told(document, summary)))


_PRINTED = re.compile("([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日印发$")


def _day(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]:0>2}{found[3]:0>2}印发"


def _told(document: Document, summary: ImportedSummary) -> Iterator[str]:
    head, foot = document.letterhead, summary.summary.imprint
    if head is not None:
        yield from (head.copy, head.secrecy, head.urgency, head.issuer, head.number)
        yield f"签发人{head.signer}" if head.signer else ""
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
    if foot is not None:
        yield "抄送" + "".join(foot.copied_to) if foot.copied_to else ""
        yield foot.printed_by or ""
        yield f"{foot.printed_on}印发" if foot.printed_on else ""
