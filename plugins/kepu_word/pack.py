"""The pack: all that a document needs and that does not depend on it, made once and kept.

python-docx opens its own default template, whose styles (350 KB, among them what validators refuse), thumbnail,
theme and effects are thrown away; the look's page, footers, styles and settings take their place. What it saves is
taken apart again: the parts that never change are kept as they will stand in the archive, and of the main part
what comes before the text and after it.
"""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as OpcPart
from docx.oxml import parse_xml
from docx.shared import Twips
from lxml import etree

from kepu_word.body.marks import Marks
from kepu_word.body.pagination import Sheet
from kepu_word.language import is_latin
from kepu_word.look.latin import in_latin
from kepu_word.look.model import Look, twips
from kepu_word.look.numbering import Numbers
from kepu_word.look.style_ids import Names
from kepu_word.look.styles import contents_styles, font_table, styles
from kepu_word.look.theme import theme
from kepu_word.package import archive, embedded
from kepu_word.package.additions import Additions
from kepu_word.package.dates import dos, moment
from kepu_word.package.parts import (
    APPLICATION,
    DECLARATION,
    DOCUMENT_START,
    END_OF_RELATIONSHIPS,
    END_OF_TYPES,
    MAIN,
    NUMBERING,
    RELATIONSHIPS,
    STYLES,
    TYPES,
    W,
)
from kepu_word.package.properties import NAME as PROPERTIES

_KEPT: Final = {RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.NUMBERING}
_DROPPED: Final = {RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES}


@dataclass(frozen=True, slots=True)
class Pack:
    """What documents of one look and locale have in common.

    ``parts`` never change. ``types`` are the content types and ``relationships`` the main part's, both still open;
    ``head`` and ``tail`` stand before and after the text in the main part. ``numbers`` is what the numbering part has
    besides ours, ``made`` the date that documents have, if any. ``toc`` says whether they have a table of contents, and
    ``sheet`` is what its pages are counted with; without one they are not. ``plain`` is the beginning of a document
    without a record, ``recorded`` of one with it.
    """

    look: Look
    names: Names
    marks: Marks
    parts: tuple[archive.Part, ...]
    types: str
    relationships: str
    head: str
    tail: str
    numbers: Numbers = field(default_factory=Numbers)
    made: datetime | None = None
    toc: bool = False
    sheet: Sheet | None = None
    plain: archive.Start = field(init=False)
    recorded: archive.Start = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", self.start(recorded=False))
        object.__setattr__(self, "recorded", self.start(recorded=True))

    def start(self, additions: Additions | None = None, *, recorded: bool) -> archive.Start:
        """Return the beginning of documents that have ``additions``, the content types first."""
        types, relationships = self.types, self.relationships
        parts = self.parts
        if recorded:
            types += _override(embedded.PROPERTIES, embedded.PROPERTIES_TYPE)
            relationships += embedded.RELATIONSHIP
            parts += _RECORD_PARTS
        if additions:
            types += additions.types
            relationships += additions.relationships
        return archive.start(
            self.dated(
                [
                    archive.deflated(TYPES, f"{types}{END_OF_TYPES}".encode()),
                    archive.deflated(RELATIONSHIPS, f"{relationships}{END_OF_RELATIONSHIPS}".encode()),
                    *parts,
                ]
            )
        )

    def dated(self, parts: list[archive.Part]) -> list[archive.Part]:
        """Return ``parts`` with the date that documents have."""
        if self.made is None:
            return parts
        stamp = dos(self.made)
        return [archive.dated(part, stamp) for part in parts]


_RECORD_PARTS: Final = (
    archive.deflated(embedded.PROPERTIES, embedded.PROPERTIES_XML.encode()),
    archive.deflated(embedded.RELATIONSHIPS, embedded.RELATIONSHIPS_XML.encode()),
)


def _override(name: str, content_type: str) -> str:
    return f'<Override PartName="/{name}" ContentType="{content_type}"/>'


def make_pack(look: Look, locale: str, *, toc: bool = False) -> Pack:
    """Return the pack of ``look`` for documents of ``locale``, with a table of contents where ``toc`` says so.

    Raises ``RenderError`` if the environment gives a date that is none.
    """
    if is_latin(locale):
        look = in_latin(look)
    names = Names()
    made = moment()
    document = docx.Document()
    _strip(document)
    _furnish(document, look, names, locale, toc=toc)
    saved = io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as zipped:
        parts = {name: zipped.read(name) for name in zipped.namelist()}
    section = etree.fromstring(parts.pop(MAIN))[0][-1]
    relationships = parts.pop(RELATIONSHIPS).decode().removesuffix(END_OF_RELATIONSHIPS)
    del parts[NUMBERING], parts[PROPERTIES]
    types = with_pictures(parts.pop(TYPES)).decode().removesuffix(END_OF_TYPES)
    return Pack(
        look=look,
        names=names,
        marks=Marks.of(look, names),
        parts=tuple(archive.deflated(name, data) for name, data in parts.items()),
        types=types,
        relationships=relationships,
        head=DECLARATION + DOCUMENT_START,
        tail=f"{bare(section)}</w:body></w:document>",
        made=made,
        toc=toc,
        # Only lines of an exact height can be counted without knowing the fonts.
        sheet=Sheet.of(look, parts[STYLES]) if toc and look.text.body.line else None,
    )


