"""The environment of forms: like that of untrusted templates, but missing values leave nothing.

A form is checked before it is filled, so every name in it is the name of a fact. If a record lacks that fact, or its
parent, nothing is written: a cell stays blank, a loop has no iterations.
"""

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, Final

from jinja2 import Environment, Undefined, nodes, pass_environment
from jinja2.filters import make_attrgetter

from kepu_docs.composing.environment import called
from kepu_docs.composing.forms import words
from kepu_docs.composing.guarding import GuardedEnvironment, weighed
from kepu_docs.composing.problems import WordingError, require_known
from kepu_docs.errors import N_, Message
from kepu_docs.locale.formats import Formats
from kepu_docs.schema.quantity import ONCE, total_fields

_OF_LISTS: Final = (
    "first", "groupby", "join", "join_list", "last", "length", "list", "map", "max", "min", "reject", "rejectattr",
    "reverse", "select", "selectattr", "series", "few", "sort", "sum", "unique", "present",
)  # fmt: skip
_unwritable: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BY_SIZE: Final = frozenset(("lt", "lteq", "gt", "gteq"))
_TERMINALS: Final = ("。", "！", "？", "…", ".", "!", "?")
_MOST_EXACT: Final = 10**15
"""Above this a number is written with digits that spreadsheets do not keep; it also excludes infinity."""
MOST_ROWS: Final = 1_000
"""The most rows of a table with fixed rows."""
SET: Final = "\x01"
"""Precedes the number of a value that is not text; no text contains it."""
EXACT: Final = "\x02"
"""Surrounds a number or a day, and follows its unit, before its written form; no text contains it."""


class SetValue:
    """A value that is not text, to be inserted into a form: finished blocks, or a photograph in a line.

    ``number`` distinguishes it from others of its record. Templates cannot see it.
    """

    __slots__ = ("_length", "_number")

    def __init__(self, number: int, length: int) -> None:
        self._number, self._length = number, length

    def __str__(self) -> str:
        raise WordingError(
            Message(N_("blocks and photographs need a place of their own, and cannot be part of a text"))
        )

    def __bool__(self) -> bool:
        return self._length > 0


class ExactValue:
    """An exact number or day for a place that holds such a value; ``number`` is exact, ``value`` is its shown form.

    Templates cannot see it.
    """

    __slots__ = ("_number", "_unit", "_value")

    def __init__(self, value: Any, number: float | datetime.date, unit: str) -> None:
        self._value, self._number, self._unit = value, number, unit


def exactly(value: Any) -> Any:
    """Return a value as an exact number or day, if it is one; return other values unchanged."""
    if type(value) is dict and "value" in value:
        is_exact = value.get("approx") == "exactly" and value.get("exact_to") is None
        return ExactValue(value, value["value"], value["unit"] or "") if is_exact else value
    if type(value) is dict and value.get("start") and value["start"] == value.get("end"):
        return ExactValue(value, value["start"], "")
    if type(value) is datetime.date or (type(value) in (int, float) and 0 < abs(value) < _MOST_EXACT):
        return ExactValue(value, value, "")
    return value


class FormEnvironment(GuardedEnvironment):
    """Runs the expressions in forms. A value that is not text prints its number after ``SET``."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(formats, lambda name: None)
        for name in _OF_LISTS:
            self.filters[name] = _of_nothing(self.filters[name])
        self.filters.update(
            {
                words.YEAR: _year,
                words.LIMIT: _limited(formats),
                words.ROWS: _rows,
                words.AT_LEAST: _at_least,
                words.NO_UNIT: _without_unit(formats),
                words.GROUPS: _groups(formats),
            }
        )
        self.filters["default"] = self.filters["d"] = lambda value, other="": other if value in (None, "") else value
        self.filters[words.CHOICE] = lambda word: "" if word is None else formats.choice(word)
        self.filters["sum"] = _sum
        phrase = self.filters["phrase"]
        self.filters["phrase"] = lambda value, pattern: "" if _is_zero(value) else phrase(value, pattern)
        show = self.finalize
        assert show is not None  # noqa: S101

        def shown(value: Any) -> str:
            if isinstance(value, SetValue):
                return f"{SET}{value._number}"
            if isinstance(value, ExactValue):
                return f"{EXACT}{value._number}{EXACT}{writable(value._unit)}{EXACT}{writable(show(value._value))}"
            if type(value) is bool:
                return formats.choice(str(value).lower())
            if type(value) is tuple and _are_sentences(value):
                return writable("\n".join(weighed(value)))
            return "" if _is_zero(value) else writable(show(value))

        self.finalize = shown

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a fact, or nothing if its parent is missing."""
        return None if obj is None else super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an entry, or nothing if its parent is missing or a list is too short."""
        if obj is None:
            return None
        if isinstance(obj, list | tuple) and type(argument) is int and not -len(obj) <= argument < len(obj):
            return None
        return super().getitem(obj, argument)

    def counted(self, tree: nodes.Template) -> nodes.Template:
        """Return a template that counts as it runs; its loops skip missing lists, and number rows."""
        for node in tree.find_all(nodes.For):
            assert isinstance(node.iter, nodes.Expr)  # noqa: S101  (the grammar says so)
            node.iter = called(listed, node.iter, line=node.lineno)
            number = nodes.Getattr(nodes.Name("loop", "load"), "index", "load", lineno=node.lineno)
            target = nodes.Name(words.ROW_NUMBER, "store", lineno=node.lineno)
            node.body.insert(0, nodes.Assign(target, number, lineno=node.lineno))
        for comparison in tree.find_all(nodes.Compare):
            if {operand.op for operand in comparison.ops} <= _BY_SIZE:
                comparison.expr = called(sized, comparison.expr, line=comparison.lineno)
                for operand in comparison.ops:
                    operand.expr = called(sized, operand.expr, line=comparison.lineno)
        tree.set_environment(self)
        return super().counted(tree)


def _are_sentences(texts: tuple[Any, ...]) -> bool:
    """Return whether a list has paragraphs, which no comma joins: all are texts, and one ends like a sentence."""
    return all(type(text) is str for text in texts) and any(text.endswith(_TERMINALS) for text in texts)


def writable(text: str) -> str:
    """Return a text that documents can hold, with line ends. Raises ``WordingError`` for other characters."""
    found = _unwritable.search(text)
    if found:
        problem = N_("the character {character} cannot be written into a document")
        raise WordingError(Message.of(problem, character=f"U+{ord(found[0]):04X}"))
    return text


def sized(value: Any) -> Any:
    """Return the value that is compared by size: for a figure its number, for a missing value 0."""
    if value is None:
        return 0
    return value["value"] if type(value) is dict and "value" in value else value


def listed(value: Any) -> Any:
    """Return the items of a loop; empty if the list is missing."""
    return () if value is None else value


def _is_zero(value: Any) -> bool:
    return type(value) in (int, float) and not value


def _of_nothing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a filter of lists accept a missing list, and return nothing if there is no entry."""
    place = 1 if getattr(function, "jinja_pass_arg", None) else 0

    @wraps(function)
    def made(*arguments: Any, **options: Any) -> Any:
        given = list(arguments)
        if given[place] is None:
            given[place] = ()
        found = function(*given, **options)
        return None if isinstance(found, Undefined) else found

    return made


