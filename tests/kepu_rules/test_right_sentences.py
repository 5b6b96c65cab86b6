"""No rule reports right text: sentences of official prose with every tricky case that is known.

They were written for the project. A sentence that a rule reported wrongly is added here when the rule is fixed.
"""

from pathlib import Path
from typing import Final

import pytest
from tests.kepu_rules.subjects import findings, prose, summary

from kepu_docs.checking import check_summary
from kepu_docs.checking.settings import Settings
from kepu_docs.pipeline import default_engine

SENTENCES: Final = (Path(__file__).with_name("right_sentences.txt")).read_text(encoding="utf-8").splitlines()


def test_there_are_many() -> None:
    assert len(set(SENTENCES)) == len(SENTENCES) >= 150


@pytest.mark.parametrize("sentence", SENTENCES)
def test_alone(sentence: str) -> None:
    assert findings(prose(sentence)) == []


def test_all_together() -> None:
    # Numbers of paragraphs are in order here, too; only the heading and the order of sentences are invented.
    assert findings(prose(*SENTENCES)) == []


def test_beside_replaced_words() -> None:
    found = findings(prose(*SENTENCES, "居民精神礼貌素质有所提高。"), "replaced-word")
    assert [each[1] for each in found] == ["精神礼貌"]


def test_as_points_and_in_all_kinds_of_sections() -> None:
    record = summary(
        {"kind": "training", "narrative": SENTENCES},
        {"kind": "leadership", "narrative": SENTENCES},
        {"kind": "next_year_plan", "narrative": SENTENCES},
        opening=SENTENCES[:5],
        signed_by="试验社区居民委员会",
        signed_on="2025-12-20",
    )
    assert check_summary(default_engine(), record, Settings()).remarks == ()
