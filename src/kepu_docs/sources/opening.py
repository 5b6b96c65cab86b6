"""Files opened for reading as a stream, with the reason told when they cannot be."""

import os
from pathlib import Path
from typing import BinaryIO, Final

from kepu_docs.errors import N_, Place, SourceError

_CANNOT_BE_READ: Final = N_("the file cannot be read: {reason}")


def opened(location: str) -> BinaryIO:
    """Return the file at ``location``, open. Raises ``SourceError``."""
    path = Path(location)
    try:
        if path.exists() and not path.is_file():
            raise SourceError.at(Place(location), "this is a folder or a device; expected a file")
        return open(path, "rb")
    except OSError as error:
        raise unreadable(location, error) from None
    except ValueError as error:
        raise SourceError.at(Place(location), N_("the file cannot be read: {reason}"), reason=str(error)) from None


def unreadable(location: str, error: OSError) -> SourceError:
    """Return the error of a file that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return SourceError.at(Place(location), N_("there is no such file"))
    if isinstance(error, PermissionError):
        return SourceError.at(Place(location), N_("reading this file is not permitted"))
    reason = error.strerror or str(error)
    return SourceError.at(Place(location), _CANNOT_BE_READ, reason=reason)


def folder_of(location: str) -> str:
    """Return the folder that a file stands in."""
    return os.path.dirname(os.path.abspath(location))
