"""Which members sent nothing, have a faulty record, occur twice, or stand out."""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

import kepu_docs
from kepu_docs.errors import SourceError
from kepu_docs.pipeline.reworded import reworded
from kepu_docs.rollups import By, RollupReport, rollup
from kepu_docs.sections.rollup import FEWEST, modified_scores
from tests.languages import LOCALES
from tests.rollups.samples import about, as_records, community, engine, rolled, write


def names(members: Any) -> list[str]:
    return [each.name for each in members]


def text(summary: Any, locale: str = "zh_Hans") -> str:
    return "".join(kepu_docs.render(summary, "txt", locale=locale).decode().split())


def note(report: RollupReport, locale: str = "zh_Hans") -> str:
    """Return the text of the note that goes with the only summary."""
    (result,) = report.results
    document = result.note(locale)
    assert document is not None
    return "".join(engine().render(document, "txt").decode().split())


def test_who_is_missing_by_a_text(tmp_path: Path) -> None:
    expected = tmp_path / "expected.txt"
    expected.write_text("试验1社区\n000102\n\n  试验3社区 \n", encoding="gb18030")
    report = rolled(tmp_path, [community(1), community(2, code="000102")], expected=expected)
    own = about(report.summary)
    assert own.expected is not None
    assert (own.expected.value, names(own.missing)) == (3, ["试验3社区"])
    assert [who.community for who in report.missing] == ["试验3社区"]
    assert report.complete, "who sends nothing makes no error"
    assert "应报送总结的社区共3个，已汇总2个，尚未报送1个。尚未报送的社区：试验3社区。" in note(report)
    assert "试验3社区" not in text(report.summary)
    assert "本总结涵盖试验街道2个社区。" in text(report.summary)


def test_who_is_missing_by_a_workbook_goes_to_its_street(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "expected.xlsx"))
    sheet = book.add_worksheet("社区")
    rows = [("编码", "名称", "街道"), *[(f"{n}", f"试验{n}社区", "甲街道" if n < 4 else "乙街道") for n in range(1, 7)]]
    rows.append(("7", "试验7社区", "丙街道"))
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    records = [community(n, street="甲街道" if n < 4 else "乙街道", code=f"{n}") for n in (1, 2, 4)]
    report = rolled(tmp_path, records, by="street", expected=tmp_path / "expected.xlsx")
    found = {each.body.name: names(about(each.summary).missing) for each in report.results}
    assert found == {"甲街道": ["试验3社区"], "乙街道": ["试验5社区", "试验6社区"]}
    assert [who.community for who in report.missing] == ["试验3社区", "试验5社区", "试验6社区", "试验7社区"]
    district = rolled(tmp_path, as_records(report), name="试验区")
    assert names(about(district.summary).missing) == ["试验5社区", "试验6社区", "试验3社区"]
    expected = about(district.summary).expected
    assert expected is not None
    assert expected.value == 6


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "names no community"),
        ("a" * 70, "optionally followed by a comma"),
        ("甲\x07社区", "optionally followed"),
        (",张某", "optionally followed"),
    ],
)
def test_a_list_that_is_none(content: str, message: str, tmp_path: Path) -> None:
    expected = tmp_path / "expected.txt"
    expected.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        rolled(tmp_path, [community(1)], expected=expected)
    with pytest.raises(SourceError, match=r"no such file|cannot be read"):
        rolled(tmp_path, [community(1)], expected=tmp_path / "nowhere.txt")


def test_a_faulty_record_is_listed_and_the_others_are_added(tmp_path: Path) -> None:
    wrong = community(2, {"kind": "team", "volunteers": "很多人"})
    report = rolled(tmp_path, [community(1), wrong, community(3)])
    assert (report.number, report.failed, report.complete) == (2, 1, False)
    assert str(report.failures[0]).startswith(f"{tmp_path}/records.jsonl:2")
    assert names(about(report.summary).failed) == ["试验2社区"]
    assert "总结有误、未计入汇总1个。总结有误的社区：试验2社区，请退回改正后重新汇总。" in note(report)
    assert "有误" not in text(report.summary)


UNSHOWABLE = {
    "甲\t社区": "甲 社区",
    "甲\x01社区": "甲 社区",
    "甲\ud800社区": "甲 社区",
    "甲\ufffe\uffff社区": "甲 社区",
    "甲\r\n社区": "甲 社区",
    "\u2028甲社区\n": "甲社区",
    "长" * 5000: "长" * 60,
    "  ": "000102",
    "\x00\x1b": "000102",
    "=1+1": "=1+1",
    "+甲": "+甲",
    "-甲": "-甲",
    "@甲": "@甲",
}
"""Names of communities as faulty records have them, and as the note lists them."""


