"""How type checkers see fields that can be given in several forms and are read in one.

A quantity may be given as ``60`` or ``"300余"`` and is read as a ``Count``. Pydantic converts it; type checkers see a
descriptor, whose ``__set__`` has the type of what may be given and whose ``__get__`` that of what is read (the typing
specification, "The dataclass_transform decorator": descriptor-typed fields).
"""

from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, overload

Read = TypeVar("Read", covariant=True)
Given = TypeVar("Given", contravariant=True)

UNKNOWN: Final[Any] = None
"""The default of a field that can be given in several forms: nothing is known."""

if TYPE_CHECKING:

    class Converted(Generic[Read, Given]):
        """A field that is read as ``Read`` and may be given as ``Given``."""

        @overload
        def __get__(self, instance: None, owner: Any) -> "Converted[Read, Given]": ...
        @overload
        def __get__(self, instance: object, owner: Any) -> Read: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: Any, value: Given) -> None: ...
