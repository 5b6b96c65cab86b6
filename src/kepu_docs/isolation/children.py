"""The caller's side: children begun, kept for the next file, watched over and ended."""

import atexit
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO, Concatenate, Final, Generic, ParamSpec, TypeVar, cast

from kepu_docs.errors import N_, KepuError, Message
from kepu_docs.isolation import wire
from kepu_docs.isolation.limits import IDLE_CHILDREN, WAITING_SECONDS, Limits, StoppedError

P = ParamSpec("P")
T = TypeVar("T")
H = TypeVar("H")

# Isolated from the user's settings of Python; where modules are found comes from the caller.
_BEGIN: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from kepu_docs.isolation.child import serve; serve()"
)
_ABORTED: Final = b"memory allocation of "
_ENDING_SECONDS: Final = 10
"""How long a process that speaks no more may take to end."""
_CAN_POLL: Final = hasattr(select, "poll")
_SHARE_OF_A_BUSY_MACHINE: Final = 10
"""How many seconds may go by in which a child gets one of processor time."""


def end_idle_children() -> None:
    """End the children that wait for work: what they have imported is no longer what is to be had."""
    _children.end()


def isolated(function: Callable[P, T], limits: Limits, *arguments: P.args, **named: P.kwargs) -> T:
    """Return what ``function`` returns, called in a child; it and its arguments are found there by their names.

    Raises what the function raises of our errors, and ``StoppedError`` where the child does not live to answer.
    """
    assert not named  # noqa: S101  (a request has arguments by position alone)
    child = _children.take()
    try:
        answer: T = child.answer("call", function, arguments, limits)
    finally:
        _children.give(child)
    return answer


class Held(Generic[H]):
    """An object in a child, made from a file and asked for one piece after the other; a context manager.

    All that is asked of it counts against the limits together. A child that has died makes each question raise
    ``StoppedError``.
    """

    def __init__(self, make: Callable[..., H], limits: Limits, *arguments: object) -> None:
        """Make the object in a child. Raises as :func:`isolated` does."""
        self._limits = limits
        self._closed = False
        self._child = _children.take()
        done = False
        try:
            self._child.answer("hold", make, arguments, limits)
            done = True
        finally:
            if not done:
                self.close()

    def ask(self, method: Callable[Concatenate[H, P], T], *arguments: P.args, **named: P.kwargs) -> T:
        """Return what a method of the object returns."""
        assert not named  # noqa: S101
        answer: T = self._child.answer("ask", method, arguments, self._limits)
        return answer

    def ask_anew(
        self, method: Callable[Concatenate[H, P], T], limits: Limits, *arguments: P.args, **named: P.kwargs
    ) -> T:
        """Return what a method of the object returns, within limits of its own."""
        assert not named  # noqa: S101
        answer: T = self._child.answer("ask anew", method, arguments, limits)
        return answer

    def close(self) -> None:
        """Let the child go on to other files."""
        if not self._closed:
            self._closed = True
            _children.give(self._child)

    def __enter__(self) -> "Held[H]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Child:
    """One process; ``is_idle`` while it waits for a request."""

    def __init__(self) -> None:
        self.is_idle = True
        self._is_worn = False
        # Its last words distinguish a lack of memory from another death.
        self._last_words = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the process)
        path = [os.path.abspath(each) if each else os.getcwd() for each in sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603  (this very Python)
                [sys.executable, "-I", "-c", _BEGIN, json.dumps(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._last_words,
                # Arenas of memory for threads would count as used.
                env={**os.environ, "MALLOC_ARENA_MAX": "1"},
            )
        except OSError as error:
            self._last_words.close()
            text = N_("no process could be started to read it: {reason}")
            raise StoppedError(Message.of(text, reason=error.strerror or str(error))) from None

    def answer(self, verb: str, function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits) -> Any:
        """Return the answer to a request. Raises ``StoppedError``, or what the function raised of our errors."""
        module, name = function.__module__, function.__qualname__
        stdin, stdout = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)
        if not self.is_idle:
            raise StoppedError(Message(N_("the process that read it has ended")))
        self.is_idle = False
        try:
            wire.send(stdin, (verb, module, name, arguments, limits.seconds, limits.memory))
            with _Watch(self._process, limits):
                kind, value, self._is_worn = wire.receive(stdout, module.partition(".")[0])
        except (OSError, EOFError):
            raise StoppedError(self._cause(limits)) from None
        except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, ImportError) as error:
            text = N_("the process that read it gave an unexpected answer: {error}")
            raise StoppedError(Message.of(text, error=str(error))) from None
        self.is_idle = True
        match kind:
            case "end":
                return value
            case "error" if isinstance(value, KepuError):
                raise value
            case "memory":
                raise StoppedError(_too_much_memory(limits))
            case _:
                raise StoppedError(Message.of(N_("the reader failed on it: {error}"), error=str(value)))

    def _cause(self, limits: Limits) -> Message:
        """Return why the process has ended."""
        try:
            status = self._process.wait(_ENDING_SECONDS)
        except subprocess.TimeoutExpired:  # it has but closed its side
            self._process.kill()
            status = self._process.wait()
        self._last_words.seek(0)
        if _ABORTED in self._last_words.read():
            return _too_much_memory(limits)
        if status == -getattr(signal, "SIGPROF", 0):
            text = N_("it takes more than {limit} seconds of computing; the file is probably damaged or malicious")
            return Message.of(text, limit=f"{limits.seconds:.0f}")
        if status == -getattr(signal, "SIGKILL", 0):
            return Message(N_("the process that read it was killed; is there enough memory?"))
        try:
            signal_name = signal.Signals(-status).name
        except ValueError:
            signal_name = str(status)
        return Message.of(N_("the reader crashed on it ({signal})"), signal=signal_name)

    @property
    def is_useful(self) -> bool:
        """Whether it can take another request."""
        return self.is_idle and not self._is_worn and self._process.poll() is None

    def end(self) -> None:
        """End the process, at once where it is at work."""
        if not self.is_idle:
            self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]
        self._process.wait()
        self._last_words.close()


