"""The file names of documents, made from the facts of a record."""

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kepu_docs.errors import N_, OutputError, Place
from kepu_docs.output.file_names import file_name
from kepu_docs.schema import Period, WorkSummary

DEFAULT_PATTERN: Final = "{district}/{street}/{community}-{period}"
FIELDS: Final = ("province", "city", "district", "street", "community", "code", "period", "year", "title")

_ENDS: Final = " -_·.—，、"
_empty_brackets = re.compile(r"\(\s*\)|（\s*）|\[\s*\]|【\s*】|「\s*」")
_doubled_joints = re.compile(r"([-_·—])\1+")


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A path below the output folder, without suffix, with ``{fields}`` in it and ``/`` between folders."""

    text: str = DEFAULT_PATTERN

    def check(self) -> None:
        """Raise ``OutputError`` for an invalid pattern."""
        place = Place(self.text)
        try:
            parts = list(string.Formatter().parse(self.text))
        except ValueError as error:
            raise OutputError.at(place, N_("this is not a pattern of names: {problem}"), problem=str(error)) from None
        for _, name, form, conversion in parts:
            if name is not None and (name not in FIELDS or form or conversion):
                text = N_("names of documents cannot use “{name}”; they can use: {known}")
                raise OutputError.at(place, text, name=f"{{{name}}}", known=", ".join(f"{{{each}}}" for each in FIELDS))
        if not any(name for _, name, _, _ in parts):
            raise OutputError.at(place, "all documents would have the same name; use {known}", known="{community}")
        if self.text.startswith("/") or "\\" in self.text or ".." in self.text.split("/"):
            raise OutputError.at(place, "the names must be inside the output folder; separate folders with /")

    def stem(self, summary: WorkSummary, title: str) -> str:
        """Return the path of a record's documents, without suffix and not yet unique.

        Unknown fields are left out, with the folder or the separator that would have held them. No field of a record
        can lead out of the folder.
        """
        community = summary.community
        values = {
            "province": community.province,
            "city": community.city,
            "district": community.district,
            "street": community.street,
            "community": community.name,
            "code": community.code,
            "period": period_text(summary.period),
            "year": str(summary.period.end.year),
            "title": title,
        }
        safe = {name: (value or "").replace("/", "／") for name, value in values.items()}
        steps = []
        for step in self.text.split("/"):
            filled = step.format_map(safe)
            steps.append(_step(filled) if "{" in step else file_name(filled, "") if filled else "")
        return "/".join(filter(None, steps)) or file_name(title, "")


@lru_cache(1024)
def _step(filled: str) -> str:
    """Return the name of a folder or a document, without what joined fields that are unknown; empty for nothing else.

    The records of a street come one after the other, and their folders are the same.
    """
    filled = _doubled_joints.sub(r"\1", _empty_brackets.sub("", filled)).strip(_ENDS)
    return file_name(filled, "") if filled else ""


def period_text(period: Period) -> str:
    """Return a period as a record writes it: ``2025``, ``2025-H1``, ``2025-Q3``, ``2025-09``, a day, or two days."""
    start, end = period.start, period.end
    year = str(start.year)
    months = list(period.months())
    whole = Period.of_month(start.year, start.month).start == start and Period.of_month(end.year, end.month).end == end
    if whole and start.year == end.year:
        match start.month, len(months):
            case 1, 12:
                return year
            case 1 | 7, 6:
                return f"{year}-H{start.month // 6 + 1}"
            case 1 | 4 | 7 | 10, 3:
                return f"{year}-Q{start.month // 3 + 1}"
            case _, 1:
                return f"{year}-{start.month:02}"
    return f"{start}" if start == end else f"{start}_{end}"
