"""The material of attacks: good records beside them, ZIP archives, workbooks, Word documents, and the entry points."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from tests.attacks.frame import Attack, Check, Expected

GOOD: Final = ("好记录一", "好记录二")
"""Texts of the records of ``good.jsonl``, which must be finished whatever stands beside them."""

Parts = Mapping[str, bytes | str]
Data = bytes | str | Callable[[], bytes | str]

ESCAPES: Final = {
    "ESC": "\x1b[2J\x1b]0;evil\x07",
    "OSC 8": "\x1b]8;;http://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "C1": "\x9b2J\x9d0;evil\x9c",
    "bidi": "\u202egnp.\u2066x\u2069",
    "line": "x\n::set-output name=a::b",
    "return": "x\r::error::evil",
    "NEL and LS": "x\x85::add-mask::y\u2028::stop-commands::z",
    "percent": "%0A::error::evil",
}
"""What a terminal or a CI obeys."""


def record(name: str = "试验社区", text: str = "开头。", **more: Any) -> dict[str, Any]:
    """Return the data of a small record."""
    return {"community": {"name": name, "code": "000101"}, "period": 2025, "opening": text, **more}


def good(folder: Path) -> str:
    """Lay two good records into ``good.jsonl``, and return the file's name."""
    lines = (
        record(text=text, community={"name": f"甲{number}社区", "code": f"00020{number}"})
        for number, text in enumerate(GOOD)
    )
    lay(folder, "good.jsonl", "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines))
    return "good.jsonl"


def lay(folder: Path, name: str, data: Data) -> Path:
    """Write a file, and the folders that it is in."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    made = data() if callable(data) else data
    path.write_bytes(made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made)
    return path


def zipped(parts: Parts | Sequence[tuple[str, bytes | str]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of parts; as pairs, a name may stand twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts.items() if isinstance(parts, Mapping) else parts:
            with archive.open(_info(name, method), "w", force_zip64=False) as part:
                part.write(data.encode() if isinstance(data, str) else data)
    return stream.getvalue()


def _info(name: str, method: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type = method
    return info


def swelling(piece: bytes, times: int, around: tuple[bytes, bytes] = (b"", b"")) -> list[bytes]:
    """Return a large content in pieces, which are all the same one in memory."""
    return [around[0], *[piece] * times, around[1]]


def swollen(parts: Parts, name: str, pieces: Iterable[bytes]) -> bytes:
    """Return a ZIP archive with one part that is large, and packs small."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in parts.items():
            archive.writestr(each, data)
        with archive.open(_info(name, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
    return stream.getvalue()


# Workbooks ------------------------------------------------------------------------------------------------------------

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"

HEADINGS: Final = ("编码", "名称", "时间", "开头")
ROW: Final = ("000101", "试验社区", "2025", "开头。")


def cell(text: str, at: str = "") -> str:
    """Return a cell of text; without ``at`` it has no address."""
    where = f' r="{at}"' if at else ""
    return f'<c{where} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def rows(*given: Sequence[str], addresses: bool = True) -> str:
    """Return rows of cells of text."""
    return "".join(
        f'<row r="{number}">'
        + "".join(cell(text, f"{chr(65 + at)}{number}" if addresses else "") for at, text in enumerate(each))
        + "</row>"
        for number, each in enumerate(given, 1)
    )


USUAL: Final = rows(HEADINGS, ROW)


def sheet(inside: str = USUAL, after: str = "", before: str = "") -> str:
    """Return the part of a sheet."""
    return (
        f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{before}<sheetData>{inside}</sheetData>{after}</worksheet>'
    )


def book(sheets: Mapping[str, str] | None = None, *, more: str = "", **parts: bytes | str) -> dict[str, bytes | str]:
    """Return the parts of an .xlsx: sheets by their titles, and others in place of, or beside, the usual ones.

    ``more`` stands in the part of the workbook, after its sheets. Names of ``parts`` have ``__`` for ``/``, and no suffix.
    """
    given = {"communities": sheet()} if sheets is None else dict(sheets)
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="a" Type="{_RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        + "".join(f'<sheet name="{title}" sheetId="{at}" r:id="r{at}"/>' for at, title in enumerate(given, 1))
        + f"</sheets>{more}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(given) + 1)
        )
        + f'<Relationship Id="s" Type="{_RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        + f'<Relationship Id="y" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    }
    made |= {f"xl/worksheets/sheet{at}.xml": text for at, text in enumerate(given.values(), 1)}
    made |= {f"{name.replace('__', '/')}.xml": data for name, data in parts.items()}
    return made


def renamed(parts: Parts, old: str, new: str) -> dict[str, bytes | str]:
    """Return the parts with one of another name, by which the others know it too."""
    short, called = old.rpartition("/")[2], new.rpartition("/")[2]
    return {
        new if name == old else name: data.replace(short, called)
        if isinstance(data, str) and name.endswith(".rels")
        else data
        for name, data in parts.items()
    }


_OFFICE: Final = "urn:oasis:names:tc:opendocument:xmlns:"


def open_document(tables: str, before: str = "", after: str = "") -> dict[str, bytes | str]:
    """Return the parts of an .ods whose tables are given."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return {
        "mimetype": kind,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{_OFFICE}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        "content.xml": f'{before}<office:document-content xmlns:office="{_OFFICE}office:1.0" '
        f'xmlns:table="{_OFFICE}table:1.0" xmlns:text="{_OFFICE}text:1.0"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>{after}",
    }


def ods_cell(text: str, more: str = "") -> str:
    """Return a cell of an .ods."""
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def ods_rows(*given: Sequence[str]) -> str:
    """Return rows of an .ods."""
    return "".join(f"<table:table-row>{''.join(map(ods_cell, each))}</table:table-row>" for each in given)


def ods_table(inside: str = "", title: str = "communities") -> str:
    """Return a table of an .ods, after the usual rows."""
    return f'<table:table table:name="{title}">{ods_rows(HEADINGS, ROW)}{inside}</table:table>'


# Word documents -------------------------------------------------------------------------------------------------------

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES: Final = (
    f'xmlns:w="{W}" xmlns:r="{_RELATIONS}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def paragraph(text: str = "正文一段。", style: str = "") -> str:
    """Return a paragraph of a Word document."""
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{about}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


TITLE: Final = paragraph("试验社区2025年科普工作总结")


def part(tag: str, inside: str) -> str:
    """Return a part of a Word document whose root is ``tag``."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} {_NAMES}>{inside}</w:{tag}>'


def relation(identity: str, kind: str, target: str, *, external: bool = False) -> str:
    """Return a relationship."""
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identity}" Type="{_RELATIONS}/{kind}" Target="{target}"{mode}/>'


