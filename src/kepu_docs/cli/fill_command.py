"""The command ``fill``."""

from pathlib import Path
from typing import Annotated

import typer

from kepu_docs.cli import options as option
from kepu_docs.cli.choices import known_locale
from kepu_docs.cli.document_options import document_settings
from kepu_docs.cli.form_command import named
from kepu_docs.cli.interface import Interface
from kepu_docs.cli.made_documents import make_documents
from kepu_docs.errors import KepuError
from kepu_docs.locale.chain import DEFAULT_LOCALE


def fill(
    context: typer.Context,
    form: Annotated[
        Path,
        typer.Argument(metavar="FORM", help="Word document or workbook with placeholders; see “kepu-docs form check”."),
    ],
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="RECORD...", help="Record files, or anything else that batch reads: a workbook, a folder, -."
        ),
    ],
    folder: option.FolderOrOutput = Path(),
    locale: option.DocumentLocale = DEFAULT_LOCALE,
    look: option.Look = "",
    templates: option.Templates = None,
    convert: option.Convert = False,
    against: option.Against = None,
    against_table: option.AgainstTable = False,
    wording: option.Wording = None,
    headings: option.Headings = None,
    no_embed: option.NoEmbed = False,
) -> None:
    """Fill in an office's own form from records. Each record becomes one document."""
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.pipeline import read_reference

    interface: Interface = context.obj
    engine = interface.engine()
    known_locale(locale, interface)
    options = RenderOptions(look, form=read_reference(form))
    try:
        made = engine.form_format(options.form)
        engine.require_form(options, locale)
    except KepuError as error:
        raise named(error, form) from None
    make_documents(
        interface,
        sources,
        [made],
        folder,
        locale,
        options,
        templates=templates,
        convert=convert,
        settings=document_settings(engine, against, wording, headings, table=against_table),
        embed=not no_embed,
    )
