"""Docstrings are prose: what Sphinx would make of it is made here, for mkdocstrings.

``:func:`load` `` becomes a link where a page has that name, else code; lines of a module's docstring that are Python are
shown as such. Double backticks mean code in Markdown too.
"""

import ast
import re
from typing import Any

from griffe import Alias, Extension, Module, NameResolutionError, Object

_ROLE = re.compile(r":[a-z]+:`([\w.]+)`")


class Prose(Extension):
    """What mkdocstrings loads by the path of this file."""

    def on_package(self, *, pkg: Module, **others: Any) -> None:
        """Rewrite the docstrings of a package when all of it is known."""
        _rewrite(pkg)


def _rewrite(thing: Object) -> None:
    if thing.docstring:
        text = thing.docstring.value
        if thing.is_module:
            text = "\n\n".join(_shown(part) for part in text.split("\n\n"))
        thing.docstring.value = _ROLE.sub(lambda found: _link(thing, found[1]), text)
    for member in thing.members.values():
        if not isinstance(member, Alias):
            _rewrite(member)


def _link(thing: Object, name: str) -> str:
    try:
        first, dot, rest = name.partition(".")
        path = thing.resolve(first) + dot + rest
    except NameResolutionError:
        path = name
    return f'<autoref identifier="{path}" optional><code>{name}</code></autoref>'


def _shown(part: str) -> str:
    """Return a part of a docstring as it is, or as code where it is no prose."""
    try:
        code = ast.parse(part).body
    except SyntaxError:
        return part
    return f"```python\n{part}\n```" if code and not isinstance(code[0], ast.Expr | ast.AnnAssign) else part
