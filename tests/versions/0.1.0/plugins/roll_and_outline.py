"""A source and a format, as the pages on hooks of kepu-docs 0.1.0 show them."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from kepu_docs.plugin import (
    Block,
    Document,
    Heading,
    Place,
    RecordForm,
    Renderer,
    Source,
    SourceError,
    SourceRecord,
    hookimpl,
)


class Roll:
    """A list of communities, with tabulators between name, year and how many came to training."""

    suffixes = (".roll",)
    schemes = ()

    def records(self, location: str, form: RecordForm) -> Iterator[SourceRecord]:
        """Yield a record for each line."""
        try:
            file = open(location, encoding="utf-8", newline="")  # noqa: SIM115
        except OSError as error:
            raise SourceError.at(Place(location), "the file cannot be read: {reason}", reason=error.strerror) from None
        with file:
            for number, (name, year, attendance) in enumerate(csv.reader(file, delimiter="\t"), 1):
                training: dict[str, Any] = {"kind": "training", "attendance_total": attendance}
                content = {"community": {"name": name}, "period": int(year), "sections": [training]}
                yield SourceRecord(location, content, place=f"line {number}")


class Outline:
    """The headings alone, for a list of contents."""

    format = "outline"
    suffix = ".outline.txt"
    media_type = "text/plain"

    def render(self, document: Document) -> bytes:
        """Return the title and the headings, a line each."""
        lines = [document.title, *(line for block in document.blocks for line in headings(block))]
        return ("\n".join(lines) + "\n").encode()


def headings(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, number=number, text=text):
            yield "　" * level + number + text


@hookimpl
def kepu_sources() -> Iterable[Source]:
    return [Roll()]


@hookimpl
def kepu_renderers() -> Iterable[Renderer]:
    return [Outline()]
