"""A short run of random edits; ``python -m tests.preview.endurance`` makes them for any length of time."""

import pytest

from tests.preview.endurance import MOST_GROWTH, endure


@pytest.mark.deep
def test_random_edits_end_nothing_and_fill_no_memory() -> None:
    assert endure(12) < MOST_GROWTH
