"""Days and times, names of communities, the frame, punctuation, facts."""

import datetime

import pytest

from kepu_docs.errors import Place
from kepu_docs.importing.facts.kinds import Kinds
from kepu_docs.importing.facts.naming import community_of
from kepu_docs.importing.facts.sentences import Facts, Part, Passage
from kepu_docs.importing.facts.times import Times
from kepu_docs.importing.lines import Line, Note
from kepu_docs.importing.punctuation import full_width, widened
from kepu_docs.importing.reading import read_bytes_of
from kepu_docs.importing.reading.text_reader import read_plain_text
from kepu_docs.importing.structure.elements import Text
from kepu_docs.importing.structure.frame import Frame, framed
from kepu_docs.pipeline import default_engine
from kepu_docs.reading.times import day_of, has_placeholder, period_of

HERE = Place("a.txt", 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2025年12月20日", "2025 年 12 月 20 日", "2025-12-20", "2025.12.20", "2025/12/20", "二〇二五年十二月二十日", "二○二五年十二月廿日",
        "二零二五年十二月二十日", "２０２５年１２月２０日", "20 December 2025", "December 20, 2025",
        "中華民國114年12月20日", "民國一百一十四年十二月二十日", "114年12月20日",
    ],
)  # fmt: skip
def test_days(text: str) -> None:
    assert day_of(text) == datetime.date(2025, 12, 20)


@pytest.mark.parametrize(
    "text", ["2025年12月", "2025年13月1日", "2025年2月30日", "20xx年12月20日", "12月20日", "2025年", "20 Decembre 2025"]
)
def test_no_days(text: str) -> None:
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("试验社区2025年度总结", "2025"), ("2025年上半年总结", "2025-H1"), ("2025年下半年", "2025-H2"), ("2025年第三季度总结", "2025-Q3"),
        ("2025年9月科普活动总结", "2025-09"), ("二〇二五年总结", "2025"), ("2023—2025年总结", "2023-2025"), ("2023年至2025年", "2023-2025"),
        ("Summary 2025", "2025"), ("民國114年工作總結", "2025"), ("甲社區114年度科普總結", "2025"), ("（2025年1月—2025年12月）", "2025"),
        ("2025年1-6月小结", "2025-H1"), ("2025年7月至9月", "2025-Q3"), ("2025年3月到11月", "2025-03/2025-11"),
        ("2024年9月—2025年8月", "2024-09/2025-08"), ("2025年1月1日至12月31日", "2025"), ("2025年9月—6月", "2025"),
    ],
)  # fmt: skip
def test_periods(text: str, period: str) -> None:
    found = period_of(text)
    assert found is not None
    assert found[0] == period


def test_placeholders() -> None:
    assert all(map(has_placeholder, ["20xx年", "20XX年度", "**年", "20**年", "××年", "____年"]))
    assert not any(map(has_placeholder, ["2025年", "今年", "xx社区"]))


@pytest.mark.parametrize(
    ("title", "signed", "text", "name"),
    [
        ("试验街道试验社区2025年总结", "", "", "试验社区"), ("关于甲乙社区科普工作的总结", "", "", "甲乙社区"),
        ("社区科普工作总结", "丙丁社区居委会", "", "丙丁社区"), ("社区科普工作总结", "试验区试验街道戊己社区党支部", "", "戊己社区"),
        ("社区科普工作总结", "", "庚辛社区在科协指导下开展工作。", "庚辛社区"), ("工作总结", "", "近年来壬癸社区科普工作稳步推进。", "壬癸社区"),
        ("2025年工作总结", "试验镇甲乙村村民委员会", "", "甲乙村"), ("试验镇丙丁村2025年科普总结", "", "", "丙丁村"),
        ("精选社区科普工作总结", "", "", "××社区"), ("工作总结——记甲乙社区科普工作", "", "", "甲乙社区"),
        ("工作总结", "试验区戊己街道办事处", "", "戊己街道"), ("工作总结", "", "大家好！我代表庚辛社区向大家汇报。庚辛社区在科协指导下工作。", "庚辛社区"),
        ("工作总结", "", "我社区全面推进和谐社区、文明社区建设，科普进社区。", "××社区"), ("工作总结", "", "我们围绕社区党委的要求。", "××社区"),
    ],
)  # fmt: skip
def test_communities(title: str, signed: str, text: str, name: str) -> None:
    found = community_of(Text(title, HERE), Text(signed, HERE) if signed else None, [Text(text, HERE)], HERE)
    assert found.value == name


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ("甲,乙;丙:丁?戊!己", "甲，乙；丙：丁？戊！己"), ("共3,000份,来了9:30", "共3,000份，来了9:30"), ("(一)工作(含培训)", "（一）工作（含培训）"),
        ("(1)甲", "（1）甲"), ("比例0.67,见http://a.cn/?b=1,c;d", "比例0.67，见http://a.cn/?b=1,c;d"), ("f(x)", "f(x)"), ("a, b (c)", "a, b (c)"),
        ("居民说:“好!”", "居民说：“好！”"), ("Word(文档)", "Word（文档）"), ("邮箱a@b.cn,电话", "邮箱a@b.cn，电话"), ("《法》,学习", "《法》，学习"),
    ],
)  # fmt: skip
def test_full_width(text: str, wide: str) -> None:
    shown, count = full_width(text)
    assert shown == wide
    assert count == sum(a != b for a, b in zip(text, wide, strict=True))
    assert full_width(shown) == (shown, 0)


