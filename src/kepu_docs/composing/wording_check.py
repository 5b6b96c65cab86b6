"""Static check of a wording template, without any record: unknown facts, phrases that lose their values.

The template's syntax tree is walked with the known facts. Values that cannot be known without a record (such as the
results of some of Jinja2's filters, or a text that a template assembles) are accepted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from typing import Final

from jinja2 import nodes

from kepu_docs.composing.known_facts import (
    FIGURE,
    NOTHING,
    NUMBER,
    PERIOD,
    TEXT,
    UNKNOWN,
    YES,
    Known,
    either,
    facts,
    many,
)
from kepu_docs.composing.problems import (
    LOOP,
    no_fact,
    no_facts_of,
    without_place,
    without_value,
)
from kepu_docs.errors import N_, Message
from kepu_docs.errors.closeness import Closeness

_WRITING: Final = frozenset(
    ("by", "capital", "clause", "count", "counted", "date", "few", "join", "join_list", "lower", "money", "number",
     "percent", "period", "phrase", "quote", "sentence", "series", "stop", "string", "trim", "upper", "when")
)  # fmt: skip
_COUNTING: Final = frozenset(("abs", "float", "int", "length", "round", "sum"))
_SAME: Final = frozenset(("list", "reverse", "sort", "unique", "select", "reject", "selectattr", "rejectattr"))
_ONE: Final = frozenset(("first", "last", "max", "min"))
_BY_FIRST: Final = frozenset(("selectattr", "rejectattr", "groupby"))
"""Filters whose first argument names a fact; others use ``attribute=``."""
_LABELS: Final = ("kind_label", "field_label", "figure_label", "choice_label")
MOST_CALLS: Final = 1_000
"""Calls of macros, whose bodies are walked for each call."""
DEEPEST_CALL: Final = 8
"""Nested macro calls: each may be deep in tags and brackets itself."""
_MOST_PLACES: Final = 64
"""How many variants of a text that a template assembles are examined."""

Report = Callable[[int, Message], object]
"""Takes a line and the fault in it."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels in the language of a template, and the choices among the fields of its section."""

    locale: str
    has_field: Callable[[str], bool]
    has_choice: Callable[[str], bool]
    choices: Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Scope:
    """The names that are set in a part of a template, nested in an outer scope."""

    names: dict[str, Known]
    outer: "Scope | None" = None

    def find(self, name: str) -> Known | None:
        """Return what is known of a name, ``None`` if it is not set."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.outer
        return None

    def all(self) -> Iterator[str]:
        """Yield all names that are set."""
        scope: Scope | None = self
        while scope is not None:
            yield from scope.names
            scope = scope.outer

    def put(self, name: str, known: Known) -> None:
        """Set a name."""
        # If several branches set it, it may be any of their values.
        before = self.names.get(name)
        self.names[name] = known if before is None else before.either(known)


OVERVIEW_FACTS: Final[Mapping[str, Known]] = {
    "compared_with": PERIOD,
    "totals": many(TEXT),
    "highlights": many(TEXT),
    "changes": many(
        facts(
            {
                **dict.fromkeys(("before", "now", "difference", "percent", "amount", "rate"), FIGURE),
                **dict.fromkeys(("name", "direction"), TEXT),
                "figure": facts({"figure": TEXT}),
            }
        )
    ),
}
"""The data of the overview's template besides the facts of the summary."""


def frame_facts(summary: Known, more: Mapping[str, Known]) -> dict[str, Known]:
    """Return the facts that a template can name: those of the ``summary``, built-in ones, and ``more`` for this one."""
    names = {name: known for name, known in (summary.names or {}).items() if name != "sections"}
    ours = dict.fromkeys(("span", "body", "people", "member", "members", "message"), TEXT)
    return {**names, **ours, "rolled_up": Known("yes"), "reporting": FIGURE, "partial": many(TEXT), **more}


def check_wording(trees: Iterable[nodes.Template], known: Mapping[str, Known], labels: Labels, report: Report) -> None:
    """Report the faults of a template: the first of ``trees``; the others are those that it extends, in turn."""
    own, *extended = trees
    walk = WordingWalk(known, labels, report)
    for tree in reversed(extended):
        walk.template(tree, quiet=True)
    walk.template(own)


