"""A user's own folder of wording templates: checked for what would never be looked up, listed, and begun."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

from kepu_docs.errors import N_, Fault, Message, Place, TemplateError
from kepu_docs.registry import Registry
from kepu_docs.snapshots import MOST_FAULTS, Snapshot, read_folder

FRAME: Final = ("title.jinja", "opening.jinja", "closing.jinja")
_CATALOGS: Final = ("messages.po", "keys.po", "interface.po")
_block = re.compile(r"\{%-?\s*block\s+(\w+).*?%\}(.*?)\{%-?\s*endblock.*?%\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A wording template: its name, the file that counts, and the names of its blocks."""

    name: str
    file: str
    blocks: tuple[str, ...]


def template_names(registry: Registry) -> tuple[str, ...]:
    """Return the names of all templates that are looked up."""
    return (*FRAME, *(f"sections/{kind}.jinja" for kind in registry.kinds))


def read_templates(folder: Path, registry: Registry) -> Snapshot:
    """Return the templates and catalogues of a user's folder, as they are now.

    Raises ``TemplateError`` for a folder that is none or not safe, or for files in it that nothing would look up.
    """
    snapshot = read_folder(folder)
    names = template_names(registry)
    faults: list[Fault] = []
    for path in sorted(snapshot.files):
        if len(faults) == MOST_FAULTS:
            break
        locale, _, name = path.partition("/")
        if not _is_locale(locale) or not name:
            text = N_("templates stand in a folder of their language, as zh_Hans/{example}")
            faults.append(Fault(Place(str(snapshot / path)), text, (("example", names[-1]),)))
        elif name not in (*names, *_CATALOGS):
            close = difflib.get_close_matches(name, names, n=1)
            help_ = Message.of(N_("did you mean “{name}”?"), name=close[0]) if close else ", ".join(names)
            text = N_("no template is called “{name}”; {help}")
            faults.append(Fault(Place(str(snapshot / path)), text, (("name", name), ("help", help_))))
    if faults:
        raise TemplateError(faults)
    return snapshot


def _is_locale(name: str) -> bool:
    try:
        return bool(Locale.parse(name))
    except (UnknownLocaleError, ValueError):
        return False


def default_source(source: str, phrase: str) -> str:
    """Return a template that extends the default one and has only the block ``phrase`` of ``source``."""
    found = dict(_block.findall(source))
    return f'{{% extends "default" %}}\n{{% block {phrase} %}}{found[phrase]}{{% endblock %}}\n'


def phrases(source: str) -> Iterator[str]:
    """Yield the names of the blocks that stand in ``source`` itself."""
    yield from (name for name, _ in _block.findall(source))
