"""Run-in headings, and numbered paragraphs without one."""

import pytest
from tests.importing.outlines import elements_of, headings_of

from kepu_docs.importing.structure.elements import Heading, Listed, Text
from kepu_docs.importing.structure.run_in import is_data, states

TITLE = "试验社区2024年科普工作总结\n"


@pytest.mark.parametrize(
    ("line", "head", "body"),
    [
        ("1、紧扣节水主题，组织小学生参观自来水厂。共发放水杯60只。", "紧扣节水主题，组织小学生参观自来水厂", "共发放水杯60只。"),
        ("1、以家庭为阵地，普及急救常识，开展心肺复苏练习。医生到场指导，居民轮流上手。", "以家庭为阵地，普及急救常识，开展心肺复苏练习", "医生到场指导，居民轮流上手。"),
        ("1、发挥能人作用，带动邻里，人人动手，共建花园。种花两百多株。", "发挥能人作用，带动邻里，人人动手，共建花园", "种花两百多株。"),
        ("1、关爱老人。为老人检查电路。", "关爱老人", "为老人检查电路。"),
        ("1、发挥“银发”作用，办好“长者课堂”。课堂每周一次。", "发挥“银发”作用，办好“长者课堂”", "课堂每周一次。"),
    ],
)  # fmt: skip
def test_a_heading_ends_at_its_first_full_stop(line: str, head: str, body: str) -> None:
    (_, heading) = elements_of(f"{TITLE}一、活动\n{line}\n")
    assert isinstance(heading, Heading)
    assert (heading.text, heading.body) == (head, body)


@pytest.mark.parametrize(
    "paragraph",
    [
        "加强同各科室、各居民小组的联系，及时听取大家的意见和建议，在自愿报名的基础上不断吸收新的成员，把队伍越做越大。今年新增成员12人。",
        "我们把科普当成大事来抓，书记在会上多次强调它的意义。为此抽调了两名干部。",
        "今年三月，组织居民代表外出参观。大家都说很有收获。",
        "举办了两期讲座，请来了农技专家。来听的人很多。",
        "发放资料3000份，居民人手一册。资料由街道印制。",
        "社区还请老工程师当顾问，逢年过节上门看望。老人越干越年轻。",
    ],
)
def test_a_whole_paragraph_is_no_heading(paragraph: str) -> None:
    text = f"{TITLE}一、做法\n" + "".join(f"{number}、{paragraph}\n" for number in (1, 2, 3))
    heading, points = elements_of(text)
    assert isinstance(heading, Heading)
    assert isinstance(points, Listed)
    assert points.texts == (paragraph,) * 3


def test_a_whole_paragraph_among_headings_stays_text() -> None:
    paragraph = "社区两委一年来坚持周周碰头，把居民的诉求一件一件记下来，能办的马上办，不能办的向街道报告，得到了居民的理解。全年共办理46件。"
    text = f"{TITLE}一、加强领导\n书记负责。\n二、{paragraph}\n三、开展宣传\n办了专栏。\n"
    assert [head for _, head in headings_of(text)] == ["加强领导", "开展宣传"]
    assert any(isinstance(each, Text) and each.text == f"二、{paragraph}" for each in elements_of(text))


@pytest.mark.parametrize(
    ("line", "head"),
    [
        ("一、统一思想，加强组织领导社区两委分片包干，责任落实到人。", "统一思想，加强组织领导"),
        ("一、居民欢迎，科普成效显著目前已有三成居民能识别网络谣言，纠纷也少了。", "居民欢迎，科普成效显著"),
        ("一、存在问题志愿者年龄偏大，器材更新慢，场地也不够用。", "存在问题"),
        ("一、今后打算再建两处科普角，把课堂搬到老年食堂里去。", "今后打算"),
    ],
)
def test_headings_that_are_glued_to_their_text(line: str, head: str) -> None:
    assert headings_of(f"{TITLE}{line}\n二、其他\n无。\n")[0] == (1, head)


@pytest.mark.parametrize(
    "line", ["存在问题及原因分析", "存在的问题和不足", "今后打算和建议", "基本情况介绍", "主要做法与成效"]
)
def test_headings_that_only_begin_as_known_ones(line: str) -> None:
    assert headings_of(f"{TITLE}一、{line}\n正文在这里。\n") == [(1, line)]


@pytest.mark.parametrize(
    "lines",
    [
        ("（1）发放宣传资料：3000份", "（2）悬挂横幅：26条", "（3）更换橱窗：12期"),
        ("1. 应急培训：4场，120人次", "2. 手机课：6场，180人次", "3. 用电课：2场，75人次"),
        ("①展板：约40块；", "②读本：近千册；", "③短片：12部（45分钟）。"),
        ("1、上级拨款: 2万元", "2、社区自筹: 1.2万元", "3、捐赠: 三千元"),
        ("（1）志愿者：38名", "（2）覆盖率：95%", "（3）活动室：120㎡"),
    ],
)
def test_data_lines_are_points(lines: tuple[str, ...]) -> None:
    text = f"{TITLE}一、数字\n" + "\n".join(lines) + "\n二、打算\n继续努力。\n"
    assert headings_of(text) == [(1, "数字"), (1, "打算")]
    points = elements_of(text)[1]
    assert isinstance(points, Listed)
    assert len(points.texts) == 3


@pytest.mark.parametrize(
    "text",
    [
        "科普宣传：全年悬挂横幅30条，播放影片18场。",
        "组织领导：书记亲自抓，委员具体抓。",
        "讲座：请来医生。",
        "三件事：一件一件说清楚。",
        "总体思路：一手抓宣传",
        "主题：三下乡",
        "时间：9月16日",
        "主题",
    ],
)
def test_no_data_lines(text: str) -> None:
    assert not is_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "成立了小组",
        "我们认真研究",
        "9月3日举行仪式",
        "发放资料3000份",
        "共有会员三十名",
        "全年办班",
        "共办三期",
        "社区成立小组",
    ],
)
def test_sentences_state_something(text: str) -> None:
    assert states(text)


@pytest.mark.parametrize(
    "text",
    [
        "为了居民，依靠居民",
        "了解民情，服务民生",
        "开展“10分钟课堂”",
        "社区教育",
        "强化共同责任",
        "共建共享",
        "社区活动",
    ],
)
def test_headings_state_nothing(text: str) -> None:
    assert not states(text)
