"""The wording of rollups meets the same standard as that of communities (tests/examples/test_wording.py)."""

from itertools import combinations
from typing import Any

import pytest

from kepu_docs.schema import Section
from kepu_docs.schema.samples import Path, Samples
from kepu_docs.sections import Rollup
from kepu_docs.testing.wording import words_of, written_in
from tests.depth import DEEP, presences
from tests.examples.test_wording import MODELS, REGISTRY, VALUES, composer, document, faults, fields, kind_id
from tests.languages import LOCALES

SAMPLES = {name: VALUES[name][1] for name in ("one, full", "two, full, of one", "five, full", "two, over")}
MANY = {"size": 9}
MADE_OF = {"kind": "rollup", "number": 9}
"""What makes a record one that was added up."""


@pytest.mark.some(3)
@pytest.mark.pairwise
@pytest.mark.parametrize("values", [*SAMPLES.values(), MANY], ids=[*SAMPLES, "nine, full"])
@pytest.mark.parametrize("kind", MODELS, ids=kind_id)
@pytest.mark.parametrize("locale", LOCALES)
def test_each_kind_speaks_for_a_street(locale: str, kind: type[Section], values: dict[str, Any]) -> None:
    made = Samples(kind, written_in(words_of(locale)), **values)
    names = fields(kind)
    found: list[str] = []
    for chosen in [
        (),
        *((name,) for name in names),
        *(list(combinations(names, 2))[:: 1 + len(names) // 4] if DEEP else presences(names)),
        tuple(names),
    ]:

        def wanted(path: Path, chosen: tuple[str, ...] = chosen) -> bool:
            return path[0] in chosen

        section = made.section(kind.kind_name(), wanted)
        others = () if kind.rolled_up else (MADE_OF,)
        found += faults(document(section, locale, {"level": "street"}, *others))
    assert sorted(set(found)) == []


@pytest.mark.pairwise
@pytest.mark.parametrize("values", [*SAMPLES.values(), MANY], ids=[*SAMPLES, "nine, full"])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_note_for_the_office(locale: str, values: dict[str, Any]) -> None:
    made = Samples(Rollup, written_in(words_of(locale)), **values)
    names = [name for name in fields(Rollup) if name != "number"]
    found: list[str] = []
    for chosen in [(), *((name,) for name in names), *presences(names), tuple(names)]:

        def wanted(path: Path, chosen: tuple[str, ...] = chosen) -> bool:
            return path[0] in chosen or path[0] == "number"

        place = {"name": words_of(locale).community, "level": "street"}
        record = {"community": place, "period": 2025, "sections": [made.section("rollup", wanted)]}
        note = composer(locale).review_note(REGISTRY.model.model_validate(record), words_of(locale).community)
        found += faults(note) if note is not None else []
    assert sorted(set(found)) == []
