"""From the elements of a summary to its record, with the place of every value."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kepu_docs.errors import N_, DocumentError, Message, Place
from kepu_docs.importing.facts.community_figures import community_figures
from kepu_docs.importing.facts.kinds import Kinds
from kepu_docs.importing.facts.naming import UNKNOWN, Guess, community_of
from kepu_docs.importing.facts.periods import period_found
from kepu_docs.importing.facts.sentences import Facts, Found, Part, Passage
from kepu_docs.importing.facts.times import Times
from kepu_docs.importing.lines import Line, Note
from kepu_docs.importing.result import (
    Given,
    ImportedFact,
    ImportedSummary,
    OutlineEntry,
    RecordPath,
    outline_entry,
)
from kepu_docs.importing.structure.elements import Element, Grid, Heading, Listed, Text, shift
from kepu_docs.importing.structure.frame import Frame, framed
from kepu_docs.importing.structure.furniture import Piece
from kepu_docs.importing.structure.outline import outline
from kepu_docs.pipeline import Engine
from kepu_docs.reading.simplifying import simplified
from kepu_docs.reading.times import record_period
from kepu_docs.schema.summary import MOST_SECTIONS
from kepu_docs.schema.text import LINE_LENGTH
from kepu_docs.typography.numerals import advance

_closing = re.compile(
    r"(?:总之|總之|综上|綜上|总而言之|总的来说|以上(?:是|为|就是)|特此(?:报告|總結|总结)|妥否|in conclusion|in short)",
    re.I,
)


_FEW_TRADITIONAL = 50
"""A text is Traditional if more than one in so many of its characters is."""
_figure = re.compile("[0-9０-９一二三四五六七八九十百千万]")


@dataclass(slots=True)
class _Draft:
    """A record under construction."""

    data: dict[str, Any] = field(default_factory=dict)
    places: dict[RecordPath, Place] = field(default_factory=dict)
    outline: list[OutlineEntry] = field(default_factory=list)
    facts: list[ImportedFact] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    counters: tuple[int, ...] = ()
    is_traditional: bool = False
    """Whether the document is in Traditional hanzi."""


class Assembler:
    """Makes records for the section kinds of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kinds = Kinds(engine.registry, engine.languages.vocabulary)
        self._facts = Facts(engine.registry)
        otherwise = [
            name for name, kind in engine.registry.kinds.items() if kind.recognition and kind.recognition.otherwise
        ]
        self._general = {"", *otherwise}

    def summary(
        self, piece: Piece, given: Given, source: Place, notes: Sequence[Note], widened: int
    ) -> ImportedSummary:
        """Return the summary of a piece of a document. Raises ``DocumentError`` if no record can hold it."""
        draft = _Draft(notes=list(notes), is_traditional=_is_traditional(piece.lines))
        frame, lines = framed(piece.lines)
        draft.notes += frame.notes
        elements = outline(lines, draft.notes)
        self._identify(draft, piece, frame, elements, given, source)
        _begin(draft, frame)
        parts = self._arrange(draft, elements)
        self._state_facts(draft, parts, frame.title)
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

    def _identify(
        self, draft: _Draft, piece: Piece, frame: Frame, elements: Sequence[Element], given: Given, source: Place
    ) -> None:
        """Set the community and the period."""
        texts = [text for element in elements for text in _texts(element)]
        # Tables come last: forms give the community and the day in them.
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

    def _state_facts(self, draft: _Draft, parts: Sequence[Part], title: str) -> None:
        """Set the fields of the sections and of the community that the sentences state with certainty."""
        period, community = draft.data["period"], draft.data["community"]
        is_guess = any(fact.path == ("period",) and fact.guess is not None for fact in draft.facts)
        times = Times("" if is_guess else _written(period), simplified(title))
        own = simplified(f"{title}{community['name']}")
        opening = [passage for part in parts if part.kind in self._general for passage in part.passages]
        for fact in community_figures(opening, times, own):
            _take(draft, community, ("community",), fact)
            _show_opening_as_written(draft)
        for number, facts in enumerate(self._facts.of(parts, times, own, draft.notes)[1:]):
            for fact in facts:
                _take(draft, draft.data["sections"][number], ("sections", number), fact)

    def _arrange(self, draft: _Draft, elements: Sequence[Element]) -> list[Part]:
        """Put the elements in their places: elements before the first heading are the opening.

        Returns the paragraphs that may contain facts: those of the opening, then those of each section.
        """
        begins = [at for at, element in enumerate(elements) if isinstance(element, Heading) and element.level == 1]
        if len(begins) > MOST_SECTIONS:
            text = N_("more than {limit} headings of the first level; a summary may have at most that many sections")
            heading = elements[begins[MOST_SECTIONS]]
            raise DocumentError.at(heading.place, text, limit=MOST_SECTIONS)  # type: ignore[union-attr]
        opening = elements[: begins[0]] if begins else elements
        if opening and all(isinstance(element, Text) for element in opening):
            _put_texts(draft, "opening", opening)
        else:
            draft.data["written"] = self._passages(draft, ("written",), opening)
        closing: list[Element] = []
        rest = list(elements)
        while begins and len(rest) > begins[-1] + 1 and isinstance(rest[-1], Text) and _closing.match(rest[-1].text):
            closing.insert(0, rest.pop())
        parts = [Part("", tuple(_passages(opening)))]
        if begins:
            draft.data["sections"] = []
            for number, (at, after) in enumerate(zip(begins, [*begins[1:], len(rest)], strict=True)):
                section, part = self._section(draft, ("sections", number), rest[at:after])
                draft.data["sections"].append(section)
                parts.append(part)
        if closing:
            _put_texts(draft, "closing", closing)
        return parts

    def _section(self, draft: _Draft, path: RecordPath, elements: Sequence[Element]) -> tuple[dict[str, Any], Part]:
        heading = elements[0]
        assert isinstance(heading, Heading)  # noqa: S101  (sections begin with a heading)
        below: list[Element] = list(elements[1:])
        if heading.body:
            body = Text(heading.body, shift(heading.place, len(heading.number) + len(heading.text)))
            below.insert(0, body)
        texts = [text for element in below for text in _texts(element)]
        kind = self._kinds.of(heading.text, "\n".join(text.text for text in texts))
        section: dict[str, Any] = {"kind": kind, "heading": heading.text}
        draft.places[path] = draft.places[*path, "heading"] = heading.place
        self._count(draft, heading)
        draft.outline.append(outline_entry(heading, (*path, "heading")))
        section["written"] = self._passages(draft, (*path, "written"), below)
        return section, Part(kind, tuple(_passages(below)))

    @staticmethod
    def _count(draft: _Draft, heading: Heading) -> None:
        """Count a heading as composing will, and add a note if its number will differ."""
        draft.counters = advance(draft.counters, heading.level)
        if heading.value is not None and heading.value != draft.counters[-1]:
            why = Message.of(N_("the heading is number {number} at its level"), number=draft.counters[-1])
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
                    draft.outline.append(outline_entry(element, (*here, "heading")))
                    passages.append(passage)
                case Listed():
                    passages.append({"points": list(element.texts), "style": element.style})
                    draft.places |= {(*here, "points", at): place for at, place in enumerate(element.places)}
                case Grid():
                    head, *rows = element.cells.rows
                    passage = {"columns": list(head), "rows": [list(row) for row in rows]}
                    passages.append(passage | ({"caption": element.caption} if element.caption else {}))
        return passages


