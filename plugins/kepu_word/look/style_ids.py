"""The styles that blocks take: their ids in our own documents, and their names as Word knows them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """Ids of the styles by what they are for; those of headings are of levels 1 to 4.

    Paragraphs take ``headings``, or ``bare_headings`` where they have no number; ``heading_runs`` set a heading that
    runs in before its text. ``contents`` are of the table of contents' entries, by level.
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
