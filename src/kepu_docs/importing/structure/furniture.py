"""The text around the summaries of a file, such as the furniture of a web page, and the borders between summaries.

The furniture is that of pages that publish samples: navigation, the page's title, the line with time and source, the
editor's lead, counters, the list of related articles, comments, copyright. Text is only removed if it has exactly this
form, or is above the title in a text that clearly comes from a web page.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kepu_docs.errors import N_, Message
from kepu_docs.importing.lines import TITLE, Line, Note
from kepu_docs.importing.structure.numbering_marks import RANKS, mark_of
from kepu_docs.importing.structure.page_lines import bare, is_page_line, may_be_page_line
from kepu_docs.typography.numerals import number_of

_LONGEST_TITLE: Final = 60
_LONGEST_LINK: Final = 60
_MOST_BEFORE: Final = 20
"""The number of first lines in which a list of contents may begin."""
_LONGEST_LEAD: Final = 400
_MOST_COMMENTS: Final = 60
"""The number of last lines in which a page's comments may begin."""
_OF_TEXTS: Final = RANKS["bracketed hanzi"]
"""The lowest rank of numbers that do not occur in lists of links."""
_FEWEST: Final = 2
"""The least numbered titles by which a file has several summaries."""

_KINDS: Final = "总结|總結|小结|小結|汇报|匯報|彙報|报告|報告|述职|简报|簡報|情况|情況|材料"
_SAMPLE: Final = "范文|範文|例文|模板|样本"

_title_like = re.compile(rf"[^。！？!?；;]{{0,50}}(?:{_KINDS})(?:{_SAMPLE})?(?:[（(][^（()）]{{1,20}}[)）])?")
_NTH: Final = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}"
_numbered_title = re.compile(
    rf"(?P<title>[^。！？!?；;，,]{{2,50}}(?:{_KINDS}|{_SAMPLE}))[（(]?(?P<number>{_NTH})[)）]?"
)
_labelled = re.compile(
    rf"[【\[（(]?(?:第(?P<nth>{_NTH})篇|(?:篇|文章|{_SAMPLE})(?P<number>{_NTH}))"
    r"[】\])）]?(?:(?:[：:、\s]\s*|(?<=[】\])）]))(?P<title>[^。！？!?；;]{2,60})|[：:])?"
)
_title_with_label = re.compile(
    rf"(?P<title>[^。！？!?；;，,【】]{{2,50}}?(?:{_KINDS}|{_SAMPLE})(?:格式|模板|参考)?)\s?"
    rf"(?:[【\[（(]\s?篇\s?(?P<number>{_NTH})[】\])）]|[【\[]第?(?P<counted>{_NTH})篇?[】\]]|篇\s?(?P<nth>{_NTH}))"
)
"""科普工作总结【篇1】, 科普工作总结 篇1."""
_page_title = re.compile(
    rf"[^。！？!?；;]{{2,50}}(?:[（(](?:[^（()）0-9]{{0,4}}?)\s*[0-9０-９一二三四五六七八九十]{{1,3}}\s*[篇则份][)）]|[0-9]{{1,2}}篇|(?:{_SAMPLE})(?:大全|合集|集锦|精选|汇编)?)"
    r"(?:[-_—|｜].{0,30})?[。.]?"
)
_site_title = re.compile(
    r"[^。！？!?；;]{2,50}\s*[-_—–|｜]+\s*[^。！？!?；;，,]{1,16}(?:网|網|网站|文库|資訊|资讯)|[^。！？!?；;，,]{2,50}\.(?:docx?|wps|pdf|txt)"
)
_issuer = re.compile(
    "[^。！？；，：]{2,40}(?:社区|街道|镇|乡|村|委员会|居委会|办事处|政府|科协|协会|中心|学校|小学|中学|局|办公室|公所)"
)
_document_number = re.compile("[〔\\[【（(](?:19|20)[0-9]{2}[〕\\]】）)]\\s?第?[0-9]{1,5}\\s?号|文件$")
_contents = re.compile(r"目[\s\u3000]*[录錄]")
_leader = re.compile(r"(?<![\s\u3000.…·])[\s\u3000.…·]*+[0-9]{0,3}$")
_lead = re.compile(
    "小编|欢迎(?:大家|您|各位)?(?:前来)?(?:阅读|参考|借鉴|收藏|浏览|下载|分享|查看)|供(?:大家|您|各位|你)?(?:参考|借鉴|学习)|希望(?:能|可以)?(?:对|给|为)(?:大家|您|你|各位)"
    "|感谢您的?(?:光临|阅读|浏览|使用|关注|支持)|我们的?网站|本站|(?:为|替|给)(?:您|大家|你们?)(?:精心|准备|整理|带来|收集|推荐|搜集|分享)|我们(?:特意)?(?:为|推荐)您"
    "|怎样写(?:好)?(?:工作)?(?:总结|报告)|(?:总结|报告)(?:应该|一般|该)?(?:怎么|如何)写|写(?:一[份篇])?(?:好)?总结(?:了)?吧|总结是(?:指|对|把|回顾|在)"
)
_editor = re.compile("小编|本站|感谢您的(?:光临|阅读|浏览|使用)|为您(?:准备|整理)")
"""Words that only the editor of a web page writes."""
_related = re.compile(
    r"[【\[]?[^【】。！？；]{0,40}[】\]]?的?(?:相关|推荐|热门|猜你喜欢|延伸|更多|同类|精彩|最新)的?(?:文章|阅读|范文|推荐|链接|内容|资讯|文档|热词|搜索|专题|标签)?\s*(?:[:：]|>>)?"
)
_comments = re.compile(
    r"[【\[]?(?:网友|最新|热门|全部|精彩|文档|用户|文章|发表|我要)?(?:评论|留言|跟帖)(?:区|列表|信息)?\s?[（(]?[0-9]{0,6}条?[)）]?[】\]]?[:：]?"
)
_year = re.compile("(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_page_number = re.compile(
    r"[—–\-－~～·\s]++[0-9０-９]{1,3}[—–\-－~～·\s]++|第\s*+[0-9]{1,3}\s*+页(?:\s*+(?:[,，/]\s*+)?共\s*+[0-9]{1,3}\s*+页)?|[Pp]age\s+[0-9]{1,3}(?:\s+of\s+[0-9]{1,3})?"
)

