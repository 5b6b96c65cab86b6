"""The report: what an operator has to send back to whom, as a workbook, or as CSV where XlsxWriter is missing."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from kepu_docs.batch.manifest import MANIFEST, Line, read_manifest
from kepu_docs.errors import N_, Message, OutputError, Place, Translate
from kepu_docs.pipeline.writing import move_file, reason_of, write_file
from kepu_docs.visible import visible

REPORT: Final = "report.xlsx"
REPORT_AS_CSV: Final = "report.csv"

_TO_SEND_BACK: Final = N_("To send back")
_DOCUMENTS: Final = N_("Documents")
_WHO: Final = (N_("District"), N_("Street"), N_("Community"), N_("Code"))
_WHERE: Final = (N_("File"), N_("Place"))
_FAILED: Final = (*_WHO, *_WHERE, N_("What is wrong"))
_DONE: Final = (*_WHO, N_("Document"), N_("Bytes"), N_("State"))
_STATES: Final = {"done": N_("done"), "absent": N_("its record is gone from the source, or fails now")}
_WIDTHS: Final = {N_("Community"): 24, N_("Code"): 16, N_("File"): 28, N_("Document"): 60, N_("What is wrong"): 90}
_MOST_ROWS: Final = 1_000_000
"""Of a sheet; Excel has a few more."""
_MOST_OF_A_CELL: Final = 32_000
"""In characters; Excel has a few more."""
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_report(folder: Path, room: Path, translate: Translate) -> Path:
    """Write the report of the manifest in ``folder`` and return its path. Raises ``OutputError``.

    ``room`` is a folder for what is not finished yet.
    """
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError:
        half = room / REPORT_AS_CSV
        write_file(half, _as_csv(folder, translate), durable=False)
    else:
        half = room / REPORT
        try:
            # With constant_memory rows go to the disk as they are written, so that memory does not grow with them.
            options = {"constant_memory": True, "tmpdir": str(room)}
            workbook = xlsxwriter.Workbook(half, options)
            try:
                _fill(workbook, folder, translate)
                workbook.close()
            finally:
                _let_go(workbook)
        except (OSError, XlsxWriterException) as error:
            reason = reason_of(error) if isinstance(error, OSError) else str(error)
            raise OutputError.at(Place(str(half)), N_("not written: {reason}"), reason=Message(reason)) from None
    path = folder / half.name
    move_file(str(half), str(path))
    return path


def _let_go(workbook: Any) -> None:
    """Close the files of rows and of sheets, which a workbook that could not be finished leaves open."""
    for sheet in workbook.worksheets():
        for file in (sheet.row_data_fh, sheet.fh):
            with suppress(OSError):
                file.close()


def _fill(workbook: Any, folder: Path, translate: Translate) -> None:
    # The same report has the same bytes, whenever it is written.
    workbook.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    head = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    body = workbook.add_format({"text_wrap": True, "valign": "top"})
    for title, columns, rows in (
        (_TO_SEND_BACK, _FAILED, _failures(folder)),
        (_DOCUMENTS, _DONE, _documents(folder, translate)),
    ):
        sheet = workbook.add_worksheet(translate(title))
        for column, name in enumerate(columns):
            sheet.set_column(column, column, _WIDTHS.get(name, 14))
            sheet.write_string(0, column, translate(name), head)
        sheet.freeze_panes(1, 0)
        count = 0
        for count, row in zip(range(1, _MOST_ROWS), rows):  # noqa: B905  (rows beyond what a sheet holds)
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(count, column, value, body)
                elif value:
                    # Never as a formula, a link or a number, whatever it looks like.
                    sheet.write_string(count, column, value, body)
        sheet.autofilter(0, 0, count, len(columns) - 1)


def shown(text: str) -> str:
    """Return a text fit to be shown: nothing in it that breaks a file, a terminal or the direction of reading."""
    seen = visible(text, _MOST_OF_A_CELL)
    return seen if len(seen) <= _MOST_OF_A_CELL else f"{seen[:_MOST_OF_A_CELL]}…"


def _failures(folder: Path) -> Iterator[Sequence[Any]]:
    for line in read_manifest(folder / MANIFEST):
        for place, message in line.errors:
            where = place.removeprefix(str(Place(line.name))).lstrip(": ")
            yield tuple(map(shown, (*line.who, line.name, where, message)))


def _documents(folder: Path, translate: Translate) -> Iterator[Sequence[Any]]:
    for line in read_manifest(folder / MANIFEST):
        for output in line.outputs:
            state = translate(_state(line, stale=output.stale))
            yield *map(shown, line.who), shown(output.path), output.size, state


def _state(line: Line, *, stale: bool) -> str:
    return N_("of an older state of the record") if stale else _STATES[line.status]


def _as_csv(folder: Path, translate: Translate) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([translate(name) for name in _FAILED])
    writer.writerows([_harmless(value) for value in row] for row in _failures(folder))
    # Excel takes CSV for UTF-8 if it begins with a mark.
    return file.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value
