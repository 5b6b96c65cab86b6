"""Formulas: the cells they refer to, where the references are in the text, and the functions they call.

The grammar is small: strings, sheet names, references, names, brackets. Everything else stays as written.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
_TEXT: Final = r'"(?:[^"]|"")*+"?+'
_SHEET: Final = r"(?:'(?:[^']|'')*+'|[\w.]++(?::[\w.]++)?+)!"
_CELL: Final = r"\$?+[A-Za-z]{1,3}\$?+[0-9]{1,7}"
_END: Final = r"(?![\w.(\[!])"
_token = re.compile(
    rf"(?P<text>{_TEXT})"
    rf"|(?P<sheet>{_SHEET})?+(?:"
    rf"(?P<cell>{_CELL}(?::{_CELL})?+){_END}"
    rf"|(?P<rows>\$?+[0-9]{{1,7}}:\$?+[0-9]{{1,7}}){_END}"
    rf"|(?P<columns>\$?+[A-Za-z]{{1,3}}:\$?+[A-Za-z]{{1,3}}){_END}"
    r"|(?P<name>[\w.\\?]++)(?P<call>\s*+\()?+)"
    r"|(?P<quoted>'(?:[^']|'')*+'?+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_text = re.compile(_TEXT)
_other_book = re.compile(r"\[[0-9]+\]")
_path = re.compile(r"[\[\]/\\]")
"""Finds what no sheet name contains, but a reference to another workbook does."""
_part = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")
_PREFIXES: Final = ("_XLFN.", "_XLWS.", "_XLUDF.", "_XLPM.")
OF_RANGES: Final = frozenset((
    "SUM", "COUNT", "COUNTA", "COUNTBLANK", "AVERAGE", "AVERAGEA", "MAX", "MIN", "PRODUCT", "SUBTOTAL", "MEDIAN",
    "AGGREGATE", "SUMSQ", "STDEV", "STDEV.S", "STDEV.P", "VAR", "VAR.S", "VAR.P", "CONCAT", "AND", "OR",
))  # fmt: skip
"""Functions that accept a range as an argument as well as a cell, and use all of its cells."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a reference: ``column`` is 0 for whole rows, ``row`` is 0 for whole columns."""

    column: int
    row: int
    column_fixed: bool = False
    row_fixed: bool = False

    def at(self, row: int) -> "End":
        """Return this end in another row."""
        return End(self.column, row, self.column_fixed, self.row_fixed)

    def text(self) -> str:
        """Return this end as formulas write it."""
        column = f"{'$' * self.column_fixed}{letters(self.column)}" if self.column else ""
        return column + (f"{'$' * self.row_fixed}{self.row}" if self.row else "")


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells that a formula refers to: one cell if ``last`` is ``None``.

    ``prefix`` is the sheet as written, ``sheet`` its title; both are empty for the formula's own sheet. ``call`` is the
    function, in capitals, that has the whole reference as an argument; it is empty for none.
    """

    prefix: str
    sheet: str
    first: End
    last: End | None
    call: str = ""

    def text(self) -> str:
        """Return the reference as formulas write it."""
        return self.prefix + self.first.text() + (f":{self.last.text()}" if self.last is not None else "")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula taken apart.

    ``functions`` are the names of the functions it calls, in capitals, without Excel's prefixes.
    """

    pieces: tuple[str | Reference, ...]
    functions: frozenset[str]
    outside: bool
    """Whether it refers to something outside of the workbook."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """The cells that it refers to."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Reference))


@lru_cache(1024)
def letters(column: int) -> str:
    """Return the name of a column: 28 is ``AB``."""
    made = ""
    while column:
        column, place = divmod(column - 1, 26)
        made = chr(65 + place) + made
    return made


