"""Where a line may break, according to the sources of the rules."""

from itertools import accumulate, pairwise

import pytest

from kepu_docs.typography.breaking import may_break
from kepu_docs.typography.graphemes import graphemes


def parts(text: str) -> list[str]:
    """Return ``text`` cut wherever a line may break."""
    units = graphemes(text)
    starts = list(accumulate(map(len, units), initial=0))
    cuts = [0, *(starts[place] for place in range(1, len(units)) if may_break(units, place)), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("GB/T 15834, 5.1.1: 句号、逗号、顿号、分号、冒号", "。，、；："),
        ("GB/T 15834, 5.1.2: 问号、叹号", "？！"),
        ("GB/T 15834, 5.1.3: the second half of 引号、括号、书名号", "”’）］〕】》〉"),
        ("CLREQ, in Traditional Chinese: the same", "」』"),
        ("CLREQ, strict: 破折号、省略号", "—…⸺⋯"),
        ("GB/T 15834, 5.1.6: 连接号, short, long and waved", "-–—～"),
        ("GB/T 15834, 5.1.7: 间隔号", "·"),
        ("CLREQ, in Traditional Chinese: 間隔號", "‧・"),
        ("GB/T 15834, 5.1.9: 分隔号", "/／"),
        ("UAX #14, CL and CP", "｝〗〙〛〞〟｠｡､｣)]}"),
        ("UAX #14, EX and IS", "!?,.:;"),
        ("UAX #14, NS", "々〻ー〜‼⁇⁈⁉･"),
        ("UAX #14, PO (LB23a)", "%％‰°℃℉¢￠′″"),
        ("UAX #14, IN (LB22)", "‥"),
    ],
)
def test_no_line_begins_with(source: str, marks: str) -> None:
    for mark in marks:
        assert parts(f"科普{mark}")[-1] == f"普{mark}", (source, mark)


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("GB/T 15834, 5.1.3: the first half of 引号、括号、书名号", "“‘（［〔【《〈"),
        ("CLREQ, in Traditional Chinese: the same", "「『"),
        ("GB/T 15834, 5.1.9: 分隔号", "/／"),
        ("UAX #14, OP", "｛〖〘〚〝｟｢([{"),
        ("UAX #14, PR (LB23a)", "$＄¥￥£￡€№±"),
    ],
)
def test_no_line_ends_with(source: str, marks: str) -> None:
    for mark in marks:
        assert parts(f"{mark}科普")[0] == f"{mark}科", (source, mark)


@pytest.mark.parametrize(
    ("source", "cut"),
    [
        ("UAX #14, LB31: between hanzi", ["科", "普", "か", "な"]),
        ("UAX #14, LB31: between a word and a hanzi", ["在", "COVID-19", "后"]),
        ("GB/T 15834, 5.1.4: a dash is not torn", ["举", "办——", "科", "普"]),
        ("GB/T 15834, 5.1.5: nor is an ellipsis", ["举……", "科"]),
        ("UAX #14, LB25: nor a number with its signs", ["约", "3,000.5%", "的"]),
        ("UAX #14, LB24 and LB25", ["约", "￥500、", "37°C、", "25℃", "的"]),
        ("GB/T 15834, 5.1.6, and LB25: a hyphen ends a line, before a number it is a sign", ["京-", "沪-5", "级"]),
        ("LB28: nor a word", ["don’t ", "café\u3000", "naïveté"]),
        ("tailored: nor an address", ["见", "https://example.org/a-b?c=1"]),
        ("LB7 and LB18: after white space, not before it", ["for ", "all  ", "以", "及\u3000", "科"]),
        ("LB13: no closing mark after white space", ["科", "普 ）", "普 。"]),
        ("LB14: nor white space after an opening one", ["（  科", "普"]),
        ("LB18 and LB21: a hyphen parted from its word", ["a ", "- ", "b"]),
        ("LB11 and LB12: glue", ["10\u00a0000", "人", "科\u2060普\u00a0科"]),
        ("LB9: marks and joiners", ["e\u0301e\u0301", "葛\U000e0100", "城"]),
        ("LB30a: flags", ["🇨🇳", "🇭🇰"]),
        ("LB31: emoji", ["❤\ufe0f", "👍🏽", "👍🏽"]),
    ],
)
def test_where_a_line_may_break(source: str, cut: list[str]) -> None:
    assert parts("".join(cut)) == cut, source
