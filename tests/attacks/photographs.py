"""Photographs: files that take long to decode, or that are not pictures."""

import io
import json
import os
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from tests.attacks.frame import Attack, Expected
from tests.attacks.material import ESCAPES, lay, record

REFUSED: Final = Expected.REFUSED


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes = b"", *more: bytes, colour: int = 0, bits: int = 8) -> bytes:
    """Return a PNG whose head may say something else than its data."""
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + b"".join(more)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def jpeg(scans: int = 0, size: tuple[int, int] = (64, 64)) -> bytes:
    """Return a JPEG; a progressive one, with its last scan again and again, if ``scans`` are asked for.

    That one is of one colour: its scans are short, and take as long to decode as any.
    """
    from PIL import Image

    stream = io.BytesIO()
    picture = Image.new("L", size, 127) if scans else Image.effect_noise(size, 60)
    picture.convert("RGB").save(stream, "JPEG", progressive=bool(scans))
    data = stream.getvalue()
    if not scans:
        return data
    last = data.rfind(b"\xff\xda")
    scan = data[last:-2]
    return data[:last] + scan * scans + b"\xff\xd9"


def animated(frames: int) -> bytes:
    """Return a GIF of many frames, all the same one."""
    from PIL import Image

    stream = io.BytesIO()
    Image.effect_noise((64, 64), 60).save(stream, "GIF")
    data = stream.getvalue()
    at = data.index(b",\0\0\0\0\x40\0\x40\0")
    return data[:at] + data[at:-1] * frames + b";"


def tiff(*entries: tuple[int, int, int, int], following: int = 0) -> bytes:
    """Return a TIFF of one directory, which says what comes after it."""
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *each) for each in entries)
    return b"II*\0\x08\0\0\0" + body + struct.pack("<I", following) + b"\0" * 4_000


def comment() -> bytes:
    """Return the part of a PNG that is a text of 60 MB."""
    return chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 60_000_000))


