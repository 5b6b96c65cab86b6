"""Joins the rows of several tables to records, in the order of the communities."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Final

from kepu_docs.plugin import (
    N_,
    Fault,
    Place,
    RecordForm,
    RecordTable,
    SourceError,
    SourceRecord,
    first_faults,
)
from kepu_sources.tables.beside_facts import listed
from kepu_sources.tables.example_rows import without_mark
from kepu_sources.tables.fact_rows import EXAMPLE_KEY, FactRows, KeyedRow, name_of
from kepu_sources.tables.headings import known_headings, read_heads
from kepu_sources.tables.known_sheets import READ_AS, known_sheets
from kepu_sources.tables.made_records import MadeRecord
from kepu_sources.tables.sheets import Heads, Row, Sheet
from kepu_sources.tables.strays import NO_CODE_BUT_EXAMPLE, stray_records
from kepu_sources.tables.table_names import CODE, CODE_COLUMN, Layout, layout_of
from kepu_sources.tables.upright import as_rows
from kepu_sources.tables.waiting_rows import Group, Named, WaitingRows

_MOST_TOGETHER: Final = 200
"""How many rows are grouped together at most."""
MOST_ROWS_OF_ONE: Final = 100_000
"""The most rows of one community in all tables together: memory holds them at once. A list has at most 10,000
entries."""
_MOST_TITLES: Final = 12
"""How many names of sheets a message shows."""
_NEAR_CODE: Final = N_("no community has the code “{code}”; did you mean “{near}”? The row is left out")

_chinese = re.compile(r"[\u4e00-\u9fff]{2,60}")


def joined(name: str, sheets: Iterable[Sheet], form: RecordForm, folder: str) -> Iterator[SourceRecord]:
    """Yield a record for each row of the table of communities, with its rows of the other tables.

    Raises ``SourceError`` if there is no such table, or if a heading of it is doubtful.
    """
    with closing(WaitingRows()) as waiting:
        yield from _Join(name, layout_of(form), folder, waiting).records(list(sheets))


class _Join:
    def __init__(self, name: str, layout: Layout, folder: str, waiting: WaitingRows) -> None:
        self._name = name
        self._layout = layout
        self._folder = folder
        self._waiting = waiting
        self._warnings: list[Fault] = []
        self._lost: list[Fault] = []
        """Faults for facts that would be in no document and belong to no known community."""
        self._heads: list[Heads] = []

    def records(self, sheets: list[Sheet]) -> Iterator[SourceRecord]:
        communities: list[Sheet] = []
        known = known_sheets(self._name, sheets, self._layout)
        self._warnings += known.warnings
        self._lost += known.lost
        for given, table in known.tables:
            sheet = as_rows(given, table, self._layout)
            if table is self._layout.communities:
                communities.append(sheet)
            else:
                self._wait(sheet, table, [each for _, each in known.tables])
        if len(communities) != 1:
            if communities:
                raise SourceError.at(
                    Place(self._name), N_("two tables have the name “{name}”"), name=self._layout_name()
                )
            text = N_(
                "there is no table “{name}”, with one row for each community; the tables here are: {tables}. "
                "“kepu-docs workbook” makes a workbook with the right tables, into which the rows can be copied"
            )
            raise SourceError.at(Place(self._name), text, name=self._layout_name(), tables=_titles(sheets))
        self._waiting.all_added()
        (sheet,) = communities
        yield from self._records_of(sheet)
        yield from stray_records(self._name, self._waiting, self._heads)
        if self._lost:
            place = self._lost[0].place
            yield SourceRecord(
                place.record or self._name, {}, place=str(place.line or place.cell), faults=tuple(self._lost), read=1.0
            )

    def _layout_name(self) -> str:
        return " / ".join(dict.fromkeys((self._layout.communities.name, *self._layout.names(self._layout.communities))))

    def _wait(self, sheet: Sheet, table: RecordTable, others: Collection[RecordTable]) -> None:
        """Store the rows of a sheet until their communities are read."""
        heads, rows = self._head_of(sheet, table, others)
        number = len(self._heads)
        self._heads.append(heads)
        self._waiting.add(number, self._groups(number, FactRows(heads, rows, self._warnings)))

    def _head_of(
        self, sheet: Sheet, table: RecordTable, others: Collection[RecordTable]
    ) -> tuple[Heads, Iterator[Row]]:
        """Return columns and rows of a sheet, as a list if a section's sheet has the headings of one of its lists.

        ``others`` are the tables of the other sheets.
        """
        meant: RecordTable | None = None
        try:
            heads, rows, warnings = read_heads(sheet, table, self._layout)
        except SourceError:
            meant = self._list_meant(sheet, table, others, 0)
            if meant is None:
                raise
        else:
            meant = self._list_meant(sheet, table, others, len(heads.columns))
            if meant is None:
                self._warnings += warnings
                return heads, rows
        values = (("name", sheet.title), ("near", self._layout.names_of(meant)))
        self._warnings.append(Fault(Place(self._name, cell=sheet.title), READ_AS, values))
        return self._head(sheet, meant)

    def _list_meant(
        self, sheet: Sheet, table: RecordTable, others: Collection[RecordTable], known: int
    ) -> RecordTable | None:
        """Return the list whose headings a section's sheet has, of which its own table knows hardly any."""
        if table.is_list or known > 1:
            return None
        lists = [each for each in self._layout.lists(table) if each not in others]
        scores = [known_headings(sheet, each, self._layout) for each in lists]
        most = max(scores, default=0)
        return lists[scores.index(most)] if most > max(known, 1) and scores.count(most) == 1 else None

    def _head(self, sheet: Sheet, table: RecordTable) -> tuple[Heads, Iterator[Row]]:
        heads, rows, warnings = read_heads(sheet, table, self._layout)
        self._warnings += warnings
        return heads, rows

    def _groups(self, sheet: int, facts: FactRows) -> Iterator[tuple[str, Group]]:
        """Yield the rows of a sheet with their code, consecutive ones grouped."""
        held, group = "", Group([], [], [], [])
        for row, key, content, owner in facts.of_others():
            if key != held or len(group.rows) >= _MOST_TOGETHER:
                if group.rows:
                    yield held, group
                held, group = key, Group([], [], [], [])
            if content.times:
                group.times.extend((len(group.rows), time) for time in content.times)
            group.rows.append(row)
            group.data.append(content.data)
            if content.bad:
                group.bad.extend((row, bad) for bad in content.bad)
            if owner and key:
                self._waiting.add_owner(key, owner, sheet, row)
        if group.rows:
            yield held, group

    def _records_of(self, sheet: Sheet) -> Iterator[SourceRecord]:
        heads, rows = self._head(sheet, self._layout.communities)
        facts = FactRows(heads, rows, self._warnings)
        communities = self._shared(heads, facts.of_communities())
        if self._heads:
            # The owners of rows in other tables are known once all codes and names are.
            communities = self._gathered(communities)
        held = next(communities, None)
        if held is None:
            if sheet.may_be_empty:
                return
            self._require_codes()
            text = N_("the table has no rows; fill in a row for each community")
            raise SourceError.at(Place(self._name, cell=sheet.title), text)
        alone = True
        while held:
            # What follows the last row is left out with it.
            broken: SourceError | None = None
            try:
                following = next(communities, None)
            except SourceError as error:
                following, broken = None, error
            alone = alone and following is None and broken is None
            if not alone:
                self._require_codes()
            community, share = held
            yield self._record(heads, community, share, alone=alone, has_code=community.row not in facts.uncoded)
            if broken:
                raise broken
            held, alone = following, False

    def _require_codes(self) -> None:
        """Raise ``SourceError`` for a table that does not say to whom its rows belong."""
        for heads in self._heads:
            if heads.key is None and heads.owner is None and heads.columns:
                text = N_("the table has no column “{name}”, which says who a row belongs to")
                place = Place(heads.sheet.place(1, None, "").record, cell=heads.sheet.title)
                raise SourceError.at(place, text, name=" / ".join(dict.fromkeys(self._layout.code_names())))

    def _shared(self, heads: Heads, communities: Iterator[KeyedRow]) -> Iterator[tuple[KeyedRow, float]]:
        """Yield the rows of communities, with the share of their table that has been read."""
        for each in communities:
            data = each.content.data.get("community", {})
            code = data.get(CODE, "")
            if code and not data.get("name") and _chinese.fullmatch(code):
                data["name"] = data.pop(CODE)
                text = N_("the cell for the code has the name of the community, which is used instead")
                self._warnings.append(Fault(heads.at(each.row, ("community", CODE)), text))
            if name := without_mark(str(data.get("name", ""))):
                data["name"] = name
                text = N_("the word “example” before the name is left out")
                self._warnings.append(Fault(heads.at(each.row, ("community", "name")), text))
            yield each, heads.sheet.share(each.row)

    def _gathered(self, communities: Iterator[tuple[KeyedRow, float]]) -> Iterator[tuple[KeyedRow, float]]:
        """Yield the rows of communities once all have been read."""
        broken: SourceError | None = None
        try:
            self._waiting.gather((each, _named(each), share) for each, share in communities)
        except SourceError as error:
            broken = error
        yield from self._waiting.gathered()
        if broken:
            raise broken

    def _record(self, heads: Heads, community: KeyedRow, share: float, *, alone: bool, has_code: bool) -> SourceRecord:
        row, key, content, _ = community
        made = MadeRecord(heads, row, content)
        named = _named(community)
        if alone:
            # With a single community, everything belongs to it.
            made.faults += self._lost
            self._lost = []
        before = self._waiting.seen(key)
        others = self._waiting.others(key, row)
        if not has_code and not alone:
            made.faults.append(Fault(_code_place(heads, row), NO_CODE_BUT_EXAMPLE))
        if before is not None:
            text = N_("row {row} already has this community; each needs a code of its own")
            made.faults.append(Fault(_code_place(heads, row), text, (("row", before),)))
        elif others:
            self._waiting.see(row, key)
            text = N_(
                "row {row} has the same code, so it is unclear who the rows of the other tables "
                "belong to; each community needs a code of its own"
            )
            made.faults.append(Fault(_code_place(heads, row), text, (("row", others[0]),)))
        else:
            keys = self._keys(key, named.name, alone=alone)
            self._waiting.see(row, *keys)
            self._join_rows(heads, made, key, row, keys)
            made.faults += first_faults(self._disagreeing(key, named.name))
            self._join_nearly(made, key)
        made.faults += made.doubtful()
        self._warnings += first_faults(made.several())
        self._warnings += first_faults(made.repeated())
        self._warnings += self._namesakes(heads, community, named)
        warnings = tuple(self._warnings)
        self._warnings.clear()
        place = heads.place(row)
        return SourceRecord(
            place.record or self._name,
            made.data(),
            place=str(place.line or place.cell),
            line=place.line or 1,
            folder=self._folder,
            find=made.find,
            faults=tuple(first_faults(made.faults)),
            refused=made.refused,
            warnings=warnings,
            read=share,
        )

    def _keys(self, key: str, name: str, *, alone: bool) -> list[str]:
        """Return the keys that rows of a community may have: its code, and its name if no other community has it."""
        keys = [key]
        if alone:
            # With a single community, all rows without a code belong to it.
            keys += ["", EXAMPLE_KEY]
        if self._waiting.has_other_keys and name and name != key and self._waiting.is_only(key, name):
            keys.append(name)
        return keys

    def _join_rows(self, heads: Heads, made: MadeRecord, key: str, row: int, keys: Sequence[str]) -> None:
        """Add to a community the rows that wait for one of the keys."""
        rows = 0
        by_name: dict[int, list[Place]] = {}
        for word, number, group in self._waiting.waiting(keys):
            rows += len(group.rows)
            if rows > MOST_ROWS_OF_ONE:
                text = N_("the tables have more than {limit} rows for this community, the most that is allowed")
                made.faults.append(Fault(_code_place(heads, row), text, (("limit", MOST_ROWS_OF_ONE),)))
                break
            made.join(self._heads[number], group)
            if word and word not in (key, EXAMPLE_KEY):
                by_name.setdefault(number, []).extend(
                    self._heads[number].place(each, CODE_COLUMN) for each in group.rows
                )
        for places in by_name.values():
            text = N_("these rows have the name of the community instead of its code, and are assigned by it ({cells})")
            self._warnings.append(Fault(places[0], text, (("cells", listed(places)),)))

    def _disagreeing(self, key: str, name: str) -> Iterator[Fault]:
        """Yield a fault for rows with the code of one community and the name of another: they may belong to either.

        A name may be longer or shorter than that of the community, if no other community has it.
        """
        if not name:
            return
        for code, owner, sheet, row in self._waiting.beside(key, name):
            if self._waiting.is_name(owner) or not (owner in name or name in owner):
                text = N_(
                    "the code “{code}” and the name “{name}” in this row belong to two different "
                    "communities; correct one of them, or delete the name"
                )
                yield Fault(self._heads[sheet].owner_place(row), text, (("code", code), ("name", owner)))

    def _join_nearly(self, made: MadeRecord, key: str) -> None:
        """Add to a community the rows whose code differs only in leading zeros; each is a fault, but not a stray."""
        faults: list[Fault] = []
        for code, number, group in self._waiting.nearly_waiting(key):
            self._waiting.see(0, code)
            heads = self._heads[number]
            made.join(heads, group)
            values = (("code", code), ("near", key))
            faults += (Fault(heads.place(row, CODE_COLUMN), _NEAR_CODE, values) for row in group.rows)
        made.faults += first_faults(faults)

    def _namesakes(self, heads: Heads, community: KeyedRow, named: Named) -> Iterator[Fault]:
        """Yield a warning for a community whose name and street appeared before under another code."""
        before = self._waiting.namesake(community, named)
        if before and before[0] != community.key:
            text = N_(
                "row {row} has a community of the same name with another code; if they are the same, "
                "delete one row; otherwise fill in their streets"
            )
            yield Fault(heads.at(community.row, ("community", "name")), text, (("row", before[1]),))


def _code_place(heads: Heads, row: int) -> Place:
    return heads.at(row, ("community", CODE))


def _named(community: KeyedRow) -> Named:
    """Return what identifies a community besides its code."""
    data = community.content.data.get("community", {})
    name = name_of(community.content)
    return Named(name, "\0".join((name, str(data.get("street", "")), str(data.get("district", "")))))


def _titles(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """Return the names of the first sheets, for messages."""
    titles = tuple(sheet.title for sheet in sheets[:_MOST_TITLES])
    return (*titles, "…") if len(sheets) > _MOST_TITLES else titles or ("–",)
