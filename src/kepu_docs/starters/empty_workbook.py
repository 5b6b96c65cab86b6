"""An empty workbook to hand out: the tables of a record, with headings, drop-downs, an example and explanations."""

import datetime
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kepu_docs.contract.record_tables import CODE, RecordColumn, RecordTable, record_tables
from kepu_docs.errors import N_, Place, SourceError
from kepu_docs.locale.words import Words
from kepu_docs.registry import Registry
from kepu_docs.schema import Community, Photo, Quantity
from kepu_docs.schema.period import FIRST_YEAR, LAST_YEAR
from kepu_docs.schema.shapes import children
from kepu_docs.starters.examples import examples
from kepu_docs.typography.columns import width

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

COLUMNS: Final = N_("columns")
"""What the sheet that explains the columns is called, in English; it is not read."""
EXAMPLE: Final = N_("example")
"""What stands in place of a code in the row of an example, in English; the row is not read."""

_CHECKED_ROWS: Final = 20_000
_WIDTHS: Final = {
    "text": 18,
    "texts": 24,
    "line_texts": 48,
    "number": 11,
    "share": 11,
    "truth": 9,
    "choice": 11,
    "period": 14,
    "day": 12,
}
_A4: Final = 9
_LINE: Final = 15
"""Points."""
_DAY: Final = "yyyy-mm-dd"
_CODE: Final = ("community", CODE)
_NAME: Final = ("community", "name")
_WARNING: Final = {"error_type": "warning"}
_LONGEST_NOTE: Final = 255
"""Of the note at a cell, by Excel."""
# Files of the same workbook are the same, whenever they are made.
_MADE_ON: Final = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)

_MAY_HOLD: Final = {
    "text": N_("a text on one line"),
    "texts": N_("one or several, with 、 or line breaks between them; with ； where a text has a 、 of its own"),
    "line_texts": N_("paragraphs, each on a line of its own"),
    "number": N_("a number such as 300, or as people write it: 300余, 近300, 约1.2万"),
    "share": N_("a percentage such as 95 or 95%"),
    "day": N_("a day: 2025-12-20"),
    "period": N_("a time: 2025, 2025-H1, 2025-Q3, 2025-09, 2025-09-20, or 2025-09-15 to 2025-09-21"),
}
_WHOLE: Final = N_("a whole number")
_NO_TABLE: Final = N_("a list within a list; no table can hold it, but a record file (YAML) can")
_EXPLAINED: Final = {
    N_("Sheet"): 22,
    N_("Column"): 24,
    N_("What it means"): 52,
    N_("What it may hold"): 52,
    N_("Needed"): 8,
    N_("Example"): 28,
}
"""The columns of the sheet that explains, and how wide they are."""
_NOTES: Final = (
    N_("Fill in a row for each community in the first sheet, and the other sheets with the code of the community."),
    N_("Columns with * are needed. What is not known stays blank: it leaves no trace in the document."),
    N_("Sheets of two names hold lists, a row for each entry; those of one name what is said once of a section."),
    N_("The sections of the documents come in the order of the sheets."),
    N_("The rows of examples are not read. Columns may be moved, and sheets that are not needed deleted."),
)
_TABS: Final = ("#5B9BD5", "#A5A5A5")
"""By turns, so that the sheets of one kind are seen to belong together."""
_LAST_TAB: Final = "#ED7D31"
_LONGEST_CHOICE: Final = 255
"""Of all choices of a drop-down together, by Excel."""

# A description ends with an example after its last colon; here it has a column of its own.
_example = re.compile(r"(?:：|: )[^:：]+[.。]$")


