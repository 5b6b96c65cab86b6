"""What one document has beyond the parts of its pack: pictures, charts, links, and their relationships."""

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from kepu_word.package import zip_archive
from kepu_word.package.parts import override, relationship


@dataclass(frozen=True, slots=True)
class _Addition:
    """A relationship of the main part, the parts that it leads to, and the content types of these."""

    relationship: str
    parts: tuple[zip_archive.Part, ...] = ()
    types: str = ""


class Additions:
    """Collects the parts of one document while it is written; numbers up to ``taken`` belong to others."""

    def __init__(self, taken: int = 0) -> None:
        self._additions: dict[str, _Addition] = {}
        self._counts: Counter[str] = Counter()
        self._parts: list[zip_archive.Part] = []
        self._taken = taken
        self._related = taken
        self._types = ""

    def __bool__(self) -> bool:
        """Return whether there are any additions."""
        return bool(self._additions)

    def __contains__(self, identity: str) -> bool:
        """Return whether there is a relationship with this id."""
        return identity in self._additions

    def __len__(self) -> int:
        """Return how many relationships there are."""
        return len(self._additions)

    @property
    def parts(self) -> list[zip_archive.Part]:
        """All parts in order."""
        return [part for addition in self._additions.values() for part in addition.parts]

    @property
    def relationships(self) -> str:
        """All relationships."""
        return "".join(addition.relationship for addition in self._additions.values())

    @property
    def types(self) -> str:
        """The content types of the parts whose suffix does not imply them."""
        return "".join(addition.types for addition in self._additions.values())

    def count(self, what: str) -> int:
        """Return the number of the next file of a kind, from 1, for its name."""
        self._counts[what] += 1
        return self._taken + self._counts[what]

    def add(self, part: zip_archive.Part, content_type: str = "") -> None:
        """Add a part that the next relationship needs; ``content_type`` is needed if its suffix does not imply it."""
        self._parts.append(part)
        if content_type:
            self._types += override(part.name.decode(), content_type)

    def relate(self, kind: str, target: str, *, external: bool = False) -> str:
        """Relate the main part to ``target`` and return the relationship's id.

        ``kind`` is the last word of the relationship's type: ``image``, ``chart``. ``target`` is a name relative to
        ``word/``, or an ``external`` address.
        """
        self._related += 1
        identity = f"rIdOwn{self._related}"
        xml = relationship(identity, kind, target, external=external)
        self._additions[identity] = _Addition(xml, tuple(self._parts), self._types)
        self._parts.clear()
        self._types = ""
        return identity

    def keep(self, count: int, used: Container[str]) -> None:
        """Drop relationships that are not among the ``used``, except the first ``count``."""
        for identity in list(self._additions)[count:]:
            if identity not in used:
                del self._additions[identity]
