"""The texts of faults in the code, found by syntax: each new one must have a code."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_FOLDERS: Final = (
    ROOT / "src" / "kepu_docs",
    *(
        ROOT / "plugins" / name
        for name in (
            "kepu_word",
            "kepu_excel",
            "kepu_markdown",
            "kepu_text",
            "kepu_html",
            "kepu_pdf",
            "kepu_rules",
            "kepu_sources",
        )
    ),
)
_RAISING: Final = {
    "at": 1,
    "Fault": 1,
    "explaining": 1,
    "fault": 1,
    "_failed_alone": 1,
    "_refusal": 1,
    "_cannot": 0,
    "bad": 0,
}
"""What makes a fault of a text, and which of its arguments that is."""
_GATHERED: Final = frozenset(
    ("json_reader.py", "toml_reader.py", "yaml_faults.py", "yaml_reader.py", "beside_facts.py", "cells.py", "codes.py",
      "figures_in_cells.py", "no_values.py", "times_in_cells.py", "headings.py", "amounts_in_units.py", "joining.py", "fact_rows.py", "strays.py", "merged_cells.py",
      "snapshots.py",
     "work.py")
)  # fmt: skip
"""Modules whose texts reach a fault by ways that syntax does not show: all of them count."""
_NO_FAULTS: Final = frozenset(("[Content_Types].xml", "the end of the file", "the end of the line"))
"""What is found with them and is only a part of messages."""


@cache
def fault_texts() -> Mapping[str, str]:
    """Return the text of each fault that is raised in our code, with the module that has it."""
    texts: dict[str, str] = {}
    for folder in _FOLDERS:
        for file in sorted(folder.rglob("*.py")):
            module = ast.parse(file.read_text(encoding="utf-8"))
            found = set(_raised(module)) | (set(_marked(module)) if file.name in _GATHERED else set())
            texts |= dict.fromkeys(found - _NO_FAULTS, str(file.relative_to(ROOT)))
    return texts


def _raised(module: ast.Module) -> Iterator[str]:
    """Yield what the calls that make faults have for their texts: written there, or in what is assigned to the name."""
    yield from _raised_in(module, {})


def _raised_in(scope: ast.AST, outer: Mapping[str, list[ast.expr]]) -> Iterator[str]:
    """Yield the texts of one function, or of the module; ``outer`` is what is assigned around it."""
    nodes, inner = _own_nodes(scope)
    own: dict[str, list[ast.expr]] = {}
    for node in nodes:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name), *_] | [ast.Tuple(elts=[ast.Name(id=name), *_])], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
                | ast.NamedExpr(ast.Name(id=name), value)
            ):
                own.setdefault(name, []).append(value)
    assigned = {**outer, **own}
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = _RAISING.get(function)
        has_code = function == "Fault" and any(keyword.arg == "code" for keyword in node.keywords)
        if place is None or len(node.args) <= place or has_code:
            continue
        text = node.args[place]
        names = [part.id for part in ast.walk(text) if isinstance(part, ast.Name)]
        for value in (text, *(value for name in names for value in assigned.get(name, ()))):
            yield from _marked(value)
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value
    for function in inner:
        yield from _raised_in(function, assigned)


def _own_nodes(scope: ast.AST) -> tuple[list[ast.AST], list[ast.AST]]:
    """Return the nodes of a function without those of the functions in it, and these functions."""
    nodes: list[ast.AST] = []
    inner: list[ast.AST] = []
    waiting = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner.append(node)
        else:
            nodes.append(node)
            waiting += ast.iter_child_nodes(node)
    return nodes, inner


def _marked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="N_"), args=[ast.Constant(value=str(text))]):
                yield text
