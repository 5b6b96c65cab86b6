"""The records of YAML text, separated by lines of ``---``."""

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from kepu_docs.plugin import N_, Fault, Place, SourceRecord

MOST_BYTES: Final = 8 * 1024 * 1024
"""The most bytes of one record."""

# In YAML, these begin a line for no other purpose, not even within quotes or a block of text.
_boundary = re.compile(rb"(?:---|\.\.\.)(?=\s|$)")
# Directives (%YAML) come before a document; such a line is text only after other text.
_blank = re.compile(rb"\s*+(?:#.*+\s*+)?|%.*+\s*+")


def yaml_records(file: BinaryIO, name: str, folder: str, size: int) -> Iterator[SourceRecord]:
    """Yield a record for each YAML document; documents of comments alone are skipped.

    ``size`` is the size of the file in bytes, 0 if it is not known. Raises ``OSError``.
    """
    for number, begin, content, done in _documents(file):
        faults = (too_long(Place(name, begin), MOST_BYTES),) if len(content) > MOST_BYTES else ()
        yield SourceRecord(
            name,
            b"" if faults else content,
            "yaml",
            # The only record of a file is named after the file itself.
            "" if number == 1 and size and done >= size else str(begin),
            begin,
            folder,
            faults=faults,
            read=min(done / size, 1.0) if size else 0.0,
        )


def _documents(file: BinaryIO) -> Iterator[tuple[int, int, bytes, int]]:
    """Yield number, first line, text, and bytes read so far, of each YAML document.

    Of a document that is too long, only as much is kept as shows that it is. A file of blank lines is one empty record.
    """
    pieces: list[bytes] = []
    kept = number = done = 0
    begin = line_number = 1
    filled = False
    is_whole = True  # what comes next begins a line

    # A line may be as long as the file.
    while line := file.readline(MOST_BYTES):
        begins, is_whole = is_whole, line.endswith(b"\n")
        if begins and _boundary.match(line):
            if filled:
                number += 1
                yield number, begin, b"".join(pieces), done
            pieces, kept, filled, begin = [], 0, False, line_number
            # Text on the line of the mark belongs to the document that the mark begins.
            line = b"   " + line[3:] if line.startswith(b"-") else b"\n"
        done += len(line)
        line_number += is_whole
        if kept <= MOST_BYTES:
            pieces.append(line)
            kept += len(line)
        filled = filled or _blank.fullmatch(line) is None
    if filled or number == 0:
        yield number + 1, begin, b"".join(pieces), done


def too_long(place: Place, most: int) -> Fault:
    """Return the fault of a record that is too long."""
    text = N_("the record is larger than {limit} MiB, the most that is allowed")
    return Fault(place, text, (("limit", most >> 20),))
