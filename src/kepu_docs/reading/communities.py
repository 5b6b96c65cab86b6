"""The community named in a text: 试验社区 in 试验区试验街道试验社区居民委员会 and in 关于试验社区科普工作的总结."""

import re
from typing import Final

from kepu_docs.late_patterns import late_pattern

_IN_NAMES: Final = "和[平谐睦美顺兴合]|向阳|将军|为民(?=社)"
"""The beginnings of names that look like words before a name: 和平社区."""
_LEADING: Final = late_pattern(
    rf"^(?:(?!{_IN_NAMES})(?:关于|记(?=.{{2,}}社[区區])|我代表|代表|近年来|一年来|今年以来|年来|今年|全年|年度|年|我们|为了|通过|目前|以来|在|由|为|对|向|到|与|和|是|把|将|使|让|以|从|的|了|现将|经过|加强|开展|做好|打造|组织|深入|创建|结合|报送|关于印发|省|市))+"
)
_OTHER: Final = (
    "我|本|该|全|各|每个|各个|整个|全体|其他|其它|多个|几个|两个|一个|所有|进|入|为|在|的|"
    "礼貌|科学型|和谐型|示范|科普示范|特色|星级|精选|最新|优秀|通用|年度|年终|某|"
    "建设|服务|进入|走进|走入|关心|参与|融入|立足|推进|推动|促进|提升|管理|带动|号召|广大|进一步|辖区|城市|农村|新型|现代|高校"
)
_PRAISE: Final = "和谐|文明|花园|学习型|健康型|平安|智慧|绿色|生态|幸福|美丽|宜居|科普"
"""Praise of communities that is also the name of some: before the word for a committee it is a name."""
_common = late_pattern(f"^(?:{_OTHER}|{_PRAISE})(?:社区|社區)$|(?:进|入|示范|文明|和谐|型|大)(?:社区|社區)$")
_praised = late_pattern(f"(?:{_PRAISE})(?:社区|社區)")
_committee = late_pattern("居委|居民委")
_NO_NAME: Final = frozenset("在的了为是和与及把将使让对向到进入以从等各全我本每个学做好开展工作科普们")
_VERBS: Final = late_pattern("围绕|组织|发动|动员|号召|鼓励|引导|依托|利用|邀请|联合|立足|覆盖|遍布|推进|联系|指导")
_english = late_pattern(r"((?:[A-Z][A-Za-z]{1,40} ){1,4}Community)")
_signed = late_pattern(r"([\u3400-\u9fff]{1,20}?(?:社区|社區))")
_village = late_pattern(
    r"(?:^|[省市县縣区區镇鎮乡鄉道])([\u3400-\u9fff]{1,8}?村)"
    r"(?=村?(?:民委|委会|委員會|委员会|党支部|党总支|[0-9０-９二])|$|的?科普)"
)
_street = late_pattern(
    r"(?:^|[省市县縣区區])([\u3400-\u9fff]{1,8}?(?:街道|镇|鎮|乡|鄉))(?=办事处|辦事處|人民政府|党工委|党委|政府)"
)


def named_community(text: str) -> str:
    """Return the community that a title or a signature names, or nothing.

    If there is none, return the village, else the street office or township.
    """
    whole = text
    text = re.sub(r"(?:19|20)[0-9xX]{2}年(?:度)?", "", text)
    for found in _signed.finditer(text):
        words = re.split("(?:街道|镇|鎮|乡|鄉|市|区(?!社)|區|县|縣)(?=.{2})", found[1])[-1]
        name = plain_name(words)
        if name:
            return name
        if _praised.fullmatch(words) and _committee.match(text, found.end()):
            return words
    for shape in (_village, _street):
        place = shape.search(whole)
        name = re.split("[省市县縣区區镇鎮乡鄉道](?=.{2})", place[1])[-1] if place else ""
        if name and name[0] not in "各全本我农新":
            return name
    english = _english.search(text)
    return english[1] if english else ""


def plain_name(words: str) -> str:
    """Return the name without words that only lead to it (关于试验社区); nothing if it is not a name (和谐社区)."""
    name = _LEADING.sub("", words)
    is_phrase = not _NO_NAME.isdisjoint(re.sub(_IN_NAMES, "", name))
    if not 2 < len(name) < 15 or _common.search(name) or _VERBS.search(name) or is_phrase:
        return ""
    return name
