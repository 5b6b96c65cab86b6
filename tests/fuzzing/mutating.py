"""Changes inputs with knowledge of their structure: archives part by part, trees, lines, templates."""

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from random import Random
from typing import Any, Final

from tests.fuzzing.frame import Bytes, Mutator

NUMBERS: Final = (
    "0", "1", "-1", "2147483647", "2147483648", "4294967295", "4294967296", "18446744073709551615", "99999999999999999999",
    "1048576", "1048577", "16384", "1e308", "1e999", "-0", "0.1", "NaN", "inf", "x", "", "9" * 400, "1" + "0" * 30,
)  # fmt: skip
"""What stands in place of a number."""
TEXTS: Final = (
    "", " ", "\n", "\u2028", "&#0;", "&#27;", "%0A", "..", "../..", "/", "//evil.example/a.xlsx", "http://evil.example/", "file:///",
    "javascript:x", "A1", "XFD1048576", "A99999999999999999999", "ZZZZZ1", "true", "External", "auto", "{}", "{0.a}", "年", "一、", "“", "x" * 3000,
)  # fmt: skip
"""What stands in place of a value."""
_MOST_PARTS: Final = 200
_MOST_BYTES: Final = 2_000_000
"""Of an archive that is unpacked to be changed."""
_MOST_REPEATS: Final = 2_000

_attribute = re.compile(rb'([\w:.-]+)="([^"]*)"')
_number = re.compile(rb"-?\d+")
_element = re.compile(rb"<([\w:]+)(?:\s[^<>]*)?>(?:[^<]{0,200})</\1>|<[\w:]+(?:\s[^<>]*)?/>")
_tag = re.compile(rb"</?[\w:]+[^<>]*>")


def archives(data: bytes, longest: int, seed: int, change: Bytes) -> bytes:
    """Change an archive: a part, a name, which parts there are, or, now and then, the archive itself."""
    random = Random(seed)
    parts = _unpacked(data)
    if not parts or random.random() < 0.05:
        return _damaged(data, longest, random, change)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        if not parts:
            break
        at = random.randrange(len(parts))
        name, content = parts[at]
        match random.randrange(12):
            case 0:
                parts.pop(at)
            case 1:
                parts.insert(at, parts[random.randrange(len(parts))])
            case 2:
                parts[at] = (_renamed(name, random), content)
            case 3:
                parts[at] = (name, parts[random.randrange(len(parts))][1])
            case 4:
                parts[at] = (name, change(content, max(len(content) * 2, 64)))
            case _:
                parts[at] = (name, markup(content, random))
    packed = _packed(parts, random)
    return packed if len(packed) <= longest else _damaged(data, longest, random, change)


def markup(content: bytes, random: Random) -> bytes:
    """Change a part of XML: a value, a number, an element; take one away, or say it again and again."""
    match random.randrange(9):
        case 0:
            return _replaced(_attribute, content, random, lambda found: found[1] + b'="' + _value(random) + b'"')
        case 1:
            return _replaced(_number, content, random, lambda found: random.choice(NUMBERS).encode())
        case 2:
            return _replaced(_element, content, random, lambda found: b"")
        case 3:
            times = random.choice((2, 3, 20, 300, _MOST_REPEATS))
            return _replaced(
                _element, content, random, lambda found: found[0] * min(times, 200_000 // len(found[0]) + 1)
            )
        case 4:
            return _replaced(_tag, content, random, lambda found: b"")
        case 5:
            return _nested(content, random)
        case 6:
            found = _element.findall(content)
            spans = [each.span() for each in _element.finditer(content)]
            if len(found) < 2:
                return content
            (a, b), (c, d) = sorted(random.sample(spans, 2))
            return content[:a] + content[c:d] + content[b:c] + content[a:b] + content[d:]
        case 7:
            return _replaced(_attribute, content, random, lambda found: b"")
        case _:
            return _replaced(re.compile(rb">([^<]+)<"), content, random, lambda found: b">" + _value(random) + b"<")


def _nested(content: bytes, random: Random) -> bytes:
    """Put an element into itself, some times over."""
    spans = [each.span() for each in _element.finditer(content)]
    if not spans:
        return content
    start, end = random.choice(spans)
    inside = content[start:end]
    opened = re.match(rb"<([\w:]+)[^<>]*?(/?)>", inside)
    if not opened or opened[2]:
        return content
    deep = random.choice((2, 10, 100))
    head, tail = opened[0], b"</" + opened[1] + b">"
    return content[:start] + head * deep + inside + tail * deep + content[end:]


def _replaced(
    pattern: "re.Pattern[bytes]", content: bytes, random: Random, made: "Callable[[re.Match[bytes]], bytes]"
) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content
    one = random.choice(found)
    return content[: one.start()] + made(one) + content[one.end() :]


def _value(random: Random) -> bytes:
    return random.choice((*NUMBERS, *TEXTS)).replace("<", "&lt;").replace('"', "&quot;").encode("utf-8", "replace")


def _renamed(name: str, random: Random) -> str:
    folder, slash, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    return random.choice(
        (name.upper(), name + "x", f"../{name}", f"/{name}", name.replace("/", "\\"), f"{folder}{slash}{stem}.dat",
         f"{folder}{slash}{stem}2{dot}{suffix}", file, f"x/{name}", "\x1b[2J", "word/vbaProject.bin", "xl/worksheets/sheet1.XML")
    )  # fmt: skip


def _unpacked(data: bytes) -> list[tuple[str, bytes]]:
    parts: list[tuple[str, bytes]] = []
    left = _MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist()[:_MOST_PARTS]:
                with archive.open(info) as stream:
                    content = stream.read(left)
                left -= len(content)
                parts.append((info.filename, content))
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
        struct.error,
    ):
        return []
    return parts


