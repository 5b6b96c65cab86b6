"""The wording in Traditional Chinese and in English says the same as the Simplified one, each in its own way."""

from typing import Any, Final

import pytest
from tests.sections.test_activities import blocks, items, sentences
from tests.sections.test_sentences import COMMUNITIES, summed, told

from kepu_docs.blocks import Chart, Heading, Table

HANT: Final = "zh_Hant"
EN: Final = "en"


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ({"name": "參觀市科技館"}, "4月19日辦理。"),
        ({"name": "植物認養"}, "4月19日辦理。"),
        ({"name": "燃氣安全檢查"}, "4月19日辦理。"),
        ({"name": "科普大集"}, "4月19日{}。"),
        ({"name": "智能手機班", "times": 10}, "4月19日{}，授課10次。"),
        ({"name": "智能手機班", "times": 1}, "4月19日{}1場。"),
        ({"name": "防騙情景劇巡演", "times": 4, "place": "各小區"}, "4月19日在各小區巡演4場。"),
        ({"name": "防騙情景劇巡演", "times": 4, "partners": ["劇團"]}, "4月19日與劇團合作{}4場。"),
    ],
)
def test_the_verb_fits_a_name_that_stands_apart(activity: dict[str, Any], said: str) -> None:
    verbs = set()
    for number in range(40):
        listed = {"activities": [{"held_on": "2025-04-19", **activity}, {"name": "乙"}]}
        (line,) = (
            each
            for each in sentences(listed, HANT, f"試驗{number}社區", wording="varied")
            if each.startswith(activity["name"])
        )
        verbs.add(line.removeprefix(activity["name"] + "。"))
    assert verbs == {said.format(verb) for verb in ("舉辦", "辦理", "舉行")}


ONES: Final = [{"name": name, "held_on": "2025-04-19", "place": "廣場"} for name in "甲乙"]


@pytest.mark.parametrize(
    ("locale", "lead", "before", "caption"),
    [
        (HANT, "主要活動如下：", "主要活動如下。", "主要科普活動一覽"),
        (EN, "The main activities were as follows:", "The main activities were as follows.", "Main activities"),
    ],
)
def test_those_that_are_listed_of_more_are_the_main_ones(locale: str, lead: str, before: str, caption: str) -> None:
    assert lead in sentences({"activities": ONES, "times_total": 25}, locale)
    assert lead not in sentences({"activities": ONES, "times_total": 2}, locale)
    several = [{**each, "category": each["name"]} for each in ONES]
    assert before in sentences({"activities": several, "times_total": 25}, locale)
    (table,) = (each for each in blocks({"activities": ONES * 3, "times_total": 25}, locale) if isinstance(each, Table))
    assert table.caption == caption


@pytest.mark.parametrize(
    ("locale", "usual", "named", "counted"),
    [
        (HANT, "科普活動", "活動以講座類為主。逢集擺攤。", "講座全年共舉辦20場，300人次參加。逢集擺攤。"),
        (
            EN,
            "Activities",
            "The activities were mainly of one kind, 講座. 逢集擺攤。",
            "Of these, 20 were of the kind 講座, with a total attendance of 300. 逢集擺攤。",
        ),
    ],
)
def test_the_only_category_has_no_heading(locale: str, usual: str, named: str, counted: str) -> None:
    ones = [{**each, "category": "講座"} for each in ONES]
    section: dict[str, Any] = {"activities": ones, "categories": [{"name": "講座", "narrative": "逢集擺攤。"}]}
    assert [each.text for each in blocks(section, locale) if isinstance(each, Heading)] == [usual]
    assert named in sentences(section, locale)
    category = {"name": "講座", "narrative": "逢集擺攤。", "times": 20, "attendance": 300}
    assert counted in sentences({"activities": ones, "categories": [category], "times_total": 25}, locale)
    own = blocks({**section, "categories": [{"name": "講座", "heading": "逢集必到"}]}, locale)
    assert [each.text for each in own if isinstance(each, Heading)] == [usual, "逢集必到"]


