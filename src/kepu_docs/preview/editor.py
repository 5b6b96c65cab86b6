"""Addresses that open a file at its line in the user's editor."""

import os
import re
from dataclasses import dataclass
from string import Formatter
from typing import Final
from urllib.parse import quote

from kepu_docs.errors import Place

NONE: Final = "none"
PATTERNS: Final = {
    "vscode": "vscode://file/{path}:{line}:{column}",
    "vscodium": "vscodium://file/{path}:{line}:{column}",
    "cursor": "cursor://file/{path}:{line}:{column}",
    "zed": "zed://file/{path}:{line}:{column}",
    "idea": "idea://open?file=/{path}&line={line}&column={column}",
    "sublime": "subl://open?url=file:///{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file:///{path}&line={line}&column={column}",
    NONE: "",
}
"""The patterns of editors by name; VS Code:
https://code.visualstudio.com/docs/configure/command-line#_opening-vs-code-with-urls."""
_scheme = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*+):")
_REFUSED: Final = ("javascript", "data", "vbscript", "blob")
"""Schemes whose addresses are programs or pages."""
_FIELDS: Final = ("path", "line", "column")
_LINELESS: Final = (".xlsx", ".xls", ".ods", ".docx")
"""Files that text editors do not open."""


@dataclass(frozen=True, slots=True)
class Editor:
    """An editor by the pattern of its addresses, with ``{path}``, ``{line}`` and ``{column}``; empty for none."""

    pattern: str

    @classmethod
    def named(cls, given: str) -> "Editor | None":
        """Return the editor for a name or a pattern; ``None`` if it is neither."""
        if given in PATTERNS:
            return cls(PATTERNS[given])
        scheme = _scheme.match(given)
        if scheme is None or scheme[1].lower() in _REFUSED or "{path}" not in given:
            return None
        try:
            parts = list(Formatter().parse(given))
        except ValueError:
            return None
        # Format specifications are not allowed: a width may be a gigabyte.
        are_plain = all(name in (None, *_FIELDS) and not form and not change for _, name, form, change in parts)
        return cls(given) if are_plain else None

    def address(self, place: Place) -> str:
        """Return the address that opens the file of a place at its line; empty if there is no such file."""
        if not self.pattern or not place.record or place.cell or place.record.lower().endswith(_LINELESS):
            return ""
        try:
            path = os.path.abspath(place.record)
            if not os.path.isfile(path):
                return ""
        except ValueError:  # a name that no file can have
            return ""
        shown = quote(os.fsencode(path.replace(os.sep, "/").lstrip("/")), safe="/")
        return self.pattern.format(path=shown, line=place.line or 1, column=place.column or 1)
