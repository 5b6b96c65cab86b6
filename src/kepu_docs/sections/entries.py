"""Shared code of the rollup rules: entries of lists as samples, and counts of one."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from kepu_docs.contract.rollups import BEST, Amount, Gathered, Sample
from kepu_docs.schema import Count, Record, WorkSummary

_QUOTES: Final = ("“”", "「」", "『』", '""', "‘’")

ONE: Final = Count(value=1, unit="个")
"""One community, room or group: anything that is counted in 个."""


def unquoted(text: str) -> str:
    """Return a text without the quotation marks around it, since the wording adds them."""
    marks, inner = text[:1] + text[-1:], text[1:-1]
    return inner if marks in _QUOTES and inner and not any(mark in inner for mark in marks) else text


def counted(number: int, unit: str) -> Count:
    """Return an exact count."""
    return Count(value=number, unit=unit)


def sample(field: str, entry: Record, rank: tuple[Any, ...], summary: WorkSummary, most: int = BEST) -> Sample:
    """Return an entry as a sample that names its community; equal ranks are ordered by community and content."""
    return Sample(field, rank, _Entry(entry, summary.community.name), most)


class _Entry(Mapping[str, Any]):
    """The fields of an entry and its community, which are only written out if they are wanted: few samples are."""

    def __init__(self, entry: Record, community: str) -> None:
        self._entry = entry
        self._community = community

    @cached_property
    def _fields(self) -> dict[str, Any]:
        data = self._entry.model_dump(mode="json", exclude_unset=True)
        data["community"] = data.get("community") or self._community
        return data

    def __getitem__(self, name: str) -> Any:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def largest(field: str, entry: Record, count: Count | None, summary: WorkSummary) -> list[Sample]:
    """Return an entry as a sample, ranked by its ``count``, the largest first; none if the count is not known."""
    return [sample(field, entry, (-count.value,), summary)] if count and count.value else []


def stated(field: str, entries: Iterable[Any], text: str) -> Iterator[Amount]:
    """Yield the entries of a list by their ``text``, with the number of communities that state them, or 1."""
    for place, entry in enumerate(entries):
        path = f"{field}[{place}]"
        if entry.communities:
            yield Amount(field, entry.communities, f"{path}.communities", getattr(entry, text))
        else:
            yield Amount(field, ONE, path, getattr(entry, text))


def added_up(gathered: Gathered, field: str, text: str) -> list[dict[str, Any]]:
    """Return the entries of a higher body's list: each text once, with the number of communities that state it."""
    return [{text: each, "communities": count} for each, count in gathered.each(field, "个").items() if each]
