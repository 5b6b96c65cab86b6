"""Records from another program: JSON, one per line, or YAML."""

from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from kepu_docs.plugin import SourceRecord
from kepu_sources.json_records import LONGEST_LINE, json_records
from kepu_sources.yaml_records import yaml_records

_MARK: Final = b"\xef\xbb\xbf"
_JSON: Final = (b"{", b"[", b'"')
"""The first characters of JSON values that may be a record."""
_MOST_BLANK: Final = 1_000
"""The most blank lines before the first record."""


def standard_records(stream: BinaryIO, name: str) -> Iterator[SourceRecord]:
    """Yield the records of a stream: JSON Lines if the first line that is not blank is a JSON value, else YAML.

    A JSON record over several lines, of which the first is only a brace, is valid YAML. Raises ``OSError``.
    """
    begin: list[bytes] = []
    while line := stream.readline(LONGEST_LINE + 1):
        begin.append(line)
        if line.strip() or len(begin) > _MOST_BLANK:
            break
    text = begin[-1].removeprefix(_MARK).strip() if begin else b""
    reads = json_records if not text or (text[:1] in _JSON and text != b"{") else yaml_records
    yield from reads(cast(BinaryIO, _Begun(begin, stream)), name, "", 0)


class _Begun:
    """A stream of which some lines have already been read."""

    def __init__(self, lines: list[bytes], stream: BinaryIO) -> None:
        self._lines = lines
        self._stream = stream

    def readline(self, size: int) -> bytes:
        """Return the next line, or as much of it as ``size`` bytes."""
        if not self._lines:
            return self._stream.readline(size)
        line = self._lines.pop(0)
        if len(line) > size:
            self._lines.insert(0, line[size:])
        return line[:size]
