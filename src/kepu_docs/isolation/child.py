"""The child process: it answers requests, within its limits, until its caller is gone."""

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
except ImportError:  # Windows: only the caller watches the time
    resource = None  # type: ignore[assignment]

_LARGEST_FILE: Final = 64 * 1024
"""The most bytes that a child may write to a file: it writes none, except a parser's last words on standard error."""


def serve() -> None:
    """Answer the caller's requests one after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the caller to handle
    if hasattr(signal, "SIGPROF"):  # the caller may have blocked or ignored it
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
        except OSError:  # nobody is waiting for the reply
            return


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return the streams of requests and of replies; whatever a parser prints is discarded."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, replies


class _Worker:
    """Answers one request at a time; keeps one object between requests."""

    def __init__(self, replies: BinaryIO) -> None:
        self._replies = replies
        self._held: Any = None
        self._left = 0.0
        self._memory = 0
        self._files = 0

    def work(self, verb: str, module: str, name: str, arguments: tuple[Any, ...], seconds: float, memory: int) -> None:
        """Answer a request.

        ``call`` and ``hold`` start work on a file; ``hold`` keeps the object that the function returns. ``ask`` goes on
        with the kept object within the time that is left, ``ask anew`` with a time limit of its own.
        """
        if verb in ("call", "hold"):
            self._held = None
        if verb != "ask":
            self._left, self._memory = seconds, memory
            self._files += 1
            _limit_memory(memory)
        reply: tuple[str, Any]
        try:
            function = _resolved(module, name)  # the time of imports does not count against the file
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
        except BaseException as error:  # a parser in foreign code may raise anything, even panic
            reply = "failed", _described(error)
        try:
            wire.send(self._replies, (*reply, self._is_worn()))
        except MemoryError:
            wire.send(self._replies, ("memory", None, True))

    def _is_worn(self) -> bool:
        """Return whether another process should take the next file, for which this one might lack memory."""
        if self._files >= FILES:
            return True
        try:
            with open("/proc/self/statm", encoding="ascii") as file:
                pages = int(file.read().split()[0])
        except OSError:
            return False
        return pages * os.sysconf("SC_PAGE_SIZE") > self._memory // 2


class _Clock:
    """Limits the processor time of a worker; the system ends a process that has none left, whatever it is doing."""

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
