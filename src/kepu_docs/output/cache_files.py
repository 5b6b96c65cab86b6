"""Files that make a later run faster, in the user's cache folder. Any of them may be lost at any time.

Code is read from them and run. So a folder or file counts only if nobody but the user can write to it; any other is
passed over, as is one that is damaged, and nothing is stored where that cannot be done: a cache never makes a run fail.
"""

import os
import re
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Final

VARIABLE: Final = "KEPU_DOCS_CACHE"
"""The folder to use in place of the system's own; empty: none."""
_shelf = re.compile("(?:catalogs|templates)-[0-9a-f]{32}")
"""The names of shelves: nothing else is ever removed."""
_MOST_SHELVES: Final = 16
_LARGEST: Final = 4 * 1024 * 1024
_WRITABLE_BY_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH
# Without O_NONBLOCK, a pipe in place of a file would be waited for.
_READING: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_DIGEST: Final = sha256().digest_size


class Shelf:
    """A folder of the cache for what belongs together and becomes useless together, such as when a version changes."""

    def __init__(self, name: str) -> None:
        root = _root()
        self._folder = root / name if root is not None else None
        self._usable: bool | None = None if self._folder is not None else False

    def read(self, name: str) -> bytes | None:
        """Return what was stored under ``name``, whole and unchanged; ``None`` where nothing was."""
        if self._folder is None or not self._is_usable():
            return None
        try:
            data = _read_private(self._folder / name)
        except OSError:
            return None
        found = data[_DIGEST:]
        return found if sha256(found).digest() == data[:_DIGEST] else None

    def store(self, name: str, data: bytes) -> None:
        """Store ``data`` under ``name``, if that can be done."""
        if self._folder is None or len(data) + _DIGEST > _LARGEST:
            return
        with suppress(OSError):
            if not self._folder.is_dir():
                self._folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not _is_private(os.lstat(self._folder.parent), stat.S_ISDIR):
                    return
                self._folder.mkdir(mode=0o700)
                self._usable = None
                _prune(self._folder.parent)
            if self._is_usable():
                _write_private(self._folder / name, sha256(data).digest() + data)

    def _is_usable(self) -> bool:
        if self._usable is None and self._folder is not None:
            try:
                folders = [os.lstat(folder) for folder in (self._folder, self._folder.parent)]
            except OSError:
                return False  # not yet there
            self._usable = all(_is_private(folder, stat.S_ISDIR) for folder in folders)
        return bool(self._usable)


def _read_private(path: Path) -> bytes:
    """Return the content of a file; nothing if somebody else can write to it. Raises ``OSError``."""
    descriptor = os.open(path, _READING)
    try:
        if not _is_private(os.fstat(descriptor), stat.S_ISREG):
            return b""
        parts = []
        while part := os.read(descriptor, _LARGEST + 1):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(descriptor)


def _write_private(path: Path, data: bytes) -> None:
    """Put a file in place whole; whatever the umask, only the user can write to it. Raises ``OSError``."""
    import tempfile  # most runs store nothing

    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.remove(temporary)
        raise


def _is_private(found: os.stat_result, expected: Callable[[int], bool]) -> bool:
    """Return whether a file is of the expected sort, and nobody but the user can write to it."""
    if not expected(found.st_mode):
        return False
    # Windows has neither; the folder is below the user's own there.
    return not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & _WRITABLE_BY_OTHERS)


def _root() -> Path | None:
    given = os.environ.get(VARIABLE)
    if given is not None:
        return Path(given).absolute() if given else None
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "kepu-docs" / "cache" if local else None
    with suppress(RuntimeError):
        home = Path.home()
        if not home.is_absolute() or home == Path(home.anchor) or not home.is_dir():
            return None  # a service's: nothing is made there
        if sys.platform == "darwin":
            return home / "Library" / "Caches" / "kepu-docs"
        chosen = Path(os.environ.get("XDG_CACHE_HOME", ""))
        # https://specifications.freedesktop.org/basedir-spec/: relative paths are to be ignored.
        return (chosen if chosen.is_absolute() else home / ".cache") / "kepu-docs"
    return None


def _prune(root: Path) -> None:
    """Remove the shelves that were begun first, of versions and catalogues that are no longer used."""
    shelves = sorted(
        (each for each in root.iterdir() if _shelf.fullmatch(each.name) and each.is_dir() and not each.is_symlink()),
        key=lambda each: each.stat().st_mtime,
    )
    for old in shelves[:-_MOST_SHELVES]:
        rmtree(old, ignore_errors=True)
