"""The sentences of venues, money, outcomes, problems and plans, as their editors would have them."""

import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from tests.languages import LOCALES

from kepu_docs.blocks import Heading, ListBlock, Paragraph, Table
from kepu_docs.composing.composer import Composer
from kepu_docs.registry import Registry
from kepu_docs.schema import Section
from kepu_docs.schema.samples import Samples
from kepu_docs.sections import Facilities, Funding, NextYearPlan, Outcomes, Problems

REGISTRY = Registry.load()


@cache
def composer(locale: str) -> Composer:
    return REGISTRY.composer(locale)


def told(
    kind: str,
    section: dict[str, Any],
    locale: str = "zh_Hans",
    name: str = "试验社区",
    wording: str = "plain",
    **community: Any,
) -> list[str]:
    """Return the paragraphs and list entries of a section, and the captions of its tables."""
    record = {
        "community": {"name": name, **community},
        "period": 2025,
        "opening": "开头。",
        "wording": wording,
        "sections": [{"kind": kind, **section}],
    }
    found: list[str] = []
    blocks = composer(locale).compose(REGISTRY.model.model_validate(record)).blocks
    first = next((place for place, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    for block in blocks[first:]:
        match block:
            case Paragraph(text=text):
                found.append(text)
            case ListBlock(items=items):
                found += [item.lead + item.text for item in items]
            case Table(caption=caption):
                found.append(caption)
    return found


def in_all_wordings(kind: str, section: dict[str, Any], ending: str = "社区") -> set[str]:
    """Return what the documents of many writers say, which among them have all wordings."""
    names = [f"试验{first}{second}{ending}" for first in "甲乙丙丁戊己" for second in "子丑寅卯辰"]
    return {"".join(told(kind, section, name=name, wording="varied")) for name in names}


ROOM = {"name": "科普活动室", "number": 1, "area": 120, "open_hours": 20}
GALLERY = {"name": "科普画廊", "number": "3处", "length": 30, "place": "中心广场", "use": "供居民学习"}


def test_venues_stay_together_in_the_order_of_the_writer() -> None:
    assert told("facilities", {"venues": [{"name": "宣传橱窗", "number": 2}, ROOM, GALLERY]}) == [
        "社区建有以下科普场所：",
        "宣传橱窗2个。",
        "科普活动室1个，面积120平方米，每周开放20小时。",
        "科普画廊3处，位于中心广场，总长30米，供居民学习。",
    ]


def test_one_venue_is_a_sentence_and_what_follows_does_not_say_it_again() -> None:
    section = {"venues": [ROOM], "screens": 3, "added": ["气象站"], "bases": [{"name": "甲园", "level": "市级"}]}
    assert told("facilities", section, name="试验小学") == [
        "学校建有科普活动室1个，面积120平方米，每周开放20小时。"
        "学校还设有电子屏3块，有市级科普教育基地“甲园”，完成气象站的建设改造。"
    ]


def test_venues_of_which_only_number_and_place_are_known_are_one_sentence() -> None:
    venues = [{"name": "科普活动室", "number": 1}, {"name": "宣传栏", "number": 4, "place": "村口"}]
    assert told("facilities", {"venues": venues, "library": {"books": 900}}, name="试验村", residents=900) == [
        "村里建有科普活动室1个、宣传栏4个（村口）。村图书室藏书900册，每百人拥有图书100册。"
    ]


def test_many_venues_with_little_in_common_are_a_list() -> None:
    bare = [{"name": name, "number": 1} for name in ("甲室", "乙室", "丙室", "丁室")]
    assert len(told("facilities", {"venues": [*bare, ROOM]})) == 6
    assert told("facilities", {"venues": [ROOM] * 4}) == ["科普场所一览"]


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("试验小学", "学校图书馆"),
        ("试验镇", "镇图书室"),
        ("试验医院", "医院图书室"),
        ("试验科技馆", "馆内图书室"),
        ("试验博物馆", "馆内图书室"),
    ],
)
def test_a_library_without_a_name(name: str, library: str) -> None:
    assert told("facilities", {"library": {"new_books": 50}}, name=name) == [f"{library}新增图书50册。"]


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        (
            {"sources": [{"name": "区财政", "amount": 800}, {"name": "社区自筹", "amount": 400}]},
            "社区投入科普经费1200元，分别由区财政拨付800元、社区自筹400元。",
        ),
        (
            {"total": 1500, "sources": [{"name": "区财政", "amount": 800}, {"name": "试验公司", "amount": 400}]},
            "社区投入科普经费1500元，其中区财政拨付800元、试验公司出资400元。",
        ),
        (
            {"sources": [{"name": "科普专项经费", "amount": 800}, {"name": "区财政", "amount": 400}]},
            "社区投入科普经费1200元，来源分别为科普专项经费800元、区财政拨付400元。",
        ),
        ({"sources": [{"name": "区财政", "amount": 800}]}, "社区投入科普经费800元，全部由区财政拨付。"),
        (
            {"total": "近900元", "sources": [{"name": "区财政", "amount": 800}]},
            "社区投入科普经费近900元，其中区财政拨付800元。",
        ),
        (
            {"total": "约1.5万", "sources": [{"name": "试验镇人民政府", "amount": "约1.5万"}]},
            "社区投入科普经费约1.5万元，全部由试验镇人民政府拨付。",
        ),
        (
            {"sources": [{"name": "区财政", "amount": 800}, {"name": "海外基金会", "amount": "50美元"}]},
            "社区科普经费分别由区财政拨付800元、海外基金会出资50美元。",
        ),
        (
            {"total": 800, "uses": [{"purpose": "科普讲座", "amount": 800}]},
            "社区投入科普经费800元。经费全部用于科普讲座。",
        ),
        (
            {"uses": [{"purpose": "用于讲座", "amount": 500}, {"purpose": "用于展品", "amount": 300}]},
            "社区投入科普经费800元。经费分别用于讲座500元、用于展品300元。",
        ),
        (
            {"total": 900, "uses": [{"purpose": "讲座", "amount": 500}]},
            "社区投入科普经费900元。经费中，500元用于讲座。",
        ),
    ],
)
def test_money(section: dict[str, Any], sentence: str) -> None:
    assert "".join(told("funding", section)).replace(",", "") == sentence


