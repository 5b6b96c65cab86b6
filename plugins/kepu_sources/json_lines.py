"""JSON Lines: a record a line, from a file or from standard input."""

import codecs
import os
import sys
from collections.abc import Iterator
from typing import BinaryIO, Final

from kepu_docs.plugin import (
    N_,
    Fault,
    Place,
    RecordForm,
    SourceError,
    SourceRecord,
    folder_of,
    opened,
    shown_location,
    unreadable,
)

STANDARD_INPUT: Final = "-"
_NAME: Final = N_("standard input")
LONGEST_LINE: Final = 8 * 1024 * 1024
"""In bytes; the longest record."""

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class JsonLines:
    """Reads ``.jsonl`` and ``.ndjson``; the location ``-`` is standard input. Blank lines are skipped."""

    suffixes = (".jsonl", ".ndjson")
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each line."""
        if location == STANDARD_INPUT:
            if sys.stdin is None:
                raise SourceError.at(Place(_NAME), "it is closed")
            try:
                yield from _lines(sys.stdin.buffer, _NAME, "", 0)
            except OSError as error:
                raise unreadable(_NAME, error) from None
            return
        with opened(location) as file:
            try:
                size = os.fstat(file.fileno()).st_size
                yield from _lines(file, shown_location(location), folder_of(location), size)
            except OSError as error:
                raise unreadable(location, error) from None


def _lines(file: BinaryIO, name: str, folder: str, size: int) -> Iterator[SourceRecord]:
    number = done = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        done += len(line)
        if number == 1:
            if line.startswith(_UTF_16):
                raise SourceError.at(Place(name), "the file is in UTF-16; save it as UTF-8")
            line = line.removeprefix(codecs.BOM_UTF8)
        faults: tuple[Fault, ...] = ()
        if len(line.rstrip(b"\r\n")) > LONGEST_LINE:
            text = N_("the line is longer than {limit} MiB, the most that a record may have")
            faults = (Fault(Place(name, number), text, (("limit", LONGEST_LINE >> 20),)),)
            while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
                done += len(line)
            line = b""
        elif not line.strip():
            continue
        read = min(done / size, 1.0) if size else 0.0
        yield SourceRecord(name, line, "json", f"{number}", number, folder, faults=faults, read=read)
