"""Tables with very many columns, rows, codes and files: limited, reported once, in time proportional to their size."""

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.contract.sources import RecordForm, SourceRecord
from kepu_docs.errors import KepuError, SourceError, closeness
from kepu_docs.errors.first_faults import MOST_FAULTS
from kepu_docs.pipeline import default_engine
from kepu_docs.testing import growth
from kepu_docs.testing.steps import LINEAR
from kepu_sources.tables import csv_files, joining
from kepu_sources.tables.cells import reader_of, texts_of
from kepu_sources.tables.csv_files import CsvFiles
from kepu_sources.tables.figures_in_cells import LONGEST
from kepu_sources.tables.no_values import BadCell
from kepu_sources.tables.sheets import MOST_COLUMNS
from kepu_sources.tables.table_names import Layout

ENGINE = default_engine()
FORM = RecordForm(ENGINE.registry.model, ENGINE.languages.vocabulary)
LAYOUT = Layout(FORM)
COMMUNITIES = "code,name,period\n001,试验社区,2025\n"
TWO = COMMUNITIES + "002,试验二社区,2025\n"


def read(folder: Path, **tables: str) -> list[SourceRecord]:
    for name, text in tables.items():
        (folder / f"{name.replace('__', '.')}.csv").write_text(text, encoding="utf-8")
    return list(CsvFiles().records(str(folder), FORM))


def refusal(folder: Path, **tables: str) -> str:
    with pytest.raises(SourceError) as caught:
        read(folder, **tables)
    return str(caught.value)


def test_unknown_headings_are_reported_up_to_a_hundred(tmp_path: Path) -> None:
    heads = ",".join(f"attendnce{number}" for number in range(1000))
    (record,) = read(tmp_path, communities=f"name,period,{heads}\n试验社区,2025\n")
    assert len(record.warnings) == MOST_FAULTS + 1
    assert str(record.warnings[-1]).endswith("and 900 more from here on, not listed one by one")


def test_time_is_in_proportion_to_unknown_headings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closeness, "MOST_WORDS", 3)

    def check(count: int) -> None:
        heads = ",".join(f"attendnce{number}" for number in range(count))
        read(tmp_path, communities=f"name,period,{heads}\n试验社区,2025\n")

    assert growth(check, 400) < LINEAR


def test_columns_without_a_heading_are_reported_up_to_a_hundred(tmp_path: Path) -> None:
    (record,) = read(tmp_path, communities="name,period\n试验社区,2025" + ",x" * 1000 + "\n")
    assert len(record.warnings) == MOST_FAULTS + 1
    assert "maybe others, has no heading" in str(record.warnings[-1])


def test_columns_without_a_heading_are_reported_in_the_row_that_has_something(tmp_path: Path) -> None:
    rows = "name,,period,\n试验社区,,2025\n试验二社区,,2025,x,y\n试验三社区,z,2025,x,y\n"
    told = [fault for record in read(tmp_path, communities=rows) for fault in record.warnings]
    assert [fault.place.line for fault in told] == [3, 3, 4]
    assert {fault.msgid for fault in told} == {"this column has no heading; it is not read"}


def test_time_is_in_proportion_to_rows_where_columns_are_many(tmp_path: Path) -> None:
    # A heading alone would make each short row as long as that of the headings.
    heads = "name,period," + "," * 3000 + "x"

    def check(count: int) -> None:
        read(tmp_path, communities=heads + "\n" + "".join(f"试验{number}社区,2025\n" for number in range(count)))

    assert growth(check, 50) < LINEAR


def test_rows_of_more_cells_than_excel_has_are_refused(tmp_path: Path) -> None:
    read(tmp_path, communities="name,period" + "," * (MOST_COLUMNS - 2) + "\n试验社区,2025\n")
    message = refusal(tmp_path, communities=COMMUNITIES + "002,试验二社区,2025" + "," * MOST_COLUMNS + "\n")
    assert message.endswith(
        f"communities.csv:3: the row has {MOST_COLUMNS + 3} cells; at most {MOST_COLUMNS} are allowed"
    )


def test_blank_rows_count_for_nothing_up_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "_MOST_BLANK", 20)
    assert len(read(tmp_path, communities="\n,,\n" + COMMUNITIES + "\n,,\n" * 9)) == 1
    message = refusal(tmp_path, communities=COMMUNITIES + "\n,,\n" * 11)
    assert message.endswith("communities.csv:23: more than 20 rows are blank; delete those below the table")


def test_a_cut_row_of_blank_cells_is_reported(tmp_path: Path) -> None:
    assert "the file ends in the middle of this row" in refusal(tmp_path, communities=COMMUNITIES + ",")


def test_a_folder_of_more_tables_than_a_record_has_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "MOST_FILES", 3)
    assert read(tmp_path, communities=COMMUNITIES, a="x", b="x")
    assert refusal(tmp_path, c="x").endswith("the folder has 4 tables; at most 3 are allowed")