def test_what_one_activity_brought_is_no_sum() -> None:
    one = {**ONES[0], "attendance": 60, "materials": 300}
    first, _ = (each.text for each in items({"activities": [one, ONES[1]]}, EN))
    assert first == "It was held on 19 April at 廣場. Attendance was 60; 300 handouts were distributed."


@pytest.mark.parametrize(
    ("times", "hant", "en"),
    [
        ([{"start": "2025-07-01", "end": "2025-08-31"}], "跨月辦理", "Over several months"),
        ([None], "未註明月份", "Month not stated"),
        (
            [None, {"start": "2025-07-01", "end": "2025-08-31"}],
            "跨月辦理或未註明月份",
            "Over several months or month not stated",
        ),
    ],
)
def test_what_went_on_over_months_has_a_time(times: list[Any], hant: str, en: str) -> None:
    held = [{"name": "營", "times": 5, **({"held_on": time} if time else {})} for time in times]
    days = [{**ONES[0], "held_on": f"2025-0{month}-01"} for month in (3, 4)]
    section = {"activities": [*held, *days], "charts": {"by_month": "bar"}}
    for locale, untimed in ((HANT, hant), (EN, en)):
        (chart,) = (each for each in blocks(section, locale) if isinstance(each, Chart))
        assert chart.categories[-1] == untimed


@pytest.mark.parametrize(
    ("locale", "one", "listed", "named"),
    [
        (
            HANT,
            ["社區設有科普驛站，面積65平方公尺，於本年度新建或整修。"],
            ["科普驛站，面積65平方公尺，為本年度新建。", "科普活動室1個。"],
            "其中科普驛站於本年度新建或整修。",
        ),
        (
            EN,
            [
                "The community has the following venue: 科普驛站, covering 65 square metres, built or renewed during the year."
            ],
            ["科普驛站, covering 65 square metres, built or renewed during the year.", "科普活動室."],
            "Of these, 科普驛站 was built or renewed during the year.",
        ),
    ],
)
def test_a_venue_that_was_renewed_is_named_once(locale: str, one: list[str], listed: list[str], named: str) -> None:
    station, room = {"name": "科普驛站", "area": 65}, {"name": "科普活動室", "number": 1}
    assert told("facilities", {"venues": [station], "added": ["科普驛站"]}, locale) == one
    both = told("facilities", {"venues": [station, room], "added": ["新建科普驛站", "健身點"]}, locale)
    assert "健身點" in both[0]
    assert "驛站" not in both[0]
    assert both[2:] == listed
    (sentence,) = told("facilities", {"venues": [room, {"name": "科普驛站"}], "added": ["科普驛站"]}, locale)
    assert sentence.endswith(named)


@pytest.mark.parametrize(
    ("name", "brief"),
    [("校社共建小組", "小組"), ("科普專班", "該專班"), ("科普委員會", "該委員會"), ("科普专班", "該專班")],
)
def test_a_group_of_any_name_is_not_named_twice(name: str, brief: str) -> None:
    (said,) = told("leadership", {"group": {"name": name, "title": "書記", "members": 7}}, HANT)
    assert said == f"社區成立{name}。{brief}共7人，由書記擔任組長。"


def test_no_source_gives_where_one_is_money() -> None:
    sources = [{"name": "區財政", "amount": 800}, {"name": "專項資金", "amount": 200}]
    (said,) = told("funding", {"sources": sources}, HANT)
    assert said.endswith("來源分別為區財政800元、專項資金200元。")
    (said,) = told("funding", {"sources": sources, "total": 5000}, HANT)
    assert said.endswith("其中區財政撥付800元、專項資金200元。")


