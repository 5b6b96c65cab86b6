"""Texts that break careless formats, and strategies for any text that a record may hold."""

from typing import Final

from hypothesis import strategies as st

# What str.strip() removes, except the control characters that no text holds.
_WHITE: Final = " \u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

_MARKUP: Final = (
    # Markdown, at a line's start and inside
    *("# x", "## ", "- x", "+ x", "* x", "1. x", "1) x", "> x", "=", "===", "---", "***", "- - -", "___"),
    *("*a*", "**a**", "_a_", "__a__", "a_b_c", "~~x~~", "~", "`a`", "``", "```", "[a](b)", "![a](b)", "[x]"),
    *("[^1]", "[a]: b", "|", "a|b", "|---|", "\\", "\\\\", "\\*", "a\\", "    code", "<!--", "http://x.y/?a=b_c"),
    *("https://example.org/a*b", "www.x.y", "a@b.c", "<a@b.c>", "<http://x.y>", "$x$", "$$", ":smile:", "=1+1"),
    # HTML, XML, Jinja, Word
    *("<b>x</b>", "<script>", "</p>", "<br>", "&amp;", "&#65;", "&lt", "&", "]]>", "<![CDATA[", "100<100"),
    *("{{ x }}", "{% x %}", "{# x #}", "%1", "\\n", "_x000D_", "_x0041_", "<w:t/>", "^p", '"', "'", "--", "..."),
)  # fmt: skip
_CHINESE: Final = (
    *("科普", "社区居民", "全年举办科普培训", "共3,000余人次", "100*5", "9:30—11:00", "一、", "（一）", "一是"),
    *("“学科学”", "《科普法》", "……", "——", "、", "。", "，", "；", "：", "？", "！", "）", "（", "」", "％", "—",
      "～"),
    *("ＡＢＣ１２３", "𠮷", "𠮷野家", "豈", "\uf900", "\u2f00", "㎡", "①", "〔2024〕1号", "堃喆", "々", "〇"),
)  # fmt: skip
_WIDTHS: Final = (
    # combining marks, emoji joined and modified, flags, variation selectors
    *("e\u0301", "a\u0300\u0323", "👨\u200d👩\u200d👧", "👍🏽", "🇨🇳", "☺\ufe0f", "葛\U000e0100", "ก็", "각"),
    # zero width, soft hyphen, bidirectional controls and text
    *("\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\u202eabc\u202c", "\u2067x\u2069", "\u200e", "שלום"),
    # runs of white space
    *(" ", "  ", "   ", "\u3000", "\u3000\u3000", "\u00a0", "\u2003", "a  b", "x \u3000 y"),
    *("internationalisation", "3.14159265358979", "COVID-19", "x" * 90),
)

_characters = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
_hanzi = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30)
_pieces = st.one_of(
    st.sampled_from(_MARKUP),
    st.sampled_from(_CHINESE),
    st.sampled_from(_WIDTHS),
    _hanzi,
    st.text(_characters, min_size=1, max_size=6),
    st.text(st.sampled_from("*_`~[]()<>&|\\#+-=.!:$ 1aA中。"), min_size=1, max_size=8),
)


HOSTILE: Final = (
    '<script>alert("1")</script> & <b>粗</b> &amp; ]]>',
    "# 甲 | 乙 | *丙* _丁_ `戊` [己](庚) ~~辛~~ \\ 壬",
    "{{ 7 * 7 }}{% raw %}{# 注 #} %1 {} {name} ${x}",
    "１. 9:30—11:00，“学科学”《科普法》……①〔2024〕1号",
    "=1+1 @SUM(A1) -- '甲' \\n _x000D_ ^p",
    "👨\u200d👩\u200d👧𠮷e\u0301\u202eabc\u202cשלום",
)
"""Texts that a careless format or template changes: HTML, Markdown, Jinja, Word and workbook markup, unusual
characters.

Each is one line, without white space at its ends, and does not begin with a lower-case letter.
"""


def _sentences(max_pieces: int) -> st.SearchStrategy[str]:
    joined = st.lists(_pieces, min_size=1, max_size=max_pieces).map(lambda pieces: "".join(pieces).strip(_WHITE))
    return joined.filter(bool)


_short = _sentences(3)
_long = _sentences(12)


def short_texts() -> st.SearchStrategy[str]:
    """Like :func:`texts`, but of only a few words, like headings and names."""
    return _short


def texts() -> st.SearchStrategy[str]:
    """Any text that a record may hold, with a preference for texts that break careless formats."""
    return st.one_of(_short, _long)
