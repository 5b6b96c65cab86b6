"""What one document has beyond the parts that all of its pack share: pictures, charts, their relationships."""

from typing import Final

from kepu_word import package
from kepu_word.text import quote

_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Additions:
    """Gathers the parts of one document while it is written."""

    __slots__ = ("parts", "relationships", "types")

    def __init__(self) -> None:
        self.parts: list[package.Part] = []
        self.relationships = ""
        self.types = ""

    def relate(self, kind: str, target: str) -> str:
        """Relate the main part to ``target`` (named from ``word/`` on) and return the relationship's id.

        ``kind`` is the last word of the relationship's type: ``image``, ``chart``.
        """
        identity = f"rIdOwn{self.relationships.count('<') + 1}"
        self.relationships += f'<Relationship Id="{identity}" Type="{_RELATIONSHIPS}/{kind}" Target="{quote(target)}"/>'
        return identity

    def add(self, part: package.Part, content_type: str = "") -> None:
        """Take a part. ``content_type`` is given for one whose suffix does not tell it."""
        self.parts.append(part)
        if content_type:
            self.types += f'<Override PartName="/{part.name.decode()}" ContentType="{content_type}"/>'
