"""Traditional hanzi in rules: rules are in simplified hanzi, apply to both, and correct in the script of the text."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kepu_docs.plugin import FieldText, Subject

_TRADITIONAL: Final = (
    "乾佈佔來侷們備傢傳儀兒內兩冊凈則剋創劃劉勁動務勵區協卽厲吳呂員唄問喫單嘵噹嚐嚴國圍園圓圖埰執場塊墻夠娛孫學寀實寫寶將專對導嵗師帶幫幾庫廣廳張強彆"
    "彔後從徵徹恆慮應戶掃揚揮擁擊據擴攔敎數斷於旣時曉曏書會査條棟楊極榦構樂樑樓標機檔檢檯欄氣汎決沒淺測湊準滿潛瀋無熱營爲獻現畵療眞硃確禮種稱積穩穫窺"
    "競筆箇節範糰約紅級紮細紹組結絡給統經綫網綵緊編練緻縣總績織繫繼續纍羅羣義習翫聞聯聲聽膾與興舉舘萬蓆蓋蔘處虛號衆衕衚裏補製複見規覺觀計討訓記設許註"
    "証評試該誌認語説課調談請論諧諭謀講謝識譜議護變豐貢貫費資質賬趙踐踴躍較載輔輯輸輻轄轉轟辦迴這週進運過達選鄉鄧鄭醫釐鈡録錶鍊鍛鍼鍾鎭長門開閑間閤關"
    "陞陣陳陸隊離難電靈韆韓響項順領頭題額願類顧顯風颱養餘馬馮驗驛驟體髮鬆鬚麪麫麽黃點黨齊齣係個別參嘗嚮團幹復採昇歲氾淨為煉牆獲畫當發眾線臺裡說證針錄"
    "鎮鐘閒須館鬍麵麼"
)
"""The traditional hanzi of words in the rules; of several forms of one hanzi, the usual one is last."""
_SIMPLIFIED: Final = (
    "干布占来局们备家传仪儿内两册净则克创划刘劲动务励区协即厉吴吕员呗问吃单哓当尝严国围园圆图采执场块墙够娱孙学采实写宝将专对导岁师带帮几库广厅张强别"
    "录后从征彻恒虑应户扫扬挥拥击据扩拦教数断于既时晓向书会查条栋杨极干构乐梁楼标机档检台栏气泛决没浅测凑准满潜沈无热营为献现画疗真朱确礼种称积稳获窥"
    "竞笔个节范团约红级扎细绍组结络给统经线网彩紧编练致县总绩织系继续累罗群义习玩闻联声听脍与兴举馆万席盖参处虚号众同胡里补制复见规觉观计讨训记设许注"
    "证评试该志认语说课调谈请论谐谕谋讲谢识谱议护变丰贡贯费资质账赵践踊跃较载辅辑输辐辖转轰办回这周进运过达选乡邓郑医厘钟录表炼锻针钟镇长门开闲间合关"
    "升阵陈陆队离难电灵千韩响项顺领头题额愿类顾显风台养余马冯验驿骤体发松须面面么黄点党齐出系个别参尝向团干复采升岁泛净为炼墙获画当发众线台里说证针录"
    "镇钟闲须馆胡面么"
)
_IN_BOTH: Final = frozenset(
    "群峰床干系别向采台升泛里面胡须闲参墙克出制千即合同周回家局布席彩志扎教既朱松查梁沈注玩真累致表踊"
)
"""Simplified hanzi that are also used in traditional texts."""
_TO_SIMPLIFIED: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_TO_TRADITIONAL: Final = {
    ord(short): long
    for long, short in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)
    if short not in _IN_BOTH or short in "参墙别么"
}
_only_traditional = frozenset(_TRADITIONAL)
_only_simplified = frozenset(_SIMPLIFIED) - _IN_BOTH


@lru_cache(maxsize=1)
def characters_of(whole: str) -> frozenset[str]:
    """Return the characters of all texts of a record, which most rules ask for: what they lack need not be searched."""
    return frozenset(whole)


def may_be_traditional(whole: str) -> bool:
    """Return whether all texts of a record together have any hanzi that simplified texts lack; most have none."""
    return not _only_traditional.isdisjoint(characters_of(whole))


def is_traditional(text: str) -> bool:
    """Return whether a text has more hanzi that are only traditional than hanzi that are only simplified."""
    counts = [sum(map(hanzi.__contains__, text)) for hanzi in (_only_traditional, _only_simplified)]
    return counts[0] > counts[1]


def simplified(text: str) -> str:
    """Return a text of the same length in simplified hanzi, as far as words of the rules need them."""
    return text.translate(_TO_SIMPLIFIED)


def traditional(words: str) -> str:
    """Return a rule's correction in traditional hanzi."""
    return words.translate(_TO_TRADITIONAL)


def simplified_texts(subject: Subject) -> Iterator[tuple[FieldText, str]]:
    """Yield all texts of a record, each with its text in the simplified hanzi that rules look for."""
    is_mixed = may_be_traditional(subject.whole)
    for field in subject.texts:
        yield field, simplified(field.text) if is_mixed and is_traditional(field.text) else field.text
