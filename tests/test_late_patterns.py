"""Patterns that are compiled when they are first used: once, and with the same results."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from kepu_docs.late_patterns import late_pattern


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    late = late_pattern("(?P<one>A)B", re.IGNORECASE)
    assert "search" not in vars(late)
    found = late.search("xab")
    assert found is not None
    assert found["one"] == "a"
    # From now on it is as fast as any other.
    assert vars(late)["search"] == re.compile("(?P<one>A)B", re.IGNORECASE).search
    assert (late.pattern, late.groups, late.sub("", "aabb")) == ("(?P<one>A)B", 1, "ab")


def test_a_wrong_pattern_is_refused_at_its_first_use() -> None:
    with pytest.raises(re.error):
        late_pattern("(").search("")


def test_threads_may_share_a_pattern() -> None:
    late = late_pattern("[0-9]+")
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: len(late.findall("1 22 333")), range(64))) == {3}
