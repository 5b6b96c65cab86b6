"""台账: the files of the year's work."""

from typing import Annotated, Literal

from kepu_docs.schema.quantity import Count, Unit
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import Line, Many


class Records(FactSection):
    """台账."""

    kind: Literal["records"]
    folders: Many[Line] = ()
    """The folders that the files are kept in: 工作计划, 活动记录."""
    files: Annotated[Count, Unit("件")] | None = None
    """How many files, in 件."""
    rules: Many[Line] = ()
    """Rules for keeping them."""
    keeper: Line | None = None
    """Who keeps them."""
