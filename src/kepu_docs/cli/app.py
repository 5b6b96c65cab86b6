"""The commands. Heavy modules are imported when a command runs, so that ``--help`` stays fast."""

import os
import sys
import warnings
from contextlib import nullcontext, redirect_stdout
from copy import copy
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from kepu_docs.cli import options as option
from kepu_docs.cli.batch_command import batch
from kepu_docs.cli.check_command import check
from kepu_docs.cli.choices import complete_kinds, kind_named, known_formats, known_kinds, known_locale
from kepu_docs.cli.document_options import document_settings
from kepu_docs.cli.fill_command import fill
from kepu_docs.cli.form_command import form_app
from kepu_docs.cli.help_page import WIDEST, laid_out
from kepu_docs.cli.import_command import import_
from kepu_docs.cli.interface import OPTION, Interface, option_first, translate_help, user_locale
from kepu_docs.cli.logs import LogLevel, log_on_standard_error
from kepu_docs.cli.made_documents import make_documents
from kepu_docs.cli.option_groups import GroupedCommand
from kepu_docs.cli.preview_command import preview
from kepu_docs.cli.rollup_command import rollup
from kepu_docs.cli.streams import take_places, use_utf8
from kepu_docs.cli.usage_texts import translated_usage
from kepu_docs.cli.workbook_command import workbook
from kepu_docs.errors import N_, KepuError, KepuWarning, Message, Place, Translate, internal_fault
from kepu_docs.errors.addresses import scrubbed
from kepu_docs.errors.visible import harmless, json_text, visible
from kepu_docs.locale.chain import DEFAULT_LOCALE

