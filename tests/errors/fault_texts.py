"""The texts of faults in our code, found by its syntax: whoever raises a new one must give it a code."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_FOLDERS: Final = (
    ROOT / "src" / "kepu_docs",
    *(ROOT / "plugins" / name for name in ("kepu_word", "kepu_markdown", "kepu_text", "kepu_rules", "kepu_sources")),
)
_RAISING: Final = {"at": 1, "Fault": 1, "explaining": 1, "fault": 1, "_failed_alone": 1, "_refusal": 1}
"""What makes a fault of a text, and which of its arguments that is."""
_GATHERED: Final = frozenset(
    ("json_reader.py", "toml_reader.py", "yaml_faults.py", "yaml_reader.py", "cells.py", "joining.py", "snapshots.py",
     "work.py")
)  # fmt: skip
"""Modules whose texts reach a fault by ways that syntax does not show: all of them count."""
_NO_FAULTS: Final = frozenset(
    (
        "",
        "[Content_Types].xml",
        "{text}",
        "{message}",
        'expected a text, in quotation marks: "{value}"',
        "the end of the file",
        "the end of the line",
        # Of what an imported document has and a record has not.
        "the head of the file, which is not taken over",
        "the name of a language, which is not taken over",
        "a picture, which is not taken over",
        "a sign of a font of signs, which no text holds",
        "deleted in the document",
        "how a word is read",
        # Warnings.
        "the plugin {plugin} is left out: {problem}",
        "the plugin {plugin}: {remark}",
        "{problem} (update it, or remove it: pip uninstall {distribution})",
    )
)
"""What is found with them and is none: parts of messages, and warnings."""


def fault_texts() -> dict[str, str]:
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
    assigned: dict[str, list[ast.expr]] = {}
    for node in ast.walk(module):
        target, value = None, None
        match node:
            case ast.Assign(targets=[ast.Name(id=target), *_], value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id=target), value=value) | ast.NamedExpr(ast.Name(id=target), value):
                pass
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id=target), *_])], value=value):
                pass
        if target and value:
            assigned.setdefault(target, []).append(value)
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = _RAISING.get(name)
        if place is None or len(node.args) <= place:
            continue
        text = node.args[place]
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value
        yield from _marked(text)
        for part in ast.walk(text):
            for value in assigned.get(part.id, ()) if isinstance(part, ast.Name) else ():
                yield from _marked(value)
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value


def _marked(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="N_"), args=[ast.Constant(value=str(text))]):
                yield text