def empty_workbook(registry: Registry, kinds: Sequence[str], words: Words) -> bytes:
    """Return an XLSX workbook for records with sections of the kinds, in the language of ``words``.

    Raises ``SourceError`` where XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        text = N_('workbooks need the extra “excel”: pip install "kepu-docs[excel]"')
        raise SourceError.at(Place(), text) from None
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _MADE_ON})
    maker = _Maker(book, words)
    tables = list(record_tables(registry.model))
    maker.add(tables[0], _TABS[-1])
    for number, kind in enumerate(kinds):
        for table in tables:
            # Photographs are few; who has some adds a sheet, as the guide says.
            if table.path[:1] == (kind,) and table.model is not Photo:
                maker.add(table, _TABS[number % len(_TABS)])
    maker.explain()
    book.close()
    return file.getvalue()


class _Maker:
    """Writes the sheets of one workbook."""

    def __init__(self, book: "Workbook", words: Words) -> None:
        self._book = book
        self._words = words
        head = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        self._head = book.add_format({**head, "bg_color": "#DDEBF7"})
        self._needed = book.add_format({**head, "bg_color": "#FCE4D6"})
        example = {"italic": True, "font_color": "#7F7F7F", "bg_color": "#F2F2F2", "valign": "top", "text_wrap": True}
        self._example = book.add_format(example)
        self._example_day = book.add_format({**example, "num_format": _DAY})
        self._text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self._number = book.add_format({"valign": "top"})
        self._day = book.add_format({"num_format": _DAY, "valign": "top"})
        self._explained: list[tuple[str, str, str, str, bool, str]] = []

    def add(self, table: RecordTable, color: str) -> None:
        """Add the sheet of a table."""
        words = self._words
        title = table.label(words.vocabulary, words.locale)
        sheet = self._sheet(title, color)
        columns = list(zip(table.columns, table.headings(words.vocabulary, words.locale), strict=True))
        first = 0
        if table.path:
            first = 1
            self._code(sheet, title)
        else:
            # By their codes the other sheets know the communities.
            columns.sort(key=lambda each: each[0].path != _CODE)
        for at, (column, heading) in enumerate(columns, first):
            self._column(sheet, at, column, _with_unit(heading, column.unit), title)
        for name in table.left_out:
            self._explained.append((title, name, "", words.translate(_NO_TABLE), False, ""))
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, first or 2)

    def _sheet(self, title: str, color: str) -> "Worksheet":
        sheet = self._book.add_worksheet(title)
        sheet.set_tab_color(color)
        # Codes are texts, and no mistake.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        # For those who print it: all columns on one page, with lines and headings.
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(0)
        return sheet

    def _code(self, sheet: "Worksheet", title: str) -> None:
        heading = self._words.key(Community, CODE)
        about = self._words.translate(N_("The code of the community, as in the first sheet."))
        sheet.set_column(0, 0, _WIDTHS["text"], self._text)
        sheet.write_string(0, 0, f"{heading}*", self._needed)
        sheet.write_string(1, 0, self._words.translate(EXAMPLE), self._example)
        self._explained.append((title, heading, about, self._words.translate(_MAY_HOLD["text"]), True, ""))

    def _column(self, sheet: "Worksheet", at: int, column: RecordColumn, heading: str, title: str) -> None:
        needed = column.required or column.path == _CODE
        formats = {"number": self._number, "day": self._day}
        columns = max(_WIDTHS[column.cell], width(heading) + 3)
        sheet.set_column(at, at, columns, formats.get(column.cell, self._text))
        sheet.write_string(0, at, heading + ("*" if needed else ""), self._needed if needed else self._head)
        checked = self._check(column)
        if checked:
            sheet.data_validation(1, at, _CHECKED_ROWS, at, checked)
        shown = self._shown(column)
        about = _example.sub(
            lambda found: found[0][-1], self._words.about(column.owner.model_fields[column.field].description)
        )
        self._explained.append((title, heading, about, self._may_hold(column), needed, shown))
        self._show(sheet, at, column, shown)

    def _show(self, sheet: "Worksheet", at: int, column: RecordColumn, shown: str) -> None:
        """Write the cell of the example."""
        mark = self._words.translate(EXAMPLE)
        if column.path == _CODE:
            sheet.write_string(1, at, mark, self._example)
        elif column.path == _NAME:
            # Who takes out the column of codes has an example here still.
            sheet.write_string(1, at, (f"({mark}) " if mark.isascii() else f"（{mark}）") + shown, self._example)
        elif shown and column.cell == "day":
            sheet.write_datetime(1, at, datetime.datetime.fromisoformat(shown), self._example_day)
        elif shown.isdecimal() and column.cell == "number":
            sheet.write_number(1, at, int(shown), self._example)
        else:
            sheet.write_string(1, at, shown, self._example)

    def _shown(self, column: RecordColumn) -> str:
        if column.choices:
            return self._words.choice(column.choices[0])
        shown = examples(column.owner, column.field)[: None if column.cell == "texts" else 1]
        # Descriptions quote digits that are a text.
        return "、".join(each.strip('"') for each in shown) + ("%" if column.cell == "share" else "")

    def _check(self, column: RecordColumn) -> dict[str, Any]:
        """Return the rule for a column's cells. Only what can never be right is stopped."""
        translate = self._words.translate
        match column.cell:
            case "choice" | "truth":
                choices = list(map(self._words.choice, column.choices))
                if len(",".join(choices)) > _LONGEST_CHOICE or any("," in each for each in choices):
                    return {}
                return {"validate": "list", "source": choices}
            case "day":
                ends = {"minimum": datetime.date(FIRST_YEAR, 1, 1), "maximum": datetime.date(LAST_YEAR, 12, 31)}
                # A written date, as 2025年12月20日, is read too.
                return {"validate": "date", "criteria": "between", **ends, **self._message(column), **_WARNING}
            case "period" | "texts" | "line_texts" | "share":
                return {"validate": "any", "input_message": translate(_MAY_HOLD[column.cell])[:_LONGEST_NOTE]}
            case "number" if _is_quantity(column):
                # A text such as 近300人次 is as good: whoever means it says so.
                return {"validate": "decimal", "criteria": ">=", "value": 0, **self._message(column), **_WARNING}
            case "number":
                return {"validate": "integer", "criteria": ">=", "value": 0, **self._message(column)}
            case _:
                return {}

    def _message(self, column: RecordColumn) -> dict[str, Any]:
        return {"error_message": self._may_hold(column)[:_LONGEST_NOTE]}

    def _may_hold(self, column: RecordColumn) -> str:
        if column.choices:
            return " / ".join(map(self._words.choice, column.choices))
        if column.cell == "number" and not _is_quantity(column):
            return self._words.translate(_WHOLE)
        return self._words.translate(_MAY_HOLD[column.cell])

    def explain(self) -> None:
        """Add the sheet that explains all columns."""
        words = self._words
        sheet = self._sheet(words.translate(COLUMNS), _LAST_TAB)
        for at, columns in enumerate(_EXPLAINED.values()):
            sheet.set_column(at, at, columns, self._text)
        for row, note in enumerate(_NOTES):
            sheet.merge_range(row, 0, row, len(_EXPLAINED) - 1, words.translate(note), self._text)
        top = len(_NOTES) + 1
        for at, name in enumerate(_EXPLAINED):
            sheet.write_string(top, at, words.translate(name), self._head)
        for row, (title, heading, about, holds, needed, shown) in enumerate(self._explained, top + 1):
            texts = (title, heading, about, holds, words.choice("true") if needed else "", shown)
            for at, text in enumerate(texts):
                sheet.write_string(row, at, text, self._text)
            # Not every program finds the height of a row by itself.
            widths = zip(texts, _EXPLAINED.values(), strict=True)
            sheet.set_row(row, _LINE * max(-(-width(text) // columns) or 1 for text, columns in widths))
        sheet.freeze_panes(top + 1, 2)
        sheet.repeat_rows(top)


def _is_quantity(column: RecordColumn) -> bool:
    return any(issubclass(each, Quantity) for each in children(column.owner, column.field))


def _with_unit(heading: str, unit: str) -> str:
    if not unit or heading.endswith(unit):
        return heading
    return f"{heading} ({unit})" if heading.isascii() else f"{heading}（{unit}）"
