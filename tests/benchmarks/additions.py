"""The cost of more than text in a Word document: a record, photographs, a chart, a table of contents, overrides.

A section with half the document's blocks is overridden: by its unchanged default, by a paragraph after the default, and
by a python-docx document with the same number of paragraphs. The variants of a document take turns in shuffled order in
one process; figures are medians of the least times. The last row compares a table's time with that of one half as long,
which shows whether long tables stay linear.
"""

import json
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any, Final

from kepu_docs.blocks import Chart, Document, Figure, Heading, Paragraph, SectionSpan, Series, Table
from kepu_docs.contract.renderers import Configurable, Renderer, RenderOptions, SectionPart
from kepu_markdown import MarkdownRenderer
from kepu_text import TextRenderer
from kepu_word import WordRenderer
from tests.benchmarks import samples

DOCUMENTS: Final = 20
ROUNDS: Final = 5
ROWS: Final = 1000
TEXT_ALONE: Final = "text alone"
CHART: Final = "with a chart"
CONTENTS: Final = "with its contents"


def main() -> None:
    """Measure and print."""
    print(f"Word, {DOCUMENTS} documents with more than text")
    for name, milliseconds in figures().items():
        print(f"  {name:22} {milliseconds:8.3f} ms a document, {times_text_alone(name):5.2f} x {TEXT_ALONE}")
    random = Random(3)
    renderers: tuple[Renderer, ...] = (WordRenderer(), MarkdownRenderer(), TextRenderer())
    factors = ", ".join(f"{each.format} {doubled(each, random):.2f}" for each in renderers)
    print(f"  a table of {2 * ROWS:,} rows takes the time of half of it so many times: {factors} (aim: below 2.5)")


def times_text_alone(name: str) -> float:
    """Return how many times as long as text alone a document with more takes."""
    return figures()[name] / figures()[TEXT_ALONE]


@cache
def figures() -> Mapping[str, float]:
    """Return the milliseconds of each variant of the median document, measured once in a process."""
    random = Random(3)
    renderer = WordRenderer()
    best: dict[str, list[float]] = {}
    for document in samples.documents(DOCUMENTS):
        works = variants(document, renderer, random)
        times: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(ROUNDS):
            for name in random.sample(list(works), len(works)):
                times[name].append(seconds(works[name]))
        for name, taken in times.items():
            best.setdefault(name, []).append(min(taken))
    return {name: statistics.median(taken) * 1000 for name, taken in best.items()}


def variants(document: Document, renderer: WordRenderer, random: Random) -> dict[str, Callable[[], bytes]]:
    """Return the ways of rendering ``document`` by what it carries; the first carries nothing."""
    photographs = tuple(photograph(random, place) for place in (1, 2))
    chart = Chart(
        "bar",
        "月份",
        tuple(f"{month}月" for month in range(1, 13)),
        tuple(
            Series(name, tuple(map(float, values)), tuple(map(str, values)))
            for name in ("场次", "参加人次")
            for values in [[random.randint(1, 500) for _ in range(12)]]
        ),
        "各月科普活动",
        "图1",
    )
    carrying = {
        TEXT_ALONE: document,
        "with its record": replace(document, record=record(document)),
        "with two photographs": replace(document, blocks=document.blocks + photographs),
        CHART: replace(document, blocks=(*document.blocks, chart)),
    }
    works: dict[str, Callable[[], bytes]] = {
        name: lambda carried=carried: renderer.render(carried)  # type: ignore[misc]
        for name, carried in carrying.items()
    }
    with_contents = contents(renderer)
    if with_contents:
        works[CONTENTS] = lambda: with_contents.render(document)
    spanned = replace(document, sections=(SectionSpan("training", 0, len(document.blocks) // 2),))
    for name, function in {"default": unchanged, "text after": followed, "python-docx": written}.items():
        overridden = renderer.overridden({"training": function})
        works[f"override: {name}"] = lambda overridden=overridden: overridden.render(spanned)  # type: ignore[misc]
    return works


def unchanged(part: SectionPart) -> str:
    """Leave a section as it is."""
    return part.render_default()


def followed(part: SectionPart) -> str:
    """Put a paragraph after a section."""
    return f"{part.render_default()}<w:p><w:r><w:t>以上。</w:t></w:r></w:p>"


def written(part: SectionPart) -> Any:
    """Write the texts of a section with python-docx."""
    document = part.new_document()
    for block in part.blocks:
        match block:
            case Heading():
                document.add_heading(block.text, block.level)
            case Paragraph():
                document.add_paragraph(block.text)
            case _:
                pass
    return document


def contents(renderer: object) -> Renderer | None:
    """Return the renderer that makes tables of contents, ``None`` where there is none."""
    return renderer.configured(RenderOptions(toc=True)) if isinstance(renderer, Configurable) else None


def photograph(random: Random, place: int) -> Figure:
    """Return a picture that compresses as little as a photograph does."""
    width, height = 320, 240
    data = samples.png(width, height, random.randbytes(width * height))
    return Figure(data, "image/png", width, height, "活动现场", f"第{place}次活动", f"图{place}")


def record(document: Document) -> str:
    """Return a record with the facts of the document's table."""
    rows = next(block.rows for block in document.blocks if isinstance(block, Table))
    activities = [dict(zip(("held_on", "name", "place", "attendance", "partner"), row, strict=True)) for row in rows]
    section = {"kind": "activities", "activities": activities}
    return json.dumps(
        {"community": {"name": document.author}, "period": 2025, "sections": [section]}, ensure_ascii=False
    )


def doubled(renderer: Renderer, random: Random) -> float:
    """Return how many times as long a table of twice as many rows takes, the least of some times for each."""
    plain = samples.document("试验社区", random)
    short, long = (replace(plain, blocks=(samples.table(rows, random),)) for rows in (ROWS, 2 * ROWS))
    times = [
        (seconds(lambda: renderer.render(short)), seconds(lambda: renderer.render(long))) for _ in range(2 * ROUNDS)
    ]
    return min(whole for _, whole in times) / min(half for half, _ in times)


def seconds(work: Callable[[], bytes]) -> float:
    """Return how long ``work`` takes a processor: by the clock, other work on the machine would count."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
