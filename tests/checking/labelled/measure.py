"""Precision and recall of the checker's rules on the labelled texts."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.checking.labelled.texts import Label, LabelledText, labelled_texts

import kepu_docs
from kepu_docs.checking import Remark


@dataclass(slots=True)
class Score:
    """How many mistakes were found, missed, and found where there is none, by rule; and which the latter two are."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    """A line for each that was missed or found where there is none."""

    @property
    def precision(self) -> float:
        """Of what is found, the share that is a mistake."""
        return share(self.found.total(), self.wrong.total())

    @property
    def recall(self) -> float:
        """Of the mistakes, the share that is found."""
        return share(self.found.total(), self.missed.total())

    def add(self, text: LabelledText, remarks: Iterable[Remark]) -> None:
        """Count what was found in a document."""
        left = list(text.labels)
        for remark in remarks:
            label = next((each for each in left if meets(each, remark)), None)
            if label is None:
                self.wrong[remark.rule] += 1
                self.lines.append(f"wrong  {text.name}:{remark.place.line} {remark.rule}: {remark.words!r}")
            else:
                left.remove(label)
                self.found[remark.rule] += 1
        for label in left:
            self.missed[label.rule] += 1
            self.lines.append(f"missed {text.name}:{label.line} {label.rule}: {label.words!r}")


def share(right: int, other: int) -> float:
    """Return the share of ``right`` in both; all of nothing."""
    return right / (right + other) if right + other else 1.0


def meets(label: Label, remark: Remark) -> bool:
    """Tell whether a remark is the one that a label asks for: of the same rule, in words that have a character in common.

    Where the place of the words is known by its line alone, the words are compared.
    """
    place = remark.place
    if remark.rule != label.rule:
        return False
    if place.line is None or not label.words or not remark.words:
        return place.line in (None, label.line)
    if place.line != label.line and "\n" not in label.words:
        return False
    if remark.file.endswith(".md") or place.column is None or "\n" in label.words:
        return label.words.replace("\\", "").strip() in remark.words or remark.words in label.words
    start = place.column - 1
    return start < label.end and label.start < start + len(remark.words)


def measured(part: str) -> Score:
    """Return the score of all rules on a part of the labelled texts, each read as its user's file would be."""
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        for text in labelled_texts(part):
            file = Path(folder) / text.name
            file.write_text(text.text, encoding="utf-8")
            score.add(text, kepu_docs.check(str(file)).remarks)
    return score
