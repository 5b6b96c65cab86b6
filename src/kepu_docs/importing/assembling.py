"""From the elements of a summary to its record, with the place of every value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.importing.facts.facts import Facts
from kepu_docs.importing.facts.kinds import Kinds
from kepu_docs.importing.facts.naming import Guess, community_of, period_found
from kepu_docs.importing.lines import Line, Note
from kepu_docs.importing.result import ImportedFact, ImportedSummary, OutlineEntry, RecordPath
from kepu_docs.importing.structure.elements import Element, Grid, Heading, Listed, Text, shift
from kepu_docs.importing.structure.frame import Frame, framed
from kepu_docs.importing.structure.furniture import Piece
from kepu_docs.importing.structure.outline import outline
from kepu_docs.pipeline import Engine
from kepu_docs.reading.times import record_period
from kepu_docs.schema.summary import MOST_SECTIONS
from kepu_docs.schema.text import LINE_LENGTH
from kepu_docs.typography.numerals import advance

_closing = re.compile(
    r"(?:总之|總之|综上|綜上|总而言之|总的来说|以上(?:是|为|就是)|特此(?:报告|總結|总结)|妥否|in conclusion|in short)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of the summary, where the document does not."""

    period: str | None = None
    community: str | None = None


@dataclass(slots=True)
class _Draft:
    """A record under construction."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[RecordPath, Place] = field(default_factory=dict)
    outline: list[OutlineEntry] = field(default_factory=list)
    facts: list[ImportedFact] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    counters: tuple[int, ...] = ()


class Assembler:
    """Makes records for the section kinds of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kinds = Kinds(engine.registry, engine.languages.vocabulary)
        self._facts = Facts(engine.registry)

    def summary(
        self, piece: Piece, given: Given, source: Place, notes: Sequence[Note], widened: int
    ) -> ImportedSummary:
        """Return the summary of a piece of a document. Raises ``DocumentError`` for one that no record can hold."""
        draft = _Draft(notes=list(notes))
        frame, lines = framed(piece.lines)
        draft.notes += frame.notes
        elements = outline(lines, draft.notes)
        self._named(draft, piece, frame, elements, given, source)
        _begin(draft, frame)
        self._told(draft, elements)
        _end(draft, frame)
        summary = self._engine.load(draft.data)
        return ImportedSummary(
            record=draft.data,
            summary=summary,
            title=frame.title,
            text=tuple(line.shown for line in piece.lines),
            text_places=tuple(line.place for line in piece.lines),
            outline=tuple(draft.outline),
            facts=tuple(draft.facts),
            unclear=tuple(draft.notes),
            stripped=piece.stripped,
            widened=widened,
            source=source,
            _places=draft.places,
        )

    def _named(
        self, draft: _Draft, piece: Piece, frame: Frame, elements: Sequence[Element], given: Given, source: Place
    ) -> None:
        """State the community and the time."""
        texts = [text for element in elements for text in _texts(element)]
        # What stands in tables comes last: forms name the community and the day in them.
        texts += [
            Text(cell, grid.place)
            for grid in elements
            if isinstance(grid, Grid)
            for row in grid.cells.rows
            for cell in row
        ]
        title = Text(frame.title, frame.places["title",]) if frame.title else None
        signed_by = Text(frame.signed_by, frame.places["signed_by",]) if frame.signed_by else None
        signed_on = Text(frame.shown["signed_on"], frame.places["signed_on",]) if frame.signed_on else None
        first = piece.lines[0].place if piece.lines else source
        if given.community is None:
            name = community_of(title, signed_by, texts, first)
            _state(draft, ("community", "name"), name)
            draft.data["community"] = {"name": name.value}
        else:
            draft.data["community"] = {"name": given.community}
        if given.period is None:
            period = period_found(title, texts, frame.signed_on, signed_on, piece.year, first)
            _state(draft, ("period",), period)
            draft.data["period"] = record_period(period.value)
        else:
            draft.data["period"] = record_period(given.period)

    def _told(self, draft: _Draft, elements: Sequence[Element]) -> None:
        """Tell the elements: what stands before the first heading is the opening."""
        begins = [at for at, element in enumerate(elements) if isinstance(element, Heading) and element.level == 1]
        if len(begins) > MOST_SECTIONS:
            text = N_("more than {limit} headings of the first level; a summary has at most so many sections")
            heading = elements[begins[MOST_SECTIONS]]
            raise DocumentError.at(heading.place, text, limit=MOST_SECTIONS)  # type: ignore[union-attr]
        opening = elements[: begins[0]] if begins else elements
        if opening and all(isinstance(element, Text) for element in opening):
            draft.data["opening"] = [_text(element) for element in opening]
            _place_all(draft, ("opening",), opening)
        else:
            draft.data["written"] = self._passages(draft, ("written",), opening)
        closing: list[Element] = []
        rest = list(elements)
        while begins and len(rest) > begins[-1] + 1 and isinstance(rest[-1], Text) and _closing.match(rest[-1].text):
            closing.insert(0, rest.pop())
        if begins:
            draft.data["sections"] = [
                self._section(draft, ("sections", number), rest[at:after])
                for number, (at, after) in enumerate(zip(begins, [*begins[1:], len(rest)], strict=True))
            ]
        if closing:
            draft.data["closing"] = [_text(element) for element in closing]
            _place_all(draft, ("closing",), closing)

    def _section(self, draft: _Draft, path: RecordPath, elements: Sequence[Element]) -> dict[str, Any]:
        heading = elements[0]
        assert isinstance(heading, Heading)  # noqa: S101  (sections begin with one)
        below: list[Element] = list(elements[1:])
        if heading.body:
            body = Text(heading.body, shift(heading.place, len(heading.number) + len(heading.text)))
            below.insert(0, body)
        texts = [text for element in below for text in _texts(element)]
        kind = self._kinds.of(heading.text, "\n".join(text.text for text in texts))
        section: dict[str, Any] = {"kind": kind, "heading": heading.text}
        draft.places[path] = draft.places[*path, "heading"] = heading.place
        self._count(draft, heading)
        draft.outline.append(_entry(heading, (*path, "heading")))
        for fact in self._facts.of(kind, texts, draft.notes):
            _set(section, fact.path, fact.value)
            draft.places[*path, *fact.path] = fact.place
            draft.facts.append(ImportedFact((*path, *fact.path), fact.value, fact.sentence, fact.place))
        section["written"] = self._passages(draft, (*path, "written"), below)
        return section

    @staticmethod
    def _count(draft: _Draft, heading: Heading) -> None:
        """Count a heading as composing will, and note where its number will be another."""
        draft.counters = advance(draft.counters, heading.level)
        if heading.value is not None and heading.value != draft.counters[-1]:
            why = Message.of(N_("the heading is number {number} in its row"), number=draft.counters[-1])
            draft.notes.append(Note(heading.place, heading.number + heading.text, why))

    def _passages(self, draft: _Draft, path: RecordPath, elements: Sequence[Element]) -> list[Any]:
        passages: list[Any] = []
        for number, element in enumerate(elements):
            here = (*path, number)
            draft.places[here] = element.places[0] if isinstance(element, Listed) else element.place
            match element:
                case Text():
                    passages.append(element.text)
                case Heading():
                    passage: dict[str, Any] = {"heading": element.text, "level": max(element.level, 2)}
                    draft.places[*here, "heading"] = element.place
                    if element.body:
                        passage["run_in"] = element.body
                        body = shift(element.place, len(element.number) + len(element.text))
                        draft.places[*here, "run_in"] = body
                    self._count(draft, element)
                    draft.outline.append(_entry(element, (*here, "heading")))
                    passages.append(passage)
                case Listed():
                    passages.append({"points": list(element.texts), "style": element.style})
                    draft.places |= {(*here, "points", at): place for at, place in enumerate(element.places)}
                case Grid():
                    head, *rows = element.cells.rows
                    passage = {"columns": list(head), "rows": [list(row) for row in rows]}
                    passages.append(passage | ({"caption": element.caption} if element.caption else {}))
        return passages


