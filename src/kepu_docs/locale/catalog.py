"""Labels: gettext catalogues, shipped as ``.po`` and compiled in memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Self

from kepu_docs.locale.po_files import PluralRule, PoFile, read_po_file


@dataclass(frozen=True, slots=True)
class _Label:
    """A text in its forms: a single form, or as many as its catalogue's ``Plural-Forms`` count."""

    forms: tuple[str, ...]
    rule: PluralRule

    def for_number(self, number: float) -> str:
        if len(self.forms) == 1:
            return self.forms[0]
        # The plural rules do not cover fractions; languages with plural forms say "1.5 hours", the last form.
        place = self.rule(int(number)) if number == int(number) else len(self.forms)
        return self.forms[min(place, len(self.forms) - 1)]


class Catalog:
    """Labels by context and identifier; frozen once made.

    Contexts are ``kind`` (section kinds), ``field`` (fields of a record), ``unit`` and ``pattern`` (how numbers, dates
    and sentences are composed).
    """

    __slots__ = ("_labels", "_rule")

    def __init__(self, labels: Iterable[tuple[tuple[str, str], _Label]], rule: PluralRule) -> None:
        self._labels: Final = MappingProxyType(dict(labels))
        self._rule: Final = rule

    @classmethod
    def read(cls, files: Iterable[bytes]) -> Self:
        """Return the catalogue of several ``.po`` files. Raises ``CatalogError``."""
        return cls.of(map(read_po_file, files))

    @classmethod
    def of(cls, files: Iterable[PoFile]) -> Self:
        """Return the catalogue of several files; if several have the same label, that of the first file is used."""
        labels: dict[tuple[str, str], _Label] = {}
        rules: list[PluralRule] = []
        for file in files:
            rules.append(file.rule)
            for entry in file.entries:
                forms = entry.translations(file.count)
                if all(forms) and not entry.fuzzy:
                    labels.setdefault((entry.context, entry.identifier), _Label(forms, file.rule))
        return cls(labels.items(), rules[0] if rules else _one_form)

    def find(self, context: str, identifier: str) -> str | None:
        """Return the label, or ``None`` if there is none."""
        label = self._labels.get((context, identifier))
        return label.forms[0] if label else None

    def label(self, context: str, identifier: str) -> str:
        """Return the label, or ``identifier`` itself if there is none."""
        label = self._labels.get((context, identifier))
        return label.forms[0] if label else identifier

    def plural(self, context: str, identifier: str, number: float) -> str:
        """Return the label in the plural form for ``number``, or ``identifier`` itself if there is none."""
        label = self._labels.get((context, identifier))
        return label.for_number(number) if label else identifier

    def form(self, forms: tuple[str, ...], number: float) -> str:
        """Return which of ``forms`` (one, several …) is used for ``number`` in the first file's language."""
        return _Label(forms, self._rule).for_number(number)


def _one_form(number: int) -> int:
    return 0
