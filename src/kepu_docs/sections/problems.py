"""存在问题: what is still lacking."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from kepu_docs.contract.recognition import Recognition
from kepu_docs.contract.rollups import Gathered, Part, RollupRule, known
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import ROLLED_UP, UNKNOWN, FactSection, Many, MaybeCount, Record, Text, Unit, WorkSummary
from kepu_docs.sections.entries import added_up, stated

__all__ = ["PROBLEMS", "Problem", "Problems"]


class Problem(Record):
    """One problem."""

    problem: Text
    """What is lacking."""
    communities: Annotated[MaybeCount, Unit("个"), ROLLED_UP] = UNKNOWN
    """How many communities say so, in the summary of a higher body, in 个."""
    cause: Text | None = None
    """Why."""
    remedy: Text | None = None
    """What will be done about it."""


class Problems(FactSection):
    """存在问题."""

    kind: Literal["problems"] = "problems"
    problems: Many[Problem] = ()
    """The problems, the gravest first."""


def _parts(section: Problems, summary: WorkSummary) -> Iterator[Part]:
    return stated("problems", section.problems, "problem")


def _make(gathered: Gathered) -> Mapping[str, Any]:
    return known({"problems": added_up(gathered, "problems", "problem")})


PROBLEMS: Final = SectionKind(
    Problems,
    rollup=RollupRule(_parts, _make),
    recognition=Recognition(
        words="问题|不足|困难|短板|差距|薄弱环节|problem|difficult|shortcoming|challenge", hints="欠缺|改进"
    ),
)
"""Equal problems are one; causes and remedies are stated in the communities' own summaries."""
