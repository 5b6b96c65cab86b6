"""The main figures that a summary states, and the change of a figure from one time to another."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from kepu_docs.schema.amounts import Approximation
from kepu_docs.schema.main_figures import MAIN_FIGURES, MainFigure
from kepu_docs.schema.quantity import Count, coarser, total
from kepu_docs.schema.rounding import place_of, to_place
from kepu_docs.schema.summary import WorkSummary

EMPTY: Final[Mapping[Any, Any]] = MappingProxyType({})
Computed: TypeAlias = Mapping[int, Mapping[str, Any]]
"""The computed facts of sections, by the ``id`` of the section."""


def main_figures(summary: WorkSummary, computed: Computed = EMPTY) -> dict[MainFigure, tuple[str, Count]]:
    """Return the main figures that a summary states in their units; those of several sections are added.

    Each is a pair: the section kind and field that has the sum, such as team.volunteers, and the sum. Facts that have
    been ``computed`` are not computed again.
    """
    found: dict[MainFigure, list[Count]] = {}
    fields: dict[MainFigure, str] = {}
    for figure, field, count in _main_figures_of(summary, computed):
        if isinstance(count, Count) and count.unit == MAIN_FIGURES[figure]:
            found.setdefault(figure, []).append(count)
            fields[figure] = field
    sums = {figure: total(found[figure], unit) for figure, unit in MAIN_FIGURES.items() if figure in found}
    return {figure: (fields[figure], count) for figure, count in sums.items() if count is not None}


def _main_figures_of(summary: WorkSummary, computed: Computed) -> Iterator[tuple[MainFigure, str, Any]]:
    yield "residents", "community.residents", summary.community.residents
    for section in summary.sections:
        if not section.main_figures:
            continue
        facts = computed.get(id(section)) or section.facts(summary)
        for figure, field, name in section.main_figures:
            yield figure, f"{section.kind}.{field}", facts[name] if name in facts else getattr(section, name)


class Changed(NamedTuple):
    """The change from one number to another."""

    approx: Approximation
    """How exactly the change is known."""
    difference: int
    decimals: int
    """To how many decimals the difference is rounded: -2 for hundreds."""
    percent: float
    percent_decimals: int


def what_changed(before: Count, now: Count) -> Changed:
    """Return the change: 0 if there is no difference, or if the numbers are too approximate to show one.

    The numbers that the document shows are compared. The difference of approximate numbers is no more exact than the
    less exact one, and the percentage has no decimals.
    """
    before, now = before.as_shown, now.as_shown
    difference, base = now.value - before.value, before.value
    step = coarser(before.coarsest, now.coarsest)
    decimals, of_percent = 0, 1
    if step is not None:
        decimals = -place_of(step)
        difference = int(to_place(difference, -decimals))
        of_percent = -max(place_of(100 * step / base), 0) if base else 0
    percent = to_place(100 * difference / base, -of_percent) if base else 0
    return Changed("exactly" if step is None else "about", difference, decimals, percent, of_percent)
