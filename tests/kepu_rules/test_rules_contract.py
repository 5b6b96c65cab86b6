"""The project's rules meet the contract of plugins' rules."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest
from tests.depth import examples
from tests.kepu_rules.subjects import SIGNED
from tests.kepu_rules.test_found import FOUND
from tests.kepu_rules.test_right_sentences import SENTENCES

from kepu_docs.contract.checks import Subject
from kepu_docs.pipeline import default_engine
from kepu_docs.testing import CheckContract

WORDS: Final[dict[str, dict[str, list[str]]]] = defaultdict(dict)
for rule, text, words, _ in FOUND:
    WORDS[rule].setdefault(text, []).append(words)
# test_found.py names one place of several.
WORDS["placeholder"]["2025年×月×日举办讲座。"] = ["×月", "×日"]
WORDS["placeholder"]["__年__月__日，社区开展活动。"] = ["__", "__", "__"]
WORDS["another-community"]["新安社区在科普工作中成绩突出。年底，新安社区举办了展览。"] = ["新安社区", "新安社区"]
WORDS["placeholder"]["今年**社区举办讲座，**社区举办展览。"] = ["**"] * 2
WORDS["placeholder"]["走进**小区，邀请**医院专家。"] = ["**"] * 2
WORDS["placeholder"]["**年**月，**街道举办展览。"] = ["**", "**月", "**"]
WORDS["half-width"]['坚持"1+N"资源网络，采用"基础+特色"模式。'] = ['"'] * 4
for text in ("某某市(2021)提出目标。", "(一)健全组织网络", "(1)健全组织网络"):
    WORDS["half-width"][text] = ["(", ")"]
QUICK: Final = {"placeholder", "replaced-word", "half-width"}
"""Rules of characters, of words, and of what stands beside them."""
for rule, wrong in WORDS.items():
    told: dict[str, Any] = {"rule": rule, "wrong_texts": wrong, "right_texts": SENTENCES, "examples": examples(200)}
    if rule not in QUICK:
        told["pytestmark"] = pytest.mark.deep
    globals()[f"Test_{rule.replace('-', '_')}"] = type(f"Test_{rule}", (CheckContract,), told)


def one(kind: str, **fields: Any) -> dict[str, Any]:
    return {"sections": [{"kind": kind, **fields}]}


def prose(*paragraphs: str, **fields: Any) -> dict[str, Any]:
    return {**one("narrative", heading="科普工作", paragraphs=list(paragraphs)), **SIGNED, **fields}


RESIDENTS: Final = {"community": {"name": "试验社区", "residents": 5000}}
SESSIONS: Final = [{"topic": "甲"}, {"topic": "乙"}]
TASK: Final = {"task": "办讲座", "owner": "甲某某", "deadline": "2026-06"}
FACTS: Final[dict[str, tuple[dict[str, Any], list[str], dict[str, Any]]]] = {
    "total": (
        one("training", sessions_total=1, sessions=SESSIONS),
        ["sections[0].sessions_total"],
        one("training", sessions_total=2, sessions=SESSIONS),
    ),
    "part-of-whole": (
        one("team", volunteers=20, registered_volunteers=30),
        ["sections[0].registered_volunteers"],
        one("team", volunteers="20余", registered_volunteers=22),
    ),
    "attendance": (
        one("activities", activities=[{"name": "讲座", "times": 30, "attendance": 20}]),
        ["sections[0].activities[0].attendance"],
        one("activities", activities=[{"name": "讲座", "times": 30, "attendance": 30}]),
    ),
    "unit": (
        one("activities", attendance_total="300人"),
        ["sections[0].attendance_total"],
        one("activities", attendance_total="300人次"),
    ),
    "per-head": (
        {**RESIDENTS, **one("funding", total=20000, narrative="人均科普经费2元。")},
        ["sections[0].narrative[0]"],
        {**RESIDENTS, **one("funding", total=20000, narrative="人均科普经费4元。")},
    ),
    "contradiction": (
        {**RESIDENTS, "opening": "辖区常住人口9000人。"},
        ["opening[0]"],
        {**RESIDENTS, "opening": "辖区常住人口约5000人。"},
    ),
    "figure-twice": (
        prose("全年发放科普手册300份。", "全年发放科普手册500份。"),
        ["sections[0].paragraphs[1]"],
        prose("全年发放科普手册300余份。", "全年发放科普手册312份。"),
    ),
    "outside-period": (
        one("activities", activities=[{"name": "讲座", "held_on": "2024-05-12"}]),
        ["sections[0].activities[0].held_on"],
        one("activities", activities=[{"name": "讲座", "held_on": "2025-05-12"}]),
    ),
    "other-year": (
        prose("一。", opening="2024年，在街道的领导下，社区开展科普工作。"),
        ["opening[0]"],
        prose("一。", opening="2019年，社区被命名为科普示范社区。"),
    ),
    "signing-day": (prose("一。", signed_on="2025-03-01"), ["signed_on"], prose("一。")),
    "plan-year": (
        one("next_year_plan", heading="2025年工作思路", points=["举办讲座。"]),
        ["sections[0].heading"],
        one("next_year_plan", heading="2026年工作思路", points=["举办讲座。"]),
    ),
    "plan-item": (
        one("next_year_plan", tasks=[{"task": "办讲座", "owner": "甲某某"}, TASK]),
        ["sections[0].tasks[0].task"],
        one("next_year_plan", tasks=[TASK]),
    ),
    "empty-section": (one("narrative", heading="其他工作"), ["sections[0]"], prose("一。")),
    "missing-section": (one("records"), ["sections"] * 3, {"period": "2025-09", **one("records")}),
    "missing-signature": (one("records"), ["signed_by", "signed_on"], prose("一。")),
    "another-signature": (prose("一。", signed_by="毗邻社区居民委员会"), ["signed_by"], prose("一。")),
}
"""Of each rule about facts: a wrong record, the fields at which something is found, and a right record."""
for rule, (record, fields, right) in FACTS.items():
    about = {"rule": rule, "wrong_records": [(record, fields)], "right_records": [right], "examples": examples(200)}
    if rule not in ("total", "per-head"):
        about["pytestmark"] = pytest.mark.deep
    globals()[f"Test_{rule.replace('-', '_')}"] = type(f"Test_{rule}", (CheckContract,), about)


OLD: Final = "社区坚持以人为本，把普及科学知识作为提高居民素质的重要途径，全年开展活动300场，受到居民的普遍欢迎和好评。"


@pytest.mark.deep
class TestReusedText(CheckContract):
    rule = "reused-text"
    wrong_records = ((prose(OLD), ["sections[0].paragraphs[0]"]),)
    right_texts = ("社区坚持以人为本，开展科普活动。",)
    examples = examples(200)

    def subject(self, record: Mapping[str, Any]) -> Subject:
        earlier = super().subject(prose(OLD)).summary
        return replace(super().subject(record), earlier=earlier)


def test_every_rule_keeps_it() -> None:
    owners = default_engine().registry.owners
    ours = {rule for (what, rule), owner in owners.items() if (what, owner) == ("rule", "kepu-docs:rules")}
    # These look at documents that were read, or are switched on by other records beside.
    others = {"heading-mark", "typed-number", "maybe-replaced-word", "reused-text"}
    assert {*WORDS, *FACTS} | others == ours
