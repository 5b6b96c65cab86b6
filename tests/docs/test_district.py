"""The invented district of the demo: two years of workbooks from the entries of its communities, with one mistake."""

import io
import runpy
from pathlib import Path

import openpyxl
import pytest

import kepu_docs
from kepu_docs.sections.rollup import Rollup

DOCS = Path(__file__).parents[2] / "docs"
NOW, BEFORE = DOCS / "examples" / "district.xlsx", DOCS / "examples" / "district_2024.xlsx"


@pytest.mark.deep
def test_the_workbooks_are_what_their_program_makes() -> None:
    district = runpy.run_path(str(DOCS / "district.py"))
    assert district["WORKBOOKS"] == {2024: BEFORE, 2025: NOW}
    for year, path in district["WORKBOOKS"].items():
        made, there = (
            [[cell.value for cell in row] for sheet in openpyxl.load_workbook(file) for row in sheet.iter_rows()]
            for file in (io.BytesIO(district["workbook"](year)), path)
        )
        assert made == there, "run: python docs/district.py"


def test_one_community_made_a_mistake(tmp_path: Path) -> None:
    report = kepu_docs.render_batch(NOW, tmp_path / "out", formats=["txt"])
    assert (report.made, report.failed, report.warnings) == (11, 1, ())
    (line,) = report.failures()
    assert line.who.community == "河埠头社区"
    ((place, message),) = line.errors
    assert place.endswith("科普培训-场次!G14")
    assert message.endswith("found “很多人”")


def test_the_year_before_has_no_mistake(tmp_path: Path) -> None:
    report = kepu_docs.render_batch(BEFORE, tmp_path / "out", formats=["txt"])
    assert (report.made, report.failed, report.warnings) == (12, 0, ())


@pytest.mark.parametrize(("workbook", "errors"), [(NOW, ["record"]), (BEFORE, [])], ids=["2025", "2024"])
def test_there_is_nothing_to_mend_but_the_mistake(workbook: Path, errors: list[str]) -> None:
    remarks = kepu_docs.check(workbook).remarks
    assert [remark.rule for remark in remarks if remark.severity != "info"] == errors


def test_the_same_communities_but_two_are_there_in_both_years() -> None:
    now, before = (_communities(path) for path in (NOW, BEFORE))
    assert (len(now), len(before)) == (12, 12)
    assert now - before == {("000131002005", "锦麟社区")}
    assert before - now == {("000131100202", "砖桥村")}


def test_the_years_pair() -> None:
    report = kepu_docs.rollup(NOW, against=BEFORE)
    (compared,) = (section.compared for section in report.summary.sections if isinstance(section, Rollup))
    assert compared
    assert [member.name for member in compared.new] == ["锦麟社区"]
    # Who made the mistake is not added up, and so has no figures of this year.
    assert [member.name for member in compared.vanished] == ["河埠头社区", "砖桥村"]
    (residents,) = (change for change in compared.changes if change.figure == "residents")
    assert residents.communities.value == 10


def _communities(path: Path) -> set[tuple[str, str]]:
    rows = openpyxl.load_workbook(path)["社区"].iter_rows(min_row=3, max_col=2, values_only=True)
    return {(str(code), str(name)) for code, name in rows if code}
