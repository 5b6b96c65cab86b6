"""The text about activities and publicity: who did it, when, and in a list or a table."""

import re
from collections.abc import Mapping
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples

import kepu_docs
from kepu_docs.blocks import Chart, Heading, Item, ListBlock, Paragraph, Table
from kepu_docs.registry import Registry
from kepu_docs.schema import Count, Period
from kepu_docs.schema.occasions import OCCASIONS
from kepu_docs.sections import Activities, Frequency

REGISTRY: Final = Registry.load()
COMPOSERS: Final = {locale: REGISTRY.composer(locale) for locale in ("zh_Hans", "zh_Hant", "en")}
ROLLUP: Final = {"kind": "rollup", "number": 2}
LECTURE: Final = {"held_on": "2025-03-05", "place": "广场", "attendance": 60}


def blocks(section: Mapping[str, Any], locale: str = "zh_Hans", name: str = "试验社区", **record: Any) -> list[Any]:
    kind = {"kind": "activities", **section}
    sections = [*record.pop("before", ()), kind]
    summary = {
        "community": {"name": name},
        "period": 2025,
        "opening": "开头。",
        "wording": "plain",
        **record,
        "sections": sections,
    }
    shown = COMPOSERS[locale].compose(REGISTRY.model.model_validate(summary))
    span = shown.sections[-1]
    return list(shown.blocks[span.start : span.stop])


def sentences(section: Mapping[str, Any], locale: str = "zh_Hans", name: str = "试验社区", **record: Any) -> list[str]:
    told: list[str] = []
    for block in blocks(section, locale, name, **record):
        match block:
            case Heading():
                told += [block.body] if block.body else []
            case Paragraph():
                told.append(block.text)
            case ListBlock():
                told += [item.lead + item.text for item in block.items]
    return told


def items(section: Mapping[str, Any], locale: str = "zh_Hans") -> list[Item]:
    return [item for block in blocks(section, locale) if isinstance(block, ListBlock) for item in block.items]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("试验社区", "社区全年开展科普活动12场，居民3012人次参加。"),
        ("试验小学", "学校全年开展科普活动12场，师生3012人次参加。"),
        ("试验村", "村里全年开展科普活动12场，村民3012人次参加。"),
        ("试验县医院", "医院全年开展科普活动12场，公众3012人次参加。"),
    ],
)
def test_who_held_them_and_who_came(name: str, said: str) -> None:
    (told,) = sentences({"times_total": 12, "attendance_total": 3012}, name=name)
    assert told.replace(",", "") == said


@pytest.mark.parametrize(
    ("attendance", "said"),
    [
        ("300余", "居民300余人次参加"),
        ("近300", "居民近300人次参加"),
        ("约300", "居民约300人次参加"),
        ("300以上", "参加居民300人次以上"),
    ],
)
def test_approximate_attendance(attendance: str, said: str) -> None:
    (told,) = sentences({"attendance_total": attendance})
    assert said in told


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ({"held_on": "2025-06-05", "occasion": "世界环境日"}, "6月5日世界环境日当天举办。"),
        ({"held_on": "2025-06-05", "occasion": "世界环境日", "place": "广场"}, "6月5日世界环境日当天，在广场举办。"),
        ({"held_on": "2025-06-03", "occasion": "世界环境日", "place": "广场"}, "结合世界环境日，于6月3日在广场举办。"),
        ({"occasion": "世界环境日"}, "结合世界环境日举办。"),
        ({"held_on": "2025-09-12", "occasion": "全国科普月"}, "全国科普月期间，于9月12日举办。"),
        ({"occasion": "国庆节期间", "place": "广场"}, "国庆节期间，在广场举办。"),
        ({"place": "广场", "partners": ["甲校"]}, "与甲校在广场联合举办。"),
        ({"place": "广场", "partners": ["甲校"], "organiser": "区科协"}, "由区科协在广场举办，甲校参与。"),
        ({"organiser": "区科协"}, "由区科协主办。"),
        ({"award": "获得一等奖"}, "获得一等奖。"),
        ({"award": "一等奖"}, "获得一等奖。"),
        ({"theme": "“爱眼护眼”", "times": 1}, "举办1场，主题为“爱眼护眼”。"),
        ({"theme": "科学“嘉年华”", "times": 1}, "举办1场，主题为“科学‘嘉年华’”。"),
        ({"attendance": "60以上", "times": 2}, "举办2场，参加者60人次以上。"),
    ],
)
def test_what_is_said_of_one(activity: dict[str, Any], said: str) -> None:
    listed = items({"activities": [{"name": "甲", **activity}, {"name": "乙"}]})
    assert said in [item.text for item in listed]


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ({"held_on": "2025-05-12", "occasion": "National Disaster Prevention Day"}, "It was held on National Disaster Prevention Day, 12 May."),
        ({"held_on": "2025-06-03", "occasion": "World Environment Day"}, "It was held on 3 June to mark World Environment Day."),
        ({"occasion": "National Science Popularisation Month"}, "It was held during National Science Popularisation Month."),
        ({"occasion": "Spring Festival"}, "It was held during the Spring Festival."),
        ({"organiser": "Testville Library"}, "It was organised by Testville Library."),
        ({"times": 2, "place": "the square", "attendance": 60}, "It was held twice at the square. Attendance was 60."),
        ({"boards": 3, "materials": 20}, "In all, 20 handouts were distributed and 3 display boards were shown."),
        ({"occasion": "the summer holidays"}, "It was held during the summer holidays."),
        ({"award": "won second prize"}, "It won second prize."),
    ],
)  # fmt: skip
def test_what_is_said_of_one_in_english(activity: dict[str, Any], said: str) -> None:
    told = sentences({"activities": [{"name": "Talk", **activity}, {"name": "Walk"}]}, "en")
    assert any(each.endswith(said) for each in told), told


