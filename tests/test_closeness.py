"""For mistyped words the known similar ones are listed, as long as they are few."""

from kepu_docs.errors import Fault, Place
from kepu_docs.errors.closeness import LONGEST_WORD, MOST_WORDS, Closeness
from kepu_docs.errors.first_faults import MOST_FAULTS, first_faults
from kepu_docs.testing import growth, steps

KNOWN = ("attendance", "trainer", "topic")


def test_the_nearest_word_is_found() -> None:
    closeness = Closeness()
    assert closeness.nearest("attendnce", KNOWN) == "attendance"
    assert closeness.nearest("residents", KNOWN) == ""
    assert closeness.nearest("", KNOWN) == ""
    assert closeness.nearest("培川", ("培训", "活动"), 0.5) == "培训"


def test_only_the_first_words_are_compared_and_no_long_ones() -> None:
    closeness = Closeness()
    assert closeness.nearest("a" * (LONGEST_WORD + 1), ["a" * LONGEST_WORD]) == ""
    assert [closeness.nearest("topics", KNOWN) for _ in range(MOST_WORDS + 1)] == [*["topic"] * MOST_WORDS, ""]


def test_what_follows_the_first_hundred_costs_nothing() -> None:
    def compare(count: int) -> None:
        closeness = Closeness()
        for number in range(count):
            closeness.nearest(f"attendnce{number}", KNOWN)

    assert steps(lambda: compare(10 * MOST_WORDS)) < 2 * steps(lambda: compare(MOST_WORDS))


def test_comparing_takes_no_longer_with_endless_words() -> None:
    assert growth(lambda size: Closeness().nearest("ab" * size, KNOWN), 100) < 1


def test_the_first_faults_are_reported_and_how_many_follow() -> None:
    def faults(count: int) -> list[Fault]:
        return [Fault(Place("a", line=number), "wrong") for number in range(1, count + 1)]

    assert first_faults(faults(MOST_FAULTS)) == faults(MOST_FAULTS)
    *first, last = first_faults(iter(faults(MOST_FAULTS + 3)))
    assert first == faults(MOST_FAULTS)
    assert str(last) == f"a:{MOST_FAULTS + 1}: and 3 more from here on, not listed one by one"
