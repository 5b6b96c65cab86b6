"""A heading and its text on one line: run in after a full stop, or glued without a mark between them."""

import re
from typing import Final

_LONGEST_RUN_IN: Final = 44
_LONGEST_NAMED: Final = 16
"""The most characters of a heading before a colon."""
_MOST_COMMAS: Final = 3
_LONGEST_LEAD: Final = 60
_LONGEST_CUT: Final = 40
_SHORTEST_CUT: Final = 4
_GLUED_FROM: Final = 24
"""A heading without a full stop is searched for glued text if it has at least so many characters."""

_run_in = re.compile(r"([^。！？!?；;：:\s]{2,60})([。：:！？!?])[ \u3000]*(?=\S)")
_spaced = re.compile(r"([^。！？!?；;：:，,\s]{2,16}(?:[，,][^。！？!?；;：:，,\s]{2,12})?)[ \u3000]+(?=\S{6})")
_dotted = re.compile(r"([\u3400-\u9fff]{2,20}\.)(?=[\u3400-\u9fff“])")
_english = re.compile(r"([A-Z\u3400-\u9fff][^.!?:。！？；，]{1,60})([.:]) +(?=\S)")
_clause = re.compile(r"[^，,。；;：:]+")
_pairs: Final = ("“”", "（）", "《》", "()", "「」", "『』", "【】")

_SUBJECTS: Final = (
    "我们|我們|我社区|我社區|本社区|本社區"
    "|社区(?:成立|组织|开展|结合|把|将|充分|利用|邀请|按照|专门|高度|始终|积极|坚持|通过|建立|投入|以|在|两委|党|书记|主任|干部|居委|工作人员|为|从|对)"
    "|社區(?:成立|組織|開展|結合|把|將|充分|利用|邀請|按照|專門|高度|始終|積極|堅持|透過|建立|投入|以|在|發展協會)"
    "|一年来|一年來|一年中|近年来|近年來|今年|本年度|年内|年初|全年|为了|為了|为进一步|根据|根據|按照|结合|針對|针对|随着|隨著|本着|通过|依托|利用|围绕|因地制宜"
    "|在(?:上级|街道|区|市|县|社区|各级|党)|自(?:成立|开展)|截至|截止|目前|首先|定期|每月|每季度|先后|共(?:举办|开展|组织)|成立(?:了|由|以)"
)
_NOUNS: Final = (
    "工作|活动|活動|建设|建設|领导|領導|氛围|氛圍|意识|意識|知识|知識|水平|网络|網絡|機制|机制|制度|素质|素質|能力|保障|队伍|隊伍|阵地|陣地"
    "|宣传|宣傳|培训|培訓|力度|效果|成效|实效|设施|設施|服务|服務|经费|投入|载体|品牌|形式|内容|管理|责任|到位|落实|创新|发展|提高|提升|格局|作用"
    "|情况|情況|明显|明顯|显著|顯著|突出|有力|扎实|丰富|健全|完善|任务|目标|体系|特色|打算|思路|计划|之处|体会|做法"
)
_glue = re.compile(rf"(?<=.)(?:{_NOUNS})(?=(?:{_SUBJECTS}))")
_starts = re.compile(_SUBJECTS)
# Headings that are known as a whole: text directly after one is its text.
_PLAN: Final = "(?:下一?步|今后|明年|下一?年度?|来年)的?(?:工作)?(?:打算|计划|安排|思路|设想|努力方向)"
_known = re.compile(
    f"(?:(?:工作中?)?存在的?(?:主要)?(?:问题|不足|困难)|不足之处|{_PLAN}|(?:基本|总体|主要工作)情况|(?:主要)?工作成效"
    f"|主要(?:做法|成效|工作|经验|体会))(?:[和与及](?:主要)?(?:问题|不足之处|不足|困难|建议|{_PLAN}))?"
)
_known_goes_on = re.compile("[和与及的、，,是：:。；（(有]|方面|情况|如下|部分")
# Words that begin a sentence but not a heading.
_sentence = re.compile(
    "我们|我們|我社区|我社區|本社区|本社區|社区(?!居民|教育|科普|文化|讲座|活动|服务|宣传|治理|环境|建设|卫生|课堂|学校)|一年来|一年來|今年|本年度|全年|年内|年初|目前|先后|共(?!建|享|同|产|治|筑|创|谋)|截至|截止"
    "|(?:[0-9]{4}年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:[0-9份，上中下至—]|$)"
)
# Words that state that something was done, or how much: a sentence, wherever they are.
_stated = re.compile(
    "(?<![为為除])了(?![解然望却])"
    "|[0-9０-９][余餘多几]?(?:人|名|场|場|次|份|期|册|冊|张|張|条|條|块|塊|万|萬|亩|户|戶)"
    "|(?:共|累计|累計)(?:有|计|[举舉]办|[开開]展|发放)"
)
_UNIT: Final = "人次|[人名位个個场場次期份册冊本条條块塊张張幅处處间間支项項户戶元天部篇件台套株栋棟]"
_AMOUNT: Final = (
    r"[约約近共超]?[过過]?(?:[0-9０-９][0-9０-９,，.]*+[百千万萬亿]?[余餘多几]?[\u3400-\u9fff㎡%％]{0,4}"
    rf"|[一二两三四五六七八九十百千万萬]++[余餘多几]?(?:{_UNIT}))"
)
_data = re.compile(
    rf"[^。！？；：:\s]{{1,24}}\s?[：:]\s?{_AMOUNT}(?:\s?[，,、；;（(]\s?{_AMOUNT}[)）]?){{0,4}}[。；;，,]?"
)


