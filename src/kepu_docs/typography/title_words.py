"""Words that occur in titles of work papers: a line of a title does not end within one of them."""

from typing import Final

_SIMPLIFIED: Final = """
社区 街道 居民 居委会 居民委员会 委员会 村委会 村民委员会 村民 乡镇 小区 城区 新区 片区 网格 办事处 办公室
党支部 党委 科协 协会 学会 联合会 服务中心 服务站 工作站 领导小组 工作小组 工作组 志愿者 服务队 辖区 单位 部门
学校 家庭 基层 机关 科普 科学 科技 科学技术 普及 科学普及 素质 科学素质 公民 全民 全国 知识 文化 健康 环保 环境
安全 应急 防灾 减灾 防震 消防 卫生 教育 培训 讲座 展览 竞赛 宣传 宣传周 活动周 活动月 活动日 科技周 科普日
科普月 科普周 节能 低碳 反邪教 文明 生态 工作 总结 计划 规划 年度 年终 季度 半年 上半年 下半年 全年 月份 阶段
情况 报告 汇报 方案 通知 要点 意见 请示 纪要 简报 活动 建设 示范 示范区 示范社区 创建 申报 开展 实施 推进 落实
行动 纲要 提升 管理 服务 发展 项目 工程 专项 经费 设施 阵地 青少年 老年人 未成年人 妇女 儿童 农民 农村 城市 农业
技术 推广 益民 惠农 关于 以及 有关 主要 自查 评估 考核 验收 材料
"""
_TRADITIONAL: Final = """
社區 居委會 居民委員會 委員會 村委會 村民委員會 鄉鎮 小區 城區 新區 里辦公處 辦公處 網格 辦事處 辦公室 協會 學會
聯合會 服務中心 領導小組 工作小組 志願者 志工 義工 服務隊 轄區 單位 部門 學校 基層 機關 科學 科學技術 科學普及
科學素養 素質 素養 全國 知識 環境 應急 防災 減災 衛生 培訓 講座 展覽 競賽 宣導 宣傳 宣傳週 活動週 活動月 活動日
節能 生態 總結 計畫 計劃 規劃 年終 階段 情況 報告 匯報 要點 意見 活動 建設 示範 示範區 示範社區 創建 申報 開展
實施 推進 落實 行動 綱要 服務 發展 項目 專案 專項 經費 設施 長者 婦女 兒童 農民 農村 農業 技術 推廣 關於 有關
評估 驗收
"""

WORDS: Final = frozenset(f"{_SIMPLIFIED}{_TRADITIONAL}".split())
"""In Simplified and Traditional characters. Names and periods come from the document itself."""

NOT_FIRST: Final = frozenset("的地得之和及与與或暨等了")
"""Words of one character that belong to the preceding text."""
