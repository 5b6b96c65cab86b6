"""The words that a page adds in the language of its document, and the names of languages on the web."""

from typing import Final, NamedTuple


class Words(NamedTuple):
    """The words of a page: the heading of its table of contents, and the label that opens the figures of a chart."""

    contents: str
    figures: str


_WORDS: Final = {
    "zh": Words("目录", "图中数据"),
    "zh_Hans": Words("目录", "图中数据"),
    "zh_Hant": Words("目錄", "圖中數據"),
    "en": Words("Contents", "Figures of the chart"),
}


def words(locale: str) -> Words:
    """Return the words of a locale; for an unknown language, those of English."""
    parts = locale.split("_")
    nearest = ("_".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((_WORDS[name] for name in nearest if name in _WORDS), _WORDS["en"])


def tag(locale: str) -> str:
    """Return the language tag (BCP 47) of a Babel locale: ``zh-Hans`` for ``zh_Hans``."""
    return locale.replace("_", "-")
