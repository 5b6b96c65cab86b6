"""存在问题: what is still lacking."""

from typing import Annotated, Literal

from kepu_docs.schema.quantity import Count, Unit
from kepu_docs.schema.record import ROLLED_UP, Record
from kepu_docs.schema.summary import FactSection
from kepu_docs.schema.text import Many, Text


class Problem(Record):
    """One problem."""

    problem: Text
    """What is lacking."""
    communities: Annotated[Annotated[Count, Unit("个")] | None, ROLLED_UP] = None
    """How many communities say so, in the summary of a higher body, in 个."""
    cause: Text | None = None
    """Why."""
    remedy: Text | None = None
    """What will be done about it."""


class Problems(FactSection):
    """存在问题."""

    kind: Literal["problems"]
    problems: Many[Problem] = ()
    """The problems, the gravest first."""