def test_money_for_each_of_those_it_is_for() -> None:
    assert told("funding", {"total": 800}, residents=400)[0].endswith("按常住人口计算，人均科普经费2元。")
    assert told("funding", {"total": 800}, name="试验小学", residents=400)[0].endswith("师生人均科普经费2元。")


def test_other_money_is_not_added() -> None:
    # 800元 and 50美元 are not 850元.
    mixed = {"sources": [{"name": "甲", "amount": 800}, {"name": "乙", "amount": "50美元"}]}
    assert "850" not in told("funding", mixed, residents=100)[0]


AWARDS = [
    {"name": "科普示范社区", "level": "市级", "giver": "试验市科协", "year": 2025},
    {"name": "优秀组织奖", "giver": "试验区科协", "year": 2025},
    {"name": "“千村”行动先进单位", "year": 2024},
]


def test_a_year_is_said_once_for_its_awards() -> None:
    assert told("outcomes", {"awards": AWARDS, "awards_total": 8}) == [
        "试验社区共获得荣誉8项，其中2024年获“‘千村’行动先进单位”称号，2025年获试验市科协授予的“科普示范社区”称号"
        "和试验区科协颁发的“优秀组织奖”。"
    ]
    assert told("outcomes", {"awards": AWARDS, "awards_total": 3})[0].startswith("试验社区共获得荣誉3项，2024年获")
    assert told("outcomes", {"awards": AWARDS}, "en")[0] == (
        "In 2024 the community received “‘千村’行动先进单位”; "
        "in 2025, “科普示范社区” from 试验市科协 and “优秀组织奖” from 试验区科协."
    )


def test_figures_for_each_resident_of_those_that_state_both_say_so() -> None:
    basis = {"amount": 400, "residents": 100}
    assert "按有常住人口数据的单位计算，人均科普经费4元。" in told("funding", {"total": 900, "basis": basis})[0]
    assert "按常住人口计算，人均科普经费4元。" in told("funding", {"total": 400, "basis": basis})[0]
    library = {"books": 900, "basis": {"books": 400, "residents": 100}}
    assert "按有常住人口数据的单位计算，每百人拥有图书400册。" in told("facilities", {"library": library})[0]


