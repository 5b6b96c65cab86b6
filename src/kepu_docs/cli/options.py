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
        help="Formats, with commas between them: docx,pdf,html,md,txt; xlsx for a form.",
    ),
]
Folder: TypeAlias = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the documents; it is made if need be.")
]
FolderOrOutput: TypeAlias = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="Folder for the documents, made if need be; - for standard output, which takes one document.",
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
    typer.Option(metavar="FILE.docx", help="Word document whose page, styles and numbering are to be taken."),
]
Form: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FORM", help="Word document or workbook with placeholders that is to be filled in."),
]
Toc: TypeAlias = Annotated[
    bool, typer.Option("--toc", help="Put a table of contents into Word and PDF documents and web pages.")
]
PdfStandard: TypeAlias = Annotated[
    str, typer.Option(metavar="S", help="Standard of PDF documents: a-3a, a-2b, ua-1, a-3a,ua-1, none, ….")
]
Templates: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of wording templates of your own, which count first.")
]
Convert: TypeAlias = Annotated[
    bool, typer.Option("--convert", help="Show the record's own words in Traditional characters; for zh_Hant.")
]
Against: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="SOURCE", help="Records of an earlier year, whose figures are compared with this year's."),
]
AgainstTable: TypeAlias = Annotated[
    bool, typer.Option("--against-table", help="Show the figures of both years in a table as well.")
]
Wording: TypeAlias = Annotated[
    str | None, typer.Option(metavar="W", help="Wording of sentences: varied, or plain for the first of each.")
]
Headings: TypeAlias = Annotated[
    str | None, typer.Option(metavar="H", help="Headings: plain, or message for what the facts of a section say.")
]
NoEmbed: TypeAlias = Annotated[bool, typer.Option("--no-embed", help="Leave the record out of Word and PDF documents.")]
