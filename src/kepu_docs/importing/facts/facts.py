"""Facts in the text of a section: counts with unit and approximation, people, plans; taken only where they are sure.

Each rule says what a sentence must speak of before a number is taken for a certain field. A field for which sentences
say different things stays empty, and is told as not understood.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from kepu_docs.errors import N_, Message, Place
from kepu_docs.importing.facts.simplifying import simplified
from kepu_docs.importing.lines import Note
from kepu_docs.importing.structure.elements import Text, shift
from kepu_docs.schema import Section
from kepu_docs.typography.numerals import number_of

Path = tuple[str | int, ...]

_sentence = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")
_HANZI: Final = "[一二两三四五六七八九十百千零]"
_AMOUNT: Final = (
    "(?P<before>近|将近|接近|约|大约|超过|超|逾|至少|不少于)?"
    rf"(?P<number>[0-9０-９][0-9０-９,，.]{{0,14}}|{_HANZI}{{1,6}}|(?=万))"
    "(?P<more>余|多)?(?P<scale>万|亿)?(?P<still>余|多)?"
)
_BETWEEN: Final = "[^，。；,;0-9０-９]"
"""What may stand between the words of one clause that state one amount."""


def _stated(words: str, units: str, *, verbs: str = "", gap: int = 4) -> re.Pattern[str]:
    """Return the shape of an amount in one of ``units`` behind one of ``words``, which may follow one of ``verbs``.

    All three are words with blanks between them; ``gap`` is how much may stand between word and amount.
    """
    lead = f"(?:{_any(verbs)}){_BETWEEN}{{0,14}}?" if verbs else ""
    return re.compile(
        f"{lead}(?:{_any(words)}){_BETWEEN}{{0,{gap}}}?{_AMOUNT}(?P<unit>{_any(units)})(?P<after>以上|左右)?"
    )


def _any(words: str) -> str:
    return "|".join(words.split())


@dataclass(frozen=True, slots=True)
class _Rule:
    """A field of a kind, and the shape of what states it."""

    kind: str
    path: Path
    shape: re.Pattern[str]


_HANDED: Final = "发放 散发 印发 派发 分发 发送 赠送"
_LEAFLETS: Final = "宣传单 传单 宣传资料 资料 折页 宣传材料 材料 宣传品 倡议书 手册"
_VOLUNTEERS: Final = "志愿者(?:服务队|队伍?)?[，,]?(?:目前|现)?(?:有|共有|共|达到?)?"
_MADE_UP: Final = "(?:名|位|个)?(?=(?:人|成员|同志|干部|委员)?组成)人?"
_RULES: Final = (
    _Rule("leadership", ("group", "members"), _stated("小组成员 成员 由 有 共", _MADE_UP, gap=2)),
    _Rule("leadership", ("group", "members"), _stated("成员 组员", "人 名", gap=2)),
    _Rule("leadership", ("meetings",), _stated("召开", "次(?=[^，。；,;]{0,12}?会)", gap=6)),
    _Rule("leadership", ("meetings",), _stated("会议 专题会 例会 工作会", "次", verbs="召开")),
    _Rule("team", ("volunteers",), _stated(_VOLUNTEERS, "人 名", gap=6)),
    _Rule("team", ("registered_volunteers",), _stated("注册(?:科普)?志愿者", "人 名")),
    _Rule("team", ("full_time",), _stated("专职(?!、?兼)", "人 名", gap=8)),
    _Rule("team", ("part_time",), _stated("兼职", "人 名", gap=8)),
    _Rule("team", ("informants",), _stated("信息员", "人 名")),
    _Rule("team", ("experts",), _stated("专家", "人 名")),
    _Rule("training", ("sessions_total",), _stated("培训班? 讲座", "场次 场 期 次 班次", verbs="举办 开展 组织 开办")),
    _Rule("training", ("attendance_total",), _stated("培训", "人次", gap=12)),
    _Rule(
        "activities",
        ("times_total",),
        _stated("活动", "场次 场 次 期", verbs="(?:共|累计|总计|全年|先后)(?:举办|开展|组织)"),
    ),
    _Rule("activities", ("attendance_total",), _stated("共 累计 总计 总共", "人次", gap=16)),
    _Rule("publicity", ("leaflets",), _stated(_LEAFLETS, "份 张", verbs=_HANDED)),
    _Rule("publicity", ("books",), _stated("读本 手册 图书 书籍 书刊", "册 本", verbs=_HANDED)),
    _Rule("publicity", ("banners",), _stated("横幅 标语 条幅", "条 幅", verbs="悬挂 张挂 拉挂 挂")),
    _Rule("publicity", ("boards",), _stated("展板 展牌 板报", "块 期", verbs="展出 制作 摆放 设置 展示")),
    _Rule("publicity", ("articles",), _stated("推送 发布 发表 刊发", "篇 条", verbs="公众号 微信群 网站 平台", gap=16)),
    _Rule("publicity", ("screenings",), _stated("播放 放映", "场次 场", gap=16)),
    _Rule("facilities", ("library", "books"), _stated("藏书 图书 书籍", "册", gap=12)),
    _Rule("facilities", ("screens",), _stated("电子屏 显示屏 电子显示屏", "块")),
    _Rule("funding", ("total",), _stated("经费 资金", "元", verbs="投入 筹集 安排 落实 争取 拨付")),
    _Rule("outcomes", ("households_reached",), _stated("惠及 覆盖 受益", "户", gap=8)),
    _Rule("outcomes", ("residents_reached",), _stated("惠及 覆盖 受益", "人次", gap=10)),
    _Rule("outcomes", ("satisfaction",), _stated("满意度 满意率", "% ％", gap=6)),
    _Rule("outcomes", ("coverage",), _stated("覆盖率 知晓率 普及率", "% ％", gap=6)),
    _Rule("outcomes", ("participation",), _stated("参与率", "% ％", gap=6)),
)

_TITLES: Final = "党委书记|党总支书记|党支部书记|副书记|书记|副主任|主任|站长|副站长|委员|科长|村长|里长|所长|队长"
_NAME: Final = r"(?P<name>[\u4e00-\u9fff]{2,3}?)"
_TITLE: Final = rf"(?P<title>[^，。；,;、以由任为]{{0,10}}?(?:{_TITLES}))"
_head = re.compile(rf"(?:以|由){_TITLE}{_NAME}(?:同志)?(?:为|任|担任)组长")
_title_alone = re.compile(rf"(?:以|由){_TITLE}(?:为|任|担任)组长")
_head_behind = re.compile(rf"组长由{_TITLE}{_NAME}?(?:同志)?担任")
_deputy = re.compile(rf"{_TITLE}{_NAME}(?:同志)?(?:为|任|担任)副组长")
_group_name = re.compile(r"成立(?:了|由|以|有)?[^，。；,;]{0,40}?(?P<name>科[普教][^，。；,;的由以为]{0,10}领导小组)")
_frequency = re.compile(
    r"平均(?:每)?(?P<months>[一二两三四五六七八九十]{1,2}|1?[0-9])?个?月(?:举办|开展|组织)?[^，。；,;0-9]{0,8}?"
    r"(?P<times>[0-9]{1,3}|[一二两三四五六七八九十])次"
)
_award = re.compile(
    r"(?:荣获|获得|被评为|获评|被授予|荣膺|评为)(?:了)?(?:[^，。；,;“”]{0,16}?(?:授予|颁发)的)?"
    r"(?P<level>国家级|省级|市级|区级|县级|街道级|全国|省|市|区|县)?"
    r"(?:(?P<quoted>“[^”]{2,30}”)|(?P<name>[^，。；,;“”]{2,24}?)(?:荣誉)?(?:称号|奖励?(?=[，。；,;])))"
)
_AWARDS: Final = ("awards",)
_TRUTHS: Final = (
    (("in_agenda",), re.compile("(?:列入|纳入|摆上)[^，。；,;]{0,14}议事日程")),
    (("in_plan",), re.compile("(?:列入|纳入)[^，。；,;]{0,10}年度工作计划")),
    (("in_assessment",), re.compile("(?:列入|纳入)[^，。；,;]{0,20}(?:考评|考核)")),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A fact: the field below its section, its value as a record has it, and the sentence that it came from."""

    path: Path
    value: Any
    sentence: str
    place: Place


