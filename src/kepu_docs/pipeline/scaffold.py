"""A project to begin a section plugin with: it works, and says where to go on."""

import re
from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from kepu_docs.errors import N_, OutputError, Place, PluginError
from kepu_docs.pipeline.writing import make_folder, write_new_file

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_PREFIX: Final = "kepu-docs-"
_LOCALES: Final = ("zh_Hans", "zh_Hant", "en")
_CATALOGS: Final = ("messages.po", "keys.po", "interface.po")


def new_plugin(name: str, folder: Path, taken: Mapping[str, object]) -> list[Path]:
    """Write the project of a plugin called ``name`` into ``folder`` and return its files.

    ``taken`` are the section kinds that there are. Raises ``PluginError`` for a name that cannot be one, and
    ``OutputError`` where something is there already.
    """
    kind = name.removeprefix(_PREFIX).replace("-", "_")
    if not _NAME.fullmatch(name) or not kind.isidentifier():
        text = N_("“{name}” cannot be a plugin's name; expected small letters, digits and hyphens, as in drills")
        raise PluginError.at(Place(), text, name=name)
    if kind in taken:
        raise PluginError.at(Place(), N_("there is a section kind “{kind}” already"), kind=kind)
    if folder.exists():
        raise OutputError.at(Place(str(folder)), N_("not written: a file of this name exists already"))
    words = {
        "distribution": f"{_PREFIX}{kind.replace('_', '-')}",
        "module": f"kepu_docs_{kind}",
        "kind": kind,
        "Model": "".join(part.capitalize() for part in kind.split("_")),
        "version": version("kepu-docs"),
    }
    written = []
    for target, source in _files(words):
        path = folder / target
        make_folder(path.parent)
        text = (files("kepu_templates") / "scaffold" / f"{source}.txt").read_text(encoding="utf-8")
        write_new_file(path, Template(text).substitute(words).encode())
        written.append(path)
    return written


def _files(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the files of a project, each with its pattern."""
    package = f"src/{words['module']}"
    found = [
        ("pyproject.toml", "pyproject.toml"),
        ("README.md", "README.md"),
        (f"{package}/__init__.py", "init.py"),
        (f"tests/test_{words['kind']}.py", "test.py"),
    ]
    for locale in _LOCALES:
        below = f"{package}/templates/{locale}"
        found.append((f"{below}/sections/{words['kind']}.jinja", f"{locale}.jinja"))
        # English fields are called as they are in the code, and explained there.
        catalogs = _CATALOGS if locale != "en" else _CATALOGS[:1]
        found += [(f"{below}/{name}", f"{locale}.{name}") for name in catalogs]
    return found
