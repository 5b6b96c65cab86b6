"""Several wordings of one text; which of them a document has is chosen by its community and its time.

    {% wording %}…{% or %}…{% or %}…{% endwording %}

Each may hold what may stand in its place: text within a block tag, block tags outside one, and blocks that a folder of
templates replaces one by one. The same community and time choose the same wordings; a record may ask for the first.
"""

from collections.abc import Callable
from hashlib import blake2b
from typing import Final, TypeAlias

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context

from kepu_docs.schema import WorkSummary

CHOOSE: Final = "__choose"
"""Under this name that which chooses is in a template's context; no template may name it."""

Choose: TypeAlias = Callable[[str, int], int]
"""Returns which of so many wordings is taken at a place of a template, from 0 on."""


def first(place: str, number: int) -> int:
    """Choose the first wording everywhere."""
    return 0


def choice_for(summary: WorkSummary) -> Choose:
    """Return what chooses the wordings of a summary: a hash of its community's name, its time and the place."""
    if summary.wording == "plain":
        return first
    period = summary.period
    seed = blake2b(f"{summary.community.name} {period.start} {period.end}".encode()).digest()

    def choose(place: str, number: int) -> int:
        return int.from_bytes(blake2b(place.encode(), key=seed, digest_size=8).digest(), "big") % number

    return choose


def chosen(context: Context, place: str, number: int) -> int:
    """Return which of so many wordings is taken at a place of a template."""
    choose: Choose = context.get(CHOOSE, first)
    return choose(place, number)


class WordingTag(Extension):
    """The tag."""

    tags = {"wording"}  # noqa: RUF012  (an instance variable to jinja2)

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the branches of which one is taken; one that stands alone is always taken."""
        line = next(parser.stream).lineno
        # Known by its number in the template, which lines above that come and go do not change.
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
