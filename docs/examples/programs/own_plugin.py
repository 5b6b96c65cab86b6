"""A plugin without installation: a section kind and a format, for one engine.

Only this engine knows them; the library's own functions and other engines do not.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

import kepu_docs
from kepu_docs.plugin import (
    UNKNOWN,
    Block,
    Document,
    FactSection,
    Heading,
    Line,
    MaybeCount,
    Paragraph,
    SectionKind,
    Unit,
    hookimpl,
)


class Drills(FactSection):
    """应急演练."""

    kind: Literal["drills"] = "drills"
    leader: Line | None = None
    """Who led them."""
    attendance: Annotated[MaybeCount, Unit("人次")] = UNKNOWN
    """How many took part, in 人次."""


def compose_drills(facts: Mapping[str, Any]) -> Iterable[Block]:
    """Write the section; facts are the fields of the section as plain data."""
    section = facts["section"]
    yield Heading(1, section["heading"] or "应急演练")
    if section["attendance"]:
        yield Paragraph(f"全年{section['attendance']['value']}人次参加应急演练。")


class TitleOnly:
    """A format that shows the title and nothing else."""

    format, suffix, media_type = "title", ".title.txt", "text/plain"

    def render(self, document: Document) -> bytes:
        """Return the title."""
        return document.title.encode()


class Plugin:
    """What this program adds."""

    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        """Offer the kind."""
        return [SectionKind(Drills, compose_drills)]

    @hookimpl
    def kepu_renderers(self) -> list[TitleOnly]:
        """Offer the format."""
        return [TitleOnly()]


engine = kepu_docs.Engine(plugins=[Plugin()])
summary = engine.load(
    {"community": {"name": "试验社区"}, "period": 2025, "sections": [Drills(attendance=300, leader="甲某某")]}
)

if __name__ == "__main__":
    print(engine.render(summary, "title").decode())
    print(engine.render(summary, "txt").decode())
