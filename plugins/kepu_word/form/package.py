"""The package of a form: refused, or read once in a separate process into what filling needs.

All parts stay byte for byte the same, except those with tags and those that list which parts there are.
"""

import hashlib
import posixpath
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import (
    N_,
    RECORD_NAMESPACE,
    DocumentError,
    Fault,
    FormPlan,
    KepuWarning,
    Limits,
    Look,
    Message,
    Place,
    StoppedError,
    isolated,
)
from kepu_word.form.block_looks import NAMESPACES
from kepu_word.form.part import ReadPart, has_tags, read_part
from kepu_word.look.numbering import Numbers
from kepu_word.look.style_ids import Names
from kepu_word.look.units import text_twips, twips
from kepu_word.package.parts import DECLARATION, DRAWING, NUMBERING, W, override, relationship, type_of, w
from kepu_word.template.acts import found_acting
from kepu_word.template.carried_parts import Template, broken, refused
from kepu_word.template.found_styles import Styles, names_in, numbers_shown
from kepu_word.template.page import page
from kepu_word.template.reference import fitted

PLACE: Final = Place("form")
"""The place that errors name: the form comes as bytes, without a file name."""
_KINDS: Final = ("main", "header", "footer", "footnotes", "endnotes")
"""Parts that may have tags, by the last word but one of their content type."""
_TYPES: Final = "[Content_Types].xml"
_RECORD: Final = f"{{{RECORD_NAMESPACE}}}record"
_MOST_NUMBERS: Final = 1 << 30
_kind = re.compile(r"\.([\w-]+)\+xml$")
_drawn: Final = f"{{{DRAWING}/wordprocessingDrawing}}docPr"
_UNFILLED: Final = (
    f"{{{DRAWING}/main}}t", f"{{{DRAWING}/chart}}v", w("instrText"),
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
)  # fmt: skip
"""Elements whose text does not belong to a paragraph."""
_UNSEEN: Final = (w("alias"), w("tag"))
"""Elements that name a control, for designers of a form."""
_DESCRIPTIONS: Final = ("descr", "title", "alt")
"""Attributes that describe a drawing for readers who cannot see it."""
_PROPERTIES: Final = ("core-properties", "extended-properties", "custom-properties")
"""Parts with the properties of a document, by the last word but one of their content types."""
_SIGNED: Final = "digital-signature"
_digits = re.compile(r"\d{1,9}")
_MILLIMETRES_A_TWIP: Final = 25.4 / 1440
_CELL_SIDES: Final = 216
"""The margins at both sides of a cell's text that Word uses by default, in twips."""
_NARROWEST: Final = 567


@dataclass(frozen=True, slots=True)
class Insertion:
    """A part with places for additions: what is before, between and after them."""

    name: str
    pieces: tuple[str, ...]

    def with_more(self, *more: str) -> bytes:
        """Return the part with something inserted at each place."""
        woven = [piece for pair in zip(self.pieces, (*more, ""), strict=True) for piece in pair]
        return "".join(woven).encode()