_WHY: Final = {
    "contents": N_("a table of contents; its headings are in the text"),
    "page title": N_("the title of a web page"),
    "page line": N_("a line of page information on a web page"),
    "editor": N_("words of a web page's editor"),
    "related": N_("a web page's list of related articles"),
    "page number": N_("a page number"),
    "label": N_("the number of a summary among several"),
    "before": N_("it is before the first of several summaries"),
    "above": N_("it is above the title of a web page"),
    "comments": N_("the comments on a web page"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one summary. ``year`` is the year of publication according to the web page."""

    lines: tuple[Line, ...]
    stripped: tuple[Note, ...] = ()
    year: int | None = None


def is_title(text: str) -> bool:
    """Return whether a line may be the title of a summary."""
    return len(text) <= _LONGEST_TITLE and _title_like.fullmatch(text) is not None and not _page_title.fullmatch(text)


def ends_as_title(text: str) -> bool:
    """Return whether a line may be the last line of a title."""
    return len(text) <= _LONGEST_TITLE and _title_like.fullmatch(text) is not None


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """Return the summaries of a file, at least one, each with what was stripped around it."""
    stripped: list[Note] = []
    year = _published(lines)
    kept = _without_end(_without_page_numbers(lines, stripped), stripped)
    kept = _without_contents(kept, stripped)
    kept = _without_page_lines(kept, stripped)
    is_page = len(kept) < len(lines) or any(_is_lead(line) and _editor.search(bare(line.text)) for line in kept)
    kept = _without_last_words(kept, stripped) if is_page else kept
    begins = _begins(kept)
    if not begins:
        kept = _without_head(kept, stripped, is_page=is_page)
        noted = _in_order(stripped)
        return [Piece(part, noted if not at else (), year) for at, part in enumerate(_by_titles(kept))]
    head = kept[: begins[0]]
    rest = _without_head(head, stripped, is_page=is_page)
    stripped += [_note(line, "page title" if _page_title.fullmatch(line.text) else "before") for line in rest]
    parts: list[Piece] = []
    for at, after in zip(begins, [*begins[1:], len(kept)], strict=True):
        part = _relabelled(kept[at:after], stripped)
        parts.append(Piece(tuple(part), _in_order(stripped), year))
        stripped = []
    return parts


def _in_order(notes: Iterable[Note]) -> tuple[Note, ...]:
    return tuple(sorted(notes, key=lambda note: note.place.line or 0))


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


def _published(lines: Sequence[Line]) -> int | None:
    """Return the year in which a page says that it was published."""
    for line in lines[:_MOST_BEFORE]:
        if line.table is None and (is_page_line(line.text) or may_be_page_line(line.text)):
            found = _year.search(line.text)
            if found:
                return int(found[1])
    return None


def _without_end(lines: list[Line], stripped: list[Note]) -> list[Line]:
    """Drop the end of a page: the editor's last words, related articles, comments, copyright."""
    end = _comments_begin(lines)
    stripped += [_note(line, "comments") for line in lines[end:]]
    kept = lines[:end]
    while True:
        end = _links_begin(kept)
        stripped += [_note(line, "related") for line in kept[end:]]
        kept = kept[:end]
        is_page = end < len(lines) or (kept and _is_lead(kept[-1]) and _editor.search(bare(kept[-1].text)))
        rest = _without_last_words(kept, stripped) if is_page else kept
        if len(rest) == len(kept):
            return kept
        kept = rest


def _without_last_words(lines: Sequence[Line], stripped: list[Note]) -> list[Line]:
    """Drop an editor's last words after the text."""
    kept = list(lines)
    while len(kept) > 1 and _is_lead(kept[-1]) and len(kept[-1].text) < _LONGEST_LEAD:
        stripped.append(_note(kept.pop(), "editor"))
    return kept


def _comments_begin(lines: Sequence[Line]) -> int:
    """Return where the comments of a page begin; there is no text after them."""
    for at in range(len(lines) - 1, max(len(lines) - _MOST_COMMENTS, -1), -1):
        rank = _rank(lines[at])
        if lines[at].table is not None or (rank is not None and rank <= _OF_TEXTS):
            break
        if _comments.fullmatch(bare(lines[at].text)):
            return at
    return len(lines)


def _links_begin(lines: Sequence[Line]) -> int:
    """Return where the list of related articles or the foot of a page begins, which ends the file."""
    end = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if line.table is not None or (line.number and _rank(line) is not None):
            break
        is_foot = end == at + 1 and is_page_line(line.shown)
        if is_foot or (
            len(line.text) <= _LONGEST_LINK and _related.fullmatch(bare(line.text)) and bare(line.text)[0] != "更"
        ):
            end = at
        elif len(line.text) > _LONGEST_LINK or line.text.endswith(("。", "！", "？", "；")):
            break
    return end


def _is_lead(line: Line) -> bool:
    return line.table is None and mark_of(line.shown) is None and _lead.search(bare(line.text)) is not None


def _rank(line: Line) -> int | None:
    """Return the rank of the number of a heading; ``None`` for no number or a bullet."""
    mark = mark_of(line.shown) if line.table is None else None
    return RANKS.get(mark.style) if mark is not None else None


def _without_page_lines(lines: Sequence[Line], stripped: list[Note]) -> list[Line]:
    """Drop lines that only web pages have, wherever they are."""
    kept: list[Line] = []
    for line in lines:
        if line.table is None and line.level is None and is_page_line(line.shown):
            stripped.append(_note(line, "page line"))
        else:
            kept.append(line)
    return kept


def _without_contents(lines: list[Line], stripped: list[Note]) -> list[Line]:
    """Drop a list of contents: below its title, at least two lines that all occur in the text again."""
    begin = next((at for at, line in enumerate(lines[:_MOST_BEFORE]) if _contents.fullmatch(line.shown)), None)
    if begin is None:
        return lines
    end = begin + 1
    later = Counter(line.shown for line in lines[end:] if line.table is None)
    while end < len(lines) and lines[end].table is None:
        shown = lines[end].shown
        named = _leader.sub("", shown)
        # A line whose words occur nowhere else is not an entry.
        if not named or later[named] < (2 if named == shown else 1):
            break
        later[shown] -= 1
        end += 1
    if end - begin <= _FEWEST:
        return lines
    stripped += [_note(line, "contents") for line in lines[begin:end]]
    return lines[:begin] + lines[end:]


def _without_head(lines: Sequence[Line], stripped: list[Note], *, is_page: bool) -> list[Line]:
    """Drop what a web page has above the text: navigation, its own title, a source, the editor's lead."""
    end = next((at for at, line in enumerate(lines) if _begins_text(line)), len(lines))
    is_page = is_page or any(
        _page_title.fullmatch(bare(line.text)) or _site_title.fullmatch(bare(line.text))
        for line in lines[: min(end, 3)]
    )
    if not is_page:
        return list(lines)
    titles = [at for at, line in enumerate(lines[:end]) if line.level == TITLE or is_title(line.text)]
    title = titles[-1] if titles else None
    kept: list[Line] = []
    for at, line in enumerate(lines[:end]):
        why = _why_left_out(lines, at, title)
        if why:
            stripped.append(_note(line, why))
        else:
            kept.append(line)
    for line in lines[end:]:
        # Some pages repeat their title within the text.
        if title is not None and line.text == lines[title].text and line.table is None and not line.number:
            stripped.append(_note(line, "page title"))
        else:
            kept.append(line)
    return kept


def _begins_text(line: Line) -> bool:
    """Return whether the text of a summary begins at a line: a table, a numbered heading, a sentence."""
    if line.table is not None or _rank(line) is not None:
        return True
    is_sentence = line.text.endswith(("。", "！", "？", "；", "：", ":")) or len(line.text) > _LONGEST_LINK
    return is_sentence and not _is_lead(line) and not _is_of_page(line)


def _is_of_page(line: Line) -> bool:
    text = bare(line.text)
    return (
        _page_title.fullmatch(text) is not None
        or _site_title.fullmatch(text) is not None
        or is_page_line(line.text)
        or may_be_page_line(line.text)
    )


def _why_left_out(lines: Sequence[Line], at: int, title: int | None) -> str:
    """Return why a line above the text is not part of it; nothing for a line that is."""
    line = lines[at]
    text = bare(line.text)
    if at == title or line.level == TITLE:
        return ""
    if _page_title.fullmatch(text) or _site_title.fullmatch(text):
        return "page title"
    if _is_lead(line):
        return "editor"
    if any(line.text == other.text for other in lines[at + 1 : at + 8]) or (
        title is not None and line.text == lines[title].text
    ):
        return "page title"
    if title is not None and at < title:
        is_title_line = at == title - 1 and _issuer.fullmatch(text)
        is_head = any(_document_number.search(each.text) for each in lines[at : min(at + 4, title)])
        return "" if is_title_line or is_head else "above"
    return "page line" if may_be_page_line(line.text) else ""


def _begins(lines: Sequence[Line]) -> list[int]:
    """Return where the numbered summaries of a file begin: at 工作总结1, 工作总结2 …, or at 篇一, 篇二 …."""
    for shape in (_numbered_title, _title_with_label, _labelled):
        found: list[int] = []
        after: int | None = None
        for at, line in enumerate(lines):
            if line.table is not None or len(line.text) > _LONGEST_TITLE + 10:
                continue
            match = shape.fullmatch(line.text)
            number = _number(match) if match else None
            # A page of a collection may continue where the previous page ended.
            if number is not None and number == (after or (1 if shape is not _title_with_label else number)):
                found.append(at)
                after = number + 1
        if len(found) >= (1 if shape is _title_with_label else _FEWEST):
            return found
    return []


def _number(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    return number_of(next((groups[name] for name in ("number", "nth", "counted") if groups.get(name)), ""))


def _relabelled(lines: Sequence[Line], stripped: list[Note]) -> list[Line]:
    """Return the lines of a summary without the label 篇一： before its title, on the same line or its own."""
    line, *rest = lines
    match = _title_with_label.fullmatch(line.text)
    if match:
        stripped.append(Note(line.place, line.text[match.end("title") :], Message(_WHY["label"])))
        return [replace(line, text=match["title"]), *rest]
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
    """Yield the summaries of a file that only their titles separate: after each title the outline begins again."""
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
