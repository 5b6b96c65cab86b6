"""Detection of photographs that have changed since a document was made with them.

A file of the same size and time may hold another picture: copying programs set the time, and so may any program. So the
SHA-256 decides. To avoid reading each photograph in each run, the time of the file's last *status* change is used,
which only the system sets: while size, times and number of a file are unchanged, so is its content. This is not
reliable if that time is too near to the time of the check (the clock of a disk is coarse: a change within the same tick
would not show), nor on Windows, where it is the creation time; in these cases the file is read again.
"""

import hashlib
import os
from collections.abc import Iterable
from typing import Final, NamedTuple

from kepu_docs.composing.photos import MOST_BYTES, photo_path
from kepu_docs.output.files import open_own

_SETTLED: Final = 2_000_000_000
"""In nanoseconds; FAT has the coarsest clock, two seconds."""
_HAS_CHANGE_TIME: Final = os.name != "nt"
_PIECE: Final = 256 * 1024
"""In bytes: how much of a photograph is in memory at once."""
_MISSING: Final = (-1, -1, 0, 0)


class Photograph(NamedTuple):
    """A file as it was when a document was made with it."""

    file: str
    size: int = -1
    modified: int = -1
    """The time of its last change in nanoseconds, which programs can set."""
    changed: int = 0
    """The time of its last status change in nanoseconds, which programs cannot set; 0 if it is not reliable."""
    inode: int = 0
    sha256: str = ""
    """Empty for a file that could not be read, or changed while the document was made: it equals no other."""


def look(folder: str, files: Iterable[str]) -> tuple[Photograph, ...]:
    """Return the state of the photographs ``files`` in ``folder``, before a document is made with them."""
    return tuple(_seen(folder, file) for file in dict.fromkeys(files))


def look_again(before: tuple[Photograph, ...], folder: str, began: int) -> tuple[Photograph, ...]:
    """Return the states from ``before`` a document was made, in the form for later comparison.

    If a file has changed in the meantime, it is unknown which state the document shows. ``began`` is the time of the
    first check in nanoseconds.
    """
    return tuple(_settled(photo, folder, began) for photo in before)


def _settled(photo: Photograph, folder: str, began: int) -> Photograph:
    if _status(photo.file, folder) != photo[1:5]:
        return photo._replace(sha256="")
    return photo if began - max(photo.changed, photo.modified) > _SETTLED else photo._replace(changed=0)


def are_same(photos: Iterable[Photograph], folder: str) -> bool:
    """Return whether all photographs are unchanged; files are read only if their status leaves a doubt."""
    return all(_is_same(photo, folder) for photo in photos)


def _is_same(photo: Photograph, folder: str) -> bool:
    if not photo.sha256:
        return False
    if photo.changed and _status(photo.file, folder) == photo[1:5]:
        return True
    return _seen(folder, photo.file).sha256 == photo.sha256


def _status(file: str, folder: str) -> tuple[int, int, int, int]:
    path = photo_path(folder, file)
    try:
        return _MISSING if path is None else _signature(os.lstat(path))
    except OSError:
        return _MISSING


def _signature(status: os.stat_result) -> tuple[int, int, int, int]:
    changed = status.st_ctime_ns if _HAS_CHANGE_TIME else 0
    return status.st_size, status.st_mtime_ns, changed, status.st_ino


def _seen(folder: str, file: str) -> Photograph:
    path = photo_path(folder, file)
    if path is None:
        return Photograph(file)
    try:
        with open(open_own(path), "rb") as stream:
            status = _signature(os.fstat(stream.fileno()))
            sha256 = hashlib.sha256()
            left = MOST_BYTES
            while left and (piece := stream.read(min(left, _PIECE))):
                sha256.update(piece)
                left -= len(piece)
            # No document shows a larger one.
            return Photograph(file, *status, "" if stream.read(1) else sha256.hexdigest())
    except (OSError, ValueError):
        return Photograph(file)
