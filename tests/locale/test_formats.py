import datetime
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kepu_docs.locale.catalog import Catalog
from kepu_docs.locale.chain import fallback_chain
from kepu_docs.locale.folders import candidates
from kepu_docs.locale.formats import Formats
from kepu_docs.schema.amounts import read_amount


def formats(locale: str) -> Formats:
    catalogs = candidates([files("kepu_templates")], fallback_chain(locale), "messages.po")
    return Formats(locale, Catalog.read(file.read_bytes() for file in catalogs))


FORMATS = formats("zh_Hans")
TRADITIONAL = formats("zh_Hant")
ENGLISH = formats("en")
YEAR = {"start": datetime.date(2025, 1, 1), "end": datetime.date(2025, 12, 31)}


def quantity(value: float, approx: str = "exactly", unit: str = "人次", scale: int = 1) -> dict[str, Any]:
    return {"value": value, "approx": approx, "unit": unit, "scale": scale}


def span(start: str, end: str) -> dict[str, datetime.date]:
    return {"start": datetime.date.fromisoformat(start), "end": datetime.date.fromisoformat(end)}


def test_chain() -> None:
    assert fallback_chain("zh_Hant_HK") == ("zh_Hant_HK", "zh_Hant", "zh", "zh_Hans")
    assert fallback_chain("zh-Hans") == ("zh_Hans", "zh")
    assert fallback_chain("en") == ("en", "zh_Hans")


@pytest.mark.parametrize("locale", ["zh_TW", "zh-TW", "zh_Hant_TW", "zh-Hant-TW"])
def test_a_country_has_its_script(locale: str) -> None:
    assert fallback_chain(locale) == ("zh_Hant_TW", "zh_Hant", "zh", "zh_Hans")
    assert formats(locale).count(quantity(2, unit="场")) == "2場"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (quantity(1200), "1200人次"),
        (quantity(1200, "over"), "1200余人次"),
        (quantity(50_000, unit="元"), "5万元"),
        (quantity(12_800), "1.28万人次"),
        (quantity(28_935, unit="份"), "28935份"),
        (quantity(1_234_500), "123.45万人次"),
        (quantity(10_000, "nearly", "册"), "近万册"),
        (quantity(12_000, "over"), "1.2万余人次"),
        (quantity(12_345, "over"), "超过12345人次"),
        (quantity(150_000_000, unit="元"), "1.5亿元"),
        (quantity(123_450_000, unit="元"), "12345万元"),
        (quantity(50_000.0, unit="平方米"), "5万平方米"),
        (quantity(28_935.5, unit="元"), "28935.5元"),
        (quantity(20_000, unit="%"), "20000%"),
        (quantity(325, "over"), "超过325人次"),
        (quantity(5, "over", "场"), "超过5场"),
        (quantity(10_000, "nearly", "册", 10_000), "近万册"),
        (quantity(12_000, "over", "册", 10_000), "1.2万余册"),
        (quantity(300, "about"), "约300人次"),
        (quantity(300, "at_least"), "300人次以上"),
        (quantity(95.5, "over", "%"), "超过95.5%"),
        (quantity(0.67, unit="平方公里"), "0.67平方公里"),
        (quantity(1.234567, unit="平方公里"), "1.234567平方公里"),
        (quantity(123_456_789, "exactly", "元", 100_000_000), "1.23456789亿元"),
    ],
)
def test_counts(given: dict[str, Any], shown: str) -> None:
    assert FORMATS.count(given) == shown


