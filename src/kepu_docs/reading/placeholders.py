"""Placeholders in the text of a paragraph or a cell, as people type them in Word and Excel.

Office programs turn quotation marks into curly ones, and input methods type full-width braces, brackets and commas;
between the braces they are read as the characters that they replace. Text within quotation marks stays as it is.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from kepu_docs.errors import N_, Message

# Each of the marks is replaced by one character, so that places in the text stay the same.
_BRACES: Final = str.maketrans("｛｝％", "{}%")
_OPENINGS: Final = {"{{": ("value", "}}"), "{%": ("statement", "%}"), "{#": ("remark", "#}")}
_FULL_WIDTH: Final = range(0xFF01, 0xFF5F)
_PLAIN: Final = {
    **{full: full - 0xFF01 + 0x21 for full in _FULL_WIDTH},
    **str.maketrans("【】。　\t\n\u00a0\u2002\u2003", "[].      "),
}
"""Signs, letters and digits as input methods type them, and the characters that they replace."""
_DOUBLE: Final = '“”„＂"'
_SINGLE: Final = "‘’＇'"
_CLOSING: Final = {
    **dict.fromkeys(_DOUBLE, _DOUBLE), **dict.fromkeys(_SINGLE, _SINGLE), '"': '"', "'": "'", "＂": "＂", "＇": "＇",
}  # fmt: skip
"""For each opening quotation mark, the marks that may close it."""
_of_rows = re.compile(r"^(?:tr|tc|p|r) +(?=\w)")
"""The prefix with which docxtpl's users mark tags of rows or paragraphs; the place of the tag shows this as well."""
_nearly = re.compile(
    r"\{\s{1,8}[{%](?P<spaced>[^{}]{0,200})|\{(?P<single>\s{0,8}\w{1,100}\s{0,8}[.。．|｜]\s{0,8}\w[^{}]{0,200})\}{1,2}|(?P<end>\}\}|%\})"
)
"""Finds mistyped placeholders in text between placeholders, without full-width braces."""
LONGEST: Final = 2_000
"""The longest placeholder that is examined, in characters; a longer one is refused later."""
_SHY: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder from ``start`` up to ``stop`` in the text of a paragraph.

    ``source`` is the text between its marks. A placeholder that is never closed goes to the end of the text and is
    ``open``. A mistyped one is ``nearly``, and a closing mark without an opening one is an ``end``.
    """

    start: int
    stop: int
    kind: Literal["value", "statement", "remark", "open", "nearly", "end"]
    source: str


def misspelt(found: Placeholder, text: str, *, in_cell: bool = False) -> Message | None:
    """Return the fault of a mistyped placeholder in the text of a paragraph or of a cell."""
    mark = text[found.start : found.start + 2]
    match found.kind:
        case "open":
            unclosed = (
                N_("{mark} is not closed in this cell") if in_cell else N_("{mark} is not closed in this paragraph")
            )
            return Message.of(unclosed, mark=mark)
        case "end":
            within = N_("{mark} closes nothing: its beginning is not in this paragraph")
            if in_cell:
                within = N_("{mark} closes nothing: its beginning is not in this cell")
            return Message.of(within, mark=mark)
        case "nearly":
            source = found.source.strip() or "…"
            example = N_("a placeholder has two braces at each end, as in {example}")
            return Message.of(example, example=f"{{{{ {source} }}}}")
        case _:
            return None


def placeholders(text: str) -> list[Placeholder]:
    """Return the placeholders of a text in order."""
    found: list[Placeholder] = []
    plain = text.translate(_BRACES)
    place = begin = 0
    while True:
        place = plain.find("{", place)
        if place < 0:
            return [*found, *_nearly_ones(plain, begin, len(text))]
        opening = plain[place : place + 2]
        if opening not in _OPENINGS:
            place += 1
            continue
        found += _nearly_ones(plain, begin, place)
        kind, closing = _OPENINGS[opening]
        end = plain.find(closing, place + 2)
        if end < 0:
            return [*found, Placeholder(place, len(text), "open", text[place + 2 :])]
        source = straight(text[place + 2 : end])
        if kind == "statement":
            source = _of_rows.sub("", source)
        found.append(Placeholder(place, end + 2, kind, source))  # type: ignore[arg-type]
        place = begin = end + 2


def _nearly_ones(plain: str, begin: int, end: int) -> list[Placeholder]:
    """Return the mistyped placeholders between two correct ones."""
    return [
        Placeholder(each.start(), each.end(), "end", each["end"])
        if each["end"]
        else Placeholder(each.start(), each.end(), "nearly", (each["spaced"] or each["single"] or "").strip(" %"))
        for each in _nearly.finditer(plain, begin, end)
    ]


def straight(source: str) -> str:
    """Return the text in a placeholder with straight quotation marks and half-width signs, on one line."""
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
    """Return a text in quotation marks that it does not contain."""
    return f"{mark}{text}{mark}" if mark not in text else f"{mark}{text.replace(mark, chr(92) + mark)}{mark}"
