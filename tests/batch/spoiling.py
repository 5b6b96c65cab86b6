"""Ways in which a manifest may be damaged: by a disk, by an editor or on purpose."""

import json
from collections.abc import Callable
from random import Random
from typing import Any, Final

Spoil = Callable[[bytes, Random], bytes]


def _edited(change: Callable[[dict[str, Any]], None]) -> Spoil:
    """Return what changes the data of every other line."""

    def spoil(data: bytes, random: Random) -> bytes:
        lines = [json.loads(line) for line in data.splitlines()]
        for line in lines[::2]:
            change(line)
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()

    return spoil


def _outputs(**values: object) -> Spoil:
    """Return what changes what every other line says of its documents."""

    def change(line: dict[str, Any]) -> None:
        for output in line["outputs"]:
            output.update(values)

    return _edited(change)


def _amid(piece: bytes) -> Spoil:
    """Return what puts a piece in the midst of the lines."""

    def spoil(data: bytes, random: Random) -> bytes:
        lines = data.splitlines(keepends=True)
        lines.insert(len(lines) // 2, piece)
        return b"".join(lines)

    return spoil


def _flipped(data: bytes, random: Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(50):
        spoiled[random.randrange(len(spoiled))] ^= 1 << random.randrange(8)
    return bytes(spoiled)


def _shuffled(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    random.shuffle(lines)
    return b"".join(lines)


def _exchanged(data: bytes, random: Random) -> bytes:
    """Let each line tell of the documents of the one before."""
    lines = [json.loads(line) for line in data.splitlines()]
    outputs = [line["outputs"] for line in lines]
    for line, other in zip(lines, [*outputs[1:], outputs[0]], strict=True):
        line["outputs"] = other
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


SPOILED: Final[dict[str, Spoil]] = {
    "gone": lambda data, random: b"",
    "cut in a line": lambda data, random: data[:-20],
    "cut in its first line": lambda data, random: data[:40],
    "cut anywhere": lambda data, random: data[: random.randrange(len(data))],
    "without its last line end": lambda data, random: data[:-1],
    "zeros alone": lambda data, random: bytes(len(data)),
    "zeros at the end": lambda data, random: data + bytes(4096),
    "zeros in the midst": lambda data, random: data[:500] + bytes(500) + data[1000:],
    "bits flipped": _flipped,
    "shuffled": _shuffled,
    "each line twice": lambda data, random: b"".join(line * 2 for line in data.splitlines(keepends=True)),
    "twice": lambda data, random: data * 2,
    "lines with the outputs of others": _exchanged,
    "line ends of Windows": lambda data, random: data.replace(b"\n", b"\r\n"),
    "a byte order mark": lambda data, random: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data, random: data.decode().encode("utf-16"),
    "GB18030": lambda data, random: data.decode().encode("gb18030"),
    "no JSON": lambda data, random: data.replace(b"{", b"<"),
    "empty lines": lambda data, random: data.replace(b"\n", b"\n\n\n"),
    "another's line": _amid(b'{"name": "x", "version": 1}\n'),
    "a number as a line": _amid(b"7\n"),
    "nested a million times": _amid(b"[" * 1_000_000 + b"\n"),
    "a number of a million digits": _amid(b'{"source": ' + b"9" * 1_000_000 + b"}\n"),
    "a line of 16 MiB": _amid(b'{"source": "' + b"x" * (16 << 20) + b'"}\n'),
    "NaN": _outputs(size=float("nan")),
    "texts for numbers": _outputs(size="1"),
    "lists for texts": _edited(lambda line: line.update(source=[], record={})),
    "without keys": _edited(lambda line: line.clear()),
    "keys twice": lambda data, random: data.replace(b'{"source": ', b'{"source": "x", "source": '),
    "a stem that leads out": _edited(lambda line: line.update(stem="../home/evil")),
    "paths that lead out": _outputs(path="../../evil.txt"),
    "paths from the root": _outputs(path="/tmp/evil.txt"),  # noqa: S108
    "paths of the manifest": _outputs(path="MANIFEST.jsonl"),
}
