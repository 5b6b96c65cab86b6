"""Print the pages of the example records for visual checks: ``python -m tests.pages [FOLDER]``.

Each record becomes NAME.pdf and NAME-PAGE.png in FOLDER, by default ``out/pages``. Needs LibreOffice (soffice) and
poppler (pdftoppm), and uses substitutes for the fonts of the look (tests/kepu_word/fonts.conf).
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import kepu_docs
from tests.kepu_word.office import converted

ROOT: Final = Path(__file__).parents[1]
RECORDS: Final = (*sorted((ROOT / "docs" / "examples").glob("*.yaml")), ROOT / "tests" / "examples" / "rich.yaml")
_NEEDED: Final = {"soffice": "LibreOffice", "pdftoppm": "poppler-utils"}
_DOTS_AN_INCH: Final = "80"


def main(folder: Path) -> None:
    """Make the pages and name their files."""
    missing = [f"{name} ({package})" for name, package in _NEEDED.items() if shutil.which(name) is None]
    if missing:
        raise SystemExit(f"the pages cannot be made without {' and '.join(missing)}")
    documents = {path.stem: kepu_docs.render(kepu_docs.load(path), "docx") for path in RECORDS}
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        files = converted(Path(scratch), documents, "pdf")
    for name, data in files.items():
        pdf = folder / f"{name}.pdf"
        pdf.write_bytes(data)
        for old in folder.glob(f"{name}-*.png"):
            old.unlink()
        command = ["pdftoppm", "-r", _DOTS_AN_INCH, "-png", str(pdf), str(folder / name)]
        subprocess.run(command, check=True)
        print(pdf, *sorted(page.name for page in folder.glob(f"{name}-*.png")))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "pages")
