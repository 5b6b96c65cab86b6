"""What is gathered from the sections of all records: in one pass, in bounded memory, in any order."""

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from pydantic import BaseModel

from kepu_docs.contract.rollups import MOST_NAMES, Amount, Mention, Part, Portion, Sample, known
from kepu_docs.schema import Approximation, Count, Measure, Quantity, Share, coarser, combined
from kepu_docs.schema.quantity import FINEST, LARGEST
from kepu_docs.schema.rounding import borne, last_place, place_shown, rounded
from kepu_docs.schema.shapes import unit_at

Key: TypeAlias = tuple[str, str]


@dataclass(slots=True)
class Sum:
    """A sum of quantities with its approximation. Decimals are added as they are written, so that none is lost.

    Nothing is rounded: the sum of sums equals the sum of all. The value in a record is accompanied by the place to
    which its coarsest part is exact, to which it is rounded when it is shown (:mod:`kepu_docs.schema.rounding`).
    """

    value: int | Fraction = 0
    approx: Approximation = "exactly"
    exact_to: float | None = None

    @classmethod
    def of(cls, quantity: Quantity) -> "Sum":
        """Return the sum of a single quantity."""
        made = cls()
        made.add(quantity)
        return made

    def add(self, quantity: Quantity) -> None:
        """Add a quantity."""
        self.include(quantity.value, quantity.approx, quantity.exact_to)

    def include(self, value: float, approx: Approximation, exact_to: float | None) -> None:
        """Add a quantity with these fields."""
        exact = value if isinstance(value, int) else Fraction(repr(value))
        if approx == self.approx == "exactly":
            self.value += exact
        else:
            self._join(exact, approx, exact_to)

    def take(self, other: "Sum") -> None:
        """Add another sum."""
        self._join(other.value, other.approx, other.exact_to)

    def _join(self, value: int | Fraction, approx: Approximation, exact_to: float | None) -> None:
        # The first quantity is kept as it was given: 325余, which is not round.
        if not self.value and self.approx == "exactly":
            self.value, self.approx, self.exact_to = value, approx, exact_to
        elif value or approx != "exactly":
            own, other = self._coarsest, _coarsest(value, approx, exact_to)
            if approx != self.approx:
                whole = combined((self.approx, approx))
                own, other = borne(own, self.approx, whole), borne(other, approx, whole)
                self.approx = whole
            self.value, self.exact_to = self.value + value, coarser(own, other)

    def lack(self) -> None:
        """Record that a part is not known."""
        exact_to = coarser(borne(self._coarsest, self.approx, "at_least"), FINEST)
        self.approx, self.exact_to = "at_least", exact_to

    @property
    def _coarsest(self) -> float | None:
        return _coarsest(self.value, self.approx, self.exact_to)

    @property
    def number(self) -> float:
        """The value as in a record."""
        return _number(self.value)

    @property
    def rounding(self) -> tuple[float, Approximation, int | None]:
        """The sum as a document shows it: number, approximation, and the place to which it is rounded, if it is."""
        if self.exact_to is None or self.approx == "exactly" or not self.value:
            return self.number, self.approx, None
        return *rounded(self.number, self.approx, self.exact_to), place_shown(self.number, self.approx, self.exact_to)

    def shown(self, unit: str, own: str) -> Any:
        """Return the sum as a record writes it, in a field whose own unit is ``own``.

        If it is too large for a record, it is written as more than the largest value.
        """
        if self.value > LARGEST:
            return shown(LARGEST, combined((self.approx, "over")), unit, own, coarser(self.exact_to, FINEST))
        return shown(self.number, self.approx, unit, own, self.exact_to)


def _number(value: int | Fraction) -> float:
    return value if isinstance(value, int) else float(value)


def _coarsest(value: int | Fraction, approx: Approximation, exact_to: float | None) -> float | None:
    return None if approx == "exactly" else exact_to or last_place(_number(value))


