"""Progress of a run: a bar on a terminal, an occasional plain line elsewhere, nothing if quiet."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kepu_docs.cli.interface import Interface
from kepu_docs.errors import N_

if TYPE_CHECKING:
    from kepu_docs.batch import Progress

_SECONDS_BETWEEN_LINES: Final = 5.0


@contextmanager
def shown_progress(interface: Interface, *, quiet: bool) -> "Iterator[Callable[[Progress], None]]":
    """Provide a function to call with the progress of a run."""
    if quiet:
        yield lambda progress: None
    elif sys.stderr is not None and sys.stderr.isatty():
        with _bar(interface) as show:
            yield show
    else:
        yield _lines(interface)


def _state(progress: "Progress", seconds: float, interface: Interface) -> str:
    """Return the state of a run: how much is done, at what speed, and the remaining time if it can be estimated."""
    rate = progress.records / seconds if seconds > 0 else 0.0
    text = interface.message(
        N_("{count} records ({failed} failed), {rate} a second"),
        count=f"{progress.records:,}",
        failed=progress.failed,
        rate=f"{rate:,.0f}",
    )
    if not progress.share:
        return text
    left = seconds * (1 - progress.share) / progress.share
    return interface.message(
        N_("{share} %: {state}, {time} left"), share=f"{progress.share * 100:.0f}", state=text, time=clock(left)
    )


def clock(seconds: float) -> str:
    """Return a span of time as ``1:05`` or ``2:01:05``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _lines(interface: Interface) -> "Callable[[Progress], None]":
    begin = last = time.monotonic()

    def show(progress: "Progress") -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _SECONDS_BETWEEN_LINES:
            last = now
            interface.note("{progress}", progress=_state(progress, now - begin, interface))

    return show


@contextmanager
def _bar(interface: Interface) -> "Iterator[Callable[[Progress], None]]":
    from rich.console import Console
    from rich.progress import BarColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar

    begin = time.monotonic()
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(progress: "Progress") -> None:
            text = _state(progress, time.monotonic() - begin, interface)
            if progress.share:
                bar.update(task, total=1.0, completed=progress.share, description=text)
            else:
                bar.update(task, description=text)

        yield show