def _packed(parts: list[tuple[str, bytes]], random: Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name.replace("\0", "") or "x")
            info.compress_type = zipfile.ZIP_STORED if random.random() < 0.05 else zipfile.ZIP_DEFLATED
            # A name that stands twice is what is wanted; ``writestr`` would warn of it.
            archive.NameToInfo.pop(info.filename, None)
            archive.writestr(info, content)
    return stream.getvalue()


def _damaged(data: bytes, longest: int, random: Random, change: Bytes) -> bytes:
    """Change the archive itself: its directory, its start, its end."""
    match random.randrange(5):
        case 0 if b"PK\1\2" in data:
            at = data.rindex(b"PK\1\2") + random.choice((8, 10, 16, 20, 24, 28, 30, 42))
            return (data[:at] + random.choice((b"\xff" * 4, b"\0" * 4, b"\1\0\0\0")) + data[at + 4 :])[:longest]
        case 1:
            return (random.choice((b"x", b"\0" * 100, b"PK\5\6", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) + data)[:longest]
        case 2:
            return data[: random.randrange(len(data) + 1)][:longest]
        case _:
            return change(data, longest)


def trees(data: bytes, longest: int, seed: int, change: Bytes) -> bytes:
    """Change what is JSON, after a first byte that says what else it is; else change bytes."""
    random = Random(seed)
    try:
        value = json.loads(data[1:])
    except (ValueError, RecursionError):
        return change(data, longest)
    if random.random() < 0.2:
        return change(data, longest)
    for _ in range(random.choice((1, 1, 2, 5))):
        value = changed_tree(value, random)
    try:
        text = json.dumps(value, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return change(data, longest)
    made = data[:1] + text
    return made if len(made) <= longest else change(data, longest)


def lines_of_trees(data: bytes, longest: int, seed: int, change: Bytes) -> bytes:
    """Change lines of JSON: one of them, or which there are."""
    random = Random(seed)
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    match random.randrange(8):
        case 0:
            lines.insert(at, lines[random.randrange(len(lines))])
        case 1:
            lines.pop(at)
        case 2:
            lines[at] = change(lines[at], max(len(lines[at]) * 2, 64))
        case _:
            lines[at] = trees(b" " + lines[at], longest, seed, change)[1:]
    made = b"\n".join(lines)
    return made if len(made) <= longest else change(data, longest)


def changed_tree(value: Any, random: Random) -> Any:
    """Return JSON with one of its values changed, somewhere."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        key = random.choice(list(value))
        made = dict(value)
        match random.randrange(8):
            case 0:
                del made[key]
            case 1:
                made[random.choice((*TEXTS, "kind", "heading", "photos", "period"))] = made[key]
            case _:
                made[key] = changed_tree(value[key], random)
        return made
    if isinstance(value, list) and value and random.random() < 0.85:
        at = random.randrange(len(value))
        match random.randrange(6):
            case 0:
                return value[:at] + value[at + 1 :]
            case 1:
                return value * random.choice((2, 10, 200)) if len(value) < 100 else value
            case _:
                return [*value[:at], changed_tree(value[at], random), *value[at + 1 :]]
    return random.choice(
        (
            None,
            True,
            0,
            -1,
            10**20,
            10**400,
            0.5,
            1e308,
            [],
            {},
            [[]],
            {"": ""},
            value,
            [value],
            {"a": value},
            *TEXTS,
            *NUMBERS,
        )
    )


_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")


def texts(words: tuple[str, ...]) -> Mutator:
    """Return what changes texts word by word, and puts ``words`` in."""

    def mutate(data: bytes, longest: int, seed: int, change: Bytes) -> bytes:
        random = Random(seed)
        if random.random() < 0.2:
            return change(data, longest)
        parts = _WORDS.findall(data.decode("utf-8", "replace")) or [""]
        for _ in range(random.choice((1, 1, 2, 5))):
            at = random.randrange(len(parts))
            match random.randrange(6):
                case 0:
                    parts[at] = random.choice((*words, *NUMBERS, *TEXTS))
                case 1:
                    parts.insert(at, random.choice((*words, *TEXTS)))
                case 2 if len(parts) > 1:
                    parts.pop(at)
                case 3:
                    end = min(at + random.choice((1, 5, 20)), len(parts))
                    parts[at:end] = parts[at:end] * random.choice((2, 10, 500))
                case 4:
                    other = random.randrange(len(parts))
                    parts[at], parts[other] = parts[other], parts[at]
                case _:
                    parts[at] = random.choice(words) + parts[at]
            parts = parts[:20_000]
        return "".join(parts).encode("utf-8", "replace")[:longest]

    return mutate
