"""阵地设施: places by what they are, libraries together, bases."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kepu_docs.adding.entries import ONE, is_made
from kepu_docs.contract.rollups import (
    MOST_NAMES,
    Amount,
    Gathered,
    Mention,
    Part,
    RollupRule,
    Sample,
    known,
    made,
    told,
)
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.sections.facilities import Facilities

_TOTALS: Final = {"screens": "块", "equipment": "件"}
_OF_VENUES: Final = {"area": "平方米", "length": "米", "updates": "期"}
_OF_LIBRARIES: Final = {"number": "个", "area": "平方米", "books": "册", "new_books": "册", "periodicals": "种"}
_BASIS: Final = {"books": "册", "residents": "人"}


def _tell(section: Facilities, summary: WorkSummary) -> Iterator[Part]:
    yield from told(section, _TOTALS, ("added",))
    for place, venue in enumerate(section.venues):
        path = f"venues[{place}]"
        number = f"{path}.number" if venue.number else path
        yield Amount("venues.number", venue.number or ONE, number, venue.name)
        for field in _OF_VENUES:
            if getattr(venue, field) is not None:
                yield Amount(f"venues.{field}", getattr(venue, field), f"{path}.{field}", venue.name)
    yield from _libraries(section, summary)
    for base in section.bases:
        data = base.model_dump(mode="json", exclude_none=True)
        yield Sample("bases", (base.name,), data, MOST_NAMES)


def _libraries(section: Facilities, summary: WorkSummary) -> Iterator[Part]:
    library = section.library
    if library is None:
        return
    yield Amount("library.number", library.number or ONE, "library.number" if library.number else "library")
    for field in tuple(_OF_LIBRARIES)[1:]:
        if getattr(library, field) is not None:
            yield Amount(f"library.{field}", getattr(library, field), f"library.{field}")
    yield from (Mention("library.subjects", subject) for subject in library.subjects)
    residents = summary.community.residents
    if library.basis:
        yield Amount("library.basis.books", library.basis.books, "library.basis.books")
        yield Amount("library.basis.residents", library.basis.residents, "library.basis.residents")
    elif not is_made(summary) and library.books and residents and residents.value:
        yield Amount("library.basis.books", library.books, "library.books")
        yield Amount("library.basis.residents", residents, "community.residents")


def _make(gathered: Gathered) -> Mapping[str, Any]:
    library: dict[str, Any] = {field: gathered.total(f"library.{field}", unit) for field, unit in _OF_LIBRARIES.items()}
    library["subjects"] = gathered.names("library.subjects")
    basis = known({field: gathered.total(f"library.basis.{field}", unit) for field, unit in _BASIS.items()})
    library["basis"] = basis if len(basis) == len(_BASIS) else {}
    return known(
        {
            **made(gathered, _TOTALS, ("added",)),
            "venues": list(_venues(gathered)),
            "library": known(library),
            "bases": gathered.best("bases"),
        }
    )


def _venues(gathered: Gathered) -> Iterator[dict[str, Any]]:
    """Yield the places of each name; those counted in other units are entries of their own."""
    others = {field: gathered.each(f"venues.{field}", unit) for field, unit in _OF_VENUES.items()}
    for unit in gathered.units("venues.number"):
        for name, number in gathered.each("venues.number", unit).items():
            if name:
                more = {field: sums.pop(name, None) for field, sums in others.items()}
                yield known({"name": name, "number": number, **more})


FACILITIES: Final = RollupRule(_tell, _make)
