"""The wording of every section kind: whatever is given, the output is sound typesetting in its language.

Each kind is composed in each language with every single field, every pair of its fields and all of them, with lists of
one, two and five entries, with full entries and entries with only their required fields, and with counts of every
approximation. The sample values are made from the annotations of the models.

This is the deep run; in the quick run every two fields are together, apart and both absent in some record, and every
two of language, kind and values are combined (tests/depth.py).
"""

import re
import typing
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any, Final

import pytest
from tests.depth import DEEP, presences
from tests.languages import LOCALES

from kepu_docs.blocks import Document, Paragraph
from kepu_docs.composing.composer import Composer
from kepu_docs.registry import Registry
from kepu_docs.schema import Approximation, Community, Record, Section
from kepu_docs.schema.samples import Path, Samples
from kepu_docs.schema.shapes import PartShape, innermost, shapes
from kepu_docs.sections import KINDS
from kepu_docs.testing import wording
from kepu_docs.testing.wording import foreign, sentences, words_of, written_in

APPROXIMATIONS: Final = typing.get_args(Approximation)
REGISTRY: Final = Registry.load()
MODELS: Final = [kind.model for kind in KINDS]
NO_WORDING: Final = {"photos", "written"}
"""Fields whose values are files, not words."""
FAULTS: Final = {locale: wording.faults_of(locale, REGISTRY.folders) for locale in LOCALES}
OPEN: Final = {
    "zh_Hans": re.compile(r"[^。！？：”）]$"),
    "zh_Hant": re.compile(r"[^。！？：」）]$"),
    # A sentence that is not closed (a colon leads to a list), or that does not begin with a capital.
    "en": re.compile(r"[^.:]$|(?:^|[.!?] )[a-z]"),
}


@cache
def composer(locale: str) -> Composer:
    return REGISTRY.composer(locale)


def document(
    section: dict[str, Any], locale: str, community: dict[str, Any] | None = None, *more: dict[str, Any]
) -> Document:
    record = {
        "community": {"name": words_of(locale).community, "residents": 8600, **(community or {})},
        "period": 2025,
        "opening": words_of(locale).opening,
        "sections": [*([section] if section else []), *more],
    }
    return composer(locale).compose(REGISTRY.model.model_validate(record))


def faults(composed: Document) -> list[str]:
    found = wording.faults(composed, FAULTS[composed.locale])
    return found + [f"no sentence: {text}" for text in sentences(composed) if OPEN[composed.locale].search(text)]


@pytest.mark.parametrize(
    ("locale", "name", "text"),
    [
        ("en", "several of one", "It held 1 training sessions."),
        ("en", "several of one", "It covers 1 square kilometres."),
        ("en", "one of several", "It held nearly 2 training session."),
        ("en", "one of several", "It has 1,200 resident, all of them old."),
        ("en", "one of several", "It hung 21 banner."),
        ("en", "a doubled word", "It is is open."),
        ("en", "no space after punctuation", "It is open.It is free."),
        ("en", "a space before punctuation", "It is open , and free."),
        ("en", "doubled, leading or trailing space", "It  is open."),
        ("zh_Hans", "doubled punctuation", "开放，。"),
        ("zh_Hans", "half-width punctuation beside a hanzi", "开放,免费。"),
        ("zh_Hant", "a doubled word", "用於用於講座。"),
        ("zh_Hant", "empty brackets or quotes", "「」"),
    ],
)
def test_faults_are_found(locale: str, name: str, text: str) -> None:
    assert [fault for fault, pattern in FAULTS[locale].items() if pattern.search(text)] == [name]


@pytest.mark.parametrize("text", ["It made 120 household visits.", "It has 2 science books.", "It held 21 activities."])
def test_several_of_several_are_no_fault(text: str) -> None:
    assert not [fault for fault, pattern in FAULTS["en"].items() if pattern.search(text)]


@pytest.mark.parametrize(
    ("locale", "text", "found"),
    [
        ("zh_Hant", "社區舉辦講座，台下有人。", ""),
        ("zh_Hant", "社区于用餘", "区于"),
        ("zh_Hans", "社区举办講座", "講"),
        ("en", "“Held” – 社区，once", "社区，"),
    ],
)
def test_characters_of_another_language_are_found(locale: str, text: str, found: str) -> None:
    assert foreign(text, locale) == found


