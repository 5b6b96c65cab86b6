"""How one input of fuzzing is used, and what must hold for it.

The first byte of an input chooses how the rest is read: as plain text, as Markdown, as a Word document, or as the main
part, the numbering or the styles of one. Only the project's own errors may be raised, within five seconds and 2 GiB,
and a resulting record must load and must contain every letter of the text. Inputs that showed a fault are kept in
``corpus`` and run by ``tests/fuzzing/test_corpus.py``.
"""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from tests.importing.words import bare, of_document, of_record

from kepu_docs.errors import KepuError
from kepu_docs.importing.documents import imported
from kepu_docs.importing.lines import Content
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.reading.word_numbers import PART as NUMBERING
from kepu_docs.importing.reading.word_styles import PART as STYLES
from kepu_docs.importing.result import Given
from kepu_docs.pipeline import default_engine
from kepu_docs.reading.decoding import decode

CORPUS: Final = Path(__file__).parent / "corpus" / "importing"
_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES: Final = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS: Final = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    b"</Relationships>"
)
_DOCUMENT: Final = f'<w:document xmlns:w="{_W}"><w:body>%s</w:body></w:document>'.encode()
_PARAGRAPH: Final = (
    b'<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    b"<w:r><w:t>text</w:t></w:r></w:p>"
)


def word(parts: dict[str, bytes]) -> bytes:
    """Return a Word document with the given parts, and what it needs beside them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, **parts}.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _main_part(data: bytes) -> bytes:
    return word({"word/document.xml": data})


def _body(data: bytes) -> bytes:
    return word({"word/document.xml": _DOCUMENT % data})


def _numbering(data: bytes) -> bytes:
    return word({"word/document.xml": _DOCUMENT % (3 * _PARAGRAPH), NUMBERING: data})


def _styles(data: bytes) -> bytes:
    return word({"word/document.xml": _DOCUMENT % (3 * _PARAGRAPH), STYLES: data})


WAYS: Final[tuple[tuple[str, Callable[[bytes], bytes]], ...]] = (
    (".txt", bytes),
    (".md", bytes),
    (".docx", bytes),
    (".docx", _main_part),
    (".docx", _body),
    (".docx", _numbering),
    (".docx", _styles),
)


@cache
def given() -> tuple[Given, Given]:
    """Return what users may say beside the document."""
    return Given(), Given("2025", "试验社区")


def check(data: bytes) -> None:
    """Import one input. Raises whatever is no error of ours, and ``AssertionError`` for a letter that was lost."""
    if not data:
        return
    suffix, made = WAYS[data[0] % len(WAYS)]
    say, full_width = given()[data[0] // 16 % 2], data[0] >= 128
    try:
        content = read_bytes_of(made(data[1:]), f"input{suffix}", suffix)
        before = _letters(content)
        found = imported(content, default_engine(), say, full_width=full_width)
    except KepuError:
        return
    if content.record:
        return
    if suffix == ".txt":
        # Words of a table of fixed pitch come in the order of its cells.
        assert sorted(bare(decode(data[1:], "input"))) == sorted(bare("".join(line.shown for line in content.lines)))
    after = sum(len(bare(line)) for summary in found for line in summary.text)
    after += sum(len(bare(note.text)) for summary in found for note in summary.stripped)
    assert before == after, f"{before} letters became {after}"
    for summary in found:
        said, told = of_document(summary), of_record(summary)
        if summary.summary.letterhead or summary.summary.imprint:
            # What stands in them has an order of its own.
            said, told = "".join(sorted(said)), "".join(sorted(told))
        assert said == told, f"{said!r} is told as {told!r}"


def _letters(content: Content) -> int:
    return sum(len(bare(line.shown)) for line in content.lines)
