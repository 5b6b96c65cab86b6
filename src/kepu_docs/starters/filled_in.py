"""The values already in a workbook for one community, by table, row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from kepu_docs.contract.record_tables import CODE, COMMUNITIES, RecordColumn
from kepu_docs.locale.words import Words

ColumnPath: TypeAlias = tuple[str, ...]
"""The names of the fields, starting from the row's model."""

_CODE: Final = ("community", CODE)
_NAME: Final = ("community", "name")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a table: the values of a record, and the faults of some of them."""

    values: Mapping[ColumnPath, Any] = field(default_factory=dict)
    remarks: Mapping[ColumnPath, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FilledIn:
    """The values filled in for one community; empty for a general workbook."""

    rows: Mapping[str, Sequence[FilledRow]] = field(default_factory=dict)
    """By the names of the tables."""
    locked: frozenset[ColumnPath] = frozenset()
    """Columns of the first table that must not be changed."""

    def of(self, table: str) -> Sequence[FilledRow]:
        """Return the rows of a table."""
        return self.rows.get(table, ())

    @property
    def key(self) -> str:
        """The value that identifies the record in the rows of lists: the code, or if there is none the name."""
        values = next((row.values for row in self.of(COMMUNITIES)), {})
        return str(values.get(_CODE) or values.get(_NAME) or "")

    @property
    def has_faults(self) -> bool:
        """Whether any row has faults."""
        return any(row.remarks for rows in self.rows.values() for row in rows)

    def has(self, table: str, column: RecordColumn) -> bool:
        """Return whether a column of a table has a value or a fault to show."""
        return any(column.path in row.values or column.path in row.remarks for row in self.of(table))


def as_written(value: Any, column: RecordColumn, words: Words) -> Any:
    """Return a value of a record as people write it into a cell: a text, or a number."""
    if isinstance(value, bool):
        return words.choice("true" if value else "false")
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        texts = [str(each) for each in value]
        # A single text that contains 、 would come back as two.
        return "\n".join(texts) + ("；" if len(texts) == 1 and "、" in texts[0] and column.cell == "texts" else "")
    if isinstance(value, Mapping):
        return " ".join(str(each) for each in value.values())
    return words.choice(value) if value in column.choices else str(value)
