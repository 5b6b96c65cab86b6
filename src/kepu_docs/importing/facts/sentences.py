"""Facts in the text of a summary: what kinds recognise in its sentences; only certain facts are taken.

A sentence is read for the kind of its section and, if it is about the summary's whole period, for the other kinds of
sections in the summary: what the opening says about leaflets goes into the section about publicity. A field for which
sentences state different values stays empty, and they are listed as not understood.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kepu_docs.contract.recognition import Sentence
from kepu_docs.errors import N_, KepuError, Message, Place, PluginError
from kepu_docs.importing.facts.amounts import Stated, amounts_in, stated
from kepu_docs.importing.facts.kinds import compiled
from kepu_docs.importing.facts.times import Span, Times, is_one_event, is_sum
from kepu_docs.importing.lines import Note
from kepu_docs.importing.structure.elements import Text, shift
from kepu_docs.reading.simplifying import simplified
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import KINDS
from kepu_docs.schema.shapes import field_at, is_list, unit_at

Path = tuple[str | int, ...]

# A full stop also ends a sentence if no digit follows: many people write this way.
_sentence = re.compile(r"[^。！？!?；;.]++(?:\.(?=[0-9A-Za-z])[^。！？!?；;.]*+)*+[。！？!?；;.]?")
_number = re.compile("[0-9０-９〇零一二两兩三四五六七八九十百千万萬亿億半]")
_has = re.compile("有|设")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a section or of the opening, and the heading above it within the section."""

    text: Text
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The opening, which has no kind, or a section: its paragraphs."""

    kind: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A fact: its field below the section, its value as a record has it, and the sentence that it came from."""

    path: Path
    value: Any
    sentence: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible fact. Of several for one field, those of the lowest rank count."""

    found: Found
    rank: tuple[int, int]
    """0 for facts about the summary's whole period, 1 for others; then the position among the kind's amounts."""


class Facts:
    """Extracts facts from sentences for the section kinds. Raises ``PluginError`` if a kind's recognition fails."""

    def __init__(self, registry: Registry) -> None:
        kinds = registry.kinds
        self._owners = registry.owners
        self._models = {name: kind.model for name, kind in kinds.items()}
        self._recognitions = {name: kind.recognition for name, kind in kinds.items() if kind.recognition}
        self._amounts = {name: _stated(registry, name) for name in self._recognitions}

    def of(self, parts: Sequence[Part], times: Times, own: str, notes: list[Note]) -> list[list[Found]]:
        """Return the facts of each part of a summary; contradictory statements go into ``notes``.

        ``own`` are the words that name the body whose summary it is.
        """
        places = [part.kind for part in parts]
        alone = {kind: places.index(kind) for kind in places if kind and places.count(kind) == 1}
        gathered: list[dict[Path, list[_Candidate]]] = [{} for _ in parts]
        for number, part in enumerate(parts):
            for sentence, place, span, passage in sentences_of(part.passages, times):
                if part.kind in self._recognitions:
                    self._add(gathered[number], part.kind, self._of_sentence(part.kind, sentence, place))
                if _number.search(sentence.text) is None:  # true of most sentences, which have no amount
                    continue
                if part.kind in self._recognitions:
                    amounts = self._stated(part.kind, sentence, place, span, passage, times, own)
                    self._add(gathered[number], part.kind, amounts)
                for kind in alone if self._speaks_of_others(part.kind) else ():
                    if kind != part.kind:
                        there = self._stated(kind, sentence, place, span, passage, times, own, of=part.kind)
                        self._add(gathered[alone[kind]], kind, there)
        return [self._sure(found, notes) for found in gathered]

    def of_text(self, kind: str, text: Text) -> list[Found]:
        """Return the facts of a section that has one paragraph."""
        return self.of([Part(kind, (Passage(text),))], Times("", ""), "", [])[0]

    def _speaks_of_others(self, kind: str) -> bool:
        """Return whether a section of a kind may state facts for other kinds; plans and problems may not."""
        known = self._recognitions.get(kind)
        return not kind or (known is not None and (known.otherwise or bool(known.amounts)))

    def _stated(
        self,
        kind: str,
        sentence: Sentence,
        place: Place,
        span: Span,
        passage: Passage,
        times: Times,
        own: str,
        of: str | None = None,
    ) -> Iterator[_Candidate]:
        """Yield the amounts that a sentence states for a kind; ``of`` is the kind of its section if that is another."""
        for order, each in enumerate(self._amounts.get(kind, ())):
            for amount in amounts_in(sentence.text, each, own):
                spoken = times.span(sentence.text[: amount.end], span)
                if spoken in ("event", "other") or (amount.is_single and spoken != "whole"):
                    continue
                is_whole = spoken == "whole" or amount.is_line
                if not is_whole and not self._may_be_sum(each, sentence.text[: amount.end], passage, of):
                    continue
                rank = (0 if is_whole else 1, order)
                yield _Candidate(Found(_path(each.amount.field), amount.value, sentence.shown.strip(), place), rank)

    def _may_be_sum(self, each: Stated, text: str, passage: Passage, of: str | None) -> bool:
        """Return whether an amount may be for the summary's whole period, although no word says so."""
        if of is not None:
            known = self._recognitions.get(of)
            if of and not (known and known.otherwise):
                return False
            return _has.search(text) is not None if each.amount.standing else is_sum(text)
        return not each.amount.summed or (is_sum(text) and not passage.heading)

    def _of_sentence(self, kind: str, sentence: Sentence, place: Place) -> Iterator[_Candidate]:
        """Yield the facts of a sentence other than amounts."""
        try:
            find = self._recognitions[kind].names
            names = [(str(field), value) for field, value in find(sentence)] if find else []
        except KepuError:
            raise
        except (Exception, SystemExit) as error:  # a stranger's function may raise anything
            text = N_("the section kind “{kind}” (plugin {plugin}) failed on a sentence of the document: {error}")
            plugin = self._owners[KINDS, kind]
            raise PluginError.at(place, text, kind=kind, plugin=plugin, error=repr(error)) from error
        for field, value in names:
            yield _Candidate(Found(_path(field), value, sentence.shown.strip(), place), (0, 0))

    def _add(self, gathered: dict[Path, list[_Candidate]], kind: str, candidates: Iterable[_Candidate]) -> None:
        """Add the values that the kind's model accepts; each entry of a list gets its own place."""
        for candidate in candidates:
            found = candidate.found
            path = found.path
            if self._is_list(kind, path):
                entries = [each for at, facts in gathered.items() if at[:-1] == path for each in facts]
                if any(each.found.value == found.value for each in entries):
                    continue
                path = (*path, len(entries))
            if self._allowed(kind, path, found.value):
                moved = Found(path, found.value, found.sentence, found.place)
                gathered.setdefault(path, []).append(_Candidate(moved, candidate.rank))

    @staticmethod
    def _sure(gathered: dict[Path, list[_Candidate]], notes: list[Note]) -> list[Found]:
        """Return the facts that nothing contradicts."""
        sure: list[Found] = []
        for path, candidates in gathered.items():
            best = min(each.rank for each in candidates)
            found = [each.found for each in candidates if each.rank == best]
            if all(each.value == found[0].value for each in found):
                sure.append(found[0])
            else:
                notes += [_unsure(each, path) for each in found]
        return sure

    def _is_list(self, kind: str, path: Path) -> bool:
        found = field_at(self._models[kind], ".".join(map(str, path)))
        return found is not None and is_list(found[0].model_fields[found[1]])

    def _allowed(self, kind: str, path: Path, value: Any) -> bool:
        """Return whether a kind has the field, and the field accepts the value."""
        data: Any = value
        for step in reversed(path):
            data = [data] if isinstance(step, int) else {step: data}
        try:
            self._models[kind].model_validate({"kind": kind, "heading": "…", **data})
        except (Exception, SystemExit):  # a foreign model may raise anything
            return False
        return True


