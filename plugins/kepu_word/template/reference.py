"""A user's own Word template: its page, headers, footers, styles and numbering, with the text of kepu-docs.

The template's own text is dropped, with the parts that only it needed. Blocks use the template's styles, found by name
(:mod:`kepu_word.look.style_names`); a missing style is made, based on the template's default style, and reported. If
its heading styles are numbered, these number the headings; otherwise numbers are added to its numbering.
"""

import warnings
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from kepu_docs.plugin import (
    N_,
    DocumentError,
    KepuWarning,
    Limits,
    Look,
    Message,
    StoppedError,
    Texts,
    isolated,
    source_date,
)
from kepu_word.body.markup import Markup
from kepu_word.look.numbering import Numbers
from kepu_word.look.style_ids import Names
from kepu_word.look.styles import font_table
from kepu_word.look.theme import THEME_TYPE, theme
from kepu_word.pack import Pack, settings
from kepu_word.package.parts import (
    FONTS,
    NUMBERING,
    SETTINGS,
    STYLES,
    THEME,
    R,
    plain,
    relationship,
    type_of,
    w,
)
from kepu_word.template.carried_parts import PLACE, Carried, Template, broken, refused, without_notes
from kepu_word.template.found_styles import Styles, names_in, numbers_shown
from kepu_word.template.page import bare, page, section

# What a document based on a template must not be: a template, a form, a mail merge, a protected text.
_SETTINGS_LEFT_OUT: Final = (
    "attachedTemplate", "mailMerge", "documentProtection", "writeProtection", "docVars", "rsids", "trackRevisions",
    "revisionView", "linkStyles", "updateFields", "attachedSchema", "saveThroughXslt", "useXSLTWhenSaving",
    "saveXmlDataOnly", "schemaLibrary", "smartTagType",
)  # fmt: skip
_SIZED: Final = (
    "title", "addressee", "body", "table_head", "table_text", "caption", "attachment", "signature", "document_number",
    "imprint",
)  # fmt: skip
_MOST_NUMBERS: Final = 1 << 30


def read_pack(data: bytes, look: Look, *, toc: bool) -> Pack:
    """Return the pack of a template, read in a separate process; what it lacks is taken from ``look``.

    Raises ``DocumentError`` for a file that is not a Word document, is broken or is refused. Warns of missing styles.
    """
    try:
        pack, remarks = isolated(make_pack, Limits.of_size(len(data)), data, look, toc)
    except StoppedError as error:
        text = N_("the Word document cannot be read: {reason}")
        raise DocumentError.at(PLACE, text, reason=error.reason) from None
    for remark in remarks:
        warnings.warn(KepuWarning(remark), stacklevel=2)
    return pack


