"""What pattern rules share: each text of a record is searched once."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from kepu_docs.plugin import FieldText, Finding, Subject, WrittenHeading, WrittenNumber
from kepu_rules.scripts import characters_of, may_be_traditional, simplified_texts, traditional

HANZI: Final = r"\u3400-\u4dbf\u4e00-\u9fff"
"""The hanzi, for a character class of a regular expression."""

SURNAMES: Final = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董程"
    "曹袁邓鄧许許傅沈曾彭吕呂甲乙丙丁"
)
"""The most frequent surnames and those of anonymous people (甲某某), for a character class of a regular expression."""


def words_of(table: str) -> tuple[str, ...]:
    """Return the words of a table that is written as one text, separated by blanks."""
    return tuple(table.split())


Find = Callable[[Subject], Iterable[Finding]]


class Words:
    """Words that are looked for in all texts of a record together."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple((frozenset(word), word) for word in words)

    def stand_in(self, whole: str) -> bool:
        """Return whether one of the words is in ``whole``, which is :attr:`Subject.whole`."""
        # Most words have a character that the whole record lacks.
        known = characters_of(whole)
        return any(characters <= known and word in whole for characters, word in self._words)


class Pattern:
    """A regular expression that is compiled when it is first needed: that takes longer than to check a record with it.

    A text can only match if it contains one of ``needs``, which is quick to check.
    """

    def __init__(self, source: str, flags: int = 0, *, needs: tuple[str, ...] = ()) -> None:
        self._source = source
        self._flags = flags
        self._needs = Words(needs) if needs else None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        # A single text has no line breaks; the joined text has one at the end of each text.
        return re.compile(self._source, self._flags | re.MULTILINE)

    def match(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the match that begins at ``start``."""
        return self._compiled.match(text, start)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Return the match that is the whole text."""
        return self._compiled.fullmatch(text)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match between ``start`` and ``end``."""
        return self._compiled.search(text, start, end)

    def matches(self, subject: Subject) -> Iterator[tuple[FieldText, re.Match[str]]]:
        """Yield all matches in the texts of a record; usually there are none, which one search shows."""
        if not self.is_needed(subject.whole):
            return
        for field in subject.texts_at(self.places(subject.whole)):
            for match in self._compiled.finditer(field.text):
                yield field, match

    def places(self, whole: str) -> list[int]:
        """Return where matches begin and end in ``whole``.

        A match in the joined text may span two texts, and hide a match in one of them.
        """
        return [place for match in self._compiled.finditer(whole) for place in match.span()]

    def is_needed(self, whole: str) -> bool:
        """Return whether anything may match: whether ``whole`` contains what the pattern needs."""
        return self._needs is None or self._needs.stand_in(whole)

    def stands_in(self, whole: str) -> bool:
        """Return whether anything matches."""
        return self.is_needed(whole) and self._compiled.search(whole) is not None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield all matches."""
        return self._compiled.finditer(text)


def has_hanzi(text: str) -> bool:
    """Return whether a text has any hanzi."""
    return not text.isascii() and any("\u3400" <= sign <= "\u4dbf" or "\u4e00" <= sign <= "\u9fff" for sign in text)


class Wording(NamedTuple):
    """Words that are wrong together, and the correction for a part of them."""

    pattern: str
    """A regular expression; it begins with a literal character, which keeps the search quick."""
    old: str = ""
    new: str = ""


_literal = re.compile(r"[^\\^$.|?*+()\[\]{}]+")
_QUANTIFIERS: Final = ("?", "*", "+", "{")


class _Entry:
    """An entry of a table of wordings: the wording, and the words with which it begins."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        begin = _literal.match(wording.pattern)
        words = begin[0] if begin else ""
        self.begin = words[:-1] if wording.pattern.startswith(_QUANTIFIERS, len(words)) else words
        self.characters = frozenset(self.begin)
        self.pattern = Pattern(wording.pattern)


class Wordings:
    """A table of wordings; each is compiled when its first words are in a record."""

    def __init__(self, *table: Wording) -> None:
        self._table = table

    @cached_property
    def _each(self) -> tuple[_Entry, ...]:
        return tuple(map(_Entry, self._table))

    def matches(self, subject: Subject) -> Iterator[tuple[FieldText, int, int, str | None]]:
        """Yield field, start, end and correction of each match in the texts of a record."""
        whole = subject.whole
        if may_be_traditional(whole):
            plain = list(simplified_texts(subject))
            whole = "\n".join([text for _, text in plain])
            used = self._used(whole, frozenset(whole))
            fields: Iterable[tuple[FieldText, str]] = plain if used else ()
        else:
            used = self._used(whole, characters_of(whole))
            places = [place for each in used for place in each.pattern.places(whole)]
            fields = ((field, field.text) for field in subject.texts_at(places))
        for field, text in fields:
            for start, end, right in _found(used, text, field.text):
                yield field, start, end, right

    def _used(self, whole: str, characters: frozenset[str]) -> list[_Entry]:
        """Return the entries whose first words are in ``whole``, which has these characters."""
        return [each for each in self._each if each.characters <= characters and each.begin in whole]

    def rule(self, message: str, *, safe: bool = False) -> Find:
        """Return a rule that finds every wording of the table."""

        def find(subject: Subject) -> Iterator[Finding]:
            for field, start, end, right in self.matches(subject):
                yield Finding(field.path, message, (), start, end, right, safe and right is not None)

        return find


def _found(entries: Sequence[_Entry], text: str, shown: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield start, end and correction of each match in ``text``; where several match, that of the first entry.

    ``shown`` is the text as it was written: if that is in traditional hanzi, the correction is too.
    """
    coming = {each: match for each in entries if each.begin in text and (match := each.pattern.search(text))}
    while coming:
        first = min(coming, key=lambda entry: coming[entry].start())
        wording = first.wording
        start, end = coming[first].span()
        at = text.find(wording.old, start, end) if wording.old else -1
        if at < 0:
            yield start, end, None
        elif shown != text:
            yield start, end, shown[start:at] + traditional(wording.new) + shown[at + len(wording.old) : end]
        else:
            yield start, end, text[start:at] + wording.new + text[at + len(wording.old) : end]
        coming = {
            each: match
            for each, last in coming.items()
            if (match := last if last.start() >= end else each.pattern.search(text, end))
        }


def numbers_apart(subject: Subject) -> Iterator[WrittenHeading | WrittenNumber]:
    """Yield the numbers of a document's headings and points, which are not part of their texts."""
    yield from subject.outline
    yield from subject.points


def found(
    field: FieldText, match: re.Match[str], text: str, right: str | None = None, *, safe: bool = False, **values: object
) -> Finding:
    """Return the finding of the words that ``match`` matched."""
    return Finding(field.path, text, tuple(values.items()), match.start(), match.end(), right, safe)


_EVENT: Final = (
    "(?:科普|科技|宣传|宣傳|主题|主題|系列|活动|活動|读书|讀書|防灾|防災|环境|環境|健身|禁毒|爱眼|急救)(?:日|周|週|月)|活动周|活动月|宣传周|宣传月|竞赛|競賽|比赛"
    "|比賽|大赛|夏令营|夏令營|冬令营|冬令營|运动会|運動會|文化节|文化節|科技节|科技節|科普节|培训班|培訓班|讲座|講座|演练|演練|义诊|義診|展览|展覽|巡展|启动仪式"
    "|啟動儀式|主题活动|主題活動|专题活动|专场|專場|灯谜会|参观|參觀|沙龙|座谈会|分享会|游园会|宣讲会|报告会"
)
_REPORT: Final = "总结|總結|小结|小結|汇报|匯報|报告|報告|情况|情況|材料|简报|簡報|纪实|紀實|信息|新闻稿"
_one_activity = Pattern(
    rf"(?:{_EVENT}|进(?:社区|校园|家庭|楼栋|万家)[”’」》]?(?:宣传)?活动)[”’」》]?[^，。；]{{0,10}}(?:{_REPORT})"
    rf"|(?:社区|社區|街道|居委会|居委會|村)[^，。；]{{0,6}}(?:开展|開展|举办|舉辦|举行|舉行|召开|召開|启动|啟動)[^，。；]{{2,40}}$"
)
_a_year = Pattern("年度|全年|年终|年終|上半年|下半年|各类|各項|各项|历次")
_all_work = Pattern("工作(?:的)?(?:总结|總結|汇报|匯報|报告|報告|情况|情況|计划)")
_one_piece_of_work = Pattern(f"(?:{_EVENT})[”’」》]?(?:活动|活動|组织|宣传)?工作")


def is_about_one_activity(title: str | None) -> bool:
    """Return whether a title names one activity, such as 全国科普日, rather than all work of a period."""
    if title is None or _a_year.search(title) is not None or _one_activity.search(title) is None:
        return False
    return _all_work.search(title) is None or _one_piece_of_work.search(title) is not None
