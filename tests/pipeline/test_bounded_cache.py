"""Caches are bounded, filled once per entry, and safe with threads."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kepu_docs.pipeline.bounded_cache import BoundedCache


def test_the_last_used_are_kept() -> None:
    cache: BoundedCache[int, list[int]] = BoundedCache(3)
    first = cache.get(1, lambda: [1])
    for number in (2, 3):
        cache.get(number, lambda: [0])
    assert cache.get(1, lambda: [0]) is first
    cache.get(4, lambda: [0])  # takes the place of 2
    assert cache.get(1, lambda: [0]) is first
    assert len(cache) == 3
    assert cache.get(2, lambda: [2]) == [2]


def test_threads_make_one() -> None:
    cache: BoundedCache[str, object] = BoundedCache(3)
    made = []

    def make() -> object:
        time.sleep(0.01)
        made.append(object())
        return made[-1]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: cache.get("a", make), range(100)))
    assert len(made) == 1
    assert set(found) == set(made)


def test_one_that_is_being_made_keeps_nobody_else_waiting() -> None:
    cache: BoundedCache[str, str] = BoundedCache(3)
    assert cache.get("slow", lambda: cache.get("quick", lambda: "made meanwhile")) == "made meanwhile"


def test_what_cannot_be_made_is_not_kept() -> None:
    cache: BoundedCache[str, str] = BoundedCache(3)
    with pytest.raises(ZeroDivisionError):
        cache.get("a", lambda: str(1 / 0))
    assert cache.get("a", lambda: "made") == "made"
