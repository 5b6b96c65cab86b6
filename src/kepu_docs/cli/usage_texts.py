"""The messages of the command line library, in the user's language.

Typer's messages are in English, differ from version to version, and cannot be translated beforehand. So its finished
lines are parsed and composed again; an unknown line is not changed.
"""

import re
from typing import Final

from kepu_docs.cli.option_groups import HEADINGS
from kepu_docs.errors import N_, Message, Translate

_LINES: Final = (
    N_("Usage: {usage}"),
    N_("Options:"),
    N_("Commands:"),
    N_("Arguments:"),
    *HEADINGS,
    N_("Try '{command} {option}' for help."),
    N_("Error: Missing argument {name}."),
    N_("Error: Missing option {name}."),
    N_("Error: Missing command."),
    N_("Error: No such option: {name} (Possible options: {names})"),
    N_("Error: No such option: {name} Did you mean {names}?"),
    N_("Error: No such option: {name}"),
    N_("Error: No such command {name}. Did you mean {names}?"),
    N_("Error: No such command {name}."),
    N_("Error: Got unexpected extra argument(s) ({arguments})"),
    N_("Error: Invalid value for {name}: {problem}"),
    N_("Error: Invalid value: {problem}"),
    N_("Error: Option {name} requires an argument."),
    N_("Error: Option {name} does not take a value."),
)
_HELP: Final = N_("Show this message and exit.")
_REQUIRED: Final = N_("required")
_DEFAULT: Final = N_("default: {value}")


def translated_usage(text: str, translate: Translate) -> str:
    """Return the output of the command line library, line by line in the user's language."""
    if not text:
        return ""
    return "\n".join(_line(line, translate) for line in text.split("\n"))


def _line(line: str, translate: Translate) -> str:
    if line.endswith(_HELP):
        return line.removesuffix(_HELP) + translate(_HELP)
    about, bracket, limits = line.rpartition("  [")
    if bracket and limits.endswith("]"):
        shown = "; ".join(_limit(each, translate) for each in limits.removesuffix("]").split("; "))
        return f"{about}  [{shown}]"
    for template in _LINES:
        found = re.fullmatch(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template)), line)
        if found:
            return Message.of(template, **found.groupdict()).translated(translate)
    return line


def _limit(text: str, translate: Translate) -> str:
    """Return what an option says of its value: that it is required, its default, or its range."""
    if text == _REQUIRED:
        return translate(_REQUIRED)
    _, default, value = text.partition("default: ")
    return Message.of(_DEFAULT, value=value).translated(translate) if default else text
