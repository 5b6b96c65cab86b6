"""Existing files that block a run: they have names that it writes, and no run wrote them."""

import csv
import importlib.util
import os
from pathlib import Path
from typing import BinaryIO, Final

from kepu_docs.batch.manifest import check_manifest
from kepu_docs.batch.reserved_names import MANIFEST, REPORT, REPORT_AS_CSV
from kepu_docs.batch.zip_archive import check_archive
from kepu_docs.errors import N_, OutputError, Place
from kepu_docs.output.files import explaining, open_if_there
from kepu_docs.output.workbooks import REPORT_MARK, look_at

_MOST_OF_A_HEAD: Final = 4_096
"""The longest first line of a CSV report that is read, in bytes."""
_COLUMNS: Final = (7, 9)
"""The columns of a CSV report, in earlier versions and now."""
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def check_existing_files(folder: Path, *, archive: bool) -> None:
    """Raise ``OutputError`` for a manifest, a report or (if one is requested) an archive that no run wrote."""
    has_manifest = check_manifest(folder / MANIFEST)
    check_report(folder / (REPORT if has_xlsxwriter() else REPORT_AS_CSV), has_manifest=has_manifest)
    if archive:
        check_archive(folder, has_manifest=has_manifest)


def has_xlsxwriter() -> bool:
    """Return whether a report can be a workbook."""
    return importlib.util.find_spec("xlsxwriter") is not None


def check_report(path: Path, *, has_manifest: bool) -> bool:
    """Return whether a report exists that somebody has saved since it was made; such a report is kept.

    ``has_manifest`` says whether a manifest of kepu-docs is beside it: then reports of earlier versions and CSV
    reports, which cannot carry a mark, count as written by kepu-docs. Raises ``OutputError`` for a file that is not a
    report.
    """
    with explaining(path, N_("not written: {reason}")):
        file = open_if_there(path)
        if file is None:
            return False
        with file:
            if not os.fstat(file.fileno()).st_size:
                return False
            if path.name == REPORT_AS_CSV:
                is_ours, is_changed = has_manifest, not _has_head(file)
            else:
                mark = look_at(file)
                is_ours = mark.is_made_by_us and (has_manifest or mark.category == REPORT_MARK)
                is_changed = mark.is_changed
    if not is_ours:
        text = N_(
            "a file with this name already exists, and kepu-docs did not write it; move it or choose another folder"
        )
        raise OutputError.at(Place(str(path)), text)
    return is_changed


def _has_head(file: BinaryIO) -> bool:
    line = file.readline(_MOST_OF_A_HEAD)
    if not line.startswith(_BYTE_ORDER_MARK):
        return False
    try:
        return len(next(csv.reader([line.decode("utf-8-sig")]), ())) in _COLUMNS
    except (ValueError, csv.Error):
        return False
