"""How many headings and kinds of the labelled texts the import finds."""

import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.importing.labelled_outlines.texts import LabelledText, labelled_texts

import kepu_docs
from kepu_docs.importing.documents import ImportedSummary, OutlineEntry


@dataclass(slots=True)
class Score:
    """How many headings were found, missed, and found where there is none; and what became of the sections' kinds.

    A kind counts where the heading of its section was found: it is right, left free (``narrative``), or wrong.
    """

    found: int = 0
    missed: int = 0
    extra: int = 0
    right: int = 0
    free: int = 0
    wrong: int = 0
    lines: list[str] = field(default_factory=list)
    """A line for each that is not right."""

    def add(self, text: LabelledText, summaries: tuple[ImportedSummary, ...]) -> None:
        """Count what was found in a document."""
        headings = [
            (entry.level, _plain(entry.number + entry.text), section)
            for summary in summaries
            for entry, section in _with_sections(summary)
        ]
        for label in text.labels:
            at = next((at for at, each in enumerate(headings) if each[:2] == (label.level, _plain(label.words))), None)
            if at is None:
                self.missed += 1
                self.lines.append(f"missed {text.name}: {label.level} {_plain(label.words)}")
                continue
            self.found += 1
            kind = headings.pop(at)[2]
            if label.kinds:
                self._kind(text.name, label.words, label.kinds, kind)
        self.extra += len(headings)
        self.lines += [f"extra  {text.name}: {level} {words}" for level, words, _ in headings]

    def _kind(self, name: str, words: str, expected: tuple[str, ...], kind: str) -> None:
        if kind in expected:
            self.right += 1
            return
        if kind == "narrative":
            self.free += 1
        else:
            self.wrong += 1
        self.lines.append(f"kind   {name}: {_plain(words)}: {kind}, not {'/'.join(expected)}")

    def __str__(self) -> str:
        labelled = self.found + self.missed
        kinds = self.right + self.free + self.wrong
        return (
            f"headings {self.found} of {labelled} right, {self.extra} where there is none;"
            f" kinds {self.right} of {kinds} right, {self.free} left free, {self.wrong} wrong"
        )


def _plain(words: str) -> str:
    """Return a heading without white space, and without what parts it from the text that it runs into."""
    return re.sub(r"\s", "", words).rstrip("。：:")


def _with_sections(summary: ImportedSummary) -> list[tuple[OutlineEntry, str]]:
    """Return the headings of a summary, those of sections with their kinds."""
    kinds = iter(section["kind"] for section in summary.record.get("sections", ()))
    return [(entry, next(kinds) if entry.level == 1 else "") for entry in summary.outline]


def measured(part: str) -> Score:
    """Return the score of the import on a part of the labelled texts, each read as its user's file would be."""
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        for text in labelled_texts(part):
            file = Path(folder) / text.name
            file.write_text(text.text, encoding="utf-8")
            score.add(text, kepu_docs.import_document(file))
    return score
