"""The base of every model of a record."""

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from kepu_docs.schema.program_data import plain_data

if TYPE_CHECKING:
    _Constructed = BaseModel
else:

    class _Construction(type(BaseModel)):
        """Lets constructors take the data of programs; validation itself does not pass here, and stays as fast."""

        def __call__(cls, *args: Any, **data: Any) -> Any:
            try:
                return super().__call__(*args, **data)
            except ValidationError:
                plain = plain_data(data)
                if plain is data:
                    raise
            return super().__call__(*args, **plain)

    class _Constructed(BaseModel, metaclass=_Construction):
        pass


class Record(_Constructed):
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
