"""What the placeholders of a form mean in a record: a field, a field of an entry, a text, or a computed value."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.parser import Parser

from kepu_docs.composing.forms import words
from kepu_docs.composing.forms.names import FormNames
from kepu_docs.composing.known_facts import Known
from kepu_docs.contract.record_tables import RecordColumn, RecordTable, record_tables
from kepu_docs.registry import Registry
from kepu_docs.schema.quantity import Count

_SHOWING: Final = (
    words.NO_UNIT,
    words.YEAR,
    "default",
    "d",
    "date",
    "count",
    "number",
    "join",
    "phrase",
    "percent",
    "money",
)
"""Filters whose output can be read back as a value."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The meaning of a placeholder.

    ``kind`` is the section kind, empty for the record itself. A ``field`` has its ``column``. A ``stated`` one is a sum
    that a section computes, or states in the field of ``column``; ``computed`` is the computed fact. An ``entry`` is a
    field of an entry of ``entries``. A ``box`` ticks ``column``, or its opposite if ``says_no``. ``text`` is that of
    the section, or the whole text. ``is_joined`` says that a list is joined by one sign throughout.
    """

    what: Literal["field", "stated", "entry", "box", "text", "number", "computed"]
    kind: str = ""
    column: RecordColumn | None = None
    computed: str = ""
    entries: str = ""
    says_no: bool = False
    is_joined: bool = False


COMPUTED: Final = Meaning("computed")


class PlaceholderFacts:
    """Finds the meaning of placeholders, with the section kinds and names of one registry."""

    def __init__(self, registry: Registry, names: FormNames, frame: Known) -> None:
        self._names = names
        self._frame = frame
        self._kinds = registry.kinds
        self._environment = Environment(autoescape=True)
        self._tables: Mapping[tuple[str, ...], RecordTable] = {
            table.path: table for table in record_tables(registry.model)
        }
        self.meaning = lru_cache(5_000)(self._meaning)

    def entries(self, source: str) -> tuple[str, str] | None:
        """Return the kind and the field of the list that a loop iterates over, ``None`` for anything else."""
        node = self._parsed(source)
        while isinstance(node, nodes.Filter) and self._names.word(node.name, words.FILTERS) in (
            words.ROWS,
            words.AT_LEAST,
        ):
            node = node.node
        steps = _steps(node)
        if steps is None or len(steps) != 2:
            return None
        kind = self._names.kind(steps[0])
        if kind is None or kind not in self._kinds:
            return None
        name = self._names.fact((self._frame.names or {}).get(kind, Known()), steps[1])
        return (kind, name) if (kind, name) in self._tables else None

    def _meaning(self, source: str, variable: str, entries: tuple[str, str] | None) -> Meaning:
        """Return the meaning of a placeholder in a loop whose ``variable`` is an entry of ``entries``."""
        node = self._parsed(source)
        if isinstance(node, nodes.CondExpr):
            return self._box(node)
        if isinstance(node, nodes.Call):
            return self._called(node)
        is_joined = False
        while isinstance(node, nodes.Filter) and node.node is not None:
            name = self._names.word(node.name, words.FILTERS)
            if name not in _SHOWING:
                return COMPUTED
            is_joined = is_joined or name == "join"
            node = node.node
        steps = _steps(node)
        if not steps:
            return COMPUTED
        found = self._entry(steps, entries) if steps[0] == variable else self._of_frame(steps)
        return Meaning(found.what, found.kind, found.column, found.computed, found.entries, is_joined=is_joined)

    def _parsed(self, source: str) -> nodes.Node | None:
        try:
            (output,) = Parser(self._environment, f"{{{{ {source} }}}}").parse().body
        except (TemplateSyntaxError, RecursionError, ValueError):
            return None
        return output.nodes[0] if isinstance(output, nodes.Output) and len(output.nodes) == 1 else None

    def _entry(self, steps: list[str], entries: tuple[str, str] | None) -> Meaning:
        if entries is None or len(steps) < 2:
            return COMPUTED
        holder = ((self._frame.names or {})[entries[0]].names or {})[entries[1]].entry or Known()
        path = self._path(holder, steps[1:])
        column = next((each for each in self._tables[entries].columns if each.path == path), None)
        return Meaning("entry", entries[0], column, entries=entries[1]) if column is not None else COMPUTED

    def _of_frame(self, steps: list[str]) -> Meaning:
        first = self._names.word(steps[0], words.NAMES)
        if first == words.FULL_TEXT and len(steps) == 1:
            return Meaning("text")
        if first == words.ROW_NUMBER:
            return Meaning("number")
        fact = self._names.fact(self._frame, steps[0])
        kind = self._names.kind(steps[0]) if fact not in (self._frame.names or {}) else None
        if kind is None and fact in self._kinds:
            kind = fact
        if kind is None:
            path = self._path(self._frame, steps)
            column = next((each for each in self._tables[()].columns if each.path == path), None)
            return Meaning("field", "", column) if column is not None else COMPUTED
        path = self._path((self._frame.names or {})[kind], steps[1:])
        table = self._tables.get((kind,))
        column = next((each for each in table.columns if each.path == path), None) if table else None
        if column is not None:
            return Meaning("field", kind, column)
        stated = {computed: name for _, name, computed in getattr(self._kinds[kind].model, "main_figures", ())}
        if table is not None and len(path) == 1 and path[0] in stated:
            column = next((each for each in table.columns if each.path == (stated[path[0]],)), None)
            if column is not None:
                return Meaning("stated", kind, column, path[0])
        return COMPUTED

    def _path(self, holder: Known, steps: list[str]) -> tuple[str, ...]:
        path: list[str] = []
        for step in steps:
            name = self._names.fact(holder, step)
            if path and holder.what == "figure" and name in Count.model_fields:
                break  # only its number
            path.append(name)
            holder = (holder.names or {}).get(name, Known())
        return tuple(path)

    def _box(self, node: nodes.CondExpr) -> Meaning:
        """Return what a box is ticked for: ``"☑" if X else "□"``, ``"☑" if X == 否 else "□"``."""
        test, says_no = node.test, False
        if not (isinstance(node.expr1, nodes.Const) and isinstance(node.expr2, nodes.Const)):
            return COMPUTED
        if isinstance(test, nodes.Compare) and len(test.ops) == 1 and test.ops[0].op == "eq":
            against = _steps(test.ops[0].expr)
            if against is None or self._names.word(against[0], words.CONSTANTS) != "false":
                return COMPUTED
            test, says_no = test.expr, True
        steps = _steps(test)
        found = self._of_frame(steps) if steps else COMPUTED
        if found.what != "field" or found.column is None or found.column.cell != "truth":
            return COMPUTED
        return Meaning("box", found.kind, found.column, says_no=says_no)

    def _called(self, node: nodes.Call) -> Meaning:
        name = self._names.word(node.node.name, words.NAMES) if isinstance(node.node, nodes.Name) else ""
        if name != words.SECTION or not node.args or not isinstance(node.args[0], nodes.Const):
            return COMPUTED
        kind = self._names.kind(str(node.args[0].value))
        return Meaning("text", kind) if kind is not None else COMPUTED


def _steps(node: nodes.Node | None) -> list[str] | None:
    """Return the names of a chain with dots, ``None`` for anything else."""
    steps: list[str] = []
    while isinstance(node, nodes.Getattr):
        steps.append(node.attr)
        node = node.node
    return [node.name, *reversed(steps)] if isinstance(node, nodes.Name) else None
