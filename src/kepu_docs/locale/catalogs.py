"""Catalogues of several folders as one; an error names each file that cannot be read or has an unusable text.

Texts are filled with ``str.format``, which would access attributes, and pad without limit. So they may have only plain
``{names}``, and a pattern only the names that it is given.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Final

from kepu_docs.errors import Message, Place, TemplateError
from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.folders import candidates
from kepu_docs.locale.po_files import CATALOG_BYTES, CatalogError, PoFile, read_po_file
from kepu_docs.locale.stored_catalogs import store_catalog, stored_catalog

CATALOGS: Final = ("messages.po", "keys.po", "interface.po")
"""The catalogues of a language: of documents, of the keys of records, of messages and help."""
LONGEST_LABEL: Final = 10_000
"""The longest text or translation, in characters. The longest built-in one, a help text, has some 600."""
LONGEST_PATTERN: Final = 500
"""The longest pattern, in characters. The longest built-in one has 30."""

_AMOUNT: Final = (frozenset(("number",)), frozenset(("number", "unit")))
_PART: Final = (frozenset[str](), frozenset(("of_year",)))
_OF_YEAR: Final = (frozenset[str](), frozenset(("year",)))
_PERIOD: Final = (frozenset(("",)), frozenset(("",)))


def _all(*names: str) -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(names), frozenset(names)


_FIELDS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = MappingProxyType(
    {
        **dict.fromkeys(("exactly", "over", "over, not round", "nearly", "about", "at_least"), _AMOUNT),
        **dict.fromkeys(("first half", "second half", *(f"quarter {place}" for place in range(1, 5))), _PART),
        **dict.fromkeys(("of the year", "of the known year"), _OF_YEAR),
        **dict.fromkeys(("on a day", "in a time", "from day to day"), _PERIOD),
        **dict.fromkeys(("table number", "figure number"), _all("number")),
        "unit and noun": _all("unit", "noun"),
        "in units": _all("name", "unit"),
        "addressee": _all("name"),
        "printed on": _all("day"),
        "figure of a kind": _all("kind", "field"),
        "review note": _all("title"),
    }
)
"""For each pattern, the names that it must contain, and those that it may contain."""

LARGE_NUMBERS: Final = ("scaled", "digits", "grouped")
"""How large numbers are written: in 万 and 亿 if two decimals are exact; in digits; in digits grouped by thousands."""

_SPANS: Final = ("days of a month", "days of a year", "days of years", "months of a year", "months of years", "years")
_DAYS: Final = ("date", "month", "year", *_SPANS)
_DATES: Final = frozenset((*_DAYS, *(f"{name}, year known" for name in _DAYS)))
_BLANKS: Final = dict.fromkeys(map(ord, "\n\t\u3000\xa0"))
_DAY: Final = datetime.date(2025, 4, 12)


def read_catalog(folders: Iterable[Traversable], locales: Iterable[str], name: str) -> Catalog:
    """Return the labels of the files called ``name``; the first file of :func:`candidates` with a label counts.

    Raises ``TemplateError`` for a file that is not a catalogue.
    """
    return Catalog.of(map(read_catalog_file, candidates(folders, locales, name)))


def catalog_files(folders: Iterable[Traversable], locales: Iterable[str]) -> Iterator[bytes]:
    """Yield what the catalogues of documents and keys hold, as bytes, in the order in which they count."""
    places = tuple(folders), tuple(locales)
    for name in ("messages.po", "keys.po"):
        for file in candidates(*places, name):
            with file.open("rb") as stream:
                yield stream.read(CATALOG_BYTES + 1)


def read_catalog_file(file: Traversable) -> PoFile:
    """Return the labels of one file. Raises ``TemplateError`` for a file that is not a catalogue."""
    with file.open("rb") as stream:
        content = stream.read(CATALOG_BYTES + 1)
    # A user's own folder is no path, but what was read of it.
    stored = stored_catalog(content) if isinstance(file, Path) else None
    if stored is not None:
        return stored
    try:
        found = read_po_file(content)
        for line, context, identifier, text in _texts(found):
            _check(line, context, identifier, text)
    except CatalogError as error:
        reason = Message(error.text, tuple(error.values.items()))
        place = Place(str(file), error.line)
        raise TemplateError.at(place, "the catalogue cannot be read: {reason}", reason=reason) from None
    if isinstance(file, Path):
        store_catalog(content, found)
    return found


def _texts(file: PoFile) -> Iterator[tuple[int, str, str, str]]:
    """Yield the line, context, identifier and text of each translation in use."""
    for entry in file.entries:
        if not entry.fuzzy:
            for text in filter(None, entry.translations(file.count)):
                yield entry.line, entry.context, entry.identifier, text


def _check(line: int, context: str, identifier: str, text: str) -> None:
    """Raise ``CatalogError`` for a translation that no document could show, or that cannot be filled in."""
    limit = LONGEST_PATTERN if context == "pattern" else LONGEST_LABEL
    if max(len(text), len(identifier)) > limit:
        raise CatalogError.at(line, "a text of more than {limit} characters", limit=limit)
    bad = _unshowable(text)
    if bad:
        raise CatalogError.at(line, "the character {character}, which cannot be shown", character=f"U+{ord(bad):04X}")
    if context == "pattern":
        _check_pattern(line, identifier, "" if text == "nothing" else text)
    elif not context and not {"{", "}"}.isdisjoint(text) and _is_filled_in(identifier):
        _names(line, text)


def _unshowable(text: str) -> str:
    """Return the first character of ``text`` that no document can show, or nothing."""
    # Nearly all texts are printable; the rest needs pydantic, which help in another language has no other use for.
    if text.translate(_BLANKS).isprintable():
        return ""
    from kepu_docs.schema.text import unshowable

    return unshowable(text)


def _is_filled_in(identifier: str) -> bool:
    """Return whether a text may have values; a text about braces has none."""
    try:
        return bool(list(Formatter().parse(identifier)))
    except ValueError:
        return False


def _check_pattern(line: int, identifier: str, text: str) -> None:
    if identifier in _DATES:
        _check_date(line, identifier, text)
    elif identifier in ("quotes", "inner quotes") and len(text) != 2:
        raise CatalogError.at(line, "expected two quotation marks in a row")
    elif identifier == "large numbers" and text not in LARGE_NUMBERS:
        raise CatalogError.at(
            line,
            "large numbers are {known}; found “{found}”",
            found=text[:100],
            known=", ".join(LARGE_NUMBERS),
        )
    elif identifier in _FIELDS:
        needed, known = _FIELDS[identifier]
        names = _names(line, text)
        if not needed <= names <= known:
            raise CatalogError.at(
                line,
                "the pattern “{name}” has the names {found}; it must have {needed} and may have {known}",
                name=identifier,
                **{key: _listed(each) for key, each in (("found", names), ("needed", needed), ("known", known))},
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "-"


def _check_date(line: int, identifier: str, text: str) -> None:
    from babel.dates import format_date

    try:
        for part in text.split("|"):
            format_date(_DAY, part, locale="en")
    except Exception:  # Babel may raise any exception when a day is asked for its hour
        raise CatalogError.at(
            line, "“{found}” is not a date pattern; expected one such as {example}", found=text, example="y年M月d日"
        ) from None
    if text.count("|") > (identifier.removesuffix(", year known") in _SPANS):
        raise CatalogError.at(line, "only the pattern of a range of days has two parts, separated by one |")


def _names(line: int, text: str) -> set[str]:
    """Return the names in a text. Raises ``CatalogError`` for a replacement field that is more than a name."""
    names = set()
    try:
        for _, name, width, conversion in Formatter().parse(text):
            if name is None:
                continue
            if width or conversion or not (name.isidentifier() or name.isdecimal() or not name):
                raise CatalogError.at(line, "“{found}” has more than a name in its braces", found=text[:100])
            names.add(name)
    except CatalogError:
        raise
    except ValueError:
        raise CatalogError.at(line, "the braces of “{found}” do not match", found=text[:100]) from None
    return names
