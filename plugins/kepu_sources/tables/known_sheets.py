"""Which sheets hold which tables of a record, and what happens to the others."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from kepu_docs.plugin import N_, Fault, Place, RecordTable, first_faults, plain_name
from kepu_sources.tables.headings import known_headings
from kepu_sources.tables.sheets import Sheet
from kepu_sources.tables.table_names import Layout

_SHEETS_NOT_READ: Final = ("columns", "填写说明", "填寫說明")
"""The titles, in all languages, of the sheet that explains the columns of a workbook to fill in."""
_MOST_NEAR: Final = 50
"""For how many sheets with unknown names similar names are looked up."""

READ_AS: Final = N_("the table “{name}” is read as “{near}”; if that is wrong, rename it")

_notes = re.compile(
    r".{0,10}(?:说明|說明|须知|須知|目录|目錄|封面|字典|选项|選項|下拉|备注|備註|注意事项|notes?|readme|contents)",
    re.IGNORECASE,
)
"""Titles of sheets that hold no facts."""


class KnownSheets(NamedTuple):
    """The sheets that are read, each with its table, and the faults and warnings about the others."""

    tables: list[tuple[Sheet, RecordTable]]
    warnings: list[Fault]
    lost: list[Fault]
    """Faults for sheets with facts that would be in no document."""


def known_sheets(name: str, sheets: Sequence[Sheet], layout: Layout) -> KnownSheets:
    """Return the sheets of a source called ``name`` with their tables; a single sheet is the table of communities.

    Facts in other sheets would be in no document: that is a fault, unless the sheet holds only notes.
    """
    explanations = {plain_name(each) for each in _SHEETS_NOT_READ}
    tables = [(sheet, layout.table(sheet.title)) for sheet in sheets if plain_name(sheet.title) not in explanations]
    others = [sheet for sheet, table in tables if table is None and not sheet.is_shared and not sheet.is_blank()]
    known = {id(sheet): table for sheet, table in tables if table is not None}
    near = _near_tables(others, list(known.values()), layout)
    visible = [sheet for sheet in others if not sheet.hidden]
    if len(visible) == 1 and not known and not near:
        return KnownSheets([(visible[0], layout.communities)], [], [])
    unread = [sheet for sheet in others if id(sheet) not in near]
    lost = [sheet for sheet in unread if not sheet.hidden and _holds_facts(sheet)]
    known |= near
    warnings = first_faults(
        Fault(
            Place(name, cell=sheet.title),
            READ_AS,
            (("name", sheet.title), ("near", layout.names_of(near[id(sheet)]))),
        )
        for sheet in others
        if id(sheet) in near
    )
    text = N_("unknown table “{name}”; it is not read")
    warnings += first_faults(
        Fault(Place(name), text, (("name", sheet.title),)) for sheet in unread if sheet not in lost
    )
    text = N_("the hidden sheet “{name}” is read too")
    warnings += first_faults(
        Fault(Place(name, cell=sheet.title), text, (("name", sheet.title),))
        for sheet in sheets
        if sheet.hidden and id(sheet) in known and not sheet.is_blank()
    )
    text = N_(
        "unknown table “{name}”, whose contents would not be in any document; rename it to one of "
        "the sheets of the workbook you received, or delete it"
    )
    faults = first_faults(Fault(Place(name, cell=sheet.title), text, (("name", sheet.title),)) for sheet in lost)
    return KnownSheets([(sheet, known[id(sheet)]) for sheet in sheets if id(sheet) in known], warnings, faults)


def _near_tables(others: Sequence[Sheet], known: Sequence[RecordTable], layout: Layout) -> dict[int, RecordTable]:
    """Return the tables that sheets of unknown names mean, if each can mean only one that no other sheet means."""
    meant: dict[tuple[str, ...], list[tuple[int, RecordTable]]] = {}
    for sheet in others[:_MOST_NEAR]:
        tables = [table for table in layout.near_tables(sheet.title) if table not in known]
        scores = [known_headings(sheet, table, layout) for table in tables]
        most = max(scores, default=0)
        if most and scores.count(most) == 1:
            table = tables[scores.index(most)]
            meant.setdefault(table.path, []).append((id(sheet), table))
    return dict(those[0] for those in meant.values() if len(those) == 1)


def _holds_facts(sheet: Sheet) -> bool:
    return _notes.fullmatch(sheet.title.strip()) is None and sheet.has_table()
