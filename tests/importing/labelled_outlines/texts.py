"""The labelled texts: summaries of invented communities in which all headings and the kinds of sections are marked.

A file has many documents, each below a line ``=== name.suffix``. A heading is marked with its number as ``⟦level
kind¦words⟧``; only sections have a kind, or two separated by ``/`` if either is right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
PARTS: Final = {"tuned": "tuned.txt", "held out": "held_out.txt", "later": "later.txt"}
"""What the import was tuned to; what was written with it and only measured; what was written when all was tuned."""

_document = re.compile(r"^=== (\S+)\n", re.MULTILINE)
_label = re.compile(r"⟦([1-4])(?: ([a-z_/]+))?¦([^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Label:
    """A heading with its number as it is written, its level, and the kinds that its section may have."""

    level: int
    words: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A document without its labels, and the labels."""

    name: str
    text: str
    labels: tuple[Label, ...]


def labelled_texts(part: str) -> Iterator[LabelledText]:
    """Yield the documents of a part."""
    pieces = _document.split((FOLDER / PARTS[part]).read_text(encoding="utf-8"))[1:]
    for name, marked in zip(pieces[::2], pieces[1::2], strict=True):
        labels = tuple(
            Label(int(found[1]), found[3], tuple(found[2].split("/")) if found[2] else ())
            for found in _label.finditer(marked)
        )
        yield LabelledText(name, _label.sub(lambda found: found[3], marked), labels)
