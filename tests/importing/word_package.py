"""Word documents as tests write them: a body, and the parts that it refers to."""

from collections.abc import Mapping
from typing import Final

from tests.fuzzing.inputs import word

from kepu_docs.importing.lines import Content
from kepu_docs.importing.reading.word_reader import read_word_document

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org"
RELATIONS: Final = f"{_OFFICE}/officeDocument/2006/relationships"
NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "w": W,
        "r": RELATIONS,
        "m": f"{_OFFICE}/officeDocument/2006/math",
        "wp": f"{_OFFICE}/drawingml/2006/wordprocessingDrawing",
        "a": f"{_OFFICE}/drawingml/2006/main",
        "pic": f"{_OFFICE}/drawingml/2006/picture",
        "c": f"{_OFFICE}/drawingml/2006/chart",
        "dgm": f"{_OFFICE}/drawingml/2006/diagram",
        "mc": f"{_OFFICE}/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


def package(body: str, parts: Mapping[str, tuple[str, str]] = {}, links: Mapping[str, str] = {}) -> bytes:
    """Return a document with a body, further parts, and links by the ids of their relationships.

    A part stands under its name with the kind of relationship that leads to it, whose id is the name without folders
    and suffix, and with its text, in which ``{ns}`` stands for the namespaces.
    """
    relations = "".join(
        f'<Relationship Id="{name.rpartition("/")[2].partition(".")[0]}" Type="{RELATIONS}/{kind}" Target="/{name}"/>'
        for name, (kind, _) in parts.items()
    ) + "".join(
        f'<Relationship Id="{identity}" Type="{RELATIONS}/hyperlink" Target="{target}" TargetMode="External"/>'
        for identity, target in links.items()
    )
    written = {
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{relations}</Relationships>'
        ),
        **{name: text.replace("{ns}", NAMESPACES) for name, (_, text) in parts.items()},
    }
    return word({name: text.encode() for name, text in written.items()})


def read(body: str, parts: Mapping[str, tuple[str, str]] = {}, links: Mapping[str, str] = {}) -> Content:
    """Return what the importer reads of such a document."""
    return read_word_document(package(body, parts, links), "a.docx")


def shown(content: Content) -> list[str]:
    """Return the lines of a document."""
    return [line.shown for line in content.lines]


def listed(content: Content) -> list[tuple[str, str]]:
    """Return what was left out, with the first words of why."""
    return [(note.text, note.why.text.partition(",")[0]) for note in content.notes]


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, properties: str = "") -> str:
    """Return a paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def field(*instruction: str, result: str | None = None, form: str = "") -> str:
    """Return a field, whose instruction may stand in several runs; without ``result`` the file has none."""
    codes = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in instruction)
    separated = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + result if result is not None else ""
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    return f'{begin}{codes}{separated}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def table(*rows: str) -> str:
    """Return a table of rows."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """Return a row of cells."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(content: str, properties: str = "") -> str:
    """Return a cell: with one paragraph of text, or with what stands in it."""
    inner = content if content.startswith("<") else paragraph(run(content))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"
