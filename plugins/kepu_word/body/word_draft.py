"""A draft: the state that the blocks of one document share while it is written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from kepu_docs.plugin import Look, NumberLevel
from kepu_word.body.contents import Contents
from kepu_word.body.markup import Markup
from kepu_word.body.picture import Pictures
from kepu_word.look.numbering import Further, Supply
from kepu_word.package.additions import Additions

# Above those of a table of contents, below those of a template's headers.
_FIRST_BOOKMARK: Final = 1 << 24


@dataclass
class Draft:
    """The state of one document.

    ``lists`` is the supply with which its numbering part is made, and ``further`` is what it numbers beyond that, which
    is empty unless an override has added lists. ``words`` are not broken in captions and the signing body. ``contents``
    is the table of contents, if there is one. ``rewritten`` says whether an override has changed the text of kepu-docs;
    ``bookmarks`` are the names of bookmarks in such text.
    """

    look: Look
    markup: Markup
    lists: Supply
    further: Further
    words: tuple[str, ...] = ()
    contents: Contents | None = None
    counts: Counter[NumberLevel] = field(default_factory=Counter)
    additions: Additions = field(default_factory=Additions)
    pictures: Pictures = field(init=False)
    bookmarks: set[str] = field(default_factory=set)
    bookmark_ids: Iterator[int] = field(default_factory=lambda: count(_FIRST_BOOKMARK))
    rewritten: bool = False

    def __post_init__(self) -> None:
        self.pictures = Pictures(self.additions)

    def list_id(self, level: NumberLevel) -> int:
        """Return the ``w:numId`` of the next list with the numbering of ``level``."""
        earlier = self.counts[level]
        self.counts[level] += 1
        if earlier < self.lists.lists and level in self.lists.levels:
            return self.lists.number_id(level, earlier)
        return self.further.list_id(level)
