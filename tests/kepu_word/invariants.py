"""What must hold for every .docx of kepu-docs, beyond what readers happen to tolerate."""

import io
import posixpath
import re
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from lxml import etree
from openxml_audit import OpenXmlValidator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def check_docx(data: bytes) -> None:
    """Assert that openxml-audit finds nothing, and that our own invariants hold."""
    assert audit(data) == []
    assert broken_invariants(data) == []


def audit(data: bytes) -> list[str]:
    """Return what openxml-audit finds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.docx"
        path.write_bytes(data)
        return [str(error) for error in _validator().validate(str(path)).errors]


@cache
def _validator() -> OpenXmlValidator:
    """Return the one that looks at all documents: it keeps its rules, for whose making it takes most of its time."""
    return OpenXmlValidator()


def broken_invariants(data: bytes) -> list[str]:
    """Return which of our invariants are broken (lessons of similar tools: each was a fault of one of them)."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    broken = ["an entry stands twice"] if len(set(names)) < len(names) else []
    broken += [f"{name} has a DOCTYPE" for name, part in parts.items() if b"<!DOCTYPE" in part]
    trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    broken += _unique_ids(trees)
    broken += _resolved(trees)
    broken += _packaged(trees, parts)
    broken += _linked(trees["word/document.xml"])
    for name, tree in trees.items():
        broken += [
            f"{name}: a cell does not end in a paragraph"
            for cell in tree.iter(f"{W}tc")
            if len(cell) == 0 or cell[-1].tag != f"{W}p"
        ]
    return broken


def _unique_ids(trees: dict[str, etree._Element]) -> list[str]:
    broken = []
    for tag, attribute in (
        (f"{W}num", f"{W}numId"),
        (f"{W}abstractNum", f"{W}abstractNumId"),
        (DOC_PR, "id"),
        (f"{W}bookmarkStart", f"{W}id"),
        (f"{W}bookmarkStart", f"{W}name"),
        (f"{W}bookmarkEnd", f"{W}id"),
        (f"{W}style", f"{W}styleId"),
    ):
        ids = [element.get(attribute) for tree in trees.values() for element in tree.iter(tag)]
        broken += [f"{tag} {one} stands {ids.count(one)} times" for one in set(ids) if ids.count(one) > 1]
    return broken


def _resolved(trees: dict[str, etree._Element]) -> list[str]:
    """Every number, style and relationship that is used is there."""
    broken = []
    numbers = {num.get(f"{W}numId") for num in trees["word/numbering.xml"].iter(f"{W}num")} | {"0"}
    abstracts = {num.get(f"{W}abstractNumId") for num in trees["word/numbering.xml"].iter(f"{W}abstractNum")}
    styles = {style.get(f"{W}styleId") for style in trees["word/styles.xml"].iter(f"{W}style")}
    for num in trees["word/numbering.xml"].iter(f"{W}num"):
        if not {link.get(f"{W}val") for link in num.iter(f"{W}abstractNumId")} <= abstracts:
            broken.append("a number without a definition")
    for name, tree in trees.items():
        for element in tree.iter(f"{W}numId"):
            if element.get(f"{W}val") not in numbers:
                broken.append(f"{name}: no number {element.get(f'{W}val')}")
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            for element in tree.iter(W + tag):
                if element.get(f"{W}val") not in styles:
                    broken.append(f"{name}: no style {element.get(f'{W}val')}")
        folder, file = posixpath.split(name)
        relations = trees.get(f"{folder}/_rels/{file}.rels")
        known = set() if relations is None else {str(relation.get("Id")) for relation in relations}
        used = {
            str(value) for element in tree.iter() for key, value in element.attrib.items() if str(key).startswith(R)
        }
        broken += [f"{name}: no relationship {one}" for one in used - known]
    return broken


def _linked(main: etree._Element) -> list[str]:
    """Every link inside leads to a bookmark, every bookmark and every field ends."""
    starts = {mark.get(f"{W}id"): mark.get(f"{W}name") for mark in main.iter(f"{W}bookmarkStart")}
    ends = {mark.get(f"{W}id") for mark in main.iter(f"{W}bookmarkEnd")}
    anchors = {link.get(f"{W}anchor") for link in main.iter(f"{W}hyperlink")} - {None}
    references = {
        text.split()[1]
        for text in ((instruction.text or "").strip() for instruction in main.iter(f"{W}instrText"))
        if text.startswith("PAGEREF")
    }
    broken = [f"no bookmark {one}" for one in (anchors | references) - set(starts.values())]
    broken += [f"bookmark {one} has one end only" for one in set(starts) ^ ends]
    open_fields = 0
    for mark in main.iter(f"{W}fldChar"):
        open_fields += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType", ""), 0)
        if open_fields < 0:
            broken.append("a field ends that has not begun")
    return [*broken, "a field does not end"] if open_fields > 0 else broken


def _packaged(trees: dict[str, etree._Element], parts: dict[str, bytes]) -> list[str]:
    """Every part has a content type and is related to; every relationship inside leads to a part."""
    types = trees["[Content_Types].xml"]
    defaults = {element.get("Extension") for element in types.iter(f"{TYPES}Default")}
    overrides = {element.get("PartName") for element in types.iter(f"{TYPES}Override")}
    targets = set()
    for name, tree in trees.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for relation in tree:
                if relation.get("TargetMode") != "External":
                    target = str(relation.get("Target"))
                    targets.add(
                        target.lstrip("/")
                        if target.startswith("/")
                        else posixpath.normpath(posixpath.join(base, target))
                    )
    content = {name for name in parts if not re.search(r"(^|/)_rels/|^\[Content_Types\]", name)}
    broken = [
        f"{name} has no content type"
        for name in parts
        if name != "[Content_Types].xml" and f"/{name}" not in overrides and name.rpartition(".")[2] not in defaults
    ]
    broken += [f"{name} is an orphan" for name in content - targets]
    broken += [f"{name} is missing" for name in targets - content]
    broken += [f"{name} has a type but is not there" for name in overrides if str(name).lstrip("/") not in parts]
    return broken