class Names:
    """Names, each with the number of communities that state it; of very many, the first in character order."""

    def __init__(self) -> None:
        self.weights: dict[str, int] = {}
        self.shortened = False

    def add(self, name: str, weight: int) -> None:
        """Count ``weight`` communities for a name."""
        self.weights[name] = self.weights.get(name, 0) + weight
        # Sorting occasionally is cheaper than keeping them sorted.
        if len(self.weights) >= 2 * MOST_NAMES:
            self.cut()

    def cut(self) -> None:
        """Keep at most the allowed number."""
        if len(self.weights) > MOST_NAMES:
            self.shortened = True
            self.weights = {name: self.weights[name] for name in heapq.nsmallest(MOST_NAMES, self.weights)}

    def ordered(self) -> list[str]:
        """Return the names, ordered by the number of communities that state them, the most first."""
        self.cut()
        return sorted(self.weights, key=lambda name: (-self.weights[name], name))


class Sums:
    """The sums of one figure by its parts and by unit."""

    def __init__(self) -> None:
        self.sums: dict[Key, Sum] = {}  # by part and unit
        self.shortened = False

    def add(self, of: str, unit: str, quantity: Quantity) -> None:
        """Add an amount."""
        found = self.sums.get((of, unit))
        if found is None:
            found = self.sums[of, unit] = Sum()
        found.add(quantity)
        if len(self.sums) >= 2 * MOST_NAMES:
            self.cut()

    def cut(self) -> None:
        """Keep at most the allowed number, and combine the others."""
        names = {of for of, _ in self.sums} - {""}
        if len(names) <= MOST_NAMES:
            return
        self.shortened = True
        kept = set(heapq.nsmallest(MOST_NAMES, names))
        for (of, unit), each in list(self.sums.items()):
            if of and of not in kept:
                del self.sums[of, unit]
                self.sums.setdefault(("", unit), Sum()).take(each)


