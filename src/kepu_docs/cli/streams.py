"""Standard output and standard error, either of which may be closed, full, or no longer read.

A failure to write stops no work: documents are completed, and the exit status shows that output was lost.
"""

import os
import sys
from io import TextIOWrapper
from typing import TextIO

from kepu_docs.errors.visible import seen


def take_places() -> None:
    """Open the streams that the process received closed: else the next file opened would be its standard output."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            found = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(found, True)
            if found != descriptor:  # not on a system that numbers them as POSIX specifies
                os.dup2(found, descriptor)


def use_utf8() -> None:
    """Let Chinese come out right on a system whose locale does not know it.

    What goes to a file or another program is UTF-8 everywhere. A terminal keeps its encoding (GB18030, GBK, Big5) if
    that has hanzi, and so does any stream for which the user sets ``PYTHONIOENCODING``; what it lacks is escaped.
    """
    asked = bool(os.environ.get("PYTHONIOENCODING"))
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        if (asked or stream.isatty()) and _has_hanzi(stream.encoding):
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _has_hanzi(encoding: str) -> bool:
    """Tell whether an encoding has hanzi; 工 is in those of simplified and of traditional characters."""
    try:
        return bool("工".encode(encoding))
    except UnicodeEncodeError:
        return False


class Streams:
    """The two streams of a command."""

    def __init__(self) -> None:
        self.lost: Exception | None = None
        """Why standard output was lost, if it was."""

    def write(self, text: str, *, err: bool = False) -> None:
        """Write a text to standard output or standard error, without invisible characters except line ends."""
        if not text:
            return
        stream = sys.stderr if err else sys.stdout
        try:
            if stream is None:  # closed before the process began
                raise OSError("it is closed")
            if self.lost is None or err:
                stream.write(seen(text))
                stream.flush()
        except (OSError, ValueError) as error:
            if not err:
                self.lost = error
            _leave(stream)

    def write_bytes(self, content: bytes) -> None:
        """Write a finished document to standard output, unchanged."""
        try:
            if sys.stdout is None:  # closed before the process began
                raise OSError("it is closed")
            if self.lost is None:
                sys.stdout.flush()
                sys.stdout.buffer.write(content)
                sys.stdout.buffer.flush()
        except (OSError, ValueError) as error:
            self.lost = error
            _leave(sys.stdout)

    def end(self) -> None:
        """Write out the rest, so that Python has nothing to complain about when it ends."""
        for stream in (sys.stdout, sys.stderr):
            try:
                if stream is not None:
                    stream.flush()
            except (OSError, ValueError):
                _leave(stream)


def _leave(stream: TextIO | None) -> None:
    """Discard the rest in a stream that cannot be written."""
    try:
        if stream is not None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
    except (OSError, ValueError):
        return  # not a stream of the system
