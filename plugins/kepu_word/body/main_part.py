"""The text of the main part: a small function for each kind of block returns a string.

Strings rather than elements: this takes a third of the time of elements in lxml. All text goes through ``escape``;
characters that XML cannot hold are refused when the finished part is encoded (``xml_text.encode``).
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from math import floor
from typing import Final, assert_never

from kepu_docs.plugin import (
    AttachmentNote,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Look,
    PageBreak,
    Paragraph,
    SectionSpan,
    Signature,
    Table,
    placed_names,
    placed_signature,
    quarters,
    title_lines,
)
from kepu_word.body.chart import chart
from kepu_word.body.formal_paper import head, imprint
from kepu_word.body.markup import END, END_RUN, LINE, RUN, Markup, field, number, on_new_page, paragraph, with_next
from kepu_word.body.photo_rows import grid
from kepu_word.body.picture import extent
from kepu_word.body.table import table
from kepu_word.body.word_draft import Draft
from kepu_word.look.units import advance, line_twips
from kepu_word.overrides.overriding import Overriding, overridden
from kepu_word.xml_text import escape

_CAPTION_NUMBER: Final = re.compile(r"(\w*[^\W\d])( ?)([1-9][0-9]*)")
_COLONS: Final = ("：", ":")


def body(document: Document, draft: Draft, overriding: Overriding | None = None) -> list[str]:
    """Return the text of ``document`` in pieces; what else it needs goes into ``draft``.

    ``overriding`` renders the sections of some kinds.
    """
    look, markup, contents = draft.look, draft.markup, draft.contents
    pieces = head(document, look, markup)
    listed = len(pieces)
    if contents is not None:
        # Its content is known once all headings are written.
        pieces.append("")
    if document.addressee:
        pieces.append(f"{markup.addressee}{escape(document.addressee)}{END}")
    if overriding is None:
        write(document.blocks, pieces, draft)
    else:
        new_page = False
        for each in document.parted(overriding.functions):
            if isinstance(each, SectionSpan):
                made, break_after = overridden(each, document, draft, overriding, write)
                if made and new_page:
                    made[0] = _begun(made[0], markup)
                pieces += made
                new_page = break_after if made else new_page
            else:
                new_page = write(each, pieces, draft, new_page=new_page)
    if contents:
        if draft.rewritten:
            contents.recount()
        pieces[listed] = contents.xml()
        if look.contents.new_page:
            first = next(place for place in range(listed + 1, len(pieces)) if pieces[place])
            pieces[first] = _begun(pieces[first], markup)
    if document.imprint is not None:
        pieces.append(imprint(document.imprint, look, markup.names, draft.pictures))
    return pieces


def write(blocks: tuple[Block, ...], pieces: list[str], draft: Draft, *, new_page: bool = False) -> bool:
    """Append the text of ``blocks`` to ``pieces``; return whether what follows must begin a page.

    ``new_page`` says the same of the first block.
    """
    markup, contents = draft.markup, draft.contents
    colon = False
    for block in _gathered(blocks):
        if colon and not new_page and isinstance(block, ListBlock):
            # A paragraph that announces a list must not end a page.
            pieces[-1] = with_next(pieces[-1])
        colon = False
        match block:
            case tuple():
                xml = _figures(block, draft)
            case Figure():
                xml = _figures((block,), draft)
            case Paragraph():
                xml = f"{markup.body}{escape(block.text)}{END}"
                colon = block.text.endswith(_COLONS)
            case Heading():
                xml = _heading(block, markup)
                if contents is not None:
                    xml = contents.marked(xml, block)
            case ListBlock():
                xml = _list(block, draft)
            case Table():
                xml = _table(block, draft)
            case Chart():
                xml = _chart(block, draft)
            case Signature():
                _keep(pieces, new_page)
                xml = _signature(block, draft)
            case AttachmentNote():
                _keep(pieces, new_page)
                xml = _attachment_note(block, draft)
            case PageBreak():
                new_page = True
                continue
            case _:
                assert_never(block)
        if new_page and xml:
            xml = _begun(xml, markup)
            new_page = False
        pieces.append(xml)
    return new_page


def _begun(xml: str, markup: Markup) -> str:
    """Return a block that begins a page. A table cannot do so itself; the thin paragraph above it can."""
    return on_new_page(markup.table_gap + xml if xml.startswith("<w:tbl>") else xml)


def _gathered(blocks: tuple[Block, ...]) -> Iterable[Block | tuple[Figure, ...]]:
    """Return the blocks, with consecutive figures gathered in a tuple."""
    # Most documents have none, and each step takes time for all of them.
    return _with_rows(blocks) if Figure in map(type, blocks) else blocks


def _with_rows(blocks: tuple[Block, ...]) -> Iterator[Block | tuple[Figure, ...]]:
    for is_figure, group in groupby(blocks, lambda block: type(block) is Figure):
        if is_figure:
            yield tuple(block for block in group if type(block) is Figure)
        else:
            yield from group


def _keep(pieces: list[str], new_page: bool) -> None:
    """Keep the last block with what follows: a page must not hold a signature without any text (GB/T 9704, 7.3.5).

    A table of contents, which is still empty at this point, does not count as text.
    """
    if not new_page and pieces and pieces[-1]:
        pieces[-1] = with_next(pieces[-1])


def _heading(block: Heading, markup: Markup) -> str:
    level = block.level - 1
    if not block.body:
        openings = markup.headings if block.number else markup.bare_headings
        return f"{openings[level]}{escape(block.text)}{END}"
    # A run-in heading is body text at the outline's level: as a heading, its whole paragraph would appear in Word's
    # navigation pane.
    opening = markup.run_ins[level] if block.number else markup.unnumbered_run_in
    return f"{opening}{markup.heading_runs[level]}{escape(block.text)}{END_RUN}{RUN}{escape(block.body)}{END}"


def _list(block: ListBlock, draft: Draft) -> str:
    markup = draft.markup
    if block.style == "bullet":
        opening = markup.bullet
    elif block.level is None:
        # If Word does not count them, the numbers are text.
        return "".join(
            f"{markup.unnumbered}{RUN}{escape(item.number)}{END_RUN}{_item(item, markup)}" for item in block.items
        )
    else:
        opening = paragraph(markup.numbered, number(0, draft.list_id(block.level)))
    return "".join(f"{opening}{_item(item, markup)}" for item in block.items)


def _item(item: Item, markup: Markup) -> str:
    lead = f"{markup.lead}{escape(item.lead)}{END_RUN}" if item.lead else ""
    return f"{lead}{RUN}{escape(item.text)}{END}"


def _table(block: Table, draft: Draft) -> str:
    markup = draft.markup
    caption = _caption(markup.caption_above, block, markup.caption_quarters, draft.words)
    return f"{caption}{table(block, markup)}{markup.table_gap}"


def _chart(block: Chart, draft: Draft) -> str:
    markup = draft.markup
    caption = _caption(markup.caption, block, markup.caption_quarters, draft.words)
    opening = markup.figure_above if caption else markup.figure
    drawing = chart(block, markup.chart_emu, draft.look.chart, draft.pictures, draft.additions)
    return f"{opening}<w:r>{drawing}</w:r></w:p>{caption}"


def _figures(figures: tuple[Figure, ...], draft: Draft) -> str:
    markup = draft.markup
    room = markup.caption_quarters if len(figures) == 1 else markup.pair_caption_quarters
    captions = [_caption(markup.caption, figure, room, draft.words) for figure in figures]
    if len(figures) > 1:
        return grid(figures, captions, draft.pictures, markup)
    opening = markup.figure_above if captions[0] else markup.figure
    drawing = draft.pictures.drawing(figures[0], extent(figures[0], markup.figure_emu))
    return f"{opening}<w:r>{drawing}</w:r></w:p>{captions[0]}"


def _caption(opening: str, block: Table | Figure | Chart, room: int, words: tuple[str, ...]) -> str:
    """Return a caption's paragraph: its number as a field that Word counts, a blank of one character, its text.

    A number in Latin letters is followed by a colon. ``room`` is the width of a line in quarters of a character; a
    longer caption is broken like a title, without breaking ``words``.
    """
    shown, text = block.number, block.caption
    if not (shown and text):
        return f"{opening}{RUN}{_lines(text, room, words)}{END}" if text else _numbered(opening, shown, "")
    gap = ": " if shown.isascii() else "\u3000"
    lead = shown + gap
    # The number does not end a line.
    whole = _lines(lead + text, room, (*words, lead + text[:1]))
    return _numbered(opening, shown, f"{RUN}{whole.removeprefix(escape(shown))}{END_RUN}")


def _lines(text: str, room: int, words: tuple[str, ...]) -> str:
    return LINE.join(map(escape, title_lines(text, room, words, quarters)))


def _numbered(opening: str, shown: str, rest: str) -> str:
    """Return a caption's paragraph from its number, if any, and the runs of its ``rest``."""
    if not shown:
        return ""
    counted = _CAPTION_NUMBER.fullmatch(shown)
    if counted:
        label, blank, digits = counted.groups()
        shown_by_word = field(f"SEQ {label} \\* ARABIC", f"{RUN}{digits}{END_RUN}")
        start = f"{RUN}{escape(label + blank)}{END_RUN}{shown_by_word}"
    else:
        start = f"{RUN}{escape(shown)}{END_RUN}"
    return f"{opening}{start}{rest}</w:p>"


