"""What is asked of all documents of a run, over what their records say."""

from dataclasses import dataclass
from typing import Final

from kepu_docs.pipeline.earlier_figures import with_earlier
from kepu_docs.pipeline.earlier_years import EarlierYears
from kepu_docs.pipeline.reworded import check_wording, reworded
from kepu_docs.schema import WorkSummary


@dataclass(frozen=True, slots=True)
class DocumentSettings:
    """How sentences and headings are worded, and what the figures are compared with; ``None`` leaves it to records.

    Raises ``SettingsError`` for a way of wording that does not exist.
    """

    wording: str | None = None
    headings: str | None = None
    earlier: EarlierYears | None = None
    table: bool = False
    """Whether the figures of both years are also shown in a table."""

    def __post_init__(self) -> None:
        check_wording(wording=self.wording, headings=self.headings)

    def applied(self, summary: WorkSummary) -> WorkSummary:
        """Return the summary as it is to be composed. Raises ``RecordError`` for figures that cannot be compared."""
        summary = reworded(summary, wording=self.wording, headings=self.headings)
        if self.earlier is None:
            return summary
        return with_earlier(summary, self.earlier.find(summary.community), table=self.table)


NO_SETTINGS: Final = DocumentSettings()
"""All is left to the records."""
