"""Dashes according to GB/T 15834—2011: between the ends of a range, and within sentences."""

from collections.abc import Iterator
from re import Match
from typing import Final

from kepu_docs.plugin import N_, Check, Finding, Subject
from kepu_rules.searching import HANZI, Pattern, found

_DASH: Final = "[-－–‐‑‒―─━−~]{1,2}"
_UNIT: Final = (
    "(?:年(?!级|級)|个?月|個月|日|号(?=[，。、；）至]|$)|时(?!代|段|期)|時(?!代|段|期)|点(?!位|多)|岁|歲|天|周岁|小时|小時|分钟|分鐘|万元|萬元|元"
    "|人次|人(?![民工员員均们們])|名|户(?!外)|場次|场次|场(?![所地馆])|米|公里|度|℃|％|%)"
)
_TIME: Final = "(?:年|月|日|岁|歲|时|時)"
_range = Pattern(
    rf"(?<![\d\-.:：A-Za-z])(?P<first>\d{{1,5}})(?P<unit>{_UNIT})?(?P<dash>{_DASH})(?=(?P<last>\d{{1,5}}){_UNIT})"
    rf"|(?<![\d\-.:：A-Za-z])\d{{1,5}}{_TIME}?(?P<long>——)(?=\d{{1,5}}{_TIME})"
    rf"|(?<![\d\-])\d{{1,2}}[:：]\d\d(?P<until>{_DASH})(?=\d{{1,2}}[:：]\d\d(?![:：\d]))"
    rf"|(?<=\d[月日])(?P<days>{_DASH}|——)(?=\d{{1,2}}[月日])"
    rf"|(?<=周[一二三四五六日])(?P<week>{_DASH})(?=周?[一二三四五六日])"
    r"|(?<=(?:19|20)\d\d)(?P<years>[―─━])(?=(?:19|20)\d\d)",
    needs=("-", "－", "–", "~", "——", "―", "─", "━", "−", "‐", "‑", "‒"),
)
_NAMES: Final = ("dash", "long", "until", "days", "week", "years")
# Numbers of telephones, documents and the like.
_call_number = Pattern("(?:电话|電話|热线|熱線|传真|傳真|编号|編號|代码|代碼|邮编|账号|QQ|手机|手機)[^，。；]{0,8}$")
_AS_FAR: Final = 12
_TURNING: Final = frozenset("月日时時点")
"""Units that start again after their end: 12—1月."""

_PLACEHOLDER: Final = "(?:[年月日份]|人次|场次|万元)"
_broken_dash = Pattern(
    rf"(?<=[{HANZI}”》）])(?<![在由到向对對与與和经從从赴请請])(?:--+|－－+)(?=[{HANZI}“《])(?!{_PLACEHOLDER})"
    rf"|(?<=[{HANZI}”》）])[―─━]{{1,2}}(?=[{HANZI}“《])",
    needs=("--", "－－", "―", "─", "━"),
)


def _dashes(subject: Subject) -> Iterator[Finding]:
    for field, match in _range.matches(subject):
        if not _is_range(match) or _call_number.search(field.text, max(match.start() - _AS_FAR, 0), match.start()):
            continue
        start, end = next(match.span(name) for name in _NAMES if match[name])
        yield Finding(field.path, N_("use — or ～ between the two ends of a range"), (), start, end, "—", True)
    for field, match in _broken_dash.matches(subject):
        yield found(field, match, N_("a dash is as long as two characters, ——"), "——")


def _is_range(match: Match[str]) -> bool:
    """Return whether the first number is less than the last, if both are of one kind and not times of day or year."""
    if not match["dash"] or match["unit"]:
        return True
    following = match.string[match.end() + len(match["last"]) :][:1]
    return following in _TURNING or int(match["first"]) < int(match["last"])


CHECK: Final = Check(
    "range-dash",
    "warning",
    N_("Hyphens, half-width tildes, ― and —— between the two ends of a range (9月15日-25日); -- and ― used as a dash."),
    N_("GB/T 15834—2011, 4.10 and 4.13."),
    _dashes,
)
