"""Cell contents that are not values: words for nothing, and references to another cell."""

import re
from enum import Enum, auto
from typing import Any, Final, NamedTuple

from kepu_docs.plugin import N_


class BadCell(NamedTuple):
    """A cell that has no value, and why."""

    text: str
    values: tuple[tuple[str, object], ...] = ()


class CellMark(Enum):
    """The meaning of a cell that has no value of its own."""

    NOTHING = auto()
    """A word for nothing: 无, —."""
    AS_ABOVE = auto()
    """The value of the cell above: 同上, 〃."""


FAILED: Final = BadCell(N_("the formula in this cell gives an error instead of a value"))
FORMULA_ERRORS: Final = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
_NOTHING: Final = (
    "无", "無", "没有", "沒有", "没", "暂无", "暫無", "暂缺", "暫缺", "缺", "空", "空白", "无此项", "無此項",
    "不适用", "不適用", "未填", "未填写", "未填寫", "未统计", "未統計", "未知", "不知道", "不清楚", "不详", "不詳",
    "无数据", "無數據", "暂无数据", "暫無數據", "无内容", "無內容", "暂无内容", "无记录", "無記錄", "无资料", "無資料",
    "待定", "待填", "待补", "待補", "待补充", "待補充", "略", "n/a", "n.a", "na", "nil", "none", "null", "nan", "tbd",
)  # fmt: skip
"""What people write in a cell when they have nothing to enter, in lower case."""
_AS_ABOVE: Final = ("同上", "同上行", "同上一行", "〃", "〞", "″", '"', "”", "''", "ditto", "as above")
_ELSEWHERE: Final = (
    "同左", "同右", "同下", "同前", "同后", "同後", "见上", "見上", "见左", "見左", "见下", "見下", "←", "↑",
)  # fmt: skip
_MEANINGS: Final[dict[str, CellMark | BadCell]] = {
    **dict.fromkeys(FORMULA_ERRORS, FAILED),
    **dict.fromkeys(_NOTHING, CellMark.NOTHING),
    **dict.fromkeys(_AS_ABOVE, CellMark.AS_ABOVE),
    **{
        word: BadCell(N_("“{found}” refers to another cell; write the value itself here"), (("found", word),))
        for word in _ELSEWHERE
    },
}
_POINTS: Final = N_("“{found}” refers to something else; write the value itself here, or leave the cell blank")
_PLACEHOLDER: Final = N_("“{found}” is only a stand-in; write the value, or leave the cell blank")
_NOT_HELD: Final = N_(
    "“{found}” means that this did not take place or is not certain yet; delete the row if so, "
    "otherwise remove these words"
)
_pointer = re.compile(
    r"(?:详|詳|参|參|请|請|具体|具體|另)?(?:见|見)(?:附|上|下|左|右|表|图|圖|后|後|前|另|本|照片|文件|总结|總結|材料|通知).{0,8}|如(?:图|圖|上|下|附件|附表).{0,4}"
    r"|同第[0-9一二三四五六七八九十]{1,3}(?:条|條|项|項|行|场|場|次)|同(?:上|前|左)[一1]?(?:表|年|栏|欄|条|條|项|項|文)"
)
_placeholder = re.compile(
    r"[xXｘＸ×╳]{2,15}|某某某?|[\[【（(〔]?(?:请|請|此处|此處|在此|待)?(?:填写|填寫|输入|輸入).{0,8}[\]】）)〕]?"
)
_NOT_HELD_WORDS: Final = (
    "未开展|未開展|没有开展|沒有開展|没开展|未举办|未舉辦|没有举办|没举办|未组织|未組織|未实施|未實施|已?取消|延期|延后|延後|推迟|"
    "推遲|(?:计划|計劃|筹备|籌備|进行|進行)中|计划|計劃|拟开展|擬開展|拟|擬|暂定|暫定|待核实|待核實|待确认|待確認|未完成|未定"
)
_NO: Final = ("否", "未", "没有", "沒有", "×", "✗", "no", "No", "NO")
_not_held = re.compile(rf"[（(]?(?:因.{{1,8}}?)?(?:{_NOT_HELD_WORDS})[）)]?")
_not_held_behind = re.compile(rf"[（(【\[](?:因.{{1,8}}?)?(?:{_NOT_HELD_WORDS})[）)】\]]$")
SHORT: Final = 15
"""The longest of these words, in characters, with the signs around them."""
_AROUND: Final = " 。.．，,、/／—；;：:！!（）()[]【】「」“”\"'*＊"
_signs = re.compile(r"[-—–―─－_＿/／\\＼|.．·・。…⋯、,，~～*＊?？()（）\s\u200b-\u200d\u2060]{1,15}")
"""Dashes, strokes and dots alone mean nothing either."""
_SHOWN: Final = 40
"""How many characters of a cell messages show."""
_LONGEST_READ: Final = 200
"""How many characters of a cell are read for a message: a cell may be as long as its file."""


def meaning_of(text: str) -> CellMark | BadCell | None:
    """Return the meaning of a stripped text that is not a value; ``None`` if it may be one."""
    if len(text) > SHORT:
        return None
    if found := _MEANINGS.get(text):
        return found
    if _signs.fullmatch(text):
        return CellMark.NOTHING
    if found := _MEANINGS.get(text.strip(_AROUND).casefold()):
        return found
    for pattern, why in ((_pointer, _POINTS), (_placeholder, _PLACEHOLDER), (_not_held, _NOT_HELD)):
        if pattern.fullmatch(text):
            return bad(why, text)
    return None


def doubt_of(text: str) -> BadCell | None:
    """Return what is wrong with a name that says that the entry is not a fact: 讲座（取消）."""
    return bad(_NOT_HELD, text) if text[-1:] in "）)】]" and _not_held_behind.search(text[-SHORT:]) else None


def says_not_held(text: str) -> BadCell | None:
    """Return what is wrong with a row whose state says that it was not held."""
    text = text.strip()
    return bad(_NOT_HELD, text) if _not_held.fullmatch(text) or text in _NO else None


def bad(text: str, found: Any) -> BadCell:
    """Return a cell that has no value, with its content."""
    return BadCell(text, (("found", shown(found)),))


def shown(cell: Any) -> str:
    """Return a cell as messages show it: short, on one line."""
    text = " ".join(str(cell)[:_LONGEST_READ].split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
