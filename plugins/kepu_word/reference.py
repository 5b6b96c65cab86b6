"""A user's own Word template: its page, headers, footers, styles and numbering, with our text.

The template's own text is dropped, with the parts that only it needed. Our blocks take the template's styles by their
names (:mod:`kepu_word.style_names`); one that it lacks is made on the ground of its default style, and reported. Where
its heading styles are numbered, that numbers the headings; else our numbers are added to its numbering.
"""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import N_, DocumentError, Place, parse_xml, read_word
from kepu_word import package
from kepu_word.dates import moment
from kepu_word.look import TWIPS_A_POINT, Look, Page, Texts
from kepu_word.marks import Marks
from kepu_word.names import Names, R, W
from kepu_word.numbering import Numbers
from kepu_word.pack import (
    APPLICATION,
    DECLARATION,
    DOCUMENT_START,
    END_OF_RELATIONSHIPS,
    END_OF_TYPES,
    MAIN,
    NUMBERING,
    Pack,
    bare,
    with_pictures,
)
from kepu_word.properties import NAME as PROPERTIES
from kepu_word.template_styles import Styles, names_in, w
from kepu_word.text import quote

_PLACE: Final = Place("reference")
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPES: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MILLIMETRES_A_TWIP: Final = 25.4 / 1440
_APP: Final = "docProps/app.xml"
_STYLES: Final = "word/styles.xml"
_SETTINGS: Final = "word/settings.xml"

# What the main part may need besides the headers and footers of its last section.
_KEPT: Final = ("styles", "settings", "fontTable", "theme", "webSettings", "footnotes", "endnotes")
# What a document in the look of a template is not: a template, a form, a letter to many, a protected text.
_SETTINGS_LEFT_OUT: Final = (
    "attachedTemplate", "mailMerge", "documentProtection", "writeProtection", "docVars", "rsids", "trackRevisions",
    "revisionView", "linkStyles", "updateFields",
)  # fmt: skip


def make_pack(data: bytes, look: Look, locale: str, *, toc: bool = False) -> Pack:
    """Return the pack of a template; what it does not say is taken from ``look``.

    Raises ``DocumentError`` for a file that is no Word document, is broken or refused. Warns of missing styles.
    """
    del locale  # The template has a language of its own.
    parts = dict(read_word(data, _PLACE))
    styles = Styles(_tree(parts, _STYLES))
    names = names_in(styles, toc=toc)
    section = _section(parts)
    relations = _relations(parts, MAIN)
    kept = _kept_parts(parts, section, relations)
    numbers = _numbers(parts, styles, names)
    fitted = _fitted(look, section, styles, names)
    parts[_STYLES] = etree.tostring(styles.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if _SETTINGS in kept:
        parts[_SETTINGS] = _settings(parts)
    return Pack(
        look=fitted,
        names=names,
        marks=Marks.of(fitted, names, numbers),
        parts=(
            package.deflated("_rels/.rels", _package_relations()),
            package.deflated(_APP, APPLICATION.encode()),
            *(package.deflated(name, parts[name]) for name in kept),
        ),
        types=_types(parts, kept),
        relationships=_main_relations(relations, kept),
        head=DECLARATION + DOCUMENT_START,
        tail=f"{bare(section)}</w:body></w:document>",
        numbers=numbers,
        made=moment(),
        toc=toc,
    )


def _tree(parts: Mapping[str, bytes], name: str) -> Any:
    if name not in parts:
        raise DocumentError.at(_PLACE, N_("this Word document has no part {name}"), name=name)
    return parse_xml(parts[name], name, _PLACE)


def _section(parts: Mapping[str, bytes]) -> Any:
    """Return the properties of the template's last section."""
    body = _tree(parts, MAIN).find(w("body"))
    found = None if body is None else body.find(w("sectPr"))
    if found is None:
        found = etree.fromstring(f'<w:sectPr xmlns:w="{W}"/>')
    for name in ("printerSettings", "sectPrChange", "footnotePr", "endnotePr", "pgNumType"):
        for member in found.findall(w(name)):
            found.remove(member)
    return found


@dataclass(frozen=True, slots=True)
class _Relation:
    identity: str
    kind: str
    target: str
    """The part's name, or an address outside."""
    external: bool


def _relations(parts: Mapping[str, bytes], name: str) -> list[_Relation]:
    folder, file = posixpath.split(name)
    source = f"{folder}/_rels/{file}.rels"
    if source not in parts:
        return []
    found = []
    for element in parse_xml(parts[source], source, _PLACE):
        external = element.get("TargetMode") == "External"
        target = str(element.get("Target"))
        if not external:
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        kind = str(element.get("Type")).rpartition("/")[2]
        found.append(_Relation(str(element.get("Id")), kind, target, external))
    return found


def _kept_parts(parts: Mapping[str, bytes], section: Any, relations: list[_Relation]) -> dict[str, None]:
    """Return the names of the parts that stay: those that the section and its like need, and what these need."""
    used = {
        str(value)
        for element in section.iter()
        for key, value in element.attrib.items()
        if str(key).startswith(f"{{{R}}}")
    }
    waiting = [
        relation.target
        for relation in relations
        if not relation.external and (relation.kind in _KEPT or relation.identity in used)
    ]
    kept: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name in kept or name not in parts or name == NUMBERING:
            continue
        kept[name] = None
        folder, file = posixpath.split(name)
        own = f"{folder}/_rels/{file}.rels"
        if own in parts:
            kept[own] = None
            waiting += [relation.target for relation in _relations(parts, name) if not relation.external]
    return kept


_DEFAULT_TYPES: Final = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
}


