"""The tables that hold a record, derived from its model, so that plugins' section kinds have tables automatically.

``communities`` has a row for each record. Each section kind has a table of the fields that are not lists of records,
and a table for each list of records in it: ``training`` and ``training.sessions``. A record nested in a row becomes
columns with dotted names: ``community.name``, ``group.head``.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel

from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.schema import Measure, Period, Quantity, Section, Share
from kepu_docs.schema.record import is_rolled_up
from kepu_docs.schema.shapes import TextShape, children, choices_of, innermost, is_list, shape, types_of, unit_of
from kepu_docs.schema.text import PARAGRAPH_LENGTH

CellKind: TypeAlias = Literal["text", "line_texts", "texts", "number", "share", "truth", "choice", "day", "period"]
"""The content of a cell; ``texts`` are several texts in one cell, ``line_texts`` several that only line breaks
separate."""

COMMUNITIES: Final = "communities"
CODE: Final = "code"
"""The column of the tables other than ``communities`` that identifies the record that a row belongs to."""
_MOST_LETTERS: Final = 31
"""The longest sheet name that Excel allows, in characters."""

_no_sheet = re.compile(r"[\[\]:*?/\\']")
"""The characters that Excel does not allow in the name of a sheet."""


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column of a record's table: a field of the row's model, or of a record nested in it."""

    path: tuple[str, ...]
    """The names of the fields, starting from the row's model."""
    owners: tuple[type[BaseModel], ...]
    """The models that define these fields."""
    cell: CellKind
    required: bool

    @property
    def owner(self) -> type[BaseModel]:
        """The model that defines the field itself."""
        return self.owners[-1]

    @property
    def field(self) -> str:
        """The definition of the field."""
        return self.path[-1]

    @property
    def name(self) -> str:
        """The dotted name."""
        return ".".join(self.path)

    @property
    def unit(self) -> str:
        """The unit of a quantity; empty for other fields."""
        return unit_of(self.owner, self.field)

    @property
    def may_have_decimals(self) -> bool:
        """Whether it is a quantity that may have decimals: an area, a length, a share."""
        types = types_of(self.owner.model_fields[self.field])
        return any(isinstance(each, type) and issubclass(each, Measure | Share) for each in types)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words from which its values are chosen; empty if it is not a choice."""
        return choices_of(self.owner, self.field)

    def labels(self, vocabulary: Vocabulary, locale: str) -> Iterator[str]:
        """Yield the names that the column may have in ``locale``, of the field alone."""
        yield from vocabulary.names(self.owner, self.field, locale)

    def full_label(self, vocabulary: Vocabulary, locale: str) -> str:
        """Return the names of all fields on the path."""
        return "·".join(
            vocabulary.label(owner, name, locale) for owner, name in zip(self.owners, self.path, strict=True)
        )


@dataclass(frozen=True)
class RecordTable:
    """A table in which records are kept: its name, the model of its rows, and its columns."""

    path: tuple[str, ...]
    """Empty for ``communities``, else the section kind and, for a list, its field."""
    model: type[BaseModel]
    owner: type[BaseModel]
    """The model that has the list; that of the section for a section's own table."""
    columns: tuple[RecordColumn, ...]
    left_out: tuple[str, ...] = ()
    """Fields that no table can hold: lists nested in the records of a list."""

    @property
    def name(self) -> str:
        """The name of the table: ``training.sessions``."""
        return ".".join(self.path) or COMMUNITIES

    @property
    def is_list(self) -> bool:
        """Whether its rows are the records of a list in a section."""
        return len(self.path) == 2

    def label(self, vocabulary: Vocabulary, locale: str) -> str:
        """Return the name of its sheet in ``locale``."""
        if not self.path:
            label = vocabulary.label(self.owner, "community", locale)
            return COMMUNITIES if label == "community" else label
        label = kind = _no_sheet.sub("", vocabulary.choice_label(self.path[0], locale))
        if self.is_list:
            separator = "." if kind == self.path[0] else "-"
            rest = separator + _no_sheet.sub("", vocabulary.label(self.owner, self.path[1], locale))
            # The part that distinguishes the sheets of one kind is not cut off.
            label = kind[: max(_MOST_LETTERS - len(rest), 1)] + rest
        return label[:_MOST_LETTERS]

    def headings(self, vocabulary: Vocabulary, locale: str) -> list[str]:
        """Return the columns' headings in ``locale``: the field's name, preceded by its path in a nested record."""
        return [
            vocabulary.label(column.owner, column.field, locale)
            if len(column.path) == 1 or column.path[0] == "community"
            else column.full_label(vocabulary, locale)
            for column in self.columns
        ]


def record_tables(model: type[BaseModel]) -> Iterator[RecordTable]:
    """Yield the tables in which records of a model are kept: ``communities`` first, then the kinds in order.

    Plugins' section kinds have tables in the same way as the built-in ones. Fields that only the summaries of higher
    bodies have are not in any table.
    """
    columns, _, left_out = _columns(model, skip=("sections",))
    yield RecordTable((), model, model, tuple(columns), tuple(left_out))
    for section in children(model, "sections"):
        if not issubclass(section, Section):
            raise TypeError(section)
        if section.rolled_up:
            continue
        kind = section.kind_name()
        columns, lists, left_out = _columns(section, skip=("kind",))
        own = {name for name, _ in lists}
        yield RecordTable(
            (kind,), section, section, tuple(columns), tuple(each for each in left_out if each not in own)
        )
        for name, row in lists:
            columns, _, left_out = _columns(row)
            yield RecordTable((kind, name), row, section, tuple(columns), tuple(left_out))


def _columns(
    model: type[BaseModel],
    path: tuple[str, ...] = (),
    owners: tuple[type[BaseModel], ...] = (),
    *,
    skip: tuple[str, ...] = (),
    required: bool = True,
) -> tuple[list[RecordColumn], list[tuple[str, type[BaseModel]]], list[str]]:
    """Return the columns of a model, its lists of records, and the fields that would need a nested table."""
    columns: list[RecordColumn] = []
    lists: list[tuple[str, type[BaseModel]]] = []
    deep: list[str] = []
    for name, field in model.model_fields.items():
        if name in skip or is_rolled_up(field):
            continue
        here, those = (*path, name), (*owners, model)
        inner = [each for each in children(model, name) if not issubclass(each, Quantity | Period)]
        needed = required and field.is_required()
        if not inner:
            columns.append(RecordColumn(here, those, _cell(model, name), needed))
        elif len(inner) > 1:
            continue  # a text in passages, which is not written in a table
        elif is_list(field):
            deep.append(".".join(here))
            if not path:
                lists.append((name, inner[0]))
        else:
            more, _, deeper = _columns(inner[0], here, those, required=needed)
            columns += more
            deep += deeper
    return columns, lists, deep


def _cell(model: type[BaseModel], name: str) -> CellKind:
    field = model.model_fields[name]
    types = set(types_of(field))
    if choices_of(model, name):
        return "truth" if bool in types else "choice"
    quantities = [each for each in types if isinstance(each, type) and issubclass(each, Quantity)]
    if quantities:
        return "share" if quantities == [Share] else "number"
    if Period in types:
        return "period"
    if datetime.date in types:
        return "day"
    if is_list(field):
        # Paragraphs and sentences hold commas and semicolons of their own; names and words do not.
        entry = innermost(shape(field.annotation, field.metadata))
        return "line_texts" if isinstance(entry, TextShape) and entry.limit >= PARAGRAPH_LENGTH else "texts"
    return "number" if types & {int, float} else "text"
