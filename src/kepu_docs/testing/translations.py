"""The parts of a section kind that are not translated into a language."""

import re
from collections.abc import Iterator
from typing import Final

from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.catalogs import read_catalog
from kepu_docs.locale.chain import DEFAULT_LOCALE, parents
from kepu_docs.locale.folders import candidates, locales
from kepu_docs.locale.words import explanation
from kepu_docs.registry import Registry
from kepu_docs.schema.explanations import explanation_of
from kepu_docs.schema.shapes import ChoiceShape, innermost, models_of, shapes

_ENGLISH: Final = "en"
"""In English, fields and kinds of records have the names that the code uses, and docstrings explain them."""
_table: Final = re.compile(r"\{%-?\s*(?:table|chart)\b(?:(?!columns)[^%])*+columns\s*+=\s*+\[([^\]{]*+)\]", re.S)


def wording_locales(registry: Registry, kind: str) -> tuple[str, ...]:
    """Return the locales in which a kind has its own wording."""
    if registry.kinds[kind].compose is None:
        return locales(registry.folders, f"sections/{kind}.jinja")
    known = locales(registry.folders, "messages.po")
    return tuple(locale for locale in known if _catalog(registry, locale, "messages.po").find("kind", kind))


def document_locales(registry: Registry, kind: str) -> tuple[str, ...]:
    """Return the locales of all documents that may have the kind, including those with a fallback language."""
    return tuple(sorted({*wording_locales(registry, kind), *locales(registry.folders, "messages.po"), DEFAULT_LOCALE}))


def untranslated(registry: Registry, kind: str, locale: str) -> Iterator[str]:
    """Yield the parts of a kind without a name or explanation in ``locale``, and the catalogue that lacks it."""
    model = registry.kinds[kind].model
    messages = _catalog(registry, locale, "messages.po")
    if not messages.find("kind", kind):
        yield f'messages.po has no heading of the kind: msgctxt "kind", msgid "{kind}"'
    yield from (
        f'messages.po has no head of the column {name}: msgctxt "field", msgid "{name}"'
        for name in _columns(registry, kind, locale)
        if not messages.find("field", name)
    )
    for each in models_of(model):
        for name, _, _ in shapes(each):
            if name != "kind" and not explanation(explanation_of(each, name)):
                yield f"{each.__name__}.{name} has no docstring, which explains it in starter records and workbooks"
    if locale.split("_")[0] == _ENGLISH:
        return
    keys, interface = _catalog(registry, locale, "keys.po"), _catalog(registry, locale, "interface.po")
    if not keys.find("choice", kind):
        yield f'keys.po has no name of the kind in records: msgctxt "choice", msgid "{kind}"'
    for each in models_of(model):
        if not interface.find("", explanation(each.__doc__)) and each is model:
            yield f"interface.po has no “{explanation(each.__doc__)}” ({each.__name__})"
        for name, _, part in shapes(each):
            if not (keys.find("key", f"{each.__name__}.{name}") or keys.find("key", name)):
                yield f'keys.po has no name of the field {each.__name__}.{name}: msgctxt "key", msgid "{name}"'
            about = explanation(explanation_of(each, name))
            if about and not interface.find("", about):
                yield f"interface.po has no “{about}” ({each.__name__}.{name})"
            inner = innermost(part)
            if name != "kind" and isinstance(inner, ChoiceShape):
                words = [str(choice).lower() if isinstance(choice, bool) else choice for choice in inner.choices]
                yield from (
                    f'keys.po has no name of a choice of {each.__name__}.{name}: msgctxt "choice", msgid "{word}"'
                    for word in words
                    if isinstance(word, str) and not keys.find("choice", word)
                )


def _columns(registry: Registry, kind: str, locale: str) -> list[str]:
    """Return the columns of the tables and charts in the template of a locale."""
    template = next(candidates(registry.folders, (locale,), f"sections/{kind}.jinja"), None)
    source = template.read_text(encoding="utf-8") if template else ""
    return sorted({name for listed in _table.findall(source) for name in re.findall(r"[\"'](\w+)[\"']", listed)})


def _catalog(registry: Registry, locale: str, name: str) -> Catalog:
    return read_catalog(registry.folders, parents(locale), name)
