"""Records as rules receive them, made in one line."""

from collections.abc import Iterable
from typing import Any

from kepu_docs.contract.checks import Subject
from kepu_docs.pipeline import default_engine
from kepu_docs.schema import WorkSummary
from kepu_docs.schema.written import written_texts

SIGNED: dict[str, Any] = {"signed_by": "试验社区居民委员会", "signed_on": "2025-12-20"}
HEADING = "领导、活动和计划"


def summary(*sections: dict[str, Any], **fields: Any) -> WorkSummary:
    """Return a summary for 2025 of an invented community."""
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": list(sections), **fields}
    return default_engine().load(record)


def prose(*paragraphs: str, **fields: Any) -> WorkSummary:
    """Return a summary of paragraphs in one narrative section."""
    return summary({"kind": "narrative", "heading": HEADING, "paragraphs": list(paragraphs)}, **{**SIGNED, **fields})


def subject(of: WorkSummary, **more: Any) -> Subject:
    """Return what a check looks at."""
    return Subject(of, tuple(written_texts(of)), **more)


def findings(of: WorkSummary, *rules: str, **more: Any) -> list[tuple[str, str, str | None]]:
    """Return rule, words and what would be right of all that the rules find, or that all of them find."""
    seen = subject(of, **more)
    texts = {field.path: field.text for field in seen.texts}
    return [
        (rule, texts.get(found.path, "")[found.start : found.end], found.right)
        for rule, check in default_engine().registry.checks.items()
        for found in check.find(seen)
        if not rules or rule in rules
    ]


def words(of: Iterable[tuple[str, str, str | None]]) -> list[str]:
    """Return the words alone."""
    return [each[1] for each in of]
