"""The catalogues and templates of the languages: each is complete and has what the others have."""

import re
import typing
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from pydantic import BaseModel
from tests.languages import LOCALES

from kepu_docs.registry import Registry
from kepu_docs.schema import Unit
from kepu_docs.testing.wording import foreign

FOLDER = files("kepu_templates")
WORDING = ("title.jinja", "opening.jinja", "closing.jinja", "review_note.jinja")
OTHERS = [locale for locale in LOCALES if locale != "zh_Hans"]


def catalog(locale: str) -> Catalog:
    return read_po(BytesIO(FOLDER.joinpath(locale, "messages.po").read_bytes()))


def entries(locale: str) -> dict[tuple[str, str], Message]:
    return {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0]): message
        for message in catalog(locale)
        if message.id
    }


def texts(message: Message) -> tuple[str, ...]:
    """Return a translation in all its forms."""
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


@pytest.mark.parametrize("locale", OTHERS)
def test_catalogues_have_the_same_entries_in_the_same_order(locale: str) -> None:
    assert list(entries(locale)) == list(entries("zh_Hans"))


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_fuzzy_or_empty(locale: str) -> None:
    assert [key for key, message in entries(locale).items() if message.fuzzy or not all(texts(message))] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_plural_has_all_forms(locale: str) -> None:
    counts = {len(texts(message)) for message in entries(locale).values() if message.pluralizable}
    assert counts == {catalog(locale).num_plurals}


@pytest.mark.parametrize("locale", OTHERS)
def test_placeholders_are_the_same(locale: str) -> None:
    def names(message: Message) -> set[str]:
        return set(re.findall(r"\{(\w*)\}", texts(message)[0]))

    known = entries(locale)
    wrong = [key for key, message in entries("zh_Hans").items() if names(message) != names(known[key])]
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_each_language_has_all_templates(locale: str) -> None:
    names = [*WORDING, *(f"sections/{kind}.jinja" for kind in Registry.load().kinds)]
    assert [name for name in names if not FOLDER.joinpath(locale, name).is_file()] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_labels_are_of_the_language(locale: str) -> None:
    # The marks at which a user's text may end are those of all languages, and "counters" are units as records have them.
    shared = {"terminals", "stops", "counters"}
    found = {
        key: foreign(text, locale)
        for key, message in entries(locale).items()
        for text in texts(message)
        if key[1] not in shared and foreign(text, locale)
    }
    assert found == {}


def test_every_unit_of_a_field_is_known() -> None:
    found = set(units(Registry.load().model))
    assert {"人次", "平方公里", "元"} <= found
    assert sorted(unit for unit in found - {"%"} if ("unit", unit) not in entries("zh_Hans")) == []


def test_counters_are_units() -> None:
    known = entries("en")
    counters = texts(known["pattern", "counters"])[0].split()
    assert [unit for unit in counters if ("unit", unit) not in known] == []
    assert len(set(counters)) == len(counters)


def units(annotation: Any) -> Iterator[str]:
    """Yield the usual units of all quantities in a model."""
    if isinstance(annotation, Unit):
        yield annotation.unit
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for field in annotation.model_fields.values():
            yield from units(field.annotation)
            for mark in field.metadata:
                yield from units(mark)
    else:
        for part in typing.get_args(annotation):
            yield from units(part)
