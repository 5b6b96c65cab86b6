"""Whole Word documents at the importer, changed part by part."""

from collections.abc import Iterator

from tests.attacks.material import paragraph, relation, with_header, word, zipped
from tests.fuzzing.frame import Target
from tests.fuzzing.inputs import check
from tests.fuzzing.mutating import archives

_WHOLE = b"\2"
"""What :func:`tests.fuzzing.inputs.check` takes for a whole Word document in the first byte."""


def documents() -> Iterator[bytes]:
    """Yield Word documents with what documents have: lists, tables, text boxes, links, headers, notes, a record."""
    import kepu_docs

    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
    )
    table = f'<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph()}</w:tc></w:tr></w:tbl>'
    box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph()}{table}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    link = '<w:p><w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>'
    deleted = "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:ins><w:r><w:t>增</w:t></w:r></w:ins></w:p>"
    field = '<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>域</w:t></w:r></w:fldSimple></w:p>'
    yield zipped(word(numbered * 3 + table))
    yield zipped(word(box + deleted + field))
    yield zipped(word(link, relation("x", "hyperlink", "http://example.org/", external=True)))
    yield zipped(with_header("<w:r><w:t>页眉</w:t></w:r>"))
    data = {
        "community": {"name": "试验社区"},
        "period": 2025,
        "sections": [{"kind": "training", "sessions": [{"topic": "应急救护", "attendance": 60}]}],
        "signed_by": "试验社区",
        "signed_on": "2025-12-20",
    }
    summary = kepu_docs.load(data)
    yield kepu_docs.render(summary, "docx", embed=False)
    yield kepu_docs.render(summary, "docx")


TARGET = Target(lambda data: check(_WHOLE + data), seeds=documents, mutate=archives)