@dataclass(frozen=True, slots=True)
class BlockStyles:
    """What blocks need in a form: styles by name, the state of its numbering, and its styles with those it lacked."""

    look: Look
    names: Names
    numbers: Numbers
    styles: tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was read: ``parts`` are all that stay, in their order; ``filled`` those with tags, by name.

    ``relations`` and ``types`` receive additions. ``taken`` is the highest number in names and ids of the form,
    ``drawn`` that of its drawings. ``lists`` are the definitions of its lists by their numbers, and ``numbering`` is
    the part that contains them. Without ``blocks``, blocks cannot be set.
    """

    plan: FormPlan
    parts: Mapping[str, bytes]
    filled: Mapping[str, ReadPart]
    main: str
    relations: Insertion
    types: Insertion
    taken: int
    drawn: int
    lists: Mapping[str, str]
    numbering: Insertion
    blocks: BlockStyles | None


def read_form(data: bytes, look: Look) -> Form:
    """Return a form, read in a separate process; what it lacks for blocks is taken from ``look``.

    Raises ``DocumentError`` for a file that is not a Word document, is broken or is refused.
    """
    try:
        return isolated(make_form, Limits.of_size(len(data)), data, look)
    except StoppedError as error:
        text = N_("the Word document cannot be read: {reason}")
        raise DocumentError.at(PLACE, text, reason=error.reason) from None


def make_form(data: bytes, look: Look) -> Form:
    """Return a form. Raises as :func:`read_form` does."""
    template = Template(data, PLACE, charts=False)
    parts = dict(template.parts)
    trees: dict[str, Any] = {}
    kinds: dict[str, str] = {}
    for name in parts:
        if name.lower().endswith((".xml", ".vml", ".rels")) and name != _TYPES:
            trees[name] = template.tree(name)
            acting = found_acting(trees[name])
            if acting is not None:
                raise refused(acting, name, PLACE)
    for name in trees:
        if not name.lower().endswith(".rels") and name != _TYPES:
            found = _kind.search(template.type_of(name))
            kinds[name] = found[1] if found else ""
    drawn = max((_number(each.get("id")) for tree in trees.values() for each in tree.iter(_drawn)), default=0)
    relations, types = template.tree_or(_relations_of(template.main)), template.tree(_TYPES)
    for entry in types:
        if _SIGNED in str(entry.get("ContentType")):
            raise refused(Message(N_("a digital signature (save a copy without it)")), template.main, PLACE)
        if str(entry.get("ContentType")) == type_of("template.main"):
            entry.set("ContentType", type_of("document.main"))
    _drop_record(parts, trees, relations, template.main, types)
    for name in (each for each in kinds if kinds[each] in _PROPERTIES):
        _describe_nothing(parts, name, trees[name])
    for name in (each for each in kinds if kinds[each] in _KINDS):
        if _undescribe(trees[name]):
            parts[name] = _written(trees[name])
    lost = tuple(_lost(trees, kinds))  # reading uses up the trees
    filled: dict[str, ReadPart] = {}
    widths = _Widths(trees[template.main], look)
    for name in [template.main, *sorted(kinds)]:
        if name in filled or kinds[name] not in _KINDS or not has_tags(trees[name]):
            continue
        part = read_part(_prefixed(trees[name], name), kinds[name], widths.at)
        if part.has_tags or part.faults:
            filled[name] = part
            del parts[name]
    faults = tuple(fault for part in filled.values() for fault in part.faults) + lost
    if not any(part.has_tags for part in filled.values()) and not faults:
        faults = (Fault(Place(), N_("this form has no placeholders: nothing would be filled in")),)
    remarks = tuple(dict.fromkeys(remark for part in filled.values() for remark in part.remarks))
    plan = FormPlan(hashlib.sha256(data).hexdigest(), tuple(part.sequence for part in filled.values()), faults, remarks)
    ids = [str(each.get("Id")) for each in relations]
    taken = max((_number(digits) for name in (*parts, *ids) for digits in _digits.findall(name)), default=0)
    root, source = _numbering_root(template)
    lists = {
        str(each.get(w("numId"))): str(_value(each.find(w("abstractNumId")))) for each in root.iterchildren(w("num"))
    }
    blocks = _block_styles(template, look, widths, root)
    for name in (_TYPES, _relations_of(template.main)):
        parts.pop(name, None)
    return Form(
        plan,
        parts,
        filled,
        template.main,
        Insertion(_relations_of(template.main), _open_ended(relations)),
        Insertion(_TYPES, _open_ended(types)),
        taken,
        drawn,
        lists,
        _numbering(root, source),
        blocks,
    )


def _lost(trees: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each part with placeholders in a place where none is filled in and nobody would notice."""
    for name, tree in trees.items():
        found = "".join(text for element in tree.iter(*_UNFILLED) if (text := element.text))
        if _has_placeholder(found) or (kinds.get(name) in _KINDS and any(map(_has_placeholder, _attributes(tree)))):
            text = N_(
                "in the part “{name}” a placeholder is in a drawing, chart, formula or field, or in "
                "the description of one, where none is filled in"
            )
            yield Fault(Place(), text, (("name", name),))


