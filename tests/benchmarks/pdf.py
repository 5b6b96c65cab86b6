"""The speed of PDF documents, and whether memory stays flat: ``python -m tests.benchmarks.pdf``.

The documents are those of the records of ``country``, with the record attached, and no two are the same. Seconds are
processor time, of all threads of Typst together: documents per core, however many cores there are. Memory is the
maximum of the process, after the first few documents and after each thousand.
"""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from typing import Final

from kepu_docs.blocks import Document, Paragraph
from kepu_docs.pipeline import default_engine
from kepu_pdf import PdfRenderer
from tests.benchmarks import country

RECORDS: Final = 64
FIRST: Final = 64
MANY: Final = 5_000
STEP: Final = 1_000
SEVERAL: Final = 500


def main() -> None:
    """Measure and print."""
    documents = list(composed())
    speed(documents)
    memory(documents)


def composed() -> Iterator[Document]:
    """Yield the documents of some records."""
    engine = default_engine()
    for number, record in enumerate(country.records(RECORDS)):
        text = json.dumps(record, ensure_ascii=False)
        yield engine.compose(engine.read(text.encode(), "json", "records.jsonl", number + 1), "zh_Hans")


def different(documents: list[Document], count: int) -> Iterator[Document]:
    """Yield so many documents, each with a paragraph of its own: Typst keeps what it has set before."""
    for number, document in enumerate(islice(cycle(documents), count)):
        yield replace(document, blocks=(Paragraph(f"第{number}份。"), *document.blocks))


def speed(documents: list[Document]) -> None:
    """Measure documents a second and core in both looks, and by the standards that ask most and least."""
    for look in ("gongwen", "briefing"):
        for standard in ("a-3a", "none"):
            renderer = PdfRenderer(look, standard=standard)
            renderer.render(documents[0])
            started, clock = time.process_time(), time.perf_counter()
            sizes = [len(renderer.render(document)) for document in different(documents, SEVERAL)]
            taken, passed = time.process_time() - started, time.perf_counter() - clock
            print(
                f"PDF, {look}, {standard}: {SEVERAL / taken:,.0f} a second and core, {SEVERAL / passed:,.0f} a second; "
                f"{sum(sizes) / SEVERAL / 1024:,.0f} KiB each"
            )


def memory(documents: list[Document]) -> None:
    """Measure what the process has taken at most while one renderer makes many documents."""
    if sys.platform == "win32":
        return
    import resource

    renderer = PdfRenderer()
    figures = []
    for number, document in enumerate(different(documents, MANY), 1):
        renderer.render(document)
        if number == FIRST or not number % STEP:
            figures.append(f"{number:,}: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f}")
    print(f"PDF, MiB at most after so many documents: {', '.join(figures)}")


if __name__ == "__main__":
    main()