def test_shares_have_a_subject() -> None:
    assert told("outcomes", {"satisfaction": 96}, name="试验小学") == ["师生对科普工作的满意率为96%。"]
    assert told("outcomes", {"coverage": "近90%", "satisfaction": "96%以上"}) == [
        "科普工作的家庭覆盖率近90%，居民满意率为96%以上。"
    ]


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        ({"problem": "经费不足。"}, "经费不足。"),
        ({"problem": "经费不足", "cause": "来源单一"}, "经费不足，主要原因是来源单一。"),
        ({"problem": "志愿者少", "cause": "由于青年工作繁忙。"}, "志愿者少，主要是由于青年工作繁忙。"),
        ({"problem": "志愿者少", "cause": "主要是青年忙"}, "志愿者少，主要是青年忙。"),
        ({"problem": "展品老化", "cause": "一是用得多。二是修得少"}, "展品老化，主要原因：一是用得多。二是修得少。"),
        ({"problem": "谁来讲？", "cause": "主要是专家少"}, "谁来讲？主要是专家少。"),
        ({"problem": "经费不足", "remedy": "争取社会支持"}, "经费不足。下一步将争取社会支持。"),
        ({"problem": "经费不足", "remedy": "将争取支持。"}, "经费不足。下一步将争取支持。"),
        ({"problem": "经费不足", "remedy": "今后争取支持"}, "经费不足。今后争取支持。"),
        *[
            ({"problem": "经费不足", "remedy": remedy}, f"经费不足。下一步将{remedy}。")
            for remedy in ("增开晚间班", "请房东转交手册", "由楼长每周巡查", "每季度安排一场讲座", "配合物业排查")
        ],
        ({"problem": "经费不足", "remedy": "培训骨干"}, "经费不足。改进措施：培训骨干。"),
        ({"problem": "经费不足", "communities": 10}, "10个单位反映经费不足。"),
        ({"problem": "人手少。场地小。", "communities": 10}, "10个单位反映：人手少。场地小。"),
    ],
)
def test_problems(problem: dict[str, Any], sentence: str) -> None:
    assert told("problems", {"problems": [problem]}) == [sentence]


@pytest.mark.parametrize(
    ("task", "sentence"),
    [
        (
            {"task": "举办讲座", "target": "48场以上", "owner": "社区居委会", "deadline": "2026-04"},
            "2026年4月底前举办讲座48场以上，由社区居委会负责。",
        ),
        (
            {"task": "更新科普画廊", "target": "每季度1期", "deadline": "2026-09-30"},
            "2026年9月30日前更新科普画廊，每季度1期。",
        ),
        ({"task": "招募志愿者", "target": "新增10人", "deadline": 2026}, "2026年底前招募志愿者，新增10人。"),
        ({"task": "举办讲座", "target": "举办讲座6场"}, "举办讲座，目标为举办讲座6场。"),
        ({"task": "举办讲座", "target": "1500人次"}, "举办讲座，目标为1500人次。"),
        ({"task": "科普进校园", "deadline": "2026-Q3"}, "科普进校园，2026年第三季度结束前完成。"),
        ({"task": "每月举办讲座", "owner": "由科普小队牵头"}, "每月举办讲座，由科普小队牵头。"),
        ({"task": "办讲座。进校园。", "deadline": "2026-H1"}, "办讲座。进校园。2026年上半年结束前完成。"),
        (
            {"task": "举办讲座", "deadline": {"start": "2026-03-01", "end": "2026-05-31"}},
            "2026年3月至5月举办讲座。",
        ),
        ({"task": "举办讲座", "communities": 10}, "10个单位安排举办讲座。"),
    ],
)
def test_tasks(task: dict[str, Any], sentence: str) -> None:
    assert told("next_year_plan", {"tasks": [task, {"task": "另一项"}]})[0] == sentence


