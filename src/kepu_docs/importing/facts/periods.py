"""The period of a summary: from its title, the day of its signature, its words about this year, or guessed."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kepu_docs.errors import N_, Message, Place
from kepu_docs.importing.facts.naming import Guess
from kepu_docs.importing.structure.elements import Text
from kepu_docs.reading.simplifying import simplified
from kepu_docs.reading.times import has_placeholder, period_of, year_of

_OPENING: Final = 3
"""The number of opening paragraphs in which a summary says which year it is about."""
_BEFORE_REPUBLIC: Final = 1911
_Y: Final = "(?P<year>(?:19|20)[0-9]{2})"
_named_papers = re.compile("《[^《》]{0,60}》")
_of_plan = re.compile("[0-9]{4}年?[—–\\-~～至][0-9]{4}年?(?=[^，。]{0,12}(?:规划|規劃|纲要|綱要|计划|計畫|計劃))")
_span_of_plan = re.compile(
    "[（(][0-9]{4}年?[—–\\-~～至][0-9]{4}年?[)）]|〔[0-9]{4}〕"
    "|[0-9]{4}年?[—–\\-~～至][0-9]{4}年?(?=[^，。]{0,12}(?:规划|纲要|计划))"
)
_DONE: Final = (
    "荣获|荣膺|被评|获评|评为|被授|获得|获批|成立|建成|创建|组建|落成|启用|被命名|命名为|挂牌|修订|颁布"
    "|印发|施行|通过验收|始建|搬迁|拆迁|撤村|合并"
)
_past = re.compile(
    r"(?:成立|始建|创建|组建|建成|落成|启用|创办|开办|修建|新建|建|设立|合并|搬迁|入住|竣工|设)于?(?:19|20)[0-9]{2}年"
    r"|(?:自|从|早在|截[至止])(?:民国)?(?:(?:19|20)[0-9]{2}|[0-9]{2,3})年|(?:19|20)[0-9]{2}年(?:起|以来|以前|之前|版)"
    rf"|(?:19|20)[0-9]{{2}}年[^。；0-9]{{0,16}}?(?:{_DONE})"
)
"""Years in which something was founded or won: 成立于2008年, 2012年荣获."""
_title_year = re.compile(rf"(?<![0-9A-Za-z]){_Y}(?![0-9A-Za-z年.\-/—])")
_republic_title = re.compile(r"(?<![0-9])(?P<year>[1-9][0-9]|1[0-9]{2})学?年")
_this_year = re.compile(
    r"(?:[本今]年?度?)[（(]\s?(?:民国)?(?P<year>(?:19|20)[0-9]{2}|1[0-9]{2})\s?(?:年度?)?[)）]"
    rf"|{_Y.replace('year', 'before')}年?[（(][本今]年"
)
_states = re.compile(
    rf"(?:^|[。！？；]|[^，。]{{0,6}}以来，)[ \u3000]*(?:在)?{_Y}年(?!1?[0-9]月|[一二三四五六七八九十]{{1,2}}月)"
    rf"|[将就把][^，。；0-9]{{0,12}}{_Y.replace('year', 'reported')}年[^，。；]{{0,30}}(?:总结|汇报|报告|小结)"
)
_year_in_text = re.compile(rf"(?<![0-9]){_Y}(?=年)")


def period_found(
    title: Text | None,
    texts: Sequence[Text],
    signed_on: datetime.date | None,
    signed: Text | None,
    year: int | None,
    place: Place,
) -> Guess:
    """Return the period as records write it: from the title, else the year on which signature and text agree.

    If neither is certain, it is a guess: from the day of signing, from the year that the text names most often, from
    the ``year`` in which the web page was published, or from today.
    """
    written = _of_title(title.text) if title is not None else ""
    if title is not None and written:
        return Guess(written, title.text, title.place)
    stated = next(_stated(texts), None)
    named = Counter(year for text in texts for year in _years(text.text))
    if signed_on is not None:
        return _signed(signed_on, signed, stated, named, place, texts)
    if stated is not None and (named[stated[0]] == 0 or stated[0] in (max(named), _most(named))):
        return Guess(stated[1], stated[2].text[:60], stated[2].place)
    note = _reason(title, texts)
    where = title or (texts[0] if texts else None)
    sentence, at = (where.text[:60], where.place) if where else ("", place)
    if named:
        often = _most(named)
        text = next(text for text in texts if often in _years(text.text))
        return Guess(str(often), text.text[:60], text.place, _why(note, often, N_("the text")))
    if year is not None:
        return Guess(str(year), sentence, at, _why(note, year, N_("the date of the web page")))
    today = datetime.datetime.now(tz=datetime.UTC).year
    return Guess(str(today), sentence, at, _why(note, today, N_("today's date, as there is no other")))


def _signed(
    day: datetime.date,
    signed: Text | None,
    stated: "tuple[int, str, Text] | None",
    named: Counter[int],
    place: Place,
    texts: Sequence[Text],
) -> Guess:
    """Return the year of a summary that was signed on a day; it is certain if the text also states it."""
    if stated is not None and stated[0] in (day.year, day.year - 1):
        return Guess(stated[1], stated[2].text[:60], stated[2].place)
    # A summary signed in January or February is about the year before.
    year = day.year - (day.month <= 2)
    sentence, at = (signed.text, signed.place) if signed else ("", place)
    if named and _most(named) == year:
        return Guess(str(year), sentence, at)
    return Guess(str(year), sentence, at, _why(_reason(None, texts), year, N_("the date of signing")))


def _of_title(title: str) -> str:
    """Return the period that a title names: 2024年, 2024社区科普工作总结, 113年社區科普工作報告."""
    plain = _of_plan.sub("", _named_papers.sub("", title))
    found = period_of(plain)
    if found:
        return found[0]
    match = _title_year.search(plain)
    if match and year_of(match["year"]):
        return match["year"]
    # 100年 may be an anniversary; where years are counted from 1912, the hanzi are Traditional.
    match = _republic_title.search(simplified(plain)) if simplified(plain) != plain else None
    year = int(match["year"]) + _BEFORE_REPUBLIC if match else 0
    return str(year) if year_of(str(year)) else ""


def _plain(text: str) -> str:
    """Return a text in simplified hanzi without years of other times: of plans, of prizes, of foundation."""
    text = simplified(text)
    for shape in (_named_papers, _span_of_plan, _past):
        text = shape.sub("", text)
    return text


def _stated(texts: Sequence[Text]) -> Iterator[tuple[int, str, Text]]:
    """Yield the years that a text says it is about, the surest first: number, form in records, and text."""
    for text in texts:
        found = _this_year.search(simplified(text.text))
        if found:
            year = int(found["year"] or found["before"])
            year += _BEFORE_REPUBLIC if year < 1000 else 0
            yield year, str(year), text
    for text in texts[:_OPENING]:
        plain = _plain(text.text)
        found = _states.search(plain)
        if found:
            written = found["year"] or found["reported"]
            at = found.start("year" if found["year"] else "reported")
            period = period_of(plain[at : at + 8])
            yield int(written), period[0] if period and "-" in period[0] else written, text


def _years(text: str) -> list[int]:
    return [int(found["year"]) for found in _year_in_text.finditer(_plain(text))]


def _most(named: Counter[int]) -> int:
    """Return the year that is named most often; of several, the latest."""
    return max(named, key=lambda year: (named[year], year))


def _reason(title: Text | None, texts: Sequence[Text]) -> str:
    """Return why the year is a guess, with gaps for the year and its origin."""
    if any(has_placeholder(text.text) for text in (*((title,) if title else ()), *texts)):
        return N_("there is a placeholder instead of the year; {year} was guessed from {source}")
    return N_("the text does not clearly state a year; {year} was guessed from {source}")


def _why(text: str, year: int, source: str) -> Message:
    return Message.of(text, year=year, source=Message(source))
