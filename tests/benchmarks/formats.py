"""The cost of a document in each format: of rendering, and of the whole way from a record file to a written file.

The formats take turns for each document, in shuffled order, in one process; figures are medians.
"""

import json
import random
import statistics
import tempfile
import time
from pathlib import Path

from kepu_docs.pipeline import Engine, NamesTaken
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.records import render_record, write_made
from kepu_docs.registry import Registry

FORMATS = ("docx", "html", "md", "txt")
DOCUMENTS = 40
RECORD = Path(__file__).parents[1] / "examples" / "rich.yaml"


def main() -> None:
    """Print milliseconds a document, and the rates of Markdown and plain text as multiples of Word's."""
    engine = Engine(Registry.load())
    summary = engine.load(RECORD)
    document = engine.compose(summary)
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory) as name:
        folder = Path(name)
        record = folder / "record.json"
        record.write_text(json.dumps(json.loads(summary.model_dump_json(exclude_unset=True))), encoding="utf-8")

        def render(format_name: str) -> None:
            engine.render(document, format_name)

        def whole(format_name: str) -> None:
            ((_, found),) = records(engine, locations(engine, [str(record)]), [])
            write_made(render_record(engine, found, [format_name]), found, folder, NamesTaken())

        print(f"One record with every section kind, {DOCUMENTS} documents a format")
        for title, work in (("render only", render), ("record file to written file", whole)):
            medians = _medians(work)
            shown = ", ".join(f"{name} {medians[name]:.3f} ms" for name in FORMATS)
            ratios = ", ".join(f"{name} {medians['docx'] / medians[name]:.1f} x" for name in FORMATS[1:])
            print(f"  {title}: {shown}; rate as a multiple of Word's: {ratios}")


def _medians(work: object) -> dict[str, float]:
    assert callable(work)
    spent: dict[str, list[float]] = {name: [] for name in FORMATS}
    for name in FORMATS:
        work(name)
    for _ in range(DOCUMENTS):
        for name in random.sample(FORMATS, len(FORMATS)):
            begin = time.perf_counter()
            work(name)
            spent[name].append((time.perf_counter() - begin) * 1000)
    return {name: statistics.median(times) for name, times in spent.items()}
