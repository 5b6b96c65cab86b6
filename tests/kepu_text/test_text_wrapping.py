"""Text broken into lines."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples

from kepu_docs.blocks import Align, Column
from kepu_docs.testing import texts
from kepu_docs.typography.columns import measured, width
from kepu_docs.typography.graphemes import graphemes
from kepu_text.tables import table_lines
from kepu_text.wrapping import wrap


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("全年举办科普培训", ["全年举办科", "普培训"]),
        ("全年举办科，普", ["全年举办", "科，普"]),
        ("全年举办（科普）", ["全年举办", "（科普）"]),
        ("全年举办——科普", ["全年举", "办——科普"]),
        ("全年举……科普", ["全年举……", "科普"]),
        ("参加3,000人", ["参加", "3,000人"]),
        ("全年300余人次", ["全年", "300余人次"]),
        ("参加1.2万余人次", ["参加1.2万", "余人次"]),
        ("全年参加3,000人", ["全年参加", "3,000人"]),
        ("全年参加98.5%的", ["全年参加", "98.5%的"]),
        ("science for all", ["science", "for all"]),
        ("science   for", ["science", "for"]),
        ("全年举办科   普", ["全年举办科", "普"]),
        ("全年举办（ 科普", ["全年举办", "（ 科普"]),
        ("全年举办京-沪线", ["全年举办", "京-沪线"]),
        ("a 🇨🇳🇨🇳🇨🇳🇨🇳🇨🇳", ["a 🇨🇳🇨🇳🇨🇳🇨🇳", "🇨🇳"]),
        ("don’t stop it", ["don’t", "stop it"]),
        ("awake café now", ["awake", "café now"]),
        ("10\u00a0000 and 2", ["10\u00a0000 and", "2"]),
        ("about 10\u00a0000", ["about", "10\u00a0000"]),
        ("internationalisation", ["internatio", "nalisation"]),
        ("全e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", ["全", "e\u0301" * 9]),
        ("。" * 7, ["。" * 5, "。" * 2]),
        ("", [""]),
    ],
)
def test_lines_of_ten_columns(text: str, lines: list[str]) -> None:
    assert wrap(text, 10) == lines


@settings(max_examples=examples(600), deadline=None)
@given(texts(), st.integers(2, 40), st.integers(2, 40))
def test_wrapping_loses_only_white_space_at_breaks(text: str, room: int, first: int) -> None:
    lines = wrap(text, room, first)
    rest = text
    for line in lines:
        assert line == line.strip()
        assert rest.lstrip().startswith(line)
        rest = rest.lstrip().removeprefix(line)
    assert not rest
    assert all(width(line) <= (room if place else first) for place, line in enumerate(lines))
    assert sum(len(graphemes(line)) for line in lines) <= len(graphemes(text))


@settings(max_examples=examples(300), deadline=None)
@given(
    st.lists(st.sampled_from((*"科普，。（）近约人次 ", "12", "3,000", "平方米", "abc")), max_size=60),
    st.integers(4, 60),
)
def test_lines_are_those_of_widths_that_are_added_up(pieces: list[str], room: int) -> None:
    text = "".join(pieces).strip()
    units, columns = measured(text)
    with patch("kepu_text.wrapping.measured", lambda _: (units, list(columns))):
        added = wrap(text, room, room - 2)
    assert wrap(text, room, room - 2) == added


@pytest.mark.parametrize(
    "unit",
    [
        "人次",
        "场次",
        "場次",
        "人份",
        "平方米",
        "平方公里",
        "公里",
        "公斤",
        "小时",
        "小時",
        "分钟",
        "分鐘",
        "年度",
        "月份",
    ],
)
def test_a_unit_is_not_broken(unit: str) -> None:
    quantity = f"300余{unit}"
    for room in range(width(quantity), width(quantity) + 6):
        assert quantity in wrap(f"科普活动{quantity}", room), room
        # Its last character may be more than one code point.
        assert f"{quantity}\u0301" in wrap(f"科普活动{quantity}\u0301", room), room


_WORDS = ("科", "COVID-19", "3,000", "98.5%", "“学”", "（一）", "《法》", "，", "。", "——", "……", "）")


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=60), st.integers(20, 60))
def test_no_line_begins_or_ends_with_the_wrong_mark(words: list[str], room: int) -> None:
    text = "普" + "普".join(words)
    lines = wrap(text, room)
    assert "".join(lines) == text
    assert not any(line[0] in "，。”）》—…%" for line in lines)
    assert not any(line[-1] in "“（《" for line in lines)
    kept = sum(line.count(word) for word in ("COVID-19", "3,000", "98.5%") for line in lines)
    assert kept == sum(word in ("COVID-19", "3,000", "98.5%") for word in words)


_CELLS = (
    "12人次",
    "1,500份",
    "300余人次",
    "近100人次",
    "1.2万余次",
    "60平方米",
    "科普活动室",
    "区科学技术协会",
    "COVID-19",
    "",
)
_ALIGNS: tuple[Align, ...] = ("left", "center", "right")


@settings(max_examples=examples(300), deadline=None)
@given(
    st.lists(st.sampled_from(_ALIGNS), min_size=1, max_size=6).flatmap(
        lambda aligns: st.tuples(
            st.just(aligns),
            st.lists(st.lists(st.sampled_from(_CELLS), min_size=len(aligns), max_size=len(aligns)), max_size=5),
        )
    ),
    st.integers(70, 100),
)
def test_no_number_of_a_table_is_broken(made: tuple[list[Align], list[list[str]]], page: int) -> None:
    aligns, rows = made
    shown = table_lines([Column(f"栏目{place}", align) for place, align in enumerate(aligns)], rows, page)
    text = "\n".join(shown)
    assert max(map(width, shown)) <= page
    for cell in _CELLS[:6]:
        assert text.count(cell) == sum(row.count(cell) for row in rows), cell


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(st.sampled_from(("科", "普，", *_CELLS[:6])), min_size=1, max_size=40), st.integers(20, 60))
def test_a_number_stays_with_its_unit(parts: list[str], room: int) -> None:
    text = "，".join(parts)
    lines = wrap(text, room)
    assert "".join(lines) == text
    for cell in _CELLS[:6]:
        assert sum(line.count(cell) for line in lines) == text.count(cell), cell
