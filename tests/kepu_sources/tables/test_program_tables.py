"""Tables of a program: data frames, and the rows of a SELECT."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy

import kepu_docs
from kepu_docs.contract.sources import Frame, Rows, Tables
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.objects import as_sources
from kepu_docs.registry import Registry

COLUMNS = ["社区名称", "社区编码", "period", "community.residents", "outcomes.satisfaction", "signed_on"]
ROWS: list[tuple[Any, ...]] = [
    ("试验社区", "00001", "2025", 8600, 96.5, datetime.date(2025, 12, 1)),
    ("示例社区", "00002", "2025年上半年", None, None, None),
]
SESSIONS = [("00001", "应急救护", 60), ("00001", "防灾减灾", 35), ("00002", "健康生活", 40)]
EXPECTED: list[dict[str, Any]] = [
    {
        "community": {"name": "试验社区", "code": "00001", "residents": 8600},
        "period": 2025,
        "signed_on": "2025-12-01",
        "sections": [
            {"kind": "outcomes", "satisfaction": 96.5},
            {
                "kind": "training",
                "sessions": [{"topic": "应急救护", "attendance": 60}, {"topic": "防灾减灾", "attendance": 35}],
            },
        ],
    },
    {
        "community": {"name": "示例社区", "code": "00002"},
        "period": "2025-H1",
        "sections": [{"kind": "training", "sessions": [{"topic": "健康生活", "attendance": 40}]}],
    },
]


def read(given: Any) -> tuple[list[kepu_docs.WorkSummary], list[kepu_docs.Fault]]:
    """Return the summaries of tables, and what is wrong with them and their records."""
    engine = default_engine()
    faults: list[kepu_docs.Fault] = []
    broken: list[kepu_docs.Fault] = []
    summaries = []
    for _, record in records(engine, locations(engine, as_sources(given)), broken):
        faults += [*record.faults, *record.warnings]
        if not record.faults:
            assert isinstance(record.content, dict)
            summaries.append(engine.load(record.content))
    return summaries, [*faults, *broken]


@pytest.fixture
def database() -> Iterator[sqlalchemy.Engine]:
    engine = sqlalchemy.create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE people (name, code, year, number NUMERIC)"))
        rows = [{"a": row[0], "b": row[1], "c": row[2], "d": row[3]} for row in ROWS]
        connection.execute(sqlalchemy.text("INSERT INTO people VALUES (:a, :b, :c, :d)"), rows)
        connection.execute(sqlalchemy.text("CREATE TABLE lessons (code, topic, attendance)"))
        lessons = [{"a": code, "b": topic, "c": number} for code, topic, number in SESSIONS]
        connection.execute(sqlalchemy.text("INSERT INTO lessons VALUES (:a, :b, :c)"), lessons)
    yield engine
    engine.dispose()


PEOPLE = sqlalchemy.table("people", *(sqlalchemy.column(name) for name in ("name", "code", "year", "number")))
SELECT = sqlalchemy.select(
    PEOPLE.c.name.label("社区名称"), PEOPLE.c.code, PEOPLE.c.year.label("period"), PEOPLE.c.number.label("residents")
).order_by(PEOPLE.c.code)
LESSONS = sqlalchemy.select(sqlalchemy.text("* FROM lessons ORDER BY code, attendance DESC"))


def test_rows_of_a_database(database: sqlalchemy.Engine) -> None:
    summaries, faults = read(kepu_docs.rows(SELECT, database))
    assert faults == []
    assert [(each.community.name, each.community.code) for each in summaries] == [row[:2] for row in ROWS]
    assert summaries[0].community.residents is not None
    assert (summaries[0].community.residents.value, summaries[1].community.residents) == (8600, None)
    with database.connect() as connection:
        assert read(Rows(SELECT, connection)) == (summaries, [])
        assert connection.get_execution_options() == {}
        assert connection.execute(sqlalchemy.text("SELECT 1")).scalar() == 1
    where = SELECT.where(PEOPLE.c.code == "none")
    assert read(Rows(where, database)) == ([], [])


def test_several_tables(database: sqlalchemy.Engine) -> None:
    tables = {"社区": Rows(SELECT, database), "training.sessions": Rows(LESSONS, database)}
    summaries, faults = read(kepu_docs.tables(tables))
    assert faults == []
    topics = [[each.topic for each in summary.sections[0].sessions] for summary in summaries]  # type: ignore[attr-defined]
    assert topics == [["应急救护", "防灾减灾"], ["健康生活"]]


def test_places(database: sqlalchemy.Engine, tmp_path: Path) -> None:
    with database.begin() as connection:
        connection.execute(sqlalchemy.text("UPDATE people SET number = 'viele' WHERE code = '00002'"))
        connection.execute(sqlalchemy.text("UPDATE lessons SET attendance = 'viele' WHERE code = '00001'"))
        connection.execute(sqlalchemy.text("INSERT INTO lessons VALUES ('00003', 'x', 1)"))
    tables = Tables({"communities": Rows(SELECT, database), "training.sessions": Rows(LESSONS, database)})
    report = kepu_docs.render_batch(tables, tmp_path, formats=["txt"], jobs=1)
    places = [place for line in report.failures() for place, _ in line.errors]
    assert places == [
        "training.sessions[0]: attendance",
        "training.sessions[1]: attendance",
        "records[1]: residents",
        "training.sessions[3]: code",
    ]
    assert [(each["record"], each["status"]) for each in report.rows()][:2] == [
        ("records[0]", "failed"),
        ("records[1]", "failed"),
    ]
    assert len(list(kepu_docs.iter_rendered(Rows(SELECT, database), "txt", on_fault="skip"))) == 1


def test_what_is_wrong_with_a_query(database: sqlalchemy.Engine) -> None:
    (fault,) = read(Rows(sqlalchemy.text("SELECT name FROM nowhere"), database))[1]
    assert str(fault) == "records: the database cannot be read: no such table: nowhere"
    (fault,) = read(Rows(SELECT, "sqlite://"))[1]  # type: ignore[arg-type]
    assert str(fault) == "records: expected an SQLAlchemy engine or connection; found str"
    (fault,) = read(Rows(sqlalchemy.text("SELECT 1 AS colour"), database))[1]
    assert "none of these headings is recognised" in str(fault)


def test_without_a_plugin_that_reads_them(database: sqlalchemy.Engine) -> None:
    from kepu_docs.registry import core

    engine = kepu_docs.Engine(Registry.of(core))
    with pytest.raises(kepu_docs.SourceError, match="no plugin reads data frames"):
        kepu_docs.iter_rendered(Rows(SELECT, database), (), engine=engine)


def test_what_is_missing_is_named(database: sqlalchemy.Engine, tmp_path: Path) -> None:
    """No cell says which: it has no column."""
    select = sqlalchemy.select(PEOPLE.c.name)
    report = kepu_docs.render_batch(Rows(select, database), tmp_path, formats=["txt"], jobs=1)
    assert [line.errors[0][0] for line in report.failures()] == ["records[0]: period", "records[1]: period"]


class NoFrame:
    """Looks like a data frame, and is none."""

    columns = ("a",)
    shape = (1, 1)


def test_what_is_no_frame() -> None:
    given: Frame = NoFrame()
    (fault,) = read(given)[1]
    assert str(fault).startswith("records: this data frame cannot be read: ")


def frame(library: str, columns: list[str], rows: list[tuple[Any, ...]]) -> Any:
    if library == "polars":
        import polars

        return polars.DataFrame(rows, schema=columns, orient="row")
    import pandas

    return pandas.DataFrame(rows, columns=columns)


@pytest.mark.deep
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_data_frames(library: str, tmp_path: Path) -> None:
    communities = frame(library, COLUMNS, ROWS)
    sessions = frame(library, ["社区编码", "topic", "attendance"], SESSIONS)
    expected = [kepu_docs.load(each) for each in EXPECTED]
    summaries, faults = read(Tables({"communities": communities, "培训-培训活动": sessions}))
    if faults:
        summaries, faults = read(Tables({"communities": communities, "training.sessions": sessions}))
    assert (faults, summaries) == ([], expected)
    report = kepu_docs.render_batch(communities, tmp_path, formats=["txt"], jobs=1)
    assert (report.made, report.failed) == (2, 0)
    assert kepu_docs.render_batch(communities, tmp_path, formats=["txt"], jobs=1).unchanged == 2
    assert len(list(kepu_docs.iter_rendered(communities, "txt"))) == 2
    assert kepu_docs.check(communities).records == 2
    assert kepu_docs.rollup(communities, name="试验区").number == 2
    assert read(communities[:0]) == ([], [])


@pytest.mark.deep
@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_faults_of_data_frames(library: str) -> None:
    wrong = frame(
        library, ["name", "period", "residents", "颜色"], [("试验社区", 2025, "5", "绿"), ("", 2025, "viele", None)]
    )
    report = kepu_docs.rollup(wrong, name="试验区")
    assert [str(each.place) for each in report.failures] == ["records[1]: name", "records[1]: residents"]
    assert [str(each.place) for each in report.warnings][:1] == ["records: 颜色"]


@pytest.mark.deep
def test_cells_of_pandas() -> None:
    import numpy
    import pandas

    columns = {
        "name": pandas.Series(["试验社区", "示例社区", "样本社区"], dtype="string"),
        "period": pandas.Series([2025, 2025, 2025], dtype="Int64"),
        "signed_on": pandas.Series([pandas.Timestamp(2025, 12, 1), pandas.NaT, None]),
        "residents": pandas.Series([8600, pandas.NA, numpy.int64(7)], dtype=object),
        "households": pandas.Series([Decimal(12), float("nan"), numpy.nan], dtype=object),
        "floating": pandas.Series([1, None, 3], dtype="Int64"),
        "code": pandas.Categorical(["00001", "00002", None]),
        "opening": pandas.Series([["一；二。", "三。"], numpy.array(["四。"]), None], dtype=object),
        "sealed": pandas.Series([True, None, False], dtype="boolean"),
    }
    summaries, faults = read(pandas.DataFrame(columns).set_axis([7, 7, 9]))
    assert faults == []
    expected: list[dict[str, Any]] = [
        {"community": {"name": "试验社区", "residents": 8600, "households": 12, "floating": 1, "code": "00001"}, "signed_on": "2025-12-01", "opening": ["一；二。", "三。"], "sealed": True},
        {"community": {"name": "示例社区", "code": "00002"}, "opening": ["四。"]},
        {"community": {"name": "样本社区", "residents": 7, "floating": 3}, "sealed": False},
    ]  # fmt: skip
    assert summaries == [kepu_docs.load(each | {"period": 2025}) for each in expected]


@pytest.mark.deep
def test_reports_become_data_frames(tmp_path: Path) -> None:
    import pandas
    import polars

    data = {"community": {"name": "试验社区"}, "period": 2025, "opening": "20xx年。"}
    report = kepu_docs.render_batch([data, data | {"closing": 7}], tmp_path, formats=["txt"], jobs=1)
    assert list(pandas.DataFrame(report.rows())["status"]) == ["done", "failed"]
    assert polars.DataFrame(report.rows())["documents"].to_list() == [["试验社区-2025.txt"], []]
    checked = kepu_docs.check([data])
    assert "placeholder" in list(pandas.DataFrame(checked.rows())["rule"])
    assert len(polars.DataFrame(kepu_docs.rollup([data], name="试验区").rows())) == 1
