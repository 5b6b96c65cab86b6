"""How many lines the rows of a table take."""

import pytest

from kepu_docs.blocks import Column, Document, Table
from kepu_docs.pipeline import default_engine
from kepu_docs.testing import OFFICIAL_OUTLINE
from kepu_docs.typography.column_widths import by_column, table_lines


def test_cells_of_columns_and_the_widest_of_each() -> None:
    assert by_column([1, 2, 3, 4, 5, 6], 2) == [([1, 3, 5], 5), ([2, 4, 6], 6)]


def test_a_table_without_rows_has_no_lines() -> None:
    assert table_lines(by_column([], 3), [10, 10, 10]) == 0


@pytest.mark.parametrize("heads", [("甲", "乙"), ("甲", "乙" * 80, "全年举办科普培训", "丁")])
@pytest.mark.parametrize("name", ["docx", "html", "md", "txt"])
def test_a_table_without_rows_is_rendered(name: str, heads: tuple[str, ...]) -> None:
    table = Table(tuple(Column(head) for head in heads), ())
    document = Document("试验社区科普工作总结", (table,), "zh_Hans", OFFICIAL_OUTLINE)
    assert default_engine().render(document, name)
