"""The list of communities that should have sent a summary, and who of it is missing."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from kepu_docs.errors import N_, Fault, Place, SourceError
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.records import Who, guess
from kepu_docs.reading.decoding import decode
from kepu_docs.schema import Community

_LISTS: Final = (".txt", ".lst")
_LONGEST: Final = 60
_MOST_BYTES: Final = 8 * 1024 * 1024


def read_expected(engine: Engine, given: str) -> list[Who]:
    """Return the communities of a list: a text with a name or code a line, or whatever else records come from.

    Of records only the community's district, street, name and code count. Raises ``SourceError``.
    """
    if given.lower().endswith(_LISTS):
        return list(_lines(given))
    faults: list[Fault] = []
    found = [guess(engine, record) for _, record in records(engine, locations(engine, [given]), faults)]
    if faults:
        raise SourceError(faults)
    known = [who for who in found if who.community or who.code]
    if not known:
        raise SourceError.at(Place(given), "this list names no community")
    return known


def _lines(given: str) -> Iterator[Who]:
    try:
        data = Path(given).read_bytes()[: _MOST_BYTES + 1]
    except OSError as error:
        text = N_("the file cannot be read: {reason}")
        raise SourceError.at(Place(given), text, reason=error.strerror or str(error)) from None
    if len(data) > _MOST_BYTES:
        raise SourceError.at(Place(given), "the list has more than {limit} MiB", limit=_MOST_BYTES >> 20)
    lines = [line.strip() for line in decode(data, given).removeprefix("\ufeff").splitlines()]
    known = [line for line in lines if line]
    if not known:
        raise SourceError.at(Place(given), "this list names no community")
    for line in known:
        if len(line) > _LONGEST or not line.isprintable():
            raise SourceError.at(
                Place(given, lines.index(line) + 1), "expected the name or the code of a community, alone on its line"
            )
        yield Who("", "", "" if line.isdecimal() else line, line if line.isdecimal() else "")


class Reported:
    """Those who sent a summary, by all that a list may call them."""

    def __init__(self) -> None:
        self._known: set[tuple[str, ...]] = set()

    def add(self, code: str | None, name: str, street: str | None, district: str | None) -> None:
        """Note a community."""
        if code:
            self._known.add((code,))
        self._known.add(("", name))
        self._known.add(("", name, street or ""))
        self._known.add(("", name, street or "", district or ""))

    def take(self, community: Community) -> None:
        """Note the community of a record."""
        self.add(community.code, community.name, community.street, community.district)

    def has(self, who: Who) -> bool:
        """Tell whether one of a list has sent a summary: by the code, or by the name as exactly as the list has it."""
        if who.code and (who.code,) in self._known:
            return True
        if not who.community:
            return False
        name = ("", who.community)
        if not who.street:
            return name in self._known
        if not who.district:
            return bool({(*name, who.street), (*name, "")} & self._known)
        # Who does not say to which street office or district it belongs may be the one that is meant.
        exactly = {(*name, street, district) for street in (who.street, "") for district in (who.district, "")}
        return bool(exactly & self._known)


def missing(expected: Iterable[Who], reported: Reported) -> Iterator[dict[str, Any]]:
    """Yield those of a list who have sent nothing, as a record names them."""
    for who in expected:
        if not reported.has(who):
            data = {"name": who.community or who.code, "code": who.code, "street": who.street, "district": who.district}
            yield {name: value for name, value in data.items() if value}
