"""Records in the user's language: keys and choices named by the labels of the catalogues, mixed with English ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import NoneType
from typing import Any, Final, NamedTuple

from pydantic import BaseModel

from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.schema import Section
from kepu_docs.schema.shapes import TRUTH, children, choices_of

Path = tuple[str | int, ...]

_PLAIN = (str, int, float, bool, NoneType, date)
_PLAIN_TYPES = frozenset(_PLAIN)
_MODELS: Final = 512
"""How many models are remembered; thirty section kinds have some 150."""


@dataclass(slots=True)
class EnglishData:
    """A record's data with English names, and the names that its writer used.

    ``locale`` is the language of the first name that is not English, empty if all are English. ``written`` has the keys
    as they are in the record, by the paths with English names. ``doubled`` lists paths in the record with a second name
    for the same field, each with the first name. ``chosen`` says whether a choice was not in English.
    """

    data: Any = None
    locale: str = ""
    written: dict[Path, str] = field(default_factory=dict)
    doubled: list[tuple[Path, str]] = field(default_factory=list)
    chosen: bool = False

    @property
    def is_foreign(self) -> bool:
        """Whether any name or choice was not in English."""
        return bool(self.locale) or self.chosen

    def original(self, path: Path) -> Path:
        """Return a path with English names in the words of the record."""
        return tuple([self.written.get(path[: place + 1], step) for place, step in enumerate(path)])


def in_english(data: Any, model: type[BaseModel], vocabulary: Vocabulary) -> EnglishData:
    """Return ``data`` with the names of ``model``. Validation refuses keys that are no name in any language."""
    english = EnglishData()
    english.data = _value(data, (model,), (), (), english, vocabulary)
    return english


def _value(
    value: Any,
    candidates: tuple[type[BaseModel], ...],
    path: Path,
    written: Path,
    english: EnglishData,
    words: Vocabulary,
) -> Any:
    if isinstance(value, _PLAIN):  # true of most values
        return value
    if isinstance(value, list | tuple):
        return [
            part
            if type(part) in _PLAIN_TYPES
            else _value(part, candidates, (*path, place), (*written, place), english, words)
            for place, part in enumerate(value)
        ]
    if type(value) is not dict and not isinstance(value, Mapping):
        return value
    owner = _owner(value, candidates, words)
    if owner is None and candidates and issubclass(candidates[0], Section):
        # The section's kind is not known, but the section can at least name its kind.
        owner = Section
    return value if owner is None else _fields(value, owner, path, written, english, words)


def _fields(
    value: Mapping[Any, Any], owner: type[BaseModel], path: Path, written: Path, english: EnglishData, words: Vocabulary
) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    fields = _fields_of(owner)
    for key, part in value.items():
        name = key
        found = words.field(owner, key) if key not in fields and isinstance(key, str) else None
        if found:
            name, locale = found
            english.locale = english.locale or locale
        if name in result:
            english.doubled.append(((*written, key), english.written.get((*path, name), name)))
            continue
        if name != key:
            english.written[*path, name] = key
        known = fields.get(name)
        if known is None:
            result[name] = part
        elif isinstance(part, str):
            result[name] = _chosen(part, known.choices, english, words) if known.choices else part
        elif type(part) in _PLAIN_TYPES:
            result[name] = part
        else:
            result[name] = _value(part, known.children, (*path, name), (*written, key), english, words)
    return result


class _Field(NamedTuple):
    choices: tuple[str, ...]
    children: tuple[type[BaseModel], ...]


@lru_cache(_MODELS)
def _fields_of(owner: type[BaseModel]) -> Mapping[str, _Field]:
    return {name: _Field(choices_of(owner, name), children(owner, name)) for name in owner.model_fields}


def _chosen(value: str, choices: tuple[str, ...], english: EnglishData, words: Vocabulary) -> Any:
    """Return the choice that a text names in another language, or ``value`` unchanged."""
    if value in choices:
        return value
    # Section kinds are chosen before their model is known, so any kind is possible.
    found = words.choice(value, choices)
    if found is None:
        return value
    english.chosen = True
    return TRUTH.get(found, found)


def _owner(
    value: Mapping[Any, Any], candidates: tuple[type[BaseModel], ...], words: Vocabulary
) -> type[BaseModel] | None:
    """Return the model of a mapping: the only candidate, or the section kind or form of passage that it names."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    kinds = _kinds(candidates)
    if kinds is None:
        return next((each for each in candidates if _has_needed(value, each, words)), None)
    for key, part in value.items():
        if isinstance(part, str) and (key == "kind" or (isinstance(key, str) and _is_kind(key, candidates, words))):
            return kinds.get(part) or kinds.get(words.choice(part, tuple(kinds)) or "")
    return None


@lru_cache(64)
def _kinds(candidates: tuple[type[BaseModel], ...]) -> Mapping[str, type[Section]] | None:
    """Return section kinds by their names; ``None`` if not all candidates are section kinds."""
    kinds = {each.kind_name(): each for each in candidates if issubclass(each, Section)}
    return kinds if len(kinds) == len(candidates) else None


def _has_needed(value: Mapping[Any, Any], model: type[BaseModel], words: Vocabulary) -> bool:
    """Return whether a mapping has all required fields of the model, under any of their names."""
    named = {(words.field(model, key) or (key,))[0] for key in value if isinstance(key, str)}
    return all(name in named for name, field in model.model_fields.items() if field.is_required())


def _is_kind(key: str, candidates: tuple[type[BaseModel], ...], words: Vocabulary) -> bool:
    found = words.field(candidates[0], key)
    return found is not None and found[0] == "kind"
