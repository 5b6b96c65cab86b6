"""The cost of importing and checking a document, compared with opening it in python-docx and reading its paragraphs.

The documents have some 2,000 characters each: a year of an invented community, as Word without its record, and as text.
A separate process reads each; a second figure includes its time, if the system reports it (Linux).
"""

import io
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import docx

import kepu_docs
import kepu_docs.schema
from kepu_docs.checking import Checker, Settings
from kepu_docs.importing.document_readers import document_readers
from kepu_docs.pipeline import Engine
from kepu_docs.registry import Registry
from tests.benchmarks.records import record

DOCUMENTS = 1_000
CHARACTERS = 2_000
_ROUNDS = 5
_SMALL = 100_000
"""Characters of the text of which twice as much must not take more than twice the time."""


def main() -> None:
    """Print documents a second on one core, the ratio to python-docx, and how time grows with length."""
    engine = Engine(Registry.load())
    checker, readers = Checker(engine, Settings()), document_readers(engine)
    random = Random(20251220)
    summaries = [engine.load(record(f"试验社区第{place + 1}居民区", random)) for place in range(20)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kinds = {suffix: _written(engine, summaries, suffix, folder) for suffix in ("docx", "txt", "md")}
        print(f"Import of {DOCUMENTS:,} documents of some {CHARACTERS:,} characters, one core")
        opened = _rates(_open, kinds["docx"])
        print(f"  python-docx opens and reads .docx: {opened[0]:,.0f} a second")
        for suffix, paths in kinds.items():
            _print(f"import of .{suffix}", _rates(kepu_docs.import_document, paths), opened)
            found = _rates(lambda path: [checker.check(each) for each in readers[path.suffix](path)], paths)
            _print(f"import and check of .{suffix}", found, opened)
        print("  time for twice the text, as a multiple:", ", ".join(_growth(folder)))


def _written(
    engine: Engine, summaries: Sequence[kepu_docs.schema.WorkSummary], suffix: str, folder: Path
) -> list[Path]:
    paths = []
    for place, summary in enumerate(summaries):
        path = folder / f"{place}.{suffix}"
        path.write_bytes(engine.render(engine.compose(summary, embed=False), suffix))
        paths.append(path)
    return [paths[place % len(paths)] for place in range(DOCUMENTS)]


def _open(path: Path) -> int:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    return sum(len(paragraph.text) for paragraph in document.paragraphs) + sum(
        len(cell.text) for table in document.tables for row in table.rows for cell in row.cells
    )


def _print(what: str, found: tuple[float, float], opened: tuple[float, float]) -> None:
    print(
        f"  {what}: {found[0]:,.0f} a second; {found[0] / opened[0]:.2f} x python-docx; "
        f"with the process that reads it {found[1]:,.0f} a second; {found[1] / opened[1]:.2f} x"
    )


def _rates(work: Callable[[Path], object], paths: Sequence[Path]) -> tuple[float, float]:
    """Return documents a second of processor time: of this process, and of its children too."""
    for path in paths[:20]:
        work(path)
    begin, begin_of_children = time.process_time(), _children_seconds()
    for path in paths:
        work(path)
    own = time.process_time() - begin
    return len(paths) / own, len(paths) / (own + _children_seconds() - begin_of_children)


def _children_seconds() -> float:
    """Return the processor time of all children of this process, those that live and those that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = used.ru_utime + used.ru_stime
    for task in Path("/proc/self/task").glob("*/children"):
        for child in task.read_text(encoding="ascii").split():
            fields = Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            seconds += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return seconds


def _growth(folder: Path) -> list[str]:
    sentence = "社区组织居民参加科普讲座，现场发放宣传资料300余份，居民听得认真。"
    shapes: dict[str, Callable[[int], str]] = {
        "paragraphs": lambda size: "甲社区2025年科普工作总结\n" + f"　　{sentence}\n" * (size // len(sentence)),
        "headings": lambda size: "甲社区2025年科普工作总结\n一、活动\n" + f"1.例会。{sentence}\n" * (size // 40),
        "one line": lambda size: sentence * (size // len(sentence)),
        "brackets": lambda size: "（" * size,
        "figures": lambda size: "1." * (size // 2),
    }
    shown = []
    for name, text in shapes.items():
        times = []
        for size in (_SMALL, 2 * _SMALL):
            path = folder / "long.txt"
            path.write_text(text(size), encoding="utf-8")
            times.append(min(_seconds(path) for _ in range(_ROUNDS)))
        shown.append(f"{name} {times[1] / times[0]:.2f}")
    return shown


def _seconds(path: Path) -> float:
    begin = time.perf_counter()
    kepu_docs.import_document(path)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