def attacks() -> Iterator[Attack]:
    """Yield all attacks of photographs."""
    blank = b"\0" * 65 * 64
    files: tuple[tuple[str, str, bytes | Callable[[], bytes]], ...] = (
        ("a progressive JPEG of 3,000 scans", "a.jpg", lambda: jpeg(3_000, (2400, 1800))),
        ("a progressive JPEG of 30,000 scans", "a.jpg", lambda: jpeg(30_000)),
        ("a JPEG of 65,500 by 65,500", "a.jpg", lambda: jpeg().replace(b"\xff\xc0\0\x11\x08\0\x40\0\x40", b"\xff\xc0\0\x11\x08\xff\xdc\xff\xdc")),
        ("a JPEG cut off", "a.jpg", lambda: jpeg()[:-200]),
        ("a JPEG of markers alone", "a.jpg", b"\xff\xd8" + b"\xff\xfe\0\x02" * 500_000 + b"\xff\xd9"),
        ("a JPEG of fill bytes", "a.jpg", b"\xff\xd8" + b"\xff" * 9_000_000),
        ("a JPEG whose EXIF goes round", "a.jpg", lambda: jpeg()[:2] + b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\1\0\x69\x87\4\0\1\0\0\0\x08\0\0\0\x08\0\0\0" + jpeg()[2:]),
        ("a JPEG turned 99 ways", "a.jpg", lambda: jpeg()[:2] + b"\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\x63\0\0\0\0\0\0\0" + jpeg()[2:]),
        ("a PNG of 100,000 by 100,000", "a.png", png(100_000, 100_000, b"\0" * 100_000)),
        ("a PNG of 8,900 by 8,900, black", "a.png", lambda: png(8_900, 8_900, b"\0" * 8_901 * 8_900)),
        ("a PNG of 8,900 by 8,900, 16 bits and alpha", "a.png", lambda: png(8_900, 8_900, b"\0" * 9_000, colour=6, bits=16)),
        ("a PNG of 1 by 80,000,000", "a.png", lambda: png(1, 80_000_000, b"\0" * 2_000_000)),
        ("a PNG of 2^31 by 1", "a.png", png(2**31 - 1, 1, b"\0")),
        ("a PNG of 0 by 0", "a.png", png(0, 0)),
        ("a PNG without data", "a.png", png(64, 64)),
        ("a PNG with a text of 60 MB", "a.png", lambda: png(64, 64, blank, comment())),
        ("a PNG with 40 texts of 60 MB", "a.png", lambda: png(64, 64, blank, *[comment()] * 40)),
        ("a PNG with a profile of 60 MB", "a.png", lambda: png(64, 64, blank, chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 60_000_000)))),
        ("a PNG with a million chunks", "a.png", lambda: png(64, 64, blank, chunk(b"tEXt", b"a\0b") * 1_000_000)),
        ("a PNG of 4 billion frames", "a.png", png(64, 64, blank, chunk(b"acTL", b"\xff" * 8))),
        ("a PNG that unpacks to more than it says", "a.png", lambda: png(64, 64, b"\0" * 900_000_000)),
        ("a PNG with a chunk of 4 GB", "a.png", png(64, 64)[:33] + b"\xff\xff\xff\xffIDAT"),
        ("a GIF of 10,000 frames", "a.gif", lambda: animated(10_000)),
        ("a GIF of 65,535 by 65,535", "a.gif", b"GIF89a" + b"\xff" * 4 + b"\x80\0\0" + b"\0" * 6 + b"," + b"\0" * 4 + b"\xff" * 4 + b"\0\2\2\x44\1\0;"),
        ("a TIFF whose directories go round", "a.tif", tiff((256, 4, 1, 64), (257, 4, 1, 64), following=8)),
        ("a TIFF of 4 billion entries", "a.tif", tiff((256, 4, 0xFFFFFFFF, 8), (257, 4, 1, 64))),
        ("a TIFF of 2^32 by 2^32", "a.tif", tiff((256, 4, 1, 0xFFFFFFFF), (257, 4, 1, 0xFFFFFFFF), (273, 4, 1, 8))),
        ("a TIFF packed as old JPEG", "a.tif", tiff((256, 4, 1, 64), (257, 4, 1, 64), (259, 3, 1, 6), (273, 4, 1, 8))),
        ("a BMP of 2^31", "a.bmp", b"BM" + struct.pack("<IIIIiiHHIIiiII", 100, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, 0, 0, 0, 0, 0, 0)),
        ("a BMP of negative size", "a.bmp", b"BM" + struct.pack("<IIIIiiHHIIiiII", 100, 0, 54, 40, -64, -64, 1, 24, 0, 0, 0, 0, 0, 0) + b"\0" * 99),
        ("a BMP of run lengths", "a.bmp", b"BM" + struct.pack("<IIIIiiHHIIiiII", 100, 0, 54, 40, 8_000, 8_000, 1, 8, 1, 0, 0, 0, 0, 0) + b"\0\1" * 9_000_000),
        ("a WEBP cut off", "a.webp", b"RIFF\xff\xff\xff\x7fWEBPVP8 " + b"\0" * 40),
        ("a WEBP of lossless noise", "a.webp", b"RIFF\x64\0\0\0WEBPVP8L\x50\0\0\0\x2f\xff\xff\xff\xff" + os.urandom(80)),
        ("PostScript", "a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n" * 9),
        ("a PSD", "a.jpg", b"8BPS\0\1" + b"\0" * 6 + b"\0\3" + b"\0\0\xff\xff" * 2 + b"\0\x08\0\3" + b"\xff" * 60),
        ("a FITS", "a.jpg", b"SIMPLE  =                    T" + b" " * 5_000),
        ("an SVG", "a.png", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
        ("an ICO", "a.png", b"\0\0\1\0\xff\xff" + b"\xff" * 5_000),
        ("an ICNS", "a.png", b"icns" + b"\xff" * 5_000),
        ("a JPEG 2000", "a.jpg", b"\0\0\0\x0cjP  \r\n\x87\n" + b"\xff" * 500),
        ("an AVIF", "a.jpg", b"\0\0\0\x1cftypavif" + b"\xff" * 500),
        ("a DDS", "a.png", b"DDS \x7c\0\0\0" + b"\xff" * 200),
        ("a font", "a.png", b"\0\1\0\0" + b"\xff" * 900),
        ("a PDF", "a.jpg", b"%PDF-1.7\n" + b"x" * 900),
        ("a ZIP", "a.png", b"PK\3\4" + b"\0" * 900),
        ("noise", "a.jpg", os.urandom(9_000)),
        ("an empty file", "a.jpg", b""),
        ("60 MB of zeros", "a.jpg", lambda: b"\0" * 60_000_000),
        ("a text", "a.jpg", b"hello"),
    )  # fmt: skip
    for told, name, data in files:
        yield Attack(told, "photograph", partial(_photographed, name, data, name))
        if "3,000" in told or "100,000" in told or told == "noise":
            yield Attack(told, "photograph, batch", partial(_batched, name, data), good=("好记录一",))
    for name in ("../home/canary.txt", "/etc/passwd", "..\\home\\canary.txt", "C:\\x.jpg", "//evil.example/p.jpg", "http://evil.example/p.jpg",
                 "file:///etc/passwd", "a.jpg\0.png", ".", "", "d", "a" * 5_000, "./" * 3_000 + "a.jpg", "~/canary.txt", "NUL", "con.jpg", "a.jpg:stream",
                 "\u202egpj.a", "\x1b[2J.jpg", "d/../../home/canary.txt", "link", "up/home/canary.txt", "pipe", "zero", "memory", "self"):  # fmt: skip
        yield Attack(
            f"a photograph at {name[:40]!r}", "photograph", partial(_photographed, name, b"x", "a.jpg"), REFUSED
        )
    for told, text in ESCAPES.items():
        yield Attack(
            f"a photograph named with {told}",
            "photograph",
            partial(_photographed, f"{text}.jpg", b"x", "a.jpg"),
            REFUSED,
        )
        yield Attack(
            f"a caption with {told}", "photograph", partial(_photographed, "a.jpg", jpeg, "a.jpg", caption=text)
        )
    yield Attack("5,000 photographs", "photograph", _many)


