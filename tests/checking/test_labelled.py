"""The targets of the checker on the labelled texts; python -m tests.checking.labelled prints the results by rule."""

from typing import Final

import pytest
from tests.checking.labelled.measure import Score, measured
from tests.checking.labelled.texts import PARTS, labelled_texts

PRECISION: Final = 0.97
RECALL: Final = 0.90
FEWEST: Final = 300


def test_there_are_many() -> None:
    assert sum(len(text.labels) for part in PARTS for text in labelled_texts(part)) >= FEWEST


@pytest.fixture(scope="module", params=PARTS)
def score(request: pytest.FixtureRequest) -> Score:
    return measured(request.param)


def test_aims(score: Score) -> None:
    assert score.precision >= PRECISION, score.lines
    assert score.recall >= RECALL, score.lines


def test_no_rule_is_mostly_wrong(score: Score) -> None:
    frequent = {rule for rule in score.found | score.missed if score.found[rule] + score.missed[rule] >= 5}
    assert not [rule for rule in frequent if score.wrong[rule] * 10 > score.found[rule]]
    assert not [rule for rule in frequent if score.missed[rule] * 5 > score.found[rule]]
