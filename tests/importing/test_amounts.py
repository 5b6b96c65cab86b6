"""Amounts in old texts: those of the whole period are facts; those of one event, another year or a plan are not."""

import pytest

from kepu_docs.errors import Place
from kepu_docs.importing.facts.community_figures import community_figures
from kepu_docs.importing.facts.sentences import Facts, Part, Passage
from kepu_docs.importing.facts.times import Times
from kepu_docs.importing.lines import Note
from kepu_docs.importing.structure.elements import Text
from kepu_docs.pipeline import default_engine

HERE = Place("a.txt", 1, 1)


def of_parts(*parts: tuple[str, str, str], title: str = "试验社区2024年科普工作总结") -> dict[str, object]:
    """Return the facts of sections: each of a kind, with a heading above one paragraph."""
    notes: list[Note] = []
    given = [Part(kind, (Passage(Text(text, HERE), heading),)) for kind, heading, text in parts]
    found = Facts(default_engine().registry).of(given, Times("2024", title), title, notes)
    return {
        f"{part.kind}.{'.'.join(map(str, fact.path))}": fact.value
        for part, facts in zip(given, found, strict=True)
        for fact in facts
        if not isinstance(fact.value, bool)
    }


def of_text(kind: str, text: str) -> dict[str, object]:
    return {name.partition(".")[2]: value for name, value in of_parts((kind, "", text)).items()}


@pytest.mark.parametrize(
    ("kind", "text", "facts"),
    [
        ("training", "培训群众1500多人。", {"attendance_total": "1500多人"}), ("training", "共培训农民260名。", {"attendance_total": "260名"}),
        ("training", "全年参训居民3200余人次。", {"attendance_total": "3200余人次"}), ("training", "组织了6期培训。", {"sessions_total": "6期"}),
        ("leadership", "由镇长担任组长。", {"group.title": "镇长"}), ("leadership", "由党总支书记亲自任组长。", {"group.title": "党总支书记"}),
        ("leadership", "副镇长甲某某任组长。", {"group.title": "副镇长", "group.head": "甲某某"}), ("leadership", "里長擔任組長。", {"group.title": "里長"}),
        ("leadership", "召开3次科普工作会议。", {"meetings": "3次"}),
        ("publicity", "制作横幅120余条。", {"banners": "120余条"}), ("publicity", "书写标语25条。", {"banners": "25条"}),
        ("publicity", "悬挂20条横幅，制作12块展板。", {"banners": "20条", "boards": "12块"}), ("publicity", "製作布條30條。", {"banners": "30条"}),
        ("publicity", "院坝会播放科普视频53次。", {"screenings": "53次"}), ("publicity", "组织观看科普影片10场次。", {"screenings": "10场次"}),
        ("publicity", "利用大喇叭广播60次。", {"broadcasts": "60次"}), ("publicity", "共发放5000余份宣传资料。", {"leaflets": "5000余份"}),
        ("activities", "先后组织安排了三次活动。", {"times_total": "3次"}), ("activities", "全年共举办各类科普活动28场。", {"times_total": "28场"}),
        ("activities", "今年开展了24场科普活动，吸引1500余人次参与。", {"times_total": "24场", "attendance_total": "1500余人次"}),
        ("outcomes", "惠及近万名居民。", {"residents_reached": "近万名"}), ("outcomes", "受益群众6000余人次。", {"residents_reached": "6000余人次"}),
        ("outcomes", "服務覆蓋居民900戶。", {"households_reached": "900户"}),
        ("team", "招募了80名科普志愿者。", {"volunteers": "80名"}), ("team", "现有志工36人。", {"volunteers": "36人"}),
        ("team", "志愿者64人，其中注册志愿者42人。", {"volunteers": "64人", "registered_volunteers": "42人"}),
    ],
)  # fmt: skip
def test_obvious_amounts(kind: str, text: str, facts: dict[str, object]) -> None:
    assert of_text(kind, text) == facts


