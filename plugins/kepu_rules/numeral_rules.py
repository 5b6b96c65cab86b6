"""Numbers and dates by GB/T 15835—2011, numbers of papers by GB/T 9704—2012, and approximations said twice."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject
from kepu_rules.searching import HANZI, Pattern, found

_HANZI_NUMERALS: Final = "一二三四五六七八九十"

_large = Pattern(
    r"(?<![\d.])(\d{1,8})亿(\d{1,4})万|(?<![\d.])(\d{1,8})万([1-9])千(?!米|克|瓦|焦|帕|卡)", needs=("亿", "千")
)


def _large_numbers(subject: Subject) -> Iterator[Finding]:
    for field, match in _large.matches(subject):
        if match[1]:
            right = f"{(Decimal(match[1]) + Decimal(match[2]) / 10_000).normalize():f}亿"
        else:
            right = f"{(Decimal(match[3]) + Decimal(match[4]) / 10).normalize():f}万"
        yield found(field, match, N_("a large number takes one unit alone"), right)


_short_year = Pattern(
    r"[0129]\d年(?<![\d.．第世:：]\d\d年)(?:(?<=0\d年)(?!级)|(?<!0\d年)(?=\d{1,2}月|度(?![过假量])|[上下]半年))"
)


def _short_years(subject: Subject) -> Iterator[Finding]:
    for field, match in _short_year.matches(subject):
        century = "19" if match[0].startswith("9") else "20"
        yield found(field, match, N_("a year is written with all four digits"), century + match[0])


_mixed_date = Pattern(
    rf"年(?:(?<=\d{{4}}年)(?<!农历\d{{4}}年)[{_HANZI_NUMERALS}]{{1,2}}月(?![初三十五廿节])"
    rf"|(?<=[{_HANZI_NUMERALS}〇○零0０]{{4}}年)(?<![\d]{{4}}年)\d{{1,2}}月)"
    rf"|月(?<=\d月)[{_HANZI_NUMERALS}]{{1,3}}日",
    needs=("月",),
)
_zero = Pattern(
    rf"[一二](?<![{_HANZI_NUMERALS}〇○零\d].)[{_HANZI_NUMERALS}○零0０〇]{{3}}年", needs=("0", "零", "○", "０")
)
_ZEROS: Final = str.maketrans(dict.fromkeys("○零0０", "〇"))


def _mixed_dates(subject: Subject) -> Iterator[Finding]:
    for field, match in _mixed_date.matches(subject):
        # Words are looked for from the middle on, which is quick; the year has four characters.
        start = match.start() - (4 if match[0].startswith("年") else 1)
        yield Finding(field.path, N_("one date is written in one kind of numerals"), (), start, match.end())
    for field, match in _zero.matches(subject):
        right = match[0].translate(_ZEROS)
        if right != match[0]:
            yield found(field, match, N_("in a year in hanzi the zero is 〇"), right)


_PAIRS: Final = {*map("、".join, pairwise(_HANZI_NUMERALS[:9])), "三、五"}
_estimate = Pattern(
    rf"[{_HANZI_NUMERALS}]、[{_HANZI_NUMERALS}](?<![第{_HANZI_NUMERALS}、]...)"
    "(?=[十百千万]?(?:天|个(?!方面|问题|字)|岁|位|年(?!级)|人(?!称)))"
)


def _estimates(subject: Subject) -> Iterator[Finding]:
    for field, match in _estimate.matches(subject):
        if match[0] in _PAIRS:
            text = N_("an estimate by two neighbouring numbers has no 、 between them")
            yield found(field, match, text, match[0].replace("、", ""))


_AMOUNT: Final = r"\d[\d,，.]{0,15}[万亿]?"
_NOUN: Final = f"[{HANZI}%％]{{0,4}}?"
_redundant = Pattern(
    rf"(?:大约|约|将近|接近|近){_AMOUNT}{_NOUN}(?:左右|上下)(?![两手邻侧逢对各开摇脑岸腿臂眼耳级班楼联打翻])"
    rf"|(?:大约|约){_AMOUNT}[余多](?!年|个月|天|元化)"
    rf"|(?:将近|接近|近){_AMOUNT}[余多](?!年|个月|月|天|日|周|个小时|小时)"
    rf"|(?:超过|超|逾|突破){_AMOUNT}(?:[余多](?!年|元)|{_NOUN}以上)"
    rf"|(?:不少于|不低于|至少){_AMOUNT}{_NOUN}以上"
    rf"|(?<![\d,，.]){_AMOUNT}[余多]{_NOUN}(?:以上|左右|上下)(?![两手邻侧逢对各开摇脑岸腿臂眼耳级班楼])",
    needs=("余", "多", "左右", "上下", "以上"),
)


def _redundancies(subject: Subject) -> Iterator[Finding]:
    for field, match in _redundant.matches(subject):
        yield found(field, match, N_("that the number is not exact is said twice; one word is enough"))


_number_of_paper = Pattern(
    rf"(?<=[{HANZI}])(?P<open>[\[［【(（])(?P<year>20\d\d|19\d\d)(?P<close>[\]］】)）])(?=第?\d{{1,4}}号)",
    needs=("号",),
)
_padded = Pattern(r"〔(?:20|19)\d\d〕(?:第\d+|0\d+)号", needs=("〔",))
_without_year = Pattern("(?:府办发|府发|政办发|政发|委办发|委发|党发|科协发|街办发)第?\\d{1,4}号", needs=("号",))


def _numbers_of_papers(subject: Subject) -> Iterator[Finding]:
    for field, match in _number_of_paper.matches(subject):
        text = N_("the year in the number of a paper stands in 〔〕")
        yield found(field, match, text, f"〔{match['year']}〕", safe=True)
    for field, match in _padded.matches(subject):
        right = re.sub("〕(?:第|0+)+", "〕", match[0])
        yield found(field, match, N_("the number of a paper has no 第 and no zeros before it"), right)
    for field, match in _without_year.matches(subject):
        yield found(field, match, N_("the number of a paper lacks its year, as in 〔2025〕"))


_grouped = Pattern(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])", needs=(",",))
_plain = Pattern(r"(?<![\d,.:：—\-])\d{4,7}(?=[余多]?(?:人次|人|份|册|元|户|张|条|件|平方米))")


def _groupings(subject: Subject) -> Iterator[Finding]:
    grouped = next((match for _, match in _grouped.matches(subject)), None)
    if grouped is None:
        return
    # Once is enough: where one figure is so, mostly many are.
    for field, match in _plain.matches(subject):
        text = N_("elsewhere in this record thousands are set apart, as in {number}")
        yield found(field, match, text, f"{int(match[0]):,}", number=grouped[0])
        return


CHECKS: Final = (
    Check(
        "mixed-grouping",
        "info",
        N_("Thousands set apart in one place of a record's words (3,000) and not in another (3000)."),
        N_("GB/T 15835—2011: what is of one kind is written in one way (同类别同形式)."),
        _groupings,
    ),
    Check(
        "large-number",
        "warning",
        N_("Large numbers in two units: 3亿4500万."),
        N_("GB/T 15835: 3.45亿, in one unit."),
        _large_numbers,
    ),
    Check(
        "short-year",
        "warning",
        N_("Years of two digits: 08年."),
        N_("GB/T 15835—2011: a year in figures has all four."),
        _short_years,
    ),
    Check(
        "mixed-date",
        "warning",
        N_("Dates in two kinds of numerals (二〇二五年8月), and a zero in hanzi that is not 〇."),
        N_("GB/T 15835—2011: what is of one kind is written in one way (同类别同形式)."),
        _mixed_dates,
    ),
    Check(
        "estimate",
        "info",
        N_("、 within an estimate: 三、五天 for 三五天."),
        N_("GB/T 15834—2011, 4.5.3.4; GB/T 15835—2011, 4.2."),
        _estimates,
    ),
    Check(
        "redundant-approximation",
        "warning",
        N_("An approximation said twice: 约300人左右, 近300余人, 超过300人以上; 300多人次 is right."),
        N_("GB/T 15835—2011, 4.3, allows 余, 多, 约 with figures; each says by itself that the number is not exact."),
        _redundancies,
    ),
    Check(
        "paper-number",
        "warning",
        N_("Numbers of papers with other brackets than 〔〕, with 第 or zeros, or without a year."),
        N_("GB/T 9704—2012, 7.2.5."),
        _numbers_of_papers,
    ),
)
