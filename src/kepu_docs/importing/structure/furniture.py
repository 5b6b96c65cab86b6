"""What stands around the summaries of a file, such as a web page's furniture, and where one ends and the next begins.

The furniture is that of the pages on which samples are published: the page's title, the line with time
and source, the editor's lead, the list of related articles. Nothing is dropped that has not the very shape of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kepu_docs.errors import N_, Message
from kepu_docs.importing.lines import Line, Note
from kepu_docs.importing.structure.numbering_marks import RANKS, mark_of
from kepu_docs.typography.numerals import number_of

_LONGEST_TITLE: Final = 60
_LONGEST_LINK: Final = 60
_MOST_BEFORE: Final = 20
"""Lines among which a list of contents begins."""
_FEWEST: Final = 2
"""Of numbered titles that make several summaries of a file."""

_KINDS: Final = "总结|總結|小结|小結|汇报|匯報|彙報|报告|報告|述职|简报|簡報|情况|情況|材料"
_SAMPLE: Final = "范文|範文|例文|模板|样本"

_title_like = re.compile(rf"[^。！？!?；;]{{0,50}}(?:{_KINDS})(?:{_SAMPLE})?(?:[（(][^（()）]{{1,20}}[)）])?")
_numbered_title = re.compile(
    rf"(?P<title>[^。！？!?；;，,]{{2,50}}(?:{_KINDS}|{_SAMPLE}))[（(]?(?P<number>[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})[)）]?"
)
_labelled = re.compile(
    rf"[【\[（(]?(?:第(?P<nth>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}})篇|(?:篇|文章|{_SAMPLE})(?P<number>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,3}}))"
    r"[】\])）]?(?:(?:[：:、\s]\s*|(?<=[】\])）]))(?P<title>[^。！？!?；;]{2,60})|[：:])?"
)
_page_title = re.compile(
    rf"[^。！？!?；;]{{2,50}}(?:[（(](?:精选|精選|通用|合集|集锦|集錦|大全|优秀|優秀|最新|汇总|彙總|必备|推荐|热门|实用)?"
    rf"\s*[0-9０-９一二三四五六七八九十]{{1,3}}\s*篇[)）]|[0-9]{{1,2}}篇|(?:{_SAMPLE})(?:大全|合集|集锦|精选)?)"
)
_site_title = re.compile(
    r"[^。！？!?；;]{2,50}\s*[-_—–|｜]+\s*[^。！？!?；;，,]{1,16}(?:网|網|网站|文库|資訊|资讯)|[^。！？!?；;，,]{2,50}\.(?:docx?|wps|pdf|txt)"
)
_crumbs = re.compile(
    r"(?:您|你)?(?:当前|當前|现在|所在|現在)?的?(?:位置|所在位置)\s*[:：].{1,120}"
    r"|(?:网站|網站)?首[页頁](?:[\s\u3000|｜>»›/·]++[^\s，。；\u3000|｜>»›/·]{2,10}+){2,20}"
)
_dated = re.compile(r"(?:发布|發布|更新|发表)?(?:时间|時間|日期)\s*[:：]\s*((?:19|20)[0-9]{2})")
_meta = re.compile(
    r"(?:(?:发布|發布|更新|发表)?(?:时间|時間|日期)|来源|來源|作者|编辑|編輯|责任编辑|浏览|瀏覽|点击|點擊|阅读|字号|字體|字体|分类|栏目)\s*[:：].{0,120}"
)
_key = re.compile(
    r"(?:时间|時間|日期|来源|來源|作者|编辑|編輯|浏览|瀏覽|点击|點擊|阅读|閱讀|字号|栏目|分类|人气|热度)\s*[:：]"
)
_contents = re.compile(r"目[\s\u3000]*[录錄]")
_leader = re.compile(r"(?<![\s\u3000.…·])[\s\u3000.…·]*+[0-9]{0,3}$")
_of_a_page = re.compile(r"我要投稿|点击|浏览次数|责任编辑|字号|分享到|打印本页|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?")
_lead = re.compile(
    r"小编|小編|欢迎(?:大家)?(?:阅读|参考|借鉴|收藏)|歡迎(?:大家)?(?:閱讀|參考)|供(?:大家|您|各位)?(?:参考|參考|借鉴)|希望(?:能)?对(?:大家|您|你)"
)
_related = re.compile(r"【?[^【】。]{0,40}】?的?(?:相关|相關|推荐|推薦|热门)(?:文章|阅读|閱讀|范文|推荐|链接)\s*[:：]?")
_foot = re.compile(
    r".{0,40}(?:转载请注明|轉載請註明).{0,40}|本文(?:来源|地址|链接|网址|關鍵|关键词)[:：].{1,120}|(?:文档为doc格式|搜索文档|下载文档)"
    r"|(?:上一篇|下一篇|上一页|下一页|返回顶部|返回首页|打印本页|关闭窗口|联系我们|关于我们|网站地图|免责声明|友情链接|责任编辑|我要投稿|版权所有|分享到|点击下载|Copyright)[:：©\s]?.{0,80}"
)
_page_number = re.compile(
    r"[—–\-－~～·\s]++[0-9０-９]{1,3}[—–\-－~～·\s]++|第\s*+[0-9]{1,3}\s*+页(?:\s*+(?:[,，/]\s*+)?共\s*+[0-9]{1,3}\s*+页)?|[Pp]age\s+[0-9]{1,3}(?:\s+of\s+[0-9]{1,3})?"
)

_WHY: Final = {
    "contents": N_("a list of contents, whose headings stand in the text"),
    "page title": N_("the title of a web page"),
    "page line": N_("a line of a web page"),
    "editor": N_("the words of a web page's editor"),
    "related": N_("a web page's list of related articles"),
    "page number": N_("a page number"),
    "label": N_("the number of a summary among several"),
    "before": N_("it stands before the first of several summaries"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one summary. ``year`` is the year in which the web page says that it was published."""

    lines: tuple[Line, ...]
    stripped: tuple[Note, ...] = ()
    year: int | None = None