def _attributes(tree: Any) -> Iterator[str]:
    return (
        value
        for each in tree.iter(etree.Element)
        if each.tag not in _UNSEEN
        for value in map(str, each.attrib.values())
    )


def _has_placeholder(text: str) -> bool:
    return "{{" in text or "{%" in text


def _describe_nothing(parts: dict[str, bytes], name: str, tree: Any) -> None:
    """Remove document properties that contain placeholders: Word makes its title from the first line."""
    found = [each for each in tree.iter(etree.Element) if _has_placeholder(each.text or "")]
    for each in found:
        each.text = None
    if found:
        parts[name] = _written(tree)


def _undescribe(tree: Any) -> bool:
    """Remove descriptions with placeholders, which programs make from texts; return whether there were any."""
    found = [
        (each, name)
        for each in tree.iter(etree.Element)
        for name in _DESCRIPTIONS
        if _has_placeholder(each.get(name, ""))
    ]
    for each, name in found:
        each.set(name, "")
    return bool(found)


def _written(tree: Any) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _relations_of(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _open_ended(root: Any) -> tuple[str, str]:
    """Return a part split before the end tag of its root."""
    if root.text is None and not len(root):
        root.text = "\n"
    text = etree.tostring(root, encoding="unicode")
    place = text.rindex("</")
    return DECLARATION + text[:place], text[place:]


def _prefixed(root: Any, name: str) -> Any:
    """Return a root in which the prefixes of kepu-docs have their usual meaning. Raises ``DocumentError``."""
    if any(root.nsmap.get(prefix, uri) != uri for prefix, uri in NAMESPACES.items()):
        raise broken(name, "it has names of elements that no Office program writes", PLACE)
    if root.nsmap.items() >= NAMESPACES.items():
        return root
    made = etree.Element(root.tag, root.attrib, nsmap={**NAMESPACES, **root.nsmap})
    made.text = root.text
    made.extend(list(root))
    return made


def _drop_record(parts: dict[str, bytes], trees: dict[str, Any], relations: Any, main: str, types: Any) -> None:
    """Take the record out of a form that is itself a filled form: it gets another record."""
    for name in [name for name, tree in trees.items() if name.startswith("customXml/") and tree.tag == _RECORD]:
        gone = {name, _relations_of(name)}
        for relation in trees.get(_relations_of(name), ()):
            gone.add(posixpath.normpath(posixpath.join(posixpath.dirname(name), str(relation.get("Target")))))
        for each in gone:
            parts.pop(each, None)
            trees.pop(each, None)
        for relation in list(relations):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(main), str(relation.get("Target"))))
            if target in gone:
                relations.remove(relation)
        for entry in list(types):
            if str(entry.get("PartName")).lstrip("/") in gone:
                types.remove(entry)


class _Widths:
    """The width available to blocks: that of the cell around them, or of the section's text."""

    def __init__(self, main: Any, look: Look) -> None:
        self._body = next(main.iterchildren(w("body")), None)
        self._sections: dict[Any, int] = {}
        """The widths by element of the body, as it was read; elements that are moved later make no difference."""
        self.usual = text_twips(look.page)
        """The width of the last section's text."""
        waiting: list[Any] = []
        for child in () if self._body is None else self._body:
            waiting.append(child)
            found = child if child.tag == w("sectPr") else next(child.iter(w("sectPr")), None)
            if found is not None:
                self.usual = twips(page(look.page, found).text_width)
                self._sections.update(dict.fromkeys(waiting, self.usual))
                waiting = []

    def at(self, paragraph: Any) -> int:
        """Return the width in twips at a paragraph."""
        cell = next(paragraph.iterancestors(w("tc")), None)
        if cell is None:
            return self._text(paragraph)
        wide = _grid_width(cell) or _own_width(cell) or self._text(cell) // max(len(cell.getparent()), 1)
        return max(min(wide, self._text(cell)) - _CELL_SIDES, _NARROWEST)

    def _text(self, element: Any) -> int:
        while element is not None and element.getparent() is not self._body:
            element = element.getparent()
        return self._sections.get(element, self.usual)


