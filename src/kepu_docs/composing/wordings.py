"""Alternative wordings of one text; the community and the period decide which of them a document has.

    {% wording %}…{% or %}…{% or %}…{% endwording %}

Each may hold whatever may be in its place: text within a block tag, block tags outside one, and blocks that a folder of
templates replaces one by one. The same community and period always choose the same wordings; a record may request the
first one throughout.
"""

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from typing import Final, TypeAlias

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context

from kepu_docs.schema import WorkSummary

CHOOSE: Final = "__choose"
"""The name of the chooser in a template's context; no template may use it."""

Choose: TypeAlias = Callable[[str, int], int]
"""Returns the number of the wording chosen, from 0 on, at a place of a template."""


def first(place: str, number: int) -> int:
    """Choose the first wording everywhere."""
    return 0


def choice_for(summary: WorkSummary) -> Choose:
    """Return the chooser for a summary: a hash of its community's name, its period and the place."""
    if summary.wording == "plain":
        return first
    period = summary.period
    seed = blake2b(f"{summary.community.name} {period.start} {period.end}".encode()).digest()

    @cache  # each way of a wording asks which one is chosen
    def choose(place: str, number: int) -> int:
        return int.from_bytes(blake2b(place.encode(), key=seed, digest_size=8).digest(), "big") % number

    return choose


def chosen(context: Context, place: str, number: int) -> int:
    """Return the number of the wording chosen at a place of a template."""
    choose: Choose = context.parent.get(CHOOSE, first)
    return choose(place, number)


class WordingTag(Extension):
    """The tag ``wording``."""

    tags = {"wording"}  # noqa: RUF012  (an instance variable to jinja2)

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the branches of which one is chosen; a single one is always chosen."""
        line = next(parser.stream).lineno
        # Identified by its number in the template, which does not change when lines above come and go.
        place = f"{parser.name} {parser.free_identifier(line).name}"
        ways: list[list[nodes.Node]] = []
        ended = False
        while not ended:
            ways.append(parser.parse_statements(("name:or", "name:endwording")))
            ended = next(parser.stream).value == "endwording"
        function = nodes.ImportedName(f"{chosen.__module__}.{chosen.__name__}")
        values: list[nodes.Expr] = [nodes.ContextReference(), nodes.Const(place), nodes.Const(len(ways))]

        def taken(number: int) -> nodes.Compare:
            call = nodes.Call(function, values, [], None, None, lineno=line)
            return nodes.Compare(call, [nodes.Operand("eq", nodes.Const(number))], lineno=line)

        *others, last = ways
        branches = [nodes.If(taken(number), way, [], [], lineno=line) for number, way in enumerate(others)]
        whole = branches[0] if branches else nodes.If(nodes.Const(1), last, [], [], lineno=line)
        if branches:
            whole.elif_, whole.else_ = branches[1:], last
        return whole