@pytest.mark.parametrize(
    ("table", "heads", "row"),
    [
        ("training", "code,narrative", "001,一段话。"),
        ("training__sessions", "code,topic,held_on", "001,题,2025-04-12"),
        ("training__sessions", "code,topic,held_on", "009,题,2025-04-12"),
        ("training__sessions", "code,topic,held_on", ",题,2025-04-12"),
        ("training__sessions", "code,topic,held_on", "001,#REF!,#REF!"),
        ("training__sessions", "code,topic,held_on", "001,题,2025-04-12\n002,题,2025-04-12"),
    ],
)
def test_time_is_in_proportion_to_rows(tmp_path: Path, table: str, heads: str, row: str) -> None:
    def check(count: int) -> None:
        for record in read(tmp_path, communities=TWO, **{table: f"{heads}\n" + f"{row}\n" * count}):
            assert len(record.faults) <= MOST_FAULTS + 1
            for number in range(0, count, 10):
                assert not record.find or record.find(("sections", number, "narrative", 0)).record

    assert growth(check, 300) < LINEAR


def test_a_community_with_more_rows_than_memory_should_hold_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "MOST_ROWS_OF_ONE", 500)
    rows = "code,topic,held_on\n" + "001,题,2025-04-12\n" * 600 + "002,题,2025-04-12\n" * 500
    first, second = read(tmp_path, communities=TWO, training__sessions=rows)
    (fault,) = first.faults
    assert fault.message == "the tables have more than 500 rows for this community, the most that is allowed"
    assert not second.faults


def test_codes_that_no_community_has_are_reported_up_to_a_thousand(tmp_path: Path) -> None:
    rows = "code,topic,held_on\n" + "".join(f"9{number},题,2025-04-12\n" for number in range(1200))
    records = read(tmp_path, communities=COMMUNITIES, training__sessions=rows)
    assert len(records) == 1 + 1000 + 1
    assert "there are more codes that no community has" in records[-1].faults[0].message


SECTIONS = "code,narrative\n" + "".join(f"001,第{number}段。\n" for number in range(5))


def test_sections_are_found_where_they_stand(tmp_path: Path) -> None:
    sessions = "code,topic,held_on\n" + "001,题,2025-04-12\n" * 450
    (record,) = read(tmp_path, communities=COMMUNITIES, training=SECTIONS, training__sessions=sessions)
    assert record.find
    for number in range(5):
        assert record.find(("sections", number, "narrative")).line == number + 2
    for number in (0, 199, 200, 399, 400, 449):
        place = record.find(("sections", 0, "sessions", number, "topic"))
        assert (Path(place.record).name, place.line) == ("training.sessions.csv", number + 2)
    assert Path(record.find(("sections", 9, "narrative")).record).name == "communities.csv"


CELLS = ("period", "signed_on", "community.residents", "sealed")
SIGNS = (
    "1",
    "2025年",
    "2025年1月1日",
    " ",
    "至",
    "-",
    "年",
    "月",
    "第",
    "~",
    "、",
    "近",
    "人",
    "(",
    "x",
    "\n",
    "\u3000",
)


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_cell_too_long_for_a_value_is_none(name: str, sign: str) -> None:
    (column,) = [column for column in LAYOUT.communities.columns if column.name == name]
    cell = "2025年" + sign * LONGEST + "x"
    found = reader_of(column, LAYOUT.vocabulary)(cell)
    refused = column.cell in ("day", "period") or (column.cell == "number" and sign == "\n")
    assert isinstance(found, BadCell if refused else str)
    with pytest.raises(KepuError):
        ENGINE.load(_record(name, cell))


def _record(name: str, value: Any) -> dict[str, Any]:
    record: dict[str, Any] = {"community": {"name": "试验社区"}, "period": 2025}
    owner, _, field = name.rpartition(".")
    (record[owner] if owner else record)[field] = value
    return record


_BY_LOOKING_AHEAD = re.compile(r"、(?![^《》]*》)(?![^“”]*”)(?![^（）]*）)(?![^「」]*」)")


@given(st.text(st.sampled_from("、《》“”（）「」甲乙"), max_size=30))
def test_commas_of_enumerations_part_words_but_not_within_marks(text: str) -> None:
    assert texts_of(text) == [part for part in _BY_LOOKING_AHEAD.split(text) if part]


@pytest.mark.parametrize("sign", ["、", "、“", "《、", "、》", "“", "；"])
def test_time_is_in_proportion_to_a_cell_of_texts(sign: str) -> None:
    assert growth(lambda size: texts_of(sign * size), 500) < LINEAR


def test_who_gives_up_reading_leaves_nothing_to_complain_of(tmp_path: Path) -> None:
    """A generator that is closed after its file raises where nobody can catch it, and Python prints a traceback."""
    (tmp_path / "communities.csv").write_text("编码,名称,时间\n" + "1,试验社区,2025\n" * 50, encoding="utf-8")
    with open(tmp_path / "communities.csv", "rb") as file:
        rows = cast(
            "Generator[Any]", csv_files._CsvSheet(str(tmp_path / "communities.csv"), "communities", file).rows()
        )
        next(rows)
    rows.close()
