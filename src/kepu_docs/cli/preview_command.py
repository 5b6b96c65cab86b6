"""The command ``preview``."""

import os
import sys
import webbrowser
from glob import has_magic
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from kepu_docs.cli import options as option
from kepu_docs.cli.choices import known_locale
from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_, Place, SourceError
from kepu_docs.errors.addresses import is_address
from kepu_docs.locale.chain import DEFAULT_LOCALE

if TYPE_CHECKING:
    from kepu_docs.preview.editor import Editor

_EDITOR = "KEPU_DOCS_EDITOR"
_USUAL_EDITOR = "vscode"


def preview(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(metavar="RECORD|FOLDER|SOURCE", help="A record, or anything else that batch reads, except -."),
    ],
    locale: option.DocumentLocale = DEFAULT_LOCALE,
    look: option.Look = "",
    reference: option.Reference = None,
    toc: option.Toc = False,
    templates: option.Templates = None,
    convert: option.Convert = False,
    against: option.Against = None,
    against_table: option.AgainstTable = False,
    wording: option.Wording = None,
    headings: option.Headings = None,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="Port of the page (default: any free port).")
    ] = 0,
    editor: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Editor in which links open: vscode (default), vscodium, cursor, zed, idea, "
            "sublime, textmate or none; or an address pattern with {path}, {line} and {column}. "
            "To set it permanently, use KEPU_DOCS_EDITOR.",
        ),
    ] = "",
    browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in the browser, or only print its address.")
    ] = True,
) -> None:
    """Show the document and its errors in the browser. The page follows each save; Ctrl-C ends it."""
    interface: Interface = context.obj
    if source == "-":
        raise interface.wrong(
            "RECORD|FOLDER|SOURCE", N_("changes of standard input cannot be followed; name a file or a folder")
        )
    engine = interface.engine()
    known_locale(locale, interface)
    try:
        from kepu_docs.preview.run import listen, run
    except ImportError as error:
        text = N_('the live page needs the extra “preview”: pip install "kepu-docs[preview]" ({module} is missing)')
        raise interface.wrong("preview", text, module=error.name or "?") from None
    from kepu_docs.pipeline import read_reference
    from kepu_docs.pipeline.document_settings import DocumentSettings
    from kepu_docs.pipeline.locations import locations
    from kepu_docs.preview.choices import Choices
    from kepu_docs.preview.state import State, Subject

    chosen_editor = _editor(editor or os.environ.get(_EDITOR, "") or _USUAL_EDITOR, interface)
    DocumentSettings(wording, headings)
    read_reference(reference or b"")
    for given in (source, *(against or ())):
        if not (is_address(given) or has_magic(given) or os.path.exists(given)):
            raise SourceError.at(Place(given), "there is no such file")
        # A folder may be filled later.
        if not os.path.isdir(given):
            locations(engine, [given])
    subject = Subject((source,), tuple(against or ()), templates, reference, toc, convert, against_table)
    usual = Choices("", interface.locale, locale, look, wording or "", headings or "")
    listening = listen(port)
    state = State(engine, subject, usual)

    def ready(address: str) -> None:
        interface.say(N_("the page is at {address}, for this computer only; Ctrl-C ends it"), address=address)
        if browser and _has_browser():
            # Some browser commands only return when the browser ends, and the browser waits for the page.
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    run(state, chosen_editor, listening, ready)


def _editor(given: str, interface: Interface) -> "Editor":
    from kepu_docs.preview.editor import PATTERNS, Editor

    editor = Editor.named(given)
    if editor is None:
        text = N_(
            "there is no editor “{editor}”; the editors are: {known}; or give an address pattern such as {example}"
        )
        example = PATTERNS[_USUAL_EDITOR]
        raise interface.wrong("--editor", text, editor=given, known=", ".join(PATTERNS), example=example)
    return editor


def _has_browser() -> bool:
    """Return whether there is a graphical browser: one in the terminal would take it over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
