"""A photograph prepared for print: turned upright, reduced to the size that print needs, in a plain format.

Pillow decodes it, in a child process: a hostile file may exploit a decoder. Pillow is an extra.
"""

from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from kepu_docs.composing.photo_files import check_file
from kepu_docs.errors import N_, Place, RecordError

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS: Final = 80_000_000
"""The largest picture in pixels. Pictures of telephone cameras are smaller."""

# Pillow recognises that a JPEG is an MPO; its first picture is used.
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_QUALITY: Final = 85
_LOSSLESS: Final = ("PNG", "BMP", "GIF")


class Picture(NamedTuple):
    """A picture as documents hold it: the file, its media type, width and height in pixels."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    height: int


def read_picture(data: bytes, room: tuple[int, int], name: str, place: Place) -> Picture:
    """Return the photograph ``data`` as documents hold it, within ``room`` pixels of width and height.

    Raises ``RecordError`` at ``place`` for a file that is not a picture, is too large, or is damaged; ``name`` is its
    file name.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    check_file(data, name, place)
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _too_large(name, width, height, place)
            picture.draft("RGB", (2 * room[0], 2 * room[1]))  # decodes a large JPEG at half the size or less
            # In place: each copy of a picture of 80 million pixels takes 300 MB.
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
        text = N_("“{file}” is not a picture that can be read; expected JPEG, PNG, WebP, BMP, TIFF or GIF")
        raise RecordError.at(place, text, file=name) from None
    except Exception as error:  # a hostile file may make a decoder raise anything
        text = N_("the picture in “{file}” is damaged or in a rare format: {reason}")
        reason = str(error) if type(error) in (OSError, SyntaxError, ValueError) else type(error).__name__
        raise RecordError.at(place, text, file=name, reason=reason) from None


def _too_large(name: str, width: int, height: int, place: Place) -> RecordError:
    text = N_("the photograph “{file}” has {width} × {height} pixels; at most {limit} million are allowed")
    if not width:
        text = N_("the photograph “{file}” has more than {limit} million pixels")
    return RecordError.at(place, text, file=name, width=width, height=height, limit=MOST_PIXELS // 10**6)


def _flat(picture: "Image.Image") -> "Image.Image":
    """Return a picture in grey or colours of eight bits, with transparency if it has some."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        mode = "RGBA"
    else:
        mode = "L" if picture.mode in ("1", "L") else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def _saved(picture: "Image.Image", *, lossless: bool) -> Picture:
    """Return a picture as a file without metadata, which would reveal where it was taken."""
    picture.info.clear()
    stream = BytesIO()
    if lossless or picture.mode == "RGBA":
        picture.save(stream, "PNG", optimize=True)
        return Picture(stream.getvalue(), "image/png", *picture.size)
    picture.save(stream, "JPEG", quality=_QUALITY)
    return Picture(stream.getvalue(), "image/jpeg", *picture.size)
