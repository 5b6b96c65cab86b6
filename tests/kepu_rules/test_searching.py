"""What is looked for first, because it is cheap, is in every text in which the rule itself finds something."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples
from tests.kepu_rules.subjects import prose, subject
from tests.kepu_rules.test_any_text import SIGNS
from tests.kepu_rules.test_found import FOUND
from tests.kepu_rules.test_right_sentences import SENTENCES

from kepu_rules import character_rules, copied, doubled_words, numeral_rules, particles, placeholders, prose_figures
from kepu_rules import rules as all_rules
from kepu_rules.scripts import simplified_texts
from kepu_rules.searching import Pattern, Wording, Wordings

KNOWN: Final = (*(each[1] for each in FOUND), *SENTENCES)
FIRST: Final = (
    (numeral_rules._maybe_redundant, numeral_rules._redundant),
    (prose_figures._maybe_people, prose_figures._people),
    (placeholders._maybe, placeholders._placeholder),
    (placeholders._maybe, placeholders._run),
)
TABLES: Final = (copied._SURE, copied._DOUBTFUL, character_rules._WRONG, doubled_words._KNOWN)
NEARLY: Final = (
    *("大约", "将近", "接近", "超过", "突破", "不少于", "至少", "有", "达", "3", "30", ",", "万", "余", "多", "人", "元"),
    *("累计参加", "合计服务", "（这里）", "（待完善）", "插入", "请补充", "请输入", "OO", "n份", "年——月", "20", "某某", "…年"),
    *("，", "。", "；", "、", "月", "天", "左右", "上下", "以上", "社区", "此处", "  "),
)  # fmt: skip
TEXTS: Final = st.lists(st.sampled_from((*SIGNS, *NEARLY)), min_size=1, max_size=20).map("".join)


def patterns(value: Any) -> Iterator[Pattern]:
    """Yield the patterns in a value of a module."""
    if isinstance(value, Pattern):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from patterns(each)


PATTERNS: Final = [
    pattern
    for module in vars(all_rules).values()
    if getattr(module, "__name__", "").startswith("kepu_rules.")
    for value in vars(module).values()
    for pattern in patterns(value)
    # One of these also matches years that are right; they need what a wrong one has.
    if pattern not in (*(first for first, _ in FIRST), numeral_rules._zero)
]


@pytest.mark.parametrize("text", ["".join(KNOWN), *KNOWN])
def test_in_known_texts(text: str) -> None:
    look_first(text)


@given(TEXTS)
@settings(max_examples=examples(200))
def test_in_any_text(text: str) -> None:
    look_first(text)


def look_first(text: str) -> None:
    """Look for everything that is cheap in a text, and for what comes after it."""
    for pattern in PATTERNS:
        if pattern.search(text):
            assert pattern.is_needed(text), pattern._source
    for first, then in FIRST:
        if then.search(text):
            assert first.stands_in(text), then._source
    if particles._candidate.search(text) and any(f"{word}的" in text for word in particles._BEFORE):
        assert particles._may_be_wrong(text)
    if prose_figures._begins_twice(text) is False:
        found = [match[0][: match.start("number") - match.start()] for match in prose_figures._repeated.finditer(text)]
        assert len(set(found)) == len(found)


@given(st.lists(st.sampled_from([*SIGNS, *(each.old or each.pattern for table in TABLES for each in table._table)])))
@settings(max_examples=examples(200))
def test_a_table_finds_what_its_wordings_find_together(parts: list[str]) -> None:
    of = subject(prose("".join(parts) + "。"))
    for table in TABLES:
        together = re.compile("|".join(f"(?:{wording.pattern})" for wording in table._table))
        expected = [
            (field, *match.span()) for field, plain in simplified_texts(of) for match in together.finditer(plain)
        ]
        assert [each[:3] for each in table.matches(of)] == expected


def test_the_first_of_two_wordings_at_one_place_is_found() -> None:
    table = Wordings(Wording("甲乙", "甲", "丙"), Wording("甲乙丁", "甲", "戊"), Wording("乙丁", "丁", "己"))
    found = [each[1:] for each in table.matches(subject(prose("甲乙丁，乙丁。")))]
    assert found == [(0, 2, "丙乙"), (4, 6, "乙己")]
