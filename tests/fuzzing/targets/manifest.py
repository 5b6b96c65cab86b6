"""A folder of documents with a changed manifest, in which a batch is resumed."""

import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tests.attacks.material import GOOD, good
from tests.fuzzing.frame import Target
from tests.fuzzing.mutating import lines_of_trees

import kepu_docs

_FOLDER = tempfile.TemporaryDirectory(prefix="fuzzing-")
_CANARY: Final = b"keep"


class _Made(NamedTuple):
    source: Path
    documents: dict[str, bytes]
    manifest: bytes


@cache
def _made() -> _Made:
    """Make two documents, once."""
    folder = Path(_FOLDER.name)
    source = folder / good(folder)
    out = folder / "first"
    kepu_docs.render_batch(source, out, formats=["txt"], jobs=1)
    documents = {path.name: path.read_bytes() for path in out.glob("*.txt")}
    assert len(documents) == len(GOOD)
    return _Made(source, documents, (out / "manifest.jsonl").read_bytes())


def check(data: bytes) -> None:
    """Go on in the folder. Raises ``AssertionError`` where a good record is not finished, or a stranger's file is touched."""
    made = _made()
    home = Path(_FOLDER.name) / "home"
    shutil.rmtree(home, ignore_errors=True)
    out = home / "out"
    out.mkdir(parents=True)
    (home / "canary.txt").write_bytes(_CANARY)
    for at, (name, content) in enumerate(made.documents.items()):
        if at == 0:
            # The other is missing, and made anew.
            (out / name).write_bytes(content)
    (out / "manifest.jsonl").write_bytes(data)
    try:
        report = kepu_docs.render_batch(made.source, out, formats=["txt"], jobs=1)
    finally:
        assert {path.name for path in home.iterdir()} == {"out", "canary.txt"}, sorted(home.iterdir())
        assert (home / "canary.txt").read_bytes() == _CANARY
    assert report.failed == 0
    texts = "".join(path.read_text(encoding="utf-8") for path in out.rglob("*.txt"))
    assert all(each in texts for each in GOOD), "a good record is not finished"


def seeds() -> Iterator[bytes]:
    """Yield manifests as runs write them."""
    whole = _made().manifest
    first, second, _ = whole.split(b"\n")
    yield whole
    yield first + b"\n"
    yield whole + whole
    yield second + b"\n" + first
    yield b""
    yield whole.replace(b'"done"', b'"failed"')


TARGET = Target(check, seeds=seeds, mutate=lines_of_trees)
