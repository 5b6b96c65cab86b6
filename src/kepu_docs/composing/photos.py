"""From the photographs of a section to figures: opened safely, turned upright, made as small as print allows.

Pillow decodes them. It is an extra, imported when the first photograph is read.
"""

import logging
import os
import stat
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kepu_docs.blocks import Figure
from kepu_docs.errors import N_, Fault, Place, RecordError
from kepu_docs.schema import Section

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_PIXELS: Final = 80_000_000
"""Of a file and of its picture. Cameras of telephones stay below."""

ALONE: Final = (1300, 1064)
PAIRED: Final = (898, 674)
"""The greatest width and height in pixels: 110 × 90 and 76 × 57 millimetres, at 300 dots an inch."""

# Pillow finds out by itself that a JPEG is an MPO, of which the first picture is taken.
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_QUALITY: Final = 85
_LOSSLESS: Final = ("PNG", "BMP", "GIF")
_ONE_AT_A_TIME: Final = Lock()


class _File(NamedTuple):
    """A picture as it goes into documents: the file, its media type, width and height in pixels."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int


class Album:
    """Reads the photographs of one document; each file once."""

    def __init__(self, folder: Path | None, sections: Iterable[Section]) -> None:
        """``folder`` is where the record names its files from; ``None`` where the record is in no file."""
        self._folder = folder
        # One size for all places of a file, so that a document holds it once.
        self._alone = {section.photos[0].file for section in sections if len(section.photos) == 1}
        self._read: dict[str, _File | None] = {}
        self._faults: list[Fault] = []

    def figures(self, section: Section, what: str, field: str) -> Iterator[Figure]:
        """Yield the figures of the photographs of ``section``, which stands at ``field``.

        ``what`` tells what a photograph shows that says nothing itself. A file that cannot be used is left out;
        :meth:`check` tells it.
        """
        for position, photo in enumerate(section.photos):
            if photo.file not in self._read:
                self._read[photo.file] = self._open(photo.file, Place(field=f"{field}.photos[{position}].file"))
            file = self._read[photo.file]
            if file:
                yield Figure(*file, alt=photo.alt or photo.caption or what, caption=photo.caption or "")

    def check(self) -> None:
        """Raise ``RecordError`` for all files that could not be used, each at the first field that names it."""
        if self._faults:
            raise RecordError(self._faults)

    def _open(self, name: str, place: Place) -> _File | None:
        try:
            data = _bytes(self._path(name, place), name, place)
            return _picture(data, ALONE if name in self._alone else PAIRED, name, place)
        except RecordError as error:
            # That Pillow is missing is told once, not for each file.
            told = {(fault.text, fault.values) for fault in self._faults}
            self._faults += [fault for fault in error.faults if (fault.text, fault.values) not in told]
            return None

    def _path(self, name: str, place: Place) -> Path:
        """Return the path of a file, which must lie in the record's folder."""
        if self._folder is None:
            raise RecordError.at(
                place,
                N_("“{file}” cannot be found, because the record is in no folder; say where its photographs are"),
                file=name,
            )
        if not _is_below(name):
            raise RecordError.at(
                place,
                N_("“{file}” is no path below the record's folder; expected one such as photos/lecture.jpg"),
                file=name,
            )
        path = photo_path(self._folder, name)
        if path is None:
            raise RecordError.at(place, N_("“{file}” leads out of the record's folder"), file=name)
        return path


def photo_path(folder: "str | Path", name: str) -> Path | None:
    """Return the path of a photograph below ``folder``, ``None`` where ``name`` leads out of it, as text or by a link.

    It is free of links: what they led to is what was looked at.
    """
    if not _is_below(name):
        return None
    try:
        whole = Path(folder).resolve()
        path = whole.joinpath(*name.split("/")).resolve()
    except (OSError, RuntimeError, ValueError):  # links that lead in a circle
        return None
    return path if path.is_relative_to(whole) else None


