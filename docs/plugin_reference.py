"""Write docs/plugins/reference.md, all names of kepu_docs.plugin: ``python docs/plugin_reference.py``.

A test compares the page with the code, so that no change of what authors use goes unnoticed.
"""

import ast
import dataclasses
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from kepu_docs import plugin
from kepu_docs.contract import hooks

PAGE = Path(__file__).parent / "plugins" / "reference.md"
HEAD = f"""\
# Reference: `kepu_docs.plugin`

This page lists every name of the module `kepu_docs.plugin`, the only one that plugins should import. The rest of kepu-docs may change without
notice. The hooks, which have [a page each](README.md#hooks), have version {hooks.VERSION}.
"""
BLOCK = " | ".join(each.__name__ for each in get_args(plugin.Block))
GROUPS = (
    (
        "Hooks and what they return",
        ("kepu_docs.contract.hooks", "kepu_docs.contract", "kepu_docs.contract.rollups", "kepu_docs.schema.written"),
    ),
    ("Models of records", ("kepu_docs.schema", "kepu_docs.locale.vocabulary")),
    ("Blocks and documents", ("kepu_docs.blocks",)),
    ("Looks, numbering and characters", ("kepu_docs.typography", "kepu_docs.output")),
    ("Errors and messages", ("kepu_docs.errors",)),
    ("Reading files from strangers", ("kepu_docs.reading", "kepu_docs.isolation")),
)


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    left = set(plugin.__all__)
    for title, modules in GROUPS:
        names = sorted((name for name in left if home(name).startswith(modules)), key=str.lower)
        left -= set(names)
        parts += [f"\n## {title}\n", *map(entry, names)]
    if left:
        raise ValueError(f"in no group: {', '.join(sorted(left))}")
    return "".join(parts)


def home(name: str) -> str:
    """Return the module that a name comes from."""
    imports = (node for node in ast.walk(ast.parse(inspect.getsource(plugin))) if isinstance(node, ast.ImportFrom))
    return next(str(node.module) for node in imports if name in [each.name for each in node.names])


def entry(name: str) -> str:
    """Return the part of the page about one name."""
    thing = getattr(plugin, name)
    return "".join(line.rstrip() + "\n" for line in ("", f"### `{name}`", "", *_about(name, thing)))


def _about(name: str, thing: Any) -> Iterator[str]:
    if isinstance(thing, type) and thing.__name__ != name:
        yield _after(name)
    elif isinstance(thing, type) and issubclass(thing, BaseModel):
        yield _text(thing)
        yield from _fields((field, _type(info.annotation)) for field, info in thing.model_fields.items())
    elif dataclasses.is_dataclass(thing):
        yield _text(thing)
        yield from _fields((field.name, _type(field.type)) for field in dataclasses.fields(thing))
        yield from _methods(thing)
    elif isinstance(thing, type):
        yield _text(thing)
        yield from _methods(thing)
    elif inspect.isfunction(thing):
        yield f"`{name}{_signature(thing)}`"
        yield ""
        yield _text(thing)
    else:
        yield _after(name)


def _fields(fields: Iterator[tuple[str, str]]) -> Iterator[str]:
    shown = [f"`{name}`{f': `{kind}`' if kind else ''}" for name, kind in fields]
    if shown:
        yield ""
        yield "Fields: " + ", ".join(shown)


def _methods(thing: type) -> Iterator[str]:
    for name, member in vars(thing).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            yield ""
            yield f"- `{name}`: {_text(member)}"
        elif inspect.isfunction(member) or isinstance(member, classmethod):
            yield ""
            yield f"- `{name}{_signature(getattr(thing, name))}`: {_text(member)}"


def _signature(function: Any) -> str:
    shown = re.sub(r"(?:[^\W\d]\w*\.)+(\w+)|<class '(\w+)'>", r"\1\2", str(inspect.signature(function))).replace(
        BLOCK, "Block"
    )
    shown = re.sub(r"(: |-> )'([^']*)'", r"\1\2", shown)  # of a name that is not imported at run time
    return re.sub(r"\bself, |\(self\)", lambda found: "()" if found[0] == "(self)" else "", shown)


def _type(annotation: Any) -> str:
    if isinstance(annotation, str):
        return annotation
    if isinstance(annotation, type):
        return str(annotation) if get_args(annotation) else annotation.__name__
    return re.sub(r"(?:\w+\.)+(\w+)", r"\1", str(annotation)) if len(str(annotation)) < 60 else ""


def _text(thing: Any) -> str:
    return " ".join((inspect.getdoc(thing) or "").replace("``", "`").split("\n\n")[0].split())


def _after(name: str) -> str:
    """Return the docstring that follows an assignment to ``name`` in its module."""
    for module in (home(name), *_imported(home(name), name)):
        source = inspect.getsource(import_module(module))
        found = re.search(rf'^ *{name}\b[^\n]*=(?:(?!\n\n).)*?\n *"""(.*?)"""', source, re.S | re.M)
        if found:
            return " ".join(found[1].replace("``", "`").split())
        found = re.search(rf"^{name}\b[^\n]*= (.*)$", source, re.M)
        if found:
            return f"`{found[1]}`"
    raise ValueError(f"nothing is said of {name}")


def _imported(module: str, name: str) -> Iterator[str]:
    """Yield the module from which ``module`` imports a name."""
    for node in ast.parse(inspect.getsource(import_module(module))).body:
        if isinstance(node, ast.ImportFrom) and node.module and name in [alias.name for alias in node.names]:
            yield node.module


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
