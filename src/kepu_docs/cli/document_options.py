"""The options of a command that apply to all its documents."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kepu_docs.pipeline import Engine
    from kepu_docs.pipeline.document_settings import DocumentSettings


def document_settings(
    engine: "Engine",
    against: Sequence[str] | None,
    wording: str | None,
    headings: str | None,
    *,
    table: bool = False,
) -> "DocumentSettings":
    """Return the settings; ``against`` are sources of an earlier year. Raises ``KepuError`` for faults in these."""
    from kepu_docs.pipeline.document_settings import DocumentSettings
    from kepu_docs.pipeline.earlier_records import read_earlier_years

    earlier = read_earlier_years(engine, list(against)) if against else None
    return DocumentSettings(wording, headings, earlier, table)
