"""Whatever people write, rules end, do not fail, and take time proportional to its length."""

from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples
from tests.kepu_rules.subjects import findings, prose, subject, summary

from kepu_docs.pipeline import default_engine
from kepu_docs.schema import WorkSummary
from kepu_docs.testing import growth
from kepu_docs.testing.steps import LINEAR
from kepu_rules import character_rules, copied, numeral_rules, placeholders, punctuation_rules

SIGNS: Final = (
    *("“", "”", "‘", "’", "（", "）", "(", ")", "《", "》", ",", "，", "。", "、", "；", "：", ":", '"', ".", "…", "—", "-", "~"),
    *("1", "0", "20", "xx", "**", "__", "年", "月", "日", "号", "万", "亿", "余", "多", "左右", "以上", "约", "近", "%", "一", "二"),
    *("是", "第", "社区", "居委会", "科普", "礼貌", "用心", "的", "站", "全年", "参加", "人", "人次", "共有", "发〔2021〕", "㎡", "喆"),
)  # fmt: skip
TEXTS: Final = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=40).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=5))
@settings(max_examples=examples(150))
def test_rules_do_not_fail_and_words_are_in_the_text(texts: list[str]) -> None:
    record = prose(*texts, opening=texts)
    seen = subject(record)
    by_path = {field.path: field.text for field in seen.texts}
    for check in default_engine().registry.checks.values():
        for found in check.find(seen):
            if found.end:
                assert 0 <= found.start < found.end <= len(by_path[found.path]), check.rule


OF_A_TEXT: Final = tuple(
    check.rule
    for check in (
        *placeholders.CHECKS,
        copied.CHECKS[0],
        *character_rules.CHECKS,
        *punctuation_rules.CHECKS,
        *numeral_rules.CHECKS,
    )
    if check.rule != "rare-character"
)
"""Rules that look at each text alone."""


@given(TEXTS)
@settings(max_examples=examples(300))
def test_looking_at_all_texts_first_loses_nothing(text: str) -> None:
    # What is found in a text alone is found in it between others.
    assert findings(prose(text), *OF_A_TEXT) == findings(prose("好。", text, "好。"), *OF_A_TEXT)


SIZE: Final = 1_000


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "“",
        "”",
        "（",
        "）",
        "_",
        "__年",
        "**年",
        ",科",
        "x",
        "一是",
        "、",
        '"科',
        "约1",
        "全年",
        "。。",
        "20",
        "社区在",
        "（一）",
        "ｘ",
        "xｘ",
        "【",
        "科",
        "科“",
        "1月",
        "甲乙社区在，",
        "http://",
        "同比增长",
    ],
)
def test_time_is_in_proportion_to_length(piece: str) -> None:
    def check(length: int) -> None:
        seen = subject(prose((piece * length)[:length]))
        for each in default_engine().registry.checks.values():
            for _ in each.find(seen):
                pass

    # In lines of Python run: seconds are another thing on a busy machine. That what runs in C does not take more is seen
    # of the patterns themselves (tests/test_patterns.py).
    assert growth(check, SIZE) < 2.5


MANY: Final[dict[str, Callable[[int], WorkSummary]]] = {
    "paragraphs": lambda count: prose(*[f"全年举办活动{number}场，参加300人次。" for number in range(count)]),
    "replaced words": lambda count: prose(*["精神礼貌，用心打造，20xx年。。"] * count),
    "replaced words in one text": lambda count: prose("精神礼貌，用心打造，" * count),
    "names": lambda count: prose(*["今年，甲乙丙社区在开展。" * 10] * count),
    "headings": lambda count: summary(written=[{"heading": f"（{number}）题", "level": 2} for number in range(count)]),
    "tables": lambda count: summary(written=[{"columns": ["一"], "rows": [["1"]]}] * count),
    "sessions": lambda count: summary(
        {
            "kind": "training",
            "sessions": [
                {"topic": f"题{number}", "held_on": "2025-04-12", "attendance": 60, "trainer": "试验队"}
                for number in range(count)
            ],
        }
    ),
    "activities": lambda count: summary(
        {
            "kind": "activities",
            "activities": [
                {"name": f"活动{number}", "held_on": "2025-04-12", "attendance": 60} for number in range(count)
            ],
        }
    ),
}


@pytest.mark.parametrize("what", MANY)
def test_time_is_in_proportion_to_the_number_of_texts(what: str) -> None:
    def check(count: int) -> None:
        record = MANY[what](count)
        seen = subject(record, earlier=record, communities=("试验社区", "甲乙丙社区"))
        for each in default_engine().registry.checks.values():
            for _ in each.find(seen):
                pass

    assert growth(check, 100) < LINEAR
