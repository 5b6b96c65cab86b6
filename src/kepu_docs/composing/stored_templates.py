"""The code of installed templates, stored from one run to the next: compiling them takes longer than all else.

It counts for one language, one state of the catalogues, of Jinja2, of Python and of what writes the code here. Only
installed templates are stored, which are trusted as their plugin is; those of a user's own folder are compiled anew,
and so are the installed ones that run beside them, since their code counts what it does.
"""

import marshal
import os
from collections.abc import Iterable
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType
from typing import Final, cast

import babel
import jinja2
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from kepu_docs.output.cache_files import Shelf

_HERE: Final = Path(__file__).parent
_WRITERS: Final = ("composing", "locale", "schema", "typography")
_EXTENDS: Final = "extends"
"""In a template that has it, what is right depends on another file: it is checked and compiled each time."""


class StoredTemplates(BytecodeCache):
    """Code by the names, files and texts of templates, on a shelf of the cache."""

    def __init__(self, locale: str, catalogs: Iterable[bytes]) -> None:
        digest = sha256(MAGIC_NUMBER)
        for part in (locale.encode(), *catalogs, *map(_state, _writers())):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
        self._shelf = Shelf(f"templates-{digest.hexdigest()[:32]}")
        self._found: dict[tuple[str, str], CodeType | None] = {}

    def has(self, name: str, file: str, source: str) -> bool:
        """Return whether the code of a template is stored, which was right when it was compiled."""
        if _EXTENDS in source:
            return False
        key = self.get_cache_key(name, file), self.get_source_checksum(source)
        self._found[key] = self._read(*key)
        return self._found[key] is not None

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return a key for a name and a file, whose path may be in any encoding."""
        return sha256(f"{name}|{filename}".encode("utf-8", "surrogatepass")).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with the code that was found."""
        code = self._found.get((bucket.key, bucket.checksum))
        if code is not None:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the code of a template that was looked for, and is now compiled."""
        if (bucket.key, bucket.checksum) in self._found:
            self._shelf.store(_file(bucket.key, bucket.checksum), marshal.dumps(cast(CodeType, bucket.code)))

    def _read(self, key: str, checksum: str) -> CodeType | None:
        data = self._shelf.read(_file(key, checksum))
        try:
            found = marshal.loads(data) if data is not None else None  # noqa: S302  (nobody else can write it)
        except (EOFError, TypeError, ValueError):
            return None
        return found if isinstance(found, CodeType) else None


def _file(key: str, checksum: str) -> str:
    return sha256(f"{key} {checksum}".encode()).hexdigest()[:32]


def _writers() -> Iterable[str]:
    """Return the files that decide what code is written, and what constants in it are: filters are applied to them."""
    library = _HERE.parent
    for folder in (Path(jinja2.__file__).parent, Path(babel.__file__).parent, *(library / name for name in _WRITERS)):
        if folder.is_dir():
            yield from sorted(str(file) for file in folder.glob("*.py"))


def _state(file: str) -> bytes:
    try:
        found = os.stat(file)
    except OSError:
        return os.fsencode(file)
    return os.fsencode(f"{file} {found.st_mtime_ns} {found.st_size}")
