"""Writing of files, completely or not at all."""

import errno
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from kepu_docs.errors import N_, Message, OutputError, Place
from kepu_docs.errors.addresses import printable_path

TEMPORARY_PREFIX: Final = ".kepu-docs-"
TEMPORARY_SUFFIX: Final = ".tmp"
"""The suffix of temporary files, by which the remains of a killed run are recognised and removed."""

_FLAGS: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL
    | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
)  # fmt: skip

_NO_SPACE: Final = N_("the disk is full; free some space and run again")
_FORBIDDEN: Final = N_(
    "you have no permission to write here, or the file is open in another program; close it, or choose another folder"
)
_REASONS: Final = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: N_("your disk quota is used up; free some space and run again"),
    errno.EFBIG: N_("the file is larger than this disk can hold"),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: N_("this disk is read-only; choose another folder"),
    errno.ENAMETOOLONG: N_("the name is too long for this disk; give a shorter one"),
    errno.ENOENT: N_("the folder to put it in does not exist"),
    errno.ENOTDIR: N_("a file is on the way to it where a folder should be"),
    errno.EEXIST: N_("a file is in the place of a folder"),
    errno.EISDIR: N_("a folder with this name is in its place"),
    errno.ELOOP: N_("the links on the way to it form a circle"),
}
_LINK: Final = N_(
    "a link is in its place or on the way to it, and links are not followed; remove it or choose another folder"
)
_NAME: Final = N_("the locale of this system cannot write this name; set the environment variable PYTHONUTF8=1")
_NO_FILE: Final = N_("a device or a pipe is in its place")

_OF_LINKS: Final = frozenset(getattr(errno, name, errno.ELOOP) for name in ("ELOOP", "ENOTDIR", "EMLINK", "EFTYPE"))
"""The errors that systems report for a link that must not be followed."""
_WITHOUT_LINKS: Final = getattr(os, "O_NOFOLLOW", 0)
_A_FOLDER: Final = (
    getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
)  # fmt: skip
BY_DESCRIPTOR: Final = {os.open, os.stat, os.unlink, os.mkdir, os.rename} <= os.supports_dir_fd and _WITHOUT_LINKS > 0
"""Whether this system can name a file by its opened folder, so that no part of its path can be replaced by a link."""


class LinkError(OSError):
    """A link is at the path of a file or folder of kepu-docs."""

    def __init__(self) -> None:
        super().__init__(errno.ELOOP, _LINK)


