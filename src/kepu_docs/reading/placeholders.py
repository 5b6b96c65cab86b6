"""Placeholders in the text of a paragraph or a cell, as people type them in Word and Excel.

Office programs turn quotation marks, and input methods type full-width braces, brackets, commas; between the braces
they are what they stand for. Within quotation marks all stays as it is.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

# Of the marks themselves: each has one character, so places in the text stay.
_BRACES: Final = str.maketrans("｛｝％", "{}%")
_OPENINGS: Final = {"{{": ("value", "}}"), "{%": ("statement", "%}"), "{#": ("remark", "#}")}
_PLAIN: Final = str.maketrans("（）【】，：｜．！＝＜＞＋－＊／％　\t\n\u00a0\u2002\u2003", "()[],:|.!=<>+-*/%      ")
_DOUBLE: Final = '“”„＂"'
_SINGLE: Final = "‘’＇'"
_CLOSING: Final = {
    **dict.fromkeys(_DOUBLE, _DOUBLE), **dict.fromkeys(_SINGLE, _SINGLE), '"': '"', "'": "'", "＂": "＂", "＇": "＇",
}  # fmt: skip
"""Of each mark that may open a text: those that may close it."""
_of_rows = re.compile(r"^(?:tr|tc|p|r) +(?=\w)")
"""How docxtpl's users say that a tag is one of a row or paragraph, which its place tells as well."""
LONGEST: Final = 2_000
"""Of a placeholder that is looked into, in characters; a longer one is refused later."""
_SHY: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder from ``start`` up to ``stop`` in the text of a paragraph.

    ``source`` is what stands between its marks. One that is never closed goes to the end and is ``open``.
    """

    start: int
    stop: int
    kind: Literal["value", "statement", "remark", "open"]
    source: str


def placeholders(text: str) -> list[Placeholder]:
    """Return the placeholders of a text in their order."""
    found: list[Placeholder] = []
    plain = text.translate(_BRACES)
    place = 0
    while True:
        place = plain.find("{", place)
        if place < 0:
            return found
        opening = plain[place : place + 2]
        if opening not in _OPENINGS:
            place += 1
            continue
        kind, closing = _OPENINGS[opening]
        end = plain.find(closing, place + 2)
        if end < 0:
            if kind != "remark":
                found.append(Placeholder(place, len(text), "open", text[place + 2 :]))
                return found
            place += 2
            continue
        source = straight(text[place + 2 : end])
        if kind == "statement":
            source = _of_rows.sub("", source)
        found.append(Placeholder(place, end + 2, kind, source))  # type: ignore[arg-type]
        place = end + 2


def straight(source: str) -> str:
    """Return what stands in a placeholder with straight quotation marks and half-width signs, on one line."""
    if len(source) > LONGEST:
        return source
    made: list[str] = []
    place = 0
    while place < len(source):
        char = source[place]
        closing = _CLOSING.get(char, "")
        end = next((at for at in range(place + 1, len(source)) if source[at] in closing), -1) if closing else -1
        if end < 0:
            made.append(char.translate(_PLAIN))
            place += 1
        else:
            made.append(_quoted(source[place + 1 : end], "'" if char in _SINGLE else '"'))
            place = end + 1
    return "".join(made).translate(_SHY).strip().removesuffix("-").removeprefix("-").strip()


def _quoted(text: str, mark: str) -> str:
    """Return a text in quotation marks that it does not hold itself."""
    return f"{mark}{text}{mark}" if mark not in text else f"{mark}{text.replace(mark, chr(92) + mark)}{mark}"
