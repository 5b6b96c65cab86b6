"""The command ``workbook``."""

from pathlib import Path
from typing import Annotated

import typer

from kepu_docs.cli.choices import known_kinds
from kepu_docs.cli.interface import Interface


def workbook(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="File to write; must not exist yet.")],
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND]...", help="Section kinds to ask for; all of them if none.")
    ] = None,
    locale: Annotated[
        str | None, typer.Option(metavar="L", help="Language of headings; that of messages if not given.")
    ] = None,
) -> None:
    """Make an empty workbook to hand out: a sheet of communities, and one for each list."""
    from kepu_docs.pipeline import empty_workbook, write_new_file

    interface: Interface = context.obj
    engine = interface.engine()
    chosen = known_kinds(engine.registry, kinds or (), interface)
    words = engine.languages.words(interface.locale if locale is None else locale)
    write_new_file(file, empty_workbook(engine.registry, chosen, words))
    interface.say("{path}", path=file)
