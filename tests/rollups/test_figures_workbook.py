"""The workbook of figures: its formulas give the document's figures, and lead to the records that they came from."""

import re
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import kepu_docs
from kepu_docs.rollups import RollupReport
from kepu_docs.rollups.survey import ITEMS
from kepu_docs.schema import WorkSummary
from tests.benchmarks import country
from tests.languages import LOCALES
from tests.rollups.samples import about, as_records, community, rolled, section, write

COMMUNITIES = 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RollupReport]:
    folder = tmp_path_factory.mktemp("figures")
    before = write(folder / "before.jsonl", [{**each, "period": 2024} for each in country.records(30)])
    records = list(country.records(COMMUNITIES))
    return folder, rolled(folder, records, name="试验市", figures=folder / "f.xlsx", against=before)


@lru_cache(2)
def sheets(path: Path, *, values: bool) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of all sheets of a workbook, below their heads; it takes long to read one that tests share."""
    book = openpyxl.load_workbook(path, data_only=values)
    return {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}


def rows(path: Path, title: str, *, values: bool = True) -> list[tuple[Any, ...]]:
    return sheets(path, values=values)[title]


def figures(path: Path, *, values: bool = True) -> dict[tuple[str, str, str], Any]:
    """Return the figures by their field, what they are of and what they are called."""
    return {(row[9], row[2], row[4]): row[5] for row in rows(path, "数据", values=values)}


def by_field(path: Path) -> dict[str, Any]:
    return {field: value for (field, *_), value in figures(path).items() if not field.startswith("rollup.compared")}


def calculated(path: Path) -> Path:
    """Return the workbook as LibreOffice calculates it, all cached values thrown away."""
    bare = path.with_name("bare.xlsx")
    book = openpyxl.load_workbook(path)
    book.save(bare)
    folder = path.with_name("calculated")
    command = ["soffice", f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*command, "xlsx", "--outdir", str(folder), str(bare)], check=True, capture_output=True, timeout=300)
    return folder / "bare.xlsx"


def same_as_document(found: dict[str, Any], summary: WorkSummary) -> None:
    activities, money = section(summary, "activities"), section(summary, "funding")
    assert found["training.sessions_total"] == section(summary, "training").sessions_total.as_shown.value
    assert found["training.attendance_total"] == section(summary, "training").attendance_total.as_shown.value
    assert found["activities.times_total"] == activities.times_total.as_shown.value
    assert found["funding.total"] == money.total.as_shown.value
    assert found["funding"] == pytest.approx(money.facts(summary)["per_head"].value)
    assert found["community.residents"] is not None
    for category in activities.categories:
        assert found[f"activities.categories.times [{category.name}]"] == category.times.as_shown.value
        assert found[f"activities.categories.attendance [{category.name}]"] == category.attendance.as_shown.value
    for month in activities.months:
        assert found[f"activities.months.times [{str(month.month.start)[:7]}]"] == month.times.as_shown.value
    assert found["rollup.number"] == about(summary).number.value == COMMUNITIES
    for extent in about(summary).extents:
        assert found[f"rollup.extents[{extent.figure}].lowest"] == extent.lowest.value
        assert found[f"rollup.extents[{extent.figure}].highest"] == extent.highest.value


def test_cached_values_are_the_documents_figures(made: tuple[Path, RollupReport]) -> None:
    folder, report = made
    same_as_document(by_field(folder / "f.xlsx"), report.summary)


@pytest.mark.deep
@pytest.mark.office
def test_recalculated_the_formulas_make_the_documents_figures(made: tuple[Path, RollupReport]) -> None:
    folder, report = made
    again = calculated(folder / "f.xlsx")
    same_as_document(by_field(again), report.summary)
    known, found = figures(folder / "f.xlsx"), figures(again)
    assert {key: pytest.approx(value) for key, value in known.items()} == found
    survey = rows(folder / "f.xlsx", "统计调查")
    assert [row[5] for row in rows(again, "统计调查")] == [row[5] for row in survey]


def test_every_figure_is_a_formula_over_its_origins(made: tuple[Path, RollupReport]) -> None:
    folder, _ = made
    origins = rows(folder / "f.xlsx", "来源")
    for row in rows(folder / "f.xlsx", "数据", values=False):
        assert row[5].startswith("="), row
        assert row[5] == row[7], "the formula is shown too"
        found = re.fullmatch(r"=(?:ROUND|ROUNDDOWN)?\(?SUM\('来源'!F(\d+):F(\d+)\)(?:,-?\d+\))?", row[5])
        if found:
            part = origins[int(found[1]) - 2 : int(found[2]) - 1]
            assert len(part) == row[8]
            assert {each[:5] for each in part} == {row[:5]}
    assert {row[10] for row in origins} >= {"community.residents"}
    assert all(str(row[8]).endswith("records.jsonl") for row in origins)


def test_an_origin_names_record_place_and_field(made: tuple[Path, RollupReport]) -> None:
    folder, _ = made
    records = list(country.records(COMMUNITIES))
    for row in rows(folder / "f.xlsx", "来源")[:200]:
        record = records[int(row[9]) - 1]
        assert record["community"]["name"] == row[7]
        summary: Any = kepu_docs.load(record)
        for step in re.findall(r"\w+", row[10]):
            summary = summary[int(step)] if step.isdigit() else getattr(summary, step)
        if hasattr(summary, "value"):
            assert summary.value == row[5]


def test_the_survey_says_what_the_records_bear_and_leaves_the_rest_blank(made: tuple[Path, RollupReport]) -> None:
    folder, report = made
    items = {row[3]: row for row in rows(folder / "f.xlsx", "统计调查") if row[4]}
    assert len(items) == len(ITEMS)
    assert items["科普兼职人员"][5] == section(report.summary, "team").part_time.value
    assert items["年度科普经费筹集额"][5] == section(report.summary, "funding").total.value
    lectures = [each for each in section(report.summary, "activities").categories if "讲座" in each.name]
    assert items["科普讲座"][5] == sum(each.times.value for each in lectures)
    assert (items["科普讲座"][4], items["科普讲座参加人次"][4]) == ("场", "人次")
    assert items["科技馆"][5] is None
    assert items["科技馆"][7] == "记录中没有，留空待填"
    assert items["科普专职人员"][2] == "KR100"
    assert {row[1] for row in items.values()} == {"人员", "场地", "经费", "传媒", "活动"}


def test_changes_are_formulas_over_the_communities_of_both_years(made: tuple[Path, RollupReport]) -> None:
    folder, report = made
    compared = about(report.summary).compared
    assert compared is not None
    found = {row[2]: row[5] for row in rows(folder / "f.xlsx", "数据") if row[9].startswith("rollup.compared")}
    for change in compared.changes:
        if change.figure == "residents":
            assert (found["常住人口: 上年"], found["常住人口: 本年"]) == (change.before.value, change.now.value)
            assert found["常住人口: 增减"] == change.now.value - change.before.value


def test_what_the_paper_does_not_say_has_sheets_of_its_own(tmp_path: Path) -> None:
    expected = tmp_path / "expected.txt"
    expected.write_text("=1+1\n", encoding="utf-8")
    before = write(tmp_path / "before.jsonl", [{**community(99), "period": 2024}])
    records = [
        community(n, {"kind": "training", "sessions_total": 900 if n == 1 else n}, name=f"=试验{n}社区")
        for n in range(1, 11)
    ]
    wrong = community(11, {"kind": "team", "volunteers": "很多"}, name="@社区", code="007")
    other = community(12, {"kind": "training", "sessions_total": "3期"})
    file = tmp_path / "f.xlsx"
    rolled(tmp_path, [*records, wrong, other], figures=file, expected=expected, against=before)
    assert rows(file, "未报送") == [("试验街道", None, None, "=1+1", None)]
    assert rows(file, "有误") == [("试验街道", "试验区", "试验街道", "@社区", "007")]
    (found,) = rows(file, "待核对")
    assert found[3:7] == ("=试验1社区", "培训场次", "场", 900)
    assert rows(file, "另计") == [("试验街道", "科普培训", "培训场次", None, "期", 3, None)]
    whose = [(row[3], row[4]) for row in rows(file, "未对比")]
    assert whose[-2:] == [("试验12社区", "本年"), ("试验99社区", "上年")]
    titles = openpyxl.load_workbook(file).sheetnames
    assert "未列全" not in titles
    assert "未汇总" not in titles


def test_sheets_and_heads_name_what_the_summary_is_made_of(tmp_path: Path) -> None:
    records = [community(n, {"kind": "training", "sessions_total": n}, name=f"试验{n}村") for n in (1, 2)]
    rolled(tmp_path, records, figures=tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert "村" in book.sheetnames
    assert "社区" not in book.sheetnames
    assert [cell.value for cell in book["记录"][1]][-1] == "村数"


def test_a_number_is_called_as_in_the_document(made: tuple[Path, RollupReport]) -> None:
    folder, report = made
    shown = kepu_docs.render(report.summary, "txt").decode()
    names = {row[2] for row in rows(folder / "f.xlsx", "数据")}
    for name in ("常住人口", "科普志愿者", "培训场次", "培训人次", "活动场次", "活动人次", "经费"):
        assert name in names
        assert name in shown


def test_names_never_become_formulas(tmp_path: Path) -> None:
    hostile = ["=1+1", "@SUM(1)", "+1", "https://example.org", "=cmd|'/c calc'!A1"]
    records = [
        community(
            place,
            {"kind": "activities", "activities": [{"name": name, "category": name, "attendance": 5}]},
            name=name,
            street=name,
        )
        for place, name in enumerate(hostile)
    ]
    rolled(tmp_path, records, name="=2+2", figures=tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    seen = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert re.match(r"=(SUM|ROUND|ROUNDDOWN|SMALL|MIN|MAX|IF)\(", str(cell.value)), cell.value
                elif isinstance(cell.value, str):
                    seen.add(cell.value)
    assert {*hostile, "=2+2"} <= seen


def test_several_bodies_stand_in_one_workbook(tmp_path: Path) -> None:
    records = list(country.records(20))
    report = rolled(tmp_path, records, by="street", figures=tmp_path / "f.xlsx")
    found = {
        row[0]: row[5]
        for row in rows(tmp_path / "f.xlsx", "数据")
        if row[9] == "community.residents" and row[3] is None and ":" not in row[2]
    }
    assert found == {
        each.body.name: each.summary.community.residents.value
        for each in report.results
        if each.summary.community.residents
    }


def test_figures_of_a_rollup_of_rollups_lead_to_the_streets(tmp_path: Path) -> None:
    streets = as_records(rolled(tmp_path, list(country.records(20)), by="street"))
    report = rolled(tmp_path, streets, name="试验市", figures=tmp_path / "f.xlsx")
    found = by_field(tmp_path / "f.xlsx")
    assert found["rollup.number"] == 20
    assert found["team.volunteers"] == section(report.summary, "team").volunteers.as_shown.value
    whose = {row[7] for row in rows(tmp_path / "f.xlsx", "来源")}
    assert whose == {each["community"]["name"] for each in streets}
    for extent in about(report.summary).extents:
        assert found[f"rollup.extents[{extent.figure}].lowest"] == extent.lowest.value


@pytest.mark.parametrize("locale", LOCALES)
def test_the_workbook_is_in_the_language_asked_for(locale: str, tmp_path: Path) -> None:
    rolled(tmp_path, [community(1, {"kind": "team", "volunteers": 5})], figures=tmp_path / "f.xlsx", locale=locale)
    titles = openpyxl.load_workbook(tmp_path / "f.xlsx").sheetnames
    first = {"zh_Hans": "数据", "zh_Hant": "數據", "en": "figures"}
    assert titles[0] == first[locale]


def test_more_origins_than_a_sheet_holds_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kepu_docs.rollups import figures_workbook as module

    monkeypatch.setattr(module, "MOST_ROWS", 100)
    report = rolled(tmp_path, list(country.records(20)), name="试验市", figures=tmp_path / "f.xlsx")
    titles = openpyxl.load_workbook(tmp_path / "f.xlsx").sheetnames
    assert titles[-1].startswith("来源 ")
    assert (
        by_field(tmp_path / "f.xlsx")["activities.times_total"]
        == section(report.summary, "activities").times_total.value
    )


def test_approximate_sums_are_rounded_as_in_the_document(tmp_path: Path) -> None:
    sessions = {
        "kind": "training",
        "sessions": [{"topic": "急救", "attendance": 500}, {"topic": "防灾", "attendance": 81}],
    }
    unknown = {"kind": "training", "sessions": [{"topic": "急救"}, {"topic": "防灾", "attendance": 40}]}
    records = [
        community(1, {"kind": "team", "volunteers": "近600"}, sessions, residents=2000),
        community(2, {"kind": "team", "volunteers": 319}, unknown, residents="近4000"),
        community(3, {"kind": "team", "volunteers": "近900"}, residents=3001),
    ]
    before = write(tmp_path / "before.jsonl", [{**each, "period": 2024} for each in records[:2]])
    report = rolled(tmp_path, records, name="试验区", figures=tmp_path / "f.xlsx", against=before)
    found = {row[9]: row[5:9] for row in rows(tmp_path / "f.xlsx", "数据") if "compared" not in row[9]}
    assert found["team.volunteers"][:2] == (1800, "约")
    assert found["team.volunteers"][2].startswith("=ROUND(SUM(")
    assert found["training.attendance_total"][:2] == (620, "以上")
    assert found["training.attendance_total"][2].startswith("=ROUNDDOWN(SUM(")
    assert found["training.attendance_total"][3] == 4, "the part that is not known is there too"
    assert found["rollup.members.residents"][:2] == (3001, None)
    assert found["rollup.members.volunteers"][:2] == (600, "近")
    shown = "".join(kepu_docs.render(report.summary, "txt").decode().split())
    assert "培训620人次以上" in shown
    assert "志愿者约1800人" in shown


def test_the_median_of_an_even_number_is_what_a_community_states(tmp_path: Path) -> None:
    records = [community(place, residents=number) for place, number in enumerate([101, 204, 307, "近600"])]
    report = rolled(tmp_path, records, name="试验区", figures=tmp_path / "f.xlsx")
    found = by_field(tmp_path / "f.xlsx")
    (figure,) = about(report.summary).facts(report.summary)["figures"]
    assert (figure["median"]["value"], figure["median"]["approx"]) == (204, "exactly")
    assert found["rollup.members.residents"] == 204