@pytest.mark.parametrize(
    ("kind", "text", "facts"),
    [
        ("publicity", "（2）发放宣传资料：3000份", {"leaflets": "3000份"}), ("publicity", "宣传资料：4200份", {"leaflets": "4200份"}),
        ("publicity", "推送文章: 48篇", {"articles": "48篇"}), ("team", "科普志愿者：66名", {"volunteers": "66名"}),
        ("activities", "参与人次：1800人次", {"attendance_total": "1800人次"}), ("activities", "（1）举办活动：20场", {"times_total": "20场"}),
        ("training", "科普讲座：16场", {"sessions_total": "16场"}),
    ],
)  # fmt: skip
def test_lines_of_data(kind: str, text: str, facts: dict[str, object]) -> None:
    assert of_text(kind, text) == facts


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        # One event.
        ("activities", "9月20日，在广场设宣传点，累计宣传40余人次，参加居民40余人次。"), ("activities", "此次活动共吸引居民300人次。"),
        ("activities", "科普日期间共组织活动3次。"), ("publicity", "5月，发放宣传资料200份。"), ("publicity", "活动现场发放宣传单500份。"),
        ("publicity", "开展“节水进万家”主题活动，发放折页300份。"), ("publicity", "结合世界水日，发放宣传资料300份。"),
        ("publicity", "9月15日，社区设点宣传。共发放资料260份。"), ("training", "4月12日举办培训，培训志愿者40人次。"),
        # Several events that each say the same.
        ("activities", "3月的讲座共有50人次参加。6月的讲座共有50人次参加。"), ("activities", "开展健康义诊活动3次。"),
        # Another time.
        ("publicity", "2023年发放宣传资料2000份。"), ("publicity", "去年发放宣传单300份。"), ("publicity", "三年来累计发放资料9000份。"),
        ("activities", "自成立以来共开展活动120场。"), ("training", "上年举办培训3期。"),
        # Parts, means, plans, demands, what grew.
        ("publicity", "其中发放宣传资料200份。"), ("publicity", "每月发放宣传资料300份。"), ("publicity", "平均每场发放资料60份。"),
        ("publicity", "计划发放资料5000份。"), ("training", "拟举办培训8期。"), ("leadership", "要求召开会议4次。"), ("leadership", "每年召开会议4次。"),
        ("team", "志愿者由20人发展到75人。"), ("team", "组织志愿者30人清理河岸。"), ("publicity", "比上年增加发放资料1600份。"),
        # Others.
        ("leadership", "区科协召开会议12次。"), ("activities", "全市共开展活动3000场。"), ("publicity", "市科协印发手册8000册。"),
        # What is none.
        ("leadership", "由社区书记、主任轮流值班。"), ("team", "志愿者20人次参加了活动。"), ("publicity", "发放资料。200份已用完。"),
        ("activities", "组织活动，场场爆满。"), ("facilities", "为图书室购置图书300册。"),
    ],
)  # fmt: skip
def test_what_is_no_total(kind: str, text: str) -> None:
    assert of_text(kind, text) == {}


def test_a_heading_of_one_event() -> None:
    shown = "共发放折页200份。"
    for heading in ("紧扣环保主题，组织志愿者清理河岸", "9月18日节水宣传", "“平安居家”演练活动", "全国科普日活动"):
        assert of_parts(("publicity", heading, shown)) == {}
    for heading in ("用好宣传阵地", "线下宣传", ""):
        assert of_parts(("publicity", heading, shown)) == {"publicity.leaflets": "200份"}


def test_the_whole_time_counts_before_the_rest() -> None:
    text = "入户发放折页200份。全年发放宣传资料2400份。"
    assert of_text("publicity", text) == {"leaflets": "2400份"}
    assert of_text("publicity", "全年发放折页200份。全年发放宣传资料2400份。") == {}


def test_openings_speak_for_the_sections() -> None:
    opening = ("", "", "2024年，社区共举办各类科普活动28场，发放宣传资料4500份，服务中发放雨伞30把。")
    sections = (("activities", "", "讲座办到楼栋。"), ("publicity", "", "更新宣传栏。"))
    assert of_parts(opening, *sections) == {"activities.times_total": "28场", "publicity.leaflets": "4500份"}
    # What stands in a section of its own kind, and says something else of the whole time, leaves it unsure.
    assert of_parts(opening, ("publicity", "", "全年发放宣传资料3000份。")) == {}
    assert of_parts(opening, ("publicity", "", "一。"), ("publicity", "", "二。")) == {}
    assert of_parts(("next_year_plan", "", "全年发放宣传资料3000份。"), ("publicity", "", "一。")) == {}
    assert of_parts(("", "", "发放宣传资料4500份。"), ("publicity", "", "一。")) == {}


def test_a_report_of_one_event_may_speak_of_it() -> None:
    title = "示例社区“全国科普日”活动总结"
    found = of_parts(("activities", "", "科普日期间，先后组织安排了三次活动。"), title=title)
    assert found == {"activities.times_total": "3次"}


def figures(text: str) -> dict[str, str]:
    found = community_figures([Passage(Text(text, HERE))], Times("2024", ""), "试验社区")
    return {str(fact.path[0]): fact.value for fact in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("辖区面积0.8平方公里，现有居民3200户、8600人。", {"area": "0.8平方公里", "households": "3200户", "residents": "8600人"}),
        ("社区位于城东，常住人口1.1万人，共4100户，下设网格14个。", {"residents": "1.1万人", "households": "4100户", "grids": "14个"}),
        ("全村共有820户、2760人，耕地面积1900亩。", {"households": "820户", "residents": "2760人"}),
        ("社区地处老城，有流动人口600余人，辖区单位12家。", {"floating": "600余人", "units": "12家"}),
        ("轄區面積2平方公里，總人口5200人。", {"area": "2平方公里", "residents": "5200人"}),
        ("辖区科普活动惠及居民900户。", {}), ("辖区培训居民300人。", {}), ("街道辖区面积12平方公里，下辖12个社区。", {}), ("现有志愿者45人。", {}), ("居民3000人次参加。", {}),
    ],
)  # fmt: skip
def test_figures_of_the_community(text: str, expected: dict[str, str]) -> None:
    assert figures(text) == expected
