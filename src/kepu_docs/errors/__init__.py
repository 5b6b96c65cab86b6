"""The errors of kepu-docs: one small family, each with its place, written for the person who must act.

A message is an English template and its values, kept apart so that it can be shown in another language. Each value is
always shown on one line, without invisible characters: see :mod:`kepu_docs.errors.visible`.
"""

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Final, Self, TypeAlias, cast

from kepu_docs.default_engine import named_default_engine
from kepu_docs.errors.addresses import shown_location
from kepu_docs.errors.codes import CODES, OTHER
from kepu_docs.errors.visible import harmless, visible

Translate: TypeAlias = Callable[[str], str]
"""Translates an English text of kepu-docs into another language, with its placeholders."""

Path: TypeAlias = tuple[str | int, ...]
"""The path of a value in a record: ``("sections", 1, "sessions", 0, "attendance")``."""

_ENGLISH: Final = "en"
_MOST_BITS: Final = 64
"""The size of the largest whole number that is written as one: longer ones are unreadable, and Python refuses to write
them."""


def N_(text: str) -> str:  # noqa: N802  (gettext's name for it)
    """Return ``text``, marked for the catalogues: it is translated later, when it is shown."""
    return text


_BETWEEN: Final = N_("{first}, {second}")
"""The mark between names in a row."""


@dataclass(frozen=True, slots=True)
class Message:
    """An English text with its ``{names}``, and the values that fill them; values may be messages or faults too."""

    text: str
    values: tuple[tuple[str, object], ...] = ()

    @classmethod
    def of(cls, text: str, **values: object) -> Self:
        """Return the message of a text and its values."""
        return cls(text, tuple(values.items()))

    def translated(self, translate: Translate) -> str:
        """Return the message in the language of ``translate``; a translation with other names is ignored."""
        text = translate(self.text)
        if not self.values:
            return harmless(text)
        values = {name: _shown(value, translate) for name, value in self.values}
        try:
            filled = text.format(**values)
        except (LookupError, ValueError):
            if text == self.text:
                raise
            filled = self.text.format(**values)
        return harmless(filled)

    def __str__(self) -> str:
        return self.translated(str)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found; unknown parts are empty.

    ``record`` is a file name or another name of the record, ``line`` and ``column`` count from 1, ``cell`` is a cell of
    a table such as ``活动!C5``, ``field`` is a path such as ``sections[1].sessions[0].attendance``.
    """

    record: str = ""
    line: int | None = None
    column: int | None = None
    field: str = ""
    cell: str = ""

    def __str__(self) -> str:
        position = visible(shown_location(self.record))
        if self.line is not None:
            position += f":{self.line}"
            if self.column is not None:
                position += f":{self.column}"
        return harmless(": ".join(part for part in (position, visible(self.cell), visible(self.field)) if part))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its place, what was found, what was expected, and what may help.

    ``msgid`` is the message in English; it may hold ``{names}``, which ``values`` fills. Values named ``expected`` and
    ``found`` are those of the fault, whether the message names them or not.
    """

    place: Place
    msgid: str
    values: tuple[tuple[str, object], ...] = ()
    _: KW_ONLY
    code: str = ""
    """What is wrong, for programs: a code such as ``record-missing-field``, which later releases keep. The default is
    the code of the text (:mod:`kepu_docs.errors.codes`), or ``other`` for a text that does not belong to kepu-docs."""
    path: Path = ()
    """The path of the value in the record, with keys as they are written there; empty if it is not known."""
    shown: str = ""
    """The message in the language of the record's keys, if that is not English."""

    def __post_init__(self) -> None:
        if not self.code:
            object.__setattr__(self, "code", CODES.get(self.msgid, OTHER))

    @property
    def as_message(self) -> Message:
        """What is wrong, without the place, translatable into any language."""
        return Message(self.msgid, self.values)

    @property
    def message(self) -> str:
        """What is wrong, without the place: in English, or in the language of the record's keys."""
        return self.shown or str(self.as_message)

    @property
    def expected(self) -> str:
        """What would be right, in English; empty if the fault does not state it separately."""
        return self._value("expected", str)

    @property
    def found(self) -> str:
        """What was found instead, in English; empty if the fault does not state it separately."""
        return self._value("found", str)

    def text(self, locale: str = _ENGLISH) -> str:
        """Return what is wrong, without the place, in the language of ``locale``, such as ``zh_Hans``.

        Texts that are not in the catalogues of the installed plugins stay English. Raises ``TemplateError`` for an
        invalid locale, such as a complete ``Accept-Language`` header.
        """
        return self.as_message.translated(_translation(locale))

    def to_dict(self, locale: str = _ENGLISH) -> dict[str, Any]:
        """Return the fault as data for JSON, with its texts in the language of ``locale``.

        It has ``code``, ``path`` (a list), ``place`` (``record``, ``line``, ``column``, ``field``, ``cell``),
        ``message``, ``expected`` and ``found``.
        """
        translate = _translation(locale)
        place = self.place
        return {
            "code": self.code,
            "path": list(self.path),
            "place": {
                "record": visible(shown_location(place.record)),
                "line": place.line,
                "column": place.column,
                "field": visible(place.field),
                "cell": visible(place.cell),
            },
            "message": self.as_message.translated(translate),
            "expected": self._value("expected", translate),
            "found": self._value("found", translate),
        }

    def translated(self, translate: Translate) -> str:
        """Return place and message in the language of ``translate``."""
        place = str(self.place)
        message = self.shown or self.as_message.translated(translate)
        return harmless(f"{place}: {message}") if place else message

    def __str__(self) -> str:
        return self.translated(str)

    def _value(self, name: str, translate: Translate) -> str:
        return next((harmless(str(_shown(value, translate))) for key, value in self.values if key == name), "")