@pytest.mark.parametrize(
    ("given", "shown", "within_the_year"),
    [
        (span("2025-01-01", "2025-12-31"), "2025年", "2025年"),
        (span("2023-01-01", "2025-12-31"), "2023—2025年", "2023—2025年"),
        (span("2025-01-01", "2025-06-30"), "2025年上半年", "上半年"),
        (span("2025-07-01", "2025-12-31"), "2025年下半年", "下半年"),
        (span("2025-07-01", "2025-09-30"), "2025年第三季度", "第三季度"),
        (span("2025-09-01", "2025-09-30"), "2025年9月", "9月"),
        (span("2025-02-01", "2025-05-31"), "2025年2月至5月", "2月至5月"),
        (span("2024-11-01", "2025-02-28"), "2024年11月至2025年2月", "2024年11月至2025年2月"),
        (span("2025-04-12", "2025-04-12"), "2025年4月12日", "4月12日"),
        (span("2025-09-15", "2025-09-21"), "2025年9月15日至21日", "9月15日至21日"),
        (span("2025-09-15", "2025-10-02"), "2025年9月15日至10月2日", "9月15日至10月2日"),
    ],
)
def test_periods(given: dict[str, datetime.date], shown: str, within_the_year: str) -> None:
    assert FORMATS.period(given) == shown
    assert FORMATS.period(given, within=YEAR) == within_the_year
    assert FORMATS.when(given) == shown


@pytest.mark.parametrize(
    ("given", "traditional", "english"),
    [
        (quantity(1200), "1200人次", "1,200 attendances"),
        (quantity(1), "1人次", "1 attendance"),
        (quantity(1, unit="场"), "1場", "1 session"),
        (quantity(2, unit="场"), "2場", "2 sessions"),
        (quantity(1200, "over"), "1200餘人次", "more than 1,200 attendances"),
        (quantity(325, "over"), "超過325人次", "more than 325 attendances"),
        (quantity(100, "nearly", "人"), "近100人", "nearly 100 people"),
        (quantity(500, "about", "户"), "約500戶", "about 500 households"),
        (quantity(300, "at_least", "册"), "300冊以上", "at least 300 volumes"),
        (quantity(10_000, "nearly", "册", 10_000), "近萬冊", "nearly 10,000 volumes"),
        (quantity(12_000, "over", "次", 10_000), "1.2萬餘次", "more than 12,000 times"),
        (quantity(200_000_000, "exactly", "元", 100_000_000), "2億元", "200,000,000 yuan"),
        (quantity(95.5, "at_least", "%"), "95.5%以上", "at least 95.5%"),
        (quantity(1.5, unit="小时"), "1.5小時", "1.5 hours"),
        (quantity(0.67, unit="平方公里"), "0.67平方公里", "0.67 square kilometres"),
        (quantity(3, unit="桌"), "3桌", "3 桌"),
        (quantity(3, unit=""), "3", "3"),
    ],
)
def test_counts_in_other_languages(given: dict[str, Any], traditional: str, english: str) -> None:
    assert TRADITIONAL.count(given) == traditional
    assert ENGLISH.count(given) == english


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (quantity(1, unit="块"), "1 board"),
        (quantity(20, unit="块"), "20 boards"),
        (quantity(20, "about", "张"), "about 20 boards"),
        (quantity(1, unit="箱"), "1 box of boards"),
        (quantity(2, unit="箱"), "2 boxes of boards"),
        (quantity(2, unit="桌"), "2 桌 of boards"),
    ],
)
def test_what_is_counted_may_be_named(given: dict[str, Any], shown: str) -> None:
    assert ENGLISH.counted(given, "board", "boards") == shown


def test_a_number_may_stand_alone() -> None:
    assert ENGLISH.counted(quantity(20, "over")) == "more than 20"
    assert ENGLISH.counted(quantity(2, unit="箱")) == "2 boxes"


def test_all_numbers_of_a_column_stand_in_one_form() -> None:
    given = [quantity(12_000, "over", "元", 10_000), quantity(50_000, unit="元"), quantity(800, unit="元")]
    assert FORMATS.column(given) == ["12000余元", "50000元", "800元"]
    assert FORMATS.column(given[:1]) == ["1.2万余元"]
    assert FORMATS.column([None, *given[:1], "x"]) == ["", "1.2万余元", "x"]
    assert ENGLISH.column(given) == ["more than 12,000 yuan", "50,000 yuan", "800 yuan"]


