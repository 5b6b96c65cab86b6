"""The marks of rows that are not facts, in the text of one cell: totals, parts, groups, remarks, signatures."""

import re
from typing import Final, NamedTuple


class Marks(NamedTuple):
    """What the text of a cell may be; the cells beside it decide."""

    is_total: bool = False
    """A total, whatever is beside it."""
    is_sentence: bool = False
    """A total in a sentence."""
    is_named: bool = False
    """A total with a name or in other words, also one in a sentence."""
    is_certain: bool = False
    """A name that ends in a word for totals."""
    is_part: bool = False
    is_group: bool = False
    is_signature: bool = False
    is_label: bool = False
    """A label of a form, before a cell with a name, a day or a telephone number."""
    is_remark: bool = False
    has_seal: bool = False


_TOTAL_WORDS: Final = "合计|合計|总计|總計|小计|小計|总数|總數|共计|共計|累计|累計|总和|總和|汇总|彙總|合共"
_total = re.compile(
    rf"(?:本页|本頁|本表|全年|年度|全部|以上|各项|各項|本年|总|總)?(?:{_TOTAL_WORDS})(?:数|數)?|(?:sub|grand ?)?total"
    r"|[全本](?:街道|镇|鎮|乡|鄉|区|區|县|縣|市)",
    re.IGNORECASE,
)
_total_with_more = re.compile(
    rf"(?:本页|本頁|本表|全年|年度|全部|以上|各项|各項|本年)?(?:{_TOTAL_WORDS})(?:数|數)?(?:[（(].{{0,20}}[）)]|[:：].{{0,40}}|[/／].{{1,6}}"
    r"|(?:参加|參加|参与|參與|举办|舉辦|开展|開展|培训|培訓|服务|服務|人次|人数|人數|场次|場次|场数|次数|金额|金額){1,2})"
    r"|总(?:场次|场数|次数|人次|人数|金额|额)|總(?:場次|場數|次數|人次|人數|金額|額)|[人场場]?[均]值?|平均(?:值|数|數)?|人均|场均"
    r"|计|計|∑|Σ|sum|average|avg",
    re.IGNORECASE,
)
"""Totals and averages in other words, if only figures are beside them."""
_certain_total = re.compile(r".{1,30}(?:合计|合計|总计|總計|小计|小計|共计|共計)")
_part = re.compile(
    r"[（(]?其中[）)]?[:：]?.{0,40}|[（(]?(?:续|續)[）)表页頁]?[:：]?|[（(](?:续|續|接上页|接上頁)[）)].{0,40}"
)
_group = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．].{1,40}|第[一二三四五六七八九十]{1,3}[类類部章].{0,40}"
)
_named_total = re.compile(
    rf".{{1,30}}(?:{_TOTAL_WORDS})|(?:.{{0,10}}(?:{_TOTAL_WORDS})|共)[约約近]?[0-9][0-9,.余多]{{0,12}}.{{0,40}}"
)
_sentence_total = re.compile(
    rf"(?:.{{0,10}}(?:{_TOTAL_WORDS})|.{{0,8}}(?<!公)共)(?:开展|開展|举办|舉辦|组织|組織|参加|參加|参与|參與|培训|培訓|活动|活動"
    r"|讲座|講座|科普|各类|各類|宣传|宣傳|了){1,6}[约約近]?[0-9一二两兩三四五六七八九十百千][0-9一二三四五六七八九十百千,.余多]{0,12}.{0,40}"
)
"""A total in a sentence: 本年度共开展活动2场."""
_remark = re.compile(
    r"[（(【\[*※＊★]{0,2}(?:注|备注|備註|附注|附註|说明|說明|填表说明|填表說明|填报说明|填報說明|填写说明|填寫說明|特别说明|"
    r"温馨提示|提示|note|notes|remarks?)(?:[0-9一二三四五六七八九十]{0,2}[】\]]?[:：]|[0-9一二三四五六七八九十]{1,2}[、.．]).{0,500}|"
    r"[（(【\[]?(?:填表说明|填表說明|填报说明|填報說明|填写说明|填寫說明)[）)】\]]?|※.{1,500}|"
    r"[（(]?(?:以下空白|以下无内容|以下無內容|以下无正文|以下無正文)[）)]?|第[0-9]{1,3}页(?:[,，/]?共[0-9]{1,3}页)?",
    re.IGNORECASE | re.DOTALL,
)
_FORM_WORDS: Final = (
    "填表人|填报人|填報人|制表人|製表人|制表|製表|审核人|審核人|复核人|複核人|填报单位|填報單位|填表单位|填表單位|填报日期|填報日期|"
    "填表日期|填报时间|填報時間|填表时间|制表日期|制表时间|上报日期|上报时间|报送日期|报送单位|单位盖章|單位蓋章|单位公章|社区盖章|公章"
)
_COMMON_WORDS: Final = (
    "审核|審核|审批|審批|复核|複核|负责人|負責人|单位负责人|單位負責人|社区负责人|分管领导|主管领导|主要负责人|联系人|聯繫人|经办人|"
    "經辦人|联系电话|聯繫電話|电话|電話|手机|手機|签字|簽字|签名|簽名|盖章|蓋章|单位|單位|日期"
)
_SIGNED: Final = "(?:[（(]?(?:签字|簽字|签名|簽名|签章|簽章|盖章|蓋章)[）)]?)?"
_signature = re.compile(
    rf"(?:{_FORM_WORDS}|{_COMMON_WORDS}){_SIGNED}[:：].{{0,500}}|(?:{_FORM_WORDS})|[（(](?:盖章|蓋章|公章|签字|簽字)[）)]",
    re.DOTALL,
)
_label = re.compile(rf"(?:{_FORM_WORDS}|{_COMMON_WORDS}){_SIGNED}[:：]?")
"""A label before a cell with a name, a day or a telephone number."""
_seal = re.compile(r"[（(](?:盖章|蓋章|公章|签字|簽字|签章|簽章)[）)]")
_blank = re.compile(r"\s+")
_BEGINNINGS: Final = frozenset(
    each[0] for word in (_TOTAL_WORDS, _FORM_WORDS, _COMMON_WORDS) for each in word.split("|")
) | frozenset(
    "其续續人场場均平计計∑Σa一二三四五六七八九十第A"
    "本全今年各以总總注备備附说說填特温提（(【[*※＊★共tsgnrTSGNR \t\r\n\u00a0\u3000"
)
"""The first characters of cells that may be such a mark, except totals with a name."""
_ENDS: Final = frozenset("计計和数數总總汇彙场場次 \t\r\n\u00a0\u3000")
"""The last characters of cells that may be a total with a name."""

