"""Files of JSON Lines, and standard input."""

import os
import sys
from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import (
    N_,
    Place,
    RecordForm,
    SourceError,
    SourceRecord,
    folder_of,
    opened,
    shown_location,
    unreadable,
)
from kepu_sources.json_records import json_records
from kepu_sources.standard_input import standard_records

STANDARD_INPUT: Final = "-"
_NAME: Final = N_("standard input")


class JsonLines:
    """Reads ``.jsonl`` and ``.ndjson``, skipping blank lines; the location ``-`` is standard input, also of YAML."""

    suffixes = (".jsonl", ".ndjson")
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each line or, in YAML, for each document."""
        if location == STANDARD_INPUT:
            if sys.stdin is None:
                raise SourceError.at(Place(_NAME), "it is closed")
            try:
                yield from standard_records(sys.stdin.buffer, _NAME)
            except OSError as error:
                raise unreadable(_NAME, error) from None
            return
        with opened(location) as file:
            try:
                size = os.fstat(file.fileno()).st_size
                yield from json_records(file, shown_location(location), folder_of(location), size)
            except OSError as error:
                raise unreadable(location, error) from None