def fields(kind: type[Section]) -> list[str]:
    left_out = {"kind"} | NO_WORDING
    return [name for name, field in kind.model_fields.items() if name not in left_out and not field.is_required()]


def choices(kind: type[Section]) -> Iterator[tuple[str, ...]]:
    names = fields(kind)
    yield from ((name,) for name in names)
    yield from combinations(names, 2) if DEEP else presences(names)


def kind_id(kind: type[Section]) -> str:
    return kind.kind_name()


VALUES: Final[dict[str, tuple[bool, dict[str, Any]]]] = {
    "one, bare": (False, {"size": 1}),
    "one, full": (True, {"size": 1}),
    "two, full": (True, {"size": 2}),
    "two, full, of one": (True, {"size": 2, "number": 1}),
    "five, bare": (False, {"size": 5}),
    "five, full": (True, {"size": 5}),
    **{f"two, {approx}": (True, {"size": 2, "approx": approx, "number": 325}) for approx in APPROXIMATIONS},
}


@pytest.mark.pairwise
@pytest.mark.parametrize("values", VALUES.values(), ids=VALUES.keys())
@pytest.mark.parametrize("kind", MODELS, ids=kind_id)
@pytest.mark.parametrize("locale", LOCALES)
def test_fields_alone_in_pairs_and_together(
    locale: str, kind: type[Section], values: tuple[bool, dict[str, Any]]
) -> None:
    full, options = values
    made = Samples(kind, written_in(words_of(locale)), **options)
    found: list[str] = []
    for names in [*choices(kind), tuple(fields(kind))]:

        def wanted(path: Path, names: tuple[str, ...] = names) -> bool:
            return path[0] in names and (full or len(path) == 1)

        found += faults(document(made.section(kind.kind_name(), wanted), locale))
    assert sorted(set(found)) == []


INNER: Final = [
    pytest.param(kind, name, inner.model, id=f"{kind.kind_name()}.{name}")
    for kind in MODELS
    for name, _, part in shapes(kind)
    if name not in NO_WORDING and isinstance(inner := innermost(part), PartShape)
]


@pytest.mark.pairwise
@pytest.mark.parametrize(("kind", "name", "model"), INNER)
@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("locale", LOCALES)
def test_entries_of_lists(locale: str, kind: type[Section], name: str, model: type[Record], size: int) -> None:
    made = Samples(kind, written_in(words_of(locale)), sizes={(name,): size})
    found: list[str] = []
    options = [field for field, info in model.model_fields.items() if not info.is_required()]
    for chosen in [(option,) for option in options] + list(combinations(options, 2) if DEEP else presences(options)):

        def wanted(path: Path, chosen: tuple[str, ...] = chosen) -> bool:
            return path[0] == name and (len(path) == 1 or path[1] in chosen)

        found += faults(document(made.section(kind.kind_name(), wanted), locale))
    assert sorted(set(found)) == []


@pytest.mark.parametrize("kind", MODELS, ids=kind_id)
@pytest.mark.parametrize("locale", LOCALES)
def test_no_facts_make_no_sentence(locale: str, kind: type[Section]) -> None:
    made = Samples(kind, written_in(words_of(locale)), size=0, number=0)
    zeros, needed = made.section(kind.kind_name()), made.section(kind.kind_name(), lambda path: False)
    empty = {
        name: value for name, value in zeros.items() if value == [] or (isinstance(value, dict) and "value" in value)
    }
    shown = document({**needed, **empty}, locale, {"residents": None}).blocks
    assert shown == (Paragraph(words_of(locale).opening),)


@pytest.mark.parametrize("approx", APPROXIMATIONS)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_opening(locale: str, approx: str) -> None:
    given = Samples(Community, written_in(words_of(locale)), size=1, approx=approx).record()
    del given["name"]
    found: list[str] = []
    for length in (1, 2, len(given)):
        for names in combinations(given, length):
            record = {"residents": None, **{name: given[name] for name in names}}
            found += faults(document({}, locale, record))
    assert sorted(set(found)) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_braces_in_a_name_are_no_pattern(locale: str) -> None:
    given = Samples(Community, lambda path, nth, limit: f"{path[-1].upper()}{{}}", size=1).record()
    told = "".join(sentences(document({}, locale, given)))
    for name in ("NAME", "STREET", "DISTRICT", "CITY", "PROVINCE"):
        assert f"{name}{{}}" in told
