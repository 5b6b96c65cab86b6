"""A cache of a bounded number of objects, those used last, for many threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Slot(Generic[V]):
    """The slot of one object, which the first thread to need it makes."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.made: list[V] = []


class BoundedCache(Generic[K, V]):
    """At most ``most`` objects by their keys; if there are more, those unused for the longest time are dropped.

    While one thread makes an object, threads that want the same one wait for it; threads that want another do not wait.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._slots: OrderedDict[K, _Slot[V]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the object of ``key``; ``make`` makes it. If ``make`` raises, nothing is kept."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self._most:
                self._slots.popitem(last=False)
        with slot.lock:
            if not slot.made:
                slot.made.append(make())
            return slot.made[0]

    def __len__(self) -> int:
        return len(self._slots)
