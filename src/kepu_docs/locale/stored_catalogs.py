"""Installed catalogues, stored as they were read: parsing one takes longer than most commands have to do.

What is stored counts for the same bytes, Python and readers. A user's own catalogues are read anew each time.
"""

import marshal
import os
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import Any, Final

from kepu_docs.locale.po_files import Entry, PoFile, plural_rule
from kepu_docs.output.cache_files import VARIABLE, Shelf

_READERS: Final = ("catalogs.py", "po_files.py", "encodings.py", "stored_catalogs.py")
"""The files here that decide what is read, and what is refused."""


def stored_catalog(content: bytes) -> PoFile | None:
    """Return what the file with this ``content`` was read as, if that is stored."""
    data = _shelf(os.environ.get(VARIABLE)).read(_name(content))
    try:
        return _unpacked(marshal.loads(data)) if data is not None else None  # noqa: S302  (nobody else can write it)
    except (EOFError, TypeError, ValueError):
        return None


def store_catalog(content: bytes, file: PoFile) -> None:
    """Store what a file with this ``content``, in which nothing is wrong, was read as."""
    entries = [
        (entry.line, entry.context, entry.identifier, entry.plural, entry.forms, entry.fuzzy) for entry in file.entries
    ]
    _shelf(os.environ.get(VARIABLE)).store(_name(content), marshal.dumps((file.formula, file.count, entries)))


def _unpacked(found: Any) -> PoFile:
    formula, count, entries = found
    return PoFile(tuple([Entry(*each) for each in entries]), plural_rule(formula, count), count, formula)


@lru_cache(4)
def _shelf(place: str | None) -> Shelf:
    """Return the shelf in a certain ``place`` for caches."""
    digest = sha256(MAGIC_NUMBER)
    for state in _states():
        digest.update(os.fsencode(state))
    return Shelf(f"catalogs-{digest.hexdigest()[:32]}")


def _states() -> Iterable[str]:
    here = Path(__file__).parent
    for name in _READERS:
        try:
            found = os.stat(here / name)
        except OSError:
            yield name
        else:
            yield f"{here / name} {found.st_mtime_ns} {found.st_size}"


def _name(content: bytes) -> str:
    return sha256(content).hexdigest()[:32]
