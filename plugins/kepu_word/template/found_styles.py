"""The styles of a user's Word template: found by name, or made from its default style if missing."""

import warnings
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import N_, KepuWarning, Message
from kepu_word.look.style_ids import Names
from kepu_word.look.style_names import BUILT_IN, OWN_ROLES, ROLES, Role
from kepu_word.package.parts import W, w
from kepu_word.xml_text import quote

_RULES: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_GRID: Final = f"<w:tblPr><w:tblBorders>{_RULES}</w:tblBorders></w:tblPr>"


def value(element: Any, name: str) -> str:
    """Return the ``w:val`` of a member, or an empty string."""
    member = element.find(w(name))
    return "" if member is None else str(member.get(w("val"), ""))


def numbers_shown(root: Any) -> set[str]:
    """Return the ``w:numId`` of visible numberings; LibreOffice writes an invisible one for all headings."""
    shown = {
        str(definition.get(w("abstractNumId")))
        for definition in root.iterchildren(w("abstractNum"))
        if definition.find(w("numStyleLink")) is not None
        or any(
            value(level, "lvlText") or level.find(w("lvlText")) is None for level in definition.iterchildren(w("lvl"))
        )
    }
    return {str(each.get(w("numId"))) for each in root.iterchildren(w("num")) if value(each, "abstractNumId") in shown}


@dataclass(frozen=True, slots=True)
class _Style:
    """A style of the template, as far as it is needed."""

    element: Any
    identity: str
    kind: str
    name: str
    based_on: str


class Styles:
    """The styles of a document, by the root of their part; names are matched in lower case, aliases too."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.by_id: dict[str, _Style] = {}
        self._by_name: dict[tuple[str, str], _Style] = {}
        self.default = ""
        for element in root.iterchildren(w("style")):
            identity, kind = str(element.get(w("styleId"))), str(element.get(w("type"), "paragraph"))
            style = _Style(element, identity, kind, value(element, "name") or identity, value(element, "basedOn"))
            self.by_id[identity] = style
            for name in filter(None, (style.name, *value(element, "aliases").split(","))):
                self._by_name.setdefault((kind, name.strip().lower()), style)
            if kind == "paragraph" and element.get(w("default")) in ("1", "true", "on") and not self.default:
                self.default = identity

    def named(self, kind: str, name: str) -> _Style | None:
        """Return the style with a type and a name."""
        return self._by_name.get((kind, name.lower()))

    def drop_what_leads_nowhere(self) -> None:
        """Remove references to missing styles, which occur in the template that pandoc prints."""
        for style in self.by_id.values():
            for name in ("basedOn", "next", "link"):
                member = style.element.find(w(name))
                if member is not None and member.get(w("val")) not in self.by_id:
                    style.element.remove(member)

    def find(self, role: Role) -> _Style | None:
        """Return the style that fits a role best."""
        return next(filter(None, (self.named(role.kind, name) for name in role.names)), None)

    def new_id(self, wanted: str) -> str:
        """Return an id that no style has yet."""
        identity = wanted
        count = 2
        while identity in self.by_id:
            identity, count = f"{wanted}{count}", count + 1
        return identity

    def ancestry(self, style: _Style | None) -> Iterator[_Style]:
        """Yield a style and those that it is based on."""
        seen: set[str] = set()
        while style and style.identity not in seen:
            seen.add(style.identity)
            yield style
            style = self.by_id.get(style.based_on)

    def size(self, identity: str) -> float:
        """Return a style's type size in points."""
        sizes = [each.element.find(f"{w('rPr')}/{w('sz')}") for each in self.ancestry(self.by_id.get(identity))]
        sizes.append(self.root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('sz')}"))
        found = next((size.get(w("val")) for size in sizes if size is not None), None)
        return float(found) / 2 if found and found.isdecimal() and 2 <= int(found) <= 3000 else 10.0

    def numbering(self, identity: str) -> tuple[int, int] | None:
        """Return level and ``w:numId`` by which a style numbers its paragraphs; ``None`` if it does not."""
        for style in self.ancestry(self.by_id.get(identity)):
            properties = style.element.find(f"{w('pPr')}/{w('numPr')}")
            if properties is not None:
                number, level = value(properties, "numId"), value(properties, "ilvl")
                if not number.isdecimal() or number == "0":
                    return None
                return int(level) if level.isdecimal() else 0, int(number)
        return None

    def keep_numbers(self, known: Set[str]) -> None:
        """Remove the numbering from styles that number by a ``w:numId`` that is not ``known``."""
        for properties in list(self.root.iter(w("numPr"))):
            if value(properties, "numId") not in known | {"", "0"}:
                properties.getparent().remove(properties)


def names_in(styles: Styles, *, toc: bool) -> Names:
    """Return the ids of the styles of blocks; add missing ones, and report them."""
    ours = Names()
    found: dict[str, Any] = {}
    missing: list[str] = []
    for role in ROLES:
        if role.member.startswith("contents") and not toc:
            continue
        style = styles.find(role)
        if style is None:
            missing.append(role.names[0])
            own = getattr(ours, role.member)
            style = _added(styles, role, own if role.level is None else own[role.level])
        if role.level is None:
            found[role.member] = style.identity
        else:
            found[role.member] = (*found.get(role.member, ()), style.identity)
    for role in OWN_ROLES:
        found[role.member] = (styles.find(role) or _added(styles, role, getattr(ours, role.member))).identity
    bare = tuple(
        _unnumbered(styles, identity, level) if styles.numbering(identity) else identity
        for level, identity in enumerate(found["headings"])
    )
    if missing:
        text = N_("the Word template lacks styles, for which defaults are used: {names}")
        warnings.warn(KepuWarning(Message.of(text, names=", ".join(missing))), stacklevel=2)
    return replace(ours, **found, bare_headings=bare)


def _unnumbered(styles: Styles, heading: str, level: int) -> str:
    """Add a style for headings without a number, if the template numbers all headings, and return its id."""
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    role = Role("bare_headings", (f"Heading {level + 1} Unnumbered",), level, properties=none)
    return (styles.find(role) or _added(styles, role, f"Heading{level + 1}Bare", heading)).identity


def _added(styles: Styles, role: Role, wanted: str, ground: str = "") -> _Style:
    """Add a style for a role to the template, based on another style or on its default."""
    identity = styles.new_id(wanted)
    ground = ground or styles.default
    based = f'<w:basedOn w:val="{quote(ground)}"/>' if role.kind == "paragraph" and ground else ""
    properties = f"<w:pPr>{role.properties}</w:pPr>" if role.properties else ""
    run = f"<w:rPr>{role.run}</w:rPr>" if role.run else ""
    table = _GRID if role.member == "table" else ""
    custom = "" if role.names[0] in BUILT_IN else ' w:customStyle="1"'
    xml = (
        f'<w:style xmlns:w="{W}" w:type="{role.kind}"{custom} w:styleId="{identity}">'
        f'<w:name w:val="{quote(role.names[0])}"/>{based}{properties}{run}{table}</w:style>'
    )
    element = etree.fromstring(xml)
    styles.root.append(element)
    style = _Style(element, identity, role.kind, role.names[0], ground if based else "")
    styles.by_id[identity] = style
    return style
