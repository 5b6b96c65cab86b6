"""Where the time goes between a line of JSON and the documents: microseconds of each stage.

The stages take turns in shuffled order, in one process, record by record; figures are medians of the least times of the
processor, so other work on the machine hardly matters. If a stage is named, it is profiled by function:
``python -m tests.benchmarks.stages composing``.
"""

import cProfile
import io
import pstats
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from random import Random
from typing import Final

from kepu_docs.blocks import Document
from kepu_docs.pipeline import Engine
from kepu_docs.pipeline.earlier_figures import earlier_year, with_earlier
from kepu_docs.pipeline.keys import in_english
from kepu_docs.pipeline.validation import validate
from kepu_docs.reading.decoding import decode
from kepu_docs.reading.records import read_text
from kepu_docs.registry import Registry
from kepu_docs.schema import Period
from tests.benchmarks import records

DOCUMENTS: Final = 40
ROUNDS: Final = 7
REPEATS: Final = 20
"""How often each record goes through a stage that is profiled."""
NAME: Final = "records.jsonl"

COMPOSING: Final = "composing"

Stage = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the stages take, in milliseconds of the median record, and how long its main part in Word is."""

    milliseconds: Mapping[str, float]
    characters: int


def main(profiled: str = "") -> None:
    """Measure and print, or profile one stage."""
    if profiled:
        engine = Engine(Registry.load())
        profile([stages(engine, line)[profiled] for line in records.lines(DOCUMENTS)])
        return
    measured = figures()
    print(f"Stages, {DOCUMENTS} records of {measured.characters:,} characters in Word")
    for name, taken in measured.milliseconds.items():
        print(f"  {name:30} {taken * 1000:8.1f} µs")


@cache
def figures() -> Figures:
    """Measure the stages, once in a process."""
    engine = Engine(Registry.load())
    contests = [stages(engine, line) for line in records.lines(DOCUMENTS)]
    random = Random(2)
    best: dict[str, list[float]] = {name: [] for name in contests[0]}
    for contest in contests:
        times: dict[str, list[float]] = {name: [] for name in contest}
        for _ in range(ROUNDS):
            for name in random.sample(list(contest), len(contest)):
                start = time.process_time()
                contest[name]()
                times[name].append(time.process_time() - start)
        for name, taken in times.items():
            best[name].append(min(taken))
    finished = zipfile.ZipFile(io.BytesIO(engine.render(_composed(engine, next(records.lines(1))), "docx")))
    milliseconds = {name: statistics.median(taken) * 1000 for name, taken in best.items()}
    return Figures(milliseconds, len(finished.read("word/document.xml").decode()))


def stages(engine: Engine, line: bytes) -> dict[str, Stage]:
    """Return each stage by name, ready to run on one record; the last ones are the whole way."""
    model, vocabulary = engine.registry.model, engine.languages.vocabulary
    data = read_text(decode(line, NAME), name=NAME, syntax="json").data
    summary = engine.load(data)
    document = engine.compose(summary)
    bare = summary.model_copy(update={"wording": "plain", "overview": False})
    everything = with_earlier(summary, earlier_year(summary.model_copy(update={"period": Period.model_validate(2024)})))
    everything = everything.model_copy(update={"headings": "message"})

    def whole(format_name: str) -> bytes:
        return engine.render(_composed(engine, line), format_name)

    works: dict[str, Stage] = {
        "reading": lambda: read_text(decode(line, NAME), name=NAME, syntax="json"),
        "key lowering": lambda: in_english(data, model, vocabulary),
        "validation": lambda: validate(data, model, languages=engine.languages),
        COMPOSING: lambda: engine.compose(summary, embed=False),
        "without overview and wordings": lambda: engine.compose(bare, embed=False),
        "with last year and messages": lambda: engine.compose(everything, embed=False),
        "embedding": lambda: summary.model_dump_json(exclude_unset=True),
    }
    for name in ("docx", "md", "txt"):
        works[f"{name} alone"] = partial(engine.render, document, name)
    for name in ("docx", "md", "txt"):
        works[f"all to {name}"] = partial(whole, name)
    return works


def _composed(engine: Engine, line: bytes) -> Document:
    record = read_text(decode(line, NAME), name=NAME, syntax="json")
    return engine.compose(validate(record.data, engine.registry.model, languages=engine.languages))


def profile(works: list[Stage]) -> None:
    """Print where one stage spends its time."""
    works[0]()
    profiler = cProfile.Profile()
    profiler.enable()
    for work in works:
        for _ in range(REPEATS):
            work()
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main(*sys.argv[1:])
