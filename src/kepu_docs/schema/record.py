"""The base of every model of a record."""

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen part of a record: strict types, no unknown keys."""

    model_config = ConfigDict(
        strict=True, frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )

    def has_only(self, *names: str) -> bool:
        """Whether nothing is known beyond the fields ``names``."""
        return not any(value for name, value in self.__dict__.items() if name not in names)
