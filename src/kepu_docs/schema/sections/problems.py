"""存在问题: what is still lacking."""

from typing import Literal

from kepu_docs.schema.base import FactSection
from kepu_docs.schema.record import Record
from kepu_docs.schema.text import Many, Text


class Problem(Record):
    """One problem."""

    problem: Text
    """What is lacking."""
    cause: Text | None = None
    """Why."""
    remedy: Text | None = None
    """What will be done about it."""


class Problems(FactSection):
    """存在问题."""

    kind: Literal["problems"]
    problems: Many[Problem] = ()
    """The problems, the gravest first."""
