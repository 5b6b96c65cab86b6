"""Make the forms of docs/examples/forms, which docs/forms.md shows, and the pictures of one before and after.

python docs/form.py (in the project folder, with the packages that the tests need, LibreOffice and poppler)
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import kepu_docs

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.kepu_excel import made_workbooks
from tests.kepu_word.form.blank_forms import registration
from tests.kepu_word.form.made_forms import survey
from tests.kepu_word.form.wps_forms import statistics
from tests.kepu_word.office import converted

DOCS: Final = Path(__file__).parent
FORMS: Final = DOCS / "examples" / "forms"
IMAGES: Final = DOCS / "images"


def main() -> None:
    """Write the forms and the pictures."""
    for form in (survey, statistics, registration):
        (FORMS / f"{form.__name__}.docx").write_bytes(form())
    (FORMS / "survey.xlsx").write_bytes(made_workbooks.survey())
    record = re.search(r"```yaml file=record.yaml\n(.*?)```", (DOCS / "forms.md").read_text(encoding="utf-8"), re.S)
    if record is None:
        raise SystemExit("docs/forms.md has no record.yaml")
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch, "record.yaml")
        source.write_text(record[1], encoding="utf-8")
        filled = kepu_docs.render(kepu_docs.load(source), "docx", form=survey())
        for name, data in converted(Path(scratch), {"form-before": survey(), "form-after": filled}, "pdf").items():
            pdf = Path(scratch, f"{name}.pdf")
            pdf.write_bytes(data)
            command = ["pdftoppm", "-r", "64", "-png", "-f", "1", "-singlefile", str(pdf), str(IMAGES / name)]
            subprocess.run(command, check=True)  # noqa: S603  (files of this project)
        book = Path(scratch, "form-workbook.xlsx")
        book.write_bytes(kepu_docs.render(kepu_docs.load(source), "xlsx", form=FORMS / "survey.xlsx"))
        subprocess.run(  # noqa: S603  (a file of this project)
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", scratch, str(book)],  # noqa: S607
            check=True,
            capture_output=True,
        )
        command = ["pdftoppm", "-r", "80", "-png", "-singlefile", "-H", "420", str(book.with_suffix(".pdf"))]
        subprocess.run([*command, str(IMAGES / "form-workbook")], check=True)  # noqa: S603  (files of this project)


if __name__ == "__main__":
    main()
