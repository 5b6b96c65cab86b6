"""What a strict clerk would sign, whoever writes: the words fit the writer, and everything given is mentioned.

Records are made from the models, so that kinds and fields added later are tested as well.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.blocks import Chart, Document
from kepu_docs.composing.composer import Composer
from kepu_docs.registry import Registry
from kepu_docs.schema import Section
from kepu_docs.schema.levels import Level, rank
from kepu_docs.schema.samples import Path as FieldPath
from kepu_docs.schema.samples import Samples, Wanted, alone, everything
from kepu_docs.schema.samples import fields as fields_of
from kepu_docs.schema.shapes import literals
from kepu_docs.sections import KINDS
from kepu_docs.testing import golden
from kepu_docs.testing.wording import phrases, sentences

WRITERS: Final = sorted(Path(__file__).with_name("writers").glob("*.yaml"))
GOLDEN: Final = Path(__file__).with_name("golden") / "writers"
LEVELS: Final[tuple[Level, ...]] = literals(Level)
REGISTRY: Final = Registry.load()
MODELS: Final = [kind.model for kind in KINDS if not kind.model.rolled_up]
NUMBER: Final = 73
"""The value of all quantities of a sample: a share may have it, and no table or list has as many entries."""
UNSEEN: Final = {"photos", "order", "run_in_headings", "charts", "months", "basis", "frequency"}
"""Fields that only order or draw, or that say nothing by themselves."""
WORDS: Final = {("narrative",), ("paragraphs",)}
"""Fields of the writer's own words."""
SILENT: Final = {("categories", "heading"), ("subsections", "run_in")}
"""Fields that say nothing without the words beside them."""
PEOPLE: Final = {
    "community": "居民", "village": "村民", "school": "师生", "street": "居民", "town": "群众", "township": "群众",
    "district": "群众", "county": "群众", "city": "群众", "association": "公众", "institution": "公众",
}  # fmt: skip
"""Whom a writer works for."""
BODIES: Final = {"community": "社区", "village": "村里", "school": "学校"}
"""What these call themselves; no other writer does."""


@cache
def composer(locale: str) -> Composer:
    return REGISTRY.composer(locale)


def composed(section: dict[str, Any], level: Level, locale: str = "zh_Hans") -> Document:
    record = {
        "community": {"name": "Q", "level": level},
        "period": 2025,
        "opening": ["Q."],
        "sections": [section],
    }
    return composer(locale).compose(REGISTRY.model.model_validate(record))


def texts(document: Document) -> Iterator[str]:
    yield from sentences(document)
    yield from phrases(document)
    for block in document.blocks:
        if isinstance(block, Chart):
            yield from block.categories
            yield from (label for each in block.series for label in each.labels)


def text_of(document: Document) -> str:
    return "\n".join(texts(document))


def named(path: FieldPath, nth: int, limit: int) -> str:
    return f"Zq{'-'.join(path)}{nth}"[:limit]


def seen(path: FieldPath) -> bool:
    return not UNSEEN.intersection(path)


def told(path: FieldPath) -> bool:
    """Want all fields whose texts are to stand in the document: a category's heading stands in place of its name."""
    return seen(path) and path != ("categories", "heading")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("writer", WRITERS, ids=lambda path: path.stem)
def test_golden(writer: Path, locale: str) -> None:
    shown = kepu_docs.render(kepu_docs.load(writer), "txt", locale=locale)
    golden(GOLDEN / locale / f"{writer.stem}.txt", shown)


@pytest.mark.some(4)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
def test_a_field_that_is_given_is_told(kind: type[Section], level: Level) -> None:
    untold(kind, level, "zh_Hans")


@pytest.mark.some(2)
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
def test_a_field_that_is_given_is_told_in_each_language(kind: type[Section], locale: str) -> None:
    untold(kind, "community", locale)


def untold(kind: type[Section], level: Level, locale: str) -> None:
    """Assert of each field that a document with it alone differs from one without, and has its words or figure."""
    made = Samples(kind, named, size=1, number=NUMBER)
    for path in filter(seen, fields_of(kind)):
        if path in WORDS | SILENT:
            continue
        whole, before = path, path[:-1]
        with_it = text_of(composed(made.section(kind.kind_name(), also(whole, full=len(path) == 1)), level, locale))
        without = text_of(composed(made.section(kind.kind_name(), also(before, full=False)), level, locale))
        assert with_it != without, f"{path} stays untold"


def also(path: FieldPath, *, full: bool) -> Wanted:
    """Want a field beside the words that each section may have, so that its heading stands."""
    wanted = alone(path, full=full) if path else none
    return lambda each: each in WORDS or wanted(each)


def none(path: FieldPath) -> bool:
    return False


@pytest.mark.pairwise
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
def test_all_texts_are_told_once(kind: type[Section], size: int, locale: str) -> None:
    """Of a section in full each text of the record stands in the document, and none that names something twice."""
    made = Samples(kind, unique, size=size, number=NUMBER)
    section = made.section(kind.kind_name(), told)
    document = text_of(composed(section, "community", locale))
    for text in own_texts(section):
        assert document.count(text) >= 1, f"{text} stays untold"


def unique(path: FieldPath, nth: int, limit: int) -> str:
    return f"Zq{'-'.join(path)}-{nth}."[:limit]


def own_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("Zq"):
        yield value.removesuffix(".")
    elif isinstance(value, dict):
        for part in value.values():
            yield from own_texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from own_texts(part)


@pytest.mark.some(4)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
def test_subject_and_people_fit_the_writer(kind: type[Section], level: Level) -> None:
    allowed = {PEOPLE[level], BODIES.get(level, "")}
    forbidden = re.compile("|".join(sorted({*PEOPLE.values(), *BODIES.values(), "各社区"} - allowed)))
    for size in (1, 2, 5):
        made = Samples(kind, named, size=size, number=NUMBER)
        for wanted in (everything, *(alone(path, full=True) for path in fields_of(kind) if len(path) == 1)):
            for text in texts(composed(made.section(kind.kind_name(), wanted), level)):
                assert not forbidden.search(text), text


@pytest.mark.some(2)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
@pytest.mark.parametrize("locale", LOCALES)
def test_every_number_of_the_prose_is_of_the_record(kind: type[Section], locale: str) -> None:
    """The figures are those of the record, their sums, how many entries there are, and days."""
    for size in (1, 2, 5):
        made = Samples(kind, letters, size=size, number=NUMBER)
        for wanted in (everything, *(alone(path, full=True) for path in fields_of(kind) if len(path) == 1)):
            sums = {NUMBER * number for number in range(1, size * 2 + 1)}
            days = {*range(1, 13), 1950, 2025}
            allowed = {*sums, *days, 100}  # books for each hundred
            for text in sentences(composed(made.section(kind.kind_name(), wanted), "community", locale)):
                numbers = {int(found.replace(",", "")) for found in re.findall(r"[0-9][0-9,]*", text)}
                assert numbers <= allowed, text


def letters(path: FieldPath, nth: int, limit: int) -> str:
    return ("甲乙丙丁戊己庚辛壬癸"[nth % 10] * 2)[:limit]


def test_ranks_are_of_divisions_alone() -> None:
    assert [rank(level) for level in LEVELS] == [0, 0, 0, 1, 1, 1, 2, 2, 3, 0, 0]
