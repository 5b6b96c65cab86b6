"""Identical rows of a table: somebody may have entered them twice."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kepu_docs.plugin import N_, Fault
from kepu_sources.tables.sheets import Heads, Path

_MOST_SHOWN: Final = 10
"""How many identical rows are named."""


def repeated_rows(
    entries: Sequence[Mapping[str, Any]], places: Sequence[tuple[Heads, int]], identity: Sequence[Path]
) -> Iterator[Fault]:
    """Yield a warning for the entries that are identical to earlier ones."""
    if len(entries) < 2:
        return
    begins = [str(_value(entry, identity[0]) if identity else next(iter(entry.values()), "")) for entry in entries]
    if len(set(begins)) == len(begins):
        return
    # Few rows have the same first value, and only those are compared in full.
    first: dict[str, int] = {}
    known: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for at, (entry, begin) in enumerate(zip(entries, begins, strict=True)):
        before = first.setdefault(begin, at)
        if before == at:
            continue
        if entry == entries[before]:
            same = before
        else:
            known.setdefault(_as_compared(entries[before], identity), before)
            same = known.setdefault(_as_compared(entry, identity), at)
        if same != at:
            pairs.append((places[at][1], places[same][1]))
    if pairs:
        heads, _ = places[0]
        text = N_("rows repeat others above them; delete them if they were entered twice ({cells})")
        shown = ", ".join(f"{row} = {same}" for row, same in pairs[:_MOST_SHOWN])
        more = f", … +{len(pairs) - _MOST_SHOWN}" if len(pairs) > _MOST_SHOWN else ""
        yield Fault(heads.place(pairs[0][0]), text, (("cells", shown + more),))


def _as_compared(entry: Mapping[str, Any], identity: Sequence[Path]) -> str:
    return repr([_value(entry, path) for path in identity] if identity else sorted(entry.items()))


def _value(entry: Any, path: Path) -> Any:
    for step in path:
        entry = entry.get(step) if isinstance(entry, dict) else None
    return entry
