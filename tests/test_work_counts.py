"""How much work the first second and each document take: what is imported, compiled, opened and called, never how long.

A count that grows past its bound makes a test fail, which says what there was. Where the work is wanted, and where it became
less, put today's counts with their headroom, which ``python -m tests.test_work_counts`` prints, into ``BOUNDS``.
"""

import os
import subprocess
import sys
import tempfile
from ast import literal_eval
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[1]
RECORDS: Final = sorted((ROOT / "docs" / "examples").glob("*.yaml"))
RECORD: Final = RECORDS[0]
KINDS: Final = ("activities", "leadership", "training")
"""The section kinds of the record."""

COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "import kepu_docs": (),
    "--help in English": ("--ui-locale", "en", "--help"),
    "--help in Chinese": ("--ui-locale", "zh_Hans", "--help"),
    "render": ("render", str(RECORD), "-f", "docx", "-o", "out"),
    "check": ("check", str(RECORD)),
}

CALLS: Final = "the example records"
_CACHE: Final = "KEPU_DOCS_CACHE"

# About 15 % above what was counted with Python 3.11.
COUNTED_WITH: Final = (3, 11)
OF_ONE_PYTHON: Final = ("modules of others", "patterns compiled", "texts compiled")
"""What depends on the standard library, and is compared with the same Python alone."""
BOUNDS: Final[Mapping[str, Mapping[str, int]]] = {
    "import kepu_docs": {
        "modules of kepu_docs": 6,
        "modules of plugins": 0,
        "modules of others": 35,
        "patterns compiled": 28,
        "texts compiled": 37,
        "templates compiled": 0,
        "files opened": 0,
        "catalogues read": 0,
        "kinds built": 0,
    },
    "--help in English": {
        "modules of kepu_docs": 35,
        "modules of plugins": 0,
        "modules of others": 119,
        "patterns compiled": 93,
        "texts compiled": 87,
        "templates compiled": 0,
        "files opened": 0,
        "catalogues read": 0,
        "kinds built": 0,
    },
    "--help in Chinese": {
        "modules of kepu_docs": 46,
        "modules of plugins": 1,
        "modules of others": 140,
        "patterns compiled": 97,
        "texts compiled": 106,
        "templates compiled": 0,
        "files opened": 2,
        "catalogues read": 1,
        "kinds built": 0,
    },
    "render": {
        "modules of kepu_docs": 203,
        "modules of plugins": 78,
        "modules of others": 338,
        "patterns compiled": 216,
        "texts compiled": 2098,
        "templates compiled": 0,
        "files opened": 29,
        "catalogues read": 5,
        "kinds built": 3,
    },
    "check": {
        "modules of kepu_docs": 219,
        "modules of plugins": 57,
        "modules of others": 335,
        "patterns compiled": 235,
        "texts compiled": 2006,
        "templates compiled": 0,
        "files opened": 5,
        "catalogues read": 2,
        "kinds built": 3,
    },
    "the example records": {
        "calls of composing": 6126,
        "calls of rendering docx": 709,
        "calls of rendering md": 834,
        "calls of rendering txt": 723,
        "calls of rendering html": 1036,
    },
}

# Other programs' packages that only some commands use, and parts of the library that none of these does.
_OTHERS: Final = ("PIL", "docx", "markdown_it", "opencc", "openpyxl", "pandas", "python_calamine", "rich", "sqlalchemy",
    "starlette", "typst", "uvicorn", "watchfiles", "xlsxwriter")  # fmt: skip
_STANDARD: Final = ("http", "multiprocessing", "sqlite3", "unittest", "xml")
_PARTS: Final = ("kepu_docs.batch", "kepu_docs.preview", "kepu_docs.rollups", "kepu_docs.testing")
_HELP: Final = (*_OTHERS, *_STANDARD, *_PARTS,
    "asyncio", "concurrent", "csv", "html", "importlib.metadata", "jinja2", "kepu_docs.checking", "kepu_docs.composing",
    "kepu_docs.importing", "kepu_docs.isolation", "kepu_docs.pipeline", "kepu_docs.registry", "kepu_docs.schema",
    "kepu_docs.sections", "kepu_docs.starters", "kepu_excel", "kepu_html", "kepu_markdown", "kepu_pdf", "kepu_rules",
    "kepu_sources", "kepu_text", "kepu_word", "lxml", "pluggy", "pydantic", "secrets", "socket", "ssl", "statistics",
    "tomllib", "yaml")  # fmt: skip

_ONE_RECORD: Final = ("asyncio", "concurrent", "filelock", "kepu_docs.pipeline.forms", "kepu_docs.pipeline.own_templates",
    "kepu_docs.pipeline.preparing", "kepu_docs.pipeline.template_check", "kepu_docs.pipeline.traditional",
    "kepu_docs.starters", "ssl", "statistics")  # fmt: skip