def _stated(registry: Registry, name: str) -> list[Stated]:
    """Return the amounts of a kind. Raises ``PluginError`` for a broken pattern."""
    kind = registry.kinds[name]
    amounts = kind.recognition.amounts if kind.recognition else ()

    def pattern(text: str) -> re.Pattern[str]:
        return compiled(registry, name, text)

    return [stated(each, unit_at(kind.model, each.field), pattern) for each in amounts]


def sentences_of(passages: Iterable[Passage], times: Times) -> Iterator[tuple[Sentence, Place, Span, Passage]]:
    """Yield each sentence, its place, the period mentioned before it in its paragraph, and that paragraph."""
    for passage in passages:
        span: Span = "event" if is_one_event(simplified(passage.heading)) else ""
        for found in _sentence.finditer(passage.text.text):
            sentence = Sentence(simplified(found[0]), found[0])
            yield sentence, shift(passage.text.place, found.start()), span, passage
            spoken = times.span(sentence.text, span)
            # A mention of the whole period applies to its sentence; that of an event lasts until another time is named.
            span = span if spoken == "whole" and span == "event" else "" if spoken == "whole" else spoken


def _path(field: str) -> Path:
    return tuple(field.split("."))


def _unsure(fact: Found, path: Path) -> Note:
    why = Message.of(N_("several sentences give different values of “{field}”"), field=".".join(map(str, path)))
    return Note(fact.place, fact.sentence, why)
