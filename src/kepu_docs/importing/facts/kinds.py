"""Which kind a section is of: what its heading speaks of, and where that says nothing, its text."""

import re
from collections.abc import Iterable
from typing import Final

from kepu_docs.contract.sections import SectionKind
from kepu_docs.errors import N_, Place, PluginError
from kepu_docs.importing.facts.simplifying import simplified
from kepu_docs.locale.vocabulary import Vocabulary
from kepu_docs.registry import Registry
from kepu_docs.registry.offers import KINDS

_GIVEN: Final = {"kind", "heading"}
_CLEAR: Final = 2
"""A text speaks for a kind if it has this many times the words of any other."""
_FEWEST: Final = 3

_STRONG: Final = 3
"""The weight of a kind's words; its hints have 1."""

_clauses = re.compile(r"[，,、；;：:]")


class Kinds:
    """Chooses among the installed section kinds. Raises ``PluginError`` for a broken pattern."""

    def __init__(self, registry: Registry, words: Vocabulary) -> None:
        # A kind that needs facts can be given to no section without them.
        known = {name: kind for name, kind in registry.kinds.items() if _needed(kind) <= _GIVEN}
        recognitions = {name: kind.recognition for name, kind in known.items() if kind.recognition}
        self._names = {
            simplified(label).casefold(): name for name in known for label in (name, *words.choice_names(name))
        }
        self._words = {
            name: tuple(compiled(registry, name, pattern) if pattern else None for pattern in (each.words, each.hints))
            for name, each in recognitions.items()
        }
        # Of a kind that says nothing of how it is recognised, the names that its plugin gives it are the words.
        self._words |= {name: (_any_of(words.choice_names(name)), None) for name in known if name not in recognitions}
        self._otherwise = next((name for name, each in recognitions.items() if each.otherwise), None)

    def of(self, heading: str, text: str) -> str:
        """Return the kind of a section that has a certain heading and text."""
        plain = simplified(heading).casefold().strip()
        named = self._names.get(plain)
        if named:
            return named
        scores = {kind: _heading_score(plain, words) for kind, words in self._words.items()}
        best = max(scores.values(), default=_NOTHING)
        if best > _NOTHING:
            return next(kind for kind, score in scores.items() if score == best)
        return self._by_text(simplified(text).casefold())

    def _by_text(self, text: str) -> str:
        """Return the kind that a text speaks for more often than for any other."""
        counts = sorted(
            ((sum(1 for _ in words.finditer(text)), kind) for kind, (words, _) in self._words.items() if words),
            reverse=True,
        )
        second = counts[1][0] if len(counts) > 1 else 0
        if counts and counts[0][0] >= max(_FEWEST, _CLEAR * second):
            return counts[0][1]
        if self._otherwise is None:
            raise PluginError.at(Place(), N_("no plugin has a section kind for what no other kind recognises"))
        return self._otherwise


def compiled(registry: Registry, kind: str, pattern: str) -> re.Pattern[str]:
    """Return a pattern of a kind's recognition. Raises ``PluginError`` for a broken one."""
    try:
        return re.compile(pattern)
    except re.error as error:
        text = N_(
            "the section kind “{kind}” (plugin {plugin}) recognises by “{pattern}”, no regular expression: {error}"
        )
        plugin = registry.owners[KINDS, kind]
        raise PluginError.at(Place(), text, kind=kind, plugin=plugin, pattern=pattern, error=error) from error


def _needed(kind: SectionKind) -> set[str]:
    return {name for name, field in kind.model.model_fields.items() if field.is_required()}


def _any_of(labels: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of a kind's names, the longest first; names of one character are no words."""
    names = sorted({simplified(label).casefold() for label in labels if len(label) > 1}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names))) if names else None


_Score = tuple[int, int, int, int]
_NOTHING: Final[_Score] = (0, 0, 0, 0)


def _heading_score(heading: str, words: Iterable[re.Pattern[str] | None]) -> _Score:
    """Return how much a heading speaks for a kind: in an early clause more than in a late one, there at its end."""
    for weight, shape in zip((_STRONG, 1), words, strict=True):
        for number, clause in enumerate(_clauses.split(heading) if shape else ()):
            found = [each.span() for each in shape.finditer(clause) if each[0]] if shape else ()
            if found:
                # Of the words of a clause the last is the head in Chinese, the first in English; of two that are, the
                # longer one says more.
                begin, end = found[0] if clause.isascii() else found[-1]
                return weight, -number, -begin if clause.isascii() else end, end - begin
    return _NOTHING
