"""An empty workbook to fill in: the tables of a record, with headings, drop-downs, an example and explanations."""

import datetime
import io
from collections.abc import Sequence
from typing import Final

from kepu_docs.contract.record_tables import RecordColumn, RecordTable, record_tables
from kepu_docs.errors import N_, Place, SourceError
from kepu_docs.locale.words import Words
from kepu_docs.registry import Registry
from kepu_docs.schema import Photo
from kepu_docs.starters.common_columns import common_columns
from kepu_docs.starters.filled_in import FilledIn
from kepu_docs.starters.record_sheets import RecordSheets

# The same workbook gives the same file, whenever it is made.
_MADE_ON: Final = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
_NOTES: Final = (
    N_("Fill in one row for each community in the first sheet; in the other sheets, give the code of the community."),
    N_("Columns marked * are required. Leave blank what you do not know; it leaves no trace in the document."),
    N_(
        "Sheets with “-” in their names hold lists, one row for each entry; the others hold what is "
        "stated once for a section."
    ),
    N_("The sections of the documents follow the order of the sheets."),
    N_("Example rows are not read. You may move columns, and delete sheets that you do not need."),
)
_NOTES_OF_ONE: Final = (
    N_("In the sheets with labels, fill in the second column; the other sheets take one row for each list entry."),
    N_(
        "Lines and columns marked * are required. Leave blank what you do not know; it leaves no trace in the document."
    ),
    N_("The sections of the documents follow the order of the sheets."),
    N_("The grey examples are not read. You may delete sheets that you do not need."),
    N_("The column of codes may be left blank: all rows belong to this community."),
)
_NOTES_OF_FAULTS: Final = (
    N_("Correct the red cells: the list below and the comments in the cells say what is wrong."),
    *_NOTES_OF_ONE,
)
_TABS: Final = ("#5B9BD5", "#A5A5A5")
"""Alternating colours, which show that the sheets of one kind belong together."""


def empty_workbook(
    registry: Registry, kinds: Sequence[str], words: Words, *, short: bool = False, filled: FilledIn | None = None
) -> bytes:
    """Return an XLSX workbook for records with sections of the kinds, in the language of ``words``.

    A ``short`` one has the columns that most summaries use. A workbook for a single community already has the values
    ``filled`` in for it, even if that is only its name, and the columns that these need.

    Raises ``SourceError`` if XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        text = N_('workbooks need the extra “excel”: pip install "kepu-docs[excel]"')
        raise SourceError.at(Place(), text) from None
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE_ON})
    sheets = RecordSheets(book, words, filled)
    tables = [
        (table, columns)
        for table in record_tables(registry.model)
        if (columns := _columns(table, short=short, filled=filled or FilledIn()))
    ]
    sheets.add(*tables[0], _TABS[-1])
    for number, kind in enumerate(kinds):
        for table, columns in tables:
            if table.path[:1] == (kind,):
                sheets.add(table, columns, _TABS[number % len(_TABS)])
    sheets.explain(_NOTES if filled is None else _NOTES_OF_FAULTS if filled.has_faults else _NOTES_OF_ONE)
    book.close()
    return file.getvalue()


def _columns(table: RecordTable, *, short: bool, filled: FilledIn) -> list[RecordColumn]:
    # Few communities have photographs; those that have some add a sheet, as the guide says.
    asked = () if table.model is Photo else common_columns(table) if short else table.columns
    return [column for column in table.columns if column in asked or filled.has(table.name, column)]
