"""Figures for each resident, as exact as what they are computed from."""

from kepu_docs.schema import Count, Measure, WorkSummary


def residents_of(summary: WorkSummary) -> Count | None:
    """Return the residents among whom a figure of the summary is shared out.

    Of one that was added up they are not known: not all of its communities state the figure.
    """
    return None if summary.is_rolled_up else summary.community.residents


def ratio(part: Count | None, whole: Count | None, unit: str, *, times: int = 1, decimals: int) -> Measure | None:
    """Return ``part`` for each ``times`` of ``whole``; ``None`` where either is not known, or nothing."""
    if part is None or whole is None or not whole.value:
        return None
    exact = part.approx == whole.approx == "exactly"
    value = round(part.value * times / whole.value, decimals)
    return Measure.model_construct(value=value, approx="exactly" if exact else "about", unit=unit)