class Best:
    """The entries of lowest rank; equal ones are kept once."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[tuple[Any, ...], Mapping[str, Any]]] = {}
        self._worst: tuple[Any, ...] | None = None

    def add(self, sample: Sample) -> None:
        """Keep a sample, if it is among the best."""
        if self._worst is not None and sample.rank > self._worst:
            return
        data = dict(sample.data)
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        self._entries[text] = (sample.rank, data)
        if len(self._entries) > sample.most:
            _, last = max((rank, known) for known, (rank, _) in self._entries.items())
            del self._entries[last]
            self._worst = max(rank for rank, _ in self._entries.values())

    def ordered(self) -> list[dict[str, Any]]:
        """Return the entries, the best first."""
        found = sorted(self._entries.items(), key=lambda each: (each[1][0], each[0]))
        return [dict(data) for _, (_, data) in found]


@dataclass(slots=True)
class Range:
    """The range of shares."""

    communities: int = 0
    lowest: Share | None = None
    highest: Share | None = None

    def add(self, lowest: Share, highest: Share, communities: int) -> None:
        """Include the shares between two values."""
        self.communities += communities
        self.lowest = lowest if self.lowest is None else min(self.lowest, lowest, key=_order)
        self.highest = highest if self.highest is None else max(self.highest, highest, key=_order)


def _order(share: Share) -> tuple[float, str]:
    return share.value, share.approx


@dataclass
class KindGathering:
    """Everything gathered from one kind, returned as described in :class:`kepu_docs.contract.rollups.Gathered`."""

    model: type[BaseModel]
    figures: dict[str, Sums] = field(default_factory=dict)
    mentions: dict[str, Names] = field(default_factory=dict)
    samples: dict[str, Best] = field(default_factory=dict)
    ranges: dict[str, Range] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)

    def add(self, parts: Iterable[Part], weights: Mapping[tuple[str, str], int]) -> None:
        """Add what one record states; ``weights`` are those of its names that count for several communities."""
        named: dict[tuple[str, str], int] = {}
        stated: dict[Key, set[str]] = {}
        doubtful: set[Key] = set()
        for part in parts:
            # The most frequent first; patterns would look at each attribute of each class.
            if isinstance(part, Amount):
                quantity, key = part.quantity, (part.figure, part.of)
                if quantity is None:
                    doubtful.add(key)
                elif isinstance(quantity, Count | Measure):
                    unit = quantity.unit or unit_at(self.model, part.figure)
                    self._sums(part.figure).add(part.of, unit, quantity)
                    known_units = stated.get(key)
                    if known_units is None:
                        stated[key] = {unit}
                    else:
                        known_units.add(unit)
                else:
                    raise _not_addable(part)
            elif isinstance(part, Mention):
                name = part.field, part.name
                named[name] = weights.get(name, 1)
            elif isinstance(part, Sample):
                self.samples.setdefault(part.field, Best()).add(part)
            elif isinstance(part, Portion):
                self.ranges.setdefault(part.figure, Range()).add(part.share, part.share, 1)
            else:
                raise _not_addable(part)
        for (field_name, text), weight in named.items():
            self.mentions.setdefault(field_name, Names()).add(text, weight)
        for figure, of in doubtful:
            for unit in stated.get((figure, of), ()):
                self.figures[figure].sums[of, unit].lack()

    def _sums(self, figure: str) -> Sums:
        found = self.figures.get(figure)
        if found is None:
            found = self.figures[figure] = Sums()
        return found

    def total(self, figure: str, unit: str) -> Any:
        """Return the sum of a figure in a unit; ``None`` if there is none."""
        self.asked.add((figure, unit))
        sums = self.figures.get(figure)
        found = sums.sums.get(("", unit)) if sums else None
        return None if found is None else self._shown(figure, unit, found)

    def each(self, figure: str, unit: str) -> dict[str, Any]:
        """Return the sums of a figure in a unit by its parts, the largest first."""
        self.asked.add((figure, unit))
        sums = self.figures.get(figure)
        if sums is None:
            return {}
        sums.cut()
        found = [(of, each) for (of, known), each in sums.sums.items() if known == unit]
        found.sort(key=lambda each: (-each[1].value, each[0]))
        return {of: self._shown(figure, unit, each) for of, each in found}

    def units(self, figure: str) -> tuple[str, ...]:
        """Return the units in which a figure was stated."""
        sums = self.figures.get(figure)
        return tuple(sorted({unit for _, unit in sums.sums})) if sums else ()

    def names(self, name: str) -> list[str]:
        """Return the names of a field, ordered by the number of communities that state them, the most first."""
        return self.mentions[name].ordered() if name in self.mentions else []

    def best(self, name: str) -> list[dict[str, Any]]:
        """Return the samples of a list."""
        return self.samples[name].ordered() if name in self.samples else []

    def _shown(self, figure: str, unit: str, found: Sum) -> Any:
        return found.shown(unit, unit_at(self.model, figure))

    def apart(self) -> Iterator[tuple[str, str, str, Sum]]:
        """Yield the sums that were never requested: figure, part, unit, sum."""
        for figure, sums in sorted(self.figures.items()):
            for (of, unit), each in sorted(sums.sums.items()):
                if (figure, unit) not in self.asked:
                    yield figure, of, unit, each

    def shortened(self) -> Iterator[str]:
        """Yield the fields and figures of which not all names were kept."""
        kept: list[tuple[str, Names | Sums]] = [*self.mentions.items(), *self.figures.items()]
        for name, each in kept:
            each.cut()
            if each.shortened:
                yield name


def _not_addable(part: object) -> TypeError:
    return TypeError(f"{type(part).__name__} is nothing that can be added up")


def shown(value: float, approx: Approximation, unit: str, own: str, exact_to: float | None = None) -> Any:
    """Return a quantity as a record writes it: only the number if that is sufficient."""
    if approx == "exactly" and unit == own:
        return value
    exactness = {} if approx == "exactly" else {"approx": approx, "exact_to": exact_to}
    return known({"value": value, **exactness, "unit": None if unit == own else unit})
