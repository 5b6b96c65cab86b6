"""From the waiting room to their names: finished documents take their places, in the order of the source.

Only the process that began the run does this. Names are those that a run from scratch would give. What somebody else
put there, or changed by hand, is not overwritten unasked.
"""

import hashlib
import os
import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from kepu_docs.batch.manifest import HALF_MANIFEST, Manifest, Output, key_of
from kepu_docs.batch.work import Outcome, Who
from kepu_docs.errors import N_, Fault, OutputError, Place
from kepu_docs.pipeline.names import NamesTaken
from kepu_docs.pipeline.writing import TEMPORARY_PREFIX, make_folder, move_file

ROOM: Final = f"{TEMPORARY_PREFIX}waiting"
JOURNAL: Final = f"{TEMPORARY_PREFIX}placing"
LOCK: Final = f"{TEMPORARY_PREFIX}lock"


class Paths:
    """The paths given out in one run, below the output folder."""

    def __init__(self) -> None:
        self._folders: dict[str, NamesTaken] = {}

    def take(self, stem: str, suffix: str) -> str:
        """Return the path of ``stem`` without its suffix, numbered if it is taken.

        Folders that some system takes for one are one, as with file names.
        """
        folder, _, name = stem.rpartition("/")
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFD", folder).casefold())
        names = self._folders.setdefault(key, NamesTaken())
        taken = names.take(name, suffix).removesuffix(suffix)
        return f"{folder}/{taken}" if folder else taken


class Places:
    """Gives finished documents their places in one folder."""

    def __init__(self, folder: Path, manifest: Manifest, sources: frozenset[str], *, fresh: bool) -> None:
        """``sources`` are those of this run: documents of other sources keep their names."""
        self._folder = folder
        self._manifest = manifest
        self._fresh = fresh
        self._paths = Paths()
        self._made_folders: set[str] = set()
        self._journal = folder / JOURNAL
        self._ours = self._left_over()
        self._reserved = {
            key_of(output.path): line.who
            for line in manifest.all()
            if line.source not in sources
            for output in line.outputs
        }

    def room(self) -> Path:
        """Return the waiting room, emptied of what a killed run left in it."""
        room = self._folder / ROOM
        with suppress(OSError):
            (self._folder / HALF_MANIFEST).unlink()
        shutil.rmtree(room, ignore_errors=True)
        make_folder(room)
        return room

    def _left_over(self) -> set[str]:
        """Return the paths that a killed run was about to take: what stands there is ours, though no line says so."""
        try:
            return set(self._journal.read_text(encoding="utf-8").split("\n"))
        except (OSError, ValueError):
            return set()

    def name(self, who: Who, stem: str, suffixes: Sequence[str]) -> str:
        """Return the path for a record's documents, without suffix, that no other record has."""
        longest = max(suffixes, key=len)
        while True:
            name = self._paths.take(stem, longest)
            if all(self._reserved.get(key_of(name + suffix), who) == who for suffix in suffixes):
                return name

    def announce(self, paths: Iterable[str]) -> None:
        """Note the paths that are to be taken next, before any of them is."""
        try:
            self._journal.write_text("\n".join({*self._ours, *paths}), encoding="utf-8")
        except OSError as error:
            raise OutputError.at(
                Place(str(self._journal)), N_("not written: {reason}"), reason=error.strerror or str(error)
            ) from None

    def recorded(self, outputs: Iterable[Output]) -> None:
        """Note that the manifest tells of ``outputs`` now."""
        self._ours.difference_update([output.path for output in outputs])

    def place(self, name: str, outcome: Outcome) -> tuple[Output, ...]:
        """Move the files of an outcome to their paths, and return what the manifest says of them.

        Raises ``OutputError`` where something stands that this folder's runs did not make, or that was changed since.
        """
        for made in outcome.files:
            fault = None if self._fresh else self._obstacle(name + made.suffix)
            if fault:
                raise StandsInTheWayError([fault])
        folder = os.path.dirname(name)
        if folder not in self._made_folders:
            make_folder(self._folder / folder)
            self._made_folders.add(folder)
        outputs = []
        for made in outcome.files:
            path = name + made.suffix
            move_file(made.file, os.path.join(self._folder, path))
            outputs.append(Output(made.format, path, made.size, made.sha256))
        return tuple(outputs)

    def _obstacle(self, path: str) -> Fault | None:
        """Return why the file at ``path`` must not be overwritten."""
        target = os.path.join(self._folder, path)
        try:
            size = os.lstat(target).st_size
        except OSError:
            return None
        if path in self._ours or not size:
            return None
        line = self._manifest.owner(path)
        if line is None:
            text = N_("a file of this name is there that no run made; move it away, or overwrite it with --fresh")
            return Fault(Place(path), text)
        if any(output.path == path and not same(target, output) for output in line.outputs):
            text = N_("this document was changed by hand since; move it away, or overwrite it with --fresh")
            return Fault(Place(path), text)
        return None

    def discard(self, outcome: Outcome) -> None:
        """Remove the files of an outcome from the waiting room."""
        for made in outcome.files:
            with suppress(OSError):
                os.unlink(made.file)

    def leave(self) -> None:
        """Remove what is of use only during a run."""
        shutil.rmtree(self._folder / ROOM, ignore_errors=True)
        with suppress(OSError):
            self._journal.unlink()


class StandsInTheWayError(OutputError):
    """A document cannot take its place because of what stands there."""


def same(path: str, output: Output) -> bool:
    """Tell whether the file at ``path`` is the one that was made."""
    try:
        if os.stat(path).st_size != output.size:
            return False
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == output.sha256
    except OSError:
        return False