def run_in(text: str, lead: int = 0) -> tuple[str, str] | None:
    """Return heading and body of a line with a run-in heading; the first ``lead`` characters are highlighted.

    The heading ends at the first full stop, and keeps any other mark that separates it from its text.
    """
    if 1 < lead <= _LONGEST_LEAD and lead < len(text):
        end = lead + 1 if text[lead] in "。：:！？" else lead
        head, body = text[:end].strip(), text[end:].strip()
        if body and head:
            return _unstopped(head), body
    found = _run_in.match(text)
    if found and _may_head(found[1], found[2]):
        return _unstopped(found[1] + found[2]), text[found.end() :].strip()
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


def _may_head(head: str, mark: str) -> bool:
    """Return whether the text before the first full stop of a line reads as a heading."""
    commas = len(re.findall("[，,]", head))
    if not _paired(head):
        return False
    if mark in "：:":
        return len(head) <= _LONGEST_NAMED and not commas and not _sentence.match(head)
    return len(head) <= _LONGEST_RUN_IN and commas <= _MOST_COMMAS and not states(head)


def states(text: str) -> bool:
    """Return whether a text reads as a sentence about what was done or when, rather than as a heading."""
    return _sentence.match(text) is not None or _stated.search(text) is not None


def is_data(text: str) -> bool:
    """Return whether a text is a name with its amount, as in a form: ``发放宣传资料：3000份``."""
    return len(text) <= 80 and _data.fullmatch(text) is not None


def _unstopped(head: str) -> str:
    return head.removesuffix("。")


def _paired(text: str) -> bool:
    return all(text.count(first) == text.count(last) for first, last in _pairs)


def cut(text: str, *, sure: bool) -> tuple[str, str] | None:
    """Return heading and text of a line that has no mark, or only a comma, between them.

    With ``sure`` the line may be a heading as a whole: it is only cut after a known heading, or where words that begin
    sentences directly follow a noun that ends headings.
    """
    known = _known.match(text)
    if known and len(text) - known.end() >= 8 and not _known_goes_on.match(text, known.end()):
        return known[0], text[known.end() :]
    if not sure or len(text) > _GLUED_FROM:
        for found in _glue.finditer(text, 0, _LONGEST_CUT + 10):
            end = found.end()
            if _SHORTEST_CUT <= end <= _LONGEST_CUT and _paired(text[:end]):
                return text[:end], text[end:]
    return None if sure else _cut_at_comma(text)


def _cut_at_comma(text: str) -> tuple[str, str] | None:
    """Return heading and text of a line divided at a comma, before text that is too long or begins a sentence."""
    end = 0
    for found in _clause.finditer(text):
        if end and (len(found[0]) > 14 or _starts.match(found[0])):
            break
        if found.end() > _LONGEST_CUT or (end and found.end() == len(text)):
            break
        end = found.end()
    if end and end < len(text) - 1 and _paired(text[:end]) and text[end] in "，,：:；;" and not states(text[:end]):
        return text[:end], text[end + 1 :]
    return None
