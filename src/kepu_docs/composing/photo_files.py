"""The parts of a photograph's file, counted before anything decodes it.

A decoder goes through a picture once for each of its scans, processes each part of its metadata separately, and copies
the target of a tag each time it is referenced. So a small file may take minutes. Here its parts are counted, from their
headers alone, in time proportional to the file's length; a file that is not a picture is left to the decoder.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from kepu_docs.errors import N_, Place, RecordError

MOST_SCANS: Final = 100
"""Scans of a JPEG: the decoder goes through the whole picture for each. Cameras and programs write at most some twenty.
"""
MOST_PARTS: Final = 50_000
"""Segments of a JPEG, chunks of a PNG or WebP, blocks before the picture of a GIF, strips or tiles of a TIFF. A PNG of
50 MiB with chunks of 8 KiB, the usual size, has 6,400."""
MOST_METADATA: Final = 16 * 1024 * 1024
"""The data before the picture of a JPEG or GIF, or the data that the tags of a TIFF point to, in bytes; colour profiles
and the depth data of some telephones take a few MiB."""
MOST_TAGGED: Final = 256 * 1024
"""The tags (Exif) of a JPEG, PNG or WebP, in bytes; a JPEG has room for 64 KiB."""

_JPEG: Final = b"\xff\xd8"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_GIF: Final = (b"GIF87a", b"GIF89a")
_TIFF: Final = (b"II*\0", b"MM\0*")
_BIG_TIFF: Final = (b"II+\0", b"MM\0+")
"""The format for files beyond 4 GiB; no photograph needs it."""
# Between the markers of a JPEG: FF itself is written as FF 00 there, and FF D0 to FF D7 only separate parts of the
# scan.
_marker = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_START_OF_SCAN: Final = 0xDA
_END: Final = 0xD9
_ALONE: Final = frozenset((0x01, 0xD8))
"""Markers without a length; those that only separate parts of scans are skipped."""
_EXIF: Final = b"Exif\0\0"
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""The sizes of a TIFF's types, in bytes."""
_OFFSETS: Final = (273, 324)
"""The tags with the positions of strips and tiles."""


def check_file(data: bytes, name: str, place: Place) -> None:
    """Raise ``RecordError`` for a picture whose file has more parts than any photograph has."""
    if data.startswith(_JPEG):
        parts = _jpeg(data)
    elif data.startswith(_PNG):
        parts = _png(data)
    elif data.startswith(_GIF):
        parts = _gif(data)
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        parts = _webp(data)
    elif data.startswith(_TIFF):
        parts = _tiff(data)
    elif data.startswith(_BIG_TIFF):
        raise _refusal(name, place)
    else:
        return
    # Programs store their layers in one tag of a TIFF, which may be most of the file.
    most = MOST_METADATA + (len(data) if data.startswith(_TIFF) else 0)
    scans = metadata = tagged = 0
    for count, (is_scan, before, tags) in enumerate(islice(parts, MOST_PARTS + 1), 1):
        scans += is_scan
        metadata += before
        tagged += tags
        if count > MOST_PARTS or scans > MOST_SCANS or metadata > most or tagged > MOST_TAGGED:
            raise _refusal(name, place)


def _refusal(name: str, place: Place) -> RecordError:
    text = N_("the picture in “{file}” has too many parts to be a photograph; save it again as JPEG")
    return RecordError.at(place, text, file=name)


_Part = tuple[bool, int, int]
"""Whether it is a scan, and how many bytes of it are metadata and tags."""


def _jpeg(data: bytes) -> Iterator[_Part]:
    at, pictured = 2, False
    while found := _marker.search(data, at):
        marker = found[0][1]
        at = found.end()
        if marker == _END:
            return
        if marker in _ALONE:
            yield False, 0, 0
            continue
        length = max(int.from_bytes(data[at : at + 2], "big"), 2)
        is_exif = data.startswith(_EXIF, at + 2)
        pictured = pictured or marker == _START_OF_SCAN
        yield marker == _START_OF_SCAN, 0 if pictured else length, length if is_exif else 0
        at += length


def _png(data: bytes) -> Iterator[_Part]:
    at = len(_PNG)
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield False, 0, length if data[at + 4 : at + 8] == b"eXIf" else 0
        at += 12 + length


def _webp(data: bytes) -> Iterator[_Part]:
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        yield False, 0, length if data[at : at + 4] == b"EXIF" else 0
        at += 8 + length + length % 2


def _gif(data: bytes) -> Iterator[_Part]:
    """Yield the blocks before the picture, with their sizes."""
    at = 13 + (3 << (data[10] & 7) + 1 if len(data) > 10 and data[10] & 0x80 else 0)
    while data[at : at + 1] == b"!":
        at += 2
        while length := int.from_bytes(data[at : at + 1], "big"):
            yield False, length, 0
            at += 1 + length
        at += 1


def _tiff(data: bytes) -> Iterator[_Part]:
    """Yield the tags of the first picture, and a part for each of its strips or tiles."""
    is_little = data.startswith(b"II")

    def number(at: int, length: int) -> int:
        return int.from_bytes(data[at : at + length], "little" if is_little else "big")

    begin = number(4, 4)
    for at in range(begin + 2, begin + 2 + 12 * number(begin, 2), 12):
        tag, kind, count = number(at, 2), number(at + 2, 2), number(at + 4, 4)
        yield False, count * _SIZES.get(kind, 1), 0
        if tag in _OFFSETS:
            yield from ((False, 0, 0) for _ in range(count))
