"""How many headings and kinds of the labelled summaries are found; no word of them is lost."""

import pytest
from tests.importing.labelled_outlines.measure import measured
from tests.importing.labelled_outlines.texts import PARTS, labelled_texts
from tests.importing.words import of_document, of_record

from kepu_docs.importing.documents import imported
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.result import Given
from kepu_docs.pipeline import default_engine


@pytest.mark.parametrize("part", PARTS)
def test_headings_and_kinds_are_right(part: str) -> None:
    score = measured(part)
    assert score.found / (score.found + score.missed) >= 0.97, score
    assert score.extra <= 0.02 * score.found, score
    assert score.right / (score.right + score.free + score.wrong) >= 0.95, score
    assert score.wrong == 0, score


@pytest.mark.parametrize("part", PARTS)
def test_no_word_is_lost(part: str) -> None:
    for text in labelled_texts(part):
        (summary,) = imported(read_bytes_of(text.text.encode(), text.name, ".txt"), default_engine(), Given())
        assert of_record(summary) == of_document(summary), text.name