def test_sums_are_rounded_where_they_are_shown() -> None:
    summed = {**quantity(1914, "nearly"), "exact_to": 100.0}
    assert [each.count(summed) for each in (FORMATS, TRADITIONAL, ENGLISH)] == [
        "约1900人次",
        "約1900人次",
        "about 1,900 attendances",
    ]
    assert FORMATS.count({**quantity(324_265, "over"), "exact_to": 1000}) == "32.4万余人次"
    assert FORMATS.count({**quantity(581, "at_least"), "exact_to": 1}) == "580人次以上"
    assert FORMATS.counted(summed) == "约1900人次"
    assert FORMATS.column([summed]) == ["约1900人次"]
    assert FORMATS.count({**quantity(1914, "nearly"), "exact_to": None}) == "近1914人次"


@pytest.mark.parametrize(("way", "shown"), [("digits", "50000人次"), ("grouped", "50,000人次"), ("scaled", "5万人次")])
def test_how_large_numbers_are_written_is_a_setting(way: str, shown: str) -> None:
    own = f'msgctxt "pattern"\nmsgid "large numbers"\nmsgstr "{way}"\n'.encode()
    ours = (files("kepu_templates") / "zh_Hans" / "messages.po").read_bytes()
    assert Formats("zh_Hans", Catalog.read([own, ours])).count(quantity(50_000)) == shown


@given(
    st.integers(1, 999_999_999_999) | st.integers(1, 999_999).map(lambda value: value * 10_000),
    st.sampled_from(["exactly", "over", "nearly", "about", "at_least"]),
    st.sampled_from([1, 10_000, 100_000_000]),
)
def test_what_is_shown_is_the_number(value: int, approx: str, scale: int) -> None:
    written = quantity(value, approx, scale=scale if value % (scale // 100 or 1) == 0 else 1)
    for shown in (FORMATS.count(written), FORMATS.count(written, in_figures=True), *FORMATS.column([written])):
        assert "," not in shown
        read = read_amount(shown)
        assert read is not None
        assert (int(read.value), read.unit) == (value, "人次")
        assert read.approximation == approx
    if value < 10_000 and approx == "exactly":
        assert FORMATS.count(written) == f"{value}人次"


def test_columns_leave_out_what_their_heads_say() -> None:
    assert ENGLISH.column([quantity(60), None, quantity(100, "nearly")]) == ["60", "", "nearly 100"]
    assert ENGLISH.column([quantity(60), quantity(25, unit="人")]) == ["60 attendances", "25 people"]
    assert ENGLISH.column([quantity(2, unit="小时"), "x"]) == ["2 hours", "x"]
    assert FORMATS.column([quantity(60)]) == ["60人次"]


@pytest.mark.parametrize(
    ("given", "shown", "when", "within_the_year"),
    [
        (YEAR, "2025", "in 2025", "in 2025"),
        (span("2023-01-01", "2025-12-31"), "2023 to 2025", "from 2023 to 2025", "from 2023 to 2025"),
        (
            *(span("2025-01-01", "2025-06-30"), "the first half of 2025", "in the first half of 2025"),
            "in the first half of the year",
        ),
        (
            *(span("2025-07-01", "2025-09-30"), "the third quarter of 2025", "in the third quarter of 2025"),
            "in the third quarter of the year",
        ),
        (span("2025-09-01", "2025-09-30"), "September 2025", "in September 2025", "in September"),
        (span("2025-02-01", "2025-05-31"), "February to May 2025", "from February to May 2025", "from February to May"),
        (
            *(span("2024-11-01", "2025-02-28"), "November 2024 to February 2025"),
            *("from November 2024 to February 2025", "from November 2024 to February 2025"),
        ),
        (span("2021-05-22", "2021-05-22"), "22 May 2021", "on 22 May 2021", "on 22 May 2021"),
        (span("2025-05-22", "2025-05-22"), "22 May 2025", "on 22 May 2025", "on 22 May"),
        (span("2025-09-15", "2025-09-21"), "15 to 21 September 2025", "from 15 to 21 September 2025", "from 15 to 21 September"),
        (
            *(span("2025-09-15", "2025-10-02"), "15 September to 2 October 2025"),
            *("from 15 September to 2 October 2025", "from 15 September to 2 October"),
        ),
        (
            *(span("2024-12-30", "2025-01-02"), "30 December 2024 to 2 January 2025"),
            *("from 30 December 2024 to 2 January 2025", "from 30 December 2024 to 2 January 2025"),
        ),
    ],
)  # fmt: skip
def test_periods_in_english(given: dict[str, datetime.date], shown: str, when: str, within_the_year: str) -> None:
    assert ENGLISH.period(given) == shown
    assert ENGLISH.when(given) == when
    assert ENGLISH.when(given, within=YEAR) == within_the_year


@pytest.mark.parametrize(
    ("given", "shown", "english"),
    [
        (YEAR, "全年", "over the year"),
        (span("2025-01-01", "2025-06-30"), "上半年", "in the first half of the year"),
        (span("2025-07-01", "2025-09-30"), "第三季度", "in the third quarter of the year"),
        (span("2025-09-01", "2025-09-30"), "9月", "in September"),
        (span("2025-01-01", "2025-05-31"), "1月至5月", "from January to May"),
        (span("2025-03-05", "2025-10-20"), "3月5日至10月20日", "from 5 March to 20 October"),
        (span("2025-06-05", "2025-06-05"), "6月5日", "on 5 June"),
        (span("2023-01-01", "2025-12-31"), "2023—2025年", "from 2023 to 2025"),
    ],
)
def test_the_time_of_a_summary_is_all_the_year_only_when_it_is(given: Any, shown: str, english: str) -> None:
    assert FORMATS.span(given) == shown
    assert ENGLISH.span(given) == english


@given(first=st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 12, 31)), days=st.integers(0, 1000))
def test_periods_name_their_years(first: datetime.date, days: int) -> None:
    period = {"start": first, "end": first + datetime.timedelta(days)}
    for each in (FORMATS, TRADITIONAL, ENGLISH):
        shown = each.period(period)
        assert str(period["start"].year) in shown
        assert str(period["end"].year) in shown
        assert "  " not in shown
        assert shown == shown.strip()


