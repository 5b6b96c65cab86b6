"""Workbooks and CSV files: what a reader of sheets must survive, alone and beside good records."""

import os
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from itertools import repeat
from pathlib import Path
from typing import Any, Final

from tests.attacks.frame import Attack, Expected
from tests.attacks.material import (
    ESCAPES,
    HEADINGS,
    ROW,
    USUAL,
    attack,
    attack_by,
    book,
    cell,
    lay,
    ods_cell,
    ods_rows,
    ods_table,
    open_document,
    renamed,
    rows,
    sheet,
    swelling,
    swollen,
    without_goods,
    zipped,
)
from tests.kepu_sources.tables.binary_workbooks import BinarySheet, binary_workbook

ALL: Final = ("batch", "check", "rollup", "rollup --expected", "render_batch()")
MOST: Final = ("batch", "check", "rollup")
ONE: Final = ("batch",)

SHEET: Final = "xl/worksheets/sheet1.xml"
STRINGS: Final = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES: Final = '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
MARKS: Final = "，、；。—-~至（）()·.：:月年日万余近约1"
"""Marks that the patterns of cells look for, many of them in a row."""


def one(inside: str, *, after: str = "", before: str = "", **parts: bytes | str) -> bytes:
    """Return a workbook of one sheet, whose usual rows others follow."""
    return zipped(book({"communities": sheet(USUAL + inside, after, before)}, more="", **parts))


def far(number: str, cells: str) -> str:
    """Return a row of a number."""
    return f'<row r="{number}">{cells}</row>'


def attacks() -> Iterator[Attack]:
    """Yield all attacks on tables."""
    yield from _laid_out()
    yield from _swollen()
    yield from _spoiled_zips()
    yield from _spoiled_books()
    yield from _open_documents()
    yield from _old_workbooks()
    yield from _binary_workbooks()
    yield from _cells()
    yield from _no_files()
    yield from _csv()


def _laid_out() -> Iterator[Attack]:
    """Small sheets that would be laid out as a rectangle larger than the memory."""
    wide = cell("远") * 16384
    yield from attack(ALL, "row 1048576, cells without addresses", "a.xlsx", lambda: one(far("1048576", wide)))
    named = {
        "xl/worksheets/sheet1.dat": "sheet1.dat",
        "xl/worksheets/sheet1.XML": "sheet1.XML",
        "xl/sheet": "no suffix",
    }
    for name, told in named.items():
        made = partial(_renamed_sheet, name)
        yield from attack(MOST if "dat" in name else ONE, f"far cell in a sheet named {told}", "a.xlsx", made)
    for before, told in ((b"x", "a junk byte"), (b"junk" * 2000, "kilobytes of junk"), (b"\xef\xbb\xbf", "a BOM")):
        made = partial(_after_junk, before)
        yield from attack(MOST if len(before) == 1 else ONE, f"far cell after {told} before PK", "a.xlsx", made)
    for at in (
        "A99999999999999999999", "A4294967297", "A18446744073709551617", "ZZZZZZZZZ1", "XFD1048576", "XFE1", "A0", "1A",
        "", "A-1", "A1:XFD1048576", "$A$1", "a1048576", "Ａ１０４８５７６", "A1048577",
    ):  # fmt: skip
        doors = MOST if at.startswith("A9") else ONE
        yield from attack(doors, f"a cell {at!r}", "a.xlsx", partial(one, far("3", f'<c r="{at}"><v>1</v></c>')))
    for quoted in ("r='XFD1048576'", 'r = "XFD1048576"', 'r\n=\t"XFD1048576"', 'x:r="A1" r="&#88;FD1048576"'):
        yield from attack(
            ONE, f"a far cell written {quoted!r}", "a.xlsx", partial(one, far("3", f"<c {quoted}><v>1</v></c>"))
        )
    yield from attack(
        ONE,
        "far cell of another prefix",
        "a.xlsx",
        partial(
            one,
            '<y:row xmlns:y="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1048576"><y:c r="XFD1048576"><y:v>1</y:v></y:c></y:row>',
        ),
    )
    for number in ("0", "-1", "4294967295", "4294967296", "18446744073709551615", "9" * 400, "x", ""):
        yield from attack(ONE, f"a row numbered {number[:24]!r}", "a.xlsx", partial(one, far(number, wide[:200_000])))
    yield from attack(
        ONE,
        "rows that go backwards",
        "a.xlsx",
        partial(one, "".join(far(str(n), cell("远")) for n in range(3000, 1, -1))),
    )
    yield from attack(
        ONE, "the dimension A1:XFD1048576", "a.xlsx", partial(one, "", before='<dimension ref="A1:XFD1048576"/>')
    )
    yield from attack(
        ONE, "the dimension A1:A99999999999", "a.xlsx", partial(one, "", before='<dimension ref="A1:A99999999999"/>')
    )
    many = "".join(f'<col min="1" max="16384" width="{n}"/>' for n in range(5000))
    yield from attack(ONE, "columns by the thousand", "a.xlsx", partial(one, "", before=f"<cols>{many}</cols>"))


