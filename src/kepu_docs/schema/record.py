"""The base of every model of a record."""

import sys
from collections.abc import Mapping
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from kepu_docs.schema.explanations import explanation_of
from kepu_docs.schema.program_data import plain_data

_BUILDING: Final = RLock()
"""Held while a model is built."""

if TYPE_CHECKING:
    _Constructed = BaseModel
else:

    class _Construction(type(BaseModel)):
        """Lets constructors take the data of programs; validation itself is not affected, and stays as fast."""

        def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> type:
            # The source of a notebook cell, or a prompt, can be read while it runs, and not later.
            if not hasattr(sys.modules.get(namespace.get("__module__")), "__file__"):
                kwargs.setdefault("use_attribute_docstrings", True)
            return super().__new__(mcs, name, bases, namespace, **kwargs)

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
        strict=True,
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        # Most runs need few of the models.
        defer_build=True,
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe each field by its docstring."""
        made = handler(schema)
        for name, field in handler.resolve_ref_schema(made).get("properties", {}).items():
            text = explanation_of(cls, name)
            if text is not None:
                field.setdefault("description", text)
        return made

    @classmethod
    def model_rebuild(
        cls,
        *,
        force: bool = False,
        raise_errors: bool = True,
        _parent_namespace_depth: int = 2,
        _types_namespace: Mapping[str, Any] | None = None,
    ) -> bool | None:
        """Build the model in one thread: pydantic discards a half-built one."""
        with _BUILDING:
            return super().model_rebuild(
                force=force,
                raise_errors=raise_errors,
                # Names are looked up in the frame from which pydantic would have been called.
                _parent_namespace_depth=_parent_namespace_depth + 1,
                _types_namespace=_types_namespace,
            )

    def has_only(self, *names: str) -> bool:
        """Whether nothing is known beyond the fields ``names``."""
        return not any(value for name, value in self.__dict__.items() if name not in names)


class RolledUp:
    """Marks a field that only the summaries of higher bodies have: forms and workbooks to be filled in lack it."""


ROLLED_UP: Final = RolledUp()
"""Marks a field that only the summaries of higher bodies have: ``Annotated[…, ROLLED_UP]``."""


def is_rolled_up(field: FieldInfo) -> bool:
    """Return whether only the summaries of higher bodies have a field."""
    return any(isinstance(mark, RolledUp) for mark in field.metadata)
