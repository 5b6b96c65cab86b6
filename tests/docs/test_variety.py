"""In the demo's district, no opening sentence of a section, and no closing, occurs in too many of the documents."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from tests.docs.test_district import NOW
from tests.languages import LOCALES

import kepu_docs
from kepu_docs.blocks import Document, Paragraph
from kepu_docs.pipeline import default_engine
from kepu_docs.pipeline.locations import locations, records
from kepu_docs.pipeline.records import read_summary


@cache
def summaries() -> tuple[kepu_docs.WorkSummary, ...]:
    engine = default_engine()
    found = records(engine, locations(engine, [str(NOW)]), [])
    return tuple(read_summary(engine, record) for _, record in found if "很多人" not in str(record.content))


def own_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from own_texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from own_texts(part)


def masked(text: str, summary: kepu_docs.WorkSummary) -> str:
    """Return the wording of a text alone: without the record's texts, figures and times."""
    for own in sorted({each for each in own_texts(summary.model_dump(mode="json")) if len(each) > 1}, key=len)[::-1]:
        text = text.replace(own, "◯")
    text = re.sub(r"[0-9][0-9,.]*[余餘万萬]*", "#", text)
    return re.sub("[◯、和及與]+", "◯", text)


def leads(document: Document, summary: kepu_docs.WorkSummary) -> Iterator[str]:
    """Yield the wording of the sentence that leads the opening and each section, if ours leads it."""
    parts = [(0, document.sections[0].start), *((span.start, span.stop) for span in document.sections)]
    for start, stop in parts:
        first = next((block for block in document.blocks[start:stop] if isinstance(block, Paragraph)), None)
        text = masked(re.split(r"(?<=。)|(?<=[.]) ", first.text)[0], summary) if first else ""
        if len(text.replace("◯", "").replace("#", "")) > 2:
            yield text


@pytest.mark.some(3)
@pytest.mark.parametrize("locale", LOCALES)
def test_no_lead_stands_in_more_than_a_third(locale: str) -> None:
    documents = [(kepu_docs.compose(summary, locale=locale), summary) for summary in summaries()]
    counts = Counter(lead for document, summary in documents for lead in set(leads(document, summary)))
    assert len(documents) == 11
    assert {lead: count for lead, count in counts.items() if count > len(documents) / 3} == {}


@pytest.mark.some(3)
@pytest.mark.parametrize("locale", LOCALES)
def test_no_closing_stands_in_more_than_a_fifth(locale: str) -> None:
    closings: Counter[str] = Counter()
    for summary in summaries():
        blocks = kepu_docs.compose(summary, locale=locale).blocks
        closings[[block.text for block in blocks if isinstance(block, Paragraph)][-1]] += 1
    assert {text: count for text, count in closings.items() if count > len(summaries()) / 5} == {}


def test_wordings_differ_between_neighbours() -> None:
    texts = [kepu_docs.render(summary, "txt").decode() for summary in summaries()]
    assert all(one != other for one, other in pairwise(texts))
