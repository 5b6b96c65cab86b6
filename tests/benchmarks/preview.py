"""The live page: from a save to the display in the browser. ``python -m tests.benchmarks.preview``.

Chromium shows the page; a mark set by the page's own script says which version it shows. The time is measured from
before the file is written until the browser has drawn the new page.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.preview.asking import EXAMPLES
from tests.preview.serving import served

SAVES: Final = 50
AIM: Final = 0.3
"""Seconds, of the median."""

_SHOWN: Final = """before => {
    const paper = document.getElementById('paper');
    return paper.dataset.digest !== before && !document.querySelector('.waiting');
}"""


def main() -> None:
    """Measure saves of a record, of a workbook and of a template."""
    from playwright.sync_api import Page, sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        folder = Path(name)
        record = folder / "record.yaml"
        text = (EXAMPLES / "01-training-and-activities.yaml").read_text(encoding="utf-8")
        record.write_text(text, encoding="utf-8")

        def measured(what: str, save: Callable[[int], object], *arguments: Path | str) -> None:
            with served(*arguments) as server:
                page: Page = browser.new_page(viewport={"width": 1280, "height": 800})
                page.goto(server.address)
                page.wait_for_timeout(2000)
                seconds = []
                for number in range(SAVES):
                    before = page.locator("#paper").get_attribute("data-digest")
                    began = time.perf_counter()
                    save(number)
                    page.wait_for_function(_SHOWN, arg=before, polling="raf")
                    seconds.append(time.perf_counter() - began)
                    page.wait_for_timeout(200)
                page.close()
            median, most = statistics.median(seconds), max(seconds)
            form = "pages" if _has("pdf") else "a web page" if _has("html") else "text"
            print(
                f"saved to shown, {what}, as {form}: median of {SAVES} {median * 1000:.0f} ms, longest {most * 1000:.0f} ms"
                f" (aim: {AIM * 1000:.0f} ms)"
            )

        def save_record(number: int) -> None:
            record.write_text(text.replace("试验社区", f"第{number}试验社区", 1), encoding="utf-8")

        measured("a record", save_record, record)

        workbooks = [_workbook(folder / f"{number}.xlsx", number) for number in range(2)]
        workbook = folder / "district.xlsx"
        shutil.copy(workbooks[0], workbook)
        measured("a workbook of twelve", lambda number: shutil.copy(workbooks[(number + 1) % 2], workbook), workbook)

        title = folder / "templates" / "zh_Hans" / "title.jinja"
        title.parent.mkdir(parents=True)
        title.write_text("总结", encoding="utf-8")
        record.write_text(text, encoding="utf-8")
        measured(
            "a wording template",
            lambda number: title.write_text(f"第{number}份总结", encoding="utf-8"),
            record,
            "--templates",
            folder / "templates",
        )
        browser.close()


def _has(name: str) -> bool:
    from kepu_docs.pipeline import default_engine

    return name in default_engine().registry.renderers


def _workbook(path: Path, number: int) -> Path:
    """Write the district's workbook with another case of its first community."""
    from openpyxl import load_workbook

    book = load_workbook(EXAMPLES / "district.xlsx")
    book["工作成效-案例"].cell(3, 2).value = f"第{number}张血压卡"
    book.save(path)
    return path


if __name__ == "__main__":
    main()
