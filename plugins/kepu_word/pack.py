"""The pack: all that a document needs and that does not depend on the document, made once and kept.

Parts that never change are kept as they are in the archive; of the main part, what comes after the text is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from kepu_docs.plugin import Look, in_latin, is_latin, source_date
from kepu_word.body.markup import Markup
from kepu_word.body.markup import field as word_field
from kepu_word.body.sheet import Sheet
from kepu_word.look.numbering import Numbers
from kepu_word.look.style_ids import Names
from kepu_word.look.styles import contents_styles, font_table, styles
from kepu_word.look.theme import THEME_TYPE, theme
from kepu_word.look.units import em, line_twips, text_twips, twips
from kepu_word.package import embedded_record, zip_archive
from kepu_word.package.parts import (
    COMMON_PARTS,
    COMMON_TYPES,
    DECLARATION,
    DOCUMENT_START,
    FONTS,
    NUMBERING,
    RELATIONSHIPS,
    SETTINGS,
    STYLES,
    THEME,
    TYPES,
    W,
    content_types,
    override,
    relationship,
    relationships,
    type_of,
)
from kepu_word.package.source_date import dos


@dataclass(frozen=True, slots=True)
class Pack:
    """What documents of one look and locale have in common.

    ``contents`` are the parts that never change, ``types`` the content types of those that are related to the main
    part, and ``relations`` its relationships. ``section`` is the ``w:sectPr`` after the text. ``numbers`` is what the
    numbering part contains besides the definitions of kepu-docs, ``made`` the date of the documents, if any. ``toc``
    says whether they have a table of contents; ``sheet`` is needed for counting its pages, and without it they are not
    counted. ``plain`` is the beginning of a document without a record, ``recorded`` that of a document with one.
    """

    look: Look
    names: Names
    markup: Markup
    contents: Mapping[str, bytes]
    types: Mapping[str, str]
    relations: str
    section: str
    numbers: Numbers = field(default_factory=Numbers)
    made: datetime | None = None
    toc: bool = False
    sheet: Sheet | None = None
    plain: zip_archive.Start = field(init=False)
    recorded: zip_archive.Start = field(init=False)
    _parts: tuple[zip_archive.Part, ...] = field(init=False)

    def __post_init__(self) -> None:
        parts = (zip_archive.deflated(name, data) for name, data in {**COMMON_PARTS, **self.contents}.items())
        object.__setattr__(self, "_parts", tuple(parts))
        object.__setattr__(self, "plain", self.start(recorded=False))
        object.__setattr__(self, "recorded", self.start(recorded=True))

    def start(self, more_types: str = "", more_relations: str = "", *, recorded: bool) -> zip_archive.Start:
        """Return the beginning of documents that have these content types and relationships too."""
        types = "".join(override(name, kind) for name, kind in sorted({**COMMON_TYPES, **self.types}.items()))
        relations, parts = self.relations, self._parts
        if recorded:
            types += override(embedded_record.PROPERTIES, embedded_record.PROPERTIES_TYPE)
            relations += embedded_record.RELATIONSHIP
            parts += _RECORD_PARTS
        types += more_types
        relations += more_relations
        own = [
            zip_archive.deflated(TYPES, content_types(types)),
            zip_archive.deflated(RELATIONSHIPS, relationships(relations)),
        ]
        return zip_archive.start(self.dated([*own, *parts]))

    def dated(self, parts: list[zip_archive.Part]) -> list[zip_archive.Part]:
        """Return ``parts`` with the date of the documents."""
        if self.made is None:
            return parts
        stamp = dos(self.made)
        return [zip_archive.dated(part, stamp) for part in parts]

    def main(self, text: str) -> str:
        """Return the main part with this text."""
        return f"{DECLARATION}{DOCUMENT_START}{text}{self.section}</w:body></w:document>"


_FOOTERS: Final = ("word/footer1.xml", "word/footer2.xml")
_RECORD_PARTS: Final = (
    zip_archive.deflated(embedded_record.PROPERTIES, embedded_record.PROPERTIES_XML.encode()),
    zip_archive.deflated(embedded_record.RELATIONSHIPS, embedded_record.RELATIONSHIPS_XML),
)


def make_pack(look: Look, locale: str, *, toc: bool = False) -> Pack:
    """Return the pack of ``look`` for documents of ``locale``, with a table of contents if ``toc`` is set.

    Raises ``RenderError`` if the environment gives an invalid date.
    """
    if is_latin(locale):
        look = in_latin(look)
    names = Names()
    contents = {
        STYLES: styles(look, names, locale, more=contents_styles(look, names) if toc else ""),
        SETTINGS: settings(look, even_pages=True),
        FONTS: font_table(look),
        THEME: theme(look),
        _FOOTERS[0]: _footer(look, names, "right"),
        _FOOTERS[1]: _footer(look, names, "left"),
    }
    related = (
        ("rId3", "styles", STYLES),
        ("rId5", "settings", SETTINGS),
        ("rId2", "numbering", NUMBERING),
        ("rId1", "fontTable", FONTS),
        ("rId4", "theme", THEME),
        ("rId6", "footer", _FOOTERS[0]),
        ("rId7", "footer", _FOOTERS[1]),
    )
    return Pack(
        look=look,
        names=names,
        markup=Markup.of(look, names),
        contents={name: xml.encode() for name, xml in contents.items()},
        types={name: type_of(kind) for _, kind, name in related} | {THEME: THEME_TYPE},
        relations="".join(relationship(each, kind, name.removeprefix("word/")) for each, kind, name in related),
        section=_section(look),
        made=source_date(),
        toc=toc,
        # Lines can be counted without knowing the fonts only if their height is exact.
        sheet=Sheet.of(look, contents[STYLES].encode()) if toc and look.text.body.line else None,
    )


def _section(look: Look) -> str:
    page = look.page
    width, height, left, top = map(twips, (page.width, page.height, page.left, page.top))
    # The rest of the paper beside the type area: sums of rounded margins would make the type area a twip too wide or
    # narrow.
    right, bottom = width - left - text_twips(page), height - top - twips(page.text_height)
    distance = twips(page.footer_distance)
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId6"/><w:footerReference w:type="even" r:id="rId7"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}"'
        f' w:left="{left}" w:header="{distance}" w:footer="{distance}" w:gutter="0"/><w:cols w:space="720"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{line_twips(page)}"/></w:sectPr>'
    )


def _footer(look: Look, names: Names, side: str) -> str:
    """Return a footer with the page number (GB/T 9704, 7.5) at ``side``."""
    number = look.page_number
    before, after = number.pattern.split("#")
    if number.position == "center":
        place = '<w:jc w:val="center"/>'
    else:
        place = (
            f'<w:ind w:{side}Chars="{round(number.indent * 100)}"'
            f' w:{side}="{round(number.indent * em(look.text.page_number))}"'
            f' w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/>'
        )
    return (
        f'{DECLARATION}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{names.page_number}"/>{place}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{before}</w:t></w:r>{word_field("PAGE", "<w:r><w:t>1</w:t></w:r>")}'
        f'<w:r><w:t xml:space="preserve">{after}</w:t></w:r></w:p></w:ftr>'
    )


def settings(look: Look, *, even_pages: bool = False) -> str:
    """Return word/settings.xml; ``even_pages`` have their own headers and footers."""
    spacing = "compressPunctuation" if look.punctuation.compress else "doNotCompress"
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        f"{'<w:evenAndOddHeaders/>' if even_pages else ''}"
        f'<w:characterSpacingControl w:val="{spacing}"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
