"""The JSON Schema of a record in the user's language, for editors.

Fields and choices have their names in all languages, as when a record is read. Editors show those of one language, with
explanations in it.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any, Final

from pydantic import BaseModel

from kepu_docs.errors import N_
from kepu_docs.locale.words import Words
from kepu_docs.registry import Registry
from kepu_docs.schema import json_schema
from kepu_docs.schema.record_format import CHINESE, ENGLISH, JSON_SCHEMA
from kepu_docs.schema.shapes import TRUTH, children, choices_of

_NOT_SUGGESTED: Final = {"doNotSuggest": True}
"""A keyword of editors: the name is right, and is not offered."""
_ABOUT: Final = N_("The format of the record: 1. It may be left out.")


def record_schema(registry: Registry, words: Words | None = None) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the records that the registry's model accepts.

    With ``words``, keys and choices may be written in all languages, as in records, and titles and explanations are in
    the language of ``words``; without, everything is in English.
    """
    schema = json_schema(registry.model)
    if words is None:
        return _with_format(schema, ENGLISH)
    first, other = (CHINESE, ENGLISH) if words.locale.startswith("zh") else (ENGLISH, CHINESE)
    made = _with_format(_Localized(registry.model, words).whole(schema), first, words.about(_ABOUT))
    made["properties"][other] = {**JSON_SCHEMA, **_NOT_SUGGESTED}
    made.setdefault("allOf", []).append({"not": {"required": [first, other]}})
    return made


def _with_format(schema: dict[str, Any], name: str, about: str = _ABOUT) -> dict[str, Any]:
    """Return the schema of a record with its format, which is no field of a summary."""
    return {**schema, "properties": {**schema["properties"], name: {**JSON_SCHEMA, "description": about}}}


class _Localized:
    """Converts a schema to the language of some words."""

    def __init__(self, model: type[BaseModel], words: Words) -> None:
        self._model = model
        self._models: Mapping[str, type[BaseModel]] = {each.__name__: each for each in _all_models(model)}
        self._words = words
        self._shared: dict[str, dict[str, Any]] = {}
        """The schemas of fields, each of which is used under several names."""

    def whole(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Return the schema of a record."""
        parts = {name: self._part(part, self._models.get(name, self._model)) for name, part in schema["$defs"].items()}
        rest = {name: value for name, value in schema.items() if name != "$defs"}
        return {**self._part(rest, self._model), "$defs": parts | self._shared}

    def _part(self, part: Any, owner: type[BaseModel]) -> Any:
        """Return a part of the schema; an object with fields is a record of ``owner``."""
        if isinstance(part, list):
            return [self._part(each, owner) for each in part]
        if not isinstance(part, dict):
            return part
        made = {
            name: self._part(value, owner)
            for name, value in part.items()
            if name not in ("properties", "required", "discriminator")
        }
        if "description" in made:
            made["description"] = self._words.about(made["description"])
        if "properties" in part:
            made |= self._fields(part, owner)
        return made

    def _fields(self, part: Mapping[str, Any], owner: type[BaseModel]) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        rules: list[dict[str, Any]] = []
        for name, value in part["properties"].items():
            names = self._names(owner, name)
            shared = f"{owner.__name__}.{name}"
            self._shared[shared] = {**self._field(value, owner, name), "title": names[0]}
            reference = {"$ref": f"#/$defs/{shared}"}
            properties[names[0]] = reference
            # Some editors ignore everything beside a reference.
            properties |= {other: {"allOf": [reference], **_NOT_SUGGESTED} for other in names[1:]}
            if name in part.get("required", ()):
                rules.append({"oneOf": [{"required": [each]} for each in names]} if names[1:] else {"required": names})
            else:
                rules += [{"not": {"required": list(pair)}} for pair in combinations(names, 2)]
        return {"properties": properties, **({"allOf": rules} if rules else {})}

    def _field(self, part: Mapping[str, Any], owner: type[BaseModel], name: str) -> Any:
        made = self._part(part, owner)
        choices = choices_of(owner, name) if name in owner.model_fields else ()
        return self._choices(made, choices) if choices else made

    def _choices(self, part: Any, choices: tuple[str, ...]) -> Any:
        """Return the schema of a field with its choices in all languages."""
        if isinstance(part, list):
            return [self._choices(each, choices) for each in part]
        if not isinstance(part, dict):
            return part
        if part.get("type") == "boolean":
            named = [each for choice in TRUTH for each in self._choice_names(choice)]
            rest = {name: value for name, value in part.items() if name != "type"}
            return {**rest, "anyOf": [{"type": "boolean"}, {"enum": named}]} if named else part
        found = [part["const"]] if "const" in part else part.get("enum")
        if found is None:
            return {name: self._choices(value, choices) for name, value in part.items()}
        rest = {name: value for name, value in part.items() if name not in ("const", "enum")}
        # A name that two choices of the field share means the first.
        named = [
            each
            for choice in found
            for each in (*self._choice_names(choice), choice)
            if each == choice or self._words.vocabulary.choice(each, choices) == choice
        ]
        return {**rest, "enum": list(dict.fromkeys(named))}

    def _choice_names(self, choice: str) -> Iterator[str]:
        yield from dict.fromkeys((self._words.choice(choice), *self._words.vocabulary.choice_names(choice)))

    def _names(self, owner: type[BaseModel], name: str) -> list[str]:
        """Return all names of a field: first that of the language, then the English one."""
        vocabulary = self._words.vocabulary
        if name not in owner.model_fields:
            return [name]
        named = [each for locale in vocabulary.locales for each in vocabulary.names(owner, name, locale)]
        known = [each for each in named if (vocabulary.field(owner, each) or ("",))[0] == name]
        first = self._words.key(owner, name)
        return list(dict.fromkeys((first if first in known else name, name, *known)))


def _all_models(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Return a model and all models nested in it, including figures and periods."""
    found = [model]
    for each in found:
        found += [part for name in each.model_fields for part in children(each, name) if part not in found]
    return found
