"""Every regular expression takes time proportional to its text, for any text, judged by the patterns themselves."""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

import pytest

from kepu_docs.importing.facts.kinds import Kinds
from kepu_docs.importing.facts.sentences import Facts
from kepu_docs.late_patterns import LatePattern
from kepu_docs.pipeline import default_engine
from tests.patterns import Machine

ROOTS: Final = ("src", "plugins")
CALLS: Final = frozenset({"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
AT_ONE_PLACE: Final = frozenset({"match", "fullmatch", "pattern"})
"""What is asked of a pattern that is not looked for: it stands at one place, or not."""

REASONS: Final = {
    "kepu_docs.reading.toml_places._token": (
        "a round that fails ends the repeat, which is possessive, and the token with it: it never fails as a whole"
    ),
    "kepu_excel.formulas._token": (
        "something matches at every place, so nothing is looked for; runs are possessive, and each is gone through three"
        " times at most"
    ),
    "kepu_docs.reading.communities._LEADING": "of names, which have at most 20 characters; it is done after each word",
}
"""Patterns of which more is known than can be seen."""


MATCHED: Final = {
    "kepu_docs.importing.structure.numbering_marks._SHAPES",
    "kepu_docs.reading.yaml_faults._full_width_key",
    "kepu_docs.reading.yaml_faults._tight_key",
}
"""Patterns that go through other names, and are only matched at the begin of a line."""


class Use(NamedTuple):
    """A pattern, and how it is used: whether it is looked for anywhere, and whether it must reach to the end."""

    pattern: "re.Pattern[Any]"
    searched: bool
    whole: bool


@cache
def modules() -> tuple[ModuleType, ...]:
    names = [path.name for root in ROOTS for path in sorted(Path(root).iterdir()) if (path / "__init__.py").exists()]
    found = []
    for name in names:
        package = importlib.import_module(name)
        found.append(package)
        found += [
            importlib.import_module(each.name)
            for each in pkgutil.walk_packages(package.__path__, f"{name}.")
            # The latter lets Ctrl-C be ignored where it is imported.
            if not each.name.endswith(("__main__", "forkserver_preload"))
        ]
    return tuple(found)


@cache
def patterns() -> dict[str, Use]:
    found: dict[str, Use] = {}
    for module in modules():
        tree = ast.parse(inspect.getsource(module))
        asked = _asked(tree)
        for name, value in vars(module).items():
            if getattr(value, "__module__", module.__name__) == module.__name__ or isinstance(
                value, re.Pattern | LatePattern
            ):
                for number, pattern in enumerate(_within(value)):
                    asks = asked.get(name, set())
                    key = f"{module.__name__}.{name}" + (f" {number}" if number else "")
                    at_one_place = key.partition(" ")[0] in MATCHED or (asks and asks <= AT_ONE_PLACE)
                    found[key] = Use(pattern, not at_one_place, "fullmatch" in asks)
        for line, call, source in _called(tree, module):
            found[f"{module.__name__}:{line}"] = Use(re.compile(source), call not in AT_ONE_PLACE, call == "fullmatch")
        if module.__name__.startswith("kepu_docs.sections."):
            found |= {f"{module.__name__}:{text}": Use(re.compile(text), True, False) for text in _of_sentences(module)}
    return found | _of_recognition()


def _of_sentences(module: ModuleType) -> Iterator[str]:
    """Yield the constants of a kind's module, which :class:`Sentence` compiles when it looks for them."""
    for name, value in vars(module).items():
        if re.fullmatch("_[A-Z_]+", name):
            values = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
            yield from (each for each in values if isinstance(each, str))


def _of_recognition() -> dict[str, Use]:
    """Return the patterns by which the installed kinds are recognised in old documents, as they are compiled for that."""
    engine = default_engine()
    made = (Kinds(engine.registry, engine.languages.vocabulary), Facts(engine.registry))
    return {
        f"recognition:{pattern.pattern}": Use(pattern, True, False)
        for each in made
        for value in vars(each).values()
        for pattern in _within(value)
    }


def _asked(tree: ast.AST) -> dict[str, set[str]]:
    """Return what is asked of the names of a module; of one that stands alone anywhere, that nobody knows."""
    asked: dict[str, set[str]] = {}
    of_names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            asked.setdefault(node.value.id, set()).add(node.attr)
            of_names.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in of_names:
            asked.setdefault(node.id, set()).add("?")
    return asked


def _within(value: Any, depth: int = 0) -> Iterator["re.Pattern[Any]"]:
    """Yield the patterns in a value of a module, those of rules among them, which are compiled when they are wanted."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 4 or isinstance(value, type | ModuleType):
        return
    elif isinstance(value, dict):
        for each in value.values():
            yield from _within(each, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from _within(each, depth + 1)
    elif type(value).__module__.startswith("kepu_"):
        slots = [name for each in type(value).__mro__ for name in getattr(each, "__slots__", ())]
        for name in ("_compiled", "_any", "_each", *getattr(value, "__dict__", ()), *slots):
            yield from _within(getattr(value, name, None), depth + 1)


def _called(tree: ast.AST, module: ModuleType) -> Iterator[tuple[int, str, str]]:
    """Yield line, function and pattern of the calls of ``re``'s own functions."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.func.attr in CALLS:
            try:
                source = eval(compile(ast.Expression(node.args[0]), "", "eval"), dict(vars(module)))  # noqa: S307
            except NameError:
                assert f"{module.__name__}:{ast.unparse(node.args[0])}" in MADE, ast.unparse(node.args[0])
                continue
            yield node.lineno, node.func.attr, source


MADE: Final = {
    "kepu_docs.output.workbooks:b'<%s(?: [^<>]{0,200})?>%s</' % (name, MADE.encode())",
    "kepu_docs.cli.usage_texts:re.sub('\\\\\\\\\\\\{(\\\\w+)\\\\\\\\\\\\}', '(?P<\\\\1>.+)', re.escape(template))",
    "kepu_docs.contract.recognition:pattern",
    "kepu_docs.importing.facts.kinds:pattern",
    "kepu_rules.policies:policy.unless",
    "kepu_docs.testing.renderer_contract:pattern",
    "kepu_docs.typography.titles:f'(?={re.escape(word)})'",
}
"""Patterns that are made of values: of our own texts, of words as they stand."""


@pytest.mark.deep
def test_patterns_are_linear() -> None:
    # One test for all: to look for them takes seconds, which each worker would need to name tests of its own.
    slow = {
        name: found
        for name, use in sorted(patterns().items())
        if name.partition(" ")[0] not in REASONS
        and (found := list(Machine(use.pattern).slow(searched=use.searched, whole=use.whole)))
    }
    assert slow == {}
    assert len(patterns()) > 300


@pytest.mark.deep
def test_reasons_are_of_patterns() -> None:
    assert {*REASONS, *MATCHED} <= {name.partition(" ")[0] for name in patterns()}


@pytest.mark.parametrize(
    ("source", "searched", "whole"),
    [
        (r"\s+x", True, False),
        (r"\s++x", True, False),
        (r"\s*\s*x", False, True),
        (r"(a+)+b", False, False),
        (r"(?:a|ab|b)*c", False, False),
        (r"、(?![^《》]*》)", True, False),
        (r"a(?=[a-z]*1)", True, False),
        (r"[a-z]+(?=1)", True, False),
        (r".{0,300}x", True, False),
        (r"a+?(?:a+b|)", True, False),
        (r"(?i:[A-Z]+)a*1", False, False),
        (r"<c [^>]*>", True, False),
    ],
)
def test_what_is_slow_is_seen(source: str, searched: bool, whole: bool) -> None:
    assert list(Machine(re.compile(source)).slow(searched=searched, whole=whole))


@pytest.mark.parametrize(
    ("source", "searched", "whole"),
    [
        (r"(?<!\s)\s++x", True, False),
        (r"\s*+\s*x", False, True),
        (r"(?:a++)+b", False, False),
        (r"a+", True, False),
        (r"\b\w+x", True, False),
        (r"^\w+x", True, False),
        (r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', True, False),
        (r"<c [^<>]*+>", True, False),
        (r".{0,100}x", True, False),
        (r"(?:\s*+,)?\s*+x", False, True),
    ],
)
def test_what_is_not_is_left_alone(source: str, searched: bool, whole: bool) -> None:
    assert list(Machine(re.compile(source)).slow(searched=searched, whole=whole)) == []