def test_money_and_percentages() -> None:
    assert [each.money(1234.5) for each in (FORMATS, TRADITIONAL, ENGLISH)] == [
        "1234.5元",
        "1234.5元",
        "1,234.5 yuan",
    ]
    assert ENGLISH.percent(95.5) == "95.5%"


def test_lists_and_sentences_in_english() -> None:
    assert ENGLISH.join_list(["A", None, "B"]) == "A and B"
    assert ENGLISH.join_list(["A", "B", "C"]) == "A, B and C"
    assert ENGLISH.sentence(["a", "", "b"]) == "a, b."
    assert ENGLISH.capital("held on 2 May") == "Held on 2 May"
    assert ENGLISH.clause("办讲座。") == ENGLISH.clause("办讲座") == "办讲座"
    assert ENGLISH.stop("办讲座。") == "办讲座。"
    assert ENGLISH.capital("") == ENGLISH.stop("") == ENGLISH.clause("") == ""
    assert TRADITIONAL.quote("健康") == "「健康」"


def test_a_nearer_catalogue_counts_with_its_own_forms() -> None:
    header = b'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=%d; plural=%s;\\n"\n\n'
    entry = b'msgctxt "unit"\nmsgid "x"\nmsgid_plural "x"\n'
    polish = header % (3, b"(n==1 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2)")
    near = polish + entry + b'msgstr[0] "jeden"\nmsgstr[1] "kilka"\nmsgstr[2] "wiele"\n'
    far = header % (2, b"(n != 1)") + entry + b'msgstr[0] "one"\nmsgstr[1] "many"\n'
    catalog = Catalog.read([near, far])
    assert [catalog.plural("unit", "x", number) for number in (1, 3, 5, 1.5)] == ["jeden", "kilka", "wiele", "wiele"]
    assert Catalog.read([far]).plural("unit", "x", 3) == "many"
    assert catalog.plural("unit", "y", 3) == "y"
    assert catalog.form(("a", "b"), 5) == "b"


