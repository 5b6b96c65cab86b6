"""A web page with five sample summaries and all its furniture; the file is not part of the project.

The expected words are computed from the file.
"""

import os
import re
from functools import cache
from pathlib import Path

import pytest
from tests.importing.words import bare, of_document, of_record

import kepu_docs
from kepu_docs.blocks import ListBlock
from kepu_docs.importing.documents import ImportedSummary

FOLDER = Path(os.environ.get("KEPU_DOCS_SEEDS") or Path(__file__).parents[3] / "shared" / "seeds")
FILES = sorted(FOLDER.glob("*.txt"))

pytestmark = pytest.mark.skipif(
    not FILES, reason="the sample summaries are not there; KEPU_DOCS_SEEDS names their folder"
)


@cache
def summaries() -> tuple[ImportedSummary, ...]:
    return kepu_docs.import_document(FILES[0])


@cache
def lines() -> list[str]:
    """Return the lines of the file that have words."""
    return [line.strip() for line in FILES[0].read_text(encoding="utf-8").split("\n") if line.strip()]


def parts() -> list[list[str]]:
    """Return the lines of the five summaries, by their numbered titles."""
    begins = [at for at, line in enumerate(lines()) if re.fullmatch(r"社区科普工作总结[1-5]", line)]
    end = next(at for at, line in enumerate(lines()) if line.startswith("【"))
    return [lines()[at:after] for at, after in zip(begins, [*begins[1:], end], strict=True)]


def test_five_are_found_with_their_titles() -> None:
    assert [summary.title for summary in summaries()] == [part[0] for part in parts()]
    assert len(summaries()) == 5


def test_first_level_headings() -> None:
    found = [[entry for entry in summary.outline if entry.level == 1] for summary in summaries()]
    assert [len(each) for each in found] == [3, 4, 4, 4, 4]
    for entries, part in zip(found, parts(), strict=True):
        wanted = [line for line in part if re.match("[一二三四]、", line)]
        assert len(entries) == len(wanted)
        for entry, line in zip(entries, wanted, strict=True):
            assert line.startswith(entry.number + entry.text)
            assert line == entry.number + entry.text or "因地制宜" in line
        assert [entry.number for entry in entries] == [f"{number}、" for number in "一二三四"[: len(entries)]]


def test_sub_headings() -> None:
    for summary, part in zip(summaries(), parts(), strict=True):
        wanted = [re.split("[。]", line)[0] for line in part if re.match("[1-9]、", line)]
        found = [entry.number + entry.text for entry in summary.outline if entry.level == 2]
        assert found == wanted
    assert [sum(entry.level == 2 for entry in summary.outline) for summary in summaries()] == [2, 0, 0, 0, 5]


def test_leads() -> None:
    for summary, part in zip(summaries(), parts(), strict=True):
        blocks = kepu_docs.compose(summary.summary).blocks
        found = [item.number for block in blocks if isinstance(block, ListBlock) for item in block.items]
        assert found == [line[:2] for line in part if re.match("[一二三]是", line)]


def test_the_words_come_back_complete_and_in_order() -> None:
    for summary, part in zip(summaries(), parts(), strict=True):
        assert bare("".join(summary.text)) == bare("".join(part))
        assert of_record(summary) == of_document(summary)


def test_the_furniture_is_reported() -> None:
    stripped = [note.text for summary in summaries() for note in summary.stripped]
    kept = [line for part in parts() for line in part]
    assert sorted(stripped) == sorted(line for line in lines() if line not in kept)


def test_kinds() -> None:
    kinds = [[section.kind for section in summary.summary.sections] for summary in summaries()]
    assert kinds[0] == ["leadership", "training", "activities"]
    assert kinds[1][0] == "leadership"
    assert kinds[1][2:] == ["activities", "publicity"]
    assert kinds[2] == ["leadership", "team", "facilities", "outcomes"]
    assert kinds[3][:2] == ["leadership", "publicity"]
    assert kinds[4] == ["leadership", "training", "activities", "next_year_plan"]


def test_placeholders_are_no_years() -> None:
    for summary in summaries():
        (period,) = (fact for fact in summary.facts if fact.path == ("period",))
        assert period.guess is not None
        assert any(note.why == period.guess for note in summary.unclear)


def test_communities() -> None:
    names = [summary.summary.community.name for summary in summaries()]
    assert names == ["××社区", "复兴路社区", "南华社区", "××社区", "教育街社区"]
