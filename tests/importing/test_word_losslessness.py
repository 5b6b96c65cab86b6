"""No word of a Word document is lost: it is in the record, or in the list of what was left out."""

import json
import unicodedata
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples
from tests.importing.word_package import cell, field, package, paragraph, read, row, run, table
from tests.importing.words import of_document, of_record

from kepu_docs.importing.documents import imported
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.result import Given
from kepu_docs.pipeline import default_engine

_HERE: Final = Given("2025", "试验社区")
_BOX: Final = "<w:txbxContent>%s</w:txbxContent>"
_DRAWING: Final = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="%s"%s/><a:graphic><a:graphicData>%s</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'


def _math(name: str, *parts: str) -> str:
    inner = "".join(f"<m:{part}><m:r><m:t>%s</m:t></m:r></m:{part}>" for part in parts)
    return f"<m:oMath><m:{name}>{inner}</m:{name}></m:oMath>"


def _drawn(inner: str) -> str:
    return _DRAWING % ("图", "", inner)


# With a place for each word that a reader of the document sees.
INLINE: Final = (
    run("%s"),
    run("%s") + "<w:r><w:tab/></w:r>" + run("%s"),
    run("%s") + "<w:r><w:br/></w:r>" + run("%s"),
    run("%s\n   %s"),
    run("%s", "<w:b/>"),
    run("%s", "<w:vanish/>"),
    run("%s", "<w:strike/>"),
    run("%s", '<w:vertAlign w:val="superscript"/>'),
    run("%s", '<w:vertAlign w:val="subscript"/>'),
    f"<w:ins>{run('%s')}</w:ins>",
    "<w:del><w:r><w:delText>%s</w:delText></w:r></w:del>",
    f"<w:moveFrom>{run('%s')}</w:moveFrom>",
    f"<w:moveTo>{run('%s')}</w:moveTo>",
    f'<w:hyperlink r:id="link">{run("%s")}</w:hyperlink>',
    f'<w:hyperlink w:anchor="a">{run("%s")}</w:hyperlink>',
    f"<w:smartTag>{run('%s')}</w:smartTag><w:customXml>{run('%s')}</w:customXml><w:dir>{run('%s')}</w:dir>",
    f"<w:sdt><w:sdtPr/><w:sdtContent>{run('%s')}</w:sdtContent></w:sdt>",
    f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('%s')}</w:sdtContent></w:sdt>",
    f"<w:r><w:ruby><w:rt>{run('%s')}</w:rt><w:rubyBase>{run('%s')}</w:rubyBase></w:ruby></w:r>",
    f'<w:fldSimple w:instr=" REF a ">{run("%s")}</w:fldSimple>',
    '<w:fldSimple w:instr=" EQ \\f(%s,%s) "/>',
    field(" EQ \\f(%s,%s) "),
    field(" eq \\o\\ac(○,%s)"),
    field(" eq \\o(%s,", "%s)"),
    field(" eq \\s\\up 9(%s)\\s\\do5(%s)"),
    field('eq \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(%s),%s)'),
    field("eq \\a\\al\\co2(%s,%s,\\r(%s,%s))\\i\\su(%s,%s,%s)\\b\\lc\\{(%s)\\x\\to(%s)\\l(%s,%s)"),
    field(' HYPERLINK "https://x.example/%s" ', result=run("%s")),
    field(" MACROBUTTON None %s"),
    field(" FORMTEXT ", result=run("%s")),
    field(
        " FORMDROPDOWN ",
        form='<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="别的"/><w:listEntry w:val="%s"/></w:ddList></w:ffData>',
    ),
    field(" IF ", result=run("%s")),
    '<w:r><w:pict><v:shape><v:textpath string="%s"/></v:shape></w:pict></w:r>',
    '<w:r><w:pict><v:shape alt="%s"><v:imagedata r:id="x"/></v:shape></w:pict></w:r>',
    _DRAWING % ("图", ' descr="%s"', '<a:blip r:embed="x"/>'),
    _DRAWING % ("%s", "", '<a:blip r:embed="x"/>'),
    _drawn(f"<wps:wsp><wps:txbx>{_BOX % paragraph(run('%s'))}</wps:txbx></wps:wsp>"),
    _drawn('<dgm:relIds r:dm="data1"/>'),
    _drawn('<c:chart r:id="chart1"/>'),
    _drawn("<a:t>%s</a:t>"),
    _math("f", "num", "den"),
    _math("sSup", "e", "sup"),
    _math("sSubSup", "e", "sub", "sup"),
    _math("rad", "deg", "e"),
    _math("nary", "sub", "sup", "e"),
    _math("d", "e", "e"),
    _math("limLow", "e", "lim"),
    _math("func", "fName", "e"),
    _math("acc", "e"),
    _math("eqArr", "e", "e"),
    "<m:oMath><m:r><m:t>%s</m:t></m:r></m:oMath>",
)
_PROPERTIES: Final = (
    "",
    "<w:rPr><w:del/></w:rPr>",
    '<w:framePr w:dropCap="drop"/>',
    '<w:pStyle w:val="toc"/>',
    '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>',
)
_ROWS: Final = ("", "<w:del/>", "<w:hidden/>", '<w:gridBefore w:val="1"/>', '<w:gridAfter w:val="2"/>')
_CELLS: Final = (
    "",
    '<w:gridSpan w:val="2"/>',
    '<w:vMerge w:val="restart"/>',
    "<w:vMerge/>",
    "<w:hMerge/>",
    "<w:cellDel/>",
)
_AROUND: Final = (
    "%s",
    "<w:sdt><w:sdtPr/><w:sdtContent>%s</w:sdtContent></w:sdt>",
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>%s</w:sdtContent></w:sdt>",
    "<w:customXml>%s</w:customXml>",
)
_BOXED: Final = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{_BOX}</w:drawing></mc:Choice><mc:Fallback><w:pict>{_BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>'

inlines = st.lists(st.sampled_from(INLINE), max_size=4).map("".join)
paragraphs = st.builds(
    lambda inner, properties: paragraph(inner, properties=properties), inlines, st.sampled_from(_PROPERTIES)
)


def _tables(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    cells = st.builds(
        lambda inner, last, properties: cell(inner + last, properties), blocks, paragraphs, st.sampled_from(_CELLS)
    )
    rows = st.builds(
        lambda inner, properties: row(*inner, properties=properties),
        st.lists(cells, min_size=1, max_size=3),
        st.sampled_from(_ROWS),
    )
    return st.lists(rows, min_size=1, max_size=3).map(lambda inner: table(*inner))


def _more(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    boxed = blocks.map(lambda inner: paragraph(_BOXED % (inner, "")))
    around = st.builds(lambda outer, inner: outer.replace("%s", inner), st.sampled_from(_AROUND), blocks)
    return st.lists(st.one_of(boxed, around, _tables(blocks)), max_size=2).map("".join)


bodies = st.lists(st.recursive(paragraphs, _more, max_leaves=5), min_size=1, max_size=3).map("".join)


def numbered(template: str, begin: int = 0) -> tuple[str, list[str]]:
    """Return a text with a word of its own in each place, and the words."""
    words: list[str] = []
    pieces = template.split("%s")
    text = pieces[0]
    for piece in pieces[1:]:
        words.append(f"词{begin + len(words)}词")
        text += words[-1] + piece
    return text, words


@settings(max_examples=examples(300), deadline=None)
@given(bodies)
def test_every_word_is_in_the_record_or_in_the_list(template: str) -> None:
    body, words = numbered(template)
    parts = {
        "word/styles3.xml": ("styles", '<w:styles {ns}><w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style></w:styles>'),
        "word/diagrams/data1.xml": ("diagramData", "<dgm:dataModel {ns}><dgm:pt><a:t>图中一</a:t></dgm:pt><dgm:pt><a:t>图中二</a:t></dgm:pt></dgm:dataModel>"),
        "word/charts/chart1.xml": ("chart", "<c:chartSpace {ns}><a:t>图上一</a:t><c:v>图上二</c:v></c:chartSpace>"),
        "word/header3.xml": ("header", f"<w:hdr {{ns}}>{paragraph(run('眉上'), _math('nary', 'sub', 'sup', 'e') % ('眉一', '眉二', '眉三'))}</w:hdr>"),
        "word/comments.xml": ("comments", f"<w:comments {{ns}}><w:comment>{paragraph(run('批注'))}</w:comment></w:comments>"),
    }  # fmt: skip
    words += ["眉上", "眉一", "眉二", "眉三", "批注"]
    words += ["图中一", "图中二"] if "data1" in body else []
    words += ["图上一", "图上二"] if "chart1" in body else []
    data = package(body + paragraph(run("末段。")), parts, {"link": "ftp://x.example/a"})
    content = read_bytes_of(data, "a.docx", ".docx")
    left_out = "".join(note.text for note in content.notes)
    found = _plain("".join(line.shown for line in content.lines) + left_out)
    assert [word for word in words if word not in found] == []
    (summary,) = imported(content, default_engine(), _HERE)
    assert of_record(summary) == of_document(summary)
    kept = _plain(json.dumps(summary.record, ensure_ascii=False))
    listed = _plain("".join(note.text for note in (*summary.unclear, *summary.stripped)))
    assert [word for word in words if word not in kept and word not in listed] == []


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_each_sort_of_object_alone() -> None:
    """What holds of any of them holds of each: none is left to chance."""
    for template in INLINE:
        body, words = numbered(template)
        content = read(paragraph(run("前"), body, run("后")) + table(row(cell(paragraph(body)))))
        text = _plain("".join(line.shown for line in content.lines))
        left_out = [_plain(note.text) for note in content.notes]
        for word in words:
            # In the paragraph and in the cell, and nowhere twice.
            times = text.count(word) + sum(note.count(word) for note in left_out)
            assert times >= 2, template
            assert text.count(word) <= 2, template
