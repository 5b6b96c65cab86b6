"""From the waiting room to their names: finished documents take their places, in the order of the source.

Only the process that began the run does this. Names are those that a run from scratch would give. What somebody else
put there, or changed by hand, is not overwritten unasked.
"""

import hashlib
import os
import shutil
import stat
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from kepu_docs.batch.archive import half_archive
from kepu_docs.batch.manifest import HALF_MANIFEST, MANIFEST, Manifest, Output, is_below, key_of
from kepu_docs.batch.report import REPORT, REPORT_AS_CSV
from kepu_docs.batch.work import Made, Outcome, Who, is_of_the_disk
from kepu_docs.errors import N_, Fault, Message, OutputError, Place
from kepu_docs.pipeline.names import NamesTaken
from kepu_docs.pipeline.writing import TEMPORARY_PREFIX, make_folder, move_file, reason_of

ROOM: Final = f"{TEMPORARY_PREFIX}waiting"
JOURNAL: Final = f"{TEMPORARY_PREFIX}placing"
LOCK: Final = f"{TEMPORARY_PREFIX}lock"
OURS: Final = (MANIFEST, REPORT, REPORT_AS_CSV)
"""What stands in the folder besides documents."""


class Paths:
    """The paths given out in one run, below the output folder."""

    def __init__(self, suffixes: Iterable[str]) -> None:
        """``suffixes`` are all that files in the folder may have."""
        # No folder looks like a file: else one record's folder could be another's document, or the manifest.
        self._suffixes = tuple({*(suffix.lower() for suffix in suffixes if suffix), *map(_suffix, OURS)})
        top = NamesTaken()
        for name in OURS:
            top.take(name.removesuffix(_suffix(name)), _suffix(name))
        self._folders: dict[str, NamesTaken] = {"": top}

    def take(self, stem: str, suffix: str) -> str:
        """Return the path of ``stem`` without its suffix, numbered if it is taken.

        Folders that some system takes for one are one, as with file names.
        """
        *steps, name = stem.split("/")
        folder = "/".join(f"{step}_" if step.lower().endswith(self._suffixes) else step for step in steps)
        names = self._folders.setdefault(folded(folder), NamesTaken())
        taken = names.take(name, suffix).removesuffix(suffix)
        return f"{folder}/{taken}" if folder else taken


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1]


