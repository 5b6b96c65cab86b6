"""Catalogues of several folders as one; a file that cannot be read, or holds what no text of ours takes, is named.

Texts are filled in by ``str.format``, which would go into attributes, and pad without measure. So they may have plain
``{names}`` alone, and a pattern those that it is given.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from string import Formatter
from types import MappingProxyType
from typing import Final

from babel.dates import format_date

from kepu_docs.errors import Message, Place, TemplateError
from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.folders import candidates
from kepu_docs.locale.po_files import CATALOG_BYTES, CatalogError, PoFile, read_po_file
from kepu_docs.schema.text import unshowable

CATALOGS: Final = ("messages.po", "keys.po", "interface.po")
"""The catalogues of a language: of documents, of the keys of records, of messages and help."""
LONGEST_LABEL: Final = 10_000
"""Of a text and its translation, in characters. Our longest, of help, has some 600."""
LONGEST_PATTERN: Final = 500
"""Of a pattern, in characters. Our longest has 30."""

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
"""Of each pattern the names that it must have, and those that it may have."""

LARGE_NUMBERS: Final = ("scaled", "digits", "grouped")
"""How large numbers are written: in 万 and 亿 where two decimals lose nothing; in figures; in figures by threes."""

_SPANS: Final = ("days of a month", "days of a year", "days of years", "months of a year", "months of years", "years")
_DAYS: Final = ("date", "month", "year", *_SPANS)
_DATES: Final = frozenset((*_DAYS, *(f"{name}, year known" for name in _DAYS)))
_DAY: Final = datetime.date(2025, 4, 12)


def read_catalog(folders: Iterable[Traversable], locales: Iterable[str], name: str) -> Catalog:
    """Return the labels of the files called ``name``; of one label, the file that :func:`candidates` has first counts.

    Raises ``TemplateError`` for a file that is no catalogue.
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
    """Return what one file holds. Raises ``TemplateError`` for one that is no catalogue."""
    try:
        with file.open("rb") as stream:
            found = read_po_file(stream.read(CATALOG_BYTES + 1))
        for line, context, identifier, text in _texts(found):
            _check(line, context, identifier, text)
    except CatalogError as error:
        reason = Message(error.text, tuple(error.values.items()))
        place = Place(str(file), error.line)
        raise TemplateError.at(place, "the catalogue cannot be read: {reason}", reason=reason) from None
    return found


def _texts(file: PoFile) -> Iterator[tuple[int, str, str, str]]:
    """Yield the line, context, identifier and text of each translation that counts."""
    for entry in file.entries:
        if not entry.fuzzy:
            for text in filter(None, entry.translations(file.count)):
                yield entry.line, entry.context, entry.identifier, text


def _check(line: int, context: str, identifier: str, text: str) -> None:
    """Raise ``CatalogError`` for a translation that no document could show, or that nothing can fill in."""
    limit = LONGEST_PATTERN if context == "pattern" else LONGEST_LABEL
    if max(len(text), len(identifier)) > limit:
        raise CatalogError.at(line, "a text of more than {limit} characters", limit=limit)
    bad = unshowable(text)
    if bad:
        raise CatalogError.at(line, "the character {character}, which nothing can show", character=f"U+{ord(bad):04X}")
    if context == "pattern":
        _check_pattern(line, identifier, "" if text == "nothing" else text)
    elif not context and not {"{", "}"}.isdisjoint(text) and _is_filled_in(identifier):
        _names(line, text)


def _is_filled_in(identifier: str) -> bool:
    """Tell whether a text may have values: one that speaks of braces has none."""
    try:
        return bool(list(Formatter().parse(identifier)))
    except ValueError:
        return False


def _check_pattern(line: int, identifier: str, text: str) -> None:
    if identifier in _DATES:
        _check_date(line, identifier, text)
    elif identifier in ("quotes", "inner quotes") and len(text) != 2:
        raise CatalogError.at(line, "expected two quotation marks, one after the other")
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
                "the pattern “{name}” has the names {found}; it must have {needed}, and may have {known}",
                name=identifier,
                **{key: _listed(each) for key, each in (("found", names), ("needed", needed), ("known", known))},
            )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "-"


def _check_date(line: int, identifier: str, text: str) -> None:
    try:
        for part in text.split("|"):
            format_date(_DAY, part, locale="en")
    except Exception:  # Babel raises whatever comes of asking a day for its hour
        raise CatalogError.at(
            line, "“{found}” is no pattern of days; expected one such as {example}", found=text, example="y年M月d日"
        ) from None
    if text.count("|") > (identifier.removesuffix(", year known") in _SPANS):
        raise CatalogError.at(line, "only a pattern of a span of days has two parts, with one | between them")


def _names(line: int, text: str) -> set[str]:
    """Return the names in a text. Raises ``CatalogError`` for any that is more than a name."""
    names = set()
    try:
        for _, name, width, conversion in Formatter().parse(text):
            if name is None:
                continue
            if width or conversion or not (name.isidentifier() or name.isdecimal() or not name):
                raise CatalogError.at(line, "“{found}” has more in its braces than a name", found=text[:100])
            names.add(name)
    except CatalogError:
        raise
    except ValueError:
        raise CatalogError.at(line, "the braces of “{found}” do not match", found=text[:100]) from None
    return names
