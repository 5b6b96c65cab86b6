"""阵地设施: rooms, galleries, libraries and what stands in them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from kepu_docs.schema.quantity import Count, Measure, Unit
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.sections.ratios import ratio, residents_of
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import Line, Many, Text

if TYPE_CHECKING:
    from kepu_docs.schema.summary import WorkSummary


_NAMING = ("name", "number", "place")


class Venue(Record):
    """A room, gallery, square or other place."""

    name: Line
    """What it is: 科普活动室, 宣传橱窗."""
    number: Annotated[Count, Unit("个")] | None = None
    """How many of it, in 个."""
    makeup: Many[Line] = ()
    """Which ones these are: 图书阅览室, 市民学校."""
    place: Line | None = None
    """Where."""
    area: Annotated[Measure, Unit("平方米")] | None = None
    """How large, all together, in 平方米."""
    length: Annotated[Measure, Unit("米")] | None = None
    """How long (a gallery), in 米."""
    open_hours: Annotated[Measure, Unit("小时")] | None = None
    """How long it is open each week, in 小时."""
    updates: Annotated[Count, Unit("期")] | None = None
    """How often its display was changed in the period, in 期."""
    equipment: Many[Line] = ()
    """What stands in it."""
    use: Text | None = None
    """What it is used for."""


class BooksBasis(Record):
    """What the number of books for each resident is computed from: those who have stated both."""

    books: Annotated[Count, Unit("册")]
    """Books, in 册."""
    residents: Annotated[Count, Unit("人")]
    """Residents, in 人."""


class Library(Record):
    """A library or reading room."""

    number: Annotated[Annotated[Count, Unit("个")] | None, ROLLED_UP] = None
    """How many of it, in the summary of a higher body, in 个."""
    name: Line | None = None
    """Its name; 图书室 where not given."""
    area: Annotated[Measure, Unit("平方米")] | None = None
    """How large, in 平方米."""
    books: Annotated[Count, Unit("册")] | None = None
    """Books, in 册."""
    new_books: Annotated[Count, Unit("册")] | None = None
    """Books added in the period, in 册."""
    periodicals: Annotated[Count, Unit("种")] | None = None
    """Newspapers and magazines, in 种."""
    subjects: Many[Line] = ()
    """What the books are about: 科技, 保健."""
    basis: Annotated[BooksBasis | None, ROLLED_UP] = None
    """What the number of books for each resident is computed from, in the summary of a higher body."""


class Base(Record):
    """A science education base."""

    name: Line
    """Its name."""
    level: Line | None = None
    """Its level: 市级."""


class Facilities(FactSection):
    """阵地设施."""

    kind: Literal["facilities"]
    venues: Many[Venue] = ()
    """Places, one by one."""
    library: Library | None = None
    """The library."""
    bases: Many[Base] = ()
    """Science education bases."""
    screens: Annotated[Count, Unit("块")] | None = None
    """Electronic screens, in 块."""
    equipment: Annotated[Count, Unit("件")] | None = None
    """Exhibits and pieces of equipment, in 件."""
    added: Many[Line] = ()
    """What was built or renewed in the period: 居民健身点."""

    def facts(self, summary: "WorkSummary") -> Mapping[str, Any]:
        """``named``: venues of which only name, number and place are known; ``told``; ``books_per_hundred``.

        ``told`` are the other venues; ``books_per_hundred`` is the number of books for each hundred residents, with one
        decimal.
        """
        library = self.library
        books, residents = (library.books if library else None), residents_of(summary)
        if library and library.basis:
            books, residents = library.basis.books, library.basis.residents
        return {
            "named": tuple(venue for venue in self.venues if venue.has_only(*_NAMING)),
            "told": tuple(venue for venue in self.venues if not venue.has_only(*_NAMING)),
            "books_per_hundred": ratio(books, residents, "册", times=100, decimals=1),
        }
