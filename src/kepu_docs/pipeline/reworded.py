"""A summary with a wording other than that of its record."""

from typing import Final

from kepu_docs.errors import N_, Place, SettingsError
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.shapes import literals
from kepu_docs.schema.summary import HeadingStyle, Wording

_KNOWN: Final = {"wording": literals(Wording), "headings": literals(HeadingStyle)}


def reworded(summary: WorkSummary, *, wording: str | None = None, headings: str | None = None) -> WorkSummary:
    """Return a summary with other wordings or headings; ``None`` keeps the record's. Raises ``SettingsError``."""
    asked = {"wording": wording, "headings": headings}
    check_wording(**asked)
    changed = {name: value for name, value in asked.items() if value is not None}
    return summary.model_copy(update=changed) if changed else summary


def check_wording(*, wording: str | None, headings: str | None) -> None:
    """Raise ``SettingsError`` for a wording that does not exist."""
    for name, value in (("wording", wording), ("headings", headings)):
        if value is not None and value not in _KNOWN[name]:
            text = N_("{name} is {found}; expected one of {expected}")
            raise SettingsError.at(Place(), text, name=name, found=str(value), expected=", ".join(_KNOWN[name]))
