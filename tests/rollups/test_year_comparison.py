"""Comparison with an earlier year: over the communities that are in both, and without percentages of zero."""

from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

import kepu_docs
from kepu_docs.pipeline.earlier_figures import earlier_year, with_earlier
from kepu_docs.schema import Count, Unit
from kepu_docs.schema.changes import what_changed
from kepu_docs.sections.rollup import Comparison
from tests.depth import examples
from tests.languages import LOCALES
from tests.rollups.samples import about, as_records, community, rolled, write

COUNT: TypeAdapter[Count] = TypeAdapter(Annotated[Count, Unit("人")])


def year(number: int, volunteers: Any, period: int = 2025, **fields: Any) -> dict[str, Any]:
    return {**community(number, {"kind": "team", "volunteers": volunteers}, **fields), "period": period}


def compared(folder: Path, now: list[dict[str, Any]], before: list[dict[str, Any]]) -> Comparison:
    found = about(rolled(folder, now, against=write(folder / "before.jsonl", before)).summary).compared
    assert found is not None
    return found


def test_only_those_of_both_years_are_compared(tmp_path: Path) -> None:
    now = [year(1, 30), year(2, 50), year(3, 1000)]
    before = [year(1, 20, 2024), year(2, 50, 2024), year(4, 500, 2024)]
    found = compared(tmp_path, now, before)
    (change,) = found.changes
    assert (change.figure, change.communities.value) == ("volunteers", 2)
    assert (change.before.value, change.now.value) == (70, 80)
    assert ([each.name for each in found.new], [each.name for each in found.vanished]) == (["试验3社区"], ["试验4社区"])
    report = kepu_docs.rollup(tmp_path / "records.jsonl", against=tmp_path / "before.jsonl")
    summary, note = report.summary, report.results[0].note()
    facts = about(summary).facts(summary)["changes"][0]
    assert (facts["difference"]["value"], facts["percent"]["value"]) == (10, 14.3)
    shown = "".join(kepu_docs.render(summary, "txt").decode().split())
    assert "主要数据与2024年对比（两年均填报的2个社区）" in shown
    assert "科普志愿者70人80人10人14.3%" in shown
    assert "试验4社区" not in shown
    assert note is not None
    shown = "".join(kepu_docs.render(note, "txt").decode().split())
    assert "本年度新报送的社区有1个，未列入对比：试验3社区。" in shown
    assert "上一年度报送、本年度没有报送的社区有1个：试验4社区。" in shown
    for locale in LOCALES:
        assert kepu_docs.render(summary, "docx", locale=locale)


def test_no_percentage_of_nothing_and_none_of_no_change(tmp_path: Path) -> None:
    summary = rolled(tmp_path, [year(1, 30)], against=write(tmp_path / "b.jsonl", [year(1, 0, 2024)])).summary
    (change,) = about(summary).facts(summary)["changes"]
    assert change["percent"] is None
    assert change["difference"]["value"] == 30
    summary = rolled(tmp_path, [year(1, 30)], against=write(tmp_path / "b.jsonl", [year(1, 30, 2024)])).summary
    (change,) = about(summary).facts(summary)["changes"]
    assert (change["percent"], change["difference"]) == (None, None)


def test_changes_of_what_is_not_exact_say_so(tmp_path: Path) -> None:
    found = compared(tmp_path, [year(1, "300余")], [year(1, 200, 2024)])
    assert found.changes[0].now.approx == "over"
    summary = kepu_docs.rollup(tmp_path / "records.jsonl", against=tmp_path / "before.jsonl").summary
    (change,) = about(summary).facts(summary)["changes"]
    assert (change["difference"]["approx"], change["percent"]["approx"]) == ("about", "about")
    assert "约50%" in kepu_docs.render(summary, "txt").decode()


@pytest.mark.parametrize(
    ("before", "now", "difference", "percent"),
    [
        (200, 250, 50, 25),
        (300, 325, 25, 8.3),
        ("近900", 1_234, 300, 30),
        (2_345, "约2000", 0, 0),
        ("近900", 940, 0, 0),
        (0, "约30", 30, 0),
    ],
)
def test_a_change_is_as_exact_as_the_coarser(before: Any, now: Any, difference: int, percent: float) -> None:
    changed = what_changed(*(COUNT.validate_python(each) for each in (before, now)))
    assert (changed.difference, changed.percent) == (difference, percent)
    assert changed.approx == ("exactly" if isinstance(before, int) and isinstance(now, int) else "about")


def test_a_figure_that_one_year_lacks_is_not_compared(tmp_path: Path) -> None:
    now = [year(1, 30), {**community(2), "period": 2025}]
    found = compared(tmp_path, now, [year(1, 20, 2024), year(2, 99, 2024)])
    assert [(each.communities.value, each.before.value) for each in found.changes] == [(1, 20)]
    assert found.new == found.vanished == ()


def test_communities_are_known_by_code_then_place_then_name(tmp_path: Path) -> None:
    now = [year(1, 30, code="1", name="新名社区"), year(2, 30), year(3, 30, street="新街道")]
    before = [year(1, 20, 2024, code="1", name="旧名社区"), year(2, 20, 2024, code="2"), year(3, 20, 2024)]
    path = write(tmp_path / "before.jsonl", before)
    found = about(rolled(tmp_path, now, name="试验区", against=path).summary).compared
    assert found is not None
    assert found.changes[0].communities.value == 3


