"""An empty workbook to hand out: the tables of a record, with headings, drop-downs, an example and explanations."""

import datetime
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from kepu_docs.errors import N_, Place, SourceError
from kepu_docs.pipeline.examples import examples
from kepu_docs.pipeline.languages import Words
from kepu_docs.registry import Registry
from kepu_docs.schema import Community, Photo, Quantity
from kepu_docs.schema.period import FIRST_YEAR, LAST_YEAR
from kepu_docs.sources.tables import CODE, COLUMNS, EXAMPLE, Column, Table, tables_of
from kepu_docs.vocabulary import children, choices_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

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
    "period": N_("a time: 2025, 2025-H1, 2025-Q3, 2025-09, or a day such as 2025-09-20"),
}
_WHOLE: Final = N_("a whole number")
_EXPLAINED: Final = (N_("Sheet"), N_("Column"), N_("What it means"), N_("What it may hold"), N_("Needed"))
_NOTES: Final = (
    N_("Fill in a row for each community in the first sheet, and the other sheets with the code of the community."),
    N_("Columns with * are needed. What is not known stays blank: it leaves no trace in the document."),
    N_("The rows of examples are not read. Columns may be moved, and sheets that are not needed deleted."),
)


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
    tables = list(tables_of(registry.model))
    maker.add(tables[0])
    for kind in kinds:
        for table in tables:
            # Photographs are few; who has some adds a sheet, as the guide says.
            if table.path[:1] == (kind,) and table.model is not Photo:
                maker.add(table)
    maker.explain()
    book.close()
    return file.getvalue()


class _Maker:
    """Writes the sheets of one workbook."""

    def __init__(self, book: "Workbook", words: Words) -> None:
        self._book = book
        self._words = words
        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        self._head = book.add_format({**head, "bg_color": "#DDEBF7"})
        self._needed = book.add_format({**head, "bg_color": "#FCE4D6"})
        self._example = book.add_format({"italic": True, "font_color": "#7F7F7F", "valign": "top", "text_wrap": True})
        self._text = book.add_format({"num_format": "@", "valign": "top"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._explained: list[tuple[str, str, str, str, bool]] = []

    def add(self, table: Table) -> None:
        """Add the sheet of a table."""
        words = self._words
        title = words.table(table)
        sheet = self._sheet(title)
        headings = words.headings(table)
        columns = table.columns
        first = 0
        if table.path:
            first = 1
            self._code(sheet, title)
        for at, (column, heading) in enumerate(zip(columns, headings, strict=True), first):
            self._column(sheet, at, column, heading)
            self._explained.append(
                (title, heading, words.about(_field(column).description), self._may_hold(column), column.required)
            )
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, first or 2)

    def _sheet(self, title: str) -> "Worksheet":
        sheet = self._book.add_worksheet(title)
        # For those who print it: all columns on one page.
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _code(self, sheet: "Worksheet", title: str) -> None:
        heading = self._words.key(Community, CODE)
        about = self._words.translate(N_("The code of the community, as in the first sheet."))
        sheet.set_column(0, 0, _WIDTHS["text"], self._text)
        sheet.write_string(0, 0, f"{heading}*", self._needed)
        sheet.write_string(1, 0, self._words.translate(EXAMPLE), self._example)
        self._explained.append((title, heading, about, self._words.translate(_MAY_HOLD["text"]), True))

    def _column(self, sheet: "Worksheet", at: int, column: Column, heading: str) -> None:
        formats = {"text": self._text, "period": self._text, "day": self._day, "number": None}
        width = max(_WIDTHS[column.cell], 2 * len(heading) + 3)
        sheet.set_column(at, at, width, formats.get(column.cell, self._wrapped))
        sheet.write_string(
            0, at, heading + ("*" if column.required else ""), self._needed if column.required else self._head
        )
        checked = self._check(column)
        if checked:
            sheet.data_validation(1, at, _CHECKED_ROWS, at, checked)
        if column.path == ("community", "code"):
            sheet.write_string(1, at, self._words.translate(EXAMPLE), self._example)
            return
        shown = self._shown(column)
        if shown.isdecimal() and column.cell == "number":
            sheet.write_number(1, at, int(shown), self._example)
        elif shown:
            sheet.write_string(1, at, shown, self._example)

    def _shown(self, column: Column) -> str:
        choices = choices_of(column.owner, column.field)
        if choices:
            return self._words.choice(choices[0])
        shown = examples(column.owner, column.field)[: None if column.cell == "texts" else 1]
        # Descriptions quote digits that are a text.
        return "、".join(each.strip('"') for each in shown)

    def _check(self, column: Column) -> dict[str, Any]:
        """Return the rule for a column's cells. Only what can never be right is stopped."""
        translate = self._words.translate
        match column.cell:
            case "choice" | "truth":
                choices = [self._words.choice(each) for each in choices_of(column.owner, column.field)]
                return {"validate": "list", "source": choices}
            case "day":
                ends = {"minimum": datetime.date(FIRST_YEAR, 1, 1), "maximum": datetime.date(LAST_YEAR, 12, 31)}
                return {
                    "validate": "date",
                    "criteria": "between",
                    **ends,
                    **self._message(column),
                    "error_type": "warning",
                }
            case "period":
                return {"validate": "any", "input_message": translate(_MAY_HOLD["period"])[:_LONGEST_NOTE]}
            case "number" if _is_quantity(column):
                # A text such as 近300人次 is as good: whoever means it says so.
                number = {"validate": "decimal", "criteria": ">=", "value": 0}
                return {**number, **self._message(column), "error_type": "warning"}
            case "number":
                return {"validate": "integer", "criteria": ">=", "value": 0, **self._message(column)}
            case _:
                return {}

    def _message(self, column: Column) -> dict[str, Any]:
        return {"error_message": self._may_hold(column)[:_LONGEST_NOTE]}

    def _may_hold(self, column: Column) -> str:
        choices = choices_of(column.owner, column.field)
        if choices:
            return " / ".join(self._words.choice(each) for each in choices)
        if column.cell == "number" and not _is_quantity(column):
            return self._words.translate(_WHOLE)
        return self._words.translate(_MAY_HOLD[column.cell])

    def explain(self) -> None:
        """Add the sheet that explains all columns."""
        words = self._words
        sheet = self._sheet(words.translate(COLUMNS))
        for at, width in enumerate((20, 22, 56, 56, 8)):
            sheet.set_column(at, at, width, self._wrapped)
        for row, note in enumerate(_NOTES):
            sheet.merge_range(row, 0, row, len(_EXPLAINED) - 1, words.translate(note), self._wrapped)
        top = len(_NOTES) + 1
        for at, name in enumerate(_EXPLAINED):
            sheet.write_string(top, at, words.translate(name), self._head)
        for row, (title, heading, about, holds, needed) in enumerate(self._explained, top + 1):
            for at, text in enumerate((title, heading, about, holds, words.choice("true") if needed else "")):
                sheet.write_string(row, at, text, self._wrapped)
        sheet.freeze_panes(top + 1, 2)


def _field(column: Column) -> Any:
    return column.owner.model_fields[column.field]


def _is_quantity(column: Column) -> bool:
    return any(issubclass(each, Quantity) for each in children(column.owner, column.field))
