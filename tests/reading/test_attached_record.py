"""The record in a PDF: a PDF that kepu-docs did not write is refused with a message, whatever it contains."""

from pathlib import Path

import pytest
from tests.attacks.pdf_documents import RECORD, attached, bomb, saved

import kepu_docs
from kepu_docs.reading.attached import attached_record


def test_the_record_is_the_attachment_of_our_name_space() -> None:
    assert attached_record(attached(RECORD), "a.pdf") == RECORD.decode()
    with pytest.raises(kepu_docs.DocumentError, match=r"a\.pdf: this PDF contains no record"):
        attached_record(attached(RECORD, "urn:other"), "a.pdf")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is not a PDF"),
        (b"PK\x03\x04", "this is not a PDF"),
        (b"%PDF-1.7\n", "the PDF cannot be read"),
        (saved(), "this PDF contains no record"),
    ],
)
def test_what_is_no_pdf_of_ours(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "a.PDF"
    file.write_bytes(data)
    with pytest.raises(kepu_docs.DocumentError, match=said):
        kepu_docs.load(file)


@pytest.mark.deep
@pytest.mark.parametrize("times", [1, 4])
def test_an_attachment_that_swells_is_refused(times: int) -> None:
    with pytest.raises(kepu_docs.DocumentError, match=r"the PDF cannot be read|contains no record"):
        attached_record(bomb(times), "a.pdf")
