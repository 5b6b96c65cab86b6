"""The styles of blocks: their ids in documents of kepu-docs, and their names in Word."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of the styles by purpose; those of headings are for levels 1 to 4.

    Paragraphs have ``headings``, or ``bare_headings`` if they have no number; ``heading_runs`` are for a run-in heading
    before its text. ``contents`` are for the entries of the table of contents, by level.
    """

    cover: str = "CoverLine"
    letterhead_mark: str = "LetterheadMark"
    issuer: str = "Issuer"
    document_number: str = "DocumentNumber"
    signer: str = "Signer"
    title: str = "Title"
    addressee: str = "Addressee"
    body: str = "BodyText"
    headings: tuple[str, ...] = ("Heading1", "Heading2", "Heading3", "Heading4")
    bare_headings: tuple[str, ...] = ("Heading1Bare", "Heading2Bare", "Heading3Bare", "Heading4Bare")
    heading_runs: tuple[str, ...] = ("Heading1Char", "Heading2Char", "Heading3Char", "Heading4Char")
    lead: str = "Strong"
    numbered: str = "ListNumber"
    bullet: str = "ListBullet"
    caption: str = "Caption"
    figure: str = "Figure"
    table: str = "TableGrid"
    table_head: str = "TableHead"
    table_text: str = "TableText"
    table_gap: str = "TableGap"
    grid: str = "PhotoGrid"
    attachment: str = "AttachmentNote"
    signature: str = "Signature"
    date: str = "Date"
    imprint: str = "Imprint"
    page_number: str = "Footer"
    contents_title: str = "TOCHeading"
    contents: tuple[str, ...] = ("TOC1", "TOC2", "TOC3")
