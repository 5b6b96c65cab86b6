"""The headings of a page while it is written: the level of each, and which ones a table of contents lists."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from kepu_docs.plugin import Heading


@dataclass(frozen=True, slots=True)
class Placed:
    """A heading as it is on the page: ``depth`` is the level of its element (2 for ``h2``), ``mark`` its anchor."""

    block: Heading
    depth: int
    mark: str

    @property
    def text(self) -> str:
        """The text as a table of contents lists it: a run-in heading without its full stop."""
        text = self.block.number + self.block.text
        return text.rstrip("。. ") if self.block.body else text


@dataclass(slots=True)
class Headings:
    """The headings up to the next block."""

    listed: list[Placed] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)

    def place(self, block: Heading, *, element: bool = True) -> Placed:
        """Return the next heading of the page with its depth; one without an ``element`` of its own has none below it.

        A heading is one level below the nearest heading before it that has a higher level, so that the levels of the
        page have no gaps, whatever levels a section leaves out (WCAG 2.2, technique G141).
        """
        while self._open and self._open[-1] >= block.level:
            self._open.pop()
        placed = Placed(block, len(self._open) + 2, _mark(len(self.listed) + 1))
        if element:
            self._open.append(block.level)
        self.listed.append(placed)
        return placed

    def settle(self, text: str, before: int, traces: "re.Pattern[str]", trace: Callable[[Placed], str]) -> str:
        """Return the text of an overridden section with its headings marked in their order in that text.

        The headings after the first ``before`` are replaced by those that the text shows, as often as it shows them.
        ``trace`` returns the markup by which a heading is found in a text, including its mark; ``traces`` finds what
        may be such markup.
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
    """Return the ``id`` attribute that links to a heading refer to."""
    return f' id="{placed.mark}"'
