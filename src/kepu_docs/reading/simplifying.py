"""Traditional hanzi as simplified ones, one for one, so that one set of words is looked for in both."""

from typing import Final

_TRADITIONAL: Final = (
    "來個備傳億冊創劃動務勵匯區協參員問單圍圖團報場塊學實專對導屆幹廣張後懸戶掛撥擔據擺數時曆書會條業極榮"
    "構標機檔歲歷氣準為獎現環產畫畫療發眾種稱積節築約紙級組結絡給統經網練總織繫繼續習聯與舉萬處號衆術衛衝"
    "視觀計訓記設誌語課調講證議譽讀讓負財責費資賽輸辦農這運達醫長開間陣隊際雜難電項領頭題願風養餘館體點齊"
)
_SIMPLIFIED: Final = (
    "来个备传亿册创划动务励汇区协参员问单围图团报场块学实专对导届干广张后悬户挂拨担据摆数时历书会条业极荣"
    "构标机档岁历气准为奖现环产划画疗发众种称积节筑约纸级组结络给统经网练总织系继续习联与举万处号众术卫冲"
    "视观计训记设志语课调讲证议誉读让负财责费资赛输办农这运达医长开间阵队际杂难电项领头题愿风养余馆体点齐"
)
_TABLE: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return ``text`` with simplified hanzi in place of the traditional ones that speak of facts; as long as before."""
    return text.translate(_TABLE)