def _is_below(name: str) -> bool:
    return not ("\\" in name or ":" in name or name.startswith("/") or ".." in name.split("/") or "\0" in name)


def _bytes(path: Path, name: str, place: Place) -> bytes:
    """Return the content of a regular file; a pipe or a device is not opened, since it could block."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise RecordError.at(place, N_("“{file}” is no file"), file=name)
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise RecordError.at(place, N_("there is no file “{file}” in the record's folder"), file=name) from None
    except OSError as error:
        text = N_("the photograph “{file}” cannot be read: {reason}")
        raise RecordError.at(place, text, file=name, reason=error.strerror or str(error)) from None
    if len(data) > MOST_BYTES:
        text = N_("the photograph “{file}” has more than {limit} MiB; make it smaller")
        raise RecordError.at(place, text, file=name, limit=MOST_BYTES // 1024**2)
    return data


def _picture(data: bytes, room: tuple[int, int], name: str, place: Place) -> _File:
    """Return the file for documents, its media type, width and height."""
    try:
        from PIL import Image, ImageOps, UnidentifiedImageError
    except ImportError:
        text = N_('photographs need Pillow, which is not installed: pip install "kepu-docs[photos]"')
        raise RecordError.at(place, text) from None

    try:
        with _silence(), Image.open(BytesIO(data), formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _too_large(name, width, height, place)
            picture.draft("RGB", (2 * room[0], 2 * room[1]))  # decodes a large JPEG at a half or less
            # In place: of a picture of 80 million pixels each copy takes 300 MB.
            ImageOps.exif_transpose(picture, in_place=True)
            lossless = picture.format in _LOSSLESS
            flat = _flat(picture)
            flat.thumbnail(room, Image.Resampling.LANCZOS)
            return _saved(flat, lossless=lossless)
    except RecordError:
        raise
    except Image.DecompressionBombError:
        raise _too_large(name, 0, 0, place) from None
    except UnidentifiedImageError:
        text = N_("“{file}” is no picture that can be read; expected JPEG, PNG, WebP, BMP, TIFF or GIF")
        raise RecordError.at(place, text, file=name) from None
    except Exception as error:  # a hostile file may make a decoder raise anything
        text = N_("the picture in “{file}” is damaged or of a rare kind: {reason}")
        reason = str(error) if type(error) in (OSError, SyntaxError, ValueError) else type(error).__name__
        raise RecordError.at(place, text, file=name, reason=reason) from None


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Pillow from telling what is damaged or large on the standard error output, where it is told by us.

    The filters of warnings are one for all threads: those who put them back in another order than they took them
    would silence the program for good.
    """
    heard = logging.getLogger("PIL")
    unheard = logging.NullHandler()  # with no handler at all, logging would print
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        heard.addHandler(unheard)
        try:
            yield
        finally:
            heard.removeHandler(unheard)


def _too_large(name: str, width: int, height: int, place: Place) -> RecordError:
    text = N_("the photograph “{file}” has {width} × {height} pixels; at most {limit} million are allowed")
    if not width:
        text = N_("the photograph “{file}” has more than {limit} million pixels")
    return RecordError.at(place, text, file=name, width=width, height=height, limit=MOST_PIXELS // 10**6)


def _flat(picture: "Image.Image") -> "Image.Image":
    """Return a picture in grey or colours of eight bits, with transparency where it has some."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        mode = "RGBA"
    else:
        mode = "L" if picture.mode in ("1", "L") else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def _saved(picture: "Image.Image", *, lossless: bool) -> _File:
    """Return a picture as a file without metadata: where it was taken is nobody's business."""
    picture.info.clear()
    stream = BytesIO()
    if lossless or picture.mode == "RGBA":
        picture.save(stream, "PNG", optimize=True)
        return _File(stream.getvalue(), "image/png", *picture.size)
    picture.save(stream, "JPEG", quality=_QUALITY)
    return _File(stream.getvalue(), "image/jpeg", *picture.size)