def _year(period: Any) -> str:
    """Write the year of a day or of a period: ``2025``, ``2024—2025``."""
    require_known(period)
    if period is None:
        return ""
    if isinstance(period, Mapping):
        first, last = period["start"].year, period["end"].year
        return str(first) if first == last else f"{first}—{last}"
    return str(period.year)


def _limited(formats: Formats) -> Callable[[Any, int], Any]:
    def limited(value: Any, most: int) -> Any:
        """Return a text that is not longer than the limit. Raises ``WordingError`` that names the surplus."""
        require_known(value)
        if isinstance(value, SetValue):
            length = value._length
        elif value is None:
            return value
        else:
            value = value if type(value) is str else formats.show(weighed(value))
            length = len(value)
        if length > most:
            text = N_("the text has {found} characters, {surplus} more than the {limit} that the form allows")
            raise WordingError(Message.of(text, found=length, surplus=length - most, limit=most))
        return value

    return limited


def _without_unit(formats: Formats) -> Callable[[Any], Any]:
    def without_unit(value: Any) -> Any:
        """Write a figure with its exactness, without its unit: ``300余``."""
        require_known(value)
        is_figure = type(value) is dict and "value" in value
        return formats.count({**value, "unit": ""}) if is_figure and value["value"] else value

    return without_unit


def _groups(formats: Formats) -> Callable[[Any, str], tuple[dict[str, Any], ...]]:
    def groups(entries: Any, fact: str) -> tuple[dict[str, Any], ...]:
        """Return entries grouped by one of their facts as shown, in order of first appearance."""
        require_known(entries)
        found: dict[str, list[Any]] = {}
        for entry in listed(weighed(entries)):
            value = entry.get(fact) if type(entry) is dict else None
            found.setdefault(formats.show(value), []).append(entry)
        return tuple({words.GROUP_NAME: name, words.ENTRIES: tuple(each)} for name, each in found.items())

    return groups


@pass_environment
def _sum(environment: Environment, entries: Any, fact: str | None = None, *, attribute: str | None = None) -> Any:
    """Return the sum of numbers, or of figures, as exact as they allow; at least so much if some are missing."""
    require_known(entries)
    values = list(listed(weighed(entries)))
    asked = fact or attribute
    if asked is not None:
        values = list(map(make_attrgetter(environment, asked), values))
    there = [value for value in values if value is not None]
    if not there or not all(type(value) is dict and "value" in value for value in there):
        return sum(there)
    units = {value["unit"] for value in there}
    if len(units) > 1:
        text = N_("figures of different units are not added up: {units}")
        raise WordingError(Message.of(text, units=", ".join(sorted(map(str, units)))))
    figures = [None if value is None else ONCE.model_copy(update=value) for value in values]
    return total_fields(figures, units.pop())


def _rows(entries: Any, number: int) -> tuple[Any, ...]:
    """Return the given number of entries, padded with blank ones. Raises ``WordingError`` for too many."""
    given = _at_least(entries, number)
    if len(given) > number:
        text = N_("there are {found} entries, {surplus} more than the form's {limit} rows")
        raise WordingError(Message.of(text, found=len(given), surplus=len(given) - number, limit=number))
    return given


def _at_least(entries: Any, number: int) -> tuple[Any, ...]:
    """Return all entries, padded with blank ones if there are fewer than ``number``."""
    require_known(entries)
    given = tuple(entries if not isinstance(entries, Iterator) else list(entries)) if entries is not None else ()
    if type(number) is not int or not 0 < number <= MOST_ROWS:
        raise WordingError(Message.of(N_("a table can have 1 to {limit} fixed rows"), limit=MOST_ROWS))
    return (*given, *[None] * (number - len(given)))
