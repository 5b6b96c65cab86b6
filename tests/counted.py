"""Runs one piece of work in a process of its own and counts what it does; for ``test_work_counts``.

    python -P tests/counted.py RESULT command ARGUMENT…
    python -P tests/counted.py RESULT calls RECORD…

The first runs ``kepu-docs`` with the arguments, or only imports the library if there are none. The second composes and
renders records, all of them twice, and counts the calls of Python functions the second time. Counts are written to the
file RESULT as a literal. Nothing is imported here that a command would not have with it anyway.
"""

import gc
import re
import sys
from collections.abc import Callable
from typing import Any


def command(arguments: list[str]) -> dict[str, list[str]]:
    """Return what a command does: the names of modules, files and so on, in order."""
    before = set(sys.modules)
    did: dict[str, list[str]] = {
        "files opened": [],
        "templates compiled": [],
        "patterns compiled": [],
        "texts compiled": [],
    }

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(given[0], str | bytes):
            path = given[0] if isinstance(given[0], str) else given[0].decode()
            if not path.endswith((".py", ".pyc", ".so")):
                did["files opened"].append(path)
        elif event == "compile" and given[1] is not None and not str(given[1]).endswith(".py"):
            # dataclasses, named tuples and annotations compile texts without a file, Jinja2 its templates.
            texts = str(given[1]) in ("<string>", "<attrs generated>")
            did["texts compiled" if texts else "templates compiled"].append(str(given[1]))

    compiler: Any = re._compiler  # type: ignore[attr-defined]
    compiled = compiler.compile

    def compile_pattern(pattern: object, flags: int = 0) -> object:
        did["patterns compiled"].append(str(pattern))
        return compiled(pattern, flags)

    compiler.compile = compile_pattern
    sys.addaudithook(hook)
    try:
        if arguments:
            from kepu_docs.cli import main

            sys.argv = ["kepu-docs", *arguments]
            main()
        else:
            import kepu_docs  # noqa: F401
    except SystemExit as end:
        if end.code not in (0, None):
            raise
    counted = {name: list(things) for name, things in did.items()}
    return {"modules": [name for name in sys.modules if name not in before], **counted, "kinds built": _models()}


def _models() -> list[str]:
    """Return the section kinds whose models are built: what defines a model only is cheap, building its validator is not."""
    schema = sys.modules.get("kepu_docs.schema.summary")
    todo: list[Any] = [schema.Section] if schema is not None else []
    found = []
    while todo:
        model = todo.pop()
        todo += model.__subclasses__()
        if model.__pydantic_complete__ and "kind" in model.model_fields:
            found.append(model.kind_name())
    return sorted(found)


def calls(paths: list[str]) -> dict[str, int]:
    """Return how many calls of Python functions the second composing and rendering of records takes."""
    import kepu_docs

    summaries = [kepu_docs.load(path) for path in paths]
    documents = [kepu_docs.compose(summary) for summary in summaries]
    works: dict[str, Callable[[], object]] = {
        "calls of composing": lambda: [kepu_docs.compose(summary) for summary in summaries]
    }
    for name in ("docx", "md", "txt", "html"):
        works[f"calls of rendering {name}"] = lambda name=name: [  # type: ignore[misc]
            kepu_docs.render(document, name) for document in documents
        ]
    counts = {}
    for name, work in works.items():
        work()
        counts[name] = _calls(work)
    return counts


def _calls(work: Callable[[], object]) -> int:
    count = 0

    def hook(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    # What the collector of garbage calls would be counted too, whenever it runs.
    gc.collect()
    gc.disable()
    sys.setprofile(hook)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


if __name__ == "__main__":
    result, kind, *given = sys.argv[1:]
    counts = calls(given) if kind == "calls" else command(given)
    with open(result, "w", encoding="utf-8") as file:
        file.write(repr(counts))