def test_in_english_one_that_stands_alone_is_the_object_of_who_held_it() -> None:
    """A name without an article has one; that of several is spoken of as several."""
    lectures = {"name": "Health lectures", "times": 24, "organiser": "the library"}
    assert sentences({"activities": [lectures]}, "en")[-1] == "The library held Health lectures 24 times."
    assert sentences({"activities": [{"name": "Open day", "place": "the hall"}]}, "en")[-1] == (
        "The community held the Open day at the hall."
    )
    told = sentences({"activities": [{**lectures, "organiser": "the library"}, {"name": "Walk"}]}, "en")
    assert any(each.endswith("They were held 24 times, organised by the library.") for each in told), told


@settings(max_examples=examples(100))
@given(
    st.sampled_from([name for each in OCCASIONS if not each.is_span for name in (*each.simplified, *each.english)]),
    st.dates(min_value=Period.model_validate(2025).start, max_value=Period.model_validate(2025).end),
    st.sampled_from(sorted(COMPOSERS)),
)
def test_nothing_is_held_during_a_day(occasion: str, day: Any, locale: str) -> None:
    told = sentences({"activities": [{"name": "甲", "held_on": day, "occasion": occasion}, {"name": "乙"}]}, locale)
    assert not [each for each in told if re.search(r"[日节節]期[间間]|during", each)]
    assert any(occasion in each for each in told)


def test_a_single_one_is_a_sentence() -> None:
    activity = {"name": "健康讲座", **LECTURE, "times": 1, "partners": ["甲医院"]}
    assert "3月5日" in sentences({"activities": [activity]})[-1]
    assert sentences({"activities": [activity]})[-1] == "社区于3月5日与甲医院在广场联合举办健康讲座1场，60人次参加。"


def test_entries_with_only_a_name_stay_in_the_list() -> None:
    named = {"name": "科普知识竞赛"}
    told = items({"activities": [named, {"name": "健康讲座", "place": "广场"}, {"name": "读书会", "theme": "悦读"}]})
    assert [item.lead for item in told] == ["科普知识竞赛。", "健康讲座。", "读书会。"]


def test_names_alone_are_a_sentence() -> None:
    told = [{"name": name, "category": "文体"} for name in ("健身操比赛", "文艺汇演", "邻里活动")]
    assert sentences({"activities": told}) == ["社区先后开展健身操比赛、文艺汇演、邻里活动等。"]


def group(category: str | None, number: int, **fields: Any) -> list[dict[str, Any]]:
    return [{"name": f"活动{nth}", "category": category, **LECTURE, **fields} for nth in range(number)]


