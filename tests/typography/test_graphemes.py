"""What a reader sees as one character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples

from kepu_docs.typography.graphemes import SEPARATE, graphemes

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("rule", "cut"),
    [
        ("GB999", ["科", "普", "a", "。", "①"]),
        # Hangul in parts: leading consonants, vowels, final consonants, and syllables with and without a final one.
        ("GB6", ["\u1100\u1100", "\u3042"]),
        ("GB6", ["\u1100\u1161\u11a8", "\u1112\u1161\u11ab"]),
        ("GB6", ["\u1100가", "\u1100각", "\ua960\u1161"]),
        ("GB7", ["가\u1161\u11a8", "\u1161\u1161", "가"]),
        ("GB8", ["각\u11a8", "가\u11a8\u11a8", "\ud7b0\ud7cb"]),
        ("GB8, broken", ["각", "\u1161"]),
        ("GB6-8, broken", ["科", "\u1161", "a", "\u11a8", "가", "각"]),
        # Marks, variants and joiners belong to what stands before them.
        ("GB9", ["e\u0301\u0323", "x"]),
        ("GB9", ["葛\U000e0100", "城"]),
        ("GB9", ["❤\ufe0f", "1\ufe0f\u20e3", "👍🏽", "a"]),
        ("GB9", ["🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🏴"]),
        ("GB9", ["a\u200d", "b"]),
        ("GB9a", ["\u0928\u093f", "\u0bb7\u0bbf"]),
        ("GB9, at the begin", ["\u0301", "a"]),
        # Emoji that a joiner links.
        ("GB11", [FAMILY, "科"]),
        ("GB11", ["👩🏽\u200d🚒", "🏳\ufe0f\u200d🌈", "🙂\u200d↔\ufe0f", "❤\ufe0f\u200d🔥"]),
        ("GB11, broken", ["科\u200d", "👩"]),
        ("GB11, broken", ["👩\u200d", "科"]),
        # The letters of flags, in pairs.
        ("GB12", ["🇨🇳", "🇭🇰", "🇨"]),
        ("GB13", ["a", "🇨🇳", "🇨🇳", "b"]),
        ("GB13", ["🇨\u200d", "🇳"]),
        # As set for typesetting: UAX #14, LB9 and LB10, and what has no shape.
        ("LB10", ["a", " ", "\u0301", "b"]),
        ("LB9", ["字\u200b", "字\u2060", "字"]),
    ],
)
def test_graphemes(rule: str, cut: list[str]) -> None:
    assert list(graphemes("".join(cut))) == cut, rule


@settings(max_examples=examples(600), deadline=None)
@given(st.text() | st.text("科a \u0301\u200d\ufe0f👩🇨\u1100\u1161\u11a8가각"))
def test_they_make_the_text_again(text: str) -> None:
    cut = graphemes(text)
    assert "".join(cut) == text
    assert all(cut)


def test_text_that_needs_no_look_is_cut_as_any_other() -> None:
    for code in range(0x20, 0x10000):
        if SEPARATE.fullmatch(chr(code)):
            assert list(graphemes(f"각a{chr(code)}科")) == ["각", "a", chr(code), "科"], hex(code)
