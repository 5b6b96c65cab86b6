"""Whatever people write, rules end, do not fail, and take time in proportion to its length."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.subjects import findings, prose, subject

from kepu_docs.pipeline import default_engine
from kepu_docs.rules import characters, copied, marks, numerals, placeholders
from kepu_docs.testing import growth

SIGNS: Final = (
    *("“", "”", "‘", "’", "（", "）", "(", ")", "《", "》", ",", "，", "。", "、", "；", "：", ":", '"', ".", "…", "—", "-", "~"),
    *("1", "0", "20", "xx", "**", "__", "年", "月", "日", "号", "万", "亿", "余", "多", "左右", "以上", "约", "近", "%", "一", "二"),
    *("是", "第", "社区", "居委会", "科普", "礼貌", "用心", "的", "站", "全年", "参加", "人", "人次", "共有", "发〔2021〕", "㎡", "喆"),
)  # fmt: skip
TEXTS: Final = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=40).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=5))
@settings(max_examples=150)
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
    for check in (placeholders.CHECK, copied.CHECKS[0], *characters.CHECKS, *marks.CHECKS, *numerals.CHECKS)
    if check.rule != "rare-character"
)
"""Rules that look at each text alone."""


@given(TEXTS)
@settings(max_examples=300)
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
    ],
)
def test_time_is_in_proportion_to_length(piece: str) -> None:
    def check(length: int) -> None:
        seen = subject(prose((piece * length)[:length]))
        for each in default_engine().registry.checks.values():
            for _ in each.find(seen):
                pass

    # In lines of Python run: seconds are another thing on a busy machine.
    assert growth(check, SIZE) < 2.5