@pytest.mark.parametrize(
    ("task", "hans", "hant"),
    [
        ({"task": "新建科普角"}, "将新建科普角。", "將新建科普角。"),
        (
            {"task": "新建科普角", "deadline": "2026-06"},
            "将在2026年6月底前新建科普角。",
            "將於2026年6月底前新建科普角。",
        ),
        ({"task": "科普大讲堂", "target": "12场"}, "安排科普大讲堂，目标为12场。", "規劃科普大讲堂，目標為12场。"),
        ({"task": "建角。办展。"}, "安排：建角。办展。", "規劃：建角。办展。"),
    ],
)
def test_a_task_that_stands_alone_is_a_sentence_with_a_subject(task: dict[str, Any], hans: str, hant: str) -> None:
    assert told("next_year_plan", {"tasks": [task]}) == [f"下一步，社区{hans}"]
    assert told("next_year_plan", {"tasks": [task]}, "zh_Hant") == [f"今後，社區{hant}"]
    assert told("next_year_plan", {"tasks": [task], "goals": ["示范社区"]})[-1][:2] not in ("下一", "今後")


@pytest.mark.parametrize(
    ("goals", "aim"),
    [
        (["学习型社区", "和谐社区"], "将以创建学习型社区、和谐社区为目标，持续做好科普工作。"),
        (["提高居民素质", "示范社区"], "将以提高居民素质、创建示范社区为目标，持续做好科普工作。"),
        (["科普经费翻番"], "的工作目标是科普经费翻番。"),
    ],
)
def test_goals(goals: list[str], aim: str) -> None:
    assert told("next_year_plan", {"goals": goals}) == [f"下一步，社区{aim}"]


def test_in_english_and_in_traditional_characters() -> None:
    task = {"task": "Hold talks", "target": "at least 48", "owner": "the committee", "deadline": "2026-04"}
    assert told("next_year_plan", {"tasks": [task]}, "en") == [
        "Hold talks by the end of April 2026 (target: at least 48). Responsibility lies with the committee."
    ]
    told_of = {"task": "舉辦講座", "target": "48場以上", "deadline": "2026-Q3"}
    assert told("next_year_plan", {"tasks": [told_of, told_of]}, "zh_Hant") == 2 * [
        "2026年第三季結束前舉辦講座48場以上。"
    ]
    assert told("outcomes", {"awards": AWARDS[2:]}, "zh_Hant") == ["社區2024年獲「『千村』行动先进单位」稱號。"]
    money = {"total": 900, "uses": [{"purpose": "talks", "amount": 500}, {"purpose": "print", "amount": 100}]}
    assert told("funding", money, "en") == [
        "Funds for science popularisation came to 900 yuan. Of the money, 500 yuan went to talks and 100 yuan to print."
    ]


def texts_of(given: Any) -> Iterator[str]:
    match given:
        case str():
            yield given
        case dict() if "value" not in given:
            for each in given.values():
                yield from texts_of(each)
        case list():
            for each in given:
                yield from texts_of(each)


@pytest.mark.parametrize("rolled_up", [False, True], ids=["own", "rolled up"])
@pytest.mark.parametrize(
    "kind", [Facilities, Funding, Outcomes, Problems, NextYearPlan], ids=lambda kind: kind.kind_name()
)
@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_that_is_given_stays_untold(locale: str, kind: type[Section], rolled_up: bool) -> None:
    numbers = itertools.count()
    for size in (1, 2, 5):
        made = Samples(kind, lambda path, nth, limit: f"甲{next(numbers)}乙", size=size).section(kind.kind_name())
        section = {name: value for name, value in made.items() if name not in ("photos", "written")}
        record = {
            "community": {"name": "试验社区"},
            "period": 2025,
            "sections": [section, *([{"kind": "rollup", "number": 3}] if rolled_up else [])],
        }
        shown = repr(composer(locale).compose(REGISTRY.model.model_validate(record)).blocks)
        assert [text for text in texts_of(section) if text.endswith("乙") and text not in shown] == []


def test_a_goal_is_told_once() -> None:
    goals = ["建成科普示范社区", "科普示范社区"]
    assert told("next_year_plan", {"goals": goals}) == ["下一步，社区将以建成科普示范社区为目标，持续做好科普工作。"]


def test_a_plan_is_money_and_gives_none_itself() -> None:
    sources = [{"name": "县财政", "amount": 600}, {"name": "基层科普行动计划", "amount": 400}]
    (said,) = told("funding", {"sources": sources})
    assert said == "社区投入科普经费1000元，来源分别为县财政拨付600元、基层科普行动计划400元。"


