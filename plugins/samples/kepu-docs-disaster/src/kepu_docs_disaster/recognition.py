"""How a section of an old document is recognised as disaster prevention, and what its sentences state."""

import re
from collections.abc import Iterator
from typing import Any

from kepu_docs.plugin import Recognition, Sentence, StatedAmount

# In simplified hanzi and lower case: texts are converted to these before the search, except some rare hanzi.
WORDS = "防[震灾災][减減][灾災](?:工作|活动)?|防灾避险|地震|应急(?:演练|避难|管理|工作)?|disaster|emergency"
HINTS = "避险|演练|隐患|安全"


def names(sentence: Sentence) -> Iterator[tuple[str, Any]]:
    """Yield what a sentence states besides amounts: plans and notices by title, and whether the work is assessed."""
    for title in re.findall("《([^《》]{2,40})》", sentence.shown):
        if title.endswith(("预案", "預案")):
            yield "plans", title
        elif title.endswith(("通知", "意见", "意見")):
            yield "documents", f"《{title}》"
    if sentence.search("(?:列入|[纳納]入)[^，。；]{0,20}(?:考评|考核)") is not None:
        yield "in_assessment", True


RECOGNITION = Recognition(
    words=WORDS,
    hints=HINTS,
    amounts=(
        StatedAmount("drills_total", "演练", "场次|场|次", verbs="组织|开展|举办|举行"),
        StatedAmount("attendance_total", "参演|参加演练|演练参加", "人次", gap=10),
        StatedAmount("reinforcement.needed", "需(?:抗震)?加固", "户", gap=8),
        StatedAmount("reinforcement.done", "(?:完成|已)(?:房屋|农房)?(?:抗震)?加固", "户", gap=8),
        StatedAmount("reinforcement.funds", "资金|经费", "元", verbs="加固"),
    ),
    names=names,
)
