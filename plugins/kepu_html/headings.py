"""The headings of one page while it is written: how deep each stands, and which a table of contents lists."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from kepu_docs.plugin import Heading


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading as it stands on the page: ``depth`` is that of its element (2 for ``h2``), ``mark`` its anchor."""

    block: Heading
    depth: int
    mark: str

    @property
    def text(self) -> str:
        """Its text as a table of contents lists it: a run-in heading without its full stop."""
        text = self.block.number + self.block.text
        return text.rstrip("。. ") if self.block.body else text


@dataclass(slots=True)
class Headings:
    """The headings up to the next block."""

    listed: list[Placed] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)

    def place(self, block: Heading, *, element: bool = True) -> Placed:
        """Return where a heading stands, the next of the page; without an ``element`` of its own none stands below it.

        It stands one below the nearest heading before it of a higher level: whoever goes through the page by its
        headings misses none, whatever levels a section leaves out (WCAG 2.2, technique G141).
        """
        while self._open and self._open[-1] >= block.level:
            self._open.pop()
        placed = Placed(block, len(self._open) + 2, _mark(len(self.listed) + 1))
        if element:
            self._open.append(block.level)
        self.listed.append(placed)
        return placed

    def settle(self, text: str, before: int, traces: "re.Pattern[str]", trace: Callable[[Placed], str]) -> str:
        """Return the text of an overridden section with its headings marked as they stand in it, one after the other.

        After the first ``before`` headings those are listed that it shows, as often as it shows them. ``trace`` returns
        by what a heading is found in a text, its mark with it; ``traces`` finds what may be one.
        """
        drawn = {trace(placed): placed for placed in self.listed[before:]}
        del self.listed[before:]
        if not drawn:
            return text

        def marked(found: re.Match[str]) -> str:
            known = drawn.get(found[0])
            if known is None:
                return found[0]
            placed = replace(known, mark=_mark(len(self.listed) + 1))
            self.listed.append(placed)
            return trace(placed)

        return traces.sub(marked, text)


def _mark(place: int) -> str:
    return f"heading-{place}"


ANCHORS: Final = re.compile(' id="heading-[0-9]+"')
"""Finds what :func:`anchor` returns."""


def anchor(placed: Placed) -> str:
    """Return the attribute by which a link finds a heading."""
    return f' id="{placed.mark}"'