def relations(*each: str) -> str:
    """Return a part of relationships."""
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(each)}</Relationships>'


def word(body: str = paragraph(), *related: str, types: str = "", **parts: bytes | str) -> dict[str, bytes | str]:
    """Return the parts of a Word document: its body, the relationships of its main part, and other parts."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    styles = part(
        "styles", '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    )
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{kind}.styles+xml"/>{types}</Types>',
        "_rels/.rels": relations(relation("a", "officeDocument", "word/document.xml")),
        "word/document.xml": part("document", f"<w:body>{TITLE}{body}<w:sectPr/></w:body>"),
        "word/styles.xml": styles,
        "word/_rels/document.xml.rels": relations(relation("styles", "styles", "styles.xml"), *related),
    }
    made |= {f"{name.replace('__', '/')}.xml": data for name, data in parts.items()}
    return made


HEADER_TYPE: Final = (
    '<Override PartName="/word/header1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
)


def with_header(inside: str, *related: str) -> dict[str, bytes | str]:
    """Return the parts of a Word document whose pages have a header."""
    made = word("", relation("h", "header", "header1.xml"), types=HEADER_TYPE)
    made["word/document.xml"] = part(
        "document",
        f'<w:body>{TITLE}{paragraph()}<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr></w:body>',
    )
    made["word/header1.xml"] = part("hdr", f"<w:p>{inside}</w:p>")
    made["word/_rels/header1.xml.rels"] = relations(*related)
    return made


# Doors ----------------------------------------------------------------------------------------------------------------


def _batch(name: str, folder: Path) -> Sequence[str]:
    return ["batch", name, good(folder), "-o", "out", "-f", "txt", "-q", "-j", "2"]


def _render(name: str, folder: Path) -> Sequence[str]:
    lay(folder, "good.yaml", json.dumps(record("好记录一", GOOD[0]), ensure_ascii=False))
    return ["render", name, "good.yaml", "-o", "out", "-f", "txt,docx,md"]


def _check(name: str, folder: Path) -> Sequence[str]:
    return ["check", name, good(folder)]


def _rollup(name: str, folder: Path) -> Sequence[str]:
    (folder / "out").mkdir()
    return ["rollup", name, good(folder), "-o", "out/district.yaml", "--name", "试验区"]


def _expected(name: str, folder: Path) -> Sequence[str]:
    (folder / "out").mkdir()
    return ["rollup", good(folder), "-o", "out/district.yaml", "--name", "试验区", "--expected", name]


def _import(name: str, folder: Path) -> Sequence[str]:
    lay(folder, "good.md", "# 好社区2025年科普工作总结\n\n好记录一。\n")
    return ["import", name, "good.md", "-o", "out"]


def _reference(name: str, folder: Path) -> Sequence[str]:
    lay(folder, "good.yaml", json.dumps(record("好记录一", GOOD[0]), ensure_ascii=False))
    return ["render", "good.yaml", "-o", "out", "-f", "docx", "--no-embed", "--reference", name]


def _library(what: str, name: str, folder: Path) -> Sequence[str]:
    return ["library", what, name, good(folder)] if what == "render_batch" else ["library", what, name]


DOORS: Final[Mapping[str, tuple[Callable[[str, Path], Sequence[str]], tuple[str, ...]]]] = {
    "batch": (_batch, GOOD),
    "render": (_render, GOOD[:1]),
    "check": (_check, ()),
    "rollup": (_rollup, ()),
    "rollup --expected": (_expected, ()),
    "import": (_import, GOOD[:1]),
    "--reference": (_reference, ()),
    "render_batch()": (partial(_library, "render_batch"), GOOD),
    "load()": (partial(_library, "load"), ()),
    "check()": (partial(_library, "check"), ()),
    "import_document()": (partial(_library, "import"), ()),
}
"""Each door: the command for a file, and the good records that it must finish beside it."""


def attack(
    doors: Sequence[str],
    name: str,
    file: str,
    data: Data,
    expected: Expected = Expected.EITHER,
    *checks: Check,
    says: str = "",
) -> list[Attack]:
    """Return the attack of a file at some doors."""
    return attack_by(doors, name, file, lambda folder: lay(folder, file, data), expected, *checks, says=says)


def attack_by(
    doors: Sequence[str],
    name: str,
    file: str,
    make: Callable[[Path], object],
    expected: Expected = Expected.EITHER,
    *checks: Check,
    says: str = "",
) -> list[Attack]:
    """Return the attack of what ``make`` lays into the folder as ``file``, at some doors."""
    return [
        Attack(
            f"{file}: {name}", door, partial(_made, make, DOORS[door][0], file), expected, DOORS[door][1], says, checks
        )
        for door in doors
    ]


def _made(
    make: Callable[[Path], object], command: Callable[[str, Path], Sequence[str]], file: str, folder: Path
) -> Sequence[str]:
    make(folder)
    return command(file, folder)


def without_goods(attacks: Sequence[Attack]) -> list[Attack]:
    """Return attacks that need not finish the good records, since none can be."""
    return [replace(each, good=()) for each in attacks]