FORMS: Final[dict[str, tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]]] = {
    "few": (group(None, 3), [], ["list"]),
    "many alike": (group(None, 5), [], ["table"]),
    "four in one group and four in another": (group("甲", 4) + group("乙", 4), [], ["table", "table"]),
    "small groups are one table": (group("甲", 2) + group("乙", 3), [], ["table"]),
    "small groups with words of their own": (group("甲", 2) + group("乙", 3), [{"name": "甲", "narrative": "话。"}], ["list"] * 2),
    "a small group beside large ones": (group("甲", 2) + group("乙", 9), [{"name": "甲", "narrative": "话。"}], ["list", "table"]),
    "nothing in common": (
        [
            {"name": "一", "theme": "甲"},
            {"name": "二", "organiser": "甲"},
            {"name": "三", "award": "甲"},
            {"name": "四", "place": "甲"},
        ],
        [],
        ["list"],
    ),
    "results are sentences": (group(None, 6, result="大家都很满意。"), [], ["list"]),
}  # fmt: skip


@pytest.mark.parametrize(("activities", "categories", "forms"), FORMS.values(), ids=FORMS.keys())
def test_one_rule_makes_tables_or_lists(activities: Any, categories: Any, forms: list[str]) -> None:
    made = blocks({"activities": activities, "categories": categories})
    found = ["table" if isinstance(block, Table) else "list" for block in made if isinstance(block, Table | ListBlock)]
    assert found == forms


def test_what_few_have_of_a_result_stands_below_the_table() -> None:
    told = group(None, 5)
    told[2] |= {"name": "义诊", "result": "发现患者3名"}
    assert sentences({"activities": told})[-1] == "义诊：发现患者3名。"
    told[3] |= {"name": "义诊", "held_on": "2025-06-05"}
    assert sentences({"activities": told})[-1] == "3月5日义诊：发现患者3名。"


@pytest.mark.parametrize("locale", COMPOSERS)
def test_an_office_of_its_own_record_shows_all_and_no_highest(locale: str) -> None:
    office = {"activities": group("甲", 6, times=2, award="一等奖", organiser="区科协")}
    (table,) = (block for block in blocks(office, locale, "试验街道") if isinstance(block, Table))
    assert len(table.rows) == 6
    for value in ("区科协", "一等奖"):
        assert all(any(value in cell for cell in row) for row in table.rows)
    assert not re.search("较多|較多|highest", table.caption)
    shown = blocks(office, locale, "试验街道", before=[ROLLUP])
    assert any(re.search("较多|較多|highest", block.caption) for block in shown if isinstance(block, Table))


@pytest.mark.parametrize("locale", COMPOSERS)
def test_a_rollup_keeps_all_that_is_known_of_its_activities(locale: str) -> None:
    words = {"theme": "主题词", "organiser": "主办者", "award": "奖项名", "result": "效果。", "occasion": "科技周"}
    for number in (1, 6):
        shown = str(blocks({"activities": group("类", number, community="甲社区", **words)}, locale, before=[ROLLUP]))
        assert [word for word in (*words.values(), "甲社区", "类") if word not in shown] == []
    stated = {"months": [{"month": "2025-03", "times": 7}, {"times": 11}], "times_total": 18}
    told = " ".join(sentences(stated, locale, before=[ROLLUP]))
    assert "7" in told
    assert "11" in told


def test_what_is_stated_of_a_category_counts_in_all() -> None:
    section = {
        "categories": [{"name": "讲座", "times": 48, "attendance": 2000}],
        "activities": [{"name": "甲", "category": "讲座", **LECTURE}, {"name": "乙", "category": "展览", **LECTURE}],
    }
    told = "".join(sentences(section)).replace(",", "")
    assert "社区全年开展科普活动49场，居民2060人次参加" in told
    assert "全年共举办48场，2000人次参加" in told


@pytest.mark.parametrize(
    ("times", "months", "held", "fits"),
    [
        (1, 2, 6, "yes"),
        (1, 2, 8, "yes"),
        (1, 2, 12, "more"),
        (1, 1, 12, "yes"),
        (2, 1, 9, "fewer"),
        ("2余", 1, 60, "yes"),
        (1, 1, None, None),
    ],
)
def test_how_often_agrees_with_how_many(times: Any, months: int, held: int | None, fits: str | None) -> None:
    section = Activities(frequency=Frequency(times=times, months=months), times_total=held and Count(value=held))
    summary = REGISTRY.model.model_validate({"community": {"name": "试验社区"}, "period": 2025})
    assert section.facts(summary)["frequency_fits"] == fits