def make_pack(data: bytes, look: Look, toc: bool) -> tuple[Pack, tuple[Message, ...]]:
    """Return the pack of a template, and the warnings about it. Raises as :func:`read_pack` does."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", KepuWarning)
        pack = _pack(data, look, toc)
    return pack, tuple(each.message.message for each in caught if isinstance(each.message, KepuWarning))


def _pack(data: bytes, look: Look, toc: bool) -> Pack:
    template = Template(data)
    source = template.related("styles")
    if not source:
        raise DocumentError.at(PLACE, N_("this Word document has no part {name}"), name=STYLES)
    last = section(template.text)
    sheet = page(look.page, last)
    styles = Styles(template.tree(source))
    styles.drop_what_leads_nowhere()
    definitions, instances, taken = _numbering(template, styles)
    names = names_in(styles, toc=toc)
    sized = replace(fitted(look, styles, names, sheet.text_width), page=sheet)
    numbers = _numbers(styles, names, definitions, instances, taken)
    carried = Carried(template)
    relations = _main_relations(template, carried, last, look)
    relations += _relation("rIdStyles", "styles", carried.take(source, STYLES, styles.root))
    return Pack(
        look=sized,
        names=names,
        markup=Markup.of(sized, names, numbers),
        contents=carried.contents,
        types=carried.types,
        relations=relations,
        section=bare(last),
        numbers=numbers,
        made=source_date(),
        toc=toc,
    )


def _relation(identity: str, kind: str, part: str) -> str:
    return relationship(identity, kind, f"/{part}")


def _main_relations(template: Template, carried: Carried, section: Any, look: Look) -> str:
    """Take over the relationships of the main part, except the styles, and return them.

    Settings, fonts and theme that the template lacks are those of ``look``. What the section refers to gets ids that no
    relationship of a document has.
    """
    found = [_relation("rIdNumbering", "numbering", NUMBERING)]
    for word, wanted, content_type, own in (
        ("settings", SETTINGS, type_of("settings"), settings),
        ("fontTable", FONTS, type_of("fontTable"), font_table),
        ("theme", THEME, THEME_TYPE, theme),
        ("footnotes", "word/footnotes.xml", "", None),
        ("endnotes", "word/endnotes.xml", "", None),
    ):
        name = template.related(word)
        if name:
            tree = template.tree(name)
            changed = _settings(tree) if word == "settings" else without_notes(tree) if "notes" in word else tree
            found.append(_relation(f"rId{word.title()}", word, carried.take(name, wanted, changed)))
        elif own is not None:
            carried.add(wanted, own(look), content_type)
            found.append(_relation(f"rId{word.title()}", word, wanted))
    for element in section.iter():
        for key, identity in element.attrib.items():
            if not str(key).startswith(f"{{{R}}}"):
                continue
            relation = template.relations.get(str(identity))
            if relation is None or relation.external or relation.target not in template.parts:
                raise broken(
                    template.main, f"it leads to “{relation.target if relation else identity}”, which is not there"
                )
            if relation.word not in ("header", "footer"):
                raise refused(
                    Message.of(N_("something of an unknown kind ({kind})"), kind=relation.word), template.main
                )
            place = len(found)
            wanted = f"word/{relation.word}{place}.xml"
            found.append(_relation(f"rIdPage{place}", relation.word, carried.take(relation.target, wanted)))
            element.set(key, f"rIdPage{place}")
    return "".join(found)


def _settings(root: Any) -> Any:
    """Return the template's settings without those that make it a template, a form or a draft."""
    for name in _SETTINGS_LEFT_OUT:
        # In any namespace, and also within alternatives.
        for element in list(root.iter(f"{{*}}{name}")):
            element.getparent().remove(element)
    return root


def _numbering(template: Template, styles: Styles) -> tuple[str, str, int]:
    """Return the template's definitions, its numbers, and the highest id among them.

    Numbering is removed from styles that use a missing or invisible number: a number of kepu-docs would take its place.
    """
    name = template.related("numbering")
    root = template.tree(name) if name else etree.Element("none")
    definitions = list(root.iterchildren(w("abstractNum")))
    known = {each.get(w("abstractNumId")) for each in definitions}
    numbers = [
        each
        for each in root.iterchildren(w("num"))
        if (link := each.find(w("abstractNumId"))) is not None and link.get(w("val")) in known
    ]
    ids = [each.get(w("abstractNumId")) for each in definitions] + [each.get(w("numId")) for each in numbers]
    taken = max((int(each) for each in ids if each and each.isdecimal()), default=0)
    if taken > _MOST_NUMBERS:
        raise broken(name, f"it has a number {taken}")
    for element in [bullet for each in definitions + numbers for bullet in each.iter(w("lvlPicBulletId"))]:
        element.getparent().remove(element)
    styles.keep_numbers({str(each.get(w("numId"))) for each in numbers} & numbers_shown(root))
    return _joined(definitions), _joined(numbers), taken


def _numbers(styles: Styles, names: Names, definitions: str, instances: str, taken: int) -> Numbers:
    """Return the template's numbering, and whether its headings have their own numbers."""
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
    return "".join(etree.tostring(plain(element), encoding="unicode", with_tail=False) for element in elements)


def fitted(look: Look, styles: Styles, names: Names, width: float) -> Look:
    """Return ``look`` with the template's type sizes, and nothing wider than its text; places are computed from it."""
    text = {member: replace(getattr(look.text, member), spacing=0.0) for member in Texts.__slots__}
    for member in _SIZED:
        text[member] = replace(text[member], size=styles.size(getattr(names, member)))
    for level, identity in enumerate(names.headings, 1):
        text[f"heading{level}"] = replace(text[f"heading{level}"], size=styles.size(identity))
    figure, chart = look.figure, look.chart
    return replace(
        look,
        text=Texts(**text),
        figure=replace(figure, width=min(figure.width, width), pair_width=min(figure.pair_width, (width - 4) / 2)),
        chart=replace(chart, width=min(chart.width, width), height=chart.height * min(1.0, width / chart.width)),
        # The look's own line above the title is not part of the template.
        cover=replace(look.cover, text=""),
    )