@pytest.mark.parametrize(
    ("tasks", "said"),
    [
        (
            [{"task": "為9座樓宇配齊除顫器", "deadline": "2026-06"}, {"task": "修訂預案", "deadline": "2026-10"}],
            ["2026年6月底前，為9座樓宇配齊除顫器。", "2026年10月底前，修訂預案。"],
        ),
        (
            [{"task": "科普進校園", "deadline": "2026-06"}, {"task": "修訂預案", "deadline": "2026-10"}],
            ["科普進校園，預定於2026年6月底前完成。", "修訂預案，預定於2026年10月底前完成。"],
        ),
    ],
)
def test_in_one_list_deadlines_stand_in_one_place(tasks: list[dict[str, Any]], said: list[str]) -> None:
    assert told("next_year_plan", {"tasks": tasks}, HANT) == said


@pytest.mark.parametrize(
    ("locale", "lead"),
    [(HANT, "今後主要工作任務如下。"), (EN, "The main tasks of the community will be as follows.")],
)
def test_a_table_of_tasks_has_a_sentence_before_it(locale: str, lead: str) -> None:
    tasks = [{"task": "辦展", "target": "6場", "owner": "居委會"}] * 4
    assert told("next_year_plan", {"tasks": tasks}, locale)[0] == lead
    assert len(told("next_year_plan", {"tasks": tasks, "narrative": ["先辦展。"]}, locale)) == 2
    assert lead not in told("next_year_plan", {"tasks": tasks, "goals": ["示範社區"]}, locale)


SOME: Final[list[tuple[dict[str, Any], str, str]]] = [
    (
        {"kind": "leadership", "guided_by": ["區科協"]},
        "各單位在區科協指導下推動科普工作。",
        "The bodies worked under the guidance of 區科協.",
    ),
    (
        {"kind": "training", "sessions_total": 24, "audiences": ["物業人員"], "trainers": ["農技員"]},
        "全區全年舉辦科普培訓24場，對象包括物業人員，講師包括農技員。",
        "The district held 24 training sessions over the year. Those whom the bodies trained included 物業人員. "
        "The trainers included 農技員.",
    ),
    (
        {"kind": "activities", "times_total": 12, "partners": ["區圖書館"]},
        "各單位與區圖書館合作，全年舉辦科普活動12場。",
        "The district held 12 science activities over the year. The partners of the bodies included 區圖書館.",
    ),
    (
        {"kind": "publicity", "channels": ["宣傳欄"], "audiences": ["學生"], "leaflets": 30},
        "全區透過宣傳欄辦理科普宣導。各單位的宣導對象包括學生。全年發放宣導資料30份。",
        "The district promoted science through 宣傳欄. The audiences of the bodies included 學生. "
        "The district handed out 30 leaflets.",
    ),
]


@pytest.mark.parametrize(("section", "hant", "en"), SOME)
def test_what_some_communities_state_is_not_said_of_all(section: dict[str, Any], hant: str, en: str) -> None:
    assert hant in summed(section, locale=HANT)
    assert en in summed(section, locale=EN)


def test_a_single_activity_of_a_month_was_held_once() -> None:
    month = {"month": "2025-03", "times": 1}
    assert "By month, there was 1 activity in March." in summed({"kind": "activities", "months": [month]}, locale=EN)


def test_partners_of_some_are_not_those_of_all_in_any_wording() -> None:
    section = {"kind": "activities", "times_total": 12, "partners": ["區圖書館"]}
    for number in range(20):
        varied: dict[str, Any] = {"wording": "varied", "city": f"試驗{number}市"}
        said = "".join(summed(section, locale=HANT, **varied))
        assert "各單位與區圖書館合作，" in said or "合作對象包括區圖書館" in said
        assert " with 區圖書館" not in "".join(summed(section, locale=EN, **varied))


