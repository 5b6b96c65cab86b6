"""The speed of a batch: from JSON Lines on disk to finished documents and their manifest.

The records are those of ``country``. Each measure is the ratio of two contenders that take turns in one process, on one
processor and with files in memory (/dev/shm if it exists); the median is printed. docxtpl gets the finished texts of
the same documents and a template whose package is that of kepu-docs: it reads, checks and composes nothing, and writes
no manifest.
"""

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from docxtpl import DocxTemplate

import kepu_docs
from kepu_docs.blocks import Column, Document, Heading, ListBlock, Paragraph, Signature, Table
from kepu_docs.pipeline import default_engine
from kepu_word import WordRenderer
from kepu_word.package import zip_archive
from kepu_word.package.compression import with_isal, with_zlib
from tests.benchmarks import country
from tests.benchmarks.word import texts

RECORDS: Final = 64
ROUNDS: Final = 7
FEW: Final = 1_000
SEVERAL: Final = 8_000
PROGRAM: Final = """
import sys, time
import kepu_docs
from concurrent.futures import ThreadPoolExecutor

executor = ThreadPoolExecutor(2) if sys.argv[1] == "threads" else None
start = time.perf_counter()
report = kepu_docs.render_batch(sys.argv[2], sys.argv[3], executor=executor, fresh=True)
print(time.perf_counter() - start)
sys.exit(not report.complete)
"""
"""A program that makes one batch and prints how many seconds it took, the start of other processes included."""
THOUSANDS: Final = 2_000
MANY: Final = 20_000

_CONDITIONS: Final = (
    ("heading-1", Heading(1, "{{ block.text }}", "一、")),
    ("heading-2", Heading(2, "{{ block.text }}", "（一）")),
    ("heading-3", Heading(3, "{{ block.text }}", "1.")),
    ("paragraph", Paragraph("{{ block.text }}")),
)


def main() -> None:
    """Measure and print."""
    figures()
    with in_memory() as folder, one_processor():
        country.write(folder / "records.jsonl", RECORDS)
        compressors(folder)
        length(folder)


@cache
def figures() -> Mapping[str, float]:
    """Measure and print once what has an aim, and return by name how many times as fast it is as what it stands next to."""
    with in_memory() as folder, one_processor():
        batch, rendering = against_docxtpl(folder)
        beside_word = formats()
    with in_memory() as folder:
        several = {"processes": processes(folder), "default": default_processes(folder)}
    return {"batch": batch, "rendering": rendering, **beside_word, **several}


def against_docxtpl(folder: Path) -> tuple[float, float]:
    """Measure a batch of Word documents, and rendering alone, next to docxtpl; return how many times as fast they are."""
    source = folder / "records.jsonl"
    country.write(source, RECORDS)
    documents = list(_documents())
    renderer = WordRenderer()
    template = lean_template(renderer, documents[0])
    facts = [as_facts(document) for document in documents]
    for document, given in zip(documents, facts, strict=True):
        if texts(by_docxtpl(template, given)) != texts(renderer.render(document)):
            raise SystemExit("docxtpl does not make the same texts")

    def batch() -> None:
        report = kepu_docs.render_batch(source, folder / "out", jobs=1, fresh=True)
        if report.made != RECORDS:
            raise SystemExit("not all records were made")

    def others() -> None:
        for number, given in enumerate(facts):
            (folder / f"{number}.docx").write_bytes(by_docxtpl(template, given))

    def rendered() -> None:
        for number, document in enumerate(documents):
            (folder / f"{number}.docx").write_bytes(renderer.render(document))

    with patch.object(zip_archive, "compressed", with_zlib):
        taken = in_turns({"batch": batch, "docxtpl": others, "render": rendered})
    print(f"Batch of {RECORDS} records, from JSON lines to Word documents, with the manifest and the report")
    for name, seconds in taken.items():
        print(f"  {name:10} {statistics.median(seconds) / RECORDS * 1000:8.3f} ms a document")
    ratios = ratio(taken["docxtpl"], taken["batch"]), ratio(taken["docxtpl"], taken["render"])
    print(f"  batch {ratios[0]:.1f} x as fast as docxtpl (aim: at least 7)")
    print(f"  rendering alone {ratios[1]:.1f} x as fast (aim: at least 30)")
    return ratios


def compressors(folder: Path) -> None:
    """Measure a batch and rendering alone with isal, the extra ``speed``, next to zlib."""
    source = folder / "records.jsonl"
    documents = list(_documents())
    renderer = WordRenderer()

    def using(compressed: Callable[[bytes], bytes] | None, run: Callable[[], object]) -> Callable[[], object]:
        def used() -> None:
            with patch.object(zip_archive, "compressed", compressed):
                run()

        return used

    def batch() -> object:
        return kepu_docs.render_batch(source, folder / "out", jobs=1, fresh=True)

    def rendered() -> object:
        return [renderer.render(document) for document in documents]

    print("With isal, next to zlib")
    for title, run in (("batch", batch), ("rendering alone", rendered)):
        taken = in_turns({"zlib": using(with_zlib, run), "isal": using(with_isal, run)})
        print(f"  {title:16} {ratio(taken['zlib'], taken['isal']):.2f} x as fast")


def formats() -> dict[str, float]:
    """Measure the renderers of the other formats next to that of Word; return how many times as fast each is."""
    registry = default_engine().registry
    documents = list(_documents())

    def rendered(name: str) -> Callable[[], object]:
        render = registry.renderer(name).render
        return lambda: [render(document) for document in documents]

    with patch.object(zip_archive, "compressed", with_zlib):
        taken = in_turns({name: rendered(name) for name in ("docx", "html", "md", "txt")})
    ratios = {name: ratio(taken["docx"], taken[name]) for name in ("html", "md", "txt")}
    print("Rendering alone, next to Word (aim: at least 2.5)")
    for name, figure in ratios.items():
        print(f"  {name:10} {figure:.1f} x as fast")
    return ratios


