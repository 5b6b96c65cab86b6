"""The report: what an operator has to send back to whom, as a workbook, or as CSV where XlsxWriter is missing."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from kepu_docs.batch.manifest import MANIFEST, Line, read_manifest
from kepu_docs.errors import N_, Message, OutputError, Place, Translate
from kepu_docs.pipeline.writing import reason_of, write_file

REPORT: Final = "report.xlsx"
REPORT_AS_CSV: Final = "report.csv"

_TO_SEND_BACK: Final = N_("To send back")
_DOCUMENTS: Final = N_("Documents")
_WHO: Final = (N_("District"), N_("Street"), N_("Community"), N_("Code"))
_WHERE: Final = (N_("File"), N_("Place"))
_FAILED: Final = (*_WHO, *_WHERE, N_("What is wrong"))
_DONE: Final = (*_WHO, N_("Document"), N_("Bytes"), N_("State"))
_STATES: Final = {"done": N_("done"), "absent": N_("its record is no longer in the source")}
_WIDTHS: Final = {N_("Community"): 24, N_("Code"): 16, N_("File"): 28, N_("Document"): 60, N_("What is wrong"): 90}
_MOST_ROWS: Final = 1_000_000
"""Of a sheet; Excel has a few more."""
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_report(folder: Path, room: Path, translate: Translate) -> Path:
    """Write the report of the manifest in ``folder`` and return its path; ``room`` is for what is half-made.

    Raises ``OutputError``.
    """
    try:
        import xlsxwriter
    except ImportError:
        path = folder / REPORT_AS_CSV
        write_file(path, _as_csv(folder, translate))
        return path
    path = folder / REPORT
    file = io.BytesIO()
    # With constant_memory rows go to the disk as they are written, so that memory does not grow with them.
    options = {
        "constant_memory": True,
        "tmpdir": str(room),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    try:
        with xlsxwriter.Workbook(file, options) as workbook:
            _fill(workbook, folder, translate)
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        reason = Message(reason_of(error)) if isinstance(error, OSError) else str(error)
        raise OutputError.at(Place(str(path)), N_("not written: {reason}"), reason=reason) from None
    write_file(path, file.getvalue())
    return path


def _fill(workbook: Any, folder: Path, translate: Translate) -> None:
    head = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    body = workbook.add_format({"text_wrap": True, "valign": "top"})
    for title, columns, rows in (
        (_TO_SEND_BACK, _FAILED, _failures(folder)),
        (_DOCUMENTS, _DONE, _documents(folder, translate)),
    ):
        sheet = workbook.add_worksheet(translate(title))
        for column, name in enumerate(columns):
            sheet.set_column(column, column, _WIDTHS.get(name, 14))
        sheet.write_row(0, 0, [translate(name) for name in columns], head)
        sheet.freeze_panes(1, 0)
        count = 0
        for count, row in zip(range(1, _MOST_ROWS), rows):  # noqa: B905  (rows beyond what a sheet holds)
            for column, value in enumerate(row):
                sheet.write(count, column, value, body)
        sheet.autofilter(0, 0, count, len(columns) - 1)


def _failures(folder: Path) -> Iterator[Sequence[Any]]:
    for line in read_manifest(folder / MANIFEST):
        for place, message in line.errors:
            yield *line.who, line.name, place.removeprefix(line.name).lstrip(": "), message


def _documents(folder: Path, translate: Translate) -> Iterator[Sequence[Any]]:
    for line in read_manifest(folder / MANIFEST):
        for output in line.outputs:
            yield *line.who, output.path, output.size, translate(_state(line, stale=output.stale))


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
