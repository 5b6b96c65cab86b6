"""From the photographs of a section to figures: opened safely, turned upright, made as small as print allows.

Pillow decodes them. It is an extra, imported when the first photograph is read.
"""

import os
import stat
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kepu_docs.blocks import Figure
from kepu_docs.errors import N_, Place, RecordError
from kepu_docs.schema import Photo

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_PIXELS: Final = 80_000_000
"""Of a file and of its picture. Cameras of telephones stay below."""

ALONE: Final = (1300, 1064)
PAIRED: Final = (898, 674)
"""The greatest width and height in pixels: 110 × 90 and 76 × 57 millimetres, at 300 dots an inch."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_QUALITY: Final = 85
_LOSSLESS: Final = ("PNG", "BMP", "GIF")


class _File(NamedTuple):
    """A picture as it goes into documents: the file, its media type, width and height in pixels."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int


class Album:
    """Reads the photographs of one document; each file once."""

    def __init__(self, folder: Path | None) -> None:
        """``folder`` is where the record names its files from; ``None`` where the record is in no file."""
        self._folder = folder
        self._read: dict[tuple[str, tuple[int, int]], _File] = {}

    def figures(self, photos: Sequence[Photo], what: str, field: str) -> Iterator[Figure]:
        """Yield the figures of a section's photographs.

        ``what`` tells what a photograph shows that says nothing itself. Raises ``RecordError`` at the field below
        ``field`` whose file cannot be used.
        """
        room = ALONE if len(photos) == 1 else PAIRED
        for position, photo in enumerate(photos):
            place = Place(field=f"{field}.photos[{position}].file")
            key = photo.file, room
            if key not in self._read:
                data = _bytes(self._path(photo.file, place), photo.file, place)
                self._read[key] = _picture(data, room, photo.file, place)
            yield Figure(*self._read[key], alt=photo.alt or photo.caption or what, caption=photo.caption or "")

    def _path(self, name: str, place: Place) -> Path:
        """Return the path of a file, which must lie in the record's folder."""
        if self._folder is None:
            raise RecordError.at(
                place,
                N_("“{file}” cannot be found, because the record is in no folder; say where its photographs are"),
                file=name,
            )
        steps = name.split("/")
        if "\\" in name or ":" in name or name.startswith("/") or ".." in steps or "\0" in name:
            raise RecordError.at(
                place,
                N_("“{file}” is no path below the record's folder; expected one such as photos/lecture.jpg"),
                file=name,
            )
        folder = self._folder.resolve()
        path = folder.joinpath(*steps)
        try:
            inside = path.resolve().is_relative_to(folder)
        except (OSError, RuntimeError):  # links that lead in a circle
            inside = False
        if not inside:
            raise RecordError.at(place, N_("“{file}” leads out of the record's folder"), file=name)
        return path


def _bytes(path: Path, name: str, place: Place) -> bytes:
    """Return the content of a regular file; a pipe or a device is not opened, since it could block."""
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise RecordError.at(place, N_("“{file}” is no file"), file=name)
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
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
        from PIL import Image, ImageOps
    except ImportError:
        text = N_('photographs need Pillow, which is not installed: pip install "kepu-docs[photos]"')
        raise RecordError.at(place, text) from None

    try:
        with warnings.catch_warnings():
            # Pillow warns of what is damaged and of what is large; both are told below.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                width, height = opened.size
                if width * height > MOST_PIXELS:
                    raise _too_large(name, width, height, place)
                opened.draft("RGB", (2 * room[0], 2 * room[1]))  # decodes a large JPEG at a half or less
                picture = _flat(ImageOps.exif_transpose(opened))
                picture.thumbnail(room, Image.Resampling.LANCZOS)
                return _saved(picture, lossless=opened.format in _LOSSLESS)
    except RecordError:
        raise
    except Image.DecompressionBombError:
        raise _too_large(name, 0, 0, place) from None
    except Exception as error:  # a hostile file may make a decoder raise anything
        text = N_("“{file}” is no picture that can be read; expected JPEG, PNG, WebP, BMP, TIFF or GIF ({reason})")
        reason = str(error) if type(error) in (OSError, SyntaxError, ValueError) else type(error).__name__
        raise RecordError.at(place, text, file=name, reason=reason) from None


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
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _saved(picture: "Image.Image", *, lossless: bool) -> _File:
    """Return a picture as a file without metadata: where it was taken is nobody's business."""
    picture.info.clear()
    stream = BytesIO()
    if lossless or picture.mode == "RGBA":
        picture.save(stream, "PNG", optimize=True)
        return _File(stream.getvalue(), "image/png", *picture.size)
    picture.save(stream, "JPEG", quality=_QUALITY)
    return _File(stream.getvalue(), "image/jpeg", *picture.size)
