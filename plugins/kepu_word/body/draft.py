"""A draft: what the blocks of one document have in common while it is written."""

from itertools import count
from typing import Final

from kepu_docs.plugin import NumberLevel
from kepu_word.body.contents import Contents
from kepu_word.body.marks import Marks
from kepu_word.body.picture import Pictures
from kepu_word.look.model import Look
from kepu_word.look.numbering import Further, Numbers, Supply
from kepu_word.package.additions import Additions

# Above those of any table of contents, below those of a template's headers.
_FIRST_BOOKMARK: Final = 1 << 24


class Draft:
    """The state of one document.

    ``lists`` is the supply that its numbering part is made with. ``contents`` is the table of contents, where there is
    to be one. ``rewritten`` says whether an override has made other text than ours, whose names of bookmarks are
    ``bookmarks``.
    """

    __slots__ = (
        "_further", "_numbers", "additions", "bookmark_ids", "bookmarks", "contents", "counts", "lists", "look",
        "marks", "pictures", "rewritten",
    )  # fmt: skip

    def __init__(
        self,
        look: Look,
        marks: Marks,
        lists: Supply,
        numbers: Numbers,
        contents: Contents | None = None,
    ) -> None:
        self.look = look
        self.marks = marks
        self.lists = lists
        self._numbers = numbers
        self._further: Further | None = None
        self.contents = contents
        self.counts: dict[NumberLevel, int] = {}
        self.additions = Additions()
        self.pictures = Pictures(self.additions)
        self.bookmarks: set[str] = set()
        self.bookmark_ids = count(_FIRST_BOOKMARK)
        self.rewritten = False

    @property
    def further(self) -> Further:
        """What it numbers beyond its supply, which is nothing but where an override has added lists."""
        if self._further is None:
            self._further = Further(self.lists, self.look.text.list if self._numbers.linked else None)
        return self._further

    @property
    def has_further(self) -> bool:
        """Whether it numbers anything beyond its supply."""
        return self._further is not None and bool(self._further.instances)

    def list_id(self, level: NumberLevel) -> int:
        """Return the ``w:numId`` of the next list that is numbered like ``level``."""
        earlier = self.counts.get(level, 0)
        self.counts[level] = earlier + 1
        if earlier < self.lists.lists and level in self.lists.levels:
            return self.lists.number_id(level, earlier)
        return self.further.list_id(level)
