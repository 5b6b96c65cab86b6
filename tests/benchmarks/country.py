"""Records of a whole country: any number of communities, distinct, realistic and invented.

Each record depends only on its number, so that any part of the country can be made anywhere. The names are recognisably
invented: no division of the country has such a name, and the codes begin with 00, which no register uses.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, Final

COMMUNITIES: Final = 117_000
"""Urban communities of the country at the end of 2021, by the Ministry of Civil Affairs' statistical bulletin."""

_PER_STREET: Final = 8
_PER_DISTRICT: Final = 7
_PER_CITY: Final = 8
_PER_PROVINCE: Final = 9

_FIRST: Final = "云泉松枫岚溪澜禾荷桐"
_SECOND: Final = "岭湾川原洲屏源渡陵台"
_TREES: Final = ("银杏", "玉兰", "海棠", "丁香", "石榴", "紫薇", "香樟", "合欢")
_SURNAMES: Final = "甲乙丙丁戊己庚辛壬癸"
_POSTS: Final = ("社区党委书记", "社区居民委员会主任", "社区党支部书记", "社区副主任")
_MAKEUP: Final = ("退休教师", "医务工作者", "在校大学生", "楼栋长", "党员骨干", "网格员", "农技人员", "社区民警")
_RULES: Final = (
    "科普工作例会制度",
    "科普志愿者管理办法",
    "科普活动室开放制度",
    "科普经费使用办法",
    "科普宣传栏更新制度",
)
_TOPICS: Final = (
    "应急救护", "防范电信诈骗", "慢性病饮食", "家庭用电安全", "智能手机使用", "垃圾分类", "地震逃生", "食品标签识读",
    "心理疏导", "科学健身", "青少年视力保护", "燃气安全", "农药残留识别", "气象灾害防范", "信息核实方法", "节水器具",
)  # fmt: skip
_TRAINERS: Final = ("区红十字会", "区疾控中心", "市科技馆讲师团", "社区卫生服务站", "区消防救援大队", "街道科普讲师")
_ACTIVITIES: Final = (
    ("科普讲座", ("健康大讲堂", "航天知识讲座", "近视防控讲座", "营养与膳食讲座", "防震减灾讲座", "反诈知识讲座")),
    ("实践体验", ("无人机体验课", "家庭园艺课", "观星夜", "机器人拼装课", "水质检测体验", "急救实操")),
    ("主题展览", ("气象科普展", "垃圾分类图片展", "科学家精神展", "节能灯具展", "生物多样性展")),
    ("竞赛评比", ("科普知识竞赛", "家庭小发明评比", "节能家庭评选", "科普征文", "少儿科学画比赛")),
    ("参观走访", ("参观科技馆", "参观气象站", "参观自来水厂", "走进植物园", "走进消防站")),
)
_OCCASIONS: Final = (
    ("全国科技活动周", "2025-05-24"),
    ("全国科普月", "2025-09"),
    ("全国防灾减灾日", "2025-05-12"),
    ("世界环境日", "2025-06-05"),
    ("国家网络安全宣传周", "2025-09-17"),
)
_PARTNERS: Final = ("第一小学", "科技馆", "社区卫生服务中心", "志愿者协会", "图书馆分馆", "气象局", "农科所")
_PLACES: Final = ("社区活动室", "小区广场", "党群服务中心", "新时代文明实践站", "学校礼堂", "科普长廊")
_AUDIENCES: Final = ("青少年", "老年人", "外来务工人员", "社区干部", "社区商户", "残疾居民")
_CHANNELS: Final = ("宣传栏", "微信公众号", "电子屏", "小区广播", "楼栋微信群", "科普中国客户端")
_VENUES: Final = ("科普活动室", "科普画廊", "科普图书角", "青少年科学工作室", "健康小屋", "应急体验角")
_SOURCES: Final = ("区财政", "街道补助", "社区自筹", "社会捐赠", "市科协项目")
_USES: Final = ("购置展品", "印制资料", "讲师补贴", "设施维护", "活动组织")
_FOLDERS: Final = ("上级文件", "工作计划", "活动记录", "志愿者名册", "影像资料", "经费凭证", "工作总结")
_AWARDS: Final = ("科普示范社区", "全民科学素质工作先进集体", "科普志愿服务优秀队伍", "防震减灾示范社区")
_LEVELS: Final = ("区级", "市级", "省级")
_PROBLEMS: Final = (
    ("科普设施更新慢", "经费来源单一", "争取项目经费并引入共建单位"),
    ("青年居民参加得少", "活动多在工作日举办", "把部分活动改到周末和晚上"),
    ("志愿者专业知识不足", "培训场次有限", "与高校结对，每季度培训一次"),
    ("线上内容点击率低", "形式以文字为主", "试拍短视频并交由居民评选"),
    ("活动场地紧张", "社区用房面积小", "与辖区单位共用会议室"),
    ("老旧小区覆盖不够", "宣传点位偏少", "在每个楼栋增设一块宣传牌"),
)
_TASKS: Final = (
    ("举办科普讲座", "全年不少于{}场"), ("更新科普画廊", "全年不少于{}期"), ("培训科普志愿者", "全年不少于{}人次"),
    ("开放科普活动室", "每周不少于{}小时"), ("组织参观科普基地", "全年不少于{}次"), ("充实科普图书", "新增不少于{}册"),
)  # fmt: skip
_GOALS: Final = ("学习型社区", "科普示范社区", "韧性社区", "数字素养友好社区", "低碳社区")
_OPENINGS: Final = (
    "一年来，{name}按照{street}的安排，把科普工作与社区治理放在一起谋划。",
    "本年度，{name}从居民提出的问题出发安排科普内容，各项任务按计划完成。",
    "围绕提高居民科学素质，{name}在{street}指导下开展了以下工作。",
    "{name}今年继续以楼栋为单位做科普，力求让每户居民都够得着、听得懂。",
)
_NARRATIVES: Final = (
    "居民提出的{topic}问题，由社区收集后交讲师解答，答复张贴在{place}。",
    "每次活动之后，网格员到{trees}小区回访，了解居民对{topic}的掌握情况。",
    "社区把{topic}列为重点，先在{trees}小区试讲，再推广到其他小区。",
    "针对{audience}，社区把{topic}内容改编成小品，在{place}演出。",
    "社区与{partner}商定，每学期共同准备一次有关{topic}的课程。",
)


