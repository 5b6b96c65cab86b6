"""What a child process may use up, and what ends one that wants more."""

from dataclasses import dataclass
from typing import Final

from kepu_docs.errors import Message

MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of address space of a child, programs and all (some 250 MiB). A photograph of 80 million pixels takes 700."""
PROCESSOR_SECONDS: Final = 4.0
"""Of work on one file. An ordinary one takes a hundredth of it."""
SECONDS_A_MIB: Final = 2.0
"""More of them for each MiB of a file; reading a workbook of this size takes a quarter of it."""
WAITING_SECONDS: Final = 60
"""How long a child may do nothing at all, in seconds in which the caller ran too; none should."""
FILES: Final = 1_000
"""After which a child is replaced, so that what a parser forgets to give back does not add up."""
IDLE_CHILDREN: Final = 2
"""Kept for the next file, besides those at work."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use up for one file."""

    seconds: float = PROCESSOR_SECONDS
    """Of processor time."""
    memory: int = MEMORY
    """Bytes of address space. Windows does not enforce it."""

    @classmethod
    def of_size(cls, size: int) -> "Limits":
        """Return the limits for a file of so many bytes."""
        return cls(PROCESSOR_SECONDS + SECONDS_A_MIB * size / 2**20)


class StoppedError(Exception):
    """A child died, was stopped, or failed in a way that says nothing of its file; ``reason`` is fit for a fault."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason
