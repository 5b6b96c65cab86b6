"""Settings for all documents of a run; they override what the records say."""

from dataclasses import dataclass
from typing import Final

from kepu_docs.pipeline.earlier_figures import with_earlier
from kepu_docs.pipeline.earlier_years import EarlierYears
from kepu_docs.pipeline.reworded import check_wording, reworded
from kepu_docs.schema import WorkSummary


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """The wording of sentences and headings, and the figures to compare with; ``None`` leaves it to the records.

    Raises ``SettingsError`` for a wording that does not exist.
    """

    wording: str | None = None
    headings: str | None = None
    earlier: EarlierYears | None = None
    table: bool = False
    """Whether the figures of both years are also shown in a table."""

    def __post_init__(self) -> None:
        check_wording(wording=self.wording, headings=self.headings)

    def applied(self, summary: WorkSummary) -> WorkSummary:
        """Return the summary with these settings. Raises ``RecordError`` for figures that cannot be compared."""
        summary = reworded(summary, wording=self.wording, headings=self.headings)
        if self.earlier is None:
            return summary
        return with_earlier(summary, self.earlier.find(summary.community), table=self.table)


NO_SETTINGS: Final = DocumentSettings()
"""Everything is left to the records."""
