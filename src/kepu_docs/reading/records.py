"""From a record file to plain data, with the place of every value for messages."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kepu_docs.contract.sources import Syntax
from kepu_docs.errors import Fault, Place, RecordError
from kepu_docs.errors.addresses import printable_path
from kepu_docs.reading.attached import attached_record
from kepu_docs.reading.decoding import decode
from kepu_docs.reading.embedded import embedded_record, record_of_workbook
from kepu_docs.reading.json_reader import parse as parse_json
from kepu_docs.reading.opening import read_bytes
from kepu_docs.reading.spots import MAX_BYTES, Parsed
from kepu_docs.reading.yaml_reader import parse as parse_yaml

__all__ = ["RecordData", "is_carried", "read_content", "read_record", "read_text", "record_text"]

WORD: Final = ".docx"
_SYNTAXES: Final[dict[str, Syntax]] = {
    ".yaml": "yaml", ".yml": "yaml", ".json": "json", ".toml": "toml", WORD: "docx", ".pdf": "pdf",
    ".xlsx": "xlsx",
}  # fmt: skip
MOST_BYTES_OF_DOCUMENT: Final = 100 * 1024 * 1024
_BYTE_ORDER_MARK: Final = "\ufeff"
_CARRIED: Final = {"docx": embedded_record, "pdf": attached_record, "xlsx": record_of_workbook}


def _parse_toml(text: str, name: str) -> Parsed:
    from kepu_docs.reading.toml_reader import parse  # hardly any record is in TOML

    return parse(text, name)


_READERS: Final = {"yaml": parse_yaml, "json": parse_json, "toml": _parse_toml, **dict.fromkeys(_CARRIED, parse_json)}


@dataclass(frozen=True, slots=True)
class RecordData:
    """A record as it is in its file: dictionaries, lists, text, numbers, booleans, ``None``; dates only from TOML."""

    name: str
    """The name of the record in messages: the path as given."""
    data: dict[str, Any]
    faults: tuple[Fault, ...]
    """Repeated keys, of which ``data`` has the first value. A record with faults must be refused; they are kept here
    so that its other faults can be reported with them."""
    _parsed: Parsed = field(repr=False, compare=False)

    def place(self, path: tuple[str | int, ...], *, key: bool = False) -> Place:
        """Return the place of the value at ``path``, or of its key if ``key``.

        If there is nothing at ``path`` (a missing field), return the place of the nearest value that contains it.
        ``field`` of the result is empty; the caller knows how to write it.
        """
        spot = self._parsed.spots()
        for step in path:
            child = spot.children.get(step)
            if child is None:
                return spot.value.place(self.name)
            spot = child
        position = spot.key if key and spot.key else spot.value
        return position.place(self.name)


def read_record(path: Path) -> RecordData:
    """Read a record file; its suffix gives the syntax: .yaml, .yml, .json or .toml, in any case.

    From a Word document (.docx), a PDF or a form that is a workbook (.xlsx), read the record that it carries; places in
    it refer to the record's JSON.

    Raises ``RecordError`` with every fault found: a file that is missing, unreadable, longer than 8 MiB or not text,
    broken syntax, and anything else that a record may not have. Repeated keys are in ``faults`` of the result.
    """
    name = printable_path(path)
    syntax = _SYNTAXES.get(path.suffix.lower())
    if syntax is None:
        raise RecordError.at(
            Place(name),
            "a record file must end in {known}; this one ends in “{suffix}”",
            known=", ".join(_SYNTAXES),
            suffix=printable_path(path.suffix),
        )
    content = read_bytes(path, MOST_BYTES_OF_DOCUMENT if is_carried(syntax) else MAX_BYTES)
    return read_content(content, name=name, syntax=syntax)


def read_content(content: bytes, *, name: str, syntax: Syntax) -> RecordData:
    """Read a record from the bytes of its text, or of a document that carries it.

    Raises ``RecordError`` as :func:`read_record` does.
    """
    return read_text(record_text(content, name, syntax), name=name, syntax=syntax)


def is_carried(syntax: Syntax) -> bool:
    """Return whether documents written by kepu-docs carry records of this syntax."""
    return syntax in _CARRIED


def record_text(content: bytes, name: str, syntax: Syntax) -> str:
    """Return the text of a record; it is JSON if a document carries it.

    Raises ``RecordError`` for bytes that are not text, ``DocumentError`` for a document that carries no record.
    """
    return _CARRIED.get(syntax, decode)(content, name)


def read_text(text: str, *, name: str, syntax: Syntax) -> RecordData:
    """Read a record from text in the given syntax, or as a document carries it; ``name`` is its name in messages.

    Raises ``RecordError`` as :func:`read_record` does.
    """
    if len(text) > MAX_BYTES:
        raise RecordError.at(
            Place(name), "the record has more than {limit} characters, the most that is allowed", limit=MAX_BYTES
        )
    parsed = _READERS[syntax](text.removeprefix(_BYTE_ORDER_MARK), name)
    return RecordData(name, parsed.data, parsed.faults, parsed)
