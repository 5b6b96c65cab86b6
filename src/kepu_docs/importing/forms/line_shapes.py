"""Lines of a form, and the text that a filled line has in the places of its placeholders."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kepu_docs.contract.form_layout import FormLine, TypedTag

_AROUND: Final = " \t\n\u00a0\u2002\u2003\u3000_＿﹍"
"""Characters that people leave around what they write on a blank."""
_blank = re.compile(r"[ \t\u00a0\u2002\u2003\u3000]{2,}|[_＿﹍]{2,}")
_LONGEST: Final = 10_000
"""The most characters of a line in which places are searched for."""


@dataclass(frozen=True, slots=True)
class LineShape:
    """A line of a form: the places in it, and the words before, between and after them.

    ``places`` are placeholders, and ``None`` for a blank that the form left. ``words`` contains no white space, and has
    one item more than ``places``. ``statements`` are the tags that repeat or omit parts.
    """

    line: FormLine
    places: tuple[TypedTag | None, ...]
    words: tuple[str, ...]
    statements: tuple[TypedTag, ...]
    has_remark: bool

    @property
    def tags(self) -> tuple[TypedTag, ...]:
        """The placeholders with values in the line."""
        return tuple(each for each in self.places if each is not None)

    @property
    def is_open(self) -> bool:
        """Whether it has a placeholder and nothing else."""
        return bool(self.tags) and not any(self.words)


def shape_of(line: FormLine) -> LineShape:
    """Return the shape of a form's line."""
    words: list[str] = [""]
    places: list[TypedTag | None] = []
    end = 0
    for tag in line.tags:
        _add(words, places, line.text[end : tag.start], is_last=False)
        end = tag.stop
        if tag.kind == "value":
            places.append(tag)
            words.append("")
    _add(words, places, line.text[end:], is_last=True)
    return LineShape(
        line,
        tuple(places),
        tuple(squashed(each)[0] for each in words),
        tuple(tag for tag in line.tags if tag.kind == "statement"),
        any(tag.kind == "remark" for tag in line.tags),
    )


def _add(words: list[str], places: list[TypedTag | None], text: str, *, is_last: bool) -> None:
    """Add a text between placeholders: its words, and the blanks that the form left in it.

    White space next to a placeholder only separates it from its surroundings; so does a line to write on.
    """
    text = (text.lstrip(_AROUND) if places else text.lstrip()).rstrip("" if is_last else _AROUND).rstrip()
    first, *others = _blank.split(text)
    words[-1] += first
    for other in others:
        places.append(None)
        words.append(other)


def squashed(text: str) -> tuple[str, list[int]]:
    """Return a text without white space, with signs of one width, and the original index of each character."""
    made: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for each in unicodedata.normalize("NFKC", char):
            if not each.isspace():
                made.append(each)
                places.append(place)
    return "".join(made), places


def values_in(shape: LineShape, text: str) -> list[str] | None:
    """Return the texts in the places of a form's line, ``None`` if the filled line has other words."""
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
            stop = begin  # between two adjacent places the border is unknown
        values.append(_cut(text, places, begin, stop))
        begin = stop + len(word)
    return values


def _cut(text: str, places: Sequence[int], begin: int, stop: int) -> str:
    return text[places[begin] : places[stop - 1] + 1].strip(_AROUND) if begin < stop else ""
