"""What stands in a run's way: files of names that a run writes, but no run wrote. They are looked for at the door."""

import csv
import importlib.util
import os
import re
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, Final

from kepu_docs.batch.archive import check_archive
from kepu_docs.batch.layout import MANIFEST, REPORT, REPORT_AS_CSV
from kepu_docs.batch.manifest import check_manifest
from kepu_docs.errors import N_, OutputError, Place
from kepu_docs.pipeline.writing import explaining, open_own

MADE: Final = "2000-01-01T00:00:00Z"
"""When every report says that it was made; office programs keep that, and say besides when they saved it last."""
MARK: Final = "kepu-docs report"
"""The category that a report says to be of. Those of earlier versions say nothing."""

_PROPERTIES: Final = b"docProps/core.xml"
_END: Final = struct.Struct("<4s4H2LH")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_HEAD: Final = struct.Struct("<4s5H3L2H")
_MOST_OF_AN_END: Final = 65_536 + _END.size
_MOST_OF_A_DIRECTORY: Final = 256 * 1024
_MOST_OF_PROPERTIES: Final = 64 * 1024
"""In bytes, of a workbook's last part, of its directory, and of its properties: a report has less than a tenth."""
_MOST_OF_A_HEAD: Final = 4_096
"""Of the first line of a report as CSV, in bytes."""
_COLUMNS: Final = 7
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def look_before(folder: Path, *, archive: bool) -> None:
    """Raise ``OutputError`` if a manifest, a report or (if one is asked for) an archive is there that no run wrote."""
    has_manifest = check_manifest(folder / MANIFEST)
    check_report(folder / (REPORT if has_xlsxwriter() else REPORT_AS_CSV), has_manifest=has_manifest)
    if archive:
        check_archive(folder, has_manifest=has_manifest)


def has_xlsxwriter() -> bool:
    """Tell whether a report can be a workbook."""
    return importlib.util.find_spec("xlsxwriter") is not None


def check_report(path: Path, *, has_manifest: bool) -> bool:
    """Tell whether a report is there that somebody saved since it was made; such a one is kept.

    ``has_manifest`` tells whether there is a manifest of ours beside it: then reports of earlier versions, and those as
    CSV, which can have no mark, are ours. Raises ``OutputError`` for what is no report at all.
    """
    with explaining(path, N_("not written: {reason}")):
        try:
            file = open(open_own(path), "rb")  # noqa: SIM115  (closed below)
        except (FileNotFoundError, NotADirectoryError):
            return False
        with file:
            if not os.fstat(file.fileno()).st_size:
                return False
            if path.name == REPORT_AS_CSV:
                is_ours, is_changed = has_manifest, not _has_head(file)
            else:
                told = _properties(file)
                is_ours = _says(told, b"dcterms:created", MADE) and (has_manifest or _says(told, b"cp:category", MARK))
                is_changed = not _says(told, b"dcterms:modified", MADE)
    if not is_ours:
        text = N_("a file of this name is there that no run made; move it away, or give another folder")
        raise OutputError.at(Place(str(path)), text)
    return is_changed


def _has_head(file: BinaryIO) -> bool:
    line = file.readline(_MOST_OF_A_HEAD)
    if not line.startswith(_BYTE_ORDER_MARK):
        return False
    try:
        return len(next(csv.reader([line.decode("utf-8-sig")]), ())) == _COLUMNS
    except (ValueError, csv.Error):
        return False


def _says(told: bytes, name: bytes, value: str) -> bool:
    return re.search(rb"<%s(?: [^<>]{0,200})?>%s</" % (name, value.encode()), told) is not None


def _properties(file: BinaryIO) -> bytes:
    """Return what a workbook tells of itself; nothing for what is no workbook. Little of it is read, whatever it is."""
    try:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _MOST_OF_AN_END))
        end = file.read(_MOST_OF_AN_END)
        *_, length, start, _ = _END.unpack_from(end, end.rindex(b"PK\5\6"))
        file.seek(start)
        directory = file.read(min(length, _MOST_OF_A_DIRECTORY))
        at = 0
        while at < len(directory):
            entry = _ENTRY.unpack_from(directory, at)
            packing, packed, name, extra, comment, place = (entry[each] for each in (4, 8, 10, 11, 12, 16))
            at += _ENTRY.size
            if directory[at : at + name] == _PROPERTIES:
                return _unpacked(file, place, packed, packing)
            at += name + extra + comment
    except (struct.error, ValueError, zlib.error):
        pass
    return b""


def _unpacked(file: BinaryIO, place: int, packed: int, packing: int) -> bytes:
    file.seek(place)
    *_, name, extra = _HEAD.unpack(file.read(_HEAD.size))
    file.seek(name + extra, os.SEEK_CUR)
    data = file.read(min(packed, _MOST_OF_PROPERTIES))
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, _MOST_OF_PROPERTIES) if packing else data
