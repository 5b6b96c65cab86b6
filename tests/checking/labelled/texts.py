"""The labelled texts: documents of invented communities in which a strict editor marked every mistake.

They were marked before any rule was tuned to them. A file has many documents, each below a line ``=== name.suffix``.
Mistakes are in ``⟦rule¦words⟧``; if no words can be marked, ``⟦rule¦⟧`` is on the line in question. ``⟪200B⟫``
represents an invisible character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
PARTS: Final = {"tuned": "tuned.txt", "held out": "held_out.txt", "last": "last.txt"}
"""What rules were tuned to; what was written when they stood, and mended for; what was written after that, and left as is."""

_document = re.compile(r"^=== (\S+)\n", re.MULTILINE)
_label = re.compile("⟦([a-z-]+)¦([^⟧]*)⟧")
_hidden = re.compile("⟪([0-9A-F]{4})⟫")


@dataclass(frozen=True, slots=True)
class Label:
    """A mistake: the rule that should find it, its line, and the characters of that line from ``start`` up to ``end``."""

    rule: str
    line: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A document without its labels, and the labels."""

    name: str
    text: str
    labels: tuple[Label, ...]


def labelled_texts(part: str) -> Iterator[LabelledText]:
    """Yield the documents of a part."""
    pieces = _document.split((FOLDER / PARTS[part]).read_text(encoding="utf-8"))[1:]
    for name, body in zip(pieces[::2], pieces[1::2], strict=True):
        yield _unlabelled(name, _hidden.sub(lambda found: chr(int(found[1], 16)), body))


def _unlabelled(name: str, marked: str) -> LabelledText:
    text = ""
    at = 0
    labels: list[Label] = []
    for found in _label.finditer(marked):
        text += marked[at : found.start()]
        line = text.count("\n") + 1
        start = len(text) - text.rfind("\n") - 1
        labels.append(Label(found[1], line, start, start + len(found[2]), found[2]))
        text += found[2]
        at = found.end()
    return LabelledText(name, text + marked[at:], tuple(labels))
