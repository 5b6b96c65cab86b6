"""Which community a summary is about, and which time: found in its title, signature and text, or guessed."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kepu_docs.errors import N_, Message, Place
from kepu_docs.importing.structure.elements import Text
from kepu_docs.reading.times import has_placeholder, period_of

UNKNOWN: Final = "××社区"
"""What stands for the name of a community that no word names; a placeholder that a checker finds."""

_name = re.compile(r"[\u3400-\u9fff]{1,12}?(?:社区|社區)")
_LEADING: Final = re.compile(
    r"^(?:关于|记(?=.{2,}社[区區])|我代表|代表|近年来|一年来|今年以来|年来|今年|全年|年度|年|我们|为了|通过|目前|以来|在|由|为|对|向|到|与|和|是|把|将|使|让|以|从|的|了|现将|经过|加强|开展|做好|打造|组织|深入|创建|结合|报送|关于印发|省|市)+"
)
_COMMON: Final = re.compile(
    r"^(?:我|本|该|全|各|每个|各个|整个|全体|其他|其它|多个|几个|两个|一个|所有|进|入|为|在|的|"
    r"和谐|文明|礼貌|花园|学习型|健康型|科学型|和谐型|平安|智慧|绿色|生态|幸福|美丽|宜居|示范|科普示范|科普|特色|星级|精选|最新|优秀|通用|年度|年终|某|"
    r"建设|服务|进入|走进|走入|关心|参与|融入|立足|推进|推动|促进|提升|管理|带动|号召|广大|进一步|辖区|城市|农村|新型|现代|高校)"
    r"(?:社区|社區)$|(?:进|入|示范|文明|和谐|型|大)(?:社区|社區)$"
)
_NO_NAME: Final = frozenset("在的了为是和与及把将使让对向到进入以从等各全我本每个学做好开展工作科普们")
_VERBS: Final = re.compile("围绕|组织|发动|动员|号召|鼓励|引导|依托|利用|邀请|联合|立足|覆盖|遍布|推进|联系|指导")
_subject = re.compile(
    "在|始终|积极|坚持|科普|认真|居委会|全面|以|按照|高度|把|将|共|充分|现有|位于|成立|开展|举办|組織|组织"
)
_english = re.compile(r"((?:[A-Z][A-Za-z]{1,40} ){1,4}Community)")
_signed = re.compile(r"([\u3400-\u9fff]{1,20}?(?:社区|社區))")
_village = re.compile(
    r"(?:^|[省市县縣区區镇鎮乡鄉道])([\u3400-\u9fff]{1,8}?村)"
    r"(?=村?(?:民委|委会|委員會|委员会|党支部|党总支|[0-9０-９二])|$|的?科普)"
)
_street = re.compile(
    r"(?:^|[省市县縣区區])([\u3400-\u9fff]{1,8}?(?:街道|镇|鎮|乡|鄉))(?=办事处|辦事處|人民政府|党工委|党委|政府)"
)
_ahead = re.compile(r"(?:^|[，。；：、！？,;:!?（(“”《》\s])$")


@dataclass(frozen=True, slots=True)
class Guess:
    """A value, the words that it came from with their place, and whether it is only a guess, and why."""

    value: str
    sentence: str
    place: Place
    why: Message | None = None


def community_of(title: Text | None, signed_by: Text | None, texts: Sequence[Text], place: Place) -> Guess:
    """Return the name of the community."""
    for source in (signed_by, title):
        if source is not None:
            found = _named(source.text)
            if found:
                return Guess(found, source.text, source.place)
    counts: Counter[str] = Counter()
    first: dict[str, Text] = {}
    for text in texts:
        for match in _name.finditer(text.text):
            if _ahead.search(text.text[max(match.start() - 1, 0) : match.start()]) or match.start() == 0:
                name = _plain(match[0])
                if name:
                    # What is named once is sure only where it is the subject of a sentence.
                    counts[name] += 1 + (_subject.match(text.text, match.end()) is not None)
                    first.setdefault(name, text)
    name, count = next(iter(counts.most_common(1)), ("", 0))
    if count > 1:
        why = Message(N_("the community's name was taken from the text; neither title nor signature states it"))
        return Guess(name, first[name].text[:80], first[name].place, why)
    why = Message(N_("no word names the community; give its name"))
    return Guess(UNKNOWN, "", place, why)


def _named(text: str) -> str:
    """Return the community that a title or a signature names; that of a street stands before it."""
    whole = text
    text = re.sub(r"(?:19|20)[0-9xX]{2}年(?:度)?", "", text)
    for found in _signed.finditer(text):
        name = _plain(re.split("(?:街道|镇|鎮|乡|鄉|市|区(?!社)|區|县|縣)(?=.{2})", found[1])[-1])
        if name:
            return name
    for shape in (_village, _street):
        place = shape.search(whole)
        name = re.split("[省市县縣区區镇鎮乡鄉道](?=.{2})", place[1])[-1] if place else ""
        if name and name[0] not in "各全本我农新":
            return name
    english = _english.search(text)
    return english[1] if english else ""


def _plain(name: str) -> str:
    """Return the name without words that only led to it; nothing for what is no name."""
    name = _LEADING.sub("", name)
    if not 2 < len(name) < 15 or _COMMON.search(name) or _VERBS.search(name) or not _NO_NAME.isdisjoint(name):
        return ""
    return name


def period_found(
    title: Text | None,
    texts: Sequence[Text],
    signed_on: datetime.date | None,
    signed: Text | None,
    year: int | None,
    place: Place,
) -> Guess:
    """Return the time, as records write it: that of the title, else of the text, else of the signature or the page."""
    if title is not None:
        found = period_of(title.text)
        if found:
            return Guess(found[0], title.text, title.place)
    for text in texts[:2]:
        found = period_of(text.text[:60])
        if found:
            return Guess(found[0][:4], text.text[:60], text.place)
    placeholder = next(
        (text for text in ((title,) if title else ()) + tuple(texts) if has_placeholder(text.text)), None
    )
    note = N_("a placeholder stands for the year; {year} was guessed from {source}")
    if placeholder is None:
        note = N_("no year is stated at the begin; {year} was guessed from {source}")
    where = placeholder or title or (texts[0] if texts else None)
    sentence, at = (where.text[:60], where.place) if where else ("", place)
    if signed_on is not None:
        # Who signs in January or February tells of the year before.
        guessed = signed_on.year - (signed_on.month <= 2)
        source = Message(N_("the day of signing"))
        return Guess(
            str(guessed), signed.text if signed else "", signed.place if signed else at, _why(note, guessed, source)
        )
    for text in texts:
        found = period_of(text.text)
        if found:
            return Guess(
                found[0][:4], text.text[:60], text.place, _why(note, int(found[0][:4]), Message(N_("the text")))
            )
    if year is not None:
        return Guess(str(year), sentence, at, _why(note, year, Message(N_("the date of the web page"))))
    today = datetime.datetime.now(tz=datetime.UTC).year
    return Guess(str(today), sentence, at, _why(note, today, Message(N_("today's date, for want of any other"))))


def _why(text: str, year: int, source: Message) -> Message:
    return Message.of(text, year=year, source=source)
