"""The server of worker processes is warm: it has loaded the plugins and made a document before it forks the first.

So a worker is at work at once, and shares what was loaded with the server and the other workers. The environment of
the server says what to load, since nothing else reaches it before it forks. Plugins of others are left to the workers:
such a plugin may begin a thread, or open a connection, that no two processes can share.
"""

import gc
import json
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import entry_points
from multiprocessing import spawn
from typing import Any, Final

from kepu_docs.batch.fingerprint import templates_state
from kepu_docs.pipeline.engine import default_engine, has_default_engine, renew_default_engine
from kepu_docs.registry import ENTRY_POINTS, OURS

_VARIABLE: Final = "KEPU_DOCS_WARM_SERVER"
_NOTHING: Final = "null"
_RENDERED: Final = frozenset({"docx", "html", "md", "txt"})
"""The formats that leave nothing behind which processes cannot share; Typst, for PDF, begins threads."""
_RECORD: Final[Mapping[str, Any]] = {
    "community": {"name": "社区"},
    "period": 2025,
    "sections": [
        {"kind": "leadership", "narrative": ["正文"]},
        {"kind": "training", "sessions": [{"topic": "主题"}]},
        {"kind": "activities", "activities": [{"name": "活动", "attendance": 30}]},
        {"kind": "next_year_plan", "goals": ["目标"]},
    ],
}
"""A record that needs what most records need."""


@contextmanager
def warming(locale: str, formats: Sequence[str]) -> Iterator[None]:
    """Let a server that is started in this block load what documents of these formats need."""
    wanted = {"path": _texts(spawn.get_preparation_data("")["sys_path"]), "locale": locale, "formats": list(formats)}
    os.environ[_VARIABLE] = json.dumps(wanted)
    try:
        yield
    finally:
        os.environ.pop(_VARIABLE, None)


def warm_up() -> Sequence[str]:
    """Load, in the server, what it was started for; return the search path of the plugins.

    Whatever fails is left to the workers, which report it.
    """
    wanted = json.loads(os.environ.pop(_VARIABLE, _NOTHING))
    if not wanted:
        return ()
    sys.path[:] = wanted["path"]
    with suppress(BaseException), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the process that began the run warns of them
        if all(point.dist and point.dist.name == OURS for point in entry_points(group=ENTRY_POINTS)):
            _make(wanted["locale"], wanted["formats"])
    gc.collect()
    gc.freeze()  # else the collector of each worker would write to all pages that are shared
    return tuple(sys.path)


def _make(locale: str, formats: Sequence[str]) -> None:
    engine = default_engine()
    document = engine.compose(engine.read(_RECORD, "json", ""), locale, state=templates_state(engine.registry, None))
    for name in formats:
        if name in _RENDERED:
            engine.render(document, name)


def check_path(loaded_with: Sequence[str]) -> None:
    """Load the plugins again, in a worker, if its run has another search path than its server had."""
    if has_default_engine() and list(loaded_with) != _texts(sys.path):
        renew_default_engine()


def _texts(path: Iterable[object]) -> list[str]:
    """Return the entries of a search path where modules are looked for: Python passes over any that is no text."""
    return [entry for entry in path if isinstance(entry, str)]
