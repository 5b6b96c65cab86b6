"""The YAML parser's errors in words for the writer of a record, at the place of the cause."""

import re
from typing import Any, Final

import yaml

from kepu_docs.errors import N_, Fault
from kepu_docs.errors.visible import excerpt
from kepu_docs.late_patterns import late_pattern
from kepu_docs.reading.spots import Position

FULL_WIDTH_COLON: Final = N_(
    "a full-width colon “：”, but YAML needs a half-width colon and a space; write “key: value”"
)
NO_SPACE: Final = N_("a space is missing after the colon; write “key: value”")

_QUOTES: Final = N_("text cannot begin with “{sign}” unless it is in quotes")

_KEY: Final = r"""\s*+(?:-\s++)*+[^\s"'#:：\[{][^:：#]*+"""
_full_width_key = late_pattern(rf"{_KEY}(：)")
_tight_key = late_pattern(rf"{_KEY}(:)[^\s:/]")
_key = late_pattern(rf"{_KEY}:(?:\s|$)")


def position(mark: Any) -> Position:
    """Return a mark of either parser (they share no class) counted from 1."""
    return Position(mark.line + 1, mark.column + 1)


def explain(error: yaml.MarkedYAMLError, text: str, name: str) -> Fault:
    """Return the fault that caused a syntax error: what was found, and what to write instead."""
    # Marks count only \r\n, \r and \n as line ends; other line ends were refused before.
    lines = re.split(r"\r\n?|\n", text)
    end = Position(len(lines), len(lines[-1]) + 1)
    # The parser adds a line end to a text without one, and may report an error after it.
    at = min(position(error.problem_mark or error.context_mark), end)
    context = min(position(error.context_mark), end) if error.context_mark else at
    where, message, values = _cause(f"{error.context or ''}: {error.problem or ''}", at, context, lines)
    return Fault(where.place(name), message, tuple(values.items()))


def _cause(
    complaint: str, at: Position, context: Position, lines: list[str]
) -> tuple[Position, str, dict[str, object]]:
    def has(*words: str) -> bool:
        return any(word in complaint for word in words)

    line = lines[at.line - 1]
    character = line[at.column - 1 : at.column]

    if has("scanning a quoted scalar") and has("end of stream", "document"):
        return context, N_("the quotation mark opened here is never closed"), {}
    if has("escape", "hexdecimal", "hexadecimal"):
        text = N_(
            "a backslash in \"double quotes\" begins a special character; for a literal backslash, use 'single quotes'"
        )
        return at, text, {}
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent and has("cannot start any token", "expected key", "block end", "a tab"):
        return Position(at.line, indent.index("\t") + 1), N_("this line is indented with a tab; use spaces"), {}
    if has("flow node") and at == Position(len(lines), len(lines[-1]) + 1):
        return at, N_("the record ends here, but an earlier “[” or “{” is not closed"), {}
    if has("node content"):
        return at, _QUOTES, {"sign": excerpt(character)}
    if has("cannot start any token", "scanning an alias", "scanning an anchor", "a tag", "a directive"):
        where = at if has("cannot start") else context
        sign = lines[where.line - 1][where.column - 1 : where.column]
        if sign == "\t":
            return where, N_("a tab; use spaces"), {}
        return where, _QUOTES, {"sign": sign}
    if has("block scalar"):
        return at, N_("the text after “|” or “>” must begin on the next line, indented"), {}

    # A key with a wrong colon is text to the parser, which fails at the next correct one.
    stumbled = has("mapping values are not allowed", "could not find expected ':'")
    suspects = dict.fromkeys((context.line, at.line, *_line_before(at.line, lines))) if stumbled else ()
    for pattern, text in ((_full_width_key, FULL_WIDTH_COLON), (_tight_key, NO_SPACE)):
        for number in suspects:
            found = pattern.match(lines[number - 1])
            if found:
                return Position(number, found.start(1) + 1), text, {}

    if has("flow mapping", "flow sequence"):
        opened = lines[context.line - 1][context.column - 1 : context.column]
        text = N_("the “{sign}” opened on line {line} is not closed before this point, or a comma is missing")
        return at, text, {"sign": opened, "line": context.line}
    if has("mapping values are not allowed"):
        if _key.match(line) and ":" in line[: at.column - 1]:
            return at, N_("a second colon on this line; put text with a colon and a space in quotes"), {}
        text = N_("this line is indented more than its neighbours, but the value before it is already complete")
        return at, text, {}
    if has("sequence entries are not allowed"):
        return at, N_("the dash of an entry is not allowed here; begin each entry on a line of its own"), {}
    if has("could not find expected ':'"):
        text = N_("“{found}” is neither a key with a colon nor the continuation of a value; write “key: value”")
        return context, text, {"found": excerpt(lines[context.line - 1].strip())}
    if has("block mapping", "block collection", "block sequence"):
        if line[: at.column - 1].rstrip().endswith(('"', "'", "]", "}")):
            text = N_(
                "there must be nothing after the closing “{sign}” on its line; if it belongs to the "
                "text, put the whole text in quotes of the other kind"
            )
            return at, text, {"sign": line[: at.column - 1].rstrip()[-1]}
        text = N_("“{sign}” is not aligned with the entries that begin on line {line}; check the indentation")
        return at, text, {"sign": excerpt(character), "line": context.line}
    if has("document start"):
        return at, N_("this line is not aligned with the first key; check the indentation"), {}
    return at, N_("this is not valid YAML: {problem}"), {"problem": complaint.strip(": ")}


def _line_before(number: int, lines: list[str]) -> list[int]:
    """Return the number of the last line before ``number`` that is not blank, if there is one."""
    return next(([n] for n in range(number - 1, 0, -1) if lines[n - 1].strip()), [])