def is_title(text: str) -> bool:
    """Tell whether a line may be the title of a summary."""
    return len(text) <= _LONGEST_TITLE and _title_like.fullmatch(text) is not None and not _page_title.fullmatch(text)


def ends_as_title(text: str) -> bool:
    """Tell whether a line may be the last of a title."""
    return len(text) <= _LONGEST_TITLE and _title_like.fullmatch(text) is not None


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """Return the summaries of a file, at least one, each with what was stripped around it."""
    stripped: list[Note] = []
    year = next((int(found[1]) for line in lines[:20] if (found := _dated.match(line.text))), None)
    kept = _without_related(_without_page_numbers(lines, stripped), stripped)
    kept = _without_contents(kept, stripped)
    begins = _begins(kept)
    if not begins:
        kept = _without_head(kept, stripped)
        return [Piece(part, tuple(stripped) if not at else (), year) for at, part in enumerate(_by_titles(kept))]
    head = kept[: begins[0]]
    rest = _without_head(head, stripped)
    stripped += [_note(line, "page title" if _page_title.fullmatch(line.text) else "before") for line in rest]
    parts: list[Piece] = []
    for at, after in zip(begins, [*begins[1:], len(kept)], strict=True):
        part = _relabelled(kept[at:after], stripped)
        parts.append(Piece(tuple(part), tuple(stripped), year))
        stripped = []
    return parts


def _note(line: Line, why: str) -> Note:
    return Note(line.place, line.shown, Message(_WHY[why]))


