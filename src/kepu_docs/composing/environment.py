"""The sandboxed Jinja2 environment of one locale."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import partial, wraps
from types import CodeType, FunctionType
from typing import Any, ClassVar, Final, Literal, TypeAlias

from jinja2 import (
    Environment,
    FunctionLoader,
    Template,
    TemplateSyntaxError,
    Undefined,
    nodes,
    pass_context,
)
from jinja2.filters import do_round
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from kepu_docs.composing.budget import ExhaustedError, numbers
from kepu_docs.composing.code import METHODS, TrustedCode, WordingCode
from kepu_docs.composing.problems import UnknownFact, WordingError, require_known, without_place, without_value
from kepu_docs.composing.structure import DEFAULT, NTH, extends_only
from kepu_docs.composing.tags import BlockTags, Sink
from kepu_docs.composing.wordings import WordingTag
from kepu_docs.locale.formats import Formats

# Jinja2's filters whose result is no larger than their input.
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
"""The most places to which a number is rounded, on either side of the point; no number needs more."""

Load: TypeAlias = Callable[[str], tuple[str, str | None, None] | None]
"""Returns the source of a template and its file name, as Jinja2's ``FunctionLoader`` requires."""
Choices: TypeAlias = Callable[[str], Mapping[str, frozenset[str]]]
"""Returns, for a section kind, the fields that are choices, with their possible words."""


def no_choices(kind: str) -> Mapping[str, frozenset[str]]:
    """Return no choices for any section kind."""
    return {}


class _Known(dict[str, Any]):
    """The names that a template knows; any other name is missing."""

    def __missing__(self, name: str) -> Any:
        return missing


class _Context(Context):
    """The names of one run of a template, in one mapping: Jinja2's own has two, and asks them in Python.

    What a template sets hides what it was given, as it does there.
    """

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  (Jinja2's name)
    ) -> None:
        super().__init__(environment, parent, name, blocks, globals)
        self.parent = self.vars = known = parent if type(parent) is _Known else _Known(parent)
        self.resolve_or_missing = known.__getitem__  # type: ignore[assignment, method-assign]


class WordingEnvironment(ImmutableSandboxedEnvironment):
    """Renders installed wording templates: block tags, filters of the language, plain data only.

    They are trusted as their plugins are: methods and private names are refused, which costs nothing, but neither time
    nor memory is counted. :class:`kepu_docs.composing.guarding.GuardedEnvironment` renders templates of strangers.

    A value is printed in the style of the language, so ``{{ session.attendance }}`` is ``60人次``; a missing value
    prints nothing. ``{% extends "default" %}`` refers to the template that the present one replaces.
    """

    context_class: type[Context] = _Context
    code_generator_class: type[WordingCode] = TrustedCode
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
        self._own = {id(function): function for function in self.globals.values()}
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
        """Return the name of the template that ``parent`` extends."""
        if template != DEFAULT:
            raise WordingError(extends_only())
        name, _, place = parent.partition(NTH)
        return f"{name}{NTH}{int(place or 0) + 1}"

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the global names of a template in one mapping, since its data are copied for each document anyway."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute or entry; for a mapping, whose attributes are all methods, directly an entry."""
        if type(obj) is dict and attribute in obj and attribute not in METHODS:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call(self, context: Context, function: Any, *arguments: Any, **options: Any) -> Any:
        """Return the result of a call; a template's own macro is called without the checks of the sandbox."""
        if type(function) is Macro:
            options.pop("_loop_vars", None)
            options.pop("_block_vars", None)
            return function(*arguments, **options)
        return super().call(context, function, *arguments, **options)

    def with_direct(self, macro: Macro, function: FunctionType | None) -> Macro:
        """Return a macro with what is called in its place if it has only values by position: its function, if any."""
        macro.direct = function or macro  # type: ignore[attr-defined]
        if function is not None:
            function.__defaults__ = (missing,) * len(macro.arguments)
        return macro

    def bound(self, context: Context, function: Any) -> Callable[..., Any]:
        """Return what calls a function with the checks of the sandbox; those that every template knows need none."""
        return function if id(function) in self._own else partial(self.call, context, function)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether a template may see an attribute: data only, no methods."""
        return super().is_safe_attribute(obj, attr, value) and not callable(value)

    def wrap_str_format(self, value: Any) -> None:
        """Make no exception for ``str.format``, which would allow unlimited padding."""
        return

    def sink(self) -> Sink:
        """Return the object that takes the blocks of one template."""
        return Sink()

    def run(self, template: Template, facts: Mapping[str, Any], **more: Any) -> str:
        """Return the text of a template. Raises whatever the template raises, with its own lines in the traceback.

        It is what ``Template.render`` does, without copying the facts twice.
        """
        # A copy of the larger of two mappings takes little time, and adding it to the smaller one much.
        names = _Known(facts)
        for name, function in template.globals.items():
            names.setdefault(name, function)
        names.update(more)
        context = self.context_class(self, names, template.name, template.blocks)
        try:
            return self.concat(template.root_render_func(context))
        except Exception:
            self.handle_exception()

    def _compile(self, source: str, filename: str) -> CodeType:
        """Return the code of a template. Raises ``TemplateSyntaxError`` if it is nested too deeply for Python."""
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError) as error:
            raise TemplateSyntaxError(f"this cannot be compiled: {error}", 1, filename=filename) from None


def called(function: Callable[..., Any], *arguments: nodes.Expr, line: int) -> nodes.Call:
    """Return the call of a function of kepu-docs in a template."""
    name = nodes.ImportedName(f"{function.__module__}.{function.__name__}")
    return nodes.Call(name, list(arguments), [], None, None, lineno=line)


def _join(parts: Iterable[Any], joint: str = "") -> str:
    return joint.join(map(str, parts))


def _round(value: float, precision: int = 0, method: Literal["common", "ceil", "floor"] = "common") -> float:
    if abs(precision) > MOST_DECIMALS:
        raise ExhaustedError(f"numbers are rounded to at most {MOST_DECIMALS} decimals")
    return do_round(value, precision, method)


def _shown_by(formats: Formats) -> Callable[[Any], str]:
    """Return the printed form of a value; an unknown name raises its own error."""

    def shown(value: Any) -> str:
        if type(value) is str:
            return value
        return str(value) if isinstance(value, Undefined) else formats.show(value)

    return shown


def _known(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Make a filter report which fact does not exist."""

    def written(value: Any) -> str:
        require_known(value)
        return write(value)

    return written


def _unless_none(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """Make a filter write nothing for a missing value."""
    known = _known(write)
    return lambda value: "" if value is None else known(value)


def phrase_filter(formats: Formats) -> Callable[[Any, str], str]:
    """Return the filter. It loses no value: a pattern must have a place for its value, but not for a yes."""

    @wraps(formats.phrase)
    def phrase(value: Any, pattern: str) -> str:
        # The usual cases.
        if value is None:
            return ""
        if type(value) is str:
            if not value:
                return ""
            if "{}" in pattern:
                return pattern.replace("{}", value)
        require_known(value)
        made = formats.phrase(value, pattern)
        if made and ("{}" in pattern) is (value is True):
            raise WordingError(without_value(pattern) if value is True else without_place(pattern))
        return made

    return phrase


@pass_context
def _when(context: Context, period: Mapping[str, Any] | None, *, year: bool = False) -> str:
    """Write a date or period; without the year if the whole summary is about it and ``year`` does not ask for it."""
    if period is None:
        return ""
    formats: Formats = context.environment.formats  # type: ignore[attr-defined]
    return formats.when(period, within=None if year else context["period"])
