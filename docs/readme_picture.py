"""Make docs/images/readme.png: the page that the record of the README becomes.

``python docs/readme_picture.py`` (in the project folder; needs the extra “pdf” with its fonts, pillow and poppler)
"""

import io
import re
import subprocess
from pathlib import Path
from typing import Final

import yaml
from PIL import Image, ImageOps

import kepu_docs

DOCS: Final = Path(__file__).parent
_WIDTH: Final = 800
"""In pixels: twice the width in the README, for high-resolution screens."""


def main() -> None:
    """Render the record, and keep its first page with a frame."""
    (record,) = re.findall(r"```yaml\n(.*?)```", (DOCS.parent / "README.md").read_text(encoding="utf-8"), re.S)
    page = kepu_docs.render(kepu_docs.load(yaml.safe_load(record)), "pdf")
    command = ["pdftoppm", "-scale-to-x", str(_WIDTH), "-scale-to-y", "-1", "-singlefile", "-gray", "-png", "-"]
    drawn = subprocess.run(command, input=page, capture_output=True, check=True).stdout  # noqa: S603
    picture = ImageOps.expand(Image.open(io.BytesIO(drawn)).convert("L"), border=2, fill=190)
    picture.quantize(16).save(DOCS / "images" / "readme.png", optimize=True)


if __name__ == "__main__":
    main()
