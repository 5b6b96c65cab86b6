"""A user's folder of templates as it is at one moment: its files read once, safely, and kept.

The folder may be hostile. Only directories and files with the names of templates or catalogues are examined, and only
regular files below the folder are read. A link is followed if it stays in the folder, such as the links of a folder
that is swapped as a whole; a pipe, a device or a link out of the folder is refused and never opened. The content that
was checked is used, whatever happens to the folder in the meantime.
"""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources.abc import Traversable
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import IO, Any, Final

from kepu_docs.errors import N_, Fault, Place, TemplateError
from kepu_docs.locale.po_files import CATALOG_BYTES

TEMPLATE: Final = ".jinja"
CATALOG: Final = ".po"

TEMPLATE_BYTES: Final = 256 * 1024
"""The size of one template, in bytes. The longest built-in one has 6 thousand; compilation time grows with it."""
FOLDER_BYTES: Final = 8 * 1024 * 1024
"""The size of all of them together, in bytes: they are sent to every process that works with them."""
MOST_ENTRIES: Final = 10_000
"""Entries of all directories that are examined. Templates of ten languages are some 200 files."""
DEEPEST_FOLDER: Final = 8
"""How deep directories may be nested. Templates are nested two deep."""
MOST_FAULTS: Final = 100
"""The most faults that are reported for one folder."""

_LIMITS: Final = {TEMPLATE: TEMPLATE_BYTES, CATALOG: CATALOG_BYTES}
# If possible, every step of a path is opened below the one before and follows no link; otherwise by its path.
_STEPWISE: Final = os.open in os.supports_dir_fd and os.scandir in os.supports_fd and hasattr(os, "O_NOFOLLOW")
_FLAGS: Final = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
)


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot(Traversable):
    """The files of a folder, or a place in it: like a folder of a package, and as plain data for other processes."""

    root: str
    """The folder, as its user wrote it."""
    files: Mapping[str, bytes]
    """By path below the folder, with ``/`` between its parts."""
    digest: str = ""
    """The SHA-256 of paths and contents, in hexadecimal digits."""
    within: str = ""
    """The place in the folder that this object represents."""

    def __str__(self) -> str:
        return os.path.join(self.root, *filter(None, self.within.split("/")))

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.within.rpartition("/")[2] or os.path.basename(self.root)

    def joinpath(self, *steps: "str | os.PathLike[str]") -> "Snapshot":
        """Return a place below this one."""
        return Snapshot(
            self.root,
            self.files,
            self.digest,
            "/".join([part for part in (self.within, *[os.fspath(step) for step in steps]) if part]),
        )

    def is_file(self) -> bool:
        """Return whether this was a file."""
        return self.within in self.files

    def is_dir(self) -> bool:
        """Return whether there were files below this place."""
        return not self.within or any(path.startswith(f"{self.within}/") for path in self.files)

    def iterdir(self) -> Iterator["Snapshot"]:
        """Yield the entries of this folder."""
        start = f"{self.within}/" if self.within else ""
        names = {path[len(start) :].partition("/")[0] for path in self.files if path.startswith(start)}
        return (self.joinpath(name) for name in sorted(names))

    def read_bytes(self) -> bytes:
        """Return the content of this file."""
        try:
            return self.files[self.within]
        except KeyError:
            raise FileNotFoundError(str(self)) from None

    def read_text(self, encoding: str | None = None) -> str:
        """Return the content of this file as text."""
        return self.read_bytes().decode(encoding or "utf-8")

    def open(self, mode: Any = "r", *arguments: Any, **options: Any) -> IO[Any]:
        """Open this file for reading, as bytes if ``mode`` is ``rb``."""
        stream = BytesIO(self.read_bytes())
        return stream if "b" in mode else TextIOWrapper(stream, *arguments, **options)


def read_folder(folder: Path) -> Snapshot:
    """Return the templates and catalogues of ``folder``. Raises ``TemplateError`` with all its faults."""
    try:
        real = os.path.realpath(folder, strict=True)
        if not os.path.isdir(real):
            raise NotADirectoryError
    except (OSError, ValueError):
        raise TemplateError.at(Place(str(folder)), N_("this is not a folder of templates")) from None
    reader = _Reader(str(folder), real)
    try:
        reader.read()
    except _EnoughError:
        pass
    except OSError as error:
        text = N_("the folder cannot be read: {reason}")
        raise TemplateError.at(Place(str(folder)), text, reason=error.strerror or str(error)) from None
    if reader.faults:
        raise TemplateError(reader.faults)
    whole = sha256()
    for path, data in sorted(reader.files.items()):
        for part in (path.encode("utf-8", "surrogatepass"), data):
            whole.update(len(part).to_bytes(8, "big") + part)
    return Snapshot(str(folder), reader.files, whole.hexdigest())


