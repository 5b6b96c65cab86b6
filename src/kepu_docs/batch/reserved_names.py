"""What stands in a folder of documents besides them, and which paths a document may have."""

import re
import unicodedata
from typing import Final

from kepu_docs.output.file_names import is_path
from kepu_docs.output.files import TEMPORARY_PREFIX

MANIFEST: Final = "manifest.jsonl"
REPORT: Final = "report.xlsx"
REPORT_AS_CSV: Final = "report.csv"
OURS: Final = (MANIFEST, REPORT, REPORT_AS_CSV)
"""What stands in the folder besides documents, for the operator."""

LOCK: Final = f"{TEMPORARY_PREFIX}lock"
JOURNAL: Final = f"{TEMPORARY_PREFIX}placing"
HALF_MANIFEST: Final = f"{TEMPORARY_PREFIX}manifest.tmp"
"""Where earlier versions wrote the manifest anew; a killed run of theirs may have left it."""

_ROOM: Final = f"{TEMPORARY_PREFIX}waiting"
_room = re.compile(re.escape(_ROOM) + "(?:-[0-9a-f]{16})?")  # earlier versions had no number


def room_name(token: str) -> str:
    """Return the name of a waiting room; nobody can guess it who does not know the ``token`` (16 hexadecimals)."""
    return f"{_ROOM}-{token}"


def is_room(name: str) -> bool:
    """Tell whether a folder is called as a waiting room is."""
    return _room.fullmatch(name) is not None


def is_document_path(path: str) -> bool:
    """Tell whether ``path`` is one that a run gives a document, whoever says so: a record, or a file on the disk.

    It leads down from the output folder, has no step that some system takes for something else, and is not that of the
    manifest or the report.
    """
    return is_path(path) and folded(path) not in OURS


def folded(path: str) -> str:
    """Return the form in which paths that some system takes for equal are equal."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