# What each total contains, and how the others begin: most texts do neither, and are not matched.
_may_be_total = re.compile(
    "[合总總小共累汇彙均计計∑Σ]|sum|average|avg|total|[全本](?:街道|镇|鎮|乡|鄉|区|區|县|縣|市)", re.IGNORECASE
)
_FIRST_OF_PARTS: Final = frozenset("（(其续續")
_FIRST_OF_GROUPS: Final = frozenset("（(一二三四五六七八九十第")
_FIRST_OF_SIGNATURES: Final = frozenset("（(") | frozenset(
    each[0] for word in (_FORM_WORDS, _COMMON_WORDS) for each in word.split("|")
)
_FIRST_OF_REMARKS: Final = frozenset("（(【[*※＊★注备備附说說填特温提以第nrNR")


def may_be_mark(text: str) -> bool:
    """Return whether a text, not empty, begins or ends like a mark."""
    return text[0] in _BEGINNINGS or text[-1] in _ENDS


def is_label(text: str) -> bool:
    """Return whether a text is the label of a form for names, days or telephone numbers."""
    return _label.fullmatch(text) is not None


def marks_in(text: str) -> Marks | None:
    """Return what a text may be; ``None`` if it is no mark of any kind."""
    text = _blank.sub("", text)
    if not text:
        return None
    bare = text.strip("：:（）()【】[]*、。. ")
    is_sentence = is_named = False
    if _may_be_total.search(text):
        if _total.fullmatch(bare):
            return Marks(is_total=True)
        is_sentence = _sentence_total.fullmatch(bare) is not None
        is_named = bool(is_sentence or _named_total.fullmatch(bare) or _total_with_more.fullmatch(text))
    first = text[0]
    found = Marks(
        is_sentence=is_sentence,
        is_named=is_named,
        is_certain=is_named and _certain_total.fullmatch(bare) is not None,
        is_part=first in _FIRST_OF_PARTS and _part.fullmatch(text) is not None,
        is_group=first in _FIRST_OF_GROUPS and _group.fullmatch(text) is not None,
        is_signature=first in _FIRST_OF_SIGNATURES and _signature.fullmatch(text) is not None,
        is_label=first in _FIRST_OF_SIGNATURES and is_label(text),
        is_remark=first in _FIRST_OF_REMARKS and _remark.fullmatch(text) is not None,
        has_seal=("章" in text or "字" in text) and _seal.search(text) is not None,
    )
    return found if any(found) else None
