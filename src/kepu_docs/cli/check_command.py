"""The command ``check``."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_, KepuError, Message, SourceError
from kepu_docs.errors.visible import harmless, visible

if TYPE_CHECKING:
    from kepu_docs.checking import Settings
    from kepu_docs.contract.checks import Check


def check(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Records, or anything else that batch reads: workbook, folder, file name pattern, "
            "database, -; and documents.",
        ),
    ] = None,
    report: Annotated[
        str,
        typer.Option("--format", "-f", metavar="F", help="Output format of the findings: text, json, sarif or github."),
    ] = "text",
    fix: Annotated[
        bool, typer.Option("--fix", help="Fix what can be fixed safely, in YAML, JSON, TOML and plain text files.")
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.toml", help="Settings file (default: kepu-docs.toml next to PATH, or in a folder above it)."
        ),
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", metavar="NAME", help="Use only this rule; may be repeated.")
    ] = None,
    no_rule: Annotated[
        list[str] | None, typer.Option("--no-rule", metavar="NAME", help="Leave out a rule; may be repeated.")
    ] = None,
    against: Annotated[
        list[str] | None,
        typer.Option(metavar="SOURCE", help="Earlier records, to find copied passages; may be repeated."),
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="SEVERITY", help="Exit with status 1 from this severity on: error, warning (default) or info."
        ),
    ] = "",
    rules: Annotated[bool, typer.Option("--rules", help="Only list the rules; check nothing.")] = False,
) -> None:
    """Check records: copied text, figures, punctuation, gaps."""
    from kepu_docs.checking import Checker, Settings
    from kepu_docs.checking import check as run
    from kepu_docs.checking.formats import FORMATS
    from kepu_docs.checking.remarks import SEVERITIES
    from kepu_docs.importing.document_readers import document_readers

    interface: Interface = context.obj
    engine = interface.engine()
    known = Checker(engine, Settings()).rules
    if report not in FORMATS:
        text = N_("there is no format “{format}”; the formats are: {known}")
        raise interface.wrong("--format", text, format=report, known=", ".join(FORMATS))
    if fail_on and fail_on not in SEVERITIES:
        text = N_("“{value}” is not a severity; the severities are: {known}")
        raise interface.wrong("--fail-on", text, value=fail_on, known=", ".join(SEVERITIES))
    for option, names in (("--rule", rule or ()), ("--no-rule", no_rule or ())):
        for name in names:
            if name not in known:
                text = N_("there is no rule “{rule}”; the rules are: {known}")
                raise interface.wrong(option, text, rule=name, known=", ".join(known))
    settings = _settings(interface, config, paths or (), list(known)).chosen(rule or (), no_rule or ())
    if not engine.registry.checks:
        text = N_("no plugin provides rules, so only errors of format are found; see “kepu-docs plugins list”")
        interface.warn(Message(text))
    if rules:
        for each in known.values():
            interface.show(_shown(each, settings, interface) + "\n")
        return
    if not paths:
        raise interface.wrong("PATH...", N_("there is nothing to check"))
    try:
        found = run(engine, paths, settings, against=against or (), mend=fix, documents=document_readers(engine))
    except SourceError as error:
        interface.complain(error)
        raise typer.Exit(2) from None
    for warning in found.warnings:
        interface.warn(warning)
    interface.show(FORMATS[report](found, known, interface.translate))
    if report != "text":
        for fault in found.unmended:
            interface.fail(fault)
    if found.reaches(next((each for each in SEVERITIES if each == fail_on), settings.fail_on)):
        raise typer.Exit(1)


def _settings(interface: Interface, config: Path | None, paths: Sequence[str], rules: Sequence[str]) -> "Settings":
    """Return the settings of the given file, or of one that is found."""
    from kepu_docs.checking import Settings, find_settings

    file = config or find_settings(paths[0] if paths else "")
    if file is None:
        return Settings()
    try:
        return Settings.read(file, rules)
    except KepuError as error:
        interface.complain(error)
        raise typer.Exit(2) from None


def _shown(check: "Check", settings: "Settings", interface: Interface) -> str:
    """Return a rule on three lines: name and severity, what it finds, and why."""
    from kepu_docs.checking.formats.text_report import SEVERITY_NAMES

    severity = settings.severity(check.rule, check.severity)
    state = SEVERITY_NAMES[severity] if severity else N_("off")
    about, source = interface.message(check.about), interface.message(check.source)
    return harmless(f"{visible(check.rule)}  {interface.message(state)}\n    {about}\n    {source}")