def frame_of(text: str) -> tuple[Frame, list[str]]:
    frame, rest = framed(read_bytes_of(text.encode(), "a.txt", ".txt").lines)
    return frame, [line.text for line in rest]


def test_a_formal_paper() -> None:
    frame, rest = frame_of(
        "000001\n机密★1年\n特急\n试验街道办事处文件\n试街办〔2025〕12号　　签发人：甲某某\n试验街道科普工作总结\n区政府：\n正文。\n"
        "附件：1. 甲表\n　　　2. 乙表\n试验街道办事处\n2025年12月20日\n抄送：区科协，区文明办。\n试验街道党政办公室　2025年12月21日印发\n"
    )
    assert frame.letterhead == {
        "issuer": "试验街道办事处文件", "number": "试街办〔2025〕12号", "signer": "甲某某",
        "copy_number": "000001", "secrecy": "机密★1年", "urgency": "特急",
    }  # fmt: skip
    assert (frame.title, frame.addressee, frame.signed_by) == ("试验街道科普工作总结", "区政府", "试验街道办事处")
    assert frame.imprint == {
        "copied_to": ["区科协", "区文明办"], "printed_by": "试验街道党政办公室", "printed_on": "2025-12-21",
    }  # fmt: skip
    assert frame.attachments == ["甲表", "乙表"]
    assert rest == ["正文。"]


@pytest.mark.parametrize(
    ("end", "signed_by", "signed_on"),
    [
        ("试验社区居委会\n2025年12月20日", "试验社区居委会", "2025-12-20"), ("试验社区居委会　　2025年12月20日", "试验社区居委会", "2025-12-20"),
        ("试验社区　甲某某\n2025年12月20日", "试验社区　甲某某", "2025-12-20"), ("　　　　　　　　　　试验社区\n　　　　　　　　　　二○二五年十二月", "", "None"),
        ("试验社区居委会\n2025年12月20日\n附件\n　　　　　　　　　　活动照片", "", "None"),
        ("2025年12月20日", "", "2025-12-20"), ("\n试验社区居委会", "试验社区居委会", "None"), ("试验社区居委会\n2025年12月", "", "None"),
        ("试验社区居委会\n20xx年12月20日", "", "None"), ("我们今后继续努力。", "", "None"),
    ],
)  # fmt: skip
def test_signatures(end: str, signed_by: str, signed_on: str) -> None:
    frame, rest = frame_of(f"试验社区科普工作总结\n正文在这里。\n{end}\n")
    assert (frame.signed_by, str(frame.signed_on)) == (signed_by, signed_on)
    if not signed_by and signed_on == "None":
        assert "".join(rest).endswith(end.split("\n")[-1].strip())


def test_what_a_signature_lacks_is_reported() -> None:
    frame, _ = frame_of("试验社区科普工作总结\n正文在这里。\n试验社区居委会\n2025年12月\n")
    assert [note.text for note in frame.notes] == ["2025年12月"]
    frame, _ = frame_of("试验社区科普工作总结\n正文在这里。\n试验社区居委会\n2025年12月20日\n附件1\n活动一览\n")
    assert [note.text for note in frame.notes] == ["附件1"]


def wide(*texts: str) -> list[str]:
    lines, _ = widened([Line(text, HERE) for text in texts])
    return [line.text for line in lines]


def test_half_width_stops() -> None:
    assert wide("一.组织", "1.抓阵地.建了画廊.", "用了3.5万元.", "来了很多人.") == [
        "一.组织", "1.抓阵地。建了画廊。", "用了3.5万元。", "来了很多人。",
    ]  # fmt: skip
    assert wide("甲.乙主持.", "来了很多人。") == ["甲.乙主持.", "来了很多人。"]


