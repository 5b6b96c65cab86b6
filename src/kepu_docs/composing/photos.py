"""From the photographs of a section to figures: located safely, and decoded in a separate process."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from kepu_docs.blocks import Figure
from kepu_docs.composing.pictures import Picture, read_picture
from kepu_docs.errors import N_, Fault, Place, RecordError
from kepu_docs.errors.fields import path_of
from kepu_docs.isolation import Limits, StoppedError, isolated
from kepu_docs.schema import Section

MOST_BYTES: Final = 50 * 1024 * 1024
"""The largest file in bytes. Files of telephone cameras are smaller."""

ALONE: Final = (1300, 1064)
PAIRED: Final = (898, 674)
"""The largest width and height in pixels: 110 × 90 and 76 × 57 millimetres, at 300 dots an inch."""


class Album:
    """Reads the photographs of one document; each file once."""

    def __init__(self, folder: Path | None, sections: Iterable[Section]) -> None:
        """``folder`` is what the record's file names are relative to; ``None`` if the record is not in a file."""
        self._folder = folder
        # One size for all uses of a file, so that a document holds it once.
        self._alone = {section.photos[0].file for section in sections if len(section.photos) == 1}
        self._read: dict[str, Picture | None] = {}
        self._faults: list[Fault] = []

    def figures(self, section: Section, what: str, field: str) -> Iterator[Figure]:
        """Yield the figures of the photographs of ``section``, whose path is ``field``.

        ``what`` describes a photograph without a text of its own. A file that cannot be used is left out; :meth:`check`
        reports it.
        """
        for position, photo in enumerate(section.photos):
            if photo.file not in self._read:
                self._read[photo.file] = self._open(photo.file, Place(field=f"{field}.photos[{position}].file"))
            file = self._read[photo.file]
            if file:
                yield Figure(*file, alt=photo.alt or photo.caption or what, caption=photo.caption or "")

    def picture(self, name: str) -> Picture | None:
        """Return a photograph of the document by its file name; ``None`` for another file, or one not read."""
        return self._read.get(name)

    def check(self) -> None:
        """Raise ``RecordError`` for all files that could not be used, each at the first field that names it."""
        if self._faults:
            raise RecordError(replace(fault, path=path_of(fault.place.field)) for fault in self._faults)

    def _open(self, name: str, place: Place) -> Picture | None:
        try:
            data = _bytes(self._path(name, place), name, place)
            return _decoded(data, ALONE if name in self._alone else PAIRED, name, place)
        except RecordError as error:
            # A missing Pillow is reported once, not for each file.
            known = {fault.as_message for fault in self._faults}
            self._faults += [fault for fault in error.faults if fault.as_message not in known]
            return None

    def _path(self, name: str, place: Place) -> Path:
        """Return the path of a file, which must lie in the record's folder."""
        if self._folder is None:
            raise RecordError.at(
                place,
                N_("“{file}” cannot be found, because the record is not in a folder; say where its photographs are"),
                file=name,
            )
        if not _is_below(name):
            raise RecordError.at(
                place,
                N_("“{file}” is not a path inside the record's folder; expected one such as photos/lecture.jpg"),
                file=name,
            )
        path = photo_path(self._folder, name)
        if path is None:
            raise RecordError.at(place, N_("“{file}” is outside the record's folder"), file=name)
        return path


def photo_path(folder: "str | Path", name: str) -> Path | None:
    """Return the path of a photograph below ``folder``; ``None`` if ``name`` leads out of it, as text or by a link.

    The path has no links: the file that was checked is the one that they led to.
    """
    if not _is_below(name):
        return None
    try:
        whole = Path(folder).resolve()
        path = whole.joinpath(*name.split("/")).resolve()
    except (OSError, RuntimeError, ValueError):  # circular links
        return None
    return path if path.is_relative_to(whole) else None


def _is_below(name: str) -> bool:
    return not ("\\" in name or ":" in name or name.startswith("/") or ".." in name.split("/") or "\0" in name)


def _bytes(path: Path, name: str, place: Place) -> bytes:
    """Return the content of a regular file; a pipe or a device is not opened, since it could block."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise RecordError.at(place, N_("“{file}” is not a file"), file=name)
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise RecordError.at(place, N_("there is no file “{file}” in the record's folder"), file=name) from None
    except OSError as error:
        text = N_("the photograph “{file}” cannot be read: {reason}")
        raise RecordError.at(place, text, file=name, reason=error.strerror or str(error)) from None
    if len(data) > MOST_BYTES:
        text = N_("the photograph “{file}” is larger than {limit} MiB; make it smaller")
        raise RecordError.at(place, text, file=name, limit=MOST_BYTES // 1024**2)
    return data


def _decoded(data: bytes, room: tuple[int, int], name: str, place: Place) -> Picture:
    """Return a photograph as documents hold it. Raises ``RecordError``."""
    if find_spec("PIL") is None:
        text = N_('photographs need Pillow, which is not installed: pip install "kepu-docs[photos]"')
        raise RecordError.at(place, text)
    try:
        return isolated(read_picture, Limits.of_size(len(data)), data, room, name, place)
    except StoppedError as error:
        text = N_("the picture in “{file}” cannot be read: {reason}")
        raise RecordError.at(place, text, file=name, reason=error.reason) from None
