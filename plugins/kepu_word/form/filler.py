"""Fills a form: combines the parts that stay with the texts, blocks and photographs of one record."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kepu_docs.plugin import (
    N_,
    Document,
    FilledBlocks,
    FilledDocument,
    FilledPart,
    FilledPicture,
    Look,
    RenderError,
    source_date,
)
from kepu_word.body.main_part import write
from kepu_word.body.markup import Markup
from kepu_word.body.picture import Extent, Pictures
from kepu_word.body.picture import extent as natural_extent
from kepu_word.body.word_draft import Draft
from kepu_word.form.block_looks import BlockLook, in_look
from kepu_word.form.package import PLACE, BlockStyles, Form, numbering_parts
from kepu_word.form.part import MERGE, ReadPart
from kepu_word.look.numbering import Further, Supply, numbering, supply
from kepu_word.look.units import EMU_A_TWIP
from kepu_word.package import embedded_record, zip_archive
from kepu_word.package.additions import Additions
from kepu_word.package.parts import override
from kepu_word.package.source_date import dos
from kepu_word.xml_text import encode, escape

MOST_CHARACTERS: Final = 50_000_000
"""The most characters of a filled part: a loop repeats part of the form, and records have thousands of entries."""
_FIRST_LIST: Final = 1 << 24
"""Above the numbers of blocks."""
_MILLIMETRES_A_TWIP: Final = 25.4 / 1440
_EMU_A_MILLIMETRE: Final = 36_000
_END_TEXT: Final = "</w:t>"
_TEXT: Final = '<w:t xml:space="preserve">'
_LINE: Final = f"{_END_TEXT}<w:br/>{_TEXT}"
_PICTURES: Final = {"png": "image/png", "jpeg": "image/jpeg"}
_NO_ROWS: Final = ("</w:tblGrid></w:tbl>", "<w:tblGrid/></w:tbl>")
_BLANK: Final = "<w:p/>"
_cell_ends = ("</w:tcPr></w:tc>", "<w:tcPr/></w:tc>", "</w:tbl></w:tc>")
_ranges = re.compile(r"<w:(?:bookmark|perm|commentRange)(?:Start|End)(?: [^<>]*)?/>")
"""Finds the ends of ranges of text, in the markup of a form that was read."""
_single = re.compile(rf'{_ranges.pattern}| w14:(?:paraId|textId)="[^"]*"')
"""Finds what must be unique to a paragraph."""
_emptied = re.compile(r"<w:(tc|hdr|ftr|footnote|endnote|txbxContent|sdtContent)(?: [^<>]*)?>(?=</w:\1>)")


class Filler:
    """Fills one form with any number of records; threads may share it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        made = source_date()
        self._stamp = dos(made) if made is not None else None
        self._kept = {name: zip_archive.deflated(name, data) for name, data in form.parts.items()}
        self._markups: dict[int, tuple[Look, Markup]] = {}

    def fill(self, document: FilledDocument) -> bytes:
        """Return the filled form as a file. Raises ``RenderError`` for content that it cannot hold."""
        form = self.form
        additions = Additions(form.taken)
        writing = _Writing(form, document, additions, self._markups)
        made = {
            name: _encoded(writing.part(part, filled), name)
            for (name, part), filled in zip(form.filled.items(), document.filling.parts, strict=True)
        }
        relations = additions.relationships.replace('Target="', 'Target="/word/')
        types = additions.types
        for part in additions.parts:
            suffix = part.name.decode().rpartition(".")[2]
            types += override(part.name.decode(), _PICTURES[suffix]) if suffix in _PICTURES else ""
        kept = dict(self._kept)
        own = [zip_archive.deflated(name, data) for name, data in made.items()]
        own += additions.parts
        for name, data in writing.changed():
            if kept.pop(name, None) is None:  # for a form without any numbering
                relation, kind = numbering_parts()
                relations, types = relations + relation, types + kind
            own.append(zip_archive.deflated(name, data))
        if document.record:
            relation, kind, parts = embedded_record.numbered(document.record, self._free_item())
            relations, types = relations + relation, types + kind
            own += [zip_archive.deflated(name, data) for name, data in parts.items()]
        first = [
            zip_archive.deflated(form.types.name, form.types.with_more(types)),
            zip_archive.deflated(form.relations.name, form.relations.with_more(relations)),
        ]
        return zip_archive.archive(zip_archive.start(self._dated([*first, *kept.values()])), self._dated(own))

    def _free_item(self) -> int:
        number = 1
        while f"customXml/item{number}.xml" in self._kept or f"customXml/itemProps{number}.xml" in self._kept:
            number += 1
        return number

    def _dated(self, parts: list[zip_archive.Part]) -> list[zip_archive.Part]:
        return parts if self._stamp is None else [zip_archive.dated(part, self._stamp) for part in parts]


