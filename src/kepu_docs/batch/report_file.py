"""The report: the state of each community, and the faults to be sent back to it.

It is a workbook or, if XlsxWriter is missing, a CSV file of the faults.
"""

import csv
import io
import itertools
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

from kepu_docs.batch.existing_files import check_report, has_xlsxwriter
from kepu_docs.batch.manifest import Status
from kepu_docs.batch.report_rows import CommunityState, ReportLines, State
from kepu_docs.batch.reserved_names import MANIFEST, REPORT, REPORT_AS_CSV
from kepu_docs.errors import N_, Fault, Place, Translate
from kepu_docs.errors.visible import visible
from kepu_docs.output.files import move_file, write_loose
from kepu_docs.output.sheet_rows import LINE, Link
from kepu_docs.output.workbooks import A4, MOST_ROWS, REPORT_MARK, Sheet, open_workbook
from kepu_docs.pipeline.expected import Listed
from kepu_docs.pipeline.records import Who
from kepu_docs.typography.columns import width

_COMMUNITIES: Final = N_("Communities")
_TO_SEND_BACK: Final = N_("To send back")
_DOCUMENTS: Final = N_("Documents")
_NAMES: Final = N_("Names to review")
_WHO: Final = (N_("District"), N_("Street"), N_("Community"), N_("Code"))
_FILE: Final = N_("File")
_WHERE: Final = (_FILE, N_("Place"))
_STATE: Final = N_("State")
_ASK: Final = N_("Contact")
_FAULTS: Final = N_("Errors")
_REMARKS: Final = N_("Notes")
_STATED: Final = (*_WHO, _STATE, _FAULTS, _REMARKS, _ASK, _FILE)
_FAILED: Final = (*_WHO, *_WHERE, N_("What is wrong"), N_("What to do"), _ASK)
_DONE: Final = (*_WHO, N_("Document"), N_("Bytes"), _STATE)
_CONVERTED: Final = (*_WHO, *_WHERE, N_("As written"), N_("As shown"), N_("Several possible forms"))
_STATES: Final[Mapping[Status, str]] = {"done": State.DONE, "absent": State.GONE, "failed": State.GONE}
_WIDTHS: Final = {
    N_("District"): 10,
    N_("Community"): 18,
    N_("Code"): 12,
    _FILE: 20,
    N_("Place"): 18,
    N_("Document"): 60,
    N_("What is wrong"): 50,
    N_("What to do"): 22,
    _STATE: 18,
    _FAULTS: 8,
    _REMARKS: 8,
    _ASK: 18,
}
_ELSE: Final = 14
_MOST_LINES: Final = 20
_MOST_FILES: Final = 3
"""The most files of one community; usually it sends one."""
_MOST_OF_A_CELL: Final = 32_000
"""The longest text of a cell, in characters; Excel allows slightly more."""
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_report(
    folder: Path,
    room: Path,
    unread: Sequence[Fault],
    listed: Sequence[Listed],
    missing: Sequence[Who],
    translate: Translate,
) -> tuple[Path, tuple[Fault, ...]]:
    """Write the report of the manifest in ``folder``; return its path, and a message about an older report, if any.

    Files with ``unread`` parts are in the report as well, and so are the ``missing`` communities; ``listed`` has the
    contact persons.

    A report that somebody saved since it was made may contain notes: it is kept under another name. ``room`` is a
    folder for unfinished files. Raises ``OutputError``, also if the file at the report's path is not a report.
    """
    is_workbook = has_xlsxwriter()
    with closing(ReportLines(folder / MANIFEST, missing)) as lines:
        states = partial(lines.states, unread, listed, translate)
        half = (
            _as_workbook(folder, room, lines, states, translate)
            if is_workbook
            else write_loose(str(room), _as_csv(folder, states(with_findings=True), translate))
        )
    path = folder / (REPORT if is_workbook else REPORT_AS_CSV)
    kept = (_set_aside(path),) if check_report(path, has_manifest=True) else ()
    move_file(half, str(path))
    return path, kept


