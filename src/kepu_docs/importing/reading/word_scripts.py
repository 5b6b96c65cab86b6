"""Superscript and subscript characters in Unicode, and signs of fonts that show symbols for letters."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

_RAISED: Final = dict(zip("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ", strict=True)) | dict(
    zip("０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True)
)
_LOWERED: Final = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)) | dict(
    zip("０１２３４５６７８９", "₀₁₂₃₄₅₆₇₈₉", strict=True)
)
_RAISED_WORDS: Final = {"TM": "™", "SM": "℠"}

# By the code in the font. Signs without a Unicode character are left out and listed.
_WINGDINGS: Final = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x45: "☜",
    0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x4F: "⚐", 0x52: "☼", 0x54: "❄", 0x6C: "●",
    0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "◻", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x7B: "❀", 0x80: "⓪", 0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④", 0x85: "⑤",
    0x86: "⑥", 0x87: "⑦", 0x88: "⑧", 0x89: "⑨", 0x8A: "⑩", 0x8B: "⓿", 0x8C: "❶", 0x8D: "❷", 0x8E: "❸",
    0x8F: "❹", 0x90: "❺", 0x91: "❻", 0x92: "❼", 0x93: "❽", 0x94: "❾", 0x95: "❿", 0x9E: "·", 0x9F: "•",
    0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xAC: "✶", 0xAD: "✴",
    0xB2: "⟡", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2: Final = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x98: "•", 0x9A: "○",
    0xA2: "■", 0xA3: "☐", 0xA1: "▪", 0xAE: "◆", 0xEA: "★",
}  # fmt: skip
_WINGDINGS_2_CIRCLED: Final = {0x69 + at: char for at, char in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")}
_WINGDINGS_3: Final = {
    0x7D: "▶",
    0x7C: "◀",
    0x70: "▲",
    0x71: "▼",
    0x75: "▶",
    0x22: "→",
    0x21: "←",
    0x23: "↑",
    0x24: "↓",
}
_SYMBOL: Final = dict(
    zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)) | {
    **{code: chr(code) for code in range(0x20, 0x40) if chr(code) not in "\"$'*-"},
    0x2A: "∗", 0x2D: "−", 0x5B: "[", 0x5D: "]", 0x7B: "{", 0x7C: "|", 0x7D: "}", 0x7E: "∼", 0xA0: "€",
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xA9: "♥", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓",
    0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷",
    0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xD0: "∠",
    0xD1: "∇", 0xD2: "®", 0xD3: "©", 0xD4: "™", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_FONTS: Final[Mapping[str, Mapping[int, str]]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2 | _WINGDINGS_2_CIRCLED,
    "wingdings 3": _WINGDINGS_3,
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "□", 0x67: "■", 0x6E: "●", 0x59: "♥", 0xC8: "☎"},
    "symbol": _SYMBOL,
}
_PRIVATE: Final = range(0xF000, 0xF100)
"""The range in which Word puts the characters of such fonts."""


def raised(text: str) -> str | None:
    """Return ``text`` in superscript characters; ``None`` if Unicode does not have all of them."""
    return _RAISED_WORDS.get(text.strip()) or _each(text, _RAISED)


def lowered(text: str) -> str | None:
    """Return ``text`` in subscript characters; ``None`` if Unicode does not have all of them."""
    return _each(text, _LOWERED)


def _each(text: str, table: Mapping[str, str]) -> str | None:
    found = [char if char.isspace() else table.get(char) for char in text]
    return None if None in found else "".join(map(str, found))


def is_font_of_signs(name: str) -> bool:
    """Return whether a font shows symbols in place of letters."""
    return name.lower() in _FONTS


def sign(code: int, font: str) -> str | None:
    """Return the Unicode character for a character of a font; ``None`` if there is none."""
    if code in _PRIVATE or (code < 0x100 and is_font_of_signs(font)):
        return _FONTS.get(font.lower(), {}).get(code & 0xFF)
    shown = chr(code) if 0x20 <= code <= 0x10FFFF else ""
    return shown if shown and unicodedata.category(shown) not in ("Co", "Cs", "Cn", "Cc", "Cf") else None


@cache
def _ringed() -> Mapping[str, str]:
    """Return the characters enclosed in a ring, by their content."""
    found: dict[str, str] = {}
    for code in (*range(0x2460, 0x2500), *range(0x3200, 0x3300)):
        mark, *codes = unicodedata.decomposition(chr(code)).split() or [""]
        if mark == "<circle>":
            found["".join(chr(int(each, 16)) for each in codes)] = chr(code)
    return found


def ringed(text: str) -> str | None:
    """Return the character with ``text`` in a ring: ① for 1, Ⓐ for A, ㊙ for 秘; ``None`` if there is none."""
    return _ringed().get(text)
