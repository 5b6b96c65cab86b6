"""The initial and found inputs of fuzzing: none breaks its target. The mutator is tested too."""

import hashlib
import zipfile
from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from tests.fuzzing.frame import CORPUS, TARGETS, checked, inputs, target
from tests.fuzzing.mutating import archives

KEPT = [(name, path) for name in TARGETS for path in inputs(name)]


@pytest.mark.parametrize(("name", "path"), KEPT, ids=lambda each: each if isinstance(each, str) else each.name)
def test_input(name: str, path: Path) -> None:
    checked(target(name).check)(path.read_bytes())


@pytest.mark.deep
@pytest.mark.parametrize("name", TARGETS)
def test_seeds(name: str) -> None:
    chosen = target(name)
    seeds = list(chosen.seeds())
    assert seeds
    for seed in seeds:
        checked(chosen.check)(seed)


@pytest.mark.parametrize("name", TARGETS)
def test_changed_seeds(name: str) -> None:
    """What knows how inputs are built makes other inputs, no longer than allowed, and the same for the same seed."""
    chosen = target(name)
    if chosen.mutate is None:
        pytest.skip("libFuzzer changes its bytes")
    changed = set()
    for number, data in enumerate(islice(chosen.seeds(), 8)):
        for seed in range(20):
            made = chosen.mutate(data, chosen.longest, seed, lambda given, longest: given[:longest])
            assert len(made) <= chosen.longest
            assert made == chosen.mutate(data, chosen.longest, seed, lambda given, longest: given[:longest])
            if made != data:
                changed.add((number, hashlib.sha256(made).digest()))
    assert len(changed) > 20


def test_changed_archives_are_archives() -> None:
    """Most of them can be opened: what is behind the archive's door is what is to be fuzzed."""
    data = next(iter(target("workbook").seeds()))
    made = [archives(data, 65_536, seed, lambda given, longest: given[:longest]) for seed in range(200)]
    assert sum(zipfile.is_zipfile(BytesIO(each)) for each in made) > 150
    assert len(set(made)) > 150


def test_there_are_inputs() -> None:
    assert len(inputs("importing")) > 15


def test_every_folder_is_of_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= set(TARGETS)
