"""What kepu-docs itself wrote among the files of a folder: it is not read as records a second time.

A manifest, the report of a batch and a workbook of figures are no records. A document that a batch made carries its
record, but that is read where it comes from: from the source of the batch if that is read too, or else from one of the
documents that were made of it.
"""

import glob
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from functools import cache
from typing import Any, Final

from kepu_docs.errors import N_, Fault, Place

MANIFEST: Final = "manifest.jsonl"
REPORT: Final = "report.xlsx"
REPORT_AS_CSV: Final = "report.csv"

_WORKBOOK: Final = ".xlsx"
_KEYS: Final = frozenset(("source", "name", "place", "status", "record", "made_with"))
"""What every line of a manifest has, and no record."""
_MOST_OF_A_LINE: Final = 1024 * 1024
"""In bytes; a manifest has no longer ones."""
_MOST_SHOWN: Final = 3


def own_files(paths: Sequence[str], read: Iterable[str], suffixes: Collection[str]) -> list[str]:
    """Return those of the ``paths`` found in folders that kepu-docs wrote, and that are not read.

    ``read`` are the files and addresses that are read besides, since the user named them. ``suffixes`` are those of
    files that are read.
    """
    folders = dict.fromkeys(os.path.dirname(path) for path in paths)
    manifests = {folder: lines for folder in folders if (lines := _lines(os.path.join(folder, MANIFEST)))}
    own = {path for path in paths if _is_for_the_operator(path, manifests)}
    if manifests:
        found = {os.path.realpath(path): path for path in paths}
        records = [(folder, line) for folder, lines in manifests.items() for line in lines]
        documents = [[found[each] for each in _documents(*record) if each in found] for record in records]
        sources = _Sources([*read, *(set(paths) - own).difference(*documents)])
        for record, made in zip(records, documents, strict=True):
            known = [each for each in made if each.endswith(tuple(suffixes))]
            # Where the record itself is not read, its first document stands for it.
            own.update(known[0 if sources.has(*record) else 1 :])
    return [path for path in paths if path in own]


def passed_over(paths: Sequence[str]) -> list[Fault]:
    """Return the warning that says which files are not read, if there are any."""
    if not paths:
        return []
    shown = ", ".join(paths[:_MOST_SHOWN]) + (f", … ({len(paths)})" if len(paths) > _MOST_SHOWN else "")
    text = N_("passed over, because kepu-docs itself wrote it: {files}")
    return [Fault(Place(), text, (("files", shown),))]


def is_report_as_csv(folder: str, name: str) -> bool:
    """Return whether a file beside a manifest is the report of its batch, as tables are read by the folder."""
    return name == REPORT_AS_CSV and bool(_lines(os.path.join(folder, MANIFEST), most=1))


def _is_for_the_operator(path: str, manifests: Mapping[str, Sequence[Mapping[str, Any]]]) -> bool:
    """Return whether a file is a manifest, a report or a workbook of figures."""
    folder, name = os.path.split(path)
    if name == MANIFEST:
        return folder in manifests
    if not name.lower().endswith(_WORKBOOK):
        return False
    from kepu_docs.output.workbooks import FIGURES_MARK, REPORT_MARK, look_at

    try:
        with open(path, "rb") as file:
            mark = look_at(file)
    except OSError:
        return False
    # Reports of earlier versions have no mark of their own.
    return mark.is_made_by_us and (
        mark.category in (REPORT_MARK, FIGURES_MARK) or (name == REPORT and not mark.category and folder in manifests)
    )


def _lines(path: str, most: int | None = None) -> list[dict[str, Any]]:
    """Return the lines of a manifest; none of any other file."""
    lines: list[dict[str, Any]] = []
    try:
        with open(path, "rb") as file:
            while (text := file.readline(_MOST_OF_A_LINE)) and (most is None or len(lines) < most):
                line = _line(text)
                if line is not None:
                    lines.append(line)
                elif not lines:
                    return []
    except OSError:
        return []
    return lines


def _line(text: bytes) -> dict[str, Any] | None:
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(line, dict) or not line.keys() >= _KEYS:
        return None
    # A manifest of a whole country has much more, which is not kept in memory.
    return {name: line.get(name) for name in ("source", "outputs")}


def _documents(folder: str, line: Mapping[str, Any]) -> Iterator[str]:
    outputs = line["outputs"]
    for output in outputs if isinstance(outputs, list) else ():
        path = output.get("path") if isinstance(output, dict) else None
        if isinstance(path, str) and "\0" not in path:
            yield os.path.realpath(os.path.join(folder, path))


class _Sources:
    """What is read besides the documents of batches, and the folders in which it is."""

    def __init__(self, read: Iterable[str]) -> None:
        self._read: set[str] = set()
        for path in read:
            above = os.path.realpath(path) if "\0" not in path else ""
            while above and above not in self._read:
                self._read.add(above)
                above = os.path.dirname(above)
        self._has = cache(self._has_place)

    def has(self, folder: str, line: Mapping[str, Any]) -> bool:
        """Return whether the source of a line is read too."""
        source = line["source"]
        if not isinstance(source, str) or not source or "\0" in source:
            return False
        return self._has(os.path.normpath(os.path.join(os.path.realpath(folder), source)))

    def _has_place(self, source: str) -> bool:
        if glob.has_magic(source) and not os.path.exists(source):
            return any(fnmatch(path, source) for path in self._read)
        return os.path.realpath(source) in self._read
