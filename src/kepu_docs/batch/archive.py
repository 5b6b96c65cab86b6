"""The finished documents of a folder as one ZIP archive."""

import os
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from kepu_docs.batch.manifest import MANIFEST, read_manifest
from kepu_docs.errors import OutputError, Place
from kepu_docs.pipeline.writing import TEMPORARY_PREFIX, TEMPORARY_SUFFIX

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_FILE: Final = 0o644 << 16


def write_archive(folder: Path, others: Iterable[Path]) -> Path:
    """Put the documents that the manifest tells of, and ``others``, into ``FOLDER.zip`` beside the folder.

    The archive appears whole or not at all; the same documents give the same archive. Raises ``OutputError``.
    """
    whole = folder.absolute()
    target = whole.with_name(f"{whole.name}.zip")
    temporary = whole.with_name(f"{TEMPORARY_PREFIX}{whole.name}{TEMPORARY_SUFFIX}")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            paths = (output.path for line in read_manifest(folder / MANIFEST) for output in line.outputs)
            for path in (*(other.name for other in others), *paths):
                info = zipfile.ZipInfo(f"{whole.name}/{path}", _DATE)
                info.external_attr = _FILE
                # A .docx is compressed already.
                info.compress_type = zipfile.ZIP_STORED if path.endswith(".docx") else zipfile.ZIP_DEFLATED
                with open(whole / path, "rb") as file:
                    archive.writestr(info, file.read())
        os.replace(temporary, target)
    except OSError as error:
        with suppress(OSError):
            os.unlink(temporary)
        reason = error.strerror or str(error)
        raise OutputError.at(Place(str(target)), "not written: {reason}", reason=reason) from None
    return target
