"""Placeholders as people type them, and as Word and input methods change them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples

from kepu_docs.reading.placeholders import placeholders, straight


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("栏目(“科普活动”)", '栏目("科普活动")'),
        ("栏目（“科普活动”，标题＝否）", '栏目("科普活动",标题=否)'),
        ("照片(照, 宽=”6cm”)", '照片(照, 宽="6cm")'),
        ("短语('他说“好”{}')", "短语('他说“好”{}')"),
        ("短语(“（{}）”)", '短语("（{}）")'),
        ("时间 ｜ 年份", "时间 | 年份"),
        ("  x\u00a0\n| 日期 -", "x  | 日期"),
        ("it's", "it's"),
    ],
)
def test_marks_are_straight_outside_of_texts(typed: str, read: str) -> None:
    assert straight(typed) == read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲{{ a }}乙{% if b %}", [("value", "a"), ("statement", "if b")]),
        ("｛｛ a ｝｝和｛％ endif ％｝", [("value", "a"), ("statement", "endif")]),
        ("{# 说明 #}{{a}}", [("remark", "说明"), ("value", "a")]),
        ("{a} {", []),
        ("{%tr for a in b %}{%p endif %}", [("statement", "for a in b"), ("statement", "endif")]),
        ("{{ a", [("open", " a")]),
        ("{% a }}", [("open", " a }}")]),
    ],
)
def test_placeholders_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.kind, each.source) for each in placeholders(text)] == found


@given(st.text(st.sampled_from("{}%#｛｝％ a“”'\""), max_size=60))
@settings(max_examples=examples(300), deadline=None)
def test_what_is_found_stands_in_the_text_in_its_order(text: str) -> None:
    place = 0
    for found in placeholders(text):
        assert place <= found.start < found.stop <= len(text)
        place = found.stop