def test_a_list_of_some_is_not_told_to_be_all() -> None:
    told = sentences({"frequency": {"times": 2, "months": 1}, "activities": group(None, 3)})[0]
    assert told == "社区全年开展科普活动，平均每月2次。"
    told = sentences({"frequency": {"times": 1, "months": 2}, "times_total": 30})[0]
    assert told == "社区全年开展科普活动30场，定期活动平均每两个月1次。"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"articles": 12, "reads": 300}, "社区全年发布线上科普文章12篇，累计阅读300次。"),
        ({"channels": ["宣传栏", "广播"], "leaflets": 80}, "社区通过宣传栏、广播等渠道开展科普宣传。全年发放宣传资料80份。"),
        ({"audience": 50}, "居民50人次观看科普影片和节目。"),
        ({"audience": "50以上"}, "观看科普影片和节目的居民50人次以上。"),
        ({"screenings": 2, "audience": 50, "reports": 1}, "社区全年放映科普影片和节目2场次，居民50人次观看；媒体刊播相关报道1篇。"),
    ],
)  # fmt: skip
def test_publicity_has_a_subject(fields: dict[str, Any], said: str) -> None:
    assert sentences({"kind": "publicity", **fields}) == [said]


def test_many_channels_of_a_rollup_are_counted_once() -> None:
    told = sentences({"kind": "publicity", "channels": list("甲乙丙丁戊己庚辛")}, before=[ROLLUP])
    assert len(told) == 1
    assert told[0].endswith("通过甲、乙、丙、丁、戊等8种渠道开展科普宣传。")


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ({"name": "甲展", "held_on": "2025-09", "occasion": "全国科普月"}, "全国科普月期间举办。"),
        ({"name": "甲展", "held_on": "2025-05", "occasion": "全国科技活动周"}, "5月全国科技活动周期间举办。"),
        ({"name": "全国科普月甲展", "held_on": "2025-09-12", "occasion": "全国科普月"}, "9月12日举办。"),
        ({"name": "世界环境日宣传", "held_on": "2025-06-05", "occasion": "世界环境日"}, "6月5日开展。"),
        ({"name": "科技周甲展", "held_on": "2025-05-26", "occasion": "全国科技周"}, "全国科技周期间，于5月26日举办。"),
        ({"name": "甲展", "place": "甲校", "partners": ["甲校"]}, "在甲校与其联合举办。"),
        ({"name": "参观甲馆", "held_on": "2025-05-26"}, "5月26日组织。"),
        ({"name": "甲展", "award": "入选市级项目"}, "入选市级项目。"),
    ],
)
def test_nothing_is_said_twice_of_one(activity: dict[str, Any], said: str) -> None:
    assert said in [item.text for item in items({"activities": [activity, {"name": "乙"}]})]


@pytest.mark.parametrize(
    ("activity", "hans", "hant"),
    [
        ({"place": "甲校", "partners": ["甲校"]}, "在甲校与其联合举办", "在甲校與其合作舉辦"),
        ({"award": "优秀组织奖"}, "获得优秀组织奖", "獲得优秀组织奖"),
        ({"award": "优秀活动"}, "获评优秀活动", "獲選為优秀活动"),
        ({"award": "荣获二等奖"}, "荣获二等奖", "荣获二等奖"),
    ],
)
def test_an_award_is_won_or_borne_and_a_host_named_once(activity: dict[str, Any], hans: str, hant: str) -> None:
    listed = {"activities": [{"name": "甲展", **activity}, {"name": "乙"}]}
    assert any(hans in sentence for sentence in sentences(listed))
    assert any(hant in sentence for sentence in sentences(listed, "zh_Hant"))