def _without_page_numbers(lines: Sequence[Line], stripped: list[Note]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        if line.table is None and len(line.text) <= 30 and _page_number.fullmatch(line.text):
            stripped.append(_note(line, "page number"))
        else:
            kept.append(line)
    return kept


def _without_related(lines: list[Line], stripped: list[Note]) -> list[Line]:
    """Drop the list of related articles and the foot of a page, which end the file."""
    end = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if line.table is not None or line.number or len(line.text) > _LONGEST_LINK:
            break
        if _related.fullmatch(line.text) or (_foot.fullmatch(line.text) and end == at + 1):
            end = at
        elif line.text.endswith(("。", "！", "？", "；")):
            break
    if end == len(lines):
        return lines
    stripped += [_note(line, "related") for line in lines[end:]]
    kept = lines[:end]
    # An editor's last word stands after the text, too.
    while kept and _lead.search(kept[-1].text) and len(kept[-1].text) < 200 and mark_of(kept[-1].shown) is None:
        stripped.append(_note(kept.pop(), "editor"))
    return kept


def _without_contents(lines: list[Line], stripped: list[Note]) -> list[Line]:
    """Drop a list of contents: below its title at least two lines that all stand in the text again."""
    begin = next((at for at, line in enumerate(lines[:_MOST_BEFORE]) if _contents.fullmatch(line.shown)), None)
    if begin is None:
        return lines
    end = begin + 1
    later = Counter(line.shown for line in lines[end:] if line.table is None)
    while end < len(lines) and lines[end].table is None:
        shown = lines[end].shown
        named = _leader.sub("", shown)
        # A line whose words stand nowhere else is no entry.
        if not named or later[named] < (2 if named == shown else 1):
            break
        later[shown] -= 1
        end += 1
    if end - begin <= _FEWEST:
        return lines
    stripped += [_note(line, "contents") for line in lines[begin:end]]
    return lines[:begin] + lines[end:]


def _without_head(lines: Sequence[Line], stripped: list[Note]) -> list[Line]:
    """Drop what a web page has above the text: its title, time and source, the editor's lead."""
    kept: list[Line] = []
    texts = [line.text for line in lines]
    is_page = any(_is_page_line(text) for text in texts[:8]) or any(
        _page_title.fullmatch(text) or _site_title.fullmatch(text) for text in texts[:3]
    )
    for at, line in enumerate(lines):
        if mark_of(line.shown) is not None or len(kept) > 3:
            kept += lines[at:]
            break
        if line.table is None and _is_page_line(line.text):
            stripped.append(_note(line, "page line"))
        elif is_page and (_page_title.fullmatch(line.text) or (_site_title.fullmatch(line.text) and at < 3)):
            stripped.append(_note(line, "page title"))
        elif is_page and _lead.search(line.text):
            stripped.append(_note(line, "editor"))
        elif is_page and line.text in texts[at + 1 : at + 8]:
            stripped.append(_note(line, "page title"))
        else:
            kept.append(line)
    return kept


def _is_page_line(text: str) -> bool:
    if _crumbs.fullmatch(text):
        return True
    return _meta.fullmatch(text) is not None and (
        _of_a_page.search(text) is not None or len(_key.findall(text)) >= _FEWEST
    )


def _begins(lines: Sequence[Line]) -> list[int]:
    """Return where the numbered summaries of a file begin: at 工作总结1, 工作总结2 …, or at 篇一, 篇二 …."""
    for shape in (_numbered_title, _labelled):
        found: list[int] = []
        for at, line in enumerate(lines):
            if line.table is not None or len(line.text) > _LONGEST_TITLE + 10:
                continue
            match = shape.fullmatch(line.text)
            if match and _number(match) == len(found) + 1:
                found.append(at)
        if len(found) >= _FEWEST:
            return found
    return []


def _number(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    return number_of(groups.get("number") or groups.get("nth") or "")


def _relabelled(lines: Sequence[Line], stripped: list[Note]) -> list[Line]:
    """Return the lines of a summary without the label 篇一： before its title, on its line or on one of its own."""
    line, *rest = lines
    match = _labelled.fullmatch(line.text)
    if match and match["title"]:
        at = match.start("title")
        stripped.append(Note(line.place, line.text[:at], Message(_WHY["label"])))
        return [replace(line, text=match["title"]), *rest]
    if match and rest and rest[0].table is None and is_title(rest[0].text):
        stripped.append(_note(line, "label"))
        return rest
    return list(lines)


def _by_titles(lines: Sequence[Line]) -> Iterable[tuple[Line, ...]]:
    """Yield the summaries of a file that only their titles part: behind each the outline begins anew."""
    begin = 0
    marks = [mark_of(line.shown) if line.table is None else None for line in lines]
    seen: set[int] = set()
    following: list[tuple[int, int] | None] = [None] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        mark = marks[at]
        ranked = (RANKS[mark.style], mark.number) if mark and mark.style in RANKS else None
        following[at] = ranked or following[at + 1]
    for at, line in enumerate(lines):
        mark = marks[at]
        if mark is not None:
            if mark.style in RANKS:
                seen.add(RANKS[mark.style])
            continue
        first = following[at + 1]
        if (
            seen
            and line.table is None
            and is_title(line.text)
            and len(line.text) > 5
            and first is not None
            and first == (min(seen), 1)
        ):
            yield tuple(lines[begin:at])
            begin, seen = at, set()
    yield tuple(lines[begin:])