def facts_of(kind: str, texts: Sequence[Text], fields: "Fields", notes: list[Note]) -> list[Found]:
    """Return the facts of a section of a kind; what contradicts itself goes into ``notes``."""
    found: dict[Path, Found] = {}
    unsure: set[Path] = set()
    for text in texts:
        for sentence in _sentence.finditer(text.text):
            for path, value in _of_sentence(kind, simplified(sentence[0]), sentence[0]):
                if path == _AWARDS:
                    if any(fact.value == value for fact in found.values()):
                        continue
                    path = (*path, sum(fact[:1] == _AWARDS for fact in found))
                if not fields.allow(kind, path, value):
                    continue
                if path in found and found[path].value != value:
                    unsure.add(path)
                    notes.append(_unsure(found[path], path))
                fact = Found(path, value, sentence[0].strip(), shift(text.place, sentence.start()))
                found.setdefault(path, fact)
                if path in unsure:
                    notes.append(_unsure(fact, path))
    return [fact for path, fact in found.items() if path not in unsure]


def _unsure(fact: Found, path: Path) -> Note:
    why = Message.of(N_("several sentences state different values of “{field}”"), field=".".join(map(str, path)))
    return Note(fact.place, fact.sentence, why)


class Fields:
    """Knows what the fields of the section kinds accept."""

    def __init__(self, models: Mapping[str, type[Section]]) -> None:
        self._models = models

    def allow(self, kind: str, path: Path, value: Any) -> bool:
        """Tell whether a kind has the field, and the field accepts the value."""
        data: Any = value
        for step in reversed(path):
            data = [data] if isinstance(step, int) else {step: data}
        try:
            self._models[kind].model_validate({"kind": kind, "heading": "…", **data})
        except (KeyError, ValidationError):
            return False
        return True


