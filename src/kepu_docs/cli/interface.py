"""The output of the command line, in the user's language."""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import typer

from kepu_docs.cli.streams import Streams
from kepu_docs.errors import N_, InternalError, KepuError, Message, TemplateError, Translate
from kepu_docs.errors.addresses import without_secrets
from kepu_docs.errors.visible import harmless

if TYPE_CHECKING:
    from kepu_docs.pipeline import Engine

OPTION = "--ui-locale"
TRACEBACK: Final = "KEPU_DOCS_TRACEBACK"
"""The variable that makes internal faults show their traceback."""
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_CHINESE: Final = MappingProxyType(
    {
        "zh": "zh",
        "zh_Hans": "zh_Hans",
        "zh_Hant": "zh_Hant",
        "zh_CN": "zh_Hans_CN",
        "zh_SG": "zh_Hans_SG",
        "zh_TW": "zh_Hant_TW",
        "zh_HK": "zh_Hant_HK",
        "zh_MO": "zh_Hant_MO",
    }
)
"""What Babel makes of the usual names of Chinese."""


class Interface:
    """Writes to the user: results on standard output, faults on standard error."""

    def __init__(self, locale: str, find_translation: Callable[[str], Translate]) -> None:
        """``find_translation`` returns the core translation for a locale; it is called once, on first use."""
        self.locale = locale
        self.streams = Streams()
        self._find_translation = find_translation
        self._translation: Translate | None = str if locale == "en" else None

    def translate(self, text: str) -> str:
        """Return an English text in the user's language: a text of the core, or of a plugin once plugins are loaded."""
        if self._translation is None:
            self._translation = self._find_translation(self.locale)
        return self._translation(text)

    def engine(self) -> "Engine":
        """Return the engine of the installed plugins; their catalogues are used from now on.

        A plugin's catalogue that cannot be read is reported, and then no plugin catalogues are used.
        """
        from kepu_docs.pipeline import default_engine

        engine = default_engine()
        if self.locale != "en":
            try:
                self._translation = engine.languages.translation(self.locale)
            except TemplateError as error:
                for fault in error.faults:
                    self.warn(fault)
        return engine

    def message(self, text: str, **values: object) -> str:
        """Return a message in the user's language."""
        return Message.of(text, **values).translated(self.translate)

    def say(self, text: str, **values: object) -> None:
        """Write what was done to standard output."""
        self.streams.write(f"{self.message(text, **values)}\n")

    def note(self, text: str, **values: object) -> None:
        """Write a note to standard error."""
        self.streams.write(f"{self.message(text, **values)}\n", err=True)

    def warn(self, message: object) -> None:
        """Warn on standard error."""
        self.note(N_("warning: {message}"), message=message)

    def fail(self, fault: object) -> None:
        """Write a fault to standard error."""
        self.note(N_("error: {fault}"), fault=fault)

    def show(self, text: str) -> None:
        """Write a finished text of several lines to standard output: a report, a starter record, help."""
        self.streams.write(text)

    def complain(self, error: KepuError) -> None:
        """Write faults to standard error, one on each line."""
        for fault in error.faults:
            self.fail(fault)
        if isinstance(error, InternalError) and error.__cause__:
            self.trace(error.__cause__)

    def trace(self, error: BaseException) -> None:
        """Show the traceback of an internal fault, if that is requested."""
        if os.environ.get(TRACEBACK):
            self.streams.write(harmless(without_secrets("".join(traceback.format_exception(error)))), err=True)

    def wrong(self, hint: str, text: str, **values: object) -> typer.BadParameter:
        """Return the error of wrong usage; ``hint`` is the option or argument."""
        return typer.BadParameter(self.message(text, **values), param_hint=hint)


def user_locale(arguments: Sequence[str]) -> str:
    """Return the locale of the user: that of ``--ui-locale``, the environment or Windows; ``en`` if none is known."""
    asked = _asked(arguments) or next(filter(None, map(os.environ.get, _VARIABLES)), "") or _locale_of_windows()
    # Babel takes long to import and is not needed for the most common cases.
    if asked.partition(".")[0] in ("", "C", "POSIX", "en"):
        return "en"
    if (known := asked.partition(".")[0].replace("-", "_")) in _CHINESE:
        return _CHINESE[known]
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(asked.partition(".")[0].partition("@")[0].replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "en"


def _locale_of_windows() -> str:
    """Return the language in which Windows speaks to the user, such as ``zh_CN``; nothing on other systems.

    Windows sets none of the variables that other systems set.
    """
    if sys.platform != "win32":
        return ""
    import ctypes
    import locale

    return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")


def option_first(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with ``--ui-locale`` before the command, wherever the user put it."""
    first: list[str] = []
    others: list[str] = []
    given = iter(arguments)
    for argument in given:
        if argument == "--":
            return [*first, *others, argument, *given]
        if argument == OPTION:
            value = list(islice(given, 1))
            (first if value else others).extend((argument, *value))
        elif argument.startswith(f"{OPTION}="):
            first.append(argument)
        else:
            others.append(argument)
    return [*first, *others]


def _asked(arguments: Sequence[str]) -> str:
    """Return the locale of ``--ui-locale``; if it is given several times, the last one, as for every option."""
    asked = ""
    for argument, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        if argument == "--":
            break
        if argument == OPTION:
            asked = following
        elif argument.startswith(f"{OPTION}="):
            asked = argument.removeprefix(f"{OPTION}=")
    return asked


def translate_help(command: Any, translate: Translate) -> None:
    """Translate the help texts of ``command`` and all its subcommands into the user's language."""
    for part in (command, *command.params):
        for name in ("help", "short_help"):
            text = getattr(part, name, None)
            if text:
                setattr(part, name, translate(_one_paragraph(text)))
    if getattr(command, "help", None) and not command.short_help:
        # What the list of commands shows; the library looks for the full stop of English alone.
        command.short_help = "".join(command.help.partition("。")[:2])
    for below in getattr(command, "commands", {}).values():
        translate_help(below, translate)


def help_texts(command: Any) -> Iterable[str]:
    """Yield the help texts of ``command`` and all its subcommands, for the catalogues."""
    for part in (command, *command.params):
        text = getattr(part, "help", None)
        if text:
            yield _one_paragraph(text)
    for below in getattr(command, "commands", {}).values():
        yield from help_texts(below)


def _one_paragraph(text: str) -> str:
    return " ".join(text.split())
