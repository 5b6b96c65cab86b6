"""The choices of a reader of the live page; all of them are in the page's address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, Self
from urllib.parse import urlencode

OWN: Final = ""
"""The choice of wording that follows the record."""


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
    """Empty for the usual look."""
    wording: str = OWN
    headings: str = OWN
    beside: str = ""
    """``1`` if the record of an earlier year is shown as well."""

    def address(self, usual: "Choices", **changes: str) -> str:
        """Return the query of the page with ``changes``; choices equal to ``usual`` are left out."""
        wanted = replace(self, **changes)
        values = {field.name: getattr(wanted, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in values.items() if value != getattr(usual, name)})


@dataclass(frozen=True, slots=True)
class Offers:
    """The available choices, each with the usual one first."""

    ui: tuple[str, ...]
    locale: tuple[str, ...]
    look: tuple[str, ...]
    wording: tuple[str, ...] = (OWN, "varied", "plain")
    headings: tuple[str, ...] = (OWN, "plain", "message")
    beside: tuple[str, ...] = ("", "1")

    def chosen(self, query: Mapping[str, str], usual: Choices) -> Choices:
        """Return the choices in a query; choices that are not available are replaced with ``usual``."""
        values = {
            field.name: value
            for field in fields(self)
            if (value := query.get(field.name, "")) in getattr(self, field.name) and field.name in query
        }
        return replace(usual, record=query.get("record", ""), **values)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the available choices, by the names of the fields."""
        return tuple(field.name for field in fields(cls))

    def with_usual(self, usual: Choices) -> Self:
        """Return the choices plus those named in a command that are not listed: a locale such as zh_TW."""
        return replace(
            self,
            **{
                name: (value, *getattr(self, name))
                for name in ("ui", "locale", "look")
                if (value := getattr(usual, name)) not in getattr(self, name)
            },
        )
