"""Labels in catalogues of documents (``messages.po``) that nothing looks up: a misspelt label has no effect."""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Final

from kepu_docs.errors import N_, Fault, Message, Place
from kepu_docs.errors.closeness import Closeness
from kepu_docs.locale.catalogs import read_catalog_file
from kepu_docs.registry import Registry
from kepu_docs.registry.core import kepu_templates
from kepu_docs.schema.levels import Level
from kepu_docs.schema.shapes import choice_fields, literals, models_of

MESSAGES: Final = "messages.po"
_FREE: Final = ("unit",)
"""Contexts whose labels are looked up by values in records, which may be anything."""

_quoted = re.compile(rb"[\"']([A-Za-z_]\w*)[\"']")


class UnknownLabels:
    """Finds labels that nothing looks up, with the installed plugins and a user's own folder."""

    def __init__(self, registry: Registry, own: Traversable | None = None) -> None:
        self._known = _known(registry, own)
        self._closeness = Closeness()

    def faults(self, folder: Traversable) -> Iterator[Fault]:
        """Yield the faults in the catalogues of a folder. Raises ``TemplateError`` for one that cannot be read."""
        for locale in sorted(folder.iterdir(), key=lambda each: each.name):
            file = locale.joinpath(MESSAGES)
            if file.is_file():
                yield from self.of(file)

    def of(self, file: Traversable) -> Iterator[Fault]:
        """Yield the faults of one catalogue. Raises ``TemplateError`` if it cannot be read."""
        for entry in read_catalog_file(file).entries:
            problem = None if entry.fuzzy else self._problem(entry.context, entry.identifier)
            if problem:
                yield Fault(Place(str(file), entry.line), problem.text, problem.values)

    def _problem(self, context: str, identifier: str) -> Message | None:
        known = self._known.get(context)
        if known is None and context not in _FREE:
            text = N_("no text with msgctxt “{context}” is ever used; available: {known}")
            return Message.of(text, context=context, known=", ".join((*self._known, *_FREE)))
        if known is None or identifier in known:
            return None
        close = self._closeness.nearest(identifier, known)
        help_ = Message.of(N_("did you mean “{name}”?"), name=close) if close else Message(N_("leave it out"))
        text = N_("“{name}” with msgctxt “{context}” is never used; {help}")
        return Message.of(text, name=identifier, context=context, help=help_)


def _known(registry: Registry, own: Traversable | None) -> Mapping[str, Iterable[str]]:
    """Return what is looked up, by context: labels of kepu-docs itself, the models' fields, words in templates."""
    found: dict[str, dict[str, None]] = {
        context: {} for context in ("kind", "field", "choice", "body", "whole", "people", "member", "pattern")
    }
    for folder in kepu_templates():
        for locale in folder.iterdir():
            file = locale.joinpath(MESSAGES)
            if file.is_file():
                for entry in read_catalog_file(file).entries:
                    if entry.context in found:
                        found[entry.context][entry.identifier] = None
    found["kind"].update(dict.fromkeys(registry.kinds))
    for context in ("body", "whole", "people", "member"):
        found[context].update(dict.fromkeys(literals(Level)))
    for model in models_of(registry.model):
        found["field"].update(dict.fromkeys(model.model_fields))
    for kind in registry.kinds.values():
        found["choice"].update(dict.fromkeys(word for words in choice_fields(kind.model).values() for word in words))
        for model in models_of(kind.model):
            found["field"].update(dict.fromkeys(model.model_fields))
    for folder in (*((own,) if own is not None else ()), *registry.folders):
        found["field"].update(dict.fromkeys(_named_in(folder)))
    return found


def _named_in(folder: Traversable) -> Iterator[str]:
    """Yield the words in quotation marks in all templates: the columns of tables are among them."""
    for file in folder.iterdir():
        if file.is_dir():
            yield from _named_in(file)
        elif file.name.endswith(".jinja"):
            yield from (word.decode("ascii", "ignore") for word in _quoted.findall(file.read_bytes()))