def _renamed_sheet(name: str) -> bytes:
    parts = book({"communities": sheet(USUAL + far("1048576", '<c r="XFD1048576"><v>1</v></c>'))})
    made = renamed(parts, SHEET, name)
    rels = str(made["xl/_rels/workbook.xml.rels"])
    made["xl/_rels/workbook.xml.rels"] = rels.replace(f"worksheets/{name.rpartition('/')[2]}", name.removeprefix("xl/"))
    return zipped(made)


def _after_junk(before: bytes) -> bytes:
    return before + one(far("1048576", '<c r="XFD1048576"><v>1</v></c>'))


def _swollen() -> Iterator[Attack]:
    """What is small on the disk and large in memory."""
    for name in ("uniqueCount", "count"):
        text = f'{STRINGS} {name}="99999999999"><si><t>甲</t></si></sst>'
        yield from attack(
            MOST if name == "uniqueCount" else ONE,
            f'{name}="99999999999"',
            "a.xlsx",
            partial(one, "", xl__sharedStrings=text),
        )
    strings = book() | {}
    head = f"{STRINGS}>".encode()
    for piece, times, told in (
        (b"<si><t>a</t></si>" * 1000, 3_000, "3,000,000 shared strings"),
        (b"<si><t/></si>" * 1000, 8_000, "8,000,000 empty shared strings"),
        (b"<si><r><t>a</t></r></si>" * 1000, 2_000, "2,000,000 rich strings"),
    ):
        yield from attack(
            ONE, told, "a.xlsx",
            partial(swollen, strings, "xl/sharedStrings.xml", swelling(piece, times, (head, b"</sst>"))),
        )  # fmt: skip
    long = swelling(b"a" * 1_000_000, 300, (head + b"<si><t>", b"</t></si></sst>"))
    yield from attack(
        ONE, "a shared string of 300 MB", "a.xlsx", partial(swollen, strings, "xl/sharedStrings.xml", long)
    )
    styles = swelling(
        b'<xf numFmtId="14"/>' * 1000,
        3_000,
        (f'{STYLES}<cellXfs count="3000000">'.encode(), b"</cellXfs></styleSheet>"),
    )
    yield from attack(ONE, "3,000,000 styles", "a.xlsx", partial(swollen, strings, "xl/styles.xml", styles))
    yield from attack(
        ONE,
        'cellXfs count="99999999999"',
        "a.xlsx",
        partial(one, "", xl__styles=f'{STYLES}<cellXfs count="99999999999"><xf numFmtId="0"/></cellXfs></styleSheet>'),
    )
    code = "[$-804]" * 150_000
    yield from attack(
        ONE,
        "a number format of a million characters",
        "a.xlsx",
        partial(
            one,
            "",
            xl__styles=f'{STYLES}<numFmts count="1"><numFmt numFmtId="200" formatCode="{code}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>',
        ),
    )
    yield from attack(MOST, "400,000 merged ranges", "a.xlsx", _merged)
    yield from attack(
        MOST,
        "merged cells A1:XFD1048576",
        "a.xlsx",
        partial(one, "", after='<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    yield from attack(
        ONE,
        "merged cells that are none",
        "a.xlsx",
        partial(one, "", after='<mergeCells><mergeCell ref="B9:A1"/><mergeCell ref="x"/><mergeCell/></mergeCells>'),
    )
    yield from attack(ONE, "300,000 defined names", "a.xlsx", _named)
    yield from attack(MOST, "50,000 sheets", "a.xlsx", lambda: zipped(_many_sheets(50_000)))
    yield from attack(
        ONE, "1,900 sheets, each with a part", "a.xlsx", lambda: zipped(book({f"s{n}": sheet() for n in range(1900)}))
    )
    big = swelling((far("3", "") * 2_000).encode(), 35_000, (sheet()[:-24].encode(), b"</sheetData></worksheet>"))
    yield from attack(MOST, "a sheet of 1 GB", "a.xlsx", _giant)
    yield from attack(
        ONE,
        "a sheet of blank rows by the million",
        "a.xlsx",
        partial(swollen, {k: v for k, v in book().items() if k != SHEET}, SHEET, big),
    )
    yield from attack(ONE, "a cell of 40 MB", "a.xlsx", lambda: one(far("3", cell("字" * 13_000_000, "D3"))))
    yield from attack(
        ONE, "an attribute of 20 MB", "a.xlsx", lambda: one(far("3", f'<c r="A3" x="{"a" * 20_000_000}"><v>1</v></c>'))
    )
    yield from attack(ONE, "elements 200,000 deep", "a.xlsx", lambda: one("<x>" * 200_000 + "</x>" * 200_000))
    yield from attack(ONE, "archives within archives", "a.xlsx", _nested)
    yield from attack(
        ONE,
        "200 MB of zeros beside the parts",
        "a.xlsx",
        partial(swollen, book(), "xl/media/a.png", swelling(b"\0" * 1_000_000, 600)),
    )


def _merged() -> bytes:
    merged = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 400_001))
    return one("", after=f"<mergeCells>{merged}</mergeCells>")


