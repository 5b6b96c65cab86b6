"""Files of pictures with more parts than a photograph has are refused before anything decodes them."""

import contextlib
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kepu_docs.composing import photo_files
from kepu_docs.composing.photo_files import check_file
from kepu_docs.errors import Place, RecordError
from kepu_docs.testing import growth


def saved(kind: str, **options: Any) -> bytes:
    stream = BytesIO()
    picture = Image.effect_noise((80, 60), 90).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "试验"
    picture.save(stream, kind, **({} if kind in ("BMP", "GIF") else {"exif": exif}), **options)
    return stream.getvalue()


JPEG: Final = saved("JPEG", progressive=True)
PNG: Final = saved("PNG")


@pytest.mark.parametrize(
    "data",
    [
        JPEG,
        PNG,
        saved("JPEG"),
        saved("WEBP"),
        saved("BMP"),
        saved("TIFF"),
        saved("TIFF", compression="tiff_lzw"),
        saved("GIF", comment="x" * 1000),
        b"",
        b"no picture",
    ],
)
def test_ordinary_files_pass(data: bytes) -> None:
    check_file(data, "a", Place())


def with_scans(count: int) -> bytes:
    """Return a JPEG whose last scan stands ``count`` times: each of them is gone through."""
    last = JPEG.rindex(b"\xff\xda")
    return JPEG[:last] + JPEG[last:-2] * count + b"\xff\xd9"


def with_segments(count: int) -> bytes:
    return JPEG[:2] + b"\xff\xe5\0\2" * count + JPEG[2:]


def with_much_exif(count: int) -> bytes:
    return JPEG[:2] + (b"\xff\xe1\xff\xff" + b"Exif\0\0".ljust(0xFFFD, b"x")) * count + JPEG[2:]


def with_much_metadata(count: int) -> bytes:
    return JPEG[:2] + (b"\xff\xe2\xff\xff" + b"x" * 0xFFFD) * count + JPEG[2:]


def chunk(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_chunks(count: int) -> bytes:
    return PNG[:33] + chunk(b"teSt") * count + PNG[33:]


def with_tags(count: int) -> bytes:
    return PNG[:33] + chunk(b"eXIf", b"x" * 1024 * count) + PNG[33:]


def with_comment(count: int) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0, 0, 0) + b"!\xfe" + b"\1x" * count + b"\0;"


def with_webp_chunks(count: int) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + b"XXXX\0\0\0\0" * count


def tiff(*tags: tuple[int, int, int, int]) -> bytes:
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)


def with_strips(count: int) -> bytes:
    return tiff((273, 4, count, 8))


def with_pointers(count: int) -> bytes:
    """Return a TIFF whose tags all point to the same MiB."""
    return tiff(*((40_000, 1, 1 << 20, 8) for _ in range(count))) + b"x" * (1 << 20)


@pytest.mark.parametrize(
    ("made", "fits", "too_many"),
    [
        (with_scans, 80, 3000),
        (with_segments, 40_000, 60_000),
        (with_much_exif, 3, 5),
        (with_much_metadata, 200, 300),
        (with_chunks, 40_000, 60_000),
        (with_tags, 200, 300),
        (with_comment, 40_000, 60_000),
        (with_webp_chunks, 40_000, 60_000),
        (with_strips, 40_000, 60_000),
        (with_pointers, 16, 18),
        (lambda count: b"II+\0" if count else b"", 0, 1),
    ],
)
def test_files_of_too_many_parts_are_refused(made: Callable[[int], bytes], fits: int, too_many: int) -> None:
    check_file(made(fits), "a.jpg", Place(field="photos"))
    with pytest.raises(RecordError, match=r"“a\.jpg” has too many parts to be a photograph"):
        check_file(made(too_many), "a.jpg", Place(field="photos"))


def test_scans_behind_the_end_do_not_count() -> None:
    # Telephones put a second picture, or a film, behind the first.
    check_file(JPEG + with_scans(200), "a", Place())


BEGINS: Final = (b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF0000WEBP", b"II*\0", b"MM\0*", b"II+\0")


@given(st.sampled_from(BEGINS), st.binary(max_size=300))
def test_any_bytes_are_counted(begin: bytes, rest: bytes) -> None:
    with contextlib.suppress(RecordError):
        check_file(begin + rest, "a", Place())


@pytest.mark.parametrize("begin", BEGINS)
@pytest.mark.parametrize("piece", [b"\0", b"\xff", b"!", b"\xff\xda\0\2", b"\xff\xd8", b"!\xfe\1"])
def test_time_is_in_proportion_to_the_file(begin: bytes, piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_files, "MOST_PARTS", 10**9)
    monkeypatch.setattr(photo_files, "MOST_SCANS", 10**9)

    def check(size: int) -> None:
        with contextlib.suppress(RecordError):
            check_file(begin + piece * size, "a", Place())

    assert growth(check, 300) < 2.5
