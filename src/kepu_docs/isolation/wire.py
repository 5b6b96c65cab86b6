"""How a caller and its child communicate: pickled messages, each preceded by its length.

The child trusts its caller. From its child, the caller accepts numbers, texts, times and collections, and values of the
frozen classes of kepu-docs and of the package whose function it called: a parser that a hostile file has taken over can
return wrong data but cannot execute anything in the caller.
"""

import importlib
import pickle
import struct
from dataclasses import is_dataclass
from enum import Enum
from io import BytesIO
from typing import Any, BinaryIO, Final

from kepu_docs.errors import KepuError

_LENGTH: Final = struct.Struct(">Q")
MOST_BYTES: Final = 512 * 1024 * 1024
"""The greatest length of one message, in bytes."""
_BUILTINS: Final = frozenset(("set", "frozenset", "bytearray", "range"))
_TIMES: Final = frozenset(("date", "datetime", "time", "timedelta", "timezone"))


def send(stream: BinaryIO, message: object) -> None:
    """Write a message. Raises ``OSError`` if nobody reads it."""
    data = pickle.dumps(message, 5)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive_trusted(stream: BinaryIO) -> Any:
    """Return the next message of a trusted sender. Raises ``EOFError`` at the end."""
    return pickle.loads(_message(stream))  # noqa: S301  (a child reads what its caller wrote)


def receive(stream: BinaryIO, package: str) -> Any:
    """Return the next message of a child that works for ``package``.

    Raises ``EOFError`` at the end, and ``pickle.UnpicklingError`` for anything that a child of kepu-docs never sends.
    """
    return _Reader(BytesIO(_message(stream)), package).load()


def _message(stream: BinaryIO) -> bytes:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > MOST_BYTES:
        raise EOFError
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


class _Reader(pickle.Unpickler):
    def __init__(self, stream: BinaryIO, package: str) -> None:
        super().__init__(stream)
        self._packages = ("kepu_docs", package)

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that values may have; raise ``pickle.UnpicklingError`` for any other."""
        if (module == "builtins" and name in _BUILTINS) or (module == "datetime" and name in _TIMES):
            return getattr(importlib.import_module(module), name)
        if module.partition(".")[0] in self._packages and not module.endswith("__main__"):
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and (is_dataclass(found) or issubclass(found, (tuple, Enum, KepuError))):
                return found
        raise pickle.UnpicklingError(f"a child sent a {module}.{name}")