def _set_aside(path: Path) -> Fault:
    """Rename a report to an unused name."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in itertools.count(2))
    other = next(each for each in numbered if not os.path.lexists(each))
    move_file(str(path), str(other))
    text = N_("someone has saved this report since it was made; that version is now called {name}")
    return Fault(Place(str(path)), text, (("name", other.name),))


def _as_workbook(
    folder: Path,
    room: Path,
    lines: ReportLines,
    states: Callable[..., Iterator[CommunityState]],
    translate: Translate,
) -> str:
    # XlsxWriter opens the file by its name, which cannot be guessed, nor can the name of the room.
    half = room / secrets.token_hex(8)
    with open_workbook(half, room, REPORT_MARK, Place(str(half))) as book:
        head = book.frame.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        body = book.frame.add_format({"text_wrap": True, "valign": "top"})
        sheets: list[tuple[str, Sequence[str], Iterator[Sequence[Any]]]] = [
            (_COMMUNITIES, _STATED, _states(states(), translate)),
            (_TO_SEND_BACK, _FAILED, _findings(folder, states(with_findings=True), translate)),
            (_DOCUMENTS, _DONE, _documents(lines, translate)),
        ]
        if next(lines.names(), None):
            sheets.append((_NAMES, _CONVERTED, _names(lines)))
        for title, columns, rows in sheets:
            widths = [_WIDTHS.get(name, _ELSE) for name in columns]
            heads = list(zip(map(translate, columns), widths, strict=True))
            sheet = Sheet(book, translate(title), heads, head, body)
            for row in itertools.islice(rows, MOST_ROWS):
                # Not every program calculates the height of a row by itself.
                sheet.write(row, LINE * _lines(row, widths))
            sheet.sheet.autofilter(0, 0, sheet.row, len(columns) - 1)
            # Some users work through the list on paper while they telephone.
            sheet.sheet.set_paper(A4)
            sheet.sheet.set_landscape()
            sheet.sheet.fit_to_pages(1, 0)
            sheet.sheet.repeat_rows(0)
            sheet.sheet.hide_gridlines(0)
            sheet.sheet.set_footer("&C&A  &P / &N")
    return str(half)


def _lines(row: Sequence[Any], widths: Sequence[int]) -> int:
    """Return how many lines the longest text of a row takes in its column."""
    texts = (each.text if isinstance(each, Link) else str(each) for each in row)
    lines = (-(-width(text) // columns) for text, columns in zip(texts, widths, strict=True))
    return max(1, min(max(lines), _MOST_LINES))


def shown(text: str) -> str:
    """Return a text that is safe to show: nothing in it breaks a file, a terminal or the reading direction."""
    seen = visible(text, _MOST_OF_A_CELL)
    return seen if len(seen) <= _MOST_OF_A_CELL else f"{seen[:_MOST_OF_A_CELL]}…"


def _states(states: Iterator[CommunityState], translate: Translate) -> Iterator[Sequence[Any]]:
    """Yield a row for each community; the number of its faults is a link to the first of them."""
    below = 2
    for each in states:
        if each.state:
            faults = sum(finding.is_fault for finding in each.findings)
            first = f"internal:'{translate(_TO_SEND_BACK)}'!A{below}"
            counts = (Link(str(count), first) if count else "" for count in (faults, len(each.findings) - faults))
            files = "\n".join(map(shown, each.files[:_MOST_FILES]))
            yield *map(shown, each.who), translate(each.state), *counts, shown(each.contact), files
        below += len(each.findings)


def _findings(folder: Path, states: Iterator[CommunityState], translate: Translate) -> Iterator[Sequence[Any]]:
    """Yield a row for each fault, and each remark, in the order of the communities."""
    for each in states:
        contact = shown(each.contact)
        for finding in each.findings:
            place = shown(finding.place)
            address = finding.link(folder)
            where = Link(place or shown(finding.name), f"external:{address}") if address else place
            texts = map(shown, (*each.who, finding.name))
            yield *texts, where, shown(finding.message), translate(finding.to_do), contact


def _documents(lines: ReportLines, translate: Translate) -> Iterator[Sequence[Any]]:
    for who, status, output in lines.documents():
        state = N_("from an earlier version of the record") if output.stale else _STATES[status]
        yield *map(shown, who), shown(output.path), output.size, translate(state)


def _names(lines: ReportLines) -> Iterator[Sequence[Any]]:
    """Yield the names that documents show in other characters than their records."""
    for who, file, name in lines.names():
        yield tuple(map(shown, (*who, file, name.field, name.written, name.shown, name.several)))


def _as_csv(folder: Path, states: Iterator[CommunityState], translate: Translate) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([translate(name) for name in _FAILED])
    for row in _findings(folder, states, translate):
        writer.writerow([_harmless(value.text if isinstance(value, Link) else value) for value in row])
    # Excel reads CSV as UTF-8 if it begins with a byte order mark.
    return file.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> Any:
    """Return a value that no spreadsheet treats as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value
