"""The errors of kepu-docs: one small family, each with its place, written for the person who must act.

A message is a template in English and its values, kept apart so that it can be shown in another language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found; parts that are not known are empty.

    ``record`` is a file name or another name of the record, ``line`` and ``column`` count from 1, ``field`` is a
    path such as ``sections[1].sessions[0].attendance``.
    """

    record: str = ""
    line: int | None = None
    column: int | None = None
    field: str = ""

    def __str__(self) -> str:
        position = self.record
        if self.line is not None:
            position += f":{self.line}"
            if self.column is not None:
                position += f":{self.column}"
        return ": ".join(part for part in (position, self.field) if part)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its place, what was found, what was expected, and what may help.

    ``text`` may hold ``{names}``; ``values`` fills them.
    """

    place: Place
    text: str
    values: tuple[tuple[str, object], ...] = ()

    @property
    def message(self) -> str:
        """What is wrong, in English, without the place."""
        return self.text.format(**dict(self.values)) if self.values else self.text

    def __str__(self) -> str:
        place = str(self.place)
        return f"{place}: {self.message}" if place else self.message


class KepuError(Exception):
    """Anything that kepu-docs refuses or fails at: one or more faults, each with its place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    @classmethod
    def at(cls, place: Place, text: str, **values: object) -> Self:
        """Return an error with a single fault."""
        return cls([Fault(place, text, tuple(values.items()))])

    def __reduce__(self) -> tuple[type, tuple[tuple[Fault, ...]]]:
        return type(self), (self.faults,)


class RecordError(KepuError):
    """A record cannot be read or does not fit the schema."""


class TemplateError(KepuError):
    """A wording template is wrong, or failed on a record."""


class RenderError(KepuError):
    """A renderer cannot show a document."""


class OutputError(KepuError):
    """A finished document cannot be written."""


class PluginError(KepuError):
    """A plugin is missing, broken, or in conflict with another."""