def _is_traditional(lines: Sequence[Line]) -> bool:
    shown = "".join(line.shown for line in lines)
    return sum(a != b for a, b in zip(shown, simplified(shown), strict=True)) * _FEW_TRADITIONAL > len(shown)


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
        guessed = {fact.path for fact in draft.facts if fact.guess is not None}
        text = N_("no title was found; one is made from community and period")
        if guessed or draft.data["community"]["name"] == UNKNOWN:
            # A title made from a guess would be wrong but look certain.
            draft.data["title"] = _safe_title(draft, guessed)
            text = N_("no title was found; one is made without what was guessed")
        draft.notes.append(Note(Place(), "", Message(text)))
    if frame.addressee:
        draft.data["addressee"] = frame.addressee


def _safe_title(draft: _Draft, guessed: Container[RecordPath]) -> str:
    """Return a title without guessed parts, in the script of the document."""
    name = "" if ("community", "name") in guessed else draft.data["community"]["name"]
    year = "" if ("period",) in guessed else re.match("[0-9]{4}", _written(draft.data["period"]))
    words = "科普工作總結" if draft.is_traditional else "科普工作总结"
    return f"{name}{year[0]}年{words}" if year else f"{name}{words}"


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


def _put_texts(draft: _Draft, field: str, elements: Sequence[Element]) -> None:
    texts = [element for element in elements if isinstance(element, Text)]
    draft.data[field] = [text.text for text in texts]
    draft.places |= {(field, at): text.place for at, text in enumerate(texts)}


