"""The child process: does what it is asked, within its limits, until its caller is gone."""

import os
import signal
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO, Final

from kepu_docs.errors import KepuError
from kepu_docs.isolation import wire
from kepu_docs.isolation.limits import FILES

try:
    import resource
except ImportError:  # Windows: the caller alone watches over the time
    resource = None  # type: ignore[assignment]

_LARGEST_FILE: Final = 64 * 1024
"""A child writes none, but for the last words of a parser on its standard error output."""


def serve() -> None:
    """Do what the caller asks, one thing after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is a matter of the caller
    if hasattr(signal, "SIGPROF"):  # which the caller may have blocked or ignored
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGPROF,))
    requests, replies = _pipes()
    worker = _Worker(replies)
    while True:
        try:
            request = wire.receive_trusted(requests)
        except EOFError:
            return
        try:
            worker.work(*request)
        except OSError:  # nobody waits for the reply
            return


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return what the caller writes to and reads from; whatever a parser prints goes nowhere."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, replies


class _Worker:
    """Works on one request at a time; keeps one object between them."""

    def __init__(self, replies: BinaryIO) -> None:
        self._replies = replies
        self._held: Any = None
        self._left = 0.0
        self._memory = 0
        self._files = 0

    def work(self, verb: str, module: str, name: str, arguments: tuple[Any, ...], seconds: float, memory: int) -> None:
        """Answer a request.

        ``call`` begins upon a file, and ``hold`` too, of which something is kept; ``ask`` goes on with what is held,
        and with what is left of its time, ``ask anew`` with time of its own.
        """
        if verb in ("call", "hold"):
            self._held = None
        if verb != "ask":
            self._left, self._memory = seconds, memory
            self._files += 1
            _limit_memory(memory)
        reply: tuple[str, Any]
        try:
            function = _resolved(module, name)  # what it imports is no matter of the file
            with _Clock(self):
                match verb:
                    case "call":
                        reply = "end", function(*arguments)
                    case "hold":
                        self._held = function(*arguments)
                        reply = "end", None
                    case _:
                        reply = "end", function(self._held, *arguments)
        except KepuError as error:
            reply = "error", error
        except MemoryError:
            self._held = None
            reply = "memory", None
        except BaseException as error:  # a parser of foreign code may raise anything, and panic
            reply = "failed", _described(error)
        try:
            wire.send(self._replies, (*reply, self._is_worn()))
        except MemoryError:
            wire.send(self._replies, ("memory", None, True))

    def _is_worn(self) -> bool:
        """Tell whether another process should take the next file, which might lack memory in this one."""
        if self._files >= FILES:
            return True
        try:
            with open("/proc/self/statm", encoding="ascii") as file:
                pages = int(file.read().split()[0])
        except OSError:
            return False
        return pages * os.sysconf("SC_PAGE_SIZE") > self._memory // 2


class _Clock:
    """Lets the time of a worker run; the system ends a process that has none left, whatever it is doing."""

    def __init__(self, worker: _Worker) -> None:
        self._worker = worker

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, max(self._worker._left, 0.01))

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            self._worker._left = signal.setitimer(signal.ITIMER_PROF, 0)[0]


def _limit_memory(memory: int) -> None:
    if resource is None:
        return
    for what, limit in (("AS", memory), ("FSIZE", _LARGEST_FILE), ("CORE", 0)):
        number = getattr(resource, f"RLIMIT_{what}")
        _, hard = resource.getrlimit(number)
        soft = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(number, (soft, hard))


def _resolved(module: str, name: str) -> Callable[..., Any]:
    found: Any = import_module(module)
    for step in name.split("."):
        found = getattr(found, step)
    return found  # type: ignore[no-any-return]


def _described(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"[:500]
    except Exception:
        return type(error).__name__
