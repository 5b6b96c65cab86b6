"""The speed of Word documents, compared with docxtpl and with the theoretical limit.

Three contenders make the same texts from the same facts, in one process, in shuffled order for each document, and write
the file to memory (/dev/shm if it exists):

- ``kepu_word``: this project's renderer, given a ``Document``;
- ``docxtpl``: a template with the package of kepu-docs, given dicts and lists;
- ``the limit``: the same bytes as kepu_word, made by filling one prepared string, compressing it and putting the
  prepared
  records of all other parts before it.

The absolute times depend on the machine; the ratios hold.
"""

import io
import re
import statistics
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

import docx
from docxtpl import DocxTemplate

from kepu_docs.blocks import Document, Heading, Paragraph, Signature, Table
from kepu_word import WordRenderer
from kepu_word.package.compression import compressed
from tests.benchmarks import samples

DOCUMENTS: Final = 40
ROUNDS: Final = 5
MAIN: Final = "word/document.xml"
CORE: Final = "docProps/core.xml"

Contender = Callable[[], bytes]


def main() -> None:
    """Measure and print."""
    renderer = WordRenderer()
    documents = list(samples.documents(DOCUMENTS))
    template = lean_template(renderer)
    contests: list[dict[str, Contender]] = []
    for document in documents:
        finished = renderer.render(document)
        limit = Limit(finished)
        facts = as_facts(document)
        if limit.render() != finished:
            raise SystemExit("the limit does not make the same bytes")
        if texts(by_docxtpl(template, facts)) != texts(finished):
            raise SystemExit("docxtpl does not make the same texts")
        contests.append(
            {
                "kepu_word": lambda document=document: renderer.render(document),  # type: ignore[misc]
                "docxtpl": lambda facts=facts: by_docxtpl(template, facts),  # type: ignore[misc]
                "the limit": limit.render,
            }
        )
    seconds = measure(contests)
    characters = len(zipfile.ZipFile(io.BytesIO(renderer.render(documents[0]))).read(MAIN).decode())
    report(seconds, characters)


def measure(contests: list[dict[str, Contender]]) -> dict[str, list[float]]:
    """Return, for each contender, the least time in seconds at each document."""
    random = Random(1)
    best: dict[str, list[float]] = {name: [] for name in contests[0]}
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:  # noqa: S108
        file = Path(folder, "summary.docx")
        for contest in contests:
            times: dict[str, list[float]] = {name: [] for name in contest}
            for _ in range(ROUNDS):
                for name in random.sample(list(contest), len(contest)):
                    start = time.perf_counter()
                    file.write_bytes(contest[name]())
                    times[name].append(time.perf_counter() - start)
            for name, taken in times.items():
                best[name].append(min(taken))
    return best


def report(seconds: dict[str, list[float]], characters: int) -> None:
    """Print milliseconds a document and the median ratios."""
    print(f"Word, {DOCUMENTS} documents of {characters:,} characters of {MAIN}")
    ours = seconds["kepu_word"]
    for name, taken in seconds.items():
        print(f"  {name:10} {statistics.median(taken) * 1000:8.3f} ms a document")
    faster = statistics.median(other / own for other, own in zip(seconds["docxtpl"], ours, strict=True))
    longer = statistics.median(own / other for other, own in zip(seconds["the limit"], ours, strict=True))
    print(f"  {faster:.1f} x as fast as docxtpl (aim: at least 25)")
    print(f"  {longer:.2f} x the limit's time (aim: at most 1.5)")


class Limit:
    """Makes one finished document again: its texts are put into one prepared string."""

    def __init__(self, finished: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(finished))
        infos = archive.infolist()
        own = {info.filename: archive.read(info).decode() for info in infos if info.filename in (MAIN, CORE)}
        self.order = [info.filename for info in infos]
        offsets = [info.header_offset for info in infos] + [archive.start_dir]
        self.records = {name: finished[offsets[place] : offsets[place + 1]] for place, name in enumerate(self.order)}
        self.directory = {}
        at = archive.start_dir
        for name in self.order:
            size = 46 + len(name)
            self.directory[name] = finished[at : at + size]
            at += size
        self.main, self.main_texts = prepared(own[MAIN], r'(?<=<w:t xml:space="preserve">)[^<]*(?=</w:t>)')
        self.core, self.core_texts = prepared(own[CORE], r"(?<=>)[^<]+(?=</)")

    def render(self) -> bytes:
        """Return the document."""
        made = {
            MAIN: (self.main % self.main_texts).encode(),
            CORE: (self.core % self.core_texts).encode(),
        }
        pieces = []
        directory = []
        offset = 0
        for name in self.order:
            record = self.records[name]
            entry = self.directory[name][:42]
            if name in made:
                data = made[name]
                packed = compressed(data) if name == MAIN else data
                sums = struct.pack("<3I", zlib.crc32(data), len(packed), len(data))
                record = record[:14] + sums + record[26 : 30 + len(name)] + packed
                entry = entry[:16] + sums + entry[28:42]
            pieces.append(record)
            directory.append(entry + struct.pack("<I", offset) + name.encode())
            offset += len(record)
        size = sum(map(len, directory))
        end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, len(pieces), len(pieces), size, offset, 0)
        return b"".join((*pieces, *directory, end))


def prepared(xml: str, pattern: str) -> tuple[str, tuple[str, ...]]:
    """Return ``xml`` with ``%s`` for each of its texts, and the texts."""
    found = tuple(re.findall(pattern, xml))
    return re.sub(pattern, "%s", xml.replace("%", "%%")), found


def lean_template(renderer: WordRenderer) -> bytes:
    """Return a template for docxtpl: a package of ours with its tags in the text."""
    head, *_ = list(samples.documents(1))
    row = tuple(f"{{{{ row[{place}] }}}}" for place in range(len(samples.COLUMNS)))
    columns = len(samples.COLUMNS)
    tag = ("",) * (columns - 1)
    blocks = (
        Paragraph("{%p for part in parts %}"),
        Heading(1, "{{ part.title }}", "一、"),
        Paragraph("{%p for point in part.points %}"),
        Heading(2, "{{ point.title }}", "（一）"),
        Paragraph("{{ point.text }}"),
        Paragraph("{%p endfor %}"),
        Paragraph("{%p endfor %}"),
        Table(
            samples.COLUMNS,
            (("{%tr for row in rows %}", *tag), row, ("{%tr endfor %}", *tag)),
            "{{ caption }}",
            "表1",
        ),
        Signature("{{ body }}", "{{ date }}"),
    )
    return renderer.render(Document("{{ title }}", blocks, head.locale, head.outline))


def as_facts(document: Document) -> dict[str, Any]:
    """Return what the template takes."""
    parts: list[dict[str, Any]] = []
    facts: dict[str, Any] = {"title": document.title, "parts": parts}
    for block in document.blocks:
        match block:
            case Heading(level=1):
                parts.append({"title": block.text, "points": []})
            case Heading():
                parts[-1]["points"].append({"title": block.text})
            case Paragraph():
                parts[-1]["points"][-1]["text"] = block.text
            case Table():
                facts |= {"caption": block.caption, "rows": block.rows}
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


def texts(finished: bytes) -> list[str]:
    """Return every paragraph's text, those in tables too."""
    document = docx.Document(io.BytesIO(finished))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


if __name__ == "__main__":
    main()
