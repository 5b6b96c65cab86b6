"""The time that a sentence refers to where it states an amount: the summary's whole period, another, or one event."""

import re
from typing import Final, Literal, TypeAlias

Span: TypeAlias = Literal["whole", "other", "event", ""]
"""The summary's whole period, another time, one event; nothing if no word says so."""

_N: Final = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH: Final = rf"{_N}月(?!来|以来|至|到|[—\-~～])"
_OCCASION: Final = "[^，。；、：等0-9“”]{2,10}(?:日|周|节|月|季)"
_mention = re.compile(
    "(?P<other>去年|上年|上一年|前年|往年|历年|历次|历届|近年来|多年来|年来(?<=[二两三四五六七八九十几近]年来)|明年|下一年|来年"
    "|(?:成立|创建|建成|启用|开放|任职)以来|(?:二|两|三|四|五|[2-9])年(?:间|内|中))"
    rf"|(?P<event>{_MONTH}|本次|此次|这次|该次|本场|当[天日晚]|活动现场|活动中|本届|该活动|(?:日|周|月|节|假|暑假|寒假)(?:活动)?期间"
    rf"|(?:结合|借助|利用|以){_OCCASION}(?=[，”契]|为契机|活动)"
    "|(?:围绕|紧扣|以)[^，。；：]{1,20}主题(?!多样)"
    "|(?:开展|举办|组织|举行|召开|参加)(?:了|以)?“[^”]{2,30}”(?!等)[^，。；、]{0,10}?(?:活动|讲座|竞赛|比赛|演练|义诊|展))"
    "|(?P<half>[上下]半年)"
    "|(?P<whole>全年|年内|今年|本年|这一年|一年来)"
    "|(?P<number>(?:19|20)[0-9]{2})年"
)
_one_event = re.compile(
    rf"{_MONTH}{_N}日|“[^”]{{2,30}}”[^，。；、]{{0,10}}(?:活动|讲座|竞赛|比赛|演练|义诊|展)|(?:围绕|紧扣|以)[^，。；：]{{1,20}}主题"
    "|(?:科普日|科普月|科技周|活动周|宣传周|宣传月|纪念日|世界[^，。；]{1,8}日|[^，。；、]{1,6}节)(?:期间|活动|宣传|主题|系列|总结|小结|汇报|报告)"
)
_sum = re.compile("全年|累计|总计|共计|合计|总共|先后|共(?![同建享青产治商筑度迎创管用话植赴])")
_SEVERAL_YEARS: Final = re.compile("年来$")


class Times:
    """Finds the time that sentences of a summary refer to; ``period`` as records write it, nothing if not known."""

    def __init__(self, period: str, title: str) -> None:
        self._years = {int(year) for year in re.findall("(?<![0-9-])[0-9]{4}", period)}
        self._is_whole = not period or re.fullmatch("[0-9]{4}", period) is not None
        first, _, last = period.partition("-")
        if first and re.fullmatch("[0-9]{4}", last):
            self._years, self._is_whole = set(range(int(first), int(last) + 1)), False
        self._about_event = is_one_event(title)

    def span(self, text: str, before: Span) -> Span:
        """Return the time referred to at the end of a text; ``before`` is the time referred to before it."""
        span = before
        for found in _mention.finditer(text):
            span = self._of(found) or span
        return span

    def _of(self, found: re.Match[str]) -> Span:
        if found["event"]:
            return "" if self._about_event and not found["event"][0].isdigit() else "event"
        if found["half"]:
            return "other" if self._is_whole else "whole"
        if found["number"]:
            return "whole" if not self._years or self._years == {int(found["number"])} else "other"
        if found["other"]:
            return "whole" if len(self._years) > 1 and _SEVERAL_YEARS.search(found["other"]) else "other"
        return "whole" if len(self._years) < 2 else "other"


def is_one_event(heading: str) -> bool:
    """Return whether a heading names a single event."""
    return _one_event.search(heading) is not None


def is_sum(text: str) -> bool:
    """Return whether words say that an amount is a sum."""
    return _sum.search(text) is not None
