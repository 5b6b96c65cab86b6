"""A project to start a section plugin from: it works, and says where to continue."""

import re
from collections.abc import Mapping
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Final

from kepu_docs.errors import N_, OutputError, Place, PluginError
from kepu_docs.locale.catalogs import CATALOGS
from kepu_docs.output.files import make_folder, write_new_file

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_PREFIX: Final = "kepu-docs-"
_LABELS: Final[Mapping[str, str]] = MappingProxyType({"zh_Hans": "新栏目", "zh_Hant": "新欄目", "en": ""})
"""The label of the kind if none is given; in English it is the name in the code."""
_LABEL: Final = re.compile(r"[^\x00-\x1f\x7f\[\]:*?/\\|\"']{1,20}")
"""The pattern of a label that can be the name of a sheet, and is used in a catalogue unchanged."""


def new_plugin(
    name: str, folder: Path, taken: Mapping[str, object], labels: Mapping[str, str] = MappingProxyType({})
) -> list[Path]:
    """Write the project of a plugin called ``name`` into ``folder`` and return its files.

    ``taken`` are the existing section kinds; ``labels`` gives the label of the kind in each language. Raises
    ``PluginError`` for an invalid name or label, and ``OutputError`` if something exists already.
    """
    kind = name.removeprefix(_PREFIX).replace("-", "_")
    if not _NAME.fullmatch(name) or not kind.isidentifier():
        text = N_(
            "“{name}” cannot be the name of a plugin; expected lower-case letters, digits and "
            "hyphens, beginning with a letter, as in: {example}"
        )
        raise PluginError.at(Place(), text, name=name, example=_example(name))
    _check_labels(labels)
    if kind in taken:
        raise PluginError.at(Place(), N_("the section kind “{kind}” exists already"), kind=kind)
    if folder.exists():
        raise OutputError.at(Place(str(folder)), N_("not written: a file of this name exists already"))
    words = {
        "distribution": f"{_PREFIX}{kind.replace('_', '-')}",
        "module": f"kepu_docs_{kind}",
        "kind": kind,
        "Model": "".join(part.capitalize() for part in kind.split("_")),
        "about": kind.replace("_", " ").capitalize(),
        "version": version("kepu-docs"),
    }
    named = {**_LABELS, "en": words["about"], **labels}
    # Headings of old documents are searched in lower case.
    recognised = dict.fromkeys(re.escape(label.casefold()) for label in (named["zh_Hans"], named["en"]))
    words |= {"chinese": named["zh_Hans"], "recognised": "|".join(recognised)}
    written = []
    for target, source, locale in _files(words):
        path = folder / target
        make_folder(path.parent)
        text = (files("kepu_templates") / "scaffold" / f"{source}.txt").read_text(encoding="utf-8")
        write_new_file(path, Template(text).substitute(words, label=named.get(locale, "")).encode())
        written.append(path)
    return written


def _check_labels(labels: Mapping[str, str]) -> None:
    for locale, label in labels.items():
        if locale not in _LABELS:
            text = N_("the project has no language “{locale}”; it has: {known}")
            raise PluginError.at(Place(), text, locale=locale, known=", ".join(_LABELS))
        if not _LABEL.fullmatch(label) or label != label.strip():
            text = N_("“{label}” cannot be the name of a section; expected up to 20 characters, none of them {refused}")
            raise PluginError.at(Place(), text, label=label, refused="[ ] : * ? / \\ | \" '")


def _example(name: str) -> str:
    """Return the command that a user who gave an invalid name may have meant."""
    plain = "-".join(re.findall("[a-z0-9]+", name.lower())).lstrip("-0123456789") or "drills"
    label = "".join(name.split())
    return f"kepu-docs plugins new {plain}" + ("" if name.isascii() else f" --label {label}")


def _files(words: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Return the files of a project, each with its pattern and its language."""
    package = f"src/{words['module']}"
    found = [
        ("pyproject.toml", "pyproject.toml", ""),
        ("README.md", "README.md", ""),
        (f"{package}/__init__.py", "init.py", ""),
        # With this file, type checkers of the plugin's users read its types.
        (f"{package}/py.typed", "py.typed", ""),
        (f"tests/test_{words['kind']}.py", "test.py", ""),
    ]
    for locale in _LABELS:
        below = f"{package}/templates/{locale}"
        found.append((f"{below}/sections/{words['kind']}.jinja", f"{locale}.jinja", locale))
        # English fields have the names in the code, and are explained there.
        catalogs = CATALOGS if locale != "en" else CATALOGS[:1]
        found += [(f"{below}/{name}", f"{locale}.{name}", locale) for name in catalogs]
    return found
