"""The caller's side: starts children, keeps them for the next file, watches them and ends them."""

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

# Isolated from the user's Python settings; the caller passes its module search path.
_BEGIN: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from kepu_docs.isolation.child import serve; serve()"
)
_ABORTED: Final = b"memory allocation of "
_ENDING_SECONDS: Final = 10
"""The seconds that a process may take to end after it stopped answering."""
_CAN_POLL: Final = hasattr(select, "poll")
_SHARE_OF_A_BUSY_MACHINE: Final = 10
"""The seconds that may pass for each second of processor time that a child gets."""


def end_idle_children() -> None:
    """End the idle children: the modules that they have imported may be out of date."""
    _children.end()


def isolated(function: Callable[P, T], limits: Limits, *arguments: P.args, **named: P.kwargs) -> T:
    """Call ``function`` in a child and return its result; the child finds it by its module and name.

    Raises the ``KepuError`` that the function raises, and ``StoppedError`` if the child dies before it answers.
    """
    assert not named  # noqa: S101  (requests have positional arguments only)
    child = _children.take()
    try:
        answer: T = child.answer("call", function, arguments, limits)
    finally:
        _children.give(child)
    return answer


class Held(Generic[H]):
    """An object in a child, made from a file and queried piece by piece; a context manager.

    All queries count against the limits together. If the child has died, each query raises ``StoppedError``.
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
        """Return what a method of the object returns, within what is left of the limits."""
        assert not named  # noqa: S101
        answer: T = self._child.answer("ask", method, arguments, self._limits)
        return answer

    def ask_anew(
        self, method: Callable[Concatenate[H, P], T], limits: Limits, *arguments: P.args, **named: P.kwargs
    ) -> T:
        """Return what a method of the object returns, within separate limits."""
        assert not named  # noqa: S101
        answer: T = self._child.answer("ask anew", method, arguments, limits)
        return answer

    def close(self) -> None:
        """Release the child for other files."""
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
        # What it writes last distinguishes a lack of memory from other causes of death.
        self._last_words = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the process)
        path = [os.path.abspath(each) if each else os.getcwd() for each in sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603  (this very Python)
                [sys.executable, "-I", "-c", _BEGIN, json.dumps(path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._last_words,
                # Memory arenas of threads would count as used.
                env={**os.environ, "MALLOC_ARENA_MAX": "1"},
            )
        except OSError as error:
            self._last_words.close()
            text = N_("no process could be started to read it: {reason}")
            raise StoppedError(Message.of(text, reason=error.strerror or str(error))) from None

    def answer(self, verb: str, function: Callable[..., Any], arguments: tuple[Any, ...], limits: Limits) -> Any:
        """Return the answer to a request. Raises ``StoppedError``, or the ``KepuError`` that the function raised."""
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
        except subprocess.TimeoutExpired:  # it has only closed its side
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
        """End the process; kill it if it is still working."""
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
    """Waits for a reply, and kills a process that does not answer for too long.

    Seconds are counted one by one, so that a pause of the caller is not counted against its child.
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
    """The idle children of this process."""

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
        """Keep a child for the next caller, or end it if it is of no more use or enough children wait."""
        if child.is_useful:
            with self._lock:
                if child in self._idle:
                    return
                if len(self._idle) < IDLE_CHILDREN:
                    self._idle.append(child)
                    return
        child.end()

    def forget(self) -> None:
        """Forget all children: after a fork they belong to the parent process."""
        self._lock = threading.Lock()
        self._idle = []

    def end(self) -> None:
        """End all idle children."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.end()


# One set for the process, because child processes belong to the process, whichever caller uses them.
_children: Final = _Children()
atexit.register(_children.end)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_children.forget)
