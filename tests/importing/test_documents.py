"""Documents in many outline styles: title, headings, leads, kinds, facts, and every word in its order."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.importing.words import of_document, of_record

import kepu_docs
from kepu_docs.importing.documents import ImportedSummary, field_name
from kepu_docs.importing.writing import record_text

DOCUMENTS = Path(__file__).parent / "documents"
NAMES = sorted(path.name for path in DOCUMENTS.iterdir() if path.suffix in (".txt", ".md"))


def imported(name: str) -> ImportedSummary:
    (summary,) = kepu_docs.import_document(DOCUMENTS / name)
    return summary


def expected(name: str) -> dict[str, Any]:
    data = yaml.safe_load((DOCUMENTS / name).with_suffix(".yaml").read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


def leads(summary: ImportedSummary) -> list[str]:
    """Return what leads the points of a record, as composing shows it."""
    from kepu_docs.blocks import ListBlock

    blocks = kepu_docs.compose(summary.summary).blocks
    return [item.number or "•" for block in blocks if isinstance(block, ListBlock) for item in block.items]


def test_there_are_many_styles() -> None:
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_what_was_found(name: str) -> None:
    summary, wanted = imported(name), expected(name)
    assert summary.title == wanted["title"]
    record = summary.record
    assert record["community"]["name"] == wanted["community"]
    assert record["period"] == wanted["period"]
    for field in ("addressee", "signed_by", "signed_on", "attachments"):
        assert record.get(field) == wanted.get(field), field
    found = [[entry.level, entry.number, entry.text] for entry in summary.outline]
    assert found == [heading[:3] for heading in wanted["headings"]]
    assert leads(summary) == wanted.get("leads", [])
    facts = {field_name(fact.path): fact.value for fact in summary.facts}
    assert {field: facts.get(field) for field in wanted.get("facts", {})} == wanted.get("facts", {})
    assert [note.text for note in summary.stripped] == wanted.get("stripped", [])
    texts = [note.text for note in summary.unclear]
    assert [text for text in wanted.get("unclear", []) if text not in texts] == []
    paragraphs = list(record.get("opening", []))
    paragraphs += [part for section in record.get("sections", []) for part in section["written"]]
    assert [text for text in wanted.get("paragraphs", []) if text not in paragraphs] == []


@pytest.mark.parametrize("name", NAMES)
def test_kinds(name: str) -> None:
    wanted = [heading[3] for heading in expected(name)["headings"] if len(heading) > 3]
    found = [section["kind"] for section in imported(name).record.get("sections", [])]
    assert [kind for kind, want in zip(found, wanted, strict=True) if want] == [want for want in wanted if want]


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost_and_all_stay_in_order(name: str) -> None:
    summary = imported(name)
    assert of_record(summary) == of_document(summary)


@pytest.mark.parametrize("name", NAMES)
def test_the_record_is_written_and_loads(name: str, tmp_path: Path) -> None:
    summary = imported(name)
    path = tmp_path / "record.yaml"
    path.write_text(record_text(summary, str), encoding="utf-8")
    assert kepu_docs.load(path) == summary.summary
    assert kepu_docs.load(dict(summary.record)) == summary.summary


@pytest.mark.parametrize("name", NAMES)
def test_places_are_where_the_words_stand(name: str) -> None:
    summary = imported(name)
    lines = (DOCUMENTS / name).read_text(encoding="utf-8").split("\n")
    for entry in summary.outline:
        assert entry.place.line is not None
        assert entry.place.column is not None
        shown = lines[entry.place.line - 1][entry.place.column - 1 :]
        assert shown.startswith((entry.number or entry.text)[:2])
        assert summary.place(entry.path) == entry.place
    for fact in summary.facts:
        assert summary.place(fact.path) == fact.place
        if fact.sentence and fact.place.line is not None and name != "wrapped.txt":
            assert fact.sentence[:7] in lines[fact.place.line - 1]


def test_full_width() -> None:
    (summary,) = kepu_docs.import_document(DOCUMENTS / "half-width.txt", full_width=True)
    text = "\n".join(summary.text)
    assert "全年发放宣传资料3,000余份，居民随手" in text
    assert "居民9:30以后" in text
    assert "http://example.org/kepu?a=1,b=2。" in text
    assert "（一）办好阵地" in text
    assert "居民说：“学会了就不怕走丢。”" in text
    assert not set(',;()"') & set(text.replace("3,000", "").replace("a=1,b=2", ""))
    assert summary.widened == 23
    assert imported("half-width.txt").widened == 0


def test_what_the_user_says_goes_first() -> None:
    path = DOCUMENTS / "english.txt"
    (summary,) = kepu_docs.import_document(path, period=2024, community="试验社区")
    assert (summary.record["period"], summary.record["community"]) == (2024, {"name": "试验社区"})
    assert summary.unclear == ()
    (summary,) = kepu_docs.import_document(path, period="2024-H1")
    assert summary.record["period"] == "2024-H1"


def test_facts_name_their_sentence() -> None:
    facts = {field_name(fact.path): fact for fact in imported("official.txt").facts}
    members = facts["sections[0].group.members"]
    assert members.sentence == "社区成立科普工作领导小组，由社区党委书记甲某某任组长，小组成员共9人。"
    assert (members.place.line, members.place.column, members.guess) == (10, 3, None)
    assert facts["sections[2].attendance_total"].value == "近3000人次"
    count = imported("official.txt").summary.sections[2].attendance_total  # type: ignore[attr-defined]
    assert (count.value, count.approx, count.unit) == (3000, "nearly", "人次")
