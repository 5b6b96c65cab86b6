"""Names of columns and sheets as clerks write them: finds the known name that is meant, if it is unique."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias, TypeVar

Found = TypeVar("Found")
Change: TypeAlias = Callable[[str], Iterator[str]]

_MOST_CHANGES: Final = 3
"""How many words of a name may be removed or changed."""
_MOST_TRIED: Final = 200
"""How many variations of one name are looked up."""
_LONGEST: Final = 30
"""In characters; no variations of longer names are tried."""

_SAME: Final = (
    ("人数", "人次"),
    ("人數", "人次"),
    ("日期", "时间"),
    ("日期", "時間"),
    ("场数", "场次"),
    ("場數", "場次"),
    ("地址", "地点"),
    ("地址", "地點"),
    ("题目", "主题"),
    ("題目", "主題"),
)
"""Words that people use instead of the usual one."""
_BEFORE: Final = (
    "参加", "參加", "参与", "參與", "参训", "參訓", "举办", "舉辦", "开展",
    "開展", "实施", "實施", "实际", "實際", "科普",
)  # fmt: skip
"""Words that people put before the usual name."""
_AFTER_HEADING: Final = (
    "人数", "人數", "数量", "數量", "总数", "總數", "数", "數", "情况",
    "情況",
)  # fmt: skip
_AFTER_TITLE: Final = (
    "明细表", "明細表", "明细", "明細", "清单", "清單", "统计表", "統計表", "统计",
    "統計", "登记表", "登記表", "登记", "登記", "一览表", "一覽表", "汇总表", "彙總表",
    "情况表", "情況表", "情况", "情況", "记录表", "記錄表", "记录", "記錄", "台账",
    "臺賬", "副本", "数据", "數據", "表",
)  # fmt: skip
_ORDINARY_BEFORE_TITLE: Final = ("社区", "社區", "科普")
_numbered = re.compile(r"(?:19|20)[0-9]{2}(?:年度?)?|(?:附件|附表|表)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})")

_beside_the_name = re.compile(r"[\s._·:：/\\*＊\-—–－‐‑−─]|（[^（）]*）|\([^()]*\)")

COUNTING: Final = frozenset(
    ("序号", "序號", "序", "序列", "顺序号", "順序號", "行号", "行號", "次序", "no", "№", "#", "index")
)
"""Names of columns that only count the rows."""
STATES: Final = frozenset(
    (
        "状态", "狀態", "活动状态", "活動狀態", "进展", "進展", "进展情况", "進展情況", "完成情况", "完成情況",
        "是否完成", "是否开展", "是否開展", "是否举办", "是否舉辦", "落实情况", "落實情況", "status",
    )
)  # fmt: skip
"""Names of the column that says whether something took place."""
COMMUNITY_NAMES: Final = frozenset(
    (
        "社区名称", "社區名稱", "社区", "社區", "所属社区", "所屬社區", "所在社区", "所在社區", "单位名称", "單位名稱",
        "村社区", "村社區", "填报单位", "填報單位", "communityname", "community",
    )
)  # fmt: skip
"""Names of the column with the name of the community, in tables in which each row belongs to a community."""


def plain_name(name: str) -> str:
    """Return a name in the form for comparison: without white space, punctuation, remarks in brackets, and case."""
    return _beside_the_name.sub("", name).casefold()


def near_columns(title: str, words: Iterable[str]) -> Iterator[set[str]]:
    """Yield the possible variations of a plain heading, the smallest changes first.

    ``words`` are the names of its table: people repeat them before a heading, as in 活动名称.
    """
    before = (*_BEFORE, *words)

    def changes(name: str) -> Iterator[str]:
        yield from _without(name, before, ())
        yield from (name.replace(theirs, ours) for theirs, ours in _SAME if theirs in name)
        yield from _without(name, (), _AFTER_HEADING)

    yield from _steps(title, changes)


def near_titles(title: str) -> Iterator[set[str]]:
    """Yield the possible variations of a plain sheet title, the smallest changes first."""

    def changes(name: str) -> Iterator[str]:
        if (found := _numbered.match(name)) and found.end() < len(name):
            yield name[found.end() :]
        yield from _without(name, _ORDINARY_BEFORE_TITLE, _AFTER_TITLE)

    yield from _steps(title, changes)


def short_titles(name: str) -> Iterator[str]:
    """Yield the possible names of a table with a plain name."""
    yield name
    if name.startswith("科普") and len(name) > len("科普") + 1:
        yield name.removeprefix("科普")


def the_only(steps: Iterable[set[str]], look_up: Callable[[str], Iterable[Found]]) -> list[Found]:
    """Return what the smallest variations of a name are known for; several if the meaning is doubtful."""
    for names in steps:
        found = list(dict.fromkeys(each for name in sorted(names) for each in look_up(name)))
        if found:
            return found
    return []


def _steps(name: str, changes: Change) -> Iterator[set[str]]:
    if len(name) > _LONGEST:
        return
    seen, step = {name}, {name}
    for _ in range(_MOST_CHANGES):
        step = {each for one in step for each in changes(one) if each} - seen
        if not step or len(seen) + len(step) > _MOST_TRIED:
            return
        yield step
        seen |= step


def _without(name: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    for word in before:
        if name.startswith(word) and name != word:
            yield name[len(word) :]
    for word in after:
        if name.endswith(word) and name != word:
            yield name[: -len(word)]
