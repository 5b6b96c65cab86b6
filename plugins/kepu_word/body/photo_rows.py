"""Consecutive figures: two side by side, each with its caption below it."""

from collections.abc import Sequence

from kepu_docs.plugin import Figure, levelled
from kepu_word.body.markup import Markup
from kepu_word.body.picture import Extent, Pictures, extent, rounded


def grid(figures: Sequence[Figure], captions: Sequence[str], pictures: Pictures, markup: Markup) -> str:
    """Return the borderless table of ``figures``, whose ``captions`` are finished paragraphs or empty.

    No row breaks across pages. An odd last figure is centred.
    """
    half = markup.text_twips // 2
    widths = (half, markup.text_twips - half)
    rows: list[str] = []
    for first in range(0, len(figures), 2):
        pair = range(first, min(first + 2, len(figures)))
        extents = [rounded(*size) for size in levelled([extent(figures[place], markup.pair_emu) for place in pair])]
        # Beside a higher picture, the lower one is at the foot, with its caption in line with the other.
        low = '<w:vAlign w:val="bottom"/>' if extents[0].height != extents[-1].height else ""
        cells = [
            _cell(figures[place], captions[place], size, pictures, markup, widths if len(pair) == 1 else (width,), low)
            for place, size, width in zip(pair, extents, widths, strict=False)
        ]
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"{markup.grid}{columns}</w:tblGrid>{''.join(rows)}</w:tbl>{markup.table_gap}"


def _cell(
    figure: Figure,
    caption: str,
    size: Extent,
    pictures: Pictures,
    markup: Markup,
    widths: tuple[int, ...],
    place: str,
) -> str:
    span = f'<w:gridSpan w:val="{len(widths)}"/>' if len(widths) > 1 else ""
    # A row that does not break needs nothing to keep picture and caption together; “keep with next” would make
    # LibreOffice move the whole table.
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{sum(widths)}" w:type="dxa"/>{span}{place}</w:tcPr>'
        f"{markup.figure}<w:r>{pictures.drawing(figure, size)}</w:r></w:p>{caption}</w:tc>"
    )
