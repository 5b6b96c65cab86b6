"""The commands of ``form``: forms that somebody else designed."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kepu_docs.cli import options as option
from kepu_docs.cli.choices import known_locale
from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_, KepuError
from kepu_docs.locale.chain import DEFAULT_LOCALE

form_app = typer.Typer(help="Forms that somebody else designed.", no_args_is_help=True, rich_markup_mode=None)


@form_app.command("check")
def check_form(
    context: typer.Context,
    form: Annotated[Path, typer.Argument(metavar="FORM", help="Word document or workbook with placeholders.")],
    locale: option.DocumentLocale = DEFAULT_LOCALE,
) -> None:
    """Find what is wrong with a form, without a record, and say what of a record it shows."""
    interface: Interface = context.obj
    engine = interface.engine()
    known_locale(locale, interface)
    try:
        report = engine.check_form(form, locale)
    except KepuError as error:
        raise named(error, form) from None
    if report.faults:
        raise named(KepuError(report.faults), form)
    labels = engine.languages.words(interface.locale)
    interface.say(N_("{count} placeholders, nothing wrong"), count=report.placeholders)
    for text, kinds in (
        (N_("the form shows something of: {kinds}"), report.needed),
        (N_("the form shows nothing of: {kinds}"), report.unused),
    ):
        if kinds:
            interface.say(text, kinds=", ".join(map(labels.choice, kinds)))


def named(error: KepuError, form: Path) -> KepuError:
    """Return an error whose faults name the form's file."""
    return type(error)([replace(fault, place=replace(fault.place, record=str(form))) for fault in error.faults])
