"""What a reader of the live page may choose; all of it stands in the page's address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, Self
from urllib.parse import urlencode

OWN: Final = ""
"""Of a way of wording: as the record has it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is shown, and how."""

    record: str = ""
    """The key of a record; empty for the first."""
    ui: str = "en"
    """The language of the page."""
    locale: str = "zh_Hans"
    """The language of the document."""
    look: str = ""
    """Empty for the usual one."""
    wording: str = OWN
    headings: str = OWN
    beside: str = ""
    """``1`` where the record of an earlier year is shown as well."""

    def address(self, usual: "Choices", **changes: str) -> str:
        """Return the query of the page with ``changes``; what is as ``usual`` is not written."""
        wanted = replace(self, **changes)
        values = {field.name: getattr(wanted, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in values.items() if value != getattr(usual, name)})


@dataclass(frozen=True, slots=True)
class Offers:
    """What may be chosen; each with the usual first."""

    ui: tuple[str, ...]
    locale: tuple[str, ...]
    look: tuple[str, ...]
    wording: tuple[str, ...] = (OWN, "varied", "plain")
    headings: tuple[str, ...] = (OWN, "plain", "message")
    beside: tuple[str, ...] = ("", "1")

    def chosen(self, query: Mapping[str, str], usual: Choices) -> Choices:
        """Return what a query asks for; what is not offered is as ``usual``."""
        values = {
            field.name: value
            for field in fields(self)
            if (value := query.get(field.name, "")) in getattr(self, field.name) and field.name in query
        }
        return replace(usual, record=query.get("record", ""), **values)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return what may be chosen, by the names of the fields."""
        return tuple(field.name for field in fields(cls))

    def with_usual(self, usual: Choices) -> Self:
        """Return the offers with those that a command has named, though nobody lists them: a locale such as zh_TW."""
        return replace(
            self,
            **{
                name: (value, *getattr(self, name))
                for name in ("ui", "locale", "look")
                if (value := getattr(usual, name)) not in getattr(self, name)
            },
        )