def test_figures_of_those_who_reported_are_not_the_district_s_own() -> None:
    figures: dict[str, Any] = {"city": "試驗市", "area": 13.65, "households": 300}
    assert (
        summed(locale=HANT, **figures)[0] == "试验区位於試驗市。3個提報單位轄區面積合計13.65平方公里，共有住戶300戶。"
    )
    assert summed(locale=EN, **figures)[0] == (
        "试验区 is located in 試驗市. The 3 bodies that reported cover 13.65 square kilometres in all and have "
        "300 households."
    )
    assert summed(locale=HANT, members=COMMUNITIES, area=2)[0] == "试验区3個社區轄區面積合計2平方公里。"
    assert summed(locale=EN, members=COMMUNITIES, area=2)[0] == (
        "The 3 communities that reported in 试验区 cover 2 square kilometres in all."
    )


@pytest.mark.parametrize(
    ("locale", "problems", "tasks"),
    [
        (
            HANT,
            ["各單位反映的問題主要有：", "2個單位反映展品老化。", "經費不足。", "場地小。"],
            ["各單位規劃的任務主要有：", "2個單位規劃舉辦講座。", "更新畫廊。", "辦展。"],
        ),
        (
            EN,
            [
                "The main problems reported by the bodies were as follows:",
                "展品老化 (reported by 2 bodies).",
                "經費不足.",
                "場地小.",
            ],
            [
                "The main tasks planned by the bodies are as follows:",
                "舉辦講座 (planned by 2 bodies).",
                "更新畫廊.",
                "辦展.",
            ],
        ),
    ],
)
def test_one_community_s_problem_or_task_is_not_counted(locale: str, problems: list[str], tasks: list[str]) -> None:
    counts: list[dict[str, Any]] = [{"communities": 2}, {"communities": 1}, {}]
    for kind, field, texts, said in (
        ("problems", "problem", ["展品老化", "經費不足", "場地小"], problems),
        ("next_year_plan", "task", ["舉辦講座", "更新畫廊", "辦展"], tasks),
    ):
        entries = [{field: text, **count} for text, count in zip(texts, counts, strict=True)]
        lines = summed({"kind": kind, f"{field}s": entries}, locale=locale)
        start = lines.index(said[0])
        assert lines[start : start + len(said)] == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (HANT, "2個社區的家戶涵蓋率為70%至80%。2個社區的居民參與率為70%至80%。2個社區的居民滿意度為"),
        (
            EN,
            "Household coverage ranged from 70% to 80% across 2 communities. Participation among residents ranged from "
            "70% to 80% across 2 communities. Satisfaction among residents ranged",
        ),
    ],
)
def test_shares_are_called_in_sums_as_in_what_they_are_made_of(locale: str, said: str) -> None:
    shares = [
        {"figure": f"outcomes.{name}", "communities": 2, "lowest": 70, "highest": 80}
        for name in ("coverage", "participation", "satisfaction")
    ]
    rollup = {"kind": "rollup", "number": 3, "members": COMMUNITIES, "extents": shares}
    assert any(said in line for line in told("rollup", rollup, locale, name="試驗區"))


@pytest.mark.parametrize(
    ("locale", "of_some"),
    [
        (HANT, ("按經費及常住人口均有資料的單位計算", "按藏書及常住人口均有資料的單位計算")),
        (
            EN,
            ("bodies that state both their funds and their population", "state both their books and their population"),
        ),
    ],
)
def test_what_each_resident_has_is_that_of_those_who_state_both(locale: str, of_some: tuple[str, str]) -> None:
    funding = {"kind": "funding", "total": 800, "basis": {"amount": 800, "residents": 200}}
    books = {"kind": "facilities", "library": {"books": 800, "basis": {"books": 800, "residents": 200}}}
    for residents, are_some in ((900, True), (200, False)):
        said = "".join(summed(funding, books, locale=locale, residents=residents))
        assert [each in said for each in of_some] == [are_some, are_some]


def test_sentences_of_the_opening_have_a_space_between_them() -> None:
    for number in range(20):
        varied = summed(locale=EN, wording="varied", city=f"試驗{number}市", area=2)
        assert f"試驗{number}市. The 3 bodies" in varied[0]