def record(number: int) -> dict[str, Any]:
    """Return the record of the community with this number, from 0 on."""
    # A fixed seed is what is wanted: the same country on every machine.
    random = Random(number)
    rest, community = divmod(number, _PER_STREET)
    rest, street = divmod(rest, _PER_DISTRICT)
    rest, district = divmod(rest, _PER_CITY)
    province, city = divmod(rest, _PER_PROVINCE)
    name = f"{_TREES[community]}{_place(number)}社区"
    street_name = f"{_place(street * 7 + district)}街道"
    residents = random.randint(1_200, 19_000)
    summary: dict[str, Any] = {
        "community": {
            "name": name,
            "code": f"00{province:02}{city:02}{district:02}{street:02}{community:02}",
            "street": street_name,
            "district": f"{_place(district * 11 + city)}区",
            "city": f"{_place(city * 13 + province)}市",
            "province": f"试验{_SURNAMES[province // 10 % 10]}{_SURNAMES[province % 10]}省",
            "residents": residents,
            "households": residents * 10 // random.randint(24, 33),
            "area": random.randint(20, 480) / 100,
            "grids": random.randint(3, 24),
        },
        "period": 2025,
        "opening": random.choice(_OPENINGS).format(name=name, street=street_name),
        "sections": _sections(random),
        "signed_by": f"{name}居民委员会",
        "signed_on": f"2025-12-{random.randint(1, 31):02}",
    }
    if random.random() < 0.3:
        summary["addressee"] = f"{street_name}办事处"
    return summary


def records(count: int, start: int = 0) -> Iterator[dict[str, Any]]:
    """Yield ``count`` records, from the one with the number ``start`` on."""
    return (record(number) for number in range(start, start + count))


