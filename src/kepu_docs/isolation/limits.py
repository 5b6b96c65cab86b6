"""The limits of a child process, and the error for a child that exceeds them."""

from dataclasses import dataclass
from typing import Final

from kepu_docs.errors import Message

MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of address space of a child, including its programs (some 250 MiB). A photograph of 80 million pixels takes
700 MiB."""
PROCESSOR_SECONDS: Final = 4.0
"""Processor time for one file. An ordinary file takes a hundredth of it."""
SECONDS_A_MIB: Final = 2.0
"""Additional processor time for each MiB of a file; reading a workbook of this size takes a quarter of it."""
WAITING_SECONDS: Final = 60
"""How long a child may give no answer, in seconds during which the caller runs too; normally none does."""
FILES: Final = 1_000
"""The number of files after which a child is replaced, so that memory which a parser does not release cannot add up."""
IDLE_CHILDREN: Final = 2
"""How many children are kept for the next file, in addition to those at work."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a child for one file."""

    seconds: float = PROCESSOR_SECONDS
    """Processor time in seconds."""
    memory: int = MEMORY
    """Bytes of address space. Windows does not enforce it."""

    @classmethod
    def of_size(cls, size: int) -> "Limits":
        """Return the limits for a file of ``size`` bytes."""
        return cls(PROCESSOR_SECONDS + SECONDS_A_MIB * size / 2**20)


class StoppedError(Exception):
    """A child died, was stopped, or failed for a cause other than its file; ``reason`` can be used in a fault."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason
