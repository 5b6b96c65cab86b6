"""Sheets to fill in, with an example, ready to be printed on A4.

A table is horizontal, with a row for each record under headings; if there is only one record it is vertical, with a
line for each column: its name, the value to fill in, an example, its meaning.
"""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from kepu_docs.contract.record_tables import CODE, RecordColumn, RecordTable
from kepu_docs.errors import N_
from kepu_docs.locale.words import Words
from kepu_docs.output.workbooks import A4
from kepu_docs.schema import Community
from kepu_docs.starters.column_help import MAY_HOLD, ColumnHelp
from kepu_docs.starters.filled_in import FilledIn, FilledRow, as_written
from kepu_docs.typography.columns import width

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

COLUMNS: Final = N_("columns")
"""The English name of the sheet that explains the columns; it is not read."""
EXAMPLE: Final = N_("example")
"""The text in place of a code in the row of an example, in English; the row is not read."""
EXAMPLE_NAME: Final = "_kepu_example"
"""A hidden name in each sheet with an example: the row of the example."""
EXAMPLE_CELLS_NAME: Final = "_kepu_example_cells"
"""A hidden name in each sheet with an example: its cells that are not blank, as texts, each after its heading."""

_CHECKED_ROWS: Final = 20_000
_RULED_ROWS: Final = 20
"""Blank ruled rows, for people who fill in by hand."""
_WIDTHS: Final = {
    "text": 16,
    "texts": 22,
    "line_texts": 44,
    "number": 9,
    "share": 9,
    "truth": 8,
    "choice": 10,
    "period": 12,
    "day": 12,
}
_CODE_WIDTH: Final = 10
_MOST_LINES: Final = 25
"""The most lines of text in the height of a row; Excel allows hardly more."""
_MOST_OF_A_CELL: Final = 32_000
_FIRST: Final = 2
"""The row below the headings and the example, counted from 0."""
_RULED_LINE: Final = 20
"""The height of the ruled rows, in points: 7 mm, with which all of them fit on a landscape page of A4."""
_LINE: Final = 15
"""The height of a line of text, in points."""
_DAY: Final = "yyyy-mm-dd"
_CODE: Final = ("community", CODE)
_NAME: Final = ("community", "name")
_MARGIN: Final = 0.4
"""The margin of a printed page, in inches."""
_PORTRAIT: Final = 96
_LANDSCAPE: Final = 145
"""How many characters fit side by side on a landscape page of A4, in the size that they have on the screen."""
_SMALLEST: Final = 0.7
"""The smallest legible share of that size: 8 points."""

_UPRIGHT: Final = {
    N_("Item (* = required)"): 20,
    N_("Filled in"): 34,
    N_("Example (not read)"): 18,
    N_("What it means"): 34,
}
"""The columns of a sheet that stands upright, and how wide they are; the second is read by this name too."""
_WHAT_IS_WRONG: Final = N_("What it means; in red: the error")
"""What the last of them is called where something is."""
_LINES_OF: Final = {"line_texts": 4, "texts": 2}
"""How many lines are reserved for long texts."""

_EXPLAINED: Final = {
    N_("Sheet"): 22,
    N_("Column"): 24,
    N_("What it means"): 52,
    N_("Allowed values"): 52,
    N_("Required"): 8,
    N_("Example"): 28,
}
"""The columns of the sheet that explains, and how wide they are."""
_NO_TABLE: Final = N_("a list within a list, which a table cannot hold; use a record file (YAML)")
_TO_MEND: Final = N_("Sheet to correct")
_LAST_TAB: Final = "#ED7D31"


class Explanation(NamedTuple):
    """A row of the sheet of explanations."""

    title: str
    heading: str
    about: str
    holds: str
    needed: bool
    shown: str


class RecordSheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: "Workbook", words: Words, filled: FilledIn | None) -> None:
        """``filled`` makes it a workbook for a single community."""
        self._book = book
        self._filled = filled or FilledIn()
        self._single = filled is not None
        self._has_faults = self._filled.has_faults
        self._words = words
        self._help = ColumnHelp(words)
        head = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        self._head = book.add_format({**head, "bg_color": "#DDEBF7"})
        self._needed = book.add_format({**head, "bg_color": "#FCE4D6"})
        ruled = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
        example = {**ruled, "align": "left", "italic": True, "font_color": "#7F7F7F", "bg_color": "#F2F2F2"}
        self._example = book.add_format(example)
        self._example_day = book.add_format({**example, "num_format": _DAY})
        self._plain = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        kinds = {"number": {}, "day": {"num_format": _DAY, "align": "left"}, "text": {"num_format": "@"}}
        cell = {"valign": "top", "text_wrap": True}
        self._cells = {kind: book.add_format({**cell, **each}) for kind, each in kinds.items()}
        self._ruled = {kind: book.add_format({**ruled, **each}) for kind, each in kinds.items()}
        faulty = {**ruled, "bg_color": "#FFC7CE", "locked": False}
        self._faulty = {kind: book.add_format({**faulty, **each}) for kind, each in kinds.items()}
        self._open = {kind: book.add_format({**ruled, **each, "locked": False}) for kind, each in kinds.items()}
        self._locked = book.add_format({**ruled, "num_format": "@", "bg_color": "#E7E6E6", "bold": True})
        self._label = book.add_format({**ruled, "bold": True})
        self._needed_label = book.add_format({**ruled, "bold": True, "bg_color": "#FCE4D6"})
        self._about = book.add_format({**ruled, "font_size": 10})
        self._wrong = book.add_format({**ruled, "font_size": 10, "font_color": "#C00000"})
        self._link = book.add_format({**ruled, "font_color": "#C00000", "underline": 1})
        self._explained: list[Explanation] = []
        self._to_mend: list[tuple[str, int, int, str]] = []
        """For each faulty cell: the sheet, row and column counted from 0, and the fault."""

    def add(self, table: RecordTable, columns: Sequence[RecordColumn], color: str) -> None:
        """Add the sheet of a table with some of its columns."""
        if self._single and not table.is_list and len(self._filled.of(table.name)) <= 1:
            self._add_upright(table, columns, color)
        else:
            self._add_lying(table, columns, color)

    def _add_upright(self, table: RecordTable, columns: Sequence[RecordColumn], color: str) -> None:
        words = self._words
        sheet = self._sheet(table.label(words.vocabulary, words.locale), color)
        widths = list(_UPRIGHT.values())
        sheet.set_row(0, 2 * _LINE + 4)
        for at, (name, columns_wide) in enumerate(_UPRIGHT.items()):
            sheet.set_column(at, at, columns_wide)
            last = self._has_faults and at == len(widths) - 1
            sheet.write_string(0, at, words.translate(_WHAT_IS_WRONG if last else name), self._head)
        names = dict(zip(table.columns, table.headings(words.vocabulary, words.locale), strict=True))
        given = next(iter(self._filled.of(table.name)), FilledRow())
        for row, column in enumerate(columns, 1):
            shown = self._help.shown(column)
            about = self._help.about(column)
            if column.cell != "text":
                about += "\n" + self._help.may_hold(column)
            label = self._help.with_unit(names[column], column) + ("*" if column.required else "")
            sheet.write_string(row, 0, label, self._needed_label if column.required else self._label)
            locked = not table.path and column.path in self._filled.locked
            self._cell(sheet, row, 1, column, given, locked=locked)
            if not locked and (checked := self._help.check(column)):
                sheet.data_validation(row, 1, row, 1, checked)
            sheet.write_string(row, 2, shown, self._example)
            remark = given.remarks.get(column.path)
            if remark:
                # Comments are not visible on a printed sheet.
                about = remark
            sheet.write_string(row, 3, about, self._wrong if remark else self._about)
            value = str(as_written(given.values.get(column.path, ""), column, words))
            lines = max(_lines((label, value, shown, about), widths), _LINES_OF.get(column.cell, 1))
            sheet.set_row(row, _LINE * min(lines, _MOST_LINES))
        sheet.freeze_panes(1, 1)
        # Printed or required text is locked; there is no password.
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        self._print(sheet, widths, repeated=1)

    def _cell(
        self, sheet: "Worksheet", row: int, at: int, column: RecordColumn, given: FilledRow, *, locked: bool = False
    ) -> None:
        """Write a cell to be filled in, with its present value and its fault."""
        kind = column.cell if column.cell in self._cells else "text"
        remark = given.remarks.get(column.path)
        look = self._locked if locked else self._faulty[kind] if remark else self._open[kind]
        value = as_written(given.values.get(column.path, ""), column, self._words)
        if isinstance(value, str):
            sheet.write_string(row, at, value[:_MOST_OF_A_CELL], look) if value else sheet.write_blank(
                row, at, None, look
            )
        else:
            sheet.write_number(row, at, value, look)
        if remark:
            self._to_mend.append((sheet.name, row, at, remark))
            sheet.write_comment(row, at, remark[:_MOST_OF_A_CELL], {"visible": False, "x_scale": 2, "y_scale": 1.5})

    def _add_lying(self, table: RecordTable, columns: Sequence[RecordColumn], color: str) -> None:
        words = self._words
        title = table.label(words.vocabulary, words.locale)
        sheet = self._sheet(title, color)
        names = dict(zip(table.columns, table.headings(words.vocabulary, words.locale), strict=True))
        # The other sheets identify communities by their codes.
        given = sorted(columns, key=lambda each: each.path != _CODE) if not table.path else columns
        first = 1 if table.path else 0
        rows = list(self._filled.of(table.name))
        rows += [FilledRow()] * (_RULED_ROWS - len(rows))
        widths = [_CODE_WIDTH] if table.path else []
        shown = [self._code(sheet, title, len(self._filled.of(table.name)))] if table.path else []
        labels = [self._code_label()] if table.path else []
        for at, column in enumerate(given, first):
            heading = self._help.with_unit(names[column], column)
            labels.append(_label(column, heading))
            widths.append(max(_WIDTHS[column.cell], min(width(heading) + 3, -(-width(heading) // 2) + 6)))
            shown.append(self._column(sheet, at, widths[-1], column, heading, title))
            for row, given_row in enumerate(rows, _FIRST):
                self._cell(sheet, row, at, column, given_row)
        for row, given_row in enumerate(rows, _FIRST):
            texts = [str(as_written(given_row.values.get(column.path, ""), column, words)) for column in given]
            sheet.set_row(row, max(_RULED_LINE, _LINE * min(_lines(texts, widths[first:]), _MOST_LINES)))
        self._mark_example(sheet, title, labels, shown)
        for name in table.left_out if len(columns) == len(table.columns) else ():
            self._explained.append(Explanation(title, name, "", words.translate(_NO_TABLE), needed=False, shown=""))
        sheet.set_row(0, 2 * _LINE + 4)
        sheet.set_row(1, _LINE * _lines(shown, widths))
        sheet.freeze_panes(1, first or 2)
        self._print(sheet, widths, repeated=2)

    def _sheet(self, title: str, color: str) -> "Worksheet":
        # Imported here since XlsxWriter is an extra.
        from kepu_docs.starters.growing_sheet import GrowingSheet

        sheet = self._book.add_worksheet(title, GrowingSheet)
        sheet.set_tab_color(color)
        # Codes are texts, not mistyped numbers.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def _print(self, sheet: "Worksheet", widths: Sequence[int], *, repeated: int, heading: int = 0) -> None:
        """Make a sheet print legibly on A4: on as many pages side by side as that needs."""
        columns = sum(widths) + len(widths)
        sheet.set_paper(A4)
        sheet.set_margins(_MARGIN, _MARGIN, 2 * _MARGIN, 2 * _MARGIN)
        sheet.set_header("&C&A", {"scale_with_doc": False})
        sheet.set_footer("&C&P / &N", {"scale_with_doc": False})
        sheet.repeat_rows(heading)
        if columns > _PORTRAIT / _SMALLEST:
            sheet.set_landscape()
        pages = 1
        most = _LANDSCAPE / _SMALLEST
        if columns > most:
            again = sum(widths[:repeated]) + repeated
            pages = max(2, -int(-(columns - again) // (most - again)))
            sheet.repeat_columns(0, repeated - 1)
        sheet.fit_to_pages(pages, 0)

    def _code(self, sheet: "Worksheet", title: str, rows: int) -> str:
        heading = self._words.key(Community, CODE)
        about = self._words.translate(N_("The code of the community, as in the first sheet."))
        mark = self._words.translate(EXAMPLE)
        sheet.set_column(0, 0, _CODE_WIDTH, self._plain)
        sheet.write_string(0, 0, self._code_label(), self._head if self._single else self._needed)
        sheet.write_string(1, 0, mark, self._example)
        key = self._filled.key
        for row in range(_FIRST, _FIRST + max(_RULED_ROWS, rows)):
            # Blank rows stay blank, so that a note below the table is not read as a row.
            if key and row < _FIRST + rows:
                sheet.write_string(row, 0, key, self._example)
            else:
                sheet.write_blank(row, 0, None, self._ruled["text"])
        holds = self._words.translate(MAY_HOLD["text"])
        self._explained.append(Explanation(title, heading, about, holds, needed=not self._single, shown=""))
        return mark

    def _code_label(self) -> str:
        heading = self._words.key(Community, CODE)
        return heading if self._single else f"{heading}*"

    def _column(self, sheet: "Worksheet", at: int, columns: int, column: RecordColumn, heading: str, title: str) -> str:
        """Write a column, and return the text of its example."""
        needed = _is_needed(column)
        kind = column.cell if column.cell in self._cells else "text"
        sheet.set_column(at, at, columns, self._cells[kind])
        sheet.write_string(0, at, _label(column, heading), self._needed if needed else self._head)
        if checked := self._help.check(column):
            sheet.data_validation(1, at, _CHECKED_ROWS, at, checked)
        shown = self._help.shown(column)
        about, holds = self._help.about(column), self._help.may_hold(column)
        self._explained.append(Explanation(title, heading, about, holds, needed, shown))
        return self._show(sheet, at, column, shown)

    def _show(self, sheet: "Worksheet", at: int, column: RecordColumn, shown: str) -> str:
        """Write the cell of the example, and return its text."""
        mark = self._words.translate(EXAMPLE)
        if column.path == _CODE:
            shown = mark
        elif column.path == _NAME:
            # If the column of codes is removed, there is still an example here.
            shown = (f"({mark}) " if mark.isascii() else f"（{mark}）") + shown
        if shown and column.cell == "day":
            sheet.write_datetime(1, at, datetime.datetime.fromisoformat(shown), self._example_day)
        elif shown.isdecimal() and column.cell == "number":
            sheet.write_number(1, at, int(shown), self._example)
        else:
            sheet.write_string(1, at, shown, self._example)
        return shown

    def _mark_example(self, sheet: "Worksheet", title: str, labels: Sequence[str], shown: Sequence[str]) -> None:
        """Give a sheet the hidden names that identify its example, and its texts below the headings."""
        cells = ",".join(f"{_quoted(label)},{_quoted(text)}" for label, text in zip(labels, shown, strict=True) if text)
        # The number at the end is eight blank bytes in .xls, where calamine looks for the formula of a name in the last
        # bytes of its record, and crashes on any other content.
        names = ((EXAMPLE_NAME, f"'{title}'!$2:$2"), (EXAMPLE_CELLS_NAME, f"{{{cells},0}}"))
        # define_name has no option for hidden names.
        self._book.defined_names += [[name, sheet.index, formula, True] for name, formula in names]

    def explain(self, notes: Sequence[str]) -> None:
        """Add the sheet that explains all columns, with notes above, and the faults to be corrected."""
        words = self._words
        sheet = self._sheet(words.translate(COLUMNS), _LAST_TAB)
        widths = list(_EXPLAINED.values())
        for at, columns in enumerate(widths):
            sheet.set_column(at, at, columns, self._plain)
        for row, note in enumerate(notes):
            sheet.merge_range(row, 0, row, len(_EXPLAINED) - 1, words.translate(note), self._plain)
        top = self._list_what_is_wrong(sheet, len(notes) + 1)
        for at, name in enumerate(_EXPLAINED):
            sheet.write_string(top, at, words.translate(name), self._head)
        for row, each in enumerate(self._explained, top + 1):
            texts = (*each[:4], words.choice("true") if each.needed else "", each.shown)
            for at, text in enumerate(texts):
                sheet.write_string(row, at, text, self._ruled["text"])
            # Not every program calculates the height of a row by itself.
            sheet.set_row(row, _LINE * _lines(texts, widths))
        if not self._to_mend:
            # With panes frozen below a long list, no rows would be left to scroll.
            sheet.freeze_panes(top + 1, 2)
        self._print(sheet, widths, repeated=2, heading=top)

    def _list_what_is_wrong(self, sheet: "Worksheet", top: int) -> int:
        """Write the list of faulty cells, since comments are not visible on paper; return the row below the list."""
        from xlsxwriter.utility import xl_rowcol_to_cell

        if not self._to_mend:
            return top
        last = len(_EXPLAINED) - 1
        for at, name in enumerate((_TO_MEND, N_("Cell"))):
            sheet.write_string(top, at, self._words.translate(name), self._needed)
        sheet.merge_range(top, 2, top, last, self._words.translate(N_("What is wrong")), self._needed)
        wide = sum(list(_EXPLAINED.values())[2:])
        for row, (title, line, column, remark) in enumerate(self._to_mend, top + 1):
            cell = xl_rowcol_to_cell(line, column)
            sheet.write_string(row, 0, title, self._ruled["text"])
            sheet.write_url(row, 1, f"internal:'{title}'!{cell}", self._link, cell)
            sheet.merge_range(row, 2, row, last, remark[:_MOST_OF_A_CELL], self._wrong)
            sheet.set_row(row, _LINE * min(_lines([remark], [wide]), _MOST_LINES))
        # It is the sheet to be read first.
        sheet.activate()
        return top + len(self._to_mend) + 2


def _is_needed(column: RecordColumn) -> bool:
    return column.required or column.path == _CODE


def _label(column: RecordColumn, heading: str) -> str:
    return f"{heading}*" if _is_needed(column) else heading


def _quoted(text: str) -> str:
    """Return a text quoted for formulas."""
    return '"' + text.replace('"', '""') + '"'


def _lines(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return how many lines the longest of some texts takes, each in its column."""
    return max(
        sum(-(-width(line) // columns) or 1 for line in text.split("\n"))
        for text, columns in zip(texts, widths, strict=True)
    )