def _signature(block: Signature, draft: Draft) -> str:
    look, markup = draft.look, draft.markup
    text = look.text.signature
    above = _distance(look, look.signature.distance)
    pieces: list[str] = []
    for style, placed in zip(
        (markup.signature, markup.date),
        placed_signature(
            block.body,
            block.date,
            look.signature,
            markup.text_twips / advance(text),
            draft.words,
            sealed=block.sealed,
        ),
        strict=True,
    ):
        if not placed.lines:
            continue
        # Rounded down, so that a line that just fits stays a line.
        left, right = (floor(indent * advance(text)) for indent in (placed.left, placed.right))
        align = markup.to_the_right if placed.align == "right" else f'<w:jc w:val="{placed.align}"/>'
        from_left = f'w:left="{left}" ' if left or markup.flush else ""
        place = f'{above}<w:ind {markup.flush}{from_left}w:right="{right}"/>{align}'
        pieces.append(f"{paragraph(style, place)}{RUN}{LINE.join(map(escape, placed.lines))}{END}")
        above = ""
    return "".join(pieces)


def _attachment_note(block: AttachmentNote, draft: Draft) -> str:
    look, markup = draft.look, draft.markup
    one = advance(look.text.attachment)
    pieces: list[str] = []
    for line in placed_names(block.lead, block.names, look.attachment_note):
        above = _distance(look, 0.0 if pieces else look.attachment_note.distance)
        # In twips only: readers disagree on whether w:leftChars includes a hanging first line.
        left, hanging = round(line.left * one), round(line.hanging * one)
        place = f'{above}<w:ind {markup.standing_out}w:left="{left}" w:hanging="{hanging}"/>'
        pieces.append(f"{paragraph(markup.attachment, place)}{RUN}{escape(line.text)}{END}")
    return "".join([*map(with_next, pieces[:-1]), *pieces[-1:]])


def _distance(look: Look, lines: float) -> str:
    """Return blank lines above a paragraph as spacing, which no reader treats as an empty paragraph."""
    if not lines:
        return ""
    return f'<w:spacing w:beforeLines="{round(lines * 100)}" w:before="{round(lines * line_twips(look.page))}"/>'