def _record(name: str, caption: str = "说明") -> str:
    photos = [{"file": name, "caption": caption}]
    return json.dumps(
        record(sections=[{"kind": "narrative", "heading": "其他", "paragraphs": ["甲。"], "photos": photos}]),
        ensure_ascii=True,
    )


def _photographed(
    name: str, data: bytes | Callable[[], bytes], file: str, folder: Path, *, caption: str = "说明"
) -> Sequence[str]:
    inside = folder / "r"
    lay(inside, file, data)
    (inside / "d").mkdir()
    for link, target in (
        ("link", "../../home/canary.txt"),
        ("up", "../.."),
        ("zero", "/dev/zero"),
        ("memory", "/proc/self/mem"),
        ("self", "self"),
    ):
        (inside / link).symlink_to(target)
    os.mkfifo(inside / "pipe")
    lay(inside, "a.json", _record(name, caption))
    return ["render", "r/a.json", "-o", "out", "-f", "docx,md"]


def _batched(name: str, data: bytes | Callable[[], bytes], folder: Path) -> Sequence[str]:
    lay(folder, name, data)
    lay(folder, "a.json", _record(name))
    lay(folder, "good.json", json.dumps(record("好社区", "好记录一"), ensure_ascii=False))
    return ["batch", "a.json", "good.json", "-o", "out", "-f", "docx", "-q", "-j", "2"]


def _many(folder: Path) -> Sequence[str]:
    lay(folder, "a.jpg", jpeg)
    photos = [{"file": "./" * (n % 50) + "a.jpg"} for n in range(5_000)]
    lay(
        folder,
        "a.json",
        json.dumps(
            record(sections=[{"kind": "narrative", "heading": "其他", "paragraphs": ["甲。"], "photos": photos}])
        ),
    )
    return ["render", "a.json", "-o", "out", "-f", "docx"]
