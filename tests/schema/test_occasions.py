"""How sentences speak of days, weeks and months: a day is not a span."""

import datetime
import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.schema import Period
from kepu_docs.schema.occasions import OCCASIONS, is_day, worded

DAYS: Final = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))
ALL: Final = [(each, name) for each in OCCASIONS for name in (*each.simplified, *each.traditional, *each.english)]


def time(text: str) -> Period | None:
    return Period.model_validate(text) if text else None


def test_the_table_is_whole() -> None:
    assert len(OCCASIONS) >= 60
    names = [name for _, name in ALL]
    assert len({(id(each), name) for each, name in ALL}) <= len(names)
    owners: dict[str, str] = {}
    for each, name in ALL:
        assert owners.setdefault(name, each.english[0]) == each.english[0]
        assert each.simplified
        assert each.traditional
        assert each.english
        assert each.source
        assert re.fullmatch(
            r"-|[01][0-9](-[0-3][0-9])?(…[01][0-9](-[0-3][0-9])?)?|[01][0-9]\.-?[1-5]\.[1-7]", each.time
        )


def test_what_is_called_a_day_is_one_and_what_is_called_a_week_or_month_is_a_span() -> None:
    for _, name in ALL:
        if name.endswith(("日", "Day")):
            assert worded(name, None).use == "to_mark", name
        if name.endswith(("周", "週", "月", "Week", "Month")):
            assert worded(name, None).use == "during", name


@given(st.sampled_from([name for each, name in ALL if not each.is_span]), DAYS)
def test_nothing_is_held_during_a_day(name: str, day: datetime.date) -> None:
    found = worded(name, Period(start=day, end=day))
    assert found.use in ("on_the_day", "to_mark")
    assert found.text == name


@pytest.mark.parametrize(
    ("occasion", "day", "same"),
    [
        ("世界环境日", "2025-06-05", True),
        ("世界环境日", "2025-06-06", False),
        ("全国助残日", "2025-05-18", True),
        ("全国助残日", "2025-05-11", False),
        ("全国助残日", "2025-05-25", False),
        ("世界急救日", "2025-09-13", True),
        ("全国中小学生安全教育日", "2025-03-31", True),
        ("全国中小学生安全教育日", "2025-03-24", False),
        ("全国科普日", "2025-09-20", False),
    ],
)
def test_days_of_the_calendar(occasion: str, day: str, same: bool) -> None:
    found = next(each for each in OCCASIONS if occasion in each.simplified)
    assert is_day(found, datetime.date.fromisoformat(day)) is same


@pytest.mark.parametrize(
    ("text", "held_on", "use", "shown"),
    [
        ("世界环境日", "2025-06-05", "on_the_day", "世界环境日"),
        ("世界環境日", "2025-06-05", "on_the_day", "世界環境日"),
        ("第54个世界环境日", "2025-06-05", "on_the_day", "第54个世界环境日"),
        ("6月5日世界环境日", "2025-06-05", "on_the_day", "世界环境日"),
        ("世界环境日（6月5日）", "2025-06-05", "on_the_day", "世界环境日"),
        ("World Environment Day", "2025-06-05", "on_the_day", "World Environment Day"),
        ("世界环境日", "2025-06-03", "to_mark", "世界环境日"),
        ("世界环境日", "2025-06", "to_mark", "世界环境日"),
        ("世界环境日", "", "to_mark", "世界环境日"),
        ("全国土地日和国际禁毒日", "2025-06-26", "to_mark", "全国土地日和国际禁毒日"),
        ("七夕节", "2025-08-29", "to_mark", "七夕节"),
        ("建党104周年", "2025-07-01", "to_mark", "建党104周年"),
        ("三下乡", "", "to_mark", "三下乡"),
        ("Open Day", "", "to_mark", "Open Day"),
        ("全国科普月", "2025-09-12", "during", "全国科普月"),
        ("全国科普月", "", "during", "全国科普月"),
        ("全国科普月", "2025-11", "to_mark", "全国科普月"),
        ("National Science Popularization Month", "2025-09", "during", "National Science Popularization Month"),
        ("全国科技活動週", "2025-05-24", "during", "全国科技活動週"),
        ("“社区科普周”", "", "during", "“社区科普周”"),
        ("春节", "2025-01-29", "during", "春节"),
        ("校园科技节", "2025-10-15", "during", "校园科技节"),
        ("Anti-fraud Week", "", "during", "Anti-fraud Week"),
        ("国庆节期间", "2025-10-02", "as_written", "国庆节期间"),
        ("世界环境日当天", "2025-06-05", "as_written", "世界环境日当天"),
        ("春节前后", "", "as_written", "春节前后"),
        ("暑期", "", "as_written", "暑期"),
        ("每月15日", "", "as_written", "每月15日"),
        ("during the holidays", "", "as_written", "during the holidays"),
    ],
)
def test_occasions_as_sentences_have_them(text: str, held_on: str, use: str, shown: str) -> None:
    found = worded(text, time(held_on))
    assert (found.use, found.text) == (use, shown)


@pytest.mark.parametrize(
    ("text", "start", "end", "use"),
    [
        ("春节", "2025-12-20", "2026-02-20", "during"),
        ("寒假", "2025-12-20", "2026-01-10", "during"),
        ("国庆节", "2025-12-20", "2026-02-20", "to_mark"),
        ("全国科普月", "2024-11-01", "2025-11-01", "during"),
    ],
)
def test_occasions_of_events_over_new_year(text: str, start: str, end: str, use: str) -> None:
    assert worded(text, Period.model_validate({"start": start, "end": end})).use == use


@given(st.text(max_size=30), st.none() | DAYS)
def test_any_text_is_told(text: str, day: datetime.date | None) -> None:
    found = worded(text, Period(start=day, end=day) if day else None)
    assert found.text in text
    assert found.use != "during" or not found.text.rstrip().endswith(("日", "Day"))
