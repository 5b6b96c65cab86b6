"""From the blocks that templates append to finished blocks: lists collected, empty headings removed, all numbered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from kepu_docs.blocks import (
    Block,
    Chart,
    ChartKind,
    Figure,
    Heading,
    Item,
    ListBlock,
    ListStyle,
    NumberLevel,
    Paragraph,
    Table,
)
from kepu_docs.typography.numerals import advance, label, numeral

DEEPEST: Final = 4
"""The lowest level of headings."""

_NUMBERS_KEPT: Final = 256
"""The number of cached numbers of headings and items; few documents have more of them."""

CHART_KINDS: Final[tuple[ChartKind, ...]] = ("bar", "line", "pie")

LIST_STYLES: Final[tuple[ListStyle, ...]] = ("ordinal", "number", "bullet")


@dataclass(frozen=True, slots=True)
class Labels:
    """How a language numbers: the headings of each level, lists by their style, tables and figures.

    The patterns of tables and figures are texts around ``{number}``.
    """

    outline: tuple[NumberLevel, ...]
    lists: Mapping[ListStyle, NumberLevel]
    table: str
    figure: str


@dataclass(frozen=True, slots=True)
class LooseItem:
    """A list item that is not yet in a list."""

    style: ListStyle
    item: Item


Draft: TypeAlias = Block | LooseItem


def checked(drafts: Iterable[Draft]) -> list[Draft]:
    """Return what a template or a compose function made, if it is valid.

    Raises ``ValueError`` for anything that no document can have: an object that is not a block, an unknown level or
    list style.
    """
    return [sound(draft) for draft in drafts]


def sound(draft: Draft) -> Draft:
    """Return ``draft``. Raises ``ValueError`` as :func:`checked` does."""
    # Nearly all are one of these, and the general check costs them time.
    if type(draft) is Paragraph:
        fits = type(draft.text) is str
    elif type(draft) is Heading:
        fits = type(draft.text) is str is type(draft.body) and type(draft.level) is int and 0 < draft.level <= DEEPEST
    elif type(draft) is LooseItem and type(draft.item) is Item:
        fits = type(draft.item.text) is str is type(draft.item.lead) and draft.style in LIST_STYLES
    else:
        fits = False
    if not fits:
        _check(draft)
    return draft


def _check(draft: object) -> None:
    if not isinstance(draft, Draft):
        raise ValueError(f"{type(draft).__name__} is no block")
    texts = [getattr(draft, name, "") for name in ("text", "body", "caption")]
    if isinstance(draft, LooseItem):
        texts += (draft.item.text, draft.item.lead)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("texts, captions and options of a block are texts")
    if isinstance(draft, Heading) and draft.level not in range(1, DEEPEST + 1):
        raise ValueError(f"headings have levels 1 to {DEEPEST}, not {draft.level}")
    if isinstance(draft, Chart) and draft.kind not in CHART_KINDS:
        raise ValueError(f"charts have the kinds {', '.join(CHART_KINDS)}, not {draft.kind}")
    if isinstance(draft, ListBlock | LooseItem) and draft.style not in LIST_STYLES:
        raise ValueError(f"lists have the styles {', '.join(LIST_STYLES)}, not {draft.style}")


def settle(drafts: Iterable[Draft]) -> list[Block]:
    """Return the blocks of one section: items collected into lists, headings with nothing under them removed."""
    blocks = _gathered(drafts)
    kept: list[Block] = []
    following = 0  # the level of the block after this one; text is deeper than any heading
    for block in reversed(blocks):
        if isinstance(block, Heading):
            if not block.body and following <= block.level:
                continue
            following = block.level
        else:
            following = DEEPEST + 1
        kept.append(block)
    kept.reverse()
    return kept


def _gathered(drafts: Iterable[Draft]) -> list[Block]:
    blocks: list[Block] = []
    style: ListStyle = "bullet"
    items: list[Item] = []
    for draft in drafts:
        if isinstance(draft, LooseItem):
            if items and draft.style != style:
                blocks.append(_list(style, items))
                items = []
            style = draft.style
            items.append(draft.item)
            continue
        if items:
            blocks.append(_list(style, items))
            items = []
        blocks.append(draft)
    if items:
        blocks.append(_list(style, items))
    return blocks


def _list(style: ListStyle, items: list[Item]) -> Block:
    if style != "bullet" and len(items) == 1:
        # 一是 requires 二是, and 1. requires 2.: a single entry is a plain paragraph.
        return Paragraph(items[0].lead + items[0].text)
    return ListBlock(style, tuple(items))


_advanced: Final = lru_cache(_NUMBERS_KEPT)(advance)


class Numberer:
    """Writes the numbers into the blocks of one document, in order.

    ``label`` is :func:`kepu_docs.typography.numerals.label`, or a cached version of it.
    """

    def __init__(self, labels: Labels, label: Callable[[str, str, tuple[int, ...]], str] = label) -> None:
        self._labels = labels
        self._label = label
        self._counters: tuple[int, ...] = ()
        self._patterns = {"table": labels.table, "figure": labels.figure}
        self._counts = {"table": 0, "figure": 0}

    def number(self, block: Block) -> Block:
        """Return ``block`` with its number; tables and figures are numbered if they have a caption."""
        if type(block) is Paragraph:
            return block
        if type(block) is Heading:
            self._counters = _advanced(self._counters, block.level)
            shape = self._labels.outline[block.level - 1]
            return Heading(
                block.level, block.text, self._label(shape.pattern, shape.numerals, self._counters), block.body
            )
        match block:
            case ListBlock(items=(Item(number=str(number)), *_)) if number:
                return block
            case ListBlock(style=style, items=items, level=level):
                return _numbered(style, items, level or self._labels.lists.get(style))
            case Table(columns=columns, rows=rows, caption=caption) if caption:
                return Table(columns, rows, caption, self._next("table"))
            case Figure(caption=caption) if caption:
                number = self._next("figure")
                return Figure(block.data, block.media_type, block.width, block.height, block.alt, caption, number)
            case Chart(caption=caption) if caption:
                return Chart(block.kind, block.axis, block.categories, block.series, caption, self._next("figure"))
            case _:
                return block

    def _next(self, name: str) -> str:
        self._counts[name] += 1
        return self._patterns[name].format(number=self._counts[name])


@lru_cache(_NUMBERS_KEPT)
def _item_number(level: NumberLevel, position: int) -> str:
    return level.pattern.replace("%1", numeral(position, level.numerals))


def _numbered(style: ListStyle, items: tuple[Item, ...], level: NumberLevel | None) -> ListBlock:
    """Return a list whose items are numbered from 1, if the style has numbers."""
    if level is None:
        return ListBlock(style, items)
    return ListBlock(
        style,
        tuple([Item(item.text, item.lead, _item_number(level, position)) for position, item in enumerate(items, 1)]),
        level,
    )
