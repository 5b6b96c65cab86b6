"""The headings of one page while it is written: how deep each stands, and which a table of contents lists."""

from collections.abc import Callable
from dataclasses import dataclass, field

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
    _count: int = 0
    _open: list[int] = field(default_factory=list)

    def place(self, block: Heading, *, element: bool = True) -> Placed:
        """Return where a heading stands, the next of the page; without an ``element`` of its own none stands below it.

        It stands one below the nearest heading before it of a higher level: whoever goes through the page by its
        headings misses none, whatever levels a section leaves out (WCAG 2.2, technique G141).
        """
        while self._open and self._open[-1] >= block.level:
            self._open.pop()
        self._count += 1
        placed = Placed(block, len(self._open) + 2, f"h{self._count}")
        if element:
            self._open.append(block.level)
        self.listed.append(placed)
        return placed

    def settle(self, text: str, before: int, trace: Callable[[Placed], str]) -> None:
        """Drop those of the headings after the first ``before`` that the text of an overridden section does not show.

        The others are put in the order in which it shows them. ``trace`` returns by what a heading is found in a text.
        """
        reached: dict[str, int] = {}
        shown: list[tuple[int, Placed]] = []
        for placed in self.listed[before:]:
            sought = trace(placed)
            at = text.find(sought, reached.get(sought, 0))
            if at >= 0:
                reached[sought] = at + len(sought)
                shown.append((at, placed))
        self.listed[before:] = [placed for _, placed in sorted(shown, key=lambda each: each[0])]


def anchor(placed: Placed) -> str:
    """Return the attribute by which a link finds a heading."""
    return f' id="{placed.mark}"'
