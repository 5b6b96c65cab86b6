"""Kinds of sections, by the combined weight of heading and text."""

import pytest

from kepu_docs.importing.facts.kinds import Kinds
from kepu_docs.pipeline import default_engine


@pytest.fixture(scope="module")
def kinds() -> Kinds:
    engine = default_engine()
    return Kinds(engine.registry, engine.languages.vocabulary)


@pytest.mark.parametrize(
    ("heading", "text", "kind"),
    [
        # What comes of an activity is no activity.
        ("活动反响方面", "居民对活动评价很高，都说学到了本领。", "outcomes"),
        ("活动反响", "参加活动的居民普遍满意，还有人写来感谢信。", "outcomes"),
        ("居民评价", "居民说活动办到了心坎上，希望多办。", "outcomes"),
        ("活动效果明显", "通过活动，邻里关系更加融洽，纠纷少了一半。", "outcomes"),
        # 组织 may be a verb.
        ("精心组织科技活动周", "活动周期间举办活动六场，居民踊跃参加活动。", "activities"),
        ("认真组织业务培训", "全年培训六次，网格员都参加了培训。", "training"),
        ("组织健全，责任到人", "社区成立领导小组，书记任组长。", "leadership"),
        # A hint that the text bears out, and one that another outweighs.
        ("围绕主题，营造氛围", "利用广播宣传，在路口张贴宣传画，宣传车开进小巷。", "publicity"),
        ("突出主题，丰富内容", "活动一场接一场，春季活动以植物为主，秋季活动以天文为主。", "activities"),
        ("健全制度，压实责任", "书记牵头，领导小组每季度开会，班子成员分片包干。", "leadership"),
        ("提升能力素质", "举办培训四期，培训结束即考试，学员全部合格。", "training"),
        ("营造浓厚氛围", "在主干道设宣传牌，电梯间张贴宣传画，天天宣传。", "publicity"),
        # The head of a compound.
        ("加强科普宣传阵地建设", "画廊两处，活动室一间，图书角四个，宣传栏每月更换。", "facilities"),
        ("开展科普宣传活动", "利用橱窗、广播宣传，入户宣传时发放资料。", "publicity"),
        ("落实活动经费", "每年安排经费两万元，经费专款专用。", "funding"),
        ("活动开展情况", "举办讲座、展览等活动20场。", "activities"),
        ("完善活动台账", "活动有方案、有签到、有照片，台账齐全。", "records"),
        ("统一思想，提高认识", "党委多次开会学习，书记亲自部署。", "leadership"),
        ("多方筹措，保障投入", "街道出两万元，驻区单位出一万元。", "funding"),
        ("下一步，我们将继续努力", "办好讲座，办好展览。", "next_year_plan"),
        ("組織架構", "成立推動小組，由理事長召集。", "leadership"),
        ("教育訓練", "辦理志工培訓三梯次。", "training"),
        ("2026年工作安排", "办好夜校，再建一间活动室。", "next_year_plan"),
    ],
)  # fmt: skip
def test_heading_and_text_are_weighed_together(kinds: Kinds, heading: str, text: str, kind: str) -> None:
    assert kinds.of(heading, text) == kind


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("前言", "科普活动要有人办，科普宣传要有人听，科普活动和科普宣传都离不开居民，活动越办越好。"),
        ("引言", "活动、活动、还是活动，居民爱的就是活动。"),
        ("结束语", "宣传工作没有终点，宣传永远在路上，宣传要靠大家。"),
        ("基本情况", "社区有活动室一间，志愿者队伍两支，开展活动方便。"),
        ("资源整合机制", "学校出场地，医院出专家，企业出奖品，谁需要谁认领。"),
        ("联动共建机制", "社区牵头，各家轮流坐庄，一家出题，多家出力。"),
        ("长效机制", "居民自己报题目，自己排时间，自己请老师。"),
        ("认真组织实施金桥工程", "围绕企业需要牵线搭桥，实施项目六个，新增产值80万元。"),
        ("精心组织实施富民工程", "引进早熟品种，示范面积120亩，亩均增收三百元。"),
        ("组织实施引智工程", "请来外地技师两名，解决难题三个。"),
        ("形式多样，注重实效", "设专栏两块，发资料四千份，志愿者上门讲用药常识。"),
        ("协会工作", "登记新会员26人。会费收支公布两次。协助街道办好活动。会员名册及时更新。活动结束写出报告。"),
        ("引进新品种", "引进果树两种，示范两百亩。"),
        ("结合实际，制定计划", "年初召开会议，制定年度计划，分解到月。"),
        ("组织观看科教影片", "每月放映一场，观众八百人次。"),
        ("几点体会", "活动要小，活动要近，活动要有趣。"),
        ("計畫緣起", "本社區長者居多，爰規劃系列課程，計畫為期一年。"),
    ],
)
def test_a_section_without_a_kind_is_free(kinds: Kinds, heading: str, text: str) -> None:
    assert kinds.of(heading, text) == "narrative"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("举办培训两期。培训学员百人。培训结束考试。", "training"),
        ("画廊更新六期。活动室天天开放。图书角藏书千册，阵地越来越多。", "facilities"),
        (
            "社区有居民五千人，年初办培训，年中办培训，年末培训，平时居民有事就到社区来，大家一起商量，能办的马上办，不能办的讲清道理，再难也要有回音。",
            "narrative",
        ),
        ("办活动。搞宣传。办活动。搞宣传。办活动。搞宣传。", "narrative"),
    ],
)
def test_where_the_heading_says_nothing_the_text_must_say_much(kinds: Kinds, text: str, kind: str) -> None:
    assert kinds.of("我们的做法", text) == kind


def test_a_heading_speaks_for_itself_where_there_is_no_text(kinds: Kinds) -> None:
    assert kinds.of("提高素质", "") == "training"
    assert kinds.of("提高素质", "居民的生活越来越好，街道越来越干净。") == "narrative"
