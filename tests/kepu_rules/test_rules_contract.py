"""Our own rules hold what those of strangers must."""

from collections import defaultdict
from typing import Any, Final

import pytest
from tests.depth import examples
from tests.kepu_rules.test_found import FOUND
from tests.kepu_rules.test_right_sentences import SENTENCES

from kepu_docs.testing import CheckContract

WORDS: Final[dict[str, dict[str, list[str]]]] = defaultdict(dict)
for rule, text, words, _ in FOUND:
    WORDS[rule].setdefault(text, []).append(words)
# test_found.py names one place of several.
WORDS["placeholder"]["2025年×月×日举办讲座。"] = ["×月", "×日"]
WORDS["placeholder"]["__年__月__日，社区开展活动。"] = ["__", "__", "__"]
WORDS["another-community"]["新安社区在科普工作中成绩突出。年底，新安社区举办了展览。"] = ["新安社区", "新安社区"]
QUICK: Final = {"placeholder", "replaced-word", "half-width"}
"""Rules of characters, of words, and of what stands beside them."""
for rule, wrong in WORDS.items():
    told: dict[str, Any] = {"rule": rule, "wrong_texts": wrong, "right_texts": SENTENCES, "examples": examples(200)}
    if rule not in QUICK:
        told["pytestmark"] = pytest.mark.deep
    globals()[f"Test_{rule.replace('-', '_')}"] = type(f"Test_{rule}", (CheckContract,), told)


class TestTotal(CheckContract):
    rule = "total"
    examples = examples(200)
    wrong_records = (
        (
            {
                "sections": [
                    {"kind": "activities", "attendance_total": 150, "activities": [{"name": "讲座", "attendance": 200}]}
                ]
            },
            ["sections[0].attendance_total"],
        ),
        (
            {"sections": [{"kind": "training", "sessions_total": 1, "sessions": [{"topic": "甲"}, {"topic": "乙"}]}]},
            ["sections[0].sessions_total"],
        ),
    )
    right_records = (
        {"sections": [{"kind": "training", "sessions_total": 2, "sessions": [{"topic": "甲"}, {"topic": "乙"}]}]},
    )


class TestPartOfWhole(CheckContract):
    rule = "part-of-whole"
    examples = examples(200)
    wrong_records = (
        (
            {"sections": [{"kind": "team", "volunteers": 20, "registered_volunteers": 30}]},
            ["sections[0].registered_volunteers"],
        ),
    )
    right_records = ({"sections": [{"kind": "team", "volunteers": "20余", "registered_volunteers": 22}]},)
