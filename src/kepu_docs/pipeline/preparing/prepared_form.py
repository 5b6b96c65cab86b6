"""A prepared form: placeholders where the content is certain, remarks where it is not, and a list of all blanks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kepu_docs.composing.forms import words
from kepu_docs.composing.forms.names import FormNames
from kepu_docs.composing.known_facts import Known
from kepu_docs.contract.form_layout import FormEdits, FormLayout, SetText
from kepu_docs.contract.record_tables import RecordColumn
from kepu_docs.errors import Fault, Message
from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.pipeline.preparing.blanks import Blank, BlankRows, Box, find_blanks
from kepu_docs.pipeline.preparing.choosing import Choice, Chooser, RowsChoice
from kepu_docs.pipeline.preparing.labels import ROOT, Labels, ListTarget, Target
from kepu_docs.pipeline.preparing.line_blanks import unit_behind
from kepu_docs.registry import Registry

BlankState: TypeAlias = Literal["matched", "ambiguous", "missed"]
_LONGEST_WORDS: Final = 40
_ROW: Final = {"en": "item"}
_ROW_NAME: Final = "项"
_ROW_NAME_TRADITIONAL: Final = "項"


@dataclass(frozen=True, slots=True)
class PreparedBlank:
    """The result for one place of a form that is to be filled in.

    It gives the place (``where``) and the ``words`` that name it. ``placeholders`` are those that are set there if it
    is ``matched``, those to choose from if it is ``ambiguous``, and none if it is ``missed``.
    """

    state: BlankState
    where: Message
    words: str
    placeholders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedForm:
    """A form with placeholders, as a file in ``data``; its blanks, and the faults of placeholders already in it.

    ``faults`` are those of placeholders that somebody had typed into the form.
    """

    data: bytes
    blanks: tuple[PreparedBlank, ...]
    faults: tuple[Fault, ...] = ()

    def of(self, state: BlankState) -> tuple[PreparedBlank, ...]:
        """Return the blanks with a given state."""
        return tuple(blank for blank in self.blanks if blank.state == state)


@dataclass(frozen=True, slots=True)
class Preparation:
    """The edits to a form, and the results for its blanks."""

    edits: FormEdits
    blanks: tuple[PreparedBlank, ...]


class BlankPreparer:
    """Finds the blanks of forms and decides their content, with the section kinds of one registry."""

    def __init__(self, registry: Registry, vocabulary: Vocabulary, names: FormNames, frame: Known) -> None:
        self._labels = Labels(registry, vocabulary, names, frame)
        self._chooser = Chooser(self._labels)

    def prepare(self, layout: FormLayout, locale: str) -> Preparation:
        """Return the edits to a form, with placeholders in the words of ``locale``."""
        return _Preparing(self._labels, self._chooser, locale).of(layout)


class _Preparing:
    def __init__(self, labels: Labels, chooser: Chooser, locale: str) -> None:
        self._labels = labels
        self._chooser = chooser
        self._locale = locale
        self._texts: list[SetText] = []
        self._rows: set[int] = set()
        self._lines: set[int] = set()
        self._blanks: list[PreparedBlank] = []
        self._lists: dict[int, tuple[BlankRows, RowsChoice]] = {}

    def of(self, layout: FormLayout) -> Preparation:
        found = find_blanks(layout)
        chosen: list[tuple[Blank, Choice]] = []
        order: list[tuple[Blank, Choice] | Box | BlankRows] = []
        for each in found:
            if isinstance(each, Blank):
                pair = (each, self._chooser.blank(each))
                chosen.append(pair)
                order.append(pair)
            elif isinstance(each, BlankRows):
                self._lists[each.number] = (each, self._chooser.rows(each))
                order.append(each)
            else:
                order.append(each)
        # If sections have places of their own, it is not known whether the whole text should contain them as well.
        sections = [
            target for _, choice in chosen if (target := choice.sure) and target.is_text and target.kind != ROOT
        ]
        wholes = sum(1 for _, choice in chosen if choice.sure and choice.sure.is_text and choice.sure.kind == ROOT)
        for entry in order:
            match entry:
                case Box():
                    self._box(entry)
                case BlankRows():
                    self._table(entry)
                case (Blank() as blank, Choice() as choice):
                    if (
                        choice.sure is not None
                        and choice.sure.is_text
                        and choice.sure.kind == ROOT
                        and (sections or wholes > 1)
                    ):
                        choice = Choice(choices=(choice.sure,))
                    self._blank(blank, choice)
        return Preparation(
            FormEdits(tuple(self._texts), frozenset(self._rows), frozenset(self._lines)), tuple(self._blanks)
        )

    # Setting texts.

    def _shown(self, target: Target) -> str:
        return f"{{{{ {self._labels.expression(target, self._locale)} }}}}"

    def _blank(self, blank: Blank, choice: Choice) -> None:
        if self._chooser.total(blank):
            total = self._total(blank)
            if total:
                self._set(blank, total)
                self._say("matched", blank.where, _words(blank), (total,))
            return
        if choice.sure is not None:
            text = self._shown(choice.sure)
            target = choice.sure
            unit = unit_behind(blank.behind)
            if target.what == "figure" and unit:
                # The form contains the unit itself.
                text = self._without_unit(target)
            self._set(blank, text)
            if target.is_text:
                self._lines.update(blank.spare)
            self._say("matched", blank.where, _words(blank), (text,))
        elif choice.choices:
            shown = tuple(map(self._shown, choice.choices))
            self._set(blank, self._remark(shown))
            self._say("ambiguous", blank.where, _words(blank), shown)
        elif _words(blank):
            self._say("missed", blank.where, _words(blank))

    def _without_unit(self, target: Target) -> str:
        word = self._labels.word(words.NO_UNIT, self._locale)
        return f"{{{{ {self._labels.expression(target, self._locale)} | {word} }}}}"

    def _remark(self, shown: Sequence[str]) -> str:
        return f"{{# {' / '.join(shown)} #}}"

    def _set(self, blank: Blank, text: str) -> None:
        self._texts.append(SetText(blank.line.number, blank.start, blank.stop, text))

    def _say(
        self,
        state: BlankState,
        where: Message,
        about: str,
        placeholders: tuple[str, ...] = (),
    ) -> None:
        self._blanks.append(PreparedBlank(state, where, about[:_LONGEST_WORDS], placeholders))

    def _box(self, box: Box) -> None:
        choice = self._chooser.box(box)
        about = box.labels[0] if box.labels else ""
        if choice.sure is None:
            shown = tuple(map(self._shown, choice.choices))
            self._say("ambiguous" if shown else "missed", box.line.where, about, shown)
            return
        # Records do not distinguish a no from a missing answer: the other box is left to the clerk.
        text = f'{{{{ "☑" if {self._labels.expression(choice.sure, self._locale)} else "□" }}}}'
        self._texts.append(SetText(box.line.number, *box.yes, text))
        self._say("matched", box.line.where, about, (text,))

    # Rows.

    def _table(self, rows: BlankRows) -> None:
        _, choice = self._lists[rows.number]
        heads = " | ".join(each[0] for each in rows.heads if each)
        if choice.sure is None:
            if choice.choices:
                shown = tuple(self._list_name(each) for each in choice.choices)
                self._say("ambiguous", rows.where, heads, shown)
                first = next((each for each in rows.blanks if each is not None), None)
                if first is not None:
                    tags = [f"{{% for {self._row} in {each} %}}" for each in shown]
                    self._set(first, self._remark(tags))
                return
            self._singles(rows, heads)
            return
        texts = [self._cell_text(rows, choice, at) for at in range(len(rows.heads))]
        name, least = self._list_name(choice.sure), len(rows.rows)
        more = f" | {self._labels.word(words.AT_LEAST, self._locale)}({least})" if least > 1 else ""
        opening, ending = f"{{% for {self._row} in {name}{more} %}}", "{% endfor %}"
        texts[0] = opening + texts[0]
        texts[-1] += ending
        for at, text in enumerate(texts):
            blank, counter = rows.blanks[at], rows.counters[at]
            if blank is not None and text:
                self._texts.append(SetText(blank.line.number, 0, len(blank.line.text), text))
            elif counter is not None and text:
                self._texts.append(SetText(counter.number, 0, len(counter.text), text))
        self._rows.update(rows.rows[1:])
        self._say("matched", rows.where, heads, (opening,))
        for at, column in enumerate(choice.columns):
            blank = rows.blanks[at]
            if blank is None or at in choice.counting or not rows.heads[at]:
                continue
            if column is None:
                self._say("missed", blank.where, rows.heads[at][0])
            else:
                self._say("matched", blank.where, rows.heads[at][0], (self._column(choice.sure, column),))

    def _singles(self, rows: BlankRows, heads: str) -> None:
        """Treat the cells of a single blank row as facts, because no list has such entries."""
        choices = [(blank, self._chooser.blank(blank)) for blank in rows.blanks if blank is not None]
        if len(rows.rows) > 1 or not any(choice.sure or choice.choices for _, choice in choices):
            self._say("missed", rows.where, heads)
            return
        for blank, choice in choices:
            self._blank(blank, choice)

    def _cell_text(self, rows: BlankRows, choice: RowsChoice, at: int) -> str:
        if at in choice.counting:
            return f"{{{{ {self._labels.word(words.ROW_NUMBER, self._locale)} }}}}"
        column = choice.columns[at]
        assert choice.sure is not None  # noqa: S101  (rows that are sure)
        return self._column(choice.sure, column) if column is not None and rows.blanks[at] is not None else ""

    def _column(self, target: ListTarget, column: RecordColumn) -> str:
        joined = f' | {self._labels.word("join", self._locale)}("、")' if column.cell in ("texts", "line_texts") else ""
        return f"{{{{ {self._row}.{self._path(target, column)}{joined} }}}}"

    def _path(self, target: ListTarget, column: RecordColumn) -> str:
        holder, steps = self._labels.entry(target), []
        for step in column.path:
            steps.append(self._labels.fact_label(holder, step, self._locale))
            holder = (holder.names or {}).get(step, Known())
        return ".".join(steps)

    def _list_name(self, target: ListTarget) -> str:
        return self._labels.expression(Target(target.kind, (target.name,), "entries"), self._locale)

    @property
    def _row(self) -> str:
        if self._locale.startswith("en"):
            return _ROW["en"]
        return _ROW_NAME_TRADITIONAL if self._locale == "zh_Hant" else _ROW_NAME

    def _total(self, blank: Blank) -> str:
        """Return the placeholder of the sum below rows; nothing if a blank is not one."""
        if blank.below is None or blank.below[0] not in self._lists:
            return ""
        _, choice = self._lists[blank.below[0]]
        column = choice.columns[blank.below[1]] if blank.below[1] < len(choice.columns) else None
        if choice.sure is None or column is None or column.cell != "number":
            return ""
        name = self._list_name(choice.sure)
        return f'{{{{ {name} | {self._labels.word("sum", self._locale)}("{self._path(choice.sure, column)}") }}}}'


def _words(blank: Blank) -> str:
    """Return the words that name a blank for people."""
    own = blank.labels[:1] or blank.names[:1]
    parts = [part.strip() for part in (*reversed(blank.row[:1]), *own, *blank.heads[:1]) if part.strip()]
    if parts:
        return " ".join(dict.fromkeys(parts))
    return f"{blank.before[-8:]}____{blank.behind}".strip("_ ") and f"{blank.before[-8:]}____{blank.behind}".strip()