class _EnoughError(Exception):
    """Enough faults were found to refuse a folder."""


class _Reader:
    """Reads one folder. Paths are tuples of names: as they are in the folder, and with links resolved."""

    def __init__(self, shown: str, real: str) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: list[Fault] = []
        self._shown = shown
        self._real = real
        self._entries = 0
        self._bytes = 0

    def read(self) -> None:
        self._directory((), (), frozenset())

    def _fault(self, path: tuple[str, ...], text: str, **values: object) -> None:
        self.faults.append(Fault(Place(os.path.join(self._shown, *path)), text, tuple(values.items())))
        if len(self.faults) >= MOST_FAULTS:
            raise _EnoughError

    def _directory(self, path: tuple[str, ...], real: tuple[str, ...], above: frozenset[tuple[str, ...]]) -> None:
        """Read the directory ``real``, called ``path``; ``above`` are the directories that contain it."""
        if real in above:
            self._fault(path, N_("this link leads in a circle; remove it"))
            return
        if len(path) > DEEPEST_FOLDER:
            self._fault(path, N_("folders are nested more than {limit} deep here"), limit=DEEPEST_FOLDER)
            return
        for name, mode in self._names(real):
            self._entry((*path, name), (*real, name), mode, above | {real})

    def _names(self, real: tuple[str, ...]) -> list[tuple[str, int]]:
        """Return name and mode of the entries of a directory, in the order of their names, without hidden ones."""
        found = []
        with self._opened(real, os.O_DIRECTORY if _STEPWISE else 0) as directory, os.scandir(directory) as entries:
            for entry in entries:
                self._entries += 1
                if self._entries > MOST_ENTRIES:
                    self._fault((), N_("there are more than {limit} files in this folder"), limit=MOST_ENTRIES)
                    raise _EnoughError
                if not entry.name.startswith("."):
                    found.append((entry.name, entry.stat(follow_symlinks=False).st_mode))
        return sorted(found)

    def _entry(
        self, path: tuple[str, ...], real: tuple[str, ...], mode: int, above: frozenset[tuple[str, ...]]
    ) -> None:
        wanted = path[-1].endswith((TEMPLATE, CATALOG))
        try:
            if stat.S_ISLNK(mode):
                target = os.path.realpath(os.path.join(self._real, *real), strict=True)
                mode = os.lstat(target).st_mode
                if not wanted and not stat.S_ISDIR(mode):
                    return
                if os.path.commonpath((target, self._real)) != self._real:
                    self._fault(
                        path, N_("this link leads out of the folder; replace it with the file that it leads to")
                    )
                    return
                real = tuple(filter(None, os.path.relpath(target, self._real).split(os.sep)))
                real = () if real == (os.curdir,) else real
            if stat.S_ISDIR(mode):
                if wanted:
                    self._fault(path, N_("this is a folder; its name suggests a file"))
                else:
                    self._directory(path, real, above)
            elif wanted:
                self._file(path, real, mode)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            self._fault(path, N_("this cannot be read: {reason}"), reason=reason or str(error))

    def _file(self, path: tuple[str, ...], real: tuple[str, ...], mode: int) -> None:
        text = N_("this is not a file, but a pipe, a device or the like")
        if not stat.S_ISREG(mode):
            self._fault(path, text)
            return
        limit = _LIMITS[os.path.splitext(path[-1])[1]]
        with self._opened(real) as opened:
            handle = opened if isinstance(opened, int) else os.open(opened, _FLAGS)
            with os.fdopen(handle, "rb", closefd=handle is not opened) as stream:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    self._fault(path, text)
                    return
                data = stream.read(limit + 1)
        if len(data) > limit:
            self._fault(path, N_("the file is larger than {limit} KiB"), limit=limit // 1024)
            return
        self._bytes += len(data)
        if self._bytes > FOLDER_BYTES:
            self._fault(
                (), N_("the files of this folder are larger than {limit} MiB in all"), limit=FOLDER_BYTES // 1024**2
            )
            raise _EnoughError
        self.files["/".join(path)] = data

    @contextmanager
    def _opened(self, real: tuple[str, ...], flags: int = 0) -> Iterator["int | str"]:
        """Return ``real`` opened with no link followed on the way, or its path if that is not possible."""
        if not _STEPWISE:
            yield os.path.join(self._real, *real)
            return
        handle = os.open(self._real, os.O_DIRECTORY | _FLAGS)
        try:
            for place, name in enumerate(real, 1):
                below = os.open(name, _FLAGS | (flags if place == len(real) else os.O_DIRECTORY), dir_fd=handle)
                os.close(handle)
                handle = below
            yield handle
        finally:
            os.close(handle)
