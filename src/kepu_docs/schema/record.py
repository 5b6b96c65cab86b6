"""The base of every model of a record."""

from typing import Final

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo


class Record(BaseModel):
    """A frozen part of a record: strict types, no unknown keys."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )

    def has_only(self, *names: str) -> bool:
        """Whether nothing is known beyond the fields ``names``."""
        return not any(value for name, value in self.__dict__.items() if name not in names)


class RolledUp:
    """Marks a field that only the summaries of higher bodies have: what is handed out to be filled in lacks it."""


ROLLED_UP: Final = RolledUp()
"""Marks a field that only the summaries of higher bodies have: ``Annotated[…, ROLLED_UP]``."""


def is_rolled_up(field: FieldInfo) -> bool:
    """Tell whether only the summaries of higher bodies have a field."""
    return any(isinstance(mark, RolledUp) for mark in field.metadata)
