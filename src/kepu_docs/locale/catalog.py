"""Labels: gettext catalogues, shipped as ``.po`` and compiled in memory."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from gettext import c2py
from io import BytesIO
from types import MappingProxyType
from typing import Final, Self

from babel.messages.pofile import read_po

PluralRule = Callable[[int], int]
"""Which of a text's forms goes with a number."""


@dataclass(frozen=True, slots=True)
class _Label:
    """A text in its forms: one, or as many as its catalogue's ``Plural-Forms`` count."""

    forms: tuple[str, ...]
    rule: PluralRule

    def for_number(self, number: float) -> str:
        # No rule speaks of fractions; languages that have forms say "1.5 hours", the last one.
        place = self.rule(int(number)) if number == int(number) else len(self.forms)
        return self.forms[min(place, len(self.forms) - 1)]


class Catalog:
    """Labels by context and identifier; frozen once made.

    Contexts are ``kind`` (section kinds), ``field`` (fields of a record), ``unit`` and ``pattern`` (how numbers,
    dates and sentences are put together).
    """

    __slots__ = ("_labels", "_rule")

    def __init__(self, labels: Iterable[tuple[tuple[str, str], _Label]], rule: PluralRule) -> None:
        self._labels: Final = MappingProxyType(dict(labels))
        self._rule: Final = rule

    @classmethod
    def read(cls, files: Iterable[bytes]) -> Self:
        """Return the catalogue of several ``.po`` files; of one label, the first file's counts."""
        labels: dict[tuple[str, str], _Label] = {}
        rules: list[PluralRule] = []
        for content in files:
            catalog = read_po(BytesIO(content))
            rule = c2py(catalog.plural_expr)
            rules.append(rule)
            for message in catalog:
                identifier, forms = _first(message.id), _all(message.string)
                if identifier and all(forms) and not message.fuzzy:
                    labels.setdefault((message.context or "", identifier), _Label(forms, rule))
        return cls(labels.items(), rules[0] if rules else _one_form)

    def find(self, context: str, identifier: str) -> str | None:
        """Return the label, or ``None`` when there is none."""
        label = self._labels.get((context, identifier))
        return label.forms[0] if label else None

    def label(self, context: str, identifier: str) -> str:
        """Return the label, or ``identifier`` itself when there is none."""
        label = self._labels.get((context, identifier))
        return label.forms[0] if label else identifier

    def plural(self, context: str, identifier: str, number: float) -> str:
        """Return the label in the form that goes with ``number``, or ``identifier`` itself when there is none."""
        label = self._labels.get((context, identifier))
        return label.for_number(number) if label else identifier

    def form(self, forms: tuple[str, ...], number: float) -> str:
        """Return which of ``forms`` (one, several …) goes with ``number`` in the first file's language."""
        return _Label(forms, self._rule).for_number(number)


def _all(texts: object) -> tuple[str, ...]:
    """Return the forms of a text: Babel has a text for one, a list or tuple for several."""
    return tuple(map(str, texts)) if isinstance(texts, (list, tuple)) else (str(texts or ""),)


def _first(texts: object) -> str:
    return _all(texts)[0]


def _one_form(number: int) -> int:
    return 0
