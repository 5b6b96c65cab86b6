"""How a language writes numbers, counts, dates and lists.

The functions take the plain data of wording templates: a quantity is a mapping with ``value``, ``approx``, ``unit`` and
``scale``; a period is a mapping with ``start`` and ``end``. Symbols and names of months are Babel's; the patterns
around them come from the catalogue.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Any, Final

from babel import Locale

from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.chain import canonical
from kepu_docs.locale.date_formats import Dates
from kepu_docs.schema.rounding import as_shown

_quoted = re.compile(r"[“‘\x22]([^“”‘’\x22]*)[”’\x22]")
_joined = re.compile(
    "和(?<![总共调饱温平柔缓中總調飽溫緩]和)(?![谐平睦解美蔼缓諧藹緩])|与(?<![参參]与)(?![会否會])|與(?<![参參]與)(?![会否會])"
    r"|及(?<![普涉触顾危波遍不以觸顧]及)(?![时格早時])|以及|a(?<=\ba)nd\b"
)
"""Words that join two things within one text of a list (用电和用气), not parts of words (和谐, 参与, 普及).

Each way begins with its first character, which lets ``re`` skip all other text.
"""
_CLOSING: Final = ("”", "’", "》", "」", "』")
_OPENING: Final = ("“", "‘", "《", "「", "『")
_SCALE_NAMES: Final = {1: "", 10_000: "ten thousand", 100_000_000: "hundred million"}
_NUMBERS: Final = (int, float, Decimal)
_PERCENT: Final = ("%", "％")
_NOTHING: Final = (None, "", ())
_FIRST_SCALE: Final = 10_000
_DECIMALS_OF_SCALES: Final = 100
"""Large numbers are written in 万 or 亿 if two decimals are exact: 1.28万, but 28935."""
_KEPT: Final = 1024
"""The number of written quantities that are kept."""
FEW: Final = 5
"""How many of a long list of names are written out."""


class Formats(Dates):
    """The formats of one locale."""

    def __init__(self, locale: str, catalog: Catalog, names: Callable[[], Catalog] | None = None) -> None:
        """``names`` returns the catalogue of the names in records; it is called once, when a choice is first shown."""
        parsed = Locale.parse(canonical(locale))
        self._catalog = catalog
        self._names = cache(names) if names is not None else None
        super().__init__(parsed, self.pattern)
        self._locale = parsed
        self._large = self.pattern("large numbers")
        self._series = self.pattern("list")
        self._between_marks = self.pattern("list, between marks")
        self._comma = self.pattern("comma")
        self._stop = self.pattern("stop")
        self._stops = tuple(self.pattern("stops"))
        self._terminals = tuple(self.pattern("terminals"))
        self._quotes = self.pattern("quotes")
        # A record in either script may contain the quotation marks of the other.
        self._inner = self.pattern("inner quotes")
        self._nested = str.maketrans(self._quotes + "“”", self._inner * 2)
        self.line_joint = self.pattern("line joint")
        self._scales = {scale: self.pattern(name) if name else "" for scale, name in _SCALE_NAMES.items()}
        self._counters = frozenset(self.pattern("counters").split())
        self._last_joints = (
            self.pattern("list, before the last"),
            self.pattern("list, before the last of what is joined"),
        )
        # The documents of one district have the same small numbers again and again.
        self._kept_count = lru_cache(_KEPT, typed=True)(self._made_count)

    # Babel takes long to read the data of a locale, and many documents show no such number.
    @cached_property
    def _group(self) -> str:
        return str(self._locale.number_symbols["latn"]["group"]) if self._large == "grouped" else ""

    @cached_property
    def _decimal(self) -> str:
        return str(self._locale.number_symbols["latn"]["decimal"])

    def pattern(self, name: str) -> str:
        """Return a pattern of the catalogue; the catalogue writes ``nothing`` for an empty pattern."""
        shown = self._catalog.label("pattern", name)
        return "" if shown == "nothing" else shown

    def kind(self, name: str) -> str:
        """Return the usual heading of a section kind."""
        return self._catalog.label("kind", name)

    def field(self, name: str) -> str:
        """Return the label of a field, as the heading of a table's column."""
        return self._catalog.label("field", name)

    def head(self, name: str, nouns: tuple[str, str] = ("", "")) -> str:
        """Return the label of a field as the heading of a column: ``名称``, ``社区数``, ``村数``.

        Some headings name the members of a rolled-up summary: ``nouns`` are the words for one and for several; without
        them, the words for members of different sorts are used.
        """
        label = self.field(name)
        if "{member" not in label:
            return label
        one, several = (noun or self.member("mixed", number) for number, noun in enumerate(nouns, 1))
        return self.capital(label.replace("{members}", several).replace("{member}", one))

    def choice(self, word: str) -> str:
        """Return the label of a choice: the one for documents, or else the first name that it has in records."""
        label = self._catalog.find("choice", word)
        if label is None and self._names is not None:
            label = (self._names().find("choice", word) or "").partition("|")[0]
        return label or word

    def body(self, noun: str) -> str:
        """Return the word for a writer as the subject of a sentence, from its noun: ``社区``, ``村里``, ``医院``."""
        return self._catalog.label("body", noun)

    def whole(self, level: str) -> str:
        """Return the word for the whole area of a level, as the subject of a sentence: ``全街道``."""
        return self._catalog.label("whole", level)

    def people(self, level: str) -> str:
        """Return the people that a writer of a level serves: ``居民``, ``师生``."""
        return self._catalog.label("people", level)

    def member(self, level: str, number: int) -> str:
        """Return the word for one of several writers of a level; ``mixed`` for writers of several levels."""
        return self._catalog.plural("member", level, number)

    def figure(self, name: str) -> str:
        """Return the label of a figure, identified by its field or by section kind and fields: ``队伍建设·志愿者``."""
        kind, _, fields = name.partition(".")
        if not fields or kind == "community":
            return self.head(fields or kind)
        field = self.head(fields.rpartition(".")[2])
        return self.pattern("figure of a kind").format(kind=self.kind(kind), field=field)

    def unit(self, name: str) -> str:
        """Return the name of a unit for a heading above figures; empty if it only counts what the heading names."""
        return "" if name in self._counters else self._catalog.label("unit", name)

    def quote(self, text: str) -> str:
        """Return ``text`` in quotation marks; marks inside it become the language's inner ones."""
        nested = _quoted.sub(lambda found: f"{self._inner[0]}{found[1]}{self._inner[1]}", text).translate(self._nested)
        return f"{self._quotes[0]}{nested}{self._quotes[1]}"

    def number(self, value: float | Decimal) -> str:
        """Return a number in digits, not rounded: ``1200``, or ``1,200`` in languages that group thousands."""
        if isinstance(value, int):
            return f"{value:,}".replace(",", self._group) if self._group else str(int(value))
        if not isinstance(value, float | Decimal):  # a text of ten characters may denote a number of a billion digits
            raise TypeError(f"{type(value).__name__} is no number")
        whole, _, decimals = f"{Decimal(str(value)):,f}".partition(".")
        decimals = decimals.rstrip("0")
        return whole.replace(",", self._group) + (self._decimal + decimals if decimals else "")

    def count(self, quantity: Mapping[str, Any], *, in_figures: bool = False) -> str:
        """Return a quantity with its unit, and its approximation if any: ``300余人次``, ``近1万册``, ``95%以上``.

        ``in_figures`` writes large numbers in digits throughout, as in a table's column: ``12000余``.
        """
        value = quantity["value"]
        if type(value) is int or type(value) is float:
            exact_to = quantity.get("exact_to")
            return self._kept_count(
                value, quantity["unit"], quantity["scale"], quantity["approx"], exact_to, in_figures
            )
        return self._counted_as(quantity, in_figures=in_figures)

    def _made_count(
        self, value: float, unit: str | None, scale: int, approx: str, exact_to: float | None, in_figures: bool
    ) -> str:
        quantity = {"value": value, "unit": unit, "scale": scale, "approx": approx, "exact_to": exact_to}
        return self._counted_as(quantity, in_figures=in_figures)

    def _counted_as(self, quantity: Mapping[str, Any], *, in_figures: bool) -> str:
        unit = self._catalog.plural("unit", quantity["unit"] or "", quantity["value"])
        return self._exact(quantity, unit, in_figures=in_figures)

    def counted(self, quantity: Mapping[str, Any], *forms: str) -> str:
        """Return a quantity with a noun in these ``forms`` (one, several …): ``2 boards``, ``more than 300 leaflets``.

        A unit that does more than count is kept: ``20 boxes of leaflets``. Without ``forms``, only the number is
        returned.
        """
        unit, value = quantity["unit"] or "", quantity["value"]
        noun = self._catalog.form(forms, value) if forms else ""
        if unit and unit not in self._counters:
            own = self._catalog.plural("unit", unit, value)
            noun = self.pattern("unit and noun").format(unit=own, noun=forms[-1]) if forms else own
        return self._exact(quantity, noun)

    def _exact(self, quantity: Mapping[str, Any], unit: str, *, in_figures: bool = False) -> str:
        """Return a quantity's number, with its approximation and ``unit``; a sum is rounded as its parts allow."""
        if not isinstance(quantity["value"], _NUMBERS):
            raise TypeError(f"{type(quantity['value']).__name__} is no number")
        quantity = as_shown(quantity)
        value, scale, approx = quantity["value"], quantity["scale"], quantity["approx"]
        percent = quantity["unit"] in _PERCENT
        if in_figures:
            scale = 1
        elif scale == 1 and value >= _FIRST_SCALE and self._large == "scaled" and not percent:
            scale = _scale_of(value)
        scale_name = self._scales[scale]
        number = self.number(Decimal(str(value)) / scale if scale_name else value) + scale_name
        if scale_name and value == scale and approx in ("nearly", "over"):
            number = scale_name  # 近万册, 万余册
        if percent:
            number, unit = number + quantity["unit"], ""
        # 余 only follows round numbers: 300余人, but 超过325人.
        if approx == "over" and (percent or (scale == 1 and (value < 10 or value % 10))):
            approx = "over, not round"
        return self.pattern(approx).format(number=number, unit=unit).strip()

    def column(self, values: Sequence[Any], within: Mapping[str, datetime.date] | None = None) -> list[str]:
        """Return the values of a table's column; a unit that only counts what the heading names is left out: ``300``.

        All numbers have one form: in 万 or 亿 if all of them are given in it, else all in digits.
        """
        # Quantities and periods are dictionaries here, and a check for any mapping takes longer than formatting one.
        figures = [value for value in values if type(value) is dict and "value" in value]
        if not figures:
            return [value if type(value) is str else self.show(value, within) for value in values]
        units = {value["unit"] for value in figures}
        bare = {"unit": ""} if len(units) == 1 and units <= self._counters else {}
        in_figures = any(value["scale"] == 1 for value in figures)
        return [
            self.count({**value, **bare}, in_figures=in_figures)
            if type(value) is dict and "value" in value
            else self.show(value, within)
            for value in values
        ]

    def money(self, amount: float) -> str:
        """Return an amount in yuan: ``2.33元``."""
        return self.count({"value": amount, "approx": "exactly", "unit": "元", "scale": 1})

    def percent(self, value: float) -> str:
        """Return a percentage: ``95.5%``."""
        return self.number(value) + "%"

    def join_list(self, parts: Iterable[Any]) -> str:
        """Return the values that exist, joined with “and”: ``甲、乙和丙``.

        If a text already contains that word, another one is used: ``甲、乙和丙以及丁``.
        """
        if type(parts) is tuple and len(parts) == 1 and type(parts[0]) is str:  # the usual case
            return parts[0]
        shown = self.shown(parts)
        if len(shown) < 2:
            return "".join(shown)
        joint, other = self._last_joints
        if any(map(_joined.search, shown)):
            joint = other
        if shown[-1].startswith(joint):
            joint = self._series  # 学习型社区、和谐型社区, not 和和谐型社区
        return joint.join((self._strung(shown[:-1]), shown[-1]))

    def series(self, parts: Iterable[Any]) -> str:
        """Return the values that exist as a series: ``甲、乙、丙``, but ``“甲”“乙”`` (GB/T 15834-2011, 4.5.3.5)."""
        return self._strung(self.shown(parts))

    def _strung(self, shown: Sequence[str]) -> str:
        whole = "".join(shown[:1])
        for text in shown[1:]:
            marks = whole.endswith(_CLOSING) and text.startswith(_OPENING)
            whole += (self._between_marks if marks else self._series) + text
        return whole

    def few(self, parts: Iterable[Any], pattern: str | None = None) -> str:
        """Return the values that exist, joined; of many, the first in ``pattern``: ``{names}等{count}家单位``.

        ``{rest}`` is the number of values left out. Without a pattern all values are written.
        """
        shown = self.shown(parts)
        if pattern is None or len(shown) <= FEW + 1:
            return self.join_list(shown)
        counted = pattern.replace("{count}", self.number(len(shown))).replace("{rest}", self.number(len(shown) - FEW))
        return counted.replace("{names}", self._strung(shown[:FEW]))

    def shown(self, parts: Iterable[Any]) -> list[str]:
        """Return the values that exist, as texts."""
        return [part if type(part) is str else self.show(part) for part in parts if part or part not in _NOTHING]

    def phrase(self, value: Any, pattern: str) -> str:
        """Return ``pattern`` with the value in place of ``{}``; empty if there is no value."""
        if value is None:
            return ""
        if value is True:
            return pattern
        shown = self.show(value)
        return pattern.replace("{}", shown) if shown else ""

    def sentence(self, clauses: Iterable[str | None]) -> str:
        """Return the clauses that are not empty, with commas and a full stop; empty if there are none."""
        there = [clause for clause in clauses if clause]
        return self.stop(self._comma.join(there)) if there else ""

    def stop(self, text: str) -> str:
        """Return ``text`` with a full stop, unless it ends with a punctuation mark."""
        return text if not text or text.endswith(self._terminals) else text + self._stop

    def clause(self, text: str) -> str:
        """Return ``text`` without its final full stop, to be part of a sentence."""
        return text[:-1] if text.endswith(self._stops) else text

    def capital(self, text: str) -> str:
        """Return ``text`` with a capital first letter, as sentences begin in some languages."""
        return text[:1].upper() + text[1:]

    def show(self, value: Any, within: Mapping[str, datetime.date] | None = None) -> str:
        """Return any value of a record as a reader sees it; empty for ``None``.

        ``within`` is the period of the summary; it affects how periods are written.
        """
        # The usual cases.
        kind = type(value)
        if kind is str:
            return value  # type: ignore[no-any-return]
        if value is None:
            return ""
        if kind is dict:
            if "value" in value:
                return self.count(value)
            if "start" in value:
                return self.period(value, within)
        if kind is tuple:
            return self.join_list(value)
        match value:
            case None | bool():
                return ""
            case str():
                return value
            case {"value": _}:
                return self.count(value)
            case {"start": _}:
                return self.period(value, within)
            case {"figure": name}:
                return self.figure(name)
            case {"named_unit": name}:
                return self._catalog.label("unit", name)
            case datetime.date():
                return self.date(value)
            case int() | float():
                return self.number(value)
            case tuple():
                return self.join_list(value)
            case _:
                raise TypeError(f"no text for {type(value).__name__}")


def _scale_of(value: float | Decimal) -> int:
    """Return the largest scale in which a number is exact with at most two decimals."""
    exact = value if isinstance(value, int) else Decimal(str(value))
    for scale in sorted(_SCALE_NAMES, reverse=True):
        if value >= scale > 1 and not exact % (scale // _DECIMALS_OF_SCALES):
            return scale
    return 1
