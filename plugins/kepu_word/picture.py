"""Pictures: the drawing in the text, and the parts that hold the files."""

from dataclasses import dataclass
from typing import Final

from kepu_docs.plugin import Figure
from kepu_word.text import quote

# A pixel at 96 to the inch, in English metric units.
_EMU_A_PIXEL: Final = 9525


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file: its part's name below ``word/``, its relationship, its bytes."""

    target: str
    relationship: str
    data: bytes


class Pictures:
    """The pictures of one document while it is written; the same bytes are kept once."""

    __slots__ = ("_drawn", "_kept", "_room")

    def __init__(self, room: tuple[int, int]) -> None:
        """``room`` is the greatest width and height in English metric units."""
        self._room = room
        self._kept: dict[bytes, Picture] = {}
        self._drawn = 0

    @property
    def kept(self) -> tuple[Picture, ...]:
        """The files in the order of their first use."""
        return tuple(self._kept.values())

    def drawing(self, figure: Figure) -> str:
        """Return the ``w:drawing`` of ``figure``: its own size at 96 dots an inch, or less where it has no room."""
        picture = self._kept.get(figure.data)
        if picture is None:
            place = len(self._kept) + 1
            extension = figure.media_type.removeprefix("image/")
            picture = Picture(f"media/image{place}.{extension}", f"rIdPicture{place}", figure.data)
            self._kept[figure.data] = picture
        self._drawn += 1
        width, height = figure.width * _EMU_A_PIXEL, figure.height * _EMU_A_PIXEL
        scale = min(1.0, self._room[0] / width, self._room[1] / height)
        extent = f'cx="{max(round(width * scale), 1)}" cy="{max(round(height * scale), 1)}"'
        name = f'id="{self._drawn}" name="Picture {self._drawn}" descr="{quote(figure.alt)}"'
        return (
            f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f'<wp:docPr {name}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
            "</wp:cNvGraphicFramePr><a:graphic>"
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{picture.relationship}"/>'
            "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
            f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )
