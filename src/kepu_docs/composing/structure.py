"""What a wording template may look like: text in tags alone, and blocks that the template which it extends has."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes

DEFAULT: Final = "default"
"""What a template extends: the one that would have counted in its place."""
NTH: Final = "@"
"""``sections/training.jinja@1`` is the second of the templates of this name."""

Places = Mapping[str, bool]
"""Of each block of a template by name: whether it stands within a tag and holds a phrase; else it holds tags."""


def check_structure(
    environment: Environment, source: str, name: str, filename: str, extended: Callable[[], Places] | None
) -> Places:
    """Return the blocks of a template, with those of what it extends (``extended``).

    Without ``extended`` the template is a text, as the title is, and has no tags.

    Raises ``TemplateSyntaxError`` where ``source`` has text outside a block tag, a name that is ours, a part of another
    template, or a block that what it extends has not.
    """

    def fail(text: str, line: int) -> TemplateSyntaxError:
        return TemplateSyntaxError(text, line, name, filename)

    tree = environment.parse(source, name, filename)
    for found in tree.find_all(nodes.Name):
        if found.name.startswith("__"):
            raise fail(f"no name may begin with two underscores: {found.name}", found.lineno)
    for other in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport)):
        raise fail(f'a template takes nothing from others, but may extend "{DEFAULT}"', other.lineno)
    extends = next(tree.find_all(nodes.Extends), None)
    if extended is None:
        if extends:
            raise fail("this template extends nothing", extends.lineno)
        return {}
    if extends is None:
        places: dict[str, bool] = {}
        _check_body(tree.body, fail, places)
        return places
    if not (isinstance(extends.template, nodes.Const) and extends.template.value == DEFAULT):
        raise fail(f'a template extends "{DEFAULT}" or nothing', extends.lineno)
    known = dict(extended())
    for node in tree.body:
        match node:
            case nodes.Extends() | nodes.Assign() | nodes.AssignBlock() | nodes.Macro():
                pass
            case nodes.Output() if _is_blank(node):
                pass
            case nodes.Block() if node.name not in known:
                has = ", ".join(known) or "none"
                raise fail(f"what it extends has no block “{node.name}”; it has: {has}", node.lineno)
            case nodes.Block() if known[node.name]:
                pass
            case nodes.Block():
                _check_body(node.body, fail, known)
            case _:
                raise fail(f'beside {{% extends "{DEFAULT}" %}} only blocks are shown', node.lineno)
    return known


Fail = Callable[[str, int], TemplateSyntaxError]


def _check_body(body: Iterable[nodes.Node], fail: Fail, places: dict[str, bool]) -> None:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if not (isinstance(part, nodes.TemplateData) and not part.data.strip()):
                        raise fail("text outside a block tag", _first_line(part))
            case nodes.CallBlock() if not isinstance(node.call.node, nodes.ExtensionAttribute):
                raise fail("a call outside a block tag", node.lineno)
            case nodes.CallBlock():
                places.update((block.name, True) for block in node.find_all(nodes.Block))
            case nodes.Macro() | nodes.AssignBlock():
                pass
            case nodes.If():
                _check_body([*node.body, *node.elif_, *node.else_], fail, places)
            case nodes.For():
                _check_body([*node.body, *node.else_], fail, places)
            case nodes.Block():
                places[node.name] = False
                _check_body(node.body, fail, places)
            case nodes.With() | nodes.Scope() | nodes.FilterBlock():
                _check_body(node.body, fail, places)


def _is_blank(node: nodes.Output) -> bool:
    return all(isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes)


def _first_line(part: nodes.Node) -> int:
    """Return the line where the text begins that is not blank."""
    if isinstance(part, nodes.TemplateData):
        blank = len(part.data) - len(part.data.lstrip())
        return part.lineno + part.data[:blank].count("\n")
    return part.lineno