def _too_much_memory(limits: Limits) -> Message:
    return Message.of(N_("it needs more than {limit} MiB of memory"), limit=limits.memory >> 20)


class _Watch:
    """Waits for a reply, and kills a process that gives none for too long.

    Seconds are counted one by one, so that a caller that was stopped for a while does not take it out on its child.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", limits: Limits) -> None:
        self._process = process
        self._seconds = int(WAITING_SECONDS + _SHARE_OF_A_BUSY_MACHINE * limits.seconds)
        self._done = threading.Event()

    def __enter__(self) -> None:
        if _CAN_POLL:
            waiting = select.poll()
            waiting.register(cast(BinaryIO, self._process.stdout), select.POLLIN | select.POLLHUP)
            for _ in range(self._seconds):
                if waiting.poll(1_000):
                    return
            self._process.kill()
        else:
            threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        for _ in range(self._seconds):
            if self._done.wait(1):
                return
        self._process.kill()

    def __exit__(self, *_: object) -> None:
        self._done.set()


class _Children:
    """The children of this process that wait for work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[_Child] = []

    def take(self) -> _Child:
        """Return a child for one caller."""
        while True:
            with self._lock:
                child = self._idle.pop() if self._idle else None
            if child is None:
                return _Child()
            if child.is_useful:
                return child
            child.end()

    def give(self, child: _Child) -> None:
        """Keep a child for the next caller, or end it."""
        if child.is_useful:
            with self._lock:
                if child in self._idle:
                    return
                if len(self._idle) < IDLE_CHILDREN:
                    self._idle.append(child)
                    return
        child.end()

    def forget(self) -> None:
        """Know of no child: those of a process that forked are its own."""
        self._lock = threading.Lock()
        self._idle = []

    def end(self) -> None:
        """End all."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()


# One set for the process, as the processes are its own whoever calls.
_children: Final = _Children()
atexit.register(_children.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_children.forget)