def _of_sentence(kind: str, text: str, shown: str) -> Iterator[tuple[Path, Any]]:
    for rule in _RULES:
        if rule.kind == kind:
            found = rule.shape.search(text)
            amount = _amount(found) if found else None
            if amount:
                yield rule.path, amount
    if kind == "leadership":
        yield from _led(text, shown)
    elif kind == "activities":
        found = _frequency.search(text)
        if found:
            months, times = number_of(found["months"] or "一"), number_of(found["times"])
            if months and times:
                yield ("frequency",), {"times": times, "months": months}
    elif kind == "outcomes":
        found = _award.search(text)
        if found:
            name = found.span("quoted" if found["quoted"] else "name")
            award = {"name": shown[slice(*name)].strip("“”")}
            if found["level"]:
                award["level"] = shown[slice(*found.span("level"))]
            yield _AWARDS, award


def _led(text: str, shown: str) -> Iterator[tuple[Path, Any]]:
    for path, shape in _TRUTHS:
        if shape.search(text):
            yield path, True
    found = _head.search(text) or _head_behind.search(text) or _title_alone.search(text)
    if found:
        yield ("group", "title"), shown[slice(*found.span("title"))]
        if found.groupdict().get("name"):
            yield ("group", "head"), shown[slice(*found.span("name"))]
    found = _deputy.search(text)
    if found:
        yield ("group", "deputy_title"), shown[slice(*found.span("title"))]
        yield ("group", "deputy"), shown[slice(*found.span("name"))]
    found = _group_name.search(text)
    if found:
        yield ("group", "name"), shown[slice(*found.span("name"))]


def _amount(found: re.Match[str]) -> str | None:
    """Return an amount as a record may write it: 300余份, 近1万册; hanzi as digits."""
    written = found["number"].rstrip(",，.")
    if written and not written[0].isdigit():
        number = number_of(written.replace("两", "二"))
        if number is None:
            return None
        written = str(number)
    if not written and not found["scale"]:
        return None
    more = found["more"] or found["still"] or ""
    # 2万多份 is read, 2多万份 is written by some.
    amount = f"{found['before'] or ''}{written}{found['scale'] or ''}{more}{found['unit']}{found['after'] or ''}"
    return amount if found["unit"] else amount + "人"