def write_file(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write ``data`` to ``path``: afterwards the file is complete, or unchanged.

    The data go to a temporary file in the same folder, which then replaces the old file. With ``durable`` they are on
    the disk before that, so that not even a power failure leaves half a file; a batch may do without. The permissions
    of an existing file are kept; a link is kept and the file that it points to is replaced.

    Raises ``OutputError`` with the reason; no temporary file is left then.
    """
    write_files([(path, data)], durable=durable)


def write_files(files: Sequence[tuple[Path, bytes]], *, durable: bool = True) -> None:
    """Write several files that belong together, each as ``write_file`` does, all of them or none.

    All are complete in temporary files before the first is moved, so that common failures (a full disk, a folder that
    cannot be written) happen before anything is changed. If moving fails half-way, files that did not exist before are
    removed again; those that replaced an old file stay, complete.

    Raises ``OutputError`` with the path and the reason of the first failure.
    """
    prepared: list[_Prepared] = []
    placed: list[_Prepared] = []
    done = False
    try:
        for path, data in files:
            with explaining(path, N_("not written: {reason}")):
                prepared.append(_prepare(path, data, durable=durable))
        for file in prepared:
            with explaining(file.path, N_("not written: {reason}")):
                os.replace(file.temporary, file.target)
            placed.append(file)
        done = True
    finally:
        if not done:
            _undo(prepared, placed)
    if durable:
        for folder in {file.target.parent for file in placed}:
            _sync_folder(folder)


def create_file(path: "str | Path") -> int:
    """Create the file ``path`` and return it opened for writing.

    Raises ``OSError``, also if anything with that name exists, including a broken link.
    """
    return os.open(path, _FLAGS, 0o666)


def write_loose(folder: str, data: bytes) -> str:
    """Write ``data`` to a new file in ``folder`` and return its path; it is moved to its final path later.

    Its name cannot be guessed. Raises ``OutputError`` with the reason; nothing is left then.
    """
    path = os.path.join(folder, secrets.token_hex(8))
    with explaining(Path(path), N_("not written: {reason}")):
        descriptor = create_file(path)
        try:
            _fill(descriptor, data, durable=False)
        except BaseException:
            _remove(Path(path))
            raise
    return path


def move_file(source: str, target: str) -> None:
    """Rename the file ``source`` to ``target``, replacing an existing file; raise ``OutputError`` if that fails."""
    with explaining(Path(target), N_("not written: {reason}")):
        replace_file(source, target)


def replace_file(source: str, target: str, folder: int | None = None) -> None:
    """Rename the file ``source`` to ``target``, in the opened ``folder`` if there is one.

    An existing file or link with that name is replaced; a link is not followed, and other names of the file are kept.
    Raises ``OSError``.
    """
    with suppress(FileNotFoundError):
        if stat.S_ISDIR(os.stat(target, dir_fd=folder, follow_symlinks=False).st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    os.replace(source, target, dst_dir_fd=folder)


def open_if_there(name: "str | Path") -> "BinaryIO | None":
    """Open a file to read it as :func:`open_own` does; return ``None`` if it does not exist."""
    try:
        return open(open_own(name), "rb")
    except (FileNotFoundError, NotADirectoryError):
        return None


def open_own(name: "str | Path", flags: int = os.O_RDONLY, folder: int | None = None) -> int:
    """Open a regular file by its exact name, in the opened ``folder`` if there is one.

    Links are not followed, and pipes are not waited for. Raises ``LinkError``, ``ValueError`` for anything that is not
    a file, and any other ``OSError``.
    """
    always = _WITHOUT_LINKS | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    if not _WITHOUT_LINKS and is_link(name, folder):
        raise LinkError
    try:
        descriptor = os.open(name, flags | always, 0o666, dir_fd=folder)
    except OSError as error:
        if error.errno in _OF_LINKS and is_link(name, folder):
            raise LinkError from None
        raise
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise ValueError(_NO_FILE)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


@contextmanager
def opened_folder(folder: Path, steps: Sequence[str], *, make: bool = False) -> Iterator[tuple[str, int | None]]:
    """Open the folder at the path ``steps`` below ``folder``, following no links; ``make`` creates missing folders.

    Yields the prefix for a name in it, and its descriptor, which identifies it whatever happens to its name; on a
    system without such descriptors, its path and ``None``. Raises ``OSError``, of which ``LinkError`` is one.
    """
    if not BY_DESCRIPTOR:
        path = str(folder)
        for step in steps:
            path = os.path.join(path, step)
            if make:
                with suppress(FileExistsError):
                    os.mkdir(path)
            if is_link(path):
                raise LinkError
        yield os.path.join(path, ""), None
        return
    descriptor = os.open(folder, _A_FOLDER)
    try:
        for step in steps:
            if make:
                with suppress(FileExistsError):
                    os.mkdir(step, dir_fd=descriptor)
            try:
                inner = os.open(step, _A_FOLDER | _WITHOUT_LINKS, dir_fd=descriptor)
            except OSError as error:
                if error.errno in _OF_LINKS and is_link(step, descriptor):
                    raise LinkError from None
                raise
            os.close(descriptor)
            descriptor = inner
        yield "", descriptor
    finally:
        os.close(descriptor)


def is_link(name: "str | Path", folder: int | None = None) -> bool:
    """Return whether a name is that of a link; on Windows also of a junction, a link to a folder."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return False
    junction = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == junction


def write_new_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` as ``write_file`` does; raise ``OutputError`` if something with that name exists.

    Also if it is created in the meantime, as far as the disk shows it.
    """
    taken = N_("not written: a file of this name exists already")
    if os.path.lexists(path):
        raise OutputError.at(Place(printable_path(path)), taken)
    with explaining(path, N_("not written: {reason}")):
        file = _prepare(path, data, durable=True)
        try:
            try:
                os.link(file.temporary, file.target)
            except FileExistsError:
                raise OutputError.at(Place(printable_path(path)), taken) from None
            except (OSError, AttributeError, NotImplementedError):  # a disk on which a file has only one name
                os.replace(file.temporary, file.target)
        finally:
            _remove(file.temporary)
    _sync_folder(file.target.parent)


def make_folder(path: Path) -> None:
    """Create the folder ``path`` and its parents, if they do not exist; raise ``OutputError`` if that fails."""
    with explaining(path, N_("the folder cannot be created: {reason}")):
        path.mkdir(parents=True, exist_ok=True)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A complete temporary file; ``target`` is ``path`` with links followed."""

    path: Path
    target: Path
    temporary: Path
    is_new: bool


def _prepare(path: Path, data: bytes, *, durable: bool) -> _Prepared:
    """Write ``data`` to a temporary file beside ``path``; leave none behind on any failure."""
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    mode = _mode_of(target)
    temporary = target.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}{TEMPORARY_SUFFIX}")
    descriptor = os.open(temporary, _FLAGS, 0o666 if mode is None else mode)
    try:
        _fill(descriptor, data, durable=durable)
        if mode is not None:
            # The umask may have removed some. A share without permissions refuses; the data matter more.
            with suppress(OSError):
                os.chmod(temporary, mode)
    except BaseException:
        _remove(temporary)
        raise
    return _Prepared(path, target, temporary, is_new=mode is None)


def _undo(prepared: Sequence[_Prepared], placed: Sequence[_Prepared]) -> None:
    for file in prepared:
        if file not in placed:
            _remove(file.temporary)
        elif file.is_new:
            _remove(file.target)


def _remove(file: Path) -> None:
    with suppress(OSError):
        os.unlink(file)


def _mode_of(target: Path) -> int | None:
    """Return the permissions of the file ``target``, ``None`` if it does not exist; refuse what is not a file."""
    try:
        status = os.lstat(target)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if stat.S_ISLNK(status.st_mode):  # resolved, and still a link
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if not stat.S_ISREG(status.st_mode):
        raise ValueError(_NO_FILE)
    return status.st_mode & 0o777


def _fill(descriptor: int, data: bytes, *, durable: bool) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable if the system can; the file itself is complete already."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def explaining(path: Path, text: str) -> Iterator[None]:
    """Turn system errors into an ``OutputError`` at ``path``; ``text`` has a placeholder ``{reason}``."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        if isinstance(error, UnicodeEncodeError):
            reason = _NAME
        raise OutputError.at(Place(printable_path(path)), text, reason=Message(reason)) from error


def reason_of(error: OSError) -> str:
    """Return why writing failed, in English, in terms that a user can act on."""
    if isinstance(error, LinkError):
        return _LINK
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
