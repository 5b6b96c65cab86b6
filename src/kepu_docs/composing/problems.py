"""The faults of wording templates, as messages that can be shown in the user's language.

Jinja2's own errors have only a text.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import LoopContext
from jinja2.utils import missing

from kepu_docs.errors import N_, Message
from kepu_docs.errors.closeness import Closeness
from kepu_docs.schema import WorkSummary

NAMES: Final = (
    *("section", "span", "body", "people", "rolled_up", "member", "members", "message"),
    *(name for name in WorkSummary.model_fields if name != "sections"),
)
"""The facts that a template names without a parent."""
LOOP: Final = (
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "previtem", "nextitem",
)  # fmt: skip
"""Knowledge of the loop variable."""
_LONGEST_NAME: Final = 100
"""The longest name that an error repeats, in characters."""
_MOST_NAMES: Final = 40
"""The most names that an error lists."""


class WordingError(TemplateRuntimeError):
    """Something in a template went wrong."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


class WordingSyntaxError(TemplateSyntaxError):
    """A template cannot be used as it is written."""

    def __init__(self, problem: Message, line: int, name: str, file: str) -> None:
        super().__init__(str(problem), line, name, file)
        self.problem = problem


class UnknownFactError(UndefinedError):
    """A template asks for a fact that does not exist."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


class UnknownFact(StrictUndefined):
    """The value of a fact that does not exist: any use of it raises an error with the fact's name."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: type[Exception] = UnknownFactError
    ) -> None:
        super().__init__(hint, obj, name, exc)  # type: ignore[arg-type]

    @property
    def _undefined_message(self) -> Any:
        # The hint is for something that the sandbox forbids, with an error of its own.
        return self._undefined_hint or unknown_fact(self._undefined_name, self._undefined_obj)


def require_known(value: Any) -> None:
    """Raise the error for a fact that does not exist, if ``value`` is one."""
    if isinstance(value, UnknownFact):
        str(value)


def unknown_fact(name: Any, holder: Any) -> Message:
    """Return the fault of asking ``holder`` for ``name``; ``missing`` holds the facts of a template."""
    if isinstance(name, int) and isinstance(holder, list | tuple):
        return Message.of(N_("a list of {count} has no entry {number}"), count=len(holder), number=name)
    name = str(name)[:_LONGEST_NAME]
    if holder is missing:
        return no_fact(name, NAMES)
    if holder is None:
        text = N_("“{name}” belongs to a fact that this record does not have; test for that fact first: {example}")
        return Message.of(text, name=name, example="{% if … %}")
    if isinstance(holder, Mapping):
        return no_fact(name, [each for each in holder if isinstance(each, str)])
    if isinstance(holder, LoopContext):
        return no_fact(name, LOOP)
    return no_facts_of(name)


def no_facts_of(name: str) -> Message:
    """Return what is wrong with asking a single value for ``name``."""
    return Message.of(N_("“{name}” belongs to a text, a number or a list, which has no facts of its own"), name=name)


def no_fact(name: str, known: Iterable[str], closeness: Closeness | None = None) -> Message:
    """Return the fault that no fact has a name, with the nearest known one."""
    names = list(known)
    close = (closeness or Closeness()).nearest(name, names)
    return Message.of(N_("there is no fact “{name}”; {help}"), name=name, help=_help(close, names))


def _help(close: str, names: list[str]) -> Message:
    if close:
        return Message.of(N_("did you mean “{name}”?"), name=close)
    shown = ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "")
    return Message.of(N_("available: {names}"), names=shown or "-")


def without_place(pattern: str) -> Message:
    """Return what is wrong with a pattern that has no place for its value."""
    text = N_(
        "phrase(“{pattern}”) has no {place} for its value, which would be lost; write {place} where the value belongs"
    )
    return Message.of(text, pattern=pattern[:_LONGEST_NAME], place="{}")


def without_value(pattern: str) -> Message:
    """Return what is wrong with a pattern that has a place, and only a yes to fill it."""
    text = N_("phrase(“{pattern}”) follows a yes or no, which has no value for {place}; write the words without it")
    return Message.of(text, pattern=pattern[:_LONGEST_NAME], place="{}")