def test_a_table_of_uses_does_not_say_what_its_heading_says() -> None:
    uses = [{"purpose": f"用于{each}", "amount": 100} for each in "甲乙丙丁"]
    record = {"community": {"name": "试验社区"}, "period": 2025, "sections": [{"kind": "funding", "uses": uses}]}
    blocks = composer("zh_Hans").compose(REGISTRY.model.model_validate(record)).blocks
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("试验社区卫生服务中心", "中心"),
        ("试验卫生院", "卫生院"),
        ("试验社区卫生服务站", "服务站"),
        ("试验活动中心", "中心"),
    ],
)
def test_what_institutions_call_themselves(name: str, body: str) -> None:
    assert told("funding", {"total": 500}, name=name) == [f"{body}投入科普经费500元。"]


def test_a_national_award_says_its_level() -> None:
    award = {"name": "全国科普教育基地", "level": "国家级"}
    assert told("outcomes", {"awards": [award]}) == ["试验社区获“全国科普教育基地”称号。"]


@pytest.mark.parametrize(
    ("giver", "level", "shown"),
    [
        ("云栖市科协", "市级", False),
        ("试验市试验区教育局", "市级", True),
        ("试验市试验区教育局", "区级", False),
        ("试验区城市管理局", "市级", True),
        ("试验社区基金会", "区级", True),
        ("中国科协", "国家级", False),
        (None, "市级", True),
    ],
)
def test_a_level_is_not_said_beside_a_giver_that_shows_it(giver: str | None, level: str, shown: bool) -> None:
    award = {"name": "优秀组织奖", "level": level, "giver": giver}
    (said,) = told("outcomes", {"awards": [award]})
    assert (level in said) is shown


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        (
            {"name": "科普知识测试", "participants": 320, "before": "62%", "after": "85%"},
            "对320人开展科普知识测试，正确率由62%提高到85%。",
        ),
        ({"name": "用药安全", "before": 70, "after": 65}, "开展用药安全测试，正确率由70%变为65%。"),
        ({"name": "急救知识竞赛", "before": 70, "after": 70}, "开展急救知识竞赛，正确率为70%。"),
        ({"name": "科普知识", "participants": "300余", "after": "近90%"}, "对300余人开展科普知识测试，正确率近90%。"),
        ({"name": "科普知识", "before": "60%"}, "开展科普知识测试，科普工作开展前的正确率为60%。"),
        ({"name": "科普知识", "participants": 40}, "对40人开展科普知识测试。"),
    ],
)
def test_what_people_know(test: dict[str, Any], sentence: str) -> None:
    assert told("outcomes", {"tests": [test]}) == [f"社区{sentence}"]


def test_what_people_know_in_other_languages() -> None:
    test = {"name": "科普知識測驗", "participants": 320, "before": 62, "after": 85}
    assert told("outcomes", {"tests": [test]}, "zh_Hant") == ["社區對320人進行科普知識測驗，正確率由62%提高至85%。"]
    assert told("outcomes", {"tests": [test, {"name": "Quiz", "after": 70}]}, "en") == [
        "320 people took “科普知識測驗”; the share of right answers rose from 62% to 85%."
        " In “Quiz”, the share of right answers was 70%."
    ]


CASES = [{"title": "一张血压卡", "text": "每人一张卡。"}, {"title": "四分钟救援", "text": "患者恢复心跳"}]


def test_effects_come_first_and_cases_last() -> None:
    section = {
        "cases": CASES[:1],
        "awards": AWARDS[2:],
        "narrative": ["举报由每月三十起降到五起。"],
        "tests": [{"name": "科普知识", "after": 85}],
        "satisfaction": 96,
        "residents_reached": 500,
    }
    assert told("outcomes", section) == [
        "科普工作惠及居民500人次。居民对科普工作的满意率为96%。社区开展科普知识测试，正确率为85%。",
        "举报由每月三十起降到五起。",
        "试验社区2024年获“‘千村’行动先进单位”称号。",
        "典型案例：一张血压卡。每人一张卡。",
    ]


