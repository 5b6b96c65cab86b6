"""Traditional hanzi as simplified ones, one for one, so that one set of words is looked for in both."""

from typing import Final

_TRADITIONAL: Final = "組織領導機構網絡網路會議協學術區區員書記長幹隊伍訓練業務場點數據創建設備圖館陣館畫廊廣播電視報紙雜誌資經費財撥專項萬億個餘約達參與開展舉辦動節題講賽環養衛醫療問題難處實際現這時間後來讓為續繼結總匯報檔計劃劃標準證獎勵榮譽稱號級單張冊條塊聯繫發給對齊體風氣氛圍傳統觀衆眾戶積極衝調查處理種農業產運輸頭歲曆歷習"
_SIMPLIFIED: Final = "组织领导机构网络网路会议协学术区区员书记长干队伍训练业务场点数据创建设备图馆阵馆画廊广播电视报纸杂志资经费财拨专项万亿个余约达参与开展举办动节题讲赛环养卫医疗问题难处实际现这时间后来让为续继结总汇报档计划划标准证奖励荣誉称号级单张册条块联系发给对齐体风气氛围传统观众众户积极冲调查处理种农业产运输头岁历历习"
_TABLE: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
assert len(_TRADITIONAL) == len(_SIMPLIFIED)  # noqa: S101


def simplified(text: str) -> str:
    """Return ``text`` with simplified hanzi in place of the traditional ones that speak of facts; as long as before."""
    return text.translate(_TABLE)
