"""The finished documents of a folder as one ZIP archive."""

import hashlib
import os
import re
import secrets
import struct
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from kepu_docs.batch.folder import Folder
from kepu_docs.batch.manifest import read_manifest
from kepu_docs.batch.reserved_names import MANIFEST, REPORT, REPORT_AS_CSV
from kepu_docs.errors import N_, OutputError, Place
from kepu_docs.output.files import (
    TEMPORARY_PREFIX,
    TEMPORARY_SUFFIX,
    create_file,
    explaining,
    open_if_there,
    open_own,
    replace_file,
)

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_FILE: Final = 0o644 << 16
_MARK: Final = "kepu-docs {size}"
"""The comment of an archive of kepu-docs, with the size of its members in bytes: it shows whether anything was added.
"""
_END: Final = struct.Struct("<4s4H2LH")
"""The end record of an archive; its last but one field is the place of the directory, the last the comment's length."""
_HEAD: Final = struct.Struct("<4s5H3L2H")
_MOST_OF_AN_END: Final = 65_536
_WIDEST: Final = 0xFFFFFFFF


def archive_path(folder: Path) -> Path:
    """Return where the archive of a folder is put."""
    whole = Path(os.path.abspath(folder))
    return whole.with_name(f"{whole.name}.zip")


def write_archive(folder: Path, others: Iterable[Path]) -> Path:
    """Put the documents of all records, and ``others``, into ``FOLDER.zip`` beside the folder.

    Documents of records that are gone, or of an older state of them, are left out. The archive appears complete or not
    at all; the same documents give the same archive. Raises ``OutputError``, also if a file that no run wrote has the
    archive's path.
    """
    whole = Path(os.path.abspath(folder))
    target = archive_path(folder)
    check_archive(folder, has_manifest=True)
    for half in _halves(whole):
        with suppress(OSError):
            half.unlink()
    temporary = whole.with_name(f"{_half_name(whole)}{secrets.token_hex(8)}{TEMPORARY_SUFFIX}")
    files = Folder(whole)
    done = False
    with explaining(target, N_("not written: {reason}")):
        try:
            with (
                open(create_file(temporary), "wb") as file,
                zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
            ):
                for other in others:
                    with open(open_own(other), "rb") as beside:
                        _add(archive, f"{whole.name}/{other.name}", beside.read())
                for path in _documents(whole):
                    _add(archive, f"{whole.name}/{path}", files.read(path))
                archive.comment = _MARK.format(size=archive.start_dir).encode()
            replace_file(str(temporary), str(target))
            done = True
        finally:
            if not done:
                with suppress(OSError):
                    os.unlink(temporary)
    return target


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _DATE)
    info.external_attr = _FILE
    # These are compressed already.
    info.compress_type = zipfile.ZIP_STORED if name.endswith((".docx", ".pdf")) else zipfile.ZIP_DEFLATED
    archive.writestr(info, data)


def _half_name(whole: Path) -> str:
    """Return the beginning of the names of unfinished archives of one folder, which may be beside those of others."""
    key = hashlib.blake2b(whole.name.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
    return f"{TEMPORARY_PREFIX}{key}-"


def _halves(whole: Path) -> list[Path]:
    """Return the unfinished archives that killed runs have left."""
    form = re.compile(re.escape(_half_name(whole)) + "[0-9a-f]{16}" + re.escape(TEMPORARY_SUFFIX))
    try:
        names = os.listdir(whole.parent)
    except OSError:
        return []
    # Earlier versions used one name for them.
    old = f"{TEMPORARY_PREFIX}{whole.name}{TEMPORARY_SUFFIX}"
    return [whole.with_name(name) for name in names if name == old or form.fullmatch(name)]


def check_archive(folder: Path, *, has_manifest: bool) -> None:
    """Raise ``OutputError`` if the file at the archive's path was not written by a run, or was changed since.

    ``has_manifest`` says whether the folder has a manifest of kepu-docs: then an archive of an earlier version, which
    has no mark, is recognised by its first member.
    """
    target = archive_path(folder)
    with explaining(target, N_("not written: {reason}")):
        file = open_if_there(target)
        if file is None:
            return
        with file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _MOST_OF_AN_END))
            end = file.read(_MOST_OF_AN_END)
            file.seek(0)
            begin = file.read(_HEAD.size + 2 * 255 + len(REPORT) + 1)
    is_ours = _is_as_marked(end)
    if is_ours is None:
        is_ours = not size or (has_manifest and _begins_as_ours(begin, Path(os.path.abspath(folder)).name))
    if not is_ours:
        text = N_("kepu-docs did not make this archive, or it was changed since then; move it")
        raise OutputError.at(Place(str(target)), text)


def _is_as_marked(end: bytes) -> bool | None:
    """Return whether an archive has as many bytes as its mark says; ``None`` for an archive without a mark."""
    at = end.rfind(b"PK\5\6")
    if at < 0 or len(end) - at < _END.size:
        return None
    *_, place, length = _END.unpack_from(end, at)
    comment = end[at + _END.size :]
    mark = re.fullmatch(_MARK.format(size="([0-9]{1,15})").encode(), comment)
    return None if mark is None else (place, length) == (min(int(mark[1]), _WIDEST), len(comment))


def _begins_as_ours(begin: bytes, name: str) -> bool:
    if len(begin) < _HEAD.size:
        return False
    sign, _, _, _, clock, day, *_, length, _ = _HEAD.unpack_from(begin)
    found = begin[_HEAD.size : _HEAD.size + length]
    ours = {f"{name}/{report}".encode() for report in (REPORT, REPORT_AS_CSV)}
    return sign == b"PK\3\4" and (clock, day) == (0, 1 << 5 | 1) and found in ours


def _documents(folder: Path) -> Iterable[str]:
    return (
        output.path
        for line in read_manifest(folder / MANIFEST)
        if line.status == "done"
        for output in line.outputs
        if not output.stale
    )
