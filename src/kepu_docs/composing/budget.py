"""The limits on one template: steps of loops and characters of text, counted as it runs.

A template may be hostile. Counting ends a template that would never end, on any system and in any thread, and leaves
the process intact.
"""

from contextvars import ContextVar
from typing import Final

STEPS: Final = 200_000
"""Iterations of loops, calls of macros, and blocks of one section."""
CHARACTERS: Final = 20_000_000
"""Characters of all texts that are built for one section."""
WORK: Final = 5_000_000
"""For one section: entries and pieces of text that are examined, and parts of a template that are executed. Ten
thousand entries in a built-in template take a seventh of it."""
PIECE: Final = 8
"""How many characters of a text count as much as one entry."""
DOCUMENT_CHARACTERS: Final = 100_000_000
"""For all sections of a document together, if untrusted templates make it: what goes on to the renderers."""
LONGEST_TEXT: Final = 1_000_000
"""In characters. A book of a thousand pages has fewer."""
LONGEST_LIST: Final = 100_000
"""In entries. A record has at most 10,000 of a kind."""
LONGEST_RANGE: Final = 10_000
"""In numbers: as many as a record has entries of one kind."""
MOST_BITS: Final = 128
"""The size of a whole number. A count of anything has fewer than 64 bits."""


class ExhaustedError(ValueError):
    """A template exceeded its limits."""


class Budget:
    """What is left for the template that runs within it; a nested budget takes its characters from the outer one."""

    __slots__ = ("_given", "_token", "_whole", "characters", "steps", "work")

    def __init__(self, characters: int = CHARACTERS) -> None:
        self._whole = _current.get(None)
        self._given = characters if self._whole is None else min(characters, self._whole.characters)
        self.characters: int = self._given
        self.steps = STEPS
        self.work = WORK

    def __enter__(self) -> None:
        self._token = _current.set(self)

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)
        if self._whole is not None:
            self._whole.characters -= self._given - max(self.characters, 0)


_current: ContextVar[Budget] = ContextVar("budget")


def step() -> str:
    """Take a step of the current budget; prints nothing. Raises :class:`ExhaustedError` if none is left."""
    left = _current.get()
    left.steps -= 1
    if left.steps < 0:
        raise ExhaustedError(f"the template takes more than {STEPS} steps; does a loop never end?")
    return ""


def turn(parts: int) -> str:
    """Take a step through the given number of parts of a template; prints nothing. Raises :class:`ExhaustedError`."""
    work(parts)
    return step()


def work(amount: int) -> None:
    """Count an amount of work. Raises :class:`ExhaustedError` if it is too much."""
    left = _current.get()
    left.work -= amount
    if left.work < 0:
        raise ExhaustedError(f"the template looks at more than {WORK} entries; are there lists within lists?")


def checked(text: str) -> str:
    """Return ``text``, counted. Raises :class:`ExhaustedError` if it is too much."""
    characters, left = len(text), _current.get()
    if characters > LONGEST_TEXT or characters > left.characters:
        take(characters)  # the exception names the limit that was exceeded
    left.characters -= characters
    return text


def joined(*parts: object) -> str:
    """Return the joined texts of ``parts``, counted. Raises :class:`ExhaustedError` if they are too much."""
    try:
        text = "".join(parts)  # type: ignore[arg-type]  # most are texts
    except TypeError:
        text = "".join(map(str, parts))
    return checked(text)


def take(characters: int) -> None:
    """Count a number of characters. Raises :class:`ExhaustedError` if they are too many."""
    if characters > LONGEST_TEXT:
        raise ExhaustedError(f"the template makes texts of more than {LONGEST_TEXT} characters")
    spend(characters)


def spend(characters: int) -> None:
    """Count a number of characters, of several texts. Raises :class:`ExhaustedError` if none are left."""
    left = _current.get()
    left.characters -= characters
    if left.characters < 0:
        raise ExhaustedError(
            f"the template makes more than {CHARACTERS} characters in all, or a whole document {DOCUMENT_CHARACTERS}"
        )


def numbers(*bounds: int) -> range:
    """Return the result of ``range``. Raises :class:`ExhaustedError` if it has too many numbers."""
    made = range(*bounds)
    if made[LONGEST_RANGE:]:  # its length may be more than Python can represent
        raise ExhaustedError(f"the range is too big; it may have {LONGEST_RANGE} numbers")
    return made


def result(left: object, operator: str, right: object) -> None:
    """Refuse an operation whose result would be too large, before it is executed."""
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
    else:
        work(length)
