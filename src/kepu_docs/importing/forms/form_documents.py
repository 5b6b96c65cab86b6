"""A filled form as a record: the text in the places of its placeholders, read as the cells of workbooks are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kepu_docs.contract.form_layout import FormBlock, FormGrid, FormLayout, FormLine
from kepu_docs.contract.record_tables import RecordColumn
from kepu_docs.contract.sources import CellSource, RecordForm
from kepu_docs.errors import N_, KepuError, Message, Place, RecordError
from kepu_docs.importing.assembling import Assembler, bounded
from kepu_docs.importing.facts.naming import Guess, community_of
from kepu_docs.importing.facts.periods import period_found
from kepu_docs.importing.forms.aligning import Alignment, FilledPlace, align
from kepu_docs.importing.forms.line_shapes import squashed
from kepu_docs.importing.forms.placeholder_facts import Meaning, PlaceholderFacts
from kepu_docs.importing.lines import Cells, Line, Note
from kepu_docs.importing.result import Change, Given, ImportedFact, ImportedSummary, RecordPath
from kepu_docs.importing.structure.elements import Text
from kepu_docs.importing.structure.furniture import Piece
from kepu_docs.pipeline import Engine
from kepu_docs.reading.times import record_period
from kepu_docs.schema import Period, WorkSummary
from kepu_docs.schema.text import PARAGRAPH_LENGTH

_MOST_FAULTS: Final = 200
"""The most values of one form that a record may refuse."""
_LONGEST_SHOWN: Final = 60
_TICKS: Final = "☑☒✓✔√■●◉Vv"
_ROOT: Final = ""


def form_changes(filled: FormLayout, again: FormLayout, form: FormLayout, name: str, source: Place) -> Iterator[Change]:
    """Yield the differences of a filled form from the form filled ``again`` with the record that it carries.

    Raises ``DocumentError`` for a document that does not match the form.
    """
    new, old = (
        {
            (place.line, place.tag.start, place.turn): (_said(place), place.where)
            for place in align(form, layout, name).places
        }
        for layout in (filled, again)
    )
    for key in dict.fromkeys((*new, *old)):
        text, where = new.get(key, ("", Message("")))
        before = old.get(key, ("", where))[0]
        if squashed(before)[0] != squashed(text)[0]:
            yield Change(_place(source, where), before, text)


def _said(place: FilledPlace) -> str:
    return place.text or "\n".join(line.text for block in place.content for line in _lines(block))


def import_form(
    filled: FormLayout,
    form: FormLayout,
    name: str,
    engine: Engine,
    given: Given,
    facts: PlaceholderFacts,
    assembler: Assembler,
) -> ImportedSummary:
    """Return the summary of a filled form. Raises ``DocumentError`` for a document that does not match the form."""
    alignment = align(form, filled, name)
    reader = _FormReader(engine, facts, assembler, given, Place(name))
    return reader.summary(alignment, filled)


@dataclass(slots=True)
class _Stated:
    """A sum in a form that a section states or computes from its entries."""

    kind: str
    computed: str
    column: RecordColumn
    text: str
    value: Any
    where: Message


@dataclass(slots=True)
class _Draft:
    """A record under construction: sections by kind."""

    root: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    guesses: list[ImportedFact] = field(default_factory=list)
    facts: dict[tuple[Any, ...], tuple[Any, str, Message]] = field(default_factory=dict)
    sentences: dict[tuple[Any, ...], tuple[Any, str, Place]] = field(default_factory=dict)
    stated: list[_Stated] = field(default_factory=list)
    texts: list[tuple[Meaning, FilledPlace]] = field(default_factory=list)
    boxes: dict[tuple[str, RecordColumn], dict[bool, tuple[str, Message]]] = field(default_factory=dict)


class _FormReader:
    def __init__(
        self, engine: Engine, facts: PlaceholderFacts, assembler: Assembler, given: Given, source: Place
    ) -> None:
        self._engine = engine
        self._facts = facts
        self._assembler = assembler
        self._given = given
        self._source = source
        self._form = RecordForm(engine.registry.model, engine.languages.vocabulary)
        self._cells = next(each for each in engine.registry.sources.values() if isinstance(each, CellSource))
        self._draft = _Draft()
        self._period: Period | None = None

    def summary(self, alignment: Alignment, filled: FormLayout) -> ImportedSummary:
        """Return the summary of the content of a form."""
        meant = [(self._meaning(place), place) for place in alignment.places]
        self._notes(alignment)
        self._texts(meant)
        self._identify(meant, filled)
        self._values(meant)
        self._boxes()
        summary, data = self._loaded()
        summary, data = self._with_stated(summary, data)
        lines = [line for part in filled.parts for block in part for line in _lines(block) if line.text.strip()]
        facts, places = self._found(data)
        return ImportedSummary(
            record=data,
            summary=summary,
            title=summary.title or "",
            text=tuple(line.text for line in lines),
            text_places=tuple(_place(self._source, line.where) for line in lines),
            facts=facts,
            unclear=tuple(self._draft.notes),
            source=self._source,
            _places=places,
        )

    def _meaning(self, place: FilledPlace) -> Meaning:
        turn = place.turn
        entries = self._facts.entries(turn.entries) if turn is not None else None
        return self._facts.meaning(place.tag.source, turn.variable if turn is not None else "", entries)

    def _note(self, where: Message, words: str, why: Message) -> None:
        text = Message.of(N_("{where}: {why}"), where=where, why=why)
        self._draft.notes.append(Note(Place(self._source.record), words[:_LONGEST_SHOWN], text))

    def _notes(self, alignment: Alignment) -> None:
        for tag, where in alignment.lost:
            why = Message(
                N_(
                    "this placeholder is not read back: its place was not found, or is in a "
                    "repetition that cannot be read"
                )
            )
            self._note(where, f"{{{{ {tag.source} }}}}", why)
        for words, where in alignment.open:
            self._note(
                where, words, Message(N_("the form does not say what this is, as its note allows several things"))
            )
        for words, where in alignment.more:
            self._note(where, words, Message(N_("this is in the document, but has no place in the form")))

    # Community and period.

    def _identify(self, meant: Sequence[tuple[Meaning, FilledPlace]], filled: FormLayout) -> None:
        """Set the community and the period, which everything else needs."""
        root = self._draft.root
        lines = [line for part in filled.parts for block in part for line in _lines(block) if line.text.strip()]
        texts = [Text(line.text, _place(self._source, line.where)) for line in lines]
        for meaning, place in meant:
            path = meaning.column.path if meaning.what == "field" and meaning.column is not None else ()
            if not meaning.kind and path in (("period",), ("community", "name")):
                self._field(meaning, place)
        if self._given.period is not None:
            root["period"] = record_period(self._given.period)
        if self._given.community is not None:
            root.setdefault("community", {})["name"] = self._given.community
        if "period" not in root:
            found = period_found(texts[0] if texts else None, texts, None, None, None, self._source)
            root["period"] = record_period(found.value)
            text = N_("the form does not show the period of the summary; {time} was guessed from its dates and title")
            why = Message.of(text, time=found.value)
            self._guessed(("period",), Guess(found.value, "", Place(self._source.record), why))
        if not root.get("community", {}).get("name"):
            found = community_of(None, None, texts, self._source)
            root.setdefault("community", {})["name"] = found.value
            self._guessed(("community", "name"), found)
        try:
            minimal = {"community": {"name": root["community"]["name"]}, "period": root["period"]}
            self._period = self._engine.load(minimal).period
        except RecordError as error:
            why = error.faults[0].as_message
            self._note(Message(N_("the period in the form")), str(root["period"]), why)
            found = period_found(None, texts, None, None, None, self._source)
            root["period"] = record_period(found.value)

    def _guessed(self, path: RecordPath, guess: Guess) -> None:
        if guess.why is not None:
            self._draft.notes.append(Note(guess.place, guess.sentence, guess.why))
            self._draft.guesses.append(ImportedFact(path, guess.value, guess.sentence, guess.place, guess.why))

    # Values.

    def _values(self, meant: Sequence[tuple[Meaning, FilledPlace]]) -> None:
        rows: dict[tuple[str, str, int], list[tuple[Meaning, FilledPlace]]] = {}
        for meaning, place in meant:
            text = place.text.strip()
            match meaning.what:
                case "field" if meaning.column is not None and text:
                    if (meaning.kind, meaning.column.path) not in self._draft.facts:
                        self._field(meaning, place)
                    else:
                        self._again(meaning, place)
                case "stated" if meaning.column is not None and text:
                    value = self._value(meaning.column, place, meaning)
                    if value is not None:
                        self._draft.stated.append(
                            _Stated(meaning.kind, meaning.computed, meaning.column, text, value, place.where)
                        )
                case "entry" if place.turn is not None:
                    key = (meaning.kind, meaning.entries, place.turn.number)
                    rows.setdefault(key, []).append((meaning, place))
                case "box" if meaning.column is not None:
                    boxes = self._draft.boxes.setdefault((meaning.kind, meaning.column), {})
                    boxes.setdefault(not meaning.says_no, (text, place.where))
                case _:
                    pass
        for (kind, name, _), cells in rows.items():
            self._entry(kind, name, cells)

    def _field(self, meaning: Meaning, place: FilledPlace) -> None:
        assert meaning.column is not None  # noqa: S101  (a field has a column)
        value = self._value(meaning.column, place, meaning)
        if value is None:
            return
        holder = self._holder(meaning.kind)
        _put(holder, meaning.column.path, value)
        self._draft.facts[meaning.kind, meaning.column.path] = (value, place.text.strip(), place.where)

    def _again(self, meaning: Meaning, place: FilledPlace) -> None:
        """Note a field that the form shows twice, if it has another value the second time."""
        assert meaning.column is not None  # noqa: S101  (a field has a column)
        first, text, where = self._draft.facts[meaning.kind, meaning.column.path]
        if (
            self._value(meaning.column, place, meaning) not in (first, None)
            and squashed(text)[0] != squashed(place.text)[0]
        ):
            why = Message.of(
                N_("an earlier place in the form says something else ({where}, “{words}”), which is used"),
                where=where,
                words=text,
            )
            self._note(place.where, place.text, why)

    def _holder(self, kind: str) -> dict[str, Any]:
        return self._draft.sections.setdefault(kind, {"kind": kind}) if kind else self._draft.root

    def _entry(self, kind: str, name: str, cells: Sequence[tuple[Meaning, FilledPlace]]) -> None:
        entry: dict[str, Any] = {}
        read: list[tuple[RecordColumn, Any, FilledPlace]] = []
        for meaning, place in cells:
            if meaning.column is None or not place.text.strip():
                continue
            value = self._value(meaning.column, place, meaning)
            if value is not None:
                _put(entry, meaning.column.path, value)
                read.append((meaning.column, value, place))
        if not entry:
            return
        entries = self._holder(kind).setdefault(name, [])
        for column, value, place in read:
            self._draft.facts[kind, (name, len(entries), *column.path)] = (value, place.text.strip(), place.where)
        entries.append(entry)

    def _value(self, column: RecordColumn, place: FilledPlace, meaning: Meaning) -> Any:
        """Return the value in a place, ``None`` if there is none or it is not valid, which is noted."""
        text = place.text.strip()
        if not text:
            return None
        if (
            column.cell in ("texts", "line_texts")
            and not meaning.is_joined
            and any(each in text for each in "、和与及")
        ):
            self._note(place.where, text, Message.of(_PARTING, filter='| 连接("、")'))
            return None
        try:
            return self._cells.cell_value(text, column, self._form, self._period)
        except KepuError as error:
            self._note(place.where, text, error.faults[0].as_message)
            return None

    def _boxes(self) -> None:
        for (kind, column), answers in self._draft.boxes.items():
            ticked = {answer for answer, (text, _) in answers.items() if any(sign in text for sign in _TICKS)}
            where = next(where for _, where in answers.values())
            if len(ticked) == 1:
                (value,) = ticked
                _put(self._holder(kind), column.path, value)
                self._draft.facts[kind, column.path] = (value, "☑", where)
            elif len(ticked) > 1:
                self._note(where, "☑☑", Message(N_("both boxes are ticked")))

    # Texts.

    def _texts(self, meant: Sequence[tuple[Meaning, FilledPlace]]) -> None:
        """Read the text of sections, or the whole text, in the same way as the text of any document."""
        for meaning, place in meant:
            if meaning.what != "text":
                continue
            lines = list(self._lines(place.content))
            if not lines:
                continue
            given = Given("2025", "×")  # the text itself gives neither
            if meaning.kind:
                lines.insert(
                    0,
                    Line(
                        self._engine.languages.vocabulary.choice_label(meaning.kind, "zh_Hans"), self._source, level=1
                    ),
                )
            piece = Piece(tuple(bounded(lines, PARAGRAPH_LENGTH)))
            read = self._assembler.summary(piece, given, self._source, (), 0)
            for note in read.unclear:
                if note.text:
                    self._draft.notes.append(note)
            self._take(read, meaning.kind)

    def _take(self, read: ImportedSummary, kind: str) -> None:
        """Add what a text states: facts of its sentences are kept in addition to the text."""
        record = read.record
        for fact in read.facts:
            match fact.path:
                case ("sections", int(nth), *path):
                    of = kind or record["sections"][nth]["kind"]
                    self._draft.sentences[of, tuple(path)] = (fact.value, fact.sentence, fact.place)
        for name in ("opening", "closing", "written"):
            if not kind and record.get(name):
                self._draft.root[name] = record[name]
        for section in record.get("sections", ()):
            own = dict(section)
            if kind:
                own = {**own, "kind": kind}
                del own["heading"]
            self._draft.sections.setdefault(own["kind"], {}).update(
                {name: value for name, value in own.items() if name not in self._draft.sections.get(own["kind"], {})}
            )
        if kind and not record.get("sections"):
            written = [*record.get("opening", ()), *record.get("written", ())]
            self._holder(kind)["written"] = written

    def _lines(self, content: Sequence[FormBlock]) -> Iterator[Line]:
        for block in content:
            if isinstance(block, FormGrid):
                cells = _cells(block)
                if cells.rows:
                    yield Line("", self._source, table=cells)
            elif block.text.strip():
                text = " ".join(block.text.split())
                yield Line(text, _place(self._source, block.where), level=block.level or None)

    # The record.

    def _data(self) -> dict[str, Any]:
        draft = self._draft
        root = {"community": draft.root.get("community"), "period": draft.root.get("period"), **draft.root}
        data = {key: value for key, value in root.items() if value not in (None, {}, [])}
        sections = [each for each in draft.sections.values() if each.keys() != {"kind"}]
        if sections:
            data["sections"] = sections
        return data

    def _loaded(self) -> tuple[WorkSummary, dict[str, Any]]:
        """Return the record without the values that it refuses; these are noted."""
        for _ in range(_MOST_FAULTS):
            data = self._data()
            try:
                return self._engine.load(data), data
            except RecordError as error:
                fault = error.faults[0]
                gone = _drop(data, fault.path)
                if gone is None:
                    raise
                self._note(Message(N_("not used")), _shown(gone), fault.as_message)
                self._draft.sections = {each["kind"]: each for each in data.get("sections", ())}
                self._draft.root = {key: value for key, value in data.items() if key != "sections"}
        return self._engine.load(self._data()), self._data()

    def _with_stated(self, summary: WorkSummary, data: dict[str, Any]) -> tuple[WorkSummary, dict[str, Any]]:
        """Return the record with the sums that the form states and that differ from those of its entries."""
        formats = self._engine.registry.composer(self._engine.locale).formats
        for each in self._draft.stated:
            section = next((one for one in summary.sections if one.kind == each.kind), None)
            computed = section.facts(summary).get(each.computed) if section is not None else None
            if computed is not None:
                quantity = computed.model_dump() if hasattr(computed, "model_dump") else dict(computed)
                shown = {formats.count(quantity), formats.count({**quantity, "unit": ""})}
                if squashed(each.text)[0] in {squashed(text)[0] for text in shown}:
                    continue
            holder = self._holder(each.kind)
            before = holder.get(each.column.field)
            holder[each.column.field] = each.value
            try:
                summary = self._engine.load(self._data())
            except RecordError as error:
                if before is None:
                    del holder[each.column.field]
                else:
                    holder[each.column.field] = before
                self._note(each.where, each.text, error.faults[0].as_message)
                continue
            self._draft.facts[each.kind, each.column.path] = (each.value, each.text, each.where)
            if computed is not None:
                why = Message.of(
                    N_("the entries add up to {sum}; the figure in the form is kept as the stated total"),
                    sum=formats.count(quantity),
                )
                self._note(each.where, each.text, why)
        return summary, self._data()

    def _found(self, data: Mapping[str, Any]) -> tuple[tuple[ImportedFact, ...], dict[RecordPath, Place]]:
        kinds = [each["kind"] for each in data.get("sections", ())]
        facts = list(self._draft.guesses)
        places = {fact.path: fact.place for fact in facts}
        for (kind, path), (value, text, where) in self._draft.facts.items():
            if kind and kind not in kinds:
                continue
            whole: RecordPath = ("sections", kinds.index(kind), *path) if kind else tuple(path)
            place = _place(self._source, where)
            places[whole] = place
            facts.append(ImportedFact(whole, value, text, place))
        for (kind, path), (value, text, place) in self._draft.sentences.items():
            if kind in kinds and (kind, path) not in self._draft.facts:
                whole = ("sections", kinds.index(kind), *path)
                places[whole] = place
                facts.append(ImportedFact(whole, value, text, place))
        return tuple(facts), places


_PARTING: Final = N_("this list cannot be split reliably; write it with {filter} in the form")


def _place(source: Place, where: Message) -> Place:
    """Return the place of a line: its paragraph, if it is not in a table."""
    values = dict(where.values)
    number = values.get("number")
    return Place(source.record, number if isinstance(number, int) else None)


def _lines(block: FormBlock) -> Iterator[FormLine]:
    if isinstance(block, FormLine):
        yield block
        return
    for row in block.rows:
        for cell in row.cells:
            for inner in cell.content:
                yield from _lines(inner)


def _cells(grid: FormGrid) -> Cells:
    """Return a table in the importer's form: all rows have the same number of cells."""
    width = max((cell.column + cell.columns for row in grid.rows for cell in row.cells), default=0)
    rows: list[tuple[str, ...]] = []
    for row in grid.rows:
        cells = [""] * width
        for cell in row.cells:
            cells[cell.column] = " ".join(line.text.strip() for block in cell.content for line in _lines(block)).strip()
        rows.append(tuple(cells))
    return Cells(tuple(rows))


def _put(holder: dict[str, Any], path: Sequence[str], value: Any) -> None:
    *before, last = path
    for step in before:
        holder = holder.setdefault(step, {})
    holder[last] = value


def _drop(data: dict[str, Any], path: Sequence[str | int]) -> Any:
    """Remove the value at a path, or its container if it is missing; return it, ``None`` for nothing."""
    for end in range(len(path), 0, -1):
        here: Any = data
        for step in path[: end - 1]:
            here = here[step] if _has(here, step) else None
        if _has(here, path[end - 1]):
            gone = here[path[end - 1]]
            del here[path[end - 1]]
            return gone
    return None


def _has(holder: Any, step: str | int) -> bool:
    if isinstance(holder, dict):
        return step in holder
    return isinstance(holder, list) and isinstance(step, int) and step < len(holder)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values())
    return str(value)
