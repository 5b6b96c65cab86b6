"""From the waiting room to their final paths: finished documents are placed in the order of the source.

Only the process that began the run does this. Names are those that a run from scratch would give. Files that somebody
else put there, or changed by hand, are not overwritten.
"""

import os
import re
import shutil
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from kepu_docs.batch.folder import Folder
from kepu_docs.batch.manifest import Manifest, Output, key_of
from kepu_docs.batch.reserved_names import JOURNAL, OURS, folded, is_document_path
from kepu_docs.batch.work import Made, Outcome, is_of_the_disk
from kepu_docs.errors import N_, Fault, OutputError, Place
from kepu_docs.output.file_names import NamesTaken
from kepu_docs.output.files import move_file, open_own, write_loose
from kepu_docs.pipeline.records import Who

MOST_OF_A_JOURNAL: Final = 64 * 1024 * 1024
"""In bytes: a run announces at most a few thousand documents at once. A longer file is not a journal."""
_noted = re.compile(r"([0-9a-f]{64}) ([^\n]+)")


class Paths:
    """The paths assigned in one run, below the output folder."""

    def __init__(self, suffixes: Iterable[str]) -> None:
        """``suffixes`` are all suffixes that files in the folder may have."""
        # No folder has a name like a file: else one record's folder could be another's document, or the manifest.
        self._suffixes = tuple({*(suffix.lower() for suffix in suffixes if suffix), *map(_suffix, OURS)})
        top = NamesTaken()
        for name in OURS:
            top.take(name.removesuffix(_suffix(name)), _suffix(name))
        self._folders: dict[str, NamesTaken] = {"": top}

    def take(self, stem: str, suffix: str) -> str:
        """Return the path of ``stem`` without its suffix, numbered if it is taken.

        Folders that some file system treats as the same are the same, as with file names.
        """
        *steps, name = stem.split("/")
        folder = "/".join(f"{step}_" if step.lower().endswith(self._suffixes) else step for step in steps)
        names = self._folders.setdefault(folded(folder), NamesTaken())
        taken = names.take(name, suffix).removesuffix(suffix)
        return f"{folder}/{taken}" if folder else taken


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1]


