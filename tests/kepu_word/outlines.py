"""The shapes in an embedded TrueType font: where a glyph has ink, and whether it represents a missing character."""

from dataclasses import dataclass
from struct import unpack_from


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of a font by glyph number; lengths in parts of the type size, upwards from the baseline."""

    shapes: tuple[bytes, ...]
    units: int

    @classmethod
    def of(cls, font: bytes) -> "Outlines":
        """Return the outlines in a font file. LibreOffice numbers the glyphs that it embeds as it encodes them."""
        (count,) = unpack_from(">H", font, 4)
        tables = {}
        for place in range(count):
            tag, _, offset, length = unpack_from(">4s3I", font, 12 + 16 * place)
            tables[tag] = font[offset : offset + length]
        (units,) = unpack_from(">H", tables[b"head"], 18)
        (long_offsets,) = unpack_from(">h", tables[b"head"], 50)
        (glyphs,) = unpack_from(">H", tables[b"maxp"], 4)
        if long_offsets:
            edges = unpack_from(f">{glyphs + 1}I", tables[b"loca"])
        else:
            edges = tuple(2 * half for half in unpack_from(f">{glyphs + 1}H", tables[b"loca"]))
        return cls(tuple(tables[b"glyf"][edges[place] : edges[place + 1]] for place in range(glyphs)), units)

    def ink(self, glyph: int) -> tuple[float, float, float, float] | None:
        """Return left, lower, right and upper edge of a glyph's ink, ``None`` for a blank."""
        shape = self.shapes[glyph]
        if not shape:
            return None
        left, lower, right, upper = unpack_from(">4h", shape, 2)
        return left / self.units, lower / self.units, right / self.units, upper / self.units

    def is_missing(self, glyph: int) -> bool:
        """Say whether a glyph looks like glyph 0, which stands for characters that the font has not: a box, or nothing."""
        return self.shapes[glyph] == self.shapes[0]
