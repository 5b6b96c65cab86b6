"""A cache of a bounded number of things, those last used, for many threads."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Slot(Generic[V]):
    """The place of one thing, which is made by whoever is first there."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.made: list[V] = []


class BoundedCache(Generic[K, V]):
    """At most ``most`` things by their keys; of more, those go that were not asked for the longest.

    While one thread makes a thing, those that want the same one wait for it, and those that want another do not.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._slots: OrderedDict[K, _Slot[V]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Return the thing of ``key``; ``make`` makes it. What it raises is raised, and nothing is kept."""
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
