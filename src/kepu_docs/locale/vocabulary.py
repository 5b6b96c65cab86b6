"""The names that fields and choices have in the languages of the catalogues.

The catalogue ``keys.po`` names fields (context ``key``, ``attendance`` or, for one model alone, ``Person.title``) and
choices (context ``choice``: section kinds, ``exactly``, ``true``). Several names for one thing have ``|`` between them;
the first is the one that starter records and workbooks use.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from pydantic import BaseModel

from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.chain import parents


class Vocabulary:
    """The names of a record's fields and choices in several languages."""

    def __init__(self, catalogs: Mapping[str, Catalog]) -> None:
        self._catalogs = catalogs
        self._words = cache(self._words_of)
        self._chosen = cache(self._chosen_of)
        self._in_context = cache(self._words_in)

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales whose names are known."""
        return tuple(self._catalogs)

    def field(self, owner: type[BaseModel], word: str) -> tuple[str, str] | None:
        """Return the field of ``owner`` that ``word`` names, and the locale of the name; ``None`` if there is none."""
        return self._words(owner).get(word)

    def label(self, owner: type[BaseModel], name: str, locale: str) -> str:
        """Return the first name of a field in ``locale``, or its English one."""
        return next(self.names(owner, name, locale), name)

    def names(self, owner: type[BaseModel], name: str, locale: str) -> Iterator[str]:
        """Yield the names of a field in ``locale``."""
        return self._names("key", locale, f"{owner.__name__}.{name}", name)

    def choice(self, word: str, choices: tuple[str, ...]) -> str | None:
        """Return which of ``choices`` has the name ``word`` in any language."""
        return self._chosen(choices).get(word)

    def choice_names(self, choice: str) -> Iterator[str]:
        """Yield the names of a choice in all languages."""
        for locale in self._catalogs:
            yield from self._names("choice", locale, choice)

    def choice_label(self, choice: str, locale: str) -> str:
        """Return the first name of a choice in ``locale``, or its English one."""
        return next(self._names("choice", locale, choice), choice)

    def words_in(self, context: str, identifier: str) -> tuple[str, ...]:
        """Return the names of something in the catalogues of all languages, whatever it belongs to."""
        return self._in_context(context, identifier)

    def _words_in(self, context: str, identifier: str) -> tuple[str, ...]:
        names = (name for locale in self._catalogs for name in self._names(context, locale, identifier))
        return tuple(dict.fromkeys(names))

    def _names(self, context: str, locale: str, *identifiers: str) -> Iterator[str]:
        for nearer in parents(locale):
            if nearer in self._catalogs:
                catalog = self._catalogs[nearer]
                found = next(filter(None, (catalog.find(context, each) for each in identifiers)), "")
                yield from filter(None, found.split("|"))
                return

    def _chosen_of(self, choices: tuple[str, ...]) -> dict[str, str]:
        # If two choices have the same name, the first is meant.
        return {name: choice for choice in reversed(choices) for name in self.choice_names(choice)}

    def _words_of(self, owner: type[BaseModel]) -> dict[str, tuple[str, str]]:
        return {
            word: (name, locale)
            for locale in self._catalogs
            for name in owner.model_fields
            for word in self.names(owner, name, locale)
        }