def _texts(element: Element) -> list[Text]:
    """Return the texts of an element that contain sentences."""
    match element:
        case Text():
            return [element]
        case Heading() if element.body:
            return [Text(element.body, element.place)]
        case Listed():
            return [Text(text, place) for text, place in zip(element.texts, element.places, strict=True)]
        case _:
            return []


def _show_opening_as_written(draft: _Draft) -> None:
    """Show the opening as it was written: a generated one would repeat the community's figures that it contains."""
    if "written" not in draft.data:
        texts = draft.data.pop("opening", [])
        for at in range(len(texts)):
            draft.places["written", at] = draft.places.pop(("opening", at))
        draft.data["written"] = texts


def _passages(elements: Sequence[Element]) -> Iterator[Passage]:
    """Yield the paragraphs of a section that contain sentences, with the headings above them."""
    above: list[Heading] = []
    for element in elements:
        if isinstance(element, Heading):
            while above and above[-1].level >= element.level:
                above.pop()
            if not element.body and _figure.search(element.text):
                # A line of data (（2）宣传资料：3000份) may have been read as a heading.
                yield Passage(Text(element.text, element.place), _shown(above))
            above.append(element)
        yield from (Passage(text, _shown(above)) for text in _texts(element))


def _shown(headings: Sequence[Heading]) -> str:
    return "\n".join(heading.text for heading in headings)


def _take(draft: _Draft, data: dict[str, Any], path: RecordPath, fact: Found) -> None:
    """Put a fact into the data at a path, before the text as written."""
    written = data.pop("written", None)
    _set(data, fact.path, fact.value)
    if written is not None:
        data["written"] = written
    draft.places[*path, *fact.path] = fact.place
    draft.facts.append(ImportedFact((*path, *fact.path), fact.value, fact.sentence, fact.place))


def _written(period: Any) -> str:
    """Return the period of a record as one word: 2024, 2024-H1, 2021-2023."""
    if isinstance(period, Mapping):
        first, last = str(period["start"])[:4], str(period["end"])[:4]
        return f"{first}-{last}" if first != last else f"{first}-{period['start'][5:7]}"
    return str(period)


def _set(section: dict[str, Any], path: RecordPath, value: Any) -> None:
    """Set a value at a path; a list is filled in order."""
    here: Any = section
    for step, after in pairwise(path):
        here = here.setdefault(step, [] if isinstance(after, int) else {})
    last = path[-1]
    if isinstance(last, int):
        here.append(value)
    else:
        here[last] = value


def bounded(lines: Sequence[Line], limit: int) -> list[Line]:
    """Return the lines; lines longer than ``limit`` are divided at the end of a sentence."""
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
