"""CSV as Excel, WPS, LibreOffice and people write it: encodings, separators, quotes, and text around the table."""

import shutil
from pathlib import Path

import pytest

from kepu_docs.contract.sources import SourceRecord
from kepu_docs.errors import SourceError
from kepu_sources.tables.csv_files import CsvFiles
from tests.kepu_sources.tables.saving import saved_by_libreoffice
from tests.kepu_sources.tables.test_beside_facts import ACTIVITIES, ACTIVITY_HEADS, COMMUNITIES, FACTS, activities_of
from tests.kepu_sources.tables.test_tables import FORM, faults_of, loaded
from tests.tables import write_workbook

HEADS = "编码,名称,时间,居民\r\n"
TABLE = HEADS + "000101,甲社区,2025,300\r\n000102,乙社区,2025,5\r\n"
EXPECTED = [
    {"community": {"code": "000101", "name": "甲社区", "residents": 300}, "period": 2025},
    {"community": {"code": "000102", "name": "乙社区", "residents": 5}, "period": 2025},
]


def read(folder: Path, data: bytes, name: str = "社区.csv") -> list[SourceRecord]:
    (folder / name).write_bytes(data)
    return list(CsvFiles().records(str(folder / name), FORM))


SEMICOLONS = TABLE.replace(",", ";")
TABS = TABLE.replace(",", "\t")
WRITTEN = {
    "UTF-8": TABLE.encode(),
    "UTF-8 with its mark": TABLE.encode("utf-8-sig"),
    "GBK": TABLE.encode("gbk"),
    "UTF-16": TABLE.encode("utf-16"),
    "Unicode text": TABS.encode("utf-16"),
    "UTF-16 of others": b"\xfe\xff" + TABS.encode("utf-16-be"),
    "sep=;": f"sep=;\r\n{SEMICOLONS}".encode("gbk"),
    "quoted sep=;": f'"sep=;"\r\n{SEMICOLONS}'.encode("gbk"),
    "sep=|": f"sep=|\r\n{TABLE.replace(',', '|')}".encode(),
    "sep=tab": f"sep=\t\r\n{TABS}".encode("gbk"),
    "old Mac": TABLE.replace("\r\n", "\r").encode(),
    "Unix": TABLE.replace("\r\n", "\n").encode(),
    "code as a quoted formula": TABLE.replace("000101", '"=""000101"""').encode(),
    "code as a formula": TABLE.replace("000101", '="000101"').encode(),
    "code after an apostrophe": TABLE.replace("000101", "'000101").encode(),
    "blank columns and rows": TABLE.replace("\r\n", ",,,,\r\n").encode() + b",,,,,,,\r\n" * 3,
    "blanks before quotes": TABLE.replace("甲社区", ' "甲社区"').encode(),
    "all in quotes": TABLE.replace("甲社区", '"甲社区"').replace("300", '"300"').encode(),
    "title with another separator": f"填报单位;示例街道\r\n{TABLE}".encode(),
    "title": f"填报单位：示例街道,,2025年,\r\n,,,\r\n{TABLE}".encode(),
    "totals and notes": f"{TABLE}合计,,,305\r\n注：截至年底,,,\r\n填表人：张某\r\n".encode(),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_same_table(kind: str, tmp_path: Path) -> None:
    found = read(tmp_path, WRITTEN[kind])
    assert not [fault for record in found for fault in record.faults]
    assert [loaded(record) for record in found] == [loaded(SourceRecord("a", each)) for each in EXPECTED]


def test_quotes_hold_separators_and_line_breaks(tmp_path: Path) -> None:
    (record,) = read(tmp_path, f'{HEADS}000101,"甲,\r\n""乙""社区",2025,300\r\n'.encode())
    assert loaded(record).community.name == '甲, "乙"社区'


TRADITIONAL = "編碼,名稱,時間,街道\r\n000101,{}社區,2025,{}街道\r\n"


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "gb18030", "utf-8"])
@pytest.mark.parametrize("names", [("甲", "乙"), ("龍泉", "觀塘"), ("東興", "深水埗")])
def test_traditional_characters(encoding: str, names: tuple[str, str], tmp_path: Path) -> None:
    if encoding == "big5" and "埗" in names[1]:
        encoding = "cp950"
    text = TRADITIONAL.format(*names)
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        data = text.encode("big5hkscs")
    (record,) = read(tmp_path, data)
    community = loaded(record).community
    assert (community.name, community.street) == (f"{names[0]}社區", f"{names[1]}街道")


