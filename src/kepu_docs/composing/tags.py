"""The block tags of wording templates: each appends a block to the document under construction.

    {% heading %}…{% endheading %}          level=2, body=text that runs on in its line
    {% paragraph %}…{% endparagraph %}
    {% item %}…{% enditem %}                lead=title that runs in, style="ordinal" | "number" | "bullet"
    {% paragraphs texts %}                  a paragraph for each of the texts
    {% points texts %}                      an item of an ordinal list for each
    {% table rows, columns=[names] %}       caption=text
    {% chart rows, columns=[names] %}       kind="bar" | "line" | "pie" (no chart without it), caption=text,
                                            other=name of a category without one

Text outside a tag would vanish, so it is an error when the template is read. Line breaks and indentation inside
a tag's body belong to the template and are dropped; what a record holds has no line breaks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context

from kepu_docs.blocks import ChartKind, Heading, Item, ListStyle, Paragraph
from kepu_docs.composing.drafts import Draft, LooseItem, sound
from kepu_docs.composing.problems import WordingSyntaxError
from kepu_docs.composing.tables_and_charts import make_chart, make_table
from kepu_docs.errors import N_, Message
from kepu_docs.locale.formats import Formats

SINK: Final = "__sink"
"""The name of the blocks under construction in a template's context; no template may use it."""

_TAGS: Final = {
    "heading": (0, ("body", "level")),
    "paragraph": (0, ()),
    "item": (0, ("lead", "style")),
    "paragraphs": (1, ()),
    "points": (1, ()),
    "table": (1, ("caption", "columns")),
    "chart": (1, ("caption", "columns", "kind", "other")),
}
"""For each tag: how many values it takes, and its options. A tag without values has a body."""

_BLANK: Final = " \t"
_layout = re.compile(r"(?<![ \t])[ \t]*+\n[ \t\n]*+")


class Sink:
    """Takes the blocks of one section. It has no public names, so the sandbox gives templates no access to it."""

    __slots__ = ("_drafts",)

    def __init__(self) -> None:
        self._drafts: list[Draft] = []

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._drafts)

    def _add(self, draft: Draft) -> None:
        self._drafts.append(sound(draft))


def _failed(parser: Parser, line: int, problem: Message) -> WordingSyntaxError:
    return WordingSyntaxError(problem, line, parser.name or "", parser.filename or "")


class BlockTags(Extension):
    """The tags."""

    tags = set(_TAGS)  # noqa: RUF012  (an instance variable to jinja2)

    def parse(self, parser: Parser) -> nodes.Node:
        """Return the call that appends the block of the current tag; :mod:`kepu_docs.composing.code` writes it."""
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
        call = self.call_method(f"_{tag.value}", arguments, options, lineno=tag.lineno)
        return nodes.CallBlock(call, [], [], body, lineno=tag.lineno)

    def _check_options(self, tag: str, options: list[str], arguments: int, parser: Parser, line: int) -> None:
        expected, names = _TAGS[tag]
        for name in options:
            if name not in names:
                text = N_("the tag {tag} has no option {name}; it has: {known}")
                raise _failed(parser, line, Message.of(text, tag=tag, name=name, known=", ".join(names) or "-"))
        if arguments != expected:
            text = N_("the tag {tag} takes {expected} values, but has {found}")
            raise _failed(parser, line, Message.of(text, tag=tag, expected=expected, found=arguments))

    @property
    def _formats(self) -> Formats:
        return self.environment.formats  # type: ignore[attr-defined, no-any-return]

    def _choices(self, context: Context) -> Mapping[str, frozenset[str]]:
        """Return the fields of the current section that are choices."""
        match context.get("section"):
            case {"kind": str(kind)}:
                found: Mapping[str, frozenset[str]] = self.environment.choices(kind)  # type: ignore[attr-defined]
                return found
            case _:
                return {}

    @staticmethod
    def _nouns(context: Context) -> tuple[str, str]:
        """Return the nouns, for one and for several, for the members of the current summary."""
        return context.get("member") or "", context.get("members") or ""

    def _text(self, body: str) -> str:
        if "\n" in body:
            joint = self._formats.line_joint
            if joint.strip(" "):
                body = _layout.sub(joint, body)
            else:
                # At either end nothing remains of a line break.
                first, *others, last = body.split("\n")
                lines = [first.rstrip(_BLANK), *[line.strip(_BLANK) for line in others], last.lstrip(_BLANK)]
                body = joint.join(filter(None, lines))
        return body.strip(" ")

    def _heading(self, context: Context, text: str, level: int = 1, body: str = "") -> None:
        text = self._text(text)
        if text:
            if body:
                text, body = self._formats.stop(text) + self._formats.line_joint, self._text(body)
            context.parent[SINK]._add(Heading(level, text, "", body))

    def _paragraph(self, context: Context, text: str) -> None:
        text = self._text(text)
        if text:
            context.parent[SINK]._add(Paragraph(text))

    def _item(self, context: Context, text: str, lead: str | None = None, style: ListStyle = "ordinal") -> None:
        text = self._text(text)
        lead = self._formats.stop(lead) if lead else ""
        if lead and text:
            lead += self._formats.line_joint
        if text or lead:
            context.parent[SINK]._add(LooseItem(style, Item(text, lead)))

    def _paragraphs(self, context: Context, texts: Iterable[str]) -> None:
        for text in texts:
            context.parent[SINK]._add(Paragraph(text))

    def _points(self, context: Context, texts: Iterable[str]) -> None:
        for text in texts:
            context.parent[SINK]._add(LooseItem("ordinal", Item(self._formats.stop(text))))

    def _table(
        self, context: Context, rows: Sequence[Mapping[str, Any]], columns: Iterable[str], caption: str = ""
    ) -> None:
        table = make_table(
            rows, columns, caption, self._formats, context["period"], self._choices(context), self._nouns(context)
        )
        if table:
            context.parent[SINK]._add(table)

    def _chart(
        self,
        context: Context,
        rows: Sequence[Mapping[str, Any]],
        columns: Iterable[str],
        kind: ChartKind | None = None,
        caption: str = "",
        other: str = "",
    ) -> None:
        chart = kind and make_chart(
            kind,
            rows,
            columns,
            (caption, other),
            self._formats,
            context["period"],
            self._choices(context),
            self._nouns(context),
        )
        if chart:
            context.parent[SINK]._add(chart)
