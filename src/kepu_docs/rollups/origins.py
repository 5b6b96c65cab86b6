"""The origin of every figure: each amount with its record and field, in a private database on the disk."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from kepu_docs.contract.rollups import Amount, Portion
from kepu_docs.rollups.group import Reading
from kepu_docs.schema import Approximation, Quantity
from kepu_docs.schema.quantity import FINEST

_TOGETHER: Final = 2_000


class Entry(NamedTuple):
    """One amount that one record states; ``value`` is ``None`` for a part that the record does not know."""

    body: int
    kind: str
    figure: str
    of: str
    unit: str
    value: float | None
    approx: Approximation
    exact_to: float | None
    community: str
    record: str
    place: str
    path: str


_Row: TypeAlias = tuple[Any, ...]
"""The fields of an entry: there are very many."""


class Source(NamedTuple):
    """One record that was added to a body, and the number of communities that it represents."""

    body: int
    community: str
    street: str
    district: str
    record: str
    place: str
    communities: int

    @property
    def whose(self) -> tuple[str, str, str]:
        """Community, record and place, as in the entries."""
        return self.community, self.record, self.place


class Origins:
    """Stores the origins of figures; the entries are returned figure by figure."""

    def __init__(self) -> None:
        # An empty name gives a private database, which moves to the disk when it grows.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("BEGIN")
        for name, fields in (("entries", Entry._fields), ("sources", Source._fields)):
            self._database.execute(f"CREATE TABLE {name} ({', '.join(fields)})")
        self._waiting: list[_Row] = []

    def close(self) -> None:
        """Close and delete the database."""
        self._database.close()

    def add(self, body: int, reading: Reading, record: str, place: str) -> None:
        """Add what a record states."""
        community, before = reading.summary.community, reading.made_of
        where = (community.name, community.street or "", community.district or "", record, place)
        source = Source(body, *where, before.number.value if before else 1)
        self._database.execute(f"INSERT INTO sources VALUES ({', '.join('?' * len(source))})", source)  # noqa: S608
        stated = list(_stated(reading, body, source))
        self._waiting += stated
        self._waiting += _not_known(reading, stated, body, source)
        if before:
            at = next(place for place, each in enumerate(reading.summary.sections) if each is before)
            self._waiting += _made_of(reading, body, f"sections[{at}]", source)
        if len(self._waiting) >= _TOGETHER:
            self._flush()

    def _flush(self) -> None:
        marks = ", ".join("?" * len(Entry._fields))
        self._database.executemany(f"INSERT INTO entries VALUES ({marks})", self._waiting)  # noqa: S608
        self._waiting.clear()

    def entries(self) -> Iterator[_Row]:
        """Yield the fields of all entries, by body, kind, figure, part and unit, then by the records' names."""
        self._flush()
        order = "body, kind, figure, of, unit, record, place, community, path, value"
        return iter(self._database.execute(f"SELECT * FROM entries ORDER BY {order}"))  # noqa: S608

    def sources(self) -> Iterator[Source]:
        """Yield the records, by body."""
        for row in self._database.execute(
            "SELECT * FROM sources ORDER BY body, district, street, community, record, place"
        ):
            yield Source(*row)


def _stated(reading: Reading, body: int, source: Source) -> Iterator[_Row]:
    """Yield the amounts and the shares that a record states."""
    whose = source.whose
    for kind, path, parts in reading.sections:
        for part in parts:
            if isinstance(part, Amount) and part.quantity is not None:
                quantity: Quantity = part.quantity
                of, unit = part.of, quantity.unit or ""
            elif isinstance(part, Portion):
                quantity = part.share
                of, unit = "", quantity.unit or "%"
            else:
                continue
            what = (quantity.value, quantity.approx, quantity.exact_to)
            yield (body, kind, part.figure, of, unit, *what, *whose, _where(path, part.path))


def _where(path: str, field: str) -> str:
    return field if field.startswith("community.") else f"{path}.{field}"


def _of(quantity: Quantity, key: tuple[int, str, str, str, str], source: Source, where: str) -> _Row:
    return (*key, quantity.value, quantity.approx, quantity.exact_to, *source.whose, where)


def _not_known(reading: Reading, stated: Sequence[_Row], body: int, source: Source) -> Iterator[_Row]:
    """Yield the unknown parts of figures that have other parts, in each unit of those."""
    unknown = [
        ((section.kind, part.figure, part.of), _where(section.path, part.path))
        for section in reading.sections
        for part in section.parts
        if isinstance(part, Amount) and part.quantity is None
    ]
    if not unknown:
        return
    units: dict[tuple[str, ...], set[str]] = {}
    for each in stated:
        units.setdefault(each[1:4], set()).add(each[4])
    for figure, where in unknown:
        for unit in sorted(units.get(figure, ())):
            yield (body, *figure, unit, None, "at_least", FINEST, *source.whose, where)


def _made_of(reading: Reading, body: int, path: str, source: Source) -> Iterator[_Row]:
    before = reading.made_of
    for place, apart in enumerate(before.apart if before else ()):
        kind, _, figure = apart.figure.partition(".")
        amount, where = apart.amount, f"{path}.apart[{place}].amount"
        of, unit = apart.of or "", apart.amount.unit or ""
        yield _of(amount, (body, kind, figure, of, unit), source, where)
    for place, extent in enumerate(before.extents if before else ()):
        kind, _, figure = extent.figure.partition(".")
        for name, share in (("lowest", extent.lowest), ("highest", extent.highest)):
            where = f"{path}.extents[{place}].{name}"
            yield _of(share, (body, kind, figure, "", "%"), source, where)