def column_of(name: str) -> int:
    """Return the number of a column: ``AB`` is 28; 0 if there are no letters."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


def parsed(text: str, within: str = "") -> Formula:
    """Return a formula taken apart; its text has no ``=`` before it.

    ``within`` is the function that takes the formula as an argument: a reference of a chart or a name is a range too.
    """
    pieces: list[str | Reference] = []
    functions: set[str] = set()
    calls: list[str] = [within] if within else []
    brackets = 0
    outside = _other_book.search(_text.sub("", text)) is not None
    found = list(_token.finditer(text))
    for place, token in enumerate(found):
        kind = token.lastgroup or ""
        if token["name"] is not None:
            kind = "name"
        written = token[0]
        if token["sheet"] is not None and _path.search(token["sheet"]):
            outside = True
        if kind in ("cell", "rows", "columns"):
            before = _mark(found, place, -1)
            after = _mark(found, place, 1)
            whole = bool(calls) and before in ("(", ",") and after in (")", ",")
            reference = _reference(token["sheet"] or "", token[kind], calls[-1] if whole else "")
            if reference is not None:
                pieces.append(reference)
                continue
        if kind == "name" and token["call"] is not None:
            name = _function(token["name"])
            functions.add(name)
            calls.append(name)
        elif written == "(":
            calls.append("")
        elif written == ")" and calls:
            calls.pop()
        elif written == "[":
            # A table reference has the table's name before its brackets; brackets with nothing before them name another
            # workbook.
            named = place > 0 and found[place - 1]["name"] is not None
            outside |= not named and not brackets
            brackets += 1
        elif written == "]":
            brackets -= 1
        elif written == "|" or (kind == "quoted" and _path.search(written)):
            outside = True
        if pieces and isinstance(pieces[-1], str):
            pieces[-1] += written
        else:
            pieces.append(written)
    return Formula(tuple(pieces), frozenset(functions), outside)


def _mark(found: list[re.Match[str]], place: int, step: int) -> str:
    """Return the last or first character of the next token that is not blank; empty at either end."""
    place += step
    while 0 <= place < len(found):
        text = found[place][0].strip()
        if text:
            return text[-1 if step < 0 else 0]
        place += step
    return ")" if step > 0 else "("


def _function(name: str) -> str:
    name = name.upper()
    while name.startswith(_PREFIXES):
        name = name[6:]
    return name


def _reference(prefix: str, written: str, call: str) -> Reference | None:
    ends = []
    for each in written.split(":"):
        found = _part.fullmatch(each)
        assert found is not None  # noqa: S101  (the token consists of these)
        dollar, column, middle, row = found.groups()
        end = End(column_of(column), int(row or 0), bool(dollar and column), bool(middle or (dollar and not column)))
        if end.column > MOST_COLUMNS or end.row > MOST_ROWS or (row and not end.row):
            return None  # a name that looks like a reference, such as LOG10000000
        ends.append(end)
    sheet = prefix[:-1]
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return Reference(prefix, sheet, ends[0], ends[1] if len(ends) > 1 else None, call)


def text_of(pieces: tuple[str | Reference, ...]) -> str:
    """Return the text of a formula from its pieces."""
    return "".join(piece if isinstance(piece, str) else piece.text() for piece in pieces)


def moved_by(formula: Formula, down: int, right: int) -> Formula:
    """Return a shared formula as it reads in another cell: references that are not fixed move along."""
    return Formula(
        tuple(piece if isinstance(piece, str) else _moved(piece, down, right) for piece in formula.pieces),
        formula.functions,
        formula.outside,
    )


def _moved(reference: Reference, down: int, right: int) -> "Reference | str":
    ends: list[End] = []
    for end in filter(None, (reference.first, reference.last)):
        column = end.column + right if end.column and not end.column_fixed else end.column
        row = end.row + down if end.row and not end.row_fixed else end.row
        if column < bool(end.column) or row < bool(end.row) or column > MOST_COLUMNS or row > MOST_ROWS:
            return "#REF!"
        ends.append(End(column, row, end.column_fixed, end.row_fixed))
    return replace(reference, first=ends[0], last=ends[1] if len(ends) > 1 else None)
