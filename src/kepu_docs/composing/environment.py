"""The sandboxed Jinja2 environment of one locale."""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import wraps
from types import CodeType
from typing import Any, ClassVar, Final, Literal, TypeAlias

from jinja2 import (
    FunctionLoader,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
)
from jinja2.filters import do_round
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from kepu_docs.composing.budget import ExhaustedError, checked, joined, numbers, result, step, take
from kepu_docs.composing.code import METHODS, WordingCode
from kepu_docs.composing.problems import UnknownFact, WordingError, require_known, without_place, without_value
from kepu_docs.composing.structure import DEFAULT, NTH, extends_only
from kepu_docs.composing.tags import BlockTags, Sink
from kepu_docs.composing.wordings import WordingTag
from kepu_docs.locale.formats import Formats

# Of Jinja2's own, those whose result is no larger than what they are given.
_FILTERS: Final = (
    "abs", "default", "d", "dictsort", "first", "float", "groupby", "int", "last", "length", "count", "list", "lower",
    "map", "max", "min", "reject", "rejectattr", "reverse", "round", "select", "selectattr", "sort", "string", "sum",
    "trim", "unique", "upper",
)  # fmt: skip
_TESTS: Final = (
    "boolean", "defined", "divisibleby", "even", "false", "float", "in", "integer", "iterable", "lower", "mapping",
    "none", "number", "odd", "sequence", "string", "true", "undefined", "upper", "eq", "equalto", "==", "ne", "!=",
    "lt", "lessthan", "<", "le", "<=", "gt", "greaterthan", ">", "ge", ">=",
)  # fmt: skip
MOST_DECIMALS: Final = 15
"""To which a number is rounded, on either side of its point: more do not stand in one."""

Load: TypeAlias = Callable[[str], tuple[str, str | None, None] | None]
"""Returns the source of a template and its file name, as Jinja2's ``FunctionLoader`` wants them."""
Choices: TypeAlias = Callable[[str], Mapping[str, frozenset[str]]]
"""Returns, of a section kind, the fields that are choices, with the words among which they are chosen."""


def no_choices(kind: str) -> Mapping[str, frozenset[str]]:
    """Return that no field of a section kind is a choice."""
    return {}


class WordingEnvironment(ImmutableSandboxedEnvironment):
    """Renders wording templates: block tags, filters of the language, plain data only, within a budget.

    What a template prints is shown as the language writes it, so ``{{ session.attendance }}`` is ``60人次`` and
    what is not there prints nothing. ``{% extends "default" %}`` names the template that would have counted in place
    of the one that says so.
    """

    intercepted_binops = frozenset(("*", "**", "+", "%"))
    code_generator_class = WordingCode
    block_tags: ClassVar[type[BlockTags]] = BlockTags

    def __init__(self, formats: Formats, load: Load, choices: Choices = no_choices) -> None:
        super().__init__(
            loader=FunctionLoader(load),
            extensions=[self.block_tags, WordingTag],
            undefined=UnknownFact,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_shown_by(formats),
            auto_reload=False,
        )
        self.formats = formats
        self.choices = choices
        self.tests = {name: self.tests[name] for name in _TESTS}
        self.globals = {"range": numbers, "dict": dict}
        self.globals["kind_label"] = formats.kind
        self.globals["field_label"] = lambda name: formats.head(name)
        self.globals["figure_label"] = formats.figure
        self.globals["choice_label"] = formats.choice
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters.update(
            {
                "number": _known(formats.number),
                "count": _unless_none(formats.count),
                "counted": lambda quantity, *forms: "" if quantity is None else formats.counted(quantity, *forms),
                "date": _unless_none(formats.date),
                "period": _unless_none(formats.period),
                "by": _unless_none(formats.by),
                "percent": _unless_none(formats.percent),
                "money": _unless_none(formats.money),
                "round": _round,
                "join": _join,
                "join_list": formats.join_list,
                "series": formats.series,
                "few": formats.few,
                "present": formats.shown,
                "told": formats.shown,  # its name in 0.1, which copied templates still have
                "phrase": phrase_filter(formats),
                "sentence": formats.sentence,
                "stop": formats.stop,
                "clause": formats.clause,
                "capital": formats.capital,
                "quote": formats.quote,
                "when": _when,
            }
        )

    def join_path(self, template: str, parent: str) -> str:
        """Return the name of what ``parent`` extends."""
        if template != DEFAULT:
            raise WordingError(extends_only())
        name, _, place = parent.partition(NTH)
        return f"{name}{NTH}{int(place or 0) + 1}"

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names of a template beside its data, which is copied for each document: no chain of mappings."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute or entry; of a mapping, whose attributes are all methods, an entry at once."""
        if type(obj) is dict and attribute in obj and attribute not in METHODS:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call(self, context: Context, function: Any, *arguments: Any, **options: Any) -> Any:
        """Return what a call gives; a template's own macro needs none of the sandbox's questions."""
        if type(function) is Macro:
            options.pop("_loop_vars", None)
            options.pop("_block_vars", None)
            return function(*arguments, **options)
        return super().call(context, function, *arguments, **options)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may see an attribute: data only, no methods."""
        return super().is_safe_attribute(obj, attr, value) and not callable(value)

    def wrap_str_format(self, value: Any) -> None:
        """Make no exception for ``str.format``, which would pad without measure."""
        return

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the result of an operator, if it is not too large."""
        result(left, operator, right)
        return super().call_binop(context, operator, left, right)

    def concat(self, parts: Iterable[str]) -> str:
        """Return what a template prints, counted."""
        return checked("".join(parts))

    def sink(self) -> Sink:
        """Return what takes the blocks of one template."""
        return Sink()

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        """Let loops and macros take steps, and ``~`` count what it makes."""
        return str(super()._generate(self.counted(source), *arguments, **options))

    def counted(self, tree: nodes.Template) -> nodes.Template:
        """Return a template that counts as it runs."""
        for node in tree.find_all((nodes.For, nodes.Macro)):
            node.body.insert(0, nodes.ExprStmt(called(step, line=node.lineno), lineno=node.lineno))  # type: ignore[attr-defined]
        return Concats().visit(tree)  # type: ignore[no-any-return]

    def _compile(self, source: str, filename: str) -> CodeType:
        """Return the code of a template. Raises ``TemplateSyntaxError`` where Python cannot nest so deep."""
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError) as error:
            raise TemplateSyntaxError(f"this cannot be compiled: {error}", 1, filename=filename) from None


