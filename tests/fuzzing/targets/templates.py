"""Untrusted wording templates: made from a grammar of tags, filters and expressions, and composed."""

import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzzing.frame import Bytes, Target
from tests.fuzzing.mutating import texts

import kepu_docs
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.template_folder import read_templates
from kepu_docs.schema import WorkSummary

_FOLDER = tempfile.TemporaryDirectory(prefix="fuzzing-")

FILTERS: Final = (
    "abs", "capital", "clause", "count", "counted('{} a', '{} b')", "date", "default('x')", "dictsort", "few", "few('{names}等{count}家')", "first",
    "float", "groupby('topic')", "int", "join", "join('、')", "join_list", "last", "length", "list", "lower", "map('upper')", "map(attribute='topic')",
    "map('length')", "map('list')", "max", "min", "money", "number", "percent", "period", "phrase('{}')", "phrase('甲{}乙')", "quote", "reject('in', [1])",
    "rejectattr('topic')", "reverse", "round(2)", "select('string')", "selectattr('topic')", "sentence", "series", "sort", "stop", "string", "sum",
    "sum(start=[])", "present", "trim", "unique", "upper", "when",
)  # fmt: skip
ATOMS: Final = (
    "section", "section.sessions", "section.held", "section.attendance", "section.narrative", "community", "community.name", "period", "none", "true",
    "1", "0", "-1", "99999", "1.5", "'x'", "'{}'", "'年'", "''", "[]", "{}", "[1, 2]", "range(9)", "range(99999)", "dict(a=1)", "kind_label('training')",
    "field_label('topic')", "section.kind", "nothing", "x", "loop.index", "period.year", "opening", "title",
)  # fmt: skip
OPERATORS: Final = ("+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", ">=", "in", "not in", "and", "or")


class Grammar:
    """Makes templates at random."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._left = 60

    def template(self) -> str:
        """Return a template."""
        return "\n".join(self._piece() for _ in range(self._random.randrange(1, 6)))

    def _expression(self) -> str:
        self._left -= 1
        random = self._random
        if self._left <= 0:
            return random.choice(ATOMS)
        match random.randrange(10):
            case 0 | 1:
                return f"({self._expression()} {random.choice(OPERATORS)} {self._expression()})"
            case 2 | 3 | 4 | 5:
                return f"({self._expression()}|{random.choice(FILTERS)})"
            case 6:
                return f"[{self._expression()}, {self._expression()}]"
            case 7:
                return f"({self._expression()} if {self._expression()} else {self._expression()})"
            case 8:
                return f"({self._expression()})[{random.choice(('0', '-1', '::-1', ':9', repr('topic')))}]"
            case _:
                return random.choice(ATOMS)

    def _text(self) -> str:
        return "".join(self._random.choice(("甲", "{{ %s }}" % self._expression(), "，")) for _ in range(3))  # noqa: UP031

    def _piece(self) -> str:
        self._left -= 1
        random = self._random
        if self._left <= 0:
            return "{% paragraph %}甲{% endparagraph %}"
        match random.randrange(11):
            case 0:
                return f"{{% heading %}}{self._text()}{{% endheading %}}"
            case 1 | 2 | 3:
                return f"{{% paragraph %}}{self._text()}{{% endparagraph %}}"
            case 4:
                return f"{{% item lead={self._expression()} %}}{self._text()}{{% enditem %}}"
            case 5:
                return f"{{% paragraphs {self._expression()} %}}"
            case 6:
                return f"{{% points {self._expression()} %}}"
            case 7:
                return f"{{% table {self._expression()}, columns={random.choice(('[' + repr('topic') + ']', self._expression()))} %}}"
            case 8:
                return f"{{% for x in {self._expression()} %}}{self._piece()}{{% endfor %}}"
            case 9:
                return f"{{% set x = {self._expression()} %}}{self._piece()}"
            case _:
                return f"{{% if {self._expression()} %}}{self._piece()}{{% else %}}{self._piece()}{{% endif %}}"


@cache
def _summary() -> WorkSummary:
    sessions = [{"topic": "应急救护", "attendance": 60, "held_on": "2025-04-12"}, {"topic": "识谣"}]
    sections = [{"kind": "training", "sessions": sessions, "narrative": ["甲。"]}]
    return kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "sections": sections})


def check(data: bytes) -> None:
    """Compose a small record with the template of a stranger."""
    folder = Path(_FOLDER.name)
    shutil.rmtree(folder / "t", ignore_errors=True)
    path = folder / "t" / "zh_Hans" / "sections" / "training.jinja"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    registry = default_engine().registry
    document = registry.composer("zh_Hans", read_templates(folder / "t", registry)).compose(_summary())
    assert "object at 0x" not in repr(document)


def seeds() -> Iterator[bytes]:
    """Yield the wording that is shipped, and templates made at random."""
    shipped = Path(kepu_docs.__file__).parents[2] / "templates" / "kepu_templates" / "zh_Hans" / "sections"
    for path in sorted(shipped.glob("*.jinja")):
        yield path.read_bytes()
    for seed in range(30):
        yield Grammar(Random(seed)).template().encode()
    yield b'{% extends "default" %}{% block heading %}x{% endblock %}'


_words = texts(
    (
        *FILTERS,
        *ATOMS,
        *OPERATORS,
        "{{ ",
        " }}",
        "{% ",
        " %}",
        "|",
        "(",
        ")",
        "[",
        "]",
        "endfor",
        "for x in ",
        "if ",
        "set x = ",
        "macro m()",
        "block a",
        "recursive",
        ".",
        "__class__",
    )
)


def mutate(data: bytes, longest: int, seed: int, change: Bytes) -> bytes:
    """Make a template anew, put one more behind it, or change words."""
    random = Random(seed)
    match random.randrange(4):
        case 0:
            return Grammar(random).template().encode()[:longest]
        case 1:
            return (data + Grammar(random).template().encode())[:longest]
        case _:
            return _words(data, longest, seed, change)


def public(data: bytes) -> None:
    """Compose as users do."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "zh_Hans", "sections", "training.jinja")
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        kepu_docs.compose(_summary(), templates=name)


TARGET = Target(check, seeds=seeds, mutate=mutate, public=public, longest=8_192)
