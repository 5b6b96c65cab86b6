"""The speed of filling forms, compared with docxtpl; and of workbooks, compared with openpyxl.

Both fill the same form with the same facts: a table of figures, and a row for each activity. kepu-docs does everything
from the summary on: it composes the document, fills the form in the process for untrusted wording, and adds the record
to the package. docxtpl is given finished texts, and reads the form each time, as it must. So does openpyxl, which
inserts rows, writes values into cells and adjusts no references to them.
"""

import io
import statistics
import time
from collections.abc import Callable
from random import Random
from typing import Any, Final

import docx
import openpyxl
from docxtpl import DocxTemplate

import kepu_docs
from tests.kepu_excel import made_workbooks
from tests.kepu_word.form.made_forms import add_table, saved

ROUNDS: Final = 20
SIZES: Final = (5, 50, 300)
"""Activities of a record."""
AIM: Final = 1.5


def main() -> None:
    """Measure and print."""
    ours = form(
        ("{{ 社区.名称 }}", "{{ 社区.街道 }}", "{{ 时间 | 年份 }}", "{{ 科普活动.人次 }}"),
        ("{% for 项 in 科普活动.活动 %}{{ 序号 }}", "{{ 项.名称 }}", "{{ 项.时间 }}", "{{ 项.人次 }}{% endfor %}"),
    )
    theirs = form(
        ("{{ name }}", "{{ street }}", "{{ year }}", "{{ attendance }}"),
        ("{%tr for each in activities %}", "", "", ""),
        ("{{ loop.index }}", "{{ each.name }}", "{{ each.held_on }}", "{{ each.attendance }}"),
        ("{%tr endfor %}", "", "", ""),
    )
    print("Forms: milliseconds to fill one, parsed once for a batch")
    for size in SIZES:
        summary = kepu_docs.load(record(size))
        facts = as_facts(size)
        contenders: dict[str, Callable[[], bytes]] = {
            "kepu_docs": lambda summary=summary: kepu_docs.render(summary, "docx", form=ours),  # type: ignore[misc]
            "docxtpl": lambda facts=facts: by_docxtpl(theirs, facts),  # type: ignore[misc]
        }
        if rows(contenders["kepu_docs"]()) != rows(contenders["docxtpl"]()):
            raise SystemExit("docxtpl does not make the same table")
        seconds = measure(contenders)
        shown = "  ".join(f"{name} {taken * 1000:8.2f}" for name, taken in seconds.items())
        ratio = seconds["kepu_docs"] / seconds["docxtpl"]
        print(f"  {size:4} activities  {shown}  {ratio:.2f} x docxtpl's time (aim: at most {AIM})")
    workbooks()
    begin = time.perf_counter()
    kepu_docs.render(kepu_docs.load(record(5)), "docx", form=form(("{{ 社区.名称 }}",) * 4))
    print(f"  a form that is new: {(time.perf_counter() - begin) * 1000:.0f} ms, once for a batch and process")


def workbooks() -> None:
    """Measure and print what workbooks take."""
    theirs = made_workbooks.survey()
    for size in SIZES:
        summary = kepu_docs.load(record(size))
        contenders: dict[str, Callable[[], bytes]] = {
            "kepu_docs": lambda summary=summary: kepu_docs.render(summary, "xlsx", form=theirs),  # type: ignore[misc]
            "openpyxl": lambda size=size: by_openpyxl(theirs, size),  # type: ignore[misc]
        }
        counts = {sum(value is not None for value in cells(make())) for make in contenders.values()}
        if len(counts) != 1:
            raise SystemExit("openpyxl does not make the same sheet")
        seconds = measure(contenders)
        shown = "  ".join(f"{name} {taken * 1000:8.2f}" for name, taken in seconds.items())
        print(
            f"  {size:4} rows of a workbook  {shown}  {seconds['kepu_docs'] / seconds['openpyxl']:.2f} x openpyxl's time"
        )


def by_openpyxl(data: bytes, size: int) -> bytes:
    """Return a workbook as openpyxl fills it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet: Any = book.active
    for area in [str(each) for each in sheet.merged_cells.ranges if each.min_row > 5]:
        sheet.unmerge_cells(area)  # they stay where they are, over the new rows
    sheet.insert_rows(6, size - 1)
    styles = [sheet.cell(5, column)._style for column in range(1, 7)]
    for place in range(size):
        values = (
            place + 1,
            f"科普活动{place}",
            f"2025-{place % 12 + 1:02}-10",
            "",
            20 + place,
            f"=E{5 + place}/E{5 + size}",
        )
        for column, value in enumerate(values, 1):
            cell = sheet.cell(5 + place, column, value or None)
            cell._style = styles[column - 1]
    sheet.cell(5, 7).value = None
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells(data: bytes) -> list[Any]:
    """Return the names of activities in a sheet."""
    sheet: Any = openpyxl.load_workbook(io.BytesIO(data)).active
    return [value for (value,) in sheet.iter_rows(5, None, 2, 2, values_only=True) if str(value).startswith("科普活动")]


def form(above: tuple[str, ...], *rows: tuple[str, ...]) -> bytes:
    """Return a form: a table of figures, and one of activities."""
    document = docx.Document()
    document.add_heading("科普工作情况表", 1)
    add_table(document, above)
    document.add_paragraph("活动：")
    add_table(document, ("序号", "活动", "时间", "人次"), *rows)
    return saved(document)


def record(size: int) -> dict[str, Any]:
    """Return a record of so many activities."""
    activities = [
        {"name": f"科普活动{place}", "held_on": f"2025-{place % 12 + 1:02}-10", "attendance": 20 + place}
        for place in range(size)
    ]
    return {
        "community": {"name": "试验社区", "street": "试验街道"},
        "period": 2025,
        "sections": [{"kind": "activities", "activities": activities, "order": "as_written"}],
    }


def as_facts(size: int) -> dict[str, Any]:
    """Return the same as texts."""
    return {
        "name": "试验社区",
        "street": "试验街道",
        "year": "2025",
        "attendance": f"{sum(20 + place for place in range(size))}人次",
        "activities": [
            {"name": f"科普活动{place}", "held_on": f"2025年{place % 12 + 1}月10日", "attendance": f"{20 + place}人次"}
            for place in range(size)
        ],
    }


def by_docxtpl(template: bytes, facts: dict[str, Any]) -> bytes:
    """Return a form as docxtpl fills it."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(facts, autoescape=True)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def rows(data: bytes) -> list[list[str]]:
    """Return the texts of the last table."""
    return [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(data)).tables[-1].rows]


def measure(contenders: dict[str, Callable[[], bytes]]) -> dict[str, float]:
    """Return the median seconds of each, in shuffled order."""
    random = Random(1)
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name in random.sample(list(contenders), len(contenders)):
            begin = time.perf_counter()
            contenders[name]()
            times[name].append(time.perf_counter() - begin)
    return {name: statistics.median(taken) for name, taken in times.items()}


if __name__ == "__main__":
    main()
