"""Each wording of a sentence appears only with its facts, means the same as the others, and fits its writer."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from tests.examples.test_writers import (
    BODIES,
    LEVELS,
    MODELS,
    NUMBER,
    PEOPLE,
    composed,
    letters,
    named,
    own_texts,
    text_of,
    texts,
    told,
    unique,
)
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.blocks import Heading
from kepu_docs.composing import composer as composing
from kepu_docs.schema import Section, WorkSummary
from kepu_docs.schema.levels import Level
from kepu_docs.schema.samples import Path as FieldPath
from kepu_docs.schema.samples import Samples, alone, everything
from kepu_docs.schema.samples import fields as fields_of
from kepu_docs.testing.wording import sentences

MOST_WAYS: Final = 6
"""No sentence of ours has more wordings."""


@pytest.fixture(params=range(MOST_WAYS))
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let every sentence have its first wording, its second, and so on."""
    number: int = request.param
    monkeypatch.setattr(composing, "choice_for", lambda summary: lambda place, ways: number % ways)
    return number


def sections(kind: type[Section], name: Any) -> Iterator[dict[str, Any]]:
    for size in (1, 2, 5):
        made = Samples(kind, name, size=size, number=NUMBER)
        for wanted in (everything, *(alone(path, full=True) for path in fields_of(kind) if len(path) == 1)):
            yield made.section(kind.kind_name(), wanted)


@pytest.mark.some(5)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
@pytest.mark.parametrize("locale", LOCALES)
def test_each_says_all_there_is(kind: type[Section], locale: str, way: int) -> None:
    for size in (1, 2):
        section = Samples(kind, unique, size=size, number=NUMBER).section(kind.kind_name(), told)
        document = text_of(composed(section, "community", locale))
        assert "{'" not in document
        assert [text for text in own_texts(section) if text not in document] == []


def braced(path: FieldPath, nth: int, limit: int) -> str:
    return f"Zq{'-'.join(path)}{nth}{{}}{{name}}"[:limit]


@pytest.mark.some(5)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
@pytest.mark.parametrize("locale", LOCALES)
def test_each_leaves_braces_as_they_are(kind: type[Section], locale: str, way: int) -> None:
    """What a record says is a value of a phrase, and never its pattern."""
    section = Samples(kind, braced, size=2, number=NUMBER).section(kind.kind_name(), told)
    document = text_of(composed(section, "community", locale))
    assert [text for text in own_texts(section) if text not in document] == []


@pytest.mark.some(5)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
@pytest.mark.parametrize("locale", LOCALES)
def test_each_has_the_figures_of_the_record_alone(kind: type[Section], locale: str, way: int) -> None:
    allowed = {*(NUMBER * number for number in range(1, 11)), *range(1, 13), 1950, 2025, 100}
    for section in sections(kind, letters):
        for text in sentences(composed(section, "community", locale)):
            assert {int(found.replace(",", "")) for found in re.findall(r"[0-9][0-9,]*", text)} <= allowed, text
            assert not re.search(r"[，、；：]{2}|[，、；]。|。。|^[，。；]|\{|\}", text), text


@pytest.mark.some(5)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
@pytest.mark.parametrize("level", LEVELS)
def test_each_fits_its_writer(kind: type[Section], level: Level, way: int) -> None:
    forbidden = re.compile(
        "|".join({*PEOPLE.values(), *BODIES.values(), "各社区"} - {PEOPLE[level], BODIES.get(level, "")})
    )
    section = Samples(kind, named, size=2, number=NUMBER).section(kind.kind_name(), everything)
    for text in texts(composed(section, level)):
        assert not forbidden.search(text), text


def message(section: dict[str, Any], locale: str) -> str:
    record = {"community": {"name": "试验社区"}, "period": 2025, "headings": "message", "sections": [section]}
    document = kepu_docs.compose(kepu_docs.load(record), locale=locale)
    return next((block.text for block in document.blocks if isinstance(block, Heading)), "")


GROWTH: Final = re.compile("扩大|擴大|提升|提高|壮大|壯大|拓宽|拓寬|增强|增強|More|Expand|Improv|Strengthen|Rais", re.I)


@pytest.mark.some(2)
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.kind_name())
def test_a_heading_claims_what_a_fact_bears(kind: type[Section], locale: str) -> None:
    """Nothing is said to have grown; of the writer's own words alone nothing is claimed."""
    made = Samples(kind, named, size=2, number=NUMBER)
    plain = composed(
        made.section(kind.kind_name(), lambda path: path in {("narrative",), ("paragraphs",)}), "community", locale
    )
    usual = [block.text for block in plain.blocks if isinstance(block, Heading)][:1]
    own = made.section(kind.kind_name(), lambda path: path in {("narrative",), ("paragraphs",)})
    assert [message(own, locale)] == usual
    for path in fields_of(kind):
        if len(path) == 1:
            assert not GROWTH.search(message(made.section(kind.kind_name(), alone(path, full=True)), locale))


def test_the_same_record_is_the_same_document() -> None:
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "team", "volunteers": 9}]}
    summary: WorkSummary = kepu_docs.load(record)
    assert kepu_docs.render(summary, "docx") == kepu_docs.render(kepu_docs.load(record), "docx")