class WordingWalk:
    """Walks through templates, and records which names they set."""

    def __init__(self, known: Mapping[str, Known], labels: Labels, report: Report) -> None:
        ours = {**dict.fromkeys(_LABELS, UNKNOWN), "range": UNKNOWN, "dict": UNKNOWN}
        self._top = Scope({}, Scope({**known, **ours}))
        self._labels = labels
        self._report = report
        self._closeness = Closeness()
        self._missed: set[tuple[int, str]] = set()
        self._quiet = 0
        self._lenient = 0
        self._macros: dict[str, nodes.Macro] = {}
        self._called: set[str] = set()
        self._within: list[str] = []
        self._calls = 0

    def template(self, tree: nodes.Template, *, quiet: bool = False) -> None:
        """Walk through one template; nothing is reported for a template that is extended."""
        own = [node.name for node in tree.find_all(nodes.Macro)]
        self._quiet += quiet
        self._body(tree.body, self._top)
        for name in own:
            if name not in self._called:
                self._enter(self._macros[name], {})
        self._quiet -= quiet

    def _fault(self, line: int, problem: Message) -> None:
        if not self._quiet:
            self._report(line, problem)

    def _unknown(self, line: int, name: str, known: Iterable[str]) -> None:
        """Report a fact that does not exist, once for each line: a macro is walked for each call."""
        if not self._quiet and not self._lenient and (line, name) not in self._missed:
            self._missed.add((line, name))
            self._report(line, no_fact(name, known, self._closeness))

    # Statements.

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if not isinstance(part, nodes.TemplateData):
                        self._of(part, scope)
            case nodes.If():
                self._of(node.test, scope)
                self._body([*node.body, *node.elif_, *node.else_], scope)
            case nodes.For():
                self._loop(node, scope)
            case nodes.Assign():
                self._bind(node.target, self._of(node.node, scope), scope)
            case nodes.AssignBlock():
                self._body(node.body, Scope({}, scope))
                self._bind(node.target, Known("text"), scope)
            case nodes.Macro():
                self._macros[node.name] = node
                scope.put(node.name, Known("macro"))
            case nodes.Block():
                self._body(node.body, Scope({}, scope if node.scoped else self._top))
            case nodes.CallBlock():
                self._tag(node, scope)
            case nodes.With():
                inner = Scope({}, scope)
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self._of(value, scope), inner)
                self._body(node.body, inner)
            case _:
                for below in node.iter_child_nodes():
                    if isinstance(below, nodes.Expr):
                        self._of(below, scope)
                    else:
                        self._statement(below, scope)

    def _loop(self, node: nodes.For, scope: Scope) -> None:
        entry = self._entry(self._of(node.iter, scope))
        inner = Scope({}, scope)
        turn = dict.fromkeys(LOOP, NUMBER) | dict.fromkeys(("first", "last"), YES)
        inner.put("loop", facts({**turn, "previtem": entry, "nextitem": entry, "cycle": UNKNOWN, "changed": UNKNOWN}))
        self._bind(node.target, entry, inner)
        if node.test is not None:
            self._of(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, Scope({}, scope))

    def _bind(self, target: nodes.Node, known: Known, scope: Scope) -> None:
        match target:
            case nodes.Name():
                scope.put(target.name, known)
            case nodes.Tuple():
                for each in target.items:
                    self._bind(each, UNKNOWN, scope)

    def _tag(self, node: nodes.CallBlock, scope: Scope) -> None:
        values = [self._of(value, scope) for value in node.call.args]
        options = {each.key: self._of(each.value, scope) for each in node.call.kwargs}
        tag = node.call.node
        name = tag.name if isinstance(tag, nodes.ExtensionAttribute) else ""
        if name in ("_table", "_chart") and values and "columns" in options:
            self._columns(node.lineno, self._entry(values[0]), options["columns"].texts)
        self._body(node.body, Scope({}, scope))

    def _columns(self, line: int, row: Known, columns: Iterable[str]) -> None:
        for column in columns:
            cell = UNKNOWN
            if row.what == "facts" and row.names is not None:
                if column not in row.names:
                    self._unknown(line, column, row.names)
                    continue
                cell = row.names[column]
            if not self._labels.has_field(column):
                text = N_("the column “{name}” has no heading in {locale}; add one to messages.po: {entry}")
                entry = f'msgctxt "field", msgid "{column}"'
                self._fault(line, Message.of(text, name=column, locale=self._labels.locale, entry=entry))
            if (self._entry(cell) if cell.what == "list" else cell).what == "text":
                self._choices(line, column)

    def _choices(self, line: int, column: str) -> None:
        for word in sorted(self._labels.choices.get(column, ())):
            if not self._labels.has_choice(word):
                text = N_(
                    "“{word}”, a choice in the column “{name}”, has no label in {locale}; add one to "
                    "messages.po: {entry}"
                )
                entry = f'msgctxt "choice", msgid "{word}"'
                self._fault(line, Message.of(text, word=word, name=column, locale=self._labels.locale, entry=entry))

    # Expressions.

    @staticmethod
    def _entry(known: Known) -> Known:
        return known.entry or UNKNOWN if known.what == "list" else UNKNOWN

    @contextmanager
    def _leniently(self) -> Iterator[None]:
        """Accept facts that do not exist: the template tests whether they do."""
        self._lenient += 1
        yield
        self._lenient -= 1

    def _of(self, node: nodes.Node, scope: Scope) -> Known:
        """Return what is known of an expression, and report its faults."""
        match node:
            case nodes.Const(value=bool()):
                return YES
            case nodes.Const(value=str(text)):
                return Known("text", texts=(text,), places=frozenset((text.count("{}"),) if text else ()))
            case nodes.Const(value=int() | float()):
                return NUMBER
            case nodes.Const():
                return NOTHING
            case nodes.Name():
                return self._named(node, scope)
            case nodes.Getattr():
                return self._fact(self._of(node.node, scope), node.attr, node.lineno)
            case nodes.Getitem():
                return self._item(node, scope)
            case nodes.Filter():
                return self._filtered(node, scope)
            case nodes.Test():
                return self._tested(node, scope)
            case nodes.Concat():
                return self._together([self._of(each, scope) for each in node.nodes])
            case nodes.CondExpr():
                self._of(node.test, scope)
                others = [self._of(node.expr2, scope)] if node.expr2 is not None else []
                return either([self._of(node.expr1, scope), *others])
            case nodes.And() | nodes.Or():
                return self._of(node.left, scope).either(self._of(node.right, scope))
            case nodes.Not() | nodes.Compare():
                self._below(node, scope)
                return YES
            case nodes.List() | nodes.Tuple():
                items = [self._of(each, scope) for each in node.items]
                return Known("list", entry=either(items), texts=tuple(text for each in items for text in each.texts))
            case nodes.Dict():
                named = {
                    str(pair.key.value): self._of(pair.value, scope)
                    for pair in node.items
                    if isinstance(pair.key, nodes.Const)
                }
                return facts(named) if len(named) == len(node.items) else UNKNOWN
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Add():
                left, right = self._of(node.left, scope), self._of(node.right, scope)
                return left.either(right) if left.what == right.what == "list" else UNKNOWN
            case _:
                self._below(node, scope)
                return UNKNOWN

    def _below(self, node: nodes.Node, scope: Scope) -> None:
        for below in node.iter_child_nodes():
            if isinstance(below, nodes.Operand):
                self._of(below.expr, scope)
            elif isinstance(below, nodes.Expr):
                self._of(below, scope)

    def _named(self, node: nodes.Name, scope: Scope) -> Known:
        found = scope.find(node.name)
        if found is None:
            self._unknown(node.lineno, node.name, dict.fromkeys(scope.all()))
            return UNKNOWN
        return found

    def _fact(self, holder: Known, name: str, line: int) -> Known:
        if holder.names is not None:
            if name in holder.names:
                return holder.names[name]
            self._unknown(line, name, holder.names)
        elif holder.is_single and not self._lenient:
            self._fault(line, no_facts_of(name))
        return UNKNOWN

    def _item(self, node: nodes.Getitem, scope: Scope) -> Known:
        holder = self._of(node.node, scope)
        match node.arg:
            case nodes.Const(value=str(name)):
                return self._fact(holder, name, node.lineno)
            case nodes.Slice():
                self._below(node.arg, scope)
                return holder if holder.what == "list" else UNKNOWN
            case _:
                self._of(node.arg, scope)
                return self._entry(holder)

    def _filtered(self, node: nodes.Filter, scope: Scope) -> Known:
        name = node.name
        if node.node is None:  # in {% filter name %}
            return TEXT
        if name in ("default", "d"):
            with self._leniently():
                value = self._of(node.node, scope)
        else:
            value = self._of(node.node, scope)
        arguments = [self._of(each, scope) for each in node.args]
        options = {str(option.key): self._of(option.value, scope) for option in node.kwargs}
        asked = options.get("attribute") or (arguments[0] if arguments and name in _BY_FIRST else None)
        fact = UNKNOWN
        if asked is not None and len(asked.texts) == 1 and value.what == "list":
            fact = self._entry(value)
            for step in asked.texts[0].split("."):
                fact = self._fact(fact, step, node.lineno) if not step.isdecimal() else self._entry(fact)
        if name == "phrase" and len(node.args) == 1:
            self._phrase(node.lineno, value, arguments[0])
            return Known("text")
        return self._made(name, value, fact, arguments, asked is not None)

    def _made(self, name: str, value: Known, fact: Known, arguments: list[Known], by_fact: bool) -> Known:
        if name in _WRITING:
            return Known("text") if name in ("few", "join", "join_list", "series", "sentence", "trim") else TEXT
        if name in _COUNTING:
            return NUMBER
        if name in _SAME:
            return value if value.what == "list" else UNKNOWN
        if name in _ONE:
            return self._entry(value)
        if name in ("default", "d"):
            return either([value, *arguments])
        if name in ("present", "told"):
            return many(TEXT)
        if name == "map" and by_fact:
            return many(fact)
        return UNKNOWN

    def _phrase(self, line: int, value: Known, pattern: Known) -> None:
        """Report a pattern without a place for its value, or with a place that only a yes can fill."""
        if pattern.places is None or value.what in ("", "nothing", "macro"):
            return
        if value.what == "yes":
            if any(pattern.places):
                self._fault(line, without_value(_one(pattern.texts, lambda count: count > 0)))
        elif 0 in pattern.places:
            self._fault(line, without_place(_one(pattern.texts, lambda count: count == 0)))
        elif any(count > 1 for count in pattern.places):
            text = N_("phrase(“{pattern}”) writes its value more than once; write {place} only once")
            shown = _one(pattern.texts, lambda count: count > 1)
            self._fault(line, Message.of(text, pattern=shown, place="{}"))

    @staticmethod
    def _together(parts: list[Known]) -> Known:
        """Return what is known of texts joined in a row."""
        places = [part.places for part in parts]
        found: set[int] = set()
        ways = 1
        for each in places:
            ways *= max(len(each or ()), 1)
        if any(each is None for each in places) or ways > _MOST_PLACES:
            return Known("text")
        for way in product(*[each or (0,) for each in places if each is not None]):
            found.add(sum(way))
        shown = "".join(part.texts[0] if len(part.texts) == 1 else "…" for part in parts)
        return Known("text", texts=(shown,), places=frozenset(found))

    def _tested(self, node: nodes.Test, scope: Scope) -> Known:
        if node.name in ("defined", "undefined"):
            with self._leniently():
                self._of(node.node, scope)
        else:
            self._below(node, scope)
        return YES

    def _call(self, node: nodes.Call, scope: Scope) -> Known:
        arguments = [self._of(each, scope) for each in node.args]
        given: dict[int | str, Known] = dict(enumerate(arguments))
        given.update({each.key: self._of(each.value, scope) for each in node.kwargs})
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if not name:
            self._of(node.node, scope)
        elif scope.find(name) is None:
            self._named(node.node, scope)  # type: ignore[arg-type]
        elif name in self._macros:
            self._enter(self._macros[name], given)
            return Known("text")
        elif name in _LABELS:
            return TEXT
        elif name == "range":
            return many(NUMBER)
        return UNKNOWN

    def _enter(self, macro: nodes.Macro, given: Mapping[int | str, Known]) -> None:
        """Walk through the body of a macro, with what is known of its positional and named arguments."""
        if macro.name in self._within or len(self._within) >= DEEPEST_CALL or self._calls >= MOST_CALLS:
            return
        self._called.add(macro.name)
        self._calls += 1
        self._within.append(macro.name)
        inner = Scope(dict.fromkeys(("varargs", "kwargs", "caller"), UNKNOWN), self._top)
        for place, target in enumerate(macro.args):
            inner.put(target.name, given.get(target.name, given.get(place, UNKNOWN)))
        self._body(macro.body, inner)
        self._within.pop()


def _one(texts: Iterable[str], is_wrong: Callable[[int], bool]) -> str:
    """Return the first of the texts whose number of places is wrong."""
    return next((text for text in texts if is_wrong(text.count("{}"))), "…")
