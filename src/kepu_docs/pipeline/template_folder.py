"""A user's own folder of wording templates: finding files that would never be looked up, listing, and starting one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

from kepu_docs.composing.composer import OVERVIEW, REVIEW, SECTIONS, TEXTS
from kepu_docs.composing.snapshots import Snapshot, read_folder
from kepu_docs.errors import N_, Fault, Message, Place, TemplateError
from kepu_docs.errors.closeness import Closeness
from kepu_docs.errors.first_faults import first_faults
from kepu_docs.locale.catalogs import CATALOGS
from kepu_docs.registry import Registry

FRAME: Final = ("title.jinja", "opening.jinja", OVERVIEW, "closing.jinja", REVIEW)
_tag = re.compile(r"\{%-?\s*+(?:block\s++(\w++)|endblock)[^{%]*+%\}")


def template_names(registry: Registry) -> tuple[str, ...]:
    """Return the names of all templates that are looked up."""
    return (*FRAME, *(f"{folder}{kind}.jinja" for folder in (SECTIONS, *TEXTS) for kind in registry.kinds))


def read_templates(folder: Path, registry: Registry) -> Snapshot:
    """Return the current templates and catalogues of a user's folder.

    Raises ``TemplateError`` for a path that is not a folder, a folder that is not safe, or files that nothing would
    look up.
    """
    snapshot = read_folder(folder)
    faults = misplaced(snapshot, registry)
    if faults:
        raise TemplateError(first_faults(faults))
    return snapshot


def misplaced(snapshot: Snapshot, registry: Registry) -> list[Fault]:
    """Return the files of a user's folder that nothing would look up."""
    names = template_names(registry)
    faults: list[Fault] = []
    closeness = Closeness()
    for path in sorted(snapshot.files):
        locale, _, name = path.partition("/")
        if not is_locale(locale) or not name:
            text = N_("templates must be in a folder for their language, such as zh_Hans/{example}")
            faults.append(
                Fault(
                    Place(str(snapshot / path)), text, (("example", f"{SECTIONS}{next(iter(registry.kinds))}.jinja"),)
                )
            )
        elif name not in (*names, *CATALOGS):
            close = closeness.nearest(name, names)
            help_ = Message.of(N_("did you mean “{name}”?"), name=close) if close else ", ".join(names)
            text = N_("there is no template “{name}”; {help}")
            faults.append(Fault(Place(str(snapshot / path)), text, (("name", name), ("help", help_))))
    return faults


def is_locale(name: str) -> bool:
    """Return whether the name of a folder is a language."""
    try:
        return bool(Locale.parse(name))
    except (UnknownLocaleError, ValueError):
        return False


def default_source(source: str, phrase: str) -> str:
    """Return a template that extends the default one and has only the block ``phrase`` of ``source``."""
    found = dict(_blocks(source))
    return f'{{% extends "default" %}}\n{{% block {phrase} %}}{found[phrase]}{{% endblock %}}\n'


def phrases(source: str) -> Iterator[str]:
    """Yield the names of the blocks in ``source`` itself."""
    yield from (name for name, _ in _blocks(source))


def _blocks(source: str) -> Iterator[tuple[str, str]]:
    """Yield name and content of the blocks of a template, including nested ones, in the order in which they begin."""
    opened: list[tuple[int, str]] = []
    found: list[tuple[int, str, str]] = []
    for tag in _tag.finditer(source):
        if tag[1]:
            opened.append((tag.end(), tag[1]))
        elif opened:
            begin, name = opened.pop()
            found.append((begin, name, source[begin : tag.start()]))
    yield from ((name, content) for _, name, content in sorted(found))
