"""Figures per resident, as exact as the figures that they are computed from."""

from kepu_docs.schema import Count, Measure, WorkSummary
from kepu_docs.schema.rounding import decimals_borne, to_place


def residents_of(summary: WorkSummary) -> Count | None:
    """Return the number of residents for figures per resident.

    For a summary that was added up it is not known: not all of its communities state the figure.
    """
    return None if summary.is_rolled_up else summary.community.residents


def ratio(part: Count | None, whole: Count | None, unit: str, *, times: int = 1, decimals: int) -> Measure | None:
    """Return ``part`` for each ``times`` of ``whole``; ``None`` if either is unknown or zero.

    It is computed from the numbers that the document shows, so that its reader can check it.
    """
    if part is None or whole is None or not whole.value:
        return None
    numbers = part.as_shown, whole.as_shown
    approximate = [each.value for each in numbers if each.approx != "exactly"]
    value = numbers[0].value * times / numbers[1].value
    value = to_place(value, -decimals_borne(value, approximate, decimals))
    return Measure.model_construct(value=value, approx="about" if approximate else "exactly", unit=unit)
