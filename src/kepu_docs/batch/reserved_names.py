"""The other files in a folder of documents, and the paths that a document may have."""

import re
import unicodedata
from typing import Final

from kepu_docs.output.file_names import is_path
from kepu_docs.output.files import TEMPORARY_PREFIX
from kepu_docs.pipeline import own_files

MANIFEST: Final = own_files.MANIFEST
REPORT: Final = own_files.REPORT
REPORT_AS_CSV: Final = own_files.REPORT_AS_CSV
OURS: Final = (MANIFEST, REPORT, REPORT_AS_CSV)
"""The files in the folder other than documents, for the operator."""

LOCK: Final = f"{TEMPORARY_PREFIX}lock"
JOURNAL: Final = f"{TEMPORARY_PREFIX}placing"
HALF_MANIFEST: Final = f"{TEMPORARY_PREFIX}manifest.tmp"
"""Where earlier versions rewrote the manifest; a killed run of such a version may have left it."""

_ROOM: Final = f"{TEMPORARY_PREFIX}waiting"
_room = re.compile(re.escape(_ROOM) + "(?:-[0-9a-f]{16})?")  # earlier versions had no number


def room_name(token: str) -> str:
    """Return the name of a waiting room; without the ``token`` (16 hexadecimal digits) it cannot be guessed."""
    return f"{_ROOM}-{token}"


def is_room(name: str) -> bool:
    """Return whether a folder has the name of a waiting room."""
    return _room.fullmatch(name) is not None


def is_document_path(path: str) -> bool:
    """Return whether a run can assign ``path`` to a document, whether the path comes from a record or from a disk.

    It leads down from the output folder, has no part that some system treats specially, and is not the path of the
    manifest or the report.
    """
    return is_path(path) and ("/" in path or folded(path) not in OURS)


def folded(path: str) -> str:
    """Return a form in which paths that some system treats as equal are equal."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