@pytest.mark.parametrize("rest", ["", "丂丄丅丆丏丒丗丟丠両丣並丩丮丯丱丳丵丷丼乀乁乂乄乆乊乑乕乗乚乛乢乣乤乥乧乨乪"])
def test_gb18030_is_not_taken_for_big5(rest: str, tmp_path: Path) -> None:
    """Rare characters too."""
    text = HEADS.replace("居民", "街道") + f"000101,{rest or '阿哎唉埃'}社区,2025,街\r\n"
    (record,) = read(tmp_path, text.encode("gb18030"))
    assert loaded(record).community.name == f"{rest or '阿哎唉埃'}社区"


@pytest.mark.parametrize(
    "formula", ["=SUM(D3:D4)", "=B2", "=$B$2*3", "=100+200", "= 4.35*100", "=社区!B2", "=(1+2)*3", "=-B2"]
)
def test_a_formula_is_no_value(formula: str, tmp_path: Path) -> None:
    first, second = read(tmp_path, (HEADS + f"000101,甲社区,2025,{formula}\r\n000102,{formula},2025,5\r\n").encode())
    code = "table-formula-without-result"
    assert [(fault.code, fault.place.line, fault.place.cell) for fault in first.faults] == [(code, 2, "居民")]
    assert (code, 3, "名称") in [(fault.code, fault.place.line, fault.place.cell) for fault in second.faults]


@pytest.mark.parametrize("name", ["=科普=社区", "==甲==", "=甲社区", "甲=B2"])
def test_a_name_with_such_a_sign_is_a_name(name: str, tmp_path: Path) -> None:
    (record,) = read(tmp_path, (HEADS + f"000101,{name},2025,5\r\n").encode())
    assert loaded(record).community.name == name


def test_rows_longer_and_shorter_than_the_headings(tmp_path: Path) -> None:
    first, second = read(tmp_path, (HEADS + "000101,甲社区,2025\r\n000102,乙社区,2025,7,多\r\n").encode())
    assert not first.faults
    assert not second.faults
    assert [(fault.code, fault.place.line) for fault in first.warnings] == [("table-column-without-heading", 3)]


def in_folder(folder: Path, **names: str) -> list[SourceRecord]:
    folder.mkdir()
    activities = [",".join(ACTIVITY_HEADS), *(",".join(map(str, row)) for row in FACTS)]
    (folder / names["communities"]).write_bytes(TABLE.encode("gbk"))
    (folder / names["activities"]).write_text("\r\n".join(activities), encoding="utf-8-sig")
    return list(CsvFiles().records(str(folder), FORM))


@pytest.mark.parametrize(
    ("communities", "activities"),
    [
        ("社区.csv", "科普活动-活动.csv"),
        ("社区.CSV", "科普活动—活动.Csv"),
        ("社区.csv", "活动明细.csv"),
        ("汇总表-社区.csv", "汇总表-科普活动-活动.csv"),
        ("2025_社区.csv", "2025_科普活动-活动.csv"),
        ("communities.csv", "activities.activities.csv"),
    ],
)
def test_files_are_tables_by_their_names(communities: str, activities: str, tmp_path: Path) -> None:
    first, second = in_folder(tmp_path / "in", communities=communities, activities=activities)
    assert [each["name"] for each in activities_of(first)] == ["防溺水讲座"]
    assert [each["name"] for each in activities_of(second)] == ["注意安全宣传"]


def test_files_that_are_nobodys(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("._社区.csv", "~$社区.csv", ".~lock.社区.csv#"):
        (tmp_path / "in" / name).write_bytes(b"\0\5\x16\7")
    (tmp_path / "in" / "社区.csv").write_bytes(TABLE.encode())
    assert len(list(CsvFiles().records(str(tmp_path / "in"), FORM))) == 2


def test_a_table_that_is_unknown_is_a_fault(tmp_path: Path) -> None:
    *known, lost = in_folder(tmp_path / "in", communities="社区.csv", activities="随便.csv")
    assert len(known) == 2
    assert [fault.code for fault in lost.faults] == ["table-lost"]


def test_quotes_that_are_not_closed(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read from this row on"):
        read(tmp_path, TABLE.replace("甲社区", '"甲社区').encode())


@pytest.mark.deep
@pytest.mark.office
def test_sheets_exported_by_libreoffice(tmp_path: Path) -> None:
    """It names each file by the workbook and the sheet."""
    write_workbook(tmp_path / "汇总表.xlsx", {"社区": COMMUNITIES, ACTIVITIES: [ACTIVITY_HEADS, *FACTS]})
    saved_by_libreoffice(
        tmp_path / "汇总表.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    )
    assert sorted(path.name for path in (tmp_path / "saved").iterdir()) == [
        "汇总表-社区.csv",
        "汇总表-科普活动-活动.csv",
    ]
    first, second = CsvFiles().records(str(tmp_path / "saved"), FORM)
    assert [len(activities_of(record)) for record in (first, second)] == [1, 1]
    assert not faults_of(first)
    shutil.rmtree(tmp_path / "saved")
