"""Write the generated parts of the documentation, in English and in Chinese: each part is between two marks.

Run ``python docs/generate.py``; a test compares the pages with the code.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import code_tables
import record_format

DOCS: Final = Path(__file__).parent
FOLDERS: Final = {"en": DOCS, "zh_Hans": DOCS / "zh"}
PARTS: Final[Mapping[str, Mapping[str, Callable[[str], str]]]] = {
    "record-format.md": {"values": record_format.values, "fields": record_format.fields},
    "word-templates.md": {"the table of styles": code_tables.styles},
    "wording-templates.md": {"filters": code_tables.filters, "facts": code_tables.facts},
    "checking.md": {"rules": code_tables.rules},
}
"""The functions that make the parts, by the name of the page and then of the mark."""


def pages() -> dict[Path, str]:
    """Return the text of each existing page, with the parts as the code has them.

    Raises ``ValueError`` for a page without the marks of a part.
    """
    found = {}
    for locale, folder in FOLDERS.items():
        for name, parts in PARTS.items():
            page = folder / name
            if page.exists():
                text = page.read_text(encoding="utf-8")
                for mark, part in parts.items():
                    text = _filled(page, text, mark, part(locale))
                found[page] = text
    return found


def _filled(page: Path, text: str, mark: str, part: str) -> str:
    """Return the text of a page with ``part`` between its marks."""
    begin = re.search(rf"<!-- begin of {mark}: docs/generate\.py writes (?:it|them) -->\n", text)
    end = text.find(f"<!-- end of {mark} -->\n")
    if begin is None or end < begin.end():
        raise ValueError(f"{page} lacks the marks of {mark}")
    return text[: begin.end()] + part + text[end:]


def main() -> None:
    """Write the pages."""
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