class Places:
    """Moves finished documents to their places in one folder."""

    def __init__(
        self, folder: Folder, manifest: Manifest, sources: frozenset[str], suffixes: Iterable[str], *, fresh: bool
    ) -> None:
        """``sources`` are those of this run: documents of other sources keep their names."""
        self._folder = folder
        self._manifest = manifest
        self._fresh = fresh
        self._paths = Paths(suffixes)
        self._journal = folder.path / JOURNAL
        self._room: Path | None = None
        self._is_placing = False
        self._reserved = {
            key_of(folded(output.path)): line.who for line in manifest.of_others(sources) for output in line.outputs
        }
        self.follows_killed = bool(folder.rooms())
        """Whether the previous run was killed."""

    def sweep(self) -> Path:
        """Remove what a killed run left, and return the waiting room, empty. Raises ``OutputError``."""
        self._remove_unrecorded()
        self._folder.sweep()
        self._room = room = self._folder.new_room()
        return room

    def _remove_unrecorded(self) -> None:
        """Remove the documents that a killed run placed but could not record in the manifest.

        They are made again. A file with other content than the announced one belongs to somebody else by now, and is
        kept.
        """
        for sha256, path in self._noted():
            line = self._manifest.owner(path)
            is_recorded = line and any(output.path == path and output.sha256 == sha256 for output in line.outputs)
            if not is_recorded and self._folder.digest(path) == sha256:
                self._folder.remove(path)
        with suppress(OSError):
            self._journal.unlink()

    def _noted(self) -> list[tuple[str, str]]:
        """Return hashes and paths of documents that a killed run announced, as far as they are plausible."""
        try:
            with open(open_own(self._journal), "rb") as file:
                text = file.read(MOST_OF_A_JOURNAL + 1)
            lines = text.decode().split("\n")[:-1] if len(text) <= MOST_OF_A_JOURNAL else []
        except (OSError, ValueError):
            return []
        found = filter(None, map(_noted.fullmatch, lines))
        return [(each[1], each[2]) for each in found if is_document_path(each[2])]

    def name(self, who: Who, stem: str, suffixes: Sequence[str]) -> str:
        """Return the path for a record's documents, without suffix, that no other record has."""
        longest = max(suffixes, key=len)
        while True:
            name = self._paths.take(stem, longest)
            if all(self._is_free(name + suffix, who) for suffix in suffixes):
                return name

    def _is_free(self, path: str, who: Who) -> bool:
        """Return whether no other source has ``path``; a record that moved to this source keeps its documents."""
        other = self._reserved.get(key_of(folded(path)))
        # Two communities of which only an equal name is known cannot be assumed to be the same.
        return other is None or (other == who and any((who.code, who.street, who.district)))

    def announce(self, files: Iterable[tuple[Made, str]]) -> None:
        """Write the journal of the files to be placed next, and their paths, before placing any of them."""
        noted = "".join(f"{made.sha256} {path}\n" for made, path in files)
        if not noted:
            return
        self._is_placing = True
        move_file(write_loose(str(self._room), noted.encode()), str(self._journal))

    def recorded(self) -> None:
        """Record that the manifest has all that was placed."""
        self._is_placing = False

    def place(self, name: str, outcome: Outcome) -> tuple[Output, ...]:
        """Move the files of an outcome to their paths, all or none, and return their entries for the manifest.

        Raises ``StandsInTheWayError`` for an existing file that the runs of this folder did not make, that was changed
        since, or that cannot be replaced; ``OutputError`` if the disk fails.
        """
        for made in outcome.files:
            fault = None if self._fresh else self._obstacle(name + made.suffix, made)
            if fault:
                raise StandsInTheWayError([fault])
        outputs: list[Output] = []
        try:
            for made in outcome.files:
                path = name + made.suffix
                self._folder.place(made.file, path)
                outputs.append(Output(made.format, path, made.size, made.sha256))
        except OutputError as error:
            if is_of_the_disk(error):
                raise
            for output in outputs:
                self._folder.remove(output.path)
            raise StandsInTheWayError(error.faults) from None
        return tuple(outputs)

    def _obstacle(self, path: str, made: Made) -> Fault | None:
        """Return why the file at ``path`` must not be overwritten."""
        try:
            status = self._folder.status(path)
        except OSError:
            return None
        if not status.st_size and stat.S_ISREG(status.st_mode):
            return None
        line = self._manifest.owner(path)
        known = {output.sha256 for output in line.outputs if output.path == path} if line else set()
        # An existing file with the same content is not an obstacle, whoever put it there.
        if self._folder.digest(path) in {made.sha256, *known}:
            return None
        if known:
            text = N_("this document was changed by hand; move it, or overwrite it with --fresh")
        else:
            text = N_(
                "a file with this name already exists, and batch did not write it; move it, or "
                "overwrite it with --fresh"
            )
        return Fault(Place(path), text)

    def has(self, output: Output) -> bool:
        """Return whether a document in the manifest, or a file that somebody has put in its place, is not empty."""
        try:
            return self._folder.status(output.path).st_size > 0
        except OSError:
            return False

    def is_edited(self, output: Output) -> bool:
        """Return whether an existing document has another size than when it was made, or is not a file."""
        try:
            status = self._folder.status(output.path)
        except OSError:
            return False
        return status.st_size != output.size or not stat.S_ISREG(status.st_mode)

    def discard(self, outcome: Outcome) -> None:
        """Remove the files of an outcome from the waiting room."""
        for made in outcome.files:
            with suppress(OSError):
                os.unlink(made.file)

    def leave(self) -> None:
        """Remove the files that are needed only during a run."""
        if self._room is not None:
            shutil.rmtree(self._room, ignore_errors=True)
        if not self._is_placing:
            with suppress(OSError):
                self._journal.unlink()


class StandsInTheWayError(OutputError):
    """A document cannot be placed because of an existing file."""