def test_who_came_to_what_is_listed_is_a_part_where_more_was_held() -> None:
    listed = {"activities": [{"name": "甲", "times": 3, "attendance": 274}], "times_total": 12}
    assert sentences(listed)[0] == "社区全年开展科普活动12场，参加居民270人次以上。"
    assert "居民274人次参加" in sentences({**listed, "times_total": 3})[0]


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ({"name": "参观市科技馆"}, "4月19日组织。"),
        ({"name": "植物认养"}, "4月19日开展。"),
        ({"name": "旧电池换绿植"}, "4月19日开展。"),
        ({"name": "科普图书漂流"}, "4月19日开展。"),
        ({"name": "古树名木探访"}, "4月19日开展。"),
        ({"name": "高层逃生面具使用演示"}, "4月19日开展。"),
        ({"name": "燃气安全检查"}, "4月19日开展。"),
        ({"name": "自建房安全排查"}, "4月19日开展。"),
        ({"name": "科普大集"}, "4月19日举办。"),
        ({"name": "智能手机班", "times": 10}, "4月19日举办，授课10次。"),
        ({"name": "智能手机班", "times": 1}, "4月19日举办1场。"),
        ({"name": "防骗情景剧巡演", "times": 4, "place": "各小区"}, "4月19日在各小区巡演4场。"),
        ({"name": "防骗情景剧巡演", "times": 4, "partners": ["剧团"]}, "4月19日与剧团联合举办4场。"),
    ],
)
def test_the_verb_fits_a_name_that_stands_apart(activity: dict[str, Any], said: str) -> None:
    listed = items({"activities": [{"held_on": "2025-04-19", **activity}, {"name": "乙"}]})
    assert listed[0].text == said


def test_those_that_are_listed_of_more_are_the_main_ones() -> None:
    told = [{"name": name, "held_on": "2025-04-19", "place": "广场"} for name in "甲乙"]
    assert sentences({"activities": told, "times_total": 25}) == [
        "社区全年开展科普活动25场。",
        "主要活动如下：",
        "甲。4月19日在广场举办。",
        "乙。4月19日在广场举办。",
    ]
    assert "主要活动如下：" not in sentences({"activities": told, "times_total": 2})
    several = [{**each, "category": each["name"]} for each in told]
    assert "主要活动如下。" in sentences({"activities": several, "times_total": 25})
    (table,) = (each for each in blocks({"activities": told * 3, "times_total": 25}) if isinstance(each, Table))
    assert table.caption == "主要科普活动一览"


def test_the_only_category_has_no_heading() -> None:
    told = [{"name": name, "held_on": "2025-04-19", "category": "科普大集"} for name in "甲乙"]
    narrative = [{"name": "科普大集", "narrative": "逢集摆摊。"}]
    made = blocks({"activities": told, "categories": narrative})
    assert [block.text for block in made if isinstance(block, Heading)] == ["科普活动"]
    assert "活动以科普大集为主。逢集摆摊。" in sentences({"activities": told, "categories": narrative})
    own = blocks({"activities": told, "categories": [{"name": "科普大集", "heading": "逢集必到"}]})
    assert [block.text for block in own if isinstance(block, Heading)] == ["科普活动", "逢集必到"]


def test_what_a_page_has_no_room_for_is_a_list() -> None:
    full = {"occasion": "全国科技活动周", "place": "新时代文明实践站", "audience": ["青少年和老年人"], "times": 2}
    for more, form in ((full, "list"), ({"place": "新时代文明实践站"}, "table")):
        told = group("甲", 2, **more) + group("乙", 3, **more)
        found = {
            "table" if isinstance(block, Table) else "list"
            for block in blocks({"activities": told})
            if isinstance(block, Table | ListBlock)
        }
        assert found == {form}


SUMMER: Final = {"held_on": {"start": "2025-07-01", "end": "2025-08-31"}}


@pytest.mark.parametrize(
    ("times", "untimed"),
    [
        ([SUMMER], "跨月开展"),
        ([{}], "未注明月份"),
        ([{}, SUMMER], "跨月或未注明月份"),
    ],
)
def test_what_went_on_over_months_has_a_time(times: list[dict[str, Any]], untimed: str) -> None:
    series = [{"name": "营", "times": 5, **time} for time in times]
    records = [
        {
            "community": {"name": f"试验{number}社区"},
            "period": 2025,
            "sections": [
                {
                    "kind": "activities",
                    "activities": [
                        *series,
                        LECTURE | {"name": "课"},
                        LECTURE | {"name": "展", "held_on": "2025-04-02"},
                    ],
                }
            ],
        }
        for number in "甲乙"
    ]
    added = kepu_docs.rollup(records, name="试验区").summary
    for summary in (
        added,
        kepu_docs.rollup([added.model_dump(exclude_unset=True, mode="json")], name="试验市").summary,
    ):
        (chart,) = (
            block for block in kepu_docs.compose(summary).blocks if isinstance(block, Chart) and block.axis == "月份"
        )
        assert [name for name in chart.categories if not name.endswith("月")] == [untimed]
