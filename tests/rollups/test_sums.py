"""Sums: right by an independent calculation, whatever the order and however they are grouped on the way."""

import sqlite3
from collections import Counter
from pathlib import Path
from random import Random
from typing import Annotated, Any, Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

import kepu_docs
from kepu_docs.pipeline import Engine
from kepu_docs.plugin import Amount, Count, FactSection, RollupRule, SectionKind, Unit, hookimpl
from kepu_docs.registry import Registry
from kepu_docs.rollups.sums import Sum
from kepu_docs.schema import Measure, WorkSummary
from tests.benchmarks import country
from tests.depth import examples
from tests.languages import LOCALES
from tests.rollups.samples import about, as_records, community, districts, engine, rolled, section, write

COMMUNITIES = 120
FEW = settings(max_examples=examples(8), deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def database() -> sqlite3.Connection:
    """The figures of a district, in tables."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE community (id, street, residents, volunteers, funds)")
    db.execute("CREATE TABLE session (id, attendance)")
    db.execute("CREATE TABLE activity (id, category, month, attendance, materials)")
    db.execute("CREATE TABLE partner (id, name)")
    for number, record in enumerate(country.records(COMMUNITIES)):
        kinds = {each["kind"]: each for each in record["sections"]}
        money = sum(source["amount"] for source in kinds.get("funding", {"sources": ()})["sources"])
        people = record["community"]
        row = (number, people["street"], people["residents"], value(kinds["team"]["volunteers"]), money or None)
        db.execute("INSERT INTO community VALUES (?, ?, ?, ?, ?)", row)
        for each in kinds["training"]["sessions"]:
            db.execute("INSERT INTO session VALUES (?, ?)", (number, value(each["attendance"])))
        for each in kinds["activities"]["activities"]:
            db.executemany("INSERT INTO partner VALUES (?, ?)", [(number, name) for name in each.get("partners", ())])
            held = (number, each["category"], each["held_on"][:7], value(each["attendance"]), each.get("materials"))
            db.execute("INSERT INTO activity VALUES (?, ?, ?, ?, ?)", held)
    return db


def value(given_value: int | str) -> int:
    """Return the number in a figure as people write it."""
    return given_value if isinstance(given_value, int) else int("".join(filter(str.isdigit, given_value)))


def asked(db: sqlite3.Connection, query: str) -> Any:
    (row,) = db.execute(query)
    return row[0]


def test_sums_are_those_of_a_database(database: sqlite3.Connection, tmp_path: Path) -> None:
    summary = rolled(tmp_path, list(country.records(COMMUNITIES)), name="试验市").summary
    assert summary.community.residents is not None
    assert summary.community.residents.value == asked(database, "SELECT sum(residents) FROM community")
    assert section(summary, "team").volunteers.value == asked(database, "SELECT sum(volunteers) FROM community")
    assert section(summary, "funding").total.value == asked(database, "SELECT sum(funds) FROM community")
    training, activities = section(summary, "training"), section(summary, "activities")
    assert training.sessions_total.value == asked(database, "SELECT count(*) FROM session")
    assert training.attendance_total.value == asked(database, "SELECT sum(attendance) FROM session")
    assert activities.times_total.value == asked(database, "SELECT count(*) FROM activity")
    assert activities.attendance_total.value == asked(database, "SELECT sum(attendance) FROM activity")
    assert activities.materials_total.value == asked(database, "SELECT sum(materials) FROM activity")
    by_category = database.execute("SELECT category, count(*), sum(attendance) FROM activity GROUP BY category")
    assert {(each.name, each.times.value, each.attendance.value) for each in activities.categories} == set(by_category)
    by_month = dict(database.execute("SELECT month, count(*) FROM activity GROUP BY month"))
    assert {str(each.month.start)[:7]: each.times.value for each in activities.months} == by_month
    partners = dict(database.execute("SELECT name, count(DISTINCT id) FROM partner GROUP BY name"))
    assert set(activities.partners) == set(partners)
    shown = [partners[name] for name in activities.partners]
    assert shown == sorted(shown, reverse=True), "those first that most communities name"
    stated = {each.figure: each.communities.value for each in about(summary).stated if each.name is None}
    assert stated["funding.total"] == asked(database, "SELECT count(funds) FROM community")
    largest = asked(database, "SELECT max(attendance) FROM activity")
    assert activities.activities[0].attendance.value == largest


def test_streets_are_those_of_a_database(database: sqlite3.Connection, tmp_path: Path) -> None:
    report = rolled(tmp_path, list(country.records(COMMUNITIES)), by="street")
    found = Counter({each.body.name: 0 for each in report.results})
    for each in report.results:
        assert each.summary.community.residents is not None
        found[each.body.name] += each.summary.community.residents.value
    assert dict(found) == dict(database.execute("SELECT street, sum(residents) FROM community GROUP BY street"))


@FEW
@given(records=districts())
def test_a_rollup_of_rollups_is_the_rollup_of_all(
    records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sums")
    at_once = rolled(folder, records, by="district")
    streets = rolled(folder, records, by="street")
    in_steps = rolled(folder, as_records(streets), by="district")
    assert [each.summary for each in in_steps.results] == [each.summary for each in at_once.results]
    city = rolled(folder, as_records(at_once), by="city")
    assert [each.summary for each in city.results] == [
        each.summary for each in rolled(folder, records, by="city").results
    ]


@FEW
@given(records=districts(), data=st.data())
def test_the_order_of_records_does_not_matter(
    records: list[dict[str, Any]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("order")
    shuffled = data.draw(st.permutations(records))
    assert rolled(folder, records, name="试验市").results == rolled(folder, shuffled, name="试验市").results


@FEW
@given(records=districts(most=5))
def test_an_empty_record_changes_only_the_number_of_communities(
    records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("empty")
    before = as_records(rolled(folder, records, name="试验市"))[0]
    empty = {"community": {"name": "空白社区", "city": "试验市", "province": "试验省"}, "period": 2025}
    after = as_records(rolled(folder, [*records, empty], name="试验市"))[0]
    last_before, last_after = before["sections"].pop(), after["sections"].pop()
    assert after["sections"] == before["sections"]
    assert last_after.pop("number") == last_before.pop("number") + 1
    assert [each for each in last_after.pop("members") if each["name"] != "空白社区"] == last_before.pop("members")
    assert last_after == last_before


@FEW
@given(records=districts(most=4))
def test_what_is_made_loads_and_renders(
    records: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    for result in rolled(tmp_path_factory.mktemp("renders"), records, by="street").results:
        again = kepu_docs.load(dict(result.data))
        assert again == result.summary
        for locale in LOCALES:
            for format_name in ("docx", "html", "md", "txt"):
                assert kepu_docs.render(again, format_name, locale=locale)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["300余", 25], (325, "over")),
        (["近300", 25], (325, "nearly")),
        (["近300", "25余"], (325, "about")),
        (["至少300", "25余"], (325, "at_least")),
        ([300, 25], (325, "exactly")),
    ],
)
def test_sums_are_as_exact_as_their_parts(parts: list[Any], expected: tuple[int, str], tmp_path: Path) -> None:
    records = [community(place, {"kind": "team", "volunteers": each}) for place, each in enumerate(parts)]
    volunteers = section(rolled(tmp_path, records).summary, "team").volunteers
    assert (volunteers.value, volunteers.approx) == expected


def test_other_units_are_kept_apart(tmp_path: Path) -> None:
    records = [
        community(1, {"kind": "team", "volunteers": "30人"}),
        community(2, {"kind": "team", "volunteers": "200人次"}),
        community(3, {"kind": "team", "volunteers": "50余人次"}),
    ]
    report = rolled(tmp_path, records)
    assert section(report.summary, "team").volunteers.value == 30
    (apart,) = about(report.summary).apart
    assert (apart.figure, apart.amount.value, apart.amount.unit, apart.amount.approx) == (
        "team.volunteers", 250, "人次", "over"
    )  # fmt: skip
    shown = kepu_docs.render(report.summary, "txt").decode()
    assert "250" not in shown
    assert "志愿者30人" in shown
    note = report.results[0].note()
    assert note is not None
    assert "科普志愿者人次250余" in "".join(kepu_docs.render(note, "txt").decode().split())


def test_a_sum_beyond_what_a_record_holds_says_so(tmp_path: Path) -> None:
    most = 999_999_999_999
    records = [community(place, residents=most) for place in (1, 2)]
    residents = rolled(tmp_path, records).summary.community.residents
    assert residents is not None
    assert (residents.value, residents.approx) == (most, "over")


def test_figures_for_each_resident_count_those_who_state_both(tmp_path: Path) -> None:
    money = {"kind": "funding", "total": 5000}
    books = {"kind": "facilities", "library": {"books": 3000}}
    records = [community(1, money, books, residents=1000), community(2, residents=9000), community(3, money, books)]
    summary = rolled(tmp_path, records).summary
    assert section(summary, "funding").total.value == 10_000
    assert section(summary, "funding").facts(summary)["per_head"].value == 5
    assert section(summary, "facilities").facts(summary)["books_per_hundred"].value == 300


def test_shares_are_not_added(tmp_path: Path) -> None:
    records = [community(place, {"kind": "outcomes", "coverage": each}) for place, each in enumerate((70, 95.5, 88))]
    (extent,) = about(rolled(tmp_path, records).summary).extents
    assert (extent.communities.value, extent.lowest.value, extent.highest.value) == (3, 70, 95.5)


class Drills(FactSection):
    """演练."""

    kind: Literal["drills"]
    drills: Annotated[Count, Unit("次")] | None = None


class _Plugin:
    def __init__(self, rule: RollupRule | None) -> None:
        self._rule = rule

    @hookimpl
    def kepu_sections(self) -> list[SectionKind]:
        return [SectionKind(Drills, lambda facts: [], rollup=self._rule)]


def with_drills(rule: RollupRule | None) -> Engine:
    import kepu_docs.registry.core
    import kepu_sources
    import kepu_text

    return Engine(Registry.of(kepu_docs.registry.core, kepu_sources, kepu_text, _Plugin(rule)))


def test_a_kind_without_a_rule_is_listed(tmp_path: Path) -> None:
    records = [community(1, {"kind": "drills", "drills": 3}), community(2)]
    own = with_drills(None)
    report = rolled(tmp_path, records, engine=own)
    (left,) = about(report.summary).left_out
    assert (left.section, left.communities.value) == ("drills", 1)
    shown = own.render(own.compose(report.summary), "txt").decode()
    assert "drills" not in shown
    note = report.results[0].note(engine=own)
    assert note is not None
    shown = own.render(note, "txt").decode()
    assert "下列栏目不能汇总，未写入总结：drills（1个社区）。" in "".join(shown.split())
    again = rolled(tmp_path, as_records(report), engine=own, name="试验区")
    assert about(again.summary).left_out == (left,)


def test_a_kind_brings_its_rule(tmp_path: Path) -> None:
    records = [community(1, {"kind": "drills", "drills": 3}), community(2, {"kind": "drills", "drills": "4余"})]
    report = rolled(tmp_path, records, engine=with_drills(RollupRule.of(Drills, totals=["drills"])))
    assert (section(report.summary, "drills").drills.value, section(report.summary, "drills").drills.approx) == (
        7,
        "over",
    )


def test_what_a_rule_does_not_take_up_is_kept_apart(tmp_path: Path) -> None:
    def tell(drills: Drills, summary: WorkSummary) -> list[Amount]:
        return [Amount("drills", drills.drills, "drills")]

    report = rolled(
        tmp_path,
        [community(1, {"kind": "drills", "drills": 3})],
        engine=with_drills(RollupRule(tell, lambda gathered: {})),
    )
    (apart,) = about(report.summary).apart
    assert (apart.figure, apart.amount.value) == ("drills.drills", 3)


def test_a_rule_that_fails_fails_its_record_alone(tmp_path: Path) -> None:
    def tell(drills: Drills, summary: WorkSummary) -> list[Amount]:
        raise ZeroDivisionError("drills")

    records = [community(1, {"kind": "drills", "drills": 3}), community(2)]
    report = rolled(tmp_path, records, engine=with_drills(RollupRule(tell, lambda gathered: {})))
    assert (report.number, report.failed) == (1, 1)
    (fault,) = report.failures
    assert "the section kind “drills”" in fault.message
    assert str(fault.place).startswith(str(tmp_path))


def test_very_many_communities_are_shown_by_street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kepu_docs.rollups import members

    monkeypatch.setattr(members, "MOST_MEMBERS", 20)
    records = list(country.records(60))
    at_once = rolled(tmp_path, records, name="试验市").summary
    assert {each.level for each in about(at_once).members} == {"street"}
    assert sum(each.communities.value for each in about(at_once).members if each.communities) == 60
    streets = as_records(rolled(tmp_path, records, by="street"))
    assert about(rolled(tmp_path, streets, name="试验市").summary).members == about(at_once).members


def test_very_many_names_are_kept_to_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kepu_docs.rollups import sums

    monkeypatch.setattr(sums, "MOST_NAMES", 10)
    records = [community(place, {"kind": "activities", "partners": [f"单位{place:03}", "科协"]}) for place in range(60)]
    summary = rolled(tmp_path, records).summary
    assert len(section(summary, "activities").partners) == 10
    assert about(summary).shortened == ("activities.partners",)
    assert rolled(tmp_path, records[::-1]).summary == summary


def test_word_documents_carry_their_records(tmp_path: Path) -> None:
    report = rolled(tmp_path, [community(1, {"kind": "team", "volunteers": 5})])
    (tmp_path / "street.docx").write_bytes(kepu_docs.render(report.summary, "docx"))
    again = kepu_docs.rollup(tmp_path / "street.docx", name="试验区").summary
    assert section(again, "team").volunteers.value == 5
    assert about(again).number.value == 1
    assert engine().registry.kinds["rollup"].rollup is None


def test_a_record_can_be_edited_and_added_up_again(tmp_path: Path) -> None:
    records = [community(place, {"kind": "team", "volunteers": 5, "makeup": ["教师", "医生"]}) for place in (1, 2)]
    (street,) = as_records(rolled(tmp_path, records))
    (team,) = (each for each in street["sections"] if each["kind"] == "team")
    team["volunteers"], team["makeup"] = 12, ["教师", "学生"]
    write(tmp_path / "edited.jsonl", [street])
    again = kepu_docs.rollup(tmp_path / "edited.jsonl", name="试验区").summary
    assert section(again, "team").volunteers.value == 12
    assert section(again, "team").makeup == ("教师", "学生")


def in_steps(folder: Path, records: list[dict[str, Any]]) -> WorkSummary:
    streets = as_records(rolled(folder, records, by="street"))
    summary = rolled(folder, streets, by="district").summary
    assert summary == rolled(folder, records, by="district").summary
    return summary


def test_samples_of_a_street_are_not_added_again(tmp_path: Path) -> None:
    sessions = [{"topic": "应急救护", "attendance": 5}]
    training = {"kind": "training", "attendance_total": "120人", "sessions": sessions}
    summary = in_steps(tmp_path, [community(1, training), community(2, training)])
    assert section(summary, "training").attendance_total is None
    assert about(summary).apart[0].amount.value == 240


def test_a_street_does_not_state_for_each_resident_what_none_of_its_communities_does(tmp_path: Path) -> None:
    summary = in_steps(tmp_path, [community(1, {"kind": "funding", "total": 5000}), community(2, residents=100)])
    assert section(summary, "funding").facts(summary)["per_head"] is None


def test_what_is_stated_in_other_units_alone_is_stated(tmp_path: Path) -> None:
    summary = in_steps(tmp_path, [community(1, {"kind": "team", "volunteers": "20人次"}), community(2)])
    (stated,) = (each for each in about(summary).stated if each.figure == "team.volunteers")
    assert stated.communities.value == 1


MEASURE: TypeAdapter[Measure] = TypeAdapter(Annotated[Measure, Unit("平方米")])
PARTS = st.none() | st.builds(
    lambda value, approx: Measure(value=value, approx=approx),
    st.integers(0, 9_999_900) | st.integers(0, 999).map(lambda value: value * 100) | st.decimals(0, 99, places=2),
    st.sampled_from(["exactly", "over", "nearly", "about", "at_least"]),
)


def added(parts: list[Measure | None]) -> Sum:
    found = Sum()
    for part in parts:
        if part is None:
            found.lack()
        else:
            found.add(part)
    return found


@given(st.lists(st.lists(PARTS, min_size=1, max_size=4), max_size=4), st.randoms())
def test_a_sum_is_the_same_in_any_order_and_grouping(groups: list[list[Measure | None]], random: Random) -> None:
    at_once = added([part for group in groups for part in group])
    in_steps = Sum()
    for group in random.sample(groups, len(groups)):
        in_steps.add(MEASURE.validate_python(added(random.sample(group, len(group))).shown("平方米", "平方米")))
    assert in_steps.shown("平方米", "平方米") == at_once.shown("平方米", "平方米")
    merged = Sum()
    for group in groups:
        merged.take(added(group))
    assert merged == at_once


def test_what_is_less_and_what_is_more_than_said_may_be_added_first() -> None:
    """近63, 300余 and a part that nobody knows are so exact in any order."""
    parts = [Measure(value=63, approx="nearly"), Measure(value=300, approx="over")]
    first = MEASURE.validate_python(added([*parts]).shown("平方米", "平方米"))
    sums = [added([None, *parts]), added([*parts, None]), added([first, None])]
    assert [each.shown("平方米", "平方米") for each in sums] == [sums[0].shown("平方米", "平方米")] * 3
