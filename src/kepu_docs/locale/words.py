"""The languages of the user interface: those of messages, and of the keys of records."""

from collections.abc import Iterable
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from kepu_docs.errors import Translate
from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.catalogs import read_catalog
from kepu_docs.locale.chain import parents, require_locale
from kepu_docs.locale.folders import locales

if TYPE_CHECKING:
    from pydantic import BaseModel

    from kepu_docs.locale.vocabulary import Vocabulary

_MESSAGES = "interface.po"
_KEYS = "keys.po"


class Languages:
    """The catalogues in template folders, each read on first use."""

    def __init__(self, folders: Iterable[Traversable]) -> None:
        self._folders = tuple(folders)
        self.translation = cache(self._translation)

    def _translation(self, locale: str) -> Translate:
        """Return the translation of English texts into the language of ``locale``; texts that it lacks stay English.

        Raises ``TemplateError`` for an invalid locale.
        """
        require_locale(locale)
        catalog = self._catalog(locale, _MESSAGES)
        return lambda text: catalog.label("", text)

    @cached_property
    def vocabulary(self) -> "Vocabulary":
        """The names of fields and choices in all available languages."""
        from kepu_docs.locale.vocabulary import Vocabulary

        known = locales(self._folders, _KEYS)
        return Vocabulary({locale: self._catalog(locale, _KEYS) for locale in known})

    def _catalog(self, locale: str, name: str) -> Catalog:
        return read_catalog(self._folders, parents(locale), name)

    def words(self, locale: str) -> "Words":
        """Return the words for records in the language of ``locale``."""
        return Words(self.vocabulary, self.translation(locale), locale)


class Words:
    """The words for a record in one language: keys, choices and explanations."""

    def __init__(self, vocabulary: "Vocabulary", translate: Translate, locale: str) -> None:
        self.vocabulary = vocabulary
        self.locale = locale
        self.translate = translate

    def key(self, model: "type[BaseModel]", name: str) -> str:
        """Return the name of a field."""
        return self.vocabulary.label(model, name, self.locale)

    def choice(self, choice: str) -> str:
        """Return the name of a choice."""
        return self.vocabulary.choice_label(choice, self.locale)

    def about(self, text: str | None) -> str:
        """Return an explanation, on one line."""
        return self.translate(explanation(text))


def explanation(text: str | None) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return " ".join((text or "").split("\n\n")[0].split())
