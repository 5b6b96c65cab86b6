"""Labels: gettext catalogues, shipped as ``.po`` and compiled in memory."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final, Self

from babel.messages.pofile import read_po


class Catalog:
    """Labels by context and identifier; frozen once made.

    Contexts are ``kind`` (section kinds), ``field`` (fields of a record), ``unit`` and ``pattern`` (how numbers,
    dates and sentences are put together).
    """

    __slots__ = ("_labels",)

    def __init__(self, labels: Mapping[tuple[str, str], str]) -> None:
        self._labels: Final = MappingProxyType(dict(labels))

    @classmethod
    def read(cls, files: Iterable[bytes]) -> Self:
        """Return the catalogue of several ``.po`` files; of one label, the first file's counts."""
        labels: dict[tuple[str, str], str] = {}
        for content in files:
            for message in read_po(BytesIO(content)):
                if message.id and message.string and not message.fuzzy:
                    labels.setdefault((message.context or "", str(message.id)), str(message.string))
        return cls(labels)

    def find(self, context: str, identifier: str) -> str | None:
        """Return the label, or ``None`` when there is none."""
        return self._labels.get((context, identifier))

    def label(self, context: str, identifier: str) -> str:
        """Return the label, or ``identifier`` itself when there is none."""
        return self._labels.get((context, identifier), identifier)
