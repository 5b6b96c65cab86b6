"""The folder of a run's documents: all reading, placing and removing of files below it goes through here.

A path is checked first, wherever it comes from: could a run have assigned it (``layout.is_document_path``)? Then the
folders on the way are opened one by one, and none may be a link. So nothing outside is touched, whatever a manifest
says and whatever is in the folder.
"""

import hashlib
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kepu_docs.batch.reserved_names import HALF_MANIFEST, is_document_path, is_room, room_name
from kepu_docs.errors import N_, OutputError, Place
from kepu_docs.output.files import explaining, is_link, open_own, opened_folder, replace_file


class Folder:
    """One folder of documents."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def status(self, path: str) -> os.stat_result:
        """Return the file status of a document, or of a link at its path. Raises ``OSError``."""
        with self._at(path) as (name, folder):
            return os.stat(name, dir_fd=folder, follow_symlinks=False)

    def is_gone(self, path: str) -> bool:
        """Return whether there is certainly no document at ``path``; ``False`` if the disk does not respond."""
        try:
            self.status(path)
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:
            return False
        return False

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a document; empty if there is none that can be read."""
        try:
            with self._at(path) as (name, folder), open(open_own(name, folder=folder), "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            return ""

    def read(self, path: str) -> bytes:
        """Return the bytes of a document. Raises ``OutputError``."""
        with explaining(self.path / path, N_("this document cannot be read: {reason}")):  # noqa: SIM117
            with self._at(path) as (name, folder), open(open_own(name, folder=folder), "rb") as file:
                return file.read()

    def place(self, file: str, path: str) -> None:
        """Move ``file`` to its path, and make the folders that are missing. Raises ``OutputError``."""
        with explaining(self.path / path, N_("not written: {reason}")), self._at(path, make=True) as (name, folder):
            replace_file(file, name, folder)

    def remove(self, path: str) -> None:
        """Remove a document, if there is one and it can be removed."""
        with suppress(OSError), self._at(path) as (name, folder):
            os.unlink(name, dir_fd=folder)

    @contextmanager
    def _at(self, path: str, *, make: bool = False) -> Iterator[tuple[str, int | None]]:
        if not is_document_path(path):
            raise OutputError.at(Place(path), "a document in this folder cannot have this path")
        *steps, name = path.split("/")
        with opened_folder(self.path, steps, make=make) as (before, folder):
            yield before + name, folder

    def rooms(self) -> list[Path]:
        """Return the waiting rooms left by killed runs."""
        try:
            with os.scandir(self.path) as entries:
                return [Path(each.path) for each in entries if is_room(each.name) and _is_folder(each.path)]
        except OSError:
            return []

    def new_room(self) -> Path:
        """Make a waiting room with a name that cannot be guessed. Raises ``OutputError``."""
        room = self.path.absolute() / room_name(secrets.token_hex(8))
        with explaining(room, N_("the folder cannot be created: {reason}")):
            os.mkdir(room)
        return room

    def sweep(self) -> None:
        """Remove the waiting rooms of killed runs; the targets of links in them are not touched."""
        for room in self.rooms():
            shutil.rmtree(room, ignore_errors=True)
        with suppress(OSError):
            os.unlink(self.path / HALF_MANIFEST)


def _is_folder(path: str) -> bool:
    return stat.S_ISDIR(os.lstat(path).st_mode) and not is_link(path)
