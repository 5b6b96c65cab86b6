"""The options that several commands have."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Formats: TypeAlias = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="F,F",
        help="Formats, separated by commas: docx,pdf,html,md,txt; for a form, also xlsx.",
    ),
]
Folder: TypeAlias = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the documents; created if missing.")
]
FolderOrOutput: TypeAlias = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for the documents, created if missing; - writes a single document to standard output.",
    ),
]
DocumentLocale: TypeAlias = Annotated[str, typer.Option(metavar="L", help="Language of the documents.")]
Look: TypeAlias = Annotated[
    str,
    typer.Option(
        metavar="NAME", help="Look of Word and PDF documents: gongwen or briefing; of web pages: gongwen or wechat."
    ),
]
Reference: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FILE.docx", help="Word template: a Word document whose page, styles and numbering are used."),
]
Form: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FORM", help="Form to fill in: a Word document or workbook with placeholders."),
]
Toc: TypeAlias = Annotated[
    bool, typer.Option("--toc", help="Put a table of contents into Word and PDF documents and web pages.")
]
PdfStandard: TypeAlias = Annotated[
    str, typer.Option(metavar="S", help="PDF standard: a-3a, a-2b, ua-1, a-3a,ua-1, none, ….")
]
Templates: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder with your own wording templates, which take precedence.")
]
Convert: TypeAlias = Annotated[
    bool, typer.Option("--convert", help="Convert the record's own words to Traditional characters; for zh_Hant.")
]
Against: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="SOURCE", help="Records of an earlier year; their figures are compared with this year's."),
]
AgainstTable: TypeAlias = Annotated[
    bool, typer.Option("--against-table", help="Also show the figures of both years in a table.")
]
Wording: TypeAlias = Annotated[
    str | None, typer.Option(metavar="W", help="Wording of sentences: varied, or plain for always the first wording.")
]
Headings: TypeAlias = Annotated[
    str | None, typer.Option(metavar="H", help="Headings: plain, or message for what the facts of a section say.")
]
NoEmbed: TypeAlias = Annotated[bool, typer.Option("--no-embed", help="Leave the record out of Word and PDF documents.")]