def _strip(document: WordDocument) -> None:
    """Throw out of python-docx's template everything but empty styles, settings and numbering."""
    main = document.part
    for identity, relationship in list(main.rels.items()):
        if relationship.reltype not in _KEPT:
            main.rels.pop(identity)
    package_relationships = main.package.rels
    for identity, relationship in list(package_relationships.items()):
        if relationship.reltype in _DROPPED:
            package_relationships.pop(identity)


def _furnish(document: WordDocument, look: Look, names: Names, locale: str, *, toc: bool) -> None:
    """Put the look's page, footers, styles, settings and fonts into ``document``."""
    main = document.part
    more = contents_styles(look, names) if toc else ""
    _replace(document.styles.element, styles(look, names, locale, more=more))
    _replace(document.settings.element, settings(look))
    opc = main.package

    def part(name: str, kind: str, xml: str) -> OpcPart:
        return OpcPart(PackURI(name), kind, xml.encode(), opc)

    fonts = part("/word/fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, font_table(look))
    main.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
    colours = part("/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, theme(look))
    main.relate_to(colours, RELATIONSHIP_TYPE.THEME)
    application = part("/docProps/app.xml", CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, APPLICATION)
    opc.relate_to(application, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    _page(document, look, names)


def _page(document: WordDocument, look: Look, names: Names) -> None:
    page = look.page
    section = document.sections[0]
    section.page_width, section.page_height = Twips(twips(page.width)), Twips(twips(page.height))
    section.left_margin, section.top_margin = Twips(twips(page.left)), Twips(twips(page.top))
    # What the paper leaves beside the type area: sums of rounded margins would make it a twip wider or narrower.
    section.right_margin = Twips(twips(page.width) - twips(page.left) - page.text_twips)
    section.bottom_margin = Twips(twips(page.height) - twips(page.top) - twips(page.text_height))
    section.header_distance = section.footer_distance = Twips(twips(page.footer_distance))
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _replace(footer.part.element, _footer(look, names, side))
    for grid in section._sectPr.iter(f"{{{W}}}docGrid"):
        grid.set(f"{{{W}}}type", "lines")
        grid.set(f"{{{W}}}linePitch", str(page.line_twips))


def _footer(look: Look, names: Names, side: str) -> str:
    """Return a footer with the page number (GB/T 9704, 7.5) at ``side``."""
    number = look.page_number
    before, after = number.pattern.split("#")
    if number.position == "center":
        place = '<w:jc w:val="center"/>'
    else:
        place = (
            f'<w:ind w:{side}Chars="{round(number.indent * 100)}"'
            f' w:{side}="{round(number.indent * look.text.page_number.em)}"'
            f' w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/>'
        )
    return (
        f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="{names.page_number}"/>{place}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{before}</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r><w:t xml:space="preserve">{after}</w:t></w:r></w:p></w:ftr>'
    )


def settings(look: Look) -> str:
    """Return word/settings.xml."""
    spacing = "compressPunctuation" if look.punctuation.compress else "doNotCompress"
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        f'<w:characterSpacingControl w:val="{spacing}"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _replace(element: Any, xml: str) -> None:
    """Give a part's root element the members of ``xml``, and drop the namespaces that it no longer needs."""
    for name in list(element.attrib):
        del element.attrib[name]
    for member in list(element):
        element.remove(member)
    element.text = None
    element.extend(list(parse_xml(xml.encode())))
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w"])


def bare(section: Any) -> str:
    """Return a ``w:sectPr`` without the namespace declarations, which stand at the main part's root."""
    for name in [name for name in section.attrib if "rsid" in name]:
        del section.attrib[name]
    root = etree.fromstring(f"{DOCUMENT_START}</w:body></w:document>")
    root[0].append(section)
    for blank in section.iter():
        blank.tail = blank.text = None
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r", "wp", "a", "pic"])
    xml = etree.tostring(root, encoding="unicode")
    start = xml.index("<w:sectPr")
    return xml[start : xml.index("</w:body>")]


def with_pictures(types: bytes) -> bytes:
    """Return the content types with those of pictures: a kind that no part has does no harm."""
    root = etree.fromstring(types)
    known = {element.get("Extension") for element in root}
    for place, extension in enumerate(("png", "jpeg")):
        if extension not in known:
            default = etree.Element(
                "{http://schemas.openxmlformats.org/package/2006/content-types}Default",
                Extension=extension,
                ContentType=f"image/{extension}",
            )
            root.insert(place, default)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
