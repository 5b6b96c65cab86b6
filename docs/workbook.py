"""Make docs/images/workbook.png, the picture of a workbook that a community has filled in.

python docs/workbook.py (in the project folder, with the packages that the tests need, LibreOffice and poppler)
"""

import subprocess
import tempfile
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

_IMAGE: Final = Path(__file__).parent / "images" / "workbook"
_ONCE: Final = {"名称*": "试验社区", "街道": "试验街道", "区县": "试验区", "居民（人）": "8600余", "时间*": "2025"}


def main() -> None:
    """Make an empty workbook, fill in its first sheet, print it, and keep the upper part of the page."""
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch, "workbook.xlsx")
        command = ["kepu-docs", "workbook", str(book), "training", "--single", "--short", "--locale", "zh_Hans"]
        subprocess.run(command, check=True)  # noqa: S603  (the project's own command)
        filled = load_workbook(book)
        sheet = filled.worksheets[0]
        for row in sheet.iter_rows(min_row=2):
            if row[0].value in _ONCE:
                row[1].value = _ONCE[row[0].value]
        filled.save(book)
        subprocess.run(  # noqa: S603  (a file of this project)
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", scratch, str(book)],  # noqa: S607
            check=True,
            capture_output=True,
        )
        command = [
            "pdftoppm",
            "-r",
            "96",
            "-png",
            "-singlefile",
            "-x",
            "25",
            "-y",
            "55",
            "-W",
            "740",
            "-H",
            "329",
            str(book.with_suffix(".pdf")),
        ]
        subprocess.run([*command, str(_IMAGE)], check=True)  # noqa: S603  (files of this project)


if __name__ == "__main__":
    main()