def _named() -> bytes:
    names = "".join(f'<definedName name="n{n}">communities!$A$1</definedName>' for n in range(300_000))
    return zipped(book(more=f"<definedNames>{names}</definedNames>"))


def _nested() -> bytes:
    inner = zipped({"a": b"\0" * 50_000_000})
    return zipped({f"{n}.xlsx": inner for n in range(200)})


def _giant() -> bytes:
    piece = (far("3", cell("甲", "A3")) * 1_000).encode()
    start = sheet()[: -len("</sheetData></worksheet>")].encode()
    pieces = swelling(piece, 1_000_000_000 // len(piece), (start, b"</sheetData></worksheet>"))
    return swollen({name: data for name, data in book().items() if name != SHEET}, SHEET, pieces)


def _many_sheets(count: int) -> dict[str, bytes | str]:
    parts = book({"communities": sheet()})
    about = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r1"/>' for n in range(2, count))
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("</sheets>", f"{about}</sheets>")
    return parts


def _spoiled_zips() -> Iterator[Attack]:
    """Archives that lie about what they hold."""
    refused = Expected.REFUSED
    whole = one("")
    yield from attack(
        ONE, "entries by the thousand", "a.xlsx", lambda: zipped({**book(), **{f"e{n}": b"" for n in range(70_000)}})
    )
    yield from attack(ONE, "a part twice", "a.xlsx", lambda: _twice())
    for name in ("../evil.txt", "/etc/evil", "..\\evil.txt", "C:\\evil", "a\0b", "\x1b[2J.xml", "é" * 20_000):
        yield from attack(ONE, f"a part named {name[:20]!r}", "a.xlsx", partial(_with_part, name))
    for cut in (10, len(whole) // 2, len(whole) - 1):
        yield from attack(
            ONE,
            f"cut off after {cut} of its bytes" if cut < 11 else f"cut off, {cut * 100 // len(whole)} %",
            "a.xlsx",
            whole[:cut],
            refused,
        )
    yield from attack(
        ONE, "sizes in the directory that are wrong", "a.xlsx", lambda: _directory(whole, 24, b"\1\0\0\0")
    )
    yield from attack(
        ONE, "sizes of 4 GB in the directory", "a.xlsx", lambda: _directory(whole, 24, b"\xfe\xff\xff\xff")
    )
    yield from attack(ONE, "an encrypted part", "a.xlsx", lambda: _directory(whole, 8, b"\1\0"), refused)
    yield from attack(ONE, "an unknown compression", "a.xlsx", lambda: _directory(whole, 10, b"\x63\0"), refused)
    yield from attack(ONE, "all parts at one place (overlapping)", "a.xlsx", lambda: _directory(whole, 42, b"\0\0\0\0"))
    for method, told in ((zipfile.ZIP_BZIP2, "BZIP2"), (zipfile.ZIP_LZMA, "LZMA")):
        yield from attack(ONE, f"packed with {told}", "a.xlsx", partial(zipped, book(), method))
    yield from attack(
        ONE, "a bomb of BZIP2", "a.xlsx", lambda: zipped({**book(), "xl/a.xml": b" " * 150_000_000}, zipfile.ZIP_BZIP2)
    )
    yield from attack(
        ONE,
        "a directory of 65,535 entries that are not there",
        "a.xlsx",
        b"PK\5\6" + b"\0" * 4 + b"\xff\xff" * 2 + b"\0" * 10,
        refused,
    )
    yield from attack(
        ONE,
        "ZIP64 with impossible offsets",
        "a.xlsx",
        whole + b"PK\6\6" + b"\xff" * 52 + b"PK\6\7" + b"\xff" * 16 + b"PK\5\6" + b"\xff" * 18,
    )
    for data, told in (
        (b"", "an empty file"),
        (b"PK", "two bytes"),
        (b"\0" * 1000, "zeros"),
        (os.urandom(4096), "noise"),
        (b"<html>", "a page"),
    ):
        yield from attack(MOST if not data else ONE, told, "a.xlsx", data, refused)


def _twice() -> bytes:
    parts = [*book().items(), (SHEET, sheet(USUAL + far("1048576", '<c r="XFD1048576"><v>1</v></c>')))]
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped(parts)


def _with_part(name: str) -> bytes:
    return zipped({**book(), name: b"x"})


def _directory(data: bytes, offset: int, value: bytes) -> bytes:
    """Return an archive in whose directory each entry has ``value`` at ``offset``."""
    changed = bytearray(data)
    at = changed.find(b"PK\1\2")
    while at >= 0:
        changed[at + offset : at + offset + len(value)] = value
        at = changed.find(b"PK\1\2", at + 4)
    return bytes(changed)


def _spoiled_books() -> Iterator[Attack]:
    """Workbooks whose parts are not what they should be."""
    usual = book()
    for name in usual:
        yield from attack(
            ONE,
            f"without {name}",
            "a.xlsx",
            partial(zipped, {each: data for each, data in usual.items() if each != name}),
        )
    rels = "xl/_rels/workbook.xml.rels"
    for target in (
        "workbook.xml",
        "../../../../etc/passwd",
        "/etc/passwd",
        "http://evil.example/a.xml",
        "",
        "worksheets/none.xml",
        "file:///etc/passwd",
    ):
        text = str(usual[rels]).replace("worksheets/sheet1.xml", target)
        yield from attack(ONE, f"a sheet at {target!r}", "a.xlsx", partial(zipped, {**usual, rels: text}))
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
    laughs = (
        '<!DOCTYPE x [<!ENTITY a0 "lol">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + "]>"
    )
    for text, told in ((entity, "an entity of a file"), (laughs, "entities by the billion")):
        inside = sheet(
            USUAL + far("3", f'<c r="D3" t="inlineStr"><is><t>{"&b;" if text is entity else "&a9;"}</t></is></c>')
        )
        yield from attack(ONE, told, "a.xlsx", partial(zipped, {**usual, SHEET: text + inside}))
    for index in ("99999999", "-1", "18446744073709551616", "x", "", "1e9"):
        yield from attack(
            ONE,
            f"the shared string {index!r}",
            "a.xlsx",
            partial(
                one,
                far("3", f'<c r="D3" t="s"><v>{index}</v></c>'),
                xl__sharedStrings=f"{STRINGS}><si><t>甲</t></si></sst>",
            ),
        )
    for name in ("utf-16", "gb18030", "utf-7", "none-such"):
        declared = f'<?xml version="1.0" encoding="{name}"?>' + sheet()
        data = declared.encode("utf-16" if name == "utf-16" else "gb18030" if name == "gb18030" else "utf-8")
        yield from attack(ONE, f"a sheet in {name}", "a.xlsx", partial(zipped, {**usual, SHEET: data}))
    for told, text in ESCAPES.items():
        title = text.replace("\x1b", "&#27;").replace("\n", "&#10;").replace("\r", "&#13;").replace("\x07", "&#7;")
        yield from attack(
            MOST if told in ("ESC", "line") else ONE,
            f"a sheet named with {told}",
            "a.xlsx",
            partial(zipped, book({"communities": sheet(), title: sheet(rows(("未知",), ("1",)))})),
        )
        yield from attack(
            ONE,
            f"a heading with {told}",
            "a.xlsx",
            partial(zipped, book({"communities": sheet(rows((*HEADINGS, title), (*ROW, "1")))})),
        )
        yield from attack(
            ONE,
            f"a cell with {told}",
            "a.xlsx",
            partial(zipped, book({"communities": sheet(rows(HEADINGS, ("000101", title, title, title)))})),
        )
    yield from attack(
        ONE,
        "a macro workbook with a program that is a bomb",
        "a.xlsm",
        partial(swollen, book(), "xl/vbaProject.bin", swelling(b"\0" * 1_000_000, 700)),
    )
    yield from attack(
        MOST,
        "16,000 unknown headings",
        "a.xlsx",
        lambda: zipped(
            book(
                {
                    "communities": sheet(
                        rows((*HEADINGS, *(f"编码名称时间{n:05}" for n in range(16_000))), ROW, addresses=False)
                    )
                }
            )
        ),
    )
    yield from attack(
        ONE,
        "a heading of 100,000 characters",
        "a.xlsx",
        lambda: zipped(book({"communities": sheet(rows((*HEADINGS, "编码" * 50_000), ROW))})),
    )
    yield from attack(
        ONE,
        "a link of a cell to a program",
        "a.xlsx",
        partial(one, far("3", '<c r="A3"><f>cmd|"/c calc"!A1</f><v>1</v></c>')),
    )


def _open_documents() -> Iterator[Attack]:
    """Sheets of LibreOffice that repeat what they hold."""
    value = ods_cell("远", ' table:number-columns-repeated="16384"')

    def repeated(count: str, inside: str = value) -> str:
        return f'<table:table-row table:number-rows-repeated="{count}">{inside}</table:table-row>'

    for doors, told, inside in (
        (
            MOST,
            "1,000 rows of 16,384 cells, 900 times",
            repeated("900", ods_cell("远", ' table:number-columns-repeated="900"')) * 400,
        ),
        (MOST, "repeated rows times repeated columns", repeated("1048576")),
        (
            ONE,
            "999 rows times 999 columns, 100 times",
            repeated("999", ods_cell("远", ' table:number-columns-repeated="999"')) * 100,
        ),
        (ONE, "99999999999 rows", repeated("99999999999")),
        (ONE, "-1 rows", repeated("-1")),
        (ONE, "0 rows", repeated("0")),
        (ONE, "blank rows, then a cell", repeated("1048575", "<table:table-cell/>") + ods_rows(("远",))),
        (
            ONE,
            "blank cells, then a cell",
            '<table:table-row><table:table-cell table:number-columns-repeated="999999999"/>'
            + ods_cell("远")
            + "</table:table-row>",
        ),
        (
            ONE,
            "rows of spaces",
            repeated(
                "1048576",
                '<table:table-cell table:number-columns-repeated="16384"><text:p><text:s text:c="99999999"/></text:p></table:table-cell>',
            ),
        ),
        (
            ONE,
            "a cell of 2,000,000,000 spaces",
            f'<table:table-row><table:table-cell office:value-type="string"><text:p>{"<text:s text:c=" + chr(34) + "2000000000" + chr(34) + "/>"}</text:p></table:table-cell></table:table-row>',
        ),
        (
            ONE,
            "groups of rows 100,000 deep",
            "<table:table-row-group>" * 100_000 + "</table:table-row-group>" * 100_000,
        ),
        (
            ONE,
            "covered cells",
            '<table:table-row table:number-rows-repeated="900"><table:covered-table-cell table:number-columns-repeated="16000000"/></table:table-row>',
        ),
    ):
        yield from attack(doors, told, "a.ods", partial(_ods, ods_table(inside)))  # fmt: skip
    whole = ods_table()
    for cut in ("</table:table>", "</table:table-row>", "</text:p>", "</table:table-cell>"):
        yield from attack(
            MOST if cut == "</table:table>" else ONE, f"without {cut}", "a.ods", partial(_ods, whole.replace(cut, ""))
        )
    text = str(open_document(whole)["content.xml"])
    for end in (200, len(text) // 2, len(text) - 40):
        yield from attack(ONE, f"content cut off, {end * 100 // len(text)} %", "a.ods", partial(_ods_of, text[:end]))
    laughs = (
        '<!DOCTYPE x [<!ENTITY a0 "lol">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + "]>"
    )
    yield from attack(
        ONE, "entities by the billion", "a.ods", lambda: zipped(open_document(ods_table(ods_rows(("&a9;",))), laughs))
    )
    yield from attack(
        ONE,
        "20,000 tables",
        "a.ods",
        lambda: zipped(open_document(whole + "".join(f'<table:table table:name="s{n}"/>' for n in range(20_000)))),
    )
    encrypted = str(open_document(whole)["META-INF/manifest.xml"]).replace(
        "/></m", "><manifest:encryption-data/></manifest:file-entry></m"
    )
    yield from attack(
        ONE,
        "protected by a password",
        "a.ods",
        lambda: zipped({**open_document(whole), "META-INF/manifest.xml": encrypted}),
    )
    yield from attack(
        ONE, "no content", "a.ods", lambda: zipped({"mimetype": open_document("")["mimetype"]}), Expected.REFUSED
    )
    yield from attack(ONE, "an .xlsx of that name", "a.ods", lambda: one(""))
    yield from attack(ONE, "an .ods named .xlsx, repeated", "a.xlsx", partial(_ods, ods_table(repeated("1048576"))))


def _ods(tables: str) -> bytes:
    return zipped(open_document(tables))


def _ods_of(content: str) -> bytes:
    return zipped({**open_document(""), "content.xml": content})


OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(
    stream: bytes = b"", name: str = "Workbook", *, chain: Callable[[int], int] | None = None, shift: int = 9,
    fats: int = 1, first: int = 2, size: int | None = None, directory: int = 1, difat: int = 0xFFFFFFFE, difats: int = 0,
) -> bytes:  # fmt: skip
    """Return an OLE file with one stream: sector 0 is the table of chains, 1 the directory, then the stream."""
    padded = stream + b"\0" * (-len(stream) % 512) if len(stream) >= 4096 else stream.ljust(4096, b"\0")
    count = len(padded) // 512
    chains = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    if chain:
        chains = [chain(at) if at > 1 else each for at, each in enumerate(chains)]
    header = (
        OLE
        + b"\0" * 16
        + struct.pack(
            "<HHHHH6sIIIIIIIII",
            0x3E,
            3,
            0xFFFE,
            shift,
            6,
            b"",
            0,
            fats,
            directory,
            0,
            4096,
            0xFFFFFFFE,
            0,
            difat,
            difats,
        )
    )
    header += struct.pack("<I", 0) + b"\xff" * 4 * 108
    entries = b""
    for title, kind, start, length in (
        ("Root Entry", 5, 0xFFFFFFFE, 0),
        (name, 2, first, len(padded) if size is None else size),
    ):
        encoded = title.encode("utf-16-le") + b"\0\0"
        entries += encoded.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF
        )
        entries += b"\0" * 36 + struct.pack("<IQ", start, length)
    table = b"".join(struct.pack("<I", each) for each in chains[:128]).ljust(512, b"\xff")
    return header + table + entries.ljust(512, b"\0") + padded


def biff(*records: tuple[int, bytes]) -> bytes:
    """Return the records of an old workbook."""
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)


BOF: Final = (0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
SHEET_BOF: Final = (0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
EOF: Final = (0x0A, b"")


def old_book(*inside: tuple[int, bytes], before: tuple[tuple[int, bytes], ...] = ()) -> bytes:
    """Return an .xls of one sheet."""
    name = b"\x0b\0communities"
    at = len(biff(BOF, *before, (0x85, b"\0" * 6 + name), EOF))
    return compound(biff(BOF, *before, (0x85, struct.pack("<IH", at, 0) + name), EOF, SHEET_BOF, *inside, EOF))


def label(row: int, column: int, text: str) -> tuple[int, bytes]:
    """Return the record of a cell of text in Latin letters."""
    return 0x204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1")


def _old_workbooks() -> Iterator[Attack]:
    """Files of Excel 97: a file system within a file, with chains that may go round."""
    number = struct.pack("<HHHd", 65535, 255, 0, 1.0)
    for doors, told, data in (
        (MOST, "a chain that goes round", compound(chain=lambda at: 2)),
        (ONE, "a chain to itself", compound(chain=lambda at: at)),
        (ONE, "a chain out of the file", compound(chain=lambda at: 0x7FFFFFFF)),
        (ONE, "sectors of 2^64 bytes", compound(shift=64)),
        (ONE, "sectors of one byte", compound(shift=0)),
        (ONE, "4 billion tables of chains", compound(fats=0xFFFFFFFF)),
        (ONE, "a directory out of the file", compound(directory=0x7FFFFFFF)),
        (ONE, "a stream of 2^63 bytes", compound(size=1 << 63)),
        (ONE, "a stream that starts nowhere", compound(first=0xFFFFFFF0)),
        (ONE, "tables of tables that go round", compound(difat=2, difats=0xFFFFFFFF)),
        (ONE, "the head alone", OLE),
        (ONE, "the head and noise", OLE + os.urandom(5000)),
        (ONE, "an encrypted .xlsx", compound(b"x" * 5000, "EncryptedPackage")),
        (ONE, "no workbook in it", compound(b"x" * 5000, "Other")),
        (ONE, "protected by a password", old_book(before=((0x2F, b"\0\0" + b"\1" * 50),))),
        (ONE, "a number in the last cell", old_book((0x203, number))),
        (ONE, "65,536 rows and 65,536 columns", old_book((0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)))),
        (ONE, "merged cells without end", old_book((0xE5, struct.pack("<H", 65535) + b"\xff" * 8))),
        (ONE, "4 billion shared strings", old_book(before=((0xFC, b"\xff" * 8 + b"\1\0\0a"),))),
        (ONE, "a record longer than the file", compound(biff(BOF)[:-8] + b"\x03\x02\xff\xff")),
        (ONE, "a shared string that is not there", old_book((0xFD, struct.pack("<HHHI", 0, 0, 0, 0xFFFFFFFF)))),
        (ONE, "a sheet that begins in itself", compound(biff(BOF, (0x85, b"\0" * 6 + b"\x0b\0communities"), EOF))),
    ):
        yield from attack(doors, told, "a.xls", data)  # fmt: skip
    yield from attack(
        ONE,
        "an encrypted .xlsx by its usual name",
        "a.xlsx",
        compound(b"x" * 5000, "EncryptedPackage"),
        Expected.REFUSED,
    )


def _binary_workbooks() -> Iterator[Attack]:
    """Parts of records that say more than they hold."""
    far = [(1_048_575, 16_383, "远")]
    noise = os.urandom(100_000)
    for doors, told, data in (
        (MOST, "a cell in the last row and column", binary({"more": far})),
        (ONE, "a cell beyond all rows and columns", binary({"more": [(2**32 - 1, 2**32 - 1, "远")]})),
        (ONE, "100,001 merged ranges", binary({"merged": [(n, n + 1, 0, 0) for n in range(100_001)]})),
        (ONE, "a merged range beyond all", binary({"merged": [(0, 2**32 - 1, 0, 2**32 - 1)]})),
        (ONE, "noise for a sheet", binary({}, {"xl/worksheets/sheet1.bin": noise})),
        (ONE, "noise for the book", binary({}, {"xl/workbook.bin": noise})),
        (ONE, "noise for the texts", binary({}, {"xl/sharedStrings.bin": noise})),
        (ONE, "4 billion shared texts", binary({}, {"xl/sharedStrings.bin": b"\x9f\1\x08" + b"\xff" * 8})),
        (
            ONE,
            "a record of 256 MB that is not there",
            binary({}, {"xl/worksheets/sheet1.bin": b"\x91\1\0\5\xff\xff\xff\x7f"}),
        ),
        (ONE, "a title of 4 billion letters", binary({}, {"xl/workbook.bin": b"\x9c\1\x0c" + bytes(8) + b"\xff" * 4})),
        (ONE, "an example in no row", binary({"example": (2**32 - 1, ["远"] * 30_000)})),
    ):
        yield from attack(doors, told, "a.xlsb", data)  # fmt: skip


def binary(sheet: Mapping[str, Any], parts: Mapping[str, bytes] = {}) -> Callable[[], bytes]:
    """Return what makes a binary workbook of the usual rows, with more in its sheet, or with other parts."""

    def made() -> bytes:
        rows = BinarySheet([HEADINGS, ROW], **sheet)
        whole = BytesIO(binary_workbook({"communities": rows}))
        with zipfile.ZipFile(whole) as archive:
            return zipped({name: parts.get(name, archive.read(name)) for name in archive.namelist()})

    return made


def _cells() -> Iterator[Attack]:
    """Cells that patterns may take long over."""
    for mark in MARKS:
        yield from attack(("batch",), f"cells of 60,000 {mark}", "a.xlsx", partial(_cells_of, mark * 60_000))
    for mark in ("1月", "1-", "1、", "（1）", "近1", "1年1月", "1至", ".5", "2025-01-01至", "1,", "a ", "\u3000", "1 "):
        yield from attack(
            ("batch",), f"cells of {mark!r} without end", "a.xlsx", partial(_cells_of, mark * (60_000 // len(mark)))
        )
    yield from attack(("check",), "cells of 60,000 、", "a.xlsx", partial(_cells_of, "、" * 60_000))
    for value in ("1e308", "-1e308", "1e-320", "NaN", "inf", "0x10", "1e999", "9" * 5000, "", " "):
        yield from attack(
            ONE,
            f"the number {value[:12]!r}",
            "a.xlsx",
            partial(
                one, far("3", f'<c r="A3"><v>{value}</v></c><c r="B3"><v>{value}</v></c><c r="C3"><v>{value}</v></c>')
            ),
        )
    for kind in ("d", "b", "e", "str", "z", "n"):
        yield from attack(
            ONE,
            f"a cell of the type {kind}",
            "a.xlsx",
            partial(one, far("3", f'<c r="C3" t="{kind}"><v>9999-99-99T99:99:99Z</v></c>')),
        )
    dates = f'{STYLES}<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="47"/></cellXfs></styleSheet>'
    for value in ("99999999999", "-99999999999", "2958466", "0.9999999999", "60", "1e300", "NaN"):
        yield from attack(
            ONE,
            f"the day {value}",
            "a.xlsx",
            partial(
                one,
                far(
                    "3",
                    f'<c r="C3" s="1"><v>{value}</v></c><c r="D3" s="2"><v>{value}</v></c><c r="B3" s="99999"><v>1</v></c>',
                ),
                xl__styles=dates,
            ),
        )


def _cells_of(text: str) -> bytes:
    sessions = rows(("编码", "主题", "日期", "人次", "地点", "讲师"), ("000101", *repeat(text, 5)))
    training = rows(("编码", "总场次", "总人次", "对象", "讲师来源"), ("000101", *repeat(text, 4)))
    return zipped(
        book(
            {
                "communities": sheet(rows(HEADINGS, ("000101", text, text, text))),
                "training": sheet(training),
                "training.sessions": sheet(sessions),
            }
        )
    )


def _no_files() -> Iterator[Attack]:
    """What stands where a file is expected, and is none."""

    def fifo(folder: Path) -> None:
        os.mkfifo(folder / "a.xlsx")

    def directory(folder: Path) -> None:
        (folder / "a.xlsx").mkdir()

    def link(target: str, folder: Path) -> None:
        (folder / "a.xlsx").symlink_to(target)

    yield from attack_by(MOST, "a pipe", "a.xlsx", fifo, Expected.REFUSED)
    # What an operator names and nothing can be read from is refused before anything is made.
    yield from without_goods(attack_by(ONE, "a folder of that name", "a.xlsx", directory))
    for target in ("/dev/zero", "/dev/stdin", "a.xlsx", "none.xlsx", "/", "../home/canary.txt"):
        linked = attack_by(
            ONE,
            f"a link to {target}",
            "a.xlsx",
            partial(link, target),
            Expected.REFUSED if target != "/" else Expected.EITHER,
        )
        yield from linked if target != "/" else without_goods(linked)


def _csv() -> Iterator[Attack]:
    """Tables of text."""
    head = ",".join(HEADINGS) + "\n"
    row = ",".join(ROW) + "\n"
    for doors, told, data in (
        (MOST, "a line of 100 MB", lambda: head + "a" * 100_000_000),
        (ONE, "a quotation that never ends", lambda: head + '"' + row * 200_000),
        (MOST, "100,000 columns", lambda: ",".join(f"列{n}" for n in range(100_000)) + "\n" + row),
        (
            ONE,
            "16,000 unknown headings",
            lambda: head.strip() + "," + ",".join(f"编码名称时间{n:05}" for n in range(16_000)) + "\n" + row,
        ),
        (ONE, "a row of 1,000,000 cells", lambda: head + row + "," * 1_000_000 + "\n"),
        (ONE, "rows of one more cell each", lambda: head + "".join("," * n + "x\n" for n in range(3_000))),
        (ONE, "a zero character", lambda: head + "000101,甲\0乙,2025,开头。\n"),
        (ONE, "2,000,000 blank lines", lambda: head + "\n" * 2_000_000 + row),
        (ONE, "carriage returns alone", lambda: (head + row * 9).replace("\n", "\r")),
        (ONE, "UTF-16", lambda: (head + row).encode("utf-16")),
        (ONE, "broken UTF-8", lambda: (head + row).encode() + b"\xff\xfe\xfd\n"),
        (ONE, "half a character of GB18030", lambda: (head + row).encode("gb18030")[:-4] + b"\x81"),
        (ONE, "an empty file", lambda: b""),
        (ONE, "a heading twice", lambda: head.strip() + ",编码\n" + row),
        (ONE, "zeros", lambda: b"\0" * 3_000_000),
    ):
        yield from attack(doors, told, "communities.csv", data)  # fmt: skip
    for told, text in ESCAPES.items():
        quoted = '"' + text.replace('"', '""') + '"'
        yield from attack(
            ONE, f"a heading with {told}", "communities.csv", f"{head.strip()},{quoted}\n{row.strip()},1\n"
        )
        yield from attack(ONE, f"a cell with {told}", "communities.csv", f"{head}{quoted},{quoted},{quoted},{quoted}\n")
    yield from attack_by(
        ONE, "a link to /dev/zero", "a.csv", lambda folder: (folder / "a.csv").symlink_to("/dev/zero"), Expected.REFUSED
    )
    yield from attack_by(ONE, "a pipe", "a.csv", lambda folder: os.mkfifo(folder / "a.csv"), Expected.REFUSED)
    yield from attack_by(ONE, "a folder with a pipe and a link to itself", "d", _odd_folder)


def _odd_folder(folder: Path) -> None:
    inside = folder / "d"
    lay(folder, "d/communities.csv", ",".join(HEADINGS) + "\n" + ",".join(ROW) + "\n")
    os.mkfifo(inside / "training.csv")
    (inside / "again").symlink_to(".")
    (inside / "up").symlink_to("/")
    (inside / "zero.csv").symlink_to("/dev/zero")
