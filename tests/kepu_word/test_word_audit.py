"""What looks at the documents of all tests keeps nothing of one for the next."""

import io
import zipfile
from pathlib import Path

from openxml_audit import OpenXmlValidator
from tests.kepu_word.invariants import audit

import kepu_docs

RECORD = Path(__file__).parents[2] / "docs" / "examples" / "01-training-and-activities.yaml"


def spoiled(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a document with something else in its text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(stream, "w") as made:
        for name in package.namelist():
            part = package.read(name)
            made.writestr(name, part.replace(old, new, 3) if name == "word/document.xml" else part)
    return stream.getvalue()


def test_a_document_is_judged_as_if_it_were_the_first(tmp_path: Path) -> None:
    sound = kepu_docs.render(kepu_docs.load(RECORD), "docx")
    wrong = spoiled(sound, b"<w:body>", b"<w:body><w:nonsense/>")
    doubled = spoiled(sound, b"<w:p>", b'<w:p><w:bookmarkStart w:id="7" w:name="a"/><w:bookmarkEnd w:id="7"/>')
    for data in (sound, wrong, doubled, sound, doubled, wrong, sound):
        path = tmp_path / "document.docx"
        path.write_bytes(data)
        found = audit(data)
        assert found == [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
        assert bool(found) == (data is not sound)