def facts(kind: str, text: str) -> tuple[dict[str, object], list[Note]]:
    notes: list[Note] = []
    part = Part(kind, (Passage(Text(text, HERE)),))
    (found,) = Facts(default_engine().registry).of([part], Times("2025", ""), "试验社区", notes)
    return {".".join(map(str, fact.path)): fact.value for fact in found}, notes


@pytest.mark.parametrize(
    ("kind", "text", "path", "value"),
    [
        ("team", "社区现有科普志愿者25人。", "volunteers", "25人"), ("team", "社区有一支志愿者队伍，目前有二十五人。", "volunteers", "25人"),
        ("team", "注册志愿者近百人。", "registered_volunteers", "近100人"), ("publicity", "累计发放宣传单3000余份。", "leaflets", "3000余份"),
        ("publicity", "赠送科普读本1.2万册。", "books", "1.2万册"), ("facilities", "各类图书近万册。", "library.books", "近万册"),
        ("funding", "全年投入科普经费约3.5万元。", "total", "约3.5万元"), ("outcomes", "居民满意率98.5%。", "satisfaction", "98.5%"),
        ("facilities", "社区图书室藏书2300册。", "library.books", "2300册"), ("publicity", "发放宣传资料1.28万份。", "leaflets", "1.28万份"),
        ("training", "举办科普培训8场，培训1.28万人次。", "attendance_total", "1.28万人次"),
        ("training", "培训580人次以上。", "attendance_total", "580人次以上"), ("training", "培训约1900人次。", "attendance_total", "约1900人次"),
        ("activities", "共参加居民32.4万余人次。", "attendance_total", "32.4万余人次"), ("funding", "投入科普经费5万元。", "total", "5万元"),
        ("activities", "平均每两个月举办活动1次。", "frequency", {"times": 1, "months": 2}),
        ("leadership", "组长由社区书记甲乙丙同志担任。", "group.head", "甲乙丙"), ("leadership", "由社区主任任组长。", "group.title", "社区主任"),
        ("outcomes", "荣获市级“科普示范社区”称号。", "awards.0", {"name": "科普示范社区", "level": "市级"}),
    ],
)  # fmt: skip
def test_facts(kind: str, text: str, path: str, value: object) -> None:
    found, notes = facts(kind, text)
    assert found[path] == value
    assert notes == []


def test_what_contradicts_itself_is_no_fact() -> None:
    found, notes = facts("publicity", "春季发放宣传单300份。秋季发放宣传单500份。")
    assert found == {}
    assert [note.text for note in notes] == ["春季发放宣传单300份。", "秋季发放宣传单500份。"]


@pytest.mark.parametrize(
    "text", ["计划发给居民三份以上的资料。", "志愿者人人有专长。", "2025年志愿者工作。", "满意率达到150%。"]
)
def test_no_facts(text: str) -> None:
    assert facts("team", text)[0] == {}
    assert facts("outcomes", text)[0] == {}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("领导重视，加大投入，营造良好的科普氛围", "leadership"), ("抓好干部和志愿者的业务培训", "training"), ("加强科普队伍建设", "team"),
        ("积极探索，开展丰富多彩的活动", "activities"), ("大力宣传科普知识", "publicity"), ("完善基础设施，夯实阵地", "facilities"),
        ("经费保障到位", "funding"), ("规范台账管理", "records"), ("工作成效明显", "outcomes"), ("存在的不足", "problems"),
        ("2026年工作打算", "next_year_plan"), ("下一步工作计划", "next_year_plan"), ("其他", "narrative"), ("農村新技術推廣", "narrative"),
        ("組織領導", "leadership"), ("隊伍建設", "team"), ("Training of volunteers", "training"), ("阵地设施", "facilities"),
    ],
)  # fmt: skip
def test_kinds(heading: str, kind: str) -> None:
    engine = default_engine()
    assert Kinds(engine.registry, engine.languages.vocabulary).of(heading, "") == kind


@pytest.mark.parametrize(
    ("before", "after", "joint"),
    [
        ("In spring, and in summer too, there were talks about floods,", "and a leaflet", " "),
        ("In spring and in summer there were talks for the households", "(about 120 of them)", " "),
        ("In spring and in summer there were talks about emergency-", "preparedness for all", ""),
        ("全年举办科普讲座二十场，参加三千余人次，印发科普资料五千余份，开展应急演练", "三次", ""),
        ("全年举办科普讲座二十场，参加三千余人次，印发科普资料五千余份，开展演练共计", "12次", ""),
    ],
)
def test_what_stood_between_the_lines_of_a_paragraph(before: str, after: str, joint: str) -> None:
    text = f"总结\n\n{before}\n{after}\n\n{before}\n{after}\n"
    lines = read_plain_text(text.encode(), "old.txt").lines
    assert [line.text for line in lines[1:]] == [before + joint + after] * 2
