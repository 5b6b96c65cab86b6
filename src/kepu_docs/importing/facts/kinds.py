"""The kind of a section, from what its heading and its text are about, weighed together."""

import re
from collections.abc import Iterable
from typing import Final

from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import N_, Place, PluginError
from kepu_docs.importing.facts.weighing import heaviest
from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.reading.simplifying import simplified
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import KINDS

_GIVEN: Final = {"kind", "heading"}


class Kinds:
    """Chooses among the installed section kinds. Raises ``PluginError`` for a broken pattern."""

    def __init__(self, registry: Registry, words: Vocabulary) -> None:
        # A kind with required facts cannot be given to a section without them.
        known = {name: kind for name, kind in registry.kinds.items() if _needed(kind) <= _GIVEN}
        recognitions = {name: kind.recognition for name, kind in known.items() if kind.recognition}
        self._names = {
            simplified(label).casefold(): name for name in known for label in (name, *words.choice_names(name))
        }
        self._words = {
            name: (
                compiled(registry, name, each.words) if each.words else None,
                compiled(registry, name, each.hints) if each.hints else None,
            )
            for name, each in recognitions.items()
        }
        # For a kind without recognition rules, the names that its plugin gives it are the words.
        self._words |= {name: (_any_of(words.choice_names(name)), None) for name in known if name not in recognitions}
        self._otherwise = next((name for name, each in recognitions.items() if each.otherwise), None)

    def of(self, heading: str, text: str) -> str:
        """Return the kind of a section with a given heading and text."""
        plain = simplified(heading).casefold().strip()
        named = self._names.get(plain)
        if named:
            return named
        weighed = heaviest(plain, simplified(text).casefold(), self._words, self._otherwise)
        if weighed is not None:
            return weighed
        if self._otherwise is None:
            raise PluginError.at(
                Place(), N_("no plugin provides a section kind for text that no other kind recognises")
            )
        return self._otherwise


def compiled(registry: Registry, kind: str, pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern of a kind's recognition. Raises ``PluginError`` for a broken pattern."""
    try:
        return re.compile(pattern)
    except re.error as error:
        text = N_(
            "the section kind “{kind}” (plugin {plugin}) recognises its text by “{pattern}”, which "
            "is not a regular expression: {error}"
        )
        plugin = registry.owners[KINDS, kind]
        raise PluginError.at(Place(), text, kind=kind, plugin=plugin, pattern=pattern, error=error) from error


def _needed(kind: SectionKind) -> set[str]:
    return {name for name, field in kind.model.model_fields.items() if field.is_required()}


def _any_of(labels: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for any of a kind's names, the longest first; names of one character are left out."""
    names = sorted({simplified(label).casefold() for label in labels if len(label) > 1}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))) if names else None
