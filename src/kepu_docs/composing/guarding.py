"""The environment of untrusted templates: anything that costs more than one step is counted before it is executed.

The work of a template is limited by its parts and their input. A step of a loop, a macro or a block counts the parts
that it executes; anything that examines more than one entry (a filter, a comparison, a slice, a loop over a list)
counts the entries. Filters that show their entries, compare them or join them also count the nested values, as often as
a list occurs in others.

Installed wording is not counted: it is trusted like any installed code. Where a user's own template extends it, it runs
here, as code of its own.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from types import NoneType
from typing import Any, Final, cast

from jinja2 import Environment, nodes, pass_environment
from jinja2.filters import do_sum
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer

from kepu_docs.composing.budget import (
    CHARACTERS,
    MOST_BITS,
    PIECE,
    ExhaustedError,
    checked,
    joined,
    result,
    spend,
    step,
    take,
    turn,
    work,
)
from kepu_docs.composing.code import WordingCode
from kepu_docs.composing.drafts import Draft, LooseItem
from kepu_docs.composing.environment import (
    Choices,
    Load,
    WordingEnvironment,
    called,
    no_choices,
    phrase_filter,
)
from kepu_docs.composing.problems import require_known
from kepu_docs.composing.tags import BlockTags, Sink
from kepu_docs.locale.formats import FEW, Formats

LONGEST_OPTION: Final = 1_000
"""The longest option of Jinja2's filters, in characters; ``attribute="a.b.c"`` is looked up step by step."""
BLOCK_CHARACTERS: Final = 50
"""How many characters a block or a cell counts for, in addition to its text."""

# Jinja2's filters that examine no entry of a list, or each entry but not its content.
_SHALLOW: Final = frozenset(
    ("abs", "default", "d", "first", "float", "int", "last", "length", "count", "list", "lower", "map", "reject",
     "rejectattr", "reverse", "round", "select", "selectattr", "trim", "upper", "number", "capital", "clause", "stop",
     "quote", "phrase")
)  # fmt: skip
_OPTIONED: Final = frozenset(
    (
        "dictsort",
        "groupby",
        "map",
        "max",
        "min",
        "reject",
        "rejectattr",
        "select",
        "selectattr",
        "sort",
        "sum",
        "unique",
    )
)
_SIMPLE: Final = frozenset((int, float, bool, NoneType, datetime.date))
_LISTS: Final = (list, tuple, dict, range)
_LABELS: Final = ("kind_label", "field_label", "figure_label", "choice_label", "dict")
# Tests that examine their input only once.
_EASY: Final = frozenset(
    ("boolean", "defined", "divisibleby", "even", "false", "float", "integer", "iterable", "mapping", "none", "number",
     "odd", "sequence", "string", "true", "undefined")
)  # fmt: skip


