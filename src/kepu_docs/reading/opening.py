"""From a path to the bytes of a record file."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, Final

from kepu_docs.errors import N_, Place, RecordError, SourceError
from kepu_docs.errors.addresses import printable_path
from kepu_docs.reading.spots import MAX_BYTES

_MIB: Final = 1024 * 1024


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Return the content of a regular file of at most ``most`` bytes.

    The size is checked before anything is read, and counted again while reading, because a file may grow. A pipe or a
    device is not opened: it could block, or never end.

    Raises ``RecordError`` for anything that is not such a file or cannot be read.
    """
    place = Place(printable_path(path))
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        text = N_("the file's name is not in UTF-8, so it cannot be shown; rename the file")
        raise RecordError.at(place, text) from None
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise RecordError.at(place, "this is a folder; expected a record file")
        if not stat.S_ISREG(status.st_mode):
            raise RecordError.at(place, "this is a device or a pipe; expected a record file")
        if status.st_size > most:
            raise _too_long(place, status.st_size, most)
        with open(path, "rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, FileNotFoundError) and path.is_symlink():
            raise RecordError.at(place, "the file that this link points to does not exist") from None
        raise RecordError(unreadable(place.record, error).faults) from None
    if len(data) > most:
        raise _too_long(place, len(data), most)
    return data


def _too_long(place: Place, size: int, most: int) -> RecordError:
    return RecordError.at(
        place,
        "the file is {size} MiB large; at most {limit} MiB are allowed",
        size=f"{size / _MIB:.1f}",
        limit=most // _MIB,
    )


def opened(location: str) -> BinaryIO:
    """Return the file at ``location``, opened for reading bytes.

    Raises ``SourceError`` if there is no such file or it may not be read, in words for the user who named it.
    """
    path = Path(location)
    try:
        if path.exists() and not path.is_file():
            raise SourceError.at(Place(location), "this is a folder or a device; expected a file")
        return open(path, "rb")
    except (OSError, ValueError) as error:
        raise unreadable(location, error) from None


def unreadable(location: str, error: OSError | ValueError) -> SourceError:
    """Return the error for a failure of the system on the file at ``location``, in words for the user who named it."""
    if isinstance(error, FileNotFoundError):
        return SourceError.at(Place(location), N_("there is no such file"))
    if isinstance(error, PermissionError):
        return SourceError.at(Place(location), N_("you have no permission to read this file"))
    reason = getattr(error, "strerror", None) or str(error)
    return SourceError.at(Place(location), N_("the file cannot be read: {reason}"), reason=reason)


def folder_of(location: str) -> str:
    """Return the full path of the folder that contains a file: the ``folder`` of its records."""
    return os.path.dirname(os.path.abspath(location))
