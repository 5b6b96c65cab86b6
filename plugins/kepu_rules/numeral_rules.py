"""Numbers and dates by GB/T 15835—2011, document numbers by GB/T 9704—2012, and doubled approximations."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from kepu_docs.plugin import N_, Check, Count, Finding, Record, Subject
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
        yield found(field, match, N_("a large number takes only one unit"), right)


_short_year = Pattern(
    r"[0129]\d年(?<![\d.．第世:：]\d\d年)(?:(?<=0\d年)(?!级)|(?<!0\d年)(?=\d{1,2}月|度(?![过假量])|[上下]半年))"
)


def _short_years(subject: Subject) -> Iterator[Finding]:
    for field, match in _short_year.matches(subject):
        century = "19" if match[0].startswith("9") else "20"
        yield found(field, match, N_("a year needs all four digits"), century + match[0])


_mixed_date = Pattern(
    rf"年(?:(?<=\d{{4}}年)(?<!农历\d{{4}}年)[{_HANZI_NUMERALS}]{{1,2}}月(?![初三十五廿节])"
    rf"|(?<=[{_HANZI_NUMERALS}〇○零0０]{{4}}年)(?<![\d]{{4}}年)\d{{1,2}}月)"
    rf"|月(?<=\d月)[{_HANZI_NUMERALS}]{{1,3}}日",
    needs=("月",),
)
_NO_ZEROS: Final = "○零0０oOｏＯ◯"
"""Characters that people type instead of the zero in years written in hanzi."""
_zero = Pattern(
    rf"[一二](?<![{_HANZI_NUMERALS}〇○零\d].)[{_HANZI_NUMERALS}{_NO_ZEROS}〇]{{3}}年", needs=tuple(_NO_ZEROS)
)
_ZEROS: Final = str.maketrans(dict.fromkeys(_NO_ZEROS, "〇"))
_digit_within = Pattern(
    rf"[一二](?<![{_HANZI_NUMERALS}〇○零\d第].)(?=[〇○零0{_HANZI_NUMERALS}])[{_HANZI_NUMERALS}〇○零0-9]{{1,2}}[1-9](?<=...[1-9])年(?<=[{_HANZI_NUMERALS}〇○零0-9]{{4}}年)"
)
_DIGIT_ZEROS: Final = str.maketrans("oO", "00")
_letter = Pattern(r"(?<![\dA-Za-z])2(?=[\d]{0,2}[oO])[\doO]{3}(?=年)", needs=("o", "O"))


def _mixed_dates(subject: Subject) -> Iterator[Finding]:
    for field, match in _mixed_date.matches(subject):
        # The search starts from the middle of the expression, which is quick; the year has four characters.
        start = match.start() - (4 if match[0].startswith("年") else 1)
        yield Finding(field.path, N_("a date is written in one kind of numerals"), (), start, match.end())
    for field, match in _zero.matches(subject):
        right = match[0].translate(_ZEROS)
        if right != match[0]:
            yield found(field, match, N_("in a year in Chinese numerals, the zero is 〇"), right)
    for field, match in _digit_within.matches(subject):
        yield found(field, match, N_("a date is written in one kind of numerals"))
    for field, match in _letter.matches(subject):
        right = match[0].translate(_DIGIT_ZEROS)
        yield found(field, match, N_("a letter is used for the zero of this year"), right, safe=True)


_PAIRS: Final = {*map("、".join, pairwise(_HANZI_NUMERALS[:9])), "三、五"}
_estimate = Pattern(
    rf"[{_HANZI_NUMERALS}]、[{_HANZI_NUMERALS}](?<![第{_HANZI_NUMERALS}、]...)"
    "(?=[十百千万]?(?:天|个(?!方面|问题|字)|岁|位|年(?!级)|人(?!称)))",
    needs=tuple(f"{numeral}、" for numeral in _HANZI_NUMERALS),
)


def _estimates(subject: Subject) -> Iterator[Finding]:
    for field, match in _estimate.matches(subject):
        if match[0] in _PAIRS:
            text = N_("no 、 between two neighbouring numbers that give an estimate")
            yield found(field, match, text, match[0].replace("、", ""))


_AMOUNT: Final = r"\d[\d,，.]{0,15}[万亿]?"
_NOUN: Final = f"[{HANZI}%％]{{0,4}}?"
_maybe_redundant = Pattern(
    rf"[约近过超逾破于少][有为达共是]?{_AMOUNT}.{{0,4}}?(?:[余多]|左右|上下|以上)|[余多].{{0,4}}?(?:以上|左右|上下)",
    needs=("余", "多", "左右", "上下", "以上"),
)
"""Matches in all that ``_redundant`` matches, and is compiled in a tenth of the time."""
_redundant = Pattern(
    rf"(?:大约|约|将近|接近|近)[有为达共是]?{_AMOUNT}{_NOUN}(?:左右|上下)(?![两手邻侧逢对各开摇脑岸腿臂眼耳级班楼联打翻])"
    rf"|(?:大约|约)[有为达共是]?{_AMOUNT}[余多](?!年|个月|天|元化)"
    rf"|(?:将近|接近|近)[有达]?{_AMOUNT}[余多](?!年|个月|月|天|日|周|个小时|小时)"
    rf"|(?:超过|超|逾|突破){_AMOUNT}(?:[余多](?!年|元)|{_NOUN}以上)"
    rf"|(?:不少于|不低于|至少){_AMOUNT}{_NOUN}以上"
    rf"|(?<![\d,，.]){_AMOUNT}[余多]{_NOUN}(?:以上|左右|上下)(?![两手邻侧逢对各开摇脑岸腿臂眼耳级班楼])"
)


def _redundancies(subject: Subject) -> Iterator[Finding]:
    if not _maybe_redundant.stands_in(subject.whole):
        return
    for field, match in _redundant.matches(subject):
        yield found(field, match, N_("two words say that the number is approximate; one is enough"))


_number_of_paper = Pattern(
    rf"(?<=[{HANZI}])(?P<open>[\[［【(（])(?P<year>20\d\d|19\d\d)(?P<close>[\]］】)）])(?=第?\d{{1,4}}号)",
    needs=tuple(f"{bracket}{century}" for bracket in "[［【(（" for century in (19, 20)),
)
_padded = Pattern(r"〔(?:20|19)\d\d〕(?:第\d+|0\d+)号", needs=("〔",))
_ISSUERS: Final = "府办发|府发|政办发|政发|委办发|委发|党发|科协发|街办发"
_without_year = Pattern(f"(?:{_ISSUERS})第?\\d{{1,4}}号", needs=tuple(_ISSUERS.split("|")))


def _numbers_of_papers(subject: Subject) -> Iterator[Finding]:
    for field, match in _number_of_paper.matches(subject):
        text = N_("the year in a document number is in 〔〕")
        yield found(field, match, text, f"〔{match['year']}〕", safe=True)
    for field, match in _padded.matches(subject):
        right = re.sub("〕(?:第|0+)+", "〕", match[0])
        yield found(field, match, N_("a document number has no 第 and no leading zeros"), right)
    for field, match in _without_year.matches(subject):
        yield found(field, match, N_("the document number has no year, as in 〔2025〕"))


_UNITS: Final = (
    "人次|户次|车次|台次|场次|人|份|册|元(?!旦|宵|月)|户|张|条|件|平方米|平方公里|公顷|亩|公斤|千克|吨|斤|公里|千米|米|小时|课时"
    "|场(?![馆地所景])|次|个(?!人|体)|块|套|株|棵|台|盒|袋|只|头|家(?!庭|园|长|乡)|篇|箱|辆|瓶|枚|支|盏|间|座|幅"
)
_grouped = Pattern(
    rf"(?<![\d,.])\d{{1,3}}(?:,\d{{3}})+(?![\d,])(?P<counts>(?:\.\d+)?[余多]?(?:{_UNITS}))?", needs=(",",)
)
# A number that may be a year counts as a number only if its unit leaves no doubt.
_plain = Pattern(
    r"(?<![\d,.:：—\-])(?:\d{4,7}(?=[余多]?(?:人次|人|份|册|元|户|张|条|件|平方米))"
    rf"|(?!(?:19|20)\d\d(?!\d))\d{{4,7}}(?=[余多]?(?:{_UNITS})))"
)


def _groupings(subject: Subject) -> Iterator[Finding]:
    grouped = next(_grouped.matches(subject), None)
    if grouped is None:
        return
    field, match = grouped
    plain = next((other[0] for _, other in _plain.matches(subject)), None)
    if plain is None and match["counts"]:
        plain = next((f"{count.value:.0f}" for count in _counts(subject) if count.value >= _FIRST_GROUPED), None)
    if plain is None:
        return
    # Once is enough: where one figure is so, mostly many are.
    text = N_("thousands have no separator elsewhere in this record, as in {number}")
    end = match.start("counts") if match["counts"] else match.end()
    words = field.text[match.start() : end]
    yield Finding(field.path, text, (("number", plain),), match.start(), end, words.replace(",", ""))


_FIRST_GROUPED: Final = 1_000
_TEN_THOUSAND: Final = 10_000
_LONGEST_APPROXIMATION: Final = 3
"""The most characters that a table cell has besides its number, as in 近50000元: in tables all numbers are in
figures."""
_many_digits = Pattern(r"\d{5}|\d,\d")
_in_scale = Pattern(rf"\d万[余多]?(?P<unit>{_UNITS})", needs=("万",))
_in_figures = Pattern(rf"(?<![\d,.])(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{5,9}})(?=[余多]?(?P<unit>{_UNITS}))")


def _scales(subject: Subject) -> Iterator[Finding]:
    if not _many_digits.stands_in(subject.whole):
        return
    scaled = {match["unit"]: match[0] for _, match in _in_scale.matches(subject)}
    for count in _counts(subject):
        if _is_scaled(count.value):
            scaled.setdefault(count.unit or "", f"{_in_ten_thousands(int(count.value))}{count.unit or ''}")
    if not scaled:
        return
    for field, match in _in_figures.matches(subject):
        value, before = int(match[0].replace(",", "")), scaled.get(match["unit"])
        is_cell = len(field.text) - len(match[0]) - len(match["unit"]) <= _LONGEST_APPROXIMATION
        if before and _is_scaled(value) and not is_cell:
            text = N_("large numbers are in 万 elsewhere in this record, as in {number}")
            yield found(field, match, text, _in_ten_thousands(value), number=before)


def _is_scaled(value: float) -> bool:
    """Return whether a number can be written in 万 with two decimals without loss, as kepu-docs writes it."""
    return value >= _TEN_THOUSAND and value % (_TEN_THOUSAND // 100) == 0


def _in_ten_thousands(value: int) -> str:
    return f"{(Decimal(value) / _TEN_THOUSAND).normalize():f}万"


def _counts(subject: Subject) -> Iterator[Count]:
    """Yield the counts among the facts of a record, which the document will show; an imported document has its own."""
    waiting: list[object] = [] if subject.outline else [subject.summary]
    while waiting:
        match waiting.pop():
            case Count() as count:
                yield count
            case Record() as record:
                waiting += record.__dict__.values()
            case tuple() as parts:
                waiting += parts
            case _:
                pass


CHECKS: Final = (
    Check(
        "mixed-grouping",
        "info",
        N_(
            "A thousands separator in one place (2,300册) and none in another (1800公斤), in the text or "
            "facts of a record."
        ),
        N_(
            "GB/T 15835—2011: write things of one kind in one way (同类别同形式); official documents use no "
            "thousands separator."
        ),
        _groupings,
    ),
    Check(
        "mixed-scale",
        "info",
        N_(
            "Large round numbers in digits (50000元) when others are in 万 (1.2万元), in the text or facts of a record."
        ),
        N_("GB/T 15835—2011: write things of one kind in one way (同类别同形式)."),
        _scales,
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
        N_("GB/T 15835—2011: a year in figures has all four digits."),
        _short_years,
    ),
    Check(
        "mixed-date",
        "warning",
        N_("A date in two kinds of numerals (二〇二五年8月), or a zero in a Chinese year that is not written 〇."),
        N_("GB/T 15835—2011: write things of one kind in one way (同类别同形式)."),
        _mixed_dates,
    ),
    Check(
        "estimate",
        "info",
        N_("、 in an estimate: 三、五天 for 三五天."),
        N_("GB/T 15834—2011, 4.5.3.4; GB/T 15835—2011, 4.2."),
        _estimates,
    ),
    Check(
        "redundant-approximation",
        "warning",
        N_("An approximation stated twice: 约300人左右, 近300余人, 超过300人以上; 300多人次 is right."),
        N_("GB/T 15835—2011, 4.3, allows 余, 多 and 约 with figures; each alone shows that the number is approximate."),
        _redundancies,
    ),
    Check(
        "paper-number",
        "warning",
        N_("Document numbers with brackets other than 〔〕, with 第 or leading zeros, or without a year."),
        N_("GB/T 9704—2012, 7.2.5."),
        _numbers_of_papers,
    ),
)
