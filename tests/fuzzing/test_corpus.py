"""The inputs that fuzzing began with and found: none breaks the importer."""

from pathlib import Path

import pytest
from tests.fuzzing.inputs import CORPUS, check

INPUTS = sorted(CORPUS.iterdir())


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_input(path: Path) -> None:
    check(path.read_bytes())


def test_there_are_inputs() -> None:
    assert len(INPUTS) > 15