@pytest.mark.parametrize("name", UNSHOWABLE)
@pytest.mark.parametrize("by", [None, "street"])
def test_a_faulty_record_with_a_name_that_no_document_can_show(name: str, by: By | None, tmp_path: Path) -> None:
    wrong = community(2, name=name, code="000102")
    wrong["sections"] = 7
    lines = [json.dumps(each) for each in (community(1), wrong, community(3))]
    (tmp_path / "records.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = rollup(tmp_path / "records.jsonl", by=by, figures=tmp_path / "figures.xlsx")
    assert (report.number, report.failed) == (2, 1)
    assert names(about(report.summary).failed) == [UNSHOWABLE[name]]
    assert "".join(UNSHOWABLE[name].split()) in note(report)
    listed = openpyxl.load_workbook(tmp_path / "figures.xlsx")["有误"]
    assert [cell.data_type for row in listed.iter_rows(min_row=2) for cell in row if cell.value == UNSHOWABLE[name]]


def test_any_of_the_places_of_a_faulty_record_may_be_unshowable(tmp_path: Path) -> None:
    wrong = {**community(2, street="甲\t街道", district="\x01", code="00\n01"), "sections": 7}
    report = rolled(tmp_path, [community(1), wrong])
    (listed,) = about(report.summary).failed
    assert (listed.name, listed.code, listed.street, listed.district) == ("试验2社区", "00 01", "甲 街道", None)


def test_nothing_to_add_up(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="很多人"):
        rolled(tmp_path, [community(1, {"kind": "team", "volunteers": "很多人"})])
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(SourceError, match="there is no record here"):
        kepu_docs.rollup(tmp_path / "empty.jsonl", name="试验区")


def test_a_community_is_not_counted_twice(tmp_path: Path) -> None:
    report = rolled(tmp_path, [community(1, residents=7), community(1, residents=8)])
    assert (report.number, report.failed) == (1, 1)
    assert "would be counted twice" in report.failures[0].message
    assert "records.jsonl:1" in report.failures[0].message
    # Two of one name are two where they say so.
    assert rolled(tmp_path, [community(1, code="1"), community(1, code="2")]).complete
    assert rolled(tmp_path, [community(1), community(1, street="另一街道")], name="试验区").complete
    (street,) = as_records(rolled(tmp_path, [community(1), community(2)]))
    mixed = rolled(tmp_path, [street, community(1)], name="试验区")
    assert (mixed.number, mixed.failed) == (1, 1), "its street office has counted it"


def test_where_it_belongs_must_be_known(tmp_path: Path) -> None:
    lost = community(2)
    del lost["community"]["street"]
    report = rolled(tmp_path, [community(1), lost], by="street")
    assert report.failures[0].place.field == "community.street"
    with pytest.raises(SourceError, match="give a name"):
        rolled(tmp_path, [community(1, district="甲区"), community(2, street="乙街道", district="乙区")])
    (district,) = as_records(rolled(tmp_path, [community(1)], by="district"))
    with pytest.raises(SourceError, match="above the level"):
        rolled(tmp_path, [district], by="street")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("试验街道", "street"),
        ("试验镇", "town"),
        ("试验乡", "township"),
        ("试验区", "district"),
        ("试验县", "county"),
        ("试验市", "city"),
    ],
)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_summary_speaks_for_its_body(name: str, level: str, locale: str, tmp_path: Path) -> None:
    sections = [{"kind": "team", "volunteers": 9}, {"kind": "training", "sessions_total": 3, "audiences": ["干部"]}]
    summary = rolled(tmp_path, [community(1, *sections)], name=name).summary
    assert summary.community.level == level
    shown = text(reworded(summary, wording="plain"), locale)
    assert name in shown
    words = {
        "street": "全街道",
        "town": "全镇",
        "township": "全乡",
        "district": "全区",
        "county": "全县",
        "city": "全市",
    }
    if locale == "zh_Hans":
        assert f"{words[level]}科普工作队伍现有科普志愿者9人" in shown


def test_different_times_are_reported(tmp_path: Path) -> None:
    records = [community(1), {**community(2), "period": 2024}]
    report = rolled(tmp_path, records)
    assert "2024-01-01 – 2024-12-31, 2025-01-01 – 2025-12-31" in report.warnings[0].message
    assert (str(report.summary.period.start), str(report.summary.period.end)) == ("2024-01-01", "2025-12-31")
    assert not rolled(tmp_path, records, period=2025).warnings


def attended(number: int, attendance: int) -> dict[str, Any]:
    return community(number, {"kind": "activities", "attendance_total": attendance, "times_total": 5})


def test_who_stands_out_stands_beside_the_median(tmp_path: Path) -> None:
    records = [attended(n, 100 + n) for n in range(1, 12)] + [attended(12, 9000), attended(13, 0)]
    report = rolled(tmp_path, records)
    summary = report.summary
    found = about(summary).facts(summary)["outliers"]
    assert [(each["member"], each["reported"].value, each["median"]["value"]) for each in found] == [
        ("试验12社区", 9000, 106),
        ("试验13社区", 0, 106),
    ]
    shown = note(report)
    assert "请向填报单位核对；相差较大不等于填报有误" in shown
    assert re.search("试验12社区活动人次9,?000人次106人次", shown)
    assert "中位数" not in text(summary)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1] * (FEWEST - 2) + [1000], []),
        ([5] * 20 + [1000], [1000]),
        ([5] * 20, []),
        ([10, 11, 12, 13, 14, 15, 16, 17, 18], []),
        ([10, 11, 12, 13, 14, 15, 16, 17, 60], [60]),
    ],
)
def test_outliers_by_robust_statistics(values: list[int], expected: list[int]) -> None:
    scores = modified_scores(values)
    assert [each for each, score in zip(values, scores, strict=True) if score > 3.5] == expected


def test_what_comes_from_strangers_stays_text(tmp_path: Path) -> None:
    hostile = ["=1+1", "+社区", "-社区", "@社区", "{{ 7*7 }}", "<b>社区</b>", "a|b", "𠮷社区"]
    records = [
        community(place, {"kind": "activities", "partners": ['=HYPERLINK("x")', "{names}"]}, name=name)
        for place, name in enumerate(hostile)
    ]
    report = rolled(tmp_path, records, expected=write_list(tmp_path, [*hostile, "=2+2"]))
    assert sorted(names(about(report.summary).members)) == sorted(hostile)
    shown = text(report.summary)
    assert all("".join(name.split()) in shown for name in [*hostile, "{names}"])
    assert "尚未报送的社区：=2+2。" in note(report)
    assert kepu_docs.load(write(tmp_path / "again.json", as_records(report))) == report.summary


def write_list(folder: Path, lines: list[str]) -> Path:
    path = folder / "list.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path