def _translation(locale: str) -> Translate:
    """Return the translation into a language, from the default engine."""
    if locale == _ENGLISH:
        return str
    translate: Translate = named_default_engine().languages.translation(locale)
    return translate


def _shown(value: object, translate: Translate) -> str | int | float:
    """Return a value as a message shows it: names in a row with the mark that a language has between them.

    Numbers are left unchanged, so that a text may say how they are written.
    """
    if isinstance(value, Message | Fault):
        return value.translated(translate)
    if isinstance(value, tuple):
        between = translate(_BETWEEN).replace("{first}", "").replace("{second}", "")
        return visible(between.join(map(str, value)))
    is_short = type(value) in (bool, float) or (type(value) is int and value.bit_length() <= _MOST_BITS)
    return cast("int | float", value) if is_short else visible(value)


class KepuWarning(UserWarning):
    """A warning that the user should know about; work goes on."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class KepuError(Exception):
    """Anything that kepu-docs refuses or fails at: one or more faults, each with its place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @classmethod
    def at(cls, place: Place, text: str, *, path: Path = (), **values: object) -> Self:
        """Return an error with a single fault; ``path`` is that of the fault, ``values`` fill the ``text``."""
        return cls([Fault(place, text, tuple(values.items()), path=path)])

    def to_dict(self, locale: str = _ENGLISH) -> dict[str, Any]:
        """Return the error as data for JSON: ``error`` (the class name) and ``faults``, as :class:`Fault` has."""
        return {"error": type(self).__name__, "faults": [fault.to_dict(locale) for fault in self.faults]}

    def __reduce__(self) -> tuple[type, tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class RecordError(KepuError):
    """A record cannot be read or does not fit the schema."""


class SourceError(KepuError):
    """A source of records cannot be read, or not to its end."""


class SettingsError(KepuError):
    """A file of settings contains something unknown or invalid."""


class TemplateError(KepuError):
    """A wording template is wrong, or failed on a record."""


class RenderError(KepuError):
    """A renderer cannot show a document."""


class DocumentError(KepuError):
    """A Word document that was supplied is broken, refused, or not what it should be."""


class OutputError(KepuError):
    """A finished document cannot be written."""


class PluginError(KepuError):
    """A plugin is missing, broken, or in conflict with another."""


class FormatError(PluginError):
    """There is no such format; for compatibility with earlier releases it is also a ``PluginError``."""


class InternalError(KepuError):
    """A fault of kepu-docs itself, which affects one record and not the others."""

    @classmethod
    def of(cls, error: BaseException, place: Place) -> Self:
        """Return the error of a record at ``place`` that failed with an unexpected exception."""
        return cls([internal_fault(error, place)])


def internal_fault(error: BaseException, place: Place) -> Fault:
    """Return the fault of a record that failed with an unexpected exception."""
    try:
        shown = repr(error)
    except Exception:  # its values may be of any type
        shown = type(error).__name__
    text = N_("this is a bug in kepu-docs, not your mistake; please report it: {error}")
    return Fault(place, text, (("error", shown),))
