"""Lines of a form, and what a filled line says in the places of its placeholders."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kepu_docs.contract.form_layout import FormLine, TypedTag

_AROUND: Final = " \t\n\u00a0\u2002\u2003\u3000_＿﹍"
"""What people leave around what they write on a blank."""
_LONGEST: Final = 20_000
"""Of a line in which places are looked for, in characters."""


@dataclass(frozen=True, slots=True)
class LineShape:
    """A line of a form: the placeholders whose values stand in it, and the words before, between and behind them.

    ``words`` is without white space, and has one more than ``tags``. ``statements`` are what repeats or leaves out.
    """

    line: FormLine
    tags: tuple[TypedTag, ...]
    words: tuple[str, ...]
    statements: tuple[TypedTag, ...]
    has_remark: bool

    @property
    def is_open(self) -> bool:
        """Whether it has a placeholder and nothing else."""
        return bool(self.tags) and not any(self.words)

    @property
    def label(self) -> str:
        """The words of a line without any placeholder."""
        return self.words[0] if not self.tags else ""


def shape_of(line: FormLine) -> LineShape:
    """Return what a form's line is made of."""
    words: list[str] = [""]
    tags: list[TypedTag] = []
    end = 0
    for tag in line.tags:
        words[-1] += line.text[end : tag.start]
        end = tag.stop
        if tag.kind == "value":
            tags.append(tag)
            words.append("")
    words[-1] += line.text[end:]
    return LineShape(
        line,
        tuple(tags),
        tuple(squashed(each)[0] for each in words),
        tuple(tag for tag in line.tags if tag.kind == "statement"),
        any(tag.kind == "remark" for tag in line.tags),
    )


def squashed(text: str) -> tuple[str, list[int]]:
    """Return a text without white space and with signs of one width, and where in it each character stood."""
    made: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for each in unicodedata.normalize("NFKC", char):
            if not each.isspace():
                made.append(each)
                places.append(place)
    return "".join(made), places


def values_in(shape: LineShape, text: str) -> list[str] | None:
    """Return what a filled line says in the places of a form's line, ``None`` where its words are others."""
    plain, places = squashed(text[:_LONGEST])
    first, *others = shape.words
    if not others:
        return [] if plain == first else None
    if not plain.startswith(first):
        return None
    begin = len(first)
    values: list[str] = []
    for nth, word in enumerate(others, 1):
        if nth == len(others):
            stop = len(plain) - len(word)
            if stop < begin or not plain.endswith(word):
                return None
        elif word:
            stop = plain.find(word, begin)
            if stop < 0:
                return None
        else:
            stop = begin  # two placeholders side by side: nobody knows where one ends
        values.append(_cut(text, places, begin, stop))
        begin = stop + len(word)
    return values


def _cut(text: str, places: Sequence[int], begin: int, stop: int) -> str:
    return text[places[begin] : places[stop - 1] + 1].strip(_AROUND) if begin < stop else ""
