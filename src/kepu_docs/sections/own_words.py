"""The beginnings and endings of the writer's own words, which decide how the sentence around them is worded.

All words are given in simplified and in traditional characters: a record may have either, whatever its document has.
"""

import re
from typing import Final

__all__ = ["begins_with", "begins_with_time", "counts", "creates", "is_act", "is_plural", "words"]


def words(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written with spaces between them."""
    return tuple(text.split())


_ACTS: Final = frozenset(
    words(
        """
    举办 舉辦 开展 開展 组织 組織 邀请 邀請 招募 更新 新增 推出 新建 改建 扩建 擴建 建设 建設 建立 建成 完善 健全
    加强 加強 加大 加快 增加 增设 增設 增配 增强 增強 扩大 擴大 拓宽 拓展 争取 爭取 推进 推進 推动 推動 推广
    推廣 推行 推出 落实 落實 制定 制订 制訂 修订 修訂 编印 編印 编制 編製 编写 編寫 印制 印製 印发 印發 发放
    發放 制作 製作 购置 購置 购买 購買 采购 採購 配备 配備 配置 添置 补充 補充 充实 充實 培养 培養 培育 吸纳
    吸納 吸收 引进 引進 引入 引导 引導 动员 動員 发动 發動 鼓励 鼓勵 发挥 發揮 利用 整合 联合 聯合 联系 聯繫
    协调 協調 争创 爭創 创建 創建 打造 申报 申報 申请 申請 提高 提升 优化 優化 丰富 豐富 改进 改進 改善 改造
    维修 維修 修缮 修繕 深化 深入 继续 繼續 坚持 堅持 持续 持續 实施 實施 实现 實現 实行 實行 启动 啟動 设立
    設立 设置 設置 开设 開設 开办 開辦 开放 開放 开通 開通 播放 拍摄 拍攝 录制 錄製 普及 调整 調整 强化 強化
    壮大 壯大 筹集 籌集 筹措 籌措 通过 透過 依托 依託 围绕 圍繞 结合 結合 做好 抓好 办好 辦好 搞好 选派 選派
    选聘 選聘 聘请 聘請 轮换 輪換 更换 更換 订阅 訂閱 走访 走訪 评选 評選 表彰 完成 召开 召開 参加 參加 承办
    承辦 主办 主辦 协办 協辦 对接 對接 达到 達到 放映 增开 增開 增聘 增派 增办 增辦 加开 加開 加装 加裝 组建 組建 配合
    配齐 配齊 安排 安装 安裝
    试行 試行 试种 試種 逐步 逐户 逐戶 逐一 分批
    """
    )
)
"""Verbs that are nearly always verbs at the beginning of a text (unlike 培训 and 宣传, which are as often nouns)."""
_BESIDE_ACTS: Final = words("与 與 向 把 从 從 按照 为 為 在 请 請 由 以 对 對")
_TIMES: Final = words(
    """
    周末 週末 周六 週六 周日 週日 周一 週一 双休 雙休 假期 假日 节假日 節假日 节日 節日 寒假 暑假 寒暑假 暑期 寒暑期
    晚上 晚间 晚間 夜间 夜間 傍晚 早晚 早上 上午 下午 午休 中午 白天 工作日 业余 業餘 课余 課餘 课后 課後 放学 放學
    农闲 農閒 农忙 農忙 汛期 春季 夏季 秋季 冬季 春节 春節 上半年 下半年 一年 全年 全天 日常 平时 平時 常年 长期 長期
    每 逢 按月 按季 按年 按周 按週 定期 不定期 经常 經常 0 1 2 3 4 5 6 7 8 9
    """
)
_EVENTS: Final = words("举办 舉辦 开展 開展 组织 組織 召开 召開 举行 舉行")
_THINGS: Final = words(
    """
    招募 更新 新增 推出 新建 增设 增設 增加 发放 發放 制作 製作 购置 購置 购买 購買 编印 編印 印制 印製 印发 印發
    播放 订阅 訂閱 吸纳 吸納 培养 培養 添置 配备 配備 更换 更換
    """
)
_PLACES: Final = words(
    """
    社区 社區 小区 小區 城区 城區 村 镇 鎮 乡 鄉 街道 县 縣 区 區 城市 学校 學校 校园 校園 单位 單位 基地 家庭
    医院 醫院 品牌 企业 企業 楼组 樓組 校 院 馆 館 园 園 站 点 點 中心 集体 集體 阵地 陣地 窗口 机关 機關 市 省 旗 户 戶
    """
)
_PREPOSITIONS: Final = frozenset(words("about against and at by during for from in of on to with"))

_number = re.compile(r"(?:不少于|不少於|不低于|不低於|至少|超过|超過|约|約|近)?[0-9][0-9,.]*[万萬]?[余餘多]?(.人?次?)")
_mark = re.compile(r"[0-9，。；：,;:]")


def begins_with(text: str | None, *beginnings: str) -> bool:
    """Return whether a text exists and begins with one of ``beginnings``."""
    return text is not None and text.startswith(beginnings)


def is_plural(name: str) -> bool:
    """Return whether an English name is plural: ``Health lectures``, ``Lectures on health``.

    Capitals after the first word make it a title, which is singular: ``Scientists in Schools``.
    """
    if "s" not in name:
        return False
    first, *others = name.split()
    if first.lower() in ("a", "an") or any(word[0].isupper() for word in others):
        return False
    head = first
    for word in others:
        if word in _PREPOSITIONS:
            break
        head = word
    return head.endswith("s") and not head.endswith(("ss", "us", "is", "ics", "news", "series"))


def is_act(text: str) -> bool:
    """Return whether a text begins with an action, so that a time or 将 can precede it: 举办讲座."""
    return text[:2] in _ACTS or text.startswith(_BESIDE_ACTS)


def begins_with_time(text: str | None) -> bool:
    """Return whether a text begins with a time, so that 负责 and 用于 do not fit: 按月刊出科普图文."""
    return begins_with(text, *_TIMES)


def creates(goal: str) -> bool:
    """Return whether a goal is something to become or to have, so that it can be created: 学习型社区, 示范基地."""
    return goal.endswith(_PLACES) and not is_act(goal)


def counts(target: str, task: str) -> bool:
    """Return whether a target is the number of what its task names, so that it can follow it: 举办讲座, 48场以上."""
    number = _number.match(target)
    if number is None or _mark.search(task.rstrip("。")) or "。" in target.rstrip("。"):
        return False
    if task[:2] in _EVENTS:
        return number[1][0] in "场場次期项項届屆"
    return task[:2] in _THINGS and not number[1].endswith("次") and number[1][0] not in "%％"
