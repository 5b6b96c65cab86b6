"""How work grows with its size, counted in lines of Python that run: the same on every machine, at any load."""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

LINEAR: Final = 2.5
"""What :func:`growth` stays below where time grows linearly, or nearly so."""


def steps(run: Callable[[], object]) -> int:
    """Return how many lines of Python run in ``run``, loops on one line and generators included."""
    count = 0

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return step

    before, collecting = sys.gettrace(), gc.isenabled()
    # When garbage is collected, and what others do then, is no matter of ``run``.
    gc.disable()
    sys.settrace(step)
    try:
        run()
    finally:
        sys.settrace(before)
        if collecting:
            gc.enable()
    return count


def growth(run: Callable[[int], object], size: int) -> float:
    """Return how much more the last doubling costs than the one before: 2 for linear work, 4 for quadratic.

    ``run`` does the work of a size. What any size costs falls out. Work that does not grow gives 0.
    """
    run(size)  # what is made once, at the first time
    small, middle, large = (steps(lambda each=each: run(each)) for each in (size, 2 * size, 4 * size))  # type: ignore[misc]
    first, second = middle - small, large - middle
    return second / first if first > 0 else 0.0