def test_several_cases_have_headings() -> None:
    record = {
        "community": {"name": "试验社区"},
        "period": 2025,
        "wording": "plain",
        "sections": [{"kind": "outcomes", "cases": CASES}],
    }
    blocks = composer("zh_Hans").compose(REGISTRY.model.model_validate(record)).blocks
    lines = [(type(block).__name__, block.text) for block in blocks if isinstance(block, Heading | Paragraph)]
    assert lines[-5:] == [
        ("Paragraph", "工作中有以下典型案例。"),
        ("Heading", "一张血压卡"),
        ("Paragraph", "每人一张卡。"),
        ("Heading", "四分钟救援"),
        ("Paragraph", "患者恢复心跳。"),
    ]


@pytest.mark.parametrize("name", [f"试验{character}社区" for character in "甲乙丙丁戊己庚辛壬癸"])
def test_no_wording_prints_data(name: str) -> None:
    sections = [
        Samples(kind.model, lambda path, nth, limit: "文字").section(key)
        for key, kind in REGISTRY.kinds.items()
        if key != "rollup"
    ]
    for section in sections:
        section.pop("written", None)
    record = {"community": {"name": name}, "period": 2025, "overview": False, "sections": sections}
    for block in composer("zh_Hans").compose(REGISTRY.model.model_validate(record)).blocks:
        assert "{'" not in getattr(block, "text", "")


def test_nothing_stands_between_quotation_marks() -> None:
    bases = [{"name": "甲馆", "level": "区级"}, {"name": "乙园", "level": "区级"}]
    assert told("facilities", {"bases": bases}) == ["社区现有区级科普教育基地“甲馆”“乙园”。"]
    bases[1]["level"] = "市级"
    assert told("facilities", {"bases": bases}) == ["社区现有科普教育基地“甲馆”（区级）、“乙园”（市级）。"]
    awards = [{"name": f"{each}奖"} for each in "甲乙丙"]
    assert told("outcomes", {"awards": awards}) == ["试验社区获“甲奖”“乙奖”和“丙奖”。"]


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        ("team", {"volunteers": 60}),
        ("activities", {"times_total": 12}),
        ("funding", {"sources": [{"name": "甲", "amount": 800}, {"name": "乙", "amount": "50美元"}]}),
    ],
)
def test_a_village_is_part_of_a_compound(kind: str, section: dict[str, Any]) -> None:
    said = in_all_wordings(kind, section, "村")
    assert len(said) > 1 or kind == "funding"
    assert not any("村里科普" in each for each in said)
    assert any("村科普" in each for each in said)


def test_venues_for_whose_columns_there_is_no_room_are_a_list() -> None:
    room = {**ROOM, "equipment": ["三维打印机和激光切割机"], "use": "少年科学营和周末创客课"}
    corridor = {"name": "科普长廊", "place": "湿地公园步道", "length": 80, "updates": 10, "use": "介绍湿地植物"}
    assert len(told("facilities", {"venues": [room, room, room, corridor]})) == 5


@pytest.mark.parametrize(
    ("tasks", "sentences"),
    [
        (
            [{"task": "为9座楼宇配齐除颤器", "deadline": "2026-06"}, {"task": "修订预案", "deadline": "2026-10"}],
            ["2026年6月底前，为9座楼宇配齐除颤器。", "2026年10月底前，修订预案。"],
        ),
        (
            [{"task": "请专家讲课", "deadline": "2026-06"}, {"task": "组建宣讲队", "deadline": "2026-10"}],
            ["2026年6月底前请专家讲课。", "2026年10月底前组建宣讲队。"],
        ),
        (
            [{"task": "科普进校园", "deadline": "2026-06"}, {"task": "修订预案", "deadline": "2026-10"}],
            ["科普进校园，2026年6月底前完成。", "修订预案，2026年10月底前完成。"],
        ),
        ([{"task": "办好科普电影周", "target": "放映6场"}, {"task": "办展"}], ["办好科普电影周，放映6场。", "办展。"]),
    ],
)
def test_in_one_list_deadlines_stand_in_one_place(tasks: list[dict[str, Any]], sentences: list[str]) -> None:
    assert told("next_year_plan", {"tasks": tasks}) == sentences


