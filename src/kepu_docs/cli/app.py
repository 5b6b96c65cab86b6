"""The commands. What is heavy is imported when a command runs, so that ``--help`` stays quick."""

import json
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kepu_docs.errors import KepuError
from kepu_docs.locale.chain import DEFAULT_LOCALE

if TYPE_CHECKING:
    from kepu_docs.registry import Registry

app = typer.Typer(
    name="kepu-docs",
    help="From the facts of a community's year of science popularisation to its finished work summary.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
plugins_app = typer.Typer(help="What is installed.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(plugins_app, name="plugins")


def main() -> NoReturn:
    """Run the command line and exit."""
    # Chinese comes out right on a system whose locale does not know it, and a closed pipe is no fault.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    warnings.showwarning = _warn
    try:
        app()
    except KepuError as error:
        _complain(error)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exception as error:
        typer.echo(f"error: this is a fault of kepu-docs, not yours; please report it: {error!r}", err=True)
        sys.exit(1)
    sys.exit(0)


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    """Show a warning as the command line shows everything else."""
    typer.echo(f"warning: {message}", err=True)


@app.command()
def render(
    records: Annotated[list[Path], typer.Argument(metavar="RECORD...", help="Record files: .yaml, .json or .toml.")],
    formats: Annotated[
        str, typer.Option("--format", "-f", metavar="F,F", help="Formats, with commas between them: docx,md,txt.")
    ] = "docx",
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the documents; it is made if need be.")
    ] = Path(),
    locale: Annotated[str, typer.Option(metavar="L", help="Language of the documents.")] = DEFAULT_LOCALE,
    look: Annotated[str, typer.Option(metavar="NAME", help="Look of Word documents: gongwen or briefing.")] = "",
    reference: Annotated[
        Path | None,
        typer.Option(metavar="FILE.docx", help="Word document whose page, styles and numbering are to be taken."),
    ] = None,
    toc: Annotated[bool, typer.Option("--toc", help="Put a table of contents into Word documents.")] = False,
    no_embed: Annotated[bool, typer.Option("--no-embed", help="Leave the record out of Word documents.")] = False,
) -> None:
    """Make the documents of records. A record that fails is reported; the others are made."""
    from kepu_docs.contract import RenderOptions
    from kepu_docs.pipeline import NamesTaken, default_engine, make_folder, read_reference

    engine = default_engine()
    wanted = list(dict.fromkeys(name.strip() for name in formats.split(",") if name.strip()))
    _known_formats(engine.registry, wanted)
    _known_locale(locale)
    options = RenderOptions(look, read_reference(reference) if reference else b"", toc)
    make_folder(folder)
    names = NamesTaken()
    failed = 0
    for record in records:
        try:
            for path in engine.render_file(record, wanted, folder, names, locale, options, embed=not no_embed):
                typer.echo(path)
        except KepuError as error:
            failed += 1
            _complain(error)
    if failed:
        done = len(records) - failed
        typer.echo(f"{failed} of {len(records)} records failed; {done} done", err=True)
        raise typer.Exit(1)


@app.command()
def new(
    kinds: Annotated[
        list[str] | None, typer.Argument(metavar="[KIND]...", help="Section kinds to begin with; all of them if none.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; must not exist yet.")
    ] = None,
) -> None:
    """Print a starter record with a comment for each field, for the installed section kinds."""
    from kepu_docs.pipeline import default_engine, starter_record, write_new_file

    registry = default_engine().registry
    for kind in kinds or ():
        if kind not in registry.kinds:
            raise typer.BadParameter(f"no section kind is called “{kind}”; known are: {', '.join(registry.kinds)}")
    text = starter_record(registry, kinds or list(registry.kinds))
    if output:
        write_new_file(output, text.encode())
        typer.echo(output)
    else:
        typer.echo(text, nl=False)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record with the installed plugins, for editors."""
    from kepu_docs.pipeline import default_engine
    from kepu_docs.schema import json_schema

    typer.echo(json.dumps(json_schema(default_engine().registry.model), ensure_ascii=False, indent=2))


@plugins_app.command("list")
def plugins_list() -> None:
    """List the installed plugins: version, and the section kinds and formats that each adds."""
    from kepu_docs.pipeline import default_engine

    broken = False
    for plugin in default_engine().registry.plugins:
        offers = [
            f"{what}: {', '.join(names)}"
            for what, names in (("section kinds", plugin.sections), ("formats", plugin.formats))
            if names
        ]
        state = f"BROKEN: {plugin.problem}" if plugin.problem else "; ".join(offers) or "nothing of its own"
        broken = broken or bool(plugin.problem)
        typer.echo(f"{plugin.name} {plugin.version}  {state}")
    if broken:
        raise typer.Exit(1)


def _known_formats(registry: "Registry", formats: list[str]) -> None:
    known = ", ".join(sorted(registry.renderers))
    for name in formats:
        if name not in registry.renderers:
            raise typer.BadParameter(f"there is no format “{name}”; the formats are: {known}", param_hint="--format")
    if not formats:
        raise typer.BadParameter(f"no format is given; the formats are: {known}", param_hint="--format")


def _known_locale(locale: str) -> None:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError) as error:
        raise typer.BadParameter(f"“{locale}” is no locale such as zh_Hans", param_hint="--locale") from error


def _complain(error: KepuError) -> None:
    for fault in error.faults:
        typer.echo(f"error: {fault}", err=True)
