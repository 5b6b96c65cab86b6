"""Parsing of catalogues in ``.po`` files (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).

The files are parsed here, line by line: a library's parser creates as many forms of a text as the file declares,
accepts any charset name, and prints what it does not understand.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from gettext import c2py
from typing import Final, Self

from kepu_docs.locale.encodings import EncodingError, decode

CATALOG_BYTES: Final = 2 * 1024 * 1024
"""The size of one file, in bytes. The longest built-in one has 130 thousand."""
MOST_LABELS: Final = 20_000
"""The number of labels in one file. The longest built-in one has 900."""
MOST_FORMS: Final = 6
"""The number of forms of one text. Arabic has six; no language has more."""

PluralRule = Callable[[int], int]
"""Returns the index of the form of a text for a number."""

_CHARSETS: Final = frozenset(
    ("utf-8", "utf8", "ascii", "us-ascii", "gb18030", "gbk", "gb2312", "big5", "latin-1", "iso-8859-1")
)
_TWO_FORMS: Final = 2, "n != 1"
_HEAD: Final = 4096
"""How many bytes are searched for the charset."""

_charset = re.compile(rb"charset=([-\w]+)", re.IGNORECASE)
_keyword = re.compile(r"(msgctxt|msgid|msgid_plural|msgstr)(?:\[([0-9]{1,3})\])?[ \t]*(\".*)")
_quoted = re.compile(r'"((?:[^"\\]|\\.)*+)"')
_escape = re.compile(r'\\([\\abfnrtv"])')
_ESCAPES: Final = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class CatalogError(ValueError):
    """A ``.po`` file is wrong: the line, and a text in English whose ``{names}`` are filled with ``values``."""

    def __init__(self, line: int, text: str, values: dict[str, object]) -> None:
        super().__init__(f"line {line}: {text.format(**values)}")
        self.line = line
        self.text = text
        self.values = values

    @classmethod
    def at(cls, line: int, text: str, **values: object) -> Self:
        """Return the error at a line."""
        return cls(line, text, values)


@dataclass(slots=True)
class Entry:
    """A text and its translation, starting from the line of its identifier."""

    line: int = 0
    context: str = ""
    identifier: str = ""
    plural: str | None = None
    forms: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    def translations(self, count: int) -> tuple[str, ...]:
        """Return the forms: one, or ``count`` forms for a text that has several; empty if one is missing."""
        places = range(count) if self.plural is not None else range(1)
        return tuple(self.forms.get(place, "") for place in places)


@dataclass(frozen=True, slots=True)
class PoFile:
    """The contents of a file, in order."""

    entries: tuple[Entry, ...]
    rule: PluralRule
    count: int
    """How many forms a text has."""
    formula: str
    """The ``rule`` as it is written."""


def read_po_file(content: bytes) -> PoFile:
    """Return the contents of a ``.po`` file. Raises ``CatalogError``."""
    if len(content) > CATALOG_BYTES:
        raise CatalogError.at(1, "the file is larger than {limit} KiB", limit=CATALOG_BYTES // 1024)
    entries: list[Entry] = []
    formula, count = _plurals({})
    rule = plural_rule(formula, count)
    for entry in _entries(_decoded(content)):
        if len(entries) >= MOST_LABELS:
            raise CatalogError.at(entry.line, "a catalogue may have at most {limit} texts", limit=MOST_LABELS)
        if entry.identifier:
            entries.append(entry)
        elif not entry.context:
            formula, count = _plurals(_header(entry), entry.line)
            try:
                rule = plural_rule(formula, count)
            except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
                raise CatalogError.at(entry.line, "Plural-Forms: {reason}", reason=str(error)[:200]) from None
    return PoFile(tuple(entries), rule, count, formula)


def _decoded(content: bytes) -> str:
    found = _charset.search(content, 0, _HEAD)
    # The placeholder for a charset in a template of a catalogue.
    name = found[1].decode("ascii", "replace").lower() if found and found[1] != b"CHARSET" else "utf-8"
    if name not in _CHARSETS:
        raise CatalogError.at(1, "the charset “{name}” is not supported; use UTF-8", name=name)
    try:
        return decode(content, name)
    except EncodingError as error:
        raise CatalogError(error.line, error.problem.text, dict(error.problem.values)) from None


def _entries(text: str) -> Iterator[Entry]:
    entry = Entry()
    # The text being continued on further lines, and the function that stores it.
    parts: list[str] = []
    put: Callable[[str], None] | None = None
    for line, row in enumerate([*text.split("\n"), "msgid"], 1):
        row = row.strip()
        if row.startswith('"'):
            if put is None:
                raise CatalogError.at(line, "this line continues nothing")
            parts.append(_text(row, line))
            continue
        if put is not None:
            put("".join(parts))
            put = None
        starts = row.startswith(("msgctxt", "#", "msgid ", "msgid\t")) or row == "msgid"
        if starts and entry.forms:
            yield entry
            entry = Entry()
        if not row or row == "msgid":
            continue
        if row.startswith("#"):
            entry.fuzzy |= row.startswith("#,") and "fuzzy" in [flag.strip() for flag in row[2:].split(",")]
            continue
        found = _keyword.fullmatch(row)
        if not found:
            raise CatalogError.at(line, "expected msgctxt, msgid or msgstr with a text in quotation marks")
        keyword, place, quoted = found.groups()
        parts = [_text(quoted, line)]
        put = _put(entry, keyword, int(place or 0), line)
    if entry.identifier or entry.context:
        raise CatalogError.at(entry.line, "a text without a translation; expected msgstr")


def _put(entry: Entry, keyword: str, place: int, line: int) -> Callable[[str], None]:
    """Return the function that stores the text of a keyword."""

    def put(text: str) -> None:
        match keyword:
            case "msgctxt":
                entry.line, entry.context = line, text
            case "msgid":
                entry.line, entry.identifier = line, text
            case "msgid_plural":
                entry.plural = text
            case _:
                entry.forms.setdefault(place, text)

    return put


def _text(quoted: str, line: int) -> str:
    found = _quoted.fullmatch(quoted)
    if not found:
        raise CatalogError.at(line, "expected a text in quotation marks")
    return _escape.sub(lambda match: _ESCAPES.get(match[1], match[1]), found[1]) if "\\" in quoted else found[1]


def _header(entry: Entry) -> dict[str, str]:
    rows = (row.partition(":") for row in entry.forms.get(0, "").split("\n"))
    return {name.strip().lower(): value.strip() for name, _, value in rows}


def _plurals(header: dict[str, str], line: int = 1) -> tuple[str, int]:
    """Return the formula of the plural, and the number of forms: those of the header, or of the language."""
    if "plural-forms" not in header:
        count, formula = _usual(header.get("language", ""))
    else:
        pairs = (part.partition("=") for part in header["plural-forms"].split(";"))
        header = {name.strip(): value.strip() for name, _, value in pairs}
        formula, digits = header.get("plural", "n != 1"), header.get("nplurals", "2")
        count = int(digits) if re.fullmatch("[0-9]{1,3}", digits) else 0
        if not 0 < count <= MOST_FORMS:
            raise CatalogError.at(line, "Plural-Forms: nplurals must be a number from 1 to {limit}", limit=MOST_FORMS)
    return formula, count


def plural_rule(formula: str, count: int) -> PluralRule:
    """Return the rule of a formula for ``count`` forms. Raises what ``gettext`` raises for one that is wrong."""
    asked = c2py(formula)

    def rule(number: int) -> int:
        try:
            return min(max(asked(number), 0), count - 1)
        except ZeroDivisionError:
            return 0

    return rule


def _usual(language: str) -> tuple[int, str]:
    if not language:
        return _TWO_FORMS
    from babel import Locale, UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        found = get_plural(Locale.parse(language.replace("-", "_")))
    except (UnknownLocaleError, ValueError, TypeError):
        return _TWO_FORMS
    return found[0], found[1]
