"""A record put together from the rows of several tables, and the place of each part of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from kepu_docs.plugin import N_, Fault, Period, Place
from kepu_sources.tables.no_values import BadCell
from kepu_sources.tables.repeated_rows import repeated_rows
from kepu_sources.tables.row_contents import RefusedCell, RowContent
from kepu_sources.tables.sheets import Heads, Path
from kepu_sources.tables.times_in_cells import TimeOfYear, outside
from kepu_sources.tables.waiting_rows import Group

_HELD: Final = "held_on"


class MadeRecord:
    """A record that is being put together, and the place of each part of it."""

    def __init__(self, heads: Heads, row: int, content: RowContent) -> None:
        self._heads = heads
        self._row = row
        self._data = content.data
        self._sections: dict[str, list[dict[str, Any]]] = {}
        self._places: dict[str, list[tuple[Heads, int]]] = {}
        """The places of the sections of each kind, in their order."""
        self._lists: dict[tuple[str, str], list[tuple[Heads, list[int]]]] = {}
        self.faults: list[Fault] = []
        self.refused: dict[Place, Any] = {}
        """The contents of the cells that are refused."""
        for refused in content.bad:
            self._refuse(heads, row, refused)
        self._period = _period_of(content.data)
        self._complete(heads, row, content.data, content.times)
        # In a flat table, fields of sections are in the row of the community.
        for kind, fields in self._data.pop("sections", {}).items():
            self._sections[kind] = [{"kind": kind, **fields}]

    def _complete(self, heads: Heads, row: int, data: dict[str, Any], times: Iterable[tuple[int, TimeOfYear]]) -> None:
        """Add the years to the times of a row."""
        for at, time in times:
            found = time.within(self._period)
            if isinstance(found, BadCell):
                self._refuse(heads, row, RefusedCell(at, found, time.found))
            else:
                heads.put(data, at, found)

    def _refuse(self, heads: Heads, row: int, refused: RefusedCell) -> None:
        fault = heads.fault(row, refused)
        self.faults.append(fault)
        self.refused[fault.place] = refused.cell

    def join(self, heads: Heads, group: Group) -> None:
        """Add rows of another table: sections, or records of a list in the first section of its kind."""
        for number, time in group.times:
            self._complete(heads, group.rows[number], group.data[number], [time])
        for row, refused in group.bad:
            self._refuse(heads, row, refused)
        if self._period:
            self._require_within(heads, group, self._period)
        kind = heads.table.path[0]
        if heads.table.is_list:
            name = heads.table.path[1]
            self._section(kind, 0).setdefault(name, []).extend(group.data)
            self._lists.setdefault((kind, name), []).append((heads, group.rows))
            return
        places = self._places.setdefault(kind, [])
        for row, data in zip(group.rows, group.data, strict=True):
            section = self._section(kind, len(places))
            if not places:
                # In the row of the community may stand something else.
                text = N_(
                    "the sheet of the communities has a different value; keep one of the two, and delete the other"
                )
                self.faults += [
                    Fault(heads.at(row, (name,)), text)
                    for name, value in data.items()
                    if section.get(name, value) != value
                ]
            section.update(data)
            places.append((heads, row))

    def _require_within(self, heads: Heads, group: Group, period: Period) -> None:
        """Refuse the events of some rows that were not held in the period of the record."""
        path = (_HELD,)
        for row, data in zip(group.rows, group.data, strict=True):
            held = data.get(_HELD)
            if held is not None and (wrong := outside(held, period)):
                place = heads.at(row, path)
                self.faults.append(Fault(place, wrong.text, wrong.values))
                self.refused[place] = held

    def several(self) -> Iterator[Fault]:
        """Yield a warning for each kind with several sections that differ."""
        for kind, places in self._places.items():
            first, *others = self._sections[kind]
            if not any(each != first for each in others) or self._has_lists(kind):
                continue
            heads, row = places[1]
            text = N_(
                "the community has {count} rows in this sheet, which become as many sections of its "
                "document; if they belong together, merge them into one row"
            )
            yield Fault(heads.place(row), text, (("count", len(places)),))

    def doubtful(self) -> Iterator[Fault]:
        """Yield a fault for each kind with several sections if it is unclear to which the rows of the lists belong."""
        for kind, places in self._places.items():
            if len(places) < 2 or not self._has_lists(kind):
                continue
            heads, row = places[1]
            text = N_(
                "the community has {count} rows in this sheet, so it is unclear which of these "
                "sections the rows of its lists belong to; keep one row, or use a record file (YAML)"
            )
            yield Fault(heads.place(row), text, (("count", len(places)),))

    def _has_lists(self, kind: str) -> bool:
        return any(kind == each for each, _ in self._lists)

    def repeated(self) -> Iterator[Fault]:
        """Yield a warning for each table with identical rows: somebody may have entered them twice."""
        for (kind, name), those in self._lists.items():
            entries = self._sections[kind][0][name]
            places = [(heads, row) for heads, rows in those for row in rows]
            yield from repeated_rows(entries, places, those[0][0].identity())
        for kind, places in self._places.items():
            # The rows of lists belong to the first section, and make it different.
            yield from repeated_rows(self._sections[kind][: len(places)], places, [])

    def _section(self, kind: str, number: int) -> dict[str, Any]:
        sections = self._sections.setdefault(kind, [])
        while len(sections) <= number:
            sections.append({"kind": kind})
        return sections[number]

    def data(self) -> dict[str, Any]:
        """Return the record."""
        sections = [section for each in self._sections.values() for section in each]
        return {**self._data, "sections": sections} if sections else self._data

    def find(self, path: Path) -> Place:
        """Return the place in the source of the value at ``path``."""
        if len(path) < 2 or path[0] != "sections":
            return self._heads.at(self._row, path)
        kind, number = self._section_at(int(path[1]))
        if not kind:
            return self._heads.place(self._row)
        if len(path) > 3 and number == 0 and isinstance(path[3], int):
            at = path[3]
            for heads, rows in self._lists.get((kind, str(path[2])), ()):
                if at < len(rows):
                    return heads.at(rows[at], path[4:])
                at -= len(rows)
        places = self._places.get(kind, ())
        if number < len(places):
            heads, row = places[number]
            return heads.at(row, path[2:])
        return self._heads.at(self._row, ("sections", kind, *path[2:]))

    def _section_at(self, place: int) -> tuple[str, int]:
        """Return the kind of the section at a position, and its index in that kind; an empty kind if there is none."""
        for kind, each in self._sections.items():
            if place < len(each):
                return kind, place
            place -= len(each)
        return "", 0


def _period_of(data: Mapping[str, Any]) -> Period | None:
    """Return the period of a record; ``None`` if it has none, or one that the record's own rules refuse."""
    try:
        return Period.model_validate(data["period"])
    except (KeyError, ValueError):
        return None