def called(function: Callable[..., Any], *arguments: nodes.Expr, line: int) -> nodes.Call:
    """Return the call of a function of ours in a template."""
    name = nodes.ImportedName(f"{function.__module__}.{function.__name__}")
    return nodes.Call(name, list(arguments), [], None, None, lineno=line)


class Concats(NodeTransformer):
    """Lets ``~`` count what it makes."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: D102, N802  (Jinja2's name)
        self.generic_visit(node)
        return called(joined, *node.nodes, line=node.lineno)


def _join(parts: Iterable[Any], joint: str = "") -> str:
    texts = [str(part) for part in parts]
    take(sum(map(len, texts)) + len(joint) * max(len(texts) - 1, 0))
    return joint.join(texts)


def _round(value: float, precision: int = 0, method: Literal["common", "ceil", "floor"] = "common") -> float:
    if abs(precision) > MOST_DECIMALS:
        raise ExhaustedError(f"numbers are rounded to at most {MOST_DECIMALS} decimals")
    return do_round(value, precision, method)


def _shown_by(formats: Formats) -> Callable[[Any], str]:
    """Return what a template prints of a value; a name that is not known says so itself."""

    def shown(value: Any) -> str:
        if type(value) is str:
            return value
        return str(value) if isinstance(value, Undefined) else formats.show(value)

    return shown


def _known(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Let a filter say which fact does not exist."""

    def written(value: Any) -> str:
        require_known(value)
        return write(value)

    return written


def _unless_none(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Let a filter write nothing for what is not there."""
    known = _known(write)
    return lambda value: "" if value is None else known(value)


def phrase_filter(formats: Formats) -> Callable[[Any, str], str]:
    """Return the filter, which loses no value: a pattern has a place for it, but words that follow a yes have none."""

    @wraps(formats.phrase)
    def phrase(value: Any, pattern: str) -> str:
        if value is None:  # as most are
            return ""
        require_known(value)
        made = formats.phrase(value, pattern)
        if made and ("{}" in pattern) is (value is True):
            raise WordingError(without_value(pattern) if value is True else without_place(pattern))
        return made

    return phrase


@pass_context
def _when(context: Context, period: Mapping[str, Any] | None, *, year: bool = False) -> str:
    """Write when something was; without the year, where the whole summary is about it and ``year`` is not asked for."""
    if period is None:
        return ""
    formats: Formats = context.environment.formats  # type: ignore[attr-defined]
    return formats.when(period, within=None if year else context["period"])
