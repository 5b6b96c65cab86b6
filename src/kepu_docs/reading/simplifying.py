"""Traditional hanzi replaced by simplified ones, one for one, so that one set of words can be searched for in both."""

from typing import Final

_TRADITIONAL: Final = (
    "來個備傳億冊創劃動務勵匯區協參員問單圍圖團報場塊學實專對導屆幹廣張後懸戶掛撥擔據擺數時曆書會條業極榮構標機檔歲歷氣準為獎"
    "現環產畫療發眾種稱積節築約紙級組結絡給統經網練總織繫繼續習聯與舉萬處號衆術衛衝視觀計訓記設誌語課調講證議譽讀讓負財責費資"
    "賽輸辦農這運達醫長開間陣隊際雜難電項領頭題願風養餘館體點齊佈優勢國應戲摺樓權減獻確碼禮紅純終絕綠維綱緊線緣編緩縣縮績繪罰"
    "羅聲職聽肅腦臺興藝藥蘭補裝製複見規覺覽詢試詩話該詳認誤說談請論諮謝識譯護貢貧貫貴賀賓賞質賴購贈載輔輕輛輪輯轄轉辭遊遠適遷"
    "選還邊郵鄉鄰釋錄錯鍵鎖鎮鏡鐘門閉閱關陳陸險隨隱雙雲靈靜響頁順須預頻額類顧顯飛飯飾驗訊佔聞寬鬧讚註潔顆滿蓋藍橋樹檢歡殘潛濟"
    "灣灑燈爐牆獨獲尋欄瀏掃訪貼連鏈熱薦詞範敘評棄幾當籤擊簡於"
)
_SIMPLIFIED: Final = (
    "来个备传亿册创划动务励汇区协参员问单围图团报场块学实专对导届干广张后悬户挂拨担据摆数时历书会条业极荣构标机档岁历气准为奖"
    "现环产画疗发众种称积节筑约纸级组结络给统经网练总织系继续习联与举万处号众术卫冲视观计训记设志语课调讲证议誉读让负财责费资"
    "赛输办农这运达医长开间阵队际杂难电项领头题愿风养余馆体点齐布优势国应戏折楼权减献确码礼红纯终绝绿维纲紧线缘编缓县缩绩绘罚"
    "罗声职听肃脑台兴艺药兰补装制复见规觉览询试诗话该详认误说谈请论咨谢识译护贡贫贯贵贺宾赏质赖购赠载辅轻辆轮辑辖转辞游远适迁"
    "选还边邮乡邻释录错键锁镇镜钟门闭阅关陈陆险随隐双云灵静响页顺须预频额类顾显飞饭饰验讯占闻宽闹赞注洁颗满盖蓝桥树检欢残潜济"
    "湾洒灯炉墙独获寻栏浏扫访贴连链热荐词范叙评弃几当签击简于"
)
_TABLE: Final = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """Return ``text`` with simplified hanzi for the traditional ones in words about facts; the length is unchanged."""
    return text.translate(_TABLE)
