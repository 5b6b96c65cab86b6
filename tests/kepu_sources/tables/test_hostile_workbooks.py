"""Small workbooks that would take all memory or run forever: each is a fault, and the next one is read."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import xlsxwriter

from kepu_docs.errors import SourceError
from kepu_sources.tables.books import MOST_SHEETS
from kepu_sources.tables.workbooks import Workbooks
from tests.kepu_sources.tables.test_tables import FORM

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
COMMUNITY = '<row r="1"><c r="A1" t="str"><v>名称</v></c><c r="B1" t="str"><v>时间</v></c></row><row r="2"><c r="A2" t="str"><v>试验社区</v></c><c r="B2"><v>2025</v></c></row>'
TEXT = '<c t="str"><v>害</v></c>'


def xlsx(
    rows: str = COMMUNITY,
    *,
    part: str = "sheet1.xml",
    shared: str = "",
    prefix: bytes = b"",
    tail: str = "",
    sheets: str = '<sheet name="社区" sheetId="1" r:id="r1"/>',
) -> bytes:
    """Return a workbook whose one sheet has these rows."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    relations = f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/{part}"/>'
    if shared:
        relations += f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
        f"xl/worksheets/{part}": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>',
        **({"xl/sharedStrings.xml": shared} if shared else {}),
    }
    return packed(parts, prefix)


def packed(parts: Mapping[str, str], prefix: bytes = b"") -> bytes:
    from io import BytesIO

    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return prefix + stream.getvalue()


def ods(table: str, end: str = "</table:table>") -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = f'<office:document-content{names}><office:body><office:spreadsheet><table:table table:name="社区">{table}{end}</office:spreadsheet></office:body></office:document-content>'
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def many_sheets(count: int) -> bytes:
    return xlsx(sheets="".join(f'<sheet name="s{number}" sheetId="{number}" r:id="r1"/>' for number in range(count)))


CELL = '<table:table-cell office:value-type="string"><text:p>害</text:p></table:table-cell>'


def repeated(times: int) -> str:
    return CELL.replace("<table:table-cell", f'<table:table-cell table:number-columns-repeated="{times}"')


LAST_ROW = f'<row r="1">{TEXT}</row><row r="1048576">{TEXT * 16}</row>'
WIDE = f'<row r="1">{TEXT}</row><row r="1048576"><c r="XFD1048576" t="str"><v>害</v></c></row>'

ATTACKS: dict[str, Callable[[], bytes]] = {
    "rows without addresses": lambda: xlsx(LAST_ROW + f"<row>{TEXT * 2000}</row>"),
    "cells without addresses in the last row": lambda: xlsx(f'<row r="1">{TEXT}</row><row r="1048576">{TEXT * 16384}</row>'),
    "a part of another name": lambda: xlsx(WIDE, part="sheet1.dat"),
    "a part in capitals": lambda: xlsx(WIDE, part="sheet1.XML"),
    "a byte before the archive": lambda: xlsx(WIDE, prefix=b"x"),
    "a cell that is nowhere": lambda: xlsx('<row r="1"><c r="A99999999999999999999" t="str"><v>害</v></c></row>'),
    "a column that is nowhere": lambda: xlsx('<row r="1"><c r="ZZZZZZZZZZZZ1" t="str"><v>害</v></c></row>'),
    "a row that is nowhere": lambda: xlsx(f'<row r="99999999999999999999">{TEXT}</row>'),
    "more shared texts than there are": lambda: xlsx(shared=f'<sst xmlns="{MAIN}" count="99999999999" uniqueCount="99999999999"><si><t>害</t></si></sst>'),
    "a count below nothing": lambda: xlsx(shared=f'<sst xmlns="{MAIN}" uniqueCount="-1"><si><t>害</t></si></sst>'),
    "a shared text that is not there": lambda: xlsx('<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>'),
    "repeated rows of repeated columns": lambda: ods(f'<table:table-row table:number-rows-repeated="1000">{repeated(1000)}</table:table-row>' * 1000),
    "repeated rows of rows": lambda: ods(f'<table:table-row table:number-rows-repeated="99999999999">{CELL}</table:table-row>'),
    "repeated beyond numbers": lambda: ods(f'<table:table-row>{repeated(10**23)}</table:table-row>'),
    "a table without an end": lambda: ods(f"<table:table-row>{CELL}</table:table-row>", end=""),
    "a text without an end": lambda: ods('<table:table-row><table:table-cell office:value-type="string"><text:p>'),
    "repeated spaces": lambda: ods('<table:table-row><table:table-cell office:value-type="string"><text:p><text:s text:c="4000000000"/></text:p></table:table-cell></table:table-row>'),
    "merged cells without number": lambda: xlsx(tail="<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 200_000 + "</mergeCells>"),
    "merged cells that are nowhere": lambda: xlsx(tail='<mergeCells><mergeCell ref="A99999999999:ZZZZZZZZ99999999999"/></mergeCells>'),
    "a dimension beyond all": lambda: xlsx(f'<dimension ref="A1:XFD1048576"/>{WIDE}'),
    "many sheets": lambda: many_sheets(50_000),
    "cyclic sectors": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\0\3\0\xfe\xff\x09\0\6\0" + bytes(6) + b"\1\0\0\0\0\0\0\0" * 3 + bytes(4096),
    "nothing but its signature": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "an archive of nothing": lambda: b"PK\5\6" + bytes(18),
}  # fmt: skip


# Attacks that are nothing but odd: what is there is read, or refused.
HARMLESS = {
    "more shared texts than there are",
    "a count below nothing",
    "merged cells that are nowhere",
    "rows without addresses",
}


@pytest.mark.some(2)
@pytest.mark.parametrize("name", ATTACKS)
def test_each_is_a_fault_of_its_own(name: str, tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.xlsx", tmp_path / "good.xlsx"
    bad.write_bytes(ATTACKS[name]())
    good.write_bytes(xlsx())
    try:
        list(Workbooks().records(str(bad), FORM))
    except SourceError as error:
        assert str(error).startswith(str(bad))
        assert "\n" not in str(error)
    else:
        assert name in HARMLESS
    (record,) = Workbooks().records(str(good), FORM)
    assert record.content == {"community": {"name": "试验社区"}, "period": 2025}


def test_as_many_sheets_as_are_allowed(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(many_sheets(MOST_SHEETS + 1))
    with pytest.raises(SourceError, match=f"has {MOST_SHEETS + 1} sheets; at most {MOST_SHEETS} are read"):
        list(Workbooks().records(str(file), FORM))


@pytest.mark.parametrize("part", ["sheet1.xml", "sheet1.dat", "sheet1.XML"])
def test_a_failed_formula_is_one_whatever_its_part_is_called(part: str, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(xlsx(COMMUNITY.replace('<c r="B2"><v>2025', '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!'), part=part))
    (record,) = Workbooks().records(str(file), FORM)
    assert [str(fault) for fault in record.faults] == [
        f"{file}: 社区!B2: the formula in this cell gives an error instead of a value"
    ]


def test_a_large_workbook_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("社区")
        sheet.write_row(0, 0, ["编码", "名称", "时间"])
        for number in range(1, 3001):
            sheet.write_row(number, 0, [f"{number:06}", f"试验社区{number}", 2025])
    records = list(Workbooks().records(str(file), FORM))
    assert [record.place for record in records] == [f"社区!{number}" for number in range(2, 3002)]
    assert records[-1].content == {"community": {"code": "003000", "name": "试验社区3000"}, "period": 2025}