def counted(value: Any) -> Any:
    """Return ``value`` and count its entries; those of an iterator as they are consumed."""
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is str:
        if len(value) > PIECE:
            work(len(value) // PIECE)
    elif isinstance(value, _LISTS):
        work(len(value))
    elif isinstance(value, Iterator):
        return _drawn(value, counted_entry)
    return value


def counted_entry(_: Any) -> None:
    """Count one entry."""
    work(1)


def weighed(value: Any) -> Any:
    """Return ``value``, counted with everything nested in it. It may hold no more text than a whole section."""
    kind = type(value)
    if kind in _SIMPLE:
        return value
    if kind is str:
        work(1 + len(value) // PIECE)
        return value
    if isinstance(value, Iterator):
        return _drawn(value, weighed)
    characters = 0
    above = [iter((value,))]
    while above:
        done = 0
        for part in above[-1]:
            kind = type(part)
            if kind is str:
                characters += len(part)
                done += len(part) // PIECE
            elif kind not in _SIMPLE and isinstance(part, _LISTS):
                done += 1 + len(part)
                if kind is not range:
                    above.append(iter(part))
                    if isinstance(part, dict):
                        above.append(iter(part.values()))
                    break
        else:
            above.pop()
        work(done)
        if characters > CHARACTERS:
            raise ExhaustedError(f"the template puts texts of more than {CHARACTERS} characters together")
    return value


def _drawn(entries: Iterator[Any], count: Callable[[Any], object]) -> Iterator[Any]:
    for entry in entries:
        count(entry)
        yield entry


class _CountingSink(Sink):
    __slots__ = ()

    def _add(self, draft: Draft) -> None:
        lengths = list(map(len, _texts(draft)))
        spend(sum(lengths) + BLOCK_CHARACTERS * len(lengths))  # an empty text takes memory too
        step()
        super()._add(draft)


def _texts(draft: Draft) -> Iterator[str]:
    holder = draft.item if isinstance(draft, LooseItem) else draft
    yield ""  # the block itself
    for name in ("text", "lead", "body", "caption"):
        text = getattr(holder, name, "")
        if text and isinstance(text, str):
            yield text
    for row in getattr(draft, "rows", ()):
        yield from row
    yield from getattr(draft, "categories", ())
    for series in getattr(draft, "series", ()):
        yield from (series.name, *series.labels)


class GuardedTags(BlockTags):
    """The block tags, which count what they show."""

    def _paragraphs(self, context: Context, texts: Iterable[str]) -> None:
        super()._paragraphs(context, counted(texts))

    def _points(self, context: Context, texts: Iterable[str]) -> None:
        super()._points(context, counted(texts))

    def _table(
        self, context: Context, rows: Sequence[Mapping[str, Any]], columns: Iterable[str], caption: str = ""
    ) -> None:
        rows, columns = _cells(rows, columns)
        super()._table(context, rows, columns, caption)

    def _chart(
        self, context: Context, rows: Sequence[Mapping[str, Any]], columns: Iterable[str], *options: Any, **named: Any
    ) -> None:
        rows, columns = _cells(rows, columns)
        super()._chart(context, rows, columns, *options, **named)


class GuardedEnvironment(WordingEnvironment):
    """Renders untrusted templates, within a budget."""

    context_class = Context
    intercepted_binops = frozenset(("*", "**", "+", "%"))
    code_generator_class = WordingCode
    block_tags = GuardedTags

    def __init__(self, formats: Formats, load: Load, choices: Choices = no_choices) -> None:
        super().__init__(formats, load, choices)
        self.filters.update(
            {"phrase": _phrase(formats), "few": _few(formats), "sum": _sum, "string": _string, "join": _join}
        )
        self.filters = {
            name: _guarded(
                cast("Callable[..., Any]", function), counted if name in _SHALLOW else weighed, name in _OPTIONED
            )
            for name, function in self.filters.items()
        }
        self.tests = {
            name: function if name in _EASY else _guarded(cast("Callable[..., Any]", function), weighed)
            for name, function in self.tests.items()
        }
        labels = {name: cast("Callable[..., Any]", self.globals[name]) for name in _LABELS}
        self.globals.update({name: _guarded(label, counted) for name, label in labels.items()})
        show = self.finalize
        assert show is not None  # noqa: S101
        self.finalize = lambda value: show(value if type(value) is str else weighed(value))

    def sink(self) -> Sink:
        """Return the object that takes the blocks of one template, and counts them."""
        return _CountingSink()

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator, if it is not too large."""
        result(left, operator, right)
        return super().call_binop(context, operator, left, right)

    def concat(self, parts: Iterable[str]) -> str:
        """Return the output of a template, counted."""
        return checked("".join(parts))

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        """Make a template count as it runs."""
        return str(super()._generate(self.counted(source), *arguments, **options))

    def counted(self, tree: nodes.Template) -> nodes.Template:
        """Return a template that counts its steps and work as it runs."""
        for node in tree.find_all((nodes.For, nodes.Macro, nodes.Block)):
            parts = sum(1 for _ in node.find_all(nodes.Node))
            call = called(turn, nodes.Const(parts), line=node.lineno)
            node.body.insert(0, nodes.ExprStmt(call, lineno=node.lineno))  # type: ignore[attr-defined]
        return _Weighing().visit(tree)  # type: ignore[no-any-return]


def _cells(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> tuple[Sequence[Mapping[str, Any]], list[str]]:
    """Return the rows and columns of a table, counted; a repeated column is counted each time."""
    names = list(counted(columns))
    work(len(rows) * len(names))
    for _ in range(max(Counter(names).values(), default=0)):
        weighed(rows)
    return rows, names


class _Weighing(NodeTransformer):
    """Makes comparisons, slices and loops of a template count their work, and ``~`` its results."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802  (Jinja2's name)
        self.generic_visit(node)
        return called(joined, *node.nodes, line=node.lineno)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802  (Jinja2's name)
        self.generic_visit(node)
        node.expr = _counting(node.expr, weighed)
        for operand in node.ops:
            operand.expr = _counting(operand.expr, weighed)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _counting(node.node, counted)
        return node

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.iter = _counting(node.iter, counted)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if node.dyn_args is not None:
            node.dyn_args = _counting(node.dyn_args, counted)
        return node


def _counting(node: nodes.Node, count: Callable[[Any], Any]) -> nodes.Expr:
    assert isinstance(node, nodes.Expr)  # noqa: S101  (all but statements are)
    return node if isinstance(node, nodes.Const) else called(count, node, line=node.lineno)


def _guarded(
    function: Callable[..., Any], count: Callable[[Any], Any], has_options: bool = False
) -> Callable[..., Any]:
    """Return a filter, test or function that counts its arguments and result."""

    @wraps(function)
    def guarded(*arguments: Any, **options: Any) -> Any:
        if has_options:
            for value in (*arguments, *options.values()):
                if isinstance(value, str) and len(value) > LONGEST_OPTION:
                    raise ExhaustedError(f"what a filter is given has more than {LONGEST_OPTION} characters")
        if options:
            options = {name: count(value) for name, value in options.items()}
        made = function(*[count(value) for value in arguments], **options)
        kind = type(made)
        if kind is str:
            take(len(made))
        elif kind is int:
            if made.bit_length() > MOST_BITS:
                raise ExhaustedError("the number is too large")
        elif kind is not bool and isinstance(made, _LISTS):
            work(len(made))
        return made

    return guarded


def _phrase(formats: Formats) -> Callable[..., str]:
    written = phrase_filter(formats)

    @wraps(written)
    def phrase(value: Any, pattern: str) -> str:
        require_known(value)
        if value is None or value is True:
            return written(value, pattern)
        shown = formats.show(weighed(value))
        take(pattern.count("{}") * len(shown))
        return written(shown, pattern)

    return phrase


def _few(formats: Formats) -> Callable[..., str]:
    @wraps(formats.few)
    def few(parts: Iterable[Any], pattern: str | None = None) -> str:
        shown = formats.shown(parts)
        take((pattern or "").count("{names}") * sum(map(len, shown[:FEW])))
        return formats.few(shown, pattern)

    return few


@pass_environment
def _sum(environment: Environment, values: Iterable[Any], attribute: str | int | None = None, start: float = 0) -> Any:
    if not isinstance(start, int | float):
        raise ExhaustedError("a sum is one of numbers")
    return do_sum(environment, values, attribute, start)


def _join(parts: Iterable[Any], joint: str = "") -> str:
    texts = [str(part) for part in parts]
    take(sum(map(len, texts)) + len(joint) * max(len(texts) - 1, 0))
    return joint.join(texts)


def _string(value: Any) -> str:
    if isinstance(value, list | tuple | dict | range | Iterator):
        raise ExhaustedError("a list has no text; join it")
    return str(value)
