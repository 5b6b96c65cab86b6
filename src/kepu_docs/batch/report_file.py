"""The report: what an operator has to send back to whom, as a workbook, or as CSV where XlsxWriter is missing."""

import csv
import io
import itertools
import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kepu_docs.batch.existing_files import check_report, has_xlsxwriter
from kepu_docs.batch.manifest import Line, Status, read_manifest
from kepu_docs.batch.reserved_names import MANIFEST, REPORT, REPORT_AS_CSV
from kepu_docs.errors import N_, Fault, Place, Translate
from kepu_docs.errors.visible import visible
from kepu_docs.output.files import move_file, write_loose
from kepu_docs.output.workbooks import REPORT_MARK, Sheet, open_workbook

_TO_SEND_BACK: Final = N_("To send back")
_DOCUMENTS: Final = N_("Documents")
_NAMES: Final = N_("Names to review")
_WHO: Final = (N_("District"), N_("Street"), N_("Community"), N_("Code"))
_WHERE: Final = (N_("File"), N_("Place"))
_FAILED: Final = (*_WHO, *_WHERE, N_("What is wrong"))
_DONE: Final = (*_WHO, N_("Document"), N_("Bytes"), N_("State"))
_CONVERTED: Final = (*_WHO, *_WHERE, N_("As written"), N_("As shown"), N_("Several forms"))
_GONE: Final = N_("its record is gone from the source, or fails now")
_STATES: Final[Mapping[Status, str]] = {"done": N_("done"), "absent": _GONE, "failed": _GONE}
_WIDTHS: Final = {N_("Community"): 24, N_("Code"): 16, N_("File"): 28, N_("Document"): 60, N_("What is wrong"): 90}
_MOST_ROWS: Final = 1_000_000
"""Of a sheet; Excel has a few more."""
_MOST_OF_A_CELL: Final = 32_000
"""In characters; Excel has a few more."""
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_report(folder: Path, room: Path, translate: Translate) -> tuple[Path, tuple[Fault, ...]]:
    """Write the report of the manifest in ``folder``; return its path, and what there is to say of an older one.

    One that somebody saved since it was made may have notes in it: it is kept under another name. ``room`` is a folder
    for what is not finished yet. Raises ``OutputError``; also where a file is in the report's place that is none.
    """
    is_workbook = has_xlsxwriter()
    half = _as_workbook(folder, room, translate) if is_workbook else write_loose(str(room), _as_csv(folder, translate))
    path = folder / (REPORT if is_workbook else REPORT_AS_CSV)
    kept = (_set_aside(path),) if check_report(path, has_manifest=True) else ()
    move_file(half, str(path))
    return path, kept


def _set_aside(path: Path) -> Fault:
    """Give a report another name, which nothing has."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in itertools.count(2))
    other = next(each for each in numbered if not os.path.lexists(each))
    move_file(str(path), str(other))
    text = N_("this report was saved by somebody since it was made; that one is now called {name}")
    return Fault(Place(str(path)), text, (("name", other.name),))


def _as_workbook(folder: Path, room: Path, translate: Translate) -> str:
    # XlsxWriter opens it by its name, which nobody can guess, as that of the room.
    half = room / secrets.token_hex(8)
    with open_workbook(half, room, REPORT_MARK, Place(str(half))) as book:
        head = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        sheets: list[tuple[str, Sequence[str], Iterator[Sequence[Any]]]] = [
            (_TO_SEND_BACK, _FAILED, _failures(folder)),
            (_DOCUMENTS, _DONE, _documents(folder, translate)),
        ]
        if next(_names(folder), None):
            sheets.append((_NAMES, _CONVERTED, _names(folder)))
        for title, columns, rows in sheets:
            heads = [(translate(name), _WIDTHS.get(name, 14)) for name in columns]
            sheet = Sheet(book, translate(title), heads, head, body)
            for row in itertools.islice(rows, _MOST_ROWS):
                sheet.write(row)
            sheet.sheet.autofilter(0, 0, sheet.row, len(columns) - 1)
    return str(half)


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


def _names(folder: Path) -> Iterator[Sequence[Any]]:
    """Yield the names that documents show in other characters than their records."""
    for line in read_manifest(folder / MANIFEST):
        for name in line.names if line.status == "done" else ():
            yield tuple(map(shown, (*line.who, line.name, name.field, name.written, name.shown, name.several)))


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
