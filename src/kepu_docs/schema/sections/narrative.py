"""Anything else, in the writer's own words."""

from typing import Literal

from kepu_docs.schema.record import Record
from kepu_docs.schema.summary import Section
from kepu_docs.schema.text import Line, Many, Prose, Text


class Subsection(Record):
    """A part of a narrative under a heading of its own."""

    heading: Line
    """Its heading."""
    run_in: bool = False
    """Whether the heading stands in the line of the first paragraph."""
    paragraphs: Prose = ()
    """Its paragraphs."""
    points: Many[Text] = ()
    """Its points, told as 一是…, 二是…"""


class Narrative(Section):
    """Anything that no other kind is for."""

    kind: Literal["narrative"]
    heading: Line
    """The section's heading."""
    paragraphs: Prose = ()
    """Its paragraphs."""
    points: Many[Text] = ()
    """Its points, told as 一是…, 二是…"""
    subsections: Many[Subsection] = ()
    """Its parts."""
