"""The error for characters that no installed font has."""

import dataclasses
from collections.abc import Collection, Iterator
from typing import Final

from kepu_docs.plugin import N_, Document, Place, RenderError

_SHOWN: Final = 10
_RARE_HANZI: Final = ("fonts-hanazono", "SimSun-ExtB", "Hanazono Mincho")
_EMOJI: Final = ("fonts-noto-color-emoji", "Segoe UI Emoji", "Apple Color Emoji")
_OTHERS: Final = ("fonts-noto-cjk fonts-noto-core", "Noto Sans", "Noto Sans")
_FIRST_RARE_HANZI: Final = 0x20000
_LAST_RARE_HANZI: Final = 0x3FFFF
_FIRST_EMOJI: Final = 0x1F000
_LAST_EMOJI: Final = 0x1FAFF


def missing_characters(document: Document, characters: Collection[str]) -> RenderError:
    """Return the error that names ``characters``, the first text of ``document`` with one, and what to install."""
    shown = sorted(characters)
    debian, windows, macos = (", ".join(dict.fromkeys(names)) for names in zip(*map(_fonts, shown), strict=True))
    listed = ", ".join(_named(character) for character in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        listed += ", …"
    place = next((path for path, text in _texts(document, "") if not text.isdisjoint(characters)), "")
    text = N_(
        "no installed font has the character {characters}. Install a font that has it: on Debian and "
        "Ubuntu, apt install {debian}; on Windows, {windows}; on macOS, {macos}"
    )
    return RenderError.at(
        Place(field=place.removeprefix(".")), text, characters=listed, debian=debian, windows=windows, macos=macos
    )


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"“{character}” ({code})" if character.isprintable() else code


def _fonts(character: str) -> tuple[str, str, str]:
    code = ord(character)
    if _FIRST_RARE_HANZI <= code <= _LAST_RARE_HANZI:
        return _RARE_HANZI
    return _EMOJI if _FIRST_EMOJI <= code <= _LAST_EMOJI else _OTHERS


def _texts(value: object, path: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the characters of every text in ``value``, with the path to the text."""
    if isinstance(value, str):
        yield path, frozenset(value)
    elif isinstance(value, tuple):
        for place, member in enumerate(value):
            yield from _texts(member, f"{path}[{place}]")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name != "record":
                yield from _texts(getattr(value, field.name), f"{path}.{field.name}")