def folded(path: str) -> str:
    """Return the form in which paths that some system takes for equal are equal."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


class Places:
    """Gives finished documents their places in one folder."""

    def __init__(
        self, folder: Path, manifest: Manifest, sources: frozenset[str], suffixes: Iterable[str], *, fresh: bool
    ) -> None:
        """``sources`` are those of this run: documents of other sources keep their names."""
        self._folder = folder
        self._manifest = manifest
        self._fresh = fresh
        self._paths = Paths(suffixes)
        self._made_folders: set[str] = set()
        self._journal = folder / JOURNAL
        self._is_placing = False
        self._reserved = {
            key_of(folded(output.path)): line.who
            for line in manifest.all()
            if line.source not in sources
            for output in line.outputs
        }
        self.follows_killed = os.path.lexists(folder / ROOM)
        """Whether the run before was killed."""

    def sweep(self) -> Path:
        """Remove what a killed run left, and return the waiting room, empty. Raises ``OutputError``."""
        self._remove_unrecorded()
        for half in (self._folder / HALF_MANIFEST, half_archive(self._folder)):
            with suppress(OSError):
                half.unlink()
        room = self._folder / ROOM
        shutil.rmtree(room, ignore_errors=True)
        make_folder(room)
        return room

    def _remove_unrecorded(self) -> None:
        """Remove the documents that a killed run placed, and of which it could not yet tell the manifest.

        They are made again. What does not have the content that they had is somebody else's by now, and stays.
        """
        try:
            noted = self._journal.read_text(encoding="utf-8").split("\n")[:-1]
        except (OSError, ValueError):
            noted = []
        for text in noted:
            sha256, _, path = text.partition(" ")
            if not is_below(path):
                continue
            line = self._manifest.owner(path)
            is_recorded = line and any(output.path == path and output.sha256 == sha256 for output in line.outputs)
            target = os.path.join(self._folder, path)
            if not is_recorded and _sum(target) == sha256:
                with suppress(OSError):
                    os.unlink(target)
        with suppress(OSError):
            self._journal.unlink()

    def name(self, who: Who, stem: str, suffixes: Sequence[str]) -> str:
        """Return the path for a record's documents, without suffix, that no other record has."""
        longest = max(suffixes, key=len)
        while True:
            name = self._paths.take(stem, longest)
            if all(self._is_free(name + suffix, who) for suffix in suffixes):
                return name

    def _is_free(self, path: str, who: Who) -> bool:
        """Tell whether no other source has ``path``; a record that moved to this source takes its documents along."""
        other = self._reserved.get(key_of(folded(path)))
        # Of two communities of whom nothing but an equal name is known nobody can say that they are one.
        return other is None or (other == who and any((who.code, who.street, who.district)))

    def announce(self, files: Iterable[tuple[Made, str]]) -> None:
        """Note the files that are to be placed next, and where, before any of them is."""
        noted = "".join(f"{made.sha256} {path}\n" for made, path in files)
        if not noted:
            return
        self._is_placing = True
        try:
            self._journal.write_text(noted, encoding="utf-8")
        except OSError as error:
            raise OutputError.at(
                Place(str(self._journal)), N_("not written: {reason}"), reason=Message(reason_of(error))
            ) from None

    def recorded(self) -> None:
        """Note that the manifest tells of all that was placed."""
        self._is_placing = False

    def place(self, name: str, outcome: Outcome) -> tuple[Output, ...]:
        """Move the files of an outcome to their paths, all or none, and return what the manifest says of them.

        Raises ``StandsInTheWayError`` where something stands that this folder's runs did not make, or that was changed
        since, or that does not let itself be replaced; ``OutputError`` where the disk fails.
        """
        for made in outcome.files:
            fault = None if self._fresh else self._obstacle(name + made.suffix, made)
            if fault:
                raise StandsInTheWayError([fault])
        outputs: list[Output] = []
        try:
            folder = os.path.dirname(name)
            if folder not in self._made_folders:
                make_folder(self._folder / folder)
                self._made_folders.add(folder)
            for made in outcome.files:
                path = name + made.suffix
                move_file(made.file, os.path.join(self._folder, path))
                outputs.append(Output(made.format, path, made.size, made.sha256))
        except OutputError as error:
            if is_of_the_disk(error):
                raise
            self._made_folders.discard(folder)
            for output in outputs:
                with suppress(OSError):
                    os.unlink(os.path.join(self._folder, output.path))
            raise StandsInTheWayError(error.faults) from None
        return tuple(outputs)

    def _obstacle(self, path: str, made: Made) -> Fault | None:
        """Return why the file at ``path`` must not be overwritten."""
        target = os.path.join(self._folder, path)
        try:
            size = os.lstat(target).st_size
        except OSError:
            return None
        if not size:
            return None
        line = self._manifest.owner(path)
        known = {output.sha256 for output in line.outputs if output.path == path} if line else set()
        # What is there already, whoever put it there, is not in the way of itself.
        if _sum(target) in {made.sha256, *known}:
            return None
        if known:
            text = N_("this document was changed by hand since; move it away, or overwrite it with --fresh")
        else:
            text = N_("a file of this name is there that no run made; move it away, or overwrite it with --fresh")
        return Fault(Place(path), text)

    def has(self, output: Output) -> bool:
        """Tell whether a document that the manifest tells of is on the disk, and not empty."""
        try:
            return os.stat(os.path.join(self._folder, output.path)).st_size > 0
        except OSError:
            return False

    def is_edited(self, output: Output) -> bool:
        """Tell whether a document that is there has another size than it was made with."""
        try:
            return os.stat(os.path.join(self._folder, output.path)).st_size != output.size
        except OSError:
            return False

    def discard(self, outcome: Outcome) -> None:
        """Remove the files of an outcome from the waiting room."""
        for made in outcome.files:
            with suppress(OSError):
                os.unlink(made.file)

    def leave(self) -> None:
        """Remove what is of use only during a run."""
        shutil.rmtree(self._folder / ROOM, ignore_errors=True)
        if not self._is_placing:
            with suppress(OSError):
                self._journal.unlink()


class StandsInTheWayError(OutputError):
    """A document cannot take its place because of what stands there."""


def _sum(path: str) -> str:
    """Return the SHA-256 of a file, empty where there is none that can be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would be waited for
            return ""
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
