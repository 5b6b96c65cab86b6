"""Pictures: the drawing in the text, and the parts that contain the files."""

from typing import Final, NamedTuple

from kepu_docs.plugin import Figure, fitted
from kepu_word.package import zip_archive
from kepu_word.package.additions import Additions
from kepu_word.package.parts import DRAWING
from kepu_word.xml_text import quote

# A pixel at 96 per inch, in English metric units.
_EMU_A_PIXEL: Final = 9525


class Extent(NamedTuple):
    """Width and height of a drawing, in English metric units."""

    width: int
    height: int


def extent(figure: Figure, room: Extent) -> Extent:
    """Return the size of ``figure``: its own at 96 dots per inch, or less if there is not enough ``room``."""
    width, height = figure.width * _EMU_A_PIXEL, figure.height * _EMU_A_PIXEL
    return rounded(*fitted(width, height, room.width, room.height))


def rounded(width: float, height: float) -> Extent:
    """Return a size in whole units, none of them 0."""
    return Extent(max(round(width), 1), max(round(height), 1))


class Pictures:
    """The pictures of one document while it is written; identical bytes are kept once.

    ``drawn`` is the id of the last drawing.
    """

    def __init__(self, additions: Additions, drawn: int = 0) -> None:
        self._additions = additions
        self._kept: dict[bytes, str] = {}
        self.drawn = drawn

    def keep(self, data: bytes, suffix: str, content_type: str = "") -> str:
        """Keep a file and return its relationship's id; ``content_type`` is needed if ``suffix`` does not imply it."""
        identity = self._kept.get(data)
        # An override may have dropped the drawing.
        if identity is None or identity not in self._additions:
            target = f"media/image{self._additions.count('image')}.{suffix}"
            self._additions.add(zip_archive.stored(f"word/{target}", data), content_type)
            identity = self._kept[data] = self._additions.relate("image", target)
        return identity

    def drawing(self, figure: Figure, size: Extent) -> str:
        """Return the ``w:drawing`` of ``figure``."""
        relationship = self.keep(figure.data, figure.media_type.removeprefix("image/"))
        extent = f'cx="{size.width}" cy="{size.height}"'
        name = f'{self.next_name("Picture")} descr="{quote(figure.alt)}"'
        return (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f'<wp:docPr {name}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
            "</wp:cNvGraphicFramePr><a:graphic>"
            f'<a:graphicData uri="{DRAWING}/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relationship}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
            f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )

    def next_name(self, what: str) -> str:
        """Return id and name of the next drawing; ids are unique in a document."""
        self.drawn += 1
        return f'id="{self.drawn}" name="{what} {self.drawn}"'
