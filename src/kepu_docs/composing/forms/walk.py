"""Translation and check of the expressions in a form: names become the internal ones, and faults are reported."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from jinja2 import nodes

from kepu_docs.composing.forms import words
from kepu_docs.composing.forms.names import FormNames
from kepu_docs.composing.known_facts import NUMBER, TEXT, UNKNOWN, Known, facts, many
from kepu_docs.composing.problems import no_facts_of
from kepu_docs.composing.wording_check import Labels, Report, Scope, WordingWalk
from kepu_docs.errors import N_, Message

_MOST_NAMES = 2_000
_NO_LABELS = Labels("", lambda name: True, lambda word: True, {})
_LOOKING = ("selectattr", "rejectattr", "groupby", "sum", words.GROUPS)
_FUNCTIONS = (words.SECTION, words.PHOTO, "range")


class FormWalk(WordingWalk):
    """Walks through the tags of one part of a form, and replaces the names of facts, filters and kinds in its nodes.

    ``used`` are the facts of the record and the section kinds that the form names, ``shown`` are facts with the model
    of their parent, if that is known; ``indexes`` are lists, by their path of names, whose entries are accessed by
    number: how many entries the form takes, so that none is lost, and the line that accesses them.
    """

    def __init__(
        self, frame: Known, names: FormNames, filters: Iterable[str], tests: Iterable[str], report: Report
    ) -> None:
        """``frame`` describes the facts of the record and its section kinds."""
        known: Mapping[str, Known] = frame.names or {}
        ours = {
            words.FULL_TEXT: Known(),
            words.ROW_NUMBER: NUMBER,
            **dict.fromkeys((*_FUNCTIONS, *words.CONSTANTS), UNKNOWN),
        }
        super().__init__({**known, **ours}, _NO_LABELS, report)
        self._facts = frame
        self._frame = known
        self._names = names
        self._filters = tuple(filters)
        self._tests = tuple(tests)
        self.used: set[str] = set()
        self.shown: set[tuple[type, str]] = set()
        self.sections: set[str] = set()
        self.indexes: dict[str, tuple[int, int]] = {}

    def _named(self, node: nodes.Name, scope: Scope) -> Known:
        if scope.find(node.name) is None:
            node.name = self._meant(node.name)
        if node.name in self._frame and self._is_of_the_frame(node.name, scope):
            self.used.add(node.name)
        found = scope.find(node.name)
        if found is None:
            if not self._lenient:
                self._missing(node.lineno, node.name, [*self._all_names(), *scope.all()], self._run_together(node.name))
            return UNKNOWN
        return found

    def _meant(self, word: str) -> str:
        """Return what a name means that the form itself does not set."""
        named = self._names.word(word, words.NAMES)
        if named in words.NAMES:
            return named
        constant = self._names.word(word, words.CONSTANTS)
        if constant in words.CONSTANTS:
            return constant
        fact = self._names.fact(self._facts, word)
        return fact if fact in self._frame else self._names.kind(word) or word

    def _is_of_the_frame(self, name: str, scope: Scope) -> bool:
        return scope.find(name) is self._frame[name]

    def _all_names(self) -> Iterator[str]:
        yield from self._names.words(words.NAMES)
        yield from self._names.kind_names()
        yield from self._names.fact_names(self._frame, self._facts.models)

    def _run_together(self, name: str) -> str:
        """Return what a name without its dot may mean: 社区名称 for 社区.名称; nothing for another name."""
        for place in range(1, len(name)):
            holder = self._frame.get(self._meant(name[:place]))
            if holder is None or holder.names is None:
                continue
            if self._names.fact(holder, name[place:]) in holder.names:
                return f"{name[:place]}.{name[place:]}"
        return ""

    def _missing(self, line: int, name: str, known: Iterable[str], meant: str = "") -> None:
        """Report an unknown name, once for each tag; ``meant`` is the known meaning."""
        if (line, name) in self._missed:
            return
        self._missed.add((line, name))
        names = list(dict.fromkeys(filter(None, known)))
        close = meant or self._closeness.nearest(name, names) or _alike(name, names)
        if close:
            text = N_("unknown name “{name}”; did you mean “{close}”?")
            self._fault(line, Message.of(text, name=name[:100], close=close))
        else:
            self._fault(line, Message.of(N_("unknown name “{name}”"), name=name[:100]))

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        if not isinstance(node, nodes.Output):
            super()._statement(node, scope)
            return
        for place, part in enumerate(node.nodes):
            if not isinstance(part, nodes.TemplateData):
                known = self._of(part, scope)
                self._printed(part, known)
                if known.is_choice:
                    node.nodes[place] = nodes.Filter(part, words.CHOICE, [], [], None, None, lineno=part.lineno)

    @contextmanager
    def _leniently(self) -> Iterator[None]:
        """Report unknown names here too: missing values are never written, so a form need not test for them."""
        yield

    def _printed(self, node: nodes.Expr, known: Known) -> None:
        """Report a value that has no text form: a nested record, or a list of such records."""
        if known.what == "list" and known.entry is not None and known.entry.what == "facts":
            text = N_("this is a list of entries; use {tag} to go through it, or {filter} to count it")
            count = self._first_name("length")
            self._fault(node.lineno, Message.of(text, tag="{% for … in … %}", filter=f"| {count}"))
        elif known.what == "facts":
            names = ", ".join(dict.fromkeys(self._own_names(known)))
            text = N_("this consists of several facts; choose one of them with a dot: {names}")
            self._fault(node.lineno, Message.of(text, names=names[:300]))

    def _own_names(self, known: Known) -> Iterator[str]:
        for name in known.names or ():
            yield list(self._names.fact_names({name: known}, known.models))[:2][-1]

    def _of(self, node: nodes.Node, scope: Scope) -> Known:
        match node:
            case nodes.Getattr():
                holder = self._of(node.node, scope)
                node.attr = self._names.fact(holder, node.attr)
                return self._fact(holder, node.attr, node.lineno)
            case nodes.Slice():
                self._below(node, scope)
                return UNKNOWN
            case _:
                return super()._of(node, scope)

    def _fact(self, holder: Known, name: str, line: int) -> Known:
        if name.startswith("_"):  # no fact has methods, and the attributes of other values are not for forms
            self._missing(line, name, ())
            return UNKNOWN
        if holder.names is not None:
            if name in holder.names:
                self.shown.update((model, name) for model in holder.models)
                return holder.names[name]
            if not self._lenient:
                self._missing(line, name, self._names.fact_names(holder.names, holder.models))
        elif holder.is_single and not self._lenient:
            self._fault(line, no_facts_of(name))
        return UNKNOWN

    def _item(self, node: nodes.Getitem, scope: Scope) -> Known:
        match node.arg:
            case nodes.Const(value=str(name)):
                holder = self._of(node.node, scope)
                found = self._names.fact(holder, name)
                node.arg.value = found
                return self._fact(holder, found, node.lineno)
            case nodes.Const(value=int(place)) if type(place) is int and place >= 0:
                holder = self._of(node.node, scope)
                path = _path(node.node)
                root = path.partition(".")[0]
                if path and root in self._frame and self._is_of_the_frame(root, scope):
                    self.indexes[path] = max((place + 1, node.lineno), self.indexes.get(path, (0, 0)))
                return self._entry(holder)
            case _:
                return super()._item(node, scope)

    def _filtered(self, node: nodes.Filter, scope: Scope) -> Known:
        node.name = self._names.word(node.name, self._filters)
        if node.name not in self._filters:
            self._missing(node.lineno, node.name, self._names.words(self._filters))
        if node.node is None:
            return UNKNOWN
        value: Known | None = None
        for option in node.kwargs:
            if option.key == "attribute":
                value = value or self._quietly(node.node, scope)
                self._translate(option.value, value)
        if node.name in _LOOKING and node.args:
            self._translate(node.args[0], value or self._quietly(node.node, scope))
        found = super()._filtered(node, scope)
        match node.name:
            case words.YEAR | words.NO_UNIT:
                return TEXT
            case words.LIMIT:
                return UNKNOWN
            case words.GROUPS:
                entries = self._quietly(node.node, scope)
                return many(facts({words.GROUP_NAME: TEXT, words.ENTRIES: entries}))
            case words.ROWS | words.AT_LEAST:
                return many(self._entry(self._quietly(node.node, scope)))
            case _:
                return found

    def _quietly(self, node: nodes.Node, scope: Scope) -> Known:
        """Return what is known of an expression that is walked again to report its faults."""
        self._quiet += 1
        missed = set(self._missed)
        found = self._of(node, scope)
        self._missed = missed
        self._quiet -= 1
        return found

    def _translate(self, node: nodes.Expr, value: Known) -> None:
        """Translate names of the facts of a list's entries that are written as text."""
        if not (isinstance(node, nodes.Const) and isinstance(node.value, str)) or value.what != "list":
            return
        fact, steps = self._entry(value), []
        for step in node.value.split("."):
            name = self._names.fact(fact, step)
            steps.append(name)
            fact = (fact.names or {}).get(name, UNKNOWN)
        node.value = ".".join(steps)

    def _tested(self, node: nodes.Test, scope: Scope) -> Known:
        if node.name not in self._tests:
            self._missing(node.lineno, node.name, self._tests)
        return super()._tested(node, scope)

    def _call(self, node: nodes.Call, scope: Scope) -> Known:
        function = node.node
        if not isinstance(function, nodes.Name):
            text = N_("only {names} can be called with brackets")
            self._fault(node.lineno, Message.of(text, names=self._function_names()))
            return UNKNOWN
        if scope.find(function.name) is None or function.name in self._frame:
            function.name = self._names.word(function.name, words.NAMES)
        if function.name not in _FUNCTIONS:
            self._missing(node.lineno, function.name, self._names.words(_FUNCTIONS))
            return UNKNOWN
        for option in node.kwargs:
            known = words.OPTIONS.get(function.name, ())
            option.key = self._names.word(option.key, known)
            if option.key not in known:
                self._missing(node.lineno, option.key, self._names.words(known))
        if function.name == words.SECTION:
            self._section(node)
        for each in (*node.args, *(option.value for option in node.kwargs)):
            self._of(each, scope)
        return many(NUMBER) if function.name == "range" else UNKNOWN

    def _section(self, node: nodes.Call) -> None:
        match node.args:
            case [nodes.Const(value=str(word)) as named]:
                kind = self._names.kind(word)
                if kind is None:
                    self._missing(node.lineno, word, self._names.kind_names())
                else:
                    named.value = kind
                    self.sections.add(kind)
            case _:
                text = N_("{name} takes the name of a section kind, in quotation marks")
                self._fault(node.lineno, Message.of(text, name=self._first_name(words.SECTION)))

    def _function_names(self) -> str:
        return ", ".join(self._first_name(name) for name in (words.SECTION, words.PHOTO))

    def _first_name(self, word: str) -> str:
        return list(self._names.words((word,)))[:2][-1]


def _alike(name: str, names: Iterable[str]) -> str:
    """Return a known name of two or three hanzi with the same first character: too short for other comparisons."""
    known = islice(names, _MOST_NAMES)
    return next((each for each in known if len(each) == len(name) in (2, 3) and each[0] == name[0] > "\u3000"), "")


def _path(node: nodes.Node) -> str:
    """Return an expression of names and dots as text; nothing for another expression."""
    steps: list[str] = []
    while isinstance(node, nodes.Getattr):
        steps.append(node.attr)
        node = node.node
    return ".".join([node.name, *reversed(steps)]) if isinstance(node, nodes.Name) else ""
