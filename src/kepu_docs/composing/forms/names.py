"""The names of facts in a form: the labels of the catalogues, or English names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kepu_docs.composing.known_facts import Known
from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.vocabulary import Vocabulary

_HEADS: Final = ("field", "figure")
"""Contexts of the labels that facts have in documents; computed facts have no names in records."""
WORD: Final = "form"
"""The context of the words of forms."""


class FormNames:
    """Finds the facts, section kinds and words of forms by the names that users write."""

    def __init__(self, vocabulary: Vocabulary, catalogs: Sequence[Catalog], kinds: Iterable[str]) -> None:
        """``catalogs`` are those of documents (``messages.po``) in all languages."""
        self._vocabulary = vocabulary
        self._catalogs = catalogs
        self._kinds = tuple(kinds)

    def kind(self, word: str) -> str | None:
        """Return the section kind with a name."""
        if word in self._kinds:
            return word
        shown = (kind for kind in self._kinds if word in self._heads(kind, "kind"))
        return next(shown, None) or self._vocabulary.choice(word, self._kinds)

    def kind_names(self) -> Iterator[str]:
        """Yield the names of all section kinds."""
        for kind in self._kinds:
            yield from dict.fromkeys((kind, *self._heads(kind, "kind"), *self._vocabulary.choice_names(kind)))

    def word(self, word: str, known: Iterable[str]) -> str:
        """Return which of the ``known`` words of forms is meant; the word itself if it is none of them."""
        if word in known:
            return word
        return next((each for each in known if word in self._vocabulary.words_in(WORD, each)), word)

    def words(self, known: Iterable[str]) -> Iterator[str]:
        """Yield the names of some words of forms."""
        for each in known:
            yield each
            yield from self._vocabulary.words_in(WORD, each)

    def fact(self, holder: Known, word: str) -> str:
        """Return the fact of a holder with a given name; the name itself if there is none."""
        names = holder.names
        if names is None:
            return word
        if word in names:
            return _in_any_section(holder, word)
        for model in holder.models:
            found = self._vocabulary.field(model, word)
            if found and found[0] in names:
                return _in_any_section(holder, found[0])
        # Computed facts, and the parts of a figure or a period, have the names of fields of that name elsewhere.
        for name in names:
            if word in self._vocabulary.words_in("key", name) or word in self._vocabulary.words_in(WORD, name):
                return name
        return next((name for name in names if any(word in self._heads(name, each) for each in _HEADS)), word)

    def fact_names(self, holder: Mapping[str, Known], models: Iterable[type]) -> Iterator[str]:
        """Yield all names of the facts of a holder, those in records first."""
        for name in holder:
            yield name
            for model in models:
                if name in getattr(model, "model_fields", {}):
                    for locale in self._vocabulary.locales:
                        yield from self._vocabulary.names(model, name, locale)
            yield from self._vocabulary.words_in("key", name)
            yield from self._vocabulary.words_in(WORD, name)
            yield from self.heads(name)

    def heads(self, name: str) -> Iterator[str]:
        """Yield the labels that a fact has in documents."""
        return (label for each in _HEADS for label in self._heads(name, each))

    def _heads(self, name: str, context: str) -> list[str]:
        return [label for each in self._catalogs if (label := each.find(context, name))]


def _in_any_section(holder: Known, name: str) -> str:
    """Return the fact with the main figure of any section; for a field with totals, the sum of the entries."""
    pairs = (pair for model in holder.models for pair in getattr(model, "main_figures", ()))
    return next((fact for _, field, fact in pairs if field == name and fact in (holder.names or ())), name)
