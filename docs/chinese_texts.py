"""Chinese texts for the generated tables that are not in the catalogues: each is written only here."""

from types import MappingProxyType
from typing import Final

RECORDS: Final = MappingProxyType(
    {
        "line": "单行文字",
        "paragraph": "段落",
        "paragraphs": "多段文字",
        "count": "计数",
        "measure": "度量",
        "share": "比例",
        "day": "日期",
        "period": "时间",
        "whole number": "整数",
        "community": "社区",
        "letterhead": "版头",
        "earlier year": "上年数据",
        "subheading": "小标题",
        "points": "要点",
        "written table": "原文表格",
        "imprint": "版记",
        "photo": "照片",
        "leading group": "领导小组",
        "person": "人员",
        "community leadership": "各社区组织领导情况",
        "team group": "服务队",
        "training session": "培训场次",
        "activity": "活动",
        "category": "活动类别",
        "frequency": "频次",
        "month": "月份",
        "activity charts": "活动图表",
        "venue": "场所",
        "library": "图书室",
        "books basis": "人均图书依据",
        "base": "科普基地",
        "source": "经费来源",
        "use": "经费用途",
        "funding charts": "经费图表",
        "funding basis": "人均经费依据",
        "knowledge test": "知识测试",
        "award": "荣誉",
        "case": "案例",
        "problem": "问题",
        "task": "任务",
        "subsection": "分段",
        "member": "汇总单位",
        "stating": "填报情况",
        "extent": "比例范围",
        "apart": "未并入的合计",
        "left out": "未汇总的栏目",
        "comparison": "年度比较",
        "change": "数据变化",
    }
)
"""The names of values and records in the record format, by their English names."""

VALUES: Final = MappingProxyType(
    {
        "单行文字": "写成一行，最多 LINE 个字符（名称最多 60 个）。首尾空白会去掉，其余照原样写进各种格式的总结",
        "段落": "写成一行，最多 PARAGRAPH 个字符",
        "多段文字": "一个列表，每段一项；或者一段分行的文字，每行一段",
        "计数": "整数（`300`）；文字（`300余`、`300+`、`近1万`、`约500人`、`3,000`、`不少于6场`、`500人次以上`）；或者"
        " `{数值: 300, 约数: 余, 单位: 人次}`（英文键名 `value`、`approx`、`unit`）。“约数”可写 `准确`（`exactly`）、`余`（`over`）、`近`（`nearly`）、"
        "`约`（`about`）、`以上`（`at_least`）。用“万”“亿”写的，总结里也用“万”“亿”。汇总得来的记录还有 `exact_to`：合计精确到哪一位，以最粗的一项为准"
        "（精确到百位写 100）",
        "度量": "与计数相同，最多四位小数",
        "比例": "百分数，不超过 100：`95`、`95.5%`、`95%以上`",
        "日期": "`2025-12-20`，1950 年至 2100 年",
        "时间": "`2025`（全年）、`2025-H1`（上半年）、`2025-Q3`（第三季度）、`2025-09`（9 月）、`2025-09-20`（一天），"
        "或 `{start: 2025-01-01, end: 2025-06-30}`",
        "列表：……": "最多 ENTRIES 项",
    }
)
"""What values may be, as in the English table, with names of limits in capitals."""

FILTERS: Final = MappingProxyType(
    {
        "by": "完成的期限，当天也算在内：`2026年4月底前`、`by the end of April 2026`。",
        "capital": "把 `text` 的首字母改成大写；用于分大小写的文字。",
        "clause": "去掉 `text` 末尾的句号，以便放进句子里。",
        "count": "数量和单位，准确程度照原样：`300余人次`、`近1万册`、`95%以上`。",
        "counted": "数量和名词（`forms` 依次写单数、复数等形式）：`2 boards`、`more than 300 leaflets`。",
        "date": "完整的日期：`2025年4月12日`、`12 April 2025`。",
        "few": "把有内容的各项连起来；项数多时只写前几项，写法由 `pattern` 定：`{names}等{count}家单位`。",
        "join": "把各段文字接起来；`join('、')` 在中间加顿号。",
        "join_list": "把有内容的各项按该语言的习惯连起来：`甲、乙和丙`。",
        "money": "金额，以元计：`2.33元`。",
        "number": "用数字写的数，不取整：`1200`；千位分节的语言写 `1,200`。",
        "percent": "百分数：`95.5%`。",
        "period": "一段时间（`2025年上半年`、`9月15日至21日`）；与 `within` 同年的不写年份。",
        "phrase": "把值填进 `pattern` 的 `{}` 处；没有值，就什么也不写。",
        "quote": "给 `text` 加上引号；里面原有的引号改用内层引号。",
        "sentence": "把有内容的各分句用逗号连起来，末尾加句号；一个分句也没有，就什么也不写。",
        "series": "把有内容的各项并列起来：`甲、乙、丙`，但 `“甲”“乙”` 之间不加顿号（GB/T 15834—2011，4.5.3.5）。",
        "stop": "给 `text` 末尾加句号；本来就以标点结尾的不加。",
        "when": "什么时候；整份总结都是那一年的，不写年份。",
    }
)
"""What the filters return."""

FACTS: Final = MappingProxyType(
    {
        "leadership": "各项制度，按中文的说法分成两类：`enacted`（制定……办法）和 `established`（建立……制度）。",
        "team": "小队个数 `number`；各小队只有名称时，名称在 `named` 里；否则在 `listed` 里逐个列出。",
        "training": "总场次 `held`、总人次 `attendance`；各场只有主题时，主题在 `topics` 里。",
        "activities": "总场次 `held`、总人次 `attendance`；`groups`：各类别的活动；`months`：各月的活动。",
        "publicity": "",
        "facilities": "`shape`：场所用什么形式写；`books_per_hundred`：每百人图书册数；`base_level`：各基地共同的级别。",
        "funding": "`amount`：总经费（只知道用途时，是支出之和）；`spent`：支出；`per_head`：人均；等等。",
        "records": "",
        "outcomes": "`honours`：列表用的荣誉，年份写成文字；`shape`、`award_years`、`more_awards`。",
        "problems": "`problems`：每个问题带着它的写法：`cause_says`、`remedy_says`，以及后面能不能接逗号（`open`）。",
        "next_year_plan": "`tasks`：每项任务带着它放进句子的写法；`shape`：`table` 或 `list`；`goals_are`。",
        "narrative": "",
        "rollup": "列表用的 `figures`、`outliers`、`bodies`、`rows`、`topics` 和 `changes`。",
    }
)
"""What section kinds compute from their fields."""

STYLES: Final = MappingProxyType(
    {
        "title": "标题",
        "body": "正文",
        "headings": "{level}级标题",
        "heading_runs": "{level}级标题的文字",
        "lead": "要点的小标题",
        "numbered": "编号列表",
        "bullet": "项目符号列表",
        "caption": "图题、表题",
        "figure": "图",
        "table": "表格",
        "table_head": "表头",
        "table_text": "表格文字",
        "attachment": "附件说明",
        "signature": "署名",
        "date": "日期",
        "addressee": "主送机关",
        "letterhead_mark": "版头",
        "issuer": "发文机关标志",
        "document_number": "发文字号",
        "signer": "签发人",
        "imprint": "版记",
        "contents_title": "目录的标题",
        "contents": "目录{level}级",
    }
)
"""The purposes of styles; ``{level}`` is in hanzi."""

STYLE_KINDS: Final = MappingProxyType({"paragraph": "", "character": "（字符样式）", "table": "（表格样式）"})
