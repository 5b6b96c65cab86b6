"""Texts that the project's own wording templates make from any facts have no findings."""

from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.benchmarks.records import record
from tests.depth import examples

import kepu_docs
from kepu_docs.blocks import Document, Heading, ListBlock, Paragraph, Table
from kepu_docs.contract.checks import Subject
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.written import FieldText
from kepu_rules import character_rules, copied, numeral_rules, placeholders, punctuation_rules

ROOT: Final = Path(__file__).parents[2]
RECORDS: Final = [*sorted((ROOT / "docs" / "examples").glob("*.yaml")), ROOT / "tests" / "examples" / "rich.yaml"]
CHECKS: Final = (
    *placeholders.CHECKS,
    *copied.CHECKS,
    *character_rules.CHECKS,
    *punctuation_rules.CHECKS,
    *numeral_rules.CHECKS,
)

# In the examples that follow older summaries, these are what those have.
KNOWN: Final = {"府办发73号", "3,000"}


def texts(document: Document) -> tuple[FieldText, ...]:
    found = [document.title]
    for block in document.blocks:
        match block:
            case Heading():
                found += [block.text, block.body]
            case Paragraph():
                found.append(block.text)
            case ListBlock():
                found += [item.lead + item.text for item in block.items]
            case Table():
                found += [cell for row in (*block.rows, [column.title for column in block.columns]) for cell in row]
            case _:
                pass
    return tuple(FieldText(("text", place), text) for place, text in enumerate(found) if text)


def wrong(summary: WorkSummary) -> list[tuple[str, str]]:
    seen = Subject(summary, texts(kepu_docs.compose(summary)))
    by_path = {field.path: field.text for field in seen.texts}
    found = [(check.rule, by_path[each.path][each.start : each.end]) for check in CHECKS for each in check.find(seen)]
    return [(rule, words) for rule, words in found if words not in KNOWN]


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    assert wrong(kepu_docs.load(path)) == []


@given(st.integers(0, 2**32))
@settings(max_examples=examples(15))
def test_any_facts(seed: int) -> None:
    assert wrong(kepu_docs.load(record("试验社区", Random(seed)))) == []  # noqa: S311
