"""How processes end: the one that began a run not in the midst of what goes together, its workers not later than it.

A process that is killed can warn nobody; its workers would wait for tasks for ever, and the server that they were
forked from for them.
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
"""Seconds between two looks at whether the server of worker processes is gone: its end is not reported."""


def begin_worker() -> None:
    """Leave Ctrl-C to the process that began the run, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        _let_the_system_watch(parent.sentinel)
    threading.Thread(target=_end_with, args=(parent, os.getppid()), name="kepu-docs-watch", daemon=True).start()


def _end_with(parent: BaseProcess, server: int) -> None:
    """Wait until the parent, or the server that forked this process, is gone; then end without ado.

    What is half-written lies in the waiting room, which the next run sweeps.
    """
    while parent.is_alive() and os.getppid() == server:
        parent.join(_LOOK)
    os._exit(1)


def _let_the_system_watch(sentinel: int) -> None:
    """Have the system kill this process when the other end of the pipe ``sentinel`` is closed: when the parent is gone.

    It does so too where this process is stopped, or is busy in a library that lets no other thread come to its turn.
    """
    try:
        import fcntl

        fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(sentinel, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(sentinel, fcntl.F_SETFL, fcntl.fcntl(sentinel, fcntl.F_GETFL) | os.O_ASYNC)
    except (ImportError, OSError, AttributeError):  # not everywhere; the thread is there still
        return
    if select.select([sentinel], [], [], 0)[0]:  # it was closed before
        os._exit(1)


def start_server() -> None:
    """Start the server that worker processes are forked from, deaf to Ctrl-C from its first moment on.

    It learns to ignore it only when it has imported what they need, and would end with a traceback before.
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
    """Put off Ctrl-C until what has begun is done: files in their places and lines in the manifest go together.

    So with SIGTERM, where the program has set what is to be done about it.
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
