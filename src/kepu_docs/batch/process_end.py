"""How processes end: the main process never between steps that belong together, its workers no later than it.

A killed process can notify nobody; its workers would wait for tasks for ever, and so would the server that they were
forked from.
"""

import multiprocessing
import os
import select
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Final

_LOOK: Final = 1.0
"""Seconds between two checks whether the server of worker processes is gone: its end is not reported."""


def begin_worker() -> None:
    """Leave Ctrl-C to the process that began the run, and end when that process ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        _let_the_system_watch(parent.sentinel)
    threading.Thread(target=_end_with, args=(parent, os.getppid()), name="kepu-docs-watch", daemon=True).start()


def _end_with(parent: BaseProcess, server: int) -> None:
    """Wait until the parent, or the server that forked this process, is gone; then end immediately.

    Half-written files are in the waiting room, which the next run removes.
    """
    while parent.is_alive() and os.getppid() == server:
        parent.join(_LOOK)
    os._exit(1)


def _let_the_system_watch(sentinel: int) -> None:
    """Have the system kill this process when the other end of the pipe ``sentinel`` is closed: when the parent ends.

    That works even if this process is stopped, or is busy in a library that does not let other threads run.
    """
    try:
        import fcntl

        fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(sentinel, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    except (ImportError, OSError, AttributeError):  # not everywhere; the thread is there still
        return
    if select.select([sentinel], [], [], 0)[0]:  # already closed
        os._exit(1)


def start_server() -> None:
    """Start the server that worker processes are forked from, so that it ignores Ctrl-C from its first moment.

    It learns to ignore it only after its imports, and would end with a traceback before that.
    """
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # which lets Ctrl-C through when it begins
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Defer Ctrl-C until the block is done: files in their places and lines in the manifest belong together.

    The same applies to SIGTERM, if the program has set a handler for it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[tuple[signal.Signals, FrameType | None]] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    ours = {number: handler for number, handler in before.items() if callable(handler)}
    for number in ours:
        signal.signal(number, lambda number, frame: caught.append((signal.Signals(number), frame)))
    try:
        yield
    finally:
        for number, handler in ours.items():
            signal.signal(number, handler)
    for caught_number, frame in caught[:1]:
        ours[signal.Signals(caught_number)](caught_number, frame)