def test_a_table_of_tasks_has_a_sentence_before_it() -> None:
    tasks = [{"task": "办展", "target": "6场", "owner": "居委会"}] * 4
    assert told("next_year_plan", {"tasks": tasks}) == ["下一步主要工作任务如下。", "下一步工作任务"]
    assert told("next_year_plan", {"tasks": tasks, "goals": ["示范社区"]})[0].endswith("持续做好科普工作。")
    assert len(told("next_year_plan", {"tasks": tasks, "narrative": ["先办展。"]})) == 2


def test_what_is_used_at_a_time_needs_no_more_words() -> None:
    gallery = {"name": "科普画廊", "use": "按月刊出科普图文"}
    assert told("facilities", {"venues": [gallery]}) == ["社区建有科普画廊，按月刊出科普图文。"]


def test_a_venue_that_was_renewed_is_named_once() -> None:
    station, room = {"name": "科普驿站", "area": 65}, {"name": "科普活动室", "number": 1}
    assert told("facilities", {"venues": [station], "added": ["科普驿站"]}) == [
        "社区建有科普驿站，面积65平方米，本年度完成建设改造。"
    ]
    assert told("facilities", {"venues": [station, room], "added": ["新建科普驿站", "健身点"]}) == [
        "社区完成健身点的建设改造。",
        "社区建有以下科普场所：",
        "科普驿站，面积65平方米，为本年度新建。",
        "科普活动室1个。",
    ]
    assert told("facilities", {"venues": [room, {"name": "科普驿站"}], "added": ["科普驿站"]}) == [
        "社区建有科普活动室1个、科普驿站。其中科普驿站本年度完成建设改造。"
    ]


def summed(
    *sections: dict[str, Any],
    members: list[dict[str, Any]] | None = None,
    stated: dict[str, int] | None = None,
    locale: str = "zh_Hans",
    wording: str = "plain",
    **community: Any,
) -> list[str]:
    """Return the paragraphs and list entries of a district's summary that was added up."""
    stating = [{"figure": figure, "communities": number} for figure, number in (stated or {}).items()]
    rollup = {"kind": "rollup", "number": 3, "members": members or [], "stated": stating}
    record = {
        "community": {"name": "试验区", **community},
        "period": 2025,
        "overview": False,
        "wording": wording,
        "sections": [*sections, rollup],
    }
    lines: list[str] = []
    for block in composer(locale).compose(REGISTRY.model.model_validate(record)).blocks:
        match block:
            case Paragraph(text=text):
                lines.append(text)
            case ListBlock(items=items):
                lines += [item.lead + item.text for item in items]
    return lines


COMMUNITIES: list[dict[str, Any]] = [{"name": "试验社区"}, {"name": "示例社区"}]


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ({"kind": "leadership", "guided_by": ["区科协"]}, "各单位在区科协的指导下开展科普工作。"),
        (
            {"kind": "training", "sessions_total": 24, "audiences": ["物业人员"], "trainers": ["农技员"]},
            "全区全年举办科普培训24场，对象包括物业人员，授课人包括农技员。",
        ),
        ({"kind": "training", "audiences": ["物业人员"]}, "各单位科普培训的对象包括物业人员。"),
        (
            {"kind": "activities", "times_total": 12, "partners": ["区图书馆"]},
            "各单位与区图书馆联动，全年开展科普活动12场。",
        ),
        (
            {"kind": "publicity", "channels": ["宣传栏"], "audiences": ["学生"]},
            "全区通过宣传栏开展科普宣传。各单位的宣传对象包括学生。",
        ),
    ],
)
def test_what_some_communities_state_is_not_said_of_all(section: dict[str, Any], sentence: str) -> None:
    assert sentence in summed(section)


def test_figures_of_those_who_reported_are_not_the_district_s_own() -> None:
    figures: dict[str, Any] = {"city": "试验市", "area": 13.65, "households": 300}
    assert summed(**figures)[0] == "试验区位于试验市。3个报送单位辖区面积共13.65平方公里，共有居民300户。"
    assert summed(members=COMMUNITIES, area=2)[0] == "试验区3个社区辖区面积共2平方公里。"


