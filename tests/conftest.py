"""Options and helpers that several tests share."""

import gc
import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.depth import DEEP, REST, examples, told, tried, waiting

settings.register_profile("deep", deadline=None, print_blob=True)
# Always the same examples, so that a change of the code alone decides what comes out; faults once found are @example.
settings.register_profile("quick", deadline=None, print_blob=True, derandomize=True, max_examples=examples(100))
settings.load_profile("deep" if DEEP else "quick")


# What a run stores for the next one stays within the project.
os.environ["KEPU_DOCS_CACHE"] = str(Path(__file__).parents[1] / "out" / "cache")

pytest_plugins = ["kepu_docs.testing.pytest_plugin"]

_LEFT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deep tests wait to be asked for. Without the programs that some look with these skip; in CI they run, and fail."""
    left = tried(items) if REST else [] if DEEP else waiting(items)
    if left:
        config.stash[_LEFT] = len(left)
        config.hook.pytest_deselected(items=left)
        unwanted = set(map(id, left))
        items[:] = [item for item in items if id(item) not in unwanted]
    if os.environ.get("CI"):
        return
    for marker, program, name in (("office", "soffice", "LibreOffice"), ("browser", "chromium", "Chromium")):
        if shutil.which(program) is None:
            for item in items:
                if item.get_closest_marker(marker):
                    item.add_marker(pytest.mark.skip(reason=f"{name} ({program}) is not installed"))


def pytest_collection() -> None:
    """Nothing of what is collected becomes garbage: the collector need not look for it in the meantime."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is there for all tests, thousands of them, the collector of garbage need not look through again and again."""
    _nothing()
    gc.enable()
    _keep()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """What a file of tests leaves behind, in caches of the library above all, the next ones need not look through."""
    done = yield
    if nextitem is not None and nextitem.path != item.path:
        _keep()
    return done


def _keep() -> None:
    gc.collect()
    gc.freeze()


@settings(max_examples=1, database=None)
@given(st.none())
def _nothing(nothing: None) -> None:
    """Let hypothesis find the generators of random numbers that there are: who holds them, the collector says no more."""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of xdist tells the controller, which collects nothing itself, what it left out."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left"] = session.config.stash.get(_LEFT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """All workers collect the same, and leave out the same."""
    node.config.stash[_LEFT] = getattr(node, "workeroutput", {}).get("left", 0)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was left out, and how to run it."""
    if left := config.stash.get(_LEFT, 0):
        terminalreporter.write_line(told(left))