def _main_relations(relations: list[_Relation], kept: Mapping[str, None]) -> str:
    shown = "".join(
        f'<Relationship Id="{quote(each.identity)}" Type="{_OFFICE}/{each.kind}" Target="/{quote(each.target)}"/>'
        for each in relations
        if each.target in kept
    )
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{shown}'
        f'<Relationship Id="rIdNumbering" Type="{_OFFICE}/numbering" Target="/{NUMBERING}"/>'
    )


def _package_relations() -> bytes:
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{MAIN}"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="{PROPERTIES}"/>'
        f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="{_APP}"/>{END_OF_RELATIONSHIPS}'
    ).encode()


def _types(parts: Mapping[str, bytes], kept: Mapping[str, None]) -> str:
    """Return the content types of the parts that stay, still open."""
    root = _tree(parts, "[Content_Types].xml")
    for element in list(root):
        name = str(element.get("PartName", "")).lstrip("/")
        if name and name not in kept:
            root.remove(element)
    own = {
        MAIN: f"{_WORD_TYPES}.document.main+xml",
        NUMBERING: f"{_WORD_TYPES}.numbering+xml",
        PROPERTIES: "application/vnd.openxmlformats-package.core-properties+xml",
        _APP: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    for name, content_type in own.items():
        etree.SubElement(root, f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{name}", ContentType=content_type)
    known = {element.get("Extension") for element in root}
    for extension, content_type in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        if extension not in known:
            default = etree.Element(
                f"{{{_PACKAGE}/content-types}}Default", Extension=extension, ContentType=content_type
            )
            root.insert(0, default)
    return with_pictures(etree.tostring(root)).decode().removesuffix(END_OF_TYPES)


def _settings(parts: Mapping[str, bytes]) -> bytes:
    """Return the template's settings without what makes it a template, a form or a draft."""
    root = _tree(parts, _SETTINGS)
    for name in _SETTINGS_LEFT_OUT:
        for element in root.findall(w(name)):
            root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _numbers(parts: Mapping[str, bytes], styles: Styles, names: Names) -> Numbers:
    """Return the template's numbering, and whether its headings have numbers of their own."""
    definitions, instances, taken = "", "", 0
    if NUMBERING in parts:
        root = _tree(parts, NUMBERING)
        ids = [element.get(w(name)) for element in root for name in ("abstractNumId", "numId")]
        taken = max((int(each) for each in ids if each and each.isdecimal()), default=0)
        for element in root.iter(w("lvlPicBulletId")):
            element.getparent().remove(element)
        definitions = "".join(
            etree.tostring(element, encoding="unicode", with_tail=False)
            for element in root.iterchildren(w("abstractNum"))
        )
        instances = "".join(
            etree.tostring(element, encoding="unicode", with_tail=False) for element in root.iterchildren(w("num"))
        )
    own = [styles.numbering(identity) for identity in names.headings]
    numbered = own[0] is not None
    return Numbers(
        definitions,
        instances,
        taken,
        by_style=numbered,
        linked=False,
        headings=tuple(each or (level, 0) for level, each in enumerate(own)) if numbered else (),
    )


def _joined(elements: Iterable[Any]) -> str:
    return "".join(etree.tostring(element, encoding="unicode", with_tail=False) for element in elements)


_SIZED: Final = (
    "title", "body", "table_head", "table_text", "caption", "signature", "attachment", "imprint", "document_number",
)  # fmt: skip


def _fitted(look: Look, section: Any, styles: Styles, names: Names) -> Look:
    """Return ``look`` with the template's page and type sizes, by which widths and places are reckoned."""
    page = _page(look.page, section)
    widest = page.text_width
    text = {member: replace(getattr(look.text, member), spacing=0.0) for member in Texts.__slots__}
    for member in (
        "body",
        "table_text",
        "table_head",
        "caption",
        "signature",
        "attachment",
        "imprint",
        "document_number",
        "title",
    ):
        text[member] = replace(text[member], size=styles.size(getattr(names, member)))
    for level, identity in enumerate(names.headings, 1):
        text[f"heading{level}"] = replace(text[f"heading{level}"], size=styles.size(identity))
    figure, chart = look.figure, look.chart
    pair = min(figure.pair_width, (widest - 4) / 2)
    return replace(
        look,
        page=page,
        text=Texts(**text),
        figure=replace(figure, width=min(figure.width, widest), pair_width=pair),
        chart=replace(chart, width=min(chart.width, widest), height=chart.height * min(1.0, widest / chart.width)),
    )


def _page(page: Page, section: Any) -> Page:
    size, margins, grid = (section.find(w(name)) for name in ("pgSz", "pgMar", "docGrid"))

    def length(element: Any, name: str, otherwise: float) -> float:
        value = None if element is None else element.get(w(name))
        found = int(value) * _MILLIMETRES_A_TWIP if value and value.lstrip("-").isdecimal() else otherwise
        return abs(found)

    width, height = length(size, "w", page.width), length(size, "h", page.height)
    left, right = length(margins, "left", page.left), length(margins, "right", page.left)
    top, bottom = length(margins, "top", page.top), length(margins, "bottom", page.top)
    pitch = None if grid is None else grid.get(w("linePitch"))
    return replace(
        page,
        width=width,
        height=height,
        left=left,
        top=top,
        text_width=max(width - left - right, 20.0),
        text_height=max(height - top - bottom, 20.0),
        line_pitch=int(pitch) / TWIPS_A_POINT if pitch and pitch.isdecimal() and int(pitch) else page.line_pitch,
    )
