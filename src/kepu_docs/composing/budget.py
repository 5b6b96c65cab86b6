"""What one template may use up: steps of loops and characters of text, counted as it runs.

A template comes from a stranger. Counting ends one that never would, on any system and in any thread, and leaves the
process as it was.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

STEPS: Final = 200_000
"""Turns of loops, calls of macros, and blocks of one section."""
CHARACTERS: Final = 20_000_000
"""Characters of all texts that are put together for one section."""
LONGEST_TEXT: Final = 1_000_000
LONGEST_LIST: Final = 100_000
MOST_BITS: Final = 128


class ExhaustedError(ValueError):
    """A template went past what it may use up."""


class Budget:
    """What is left for the template that runs."""

    __slots__ = ("characters", "steps")

    def __init__(self) -> None:
        self.steps = STEPS
        self.characters = CHARACTERS


_current: ContextVar[Budget] = ContextVar("budget")


@contextmanager
def budget() -> Iterator[None]:
    """Give what runs within a new budget."""
    token = _current.set(Budget())
    try:
        yield
    finally:
        _current.reset(token)


def step() -> str:
    """Take a step of the current budget; prints nothing. Raises :class:`ExhaustedError` when none is left."""
    left = _current.get()
    left.steps -= 1
    if left.steps < 0:
        raise ExhaustedError(f"the template takes more than {STEPS} steps; does a loop never end?")
    return ""


def checked(text: str) -> str:
    """Return ``text``, counted. Raises :class:`ExhaustedError` when it is too much."""
    take(len(text))
    return text


def take(characters: int) -> None:
    """Take so many characters. Raises :class:`ExhaustedError` when they are too many."""
    left = _current.get()
    left.characters -= characters
    if characters > LONGEST_TEXT or left.characters < 0:
        raise ExhaustedError(f"the template makes texts of more than {LONGEST_TEXT} characters")


def result(left: object, operator: str, right: object) -> None:
    """Refuse an operation whose result would be too large, before it is made."""
    match operator, left, right:
        case "**", _, _:
            raise ExhaustedError("templates have no powers")
        case "%", str(), _:
            raise ExhaustedError("templates do not format with %; use the filter phrase")
        case "*", str() | list() | tuple(), int():
            _grow(left, len(left) * max(right, 0))
        case "*", int(), str() | list() | tuple():
            _grow(right, len(right) * max(left, 0))
        case "*", int(), int() if left.bit_length() + right.bit_length() > MOST_BITS:
            raise ExhaustedError("the number is too large")
        case "+", str(), str():
            take(len(left) + len(right))
        case "+", list() | tuple(), list() | tuple():
            _grow(left, len(left) + len(right))
        case _:
            pass


def _grow(sample: object, length: int) -> None:
    if isinstance(sample, str):
        take(length)
    elif length > LONGEST_LIST:
        raise ExhaustedError(f"the list has more than {LONGEST_LIST} entries")