def length(folder: Path) -> None:
    """Measure what a record costs in a long batch, next to a short one; both of plain text, which is written fast."""

    def run(count: int) -> float:
        source = folder / f"{count}.jsonl"
        if not source.exists():
            country.write(source, count)
        start = time.perf_counter()
        kepu_docs.render_batch(source, folder / f"long-{count}", formats=["txt"], jobs=1, fresh=True)
        return (time.perf_counter() - start) / count

    before = [run(FEW) for _ in range(3)]
    many = run(MANY)
    few = statistics.median([*before, *(run(FEW) for _ in range(3))])
    print(f"A record among {MANY:,} costs {many / few:.2f} of one among {FEW:,} (aim: at most 1.10)")


def processes(folder: Path) -> float:
    """Measure two processes next to one; return how many times as fast they are."""
    source = folder / "records.jsonl"
    country.write(source, SEVERAL)

    def run(jobs: int) -> Callable[[], object]:
        return lambda: kepu_docs.render_batch(source, folder / "out", jobs=jobs, fresh=True)

    taken = in_turns({"one": run(1), "two": run(2)}, rounds=3)
    figure = ratio(taken["one"], taken["two"])
    print(f"Over {SEVERAL:,} records two processes are {figure:.2f} x as fast as one (aim: at least 1.7)")
    return figure


def default_processes(folder: Path) -> float:
    """Measure the default number of processes next to two threads, each in a program of its own.

    Returns how many times as fast the processes are, their start included.
    """
    source = folder / "records.jsonl"
    country.write(source, THOUSANDS)
    taken: dict[str, list[float]] = {"threads": [], "processes": []}
    for _ in range(3):
        for name, seconds in taken.items():
            command = [sys.executable, "-c", PROGRAM, name, str(source), str(folder / "out")]
            seconds.append(float(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout))
    figure = ratio(taken["threads"], taken["processes"])
    print(
        f"Over {THOUSANDS:,} records the default processes, started for them, are {figure:.2f} x as fast as two threads "
        "of one program (aim: at least 1)"
    )
    return figure


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder in memory, where there is such a thing."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:  # noqa: S108
        yield Path(folder)


@contextmanager
def one_processor() -> Iterator[None]:
    """Use one processor alone, where the system lets us say so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def in_turns(contenders: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Return the seconds that each contender takes in each round, after one round that does not count."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            if number:
                taken[name].append(time.perf_counter() - start)
    return taken


def ratio(slower: list[float], faster: list[float]) -> float:
    """Return the median of the ratios, round by round."""
    return statistics.median(slow / fast for slow, fast in zip(slower, faster, strict=True))


def _documents() -> Iterator[Document]:
    engine = default_engine()
    for number, record in enumerate(country.records(RECORDS)):
        text = json.dumps(record, ensure_ascii=False)
        yield engine.compose(engine.read(text.encode(), "json", "records.jsonl", number + 1), "zh_Hans", embed=False)


def lean_template(renderer: WordRenderer, like: Document) -> bytes:
    """Return a template for docxtpl: a package of ours with its tags in the text."""
    tests = []
    for name, block in _CONDITIONS:
        tests += [Paragraph(f"{{%p if block.kind == '{name}' %}}"), block, Paragraph("{%p endif %}")]
    columns = (Column("{%tc for title in block.titles %}"), Column("{{ title }}"), Column("{%tc endfor %}"))
    table = Table(
        columns,
        (
            ("{%tr for row in block.rows %}", "", ""),
            ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
            ("{%tr endfor %}", "", ""),
        ),
    )
    blocks = (
        Paragraph("{%p for block in blocks %}"),
        *tests,
        Paragraph("{%p if block.kind == 'table' %}"),
        Paragraph("{{ block.caption }}"),
        table,
        Paragraph("{%p endif %}"),
        Paragraph("{%p endfor %}"),
        Signature("{{ body }}", "{{ date }}"),
    )
    return renderer.render(Document("{{ title }}", blocks, like.locale, like.outline))


def as_facts(document: Document) -> dict[str, Any]:
    """Return what the template takes: the texts of a document, each with its kind."""
    blocks: list[dict[str, Any]] = []
    facts: dict[str, Any] = {"title": document.title, "blocks": blocks}
    if document.addressee:
        blocks.append({"kind": "paragraph", "text": document.addressee})
    for block in document.blocks:
        match block:
            case Heading():
                blocks.append({"kind": f"heading-{block.level}", "text": block.text + block.body})
            case Paragraph():
                blocks.append({"kind": "paragraph", "text": block.text})
            case ListBlock():
                blocks += [{"kind": "paragraph", "text": item.lead + item.text} for item in block.items]
            case Table():
                titles = [column.title for column in block.columns]
                rows = [list(row) for row in block.rows]
                caption = f"{block.number}\u3000{block.caption}"
                blocks.append({"kind": "table", "caption": caption, "titles": titles, "rows": rows})
            case Signature():
                facts |= {"body": block.body, "date": block.date}
            case _:
                raise TypeError(type(block))
    return facts


def by_docxtpl(template: bytes, facts: dict[str, Any]) -> bytes:
    """Return the document that docxtpl makes."""
    opened = DocxTemplate(io.BytesIO(template))
    opened.render(facts, autoescape=True)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


if __name__ == "__main__":
    main()
