"""``kepu_docs.plugin`` offers the names in its import statements, and imports them when they are needed."""

import ast
import inspect
import subprocess
import sys
from importlib import import_module

import pytest

from kepu_docs import plugin

IMPORTS = {
    each.name: str(node.module)
    for node in ast.walk(ast.parse(inspect.getsource(plugin)))
    if isinstance(node, ast.ImportFrom) and str(node.module).startswith("kepu_docs.")
    for each in node.names
    if each.asname is None
}


@pytest.mark.parametrize("name", plugin.__all__)
def test_a_name_is_what_its_import_says(name: str) -> None:
    assert getattr(plugin, name) is getattr(import_module(IMPORTS[name]), name)


def test_all_that_is_imported_is_public() -> None:
    assert sorted(IMPORTS) == sorted(plugin.__all__)


def test_what_is_not_public_is_not_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'internal_fault'"):
        _ = plugin.internal_fault  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "module", ["kepu_docs.plugin", "kepu_sources", "kepu_sources.tables.books", "kepu_docs.isolation.child"]
)
def test_a_child_that_reads_a_workbook_imports_little(module: str) -> None:
    heavy = ("pydantic", "jinja2", "docx", "lxml", "babel", "typer", "kepu_docs.schema", "kepu_docs.blocks")
    code = f"import sys, {module}; print([each for each in {heavy} if each in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
