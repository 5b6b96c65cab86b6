"""Precision and recall of the import on the facts that people marked in invented summaries.

``python -m tests.importing.labelled_facts [--faults]`` prints both: for the summaries with which the patterns were
tuned, and for those that were held out. A guess is not a fact here; flags (in_agenda) and awards are not counted.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import kepu_docs
from kepu_docs.importing.documents import ImportedSummary
from kepu_docs.reading.simplifying import simplified

FOLDER = Path(__file__).parent
UNCOUNTED = ("signed_on", ".awards", ".frequency")


class Labelled(NamedTuple):
    """A summary, and the facts that people marked in it."""

    name: str
    text: str
    facts: frozenset[str]


class Score(NamedTuple):
    """How many facts are right, wrong, and missed; and which, each with the name of its summary."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / max(self.right + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + len(self.missed), 1)


def labelled(file: str) -> Iterator[Labelled]:
    """Yield the summaries of a file of this folder."""
    for part in (FOLDER / file).read_text(encoding="utf-8").split("=== ")[1:]:
        name, _, rest = part.partition("\n")
        text, _, facts = rest.partition("---\n")
        yield Labelled(name, text, frozenset(map(simplified, facts.splitlines())))


def facts_of(imported: ImportedSummary) -> Iterator[str]:
    """Yield the sure facts of a summary, those of sections by the kind of these."""
    sections: list[Mapping[str, Any]] = imported.record.get("sections", [])
    for fact in imported.facts:
        path = fact.path
        if path[0] == "sections":
            path = (sections[int(path[1])]["kind"], *path[2:])
        name = ".".join(map(str, path))
        value = imported.record["period"] if path == ("period",) else fact.value
        if fact.guess is None and not isinstance(fact.value, bool) and not any(each in name for each in UNCOUNTED):
            yield simplified(f"{name} = {value}")


def found_in(text: str) -> set[str]:
    """Return the sure facts that the import finds in a text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text(text, encoding="utf-8")
        return {fact for imported in kepu_docs.import_document(path) for fact in facts_of(imported)}


def score(summaries: Iterable[Labelled]) -> Score:
    """Return how well the import finds the marked facts."""
    right, wrong, missed = 0, [], []
    for each in summaries:
        found = found_in(each.text)
        right += len(found & each.facts)
        wrong += [f"{each.name}: {fact}" for fact in sorted(found - each.facts)]
        missed += [f"{each.name}: {fact}" for fact in sorted(each.facts - found)]
    return Score(right, tuple(wrong), tuple(missed))


def main(arguments: list[str]) -> None:
    for file in ("tuned.txt", "held_out.txt"):
        found = score(labelled(file))
        print(
            f"{file}: {found.right} right, {len(found.wrong)} wrong, {len(found.missed)} missed; "
            f"precision {found.precision:.1%}, recall {found.recall:.1%}"
        )
        if "--faults" in arguments and (file == "tuned.txt" or "--all" in arguments):
            print(*(f"  wrong {each}" for each in found.wrong), sep="\n")
            print(*(f"  missed {each}" for each in found.missed), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