app = typer.Typer(name="kepu-docs", no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
# The base class of typer's own errors, which has no public name.
_WRONG_USE: Any = next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")

# The names of the registry's variables; the registry is not imported before a command runs.
STRICT_PLUGINS = "KEPU_DOCS_STRICT_PLUGINS"
NO_PLUGIN = "KEPU_DOCS_NO_PLUGIN"
TRADITIONAL = "zh_Hant"
_COMPLETION = "_KEPU_DOCS_COMPLETE"
"""The variable with which a shell asks for completions; it needs the answer unchanged."""

plugins_app = typer.Typer(
    help="List the installed plugins, or start your own.", no_args_is_help=True, rich_markup_mode=None
)
templates_app = typer.Typer(help="List, copy and check wording templates.", no_args_is_help=True, rich_markup_mode=None)


def _show_version(context: typer.Context, value: bool) -> None:
    if value:
        from importlib.metadata import version

        interface: Interface = context.obj
        interface.show(f"kepu-docs {version('kepu-docs')}\n")
        raise typer.Exit


@app.callback()
def options(
    ui_locale: Annotated[
        str, typer.Option(OPTION, metavar="L", help="Language of messages and help (default: your system's).")
    ] = "",
    strict_plugins: Annotated[
        bool, typer.Option("--strict-plugins", help="Stop if a plugin is broken, instead of leaving it out.")
    ] = False,
    no_plugin: Annotated[
        list[str] | None, typer.Option("--no-plugin", metavar="NAME", help="Leave out a plugin; may be repeated.")
    ] = None,
    log_level: Annotated[
        LogLevel | None, typer.Option(help="Log what is done to standard error; debug logs everything.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn the facts of a community's year of science popularisation into a finished work summary."""
    # As variables, so that the worker processes of a batch heed them too.
    if strict_plugins:
        os.environ[STRICT_PLUGINS] = "1"
    if no_plugin:
        os.environ[NO_PLUGIN] = ",".join(no_plugin)
    if log_level:
        log_on_standard_error(log_level.value)


def main() -> NoReturn:
    """Run the command line and exit."""
    take_places()
    use_utf8()
    interface = Interface("en", _translation)
    try:
        arguments = option_first(sys.argv[1:])
        interface = Interface(user_locale(arguments), _translation)
        status = _main(arguments, interface)
    except Exception as error:
        status = _internal(error, interface)
    sys.exit(_ended(interface, status))


def _main(arguments: list[str], interface: Interface) -> int:
    """Return the exit status of a command, in the user's language."""
    warnings.showwarning = partial(_warn, interface)
    command = typer.main.get_command(_needed(arguments))
    if interface.locale != "en":
        translate_help(command, interface.translate)
    shown = StringIO()
    asks_for_help = (not arguments or "--help" in arguments) and _COMPLETION not in os.environ
    with redirect_stdout(shown) if asks_for_help else nullcontext():
        status = _run(command, arguments, interface)
    interface.show(laid_out(translated_usage(shown.getvalue(), interface.translate)))
    return status


def _needed(arguments: list[str]) -> typer.Typer:
    """Return an application with no command but the one that is called, which is sooner made; or else the whole one."""
    called = arguments[2:] if arguments[:1] == [OPTION] else arguments
    found = [each for each in app.registered_commands if called and each.name == called[0]]
    if not found or _COMPLETION in os.environ:
        return app
    needed = copy(app)
    needed.registered_commands, needed.registered_groups = found, []
    return needed


def _run(command: Any, arguments: list[str], interface: Interface) -> int:
    """Return the exit status of a command."""
    try:
        return int(
            command.main(arguments, "kepu-docs", obj=interface, standalone_mode=False, terminal_width=WIDEST) or 0
        )
    except KepuError as error:
        interface.complain(error)
        return 1
    except (typer.Abort, KeyboardInterrupt):
        interface.note(N_("stopped"))
        return 130
    except _WRONG_USE as error:
        interface.streams.write(translated_usage(_wrong_use(error, arguments), interface.translate), err=True)
        return int(error.exit_code)


def _wrong_use(error: Any, arguments: list[str]) -> str:
    """Return the command line library's message about wrong usage: it repeats arguments, which may be anything."""
    for name, value in vars(error).items():
        if isinstance(value, str):
            setattr(error, name, _tame(value, arguments))
        elif isinstance(value, list | tuple):
            setattr(error, name, [_tame(each, arguments) if isinstance(each, str) else each for each in value])
    shown = StringIO()
    error.show(shown)
    return harmless(shown.getvalue())


def _tame(text: str, arguments: list[str]) -> str:
    for argument in arguments:
        text = scrubbed(text, argument)
    return visible(text)


def _internal(error: Exception, interface: Interface) -> int:
    """Report an internal fault, and return the exit status; the message is in the user's language if possible."""
    for speaker in (interface, Interface("en", _translation)):
        try:
            speaker.fail(internal_fault(error, Place()))
            speaker.trace(error)
        except Exception:  # noqa: S112  (then in English)
            continue
        break
    return 2


def _ended(interface: Interface, status: int) -> int:
    """Return the exit status once everything is written, or lost."""
    streams = interface.streams
    streams.end()
    lost = streams.lost
    if lost is not None and not isinstance(lost, BrokenPipeError):
        reason = getattr(lost, "strerror", None) or Message(str(lost))
        interface.note(N_("error: standard output cannot be written: {reason}"), reason=reason)
        streams.end()
    return status if lost is None or status else 1


def _translation(locale: str) -> Translate:
    """Return the core translation: help, and faults of plugins, need no plugin."""
    from kepu_docs.locale.folders import installed
    from kepu_docs.locale.words import Languages

    return Languages([installed()]).translation(locale)


def _warn(interface: Interface, message: Warning | str, *_: object, **__: object) -> None:
    """Show a warning in the same way as other output of the command line."""
    interface.warn(message.message if isinstance(message, KepuWarning) else message)


def render(
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="RECORD...", help="Record files, or anything else that batch reads: a workbook, a folder, -."
        ),
    ],
    formats: option.Formats = "docx",
    folder: option.FolderOrOutput = Path(),
    locale: option.DocumentLocale = DEFAULT_LOCALE,
    look: option.Look = "",
    reference: option.Reference = None,
    toc: option.Toc = False,
    pdf_standard: option.PdfStandard = "",
    templates: option.Templates = None,
    convert: option.Convert = False,
    against: option.Against = None,
    against_table: option.AgainstTable = False,
    wording: option.Wording = None,
    headings: option.Headings = None,
    no_embed: option.NoEmbed = False,
) -> None:
    """Make documents from records. A record with an error is reported; the others are made."""
    from kepu_docs.contract.renderers import RenderOptions
    from kepu_docs.pipeline import read_reference

    interface: Interface = context.obj
    engine = interface.engine()
    wanted = known_formats(engine.registry, formats, interface)
    known_locale(locale, interface)
    make_documents(
        interface,
        sources,
        wanted,
        folder,
        locale,
        RenderOptions(look, read_reference(reference or b""), toc, pdf_standard),
        templates=templates,
        convert=convert,
        settings=document_settings(engine, against, wording, headings, table=against_table),
        embed=not no_embed,
    )


def new(
    context: typer.Context,
    kinds: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[KIND]...", help="Section kinds to include (default: all).", autocompletion=complete_kinds
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; it must not exist yet.")
    ] = None,
    locale: Annotated[
        str | None, typer.Option(metavar="L", help="Language of keys and comments (default: as for messages).")
    ] = None,
) -> None:
    """Print a starter record with a comment for each field. It has all installed section kinds, or those you name."""
    from kepu_docs.pipeline import starter_record, write_new_file

    interface: Interface = context.obj
    engine = interface.engine()
    registry = engine.registry
    chosen = known_kinds(engine, kinds or (), interface)
    language = interface.locale if locale is None else locale
    text = starter_record(registry, chosen, engine.languages.words(language))
    if output:
        write_new_file(output, text.encode())
        interface.say("{path}", path=output)
    else:
        interface.show(text)


def schema(
    context: typer.Context,
    locale: Annotated[
        str,
        typer.Option(metavar="L", help="Language of keys and explanations; keys in other languages are accepted too."),
    ] = "en",
) -> None:
    """Print the JSON Schema of a record, for editors. It includes the installed plugins."""
    from kepu_docs.pipeline import record_schema

    interface: Interface = context.obj
    engine = interface.engine()
    words = None if locale == "en" else engine.languages.words(locale)
    interface.show(json_text(record_schema(engine.registry, words), indent=2) + "\n")


@plugins_app.command("list")
def plugins_list(context: typer.Context) -> None:
    """List the installed plugins. Shows their versions, and the section kinds, formats and sources they add."""
    interface: Interface = context.obj
    broken = False
    for plugin in interface.engine().registry.plugins:
        offers = [
            interface.message(text, names=", ".join(names))
            for text, names in (
                (N_("section kinds: {names}"), plugin.sections),
                (N_("formats: {names}"), plugin.formats),
                (N_("sources: {names}"), plugin.sources),
                (N_("overrides: {names}"), plugin.overrides),
                (N_("rules: {names}"), plugin.checks),
                (N_("not applicable here: {names}"), plugin.idle),
            )
            if names
        ]
        state = offers or [interface.message(N_("adds nothing of its own"))]
        if plugin.left_out:
            state = [interface.message(N_("left out on request"))]
        elif plugin.problem:
            broken = True
            state = [interface.message(N_("BROKEN: {problem}"), problem=plugin.problem)]
        state += [remark.translated(interface.translate) for remark in plugin.remarks]
        line = harmless(f"{visible(plugin.name)} {visible(plugin.version)}  {'; '.join(state)}")
        interface.show(f"{line}\n")
    if broken:
        raise typer.Exit(1)


@plugins_app.command("new")
def plugins_new(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of the section kind, for example drills.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Folder of the project (default: kepu-docs-NAME)."),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TEXT",
            help="The section's heading in zh_Hans, or in another language: zh_Hant=TEXT; may be repeated.",
        ),
    ] = None,
) -> None:
    """Create the project of a section plugin. It has a model, wording in three languages, catalogues and tests."""
    from kepu_docs.pipeline import new_plugin

    interface: Interface = context.obj
    folder = output or Path(f"kepu-docs-{name.removeprefix('kepu-docs-')}")
    labels = dict(_label(each) for each in label or ())
    for path in new_plugin(name, folder, interface.engine().registry.kinds, labels):
        interface.say("{path}", path=path)
    if DEFAULT_LOCALE in labels and TRADITIONAL not in labels:
        interface.note(
            N_("the section has no name in {locale} yet; give it one: --label {locale}=…"),
            locale=TRADITIONAL,
        )