def _entry(heading: Heading, path: RecordPath) -> OutlineEntry:
    return OutlineEntry(heading.level, heading.number, heading.text, heading.place, heading.value, heading.style, path)


def _state(draft: _Draft, path: RecordPath, guess: Guess) -> None:
    draft.places[path] = guess.place
    draft.facts.append(ImportedFact(path, guess.value, guess.sentence, guess.place, guess.why))
    if guess.why is not None:
        draft.notes.append(Note(guess.place, guess.sentence, guess.why))


def _begin(draft: _Draft, frame: Frame) -> None:
    draft.places |= frame.places
    if frame.letterhead:
        draft.data["letterhead"] = frame.letterhead
    if frame.title:
        draft.data["title"] = frame.title[:LINE_LENGTH]
    else:
        why = Message(N_("no title was found; one is made from community and period"))
        draft.notes.append(Note(Place(), "", why))
    if frame.addressee:
        draft.data["addressee"] = frame.addressee


def _end(draft: _Draft, frame: Frame) -> None:
    data = draft.data
    if frame.attachments:
        data["attachments"] = frame.attachments
    if frame.signed_by:
        data["signed_by"] = frame.signed_by
    if frame.signed_on is not None:
        data["signed_on"] = frame.signed_on.isoformat()
        place = frame.places["signed_on",]
        draft.facts.append(ImportedFact(("signed_on",), data["signed_on"], frame.shown["signed_on"], place))
    if frame.imprint:
        data["imprint"] = frame.imprint


def _text(element: Element) -> str:
    assert isinstance(element, Text)  # noqa: S101  (the caller has looked)
    return element.text


def _place_all(draft: _Draft, path: RecordPath, elements: Sequence[Element]) -> None:
    draft.places |= {(*path, at): each.place for at, each in enumerate(elements) if isinstance(each, Text)}


def _texts(element: Element) -> list[Text]:
    """Return the texts of an element in which sentences stand."""
    match element:
        case Text():
            return [element]
        case Heading() if element.body:
            return [Text(element.body, element.place)]
        case Listed():
            return [Text(text, place) for text, place in zip(element.texts, element.places, strict=True)]
        case _:
            return []


def _set(section: dict[str, Any], path: RecordPath, value: Any) -> None:
    """Put a value at a path; a list is filled in its order."""
    here: Any = section
    for step, after in pairwise(path):
        here = here.setdefault(step, [] if isinstance(after, int) else {})
    last = path[-1]
    if isinstance(last, int):
        here.append(value)
    else:
        here[last] = value


def bounded(lines: Sequence[Line], limit: int) -> list[Line]:
    """Return the lines, of which those longer than ``limit`` are parted where a sentence ends."""
    parted: list[Line] = []
    for line in lines:
        text, begin = line.text, 0
        while len(text) - begin > limit:
            end = max(text.rfind(stop, begin, begin + limit) for stop in "。！？；") + 1
            end = end if end > begin else begin + limit
            parted.append(Line(text[begin:end], shift(line.place, begin), line.number if not begin else ""))
            begin = end
        parted.append(line if not begin else Line(text[begin:].strip(), shift(line.place, begin)))
    return [line for line in parted if line.text.strip() or line.table is not None or line.number]