@pytest.mark.parametrize(
    ("stated", "simplified", "traditional", "english"),
    [
        ({"area": 3, "households": 3}, "", "", ""),
        (
            {"area": 2, "households": 3},
            "面积按已填报的社区合计。",
            "面積依已提報的社區合計。",
            " The figures for area cover only the communities that stated them.",
        ),
        (
            {"area": 2, "households": 1, "floating": 2, "residents": 3},
            "面积、户数按已填报的社区合计。",
            "面積、戶數依已提報的社區合計。",
            " The figures for area and households cover only the communities that stated them.",
        ),
        (
            {"area": 2, "households": 1, "residents": 2},
            "以上数据按已填报的社区合计。",
            "以上數據依已提報的社區合計。",
            " These figures cover only the communities that stated them.",
        ),
    ],
)
def test_a_sum_of_some_is_not_that_of_all(
    stated: dict[str, int], simplified: str, traditional: str, english: str
) -> None:
    figures: dict[str, Any] = {"area": 6.4, "households": 402, "residents": 800, "floating": 0}
    given = {name: value for name, value in figures.items() if name in stated}
    by = {f"community.{name}": number for name, number in stated.items()}
    for locale, sentence in (("zh_Hans", simplified), ("zh_Hant", traditional), ("en", english)):
        text = summed(members=COMMUNITIES, stated=by, locale=locale, **given)[0]
        bare = summed(members=COMMUNITIES, locale=locale, **given)[0]
        assert text == bare + sentence


def test_one_community_s_problem_or_task_is_not_counted() -> None:
    problems = [{"problem": "展品老化", "communities": 2}, {"problem": "经费不足", "communities": 1}]
    assert summed({"kind": "problems", "problems": problems})[1:4] == [
        "各单位反映的问题主要有：",
        "2个单位反映展品老化。",
        "经费不足。",
    ]
    tasks = [{"task": "举办讲座", "communities": 2}, {"task": "更新画廊", "communities": 1}]
    assert summed({"kind": "next_year_plan", "tasks": tasks})[1:4] == [
        "各单位安排的任务主要有：",
        "2个单位安排举办讲座。",
        "更新画廊。",
    ]


def test_a_single_one_is_no_list_after_a_colon() -> None:
    problems = {"kind": "problems", "problems": [{"problem": "展品老化", "cause": "经费不足", "communities": 1}]}
    assert "各单位反映的问题主要有：展品老化，主要原因是经费不足。" in summed(problems)
    tasks = {"kind": "next_year_plan", "tasks": [{"task": "举办讲座", "owner": "区科协", "communities": 2}]}
    assert "各单位安排的任务主要有：2个单位安排举办讲座，由区科协负责。" in summed(tasks)
    groups = [{"name": "宣讲队", "members": 12, "community": "试验社区"}]
    team = {"kind": "team", "groups_total": 1, "groups": groups}
    assert "各单位共有科普队伍1支，为宣讲队（试验社区）。队员12人。" in summed(team)
    assert "各单位共有科普队伍3支，人数最多的是宣讲队（试验社区）。队员12人。" in summed({**team, "groups_total": 3})


def test_rules_are_not_called_the_rules_of_rules() -> None:
    assert "各单位建立的制度包括科普工作制度。" in summed({"kind": "leadership", "rules": ["科普工作制度"]})


def test_shares_are_called_in_sums_as_in_what_they_are_made_of() -> None:
    shares = [
        {"figure": f"outcomes.{name}", "communities": 2, "lowest": 70, "highest": 80}
        for name in ("coverage", "participation", "satisfaction")
    ]
    record = {
        "community": {"name": "试验区"},
        "period": 2025,
        "sections": [{"kind": "rollup", "number": 3, "members": COMMUNITIES, "extents": shares}],
    }
    said = str(composer("zh_Hans").compose(REGISTRY.model.model_validate(record)).blocks)
    assert "2个社区的家庭覆盖率为70%至80%。2个社区的居民参与率为70%至80%。2个社区的居民满意率为" in said


def test_approximate_money_comes_to_about_so_much() -> None:
    said = in_all_wordings("funding", {"total": "约1.5万"})
    assert "社区用于科普工作的经费约1.5万元。" in said
    assert not any("为约" in each for each in said)