def _encoded(text: str, name: str) -> bytes:
    try:
        return text.encode()
    except UnicodeError:
        problem = N_("a character that a Word document cannot hold, in the part “{name}”")
        raise RenderError.at(PLACE, problem, name=name) from None


class _Writing:
    """The parts of one document while they are filled."""

    def __init__(
        self, form: Form, document: Document, additions: Additions, markups: dict[int, tuple[Look, Markup]]
    ) -> None:
        self._form = form
        self._document = document
        self._pictures = Pictures(additions, form.drawn)
        self._additions = additions
        self._markups = markups
        self._draft: Draft | None = None
        self._lists = Supply((), 0)
        self._begun: dict[str, str] = {}
        self._anew: list[str] = []

    def changed(self) -> Iterator[tuple[str, bytes]]:
        """Yield the parts of the form, by name, that blocks and restarted lists change."""
        form, draft = self._form, self._draft
        if form.blocks is not None and draft is not None:
            yield form.blocks.styles
        if draft is not None or self._anew:
            definitions, instances = self._numbering() if draft is not None else ("", "")
            yield form.numbering.name, form.numbering.with_more(definitions, instances + "".join(self._anew))

    def part(self, part: ReadPart, filled: FilledPart) -> str:
        """Return a filled part. Raises ``RenderError`` if it becomes too large."""
        made: list[str] = []
        size = 0
        dropped = -1
        for place, piece in enumerate(filled):
            match piece:
                case int():
                    if place == dropped:
                        continue
                    for number in part.restarts.get(piece, ()):
                        self._begun.pop(number, None)
                    made.append(self._chunk(part, piece))
                case str() if "\n" in piece and place and filled[place - 1] in part.openings:
                    opening, ending = filled[place - 1], filled[place + 1]
                    assert isinstance(opening, int)  # noqa: S101  (for a paragraph of its own)
                    assert isinstance(ending, int)  # noqa: S101
                    first, *others = map(escape, piece.split("\n"))
                    made.append(first)
                    between = _single.sub("", f"{part.chunks[ending]}{self._chunk(part, opening)}") if others else ""
                    made += [f"{between}{each}" for each in others]
                case str():
                    made.append(escape(piece).replace("\n", _LINE))
                case FilledPicture():
                    made.append(f"{_END_TEXT}{self._photo(piece, part.rooms.get(piece.tag, 0))}{_TEXT}")
                case FilledBlocks():
                    # The paragraph of the value, whose opening and end surround it, is removed.
                    opening, ending = made.pop(), filled[place + 1]
                    assert isinstance(ending, int)  # noqa: S101  (for a paragraph of its own)
                    size -= len(opening)
                    dropped = place + 1
                    blocks = self._blocks(piece, part.rooms[piece.tag], part.looks.get(piece.tag))
                    around = ("".join(_ranges.findall(each)) for each in (opening, part.chunks[ending]))
                    made.append(blocks.join(around))
            size += len(made[-1])
            if size > MOST_CHARACTERS:
                text = N_("the filled form would have more than {limit} characters of markup")
                raise RenderError.at(PLACE, text, limit=MOST_CHARACTERS)
        text = "".join(made)
        return _whole(text) if part.may_empty else text

    def _chunk(self, part: ReadPart, number: int) -> str:
        chunk = part.chunks[number]
        if number not in part.numbered:
            return chunk
        first, *others = chunk.split(part.next_id)
        pieces = [first]
        for other in others:
            self._pictures.drawn += 1
            pieces += (str(self._pictures.drawn), other)
        first, *others = "".join(pieces).split(part.list_id)
        pieces = [first]
        for other in others:
            own, _, rest = other.partition(":")
            pieces += (self._merge(own) if own.startswith(MERGE) else self._list(own), rest)
        return "".join(pieces)

    def _merge(self, number: str) -> str:
        """Return ``restart`` for the first of the merged cells with this number, and ``continue`` for the others."""
        if number in self._begun:
            return "continue"
        self._begun[number] = number
        return "restart"

    def _list(self, number: str) -> str:
        """Return the id of a list with the numbering of ``number`` that restarted with its loop."""
        definition = self._form.lists.get(number)
        if definition is None:
            return number
        if number not in self._begun:
            identity = str(_FIRST_LIST + self._form.taken + len(self._anew))
            self._begun[number] = identity
            restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            self._anew.append(f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{definition}"/>{restart}</w:num>')
        return self._begun[number]

    def _photo(self, photo: FilledPicture, width: int) -> str:
        figure = photo.figure
        if not photo.width and not photo.height:
            size = natural_extent(figure, Extent(width * EMU_A_TWIP, width * EMU_A_TWIP))
        else:
            scale = min(
                room * _EMU_A_MILLIMETRE / pixels
                for room, pixels in ((photo.width, figure.width), (photo.height, figure.height))
                if room
            )
            size = Extent(max(round(figure.width * scale), 1), max(round(figure.height * scale), 1))
        return self._pictures.drawing(figure, size)

    def _blocks(self, filled: FilledBlocks, width: int, own: BlockLook | None) -> str:
        styles = self._form.blocks
        if not filled.blocks:
            return ""
        if styles is None:
            raise RenderError.at(PLACE, N_("this Word document has no styles, which headings and lists need"))
        look, markup = self._sized(styles, width)
        if self._draft is None:
            self._lists = supply(self._document, styles.numbers.taken)
            self._draft = Draft(look, markup, self._lists, Further(self._lists, None), self._document.words)
            self._draft.additions, self._draft.pictures = self._additions, self._pictures
        self._draft.look, self._draft.markup = look, markup
        pieces: list[str] = []
        write(filled.blocks, pieces, self._draft)
        text = "".join(pieces)
        try:
            encode(text)
        except UnicodeError:
            problem = N_("a character that a Word document cannot hold, in the part “{name}”")
            raise RenderError.at(PLACE, problem, name=self._form.main) from None
        return text if own is None else in_look(text, own, styles.names)

    def _sized(self, styles: BlockStyles, width: int) -> tuple[Look, Markup]:
        """Return look and markup for blocks with a width in twips."""
        if width not in self._markups:
            look, millimetres = styles.look, width * _MILLIMETRES_A_TWIP
            figure, chart = look.figure, look.chart
            sized = replace(
                look,
                page=replace(look.page, text_width=millimetres),
                figure=replace(
                    figure,
                    width=min(figure.width, millimetres),
                    pair_width=min(figure.pair_width, max((millimetres - 4) / 2, 1.0)),
                ),
                chart=replace(
                    chart,
                    width=min(chart.width, millimetres),
                    height=chart.height * min(1.0, millimetres / chart.width),
                ),
            )
            self._markups[width] = sized, Markup.of(sized, styles.names, styles.numbers)
        return self._markups[width]

    def _numbering(self) -> tuple[str, str]:
        """Return the definitions and the instances of the blocks' numbering."""
        styles = self._form.blocks
        assert self._draft is not None  # noqa: S101  (there are blocks)
        assert styles is not None  # noqa: S101
        ours = numbering(
            styles.look, styles.names, self._document.outline, self._lists, styles.numbers, self._draft.further
        )
        inner = ours[ours.index("<w:abstractNum ") : ours.rindex("</w:numbering>")]
        place = inner.index("<w:num ")
        return inner[:place], inner[place:]


def _whole(text: str) -> str:
    """Return a part in which no table lacks rows, and no cell or box lacks a paragraph."""
    for ending in _NO_ROWS:
        while (end := text.find(ending)) >= 0:
            begin = text.rfind("<w:tbl>", 0, end)
            if begin < 0:
                break
            text = text[:begin] + text[end + len(ending) :]
    for ending in _cell_ends:
        text = text.replace(ending, f"{ending.removesuffix('</w:tc>')}{_BLANK}</w:tc>")
    return _emptied.sub(lambda found: found[0] + _BLANK, text)
