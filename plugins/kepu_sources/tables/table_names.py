"""The names of a record's tables and columns in every language, and which table or column a name means."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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

_EARLIER: Final = "earlier"
"""The field with the main figures of an earlier year."""
CODE: Final = "code"
"""The column of all tables except ``communities`` that says to which community a row belongs."""


class Layout:
    """All tables of a record, and the names of the tables and their columns in every language."""

    def __init__(self, form: RecordForm) -> None:
        self.vocabulary = form.vocabulary
        self.tables = tuple(record_tables(form.model))
        self.communities = self.tables[0]
        self._columns: dict[tuple[str, ...], Mapping[str, RecordColumn]] = {}
        self._words: dict[str, frozenset[str]] = {}

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

    def lists(self, table: RecordTable) -> Iterator[RecordTable]:
        """Yield the lists of a section, which have sheets of their own."""
        return (each for each in self.tables if each.is_list and each.path[0] == table.path[0])

    def names_of(self, table: RecordTable) -> str:
        """Return the names of a table in all languages, for messages."""
        return " / ".join(dict.fromkeys(self.names(table)))

    def names(self, table: RecordTable) -> Iterator[str]:
        """Yield the names of a table in all languages."""
        for locale in self.vocabulary.locales:
            yield table.label(self.vocabulary, locale)

    def example_heading(self, table: RecordTable) -> str:
        """Return a heading that the table may have, in several languages."""
        column = table.columns[0]
        labels = (next(column.labels(self.vocabulary, locale), "") for locale in self.vocabulary.locales)
        return " / ".join(dict.fromkeys((column.name, *filter(None, labels))))

    def shown(self, column: RecordColumn, titles: Iterable[str]) -> str:
        """Return the full name of a column in the language of most headings of its sheet."""
        path, owners = column.path, column.owners
        kind = path[1] if path[0] == "sections" else ""
        if kind:
            path = path[2:]
        elif path[0] == "community":
            path, owners = path[1:], owners[1:]
        locale = self._language_of(titles)
        names = [self.vocabulary.label(owner, name, locale) for owner, name in zip(owners, path, strict=True)]
        return "·".join([self.vocabulary.choice_label(kind, locale), *names] if kind else names)

    def name_at(self, table: RecordTable, path: Sequence[str | int], titles: Iterable[str]) -> str:
        """Return the full name of the column for the value at ``path`` in a row's record; empty if there is none."""
        where = tuple(path)
        columns = list(dict.fromkeys(self.columns(table).values()))
        of_value = (each for each in columns if each.path == where[: len(each.path)])
        # Of a record that is missing as a whole, its name is what a row lacks.
        within = (each for each in columns if each.required and each.path[:-1] == where and each.field != CODE)
        column = next(chain(of_value, within), None)
        return self.shown(column, titles) if column else ""

    def _language_of(self, titles: Iterable[str]) -> str:
        """Return the locale with most words of some headings; English if they have none of any."""
        words = {plain_name(part) for title in titles for part in title.split("·")}
        scores = {locale: len(words & self._words_of(locale)) for locale in self.vocabulary.locales}
        best = max(scores, key=scores.__getitem__, default="")
        return best if scores.get(best) else ""

    def _words_of(self, locale: str) -> frozenset[str]:
        """Return the names of all columns in a language."""
        if locale not in self._words:
            labels = (
                name for table in self.tables for each in table.columns for name in each.labels(self.vocabulary, locale)
            )
            self._words[locale] = frozenset(map(plain_name, labels))
        return self._words[locale]

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
            return found | known.shared | self._of_this_year(known.shared) | known.own
        found |= {plain_name(name): CODE_COLUMN for name in self.code_names()}
        return found | known.shared | known.own

    def _of_this_year(self, names: Mapping[str, RecordColumn]) -> dict[str, RecordColumn]:
        """Return the columns of this year's figures that some ``names`` mean, which are those of last year's too."""
        ours = {
            figure: _in_section(column, section.path[0])
            for section in self.tables[1:]
            if not section.is_list
            for figure, field, _ in getattr(section.model, "main_figures", ())
            for column in section.columns
            if column.path == (field,)
        }
        return {
            name: ours[column.field]
            for name, column in names.items()
            if column.path[0] == _EARLIER and column.field in ours
        }

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
