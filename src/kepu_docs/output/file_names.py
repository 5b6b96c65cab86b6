"""File names made from any text: safe on Linux, macOS and Windows, unique within a run."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kepu_docs.typography.graphemes import graphemes

MAX_NAME_BYTES: Final = 255
"""The longest file name on Linux, in bytes of UTF-8. Windows and macOS count 255 UTF-16 units, which are never more."""

_NUMBER_BYTES: Final = len("-12345")
_TEMPORARY_BYTES: Final = len(".kepu-docs-.tmp")
"""Room left for what programs add to a name: temporary files of kepu-docs, and lock files such as ``.~lock.…#``."""

_MAX_SUFFIX: Final = 32

# Windows (and any system for "/") does not allow these in a name. Their full-width forms read the same to a Chinese
# reader, are ordinary letters of a name on every system, and keep the title in the name whole, which "_" would not.
_LOOK_ALIKES: Final = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")

# Control characters, line separators, lone surrogates, noncharacters, and marks that change the direction of text (a
# name must not seem to end in another suffix): nothing that anyone would miss.
_unshowable = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)

# What the two above, a dot or white space at an end, a lock file or a device begin or end with: most names have none.
_doubtful = re.compile(f'{_unshowable.pattern}|[<>:"/\\\\|?*]|^[.~]|[.]$|^(?:CON|PRN|AUX|NUL|COM|LPT)', re.IGNORECASE)

# Windows treats these as devices, whatever follows the first dot.
_device = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE)


def file_name(stem: str, suffix: str) -> str:
    """Return a file name of ``stem``, any text, and ``suffix``, such as ``.docx`` or none.

    It has at most 255 bytes in UTF-8 with room for a number and a temporary prefix, has no character that a system
    refuses and no dot or space at its ends, and is not a Windows device name. Text is not Unicode-normalised. Two stems
    may give one name: see ``NamesTaken``.
    """
    return _fit(_clean(stem), suffix, MAX_NAME_BYTES - _TEMPORARY_BYTES - _NUMBER_BYTES) + suffix


def is_path(path: str) -> bool:
    """Return whether ``path`` consists of names that ``file_name`` returns, with ``/`` between them.

    Every path made by this module is one; a path read from a disk is checked. No such path leads out of the folder that
    it begins in, on any system.
    """
    return all(_is_name(step) for step in path.split("/"))


@lru_cache(4096)
def _is_name(step: str) -> bool:
    return bool(step) and step == _clean(step) and len(step.encode()) <= MAX_NAME_BYTES - _TEMPORARY_BYTES


class NamesTaken:
    """The file names assigned in one run. The same calls in the same order give the same names."""

    def __init__(self) -> None:
        self._next_numbers: dict[str, int] = {}

    def take(self, stem: str, suffix: str) -> str:
        """Return ``file_name(stem, suffix)``, numbered ``-2``, ``-3`` before the suffix if it is taken.

        Names count as equal if macOS or Windows treats them as equal: apart from case or Unicode form. Finding the
        number takes the same time for the 100,000th of equal names as for the second.
        """
        name = file_name(stem, suffix)
        key = _folded(name)
        if key not in self._next_numbers:
            self._next_numbers[key] = 2
            return name
        base = name.removesuffix(suffix)
        while True:
            number = f"-{self._next_numbers[key]}"
            self._next_numbers[key] += 1
            room = MAX_NAME_BYTES - _TEMPORARY_BYTES - len(number)
            numbered = _fit(base, suffix, room) + number + suffix
            if _folded(numbered) not in self._next_numbers:
                self._next_numbers[_folded(numbered)] = 2
                return numbered


def _clean(stem: str) -> str:
    if stem and not (stem[0].isspace() or stem[-1].isspace() or _doubtful.search(stem)):
        return stem
    text = _stripped(_unshowable.sub("_", stem).translate(_LOOK_ALIKES))
    if text.startswith("~$"):
        # Names of lock files of office programs: they are hidden, and ignored when records are searched for.
        text = f"～{text[1:]}"
    device = _device.match(text)
    return f"{device[0]}_{text[device.end() :]}" if device else text


def _fit(text: str, suffix: str, room: int) -> str:
    """Cut ``text`` so that with ``suffix`` it has at most ``room`` bytes; never return an empty text."""
    if len(suffix) > _MAX_SUFFIX or not re.fullmatch(r"(?:\.[A-Za-z0-9_-]+)*", suffix):
        raise ValueError(f"not a suffix of a file name: {suffix!r}")
    # The rest of a cut name may be a device again: of "CON", many spaces and a word the first.
    return _clean(_cut(text, room - len(suffix))) or "untitled"


def _stripped(text: str) -> str:
    """Remove white space and dots at the ends: Windows drops them at the end, and a leading dot hides the file."""
    start, end = 0, len(text)
    while start < end and (text[start] == "." or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] == "." or text[end - 1].isspace()):
        end -= 1
    return text[start:end]


def _cut(text: str, room: int) -> str:
    """Return the beginning of ``text`` of at most ``room`` bytes, not cut within a grapheme."""
    data = text.encode()
    if len(data) <= room:
        return text
    longest = len(data[:room].decode(errors="ignore"))
    # The last one is complete only if it ends before the character that no longer fits.
    end = longest + 1 - len(graphemes(text[: longest + 1])[-1])
    # A single letter with a hundred accents has no better place to be cut.
    return text[: end or longest]


def _folded(name: str) -> str:
    """Return the form in which names that some system treats as equal are equal."""
    folded = unicodedata.normalize("NFD", name).casefold()
    return unicodedata.normalize("NFC", folded)
