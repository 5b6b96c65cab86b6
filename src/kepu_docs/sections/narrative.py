"""Other content, in the writer's own words."""

from collections.abc import Iterator
from typing import Final, Literal

from kepu_docs.contract.recognition import Recognition
from kepu_docs.contract.rollups import Mention, Part, RollupRule
from kepu_docs.contract.sections import SectionKind
from kepu_docs.schema import Line, Many, Prose, Record, Section, Text, WorkSummary

__all__ = ["NARRATIVE", "Narrative", "Subsection"]


class Subsection(Record):
    """A part of a narrative section, with its own heading."""

    heading: Line
    """Its heading."""
    run_in: bool = False
    """Whether the first paragraph continues on the line of the heading."""
    paragraphs: Prose = ()
    """Its paragraphs."""
    points: Many[Text] = ()
    """Its points, displayed as 一是…, 二是…"""


class Narrative(Section):
    """Anything that no other kind covers."""

    kind: Literal["narrative"] = "narrative"
    heading: Line
    """The section's heading."""
    paragraphs: Prose = ()
    """Its paragraphs."""
    points: Many[Text] = ()
    """Its points, displayed as 一是…, 二是…"""
    subsections: Many[Subsection] = ()
    """Its parts."""


def _parts(section: Narrative, summary: WorkSummary) -> Iterator[Part]:
    yield Mention("heading", section.heading)


NARRATIVE: Final = SectionKind(
    Narrative,
    rollup=RollupRule(_parts, lambda gathered: {}),
    recognition=Recognition(
        words="前言|引言|序言|导语|结语|结束语|(?:基本|总体|社区|自查)情况|概况|背景|[缘緣]起|意义|指导思想|体会|感想|启示|经验|资源|共建|"
        "foreword|introduction|background",
        otherwise=True,
    ),
)
"""The headings are in the section ``rollup``, with the number of communities that have them."""
