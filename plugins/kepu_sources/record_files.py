"""Files of one record, and YAML files of several."""

import os
from collections.abc import Iterator
from typing import Final

from kepu_docs.plugin import (
    Place,
    RecordForm,
    SourceRecord,
    Syntax,
    folder_of,
    opened,
    shown_location,
    unreadable,
)
from kepu_sources.yaml_records import MOST_BYTES, too_long, yaml_records

MOST_BYTES_OF_DOCUMENT: Final = 100 * 1024 * 1024
_SYNTAXES: Final[dict[str, Syntax]] = {".json": "json", ".toml": "toml", ".docx": "docx", ".pdf": "pdf"}


class RecordFiles:
    """Reads files of one record: JSON, TOML, and Word and PDF documents that kepu-docs wrote."""

    suffixes = tuple(_SYNTAXES)
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield the record of the file."""
        syntax = _SYNTAXES[os.path.splitext(location)[1].lower()]
        most = MOST_BYTES_OF_DOCUMENT if syntax in ("docx", "pdf") else MOST_BYTES
        name = shown_location(location)
        with opened(location) as file:
            try:
                content = file.read(most + 1)
            except OSError as error:
                raise unreadable(location, error) from None
        faults = (too_long(Place(name), most),) if len(content) > most else ()
        yield SourceRecord(
            name, b"" if faults else content, syntax, folder=folder_of(location), faults=faults, read=1.0
        )


class YamlStream:
    """Reads YAML: one record, or several separated by lines of ``---``."""

    suffixes = (".yaml", ".yml")
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each YAML document; documents of comments alone are skipped."""
        name, folder = shown_location(location), folder_of(location)
        with opened(location) as file:
            try:
                size = os.fstat(file.fileno()).st_size
                yield from yaml_records(file, name, folder, size)
            except OSError as error:
                raise unreadable(location, error) from None
