"""What is kept is bounded, made once, and safe in threads."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kepu_docs.pipeline.kept import Kept


def test_the_last_used_are_kept() -> None:
    kept: Kept[int, list[int]] = Kept(3)
    first = kept.get(1, lambda: [1])
    for number in (2, 3):
        kept.get(number, lambda: [0])
    assert kept.get(1, lambda: [0]) is first
    kept.get(4, lambda: [0])  # takes the place of 2
    assert kept.get(1, lambda: [0]) is first
    assert len(kept) == 3
    assert kept.get(2, lambda: [2]) == [2]


def test_threads_make_one() -> None:
    kept: Kept[str, object] = Kept(3)
    made = []

    def make() -> object:
        time.sleep(0.01)
        made.append(object())
        return made[-1]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: kept.get("a", make), range(100)))
    assert len(made) == 1
    assert set(found) == set(made)


def test_one_that_is_being_made_keeps_nobody_else_waiting() -> None:
    kept: Kept[str, str] = Kept(3)
    assert kept.get("slow", lambda: kept.get("quick", lambda: "made meanwhile")) == "made meanwhile"


def test_what_cannot_be_made_is_not_kept() -> None:
    kept: Kept[str, str] = Kept(3)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: str(1 / 0))
    assert kept.get("a", lambda: "made") == "made"
