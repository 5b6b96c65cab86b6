"""What a fuzzing target is, and what must hold for every input.

Only errors of the project's own family may be raised, within :data:`SECONDS` and :data:`MEGABYTES`. In fuzzing,
libFuzzer gets these limits, ends the run and keeps the input; the tests run the corpus without them.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final

from kepu_docs.errors import KepuError

SECONDS: Final = 5
"""For one input."""
MEGABYTES: Final = 1024
"""Of the whole process, with what coverage needs."""

CORPUS: Final = Path(__file__).parent / "corpus"
"""A folder for each target: inputs that showed a fault, or that are worth to begin with."""

TARGETS: Final[Mapping[str, tuple[str, ...]]] = {
    "importing": ("kepu_docs.importing", "kepu_docs.reading.archives"),
    "word": ("kepu_docs.importing", "kepu_docs.reading.archives"),
    "reference": ("kepu_word", "kepu_docs.reading.archives"),
    "workbook": ("kepu_sources", "kepu_docs.reading.archives"),
    "csv_tables": ("kepu_sources",),
    "records": ("kepu_docs.pipeline", "kepu_docs.schema", "kepu_sources.json_records"),
    "templates": ("kepu_docs.composing", "kepu_docs.locale"),
    "manifest": ("kepu_docs.batch",),
}
"""The modules of ``tests.fuzzing.targets``, each with a :class:`Target` named ``TARGET``; and the code that is watched:
which of its lines an input reaches. All other code runs as fast as ever."""

Bytes = Callable[[bytes, int], bytes]
"""Changes some bytes, so that no more come out than are allowed."""
Mutator = Callable[[bytes, int, int, Bytes], bytes]
"""Changes an input: the input, how long the result may be, a seed, and what changes bytes without knowing them."""


@dataclass(frozen=True)
class Target:
    """A door that is fuzzed."""

    check: Callable[[bytes], None]
    """Does with an input what the code does with a stranger's, in this process. Raises what must not come out."""
    seeds: Callable[[], Iterable[bytes]]
    """Makes inputs to begin with, beside those of the corpus: what is binary is better made than kept."""
    mutate: Mutator | None = None
    """Knows how inputs are built. Without it libFuzzer changes bytes."""
    public: Callable[[bytes], None] | None = None
    """Does the same through the door that users take, where that is another: slower, since processes are started."""
    longest: int = 65_536
    """Bytes of an input."""


def target(name: str) -> Target:
    """Return a target by its name. Raises ``KeyError`` for one that is not there."""
    if name not in TARGETS:
        raise KeyError(name)
    found: Target = import_module(f"tests.fuzzing.targets.{name}").TARGET
    return found


def checked(check: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Return ``check`` with the project's own errors taken for what they are: right answers.

    What Python can raise to nobody, and would print (a generator that fails to close), comes out as well.
    """

    def run(data: bytes) -> None:
        unraised: list[BaseException] = []
        before = sys.unraisablehook
        sys.unraisablehook = lambda told: unraised.append(told.exc_value or AssertionError(told.err_msg))
        try:
            check(data)
        except KepuError as error:
            # A message that cannot be told is a fault of its own.
            str(error)
        finally:
            sys.unraisablehook = before
        if unraised:
            raise unraised[0]

    return run


def inputs(name: str) -> list[Path]:
    """Return the files of a target's corpus."""
    folder = CORPUS / name
    return sorted(folder.iterdir()) if folder.is_dir() else []
