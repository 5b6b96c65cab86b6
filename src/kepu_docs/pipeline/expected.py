"""The list of communities that should have sent a summary: which of them are missing, and whom to ask."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import create_model

from kepu_docs.contract.sources import RecordForm
from kepu_docs.errors import N_, Fault, Place, SourceError
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.records import Who, guess, guessed_community
from kepu_docs.reading.decoding import decode
from kepu_docs.schema import Community as CommunityOfRecord
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.text import showable

_LISTS: Final = (".txt", ".lst")
_LONGEST: Final = 60
_LONGEST_CONTACT: Final = 200
_MOST_BYTES: Final = 8 * 1024 * 1024
_comma = re.compile("[,，\t]")


class Listed(NamedTuple):
    """A community of a list, and whom to ask about it if the list says so."""

    who: Who
    contact: str = ""


class Community(CommunityOfRecord):
    """A community as a list has it; by its name the languages have the names of these fields. No record has them."""

    contact: str | None = None
    """Whom to ask."""
    phone: str | None = None
    """Under which number."""


def read_expected(engine: Engine, given: str) -> list[Listed]:
    """Return the communities of a list: a text file with one name or code per line, or any source of records.

    In a text, the contact may follow after a comma or tab. Of records, only the community's district, street, name and
    code count, and the fields that only lists have. Raises ``SourceError``.
    """
    if given.lower().endswith(_LISTS):
        return list(_lines(given))
    base: type[WorkSummary] = engine.registry.model
    model = create_model("ListedSummary", __base__=base, community=(Community, ...))
    form = RecordForm(model, engine.languages.vocabulary)
    faults: list[Fault] = []
    found: list[Listed] = []
    for _, record in records(engine, locations(engine, [given]), faults, form):
        community = guessed_community(record, form)
        found.append(Listed(guess(engine, record), _contact(community)))
    if faults:
        raise SourceError(faults)
    known = [each for each in found if each.who.community or each.who.code]
    if not known:
        raise SourceError.at(Place(given), "this list names no community")
    return known


def _contact(community: Mapping[str, Any]) -> str:
    texts = (showable(str(community.get(name) or "")) for name in ("contact", "phone"))
    return " ".join(filter(None, texts))[:_LONGEST_CONTACT]


def _lines(given: str) -> Iterator[Listed]:
    try:
        data = Path(given).read_bytes()[: _MOST_BYTES + 1]
    except OSError as error:
        text = N_("the file cannot be read: {reason}")
        raise SourceError.at(Place(given), text, reason=error.strerror or str(error)) from None
    if len(data) > _MOST_BYTES:
        raise SourceError.at(Place(given), "the list is larger than {limit} MiB", limit=_MOST_BYTES >> 20)
    lines = [line.strip() for line in decode(data, given).removeprefix("\ufeff").splitlines()]
    known = [line for line in lines if line]
    if not known:
        raise SourceError.at(Place(given), "this list names no community")
    for line in known:
        name, *rest = _comma.split(line, maxsplit=1)
        name, contact = name.strip(), "".join(rest).strip()
        if not 0 < len(name) <= _LONGEST or len(contact) > _LONGEST_CONTACT or not (name + contact).isprintable():
            raise SourceError.at(
                Place(given, lines.index(line) + 1),
                "expected the name or code of a community, optionally followed by a comma and a contact",
            )
        yield Listed(Who("", "", "" if name.isdecimal() else name, name if name.isdecimal() else ""), contact)


class Contacts:
    """Whom to ask, by all names that a list may use for a community."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._by_code: dict[str, str] = {}
        self._by_name: dict[str, list[Listed]] = {}
        for each in listed:
            if each.contact and each.who.code:
                self._by_code.setdefault(each.who.code, each.contact)
            if each.contact and each.who.community:
                self._by_name.setdefault(each.who.community, []).append(each)

    def of(self, who: Who) -> str:
        """Return whom to ask about a community; nothing if the list does not say so or more than one may be meant.

        A street or district that only one side gives does not distinguish communities.
        """
        if who.code in self._by_code:
            return self._by_code[who.code]
        found = {
            each.contact
            for each in self._by_name.get(who.community, ())
            if all(
                not one or not other or one == other
                for one, other in ((each.who.street, who.street), (each.who.district, who.district))
            )
        }
        return next(iter(found)) if len(found) == 1 else ""


class Reported:
    """The communities that sent a summary, by all names that a list may use for them."""

    def __init__(self) -> None:
        self._known: set[tuple[str, ...]] = set()

    def add(self, code: str | None, name: str, street: str | None, district: str | None) -> None:
        """Note a community."""
        if code:
            self._known.add((code,))
        self._known.add(("", name))
        self._known.add(("", name, street or ""))
        self._known.add(("", name, street or "", district or ""))

    def take(self, community: CommunityOfRecord) -> None:
        """Note the community of a record."""
        self.add(community.code, community.name, community.street, community.district)

    def has(self, who: Who) -> bool:
        """Return whether a listed community has sent a summary, by its code or by its name as far as listed."""
        if who.code and (who.code,) in self._known:
            return True
        if not who.community:
            return False
        name = ("", who.community)
        if not who.street:
            return name in self._known
        if not who.district:
            return bool({(*name, who.street), (*name, "")} & self._known)
        # A community that does not name its street office or district may be the one that is meant.
        exactly = {(*name, street, district) for street in (who.street, "") for district in (who.district, "")}
        return bool(exactly & self._known)


def missing(expected: Iterable[Who], reported: Reported) -> Iterator[dict[str, Any]]:
    """Yield the communities of a list that have sent nothing, in the form in which records name them."""
    for who in expected:
        if not reported.has(who):
            data = {"name": who.community or who.code, "code": who.code, "street": who.street, "district": who.district}
            yield {name: value for name, value in data.items() if value}
