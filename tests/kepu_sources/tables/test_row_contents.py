"""Cells are read by column: what repeats down a column is read once, and always means the same."""

from kepu_sources.tables.row_contents import _REMEMBERED, SHORT_TEXT, ColumnReader, RowReader
from kepu_sources.tables.row_marks import Marks, marks_in


def test_a_short_text_of_a_column_is_read_once() -> None:
    read: list[object] = []

    def reading(cell: object) -> str:
        read.append(cell)
        return str(cell).strip()

    column = ColumnReader(1, ("place",), reading)
    rows = RowReader([column])
    for _ in range(3):
        assert rows.read(["001", " 广场 "]).data == {"place": "广场"}
        assert rows.read(["001", 1.0]).data == {"place": "1.0"}
        assert rows.read(["001", True]).data == {"place": "True"}
        assert rows.read(["001", "字" * (SHORT_TEXT + 1)]).data
    assert read.count(" 广场 ") == 1
    assert len(read) == 10


def test_the_memory_of_a_column_is_bounded() -> None:
    column = ColumnReader(0, ("name",), str)
    for number in range(3 * _REMEMBERED):
        assert column[f"第{number}期"] == f"第{number}期"
        assert len(column) <= _REMEMBERED


def test_rows_may_be_short_or_hold_lists() -> None:
    names, nested = ColumnReader(0, ("names",), lambda cell: cell), ColumnReader(2, ("community", "name"), str)
    rows = RowReader([names, nested])
    assert rows.read([["甲", "乙"]]).data == {"names": ["甲", "乙"]}
    assert rows.read(["", None, "试验社区"]).data == {"community": {"name": "试验社区"}}
    assert RowReader([]).read(["a"]).data == {}


def test_most_texts_have_no_mark() -> None:
    assert marks_in("第1期走进植物园") is None
    assert marks_in("社区活动室") is None
    assert marks_in("合计") == Marks(is_total=True)
    assert marks_in("其中：线上") == Marks(is_part=True)
