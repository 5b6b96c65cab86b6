"""台账: the files of the year's work."""

from typing import Annotated, Final, Literal

from kepu_docs.contract.recognition import Recognition
from kepu_docs.contract.rollups import RollupRule
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import UNKNOWN, FactSection, Line, Many, MaybeCount, Unit

__all__ = ["RECORDS", "Records"]


class Records(FactSection):
    """台账."""

    kind: Literal["records"] = "records"
    folders: Many[Line] = ()
    """The folders in which the files are kept: 工作计划, 活动记录."""
    files: Annotated[MaybeCount, Unit("件")] = UNKNOWN
    """Number of files, in 件."""
    rules: Many[Line] = ()
    """Rules for keeping them."""
    keeper: Line | None = None
    """Who keeps them."""


RECORDS: Final = SectionKind(
    Records,
    rollup=RollupRule.of(Records, totals=("files",), names=("folders", "rules")),
    recognition=Recognition(words="台账|台帐|档案|资料管理|资料归档|records|files", hints="资料|规范|归档"),
)
"""The person who keeps the files is named in the communities' own summaries."""