def write(path: Path, count: int, start: int = 0) -> None:
    """Write ``count`` records to a file of JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        for each in records(count, start):
            file.write(json.dumps(each, ensure_ascii=False) + "\n")


def _sections(random: Random) -> list[dict[str, Any]]:
    """Return a usual year: not everybody has something to say of everything."""
    usual = [_leadership(random), _team(random), _training(random), _activities(random), _publicity(random)]
    others = [_facilities, _funding, _files, _outcomes, _problems]
    usual += [make(random) for make in others if random.random() < 0.6]
    return [*usual, _plan(random)]


def _leadership(random: Random) -> dict[str, Any]:
    return {
        "kind": "leadership",
        "group": {
            "head": f"{random.choice(_SURNAMES)}{random.choice('一二三四五六七八九')}",
            "title": random.choice(_POSTS),
            "members": random.randint(5, 15),
            "makeup": random.sample(_MAKEUP, 3),
        },
        "in_agenda": True,
        "meetings": random.randint(2, 12),
        "rules": random.sample(_RULES, random.randint(1, 3)),
        "narrative": [_narrative(random)],
    }


def _team(random: Random) -> dict[str, Any]:
    volunteers = random.randint(15, 260)
    return {
        "kind": "team",
        "part_time": random.randint(1, 9),
        "volunteers": _about(random, volunteers),
        "makeup": random.sample(_MAKEUP, random.randint(2, 4)),
        "experts": random.randint(1, 12),
    }


def _training(random: Random) -> dict[str, Any]:
    topics = random.sample(_TOPICS, random.randint(2, 5))
    return {
        "kind": "training",
        "sessions": [
            {
                "topic": topic,
                "held_on": _day(random),
                "trainer": random.choice(_TRAINERS),
                "attendance": _about(random, random.randint(20, 180)),
            }
            for topic in topics
        ],
    }


def _activities(random: Random) -> dict[str, Any]:
    activities = []
    for category, names in random.sample(_ACTIVITIES, random.randint(2, 4)):
        for name in random.sample(names, random.randint(2, 4)):
            activity: dict[str, Any] = {
                "name": name,
                "category": category,
                "held_on": _day(random),
                "place": random.choice(_PLACES),
                "attendance": _about(random, random.randint(25, 900)),
            }
            if random.random() < 0.4:
                activity["partners"] = random.sample(_PARTNERS, random.randint(1, 2))
            if random.random() < 0.3:
                activity["audience"] = random.sample(_AUDIENCES, random.randint(1, 2))
            if random.random() < 0.2:
                activity["occasion"], activity["held_on"] = random.choice(_OCCASIONS)
            if random.random() < 0.3:
                activity["materials"] = random.randint(50, 2_000)
            activities.append(activity)
    return {"kind": "activities", "activities": activities, "narrative": [_narrative(random)]}


def _publicity(random: Random) -> dict[str, Any]:
    return {
        "kind": "publicity",
        "channels": random.sample(_CHANNELS, random.randint(2, 4)),
        "topics": random.sample(_TOPICS, random.randint(2, 4)),
        "articles": random.randint(6, 120),
        "reads": _about(random, random.randint(800, 60_000)),
        "leaflets": _about(random, random.randint(300, 9_000)),
        "boards": random.randint(4, 60),
    }


def _facilities(random: Random) -> dict[str, Any]:
    return {
        "kind": "facilities",
        "venues": [
            {"name": name, "number": 1, "area": random.randint(20, 240), "open_hours": random.randint(8, 56)}
            for name in random.sample(_VENUES, random.randint(1, 3))
        ],
        "library": {"books": _about(random, random.randint(300, 9_000)), "new_books": random.randint(20, 600)},
        "screens": random.randint(1, 12),
    }


def _funding(random: Random) -> dict[str, Any]:
    amounts = [random.randint(10, 400) * 100 for _ in range(3)]
    return {
        "kind": "funding",
        "sources": [
            {"name": name, "amount": amount} for name, amount in zip(random.sample(_SOURCES, 3), amounts, strict=True)
        ],
        "uses": [
            {"purpose": purpose, "amount": amount - random.randint(0, 5) * 100}
            for purpose, amount in zip(random.sample(_USES, 3), amounts, strict=True)
        ],
    }


def _files(random: Random) -> dict[str, Any]:
    return {
        "kind": "records",
        "folders": random.sample(_FOLDERS, random.randint(3, 5)),
        "files": random.randint(40, 400),
    }


def _outcomes(random: Random) -> dict[str, Any]:
    return {
        "kind": "outcomes",
        "residents_reached": _about(random, random.randint(900, 30_000)),
        "coverage": random.randint(700, 999) / 10,
        "satisfaction": random.randint(850, 999) / 10,
        "awards": [{"name": random.choice(_AWARDS), "level": random.choice(_LEVELS), "year": 2025}],
    }


def _problems(random: Random) -> dict[str, Any]:
    chosen = random.sample(_PROBLEMS, random.randint(2, 3))
    return {
        "kind": "problems",
        "problems": [{"problem": problem, "cause": cause, "remedy": remedy} for problem, cause, remedy in chosen],
    }


def _plan(random: Random) -> dict[str, Any]:
    return {
        "kind": "next_year_plan",
        "goals": random.sample(_GOALS, random.randint(1, 2)),
        "tasks": [
            {
                "task": task,
                "target": target.format(random.randint(4, 60)),
                "deadline": f"2026-{random.randint(3, 12):02}",
            }
            for task, target in random.sample(_TASKS, random.randint(3, 5))
        ],
    }


def _narrative(random: Random) -> str:
    return random.choice(_NARRATIVES).format(
        topic=random.choice(_TOPICS),
        place=random.choice(_PLACES),
        trees=random.choice(_TREES),
        audience=random.choice(_AUDIENCES),
        partner=random.choice(_PARTNERS),
    )


def _place(number: int) -> str:
    return _FIRST[number % 10] + _SECOND[number // 10 % 10]


def _day(random: Random) -> str:
    return f"2025-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def _about(random: Random, number: int) -> int | str:
    """Return a number as people give it: often exact, often rounded."""
    if number < 100 or random.random() < 0.5:
        return number
    rounded = number // 100 * 100
    return random.choice((f"{rounded}余", f"近{rounded + 100}", f"约{rounded}"))
