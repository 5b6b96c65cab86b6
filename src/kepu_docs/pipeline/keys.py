"""Records in the user's language: keys and choices by the labels of the catalogues, mixed with English ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.schema import Section
from kepu_docs.schema.shapes import TRUTH, children, choices_of

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Spoken:
    """A record's data with English names, and how its writer called things.

    ``locale`` is the language of the first name that is not English, empty where all are. ``written`` has the keys as
    they stand in the record, by the paths with English names. ``doubled`` are paths in the record at which a second
    name for the same field stands, with the first. ``chosen`` says whether a choice was not in English.
    """

    data: Any = None
    locale: str = ""
    written: dict[Path, str] = field(default_factory=dict)
    doubled: list[tuple[Path, str]] = field(default_factory=list)
    chosen: bool = False

    def original(self, path: Path) -> Path:
        """Return a path with English names as it is in the record."""
        return tuple([self.written.get(path[: place + 1], step) for place, step in enumerate(path)])


def in_english(data: Any, model: type[BaseModel], vocabulary: Vocabulary) -> Spoken:
    """Return ``data`` with the names of ``model``. What is no name in any language is left for validation to refuse."""
    spoken = Spoken()
    spoken.data = _value(data, (model,), (), (), spoken, vocabulary)
    return spoken


def _value(
    value: Any, candidates: tuple[type[BaseModel], ...], path: Path, written: Path, spoken: Spoken, words: Vocabulary
) -> Any:
    match value:
        case list() | tuple():
            return [
                _value(part, candidates, (*path, place), (*written, place), spoken, words)
                for place, part in enumerate(value)
            ]
        case Mapping():
            owner = _owner(value, candidates, words)
            if owner is None and candidates and issubclass(candidates[0], Section):
                # Of a section of no known kind this much can be said: which kind it claims to be.
                owner = Section
            return value if owner is None else _fields(value, owner, path, written, spoken, words)
        case _:
            return value


def _fields(
    value: Mapping[Any, Any], owner: type[BaseModel], path: Path, written: Path, spoken: Spoken, words: Vocabulary
) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    first: dict[str, str] = {}
    for key, part in value.items():
        name = key
        found = words.field(owner, key) if isinstance(key, str) and key not in owner.model_fields else None
        if found:
            name, locale = found
            spoken.locale = spoken.locale or locale
        if name in first:
            spoken.doubled.append(((*written, key), first[name]))
            continue
        first[name] = key
        if name != key:
            spoken.written[*path, name] = key
        if name in owner.model_fields:
            here, there = (*path, name), (*written, key)
            result[name] = _chosen(part, owner, name, spoken, words)
            result[name] = _value(result[name], children(owner, name), here, there, spoken, words)
        else:
            result[name] = part
    return result


def _chosen(value: Any, owner: type[BaseModel], name: str, spoken: Spoken, words: Vocabulary) -> Any:
    """Return the choice that a text names in another language, or ``value`` as it is."""
    choices = choices_of(owner, name)
    if not isinstance(value, str) or not choices or value in choices:
        return value
    # Section kinds are chosen before their model is known: any kind may be meant.
    found = words.choice(value, choices)
    if found is None:
        return value
    spoken.chosen = True
    return TRUTH.get(found, found)


def _owner(
    value: Mapping[Any, Any], candidates: tuple[type[BaseModel], ...], words: Vocabulary
) -> type[BaseModel] | None:
    """Return the model of a mapping: the only candidate, or the section kind or form of passage that it says it is."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    if not all(issubclass(each, Section) for each in candidates):
        return next((each for each in candidates if _has_needed(value, each, words)), None)
    kinds = {each.kind_name(): each for each in candidates if issubclass(each, Section)}
    for key, part in value.items():
        if isinstance(part, str) and (key == "kind" or (isinstance(key, str) and _is_kind(key, candidates, words))):
            return kinds.get(part) or kinds.get(words.choice(part, tuple(kinds)) or "")
    return None


def _has_needed(value: Mapping[Any, Any], model: type[BaseModel], words: Vocabulary) -> bool:
    """Tell whether all fields stand in a mapping that the model cannot do without, under some name."""
    named = {(words.field(model, key) or (key,))[0] for key in value if isinstance(key, str)}
    return all(name in named for name, field in model.model_fields.items() if field.is_required())


def _is_kind(key: str, candidates: tuple[type[BaseModel], ...], words: Vocabulary) -> bool:
    found = words.field(candidates[0], key)
    return found is not None and found[0] == "kind"
