"""Records to measure with: a year of an invented community each, all of one shape and each with its own facts.

The shape is a summary of medium length: 5 headings, 15 sub-headings, some 20 paragraphs, four short lists, a table of
12 rows and 5 columns, a signature. Its main part in Word is about 21,000 characters long. Facts come in all the forms
that a record allows: figures, texts such as 近100人次, days and months, the writer's own words.
"""

import json
from collections.abc import Iterator
from random import Random
from typing import Any, Final

CATEGORIES: Final = ("科普讲座", "科普展览", "青少年活动", "文体活动")
ROWS: Final = 12
SPARSE: Final = 2
"""How many activities each category has that no table is made for."""

_PHRASES: Final = (
    "社区科普工作领导小组每季度研究一次工作",
    "志愿者走进楼栋讲解用电用气常识",
    "活动室全年向居民开放",
    "与辖区学校合办科学实验课",
    "邀请专家讲授慢性病防治知识",
    "组织居民参观科技场馆",
    "更换宣传栏内容",
    "为老年人开设智能手机课程",
    "发放科普读本",
    "收集居民意见并逐条答复",
)
_NAMES: Final = ("用电安全", "慢性病防治", "识别网络谣言", "垃圾分类", "应急救护", "航天科技", "智能手机使用")
_FORMS: Final = ("讲座", "展览", "体验课", "竞赛")
_PLACES: Final = ("科普活动室", "社区广场", "图书室", "文化站")
_PARTNERS: Final = ("试验区科学技术协会", "试验街道办事处", "试验小学")
_COUNTS: Final = ("近{}人次", "{}余", "约{}人次", "{}以上")


def records(count: int) -> Iterator[dict[str, Any]]:
    """Yield ``count`` records, the same ones each time."""
    # A fixed seed is what is wanted here: the same records on every machine.
    random = Random(20251220)
    for place in range(count):
        yield record(f"试验社区第{place + 1}居民区", random)


def lines(count: int) -> Iterator[bytes]:
    """Yield the records as lines of a ``.jsonl`` file."""
    for each in records(count):
        yield json.dumps(each, ensure_ascii=False).encode() + b"\n"


def record(community: str, random: Random) -> dict[str, Any]:
    """Return one record with facts drawn from ``random``."""
    return {
        "community": {
            "name": community,
            "street": "试验街道",
            "district": "试验区",
            "residents": random.randint(3000, 20000),
            "households": random.randint(1000, 8000),
        },
        "period": 2025,
        "sections": [
            _narrative("组织领导", ("健全机制", "明确责任", "制定计划", "落实经费"), random),
            _training(random),
            _activities(random),
            _narrative("阵地与宣传", ("活动室", "宣传栏", "网上宣传", "科普读本"), random),
            _narrative("下一步打算", ("充实队伍", "丰富内容", "扩大影响"), random),
        ],
        "signed_by": f"{community}居民委员会",
        "signed_on": "2025-12-20",
    }


def _narrative(heading: str, parts: tuple[str, ...], random: Random) -> dict[str, Any]:
    subsections = [{"heading": part, "paragraphs": [_sentences(random)]} for part in parts]
    return {"kind": "narrative", "heading": heading, "subsections": subsections}


def _training(random: Random) -> dict[str, Any]:
    sessions = [
        {
            "topic": topic,
            "held_on": _day(random),
            "place": random.choice(_PLACES),
            "trainer": random.choice(_PARTNERS),
            "attendance": _attendance(random),
        }
        for topic in random.sample(_NAMES, 2)
    ]
    return {"kind": "training", "audiences": ["科普志愿者"], "sessions": sessions}


def _activities(random: Random) -> dict[str, Any]:
    tabular, *others = CATEGORIES
    activities = [_activity(tabular, random) for _ in range(ROWS)]
    activities += [_activity(category, random) for category in others for _ in range(SPARSE)]
    categories = [{"name": category, "narrative": [_sentences(random)]} for category in others]
    return {
        "kind": "activities",
        "partners": ["街道", "学校"],
        "activities": activities,
        "categories": [{"name": tabular}, *categories],
    }


def _activity(category: str, random: Random) -> dict[str, Any]:
    return {
        "name": random.choice(_NAMES) + random.choice(_FORMS),
        "category": category,
        "held_on": _day(random),
        "place": random.choice(_PLACES),
        "attendance": _attendance(random),
        "partners": [random.choice(_PARTNERS)],
    }


def _day(random: Random) -> str:
    month = f"2025-{random.randint(1, 12):02}"
    return month if random.random() < 0.2 else f"{month}-{random.randint(1, 28):02}"


def _attendance(random: Random) -> int | str:
    """Return how many came: a figure, or, one time in four, a text."""
    number = random.randint(2, 30) * 10
    return random.choice(_COUNTS).format(number) if random.random() < 0.25 else number


def _sentences(random: Random) -> str:
    return "".join(
        f"{random.choice(_PHRASES)}{random.randint(2, 60)}次，惠及{random.randint(50, 3000)}人次。" for _ in range(4)
    )
