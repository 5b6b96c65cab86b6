"""Kinds of which there are but figures to add and names to list."""

from typing import Final

from kepu_docs.contract.rollups import RollupRule
from kepu_docs.schema.sections import Publicity, Records

PUBLICITY: Final = RollupRule.of(
    Publicity,
    totals=(
        "articles", "reads", "shares", "leaflets", "books", "banners", "boards", "broadcasts", "screenings", "audience",
        "reports",
    ),
    names=("channels", "topics", "audiences"),
)  # fmt: skip

RECORDS: Final = RollupRule.of(Records, totals=("files",), names=("folders", "rules"))
"""Who keeps the files is told in the communities' own summaries."""
