"""Make docs/images/preview.png and preview-zh.png, the pictures of the live page: last good page and faults.

python docs/preview.py (in the project folder, with the packages that the tests and the extra “browser” need)
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

DOCS: Final = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))
from tests.preview.serving import served  # noqa: E402

_SHOWN: Final = "01-training-and-activities.yaml"
_SIZE: Final = {"width": 1200, "height": 800}


def main() -> None:
    """Show a folder of records, break one of them, and take the pictures."""
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        folder = Path("records")
        folder.mkdir()
        for file in sorted((DOCS / "examples").glob("*.yaml")):
            shutil.copy(file, folder)
        with served(folder, LC_ALL="C.UTF-8") as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page(viewport=_SIZE, device_scale_factor=1)
            page.goto(server.address)
            page.wait_for_load_state("networkidle")
            text = (folder / _SHOWN).read_text(encoding="utf-8")
            (folder / _SHOWN).write_text(
                text.replace("比赛, category", "比赛, attendance: 很多人, category", 1), encoding="utf-8"
            )
            page.wait_for_selector(".old")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=DOCS / "images" / "preview.png")
            page.goto(f"{server.address}?ui=zh_Hans")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=DOCS / "images" / "preview-zh.png")
            browser.close()


if __name__ == "__main__":
    main()
