"""Golden files: output that somebody once reviewed, compared with the present output."""

import difflib
import io
import os
import zipfile
from collections.abc import Iterator
from os import PathLike
from pathlib import Path
from typing import Final

UPDATE: Final = "KEPU_DOCS_UPDATE_GOLDEN"
"""The environment variable that makes tests rewrite golden files: ``KEPU_DOCS_UPDATE_GOLDEN=1 pytest``."""

_MOST_LINES: Final = 60
_XML: Final = (".xml", ".rels")
_TYPES: Final = ("[Content_Types]", "content-types")
"""A file name that would be taken for a name pattern, and the name that is used here."""


def golden(path: str | PathLike[str], content: bytes | str) -> None:
    """Compare ``content`` with the golden file at ``path``, and show the difference.

    Text is compared as text. A Word document (``.docx``) is kept as a folder of that name with its parts, with the XML
    indented so that a difference can be read, and compared part by part; XML parts are compared as XML.

    With the variable ``KEPU_DOCS_UPDATE_GOLDEN=1``, or ``--update-golden`` if ``kepu_docs.testing.pytest_plugin`` is
    used, the files are rewritten instead: read the difference before you commit it.

    Raises ``AssertionError`` with the difference, or if there is no golden file.
    """
    __tracebackhide__ = True
    file = Path(path)
    data = content.encode() if isinstance(content, str) else content
    parts = dict(_parts(data)) if file.suffix == ".docx" else {"": data}
    if os.environ.get(UPDATE, "") not in ("", "0"):
        _write(file, parts)
        return
    kept = _kept(file)
    if not kept:
        raise AssertionError(f"there is no golden file {file}; write it, and read it: {UPDATE}=1 pytest")
    found = [
        *(f"{name or file}: there is no such part in the golden file" for name in sorted({*parts} - {*kept})),
        *(f"{name or file}: the part is missing" for name in sorted({*kept} - {*parts})),
        *(line for name in sorted({*parts} & {*kept}) for line in _difference(name, kept[name], parts[name])),
    ]
    if found:
        rest = [f"… and {len(found) - _MOST_LINES} lines more"] if len(found) > _MOST_LINES else []
        shown = "\n".join([*found[:_MOST_LINES], *rest])
        raise AssertionError(f"not as in the golden file {file}\n{shown}\nIf this is right: {UPDATE}=1 pytest")


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a package, with indented XML."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            content = package.read(name)
            if name.endswith(_XML):
                tree = etree.fromstring(content)
                yield f"{name.replace(*_TYPES)}.xml", etree.tostring(tree, pretty_print=True, encoding="utf-8")
            else:
                yield name, content


def _write(file: Path, parts: dict[str, bytes]) -> None:
    for old in _kept(file):
        (file / old).unlink()
    for name, content in parts.items():
        target = file / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _kept(file: Path) -> dict[str, bytes]:
    if not file.is_dir():
        return {"": file.read_bytes()} if file.is_file() else {}
    return {part.relative_to(file).as_posix(): part.read_bytes() for part in file.rglob("*") if part.is_file()}


def _difference(name: str, old: bytes, new: bytes) -> Iterator[str]:
    if old == new or (name.endswith(".xml") and _canonical(old) == _canonical(new)):
        return
    try:
        texts = old.decode().splitlines(), new.decode().splitlines()
    except UnicodeDecodeError:
        yield f"{name or 'the file'}: {len(old)} bytes in the golden file, {len(new)} bytes now"
        return
    yield from difflib.unified_diff(*texts, f"golden {name}".rstrip(), f"now {name}".rstrip(), lineterm="", n=1)


def _canonical(content: bytes) -> str:
    from lxml import etree

    return str(etree.canonicalize(etree.fromstring(content)))