def _grid_width(cell: Any) -> int:
    """Return the width of a cell by the columns of its table's grid, 0 if the grid does not give it."""
    table = next(cell.iterancestors(w("tbl")), None)
    row = cell.getparent()
    if table is None or row is None or row.tag != w("tr"):
        return 0
    columns = [_number(each.get(w("w"))) for each in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
    first = _number(_value(row.find(f"{w('trPr')}/{w('gridBefore')}")))
    first += sum(map(_span, cell.itersiblings(w("tc"), preceding=True)))
    return sum(columns[first : first + _span(cell)])


def _span(cell: Any) -> int:
    return max(_number(_value(cell.find(f"{w('tcPr')}/{w('gridSpan')}"))), 1)


def _value(element: Any) -> str | None:
    return None if element is None else element.get(w("val"))


def _own_width(cell: Any) -> int:
    """Return the width that a cell itself gives, 0 if it gives none in twips."""
    width = cell.find(f"{w('tcPr')}/{w('tcW')}")
    return _number(width.get(w("w"))) if width is not None and width.get(w("type"), "dxa") == "dxa" else 0


def _numbering_root(template: Template) -> tuple[Any, str]:
    """Return the root of the form's numbering and the name of its part; a new root and an empty name if it has none."""
    name = template.related("numbering")
    root = template.tree(name) if name else etree.fromstring(f'<w:numbering xmlns:w="{W}"/>')
    if root.nsmap.get("w") != W:
        raise broken(name, "it has names of elements that no Office program writes", PLACE)
    return root, name


def _block_styles(template: Template, look: Look, widths: _Widths, root: Any) -> BlockStyles | None:
    source = template.related("styles")
    if not source:
        return None
    styles = Styles(template.tree(source))
    styles.drop_what_leads_nowhere()
    elements = [*root.iterchildren(w("abstractNum"), w("num"))]
    ids = [_number(each.get(w(word))) for each in elements for word in ("abstractNumId", "numId")]
    taken = max(ids, default=0)
    if taken > _MOST_NUMBERS:
        raise broken(NUMBERING, f"it has a number {taken}", PLACE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", KepuWarning)
        names = names_in(styles, toc=False)
    shown = numbers_shown(root)
    by_style = [styles.numbering(identity) for identity in names.headings]
    own = [each if each is not None and str(each[1]) in shown else None for each in by_style]
    numbered = own[0] is not None
    headings = tuple(each or (level, 0) for level, each in enumerate(own)) if numbered else ()
    numbers = Numbers("", "", taken, by_style=numbered, linked=False, headings=headings)
    sized = fitted(look, styles, names, widths.usual * _MILLIMETRES_A_TWIP)
    if styles.root.nsmap.get("w") != W:
        raise broken(source, "it has names of elements that no Office program writes", PLACE)
    text = etree.tostring(styles.root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return BlockStyles(sized, names, numbers, (source, text))


def _numbering(root: Any, name: str) -> Insertion:
    """Return the numbering part with places for definitions and for instances."""
    first = root.find(w("num"))
    place = root.index(first) if first is not None else _after_definitions(root)
    root.insert(place, etree.ProcessingInstruction("kepu-form", "1"))
    last = [place, *(root.index(each) for each in root.iterchildren(w("num")))][-1]
    root.insert(last + 1, etree.ProcessingInstruction("kepu-form", "2"))
    text = DECLARATION + etree.tostring(root, encoding="unicode")
    before, rest = text.split("<?kepu-form 1?>")
    between, after = rest.split("<?kepu-form 2?>")
    return Insertion(name or NUMBERING, (before, between, after))


def _after_definitions(root: Any) -> int:
    found = [root.index(each) for each in root.iterchildren(w("abstractNum"), w("numPicBullet"))]
    return found[-1] + 1 if found else 0


def numbering_parts() -> tuple[str, str]:
    """Return the relationship and the content type of a numbering part that is added to a form."""
    return relationship("rIdFormNumbering", "numbering", f"/{NUMBERING}"), override(NUMBERING, type_of("numbering"))