def test_lists_and_sentences() -> None:
    assert FORMATS.join_list([]) == ""
    assert FORMATS.join_list(["甲", None, "", "乙"]) == "甲和乙"
    assert FORMATS.join_list(["甲", "乙", "丙"]) == "甲、乙和丙"
    assert FORMATS.join_list(["甲", "乙和丙", "丁"]) == "甲、乙和丙以及丁"
    assert FORMATS.join_list(["参与", "总和", "普及"]) == "参与、总和和普及"
    assert FORMATS.join_list(["总和和谐", "与会", "及时"]) == "总和和谐、与会和及时"
    assert FORMATS.join_list(["与人", "乙"]) == "与人以及乙"
    assert FORMATS.join_list([0, "乙", ()]) == "0和乙"
    assert FORMATS.series(["“甲”", "“乙”", "丙", "《丁》", "《戊》"]) == "“甲”“乙”、丙、《丁》《戊》"
    assert TRADITIONAL.series(["「甲」", "「乙」"]) == "「甲」、「乙」"
    assert TRADITIONAL.join_list(["甲及乙", "丙"]) == "甲及乙以及丙"
    assert ENGLISH.join_list(["A", "B and C", "Dandy"]) == "A, B and C, and Dandy"
    assert FORMATS.sentence(["", None, ""]) == ""
    assert FORMATS.sentence(["甲", "", "乙"]) == "甲，乙。"
    assert FORMATS.stop("好！") == "好！"
    assert FORMATS.phrase(None, "培训{}") == ""
    assert FORMATS.phrase(quantity(3, unit="场"), "培训{}") == "培训3场"
    assert FORMATS.phrase("{x}", "培训{}") == "培训{x}"


def test_a_fuzzy_or_empty_entry_is_no_label() -> None:
    catalog = Catalog.read(
        [b'#, fuzzy\nmsgctxt "field"\nmsgid "a"\nmsgstr "A"\n\nmsgctxt "field"\nmsgid "b"\nmsgstr ""\n']
    )
    assert catalog.label("field", "a") == "a"
    assert catalog.label("field", "b") == "b"


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (("2026-09-30", "2026-09-30"), "2026年9月30日前", "by 30 September 2026"),
        (("2026-12-01", "2026-12-31"), "2026年12月底前", "by the end of December 2026"),
        (("2026-07-01", "2026-09-30"), "2026年第三季度结束前", "by the end of the third quarter of 2026"),
        (("2026-01-01", "2026-06-30"), "2026年上半年结束前", "by the end of the first half of 2026"),
        (("2026-01-01", "2026-12-31"), "2026年底前", "by the end of 2026"),
        (("2026-03-01", "2026-05-31"), "2026年3月至5月", "from March to May 2026"),
        (("2026-09-01", "2026-09-15"), "2026年9月1日至15日", "from 1 to 15 September 2026"),
    ],
)
def test_by_when_something_will_be_done(days: tuple[str, str], zh: str, en: str) -> None:
    for locale, shown in (("zh_Hans", zh), ("en", en)):
        assert formats(locale).by(span(*days)) == shown


@pytest.mark.parametrize(
    ("locale", "text", "shown"),
    [
        ("zh_Hans", "“千村”行动", "“‘千村’行动”"),
        ("zh_Hant", "「千村」行動", "「『千村』行動」"),
        ("zh_Hant", "“千村”行動", "「『千村』行動」"),
        ("zh_Hant", "科技改變‘生活’", "「科技改變『生活』」"),
        ("en", "“Villages” prize", "“‘Villages’ prize”"),
        ("en", 'The "Villages" prize', "“The ‘Villages’ prize”"),
        ("en", "The villagers’ prize", "“The villagers’ prize”"),
    ],
)
def test_quotation_marks_within_others_are_the_inner_ones(locale: str, text: str, shown: str) -> None:
    assert formats(locale).quote(text) == shown
