"""The section kinds of the core meet the contract of plugins' kinds."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kepu_docs.sections import KINDS, Rollup
from kepu_docs.testing import SectionContract

RECORDS = [
    *sorted((Path(__file__).parents[2] / "docs" / "examples").glob("*.yaml")),
    Path(__file__).parents[1] / "examples" / "rich.yaml",
]


SECTIONS = [section for path in RECORDS for section in yaml.safe_load(path.read_text(encoding="utf-8"))["sections"]]


def examples(kind: str) -> list[dict[str, Any]]:
    return [section for section in SECTIONS if section["kind"] == kind]


UNTOLD = {"outcomes": ("awards.community",)}
"""Of a community's own awards it is not told whose they are."""

HEADINGS = {
    "leadership": ["健全组织网络", "領導重視，機制健全", "Organisation and leadership"],
    "team": ["加强科普队伍建设", "志愿者风采", "Our volunteers"],
    "training": ["抓好干部和志愿者的业务培训", "提高居民素质", "Training of volunteers"],
    "activities": ["积极探索，开展丰富多彩的活动", "举办专题讲座", "Activities of the year"],
    "publicity": ["大力宣传科普知识", "营造氛围", "Science outreach"],
    "facilities": ["完善基础设施，夯实阵地", "科普橱窗", "Venues"],
    "funding": ["经费保障到位", "加大投入", "Budget"],
    "records": ["规范台账管理", "资料齐全", "Files"],
    "outcomes": ["工作成效明显", "居民满意", "Results"],
    "problems": ["存在的不足", "有待改进", "Difficulties"],
    "next_year_plan": ["2026年工作打算", "下一步工作", "Plans for next year"],
    "narrative": ["其他", "農村新技術推廣"],
}
SENTENCES: dict[str, dict[str, dict[str, Any]]] = {
    "leadership": {
        "小组由九名成员组成，召开专题会议4次。": {"group.members": "9名", "meetings": "4次"},
        "成立科普工作领导小组，由社区主任甲某某任组长。": {
            "group.name": "科普工作领导小组",
            "group.title": "社区主任",
            "group.head": "甲某某",
        },
        "把科普工作列入议事日程，纳入年终考核。": {"in_agenda": True, "in_assessment": True},
    },
    "team": {
        "现有专职工作者2名，兼职5名，科普信息员3人，专家6人。": {
            "full_time": "2名",
            "part_time": "5名",
            "informants": "3人",
            "experts": "6人",
        },
        "社区有科普志愿者近百人。": {"volunteers": "近100人"},
        "注册志愿者30人。": {"registered_volunteers": "30人"},
    },
    "training": {"全年举办培训班3期，培训200余人次。": {"sessions_total": "3期", "attendance_total": "200余人次"}},
    "activities": {
        "全年共举办各类活动12场，累计参加3000人次。": {"times_total": "12场", "attendance_total": "3000人次"},
        "平均每两个月举办活动1次。": {"frequency": {"times": 1, "months": 2}},
    },
    "publicity": {
        "发放宣传单3000余份，赠送科普读本1.2万册。": {"leaflets": "3000余份", "books": "1.2万册"},
        "悬挂横幅12条，展出展板20块，放映科普影片6场。": {"banners": "12条", "boards": "20块", "screenings": "6场"},
        "公众号推送文章60篇。": {"articles": "60篇"},
        "小区广播宣传40次，媒体报道5篇。": {"broadcasts": "40次", "reports": "5篇"},
    },
    "facilities": {"藏书近万册，电子屏3块。": {"library.books": "近万册", "screens": "3块"}},
    "funding": {"全年投入科普经费约3.5万元。": {"total": "约3.5万元"}},
    "outcomes": {
        "惠及300户，覆盖5000人次。": {"households_reached": "300户", "residents_reached": "5000人次"},
        "居民满意率98.5%，科普知晓率90%，参与率60%。": {
            "satisfaction": "98.5%",
            "coverage": "90%",
            "participation": "60%",
        },
        "荣获市级“科普示范社区”称号。": {"awards.0": {"name": "科普示范社区", "level": "市级"}},
    },
}


QUICK = {"training", "team"}
"""A kind with lists of entries, and one with records within it."""


def contract(kind: str) -> type[SectionContract]:
    told: dict[str, Any] = {
        "kind": kind,
        "sections": examples(kind),
        "not_shown": UNTOLD.get(kind, ()),
        "headings": HEADINGS[kind],
        "sentences": SENTENCES.get(kind, {}),
    }
    if kind not in QUICK:
        told["pytestmark"] = pytest.mark.deep
    return type(f"Test_{kind}", (SectionContract,), told)


for each in KINDS:
    # What a rollup makes is tested in tests/rollups, from the records that it is made of.
    if each.model is not Rollup:
        globals()[f"Test_{each.name}"] = contract(each.name)
