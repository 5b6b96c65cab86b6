"""What child processes do in the tests."""

import os
import sys
import time
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, NamedTuple

from kepu_docs.errors import Place, RecordError


class Pair(NamedTuple):
    first: int
    second: str


class Gadget:
    """Would run a command where it is unpickled."""

    def __reduce__(self) -> Any:
        return os.system, ("echo taken over",)


class Shelf:
    def __init__(self, start: int) -> None:
        self.at = start

    def next(self) -> int:
        self.at += 1
        return self.at

    def burn(self, seconds: float) -> float:
        begin = time.process_time()
        while time.process_time() - begin < seconds:
            pass
        return seconds

    def die(self) -> None:
        os.abort()


def pair(first: int, second: str) -> Pair:
    return Pair(first, second)


def refuse() -> None:
    raise RecordError.at(Place("试验.yaml", 3), "nothing of {what}", what="this")


def fail() -> None:
    raise ZeroDivisionError("by zero")


def panic() -> None:
    raise BaseException("a panic of foreign code")


def take(mebibytes: int) -> int:
    return len(bytearray(mebibytes << 20))


KEPT: list[bytearray] = []


def keep(mebibytes: int) -> None:
    KEPT.append(bytearray(mebibytes << 20))


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(7)


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(3600)


def chatter() -> str:
    print("out")  # noqa: T201
    print("err", file=sys.stderr)  # noqa: T201
    os.write(1, b"raw")
    return sys.stdin.read() if sys.stdin else ""


def gadget() -> Gadget:
    return Gadget()


def ordered() -> OrderedDict[str, int]:
    return OrderedDict(a=1)


def process() -> int:
    return os.getpid()


def write(path: str) -> int:
    with open(path, "wb") as file:
        return file.write(bytes(1 << 20))


def counted(number: int) -> Iterator[int]:
    yield from range(number)
