"""The web page around a summary changes nothing in it: the import of the raw page equals that of the clean text."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.depth import examples
from tests.importing.raw_pages import SORTS, raw

import kepu_docs

CLEAN = (
    (
        "试验社区2024年科普工作总结",
        "2024年，试验社区围绕居民需求做好科普工作，现总结如下：",
        "一、组织领导",
        "社区成立科普工作领导小组，由社区书记甲某某任组长，成员9人。",
        "二、宣传工作",
        "（一）线下宣传",
        "全年发放宣传资料3000余份，悬挂横幅12条。",
        "（二）线上宣传",
        "公众号推送文章60篇。",
        "三、下一步打算",
        "一是充实队伍。",
        "二是更新设施。",
        "试验社区居民委员会",
        "2024年12月20日",
    ),
    (
        "試驗社區113年度科普工作報告",
        "一、組織運作",
        "社區設置推動小組，全年召開會議4次。",
        "二、宣傳推廣",
        "全年發放宣傳單2000份。",
        "三、未來規劃",
        "持續辦理講座。",
        "試驗社區發展協會",
        "2024年12月20日",
    ),
    (
        "示例街道科普宣传周活动情况汇报",
        "5月20日，示例街道在文化广场举办了科普宣传周活动。",
        "1、准备充分。街道召开会议部署。",
        "2、内容丰富。居民参观了展板。",
        "3、效果良好。居民表示欢迎。",
    ),
)


def imported(lines: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
    """Return the record of a text, and what stood around it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        found = kepu_docs.import_document(path)
        assert len(found) == 1, [each.title for each in found]
        return dict(found[0].record), [note.text for note in found[0].stripped]


def holds(summary: Sequence[str], sorts: Sequence[str], seed: int, *, narrow: bool) -> None:
    page = raw(summary[0], summary[:1], summary[1:], sorts, seed, narrow=narrow)
    clean, _ = imported(summary)
    record, stripped = imported(page.lines)
    # Without a year in the text it is guessed, of a page from its date.
    for each in (clean, record) if "202" not in "".join(summary) else ():
        each.pop("period")
    assert record == clean, page.lines
    assert sorted(stripped) == sorted(page.furniture)


@pytest.mark.parametrize("name", SORTS)
def test_each_sort(name: str) -> None:
    for seed, summary in enumerate(CLEAN):
        holds(summary, [name], seed, narrow=seed == 1)


@pytest.mark.deep
@pytest.mark.parametrize("name", SORTS)
def test_each_line_of_each_sort(name: str) -> None:
    for seed in range(30):
        holds(CLEAN[seed % len(CLEAN)], [name], seed, narrow=seed % 2 == 1)


@given(st.sampled_from(CLEAN), st.lists(st.sampled_from(list(SORTS)), unique=True), st.integers(0, 9999), st.booleans())
@settings(max_examples=examples(300), deadline=None)
def test_any_page(summary: Sequence[str], sorts: Sequence[str], seed: int, narrow: bool) -> None:
    holds(summary, sorts, seed, narrow=narrow)
