"""The records of JSON Lines, one per line."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO, Final

from kepu_docs.plugin import N_, Fault, Place, SourceError, SourceRecord

LONGEST_LINE: Final = 8 * 1024 * 1024
"""The longest line, which is the longest record, in bytes."""

_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def json_records(file: BinaryIO, name: str, folder: str, size: int) -> Iterator[SourceRecord]:
    """Yield a record for each line that is not blank.

    ``size`` is the size of the file in bytes, 0 if it is not known. Raises ``OSError``, and ``SourceError`` for UTF-16.
    """
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
            text = N_("the line is longer than {limit} MiB, the most that is allowed for a record")
            faults = (Fault(Place(name, number), text, (("limit", LONGEST_LINE >> 20),)),)
            while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
                done += len(line)
            line = b""
        elif not line.strip():
            continue
        read = min(done / size, 1.0) if size else 0.0
        yield SourceRecord(name, line, "json", f"{number}", number, folder, faults=faults, read=read)
