"""The names of a record's tables and columns in every language, and which table or column a name means."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import Final

from kepu_docs.plugin import (
    Community,
    RecordColumn,
    RecordForm,
    RecordTable,
    Vocabulary,
    near_titles,
    plain_name,
    record_tables,
    short_titles,
    the_only,
)

CODE: Final = "code"
"""The column of all tables except ``communities`` that says to which community a row belongs."""


class Layout:
    """All tables of a record, and the names of the tables and their columns in every language."""

    def __init__(self, form: RecordForm) -> None:
        self.vocabulary = form.vocabulary
        self.tables = tuple(record_tables(form.model))
        self.communities = self.tables[0]
        self._columns: dict[tuple[str, ...], Mapping[str, RecordColumn]] = {}

    @cached_property
    def _by_name(self) -> dict[str, RecordTable]:
        return {
            plain_name(name): table
            for table in reversed(self.tables)
            for name in (table.name, *(table.label(self.vocabulary, locale) for locale in self.vocabulary.locales))
        }

    def table(self, name: str) -> RecordTable | None:
        """Return the table of a ``name`` in some language."""
        return self._by_name.get(plain_name(name))

    @cached_property
    def _by_near_name(self) -> dict[str, list[RecordTable]]:
        found: dict[str, list[RecordTable]] = {}
        for table in self.tables:
            short = {table.path[1]} if table.is_list else set()
            for locale in self.vocabulary.locales:
                label = table.label(self.vocabulary, locale)
                short.update(short_titles(plain_name(label)))
                if table.is_list:
                    short.add(plain_name(self.vocabulary.label(table.owner, table.path[1], locale)))
            for name in short:
                found.setdefault(plain_name(name), []).append(table)
        return found

    def near_tables(self, name: str) -> list[RecordTable]:
        """Return the tables that an unknown ``name`` may mean, including the lists of a section."""
        found = the_only(
            chain([{plain_name(name)}], near_titles(plain_name(name))), lambda each: self._by_near_name.get(each, ())
        )
        kinds = {table.path[0] for table in found if len(table.path) == 1}
        return found + [
            table for table in self.tables if table.is_list and table.path[0] in kinds and table not in found
        ]

    def words(self, table: RecordTable) -> Iterator[str]:
        """Yield the words of a table's name that people may repeat in its headings."""
        for locale in self.vocabulary.locales:
            if table.path:
                yield from short_titles(plain_name(self.vocabulary.choice_label(table.path[0], locale)))
            if table.is_list:
                yield from short_titles(plain_name(self.vocabulary.label(table.owner, table.path[1], locale)))

    def names(self, table: RecordTable) -> Iterator[str]:
        """Yield the names of a table in all languages."""
        for locale in self.vocabulary.locales:
            yield table.label(self.vocabulary, locale)

    def example_heading(self, table: RecordTable) -> str:
        """Return a heading that the table may have, in several languages."""
        column = table.columns[0]
        return " / ".join(dict.fromkeys((column.name, self.shown(column))))

    def shown(self, column: RecordColumn) -> str:
        """Return the name of a column, in several languages."""
        labels = (next(column.labels(self.vocabulary, locale), "") for locale in self.vocabulary.locales)
        return " / ".join(dict.fromkeys(filter(None, labels))) or column.field

    def columns(self, table: RecordTable) -> Mapping[str, RecordColumn]:
        """Return the columns of a table by their plain names in all languages.

        The table of communities also accepts the columns of the sections' own tables, with the section's name before
        them, so that a single flat table is enough.
        """
        if table.path not in self._columns:
            self._columns[table.path] = self._columns_of(table)
        return self._columns[table.path]

    def _columns_of(self, table: RecordTable) -> Mapping[str, RecordColumn]:
        found: dict[str, RecordColumn] = {}
        known = _Names(self.vocabulary, table.columns)
        if table is self.communities:
            for section in self.tables[1:]:
                if not section.is_list:
                    found |= self._flat(section)
        else:
            found |= {plain_name(name): CODE_COLUMN for name in self.code_names()}
        return found | known.shared | known.own

    def _flat(self, section: RecordTable) -> dict[str, RecordColumn]:
        kind = section.path[0]
        names = (kind, *(self.vocabulary.choice_label(kind, locale) for locale in self.vocabulary.locales))
        columns = _Names(self.vocabulary, section.columns)
        return {
            plain_name(name) + word: _in_section(column, kind)
            for name in names
            for word, column in {**columns.shared, **columns.own}.items()
        }

    def code_names(self) -> Iterator[str]:
        """Yield the names of the column of codes."""
        yield CODE
        for locale in self.vocabulary.locales:
            yield from self.vocabulary.names(Community, CODE, locale)


@lru_cache(maxsize=4)
def layout_of(form: RecordForm) -> Layout:
    """Return the tables of a form; the names of all columns in all languages are those of each workbook of a folder."""
    return Layout(form)


CODE_OF_COMMUNITY: Final = ("community", CODE)
"""The path of the code in a record."""
CODE_COLUMN: Final = RecordColumn((CODE,), (Community,), "text", required=True)


class _Names:
    """The names of some columns: ``own`` are full names, ``shared`` those of fields that only one column has."""

    def __init__(self, vocabulary: Vocabulary, columns: Iterable[RecordColumn]) -> None:
        self.own: dict[str, RecordColumn] = {}
        self.shared: dict[str, RecordColumn] = {}
        meant: dict[str, list[RecordColumn]] = {}
        for column in columns:
            self.own[plain_name(column.name)] = column
            short = {plain_name(column.field)}
            for locale in vocabulary.locales:
                self.own[plain_name(column.full_label(vocabulary, locale))] = column
                short |= {plain_name(label) for label in column.labels(vocabulary, locale)}
            for word in short:
                meant.setdefault(word, []).append(column)
        for word, those in meant.items():
            # Columns of the row itself, whose headings are just their names, take precedence over those of records in
            # it.
            direct = [column for column in those if column.path[:-1] in ((), ("community",))]
            if len(those) == 1 or len(direct) == 1:
                self.shared[word] = (direct or those)[0]


def _in_section(column: RecordColumn, kind: str) -> RecordColumn:
    return RecordColumn(("sections", kind, *column.path), column.owners, column.cell, required=False)