def _label(given: str) -> tuple[str, str]:
    """Return locale and text of a label: ``zh_Hant=防災演練``."""
    locale, equals, text = given.partition("=")
    return (locale.strip(), text.strip()) if equals else (DEFAULT_LOCALE, given.strip())


@templates_app.command("list")
def templates_list(
    context: typer.Context, locale: option.DocumentLocale = DEFAULT_LOCALE, templates: option.Templates = None
) -> None:
    """List the wording templates. Shows the file used for each, and the blocks that can be changed separately."""
    from kepu_docs.pipeline import default_engine
    from kepu_docs.pipeline.template_folder import template_names

    interface: Interface = context.obj
    engine = default_engine()
    composer = engine.composer(locale, templates)
    for name in template_names(engine.registry):
        file = composer.template(name)
        if file is None:  # a text that this kind does not have
            continue
        blocks = ", ".join(composer.blocks(name))
        interface.say("{name}  {file}  [{blocks}]" if blocks else "{name}  {file}", name=name, file=file, blocks=blocks)


@templates_app.command("check")
def templates_check(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Your own folder of templates (default: the installed templates)."),
    ] = None,
) -> None:
    """Check wording templates and catalogues, without a record."""
    interface: Interface = context.obj
    report = interface.engine().check_templates(folder)
    for fault in report.faults:
        interface.fail(fault)
    for kind in report.unchecked:
        text = N_("no sample can be made for the section kind “{kind}”; the names of its facts are not checked")
        interface.note(text, kind=kind)
    if report.faults:
        raise typer.Exit(1)
    interface.say(N_("no errors; templates and catalogues checked: {files}"), files=report.files)


