"""The typesetter of a look and locale: passes commands to Typst and returns the PDF.

Typst runs one program, ``paper.typ``, in a folder that holds only the pictures of the document besides. The text is
passed as data.
"""

import json
import shutil
import tempfile
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from kepu_docs.plugin import Document, Look, in_latin, is_latin, language_tag, source_date
from kepu_pdf.compilers import Job, Kind, compilers
from kepu_pdf.fonts import coverage, is_selector, more_families, needs_a_glyph
from kepu_pdf.layout import Layout
from kepu_pdf.look_data import families, look_data
from kepu_pdf.missing_characters import missing_characters
from kepu_pdf.standards import holds_files

_PROGRAM: Final = "paper.typ"
_UNDATED: Final = datetime(1980, 1, 1, tzinfo=UTC)


class Typesetter:
    """Makes documents in one look and locale, to some ``standards`` of PDF."""

    def __init__(self, look: Look, locale: str, standards: tuple[str, ...], *, toc: bool) -> None:
        if is_latin(locale):
            look = in_latin(look)
        data = look_data(look, traditional=locale.startswith("zh_Hant"))
        self._layout = Layout(look, toc=toc)
        self._look = json.dumps(data, ensure_ascii=False)
        self._families = families(data)
        self._known: set[str] = set().union(*map(coverage, self._families))
        self._standards = standards
        self._language, _, self._region = language_tag(locale).partition("-")
        self._made = source_date()

    def write(self, document: Document) -> bytes:
        """Return the PDF of ``document``. Raises ``RenderError`` for a character that no installed font has."""
        (made,) = self._typeset(document, Kind.PDF)
        return made

    def pages(self, document: Document) -> tuple[bytes, ...]:
        """Return each page as an SVG image. Raises ``RenderError`` as :meth:`write` does."""
        return self._typeset(document, Kind.PAGES)

    def _typeset(self, document: Document, kind: Kind) -> tuple[bytes, ...]:
        try:
            commands, pictures = self._layout.commands(document)
        except UnicodeEncodeError as error:  # half of a surrogate pair has no width, and no font has it
            raise missing_characters(document, {error.object[error.start]}) from None
        record = document.record if holds_files(self._standards) else ""
        more: tuple[str, ...] = ()
        blocks = json.dumps(commands, ensure_ascii=False)
        unknown = set(blocks) - self._known
        lacking = set(filter(needs_a_glyph, unknown))
        if lacking:
            more, missing = more_families(lacking, self._families)
            if missing:
                raise missing_characters(document, missing)
        for character in filter(is_selector, unknown):
            # A font without the other shapes would show a box for a selector.
            blocks = blocks.replace(character, "")
        made = self._made or _day(document.record)
        paper = {
            "title": document.title,
            "author": document.author,
            "subject": document.subject,
            "keywords": document.keywords,
            "language": self._language.lower(),
            "region": self._region,
            # Attached files and PDF/A require a date.
            "dated": bool(record or self._standards or self._made),
            "more-fonts": more,
        }
        text = f'{json.dumps(paper, ensure_ascii=False)[:-1]}, "record": {json.dumps(record)}, "blocks": {blocks}}}'
        inputs = {"look": self._look, "paper": text}
        job = Job(inputs, kind, self._standards if kind is Kind.PDF else (), int(made.timestamp()))
        program = Path(str(files("kepu_pdf").joinpath("program", _PROGRAM)))
        if not pictures:
            return compilers().run(program, job)
        with tempfile.TemporaryDirectory(prefix="kepu-pdf-") as folder:
            copy = Path(folder, _PROGRAM)
            shutil.copyfile(program, copy)
            for name, data in pictures.items():
                Path(folder, name).write_bytes(data)
            return compilers().run(copy, job)


def _day(record: str) -> datetime:
    """Return the day on which a record is signed, or a fixed day: the same record gives the same bytes."""
    try:
        day = date.fromisoformat(json.loads(record)["signed_on"])
    except (KeyError, TypeError, ValueError):
        return _UNDATED
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
