"""The columns of a short workbook: those that most summaries use.

The rule, measured over the two years of the invented district in ``docs/district`` and checked by a test: a column is
in the short workbook if at least half of the rows of its table have a value in it, and a table if at least a quarter of
the communities whose summary has that section fill in rows of it. Required columns are always in it, and so are the
complete tables of other section kinds.
"""

from collections.abc import Mapping
from typing import Final

from kepu_docs.contract.record_tables import RecordColumn, RecordTable

COMMON: Final[Mapping[str, tuple[str, ...]]] = {
    "communities": (
        "community.name",
        "community.code",
        "community.street",
        "community.district",
        "community.city",
        "community.residents",
        "community.households",
        "community.area",
        "community.grids",
        "community.units",
        "period",
        "opening",
        "signed_by",
        "signed_on",
    ),
    "leadership": ("group.title", "group.members", "in_agenda", "in_plan", "meetings"),
    "team": ("volunteers", "makeup"),
    "team.groups": (),
    "training": (),
    "training.sessions": ("topic", "held_on", "trainer", "audience", "attendance", "hours"),
    "activities": (),
    "activities.activities": ("name", "held_on", "place", "attendance"),
    "activities.categories": (),
    "publicity": ("channels", "topics", "articles", "leaflets", "broadcasts"),
    "facilities": ("library.books", "library.new_books", "library.periodicals"),
    "facilities.venues": ("name", "area", "use"),
    "facilities.bases": (),
    "funding": (),
    "funding.sources": ("name", "amount"),
    "funding.uses": ("purpose", "amount"),
    "outcomes": ("satisfaction",),
    "outcomes.awards": (),
    "outcomes.cases": (),
    "outcomes.tests": (),
    "problems": (),
    "problems.problems": ("problem", "cause", "remedy"),
    "next_year_plan": (),
    "next_year_plan.tasks": ("task", "target", "deadline"),
}
"""The names of the columns by the names of their tables; a table without columns is left out."""


def common_columns(table: RecordTable) -> tuple[RecordColumn, ...]:
    """Return the columns of a table in a short workbook; none if it lacks the table."""
    names = COMMON.get(table.name)
    if names is None:
        return table.columns
    return tuple(column for column in table.columns if names and (column.required or column.name in names))
