"""The cost of a workbook of 1,000 communities with 12,000 activities, compared with reading its cells only."""

from collections.abc import Mapping
from functools import cache
from typing import Final

import openpyxl
import python_calamine

import kepu_docs
from kepu_docs.contract.sources import RecordForm
from kepu_docs.pipeline import default_engine
from kepu_sources.tables.workbooks import Workbooks
from tests.benchmarks import country
from tests.benchmarks.batch import in_memory, in_turns, one_processor, ratio
from tests.tables import rows_of, write_workbook

COMMUNITIES: Final = 1_000
ACTIVITIES: Final = 12
CELLS: Final = "cells"
BY_OPENPYXL: Final = "openpyxl"
RECORDS: Final = "records"
BATCH: Final = "batch"


def main() -> None:
    """Measure and print."""
    taken = figures()
    cells = taken[CELLS]
    print(f"A workbook of {COMMUNITIES:,} communities with {COMMUNITIES * ACTIVITIES:,} activities")
    print(f"  its cells read by calamine       {min(cells):.2f} s; by openpyxl {min(taken[BY_OPENPYXL]):.2f} s")
    print(f"  records put together             {ratio(taken[RECORDS], cells):.1f} x calamine's time (aim: at most 3.5)")
    whole = f"{ratio(taken[BATCH], cells):.1f} x calamine's time (aim: at most 9)"
    print(f"  read, validated, Word documents  {whole}; {ratio(taken[BATCH], taken[BY_OPENPYXL]):.1f} x openpyxl's")


def batch_by_cells() -> float:
    """Return how many times as long as reading the cells the whole way to Word documents takes."""
    taken = figures()
    return ratio(taken[BATCH], taken[CELLS])


@cache
def figures() -> Mapping[str, list[float]]:
    """Return the seconds of each round of each way, measured once in a process."""
    with in_memory() as folder, one_processor():
        path = folder / "communities.xlsx"
        engine = default_engine()
        write_workbook(path, rows_of(engine.registry, _records()))
        form = RecordForm(engine.registry.model, engine.languages.vocabulary)

        def cells() -> None:
            book = python_calamine.CalamineWorkbook.from_path(str(path))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

        def cells_by_openpyxl() -> None:
            for sheet in openpyxl.load_workbook(path, read_only=True):
                for _ in sheet.iter_rows(values_only=True):
                    pass

        def records() -> None:
            for _ in Workbooks().records(str(path), form):
                pass

        def batch() -> None:
            kepu_docs.render_batch(path, folder / "out", jobs=1, fresh=True)

        return in_turns({CELLS: cells, BY_OPENPYXL: cells_by_openpyxl, RECORDS: records, BATCH: batch}, rounds=3)


def _records() -> list[dict[str, object]]:
    records = []
    for record in country.records(COMMUNITIES):
        (section,) = (each for each in record["sections"] if each["kind"] == "activities")
        known = section["activities"]
        # Rows that say the same would be remarked on.
        section["activities"] = [
            {**known[place % len(known)], "name": f"第{place + 1}期{known[place % len(known)]['name']}"}
            for place in range(ACTIVITIES)
        ]
        records.append({**record, "sections": [section]})
    return records


if __name__ == "__main__":
    main()