def test_last_years_summary_of_the_body_serves_as_well(tmp_path: Path) -> None:
    (before,) = as_records(rolled(tmp_path, [year(1, 20, 2024), year(2, 50, 2024)]))
    path = write(tmp_path / "street.json", [before])
    found = about(rolled(tmp_path, [year(1, 30), year(2, 50)], against=path).summary).compared
    assert found is not None
    assert (found.changes[0].before.value, found.changes[0].now.value) == (70, 80)


def test_each_street_is_compared_with_itself(tmp_path: Path) -> None:
    now = [year(1, 30, street="甲街道"), year(2, 50, street="乙街道")]
    path = write(tmp_path / "before.jsonl", [year(1, 10, 2024, street="甲街道")])
    results = rolled(tmp_path, now, by="street", against=path).results
    found = {each.body.name: about(each.summary).compared for each in results}
    assert found["乙街道"] is None
    assert found["甲街道"] is not None
    assert found["甲街道"].changes[0].before.value == 10


def test_what_is_wrong_with_the_earlier_year_is_reported(tmp_path: Path) -> None:
    before = write(tmp_path / "before.jsonl", [year(1, 20, 2024), year(2, "很多人", 2024)])
    report = rolled(tmp_path, [year(1, 30), year(2, 50)], against=before)
    assert report.complete
    assert "很多人" in str(report.warnings[0])
    found = about(report.summary).compared
    assert found is not None
    assert [each.name for each in found.new] == ["试验2社区"]


_FIGURES = st.one_of(
    st.none(), st.integers(0, 5000), st.sampled_from(["300余", "近1200", "约80", "60以上", "1.2万余", "近90"])
)


@st.composite
def _year_of(draw: st.DrawFn, number: int, period: int) -> dict[str, Any]:
    """Draw a community's record of some main figures."""
    training = {"sessions_total": draw(_FIGURES), "attendance_total": draw(_FIGURES)}
    activities = {"times_total": draw(_FIGURES), "attendance_total": draw(_FIGURES)}
    sections = [
        {"kind": "team", "volunteers": draw(_FIGURES)},
        {"kind": "training", **training},
        {"kind": "activities", **activities},
        {"kind": "funding", "total": draw(_FIGURES)},
    ]
    made = community(number, *sections, code=f"{number:06}", residents=draw(_FIGURES))
    return {**made, "period": period}


@given(years=st.lists(st.tuples(st.booleans(), st.data()), min_size=1, max_size=4))
@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
def test_records_with_last_years_figures_make_the_same_changes(years: Any) -> None:
    """Whether last year's rollup stands beside this one's, or each record has last year's figures beside its own."""
    now, before, both = [], [], []
    for number, (is_new, data) in enumerate(years, 1):
        this = kepu_docs.load(data.draw(_year_of(number, 2025)))
        that = kepu_docs.load(data.draw(_year_of(number, 2024)))
        now.append(this)
        if not is_new:
            before.append(that)
        both.append(this if is_new else with_earlier(this, earlier_year(that)))
    if not before:
        return
    beside, within = (
        about(kepu_docs.rollup(records, against=against).summary).compared
        for records, against in ((now, before), (both, None))
    )
    assert beside is not None
    assert (within.changes if within else ()) == beside.changes
    assert within is None or within.period == beside.period


@pytest.mark.parametrize("period", [2025, 2026, "2024-H1"])
def test_an_earlier_year_that_cannot_be_compared_is_reported(tmp_path: Path, period: Any) -> None:
    before = write(tmp_path / "before.jsonl", [{**year(1, 20), "period": period}])
    report = rolled(tmp_path, [year(1, 30)], against=before)
    assert about(report.summary).compared is None
    assert [fault.code for fault in report.warnings] == ["comparison-times"]


def test_in_steps_the_figures_of_both_years_are_those_of_all_at_once(tmp_path: Path) -> None:
    records = [
        {**year(1, "近30", street="甲街道"), "earlier": {"period": 2024, "volunteers": 20}},
        {**year(2, 50, street="甲街道"), "earlier": {"period": 2024, "volunteers": "40余"}},
        {**year(3, 70, street="乙街道"), "earlier": {"period": 2024, "volunteers": 60}},
        year(4, 90, street="乙街道"),
    ]
    whole = kepu_docs.rollup(records, name="试验区").summary
    streets = [each.summary for each in kepu_docs.rollup(records, by="street").results]
    again = kepu_docs.rollup(streets, name="试验区").summary
    assert about(again).compared == about(whole).compared
    found = about(again).compared
    assert found is not None
    assert [(each.before.value, each.now.value, each.communities.value) for each in found.changes] == [(120, 150, 3)]


def test_totals_beside_those_of_last_year_are_not_called_those_of_both(tmp_path: Path) -> None:
    now = kepu_docs.rollup([year(1, 30), year(2, 50)], name="试验区").summary
    before = kepu_docs.rollup([year(1, 20, 2024)], name="试验区").summary
    text = kepu_docs.render(now, "md", earlier=before).decode()
    assert "科普志愿者增加60人" in text
    assert "两年均填报" not in text