@templates_app.command("copy")
def templates_copy(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="KIND", help="Section kind, or title, opening, closing.")],
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Your own folder of templates.")] = Path(
        "templates"
    ),
    locale: option.DocumentLocale = DEFAULT_LOCALE,
    phrase: Annotated[str, typer.Option(metavar="BLOCK", help="Copy this block only.")] = "",
) -> None:
    """Copy a wording template into your own folder, to change it there."""
    from kepu_docs.pipeline import make_folder, write_new_file
    from kepu_docs.pipeline.template_folder import default_source, phrases, template_names

    interface: Interface = context.obj
    engine = interface.engine()
    names = template_names(engine.registry)
    wanted = f"{name}.jinja" if f"{name}.jinja" in names else f"sections/{kind_named(engine, name) or name}.jinja"
    file = engine.composer(locale).template(wanted)
    if wanted not in names or file is None:
        known = ", ".join(each.removesuffix(".jinja").removeprefix("sections/") for each in names)
        raise interface.wrong("KIND", N_("there is no template “{name}”; {help}"), name=name, help=known)
    source = file.read_text(encoding="utf-8-sig")
    if phrase:
        known = ", ".join(phrases(source))
        if phrase not in phrases(source):
            raise interface.wrong(
                "--phrase", N_("there is no block “{name}”; the blocks are: {known}"), name=phrase, known=known
            )
        source = default_source(source, phrase)
    target = folder / locale / wanted
    make_folder(target.parent)
    write_new_file(target, source.encode())
    interface.say("{path}", path=target)


# In the order in which help lists them: from a record to its document, many records, what a record is made from.
app.command("render", cls=GroupedCommand)(render)
app.command("fill", cls=GroupedCommand)(fill)
app.command("batch", cls=GroupedCommand)(batch)
app.command("check", cls=GroupedCommand)(check)
app.command("preview", cls=GroupedCommand)(preview)
app.command("rollup", cls=GroupedCommand)(rollup)
app.command("import")(import_)
app.command("workbook")(workbook)
app.command("new")(new)
app.command("schema")(schema)
app.add_typer(form_app, name="form")
app.add_typer(templates_app, name="templates")
app.add_typer(plugins_app, name="plugins")
