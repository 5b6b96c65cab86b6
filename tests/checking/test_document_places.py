"""Documents that are not records: read by another program, checked like records, with places in their text."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import kepu_docs
from kepu_docs.checking import Candidate, CheckReport, DocumentPlaces, Settings
from kepu_docs.checking.check_run import check
from kepu_docs.contract.checks import WrittenHeading
from kepu_docs.errors import KepuError
from kepu_docs.pipeline import default_engine
from kepu_docs.schema.written import written_texts

TEXT = """\
　　　　试验社区2025年科普工作总结

一、领导重视
　　社区重视科普,精神礼貌素质提高，居民普遍欢迎，希望多办这样
的活动，丰富多采。
三、下一步打算
　　今后继续努力。
"""


def read(path: Path) -> Iterator[Candidate]:
    """Read a document as an importer might: paragraphs and headings, whose numbers are kept apart."""
    text = path.read_text(encoding="utf-8")
    if "坏" in text:
        raise KepuError([kepu_docs.Fault(kepu_docs.Place(str(path)), "this document is broken")])
    summary = kepu_docs.load(
        {
            "community": {"name": "××社区"},
            "period": 2025,
            "title": "试验社区2025年科普工作总结",
            "sections": [
                {
                    "kind": "narrative",
                    "heading": "领导重视",
                    "paragraphs": ["社区重视科普,精神礼貌素质提高，居民普遍欢迎，希望多办这样的活动，丰富多采。"],
                },
                {"kind": "narrative", "heading": "下一步打算", "paragraphs": ["今后继续努力。"]},
            ],
        }
    )
    outline = (
        WrittenHeading(("sections", 0, "heading"), 1, "一、"),
        WrittenHeading(("sections", 1, "heading"), 1, "三、"),
    )
    places = DocumentPlaces(str(path), text if path.suffix == ".txt" else "", written_texts(summary))
    yield Candidate(summary, places, str(path), outline, frozenset({("community", "name")}))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    Path("b.docx").write_bytes(TEXT.encode())
    Path("c.txt").write_text("坏", encoding="utf-8")
    return tmp_path


def checked(*paths: str, mend: bool = False) -> CheckReport:
    settings = Settings().chosen([], ["missing-signature", "missing-section"])
    return check(default_engine(), paths, settings, mend=mend, documents={".txt": read, ".docx": read})


def test_places_in_plain_text(here: Path) -> None:
    found = [(str(each.place), each.rule, each.words) for each in checked("a.txt").remarks]
    assert found == [
        ("a.txt:4:9: sections[0].paragraphs[0]", "half-width", ","),
        ("a.txt:4:10: sections[0].paragraphs[0]", "replaced-word", "精神礼貌"),
        ("a.txt:5:5: sections[0].paragraphs[0]", "wrong-character", "丰富多采"),
        ("a.txt:6:3: sections[1].heading", "outline", ""),
    ]


def test_places_in_what_is_no_text(here: Path) -> None:
    found = [str(each.place) for each in checked("b.docx").remarks]
    assert found[0] == "b.docx: sections[0].paragraphs[0]"


def test_mending_plain_text(here: Path) -> None:
    report = checked("a.txt", "b.docx", mend=True)
    assert report.written == (Path("a.txt"),)
    assert [str(fault.place) for fault in report.unmended] == ["b.docx"]
    assert Path("a.txt").read_text(encoding="utf-8") == TEXT.replace(",", "，")
    assert Path("b.docx").read_bytes() == TEXT.encode()


def test_a_document_that_cannot_be_read_is_a_remark(here: Path) -> None:
    report = checked("c.txt", "a.txt")
    assert next(each.rule for each in report.remarks) == "record"
    assert report.records == 2


def test_the_outline_is_that_of_the_document(here: Path) -> None:
    (found,) = [each for each in checked("a.txt").remarks if each.rule == "outline"]
    assert str(found.message) == "a number is missing before 三、"
