"""One module interprets annotations, so that the values a field may hold are read in the same way everywhere."""

import ast
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_READERS = {"get_origin", "get_args", "get_type_hints"}


def test_only_shapes_takes_annotations_apart() -> None:
    readers = set()
    for path in (*_ROOT.glob("src/**/*.py"), *_ROOT.glob("plugins/kepu_*/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            if names & _READERS or (isinstance(node, ast.Attribute) and node.attr in _READERS):
                readers.add(path.relative_to(_ROOT).as_posix())
    assert readers == {"src/kepu_docs/schema/shapes.py"}
