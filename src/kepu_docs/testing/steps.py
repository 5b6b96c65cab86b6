"""How work grows with its size, counted in executed lines of Python: the same on every machine, at any load."""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

LINEAR: Final = 2.5
"""An upper limit for :func:`growth` when time grows linearly, or nearly so."""


def steps(run: Callable[[], object]) -> int:
    """Return how many lines of Python ``run`` executes, including loops on one line and generators."""
    count = 0

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return step

    before, collecting = sys.gettrace(), gc.isenabled()
    # Garbage collection, and what it triggers, is not part of ``run``.
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

    ``run`` does the work for a size. Costs that do not depend on the size cancel out. Work that does not grow gives 0.
    """
    run(size)  # things that are made once, on first use
    small, middle, large = (steps(lambda each=each: run(each)) for each in (size, 2 * size, 4 * size))  # type: ignore[misc]
    first, second = middle - small, large - middle
    return second / first if first > 0 else 0.0
