"""From plain data to a work summary: all faults of a record at once, each with place, finding and expectation."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kepu_docs.errors import Fault, Place, RecordError
from kepu_docs.schema import Section, WorkSummary

Path = tuple[str | int, ...]
Locate = Callable[..., Place]

_SHOWN: Final = 40

_EXPECTED: Final = {
    "string_type": "expected a text{quote}",
    "int_type": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "bool_type": "expected true or false",
    "finite_number": "expected a number",
    "tuple_type": "expected a list",
    "model_type": "expected fields, each with its name",
    "dict_type": "expected fields, each with its name",
    "greater_than_equal": "expected at least {ge}",
    "less_than_equal": "expected at most {le}",
    "too_long": "a list of {actual_length}; at most {max_length} are allowed",
    "literal_error": "expected one of {expected}",
}


def validate(
    data: object, model: type[WorkSummary], *, name: str = "", locate: Locate | None = None, known: Iterable[Fault] = ()
) -> WorkSummary:
    """Return the summary that ``data`` describes.

    ``locate(path, key=…)`` gives the place of a value. Raises ``RecordError`` with every fault, together with the
    faults ``known`` beforehand.
    """
    faults = list(known)
    try:
        summary = model.model_validate(data)
    except ValidationError as error:
        faults += _faults(error, data, model, name, locate)
    if faults:
        raise RecordError(sorted(faults, key=_position))
    return summary


def _position(fault: Fault) -> tuple[int, int]:
    return fault.place.line or 0, fault.place.column or 0


def _faults(
    error: ValidationError, data: object, model: type[WorkSummary], name: str, locate: Locate | None
) -> Iterator[Fault]:
    details = [(_path(detail["loc"], data), detail) for detail in error.errors(include_url=False)]
    misspelt: set[Path] = set()
    faults = []
    for path, detail in details:
        is_key = detail["type"] == "extra_forbidden"
        place = locate(path, key=is_key) if locate else Place(name)
        place = Place(place.record, place.line, place.column, _field(path))
        if is_key:
            text, values, meant = _unknown_key(path, data, model)
            if meant:
                misspelt.add((*path[:-1], meant))
        else:
            text, values = _explain(detail)
        faults.append((path, detail["type"], Fault(place, text, tuple(values.items()))))
    for path, kind, fault in faults:
        # A field is not missing too, when its name is only misspelt.
        if kind != "missing" or path not in misspelt:
            yield fault


def _path(location: Path, data: Any) -> Path:
    """Return the path of a fault in the record: pydantic's, without the names of the chosen section kinds."""
    match location:
        case ("sections", position, kind, *rest) if _kind_of(data, position) == kind:
            return ("sections", position, *rest)
        case _:
            return location


def _kind_of(data: Any, position: int | str) -> object:
    section = data["sections"][position]
    return section.get("kind") if isinstance(section, Mapping) else None


def _field(path: Path) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def _explain(detail: ErrorDetails) -> tuple[str, dict[str, object]]:
    """Return the message of a fault: what is expected, what was found."""
    kind, context = detail["type"], dict(detail.get("ctx") or {})
    if kind == "missing":
        return "this field is missing; it must be given", {}
    if kind == "union_tag_not_found":
        return "the section has no “kind”", {}
    if kind == "union_tag_invalid":
        known = [tag.strip(" '") for tag in str(context["expected_tags"]).split(",")]
        tag = str(context["tag"])
        return "no section kind is called “{found}”; {help}", {"found": tag[:_SHOWN], "help": _nearest(tag, known)}
    found = _shown(detail["input"])
    values: dict[str, object] = {**context, "found": found}
    expected = _EXPECTED.get(kind)
    if expected is None:
        # A message of our own, from the schema; its values are filled in already.
        return "{problem}; found {found}", {"problem": detail["msg"], "found": found}
    is_number = isinstance(detail["input"], int | float) and not isinstance(detail["input"], bool)
    values["quote"] = f', in quotation marks: "{detail["input"]}"' if is_number else ""
    return expected + "; found {found}", values


def _shown(value: object) -> str:
    """Return a value as a message shows it: short, on one line, printable."""
    match value:
        case None:
            return "nothing"
        case Mapping():
            return "fields (" + ", ".join(str(key) for key in list(value)[:3])[:_SHOWN] + ")"
        case list() | tuple():
            return f"a list of {len(value)}"
        case str():
            text = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
            return "“" + "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text) + "”"
        case bool():
            return str(value).lower()
        case _:
            return str(value)[:_SHOWN]


def _unknown_key(path: Path, data: object, model: type[WorkSummary]) -> tuple[str, dict[str, object], str]:
    """Return the message about an unknown key, and the name that was probably meant."""
    key = str(path[-1])
    owner = _model_at(path[:-1], data, model)
    known = list(owner.model_fields) if owner else []
    close = difflib.get_close_matches(key, known, n=1)
    values: dict[str, object] = {"found": key[:_SHOWN], "help": _nearest(key, known)}
    return "no field is called “{found}” here; {help}", values, close[0] if close else ""


def _nearest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean “{close[0]}”?" if close else "known are: " + ", ".join(known)


def _model_at(path: Path, data: Any, model: type[BaseModel]) -> type[BaseModel] | None:
    """Return the model of the fields at ``path``; ``None`` where it is not known."""
    candidates = [model]
    for step in path:
        if isinstance(step, str):
            owner = _of_kind(candidates, data)
            candidates = list(_models(owner.model_fields[step].annotation)) if owner else []
        data = data[step]
    return _of_kind(candidates, data)


def _of_kind(candidates: list[type[BaseModel]], data: Any) -> type[BaseModel] | None:
    """Return the one candidate, or that of several section kinds which ``data`` says it is."""
    if len(candidates) == 1:
        return candidates[0]
    kind = data.get("kind") if isinstance(data, Mapping) else None
    return next((each for each in candidates if issubclass(each, Section) and each.kind_name() == kind), None)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