# What a command has no use for, and does not import. A name stands for all that is in the package.
ABSENT: Final[Mapping[str, tuple[str, ...]]] = {
    "import kepu_docs": (*_HELP, "babel", "decimal", "email", "kepu_docs.cli", "kepu_templates", "logging", "shutil",
        "subprocess", "tempfile", "threading", "typer", "zipfile"),
    "--help in English": (*_HELP, "babel", "decimal", "email", "kepu_templates", "random", "tempfile", "zipfile"),
    "--help in Chinese": _HELP,
    "render": (*_OTHERS, *_STANDARD, *_PARTS, *_ONE_RECORD, "kepu_docs.checking", "kepu_docs.importing", "kepu_rules.rules"),
    "check": (*_OTHERS, *_STANDARD, *_PARTS, *_ONE_RECORD, "lxml"),
}  # fmt: skip


@pytest.mark.parametrize("work", COMMANDS)
def test_a_command_does_no_more_than_it_did(work: str) -> None:
    did = _done(work)
    _compare(work, {name: len(things) for name, things in _by_name(did).items()}, _by_name(did))


@pytest.mark.parametrize("work", ABSENT)
def test_a_command_does_not_import_what_it_has_no_use_for(work: str) -> None:
    imported = _done(work)["modules"]
    found = [name for name in imported if any(f"{name}.".startswith(f"{each}.") for each in ABSENT[work])]
    assert not found, f"{work} imports {', '.join(found)}; import them where they are used, not with the module"


def test_a_second_run_compiles_no_template() -> None:
    assert not _done("render")["templates compiled"]


def test_only_the_models_of_the_records_kinds_are_built() -> None:
    assert set(_done("render")["kinds built"]) <= set(KINDS)


def test_composing_and_rendering_call_no_more_functions_than_they_did() -> None:
    counts = _calls()
    _compare(CALLS, counts, {})


def test_a_count_that_grew_is_named_with_what_it_counts() -> None:
    grown = {**BOUNDS["check"], "kinds built": 13}
    with pytest.raises(
        AssertionError, match=r"check: kinds built: 13, which was at most \d+; .* They are: funding, team"
    ):
        _compare("check", grown, {"kinds built": ["funding", "team"]})


def _compare(work: str, counts: Mapping[str, int], things: Mapping[str, Sequence[str]]) -> None:
    for name, bound in BOUNDS[work].items():
        if name in OF_ONE_PYTHON and sys.version_info[:2] != COUNTED_WITH:
            continue
        what = ", ".join(things.get(name, ())) or "see tests/counted.py"
        assert counts[name] <= bound, (
            f"{work}: {name}: {counts[name]:,}, which was at most {bound:,}; if that is meant,"
            f" take the figures of python -m tests.test_work_counts into BOUNDS. They are: {what}"
        )


def _by_name(did: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what is counted, by the names of ``BOUNDS``."""
    ours = [name for name in did["modules"] if name.partition(".")[0] == "kepu_docs"]
    plugins = [name for name in did["modules"] if name.startswith("kepu_") and name not in ours]
    own = (str(ROOT / "src"), str(ROOT / "plugins"), str(ROOT / "templates"), str(ROOT / "docs"), os.environ[_CACHE])
    # Not those of other packages, and the lists of what is installed, of which there are more here than elsewhere.
    files = [path for path in did["files opened"] if path.startswith(own)]
    return {
        "modules of kepu_docs": ours,
        "modules of plugins": plugins,
        "modules of others": [name for name in did["modules"] if name not in {*ours, *plugins}],
        "patterns compiled": did["patterns compiled"],
        "texts compiled": did["texts compiled"],
        "templates compiled": did["templates compiled"],
        "files opened": files,
        "catalogues read": [path for path in files if path.endswith(".po")],
        "kinds built": did["kinds built"],
    }


@cache
def _done(work: str) -> Mapping[str, list[str]]:
    """Return what a command does, run a second time where the first one found an empty cache."""
    did: dict[str, list[str]] = _run("command", COMMANDS[work])
    bounds = BOUNDS.get(work, {})
    if did["templates compiled"] or any(len(things) > bounds.get(name, 0) for name, things in _by_name(did).items()):
        did = _run("command", COMMANDS[work])
    return did


@cache
def _calls() -> Mapping[str, int]:
    counts: Mapping[str, int] = _run("calls", list(map(str, RECORDS)))
    return counts


def _run(kind: str, given: Sequence[str]) -> Any:
    """Return what ``counted.py`` writes: of a command lists, of calls numbers, by name."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "counts")
        command = [sys.executable, "-P", str(ROOT / "tests" / "counted.py"), str(result), kind, *given]
        # Sets are gone through in the same order each time.
        environment = {**os.environ, "PYTHONHASHSEED": "0"}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, env=environment)
        return literal_eval(result.read_text("utf-8"))


def _print_bounds() -> None:
    """Print today's counts, each as a line of ``BOUNDS`` with its headroom."""
    os.environ.setdefault(_CACHE, str(ROOT / "out" / "cache"))
    counts: dict[str, Mapping[str, int]] = {
        work: {name: len(things) for name, things in _by_name(_done(work)).items()} for work in COMMANDS
    }
    counts[CALLS] = _calls()
    print("BOUNDS: Final[Mapping[str, Mapping[str, int]]] = {")
    for work, each in counts.items():
        print(f'    "{work}": {{')
        for name, count in each.items():
            print(f'        "{name}": {count * 115 // 100},')
        print("    },")
    print("}")


if __name__ == "__main__":
    _print_bounds()
