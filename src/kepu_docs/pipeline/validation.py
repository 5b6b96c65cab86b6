"""From plain data to a work summary: reports all faults of a record at once, with place, finding and expectation."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from math import isfinite
from typing import Any, Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kepu_docs.errors import N_, Fault, Message, Place, RecordError
from kepu_docs.errors.closeness import Closeness
from kepu_docs.errors.first_faults import AND_MORE, MOST_FAULTS, and_more, first_faults
from kepu_docs.errors.visible import excerpt
from kepu_docs.locale.words import Languages
from kepu_docs.pipeline.expectations import (
    EXPECTATIONS,
    MISSING,
    NO_SUCH_KIND,
    UNKNOWN_KEY,
    WITHOUT_KIND,
    WRONG_VALUE,
    Expectation,
)
from kepu_docs.pipeline.keys import EnglishData, Path, in_english
from kepu_docs.schema import Section, WorkSummary
from kepu_docs.schema.passages import Subheading, form_of
from kepu_docs.schema.program_data import plain_data
from kepu_docs.schema.shapes import children
from kepu_docs.schema.summary import UNKNOWN_KIND, validated

Locate = Callable[..., Place]

_SHOWN: Final = 40
_LONGEST_STEP: Final = 80
"""The longest name of a field in messages, in characters: an unknown key may be as long as the file."""
_MOST_DIGITS: Final = 640
"""The most digits of a whole number in messages; Python refuses to write out a longer one."""
_PREFIX: Final = re.compile("(Value error|Assertion failed), ")
"""What pydantic puts before the message of a validator."""


def validate(
    data: object,
    model: type[WorkSummary],
    *,
    name: str = "",
    locate: Locate | None = None,
    known: Iterable[Fault] = (),
    languages: Languages | None = None,
) -> WorkSummary:
    """Return the summary that ``data`` describes.

    ``locate(path, key=…)`` gives the place of a value. With ``languages``, keys and choices may be written in any of
    these languages, and faults are in the language of the keys. Raises ``RecordError`` with every fault, including the
    faults ``known`` beforehand.
    """
    faults = list(known)
    # A record whose own keys are clearly not English is translated first, and validated once.
    english = in_english(data, model, languages.vocabulary) if languages and _is_foreign(data) else EnglishData(data)
    summary, failure = _attempt(model, english.data)
    if failure and languages and not _is_foreign(data):
        english = in_english(data, model, languages.vocabulary)
        if english.is_foreign:
            summary, failure = _attempt(model, english.data)
    if failure and locate is None:
        # Data from text files is always plain; data from programs may not be.
        plain = plain_data(data)
        if plain is not data:
            return validate(plain, model, name=name, known=faults, languages=languages)
    report = _Report(model, name, locate, english, languages if english.locale else None)
    if failure:
        faults += report.faults(failure, english.data)
    faults += first_faults(report.doubled())
    if faults:
        more = [fault for fault in faults if fault.msgid == AND_MORE]
        rest = sorted((fault for fault in faults if fault.msgid != AND_MORE), key=_position)
        raise RecordError(map(report.translated, (*rest, *more)))
    assert summary is not None  # noqa: S101  (otherwise there is a fault)
    return summary


def _attempt(model: type[WorkSummary], data: object) -> tuple[WorkSummary | None, ValidationError | None]:
    """Return the summary, or the error that the data caused."""
    try:
        return validated(model, data), None
    except ValidationError as error:
        return None, error


def _is_foreign(data: object) -> bool:
    return isinstance(data, Mapping) and any(isinstance(key, str) and not key.isascii() for key in data)


def _position(fault: Fault) -> tuple[int, int]:
    return fault.place.line or 0, fault.place.column or 0


class _Report:
    """Reports the faults of one record, in the names and the language of its keys."""

    def __init__(
        self,
        model: type[WorkSummary],
        name: str,
        locate: Locate | None,
        english: EnglishData | None = None,
        languages: Languages | None = None,
    ) -> None:
        self._model = model
        self._name = name
        self._locate = locate
        self._english = english or EnglishData()
        self._languages = languages
        self._closeness = Closeness()

    def translated(self, fault: Fault) -> Fault:
        """Return ``fault`` in the language of the keys."""
        if self._languages is None:
            return fault
        message = fault.as_message.translated(self._languages.translation(self._english.locale))
        return replace(fault, shown=message)

    def doubled(self) -> Iterator[Fault]:
        """Yield the fault of each key that is a second name of a field already given."""
        for path, first in self._english.doubled:
            text = N_(
                "“{key}” and “{first}” are two names of one field; remove one of them, or combine both into one list"
            )
            key = str(path[-1])[:_SHOWN]
            values = {"key": key, "first": first, "expected": Message(N_("one of the two")), "found": f"{first}, {key}"}
            yield Fault(self._place(path, is_key=True), text, tuple(values.items()), path=path)

    def faults(self, error: ValidationError, data: object) -> Iterator[Fault]:
        """Yield the faults that ``error`` finds in ``data``: the first hundred, and the number of the others."""
        every = error.errors(include_url=False)
        details = [(_path(detail["loc"]), detail) for detail in every[:MOST_FAULTS]]
        misspelt: set[Path] = set()
        faults = []
        for path, detail in details:
            is_key = detail["type"] == "extra_forbidden"
            if is_key:
                code = UNKNOWN_KEY
                message, meant = self._unknown_key(path, data)
                if meant:
                    misspelt.add((*path[:-1], meant))
            else:
                code, message = self._explain(detail)
            written = self._english.original(_written(path, data))
            place = self._place(written, is_key=is_key)
            fault = Fault(place, message.text, message.values, code=code, path=written)
            faults.append((path, detail["type"], fault))
        for path, kind, fault in faults:
            # A field whose name is only misspelt is not reported as missing as well.
            if kind != "missing" or path not in misspelt:
                yield fault
        if len(every) > MOST_FAULTS:
            path = self._english.original(_path(every[MOST_FAULTS]["loc"]))
            yield and_more(self._place(path, is_key=False), len(every) - MOST_FAULTS)

    def _place(self, written: Path, *, is_key: bool) -> Place:
        place = self._locate(written, key=is_key) if self._locate else Place(self._name)
        return replace(place, field=field_name(written))

    def _explain(self, detail: ErrorDetails) -> tuple[str, Message]:
        """Return the code and the message of a fault: what is expected and what was found."""
        kind, context = detail["type"], dict(detail.get("ctx") or {})
        if kind == "missing":
            return _message(MISSING)
        if kind == "union_tag_not_found":
            return _message(WITHOUT_KIND)
        if kind == "union_tag_invalid":
            kinds = [self._choice(tag.strip(" '")) for tag in str(context["expected_tags"]).split(",")]
            tag = str(context["tag"])
            help_, close = self._nearest(tag, kinds)
            text = N_("there is no section kind “{found}”; {help}")
            if not close:
                text = N_(
                    "there is no section kind “{found}”; {help}. A plugin may be missing: “kepu-docs "
                    "plugins list” shows the installed plugins"
                )
            return NO_SUCH_KIND, Message.of(text, found=tag[:_SHOWN], help=help_, expected=tuple(kinds))
        found = shown_value(detail["input"])
        expectation = EXPECTATIONS.get(kind)
        if kind == "literal_error":
            context["expected"] = tuple(self._choice(each) for each in re.findall("'([^']*)'", context["expected"]))
        if kind == "string_type" and isinstance(detail["input"], int | float) and detail["input"] not in (True, False):
            quoted = N_('expected a text, in quotation marks: "{value}"')
            problem: Message | str = Message.of(quoted, value=shown_value(detail["input"]))
        elif (
            kind in ("int_type", "int_from_float") and isinstance(detail["input"], float) and isfinite(detail["input"])
        ):
            problem = Message.of(N_("expected a whole number, such as {whole}"), whole=round(detail["input"]))
        elif expectation and expectation.problem:
            problem = Message.of(expectation.problem, **context)
        else:
            problem = _own(detail, context)
        expected = Message.of(expectation.expected, **context) if expectation else problem
        code = expectation.code if expectation else WRONG_VALUE
        return code, Message.of(N_("{problem}; found {found}"), problem=problem, found=found, expected=expected)

    def _choice(self, choice: str) -> str:
        languages = self._languages
        return languages.vocabulary.choice_label(choice, self._english.locale) if languages else choice

    def _unknown_key(self, path: Path, data: object) -> tuple[Message, str]:
        """Return the message about an unknown key, and the field that was probably meant."""
        key = str(path[-1])
        owner = _model_at(path[:-1], data, self._model)
        names = {name: name for name in owner.model_fields} if owner else {}
        if owner and self._languages and not key.isascii():
            words = self._languages.vocabulary
            names = {words.label(owner, name, self._english.locale): name for name in names}
        help_, close = self._nearest(key, list(names))
        text = N_("there is no field “{found}” here; {help}")
        message = Message.of(text, found=key[:_SHOWN], help=help_, expected=tuple(names))
        return message, names[close] if close else ""

    def _nearest(self, word: str, known: list[str]) -> tuple[Message, str]:
        """Return help for the writer of ``word``, and the word that was probably meant, or nothing."""
        # Of two hanzi one may be wrong.
        close = self._closeness.nearest(word, known, 0.6 if word.isascii() else 0.5)
        if close:
            return Message.of(N_("did you mean “{name}”?"), name=close), close
        return Message.of(N_("available: {names}"), names=tuple(known)), ""


def _message(expectation: Expectation) -> tuple[str, Message]:
    """Return the code and the message of something that is missing."""
    expected, nothing = Message(expectation.expected), Message(N_("nothing"))
    return expectation.code, Message.of(expectation.problem, expected=expected, found=nothing)


def _own(detail: ErrorDetails, context: dict[str, Any]) -> Message | str:
    """Return the message of a type of the schema, of pydantic, or of a validator of a foreign section kind."""
    text = context.pop("text", None)
    if isinstance(text, str):
        return Message.of(text, **context)
    return _PREFIX.sub("", detail["msg"]).partition("\n")[0]


def _path(location: Path) -> Path:
    """Return the path of a fault in the record: pydantic's path without the names of the chosen alternatives."""
    match location:
        case ("sections", position, kind, *rest) if kind == UNKNOWN_KIND:
            location = ("sections", position, *rest)
    match location:
        case ("written", position, _, *rest):
            return ("written", position, *rest)
        case ("sections", section, "written", position, _, *rest):
            return ("sections", section, "written", position, *rest)
        case _:
            return location


