"""The options that several commands have, and what they make of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from kepu_docs.contract.renderers import RenderOptions

Formats: TypeAlias = Annotated[
    str, typer.Option("--format", "-f", metavar="F,F", help="Formats, with commas between them: docx,md,txt.")
]
Folder: TypeAlias = Annotated[
    Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the documents; it is made if need be.")
]
DocumentLocale: TypeAlias = Annotated[str, typer.Option(metavar="L", help="Language of the documents.")]
Look: TypeAlias = Annotated[str, typer.Option(metavar="NAME", help="Look of Word documents: gongwen or briefing.")]
Reference: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="FILE.docx", help="Word document whose page, styles and numbering are to be taken."),
]
Toc: TypeAlias = Annotated[bool, typer.Option("--toc", help="Put a table of contents into Word documents.")]
Templates: TypeAlias = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Folder of wording templates of your own, which count first.")
]
NoEmbed: TypeAlias = Annotated[bool, typer.Option("--no-embed", help="Leave the record out of Word documents.")]


def render_options(look: str, reference: Path | None, toc: bool) -> "RenderOptions":
    """Return how Word documents are to be made. Raises ``TemplateError`` for a reference that cannot be taken."""
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.pipeline import read_reference

    return RenderOptions(look, read_reference(reference) if reference else b"", toc)
