"""What the rollup rules share: entries of lists as samples, and counts of one."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from kepu_docs.contract.rollups import BEST, Amount, Gathered, Sample
from kepu_docs.schema import Count, Record, WorkSummary

_QUOTES: Final = ("“”", "「」", "『』", '""', "‘’")

ONE: Final = Count(value=1, unit="个")
"""One community, room, group: whatever is counted in 个."""


def unquoted(text: str) -> str:
    """Return a text without quotation marks all around it, which the wording gives it."""
    marks, inner = text[:1] + text[-1:], text[1:-1]
    return inner if marks in _QUOTES and inner and not any(mark in inner for mark in marks) else text


def counted(number: int, unit: str) -> Count:
    """Return an exact count."""
    return Count(value=number, unit=unit)


def sample(field: str, entry: Record, rank: tuple[Any, ...], summary: WorkSummary, most: int = BEST) -> Sample:
    """Return an entry as a sample that says whose it is; entries of equal rank come by community and content."""
    data = entry.model_dump(mode="json", exclude_unset=True)
    community = summary.community
    data["community"] = data.get("community") or community.name
    return Sample(field, rank, data, most)


def largest(field: str, entry: Record, count: Count | None, summary: WorkSummary) -> list[Sample]:
    """Return an entry as a sample, those first whose ``count`` is largest; none where it is not known."""
    return [sample(field, entry, (-count.value,), summary)] if count and count.value else []


def stated(field: str, entries: Iterable[Any], text: str) -> Iterator[Amount]:
    """Yield the entries of a list by their ``text``, counted by the communities that state them, or as one."""
    for place, entry in enumerate(entries):
        path = f"{field}[{place}]"
        if entry.communities:
            yield Amount(field, entry.communities, f"{path}.communities", getattr(entry, text))
        else:
            yield Amount(field, ONE, path, getattr(entry, text))


def added_up(gathered: Gathered, field: str, text: str) -> list[dict[str, Any]]:
    """Return the entries of a higher body's list: each text once, with how many communities state it."""
    return [{text: each, "communities": count} for each, count in gathered.each(field, "个").items() if each]