def _written(path: Path, data: object) -> Path:
    """Return a path without the steps below a value that is written as one: the number of a quantity."""
    for number, step in enumerate(path):
        if not isinstance(data, Mapping | list | tuple):
            return path[:number]
        try:
            data = data[step]  # type: ignore[index]
        except (LookupError, TypeError):
            return path
    return path


def field_name(path: Path) -> str:
    """Return the name of the field at ``path`` for messages: ``sections[1].sessions[0].attendance``."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            name = step if len(step) <= _LONGEST_STEP else step[:_LONGEST_STEP] + "…"
            text += f".{name}" if text else name
    return text


def shown_value(value: object) -> Message | str:
    """Return a value as a message shows it: short, on one line, printable."""
    match value:
        case None:
            return Message(N_("nothing"))
        case Mapping():
            names = ", ".join(str(key)[:_SHOWN] for key in islice(value, 3))
            return Message.of(N_("fields ({names})"), names=names[:_SHOWN])
        case list() | tuple():
            return Message.of(N_("a list of {length}"), length=len(value))
        case str():
            return f"“{excerpt(value)}”"
        case bool():
            return str(value).lower()
        case int() if abs(value) >= 10**_MOST_DIGITS:
            return Message.of(N_("a number of more than {limit} digits"), limit=_MOST_DIGITS)
        case _:
            return str(value)[:_SHOWN]


def _model_at(path: Path, data: Any, model: type[BaseModel]) -> type[BaseModel] | None:
    """Return the model of the fields at ``path``; ``None`` if it is not known."""
    candidates = [model]
    for step in path:
        if isinstance(step, str):
            owner = _of_kind(candidates, data)
            candidates = list(children(owner, step)) if owner else []
        data = data[step]
    return _of_kind(candidates, data)


def _of_kind(candidates: list[type[BaseModel]], data: Any) -> type[BaseModel] | None:
    """Return the only candidate, or the section kind or form of passage among several that ``data`` names."""
    if len(candidates) == 1:
        return candidates[0]
    form = form_of(data)
    if form and Subheading in candidates:
        return next((each for each in candidates if form in each.model_fields), None)
    kind = data.get("kind") if isinstance(data, Mapping) else None
    return next((each for each in candidates if issubclass(each, Section) and each.kind_name() == kind), None)
