"""The block tags of wording templates: each appends a block to the document under construction.

    {% heading %}…{% endheading %}          level=2, body=text that runs on in its line
    {% paragraph %}…{% endparagraph %}
    {% item %}…{% enditem %}                lead=title that runs in, style="ordinal" | "number" | "bullet"
    {% paragraphs texts %}                  a paragraph for each of the texts
    {% points texts %}                      an item of an ordinal list for each
    {% table rows, columns=[names] %}       caption=text
    {% chart rows, columns=[names] %}       kind="bar" | "line" | "pie" (no chart where it is none), caption=text,
                                            other=name of a category without one

Text outside a tag would vanish, so it is an error when the template is read. Line breaks and indentation inside
a tag's body belong to the template and are dropped; what a record holds has no line breaks.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context

from kepu_docs.blocks import ChartKind, Heading, Item, ListStyle, Paragraph
from kepu_docs.composing.charts import make_chart
from kepu_docs.composing.drafts import Draft, LooseItem, checked
from kepu_docs.composing.tables import make_table
from kepu_docs.locale.formats import Formats

SINK: Final = "__sink"
"""Under this name the blocks under construction are in a template's context; no template may name it."""

_TAGS: Final = {
    "heading": (0, ("body", "level")),
    "paragraph": (0, ()),
    "item": (0, ("lead", "style")),
    "paragraphs": (1, ()),
    "points": (1, ()),
    "table": (1, ("caption", "columns")),
    "chart": (1, ("caption", "columns", "kind", "other")),
}
"""Of each tag: how many values it takes, and its options. A tag without values has a body."""

_layout = re.compile(r"[ \t]*\n[ \t\n]*")


class Sink:
    """Takes the blocks of one section. It has no public name, so the sandbox keeps templates off it."""

    __slots__ = ("_drafts",)

    def __init__(self) -> None:
        self._drafts: list[Draft] = []

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._drafts)

    def _add(self, draft: Draft) -> None:
        self._drafts += checked([draft])


class BlockTags(Extension):
    """The tags."""

    tags = set(_TAGS)  # noqa: RUF012  (an instance variable to jinja2)

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the call that appends the block of the tag at hand."""
        tag = next(parser.stream)
        arguments: list[nodes.Expr] = []
        options: list[nodes.Keyword] = []
        while parser.stream.current.type != "block_end":
            parser.stream.skip_if("comma")
            token = parser.stream.current
            if token.type == "name" and parser.stream.look().type == "assign":
                parser.stream.skip(2)
                options.append(nodes.Keyword(token.value, parser.parse_expression(), lineno=token.lineno))
            else:
                arguments.append(parser.parse_expression())
        self._check_options(tag.value, [option.key for option in options], len(arguments), parser, tag.lineno)
        body: list[nodes.Node] = []
        if not arguments:
            body = parser.parse_statements((f"name:end{tag.value}",), drop_needle=True)
        call = self.call_method(f"_{tag.value}", [nodes.ContextReference(), *arguments], options, lineno=tag.lineno)
        return nodes.CallBlock(call, [], [], body, lineno=tag.lineno)

    def _check_options(self, tag: str, options: list[str], arguments: int, parser: Parser, line: int) -> None:
        expected, names = _TAGS[tag]
        for name in options:
            if name not in names:
                parser.fail(f"the tag {tag} has no option {name}; it has: {', '.join(names) or 'none'}", line)
        if arguments != expected:
            parser.fail(f"the tag {tag} takes {expected} values, not {arguments}", line)

    @property
    def _formats(self) -> Formats:
        return cast("Formats", self.environment.formats)  # type: ignore[attr-defined]

    def _text(self, caller: Callable[[], str]) -> str:
        text = caller()
        if "\n" in text:
            text = _layout.sub(self._formats.line_joint, text)
        return text.strip(" ")

    def _heading(self, context: Context, caller: Callable[[], str], level: int = 1, body: str = "") -> str:
        text = self._text(caller)
        if text:
            text = self._formats.stop(text) + self._formats.line_joint if body else text
            context[SINK]._add(Heading(level, text, body=body))
        return ""

    def _paragraph(self, context: Context, caller: Callable[[], str]) -> str:
        text = self._text(caller)
        if text:
            context[SINK]._add(Paragraph(text))
        return ""

    def _item(
        self, context: Context, caller: Callable[[], str], lead: str | None = None, style: ListStyle = "ordinal"
    ) -> str:
        text = self._text(caller)
        lead = self._formats.stop(lead) if lead else ""
        if lead and text:
            lead += self._formats.line_joint
        if text or lead:
            context[SINK]._add(LooseItem(style, Item(text, lead)))
        return ""

    def _paragraphs(self, context: Context, texts: Iterable[str], caller: Callable[[], str]) -> str:
        for text in texts:
            context[SINK]._add(Paragraph(text))
        return ""

    def _points(self, context: Context, texts: Iterable[str], caller: Callable[[], str]) -> str:
        for text in texts:
            context[SINK]._add(LooseItem("ordinal", Item(self._formats.stop(text))))
        return ""

    def _table(
        self,
        context: Context,
        rows: Sequence[Mapping[str, Any]],
        caller: Callable[[], str],
        columns: Iterable[str],
        caption: str = "",
    ) -> str:
        table = make_table(rows, columns, caption, self._formats, context["period"])
        if table:
            context[SINK]._add(table)
        return ""

    def _chart(
        self,
        context: Context,
        rows: Sequence[Mapping[str, Any]],
        caller: Callable[[], str],
        columns: Iterable[str],
        kind: ChartKind | None = None,
        caption: str = "",
        other: str = "",
    ) -> str:
        chart = kind and make_chart(kind, rows, columns, (caption, other), self._formats, context["period"])
        if chart:
            context[SINK]._add(chart)
        return ""


def check_structure(environment: Environment, source: str, name: str, filename: str) -> None:
    """Raise ``TemplateSyntaxError`` where ``source`` has text outside a block tag, or a name that is ours."""
    tree = environment.parse(source, name, filename)
    for found in tree.find_all(nodes.Name):
        if found.name.startswith("__"):
            raise TemplateSyntaxError(
                f"no name may begin with two underscores: {found.name}", found.lineno, name, filename
            )
    _check_body(tree.body, name, filename)


def _check_body(body: Iterable[nodes.Node], name: str, filename: str) -> None:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    if not (isinstance(part, nodes.TemplateData) and not part.data.strip()):
                        raise TemplateSyntaxError("text outside a block tag", _first_line(part), name, filename)
            case nodes.CallBlock() if not isinstance(node.call.node, nodes.ExtensionAttribute):
                raise TemplateSyntaxError("a call outside a block tag", node.lineno, name, filename)
            case nodes.CallBlock() | nodes.Macro() | nodes.AssignBlock():
                pass
            case nodes.If():
                _check_body([*node.body, *node.elif_, *node.else_], name, filename)
            case nodes.For():
                _check_body([*node.body, *node.else_], name, filename)
            case nodes.With() | nodes.Block() | nodes.Scope() | nodes.FilterBlock():
                _check_body(node.body, name, filename)


def _first_line(part: nodes.Node) -> int:
    """Return the line where the text begins that is not blank."""
    if isinstance(part, nodes.TemplateData):
        blank = len(part.data) - len(part.data.lstrip())
        return part.lineno + part.data[:blank].count("\n")
    return part.lineno
