"""Headings and their text in one line: run in behind a full stop, glued without a mark, a whole summary in one line."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kepu_docs.importing.lines import Line
from kepu_docs.importing.structure.numbering_marks import mark_of
from kepu_docs.typography.numerals import number_of

_LONGEST_RUN_IN: Final = 26
_LONGEST_LEAD: Final = 60
_LONG_LINE: Final = 100
_LONGEST_CUT: Final = 40
_SHORTEST_CUT: Final = 4
_GLUED_FROM: Final = 24
"""A heading without a stop is looked at for glued text from this many characters on."""

_run_in = re.compile(r"([^。！？!?；;：:\s]{2,40})([。：:！？!?])[ \u3000]*(?=\S)")
_spaced = re.compile(r"([^。！？!?；;：:，,\s]{2,16}(?:[，,][^。！？!?；;：:，,\s]{2,12})?)[ \u3000]+(?=\S{6})")
_dotted = re.compile(r"([\u3400-\u9fff]{2,20}\.)(?=[\u3400-\u9fff“])")
_english = re.compile(r"([A-Z\u3400-\u9fff][^.!?:。！？；，]{1,60})([.:]) +(?=\S)")
_clause = re.compile(r"[^，,。；;：:]+")
_pairs: Final = ("“”", "（）", "《》", "()", "「」", "『』", "【】")

_SUBJECTS: Final = (
    "我们|我們|我社区|我社區|本社区|本社區|社区(?:成立|组织|開展|开展|结合|把|将|充分|利用|邀请|按照|专门|高度|始终|积极|坚持|通过|建立|投入|以|在)"
    "|一年来|一年來|一年中|近年来|今年|本年度|年内|年初|全年|为了|為了|为进一步|根据|根據|按照|结合|針對|针对|随着|隨著|本着|通过|依托|利用|围绕|因地制宜"
    "|在(?:上级|街道|区|市|县|社区|各级|党)|自(?:成立|开展)|截至|截止|目前|首先|定期|每月|每季度|先后|共(?:举办|开展|组织)|成立(?:了|由|以)"
)
_NOUNS: Final = (
    "工作|活动|活動|建设|建設|领导|領導|氛围|氛圍|意识|意識|知识|知識|水平|网络|網絡|機制|机制|制度|素质|素質|能力|保障|队伍|隊伍|阵地|陣地"
    "|宣传|宣傳|培训|培訓|力度|效果|成效|实效|设施|設施|服务|服務|经费|投入|载体|品牌|形式|内容|管理|责任|到位|落实|创新|发展|提高|提升|格局|作用"
)
_glue = re.compile(rf"(?<=.)(?:{_NOUNS})(?=(?:{_SUBJECTS}))")
_starts = re.compile(_SUBJECTS)
# What begins a sentence and no heading.
_sentence = re.compile(
    "我们|我們|我社区|我社區|本社区|本社區|社区(?!居民)|一年来|一年來|今年|本年度|全年|年内|年初|目前|先后|共|截至|截止"
)
_top = re.compile(r"(?:(?<=[。！？!?；;：:”」）)\s\u3000])|(?<=总结)|(?<=如下))([一二三四五六七八九十]{1,3})、(?=\S)")
_second = re.compile(r"(?<=[。！？!?；;：:”」）)\s\u3000])[（(]([一二三四五六七八九十]{1,3})[)）](?=\S)")
_titled = re.compile(r"([^。！？!?；;，,：:\s]{4,40}(?:总结|總結|汇报|报告|小结))[\s\u3000]+(?=\S)")
_signed = re.compile(
    r"(?<=[。！？])[^。！？!?；;，,：:\s]{0,40}[\s\u3000]*((?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)$"
)


def run_in(text: str, lead: int = 0) -> tuple[str, str] | None:
    """Return heading and body of a line whose heading runs in; ``lead`` characters of it are set apart.

    The heading keeps the mark that parts it, unless that is a full stop.
    """
    if 1 < lead <= _LONGEST_LEAD and lead < len(text):
        end = lead + 1 if text[lead] in "。：:！？" else lead
        head, body = text[:end].strip(), text[end:].strip()
        if body and head:
            return _unstopped(head), body
    found = _run_in.match(text)
    if found:
        head, mark = found[1], found[2]
        longest = 16 if mark in "：:" else _LONGEST_RUN_IN
        commas = len(re.findall("[，,]", head))
        if (
            len(head) <= longest
            and commas <= (0 if mark in "：:" else 1)
            and _paired(head)
            and not _sentence.match(head)
        ):
            return _unstopped(head + mark), text[found.end() :].strip()
    found = _dotted.match(text)
    if found:
        return found[1], text[found.end() :].strip()
    found = _english.match(text)
    if found:
        return found[1] + found[2], text[found.end() :].strip()
    found = _spaced.match(text)
    if found and re.search("[，,。；;]", text) and _paired(found[1]) and not found[1].isascii():
        return found[1], text[found.end() :].strip()
    return None


def _unstopped(head: str) -> str:
    return head.removesuffix("。")


def _paired(text: str) -> bool:
    return all(text.count(first) == text.count(last) for first, last in _pairs)


def cut(text: str, *, sure: bool) -> tuple[str, str] | None:
    """Return heading and text of a line in which nothing parts them, or only a comma does.

    With ``sure`` the line may be a heading as a whole: it is cut only where a noun that ends headings is followed at
    once by words that begin sentences.
    """
    if not sure or len(text) > _GLUED_FROM:
        for found in _glue.finditer(text, 0, _LONGEST_CUT + 10):
            end = found.end()
            if _SHORTEST_CUT <= end <= _LONGEST_CUT and _paired(text[:end]):
                return text[:end], text[end:]
    if sure:
        return None
    end = 0
    for found in _clause.finditer(text):
        if end and (len(found[0]) > 14 or _starts.match(found[0])):
            break
        if found.end() > _LONGEST_CUT or (end and found.end() == len(text)):
            break
        end = found.end()
    if end and end < len(text) - 1 and _paired(text[:end]) and text[end] in "，,：:；;":
        return text[:end], text[end + 1 :]
    return None


def glued(line: Line) -> Iterable[Line]:
    """Yield the parts of a line that holds several: a summary whose headings, or even all of it, stand in one line."""
    if len(line.text) < _LONG_LINE or line.level is not None or line.table is not None:
        yield line
        return
    cuts = _sequence(_top.finditer(line.text), line.text)
    seconds = list(_seconds(line.text, cuts))
    if not cuts and not (len(seconds) > 1 and mark_of(line.shown) is not None):
        yield line
        return
    title, signature = _titled.match(line.text), _signed.search(line.text)
    frame = [*([title.end()] if title else []), *([signature.start()] if signature else [])]
    ends = sorted({0, *frame, *cuts, *seconds, len(line.text)})
    column = line.place.column
    for begin, end in pairwise(ends):
        text = line.text[begin:end].strip(" \u3000")
        if text:
            place = line.place if column is None else replace(line.place, column=column + begin)
            yield Line(text, place, line.number if not begin else "", apart=line.apart and not begin)


def _sequence(found: Iterable[re.Match[str]], text: str) -> list[int]:
    """Return where 一、, 二、 … begin, if there are at least two, counted from the first on without a gap."""
    first = mark_of(text)
    count = first.number if first is not None and first.style == "hanzi" else 0
    cuts: list[int] = []
    for match in found:
        if number_of(match[1]) == count + 1:
            count += 1
            cuts.append(match.start())
    return cuts if count > 1 else []


def _seconds(text: str, cuts: list[int]) -> Iterable[int]:
    """Yield where （一）, （二） … begin in the parts of a line that is cut at ``cuts``."""
    count = 0
    at = 0
    for match in _second.finditer(text):
        while at < len(cuts) and cuts[at] < match.start():
            at += 1
            count = 0
        if number_of(match[1]) == count + 1:
            count += 1
            yield match.start()
