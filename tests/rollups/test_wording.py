"""The wording for higher bodies, as sound as that of communities: tests/examples/test_wording.py says what is sound."""

from itertools import combinations
from typing import Any

import pytest

from kepu_docs.schema import CORE_SECTIONS, Section
from tests.examples.test_wording import VALUES, Values, closed, document, faults, fields, kind_id
from tests.languages import LOCALES, WORDS

SAMPLES = {name: VALUES[name] for name in ("one, full", "two, full, of one", "five, full", "two, over")}
MANY = {"size": 9, "full": True}


@pytest.mark.parametrize("values", [*SAMPLES.values(), MANY], ids=[*SAMPLES, "nine, full"])
@pytest.mark.parametrize("kind", CORE_SECTIONS, ids=kind_id)
@pytest.mark.parametrize("locale", LOCALES)
def test_each_kind_speaks_for_a_street(locale: str, kind: type[Section], values: dict[str, Any]) -> None:
    samples = Values(**values, locale=locale)
    names = fields(kind)
    found: list[str] = []
    for chosen in [
        (),
        *((name,) for name in names),
        *list(combinations(names, 2))[:: 1 + len(names) // 4],
        tuple(names),
    ]:
        section = closed(samples.record(kind, only=chosen or ("kind",)), WORDS[locale].stop)
        found += faults(document(section, locale, {"level": "street"}))
    assert sorted(set(found)) == []
