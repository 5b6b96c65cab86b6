"""The permitted structure of a wording template: text in tags only, and blocks that the extended template has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from kepu_docs.composing.budget import MOST_BITS
from kepu_docs.composing.problems import WordingSyntaxError
from kepu_docs.errors import N_, Message
from kepu_docs.schema.text import unshowable

DEFAULT: Final = "default"
"""The name that a template extends: the template that it replaces."""
NTH: Final = "@"
"""``sections/training.jinja@1`` is the second of the templates of this name."""

MOST_PARTS: Final = 10_000
"""Of one template, in nodes of its syntax tree. The longest built-in one has 600; compiling each takes some 100 µs."""
DEEPEST_PART: Final = 50
"""How deep they may be nested. Built-in templates are nested 18 deep, and Python's compiler fails at some 100."""
DEEPEST_LOOP: Final = 10
"""How deep loops may be nested; Python's compiler fails at 20."""

Places = Mapping[str, bool]
"""For each block of a template by name: whether it is within a tag and holds a phrase; otherwise it holds tags."""


def check_structure(
    environment: Environment, source: str, name: str, filename: str, extended: Callable[[], Places] | None
) -> Places:
    """Return the blocks of a template, with those of the template that it extends (``extended``).

    Without ``extended`` the template is a text, such as the title, and has no tags.

    Raises ``TemplateSyntaxError`` if ``source`` has text outside a block tag, a reserved name, a part of another
    template, or a block that the extended template lacks.
    """

    def fail(problem: Message, line: int) -> TemplateSyntaxError:
        return WordingSyntaxError(problem, line, name, filename)

    parser = Parser(environment, source, name, filename)
    try:
        tree = parser.parse()
    except RecursionError:
        raise fail(TOO_DEEP, parser.stream.current.lineno) from None
    found = first_problem(tree)
    if found is not None:
        raise fail(*found)
    extends = next(tree.find_all(nodes.Extends), None)
    if extended is None:
        if extends:
            raise fail(Message(N_("this template cannot extend another one")), extends.lineno)
        return {}
    if extends is None:
        places: dict[str, bool] = {}
        _check_body(tree.body, fail, places)
        return places
    if not (isinstance(extends.template, nodes.Const) and extends.template.value == DEFAULT):
        raise fail(extends_only(), extends.lineno)
    known = dict(extended())
    for node in tree.body:
        match node:
            case nodes.Extends() | nodes.Assign() | nodes.AssignBlock() | nodes.Macro():
                pass
            case nodes.Output() if _is_blank(node):
                pass
            case nodes.Block() if node.name not in known:
                text = N_("the template that it extends has no block “{name}”; it has: {known}")
                raise fail(Message.of(text, name=node.name, known=", ".join(known) or "-"), node.lineno)
            case nodes.Block() if known[node.name]:
                pass
            case nodes.Block():
                _check_body(node.body, fail, known)
            case _:
                raise fail(Message.of(N_("next to {tag}, only blocks are shown"), tag=_EXTENDS), node.lineno)
    return known


TOO_DEEP: Final = Message(N_("this is nested too deeply in brackets, tags or loops"))
_EXTENDS: Final = f'{{% extends "{DEFAULT}" %}}'


def extends_only() -> Message:
    """Return that a template extends the one that would have counted in its place, or nothing."""
    return Message.of(N_("a template can only extend {name}"), name=f'"{DEFAULT}"')


def first_problem(tree: nodes.Template, *, texts: bool = True) -> tuple[Message, int] | None:
    """Return the first fault of a part that no template may have, and its line; ``None`` if there is none.

    Without ``texts``, text outside of tags is not examined.
    """
    for count, (part, depth, loops) in enumerate(_parts(tree)):
        if count >= MOST_PARTS:
            return Message.of(N_("a template may have at most {limit} parts"), limit=MOST_PARTS), part.lineno
        if depth > DEEPEST_PART or loops > DEEPEST_LOOP:
            return TOO_DEEP, part.lineno
        problem = _problem(part) if texts or not isinstance(part, nodes.TemplateData) else None
        if problem:
            return problem, part.lineno
    return None


def _parts(tree: nodes.Template) -> Iterator[tuple[nodes.Node, int, int]]:
    """Yield the parts of a template in order, with their depth of nesting, in all parts and in loops."""
    waiting: list[tuple[nodes.Node, int, int]] = [(tree, 0, 0)]
    while waiting:
        part, depth, loops = waiting.pop()
        yield part, depth, loops
        inner = loops + isinstance(part, nodes.For)
        waiting += [(below, depth + 1, inner) for below in reversed(list(part.iter_child_nodes()))]


def _problem(part: nodes.Node) -> Message | None:
    """Return the fault of a single part, if it has one."""
    match part:
        case nodes.Name(name=name) if name.startswith("__"):
            return Message.of(N_("names must not begin with two underscores: {name}"), name=name)
        case nodes.Include() | nodes.Import() | nodes.FromImport():
            text = N_("a template cannot include other templates; it can only extend {name}")
            return Message.of(text, name=f'"{DEFAULT}"')
        case nodes.Macro(args=names) if len({name.name for name in names}) < len(names):
            return Message.of(N_("the macro {name} has two parameters with the same name"), name=part.name)
        case nodes.ScopedEvalContextModifier():
            return Message(N_("text needs no escaping; there is no such tag here"))
        case nodes.Const(value=int(number)) if number.bit_length() > MOST_BITS:
            return Message(N_("the number is too large"))
        case nodes.Const(value=str(text)) | nodes.TemplateData(data=text) if unshowable(text):
            character = f"U+{ord(unshowable(text)):04X}"
            return Message.of(N_("the character {character}, which no document can show"), character=character)
        case _:
            return None


Fail = Callable[[Message, int], TemplateSyntaxError]


def _check_body(body: Iterable[nodes.Node], fail: Fail, places: dict[str, bool]) -> None:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if not (isinstance(part, nodes.TemplateData) and not part.data.strip()):
                        raise fail(Message(N_("text outside a block tag")), _first_line(part))
            case nodes.CallBlock() if not isinstance(node.call.node, nodes.ExtensionAttribute):
                raise fail(Message(N_("a call outside a block tag")), node.lineno)
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
    """Return the line of the first text that is not blank."""
    if isinstance(part, nodes.TemplateData):
        blank = len(part.data) - len(part.data.lstrip())
        return part.lineno + part.data[:blank].count("\n")
    return part.lineno
