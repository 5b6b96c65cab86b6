"""A document's own parts, put together with those that it shares."""

from kepu_docs.plugin import Document, NumberLevel, Place, RenderError
from kepu_word import package, properties
from kepu_word.body import body
from kepu_word.numbering import Supply, numbering
from kepu_word.pack import MAIN, NUMBERING, Pack
from kepu_word.text import encode


def numbering_part(pack: Pack, outline: tuple[NumberLevel, ...], lists: Supply) -> package.Part:
    """Return the numbering for documents with this outline and these kinds of lists."""
    levels = len(pack.names.headings)
    if len(outline) != levels:
        raise RenderError.at(
            Place(field="outline"),
            "{found} levels of heading numbers; {expected} are expected",
            found=len(outline),
            expected=levels,
        )
    return package.deflated(NUMBERING, numbering(pack.look, pack.names, outline, lists).encode())


def write(document: Document, pack: Pack, lists: Supply, numbers: package.Part) -> bytes:
    """Return the .docx of ``document``, with ``numbers`` as its numbering part."""
    text = body(document, pack.look, pack.marks, lists)
    main = encode(f"{pack.head}{text.xml}{pack.tail}", document)
    about = encode(properties.properties(document), document)
    parts = [
        pack.first,
        *pack.fixed,
        package.deflated(MAIN, main),
        # Too small to gain by compression as much time as starting it takes.
        package.stored(properties.NAME, about),
        numbers,
    ]
    if text.pictures:
        added = "".join(
            f'<Relationship Id="{picture.relationship}" Target="{picture.target}"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
            for picture in text.pictures
        )
        parts.append(pack.relationships_with(added))
        parts += (package.stored(f"word/{picture.target}", picture.data) for picture in text.pictures)
    else:
        parts.append(pack.plain_relationships)
    return package.archive(parts)
