"""What each rule of words must find, and what would be right."""

from typing import Final

import pytest
from tests.rules.subjects import findings, prose

from kepu_docs.pipeline import default_engine

FOUND: Final = (
    # Placeholders
    ("placeholder", "20xx年是科普年。", "20xx年", None),
    ("placeholder", "20XX年，社区举办活动。", "20XX年", None),
    ("placeholder", "20**年，社区举办活动。", "20**年", None),
    ("placeholder", "20__年，社区举办活动。", "20__年", None),
    ("placeholder", "**年，我社区开展科普工作。", "**", None),
    ("placeholder", "××社区举办讲座。", "××", None),
    ("placeholder", "XX社区举办讲座。", "XX", None),
    ("placeholder", "邀请xx医院专家义诊。", "xx", None),
    ("placeholder", "某某社区举办讲座。", "某某", None),
    ("placeholder", "参加人数____人。", "____", None),
    ("placeholder", "活动（此处填写活动名称）圆满结束。", "（此处填写活动名称）", None),
    ("placeholder", "经费（待补充）。", "（待补充）", None),
    ("placeholder", "[社区名称]举办讲座。", "[社区名称]", None),
    ("placeholder", "【活动名称】圆满结束。", "【活动名称】", None),
    ("placeholder", "2025年×月×日举办讲座。", "×月", None),
    ("placeholder", "举办讲座××场。", "××", None),
    ("placeholder", "……年，社区开展活动。", "……年", None),
    # Replaced words, both families
    ("replaced-word", "提升居民精神礼貌素质。", "精神礼貌", "精神文明"),
    ("replaced-word", "推动三个礼貌建设。", "三个礼貌", "三个文明"),
    ("replaced-word", "创建礼貌社区。", "礼貌", "文明"),
    ("replaced-word", "礼貌和谐，成效显著。", "礼貌", "文明"),
    ("replaced-word", "居民科学礼貌健身。", "科学礼貌", "科学文明"),
    ("replaced-word", "居民用心参与活动。", "用心参与", "积极参与"),
    ("replaced-word", "居民有用心向上的精神。", "用心向上", "积极向上"),
    ("replaced-word", "用心弘扬民族文化。", "用心弘扬", "积极弘扬"),
    ("replaced-word", "发挥了用心的作用。", "用心的作用", "积极的作用"),
    ("replaced-word", "调动居民的用心性。", "用心性", "积极性"),
    ("replaced-word", "以建立科普示范社区为目标。", "建立", "创建"),
    ("replaced-word", "科普建立工作纳入计划。", "科普建立", "科普创建"),
    ("replaced-word", "推动建立工作的顺利开展。", "建立工作的", "创建工作的"),
    ("replaced-word", "透过开展讲座普及知识。", "透过", "通过"),
    ("replaced-word", "透过科普活动这一载体普及知识。", "透过", "通过"),
    ("replaced-word", "为队伍带给场所。", "带给", "提供"),
    ("replaced-word", "为居民带给了便利。", "带给了", "提供了"),
    ("replaced-word", "构成了团结向上的风貌。", "构成了", "形成了"),
    ("replaced-word", "逐步构成自己的特色。", "构成", "形成"),
    ("replaced-word", "个性是社区广场的建成，方便了居民。", "个性是", "特别是"),
    ("replaced-word", "社区办起了市民校园。", "市民校园", "市民学校"),
    ("replaced-word", "工作取得了必须的成绩。", "取得了必须的", "取得了一定的"),
    ("replaced-word", "学生的动手潜力有所增强。", "动手潜力", "动手能力"),
    ("replaced-word", "科普水平提公升。", "提公升", "提升"),
    ("replaced-word", "建好宣传陳地。", "陳地", "阵地"),
    ("replaced-word", "我社群开展讲座。", "我社群", "我社区"),
    ("replaced-word", "居民旳热情很高。", "旳", "的"),
    ("replaced-word", "制定了实施细那么。", "实施细那么", "实施细则"),
    ("replaced-word", "科普知识深化人心。", "深化人心", "深入人心"),
    # Wrong characters
    ("wrong-character", "列入仪式日程。", "仪式日程", "议事日程"),
    ("wrong-character", "建立健络组织。", "健络组织", "网络组织"),
    ("wrong-character", "寓教与乐。", "寓教与乐", "寓教于乐"),
    ("wrong-character", "开展丰富多采的活动。", "丰富多采", "丰富多彩"),
    ("wrong-character", "做到人中同到位。", "人中同到位", "人员到位"),
    ("wrong-character", "培养致富带着人。", "带着人", "带头人"),
    ("wrong-character", "再接再励。", "再接再励", "再接再厉"),
    ("wrong-character", "社区周密布署。", "布署", "部署"),
    ("wrong-character", "科谱工作扎实。", "科谱", "科普"),
    ("wrong-character", "截止目前，已举办6场。", "截止目前", "截至目前"),
    ("wrong-character", "居民登陆平台学习。", "登陆", "登录"),
    ("wrong-character", "把科普做为重点工作。", "做为", "作为"),
    ("wrong-character", "生活变的更加便利。", "变的", "变得"),
    ("wrong-character", "自愿者队伍不断壮大。", "自愿者", "志愿者"),
    ("doubled-word", "社区体质检测站站不断完善。", "站站", "站"),
    ("doubled-word", "扩大了科普普及面。", "科普普及", "科普"),
    ("doubled-word", "社区的的居民。", "的的", "的"),
    ("doubled-word", "社区开展开展讲座。", "开展开展", "开展"),
    ("particle", "不间断的举行活动。", "不间断的", "不间断地"),
    ("particle", "活动极大的提高了居民素质。", "极大的", "极大地"),
    ("particle", "根据需要不断的更新资料。", "不断的", "不断地"),
    ("particle", "为更好的开展工作，成立小组。", "更好的", "更好地"),
    ("particle", "为进一步有效的做好工作。", "有效的", "有效地"),
    ("rare-character", "面积60㎡。", "㎡", "平方米"),
    ("rare-character", "志愿者甲喆获奖。", "喆", None),
    # Punctuation
    ("half-width", "社区重视,居民支持。", ",", "，"),
    ("half-width", "共300人,其中老人20人。", ",", "，"),
    ("half-width", "时间:上午。", ":", "："),
    ("half-width", "为什么?因为重要。", "?", "？"),
    ("half-width", "活动结束.社区总结。", ".", None),
    ("unpaired-mark", "“学科学、信科学“的热情。", "“", "”"),
    ("unpaired-mark", "”学科学”的热情。", "”", "“"),
    ("unpaired-mark", "学习《科普法，增强意识。", "《", None),
    ("unpaired-mark", "居民（含外来人口均可参加。", "（", None),
    ("unpaired-mark", "学习科普法》。", "》", None),
    ("doubled-mark", "活动结束。。", "。。", "。"),
    ("doubled-mark", "社区，，居民。", "，，", "，"),
    ("doubled-mark", "社区，。居民。", "，。", None),
    ("doubled-mark", "社区、，居民。", "、，", None),
    ("ellipsis", "火箭、卫星...居民看得入迷。", "...", "……"),
    ("ellipsis", "火箭、卫星。。。居民看得入迷。", "。。。", "……"),
    ("ellipsis", "火箭、卫星等……居民看得入迷。", "等……", None),
    ("range-dash", "9月15日-25日举行。", "-", "—"),
    ("range-dash", "上午9:00-11:00开放。", "-", "—"),
    ("range-dash", "每周10~20人。", "~", "—"),
    ("range-dash", "科普--生活的一部分。", "--", "——"),
    ("names-in-row", "学习《科普法》、《防震减灾法》。", "、", ""),
    ("names-in-row", "举办“甲课”、“乙课”。", "、", ""),
    # Numbers
    ("large-number", "投入3亿4500万元。", "3亿4500万", "3.45亿"),
    ("large-number", "投入3万5千元。", "3万5千", "3.5万"),
    ("short-year", "08年，社区建成活动室。", "08年", "2008年"),
    ("short-year", "21年3月，社区建成活动室。", "21年", "2021年"),
    ("mixed-date", "二〇〇八年8月8日。", "二〇〇八年8月", None),
    ("mixed-date", "2025年八月份举办。", "2025年八月", None),
    ("mixed-date", "二0二五年举办。", "二0二五年", "二〇二五年"),
    ("estimate", "连续三、五天下雨。", "三、五", "三五"),
    ("redundant-approximation", "约300人左右参加。", "约300人左右", None),
    ("redundant-approximation", "近300余人参加。", "近300余", None),
    ("redundant-approximation", "约100多人参加。", "约100多", None),
    ("redundant-approximation", "超过300人以上参加。", "超过300人以上", None),
    ("redundant-approximation", "超过300多人参加。", "超过300多", None),
    ("redundant-approximation", "300余人以上参加。", "300余人以上", None),
    ("paper-number", "按照国发[2021]9号文件。", "[2021]", "〔2021〕"),
    ("paper-number", "按照试科协发（2025）3号文件。", "（2025）", "〔2025〕"),
    ("paper-number", "按照国发〔2021〕第9号文件。", "〔2021〕第9号", "〔2021〕9号"),
    ("paper-number", "按照试府办发73号文件。", "府办发73号", None),
    # Outline
    ("number-mark", "一，领导重视", "一，", "一、"),
    ("number-mark", "1、文体活动。", "1、", "1."),
    ("number-mark", "（一）、领导重视", "（一）、", "（一）"),
    ("number-mark", "第一、加强领导。", "第一、", "第一，"),
    ("outline", "一是加强领导；三是加强宣传。", "三是", None),
    ("outline", "一是加强领导；二是健全制度；二是加强宣传。", "二是", None),
    ("outline", "第一，加强领导；第三，加强宣传。", "第三，", None),
    # Figures and policies
    ("share", "活动覆盖率达120%。", "覆盖率达120%", None),
    ("person-times", "全年参加居民2000人。", "2000人", "2000人次"),
    ("superseded-policy", "落实《全民科学素质行动计划纲要》。", "《全民科学素质行动计划纲要", None),
    ("superseded-policy", "举办计生知识讲座。", "计生", None),
    ("superseded-policy", "学习贯彻党的十九大精神。", "学习贯彻党的十九大精神", None),
    ("science-month", "全国科普日期间，社区组织宣传。", "全国科普日", None),
    ("another-community", "平安里社区在科普工作中成绩突出。", "平安里社区", None),
    ("another-community", "新安社区在科普工作中成绩突出。年底，新安社区举办了展览。", "新安社区", None),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "words", "right"), FOUND, ids=[f"{each[0]}-{each[1]}" for each in FOUND])
def test_found(rule: str, text: str, words: str, right: str | None) -> None:
    assert (rule, words, right) in findings(prose(text), rule)


def test_every_rule_of_words_is_tested() -> None:
    other = {
        # These speak of facts, of times, or of what is missing, and have tests of their own.
        *("another-signature", "attendance", "contradiction", "empty-section", "figure-twice", "heading-mark"),
        *("maybe-replaced-word", "missing-section", "missing-signature", "other-year", "outside-period"),
        *("part-of-whole", "per-head", "plan-item", "plan-year", "reused-text", "signing-day", "total"),
        *("typed-number", "unit"),
    }
    core = {
        rule for (what, rule), owner in default_engine().registry.owners.items() if what == "rule" and "core" in owner
    }
    assert {each[0] for each in FOUND} | other == core
