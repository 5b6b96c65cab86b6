"""The finished documents of a folder as one ZIP archive."""

import os
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from kepu_docs.batch.manifest import MANIFEST, read_manifest
from kepu_docs.errors import N_, Message, OutputError, Place
from kepu_docs.pipeline.writing import TEMPORARY_PREFIX, TEMPORARY_SUFFIX, reason_of

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_FILE: Final = 0o644 << 16


def write_archive(folder: Path, others: Iterable[Path]) -> Path:
    """Put the documents of all records, and ``others``, into ``FOLDER.zip`` beside the folder.

    Documents of records that are gone, or of an older state of them, stay outside. The archive appears whole or not
    at all; the same documents give the same archive. Raises ``OutputError``.
    """
    whole = Path(os.path.abspath(folder))
    target = whole.with_name(f"{whole.name}.zip")
    temporary = half_archive(folder)
    done = False
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in (*(other.name for other in others), *_documents(whole)):
                info = zipfile.ZipInfo(f"{whole.name}/{path}", _DATE)
                info.external_attr = _FILE
                # A .docx is compressed already.
                info.compress_type = zipfile.ZIP_STORED if path.endswith(".docx") else zipfile.ZIP_DEFLATED
                with open(whole / path, "rb") as file:
                    archive.writestr(info, file.read())
        os.replace(temporary, target)
        done = True
    except OSError as error:
        text = N_("not written: {reason}")
        raise OutputError.at(Place(str(target)), text, reason=Message(reason_of(error))) from None
    finally:
        if not done:
            with suppress(OSError):
                os.unlink(temporary)
    return target


def half_archive(folder: Path) -> Path:
    """Return where an archive is while it is being written; a killed run leaves it there."""
    whole = Path(os.path.abspath(folder))
    return whole.with_name(f"{TEMPORARY_PREFIX}{whole.name}{TEMPORARY_SUFFIX}")


def _documents(folder: Path) -> Iterable[str]:
    return (
        output.path
        for line in read_manifest(folder / MANIFEST)
        if line.status == "done"
        for output in line.outputs
        if not output.stale
    )
